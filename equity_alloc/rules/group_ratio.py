"""The schools of a student group have at least a share of what everybody else's schools have, without leveling down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from equity_alloc.domain.district import District, School
from equity_alloc.domain.errors import UnknownNeed
from equity_alloc.domain.money import Cents, print_dollars
from equity_alloc.domain.number import count_words, print_share
from equity_alloc.domain.source import Source
from equity_alloc.rules.base import Force, Limit
from equity_alloc.rules.ratio import pupils_of
from equity_alloc.rules.setting import Choice, basis_setting, force_setting, setting
from equity_alloc.rules.weighted_sum import GroupSumRule, at_least, group_name, refuse_everybody


@dataclass(frozen=True, slots=True)
class GroupRatio(GroupSumRule):
    """A floor for the ratio of counted dollars per pupil: group over everybody else, each by the schools they attend."""

    code: ClassVar[str] = "group-ratio"
    title: ClassVar[str] = "A student group's schools have at least a ratio of the others' dollars"
    says: ClassVar[str] = (
        "Counted dollars per pupil at the schools of the group are on average at least the stated ratio of those at the "
        "schools of everybody else, in the plan and measured against what the others had last year."
    )
    source: ClassVar[Source] = Source(
        "Chingos and Blagg, Do Poor Kids Get Their Fair Share of School Funding?, Urban Institute",
        "definition of progressivity: averages weighted by poor and by nonpoor children",
        "",
        "2017",
    )

    group: str = setting("", label="Group", choice=Choice.GROUP)
    ratio: Decimal = setting(
        Decimal("0.95"),
        label="Least ratio",
        unit="share",
        least="0",
        most="2",
        step="0.01",
        hint="95 % lets the group stand at most a twentieth below everybody else; above 100 % it must stand higher.",
    )
    force: Force = force_setting("policy")
    basis: str = basis_setting()

    def limits(self, district: District) -> Iterator[Limit]:
        """Yield both sides: against the others in the plan, and against the others last year."""
        inside, outside = self._counts(district)
        n_in, n_out, ratio = sum(inside.values()), sum(outside.values()), Fraction(self.ratio)
        size = {school.code: school.enrollment for school in _inhabited(district)}
        own = {code: Fraction(inside[code], n_in * size[code]) for code in size}
        other = {code: Fraction(outside[code], n_out * size[code]) for code in size}
        name = group_name(district, self.group)
        weights = [(code, own[code] - ratio * other[code]) for code in size]
        if any(weight for _, weight in weights):
            yield at_least(self.code, f"{name}, against the others in the plan", weights, Fraction(0), Fraction(1))
        before = sum((other[code] * district.counted_dollars(district.today, code) for code in size), Fraction(0))
        yield at_least(
            self.code, f"{name}, against the others last year", list(own.items()), ratio * before, Fraction(1)
        )

    def short_words(self, subject: str, short: Cents) -> str:
        """Name the group, the side and what is lacking."""
        return (
            f"Schools of {subject}: dollars per pupil are {print_dollars(short, with_cents=True)} below "
            f"{print_share(self.ratio)} of the others'."
        )

    def known_words(self, district: District) -> str:
        """Name group, ratio and how many belong to it."""
        inside, outside = self._counts(district)
        name = group_name(district, self.group)
        return (
            f"Schools of {name} ({count_words(sum(inside.values()), 'pupil')}) have at least {print_share(self.ratio)} of the dollars per "
            f"pupil of the schools of the other {sum(outside.values()):,}; money taken from the others alone does not do."
        )

    def _counts(self, district: District) -> tuple[dict[str, int], dict[str, int]]:
        refuse_everybody(self.group)
        inside = {school.code: pupils_of(district, school, self.group) for school in _inhabited(district)}
        outside = {school.code: school.enrollment - inside[school.code] for school in _inhabited(district)}
        for counts, who in (
            (inside, group_name(district, self.group)),
            (outside, f"everybody but {group_name(district, self.group)}"),
        ):
            if not any(counts.values()):
                raise UnknownNeed(f"Nobody belongs to {who}, so there is nothing to compare. Take the rule out.")
        return inside, outside


def _inhabited(district: District) -> list[School]:
    return [school for school in district.schools if school.enrollment]
