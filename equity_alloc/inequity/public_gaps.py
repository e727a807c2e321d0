"""Gaps as the public may read them: no count, no group for audit only, nothing of few pupils, shares without their ends."""

from __future__ import annotations

from dataclasses import dataclass

from equity_alloc.domain.number import print_percent
from equity_alloc.inequity.audit import Audit
from equity_alloc.inequity.gap_words import size_words, value_words
from equity_alloc.inequity.group_gap import Area, Certainty, GroupGap
from equity_alloc.inequity.limits import least_cases, least_pupils
from equity_alloc.parameters.library import parameters

#: What stands for a gap that is left out.
HIDDEN = "*"


@dataclass(frozen=True, slots=True)
class PublicGap:
    """One gap as it may be printed.

    Parameters
    ----------
    area, title, group : str
    own, others : str
        What the group and everybody else have; "*" where it is left out.
    gap : str
        In words.
    certainty : str
    year, source : str
    """

    area: str
    title: str
    group: str
    own: str
    others: str
    gap: str
    certainty: str
    year: str
    source: str

    @property
    def is_told(self) -> bool:
        """Whether its figures are told."""
        return self.own != HIDDEN


def public_gaps(found: Audit) -> tuple[PublicGap, ...]:
    """Return every gap of a group that may drive an allocation; what too few pupils stand behind without its figures."""
    return tuple(_public(gap) for gap in found.gaps if not gap.is_audit_only)


def may_be_told(gap: GroupGap) -> bool:
    """Return whether the figures of a gap may leave: enough pupils, and enough with and without a case, on both sides."""
    if gap.pupils < int(least_pupils().value) or gap.certainty is Certainty.TOO_FEW:
        return False
    if gap.area is Area.RESOURCES:
        return True
    fewest = int(least_cases().value)
    sides = ((gap.value, gap.pupils), (gap.other, gap.other_pupils))
    return all(fewest <= round(rate * pupils) <= pupils - fewest for rate, pupils in sides)


def coded_share(share: float) -> str:
    """Return a share in whole percent, the ends of the scale without their figure.

    Examples
    --------
    >>> coded_share(0.034), coded_share(0.268), coded_share(0.97)
    ('below 5 %', '27 %', 'above 95 %')
    """
    least = _end_of_scale()
    if share < least:
        return f"below {print_percent(least, 0)}"
    if share > 1 - least:
        return f"above {print_percent(1 - least, 0)}"
    return f"{share * 100:.0f} %"


def _public(gap: GroupGap) -> PublicGap:
    told = may_be_told(gap)
    own = others = HIDDEN
    words, sure = "left out: too few pupils", ""
    if told and gap.area is Area.RESOURCES:
        own, others = value_words(gap, gap.value), value_words(gap, gap.other)
        words, sure = f"{size_words(gap)}, between schools of one kind", gap.certainty.value
    elif told:
        own, others = coded_share(gap.value), coded_share(gap.other)
        words, sure = _apart(gap), gap.certainty.value
    return PublicGap(gap.area.value, gap.title, gap.group, own, others, words, sure, gap.year, gap.source)


def _apart(gap: GroupGap) -> str:
    """Return how far apart two shares are, by what is printed of them: exactly only where both have a figure."""
    own, others = _printed(gap.value), _printed(gap.other)
    least = max(own[0] - others[1], others[0] - own[1], 0)
    most = max(own[1] - others[0], others[1] - own[0])
    if most == 0:
        return "about the same"
    if least == 0:
        return f"at most {most} points apart"
    way = "fares worse" if gap.is_adverse else "does not fare worse"
    return f"{'' if least == most else 'at least '}{least} point{'' if least == 1 else 's'} apart, the group {way}"


def _printed(share: float) -> tuple[int, int]:
    """Return the least and the most whole percent that a printed share can be; an end of the scale stays as wide as it is."""
    end = round(_end_of_scale() * 100)
    if share < _end_of_scale():
        return 0, end
    if share > 1 - _end_of_scale():
        return 100 - end, 100
    return round(share * 100), round(share * 100)


def _end_of_scale() -> float:
    return float(parameters("inequity")["end-of-scale"][-1].value)
