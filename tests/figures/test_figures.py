"""A figure's words and its table say what its chart shows, and no code loses its leading zeros."""

import pytest

from equity_alloc.domain.district import District, Fund, Position, School, Staffing, StudentGroup
from equity_alloc.figures.base import DARK, LIGHT
from equity_alloc.figures.distribution import distribution
from equity_alloc.figures.level_and_need import level_and_need
from equity_alloc.figures.level_change import MOST_ROWS, LevelPair, level_change
from equity_alloc.figures.need_bands import need_bands
from equity_alloc.figures.salary_gap import salary_gap
from equity_alloc.planning.salary_basis import salary_basis
from equity_alloc.planning.search import plan
from equity_alloc.planning.summary import school_rows
from tests.districts import plain_scenario, random_district

UNIT = "dollars per weighted pupil"
PAIRS = (LevelPair("0007", "Ash", 8000.0, 9000.0), LevelPair("0003", "Birch", 9500.0, 9400.0))


def rows(seed=3):
    return school_rows(plan(random_district(seed), plain_scenario()))


def change(pairs=PAIRS, colors=LIGHT):
    return level_change(pairs, colors, unit=UNIT, before="Last year", after="Proposal", note="2 schools.")


def columns(figure):
    return {column.title: column.cells for column in figure.table}


def test_the_alternative_text_is_computed_from_the_data():
    alt = change().alt
    for told in (
        "2 schools",
        "Last year from $8,000 to $9,500",
        "Proposal from $9,000 to $9,400",
        "1 school rises, 1 falls.",
    ):
        assert told in alt


def test_the_table_is_the_twin_of_the_chart():
    figure = change()
    table = columns(figure)
    today, proposal = figure.chart.data
    assert list(table["Last year"]) == list(today.x)
    assert list(table["Proposal"]) == list(proposal.x)
    assert ("0007", "0003") == table["Code"]


def test_today_and_proposal_differ_in_shape_and_not_in_color_only():
    today, proposal = change().chart.data
    assert today.marker.symbol != proposal.marker.symbol


def test_codes_are_never_drawn_as_numbers():
    """A code such as 0101 would be read as a number and put on an axis of its own."""
    assert list(range(2)) == list(change().chart.data[0].y)


def test_many_schools_are_drawn_in_part_and_listed_in_full():
    pairs = [LevelPair(f"{n:04d}", f"School {n}", 8000.0 + n, 9000.0) for n in range(100)]
    figure = change(pairs)
    assert MOST_ROWS == len(figure.chart.data[0].x)
    assert 100 == len(columns(figure)["Code"])
    assert f"The {MOST_ROWS} lowest of 100 schools" in figure.note


def test_bands_weigh_schools_by_their_pupils():
    figure = need_bands(rows(), LIGHT, group="Poor", note="")
    table = columns(figure)
    by_hand = sum(row.counted_today for row in rows()) / 100
    assert by_hand == pytest.approx(sum(p * t for p, t in zip(table["Pupils"], table["Last year"], strict=True)))
    assert 8 == sum(table["Schools"])


def test_a_distribution_ends_with_all_pupils_and_rises():
    figure = distribution(rows(), LIGHT, unit=UNIT, note="")
    for line in figure.chart.data:
        assert 1.0 == pytest.approx(line.x[-1])
        assert sorted(line.y) == list(line.y)


@pytest.mark.parametrize("colors", [LIGHT, DARK])
@pytest.mark.parametrize("figure", [level_and_need, need_bands])
def test_without_a_need_share_there_is_no_figure(figure, colors):
    assert figure((), colors, group="Poor", note="") is None


def _luminance(color):
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(color, background):
    high, low = sorted((_luminance(color), _luminance(background)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("colors", "background"), [(LIGHT, "#ffffff"), (DARK, "#0e1117")])
def test_marks_stand_out_from_the_background(colors, background):
    """WCAG 2.1, 1.4.11: 3 to 1 for marks; 1.4.3: 4.5 to 1 for text."""
    assert all(_contrast(color, background) >= 3 for color in (colors.today, colors.plan, colors.other))
    assert _contrast(colors.text, background) >= 4.5


@pytest.mark.parametrize(("colors", "background"), [(LIGHT, "#ffffff"), (DARK, "#0e1117")])
def test_marks_that_lie_on_a_bar_stand_out_from_it_and_the_bar_from_the_background(colors, background):
    """WCAG 2.1, 1.4.11. What shows through a pale bar is mixed as CSS Color 4, section 12, says."""
    red, green, blue, share = colors.under_marks["color"].removeprefix("rgba(").removesuffix(")").split(",")
    below = [int(background[place : place + 2], 16) for place in (1, 3, 5)]
    mixed = [float(share) * int(c) + (1 - float(share)) * b for c, b in zip((red, green, blue), below, strict=True)]
    assert _contrast(colors.text, "#" + "".join(f"{round(part):02x}" for part in mixed)) >= 3
    assert _contrast(colors.under_marks["line"]["color"], background) >= 3


def test_the_salary_gap_says_its_sign_in_words_and_in_its_table():
    """Four schools of 100 pupils with ten posts each at $80,000, $70,000, $70,000 and $60,000: +$1,000 and -$1,000."""
    schools = tuple(School(code, code, "", 100, groups=(("p", n * 20),)) for n, code in enumerate("abcd"))
    paid = zip("abcd", (8_000_000, 7_000_000, 7_000_000, 6_000_000), strict=True)
    staffing = tuple(Staffing(code, "t", "g", 1_000, cents) for code, cents in paid)
    district = District(
        "D",
        "2026",
        schools,
        (StudentGroup("p", "Poor"),),
        (Position("t", "T", 7_000_000),),
        (Fund("g", "G", 10**9),),
        staffing,
    )
    figure = salary_gap(salary_basis(district, "p"), LIGHT, group="Poor", year="2026")
    assert [1_000, 0, 0, -1_000] == list(columns(figure)["Per pupil"]) == list(figure.chart.data[0].y)
    assert "+$1,000 per pupil" in figure.alt
    assert "-$1,000 per pupil" in figure.alt
