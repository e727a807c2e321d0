"""Makes the record of a decision: what was typed, with everything that the plan itself can say.

Replies are in public words. What lenses judge and who carries the loss rest on every count, so a public document leaves out of
them what would give a small one away.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from equity_alloc.commitments.scoreboard import drop_words
from equity_alloc.decisions.burden import Kind, burdens
from equity_alloc.decisions.case import Case
from equity_alloc.decisions.decision import DECISION_LABELS, Decision, refuse_undecided
from equity_alloc.decisions.drivers import drivers
from equity_alloc.decisions.look import Look
from equity_alloc.decisions.parts import Carried, Changed, Judged, Option, Promise, Reply
from equity_alloc.decisions.replies import replies
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.money import Cents, read_dollars


@dataclass(frozen=True)
class Typed:
    """What people say of a decision; blanks are refused when the record is made.

    Parameters
    ----------
    title, question, decided_by, body, vote, decided_on, reasons, dissent, changed, mitigation : str
    mitigation_dollars : str
        As typed; blank for none.
    review_on, measures, reflection : str
    """

    title: str = ""
    question: str = ""
    decided_by: str = ""
    body: str = ""
    vote: str = ""
    decided_on: str = ""
    reasons: str = ""
    dissent: str = ""
    changed: str = ""
    mitigation: str = ""
    mitigation_dollars: str = ""
    review_on: str = ""
    measures: str = ""
    reflection: str = ""


def compose(
    case: Case, typed: Typed, options: Sequence[Option], look: Look | None, versions: Sequence[tuple[str, str]]
) -> Decision:
    """Return the record of a decision.

    Parameters
    ----------
    case : Case
        With what may be told in public.
    typed : Typed
    options : sequence of Option
    look : Look or None
    versions : sequence of (str, str)

    Raises
    ------
    InvalidValue
        If something that must be said is blank or too short to be an answer, or there are fewer than three options.
    """
    refuse_undecided({name: getattr(typed, name) for name in DECISION_LABELS})
    plan, found = case.plan, case.assessment
    before = case.book.decisions()
    same = [link for link, each in before if (each.district, each.year) == (plan.district.name, plan.district.year)]
    kept = sum(1 for rule in plan.certificate.rules if rule.is_kept)
    return Decision(
        title=typed.title.strip(),
        question=typed.question.strip(),
        district=plan.district.name,
        year=plan.district.year,
        inputs=plan.certificate.district_digest,
        scenario=plan.certificate.scenario_digest,
        plan=plan.digest,
        plan_name=plan.scenario.name,
        options=tuple(options),
        lenses=_judged(case, look),
        behaves_like="" if look is None else look.behaves_like(plan.view, plan.allocation),
        schools=tuple(Changed(r.code, r.name, r.counted_today, r.counted_plan) for r in case.losses.rows),
        carried=tuple(
            Carried(each.code, each.title, None if each.ratio is None else Decimal(f"{float(each.ratio):.2f}"))
            for each in burdens(plan)
            if each.kind is not Kind.AUDIT
        ),
        promises=tuple(
            Promise(each.commitment.code, each.commitment.clause, each.state.value, drop_words(each.commitment))
            for each in case.standings
        ),
        drivers=tuple(drivers(plan)),
        replies=tuple(
            Reply(objection.number, objection.says, answer.fact, answer.reply, answer.offer, answer.unknown)
            for objection, answer in replies(case)
        ),
        certificate=f"{kept} of {len(plan.certificate.rules)} rules kept, checked by a program that did not make the plan.",
        mitigation=typed.mitigation.strip(),
        mitigation_cents=_cents(typed.mitigation_dollars),
        decided_by=typed.decided_by.strip(),
        body=typed.body.strip(),
        vote=typed.vote.strip(),
        decided_on=typed.decided_on.strip(),
        reasons=typed.reasons.strip(),
        dissent=typed.dissent.strip(),
        changed=typed.changed.strip(),
        review_on=typed.review_on.strip(),
        measures=typed.measures.strip(),
        reflection=typed.reflection.strip(),
        assessment="" if found is None else found[0].hash,
        assessed_at="" if found is None else _here(found[0].at),
        supersedes=same[-1].hash if same else "",
        versions=tuple(versions),
    )


def _judged(case: Case, look: Look | None) -> tuple[Judged, ...]:
    if look is None:
        return ()
    forgone = look.regrets_of(case.plan.view, case.plan.allocation).tolist()
    return tuple(Judged(name, Decimal(f"{max(0.0, each):.4f}")) for name, each in zip(look.names, forgone, strict=True))


def _cents(text: str) -> Cents:
    if not text.strip():
        return 0
    cents = read_dollars(text)
    if cents < 0:
        raise InvalidValue(f"Money for those who carry the loss is '{text}'. Enter zero dollars or more.")
    return cents


def _here(at: str) -> str:
    """Return a time of the chain as the clock on this machine's wall shows it: the day of a decision is such a day."""
    return dt.datetime.fromisoformat(at).astimezone().isoformat(timespec="seconds")
