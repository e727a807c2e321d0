"""What an objection is: words that people say, and an answer from the facts of the plan at hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from equity_alloc.decisions.case import Case


@dataclass(frozen=True, slots=True)
class Answer:
    """What can be answered, and what cannot.

    Parameters
    ----------
    fact : str
        Computed from this plan.
    reply : str
    offer : str
        What can be done for whoever objects; blank where nothing can be offered.
    unknown : str
        What nobody can answer from these data.
    """

    fact: str
    reply: str
    offer: str
    unknown: str


@dataclass(frozen=True, slots=True)
class Objection:
    """Something that people say against a plan.

    Parameters
    ----------
    number : int
    says : str
    arises : str
        When it is raised, in one sentence.
    answer : callable
        Answers it from a case, or returns None where nothing in the plan gives rise to it.
    """

    number: int
    says: str
    arises: str
    answer: Callable[[Case], Answer | None]


def schools(count: int) -> str:
    """Return a number of schools as people say it."""
    return "1 school" if count == 1 else f"{count} schools"
