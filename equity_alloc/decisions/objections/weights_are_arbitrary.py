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
        adopted = "1 need weight is" if len(weighted) == 1 else f"{len(weighted)} need weights are"
        fact = (
            f"{adopted} adopted. Who would move under others is worked out on Hard choices and left out here, because it "
            "could give small counts away."
        )
        return Answer(fact, "Weights are a judgment, and a board can make another.", offer, unknown)
    trial = case.weights
    if trial is None:
        return None
    none = ", and again at ".join(f"{each * 100:.0f} %" for each in trial.failed)
    made = ", and again at ".join(f"{f * 100:.0f} %" for f in (trial.low, trial.high) if f not in trial.failed)
    if not made:
        fact = f"With every need weight at {none} of what it is, no plan keeps all rules."
        reply = "Weights are a judgment, and a board can make another. Who would move under others nobody can say here."
        return Answer(fact, reply, offer, unknown)
    fact = (
        f"With every need weight at {made} of what it is, {trial.still_gain} of the {trial.gain} schools that gain still gain, and "
        f"{trial.still_give_up} of the {trial.give_up} that give up still do."
    )
    if none:
        fact += f" At {none} no plan keeps all rules, so nothing is known of it."
    changed = trial.gain + trial.give_up - trial.still_gain - trial.still_give_up
    reply = (
        "Weights are a judgment, and a board can make another. For these schools it would not change who gains and who gives up."
        if not changed
        else f"Weights are a judgment, and for {schools(changed)} the judgment decides whether they gain or give up."
    )
    return Answer(fact, reply, offer, unknown)


OBJECTION = Objection(4, "The weights are arbitrary.", "The scenario has need weights.", _answer)
