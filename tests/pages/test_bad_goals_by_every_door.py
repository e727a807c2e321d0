"""What a goal cannot be made of is refused with the reason by every door: workbook, scenario file, and page."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable

import pytest

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.objectives.even_loads import LoadScale
from equity_alloc.objectives.level_dial import RaiseByDial
from equity_alloc.objectives.units import Whose
from equity_alloc.planning.search import plan
from equity_alloc.scenario import scenario_from_plain
from equity_alloc.sources.base import Reading
from equity_alloc.sources.csv_folder import read_csv_folder
from equity_alloc.sources.workbook import read_workbook
from tests.pages.conftest import failures, words
from tests.small_workbook import Change, add, csv_bytes, good_rows, put, workbook_bytes

DIAL = (put("Scenario", "B3", "level-dial"), add("Scenario", "Objective: aversion", "own value"))
LOADS = (put("Scenario", "B3", "even-loads"), add("Scenario", "Objective: aversion", "own value"))
SAID = {
    "negative weight": "-0.2",
    "dial out of range": "from 0 to 10",
    "nobody has pupils": "no level to raise",
    "nothing at one": "below 1 or to infinity",
    "nobody in the group": "Nobody belongs to English learners",
    "load dial out of range": "from 0 to 10",
    "position unknown": "NURSE",
}
FILES: dict[str, tuple[Change, ...]] = {
    "negative weight": (put("Need weights", "B2", -0.2),),
    "dial out of range": (*DIAL, add("Scenario", "Objective: own_aversion", 11)),
    "nobody has pupils": tuple(put("Schools", f"{column}{row}", 0) for column in "DGH" for row in (2, 3, 4)),
    "nothing at one": (
        *DIAL,
        add("Scenario", "Objective: own_aversion", 1),
        put("Funds", "F2", "0412; 0413"),
        *(put("Staffing", f"A{row}", "0412") for row in (3, 4)),
        put("Staffing", "A5", "0413"),
        put("Spending", "A3", "0412"),
        lambda rows: rows.update(Rules=[*rows["Rules"][:1], [1, "hold-harmless", "Share of last year", 0]]),
    ),
    "nobody in the group": (
        *DIAL,
        add("Scenario", "Objective: own_aversion", 2),
        add("Scenario", "Objective: unit", "student group"),
        *(put("Schools", f"G{row}", 0) for row in (2, 3, 4)),
        put("Funds", "C3", 0),
    ),
    "load dial out of range": (*LOADS, add("Scenario", "Objective: own_aversion", "-1")),
    "position unknown": (*LOADS[:1], add("Scenario", "Objective: position", "NURSE")),
}


def spoilt(name: str) -> dict[str, list]:
    rows = copy.deepcopy(good_rows())
    for change in FILES[name]:
        change(rows)
    return rows


def refusal(reading: Reading) -> str:
    """Return why a file cannot be planned with: its errors, or what planning says."""
    if reading.district is None or reading.scenario is None:
        return " ".join(f"{f.where} {f.what} {f.why} {f.remedy}" for f in reading.errors)
    with pytest.raises(EquityAllocError) as refused:
        plan(reading.district, reading.scenario)
    return str(refused.value)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    "read",
    [lambda rows: read_workbook(workbook_bytes(rows)), lambda rows: read_csv_folder(csv_bytes(rows))],
    ids=["workbook", "CSV"],
)
def test_a_file_is_refused_with_the_reason(read: Callable[[dict[str, list]], Reading], name: str) -> None:
    assert SAID[name] in refusal(read(spoilt(name)))


def changed(plain: dict, name: str) -> dict:
    plain = copy.deepcopy(plain)
    settings = {
        "aversion": "own value",
        "own_aversion": "2",
        "unit": "school",
        "scale": "shares (Atkinson)",
        "ceiling": "0",
    }
    plain["objective"] = {"code": "level-dial", "settings": settings}
    loads = {"position": "NURSE", "aversion": "2", "own_aversion": "2", "group": "enrollment", "extra": "0"}
    if name in ("load dial out of range", "position unknown"):
        own = {"aversion": "own value", "own_aversion": "-1"} if name == "load dial out of range" else {}
        plain["objective"] = {"code": "even-loads", "settings": loads | {"scale": LoadScale.PUPILS.value} | own}
    if name == "negative weight":
        plain["need_weights"] = [{"group": "english-learners", "weight": "-0.2", "source": ""}]
    if name == "dial out of range":
        settings["own_aversion"] = "11"
    if name == "nothing at one":
        settings["own_aversion"] = "1"
    if name == "nobody in the group":
        settings["unit"] = "student group"
    return plain


@pytest.mark.parametrize("name", FILES)
def test_a_scenario_file_is_refused_with_the_reason(name: str) -> None:
    reading = read_workbook(
        workbook_bytes(
            spoilt(name)
            if name not in ("negative weight", "dial out of range", "load dial out of range", "position unknown")
            else good_rows()
        )
    )
    good = read_workbook(workbook_bytes(good_rows()))
    assert good.scenario is not None
    district = reading.district or good.district
    assert district is not None
    plain = changed(good.scenario.plain, name)
    if name == "nothing at one":
        plain["rules"] = []
    with pytest.raises(EquityAllocError) as refused:
        plan(district, scenario_from_plain(plain))
    assert SAID[name] in str(refused.value) or (name == "negative weight" and "weight" in str(refused.value))


@pytest.mark.parametrize("name", ["nobody has pupils", "nothing at one", "nobody in the group"])
@pytest.mark.parametrize("where", ["plan", "equity", "rules", "fall"])
def test_a_page_says_the_reason_and_goes_on(go_to, session, where, name) -> None:
    reading = read_workbook(workbook_bytes(spoilt(name)))
    assert session.load(reading, "")
    shown = go_to(where)
    assert [] == failures(shown)
    assert SAID[name] in words(shown)


def test_a_dial_typed_out_of_range_is_kept_in_its_field_with_the_reason(go_to, session) -> None:
    session.scenario = dataclasses.replace(session.scenario, objective=RaiseByDial("own value", unit=Whose.SCHOOL))
    before = session.scenario
    page = go_to("rules")
    [field] = [each for each in page.number_input if each.label.startswith("Own value of the aversion")]
    page = field.set_value(11.0).run()
    assert [] == failures(page)
    assert before == session.scenario
    assert SAID["dial out of range"] in words(page)
