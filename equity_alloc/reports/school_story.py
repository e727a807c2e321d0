"""One school in public: where it stands, what changes, the pupils behind it, and why; for sheets, letters and pages."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from equity_alloc.domain.fte import print_fte
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import print_number
from equity_alloc.planning.baseline import baseline, knows_posts
from equity_alloc.planning.reason import Reason
from equity_alloc.planning.reason_words import public_reason, share_words
from equity_alloc.planning.summary import SchoolRow, post_changes
from equity_alloc.reports.chart import level_chart
from equity_alloc.reports.document import Dossier
from equity_alloc.reports.public_money import ESTIMATE
from equity_alloc.reports.section import Section, Table, dollars, signed, signed_fte
from equity_alloc.reports.story import core_words, status_words
from equity_alloc.scenario import LevelBasis


def school_sections(dossier: Dossier, reason: Reason) -> tuple[Section, ...]:
    """Return what the public may read about one school, on one page."""
    row = reason.row
    why = public_reason(dossier.plan, reason, with_levels=dossier.public.hidden.levels)
    return (
        Section(
            f"{reason.name}: where it stands",
            (f"{_standing(dossier, reason)} {status_words(dossier)}",),
            _figures(dossier, row),
        ),
        # Why a school gains tells what others give up together, which may rest on estimates though its own amount is exact.
        Section("Why", tuple(each for each in (why, core_words(dossier), *dossier.money_note) if each)),
        *((Section("Posts", (), _posts(dossier, row)),) if dossier.knows_posts else ()),
        Section("Its pupils", tuple(_arithmetic(dossier, row)), _pupils(dossier, row)),
    )


def neighbors_chart(dossier: Dossier, row: SchoolRow) -> Section | None:
    """Return the school among those of its kind, or None where levels are hidden."""
    if not dossier.public.hidden.levels:
        return None
    alike = [each for each in dossier.rows if each.kind == row.kind]
    is_alone = len(alike) == 1
    if is_alone:
        # The only school of its kind stands among all.
        alike = list(dossier.rows)
    near = sorted(alike, key=lambda each: (each.code != row.code, abs((each.level_plan or 0) - (row.level_plan or 0))))[
        :10
    ]
    ordered = sorted(near, key=lambda each: each.level_plan or 0)
    chart = level_chart(ordered, dossier.plan.view.levels.unit, own=row.name)
    title = "Beside other schools" if is_alone else f"Beside other {row.kind or 'like'} schools"
    return Section(title, (), None, chart)


def _standing(dossier: Dossier, reason: Reason) -> str:
    row, change = reason.row, reason.change
    if not change:
        return "The school keeps exactly the core money that it had last year."
    how = "more" if change > 0 else "less"
    share = f" ({share_words(reason)})" if row.counted_today else ""
    estimate = f" {ESTIMATE}" if row.code in dossier.estimated else ""
    before = baseline(dossier.plan) if knows_posts(dossier.plan) else "it had last year"
    return f"The {dossier.called} gives it {dollars(abs(change))}{share} {how} core money than {before}.{estimate}"


def _figures(dossier: Dossier, row: SchoolRow) -> Table:
    pupils = row.enrollment
    rows = [
        ("Core dollars", dollars(row.counted_today), dollars(row.counted_plan), signed(row.counted_change)),
    ]
    if dossier.knows_posts:
        rows.append(("Posts, FTE", print_fte(row.fte_today), print_fte(row.fte_plan), signed_fte(row.fte_change)))
    if pupils:
        before, now = round(row.counted_today / pupils), round(row.counted_plan / pupils)
        rows.append(("Core dollars per pupil", dollars(before), dollars(now), signed(now - before)))
    weighted = any(need.weight for need in dossier.plan.scenario.need_weights)
    same = dossier.plan.scenario.basis is LevelBasis.WEIGHTED_PUPIL and not weighted and pupils
    if row.level_today is not None and row.level_plan is not None and dossier.public.hidden.levels and not same:
        shares = dossier.plan.view.levels.unit.startswith("share")
        change = row.level_plan - row.level_today
        moved = f"{change * 100:+.1f} points" if shares else signed(round(change * 100))
        unit = dossier.plan.view.levels.unit
        rows.append((f"Core {unit}", dossier.level(row.level_today), dossier.level(row.level_plan), moved))
    title = f"Last year, the {dossier.called}, and the change; rounded figures may not add up"
    return Table(title, _headings(dossier, "What"), tuple(rows), (False, True, True, True))


def _headings(dossier: Dossier, what: str) -> tuple[str, ...]:
    return (what, "Last year", dossier.called.capitalize(), "Change")


def _posts(dossier: Dossier, row: SchoolRow) -> Table:
    rows = tuple(
        (each.title, print_fte(each.today), print_fte(each.plan), signed_fte(each.plan - each.today))
        for each in post_changes(dossier.plan, row.code)
        if each.is_position
    )
    title = "Posts by position, FTE; 1.00 is one full-time post"
    return Table(title, _headings(dossier, "Position"), rows, (False, True, True, True))


def _pupils(dossier: Dossier, row: SchoolRow) -> Table:
    public = dossier.public
    weights = {need.group: need.weight for need in dossier.plan.scenario.need_weights}
    digits = _digits(dossier)
    rows = [("All pupils", f"{row.enrollment:,}", f"{1:.{digits}f}")]
    for group in public.groups:
        weight = weights.get(group.code)
        told = "" if weight is None else f"{float(weight):.{digits}f}"
        rows.append((group.title, public.cell(row.code, group.code), told))
    title, headings = (
        "Pupils, and what each counts: 1, and more by the weight of each group",
        ("Group", "Pupils", "Weight"),
    )
    if not any(weights.values()):
        return Table("Pupils", headings, tuple(rows), (False, True, True)).without("Weight")
    return Table(title, headings, tuple(rows), (False, True, True))


def _digits(dossier: Dossier) -> int:
    """Return how many digits behind the point every weight is told with: as many as the finest has."""
    weights = (need.weight for need in dossier.plan.scenario.need_weights)
    return max((len(print_number(weight).partition(".")[2]) for weight in weights), default=0)


def _arithmetic(dossier: Dossier, row: SchoolRow) -> Iterator[str]:
    """Say how the level comes about; where a count is hidden, the weights stand there as one number."""
    public, plan = dossier.public, dossier.plan
    if any((row.code, group.code) in public.hidden.places for group in public.groups):
        yield public.note
    if not public.hidden.levels or plan.scenario.basis is not LevelBasis.WEIGHTED_PUPIL or row.level_plan is None:
        return
    shown = {n.group: public.shown(row.code, n.group) for n in plan.scenario.need_weights if n.weight}
    titles = {group.code: group.title for group in public.groups}
    if all(count is not None for count in shown.values()):
        parts = [
            f"{float(need.weight):.{_digits(dossier)}f} x {shown[need.group]} {titles[need.group]}"
            for need in plan.scenario.need_weights
            if shown.get(need.group)
        ]
        sum_of = " + ".join([f"{row.enrollment:,} pupils", *parts])
    else:
        extra = plan.view.weighted_pupils[row.code] - Fraction(row.enrollment)
        sum_of = f"{row.enrollment:,} pupils + {float(extra):,.2f} for all student-need weights together"
    money = print_dollars(row.counted_plan, with_cents=True)
    level = print_dollars(round(row.level_plan * 100), with_cents=True)
    if not shown:
        yield f"No need weight is set, so each pupil counts once: {money} / {row.enrollment:,} pupils = {level} per pupil."
        return
    yield (
        f"{sum_of} = {row.weighted_pupils:,.2f} weighted pupils; {money} / {row.weighted_pupils:,.2f} = "
        f"{level} per weighted pupil."
    )
