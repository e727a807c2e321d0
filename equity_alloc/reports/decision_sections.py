"""The records of a decision as sections that every document and the screen lay out."""

from __future__ import annotations

from equity_alloc.commitments.scoreboard import State
from equity_alloc.decisions.assessment import ASKED_LABEL, ASSESSMENT_LABELS, Assessment
from equity_alloc.decisions.book import Book
from equity_alloc.decisions.burden import QUARTERS
from equity_alloc.decisions.chain import Link
from equity_alloc.decisions.decision import DECISION_LABELS, Decision
from equity_alloc.decisions.review import Review
from equity_alloc.domain.money import print_dollars
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.summary import need_group
from equity_alloc.reports.decision_tables import (
    ALL_OF_IT,
    Shown,
    carried_section,
    lenses_table,
    losses_words,
    options_table,
    schools_table,
    touched,
)
from equity_alloc.reports.public_counts import PublicCounts
from equity_alloc.reports.section import Section

LATE = "Assessment AFTER decision"
MISSING = "No assessment"
#: Stands before what an assessment lacks that was recorded when less was asked for.
UNFINISHED = "Not complete"
_JUDGED_ELSEWHERE = "What they judge is left out here, because it would give small counts away; the chain holds it."


def decided_section(book: Book | None, plan: Plan) -> tuple[Section, ...]:
    """Return what page one says of the decision on a plan; empty where nothing is on record."""
    if book is None:
        return ()
    found, assessed = book.decision_of(plan.digest), book.assessment_of(plan.digest)
    if found is None and assessed is None:
        return ()
    if found is None:
        when = (
            ""
            if assessed is None
            else f" It was assessed on {assessed[0].at[:10]}; what changed because of it: {ended(assessed[1].changed)}"
        )
        return (Section("Who decided", (f"No decision on this plan is on record.{when}",)),)
    link, decision = found
    begun = book.unfinished_assessment_of(plan.digest)
    sentences = [
        f"Decided by {decision.decided_by} ({decision.body}) on {decision.decided_on}: {ended(decision.vote)} Reasons: {ended(decision.reasons)}",
        f"Dissent: {ended(decision.dissent)}",
        f"Looked at again on {decision.review_on}. {_order(decision, is_complete=begun is None)} Record {link.number}, fingerprint {link.hash[:16]}.",
        *lacking(decision),
    ]
    return (Section("Who decided", tuple(sentences)),)


def shown_in_public(public: PublicCounts, plan: Plan) -> Shown:
    """Return what of a record the public may read: nothing that would give a small count away."""
    groups = {group.code for group in public.groups} - {code for _, code in public.hidden.places} - public.incomplete
    quarters = {f"quarter-{number + 1}" for number in range(len(QUARTERS))}
    told = groups | quarters if need_group(plan.district) in groups else groups
    return Shown(not public.hidden.places, frozenset(told), public.hidden.levels)


def record_sections(
    link: Link, record: Assessment | Decision | Review, shown: Shown = ALL_OF_IT, book: Book | None = None
) -> tuple[Section, ...]:
    """Return a record as sections.

    Parameters
    ----------
    link : Link
    record : Assessment, Decision or Review
    shown : Shown
    book : Book or None
        In which it stands, and which tells whether the assessment before a decision is complete.
    """
    if isinstance(record, Assessment):
        return _assessment(link, record)
    if isinstance(record, Decision):
        # The link names the plan as it was written down; a record for the public names it otherwise.
        is_complete = book is None or book.unfinished_assessment_of(str(link.content["plan"])) is None
        return decision_sections(link, record, shown, is_complete=is_complete)
    return (
        Section(
            "What became of it",
            (
                *lacking(record),
                f"Of the decision {record.decision[:12]}, written down on {link.at[:10]} by {record.by} ({record.role}).",
                f"Found: {ended(record.found)} What follows: {ended(record.next_step)}",
            ),
        ),
    )


def blank_sections(*, assessed: bool) -> tuple[Section, ...]:
    """Return what must still be said, as a form that can be filled in by hand at a meeting.

    Parameters
    ----------
    assessed : bool
        Whether the assessment is on record, so that only the decision is left to say.
    """
    line = "_" * 60
    by_hand = "What is written here by hand counts when it is recorded on the page Decision record."
    none = "No decision on this plan is on record yet" if assessed else "Nothing is on record of this plan yet"
    form = Section(
        "The assessment",
        tuple(f"{label}: {line}" for label in (*ASSESSMENT_LABELS.values(), f"{ASKED_LABEL}, and when")),
    )
    return (
        Section(none, (by_hand,)),
        *(() if assessed else (form,)),
        Section("The decision", tuple(f"{label}: {line}" for label in DECISION_LABELS.values())),
    )


def decision_sections(link: Link, decision: Decision, shown: Shown, *, is_complete: bool) -> tuple[Section, ...]:
    """Return a decision as sections, what matters most first."""
    follows = f" It takes the place of the decision {decision.supersedes[:12]}." if decision.supersedes else ""
    return (
        Section(
            f"Decision: {decision.title}",
            (
                *lacking(decision),
                _order(decision, is_complete=is_complete),
                f"The question: {ended(decision.question)}",
                f"Decided by {decision.decided_by} ({decision.body}) on {decision.decided_on}: {ended(decision.vote)} The plan: {decision.plan_name}.{follows}",
                f"Reasons: {ended(decision.reasons)}",
                f"Dissent, verbatim: {ended(decision.dissent)}",
                f"What changed because of the assessment: {ended(decision.changed)}",
                f"For those who carry the loss: {_with_money(decision)}",
                f"Looked at again on {decision.review_on}. What will tell whether it worked: {ended(decision.measures)}",
                *((f"What a good person would do: {ended(decision.reflection)}",) if decision.reflection else ()),
            ),
        ),
        Section("Options that were considered", (), options_table(decision, shown)),
        Section("Who gains and who gives up", losses_words(decision), schools_table(decision)),
        carried_section(decision, shown),
        Section(
            "What each view of what is right says",
            (_behaves(decision) if shown.lenses else _JUDGED_ELSEWHERE,),
            lenses_table(decision) if shown.lenses else None,
        ),
        Section("Promises", _promises(decision, shown)),
        Section("What drove this plan", decision.drivers),
        *_objections(decision),
        Section(
            "How this can be checked",
            (
                decision.certificate,
                f"Recorded on {link.at[:10]} {link.at[11:16]} UTC as record {link.number}. Fingerprint {link.hash}; of the record before it {link.previous}.",
                f"Identity of the plan: {decision.plan[:16]}. The chain holds those of inputs and choices.",
                f"Made with {', '.join(f'{name} {number}' for name, number in decision.versions)}.",
            ),
        ),
    )


def lacking(record: Assessment | Decision | Review) -> tuple[str, ...]:
    """Say what a record lacks that was written when less was asked for; empty where it lacks nothing."""
    return (f"{UNFINISHED}. What is missing: {'; '.join(record.unsaid)}.",) if record.unsaid else ()


def _objections(decision: Decision) -> tuple[Section, ...]:
    """Return each objection with its answer as a part of its own."""
    if not decision.replies:
        return ()
    parts = (
        Section(
            f"{each.number}. \u201c{each.objection}\u201d",
            (
                f"Fact: {each.fact}",
                f"Reply: {each.reply}",
                *((f"Offer: {each.offer}",) if each.offer else ()),
                f"Cannot be answered: {each.unknown}",
            ),
            level=3,
        )
        for each in decision.replies
    )
    words = (
        "The numbers are those of the list of usual objections; those that this plan gives no cause for are left out."
    )
    return (Section("What was objected, and what was answered", (words,)), *parts)


def _with_money(decision: Decision) -> str:
    """Return what is done for those who carry the loss, with its amount."""
    money = f" ({print_dollars(decision.mitigation_cents)})" if decision.mitigation_cents else ""
    return ended(f"{decision.mitigation.strip().rstrip('.')}{money}")


def _order(decision: Decision, *, is_complete: bool = True) -> str:
    before = decision.was_assessed_before
    if before is None:
        return f"{MISSING}: the decision names none."
    zone = decision.assessed_at[19:].removesuffix("+00:00")
    at = f"{decision.assessed_at[:10]} {decision.assessed_at[11:16]} UTC{zone}"
    if before and not is_complete:
        return f"The assessment was recorded on {at}, before the decision. It is not complete."
    if before:
        return f"The assessment was complete on {at}, before the decision."
    return f"{LATE}: it was complete on {at}, and the decision is of {decision.decided_on}."


def _assessment(link: Link, record: Assessment) -> tuple[Section, ...]:
    said = tuple(
        f"{label}: {ended(str(getattr(record, name)))}"
        for name, label in ASSESSMENT_LABELS.items()
        if name not in ("by", "role")
    )
    silent, table = touched(record.voices)
    lacks = lacking(record)
    begins = "Recorded" if lacks else "Complete"
    by = f"{begins} on {link.at[:10]} {link.at[11:16]} UTC, by {record.by} ({record.role}), for the plan '{record.scenario}' ({record.plan[:12]})."
    return (Section("Assessment", (*lacks, by, *said, *silent), table),)


def _promises(decision: Decision, shown: Shown) -> tuple[str, ...]:
    told = tuple(
        f"{each.code}: \u201c{each.clause}\u201d {_capital(_state(each.state, shown))}. {each.drop}".strip()
        for each in decision.promises
    )
    return told or ("No promise is on the list of this scenario.",)


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _state(state: str, shown: Shown) -> str:
    """Return how a promise stands; how little room is left would tell a count where a test counts a group."""
    hides = state in (State.NO_ROOM.value, State.AT_RISK.value) and shown.groups is not None
    return State.KEPT.value if hides else state


def _behaves(decision: Decision) -> str:
    return f"The choice behaves most like: {decision.behaves_like or 'no lens; none has anything to gain here'}."


def ended(words: str) -> str:
    """Return words that end as a sentence does."""
    words = words.strip()
    return words if not words or words.endswith((".", "!", "?", "\u201d")) else f"{words}."
