"""One visitor's work while a page is open: the only place that touches st.session_state."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from equity_alloc.domain.district import District
from equity_alloc.domain.errors import EquityAllocError, InvalidValue
from equity_alloc.domain.finding import Finding
from equity_alloc.domain.record import digest
from equity_alloc.formulas.use import FormulaUse
from equity_alloc.planning.plan import Result
from equity_alloc.scenario import Scenario, default_scenario
from equity_alloc.sources.base import Reading
from equity_alloc.sources.sample import sample_district, sample_reading
from equity_alloc.store.draft import Draft
from equity_alloc.store.drafts import StoreUnavailable
from equity_alloc.store.formula_desk import FormulaDesk
from equity_alloc.ui.cached import drafts, result_of
from equity_alloc.ui.visitor import current_visitor

_KEY = "equity-alloc"
MOST_STEPS_BACK = 50


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
    earlier : tuple of Scenario
        Steps that undo can take back, the latest last.
    desk : FormulaDesk
        What lies on the page Formula.
    earlier_desks : tuple of FormulaDesk
        The desk of each step that undo can take back.
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
    """

    visitor: str | None
    district: District
    district_digest: str
    findings: tuple[Finding, ...]
    own: Scenario
    scenario: Scenario
    saved: tuple[Scenario, ...] = ()
    earlier: tuple[Scenario, ...] = ()
    desk: FormulaDesk = FormulaDesk()
    earlier_desks: tuple[FormulaDesk, ...] = ()
    revision: int = 0
    typed: dict[str, Typed] = field(default_factory=dict)
    refused: tuple[Finding, ...] = ()
    notice: str = ""
    store_notice: str = ""
    reports: dict[str, Any] = field(default_factory=dict)
    opened: set[str] = field(default_factory=set)

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
        self.typed.clear()
        self.revision += 1
        self._go_to(scenario)

    def lay_out(self, desk: FormulaDesk, scenario: Scenario | None = None) -> None:
        """Go to another desk, and to the scenario that follows from it; every field shows its values."""
        self.typed.clear()
        self.revision += 1
        self._go_to(scenario or self.scenario, desk)

    def undo(self) -> None:
        """Take the last change back."""
        if not self.earlier:
            return
        (*before, last), (*desks, desk) = self.earlier, self.earlier_desks
        self.lay_out(desk, last)
        self.earlier, self.earlier_desks = tuple(before), tuple(desks)

    def save_as(self, name: str) -> None:
        """Keep the current choices under a name; one of the same name is replaced.

        Raises
        ------
        InvalidValue
            If the name is blank or too long.
        """
        name = name.strip()
        if not name or len(name) > 80:
            raise InvalidValue("Give the scenario a name of 1 to 80 characters.")
        self.add_saved(dataclasses.replace(self.scenario, name=name))

    def add_saved(self, scenario: Scenario) -> None:
        """Keep a scenario in the place of one with the same name."""
        self.saved = (*(other for other in self.saved if other.name != scenario.name), scenario)
        self.keep()

    def delete_saved(self, name: str) -> None:
        """Delete a saved scenario."""
        self.saved = tuple(other for other in self.saved if other.name != name)
        self.keep()

    def rename_saved(self, name: str, new: str) -> None:
        """Give a saved scenario another name.

        Raises
        ------
        InvalidValue
            If the new name is blank, too long or taken.
        """
        new = new.strip()
        if not new or len(new) > 80 or any(other.name == new for other in self.saved if other.name != name):
            raise InvalidValue("Give the scenario a name of 1 to 80 characters that no other saved scenario has.")
        self.saved = tuple(
            dataclasses.replace(other, name=new) if other.name == name else other for other in self.saved
        )
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
        self.saved, self.earlier, self.earlier_desks = (), (), ()
        self.typed.clear()
        self.opened.clear()
        self.reports.clear()
        self.revision += 1
        self.notice = notice
        self.keep()
        return True

    def forget(self) -> None:
        """Delete what the server keeps for this visitor and go back to the sample."""
        store = drafts()
        try:
            if store is not None and self.visitor is not None:
                store.forget(self.visitor)
        except StoreUnavailable as error:
            self.notice = str(error)
            return
        fresh = _sample_session(self.visitor)
        for item in dataclasses.fields(fresh):
            setattr(self, item.name, getattr(fresh, item.name))
        self.notice = "Your data and scenarios were deleted from this server. The sample district is shown."

    def keep(self) -> None:
        """Store the draft, so that a reload finds it."""
        store = drafts()
        if self.visitor is None or store is None:
            return
        draft = Draft(self.district, self.findings, self.own, self.scenario, self.saved, self.desk)
        try:
            store.save(self.visitor, draft, self.district_digest)
        except StoreUnavailable as error:
            self.store_notice = str(error)
        else:
            self.store_notice = ""

    def _go_to(self, scenario: Scenario, desk: FormulaDesk | None = None) -> None:
        desk = desk or self.desk
        if (scenario, desk) == (self.scenario, self.desk):
            return
        self.earlier = (*self.earlier, self.scenario)[-MOST_STEPS_BACK:]
        self.earlier_desks = (*self.earlier_desks, self.desk)[-MOST_STEPS_BACK:]
        self.scenario, self.desk = scenario, desk
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
    return session


def _sample_session(visitor: str | None) -> Session:
    reading, district = sample_reading(), sample_district()
    own = reading.scenario or default_scenario(district)
    return Session(visitor, district, digest(district), reading.findings, own, own)
