"""The federal tests with the worksheets that a state asks for: Title I, comparability, effort, dollars per pupil."""

from __future__ import annotations

from equity_alloc.compliance.family import comply
from equity_alloc.reports.compliance_workbook import compliance_workbook
from equity_alloc.reports.document import Document, Dossier, Readers


def _write(dossier: Dossier) -> bytes:
    plan = dossier.plan
    judged = comply(plan.district, plan.scenario, plan.allocation)
    return compliance_workbook(plan.district, judged, plan.scenario.name, dossier.draft, rules=plan.certificate.rules)


DOCUMENT = Document(
    "federal-worksheets",
    "Title I and comparability worksheets",
    "Every federal test with its verdict and its worksheet, for the state and the auditor.",
    Readers.INTERNAL,
    100,
    ".xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    _write,
)
