"""Why a plan leaves as a draft: broken rules, rules that cannot be tested, no proof, money not voted, open business."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import repeat

from equity_alloc.commitments.scoreboard import scoreboard
from equity_alloc.decisions.book import Book
from equity_alloc.planning.plan import OutcomeKind, Plan, RuleReport
from equity_alloc.reports.counts_told import public_title
from equity_alloc.rules.fixed_posts import uncapped

MARK = "DRAFT"
#: What is known of a plan that is no draft; that is not yet a reason to adopt it.
IN_ORDER = "Every rule is kept, and the assessment is complete; whether to adopt the plan is the board's decision."


def draft_reasons(plan: Plan, unfinished: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return why a plan is no more than a draft, one sentence each; empty where nothing stands against adopting it.

    Parameters
    ----------
    plan : Plan
    unfinished : tuple of str
        Business that whoever hands the plan over knows to be open.
    """
    return (*_found(plan), *unfinished)


def assessment_reasons(plan: Plan, book: Book) -> tuple[str, ...]:
    """Return why a plan is a draft as long as nobody has assessed it; empty where the assessment is complete.

    Parameters
    ----------
    plan : Plan
    book : Book
        The records of decisions of its district.
    """
    if book.assessment_of(plan.digest) is not None:
        return ()
    begun = book.unfinished_assessment_of(plan.digest)
    if begun is not None:
        link, record = begun
        lacks = f"What is missing: {'; '.join(record.unsaid)}."
        return (
            f"The assessment on record of this plan (record {link.number}, Decision record) is not complete. {lacks}",
        )
    return (
        "No assessment of this plan is complete (Decision record): whom it touches, who was asked, and what changed because of that.",
    )


def never_assessed(plan: Plan) -> tuple[str, ...]:
    """Return why a plan is a draft where it leaves without any records of decisions, as from the command line.

    Parameters
    ----------
    plan : Plan
    """
    return assessment_reasons(plan, Book(plan.district.name))


def statuses(reasons: tuple[str, ...]) -> Iterator[str]:
    """Yield the status of each row of a file that has rows and no page: the first says why, where the plan is a draft.

    Examples
    --------
    >>> rows = statuses(("It breaks rule 3 (Gain cap).",))
    >>> next(rows), next(rows)
    ('DRAFT. This plan is not ready to be adopted. It breaks rule 3 (Gain cap).', 'DRAFT')
    """
    if reasons:
        yield draft_line(reasons)
    yield from repeat(MARK if reasons else "no rule broken, assessment complete")


def _found(plan: Plan) -> Iterator[str]:
    certificate = plan.certificate
    broken = [report for report in certificate.rules if report.breaches]
    if broken:
        yield f"It breaks {_listed([f'rule {report.number} ({_title(plan, report)})' for report in broken])}."
    untested = certificate.not_testable
    if untested:
        yield (
            f"{_listed([f'Rule {report.number} ({_title(plan, report)})' for report in untested])} could not be tested, because "
            "data are missing."
        )
    # Of a plan that breaks a rule it says nothing that none better was found.
    if plan.outcome is OutcomeKind.BEST_FOUND and not broken:
        yield "It is the best plan that was found; that there is no better one is not proven."
    if certificate.supposed:
        yield f"It rests on money that is supposed and not voted: {' '.join(certificate.supposed)}"
    for found in uncapped(plan.scenario.rules, plan.view.district, plan.allocation):
        yield (
            f"Some schools get more of {found.position.title} than every school had last year, and no rule says how many "
            "they may have: decide on it."
        )
    for standing in scoreboard(plan.district, plan.scenario, plan.allocation):
        if standing.state.is_open:
            # The amounts of the breach hold counts of pupils, and a draft's line stands in public documents too.
            yield (
                f"Commitment {standing.commitment.code} (\u201c{standing.commitment.clause}\u201d) is {standing.state.value}."
            )
    over = [fund.title for fund in certificate.funds if fund.unallocated < 0]
    if over:
        yield f"It spends more than is appropriated in {_listed(over)}."


def draft_line(reasons: tuple[str, ...]) -> str:
    """Return the line that stands on page one of a draft, "" where the plan is none.

    Examples
    --------
    >>> draft_line(("It breaks rule 3 (Gain cap).",))
    'DRAFT. This plan is not ready to be adopted. It breaks rule 3 (Gain cap).'
    """
    return f"{MARK}. This plan is not ready to be adopted. {' '.join(reasons)}" if reasons else ""


def _title(plan: Plan, report: RuleReport) -> str:
    """Return a rule's title without what would tell counts: a draft's line stands in public documents too."""
    return public_title(report.title, plan.scenario.rules[report.number - 1], plan.view.district)


def _listed(names: list[str]) -> str:
    few = names[:3]
    more = len(names) - len(few)
    return "; ".join(few) + (f"; and {more} more" if more else "")
