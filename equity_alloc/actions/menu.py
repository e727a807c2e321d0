"""What could be bought where: every intervention that acts on a named cause at a school, and why the others cannot."""

from __future__ import annotations

from dataclasses import dataclass

from equity_alloc.actions.effects import bands_of, refuse_two_units
from equity_alloc.actions.pots import Pot, may_pay, pots_of, why_unpaid
from equity_alloc.actions.prices import unit_costs
from equity_alloc.actions.settings import Settings
from equity_alloc.actions.standing import CauseStanding, cause_standings
from equity_alloc.domain.district import District, School
from equity_alloc.domain.intervention import Intervention
from equity_alloc.domain.money import Cents
from equity_alloc.domain.number import print_percent
from equity_alloc.evidence.catalog import in_force
from equity_alloc.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Option:
    """One intervention at one school behind one cause.

    Parameters
    ----------
    standing : CauseStanding
    school : str
    intervention : Intervention
    pupils : int
        Of the group at the school (or in the grades) whom it is about.
    least, most : int, steps
        Fewest steps if any, and most.
    reach : int, pupils
        Whom one step reaches.
    cost : Cents
        Of one step.
    bands : tuple of (int, int)
        Fewest pupils of the whole program and the effect on one pupil in ten-thousandths.
    urgency : int, 0 to 1000
        How much a pupil here adds to the gap, beside the school where that is most.
    funds : tuple of str
        Codes of the funds that may pay it.
    """

    standing: CauseStanding
    school: str
    intervention: Intervention
    pupils: int
    least: int
    most: int
    reach: int
    cost: Cents
    bands: tuple[tuple[int, int], ...]
    urgency: int
    funds: tuple[str, ...]

    @property
    def outcome(self) -> str:
        """What its effect is measured in; effects on different outcomes are never added."""
        return self.intervention.effect.outcome if self.intervention.effect else ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an intervention cannot be bought behind a cause; at one school, or anywhere where the school is blank."""

    cause: str
    intervention: Intervention
    school: str
    words: str
    is_harm: bool = False


@dataclass(frozen=True)
class Menu:
    """All that can be bought, and what cannot.

    Parameters
    ----------
    standings : tuple of CauseStanding
    options : tuple of Option
    refusals : tuple of Refusal
    pots : tuple of Pot
    """

    standings: tuple[CauseStanding, ...]
    options: tuple[Option, ...]
    refusals: tuple[Refusal, ...]
    pots: tuple[Pot, ...]

    @property
    def total(self) -> Cents:
        """All money set aside."""
        return sum(pot.amount for pot in self.pots)


def menu_of(district: District, scenario: Scenario, settings: Settings) -> Menu:
    """Return what can be bought where.

    Where two causes ask for the same intervention at one school, it stands behind the one with more pupils.

    Raises
    ------
    EquityAllocError
        If the scenario does not fit the district.
    """
    standings, pots = cause_standings(district, scenario), pots_of(district, scenario)
    known = in_force(scenario.actions.own)
    options: dict[tuple[str, str], Option] = {}
    refusals: list[Refusal] = []
    for standing in standings:
        if not standing.opens:
            continue
        for intervention in known:
            if standing.cause.kind not in intervention.causes:
                continue
            refusals.extend(harm_at(standing, intervention, district))
            words = why_never(intervention, pots, settings)
            if words:
                refusals.append(Refusal(standing.cause.code, intervention, "", words))
                continue
            for school in district.schools:
                if not standing.cause.holds_at(school.code) or school.kind in intervention.harm_kinds:
                    continue
                found = _option(standing, intervention, school, pots, settings, district)
                if isinstance(found, Refusal):
                    refusals.append(found)
                    continue
                key = (school.code, intervention.code)
                other = options.get(key)
                kept = found if other is None or found.pupils > other.pupils else other
                if other is not None:
                    dropped = found if kept is other else other
                    refusals.append(_twice(dropped, kept))
                options[key] = kept
    found_options = tuple(options[key] for key in sorted(options))
    refuse_two_units([option.intervention for option in found_options])
    return Menu(standings, found_options, tuple(refusals), pots)


def harm_at(standing: CauseStanding, intervention: Intervention, district: District) -> list[Refusal]:
    """Return the schools at which the intervention has done harm: it is never bought there."""
    return [
        Refusal(
            standing.cause.code,
            intervention,
            school.code,
            f"Harm: never chosen at {school.kind} schools. {intervention.caution}",
            is_harm=True,
        )
        for school in district.schools
        if standing.cause.holds_at(school.code) and school.kind in intervention.harm_kinds
    ]


def why_never(intervention: Intervention, pots: tuple[Pot, ...], settings: Settings) -> str:
    """Return why an intervention cannot be bought anywhere; "" where it can."""
    # First of all: a district that writes a range beside a standard has not made it a matter of effect.
    if intervention.is_standard:
        return (
            "An access standard: it stands on law or values and is never chosen by effect. No range of effects makes it better "
            "or worse founded; hold schools to it by a rule on posts."
        )
    if intervention.cost is None:
        return "No cost is known. Enter what a unit costs here on the sheet Interventions."
    effects = bands_of(intervention, settings)
    if not effects:
        return (
            "No range of effects is known, so it is not chosen by effect. That is no sign of no effect: if it stands on law "
            "or values, hold schools to it by a rule on posts."
        )
    if max(effect for _, effect in effects) <= 0:
        return "On the cautious end of its range it does not help."
    if not any(may_pay(pot, intervention) for pot in pots):
        return (
            "No money that is set aside may pay for it: "
            + "; ".join(why_unpaid(pot, intervention) for pot in pots)
            + "."
        )
    return ""


def group_pupils(standing: CauseStanding, intervention: Intervention, school: School) -> int | None:
    """Return the pupils at a school whom an intervention would be about; None where the count is unknown."""
    pupils = school.group(standing.group.code) if standing.group is not None else None
    if not intervention.grades:
        return pupils
    # Lessons in a grade reach the whole grade; how many of the group sit in it is not counted.
    counts = [dict(school.grades).get(grade) for grade in intervention.grades]
    return None if None in counts or pupils is None else sum(count or 0 for count in counts)


def steps_between(intervention: Intervention, pupils: int) -> tuple[int, int]:
    """Return the fewest and the most steps at a school with so many pupils; the most is zero where it is too small."""
    if intervention.reach == 0:
        return 1, 1 if pupils else 0
    reached = int(pupils * intervention.coverage)
    most = reached // (intervention.reach * intervention.step)
    least = -(-intervention.least // intervention.step)
    return least, most if most >= least else 0


def _option(
    standing: CauseStanding,
    intervention: Intervention,
    school: School,
    pots: tuple[Pot, ...],
    settings: Settings,
    district: District,
) -> Option | Refusal:
    def refused(words: str) -> Refusal:
        return Refusal(standing.cause.code, intervention, school.code, words)

    if intervention.kinds and school.kind not in intervention.kinds:
        return refused(f"It is made for {' and '.join(intervention.kinds)} schools.")
    pupils = group_pupils(standing, intervention, school)
    if pupils is None:
        return refused("The pupils are not counted here, and unknown is not zero.")
    least, most = steps_between(intervention, pupils)
    if not most:
        return refused(_too_small(intervention, pupils))
    funds = tuple(
        pot.money.fund
        for pot in pots
        if may_pay(pot, intervention) and district.fund_of[pot.money.fund].serves(school.code)
    )
    if not funds:
        return refused("No money that is set aside reaches this school for it.")
    cost = (unit_costs(intervention) or (0, 0, 0))[1]
    reach = pupils if intervention.reach == 0 else intervention.reach * intervention.step
    steps = 1 if intervention.reach == 0 else intervention.step
    return Option(
        standing,
        school.code,
        intervention,
        pupils,
        least,
        most,
        reach,
        cost * steps,
        bands_of(intervention, settings),
        _urgency(standing, school.code),
        tuple(dict.fromkeys(funds)),
    )


def _too_small(intervention: Intervention, pupils: int) -> str:
    needed = intervention.least * max(1, intervention.reach)
    part = (
        ""
        if intervention.coverage == 1
        else f", of whom it takes at most {print_percent(float(intervention.coverage), 0)}"
    )
    return f"Too small: {pupils} pupils here{part}, and it starts at {needed}."


def _urgency(standing: CauseStanding, school: str) -> int:
    """Return how much the school adds to the gap, from 0 to 1000 beside the school that adds most."""
    gap = standing.gap
    if gap is None:
        return 0
    sign = -1 if gap.more_is_better else 1
    parts = {code: sign * (between + within) for code, between, within in gap.places}
    most = max(parts.values(), default=0.0)
    return max(0, round(1000 * parts.get(school, 0.0) / most)) if most > 0 else 0


def _twice(dropped: Option, kept: Option) -> Refusal:
    return Refusal(
        dropped.standing.cause.code,
        dropped.intervention,
        dropped.school,
        f"It stands behind cause {kept.standing.cause.code} at this school, which has more pupils.",
    )
