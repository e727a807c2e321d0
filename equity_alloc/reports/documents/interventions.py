"""The interventions: each traced from its gap to its stop rule. It names counts of pupils, so it is internal."""

from __future__ import annotations

from equity_alloc.domain.action import Actions
from equity_alloc.domain.errors import NothingToTell
from equity_alloc.reports.action_rows import action_sections
from equity_alloc.reports.document import Document, Dossier, Readers
from equity_alloc.reports.draft import draft_line
from equity_alloc.reports.paper import paper


def _write(dossier: Dossier) -> bytes:
    if dossier.plan.scenario.actions == Actions():
        raise NothingToTell("No cause is named and no money is set aside for interventions.")
    return paper(
        dossier.title,
        f"Interventions, from the gap to the stop rule. {dossier.plan.scenario.name}",
        draft_line(dossier.draft),
        action_sections(dossier.plan.district, dossier.actions),
        size=10,
    )


DOCUMENT = Document(
    "interventions",
    "Interventions",
    "What is bought where behind which cause, how sure it is, what it costs, and when to stop. For those who answer for it.",
    Readers.INTERNAL,
    75,
    ".pdf",
    "application/pdf",
    _write,
)
