"""Objection 4: "The weights are arbitrary."."""

from __future__ import annotations

from equity_alloc.decisions.case import Case
from equity_alloc.decisions.objection import Answer, Objection, schools


def _answer(case: Case) -> Answer | None:
    weighted = [need for need in case.plan.scenario.need_weights if need.weight]
    if not weighted:
        return None
    offer = "Each weight can be changed on Rules, and everybody sees at once who moves."
    unknown = "What the right weight is: studies of cost differ."
    unsourced = sum(1 for need in weighted if not need.source)
    if unsourced:
        unknown += f" {unsourced} of the weights here name no source."
    if not all(case.told.may_name(need.group) for need in weighted):
        fact = (
            f"{len(weighted)} need weights are adopted. Who would move under others is worked out on Hard choices and left out here, because it "
            "could give small counts away."
        )
        return Answer(fact, "Weights are a judgment, and a board can make another.", offer, unknown)
    trial = case.weights
    if trial is None:
        return None
    fact = (
        f"With every need weight at {trial.low * 100:.0f} %, and again at {trial.high * 100:.0f} % of what it is, {trial.still_gain} of the "
        f"{trial.gain} schools that gain still gain, and {trial.still_give_up} of the {trial.give_up} that give up still do."
    )
    if trial.failed:
        fact += f" At {' and '.join(f'{each * 100:.0f} %' for each in trial.failed)} no plan keeps all rules."
    same = trial.still_gain + trial.still_give_up
    changed = trial.gain + trial.give_up - same
    reply = (
        "Weights are a judgment, and a board can make another. For these schools it would not change who gains and who gives up."
        if not changed
        else f"Weights are a judgment, and for {schools(changed)} the judgment decides whether they gain or give up."
    )
    return Answer(fact, reply, offer, unknown)


OBJECTION = Objection(4, "The weights are arbitrary.", "The scenario has need weights.", _answer)
