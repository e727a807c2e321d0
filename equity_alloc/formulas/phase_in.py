"""From last year to the formula: floors, caps and phases, what they cost, and who pays for it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.money import Cents, print_dollars, share_out
from equity_alloc.formulas.gains_losses import Compared, GainsAndLosses, Payer


@dataclass(frozen=True, slots=True)
class Settled:
    """One school between last year and the formula.

    Parameters
    ----------
    school : str
        Code.
    last_year, formula : Cents
    floor, ceiling : Cents or None
        Limits on this year; None where there is none.
    limited : Cents
        The formula's amount after phase, floor and ceiling, before anybody pays.
    final : Cents
    """

    school: str
    last_year: Cents
    formula: Cents
    floor: Cents | None
    ceiling: Cents | None
    limited: Cents
    final: Cents

    @property
    def over_formula(self) -> Cents:
        """What it gets beyond the formula; negative for what is held back from it."""
        return self.final - self.formula


@dataclass(frozen=True)
class Settlement:
    """What every school gets this year, and whether it adds up.

    Parameters
    ----------
    schools : tuple of Settled
        Sorted by code.
    pot : Cents
        What there is for schools.
    policy : GainsAndLosses
    from_elsewhere : Cents
        What the reserve or the central office puts in.
    """

    schools: tuple[Settled, ...]
    pot: Cents
    policy: GainsAndLosses
    from_elsewhere: Cents = 0

    @property
    def imbalance(self) -> Cents:
        """How far the final amounts exceed what there is; negative where money is left, zero when it adds up."""
        return sum(school.final for school in self.schools) - self.pot - self.from_elsewhere

    @property
    def held_up(self) -> Cents:
        """What schools get beyond the formula, together: the cost of hold-harmless."""
        return sum(max(0, school.over_formula) for school in self.schools)

    @property
    def held_back(self) -> Cents:
        """What the formula gives schools and they do not get, together."""
        return sum(max(0, -school.over_formula) for school in self.schools)

    @property
    def words(self) -> str:
        """One or two sentences: what it costs, and whether it balances."""
        up, back = print_dollars(self.held_up), print_dollars(self.held_back)
        if self.held_up and self.held_back:
            text = f"{up} go to schools beyond the formula, and {back} of the formula are held back."
        elif self.held_up:
            text = f"{up} go to schools beyond the formula, and none of the formula is held back."
        elif self.held_back:
            text = f"No school gets more than the formula, and {back} of it are held back."
        else:
            text = "Every school gets exactly what the formula gives."
        if self.from_elsewhere:
            text += f" {self.policy.payer.value.capitalize()} pays {print_dollars(self.from_elsewhere)}."
        if self.imbalance > 0:
            text += f" This does not add up: {print_dollars(self.imbalance)} more than there is."
        elif self.imbalance < 0:
            text += f" {print_dollars(-self.imbalance)} are left: caps and phases hold schools back."
        return text


def settle(
    last_year: Mapping[str, Cents],
    formula: Mapping[str, Cents],
    policy: GainsAndLosses,
    *,
    pot: Cents | None = None,
    pupils: Mapping[str, tuple[int, int]] | None = None,
    start: Mapping[str, Cents] | None = None,
) -> Settlement:
    """Return what every school gets this year under a policy on gains and losses.

    Clipping to floors and caps seldom adds up to the pot. Where it is over, the payer of the policy pays as far as it
    can; whatever then remains is the settlement's imbalance, and is never hidden.

    Parameters
    ----------
    last_year, formula : mapping of school code to Cents
    policy : GainsAndLosses
    pot : Cents or None
        What there is for schools; None for the sum of the formula.
    pupils : mapping of school code to (last year, this year), or None
        Needed where change is compared per pupil.
    start : mapping of school code to Cents, or None
        From where the phase counts its way; None for last year.

    Returns
    -------
    Settlement

    Raises
    ------
    InvalidValue
        If schools differ, or pupils are needed and missing.

    Notes
    -----
    limited = min(max(start + phase x (formula - start), floor), ceiling); a school that the formula raises has a floor of
    at least last year. Gains over the floor pay in proportion to their size, by largest remainder.

    Examples
    --------
    >>> policy = GainsAndLosses(Decimal("0.05"), Decimal("0.10"), payer=Payer.NOBODY)
    >>> last, now = {"A": 300, "B": 200, "C": 500}, {"A": 250, "B": 240, "C": 510}
    >>> settled = settle(last, now, policy)
    >>> [school.final for school in settled.schools], settled.imbalance
    ([285, 220, 510], 15)
    """
    if set(last_year) != set(formula):
        apart = ", ".join(sorted(set(last_year) ^ set(formula)))
        raise InvalidValue(f"Last year and the formula name different schools: {apart}. Give both for every school.")
    total = sum(formula.values()) if pot is None else pot
    limits = {code: _limits(code, last_year[code], formula[code], policy, pupils) for code in formula}
    ways = _ways(start or last_year, formula, Fraction(policy.phase))
    before = tuple(_limited(code, last_year[code], formula[code], ways[code], limits[code]) for code in sorted(formula))
    over = sum(school.limited for school in before) - total
    if over <= 0 or policy.payer is Payer.NOBODY:
        return Settlement(before, total, policy)
    if policy.payer is not Payer.GAINS:
        return Settlement(before, total, policy, from_elsewhere=over)
    return Settlement(_paid_by_gains(before, over), total, policy)


def phase_in(
    last_year: Mapping[str, Cents],
    formula: Mapping[str, Cents],
    policy: GainsAndLosses,
    phases: Sequence[Decimal],
    *,
    pot: Cents | None = None,
) -> tuple[Settlement, ...]:
    """Return the settlements of several years, each from the same start and each held against the year before.

    Parameters
    ----------
    last_year, formula : mapping of school code to Cents
    policy : GainsAndLosses
        Its own phase is replaced.
    phases : sequence of Decimal
        Part of the way gone in each year, rising: one third, two thirds, one.
    pot : Cents or None

    Examples
    --------
    >>> years = phase_in({"A": 300, "B": 300}, {"A": 240, "B": 360}, GainsAndLosses(), [Decimal("0.5"), Decimal(1)])
    >>> [[school.final for school in year.schools] for year in years]
    [[270, 330], [240, 360]]
    """
    if list(phases) != sorted(phases):
        raise InvalidValue("The phases must rise from year to year.")
    years: list[Settlement] = []
    before = dict(last_year)
    for phase in phases:
        year = settle(before, formula, replace(policy, phase=phase), pot=pot, start=last_year)
        years.append(year)
        before = {school.school: school.final for school in year.schools}
    return tuple(years)


def _limits(
    code: str,
    last: Cents,
    formula: Cents,
    policy: GainsAndLosses,
    pupils: Mapping[str, tuple[int, int]] | None,
) -> tuple[Cents | None, Cents | None]:
    base = Fraction(last)
    if policy.compared is Compared.PUPIL:
        if pupils is None or code not in pupils or pupils[code][0] <= 0:
            raise InvalidValue(f"School {code}: change per pupil needs last year's and this year's enrollment.")
        base *= Fraction(pupils[code][1], pupils[code][0])
    floor = None if policy.most_loss is None else math.ceil(base * (1 - Fraction(policy.most_loss)))
    ceiling = None if policy.most_gain is None else math.floor(base * (1 + Fraction(policy.most_gain)))
    if policy.keeps_gainers and formula >= last:
        floor = max(last, floor or 0)
        ceiling = None if ceiling is None else max(ceiling, last)
    return floor, ceiling


def _ways(start: Mapping[str, Cents], formula: Mapping[str, Cents], phase: Fraction) -> dict[str, Cents]:
    """Return the way gone to the formula in whole cents, rounded together so that no cent appears or is lost."""
    exact = {code: start[code] + phase * (formula[code] - start[code]) for code in sorted(formula)}
    ways = {code: math.floor(amount) for code, amount in exact.items()}
    left = math.floor(sum(exact.values(), Fraction(1, 2))) - sum(ways.values())
    for code in sorted(exact, key=lambda code: (ways[code] - exact[code], code))[: max(0, left)]:
        ways[code] += 1
    return ways


def _limited(code: str, last: Cents, formula: Cents, way: Cents, limits: tuple[Cents | None, Cents | None]) -> Settled:
    floor, ceiling = limits
    limited = way if floor is None else max(way, floor)
    limited = limited if ceiling is None else min(limited, ceiling)
    return Settled(code, last, formula, floor, ceiling, limited, limited)


def _paid_by_gains(before: tuple[Settled, ...], over: Cents) -> tuple[Settled, ...]:
    """Take what is over from gains above last year, never below the floor."""
    room = [max(0, school.limited - max(school.last_year, school.floor or 0)) for school in before]
    paid = min(over, sum(room))
    if paid == 0:
        return before
    cuts = share_out(paid, [Fraction(gain) for gain in room], [school.school for school in before])
    return tuple(replace(school, final=school.limited - cut) for school, cut in zip(before, cuts, strict=True))
