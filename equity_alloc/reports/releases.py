"""From a plan's public documents to the release that the ledger keeps, and what earlier releases changed about them."""

from __future__ import annotations

from equity_alloc.reports.document import Dossier
from equity_alloc.reports.group_rules import group_rules
from equity_alloc.reports.holding import crossed_words
from equity_alloc.reports.public_shares import ToldCore, shared_funds
from equity_alloc.reports.release import Release, released_rule


def release_of(dossier: Dossier) -> Release:
    """Return what the public documents of a plan tell of student groups."""
    public, plan = dossier.public, dossier.plan
    levels = public.hidden.levels
    weights = ((need.group, need.weight) for need in plan.scenario.need_weights if need.weight)
    told = (each for each in group_rules(plan) if not each.number or each.number not in public.quiet)
    return Release(
        plan.scenario.name,
        tuple((place, count) for place, count in sorted(public.counts.items()) if place not in public.hidden.places),
        tuple(sorted(public.hidden.places)),
        tuple(group.code for group in public.groups if public.total(group.code) is not None),
        levels,
        tuple(sorted(weights)) if levels else (),
        tuple(sorted({released_rule(each) for each in told}, key=lambda each: (each.code, each.settings))),
        public.tied,
        _told_core(dossier),
    )


def _told_core(dossier: Dossier) -> ToldCore:
    """Return core dollars where counts of a hidden group share out a fund; nothing where there is nothing to compare."""
    hidden = {group for _, group in dossier.public.hidden.places}
    funds = tuple(fund for fund in shared_funds(dossier.plan) if fund.group in hidden)
    if not funds:
        return ToldCore()
    return ToldCore(tuple((row.code, row.counted_plan) for row in dossier.rows), funds)


def is_new(release: Release, earlier: tuple[Release, ...]) -> bool:
    """Whether a release tells anything else of student groups than those before it."""
    return release.digest not in {each.digest for each in earlier}


def changed_by_earlier(dossier: Dossier) -> str:
    """Return in words what is left out because of earlier releases, "" where nothing is.

    Raises
    ------
    InvalidValue
        If nothing can be public beside what was public before.
    """
    if not dossier.earlier:
        return ""
    now, alone = dossier.public, Dossier(dossier.plan).public
    more = len(now.hidden.places - alone.hidden.places)
    parts = []
    if alone.hidden.levels and not now.hidden.levels:
        parts.append("levels per weighted pupil and measures of them")
    if more:
        parts.append(f"{more} more count{'s' * (more != 1)} of student groups")
    if now.quiet - alone.quiet:
        parts.append("the ratio of a staffing rule")
    if not parts:
        return ""
    times = "1 set" if len(dossier.earlier) == 1 else f"{len(dossier.earlier)} sets"
    return (
        f"Beside {times} of public documents made before of this district and year, this one leaves out {' and '.join(parts)}: "
        "laid side by side they would give small counts away."
    )


def before_publishing(dossier: Dossier) -> str:
    """Return in words what whoever publishes a set must know of counts: what is left out more, what holds less, what nothing hides.

    Raises
    ------
    InvalidValue
        If nothing can be public beside what was public before.
    """
    public = dossier.public
    crossed = crossed_words(
        dossier.plan.view.district, public.counts, public.hidden.small, dossier.earlier, public.span
    )
    return " ".join(filter(None, (changed_by_earlier(dossier), public.holds_less, crossed)))
