"""How near a plan is to the best that can exist, in words that claim what is proven and nothing more."""

from __future__ import annotations

from equity_alloc.domain.money import print_dollars
from equity_alloc.objectives.base import LowerDistance, LowerLargestLoad, LowerLoads, RaiseEquivalent, RaiseWorstDraws
from equity_alloc.planning.given_up import given_up_words
from equity_alloc.planning.nearness import at_most, nearness_of
from equity_alloc.planning.own_level import own_level
from equity_alloc.planning.plan import Certificate, OutcomeKind, Plan
from equity_alloc.problem.proof import BoundProof


def lowest_school_words(certificate: Certificate, parts: str = "") -> str:
    """Return how much higher the lowest school could stand at most; "" where no such bound was proven.

    `parts` says in brackets how much of that was given up on purpose, where a plan knows it.

    The bound is a bound for the rules and funds of the plan's own scenario: other rules, or other money, have another.
    """
    proof = certificate.proof
    if proof is None:
        return ""
    under = "these rules and the money supposed here" if certificate.supposed else "these rules"
    close = at_most(proof.gap, proof.unit)
    per = proof.unit.removeprefix("dollars ") if proof.unit.startswith("dollars") else "of its target"
    more = f"more than {close} {per} higher" if any(digit in close for digit in "123456789") else "higher"
    return f"no plan under {under} can bring the lowest school {more}{parts}{proof.scope}"


def equal_level_words(proof: BoundProof) -> str:
    """Return how much better a plan could be at most by the equal level, and what proves it."""
    close = at_most(proof.gap, proof.unit)
    per = proof.unit.removeprefix("dollars ") if proof.unit.startswith("dollars") else "of its target"
    more = f"by more than {close} {per}" if any(digit in close for digit in "123456789") else "further"
    return f"No plan under these rules can raise it {more}. {proof.words}"


def nearness(plan: Plan) -> str:
    """Return how near the plan is to the best for its objective; "" where nothing of the kind was proven.

    Parameters
    ----------
    plan : Plan
    """
    if plan.certificate.proof is not None and own_level(plan) is None:
        return lowest_school_words(plan.certificate, given_up_words(plan))
    if plan.outcome is not OutcomeKind.PROVEN:
        return ""
    under = "these rules and the money supposed here" if plan.certificate.supposed else "these rules"
    stage = next(plan.scenario.objective.stages(plan.view))
    if isinstance(stage, LowerLargestLoad):
        return f"no plan under {under} has a smaller largest load"
    reached = [log for log in plan.stages if log.bound is not None]
    near = nearness_of(plan)
    if isinstance(stage, RaiseEquivalent | RaiseWorstDraws | LowerLoads) and near is not None:
        close = at_most(near.gap, near.unit)
        per = f" {near.unit.removeprefix('dollars ')}" if near.unit.startswith(("dollars", "pupils", "posts")) else ""
        more = f"more than {close}{per} better" if any(digit in close for digit in "123456789") else "better"
        own = f"by this goal's own measure no plan under {under} is {more}"
        lowest = lowest_school_words(plan.certificate)
        return f"{own}, and {lowest}" if lowest else own
    if isinstance(stage, LowerDistance) and reached:
        distance = print_dollars(round(reached[-1].value * 100))
        side = "below" if not stage.above else "away from"
        return f"schools stay {distance} {side} their targets in all, and no plan under {under} can lower that"
    return ""
