"""The auditor needs no solver, and finds whatever is planted in a plan."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.errors import UnknownCode
from equity_alloc.domain.finding import Unit
from equity_alloc.domain.fte import pay_of
from equity_alloc.domain.record import to_plain
from equity_alloc.planning.certify import certify
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan
from equity_alloc.rules.locked_line import LockedLine
from equity_alloc.rules.staffing_least import StaffingLeast
from equity_alloc.rules.staffing_most import StaffingMost
from equity_alloc.scenario import Scenario
from tests.districts import plain_scenario, random_district
from tests.patience import PATIENCE_SECONDS

ROOT = Path(__file__).resolve().parents[2]

AUDITOR = """
import json, sys

class NoSolver:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("pulp", "highspy") or name.startswith("equity_alloc.solver"):
            raise ImportError(f"{name} is not for the auditor")

sys.meta_path.insert(0, NoSolver())
from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.record import from_plain
from equity_alloc.planning.certify import certify
from equity_alloc.scenario import scenario_from_plain

stored = json.load(open(sys.argv[1], encoding="utf-8"))
found = certify(
    from_plain(District, stored["district"]),
    scenario_from_plain(stored["scenario"]),
    from_plain(Allocation, stored["allocation"]),
)
print(json.dumps([found.is_kept, found.allocation_digest, found.proof.bound, [b.words for b in found.breaches]]))
"""


@cache
def made() -> Plan:
    """Return a plan under rules of every kind, each of which can be broken."""
    rules = (
        *plain_scenario().rules,
        StaffingLeast("counselor", Decimal(600)),
        StaffingMost("teacher", Decimal(8)),
        LockedLine("principal"),
    )
    answer = plan(random_district(1, 6), Scenario(need_weights=plain_scenario().need_weights, rules=rules))
    assert isinstance(answer, Plan)
    return answer


def audited(folder: Path, allocation: Allocation) -> list:
    stored = folder / "plan.json"
    parts = {
        "district": to_plain(made().district),
        "allocation": to_plain(allocation),
        "scenario": made().scenario.plain,
    }
    stored.write_text(json.dumps(parts), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-c", AUDITOR, str(stored)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_SECONDS,
    )
    assert 0 == run.returncode, run.stderr
    return json.loads(run.stdout)


def test_a_stored_plan_is_certified_where_no_solver_can_be_imported(tmp_path):
    kept, digest, bound, breaches = audited(tmp_path, made().allocation)
    own = made().certificate
    assert (own.is_kept, own.allocation_digest, own.proof.bound, []) == (kept, digest, bound, breaches)


def test_a_stored_plan_with_a_cent_too_much_is_refused_there_too(tmp_path):
    kept, digest, _, breaches = audited(tmp_path, PLANTED["a cent over a fund"][0]())
    assert not kept
    assert made().certificate.allocation_digest != digest
    assert any("$0.01 too much" in words for words in breaches)


class Edit:
    """Changes on a copy of the plan; money goes to or from the supplies that the general fund pays."""

    def __init__(self) -> None:
        plan_of = made().allocation
        self.district = made().view.district
        self.fte, self.pay, self.dollars = dict(plan_of.fte), dict(plan_of.pay), dict(plan_of.dollars)
        self.school = self.district.schools[0].code

    @property
    def allocation(self) -> Allocation:
        return Allocation.of(self.fte, self.pay, self.dollars)

    def supplies(self, cents: int, fund: str = "general") -> Edit:
        at = (self.school, "Supplies", fund)
        self.dollars[at] = self.dollars.get(at, 0) + cents
        return self

    def counted(self, goal: int) -> Edit:
        return self.supplies(goal - self.district.counted_dollars(self.allocation, self.school))

    def posts(self, position: str, fte: int) -> Edit:
        """Set the posts, and let the general fund pay what they cost now."""
        at = (self.school, position)
        cost = self.district.position_of[position].cost
        more = pay_of(fte, cost) - pay_of(self.fte.get(at, 0), cost)
        self.fte[at] = fte
        self.pay[(*at, "general")] = self.pay.get((*at, "general"), 0) + more
        return self


def last_year(edit: Edit) -> int:
    return edit.district.counted_dollars(edit.district.today, edit.school)


def over_the_fund() -> Allocation:
    edit = Edit()
    left = edit.district.fund_of["general"].amount - edit.allocation.fund_dollars("general")
    return edit.supplies(left + 1).allocation


def over_the_share() -> Allocation:
    edit = Edit()
    (edit.school, position), _ = next((key[:2], c) for key, c in edit.pay.items() if key[2] == "title1")
    share = next(rule for rule in made().scenario.rules if rule.code == "fund-sharing")
    room = {who: left for who, left, _ in share.slack(edit.district, edit.allocation)}
    name = edit.district.school_of[edit.school].name
    edit.pay[edit.school, position, "title1"] += room[f"{name}: Title I"] + 1
    return edit.allocation


def lent_from_a_fund() -> Allocation:
    edit = Edit()
    return edit.supplies(-500, "levy").supplies(500).allocation


def paid_short() -> Allocation:
    edit = Edit()
    at = next(key for key in edit.pay if key[1] == "teacher")
    edit.pay[at] -= 1
    return edit.allocation


def counselors_least() -> int:
    pupils = made().district.schools[0].enrollment
    return -(-pupils * 100 // (600 * 20)) * 20


def teachers_most() -> int:
    pupils = made().district.schools[0].enrollment
    return -(-pupils * 100 // (8 * 50)) * 50


def aides_most() -> int:
    """Last year and 20 % of it, or one post if that is more, up to the next quarter."""
    had = made().district.today.fte_of[made().district.schools[0].code, "aide"]
    return -(-max(had * 120, (had + 100) * 100) // 2500) * 25


def posts_then(position: str, step: int) -> Callable[[], Allocation]:
    return lambda: (
        Edit().posts(position, made().allocation.fte_of[made().district.schools[0].code, position] + step).allocation
    )


# What is planted: the allocation, the rule that must name it, and by how much it is broken.
PLANTED: dict[str, tuple[Callable[[], Allocation], str, int, Unit]] = {
    "a cent over a fund": (over_the_fund, "fund-appropriation", 1, Unit.CENTS),
    "a levy that buys supplies": (lambda: Edit().supplies(700, "levy").allocation, "fund-eligibility", 700, Unit.CENTS),
    "a fund that lends to another": (lent_from_a_fund, "fund-eligibility", 500, Unit.CENTS),
    "0.37 FTE": (posts_then("teacher", 37), "position-steps", 37, Unit.FTE),
    "less than the smallest post": (lambda: Edit().posts("aide", 25).allocation, "position-steps", 25, Unit.FTE),
    "a cent of pay too little": (paid_short, "position-steps", 1, Unit.CENTS),
    "a cent below the floor": (
        lambda: (edit := Edit()).counted(-(-last_year(edit) * 95 // 100) - 1).allocation,
        "hold-harmless",
        1,
        Unit.CENTS,
    ),
    "a cent above the ceiling": (
        lambda: (edit := Edit()).counted(last_year(edit) * 112 // 100 + 1).allocation,
        "gain-cap",
        1,
        Unit.CENTS,
    ),
    "a counselor too few": (
        lambda: Edit().posts("counselor", counselors_least() - 20).allocation,
        "staffing-least",
        20,
        Unit.FTE,
    ),
    "half a teacher too many": (
        lambda: Edit().posts("teacher", teachers_most() + 50).allocation,
        "staffing-most",
        50,
        Unit.FTE,
    ),
    "two principals": (lambda: Edit().posts("principal", 200).allocation, "locked-line", 100, Unit.FTE),
    "100 aides": (lambda: Edit().posts("aide", 10_000).allocation, "position-band", 10_000 - aides_most(), Unit.FTE),
    "a cent beyond the band of a line": (
        lambda: (
            (edit := Edit())
            .supplies(
                edit.district.today.by_school_line[edit.school, "Supplies"] * 11 // 10
                + 1
                - edit.allocation.by_school_line[edit.school, "Supplies"]
            )
            .allocation
        ),
        "line-band",
        1,
        Unit.CENTS,
    ),
    "a cent beyond a share": (over_the_share, "fund-sharing", 1, Unit.CENTS),
}


@pytest.mark.parametrize("name", PLANTED)
def test_what_is_planted_in_a_plan_is_found_and_named(name):
    make, code, short_by, unit = PLANTED[name]
    assert () == made().certificate.breaches
    certificate = certify(made().district, made().scenario, make())
    assert not certificate.is_kept
    found = [breach for breach in certificate.breaches if breach.rule == code and breach.unit is unit]
    assert found
    assert short_by in [breach.short_by for breach in found]
    labels = {s.label for s in made().district.schools} | {f"{f.title} (code {f.code})" for f in made().district.funds}
    assert {breach.subject for breach in found} <= labels


def test_every_kind_of_rule_in_the_plan_is_broken_once():
    assert {rule.code for rule in made().scenario.rules} == {code for _, code, _, _ in PLANTED.values()}


@pytest.mark.parametrize("part", ["school", "position", "fund"])
def test_a_plan_that_names_what_the_district_does_not_have_is_refused_in_words(part):
    key = {"school": "0000", "position": "teacher", "fund": "general", part: "nowhere"}
    pay = {**made().allocation.pay_of, (key["school"], key["position"], key["fund"]): 100}
    with pytest.raises(UnknownCode, match=f"no {part} with code nowhere"):
        certify(made().district, made().scenario, Allocation.of(made().allocation.fte_of, pay, {}))
