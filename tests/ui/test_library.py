"""The library names the resources of others with owner and rights, and nothing of theirs stands in our text."""

from __future__ import annotations

from pathlib import Path

import pytest

from equity_alloc.domain.errors import StoredFormat
from equity_alloc.learning.library import FOLDER, lessons, links

ROOT = Path(__file__).resolve().parents[2]

#: Terms of protected protocols, decks and games of others; they may not stand in anything that we ship.
NEVER = (
    "stay engaged", "experience discomfort", "speak your truth", "accept non-closure", "non-closure",
    "courageous conversation compass", "six conditions", "racial autobiography", "liberatory design", "mindset card",
    "rebel leader", "budget hold'em", "hold 'em", "balancing act", "budget edge",
)  # fmt: skip
#: Names of owners and of their marks; they may stand in the cards that name them, and nowhere else.
IN_CARDS_ONLY = ("courageous conversation", "beyond diversity", "leading for equity", "the equity roadmap")


def shipped():
    """Yield path and text, in lower case, of everything that a visitor can read."""
    for folder, patterns in (("equity_alloc", ("*.py",)), ("pages", ("*.py",)), ("data", ("*.toml", "*.md", "*.csv"))):
        for pattern in patterns:
            for path in sorted((ROOT / folder).rglob(pattern)):
                yield path, path.read_text(encoding="utf-8").lower()
    for name in ("README.md", "CHANGELOG.md"):
        yield ROOT / name, (ROOT / name).read_text(encoding="utf-8").lower()


def test_no_protected_term_of_others_stands_in_what_we_ship():
    assert [] == [(path.name, term) for path, text in shipped() for term in NEVER if term in text]


def test_marks_of_others_stand_in_their_cards_alone():
    elsewhere = [
        (p.name, term) for p, text in shipped() if p.parent != FOLDER for term in IN_CARDS_ONLY if term in text
    ]
    assert [] == elsewhere


@pytest.mark.parametrize(
    "owner",
    [
        "National Equity Project",
        "Pacific Educational Group",
        "Leadership for Educational Equity",
        "University of San Diego",
    ],
)
def test_each_resource_that_the_purpose_names_has_a_card(owner):
    [card] = [link for link in links() if link.owner == owner]
    assert card.address.startswith("https://")
    assert (ROOT / "pages" / f"{card.step}.py").is_file()


def test_every_lesson_leads_to_a_page_and_takes_two_minutes_at_most():
    for lesson in lessons():
        assert (ROOT / "pages" / f"{lesson.page}.py").is_file()
        assert 25 <= len(lesson.text.split()) <= 120


def test_a_card_without_its_rights_is_refused(tmp_path):
    text = (FOLDER / "links.toml").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("rights")]
    (tmp_path / "links.toml").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(StoredFormat, match="rights"):
        links(tmp_path)
