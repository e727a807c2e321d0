"""When a search for whole numbers stops."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """When to stop a mixed-integer solve. Nodes stop it the same way every time; seconds do not.

    Parameters
    ----------
    absolute_gap : float
        In the objective's unit.
    nodes : int
    seconds : float
        A last resort; a solve that it stops is labeled so.
    relative_gap : float, share
        Of the objective.
    """

    absolute_gap: float = 0.0
    nodes: int = 200
    seconds: float = 60.0
    relative_gap: float = 0.0
