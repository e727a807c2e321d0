"""Parts of a decision's record: options, lenses, schools, groups, promises and replies, each with its figures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from equity_alloc.domain.fte import Hundredths
from equity_alloc.domain.money import Cents


@dataclass(frozen=True, slots=True)
class Option:
    """One of the options that were considered, with its figures.

    Parameters
    ----------
    name : str
    is_last_year, is_chosen : bool
    lowest : str
        Level of the lowest school, as printed; "*" where levels are not public.
    moved : Hundredths
        Posts added and given up.
    given_up : Cents
    schools_giving_up, rules_broken, promises_broken : int
    worst : Decimal or None
        The largest part of a lens's gain that it forgoes; None where it was not judged.
    note : str
        Why, or why not.
    """

    name: str
    is_last_year: bool
    is_chosen: bool
    lowest: str
    moved: Hundredths
    given_up: Cents
    schools_giving_up: int
    rules_broken: int
    promises_broken: int
    worst: Decimal | None
    note: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What the chosen plan forgoes by one lens, as a share of what could be gained."""

    lens: str
    forgone: Decimal


@dataclass(frozen=True, slots=True)
class Changed:
    """A school's core money, last year and in the chosen plan."""

    code: str
    name: str
    before: Cents
    after: Cents


@dataclass(frozen=True, slots=True)
class Carried:
    """What a group carries of the loss; `ratio` is None where it says nothing. Protected groups are never among them."""

    code: str
    title: str
    ratio: Decimal | None


@dataclass(frozen=True, slots=True)
class Promise:
    """How a commitment stands in the chosen plan."""

    code: str
    clause: str
    state: str
    drop: str


@dataclass(frozen=True, slots=True)
class Reply:
    """An objection and what is answered to it.

    Parameters
    ----------
    number : int
    objection, fact, reply, offer, unknown : str
    """

    number: int
    objection: str
    fact: str
    reply: str
    offer: str
    unknown: str
