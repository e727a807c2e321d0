"""From tables to a district: what was decided, schools with what is known of them, posts and dollars that tie."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from equity_alloc.domain.district import District, School
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.federal import TitleOne
from equity_alloc.domain.finding import Severity
from equity_alloc.domain.school import GroupUse, StudentGroup
from equity_alloc.sources.base import FindingList, Reading
from equity_alloc.sources.mapped.answers import Answers, decide
from equity_alloc.sources.mapped.extract import Count, Extract
from equity_alloc.sources.mapped.fields import FIELDS, field_of, grade_of
from equity_alloc.sources.mapped.join import Joined, join_tables
from equity_alloc.sources.mapped.merge import Merged, merge_schools
from equity_alloc.sources.mapped.planned_money import central_of, money_of, with_central
from equity_alloc.sources.mapped.posts import build_money, told_funds
from equity_alloc.sources.mapped.reconcile import Reconciled, reconcile, with_control
from equity_alloc.sources.mapped.teachers import add_teachers, schedule_of
from equity_alloc.sources.mapped.typical import typical_money
from equity_alloc.sources.mapped.years import tell_years
from equity_alloc.sources.protected import protected_attribute
from equity_alloc.sources.school_headings import GRADES


@dataclass(frozen=True)
class TakenIn:
    """What became of the files.

    Parameters
    ----------
    reading : Reading
    joined : Joined
    reconciled : Reconciled
    """

    reading: Reading
    joined: Joined
    reconciled: Reconciled


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
    money, compared = money_of(ordered, joined, answers.added)
    reconciled = reconcile(ordered, joined, money, compared)
    typed = answers.control
    tallies = tuple(with_control(each, typed.get(each.tally.file, ""), findings) for each in extracts)
    reconciled = dataclasses.replace(reconciled, tallies=tallies)
    decisions = decide(reconciled, joined, answers, merged, findings)
    tell_years(ordered, findings)
    money = told_funds(money, findings)
    groups = _groups(ordered, findings)
    schools = _schools(merged, groups, answers, findings)
    central = central_of(money, {school.code for school in schools}, findings)
    if not schools and not any(extract.errors for extract in extracts):
        findings.error(
            "enrollment-missing", ", ".join(e.tally.file for e in ordered) or "no file", "",
            what="None of the files says how many pupils a school has.",
            why="Dollars per pupil and needs cannot be worked out without pupils.",
            remedy="Add a table with one row for each school and its enrollment.",
        )  # fmt: skip
    schools = _with_money(schools, {row.school for row in money}, answers, findings)
    known = {school.code for school in schools}
    is_typical = answers.typical and not money
    if schools and not is_typical and not any(row.school in known for row in money):
        findings.error(
            "money-missing", ", ".join(e.tally.file for e in ordered), "",
            what="None of the files says what the schools have: no dollars and no posts.",
            why="Unknown money is not zero money, and there is nothing to share out.",
            remedy="Add a file with dollars by school, or choose typical costs as a start.",
        )  # fmt: skip
    if findings.has_errors:
        return TakenIn(Reading(None, None, tuple(findings.found)), joined, reconciled)
    if is_typical:
        code = next((e.chosen["district"] for e in ordered if "district" in e.chosen), "")
        typical = typical_money(schools, extracts, code, answers.when, findings)
        built, decisions = typical.money, (*decisions, *typical.decisions)
    else:
        built = build_money([row for row in money if row.school in known], findings)
        built = add_teachers(built, merged, schedule_of(extracts), findings)
    if any(finding.severity is Severity.ERROR for finding in findings.found):
        return TakenIn(Reading(None, None, tuple(findings.found)), joined, reconciled)
    funds = with_central(built.funds, central, money)
    name, year = _named(ordered, answers)
    try:
        district = District(
            name=name, year=year, schools=tuple(schools), groups=groups, positions=built.positions, funds=funds,
            staffing=built.staffing, spending=built.spending, central=central, decisions=decisions,
        )  # fmt: skip
    except InvalidValue as error:
        findings.error(
            "district-unfit", name, "", what=str(error), why="The parts do not make one district.",
            remedy="Look at the files and their maps.",
        )  # fmt: skip
        return TakenIn(Reading(None, None, tuple(findings.found)), joined, reconciled)
    return TakenIn(Reading(district, None, tuple(findings.found)), joined, reconciled)


def _ordered(extracts: Sequence[Extract]) -> list[Extract]:
    """Put the table that names the schools first: the one with enrollment for most of them."""

    def pupils(extract: Extract) -> int:
        return sum(1 for facts in extract.schools if "enrollment" in facts.counts)

    return sorted((e for e in extracts if e.schools), key=lambda e: -pupils(e))


def _groups(extracts: Sequence[Extract], findings: FindingList) -> tuple[StudentGroup, ...]:
    groups: dict[str, StudentGroup] = {}
    for extract in extracts:
        for group in extract.groups:
            attribute = protected_attribute(group.title)
            if attribute is not None and group.use is GroupUse.NEED:
                findings.error(
                    "group-protected", extract.tally.file, group.title,
                    what=f"{group.title} names {attribute.name}, and its column is mapped as a need driver.",
                    why=f"A protected attribute can be audited and never drives an allocation "
                    f"({attribute.source.title}, {attribute.source.locator}).",
                    remedy="Map the column as Audit only.",
                )  # fmt: skip
            groups.setdefault(group.code, group)
    if {"free-lunch", "reduced-price-lunch"} <= set(groups):
        lunch = FIELDS["low_income"].group
        if lunch is not None:
            groups.setdefault(lunch.code, lunch)
    return tuple(groups.values())


def _schools(
    merged: Sequence[Merged], groups: tuple[StudentGroup, ...], answers: Answers, findings: FindingList
) -> list[School]:
    schools: list[School] = []
    empty: list[str] = []
    unknown_pupils: list[Merged] = []
    unknown: dict[str, list[tuple[str, Count | None, str]]] = {}
    counted = {grade_of(name) for member in merged for name in member.counts}
    taught = [grade for grade in GRADES if grade in counted]
    for member in merged:
        pupils = member.counts.get("enrollment")
        if pupils is None or pupils.exact is None:
            unknown_pupils.append(member)
            continue
        counts: list[tuple[str, int | None]] = []
        for group in groups:
            count = _count_of(member, group)
            value = _value(member, count, group, answers)
            if value is None:
                unknown.setdefault(group.title, []).append((member.name, count, member.row))
            elif value > pupils.exact:
                _over(member, group, value, pupils.exact, findings)
            counts.append((group.code, value))
        pupils_of = {grade_of(name): count.exact for name, count in member.counts.items()}
        grades = tuple((grade, pupils_of.get(grade)) for grade in taught)
        empty += [member.name] if pupils.exact == 0 else []
        schools.append(
            School(
                member.code, member.name, member.kind, pupils.exact, None, tuple(counts),
                title_one=_title_one(member.texts.get("title_one", "")), grades=grades,
            )
        )  # fmt: skip
    _tell_unknown(unknown, len(schools), findings)
    if unknown_pupils and schools:
        names = ", ".join(member.name for member in unknown_pupils[:5])
        findings.warn(
            "enrollment-unknown", unknown_pupils[0].row, "",
            what=f"{len(unknown_pupils)} schools are left out, because their enrollment is blank or suppressed: {names}"
            f"{', ...' if len(unknown_pupils) > 5 else ''}.",
            why="Unknown is not zero: without pupils a school has no level.",
            remedy="Enter their enrollment, or bring a file that has it.",
        )  # fmt: skip
    if empty:
        findings.warn(
            "school-without-pupils", merged[0].where.partition("!")[0], "",
            what=f"{len(empty)} schools have no pupils: {', '.join(empty[:5])}{', ...' if len(empty) > 5 else ''}.",
            why="They stay in the district, and are left out of what is per pupil.",
            remedy="Take them out of the file if they are closed.",
        )  # fmt: skip
    return schools


def _with_money(schools: list[School], with_money: set[str], answers: Answers, findings: FindingList) -> list[School]:
    """Return the schools of which some file knows the money; the others are left out by a signed decision only."""
    without = [school for school in schools if school.code not in with_money]
    if not without or len(without) == len(schools):
        return schools
    names = f"{', '.join(school.name for school in without[:5])}{', ...' if len(without) > 5 else ''}"
    told = findings.warn if answers.leave_out_without_money and answers.who else findings.error
    told(
        "school-without-money", "the money files", "",
        what=f"{len(without)} of {len(schools)} schools have pupils, and no file has their dollars: {names}.",
        why="Unknown money is not zero: the school would look like the poorest, and draw money from all others.",
        remedy="Add a file with their dollars, confirm which rows are theirs, or decide to leave them out.",
    )  # fmt: skip
    return [school for school in schools if school.code in with_money]


def _count_of(member: Merged, group: StudentGroup) -> Count | None:
    return next((c for name, c in member.counts.items() if field_of(name).group == group), None)


def _value(member: Merged, count: Count | None, group: StudentGroup, answers: Answers) -> int | None:
    """Return the count as it is planned with: exact, or by a decision, or unknown."""
    if count is None:
        # Blank is a cell of a file that counts the group; a school that no such file names stays unknown.
        is_blank = group.code in member.asked
        return 0 if is_blank and group.code in answers.blank_means_zero and answers.who else None
    if count.exact is not None:
        return count.exact
    if answers.middle_of_bounds and answers.who and count.high is not None:
        return (count.low + count.high + 1) // 2
    return None


def _over(member: Merged, group: StudentGroup, value: int, pupils: int, findings: FindingList) -> None:
    findings.error(
        "group-over-enrollment", member.where, str(value),
        what=f"{group.title} is {value:,} for {member.name} (code {member.code}), more than its enrollment of {pupils:,}.",
        why="A group is part of the enrollment; files of different dates or mixed-up columns look like this.",
        remedy="Use counts of one date, or correct the map.",
    )  # fmt: skip


def _tell_unknown(unknown: dict[str, list[tuple[str, Count | None, str]]], schools: int, findings: FindingList) -> None:
    for title, members in unknown.items():
        name, count, where = members[0]
        bounds = f" (between bounds there: {count})" if count is not None else ""
        findings.warn(
            "group-unknown", where, "" if count is None else str(count),
            what=f"{title} is not known for {len(members)} of {schools} schools, first for {name}{bounds}.",
            why="Unknown is never taken as zero need: a need weight for the group cannot be used until it is known.",
            remedy="Add a file with the counts, or decide on the page Files in what a blank or suppressed count means.",
        )  # fmt: skip


_SERVED = {
    "title 1": TitleOne.SERVED, "title i": TitleOne.SERVED, "served": TitleOne.SERVED,
    "title 1 eligible, no program": TitleOne.NOT_SERVED, "not title 1 eligible": TitleOne.NOT_SERVED,
    "not served": TitleOne.NOT_SERVED, "not a title i school": TitleOne.NOT_SERVED,
}  # fmt: skip


def _title_one(text: str) -> TitleOne | None:
    return _SERVED.get(text.strip().lower())


def _named(extracts: Sequence[Extract], answers: Answers) -> tuple[str, str]:
    """Return name and year of the district: as a person says, else as the files do."""
    names = {code: name for extract in extracts for code, name in extract.names.items() if name}
    chosen = [extract.chosen["district"] for extract in extracts if "district" in extract.chosen]
    by_code = [names.get(code, "") for code in chosen]
    only = list(names.values()) if len(set(names.values())) == 1 else []
    name = next((text for text in (answers.name, *by_code, *only, *chosen) if text), "Unnamed district")
    years = [extract.chosen.get("year", "") for extract in extracts]
    years += [values[0] for extract in extracts if len(values := extract.choices.get("year", ())) == 1]
    years += [extract.map.source.as_of for extract in extracts if extract.map.source]
    return name, next((text for text in (answers.year, *years) if text), "")
