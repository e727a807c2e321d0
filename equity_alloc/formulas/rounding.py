"""How a component rounds: half-up, half-even, truncate, up or largest remainder, to a stated step."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.money import share_out


class How(StrEnum):
    """The policies seen in the field."""

    HALF_UP = "half-up"
    HALF_EVEN = "half-even"
    TRUNCATE = "truncate"
    UP = "up"
    LARGEST_REMAINDER = "largest-remainder"
    NONE = "none"


_WORDS = re.compile(r"^\s*(half-up|half-even|nearest|truncate|up|largest-remainder)\s+to\s+(\d+(?:\.\d+)?)\s*$")


@dataclass(frozen=True, slots=True)
class Rounding:
    """A rounding policy.

    Parameters
    ----------
    how : How
        Half-up takes a half away from zero; truncate cuts toward zero; up never falls below the exact value; largest
        remainder rounds all schools together so that a pot is met exactly.
    step : Decimal
        In the result's own unit: dollars, FTE or pupils. Above zero unless `how` is none.

    Examples
    --------
    >>> str(read_rounding("nearest to 0.2"))
    'half-up to 0.2'
    >>> read_rounding("up to 0.2").apply(Fraction(32, 30))
    Fraction(6, 5)
    """

    how: How
    step: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        if (self.step <= 0) is not (self.how is How.NONE):
            raise InvalidValue("A rounding needs a step above zero, and no rounding needs none.")

    def __str__(self) -> str:
        return "none" if self.how is How.NONE else f"{self.how.value} to {self.step}"

    def apply(self, exact: Fraction) -> Fraction:
        """Return the rounded value; a largest remainder cannot be known from one school alone.

        Raises
        ------
        InvalidValue
            For the largest remainder.
        """
        if self.how is How.NONE:
            return exact
        step = Fraction(self.step)
        steps = exact / step
        if self.how is How.HALF_UP:
            whole = int(abs(steps) + Fraction(1, 2))
            return (whole if steps >= 0 else -whole) * step
        if self.how is How.HALF_EVEN:
            return round(steps) * step
        if self.how is How.TRUNCATE:
            return int(steps) * step
        if self.how is How.UP:
            return -(-steps.numerator // steps.denominator) * step
        raise InvalidValue("Largest remainder rounds all schools of a pot together.")

    def share_out(self, pot: Fraction, weights: dict[str, Fraction]) -> dict[str, Fraction]:
        """Split a pot in proportion to weights, each share rounded; by largest remainder the pot is met exactly.

        Parameters
        ----------
        pot : Fraction
            Zero or more; whole steps where the policy is the largest remainder.
        weights : dict of str to Fraction
            By school code; at least one above zero.

        Examples
        --------
        >>> cents = read_rounding("largest-remainder to 0.01")
        >>> {code: str(share) for code, share in cents.share_out(Fraction(1), dict.fromkeys("abc", Fraction(1))).items()}
        {'a': '17/50', 'b': '33/100', 'c': '33/100'}
        """
        codes = sorted(weights)
        if self.how is not How.LARGEST_REMAINDER:
            total = sum(weights.values(), Fraction(0))
            return {code: self.apply(pot * weights[code] / total) for code in codes}
        step = Fraction(self.step)
        steps = pot / step
        if steps.denominator != 1:
            raise InvalidValue(f"A pot of {float(pot):,.2f} is not a whole number of steps of {self.step}.")
        shares = share_out(int(steps), [weights[code] for code in codes], codes)
        return {code: share * step for code, share in zip(codes, shares, strict=True)}


NO_ROUNDING = Rounding(How.NONE)
WHOLE_CENTS = Rounding(How.HALF_UP, Decimal("0.01"))
WHOLE_CLASSES = Rounding(How.UP, Decimal(1))


def read_rounding(words: str) -> Rounding:
    """Return the policy that a formula file names.

    Parameters
    ----------
    words : str
        "half-up to 0.01", "truncate to 0.01", "up to 0.2", "nearest to 0.5" (the same as half-up),
        "half-even to 1", "largest-remainder to 0.01", or "none".

    Raises
    ------
    InvalidValue
        If the words are none of these.
    """
    if words.strip() == "none":
        return NO_ROUNDING
    match = _WORDS.match(words)
    if match is None or Decimal(match.group(2)) == 0:
        raise InvalidValue(
            f"'{words}' is not a rounding. Write it like: half-up to 0.01, truncate to 0.01, up to 0.2, nearest to 0.5, "
            "half-even to 1, largest-remainder to 0.01, none."
        )
    how = How.HALF_UP if match.group(1) == "nearest" else How(match.group(1))
    return Rounding(how, Decimal(match.group(2)))
