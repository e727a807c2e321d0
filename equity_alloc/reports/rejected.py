"""What was looked at beside a plan and rejected: last year and other scenarios, each with why."""

from __future__ import annotations

from equity_alloc.domain.fte import print_fte
from equity_alloc.domain.number import count_words
from equity_alloc.planning.plan import Impossible, OutcomeKind, Plan, RuleReport
from equity_alloc.planning.summary import totals
from equity_alloc.reports.counts_told import public_title
from equity_alloc.reports.document import Dossier
from equity_alloc.reports.public_counts import HIDDEN, UNKNOWN
from equity_alloc.reports.section import Section, Table, dollars

#: What is always looked at beside a plan.
LAST_YEAR = "Keep last year"


def rejected_section(dossier: Dossier) -> Section:
    """Set last year and every other scenario beside the plan."""
    rows = [_alternative(dossier, dossier.plan, "This plan", dossier.plan.scenario.note), _last_year(dossier)]
    for other in dossier.rejected:
        if isinstance(other, Impossible):
            rows.append((other.scenario.name, "no plan", "", "", f"{_why_none(other)} {other.scenario.note}".strip()))
        else:
            rows.append(_alternative(dossier, other, other.scenario.name, other.scenario.note))
    alone = "No other scenario was handed over with this plan, so only last year stands here."
    if dossier.is_decided:
        alone = (
            "The options that were looked at before the decision stand in the decision record; here stands last year."
        )
    words = () if dossier.rejected else (alone,)
    headings = ("What", "Lowest level", "FTE moved", "Dollars given up", "Why, or why not")
    table = Table("The plan and what stands beside it", headings, tuple(rows), (False, True, True, True, False))
    table = table if dossier.knows_posts else table.without("FTE moved")
    return Section("What was rejected", words, table if dossier.public.hidden.levels else table.without("Lowest level"))


def rejected_in_short(dossier: Dossier) -> str:
    """Say in one sentence what was not chosen; the reasons stand in the section."""
    others = len(dossier.rejected)
    if _keeps_last_year(dossier):
        beside = f" Not chosen: {count_words(others, 'other scenario')}." if others else ""
        return f"The plan keeps last year as it is.{beside}"
    beside = f"{count_words(others, 'other scenario')}, and " if others else ""
    return f"Not chosen: {beside}keeping last year, which {_breaks(dossier)}."


def _keeps_last_year(dossier: Dossier) -> bool:
    """Whether the plan is last year's: as much money of each kind, and the same posts, at every school."""
    same = all(row.counted_today == row.counted_plan and row.other_today == row.other_plan for row in dossier.rows)
    return same and not (dossier.totals.fte_added or dossier.totals.fte_given_up)


def _breaks(dossier: Dossier) -> str:
    if isinstance(dossier.last_year, str):
        return "cannot be set beside this plan"
    broken = sum(1 for rule in dossier.last_year.rules if rule.breaches)
    return f"breaks {broken} rule{'s' * (broken != 1)}" if broken else _of_lowest(dossier)


def _of_lowest(dossier: Dossier) -> str:
    """Say what is left to say of last year where it breaks no rule; another goal, or money with a sharing rule, can bring levels down."""
    before, now = dossier.totals.lowest_today, dossier.totals.lowest_plan
    # Where levels are left out both read the same, and nothing is said of them.
    falls = now < before and dossier.level(now) != dossier.level(before)
    return "leaves the lowest school higher than this plan does" if falls else "leaves the lowest school where it is"


def _why_none(other: Impossible) -> str:
    """Name the rules without their amounts here, which would tell counts of pupils."""
    rules = [other.scenario.rules[number - 1] for number in other.conflict]
    if other.outcome is not OutcomeKind.IMPOSSIBLE or not rules:
        return (
            "No plan was found for it." if other.outcome is OutcomeKind.IMPOSSIBLE else "The search for it did not end."
        )
    view = other.scenario.view(other.district)
    told = [
        public_title(view.titles[number - 1], view.scenario.rules[number - 1], view.district)
        for number in other.conflict
    ]
    if len(told) == 1:
        return f"This cannot be kept, even alone: {told[0]}."
    return f"These cannot all hold: {'; '.join(dict.fromkeys(told))}."


def _alternative(dossier: Dossier, plan: Plan, name: str, note: str) -> tuple[str, ...]:
    sums = totals(plan)
    broken = [rule for rule in plan.certificate.rules if rule.breaches]
    breaks = f"Breaks {len(broken)} rule{'s' * (len(broken) != 1)}. " if broken else ""
    why = f"{breaks}{note or _unsaid(dossier, plan)}"
    # Another scenario's weights would give away more about counts than the plan's own; another yardstick is none here.
    lowest = dossier.level(sums.lowest_plan)
    if plan.scenario.need_weights != dossier.plan.scenario.need_weights:
        lowest = "other weights"
    elif (plan.scenario.basis, plan.scenario.formula) != (dossier.plan.scenario.basis, dossier.plan.scenario.formula):
        lowest = "other levels"
    # Sums over the schools of another plan would tell apart what this one tells as an estimate.
    moved_dollars = dollars(sums.dollars_moved)
    if dossier.estimated:
        moved_dollars = dollars(dossier.totals.dollars_moved) if plan is dossier.plan else HIDDEN
    moved = print_fte(sums.fte_added + sums.fte_given_up) if dossier.knows_posts else UNKNOWN
    return (name, lowest, moved, moved_dollars, why)


def _unsaid(dossier: Dossier, plan: Plan) -> str:
    """Say what is known of why, where nobody has written it down."""
    if plan is not dossier.plan:
        return "Why it was not chosen is not written down."
    if dossier.is_decided:
        return "It was decided on for the reasons on record."
    goal = plan.scenario.objective.title
    return f"It is what its goal asks for under these rules: {goal[:1].lower()}{goal[1:]}. No other reason is written down."


def _last_year(dossier: Dossier) -> tuple[str, ...]:
    certificate = dossier.last_year
    if isinstance(certificate, str):
        return (LAST_YEAR, "", "", "", certificate)
    broken = [rule for rule in certificate.rules if rule.breaches]
    untested = len(certificate.not_testable)
    why = f"It keeps every rule, and {_of_lowest(dossier)}."
    if _keeps_last_year(dossier):
        why = "This plan does just that."
    if untested:
        why = f"It breaks no rule that can be tested ({untested} cannot), and {_of_lowest(dossier)}."
    if broken:
        named = "; ".join(f"rule {rule.number}, {_here(dossier, rule)}" for rule in broken[:3])
        more = f"; and {len(broken) - 3} more" if len(broken) > 3 else ""
        why = f"It breaks {len(broken)} rule{'s' * (len(broken) != 1)}: {named}{more}."
    return (
        LAST_YEAR,
        dossier.level(dossier.totals.lowest_today),
        print_fte(0) if dossier.knows_posts else UNKNOWN,
        dollars(0),
        why,
    )


def _here(dossier: Dossier, report: RuleReport) -> str:
    """Return what a rule is called among the others of the scenario, as the public may read it."""
    return public_title(report.title, dossier.plan.scenario.rules[report.number - 1], dossier.plan.view.district)
