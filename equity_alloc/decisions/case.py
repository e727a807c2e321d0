"""All that an objection is answered from: one plan, with its losses, posts, promises and way of transition."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from equity_alloc.commitments.scoreboard import Standing, scoreboard
from equity_alloc.decisions.assessment import Assessment
from equity_alloc.decisions.book import Book
from equity_alloc.decisions.burden import Bearing, Kind, burdens
from equity_alloc.decisions.chain import Link
from equity_alloc.decisions.drivers import is_blind
from equity_alloc.decisions.losses import Losses, losses
from equity_alloc.decisions.staff import StaffChange, staff_changes
from equity_alloc.decisions.transition import Transition, transition
from equity_alloc.decisions.weight_trial import WeightTrial, weight_trial
from equity_alloc.formulas.gains_losses import Payer
from equity_alloc.parameters.amount import Amount
from equity_alloc.parameters.library import parameters
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.summary import need_group


def usual_pace() -> Amount:
    """Return what a school gives up in a year at most, as long as nobody has chosen another pace."""
    return parameters("hard_choices")["most-given-up"][-1]


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a school may be moved.

    Parameters
    ----------
    most_loss : Decimal, share
        Of what it had the year before.
    most_gain : Decimal or None, share
    payer : Payer
    """

    most_loss: Decimal = field(default_factory=lambda: usual_pace().value)
    most_gain: Decimal | None = None
    payer: Payer = Payer.GAINS


@dataclass(frozen=True, slots=True)
class Told:
    """What may be told of a plan to whoever reads the answers.

    Parameters
    ----------
    levels : bool
        Whether levels per weighted pupil may be named.
    groups : frozenset of str or None
        Codes of the student groups whose counts may be named; None for all of them.
    """

    levels: bool = True
    groups: frozenset[str] | None = None

    @property
    def all_counts(self) -> bool:
        """Whether everything that rests on counts of student groups may be told."""
        return self.groups is None

    def may_name(self, group: str) -> bool:
        """Whether a group's counts may be named."""
        return self.groups is None or group in self.groups


@dataclass(frozen=True, eq=False)
class Case:
    """A plan as objections meet it. What it holds is worked out once, when it is asked for.

    Parameters
    ----------
    plan : Plan
    book : Book
    pace : Pace
    options : int
        How many options stand side by side.
    told : Told
    """

    plan: Plan
    book: Book = Book("")
    pace: Pace = field(default_factory=Pace)
    options: int = 0
    told: Told = Told()

    @cached_property
    def losses(self) -> Losses:
        """Who gains and who gives up."""
        return losses(self.plan)

    @cached_property
    def bearings(self) -> tuple[Bearing, ...]:
        """What each group carries of the loss, as far as it may be told."""
        return tuple(each for each in burdens(self.plan) if self._may_tell(each))

    def _may_tell(self, bearing: Bearing) -> bool:
        if self.told.groups is None:
            return True
        if bearing.kind is Kind.QUARTER:
            # In which quarter a school stands would tell of its count.
            return self.told.may_name(need_group(self.plan.district) or "")
        return bearing.kind is Kind.NEED and self.told.may_name(bearing.code)

    @cached_property
    def staff(self) -> tuple[StaffChange, ...]:
        """What happens to each position."""
        return staff_changes(self.plan)

    @cached_property
    def way(self) -> Transition:
        """The way of every school to the plan's amount."""
        return transition(
            self.plan, most_loss=self.pace.most_loss, most_gain=self.pace.most_gain, payer=self.pace.payer
        )

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """How every commitment stands."""
        return scoreboard(self.plan.district, self.plan.scenario, self.plan.allocation)

    @cached_property
    def weights(self) -> WeightTrial | None:
        """What other need weights would change; None where the scenario has none."""
        return weight_trial(self.plan)

    @cached_property
    def blind(self) -> bool | None:
        """Whether the plan stays the same when protected counts are dealt out anew; None where there are none."""
        return is_blind(self.plan)

    @cached_property
    def assessment(self) -> tuple[Link, Assessment] | None:
        """The latest assessment of this plan."""
        return self.book.assessment_of(self.plan.digest)

    @cached_property
    def unfinished_assessment(self) -> tuple[Link, Assessment] | None:
        """The latest assessment of this plan on record, where none is complete."""
        return self.book.unfinished_assessment_of(self.plan.digest)
