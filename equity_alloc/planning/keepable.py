"""Which of several promises can be kept together: every smallest set that cannot, and every largest set that can.

The only thing asked is whether some of them can be kept together. What can be kept is kept with less, and what cannot
be kept is not kept with more, so most sets need not be asked. Up to `FEW` promises every set is decided. Beyond, sets
are proposed that no answer has decided yet, as large as can be (MARCO; Liffiton, Previti, Malik and Marques-Silva, Fast,
flexible MUS enumeration, Constraints 21, 2016), until none is left or a stated number of questions has been asked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

#: Up to so many promises every set is decided.
FEW = 10

#: Questions after which the search stops and says so.
MOST_QUESTIONS = 1500


class _OutOfQuestions(Exception):
    """Raised when the stated number of questions has been asked."""


@dataclass(frozen=True, slots=True)
class Keepable:
    """What was found about n promises, numbered from 0; sets are sorted by size and then by number.

    Parameters
    ----------
    conflicts : tuple of tuple of int
        Smallest sets that cannot be kept together: drop any one member and the others can.
    keepable : tuple of tuple of int
        Largest sets that can be kept together: add any other promise and they cannot.
    is_complete : bool
        Whether there are no others; False where the stated number of questions was reached.
    questions : int
        How many sets were asked about.
    """

    conflicts: tuple[tuple[int, ...], ...]
    keepable: tuple[tuple[int, ...], ...]
    is_complete: bool
    questions: int

    @property
    def alone(self) -> tuple[int, ...]:
        """Promises that cannot be kept even alone."""
        return tuple(members[0] for members in self.conflicts if len(members) == 1)


@dataclass
class _Search:
    """The sets found so far, as bit sets."""

    n: int
    can_hold: Callable[[tuple[int, ...]], bool]
    most_questions: int
    conflicts: list[int] = field(default_factory=list)
    keepable: list[int] = field(default_factory=list)
    answers: dict[int, bool] = field(default_factory=dict)

    def holds(self, members: int) -> bool:
        """Whether these can be kept together; asked only where no earlier answer says it."""
        if any(members & found == found for found in self.conflicts):
            return False
        if any(members & found == members for found in self.keepable):
            return True
        if members not in self.answers:
            if len(self.answers) >= self.most_questions:
                raise _OutOfQuestions
            self.answers[members] = self.can_hold(_members(members))
        return self.answers[members]

    def shrink(self, members: int) -> int:
        """Return a smallest set within one that cannot be kept; what has the highest number is dropped first."""
        for k in reversed(_members(members)):
            without = members & ~(1 << k)
            if not self.holds(without):
                members = without
        return members

    def grow(self, members: int) -> int:
        """Return a largest set around one that can be kept."""
        for k in range(self.n):
            if not members >> k & 1 and self.holds(members | 1 << k):
                members |= 1 << k
        return members

    def undecided(self) -> int | None:
        """Return a set that no answer has decided, as large as can be; None where every set is decided.

        It has a member outside every set that can be kept, and lacks one of every set that cannot.
        """
        every = (1 << self.n) - 1
        chosen = self._choose(0, 0, [every & ~found for found in self.keepable])
        if chosen is None:
            return None
        for k in range(self.n):
            more = chosen | 1 << k
            if not any(more & found == found for found in self.conflicts):
                chosen = more
        return chosen

    def _choose(self, chosen: int, barred: int, outside: list[int]) -> int | None:
        """Choose a member of every set in `outside` without completing a conflict, by trying and going back."""
        if any(chosen & found == found for found in self.conflicts):
            return None
        for found in self.conflicts:
            left = found & ~chosen
            if left.bit_count() == 1:
                barred |= left
        still_open = [members for members in outside if not members & chosen]
        if not still_open:
            return chosen
        narrowest = min(still_open, key=lambda members: (members & ~barred).bit_count())
        for k in _members(narrowest & ~barred):
            answer = self._choose(chosen | 1 << k, barred, still_open)
            if answer is not None:
                return answer
            barred |= 1 << k
        return None


def find_keepable(
    n: int, can_hold: Callable[[tuple[int, ...]], bool], *, most_questions: int = MOST_QUESTIONS
) -> Keepable:
    """Return every smallest set that cannot be kept together and every largest set that can.

    Parameters
    ----------
    n : int
        How many promises there are; they are numbered from 0, and what is dropped first has the highest number.
    can_hold : callable
        Takes numbers in ascending order; True where these promises can be kept together.
    most_questions : int

    Returns
    -------
    Keepable

    Examples
    --------
    Dollars asked for, out of 10: the first is too much alone, the second and third together are.

    >>> asked = (11, 6, 5, 2)
    >>> found = find_keepable(4, lambda members: sum(asked[k] for k in members) <= 10)
    >>> found.conflicts, found.keepable, found.alone
    (((0,), (1, 2)), ((1, 3), (2, 3)), (0,))
    """
    search = _Search(n, can_hold, most_questions)
    is_complete = True
    try:
        _alone(search)
        if n <= FEW:
            _decide_every_set(search)
        else:
            _propose_and_decide(search)
    except _OutOfQuestions:
        is_complete = False
    return Keepable(_sorted(search.conflicts), _sorted(search.keepable), is_complete, len(search.answers))


def _alone(search: _Search) -> None:
    """Ask about no promise at all, then about each one alone: a promise that cannot be kept is no conflict of two."""
    if not search.holds(0):
        search.conflicts.append(0)
        return
    for k in range(search.n):
        if not search.holds(1 << k):
            search.conflicts.append(1 << k)


def _decide_every_set(search: _Search) -> None:
    """Go through all sets from small to large, so that the first that cannot be kept are the smallest."""
    for members in sorted(range(1 << search.n), key=lambda m: (m.bit_count(), m)):
        if any(members & found == members for found in search.keepable):
            continue
        if search.holds(members):
            search.keepable.append(search.grow(members))
        elif not any(members & found == found for found in search.conflicts):
            search.conflicts.append(members)


def _propose_and_decide(search: _Search) -> None:
    """Propose a set that is not decided; it is as large as can be kept, or holds a new conflict."""
    while (members := search.undecided()) is not None:
        if search.holds(members):
            search.keepable.append(members)
        else:
            search.conflicts.append(search.shrink(members))


def _members(bits: int) -> tuple[int, ...]:
    return tuple(k for k in range(bits.bit_length()) if bits >> k & 1)


def _sorted(found: list[int]) -> tuple[tuple[int, ...], ...]:
    return tuple(sorted((_members(bits) for bits in found), key=lambda members: (len(members), members)))
