"""Sections about inequities, their causes and what drove the plan, as the public may read them."""

from __future__ import annotations

import dataclasses

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.number import count_words
from equity_alloc.domain.policy import PolicyStatus
from equity_alloc.inequity.audit import Audit
from equity_alloc.inequity.drivers import drivers_of, statement
from equity_alloc.inequity.group_gap import Area, Certainty
from equity_alloc.inequity.public_gaps import PublicGap, public_gaps
from equity_alloc.inequity.register import number_of
from equity_alloc.inequity.threshold_words import HEADINGS as THRESHOLD_HEADINGS
from equity_alloc.inequity.threshold_words import how_tested, threshold_cells
from equity_alloc.planning.gap_cause_words import ERROR, SURE, cause_cells, figure_words, headline, how_found
from equity_alloc.planning.gap_cause_words import HEADINGS as CAUSE_HEADINGS
from equity_alloc.planning.gap_causes import GapCauses
from equity_alloc.planning.plan import Plan
from equity_alloc.reports.document import Dossier
from equity_alloc.reports.section import Section, Table

#: Above so many schools plans without each rule take minutes, and the documents say where to look instead.
MOST_SCHOOLS = 200
#: So many of the things that rest on a count are named.
NAMED = 3

GAP_HEADINGS = ("Area", "Compared", "Student group", "Group", "Others", "Gap", "How sure", "Year")
#: What is said of every gap in resources, once; and what then is not said again in each row.
_EACH_GAP = (
    "Group and Others are averages over all schools, in dollars per weighted pupil{posts}; a gap compares only schools of one kind, "
    "so it is not their difference."
)
_POSTS = " Posts are core posts per 100 weighted pupils."
_SAID = (", between schools of one kind", " per weighted pupil", "at average cost ")
#: Headings of columns that hold numbers, and stand at the right.
NUMBERS = {
    "Group", "Others", "Its share", "Alone", "Last", "Standard error", "Schools close", "Largest jump", "Crossed in a year",
}  # fmt: skip
POLICY_HEADINGS = ("Name", "Kind", "Source", "Can be changed by", "Effect on the gap of need", "Status", "Reason")
DRIVER_HEADINGS = ("Count of pupils", "What rests on it", "Why it may count", "Where that is written")


def drivers_section(plan: Plan) -> Section:
    """Return what drove the plan, with the purpose of every count."""
    rows = tuple(
        (each.title, _few(each.used_by), each.purpose, each.source) for each in drivers_of(plan.district, plan.scenario)
    )
    table = Table("Counts of pupils that the plan rests on", DRIVER_HEADINGS, rows, (False,) * len(DRIVER_HEADINGS))
    return Section("What drove this plan", statement(plan.district, plan.scenario), table)


def gaps_section(found: Audit, areas: tuple[Area, ...] = tuple(Area)) -> Section:
    """Return the gaps of the groups that may drive an allocation; what too few pupils stand behind without its figures."""
    rows = gap_cells(found, areas)
    left_out = sum(1 for row in rows if row[3] == "*")
    unseen = [area.value for area in found.unseen if area in areas]
    sentences = [
        (
            "A student group beside everybody outside it. A gap is a question and no verdict: it says that pupils of a group "
            "fare differently, not why. Shares are whole percent; below 5 % and above 95 % no figure is given."
        )
    ]
    if left_out:
        sentences.append(f"{left_out} comparisons are left out, because too few pupils stand behind them.")
    if unseen:
        sentences.append(
            f"The district has no counts of {' and '.join(unseen)} by student group, so nothing is said of it."
        )
    title = _gaps_title(areas)
    if not rows:
        return Section(title, tuple(sentences))
    table = Table(title, GAP_HEADINGS, rows, _numbers(GAP_HEADINGS))
    # What is the same in every row is said once; counts of the plan year have no year of their own.
    sure = {row[GAP_HEADINGS.index("How sure")] for row in rows}
    if len(sure) == 1 and len(rows) > 1:
        [alike] = sure
        counted = "Every figure here is of all pupils and of no sample, so chance has no part in it."
        sentences.append(counted if alike == Certainty.COUNTED.value else f"Every figure here is {alike}.")
        table = table.without("How sure")
    if len(areas) == 1:
        table = table.without("Area")
    resources = [row for row in rows if row[0] == Area.RESOURCES.value]
    if resources:
        posts = any(row[3][:1].isdigit() for row in resources)
        each = _EACH_GAP.format(posts=", posts at average cost" if posts else "") + (_POSTS if posts else "")
        sentences.append(each if len(areas) == 1 else f"Resources: {each}")
    if areas == (Area.RESOURCES,):
        table = dataclasses.replace(table, rows=tuple(tuple(map(_without_said, row)) for row in table.rows))
    return Section(title, tuple(sentences), table if any(row[-1] for row in rows) else table.without("Year"))


def _without_said(cell: str) -> str:
    """Return a cell without what the sentence above the table says of every gap."""
    for words in _SAID:
        cell = cell.replace(words, "")
    return cell


def _numbers(headings: tuple[str, ...]) -> tuple[bool, ...]:
    return tuple(heading in NUMBERS for heading in headings)


def _gaps_title(areas: tuple[Area, ...]) -> str:
    """Return the title, with the areas where not all of them are told."""
    named = "" if set(areas) == set(Area) else f" in {' and '.join(area.value for area in areas)}"
    return f"Gaps between student groups{named}"


def gap_cells(found: Audit, areas: tuple[Area, ...] = tuple(Area)) -> tuple[tuple[str, ...], ...]:
    """Return a row of text for each gap, resources first."""
    wanted = {area.value for area in areas}
    return tuple(_gap(each) for each in public_gaps(found) if each.area in wanted)


def causes_sections(dossier: Dossier) -> tuple[Section, ...]:
    """Return which rule causes how much of the gap between quarters of need and of schools below target."""
    plan = dossier.plan
    if len(plan.district.schools) > MOST_SCHOOLS:
        words = f"With more than {MOST_SCHOOLS} schools this is worked out on request: page Policies."
        return (Section("Which rule causes how much", (words,)),)
    try:
        found = dossier.gap_causes
    except EquityAllocError as error:
        return (Section("Which rule causes how much", (str(error),)),)
    titles = plan.view.titles
    sections = []
    for each in found:
        rows = cause_cells(each, titles)
        table = Table(each.figure.title, CAUSE_HEADINGS, rows, _numbers(CAUSE_HEADINGS)) if rows else None
        if table is not None and all(row[-1] in SURE for row in rows):
            table = table.without(ERROR)
        # Whose target it is, where nobody has said how much is enough, is told where schools below it are counted.
        basis = next((row.basis for row in dossier.measures if row.basis), "")
        said = (headline(each, titles), *((basis,) if basis and "target" in each.figure.title else ()))
        sections.append(Section(f"Which rule causes how much: {each.figure.title}", said, table))
    if found:
        sections.append(Section("How causes were found", (how_found(found[0]),)))
    sections += _register(plan, found)
    return tuple(sections)


def thresholds_section(dossier: Dossier) -> Section:
    """Return which rules have thresholds near schools."""
    plan, found = dossier.plan, dossier.thresholds
    if not found:
        return Section("Thresholds", ("No rule of the plan has a threshold that a few pupils would cross.",))
    rows = tuple(row[:-1] for row in threshold_cells(found, plan.district, plan.view.titles, public=True))
    headings = THRESHOLD_HEADINGS[:-1]
    table = Table("Rules with thresholds near schools", headings, rows, _numbers(headings))
    return Section("Thresholds: how much money jumps", (how_tested(),), table)


def policy_cells(plan: Plan, found: tuple[GapCauses, ...]) -> tuple[tuple[str, ...], ...]:
    """Return a row of text for each row of the register."""
    return tuple(
        (
            each.name,
            each.kind.value,
            each.source,
            each.changed_by.value,
            _effect(number_of(each, plan.scenario), found),
            each.status.value,
            each.reason,
        )
        for each in plan.scenario.policies
    )


def _register(plan: Plan, found: tuple[GapCauses, ...]) -> list[Section]:
    if not plan.scenario.policies:
        return []
    undecided = sum(1 for each in plan.scenario.policies if each.status is PolicyStatus.UNDECIDED)
    words = f"{count_words(len(plan.scenario.policies), 'row')}; of {undecided} it is not decided what is to become of them."
    rows = policy_cells(plan, found)
    table = Table("Register of policies", POLICY_HEADINGS, rows, (False,) * len(POLICY_HEADINGS))
    return [Section("Policies, practices and rules that were examined", (words,), table)]


def _effect(number: int | None, found: tuple[GapCauses, ...]) -> str:
    for each in found[:1]:
        for cause in each.causes:
            if cause.number == number:
                return figure_words(each, cause.share)
    return "not computed"


def _gap(each: PublicGap) -> tuple[str, ...]:
    return each.area, each.title, each.group, each.own, each.others, each.gap, each.certainty, each.year


def _few(used_by: tuple[str, ...]) -> str:
    more = f"; and {len(used_by) - NAMED} more" if len(used_by) > NAMED else ""
    return "; ".join(used_by[:NAMED]) + more
