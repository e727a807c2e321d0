"""A row says what planning that scenario says; what a scenario without a plan does not have is blank, never zero."""

from __future__ import annotations

import dataclasses
import io
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.formulas.use import FormulaUse, Use
from equity_alloc.planning.hot_levels import HotLevels
from equity_alloc.planning.plan import Impossible
from equity_alloc.planning.relaxation import relax
from equity_alloc.planning.search import plan
from equity_alloc.planning.summary import measure_rows, totals
from equity_alloc.rules.gain_cap import GainCap
from equity_alloc.rules.group_ratio import GroupRatio
from equity_alloc.rules.hold_harmless import HoldHarmless
from equity_alloc.scenario import Scenario
from equity_alloc.sources.sample import sample_district, sample_reading
from equity_alloc.sweep.divide import divide
from equity_alloc.sweep.table import columns_of, write_table
from equity_alloc.sweep.task import Depth, Place, run_task
from equity_alloc.sweep.vary import grid, read_varied, varied_rules, with_value
from tests.districts import NEEDS, plain_scenario, random_district
from tests.draws import formula_texts, odd_district, odd_scenario

DISTRICT, OWN = sample_district(), sample_reading().scenario
PLACE = Place("sample", DISTRICT, OWN)


def rows_of(place, depth, *choices):
    varied = tuple(map(read_varied, choices))
    return [row for task in divide([place], varied, depth, 50) for row in run_task(task)]


def test_each_row_has_what_its_own_plan_has():
    varied = (read_varied("hold-harmless.share=0.9,1"), read_varied("fund.GEN=99%,101%"))
    rows = rows_of(PLACE, Depth.PLAN, "hold-harmless.share=0.9,1", "fund.GEN=99%,101%")
    assert 4 == len(rows)
    for row, values in zip(rows, grid(varied), strict=True):
        scenario = OWN
        for each, value in zip(varied, values, strict=True):
            scenario = with_value(scenario, DISTRICT, each.target, value)
        made = plan(DISTRICT, scenario)
        sums = totals(made)
        assert (scenario.digest, DISTRICT.digest) == (row["scenario_digest"], row["district_digest"])
        assert sums.lowest_plan == row["lowest_level"] <= row["lowest_level_bound"]
        assert (sums.fte_added, sums.dollars_moved) == (row["fte_added"], row["dollars_moved"])
        assert sum(fund.schools for fund in made.certificate.funds) == row["dollars_at_schools"]
        assert 0 == row["breaches"]
        assert {f"measure.{m.measure.code}": m.plan for m in measure_rows(made)} == {
            name: cell for name, cell in row.items() if name.startswith("measure.")
        }


@pytest.mark.parametrize("depth", list(Depth))
def test_what_cannot_all_hold_is_blank_with_the_names_of_its_conflict(depth):
    [row] = rows_of(PLACE, depth, "hold-harmless.share=1.03")
    answer = plan(DISTRICT, with_value(OWN, DISTRICT, "hold-harmless.share", "1.03"))
    assert isinstance(answer, Impossible)
    assert ("impossible", "rule 5, No school falls below a share of last year") == (row["status"], row["conflict"])
    assert answer.words == row["words"]
    known = {"number", "file", "district", "district_digest", "scenario_digest", "hold-harmless.share"}
    assert known | {"status", "conflict", "words"} == set(row)


def test_a_value_that_one_district_cannot_have_is_told_in_its_row_and_the_others_are_planned():
    other = dataclasses.replace(OWN, rules=tuple(rule for rule in OWN.rules if rule.always))
    varied = (read_varied("hold-harmless.share=0.9"),)
    places = [Place("a", DISTRICT, other), Place("b", None, None, "It is no workbook."), PLACE]
    [task] = divide(places, varied, Depth.LEVELS, 50)
    first, second, third = run_task(task)
    assert ("refused", "refused", "possible") == (first["status"], second["status"], third["status"])
    assert "There is no rule hold-harmless" in first["words"]
    assert "It is no workbook." == second["words"]
    assert "lowest_level" not in first


def lowest(view) -> float | None:
    found = relax(view)
    if found is None or not np.isfinite(found.levels).any():
        return None
    return float(np.nanmin(found.levels)) / view.levels.cents_per_unit


def test_levels_of_neighbors_are_those_of_building_everything_each_time():
    """Floors and ceilings in 35 combinations, some impossible, on districts with and without own shares."""
    for seed, federal in ((1, True), (2, False), (3, True)):
        district, base = random_district(seed, federal=federal), plain_scenario()
        hot = HotLevels(district, frozenset({5, 6}))
        kinds = set()
        for share in ("0.5", "0.9", "0.96", "0.99", "1.01", "1.03", "1.2"):
            for gain in ("0", "0.01", "0.05", "0.1", "0.5"):
                rules = list(base.rules)
                rules[4] = dataclasses.replace(rules[4], share=Decimal(share))
                rules[5] = dataclasses.replace(rules[5], gain=Decimal(gain))
                scenario = dataclasses.replace(base, rules=tuple(rules))
                expected, found = lowest(scenario.view(district)), hot.lowest(scenario).level
                assert (found is None) == (expected is None), (seed, share, gain)
                kinds.add(found is None)
                if found is not None:
                    assert found == pytest.approx(expected, rel=1e-12)
        assert {True, False} == kinds


@pytest.mark.parametrize(
    "choices",
    [
        ("fund.general=90%:115%:5%", "hold-harmless.share=0.8,0.9"),
        ("weight.poor=0,0.3,2", "gain-cap.gain=0.05,0.2", "fund.levy=95%,105%"),
        ("position-band.share=0.05,0.1,0.3", "weight.el=0,1"),
        ("staffing-least.least_fte=0.5,1,2",),
    ],
)
def test_levels_follow_funds_weights_and_rules_on_posts(choices):
    district, base = random_district(7), plain_scenario()
    varied = tuple(map(read_varied, choices))
    try:
        numbers = varied_rules(base, varied)
        rows = rows_of(Place("d", district, base), Depth.LEVELS, *choices)
    except EquityAllocError as error:
        pytest.fail(str(error))
    assert numbers or "fund" in choices[0]
    for row, values in zip(rows, grid(varied), strict=True):
        scenario = base
        for each, value in zip(varied, values, strict=True):
            scenario = with_value(scenario, district, each.target, value)
        expected = lowest(scenario.view(district))
        assert row["status"] == ("possible" if expected is not None else "impossible"), row
        assert row.get("lowest_level") == (None if expected is None else pytest.approx(expected, rel=1e-12))


def test_levels_under_rules_that_hold_schools_together_are_those_of_the_relaxation():
    district = random_district(2)
    rules = (HoldHarmless(Decimal("0.97")), GainCap(Decimal("0.05")), GroupRatio("poor", Decimal("0.9")))
    base = Scenario(need_weights=NEEDS, rules=rules)
    rows = rows_of(Place("d", district, base), Depth.LEVELS, "group-ratio.ratio=0.8,0.9,0.95,2")
    assert "impossible" == rows[-1]["status"]
    for row in rows[:-1]:
        expected = lowest(with_value(base, district, "group-ratio.ratio", row["group-ratio.ratio"]).view(district))
        assert row["lowest_level"] == pytest.approx(expected, rel=1e-6)
        assert row["lowest_level_bound"] >= row["lowest_level"] * (1 - 1e-9)


def test_odd_districts_have_the_levels_of_the_relaxation():
    compared = 0
    for seed in range(150):
        district = odd_district(seed)
        scenario = odd_scenario(seed, district)
        try:
            expected = lowest(scenario.view(district)) if district.schools else None
            found = HotLevels(district, frozenset(range(5, 7))).lowest(scenario).level
        except EquityAllocError:
            continue
        assert (found is None) == (expected is None), seed
        if expected is not None and np.isfinite(expected):
            assert found == pytest.approx(expected, rel=1e-6), seed
            compared += 1
    assert compared > 40


def test_the_table_has_exact_money_numbers_where_all_are_numbers_and_blanks(tmp_path):
    choices = tuple(map(read_varied, ("hold-harmless.share=0.95,1.03", "fund.GEN=100%")))
    rows = rows_of(PLACE, Depth.PLAN, "hold-harmless.share=0.95,1.03", "fund.GEN=100%")
    for name in ("a.parquet", "b.csv"):
        write_table(tmp_path / name, rows, choices, Depth.PLAN)
    table = pd.read_parquet(tmp_path / "a.parquet")
    assert list(columns_of(choices, Depth.PLAN)) == list(table.columns)
    assert [0.95, 1.03] == list(table["hold-harmless.share"])
    assert ["100%", "100%"] == list(table["fund.GEN"])
    sums = totals(plan(DISTRICT, with_value(OWN, DISTRICT, "hold-harmless.share", "0.95")))
    assert Decimal(sums.dollars_moved).scaleb(-2) == table["dollars_moved"][0]
    blank = [name for name in table.columns if pd.isna(table[name][1])]
    assert {"unit", "lowest_level", "fte_added", "breaches", "rules_kept", "measure.gini", "dollars_moved"} <= set(
        blank
    )
    text = (tmp_path / "b.csv").read_bytes().decode("utf-8-sig")
    again = pd.read_csv(io.StringIO(text), dtype=str)
    assert list(table.columns) == list(again.columns)
    assert f"{Decimal(sums.dollars_moved).scaleb(-2)}" == again["dollars_moved"][0]
    assert pd.isna(again["lowest_level"][1])
    assert ",0," not in text.splitlines()[2].split("impossible")[1]


def test_a_name_that_looks_like_a_formula_is_text_in_the_csv(tmp_path):
    place = Place("=1+1", dataclasses.replace(DISTRICT, name="@SUM(A1)"), OWN)
    write_table(tmp_path / "a.csv", rows_of(place, Depth.LEVELS), (), Depth.LEVELS)
    table = pd.read_csv(tmp_path / "a.csv", dtype=str)
    assert ["'=1+1"] == list(table["file"])
    assert ["'@SUM(A1)"] == list(table["district"])


def test_one_setting_under_two_names_is_refused_and_not_silently_the_last():
    [row] = rows_of(PLACE, Depth.PLAN, "5.share=0.9", "hold-harmless.share=0.8")
    assert "refused" == row["status"]
    assert "5.share and hold-harmless.share are one and the same here" in row["words"]


@pytest.mark.parametrize("seed", range(4))
def test_a_scenario_with_a_formula_has_levels_and_a_row_for_every_value(seed):
    """Every rule of a scenario can be varied without a traceback, whatever it holds."""
    district = random_district(seed)
    base = dataclasses.replace(plain_scenario(), formula=FormulaUse(formula_texts(district)[0], Use.FLOOR))
    for row in rows_of(Place("d", district, base), Depth.LEVELS, "hold-harmless.share=0.5,0.9"):
        expected = lowest(with_value(base, district, "hold-harmless.share", row["hold-harmless.share"]).view(district))
        assert row.get("lowest_level") == (None if expected is None else pytest.approx(expected, rel=1e-12))
