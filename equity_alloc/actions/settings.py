"""How carefully interventions are chosen: dated, cited values, and the end of the range that counts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from equity_alloc.parameters.amount import Amount
from equity_alloc.parameters.library import parameters

#: Effects are kept in whole ten-thousandths of their unit, so that every sum is exact.
PARTS = 10_000


class Basis(StrEnum):
    """Which point of the range of an effect counts."""

    CAUTIOUS = "cautious"
    MIDDLE = "middle"


def value(name: str) -> Amount:
    """Return the newest value of one parameter."""
    return parameters("interventions")[name][-1]


@dataclass(frozen=True, slots=True)
class Settings:
    """How interventions are chosen.

    Parameters
    ----------
    basis : Basis
    percentile : Fraction, share
        Of the range, counted from its low end: one chance in five that the effect is smaller.
    most_gain : int or None, ten-thousandths of a standard deviation
        Most that interventions together may be taken to give the average pupil of a group at one school; None for no limit.
    most_share : Fraction or None
        Most of all the money that one intervention may take; None for no limit.
    pilot_least, pilot_most : int, schools
        At how many schools an intervention starts while its cause is not tested.
    """

    basis: Basis
    percentile: Fraction
    most_gain: int | None
    most_share: Fraction | None
    pilot_least: int
    pilot_most: int


def usual(basis: Basis = Basis.CAUTIOUS, *, most_share: Fraction | None = None, has_caps: bool = True) -> Settings:
    """Return the settings of this version.

    Parameters
    ----------
    basis : Basis
    most_share : Fraction or None
        In the place of the usual share of the money; None for the usual one.
    has_caps : bool
        Without them neither the gain of a pupil nor the money of one intervention is limited.
    """
    gain, share = Fraction(value("most-gain-per-pupil").value), Fraction(value("most-money-share").value)
    return Settings(
        basis,
        Fraction(value("cautious-percentile").value),
        int(gain * PARTS) if has_caps else None,
        (most_share or share) if has_caps else None,
        int(value("pilot-schools-least").value),
        int(value("pilot-schools-most").value),
    )
