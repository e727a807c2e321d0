"""What is varied is read as it is written, or refused with what would do."""

from __future__ import annotations

from decimal import Decimal

import pytest

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.planning.search import plan
from equity_alloc.scenario import Scenario
from equity_alloc.sources.sample import sample_district, sample_reading
from equity_alloc.sweep.divide import divide
from equity_alloc.sweep.task import Depth, Place
from equity_alloc.sweep.vary import Varied, grid, read_varied, rule_number, varied_rules, with_value

DISTRICT = sample_district()
OWN = sample_reading().scenario


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("tolerance=0,5,10", ("0", "5", "10")),
        ("5.share=0.9:1:0.05", ("0.9", "0.95", "1")),
        ("5.share=90%:100%:5%", ("90%", "95%", "100%")),
        ("5.share=0:0.3:0.1", ("0", "0.1", "0.2", "0.3")),
        ("fund.GEN=1000000:3000000:1000000", ("1000000", "2000000", "3000000")),
        ("5.per=for each pupil", ("for each pupil",)),
    ],
)
def test_values_are_a_list_or_a_range_with_both_ends(text, values):
    assert values == read_varied(text).values


@pytest.mark.parametrize(
    "text",
    ["share", "=1", "5.share=", "5.share=1:2", "5.share=1:0:0.1", "5.share=0:1:0", "5.share=0:1:x", "5.share=1,,2",
     "5.share=1,1", "5.share=0%:1:1", "5.share=0:1000000:0.001"],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_the_text_in_the_sentence(text):
    with pytest.raises(EquityAllocError) as refused:
        read_varied(text)
    assert text in str(refused.value)


def value_of(scenario: Scenario, target: str) -> object:
    return {
        "hold-harmless.share": lambda: scenario.rules[4].share,
        "5.share": lambda: scenario.rules[4].share,
        "tolerance": lambda: scenario.tolerance,
        "weight.FRPL": lambda: next(w.weight for w in scenario.need_weights if w.group == "FRPL"),
        "fund.GEN": lambda: next(change.amount for change in scenario.funds if change.fund == "GEN"),
    }[target]()


GEN = DISTRICT.fund_of["GEN"].amount
GROUP = OWN.need_weights[0].group


@pytest.mark.parametrize(
    ("target", "value", "expected"),
    [
        ("hold-harmless.share", "0.9", Decimal("0.9")),
        ("5.share", "90%", Decimal("0.9")),
        ("tolerance", "7.50", 750),
        ("fund.GEN", "$1000000.25", 100_000_025),
        ("fund.GEN", "98%", GEN * 98 // 100),
    ],
)
def test_a_value_stands_where_it_belongs_and_nothing_else_changes(target, value, expected):
    changed = with_value(OWN, DISTRICT, target, value)
    assert value_of(changed, target) == expected
    assert 1 == sum(a != b for a, b in zip(changed.plain.items(), OWN.plain.items(), strict=True))


def test_a_need_weight_is_varied_and_keeps_its_source():
    changed = with_value(OWN, DISTRICT, f"weight.{GROUP}", "0.75")
    [weight] = [each for each in changed.need_weights if each.group == GROUP]
    [before] = [each for each in OWN.need_weights if each.group == GROUP]
    assert (Decimal("0.75"), before.source) == (weight.weight, weight.source)


@pytest.mark.parametrize(
    ("target", "value", "told"),
    [
        ("staffing-least.least_fte", "1", "Name one by its number"),
        ("nothing.share", "1", "There is no rule nothing"),
        ("5.nothing", "1", "Known: share"),
        ("5.share", "lots", "'lots' is not a number"),
        ("5.share", "9", "from 0 to 1.5"),
        ("5.per", "for each cat", "is not one of"),
        ("weight.cats", "1", "no student group with code cats"),
        ("fund.cats", "1", "no fund with code cats"),
        ("cats", "1", "no choice called cats"),
    ],
)
def test_what_the_district_does_not_have_is_refused_with_what_it_has(target, value, told):
    with pytest.raises(EquityAllocError) as refused:
        with_value(OWN, DISTRICT, target, value)
    assert told in str(refused.value)


def test_the_grid_has_every_combination_the_last_changing_fastest():
    varied = (Varied("a", ("1", "2")), Varied("b", ("x", "y", "z")))
    assert [("1", "x"), ("1", "y"), ("1", "z"), ("2", "x"), ("2", "y"), ("2", "z")] == grid(varied)
    assert [()] == grid(())
    with pytest.raises(EquityAllocError, match="one choice is named twice"):
        grid((varied[0], varied[0]))
    with pytest.raises(EquityAllocError, match="at most 200,000"):
        grid(tuple(Varied(name, tuple(map(str, range(1000)))) for name in "ab"))


def test_tasks_hold_every_scenario_once_in_order():
    places = [Place(f"d{k}", DISTRICT, OWN) for k in range(5)]
    varied = (Varied("tolerance", tuple(map(str, range(7)))),)
    for size in (1, 4, 7, 10, 100):
        tasks = divide(places, varied, Depth.LEVELS, size)
        assert list(range(len(tasks))) == [task.number for task in tasks]
        assert all(task.size == size for task in tasks[:-1])
        flat = [
            (part.first + k, part.place.name, v) for t in tasks for part in t.parts for k, v in enumerate(part.values)
        ]
        assert [(1 + k, f"d{k // 7}", (str(k % 7),)) for k in range(35)] == flat


def test_a_rule_is_named_by_code_or_number():
    assert 5 == rule_number(OWN, "hold-harmless") == rule_number(OWN, "5")
    assert frozenset({5, 6}) == varied_rules(
        OWN, (Varied("5.share", ("1",)), Varied("gain-cap.gain", ("1",)), Varied("fund.GEN", ("1",)))
    )


def test_the_goal_is_varied_too():
    changed = with_value(OWN, DISTRICT, "fund.GEN", "101%")
    assert plan(DISTRICT, changed).scenario.funds[0].amount == GEN * 101 // 100
