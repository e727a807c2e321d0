"""What drove a plan: every count of pupils that it rests on, by what, for which purpose; and what cannot drive it."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from dataclasses import dataclass
from functools import cache

from equity_alloc.domain.district import ALL, District, GroupUse
from equity_alloc.domain.number import print_share
from equity_alloc.domain.shipped import DATA
from equity_alloc.domain.source import Source
from equity_alloc.formulas.references import counts_used
from equity_alloc.rules.ratio import ENROLLMENT
from equity_alloc.rules.setting import Choice, typed_settings_of
from equity_alloc.rules.title1_shares import TITLE_ONE
from equity_alloc.scenario import Scenario

_FILE = DATA / "purposes" / "driver_purposes.toml"
LOW_INCOME = "Children from low-income families"
NO_PURPOSE = "No purpose is stated. Write one where the weight or rule names its source."


@dataclass(frozen=True, slots=True)
class Driver:
    """One count of pupils that a plan rests on.

    Parameters
    ----------
    title : str
        Of the count.
    used_by : tuple of str
        What rests on it: "need weight of 25 %", "rule 22 (...)".
    purpose : str
        Why it may drive an allocation.
    source : str
        Where that is written; blank where no purpose is stated.
    """

    title: str
    used_by: tuple[str, ...]
    purpose: str
    source: str

    @property
    def has_purpose(self) -> bool:
        """Whether a purpose is stated."""
        return bool(self.source)


def drivers_of(district: District, scenario: Scenario) -> tuple[Driver, ...]:
    """Return every count of pupils that a plan of this scenario rests on, enrollment first.

    Parameters
    ----------
    district : District
    scenario : Scenario

    Raises
    ------
    ProtectedAttribute
        If a need weight names a group that is for audit only: then there is no plan either.
    """
    effective = scenario.apply(district)
    used: dict[str, list[str]] = {ENROLLMENT: ["the level of every school, per pupil"]}
    for need in scenario.need_weights:
        if need.weight:
            used.setdefault(need.group, []).append(f"need weight of {print_share(need.weight)}")
    titles = scenario.view(district).titles
    for number, (rule, title) in enumerate(zip(scenario.rules, titles, strict=True), start=1):
        for name, info in typed_settings_of(rule).items():
            if info.choice is Choice.GROUP:
                used.setdefault(str(getattr(rule, name)), []).append(f"rule {number} ({title})")
    for fund in effective.funds:
        if fund.shared_by == TITLE_ONE:
            used.setdefault(LOW_INCOME, []).append(f"ranks schools for {fund.title}")
        if fund.shared_by in district.group_of:
            used.setdefault(fund.shared_by, []).append(f"shares out {fund.title}")
    if scenario.formula is not None:
        formula = scenario.formula.formula
        for component in formula.components:
            for use in counts_used(component):
                for column in formula.words.columns_of(use.name):
                    used.setdefault(column, []).append(f"formula component {component.frame.label}")
    return tuple(_driver(code, tuple(dict.fromkeys(by)), district) for code, by in used.items())


def barred(district: District) -> tuple[str, ...]:
    """Return the titles of what is for audit only and can drive nothing."""
    groups = [group.title for group in district.groups if group.use is GroupUse.AUDIT]
    return (*groups, *(flag.title for flag in district.flags if flag.use is GroupUse.AUDIT))


def statement(district: District, scenario: Scenario) -> tuple[str, ...]:
    """Return what drove the plan and what did not, in sentences that stand in public."""
    found = drivers_of(district, scenario)
    not_used = barred(district)
    sentences = [
        (
            f"The plan rests on {len(found)} {'count' if len(found) == 1 else 'counts'} of pupils: "
            f"{', '.join(each.title for each in found)}. {'It' if len(found) == 1 else 'Each'} is listed with what rests on it and why it may."
        ),
        (
            "Race, color, ethnicity, national origin, religion and sex drive nothing. Columns that hold them are for the audit only: "
            "a need weight, rule, fund, goal or formula that names one is refused, and there is no way around it in this program."
        ),
    ]
    if not_used:
        sentences.append(
            f"For the audit only in this district: {', '.join(not_used)}. Exchanging these counts between schools leaves every "
            "plan as it is, to the cent; a test of this program does so a hundred times."
        )
    without = [each.title for each in found if not each.has_purpose]
    if without:
        sentences.append(f"No purpose is stated yet for: {', '.join(without)}.")
    return tuple(sentences)


def _driver(code: str, used_by: tuple[str, ...], district: District) -> Driver:
    group = district.group_of.get(code)
    title = "Enrollment" if code in (ENROLLMENT, ALL) else group.title if group else code
    for words, purpose, source in _purposes():
        spaced = f" {_plain(title)} "
        if any(f" {_plain(word)} " in spaced for word in words):
            return Driver(title, used_by, purpose, str(source))
    return Driver(title, used_by, NO_PURPOSE, "")


@cache
def _purposes() -> tuple[tuple[tuple[str, ...], str, Source], ...]:
    listed = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    found = []
    for item in listed["driver"]:
        since: dt.date = item["from"]
        source = Source(item["title"], item["locator"], item["url"], since.isoformat())
        found.append((tuple(item["words"]), item["purpose"], source))
    return tuple(found)


def _plain(text: str) -> str:
    """Return words in lower case without endings of the plural, so that a heading matches however it is written."""
    return " ".join(re.sub(r"(?<=[a-z]{3})(ies|y|s)$", "", word) for word in re.findall(r"[a-z0-9]+", text.lower()))
