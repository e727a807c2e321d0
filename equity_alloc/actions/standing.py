"""Whether a cause opens money: its gap stands out, it is named, and no protected attribute stands behind it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from equity_alloc.domain.cause import A_RULE, Cause, CauseStatus
from equity_alloc.domain.district import District, StudentGroup
from equity_alloc.domain.outcome import ALL_PUPILS
from equity_alloc.domain.school import GroupUse
from equity_alloc.inequity.audit import audit
from equity_alloc.inequity.group_gap import Certainty, GroupGap
from equity_alloc.scenario import Scenario


@dataclass(frozen=True, slots=True)
class CauseStanding:
    """A cause with its gap.

    Parameters
    ----------
    cause : Cause
    gap : GroupGap or None
        None where the audit has no such comparison, or only one of a group that is for audit only.
    group : StudentGroup or None
    opens : bool
        Whether money may follow it.
    words : str
        Why, or why not.
    """

    cause: Cause
    gap: GroupGap | None
    group: StudentGroup | None
    opens: bool
    words: str

    @property
    def is_tested(self) -> bool:
        """Whether acting on it has been tried."""
        return self.cause.status is CauseStatus.TESTED


def without_protected(district: District) -> District:
    """Return the district without any group that is for audit only, so that nothing here can follow from one."""
    drivers = tuple(group for group in district.groups if group.use is GroupUse.NEED)
    codes = {ALL_PUPILS, *(group.code for group in drivers)}
    schools = tuple(
        dataclasses.replace(school, groups=tuple(pair for pair in school.groups if pair[0] in codes))
        for school in district.schools
    )
    counts = tuple(count for count in district.outcomes if count.group in codes)
    before = tuple(count for count in district.earlier_outcomes if count.group in codes)
    return dataclasses.replace(district, groups=drivers, schools=schools, outcomes=counts, earlier_outcomes=before)


def cause_standings(district: District, scenario: Scenario) -> tuple[CauseStanding, ...]:
    """Return every cause of a scenario with its gap, in order of codes.

    Raises
    ------
    EquityAllocError
        If the scenario does not fit the district.
    """
    causes = sorted(scenario.actions.causes, key=lambda cause: cause.code)
    if not causes:
        return ()
    seen = audit(without_protected(scenario.apply(district)), scenario).gaps
    return tuple(_standing(cause, district, seen) for cause in causes)


def _standing(cause: Cause, district: District, seen: Sequence[GroupGap]) -> CauseStanding:
    group = next(
        (each for each in district.groups if cause.group.strip().lower() in (each.title.lower(), each.code.lower())),
        None,
    )
    if group is None:
        return CauseStanding(cause, None, None, False, f"The district counts no student group {cause.group}.")
    if group.use is GroupUse.AUDIT:
        return CauseStanding(
            cause,
            None,
            group,
            False,
            f"{group.title} is for audit only. The cause stays on the list to be worked on, and no money follows a "
            "protected attribute; name the same cause for a group by need if it holds there.",
        )
    named = cause.indicator.strip().lower()
    gap = next((each for each in seen if each.title.lower() == named and each.group == group.title), None)
    words = _why_not(cause, gap)
    if words is None:
        warning = "" if cause.is_ours else " It lies outside what the district decides, so money softens it at most."
        return CauseStanding(cause, gap, group, True, f"The gap stands out, and the cause {_named(cause)}.{warning}")
    return CauseStanding(cause, gap, group, False, words)


def _named(cause: Cause) -> str:
    return {
        CauseStatus.FITS: "fits the data: money can open a pilot",
        CauseStatus.COMPUTED: "was computed: money can open a pilot",
        CauseStatus.TESTED: "was tested in a pilot: money can follow at any number of schools",
    }[cause.status]


def _why_not(cause: Cause, gap: GroupGap | None) -> str | None:
    if gap is None:
        return f"The audit has no comparison '{cause.indicator}' for {cause.group}, so there is no gap to close."
    if gap.certainty is Certainty.TOO_FEW:
        return "Too few pupils stand behind the gap to tell it, so no money follows it."
    if not gap.is_adverse:
        return f"{gap.group} is not worse off here. It stays in view, and no money follows it."
    if gap.certainty is Certainty.MAY_BE_CHANCE:
        return "The gap may be chance, so no money follows it yet."
    if cause.status is CauseStatus.SUSPECTED:
        return "The cause is only suspected. Look into it, and name what shows it and who answers for it; then money can follow."
    if cause.kind == A_RULE:
        return "The cause is a rule of the district. What mends it is the rule, on the pages Rules and Trade-offs, not an intervention."
    return None
