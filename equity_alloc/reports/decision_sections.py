"""The records of a decision as sections that every document and the screen lay out."""

from __future__ import annotations

from dataclasses import dataclass

from equity_alloc.commitments.scoreboard import State
from equity_alloc.decisions.assessment import ASSESSMENT_LABELS, Assessment
from equity_alloc.decisions.book import Book
from equity_alloc.decisions.burden import QUARTERS
from equity_alloc.decisions.chain import Link
from equity_alloc.decisions.decision import DECISION_LABELS, Decision
from equity_alloc.decisions.options import HIDDEN, print_worst
from equity_alloc.decisions.review import Review
from equity_alloc.domain.fte import print_fte
from equity_alloc.domain.money import print_dollars
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.summary import need_group
from equity_alloc.reports.public_counts import PublicCounts
from equity_alloc.reports.section import Section, Table

LATE = "Assessment AFTER decision"
MISSING = "No assessment"
_JUDGED_ELSEWHERE = "What they judge is left out here, because it would give small counts away; the chain holds it."
_NOT_TOLD = (
    "The shares of some groups are left out here, because they would give small counts away; the chain holds them."
)


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
    sentences = [
        f"Decided by {decision.decided_by} ({decision.body}) on {decision.decided_on}: {ended(decision.vote)} Reasons: {ended(decision.reasons)}",
        f"Dissent: {ended(decision.dissent)} Looked at again on {decision.review_on}.",
        _order(decision),
        f"Record {link.number}, fingerprint {link.hash[:16]}.",
    ]
    return (Section("Who decided", tuple(sentences)),)


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a record may be told to whoever reads it.

    Parameters
    ----------
    lenses : bool
        What lenses judge depends on every count, small ones among them.
    groups : frozenset of str or None
        Codes of those whose share of the loss may be told; None for all.
    levels : bool
        Whether levels per weighted pupil may be told: what a record says of them was public when it was made, and need not be now.
    """

    lenses: bool = True
    groups: frozenset[str] | None = None
    levels: bool = True


ALL_OF_IT = Shown()


def shown_in_public(public: PublicCounts, plan: Plan) -> Shown:
    """Return what of a record the public may read: nothing that would give a small count away."""
    groups = {group.code for group in public.groups} - {code for _, code in public.hidden.places} - public.incomplete
    quarters = {f"quarter-{number + 1}" for number in range(len(QUARTERS))}
    told = groups | quarters if need_group(plan.district) in groups else groups
    return Shown(not public.hidden.places, frozenset(told), public.hidden.levels)


def record_sections(
    link: Link, record: Assessment | Decision | Review, shown: Shown = ALL_OF_IT
) -> tuple[Section, ...]:
    """Return a record as sections.

    Parameters
    ----------
    link : Link
    record : Assessment, Decision or Review
    shown : Shown
    """
    if isinstance(record, Assessment):
        return _assessment(link, record)
    if isinstance(record, Decision):
        return decision_sections(link, record, shown)
    return (
        Section(
            "What became of it",
            (
                f"Of the decision {record.decision[:12]}, written down on {link.at[:10]} by {record.by} ({record.role}).",
                f"Found: {ended(record.found)} What follows: {ended(record.next_step)}",
            ),
        ),
    )


def blank_sections() -> tuple[Section, ...]:
    """Return what must still be said, as a form that can be filled in by hand at a meeting."""
    line = "_" * 60
    by_hand = "What is written here by hand counts when it is recorded on the page Decision record."
    return (
        Section("Nothing is on record of this plan yet", (by_hand,)),
        Section("The assessment", tuple(f"{label}: {line}" for label in ASSESSMENT_LABELS.values())),
        Section("The decision", tuple(f"{label}: {line}" for label in DECISION_LABELS.values())),
    )


def decision_sections(link: Link, decision: Decision, shown: Shown) -> tuple[Section, ...]:
    """Return a decision as sections, what matters most first."""
    money = f" ({print_dollars(decision.mitigation_cents)})" if decision.mitigation_cents else ""
    follows = f" It takes the place of the decision {decision.supersedes[:12]}." if decision.supersedes else ""
    return (
        Section(
            f"Decision: {decision.title}",
            (
                _order(decision),
                f"The question: {ended(decision.question)}",
                f"Decided by {decision.decided_by} ({decision.body}) on {decision.decided_on}: {ended(decision.vote)} The plan: {decision.plan_name}.{follows}",
                f"Reasons: {ended(decision.reasons)}",
                f"Dissent, verbatim: {ended(decision.dissent)}",
                f"What changed because of the assessment: {ended(decision.changed)}",
                f"For those who carry the loss: {ended(decision.mitigation)}{money}",
                f"Looked at again on {decision.review_on}. What will tell whether it worked: {ended(decision.measures)}",
                *((f"What a good person would do: {ended(decision.reflection)}",) if decision.reflection else ()),
            ),
        ),
        Section("Options that were considered", (), _options(decision, shown)),
        Section("Who gains and who gives up", _losses(decision), _schools(decision)),
        _carried(decision, shown),
        Section(
            "What each view of what is right says",
            (_behaves(decision) if shown.lenses else _JUDGED_ELSEWHERE,),
            _lenses(decision) if shown.lenses else None,
        ),
        Section("Promises", _promises(decision, shown)),
        Section("What drove this plan", decision.drivers),
        Section(
            "What was objected, and what was answered",
            tuple(
                f"{each.number}. \u201c{each.objection}\u201d Fact: {each.fact} Reply: {each.reply}"
                f"{f' Offer: {each.offer}' if each.offer else ''} Cannot be answered: {each.unknown}"
                for each in decision.replies
            ),
        ),
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


def _order(decision: Decision) -> str:
    before = decision.was_assessed_before
    if before is None:
        return f"{MISSING}: the decision names none."
    zone = decision.assessed_at[19:].removesuffix("+00:00")
    at = f"{decision.assessed_at[:10]} {decision.assessed_at[11:16]} UTC{zone}"
    if before:
        return f"The assessment was complete on {at}, before the decision."
    return f"{LATE}: it was complete on {at}, and the decision is of {decision.decided_on}."


def _assessment(link: Link, record: Assessment) -> tuple[Section, ...]:
    said = tuple(
        f"{label}: {ended(str(getattr(record, name)))}"
        for name, label in ASSESSMENT_LABELS.items()
        if name not in ("by", "role")
    )
    headings = ("Who", "What it does to them", "Influence", "Claim", "Asked on", "What they need")
    rows = tuple(
        (each.who, each.change, str(each.influence), str(each.claim), each.asked or "not asked", each.needs)
        for each in record.voices
    )
    table = Table("Who is touched", headings, rows, (False, False, True, True, False, False)) if rows else None
    by = f"Complete on {link.at[:10]} {link.at[11:16]} UTC, by {record.by} ({record.role}), for the plan '{record.scenario}' ({record.plan[:12]})."
    return (Section("Assessment", (by, *said), table),)


def _options(decision: Decision, shown: Shown) -> Table:
    headings = (
        "Option",
        "Lowest level",
        "Given up",
        "Schools",
        "FTE moved",
        "Rules broken",
        "Promises broken",
        "Forgone at worst",
        "Why, or why not",
    )
    rows = tuple(
        (
            f"{each.name} (chosen)" if each.is_chosen else each.name,
            each.lowest if shown.levels or each.lowest.endswith("%") else HIDDEN,
            print_dollars(each.given_up),
            str(each.schools_giving_up),
            print_fte(each.moved),
            str(each.rules_broken),
            str(each.promises_broken),
            print_worst(each.worst) if shown.lenses else HIDDEN,
            each.note,
        )
        for each in decision.options
    )
    return Table("Options side by side; * stands for what is not public", headings, rows, (False, *(True,) * 7, False))


def _losses(decision: Decision) -> tuple[str, ...]:
    changes = [each.after - each.before for each in decision.schools]
    lost, gained = -sum(c for c in changes if c < 0), sum(c for c in changes if c > 0)
    words = (
        f"{sum(c < 0 for c in changes)} schools give up {print_dollars(lost, with_cents=True)} and {sum(c > 0 for c in changes)} gain "
        f"{print_dollars(gained, with_cents=True)} of core money; together {print_dollars(gained - lost, with_cents=True)}."
    )
    return (words,)


def _schools(decision: Decision) -> Table:
    moved = sorted(
        (each for each in decision.schools if each.after != each.before), key=lambda each: each.after - each.before
    )
    rows = tuple(
        (
            each.code,
            each.name,
            *(print_dollars(cents, with_cents=True) for cents in (each.before, each.after, each.after - each.before)),
        )
        for each in moved
    )
    return Table(
        "Core money, the largest loss first",
        ("Code", "School", "Last year", "In the plan", "Change"),
        rows,
        (False, False, True, True, True),
    )


def _carried(decision: Decision, shown: Shown) -> Section:
    told = [each for each in decision.carried if shown.groups is None or each.code in shown.groups]
    words = () if len(told) == len(decision.carried) else (_NOT_TOLD,)
    rows = tuple((each.title, "says nothing" if each.ratio is None else f"{each.ratio:.2f}") for each in told)
    title = "Share of the loss over share of the pupils; 1.00 is an equal share"
    table = Table(title, ("Group", "Times its share"), rows, (False, True)) if rows else None
    return Section("Who carries the loss", words, table)


def _lenses(decision: Decision) -> Table:
    rows = tuple((each.lens, f"{each.forgone * 100:.1f} %") for each in decision.lenses)
    return Table("What the chosen plan forgoes of each lens's gain", ("Lens", "Forgone"), rows, (False, True))


def _promises(decision: Decision, shown: Shown) -> tuple[str, ...]:
    told = tuple(
        f"{each.code}: \u201c{each.clause}\u201d {_state(each.state, shown)}. {each.drop}".strip()
        for each in decision.promises
    )
    return told or ("No promise is on the list of this scenario.",)


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
