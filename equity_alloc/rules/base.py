"""What a rule is: it limits a model, judges a finished allocation, explains itself, and names its force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Protocol, TypeAlias, runtime_checkable

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.finding import Breach, Gap, Unit
from equity_alloc.domain.fte import Hundredths
from equity_alloc.domain.money import Cents
from equity_alloc.domain.source import Source


class Force(StrEnum):
    """Where a rule's authority comes from, strongest first; the weakest is relaxed first."""

    LAW = "law"
    CONTRACT = "contract"
    POLICY = "policy"
    PROMISE = "promise"
    CHOICE = "choice"

    @property
    def strength(self) -> int:
        """Higher is stronger."""
        return len(Force) - list(Force).index(self)


@dataclass(frozen=True, slots=True)
class Posts:
    """FTE of a position at a school, in hundredths."""

    school: str
    position: str


@dataclass(frozen=True, slots=True)
class Dollars:
    """Dollars of a non-staff line at a school, in cents."""

    school: str
    line: str


@dataclass(frozen=True, slots=True)
class Counted:
    """A school's dollars from counted funds, in cents."""

    school: str


@dataclass(frozen=True, slots=True)
class Cut:
    """FTE of a position at a school that last year had and this year has not, in hundredths; zero or more.

    A limit may only hold it down: its coefficient is above zero, and the limit has no least.
    """

    school: str
    position: str


Quantity: TypeAlias = Posts | Dollars | Counted | Cut


@dataclass(frozen=True, slots=True)
class Limit:
    """One linear limit: least <= sum of coefficient times quantity <= most.

    Parameters
    ----------
    rule : str
        Code of the rule that asks for it.
    subject : str
        Whom it concerns, for sentences.
    terms : tuple of (int, Quantity)
    least, most : int or None
        In the quantities' own unit (cents or hundredths of an FTE); None where there is no such side.
    unit : Unit
    per : int
        How much of the sum is one of the unit, where coefficients are not 1: what lacks is the sum's part, rounded up.
    """

    rule: str
    subject: str
    terms: tuple[tuple[int, Quantity], ...]
    least: int | None
    most: int | None
    unit: Unit
    per: int = 1

    def __post_init__(self) -> None:
        for coefficient, quantity in self.terms:
            if isinstance(quantity, Cut) and (self.least is not None or coefficient <= 0):
                raise InvalidValue("A limit may only hold cuts down: coefficients above zero, and no least.")


@dataclass(frozen=True, slots=True)
class WholeSum:
    """Posts whose sum is a multiple of a step, such as a nurse whom several schools share.

    Parameters
    ----------
    rule, subject : str
        As for a limit.
    posts : tuple of Posts
    step : Hundredths
    """

    rule: str
    subject: str
    posts: tuple[Posts, ...]
    step: Hundredths


@dataclass(frozen=True, slots=True)
class Floors:
    """Floors of which only so many may be missed: "no school loses two of librarian, nurse and counselor".

    Parameters
    ----------
    rule, subject : str
        As for a limit.
    floors : tuple of (Posts, Hundredths)
        Each with its least.
    missed : int
        How many of them may be missed at most.
    """

    rule: str
    subject: str
    floors: tuple[tuple[Posts, Hundredths], ...]
    missed: int


@dataclass(frozen=True, slots=True)
class UsedFirst:
    """A fund that is used up before another pays for anything that it may pay for.

    Parameters
    ----------
    rule : str
    first, then : str
        Codes of the funds.
    schools, positions, lines : frozenset of str
        What the first one may pay for.
    holds : tuple of (str, str, Cents)
        Whom it concerns, for sentences; a school's code, or blank for all schools together; and what must be used.
    """

    rule: str
    first: str
    then: str
    schools: frozenset[str]
    positions: frozenset[str]
    lines: frozenset[str]
    holds: tuple[tuple[str, str, Cents], ...]


class Model(Protocol):
    """What a rule may ask of a model; the solver's room implements it."""

    @property
    def district(self) -> District:
        """The district with the scenario's funds."""

    def require(self, limit: Limit) -> None:
        """Ask for a linear limit."""

    def require_whole(self, whole: WholeSum) -> None:
        """Ask that a sum of posts comes in multiples of a step."""

    def require_floors(self, floors: Floors) -> None:
        """Ask that no more than so many of some floors are missed."""

    def cap_fund(self, fund: str, most: Cents) -> None:
        """Let a fund pay at most this much at all schools together."""

    def spend_fund(self, fund: str, least: Cents) -> None:
        """Let a fund pay at least this much at all schools together."""

    def use_first(self, order: UsedFirst) -> None:
        """Let a fund pay for nothing that another may pay for until that one is used up."""

    def open_fund(self, fund: str, schools: Sequence[str], positions: Sequence[str], lines: Sequence[str]) -> None:
        """Let a fund pay for these positions and lines at these schools, zero or more; the rest stays closed."""

    def close_fund(self, fund: str, positions: Sequence[str], lines: Sequence[str]) -> None:
        """Let a fund pay nothing for these positions and lines at any school, whatever it is open for."""

    def share_fund(self, fund: str, shares: Mapping[str, Cents]) -> None:
        """Let a fund with a rule of its own pay at most its share at each school."""

    def hold_steps(self, position: str, step: Hundredths, smallest: Hundredths) -> None:
        """Let posts come in multiples of a step, none or at least the smallest, paid exactly what they cost."""

    def hold_smallest(self, position: str, smallest: Hundredths, schools: Sequence[str]) -> None:
        """Let some schools have none of a position or at least so much."""


@runtime_checkable
class Rule(Protocol):
    """A rule with its settings. Instance fields are the settings; `setting()` describes each.

    Attributes
    ----------
    code : str
        Stable kebab-case name, in files, certificates and messages.
    title : str
        A claim without a final period.
    says : str
        The sentence of the law, contract or policy that it encodes.
    source : Source
        Where rules of this kind are written down.
    always : bool
        True for rules without which no plan makes sense; they cannot be switched off.
    force : Force
    basis : str
        Where this district wrote its own version down.
    """

    code: ClassVar[str]
    title: ClassVar[str]
    says: ClassVar[str]
    source: ClassVar[Source]
    always: ClassVar[bool]

    @property
    def force(self) -> Force:
        """Authority of this rule in this district."""

    @property
    def basis(self) -> str:
        """Where this district wrote the rule down."""

    def constrain(self, model: Model) -> None:
        """Ask the model for this rule's limits."""

    def check(self, district: District, allocation: Allocation) -> Iterator[Breach]:
        """Yield every breach by a finished allocation, in cents and FTE steps, without a solver."""

    def slack(self, district: District, allocation: Allocation) -> Iterator[tuple[str, int, Unit]]:
        """Yield (subject, room left, unit) for each thing the rule limits; zero means that it binds there."""

    def explain(self, district: District) -> str:
        """Return one or two sentences with this district's numbers."""


#: What a rule says of itself where it can be held to nothing.
NOT_TESTABLE = "Not testable here: data lack."


@runtime_checkable
class NeedsData(Protocol):
    """A rule that needs what a district may not have given.

    Where a datum lacks it asks nothing of the model and finds no breach, and `gaps` names the datum: the certificate
    then says "not testable", never "kept".
    """

    def gaps(self, district: District) -> Iterator[Gap]:
        """Yield every datum that lacks."""
