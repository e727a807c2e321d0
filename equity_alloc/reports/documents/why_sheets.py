"""The why sheets: one page for each school, with its figures, its reason, its posts and its pupils."""

from __future__ import annotations

from equity_alloc.reports.document import Document, Dossier, Readers
from equity_alloc.reports.draft import draft_line
from equity_alloc.reports.paper import paper
from equity_alloc.reports.school_story import neighbors_chart, school_sections
from equity_alloc.reports.section import Section


def _write(dossier: Dossier) -> bytes:
    sections: list[Section] = []
    breaks = []
    for reason in dossier.reasons:
        if sections:
            breaks.append(len(sections))
        sections.extend(school_sections(dossier, reason))
        # A sheet without posts has room for the picture of schools like it.
        beside = None if dossier.knows_posts else neighbors_chart(dossier, reason.row)
        sections.extend([beside] if beside else [])
    return paper(
        dossier.title,
        f"Why sheets, one page for each school. {dossier.plan.scenario.name}",
        draft_line(dossier.draft),
        sections,
        breaks=breaks,
        size=10,
        repeat=True,
        footer=told_apart(dossier),
    )


def told_apart(dossier: Dossier) -> str:
    """Say on every sheet, which is read apart from the others, whose proposal it is."""
    invented = " This district is invented." if dossier.plan.district.invented else ""
    return f"{dossier.title}. Why sheet. {dossier.plan.scenario.name}.{invented}"


DOCUMENT = Document(
    "why-sheets",
    "Why sheets",
    "One page for each school: where it stands, what changes, and why. For principals and families.",
    Readers.PUBLIC,
    40,
    ".pdf",
    "application/pdf",
    _write,
)
