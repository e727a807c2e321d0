"""Promises that no allocation decides: a step that is done before a day, and a gap that is no wider than so much."""

from __future__ import annotations

from equity_alloc.commitment import Commitment, StepDone
from equity_alloc.commitments.standing import Shortfall, Standing, State, ended
from equity_alloc.domain.district import District
from equity_alloc.domain.gap_goal import GapGoal
from equity_alloc.inequity.gap_words import gap_words
from equity_alloc.inequity.group_gap import Certainty
from equity_alloc.inequity.outcome_gaps import outcome_gaps


def step_standing(commitment: Commitment, step: StepDone) -> Standing:
    """Return how a commitment stands that is kept by doing something before a day."""
    if not step.done.strip():
        words = f"{ended(step.what)} To be done before {step.before}; nobody has recorded that it was."
        return Standing(commitment, _dropped(commitment, State.WAITING), False, words, None)
    words = f"{ended(step.what)} Done on {step.done}, recorded in {step.where}; to be done before {step.before}."
    state = _dropped(commitment, State.BROKEN) if step.is_late else State.KEPT
    return Standing(commitment, state, False, words, None)


def gap_standing(commitment: Commitment, goal: GapGoal, district: District) -> Standing:
    """Return how a commitment stands that holds a gap of the audit; the counts decide it, not the plan."""
    group = district.group_of.get(goal.group)
    title = group.title if group else goal.group
    gap = next((g for g in outcome_gaps(district) if (g.title, g.group) == (goal.indicator, title)), None)
    what = f"{goal.indicator}, {title}: at most {goal.points} points apart."
    if gap is None:
        words = f"{what} The district has no counts of it."
        return Standing(commitment, State.NOT_TESTABLE, False, words, None)
    words = f"{what} {gap_words(gap)} The counts decide this; a plan moves it only in time."
    if gap.certainty is Certainty.TOO_FEW:
        return Standing(commitment, State.NOT_TESTABLE, False, words, None)
    bad = (-gap.difference if gap.more_is_better else gap.difference) * 100
    over = bad - float(goal.points)
    if over > 0:
        short = Shortfall((f"{over:.1f} points",), 0, gap.pupils)
        return Standing(commitment, _dropped(commitment, State.BROKEN), False, words, None, short)
    return Standing(commitment, State.KEPT, False, words, None)


def _dropped(commitment: Commitment, state: State) -> State:
    return state if commitment.drop is None else State.DROPPED
