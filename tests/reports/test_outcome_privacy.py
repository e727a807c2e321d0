"""No small count of cases or pupils can be worked out from what is public of access and outcomes."""

from __future__ import annotations

import dataclasses
import io
import re

import docx
import openpyxl
import pytest

from equity_alloc.domain.outcome import ALL_PUPILS, OutcomeCount
from equity_alloc.inequity import public_gaps as public_gaps_module
from equity_alloc.inequity.audit import audit
from equity_alloc.inequity.public_gaps import public_gaps
from equity_alloc.reports.document import Dossier
from equity_alloc.reports.family import all_documents
from tests.reports.outcome_attacker import ALL, FEWEST, Attack, Shares, most_pupils, shares_of, told_by
from tests.reports.read_public import read, shown_rows, text_of, written

SPAN = FEWEST / 2
CASES, REST, PUPILS = {"cases": 1}, {"pupils": 1, "cases": -1}, {"pupils": 1}


@pytest.fixture(scope="module")
def truth(sample_plan):
    """Cases and pupils by indicator, school and group, for comparison only; the attacker never sees the cases."""
    found = {}
    for each in sample_plan.district.outcomes:
        found.setdefault(each.indicator, {})[each.school, each.group] = (each.cases, each.pupils)
    assert ALL_PUPILS == ALL
    return found


@pytest.fixture(scope="module")
def most(dossier):
    return most_pupils(read(dossier))


@pytest.fixture(scope="module")
def printed(dossier):
    return printed_by(dossier)


def printed_by(dossier):
    code = {group.title: group.code for group in dossier.plan.district.groups}
    return shares_of(written(dossier, "audit-tables"), code)


def value(expression, counts) -> int:
    return sum(factor * counts[s, g][("cases", "pupils").index(kind)] for (kind, s, g), factor in expression.items())


def few_of(counts, group) -> str:
    cases, pupils = (sum(n[k] for (_, g), n in counts.items() if g == group) for k in (0, 1))
    return "cases" if cases < FEWEST else "rest" if pupils - cases < FEWEST else ""


def told(title, shares, counts, most, *, insider: bool, fewest: int = FEWEST):
    """Return each small count that is told closer than a span: (what, group, school) to its ends."""
    schools = sorted({school for school, _ in counts})
    known = {place: pupils for place, (_, pupils) in counts.items()} if insider else None
    few = {group: side for group, ends in shares.told.items() if ends is None and (side := few_of(counts, group))}
    attack = Attack(shares, schools, most, known, few, fewest)
    found, tried = {}, 0
    for group in attack.groups:
        for name, what in (("cases", CASES), ("rest", REST), ("pupils", PUPILS)):
            if insider and name == "pupils":
                continue
            places = {(name, group, "all schools"): attack.all_schools(what, group)}
            places[f"{name} outside", group, "all schools"] = attack.all_outside(what, group)
            places |= {(name, group, s): {(kind, s, group): f for kind, f in what.items()} for s in schools}
            for place, expression in places.items():
                if value(expression, counts) >= FEWEST:
                    continue
                tried += 1
                low, high = attack.ends(expression)
                assert low - 1e-3 <= value(expression, counts) <= high + 1e-3, (title, place)
                # Where no more than two pupils can be, two is all there is to hide, whatever is printed of outcomes.
                there = (known or most).get((place[2], group), SPAN)
                if high - low < min(SPAN, there) - 1e-3:
                    found[place] = (round(low, 2), round(high, 2))
    return found, tried


@pytest.mark.parametrize("insider", [False, True], ids=["a stranger", "who has every count of pupils"])
def test_no_small_count_of_cases_or_of_pupils_is_told_closer_than_half_the_smallest(truth, printed, most, insider):
    assert set(printed) == set(truth)
    tried = 0
    for title, shares in printed.items():
        found, places = told(title, shares, truth[title], most, insider=insider)
        assert {} == found, title
        tried += places
    assert tried > 200


def test_the_attacker_finds_what_is_printed_without_the_rule(sample_plan, truth, most, monkeypatch):
    """So that it is known to find something where there is something to find."""
    monkeypatch.setattr(public_gaps_module, "may_be_told", lambda _: True)
    found = {}
    for title, shares in printed_by(Dossier(sample_plan)).items():
        closer, _ = told(title, shares, truth[title], most, insider=True, fewest=0)
        found |= {(title, *place): ends for place, ends in closer.items()}
    assert ("In algebra by grade 8", "cases", "homeless", "all schools") in found


def test_nine_of_forty_is_worked_out_from_its_share_by_hand():
    """22 % of 40 is from 8.6 to 9 pupils."""
    known = {("a", ALL): 440, ("a", "g"): 40}
    attack = Attack(Shares({"g": ((0.215, 0.225), (0.295, 0.305))}), ["a"], known, known, fewest=0)
    assert pytest.approx((8.6, 9.0), abs=1e-4) == attack.ends({("cases", "a", "g"): 1})


def test_how_far_apart_two_shares_are_does_not_give_away_one_that_is_not_printed(dossier):
    """The share of English learners identified as gifted is left out below 5 %; beside 8 %, "5 points apart" says 3 %."""
    own, others = told_by("below 5 %", "8 %", "5 points apart, the group fares worse")
    assert pytest.approx((0.025, 0.035)) == own and pytest.approx((0.075, 0.085)) == others
    sheet = openpyxl.load_workbook(io.BytesIO(written(dossier, "audit-tables")))["Gaps"]
    rows = [row for row in shown_rows(sheet, 3) if "below" in row[3] + row[4]]
    assert rows
    for row in rows:
        for words, ends in zip(row[3:5], told_by(*row[3:6]), strict=True):
            assert (0.0, 0.05) == ends or not words.startswith("below"), row


@pytest.mark.parametrize(
    ("own", "others", "words"),
    [
        (0.03, 0.08, "at least 3 points apart, the group fares worse"),
        (0.08, 0.03, "at least 3 points apart, the group does not fare worse"),
        (0.97, 0.93, "at least 2 points apart, the group does not fare worse"),
        (0.02, 0.97, "at least 90 points apart, the group fares worse"),
        (0.01, 0.04, "at most 5 points apart"),
        (0.05, 0.03, "at most 5 points apart"),
        (0.27, 0.39, "12 points apart, the group fares worse"),
        (0.081, 0.079, "about the same"),
    ],
)
def test_the_words_for_how_far_apart_rest_on_what_is_printed_only(sample_plan, own, others, words):
    title = "Identified as gifted"
    district = sample_plan.district
    pupils, school = 1000, district.schools[0].code
    rows = (
        OutcomeCount(title, school, ALL_PUPILS, round((own + others) * pupils), 2 * pupils),
        OutcomeCount(title, school, "homeless", round(own * pupils), pupils),
    )
    kept = tuple(row for row in district.outcomes if row.indicator != title)
    found = audit(dataclasses.replace(district, outcomes=(*kept, *rows), earlier_outcomes=()), sample_plan.scenario)
    [gap] = [each for each in public_gaps(found) if (each.title, each.group) == (title, "Homeless")]
    assert words == gap.gap


def pieces(ending, data):
    """Yield what is read together: a row of a table, a line of a page."""
    if ending == ".xlsx":
        for sheet in openpyxl.load_workbook(io.BytesIO(data)):
            yield from (" | ".join(row) for row in shown_rows(sheet))
    elif ending == ".docx":
        word = docx.Document(io.BytesIO(data))
        yield from (paragraph.text for paragraph in word.paragraphs)
        for table in word.tables:
            yield from (" | ".join(cell.text for cell in row.cells) for row in table.rows)
    else:
        # Of markup a row is a line too; of slides a shape's paragraph.
        text = re.sub(
            r"</(?:tr|p|a:p|li|h\d)>", "\n", text_of(ending, data).replace("\n", " " if ending != ".pdf" else "\n")
        )
        yield from (re.sub(r"<[^>]+>", " ", line) for line in text.split("\n"))


def given_away(piece, district, truth) -> str:
    """Return what a row or line gives away: a school beside an indicator, or a small count beside its school and group."""
    schools = [school for school in district.schools if school.name in piece]
    indicators = [title for title in truth if title in piece]
    if schools and indicators:
        return f"{indicators[0]} at {schools[0].name}"
    numbers = set(re.findall(r"(?<![\d.,$%-])\d+(?![\d.,%-])", piece))
    for school in schools:
        for group in (group.code for group in district.groups if group.title in piece):
            secret = {c for counts in truth.values() for c in counts.get((school.code, group), ()) if c < FEWEST}
            if numbers & {str(count) for count in secret}:
                return f"a small count of {group} at {school.name}"
    return ""


def test_no_public_document_names_a_school_beside_an_indicator_or_prints_its_small_counts(dossier, truth):
    public = [each for each in all_documents() if each.is_public]
    assert len(public) >= 10
    seen = 0
    for document in public:
        for piece in pieces(document.ending, written(dossier, document.code)):
            seen += sum(title in piece for title in truth)
            assert given_away(piece, dossier.plan.district, truth) == "", (document.code, piece)
    assert seen == 48, "each of two documents has a row for six indicators and four groups"


@pytest.mark.parametrize(
    ("row", "gives"),
    [
        ("Alder Creek Elementary | Economically disadvantaged | 3 | 17", True),
        ("Alder Creek Elementary: Identified as gifted", True),
        ("Alder Creek Elementary | Economically disadvantaged | 34", False),
        ("Alder Creek Elementary | $3 | 3.5", False),
    ],
)
def test_the_scan_knows_what_gives_a_count_away(dossier, truth, row, gives):
    """The first row is one of the sample's own: 3 of 17 are identified as gifted."""
    assert gives == bool(given_away(row, dossier.plan.district, truth))


def test_both_public_documents_tell_the_very_same_shares(dossier):
    def rows(code, ending):
        found = [piece.replace("\u00a0", " ").split(" | ") for piece in pieces(ending, written(dossier, code))]
        # An empty cell holds a space in Word, so that no reader skips it.
        return {tuple(cell.strip() for cell in row[:8]) for row in found if row[0] in ("access", "outcomes")}

    tables = rows("audit-tables", ".xlsx")
    assert 24 == len(tables)
    assert tables == rows("resource-inequities", ".docx")
