"""The welfare of a level: concave, zero with a slope of one at its base, so that the lowest levels are told apart best."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from equity_alloc.problem.arrays import Floats

#: Slope of the steepest tangent, where levels may be nothing.
STEEPEST = 1e5
#: Welfare beyond this many times the base is worth more than any level.
MOST_POWER = 600.0


@dataclass(frozen=True, slots=True)
class Curve:
    """Welfare by Atkinson, or by Kolm and Pollak.

    Parameters
    ----------
    aversion : float
        Above zero.
    kappa : float or None
        Kolm-Pollak's strength, in one over the level's unit; None is Atkinson.
    base : float
        Above zero, in the level's unit.

    Examples
    --------
    >>> curve = Curve(2.0, None, 100.0)
    >>> curve.level(float(curve.welfare(np.array([80.0]))[0]))
    80.0
    """

    aversion: float
    kappa: float | None
    base: float

    @property
    def least_point(self) -> float:
        """Where tangents begin: at nothing by Kolm and Pollak; by Atkinson where the steepest is one that a program can hold."""
        if self.kappa is not None:
            return 0.0
        return float(self.base * (1e-3 if self.aversion >= 1 else STEEPEST ** (-1 / self.aversion)))

    def welfare(self, levels: Floats) -> Floats:
        """Return the welfare of each level, shape as given."""
        if self.kappa is not None:
            return np.asarray(-np.expm1(-self.kappa * (levels - self.base)) / self.kappa)
        if self.aversion == 1:
            return np.asarray(self.base * np.log(levels / self.base))
        return np.asarray(self.base * ((levels / self.base) ** (1 - self.aversion) - 1) / (1 - self.aversion))

    def slope(self, levels: Floats) -> Floats:
        """Return what more of each level adds, shape as given."""
        if self.kappa is not None:
            return np.asarray(np.exp(-self.kappa * (levels - self.base)))
        return np.asarray((levels / self.base) ** -self.aversion)

    def level(self, welfare: float) -> float:
        """Return the equal level with this mean welfare; infinite where no level has it."""
        if self.kappa is not None:
            inside = 1 - self.kappa * welfare
            return self.base - float(np.log(inside)) / self.kappa if inside > 0 else np.inf
        if self.aversion == 1:
            return self.base * float(np.exp(welfare / self.base)) if welfare < MOST_POWER * self.base else np.inf
        inside = 1 + (1 - self.aversion) * welfare / self.base
        return self.base * float(inside ** (1 / (1 - self.aversion))) if inside > 0 else np.inf
