"""Position control: every post at every school, last year and in the plan, what is added, given up or vacant."""

from __future__ import annotations

from collections.abc import Iterator

from equity_alloc.domain.csv_text import csv_bytes
from equity_alloc.domain.errors import NothingToTell
from equity_alloc.reports.document import Document, Dossier, Readers
from equity_alloc.reports.draft import statuses
from equity_alloc.sources.cell_words import dollars, posts

_HEADINGS = (
    "School", "School name", "Position", "Title", "FTE last year", "Vacant last year", "FTE in the plan", "Change",
    "Vacant given up", "Filled given up", "What happens", "Cost per FTE", "Dollars in the plan", "Paid by", "Status",
)  # fmt: skip


def _write(dossier: Dossier) -> bytes:
    if not dossier.knows_posts:
        raise NothingToTell("The data hold no posts: no position control.")
    return csv_bytes(_HEADINGS, _rows(dossier))


def _rows(dossier: Dossier) -> Iterator[tuple[str, ...]]:
    plan = dossier.plan
    district = plan.view.district
    status = statuses(dossier.draft)
    payers: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for (school, position, fund), cents in plan.allocation.pay:
        payers.setdefault((school, position), []).append((fund, cents))
    for key in sorted({*district.today.fte_of, *plan.allocation.fte_of}):
        school, position = key
        before, now = district.today.fte_of.get(key, 0), plan.allocation.fte_of.get(key, 0)
        vacant = min(before, district.vacant_of.get(key, 0)) if position in district.vacant_positions else None
        given_up = max(0, before - now)
        empty = None if vacant is None else min(given_up, vacant)
        what = "keep" if now == before else "add" if now > before else "give up"
        paid = payers.get(key, [])
        yield (
            school,
            district.school_of[school].name,
            position,
            district.position_of[position].title,
            posts(before),
            "not known" if vacant is None else posts(vacant),
            posts(now),
            posts(now - before),
            "not known" if empty is None else posts(empty),
            "not known" if empty is None else posts(given_up - empty),
            what,
            dollars(district.position_of[position].cost),
            dollars(sum(cents for _, cents in paid)),
            "; ".join(f"{fund} {dollars(cents)}" for fund, cents in paid),
            next(status),
        )


DOCUMENT = Document(
    "position-control",
    "Position control",
    "Every post at every school: kept, added or given up, vacant or filled, and which fund pays.",
    Readers.INTERNAL,
    85,
    ".csv",
    "text/csv",
    _write,
)
