"""Causes, own interventions and money through the door: what is read, what is refused and where, and what comes back."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from equity_alloc.domain.errors import InvalidValue, StoredFormat
from equity_alloc.domain.ingredients import Ingredients
from equity_alloc.domain.intervention import Effect
from equity_alloc.domain.shipped import DATA
from equity_alloc.evidence.catalog import as_of, catalog, cause_kinds, in_force
from equity_alloc.scenario import scenario_from_plain
from equity_alloc.sources.csv_folder import read_csv_folder
from equity_alloc.sources.sample import sample_reading
from equity_alloc.sources.write_csv import csv_files
from tests.actions.district import action, cause

CAUSES = "Code,Gap,Student group,Schools,Cause,Kind of cause,Where it lies,Status,Evidence,Owner\n"
OWN = 'Code,Title,Acts on,Unit,Cost,Outcome,Effect unit,"Effect, low",Effect,"Effect, high",Tier,Supply,Coverage\n'
MONEY = "Fund,Line,Weakest tier,Exit plan\n"
GOOD = "mine,Mine,attendance,pupil,100,days absent,days,1,2,3,2,40,0.5"


def read(name, text):
    files = {path.name: path.read_bytes() for path in (DATA / "tiny_district").glob("*.csv")}
    return read_csv_folder(files | {name: text.encode()})


def test_a_good_row_of_each_sheet_is_read():
    reading = read("interventions.csv", f"{OWN}{GOOD}\n")
    [mine] = reading.scenario.actions.own
    assert () == reading.errors
    assert (Decimal(1), Decimal(2), Decimal(3)) == (mine.effect.low, mine.effect.middle, mine.effect.high)
    assert (100_00, 2, 40, Decimal("0.5"), True) == (
        mine.cost.middle,
        mine.tier,
        mine.supply,
        mine.coverage,
        mine.is_local,
    )
    assert "local judgement" in mine.cited


def test_an_outcome_and_its_unit_are_read_however_they_are_written():
    """Else "sd" would pass the limit of standard deviations, and two spellings would be two outcomes."""
    row = GOOD.replace("days absent,days,1,2,3", "TEST score,sd,0.1,0.2,0.3")
    [mine] = read("interventions.csv", f"{OWN}{row}\n").scenario.actions.own
    assert ("test score", "SD") == (mine.effect.outcome, mine.effect.unit)


@pytest.mark.parametrize(
    ("row", "where", "word"),
    [
        (GOOD.replace(",100,", ",,"), "interventions.csv!E2", "Cost is blank"),
        (GOOD.replace(",100,", ",-5,"), "interventions.csv!E2", "-5"),
        (GOOD.replace(",2,40,", ",gold,40,"), "interventions.csv!K2", "gold"),
        (GOOD.replace(",2,40,", ",7,40,"), "interventions.csv!K2", "7"),
        (GOOD.replace(",1,2,3,", ",3,2,1,"), "interventions.csv!I2", "in order"),
        (GOOD.replace(",1,2,3,", ",1,,3,"), "interventions.csv!I2", "full range"),
        (GOOD.replace(",1,2,3,", ",a,2,3,"), "interventions.csv!H2", "no number"),
        (GOOD.replace(",40,", ",-4,"), "interventions.csv!L2", "-4"),
        (GOOD.replace(",40,", ",many,"), "interventions.csv!L2", "many"),
        (GOOD.replace(",0.5", ",1.5"), "interventions.csv!M2", "coverage"),
        (GOOD.replace("attendance", ""), "interventions.csv!C2", "Acts on is blank"),
        (GOOD.replace("days absent,days", "time lost,hours"), "interventions.csv!I2", "Write one of: SD"),
        (GOOD.replace("days absent,days", "Test score,days"), "interventions.csv!G2", "test score in SD"),
        (f"{GOOD}\n{GOOD}", "interventions.csv!A3", "twice"),
    ],
)
def test_an_intervention_that_cannot_be_is_refused_by_its_cell(row, where, word):
    [error, *more] = read("interventions.csv", f"{OWN}{row}\n").errors
    assert where == error.where
    assert word in error.what
    assert all(other.where == where or word == "no number" for other in more)


PARTS = OWN.replace("Cost,", 'Cost,"Cost, salaries","Cost, materials","Cost, space","Cost, transport",')


def of_parts(parts, cost="100"):
    return read("interventions.csv", f"{PARTS}{GOOD.replace(',100,', f',{cost},{parts},')}\n")


def test_the_parts_of_a_cost_are_read_and_come_back():
    reading = of_parts("70,20.50,0,9.50")
    [mine] = reading.scenario.actions.own
    assert Ingredients(7000, 2050, 0, 950) == mine.ingredients
    again = read_csv_folder(csv_files(reading.district, reading.scenario))
    assert reading.scenario == again.scenario == scenario_from_plain(reading.scenario.plain)


def test_parts_beside_a_cost_that_equals_the_catalogs_come_back_too():
    text = 'Code,Cost,"Cost, salaries","Cost, materials","Cost, space","Cost, transport"\ntutor_hd,{},{},0,0,0\n'
    shipped = {each.code: each for each in catalog()}["tutor_hd"]
    reading = read("interventions.csv", text.format(shipped.cost.middle // 100, shipped.cost.middle // 100))
    assert () == reading.errors
    again = read_csv_folder(csv_files(reading.district, reading.scenario))
    assert () == again.errors
    assert reading.scenario.actions.own[0].ingredients == again.scenario.actions.own[0].ingredients


@pytest.mark.parametrize(
    ("parts", "cost", "where", "word"),
    [
        ("70,20,0,9", "100", "interventions.csv!F2", "come to $99.00 for code mine, and Cost is $100.00"),
        ("70,30,,0", "100", "interventions.csv!H2", "Cost, space is blank"),
        ("70,some,0,0", "100", "interventions.csv!G2", "some"),
        ("100,0,0,-1", "100", "interventions.csv!I2", "-1"),
    ],
)
def test_parts_that_are_not_the_cost_are_refused_by_their_cell(parts, cost, where, word):
    [error] = of_parts(parts, cost).errors
    assert where == error.where
    assert word in error.what


def test_parts_without_the_cost_of_the_row_are_refused_at_the_cost():
    text = 'Code,Cost,"Cost, salaries","Cost, materials","Cost, space","Cost, transport"\ntutor_hd,,1900,0,0,0\n'
    [error] = read("interventions.csv", text).errors
    assert ("interventions.csv!B2", True) == (error.where, "come to $1,900.00" in error.what)


@pytest.mark.parametrize(
    ("row", "where"),
    [
        ("K1,Gap,Group,all,Because,attendance,money rules,fits the data,,Owner", "causes.csv!H2"),
        ("K1,Gap,Group,all,Because,attendance,money rules,fits the data,Seen,", "causes.csv!H2"),
        ("K1,Gap,Group,all,Because,attendance,information and voice,computed,Seen,Owner", "causes.csv!H2"),
        ("K1,Gap,Group,all,Because,attendance,money rules,proved,Seen,Owner", "causes.csv!H2"),
        ("K1,Gap,Group,all,Because,attendance,luck,suspected,,", "causes.csv!G2"),
        ("K1,Gap,Group,all,Because,bad luck,money rules,suspected,,", "causes.csv!F2"),
        ("K1,Gap,Group,9999,Because,attendance,money rules,suspected,,", "causes.csv!D2"),
        ("K1,Gap,Group,all,,attendance,money rules,suspected,,", "causes.csv!E2"),
        (
            "K1,Gap,Group,all,Because,attendance,money rules,suspected,,\nK1,Gap,Group,all,Because,attendance,money rules,suspected,,",
            "causes.csv!A3",
        ),
    ],
)
def test_a_cause_that_claims_too_much_or_cannot_be_read_is_refused_by_its_cell(row, where):
    assert where in [error.where for error in read("causes.csv", f"{CAUSES}{row}\n").errors]


@pytest.mark.parametrize(
    ("row", "where"),
    [
        ("NONE,Anything,,", "action_money.csv!A2"),
        ("{fund},No such line,,", "action_money.csv!B2"),
        ("{fund},{line},9,", "action_money.csv!C2"),
        ("{fund},{line},gold,", "action_money.csv!C2"),
        ("{fund},{line},,\n{fund},{line},,", "action_money.csv!B3"),
    ],
)
def test_money_that_stands_nowhere_is_refused_by_its_cell(row, where):
    [first, *_] = read("district.csv", "Setting,Value\nName,Tiny\n").district.central
    text = MONEY + row.format(fund=first.fund, line=f'"{first.line}"')
    assert [where] == [error.where for error in read("action_money.csv", f"{text}\n").errors]


@pytest.mark.parametrize(
    ("first", "second", "where"), [("3,", ",", "C3"), (",", ",Moves on", "D3"), ("3,", "3,", None)]
)
def test_lines_of_one_fund_ask_for_the_same_or_are_refused_by_their_cell(first, second, where):
    files = {path.name: path.read_bytes() for path in (DATA / "tiny_district").glob("*.csv")}
    [block, *_] = read("district.csv", "Setting,Value\nName,Tiny\n").district.central
    text = files["central.csv"].decode().rstrip("\n")
    row = next(line for line in text.splitlines() if block.line in line).replace(block.line, "Second line")
    money = f'{MONEY}{block.fund},"{block.line}",{first}\n'
    money += f"{block.fund},Second line,{second}\n"
    reading = read_csv_folder(files | {"central.csv": f"{text}\n{row}\n".encode(), "action_money.csv": money.encode()})
    found = [error for error in reading.errors if error.where.startswith("action_money.csv")]
    assert ([f"action_money.csv!{where}"] if where else []) == [error.where for error in found]


def test_the_sample_comes_back_equal_from_its_files_and_from_its_scenario_text():
    reading = sample_reading()
    again = read_csv_folder(csv_files(reading.district, reading.scenario))
    assert reading.scenario.actions == again.scenario.actions
    assert reading.scenario == scenario_from_plain(reading.scenario.plain)
    assert reading.scenario.digest == again.scenario.digest


def test_a_scenario_that_was_kept_as_text_writes_the_same_sheets():
    reading = sample_reading()
    kept = scenario_from_plain(reading.scenario.plain)
    assert csv_files(reading.district, reading.scenario) == csv_files(reading.district, kept)


def test_a_scenario_without_actions_keeps_its_text():
    plain = dataclasses.replace(sample_reading().scenario, actions=type(sample_reading().scenario.actions)())
    assert "actions" not in plain.plain
    with pytest.raises(StoredFormat):
        scenario_from_plain(plain.plain | {"actions": {"causes": [{"code": "K1"}]}})


def test_every_entry_of_the_catalog_has_source_and_provenance_and_what_is_from_memory_says_so():
    assert "2026-11-01" == as_of()
    for each in catalog():
        assert each.source and each.provenance
        assert ("unverified" in each.cited) == ("memory" in each.provenance or "assumption" in each.provenance)
    assert {"comm_school", "dli", "counselor", "nudge", "principal_pipeline"} <= {
        each.code for each in catalog() if "memory" in each.provenance
    }


def test_the_catalog_holds_the_facts_of_the_reference(shared):
    import csv

    rows = {row["id"]: row for row in csv.DictReader((shared / "reference/interventions.csv").open(encoding="utf-8"))}
    known = {each.code: each for each in catalog()}
    assert set(rows) - {"spend"} == set(known)
    for code, each in known.items():
        row = rows[code]
        if row["cost_mid"]:
            cost = each.cost
            assert [float(row[f"cost_{end}"]) for end in ("low", "mid", "high")] == [
                cents / 100 for cents in (cost.low, cost.middle, cost.high)
            ]
        else:
            assert each.cost is None
        ends = [row[f"es_{end}"] for end in ("low", "mid", "high")]
        if all(ends):
            scale = (
                -0.01 if row["es_unit"] == "percentage points" else -1 if row["es_unit"] == "days per student" else 1
            )
            effect = each.effect
            assert [pytest.approx(float(end) * scale) for end in ends] == [
                float(v) for v in (effect.low, effect.middle, effect.high)
            ]
        else:
            assert each.effect is None, "one number without a range is none to choose by"
        assert ("memory" in row["provenance"]) <= ("memory" in each.provenance)
        assert each.tier is None or str(each.tier) in row["candidate_essa_tier"]
        assert each.tier_verified == row["tier_verified"].startswith("yes")


def test_a_row_of_the_district_takes_the_place_of_the_catalogs_and_keeps_the_rest():
    reading = sample_reading()
    shipped = {each.code: each for each in catalog()}
    known = {each.code: each for each in in_force(reading.scenario.actions.own)}
    assert 200 == known["tutor_hd"].supply
    assert shipped["tutor_hd"].bands == known["tutor_hd"].bands
    assert shipped["coach"].cost == known["coach"].cost
    assert "attendance" in cause_kinds()


@pytest.mark.parametrize("ends", [("0.3", "0.2", "0.1"), ("0", "0", "9999")])
def test_a_range_that_is_reversed_or_absurd_is_refused(ends):
    with pytest.raises(InvalidValue):
        Effect("score", "SD", *map(Decimal, ends))


@pytest.mark.parametrize(
    "words",
    [{"tier": 5}, {"supply": -1}, {"step": 0}, {"coverage": Decimal("1.2")}, {"coverage": Decimal(0)}, {"code": ""}],
)
def test_an_intervention_out_of_range_is_refused(words):
    with pytest.raises(InvalidValue):
        dataclasses.replace(action("a", 100, ("0.1", "0.1", "0.1")), **words)


@pytest.mark.parametrize(
    "words", [{"words": " "}, {"evidence": ""}, {"owner": ""}, {"schools": ()}, {"decide_on": "spring"}]
)
def test_a_cause_without_what_makes_it_one_is_refused(words):
    with pytest.raises(InvalidValue):
        dataclasses.replace(cause(), **words)
