"""A draft: the district a visitor works on and the choices made so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from equity_alloc.domain.district import District
from equity_alloc.domain.errors import StoredFormat
from equity_alloc.domain.finding import Finding
from equity_alloc.domain.record import from_plain, to_plain
from equity_alloc.scenario import Scenario, scenario_from_plain
from equity_alloc.store.compared import Compared
from equity_alloc.store.export_desk import ExportDesk
from equity_alloc.store.fall_desk import FallDesk
from equity_alloc.store.formula_desk import FormulaDesk
from equity_alloc.store.steps import Step, steps_from_plain, steps_plain

FORMAT = 1


@dataclass(frozen=True)
class Draft:
    """Everything that a reload of the page brings back.

    Parameters
    ----------
    district : District
    findings : tuple of Finding
        Warnings and notes that travel with the district.
    own : Scenario
        The choices that came with the district.
    scenario : Scenario
        The choices as they are now.
    saved : tuple of Scenario
        Kept under a name of their own.
    desk : FormulaDesk
        What lies on the page Formula.
    earlier : tuple of Step
        What undo can take back, the latest last; the oldest are left out where they take too much room.
    compared : Compared
    fall : FallDesk
        What lies on the page Fall counts.
    exports : ExportDesk
        What lies on the page Export.
    """

    district: District
    findings: tuple[Finding, ...]
    own: Scenario
    scenario: Scenario
    saved: tuple[Scenario, ...] = ()
    desk: FormulaDesk = FormulaDesk()
    earlier: tuple[Step, ...] = ()
    compared: Compared = Compared()
    fall: FallDesk = FallDesk()
    exports: ExportDesk = ExportDesk()

    @property
    def data_plain(self) -> dict[str, Any]:
        """The district and its findings as plain data."""
        return {"format": FORMAT, "district": to_plain(self.district), "findings": to_plain(self.findings)}

    @property
    def choices_plain(self) -> dict[str, Any]:
        """The scenarios as plain data."""
        return {
            "format": FORMAT,
            "own": self.own.plain,
            "scenario": self.scenario.plain,
            "saved": [scenario.plain for scenario in self.saved],
            "desk": to_plain(self.desk),
            "earlier": steps_plain(self.earlier),
            "compared": to_plain(self.compared),
            "fall": to_plain(self.fall),
            "exports": to_plain(self.exports),
        }


def draft_from_plain(data: Any, choices: Any) -> Draft:
    """Return the draft that two plain parts stand for.

    Raises
    ------
    StoredFormat, UnknownCode, InvalidValue
        With a sentence fit for a visitor.
    """
    parts = (data, choices)
    if any(not isinstance(part, dict) or part.get("format") != FORMAT for part in parts):
        raise StoredFormat(
            "The work kept on this server was written by another version and cannot be read by this one."
        )
    try:
        return Draft(
            district=from_plain(District, data["district"]),
            findings=tuple(from_plain(Finding, item) for item in data["findings"]),
            own=scenario_from_plain(choices["own"]),
            scenario=scenario_from_plain(choices["scenario"]),
            saved=tuple(scenario_from_plain(item) for item in choices["saved"]),
            # Work kept before there were formulas has no desk, and before undo was kept no steps.
            desk=from_plain(FormulaDesk, choices["desk"]) if "desk" in choices else FormulaDesk(),
            earlier=steps_from_plain(choices.get("earlier", ())),
            compared=from_plain(Compared, choices["compared"]) if "compared" in choices else Compared(),
            fall=from_plain(FallDesk, choices["fall"]) if "fall" in choices else FallDesk(),
            exports=from_plain(ExportDesk, choices["exports"]) if "exports" in choices else ExportDesk(),
        )
    except KeyError as error:
        raise StoredFormat(f"The work kept on this server cannot be read: {error} is missing.") from error
