"""One visitor's work while a page is open: the only place that touches st.session_state."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from equity_alloc.domain.district import District
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.finding import Finding
from equity_alloc.domain.record import digest
from equity_alloc.formulas.use import FormulaUse
from equity_alloc.planning.plan import Result
from equity_alloc.scenario import Scenario, default_scenario
from equity_alloc.sources.base import Reading
from equity_alloc.sources.sample import sample_district, sample_reading
from equity_alloc.store.compared import Compared
from equity_alloc.store.draft import Draft
from equity_alloc.store.drafts import StoreUnavailable
from equity_alloc.store.export_desk import ExportDesk
from equity_alloc.store.fall_desk import FallDesk
from equity_alloc.store.formula_desk import FormulaDesk
from equity_alloc.store.steps import MOST_STEPS, Step
from equity_alloc.ui.cached import arrivals, decisions, drafts, ledger, releases, result_of
from equity_alloc.ui.export_shelf import clear_shelf
from equity_alloc.ui.scenario_names import true_name
from equity_alloc.ui.visitor import current_visitor

_KEY, NOT_FORGOTTEN = "equity-alloc", "not-forgotten"


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in a field that could not be taken, and why."""

    value: Any
    sentence: str


@dataclass
class Session:
    """What one visitor works on.

    Parameters
    ----------
    visitor : str or None
        Key of the visitor in the store; None where the browser keeps no cookies.
    district : District
    district_digest : str
    findings : tuple of Finding
        Warnings and notes that travel with the district.
    own : Scenario
        The choices that came with the district.
    scenario : Scenario
    saved : tuple of Scenario
    earlier : tuple of Step
        What undo can take back, the latest last.
    desk : FormulaDesk
        What lies on the page Formula.
    compared : Compared
        The two sides of the page Compare.
    fall : FallDesk
        What lies on the page Fall counts.
    exports : ExportDesk
        What lies on the page Export.
    revision : int
        Counts changes that did not come from a field, so that fields show the new values.
    typed : dict of str to Typed
        Fields whose text could not be taken, by field name.
    refused : tuple of Finding
        What kept the last file from being loaded.
    notice : str
        What happened last, for the status line of the page Start.
    store_notice : str
        Why work is not kept, where it is not.
    reports : dict
        What small tools on a page found last, by name.
    opened : set of str
        Lines of the page Rules that are open for changes.
    newest : int
        Number of the rule that was added last; 0 once rules may have other numbers.
    decided : dict
        Records of decisions and what is being written, by the district's name; see `decision_work`.
    """

    visitor: str | None
    district: District
    district_digest: str
    findings: tuple[Finding, ...]
    own: Scenario
    scenario: Scenario
    saved: tuple[Scenario, ...] = ()
    earlier: tuple[Step, ...] = ()
    desk: FormulaDesk = FormulaDesk()
    compared: Compared = Compared()
    fall: FallDesk = FallDesk()
    exports: ExportDesk = ExportDesk()
    revision: int = 0
    typed: dict[str, Typed] = field(default_factory=dict)
    refused: tuple[Finding, ...] = ()
    notice: str = ""
    store_notice: str = ""
    reports: dict[str, Any] = field(default_factory=dict)
    opened: set[str] = field(default_factory=set)
    newest: int = 0
    decided: dict[str, Any] = field(default_factory=dict)

    @property
    def is_changed(self) -> bool:
        """Whether the choices differ from those that came with the district."""
        return self.scenario != self.own

    @property
    def formula(self) -> FormulaUse | None:
        """The formula that is looked at: the scenario's own, else the one on the desk."""
        return self.scenario.formula or self.desk.formula

    def result(self, scenario: Scenario | None = None) -> Result:
        """Return the plan of a scenario of this district, the current one unless another is named.

        Raises
        ------
        EquityAllocError
        """
        return result_of(self.district, self.district_digest, scenario or self.scenario)

    def result_or_none(self, scenario: Scenario) -> Result | None:
        """Return the plan of a scenario, or None where it asks for what the district does not have."""
        try:
            return self.result(scenario)
        except EquityAllocError:
            return None

    def attempt(self, name: str, value: Any, make: Callable[[], Scenario]) -> None:
        """Take a field's new value, or keep what was typed together with the sentence that says why it cannot be."""
        try:
            scenario = make()
            scenario.apply(self.district)
        except EquityAllocError as error:
            self.typed[name] = Typed(value, str(error))
            return
        self.typed.pop(name, None)
        self._go_to(scenario)

    def choose(self, scenario: Scenario) -> None:
        """Go to another scenario; every field shows its values."""
        self._renew_fields()
        self._go_to(scenario)

    def lay_out(self, desk: FormulaDesk, scenario: Scenario | None = None) -> None:
        """Go to another desk, and to the scenario that follows from it; every field shows its values."""
        self._renew_fields()
        self._go_to(scenario or self.scenario, desk)

    def undo(self) -> None:
        """Take the last change back."""
        if not self.earlier:
            return
        *before, last = self.earlier
        self._renew_fields()
        self._take(last, tuple(before))

    def name_current(self, name: str) -> None:
        """Go on with the same choices under another name, which undo passes over; what was typed stays in its field."""
        self.revision += 1
        self._take(Step(dataclasses.replace(self.scenario, name=name), self.desk), self.earlier)

    def compare(self, compared: Compared) -> None:
        """Lay two other sides beside each other."""
        self.compared = compared
        self.keep()

    def count(self, fall: FallDesk) -> None:
        """Go on with other fall counts, another adopted plan or other terms."""
        self.fall = fall
        self.keep()

    def hand_over(self, exports: ExportDesk) -> None:
        """Go on with other open business or account codes."""
        self.exports = exports
        self.keep()

    def load(self, reading: Reading, notice: str) -> bool:
        """Take a district that was read; with errors the earlier district stays, and only the findings are kept."""
        if reading.district is None:
            self.refused = reading.findings
            self.notice = ""
            return False
        own = reading.scenario or default_scenario(reading.district)
        self.district, self.district_digest = reading.district, digest(reading.district)
        self.findings, self.refused = reading.findings, ()
        self.own = self.scenario = own
        self.saved, self.earlier, self.compared, self.fall = (), (), Compared(), FallDesk()
        # Account codes are the district's own, also when its file comes again; open business was of the plan before.
        self.exports = dataclasses.replace(self.exports, unfinished="", made=())
        self.opened.clear()
        self.reports.clear()
        self._renew_fields()
        self.notice = notice
        self.keep()
        return True

    def forget(self) -> None:
        """Delete what the server keeps for this visitor and go back to the sample."""
        store = drafts()
        try:
            if store is not None and self.visitor is not None:
                store.forget(self.visitor)
            for others in (arrivals(), ledger(), decisions(), releases()):
                if others is not None and self.visitor is not None:
                    others.forget(self.visitor)
        except StoreUnavailable as error:
            self.notice, self.reports[NOT_FORGOTTEN] = "", str(error)
            return
        clear_shelf(self.visitor)
        fresh = _sample_session(self.visitor)
        for item in dataclasses.fields(fresh):
            setattr(self, item.name, getattr(fresh, item.name))
        self.notice = "Your data and scenarios were deleted from this server. The sample district is shown."

    def keep(self) -> None:
        """Store the draft, so that a reload finds it."""
        store = drafts()
        if self.visitor is None or store is None:
            return
        draft = Draft(
            self.district,
            self.findings,
            self.own,
            self.scenario,
            self.saved,
            self.desk,
            self.earlier,
            self.compared,
            self.fall,
            self.exports,
        )
        try:
            store.save(self.visitor, draft, self.district_digest)
        except StoreUnavailable as error:
            self.store_notice = str(error)
        else:
            self.store_notice = ""

    def _renew_fields(self) -> None:
        self.typed.clear()
        self.revision += 1
        self.newest = 0

    def _go_to(self, scenario: Scenario, desk: FormulaDesk | None = None) -> None:
        here, there = Step(self.scenario, self.desk), Step(scenario, desk or self.desk)
        if here != there:
            self._take(there, (*self.earlier, here)[-MOST_STEPS:])

    def _take(self, step: Step, earlier: tuple[Step, ...]) -> None:
        self.scenario = true_name(step.scenario, (self.own, *self.saved))
        self.desk, self.earlier = step.desk, earlier
        self.keep()


def current() -> Session:
    """Return this visitor's session, restored from the store on the first run of a page."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = _open()
    found: Session = st.session_state[_KEY]
    return found


def field_value(key: str) -> Any:
    """Return what stands in a field; for use in callbacks."""
    return st.session_state.get(key)


def _open() -> Session:
    visitor, store = current_visitor(), drafts()
    session = _sample_session(visitor)
    if visitor is None or store is None:
        return session
    try:
        draft = store.load(visitor)
    except EquityAllocError as error:
        session.store_notice = f"{error} The sample district is shown."
        return session
    if draft is not None:
        session.district, session.district_digest = draft.district, digest(draft.district)
        session.findings, session.own = draft.findings, draft.own
        session.scenario, session.saved, session.desk = draft.scenario, draft.saved, draft.desk
        session.earlier, session.compared, session.fall = draft.earlier, draft.compared, draft.fall
        session.exports = draft.exports
    return session


def _sample_session(visitor: str | None) -> Session:
    reading, district = sample_reading(), sample_district()
    own = reading.scenario or default_scenario(district)
    return Session(visitor, district, digest(district), reading.findings, own, own)
