"""What is on record of the decision on a plan, as lines of the workbook; the run record carries them, so that it can be made again."""

from __future__ import annotations

from equity_alloc.decisions.assessment import ASSESSMENT_LABELS
from equity_alloc.decisions.book import Book
from equity_alloc.decisions.decision import DECISION_LABELS, Decision
from equity_alloc.domain.day import days_in_words
from equity_alloc.domain.fte import print_fte
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.planning.baseline import knows_posts
from equity_alloc.planning.plan import Plan
from equity_alloc.reports.live_sheet import LiveSheet, text
from equity_alloc.sources.tables import DECIDED

Lines = tuple[tuple[str, str], ...]
_NOTHING = "Nothing is on record of this plan."
#: The first line where the plan is assessed and nobody has decided on it.
NOT_DECIDED = ("Decision", "No decision on this plan is on record.")
#: What stands in the place of the time of an assessment that does not come before the decision.
LATE, MISSING = "AFTER the decision", "none before the decision"


def decided_lines(book: Book | None, plan: Plan) -> Lines:
    """Return label and words of what is on record of the decision on a plan; empty where nothing is."""
    if book is None:
        return ()
    lines: list[tuple[str, str]] = []
    assessed, decided = book.assessment_of(plan.digest), book.decision_of(plan.digest)
    if decided is not None:
        lines += _decision(decided[1], with_posts=knows_posts(plan))
    if assessed is not None:
        if decided is None:
            lines.append(NOT_DECIDED)
        at = assessed[0].at
        lines.append(("Assessment complete at", f"{at[:10]} {at[11:16]} UTC"))
        lines += [(label, str(getattr(assessed[1], name))) for name, label in ASSESSMENT_LABELS.items()]
    if lines:
        lines.append(("Last fingerprint of the chain", book.chain[-1].hash))
    return tuple(lines)


def decided_sheet(lines: Lines) -> LiveSheet:
    """Return the sheet of the workbook."""
    rows = tuple((text(label), text(days_in_words(words))) for label, words in lines)
    title = "Who decided, between which options, and against whose dissent"
    return LiveSheet(DECIDED, title, ("What", "On record"), rows, (44, 110), nothing=_NOTHING)


def _decision(decision: Decision, *, with_posts: bool) -> list[tuple[str, str]]:
    lines = [(label, str(getattr(decision, name))) for name, label in DECISION_LABELS.items()]
    if decision.unsaid:
        lines.append(("Not said in a sentence", "; ".join(decision.unsaid)))
    before = decision.was_assessed_before
    if before is not True:
        lines.append(("Assessment", MISSING if before is None else LATE))
    for option in decision.options:
        name = f"Option: {option.name}{' (chosen)' if option.is_chosen else ''}"
        moved = f" {print_fte(option.moved)} FTE moved;" if with_posts else ""
        figures = (
            f"{print_dollars(option.given_up)} given up at {count_words(option.schools_giving_up, 'school')};{moved} "
            f"{count_words(option.rules_broken, 'rule')} broken and {count_words(option.promises_broken, 'promise')} not kept"
        )
        lines.append((name, figures))
    return lines
