"""From tables to a district: what was decided, schools with what is known of them, posts and dollars that tie."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from equity_alloc.domain.district import District
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.finding import Severity
from equity_alloc.sources.base import UNDATED, UNNAMED, FindingList, Reading
from equity_alloc.sources.mapped.answers import Answers, decide
from equity_alloc.sources.mapped.district_figures import beside_schools, tell_only_districts
from equity_alloc.sources.mapped.extract import Extract
from equity_alloc.sources.mapped.join import Joined, join_tables
from equity_alloc.sources.mapped.merge import merge_schools
from equity_alloc.sources.mapped.planned_money import central_of, money_of, with_central
from equity_alloc.sources.mapped.planned_schools import groups_of, schools_of, with_money
from equity_alloc.sources.mapped.posts import build_money, told_funds
from equity_alloc.sources.mapped.reconcile import Reconciled, reconcile, with_control
from equity_alloc.sources.mapped.teachers import add_teachers, schedule_of
from equity_alloc.sources.mapped.typical import typical_money
from equity_alloc.sources.mapped.years import tell_years


@dataclass(frozen=True)
class TakenIn:
    """What became of the files.

    Parameters
    ----------
    reading : Reading
    joined : Joined
    reconciled : Reconciled
    funds : int
        How many funds the money has that is planned with, before any are joined.
    """

    reading: Reading
    joined: Joined
    reconciled: Reconciled
    funds: int = 0


def take_in(extracts: Sequence[Extract], answers: Answers) -> TakenIn:
    """Return the district that one or more tables describe.

    Parameters
    ----------
    extracts : sequence of Extract
        Of tables of schools, counts and money; the first with enrollment names the schools.
    answers : Answers

    Returns
    -------
    TakenIn
        Without a district as long as an error stands, a difference is not decided, or a school has no pupils.
    """
    ordered = _ordered(extracts)
    findings = FindingList()
    for extract in extracts:
        findings.found += extract.findings
    joined = join_tables(ordered, answers.matches)
    merged = merge_schools(ordered, joined, findings)
    pupils = {m.code: n for m in merged if (c := m.counts.get("enrollment")) is not None and (n := c.exact) is not None}
    money, compared = money_of(ordered, joined, answers.added, pupils, findings)
    reconciled = reconcile(ordered, joined, money, compared)
    typed = answers.control
    tallies = tuple(with_control(each, typed.get(each.tally.file, ""), findings) for each in extracts)
    reconciled = dataclasses.replace(reconciled, tallies=tallies)
    decisions = decide(reconciled, joined, answers, merged, findings)
    tell_years([extract for extract in extracts if extract.schools or extract.schedule], findings)
    funds_read = len({row.fund for row in money})
    money = told_funds(money, answers.funds, findings)
    groups = groups_of(ordered, findings)
    schools = schools_of(merged, groups, answers, findings)
    central = central_of(money, {school.code for school in schools}, findings)
    chosen = next((e.chosen["district"] for e in (*ordered, *extracts) if "district" in e.chosen), "")
    is_told = not ordered and tell_only_districts(extracts, chosen, findings)
    if not schools and not is_told and not any(extract.errors for extract in extracts):
        _refuse_without_pupils(ordered, findings)
    reconciled = dataclasses.replace(reconciled, of_district=beside_schools(extracts, chosen, schools, findings))
    schools = with_money(schools, {row.school for row in money}, answers, findings)
    known = {school.code for school in schools}
    money_of_schools = [row for row in money if row.school in known]
    is_typical = answers.typical and not money
    if schools and not is_typical and not money_of_schools:
        _refuse_without_money(ordered, findings)

    def taken(district: District | None = None) -> TakenIn:
        return TakenIn(Reading(district, None, tuple(findings.found)), joined, reconciled, funds_read)

    if findings.has_errors:
        return taken()
    if is_typical:
        typical = typical_money(schools, extracts, chosen, answers.when, findings)
        built, decisions = typical.money, (*decisions, *typical.decisions)
    else:
        built = add_teachers(build_money(money_of_schools, findings), merged, schedule_of(extracts), findings)
    # Asked of the findings themselves: a type checker takes a property that was false to stay so.
    if any(finding.severity is Severity.ERROR for finding in findings.found):
        return taken()
    name, year = _named(ordered, answers)
    _note_unnamed(name, year, findings)
    try:
        district = District(
            name=name, year=year, schools=tuple(schools), groups=groups, positions=built.positions,
            funds=with_central(built.funds, central, money), staffing=built.staffing, spending=built.spending,
            central=central, decisions=decisions,
        )  # fmt: skip
    except InvalidValue as error:
        findings.error(
            "district-unfit", name, "", what=str(error), why="The parts do not make one district.",
            remedy="Look at the files and their maps.",
        )  # fmt: skip
        return taken()
    return taken(district)


def _refuse_without_pupils(tables: Sequence[Extract], findings: FindingList) -> None:
    findings.error(
        "enrollment-missing", ", ".join(e.tally.file for e in tables) or "no file", "",
        what="None of the files says how many pupils a school has.",
        why="Dollars per pupil and needs cannot be worked out without pupils.",
        remedy="Add a table with one row for each school and its enrollment.",
    )  # fmt: skip


def _refuse_without_money(tables: Sequence[Extract], findings: FindingList) -> None:
    findings.error(
        "money-missing", ", ".join(e.tally.file for e in tables), "",
        what="None of the files says what the schools have: no dollars and no posts.",
        why="Unknown money is not zero money, and there is nothing to share out.",
        remedy="Add a file with dollars by school, or choose typical costs as a start.",
    )  # fmt: skip


def _ordered(extracts: Sequence[Extract]) -> list[Extract]:
    """Put the table that names the schools first: the one with enrollment for most of them."""

    def pupils(extract: Extract) -> int:
        return sum(1 for facts in extract.schools if "enrollment" in facts.counts)

    return sorted((e for e in extracts if e.schools), key=lambda e: -pupils(e))


def _note_unnamed(name: str, year: str, findings: FindingList) -> None:
    """Tell what of name and year neither a person nor a file has given."""
    if name == UNNAMED:
        findings.warn(
            "district-unnamed", "District's name", "", what="None of the files names the district.",
            why="Its name stands on every report, and its records are kept under it.",
            remedy="Type it (Files in: District's name; on the command line: --name).",
        )  # fmt: skip
    if year == UNDATED:
        findings.warn(
            "district-undated", "Plan year", "", what="None of the files says which year the plan is for.",
            why=f'Every document names the plan year; without it they say "{UNDATED}".',
            remedy="Type it (Files in: Plan year; on the command line: --year).",
        )  # fmt: skip


def _named(extracts: Sequence[Extract], answers: Answers) -> tuple[str, str]:
    """Return name and year of the district: as a person says, else as the files do."""
    names = {code: name for extract in extracts for code, name in extract.names.items() if name}
    chosen = [extract.chosen["district"] for extract in extracts if "district" in extract.chosen]
    said = {title.lower(): title for title in names.values()}  # a name that was typed reads as the file prints it
    by_code = [names.get(code, "") or said.get(code.lower(), "") for code in chosen]
    only = list(names.values()) if len(set(names.values())) == 1 else []
    name = next((text for text in (answers.name, *by_code, *only, *chosen) if text), UNNAMED)
    years = [extract.chosen.get("year", "") for extract in extracts]
    years += [values[0] for extract in extracts if len(values := extract.choices.get("year", ())) == 1]
    years += [extract.map.source.as_of for extract in extracts if extract.map.source]
    return name, next((text for text in (answers.year, *years) if text), UNDATED)
