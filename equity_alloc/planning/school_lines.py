"""A school's non-staff lines: they take up what posts in whole steps leave of its dollars, to the cent."""

from __future__ import annotations

from typing import NamedTuple


class SchoolLines(NamedTuple):
    """One school's non-staff lines: last year's within their bounds, and the bounds, in cents."""

    base: list[int]
    least: list[int]
    most: list[int]

    def of(self, total: int) -> list[int]:
        """Return lines for a total: last year's, and the rest in proportion to their room."""
        rest = total - sum(self.base)
        bound, sign = (self.most, 1) if rest > 0 else (self.least, -1)
        room = [sign * (end - line) for end, line in zip(bound, self.base, strict=True)]
        return [line + sign * more for line, more in zip(self.base, spread(abs(rest), room), strict=True)]


def spread(amount: int, room: list[int]) -> list[int]:
    """Share an amount over lines in proportion to their room, to the cent, first line first for the remainder."""
    total = sum(room)
    if amount == 0 or total == 0:
        return [0] * len(room)
    shares = [amount * r // total for r in room]
    for k, most in enumerate(room):
        shares[k] += max(0, min(amount - sum(shares), most - shares[k]))
    return shares
