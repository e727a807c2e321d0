"""What a re-allocation does to posts: which move, from whom to whom, and which are new."""

from __future__ import annotations

from dataclasses import dataclass

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.fte import Hundredths, pay_of
from equity_alloc.domain.money import Cents


@dataclass(frozen=True, slots=True)
class Move:
    """Posts of one position that come to a school.

    Parameters
    ----------
    position : str
    giver : str
        School that they come from; "" where they are new.
    taker : str
        School that they come to; "" where they are given up and go nowhere.
    fte : Hundredths
    cents : Cents
        What they cost.
    """

    position: str
    giver: str
    taker: str
    fte: Hundredths
    cents: Cents


@dataclass(frozen=True, slots=True)
class Moves:
    """All of them, in the order of positions and schools."""

    moves: tuple[Move, ...]

    @property
    def taken(self) -> Hundredths:
        """Posts that leave a school."""
        return sum(move.fte for move in self.moves if move.giver)

    @property
    def new(self) -> Hundredths:
        """Posts that nobody gives."""
        return sum(move.fte for move in self.moves if not move.giver)


def moves_between(district: District, before: Allocation, after: Allocation) -> Moves:
    """Return the moves of posts from one allocation to another.

    A post goes to a school of the giver's kind where one takes such a post, and to the next by code otherwise. What is
    still wanted is new.

    Parameters
    ----------
    district : District
    before, after : Allocation
        Of the same schools and positions.

    Returns
    -------
    Moves
        In hundredths of FTE.
    """
    moves: list[Move] = []
    kind = {school.code: school.kind for school in district.schools}
    for position in sorted(district.positions, key=lambda each: each.code):
        change = {
            school.code: after.fte_of.get((school.code, position.code), 0)
            - before.fte_of.get((school.code, position.code), 0)
            for school in district.schools
        }
        give = {code: -n for code, n in change.items() if n < 0}
        take = {code: n for code, n in change.items() if n > 0}
        pairs = [(g, t) for same in (True, False) for g in give for t in take if (kind[g] == kind[t]) is same]
        found: list[tuple[str, str, Hundredths]] = []
        for giver, taker in pairs:
            n = min(give[giver], take[taker])
            if n:
                give[giver] -= n
                take[taker] -= n
                found.append((giver, taker, n))
        found += [("", code, n) for code, n in take.items() if n]
        found += [(code, "", n) for code, n in give.items() if n]
        moves += [Move(position.code, g, t, n, pay_of(n, position.cost)) for g, t, n in sorted(found)]
    return Moves(tuple(moves))
