"""The schools of a district from merged tables: pupils, groups and grades as far as they are known, unknown told."""

from __future__ import annotations

from collections.abc import Sequence

from equity_alloc.domain.district import School
from equity_alloc.domain.federal import TitleOne
from equity_alloc.domain.number import count_words
from equity_alloc.domain.school import GroupUse, StudentGroup
from equity_alloc.sources.base import FindingList
from equity_alloc.sources.mapped.answers import Answers
from equity_alloc.sources.mapped.extract import Count, Extract
from equity_alloc.sources.mapped.fields import FIELDS, field_of, grade_of
from equity_alloc.sources.mapped.merge import Merged
from equity_alloc.sources.protected import protected_attribute
from equity_alloc.sources.school_headings import GRADES

#: Groups larger than their school that are told one by one; the others are counted.
OVER_IN_FULL = 3


def groups_of(extracts: Sequence[Extract], findings: FindingList) -> tuple[StudentGroup, ...]:
    """Return the student groups that tables count; a protected attribute mapped as need is refused."""
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


def schools_of(
    merged: Sequence[Merged], groups: tuple[StudentGroup, ...], answers: Answers, findings: FindingList
) -> list[School]:
    """Return the schools whose enrollment is known, with what is known of their groups and grades.

    Parameters
    ----------
    merged : sequence of Merged
    groups : tuple of StudentGroup
    answers : Answers
    findings : FindingList
    """
    schools: list[School] = []
    empty: list[str] = []
    unknown_pupils: list[Merged] = []
    unknown: dict[str, list[tuple[str, Count | None, str]]] = {}
    over: list[tuple[Merged, StudentGroup, int, int]] = []
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
                if answers.over_is_unknown and answers.who:
                    unknown.setdefault(group.title, []).append((member.name, count, member.row))
                    value = None
                else:
                    over.append((member, group, value, pupils.exact))
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
    _tell_over(over, findings)
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


def with_money(schools: list[School], with_money: set[str], answers: Answers, findings: FindingList) -> list[School]:
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


def _tell_over(over: Sequence[tuple[Merged, StudentGroup, int, int]], findings: FindingList) -> None:
    """Tell of groups that are larger than their school: the first in full, the others counted."""
    for member, group, value, pupils in over[:OVER_IN_FULL]:
        findings.error(
            "group-over-enrollment", member.where, str(value),
            what=f"{group.title} is {value:,} for {member.name} (code {member.code}), more than its enrollment of {pupils:,}.",
            why="A group is part of the enrollment; files of different dates or mixed-up columns look like this.",
            remedy="Use counts of one date, correct the map, or decide that such counts are unknown.",
        )  # fmt: skip
    if len(over) > OVER_IN_FULL:
        schools = len({member.code for member, *_ in over})
        findings.note(
            "group-over-enrollment-more", over[0][0].where.partition("!")[0], "",
            what=f"In all, {len(over)} counts at {schools} schools are larger than the enrollment.",
            why="Only the first are told one by one.", remedy="Mend the files as a whole: counts of one date agree.",
        )  # fmt: skip


def _tell_unknown(unknown: dict[str, list[tuple[str, Count | None, str]]], schools: int, findings: FindingList) -> None:
    for title, members in unknown.items():
        name, count, where = members[0]
        bounds = f" (between bounds there: {count})" if count is not None else ""
        findings.warn(
            "group-unknown", where, "" if count is None else str(count),
            what=f"{title} is not known for {len(members)} of {count_words(schools, 'school')}, first for {name}{bounds}.",
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
