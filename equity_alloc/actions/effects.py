"""The cautious end of an effect, and how it shrinks in larger programs, in whole ten-thousandths."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import isqrt

from equity_alloc.actions.settings import PARTS, Basis, Settings
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.intervention import Effect, Intervention


def percentile(effect: Effect, share: Fraction) -> int:
    """Return the value below which the effect lies with this chance, in ten-thousandths, rounded down.

    The range is read as a triangle: nothing below its low end or above its high end, most likely in the middle.

    Parameters
    ----------
    effect : Effect
    share : Fraction
        From 0 to 1.

    Notes
    -----
    With a range from l over m to h, the value is l + sqrt(p (h - l) (m - l)) where p is at most (m - l) / (h - l), and
    h - sqrt((1 - p) (h - l) (h - m)) elsewhere; both roots are found in integers.

    Examples
    --------
    Tutoring, 0.05 to 0.30 with its middle at 0.16: 0.05 + sqrt(0.2 x 0.25 x 0.11) is 0.1241...

    >>> from decimal import Decimal
    >>> percentile(Effect("test score", "SD", Decimal("0.05"), Decimal("0.16"), Decimal("0.30")), Fraction(1, 5))
    1241
    """
    low, middle, high = (_parts(end) for end in (effect.low, effect.middle, effect.high))
    if low == high:
        return low
    if share * (high - low) <= middle - low:
        return low + _root_down(share * (high - low) * (middle - low))
    return high - _root_up((1 - share) * (high - low) * (high - middle))


def effect_of(intervention: Intervention, settings: Settings, pupils: int) -> int | None:
    """Return what one pupil gains in a program of so many pupils, in ten-thousandths; None without a range.

    Examples
    --------
    >>> from equity_alloc.actions.settings import usual
    >>> from equity_alloc.evidence.catalog import catalog
    >>> [effect_of(catalog()[0], usual(Basis.MIDDLE), pupils) for pupils in (100, 1000)]
    [3000, 1600]
    """
    found = [effect for fewest, effect in bands_of(intervention, settings) if fewest <= pupils]
    return found[-1] if found else None


def bands_of(intervention: Intervention, settings: Settings) -> tuple[tuple[int, int], ...]:
    """Return (fewest pupils of the program, effect on one pupil) with the smallest program first; empty without a range.

    The range is drawn wider or narrower with its middle, so the cautious end shrinks as the middle does.
    """
    effect = intervention.effect
    if effect is None:
        return ()
    plain = percentile(effect, settings.percentile) if settings.basis is Basis.CAUTIOUS else _parts(effect.middle)
    if not intervention.bands or effect.middle <= 0:
        return ((0, plain),)
    middle = Fraction(effect.middle)
    found = ((band.pupils, int(plain * Fraction(band.middle) / middle)) for band in intervention.bands)
    # Small programs in studies were run by their makers, so the cautious end never passes the best that is seen at scale.
    most = _parts(effect.high) if settings.basis is Basis.CAUTIOUS else None
    return tuple((pupils, each if most is None else min(each, most)) for pupils, each in found)


def refuse_two_units(interventions: Iterable[Intervention]) -> None:
    """Refuse an outcome that is measured in two units: its effects could not be added.

    Raises
    ------
    InvalidValue
    """
    units: dict[str, str] = {}
    for each in interventions:
        effect = each.effect
        if effect is not None and units.setdefault(effect.outcome, effect.unit) != effect.unit:
            raise InvalidValue(
                f"{effect.outcome.capitalize()} is measured in {units[effect.outcome]} and in {effect.unit}, which cannot be added. "
                f"Give the outcome of {each.title} a name of its own on the sheet Interventions."
            )


def _parts(number: object) -> int:
    """Return a decimal in ten-thousandths, rounded down."""
    exact = Fraction(str(number)) * PARTS
    return exact.numerator // exact.denominator


def _root_down(number: Fraction) -> int:
    return isqrt(number.numerator // number.denominator)


def _root_up(number: Fraction) -> int:
    whole = -(-number.numerator // number.denominator)
    root = isqrt(whole)
    return root if root * root == whole else root + 1
