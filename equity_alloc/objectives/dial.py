"""The aversion dial: its named settings, each under its plain name and its field's name."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from equity_alloc.rules.setting import setting

#: Settings of the dial as they are chosen; the last takes a value of one's own.
NAMED = ("0", "1", "2", "5", "infinity")
OWN = "own value"

#: Above this the lowest unit decides all but alone; say infinity.
MOST_AVERSION = 10


@dataclass(frozen=True, slots=True)
class DialCard:
    """What one setting of the dial means.

    Parameters
    ----------
    name, field_name : str
        In plain words, and in the literature.
    good_for, ignores, misleads : str
        One sentence each.
    """

    name: str
    field_name: str
    good_for: str
    ignores: str
    misleads: str


_CARDS = {
    "0": DialCard(
        "Most in total",
        "utilitarian sum (aversion 0)",
        "Spending all there is with the fewest moves, where spread is left to the rules.",
        "Who gets it.",
        "A dollar at the best-funded school counts like one at the worst-funded.",
    ),
    "1": DialCard(
        "Proportional",
        "proportional fairness (Nash welfare, Atkinson with aversion 1)",
        "Trading a percent for a percent: a school gives up one percent only where another gains more than one.",
        "How low the lowest stands while others can gain more in percent.",
        "Where a rule makes a school costly to raise, it is left further behind than the word suggests.",
    ),
    "2": DialCard(
        "Balanced",
        "Atkinson with aversion 2 (alpha fairness 2, harmonic mean)",
        "A middle road: the lower a school stands, the more a dollar there counts, by the square.",
        "Nobody, but nobody comes first without regard to price either.",
        "The strength of 2 is a value judgment; the page Equity shows whether another would change anything.",
    ),
    "5": DialCard(
        "Strongly for the lowest",
        "Atkinson with aversion 5",
        "Putting the lowest first unless raising them is very dear.",
        "Differences among schools well above the lowest.",
        "It looks like lowest first until one school is dear to raise.",
    ),
    "infinity": DialCard(
        "Lowest first, then the next",
        "leximin (maximin as its first stage, infinite aversion)",
        "Nobody is left behind for the sake of an average.",
        "How much others could gain while the lowest cannot move.",
        "Where one small school cannot rise, its level says nothing about the others.",
    ),
}
_BETWEEN = DialCard(
    "A value of one's own",
    "Atkinson (alpha fairness) with the stated aversion",
    "Boards that have settled how much more a dollar counts at a lower level.",
    "Nothing by itself: near 0 it ignores spread, at large values all but the lowest.",
    "The difference between nearby values is nearly always smaller than a rule or a need weight makes.",
)


def aversion_setting(hint: str) -> Any:
    """Return the setting of the dial, with what its values mean for the objective."""
    titles = tuple(f"{named}: {_CARDS[named].name[0].lower()}{_CARDS[named].name[1:]}" for named in NAMED)
    return setting("2", label="Aversion to inequality", options=(*NAMED, OWN), titles=(*titles, OWN), hint=hint)


def own_aversion_setting() -> Any:
    """Return the setting of a value of one's own."""
    return setting(
        Decimal(2),
        label="Own value of the aversion",
        least="0",
        most=str(MOST_AVERSION),
        step="0.5",
        hint="Read only where the aversion says own value.",
    )


def dial_card(named: str) -> DialCard:
    """Return what a setting of the dial means."""
    return _CARDS.get(named, _BETWEEN)


def aversion_of(named: str, own: Decimal) -> Fraction | None:
    """Return the aversion that a setting stands for; None is infinity.

    Examples
    --------
    >>> aversion_of("2", Decimal(7)), aversion_of("own value", Decimal("0.5")), aversion_of("infinity", Decimal(7))
    (Fraction(2, 1), Fraction(1, 2), None)
    """
    if named == "infinity":
        return None
    return Fraction(own) if named == OWN else Fraction(named)
