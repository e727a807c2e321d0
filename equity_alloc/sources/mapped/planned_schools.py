"""The schools of a district from merged tables: pupils, groups and grades as far as they are known, unknown told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

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


@dataclass(frozen=True, slots=True)
class _Over:
    """A group that is larger than its school."""

    member: Merged
    group: StudentGroup
    value: int
    pupils: int


@dataclass(frozen=True, slots=True)
class _Unknown:
    """A count of a group that is not known at a school, with the bounds that are."""

    school: str
    bounds: Count | None
    where: str


@dataclass
class _Noticed:
    """What is told of all schools together, once they have been read."""

    over: list[_Over] = field(default_factory=list)
    unknown: dict[str, list[_Unknown]] = field(default_factory=dict)

    def count_at(self, member: Merged, group: StudentGroup, pupils: int, answers: Answers) -> int | None:
        """Return the count of a group that is planned with; note where it is unknown, or larger than the school."""
        count = _count_of(member, group)
        value = _value(member, count, group, answers)
        if value is not None and value > pupils:
            if not (answers.over_is_unknown and answers.who):
                self.over.append(_Over(member, group, value, pupils))
                return value
            value = None
        if value is None:
            self.unknown.setdefault(group.title, []).append(_Unknown(member.name, count, member.row))
        return value


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

    Returns
    -------
    list of School
        In the order of `merged`; what is unknown of them is told in the findings.
    """
    schools: list[School] = []
    without_enrollment: list[Merged] = []
    noticed = _Noticed()
    counted = {grade_of(name) for member in merged for name in member.counts}
    taught = [grade for grade in GRADES if grade in counted]
    for member in merged:
        enrollment = member.counts.get("enrollment")
        if enrollment is None or enrollment.exact is None:
            without_enrollment.append(member)
            continue
        pupils = enrollment.exact
        counts = tuple((group.code, noticed.count_at(member, group, pupils, answers)) for group in groups)
        pupils_of = {grade_of(name): count.exact for name, count in member.counts.items()}
        grades = tuple((grade, pupils_of.get(grade)) for grade in taught)
        schools.append(
            School(
                member.code, member.name, member.kind, pupils, None, counts,
                title_one=_title_one(member.texts.get("title_one", "")), grades=grades,
            )
        )  # fmt: skip
    _tell_over(noticed.over, findings)
    _tell_unknown(noticed.unknown, len(schools), findings)
    if schools:
        _tell_without_enrollment(without_enrollment, findings)
    _tell_empty([school.name for school in schools if school.enrollment == 0], merged, findings)
    return schools


def _tell_without_enrollment(members: Sequence[Merged], findings: FindingList) -> None:
    if members:
        names = ", ".join(member.name for member in members[:5])
        findings.warn(
            "enrollment-unknown", members[0].row, "",
            what=f"Left out: {count_words(len(members), 'school')} whose enrollment is blank or suppressed: {names}"
            f"{', ...' if len(members) > 5 else ''}.",
            why="Unknown is not zero: without pupils a school has no level.",
            remedy="Enter their enrollment, or bring a file that has it.",
        )  # fmt: skip


def _tell_empty(names: Sequence[str], merged: Sequence[Merged], findings: FindingList) -> None:
    if names:
        findings.warn(
            "school-without-pupils", merged[0].where.partition("!")[0], "",
            what=f"{count_words(len(names), 'school')} without pupils: {', '.join(names[:5])}{', ...' if len(names) > 5 else ''}.",
            why="They stay in the district, and are left out of what is per pupil.",
            remedy="Take them out of the file if they are closed.",
        )  # fmt: skip


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


def _tell_over(over: Sequence[_Over], findings: FindingList) -> None:
    """Tell of groups that are larger than their school: the first in full, the others counted."""
    for each in over[:OVER_IN_FULL]:
        school = f"{each.member.name} (code {each.member.code})"
        findings.error(
            "group-over-enrollment", each.member.where, str(each.value),
            what=f"{each.group.title} is {each.value:,} for {school}, more than its enrollment of {each.pupils:,}.",
            why="A group is part of the enrollment; files of different dates or mixed-up columns look like this.",
            remedy="Use counts of one date, correct the map, or decide that such counts are unknown.",
        )  # fmt: skip
    if len(over) > OVER_IN_FULL:
        schools = len({each.member.code for each in over})
        findings.note(
            "group-over-enrollment-more", over[0].member.where.partition("!")[0], "",
            what=f"In all, {len(over)} counts at {count_words(schools, 'school')} are larger than the enrollment.",
            why="Only the first are told one by one.", remedy="Mend the files as a whole: counts of one date agree.",
        )  # fmt: skip


def _tell_unknown(unknown: Mapping[str, Sequence[_Unknown]], schools: int, findings: FindingList) -> None:
    for title, members in unknown.items():
        first = members[0]
        bounds = f" (between bounds there: {first.bounds})" if first.bounds is not None else ""
        findings.warn(
            "group-unknown", first.where, "" if first.bounds is None else str(first.bounds),
            what=f"{title} is not known for {len(members)} of {count_words(schools, 'school')}, first for {first.school}{bounds}.",
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
