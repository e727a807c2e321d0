"""What all visitors share: plans by digest, the store, and one warm-up. Everything here is read-only."""

from __future__ import annotations

import gc
import logging
from dataclasses import dataclass

import streamlit as st

from equity_alloc.actions.choose import Chosen, choose
from equity_alloc.actions.settings import Settings
from equity_alloc.domain.district import District
from equity_alloc.domain.record import digest
from equity_alloc.inequity.audit import Audit, audit
from equity_alloc.planning.plan import Plan, Result
from equity_alloc.planning.reason import Reason, reasons
from equity_alloc.planning.search import plan
from equity_alloc.planning.summary import MeasureRow, SchoolRow, Totals, measure_rows, school_rows, totals
from equity_alloc.scenario import Scenario
from equity_alloc.store.arrivals import Arrivals
from equity_alloc.store.decisions import Decisions
from equity_alloc.store.drafts import Drafts, StoreUnavailable
from equity_alloc.store.ledger import Ledger
from equity_alloc.store.place import open_engine
from equity_alloc.store.releases import Releases

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Summary:
    """A plan's rows, measures and totals, and why each school gains or gives up."""

    rows: tuple[SchoolRow, ...]
    measures: tuple[MeasureRow, ...]
    totals: Totals
    reasons: tuple[Reason, ...]


def result_of(district: District, district_digest: str, scenario: Scenario) -> Result:
    """Return the plan of a scenario, or why there is none; made once for each pair of digests.

    Raises
    ------
    EquityAllocError
        If the scenario asks for what the district does not have.
    """
    return _result(district_digest, scenario.digest, district, scenario)


@st.cache_resource(max_entries=128, show_spinner="Making the plan and checking every rule ...")
def _result(district_digest: str, scenario_digest: str, _district: District, _scenario: Scenario) -> Result:
    return plan(_district, _scenario)


def summary_of(found: Plan) -> Summary:
    """Return the rows, measures and totals of a plan."""
    return _summary(found.digest, found)


@st.cache_resource(max_entries=128, show_spinner="Measuring ...")
def _summary(plan_digest: str, _plan: Plan) -> Summary:
    return Summary(school_rows(_plan), measure_rows(_plan), totals(_plan), reasons(_plan))


def audit_of(district: District, district_digest: str, scenario: Scenario, found: Result | None) -> Audit:
    """Return the audit of a district, with the resources of the plan where there is one.

    Raises
    ------
    EquityAllocError
        If a school has no count of a group with a need weight.
    """
    made = found if isinstance(found, Plan) else None
    return _audit(district_digest, scenario.digest, made.digest if made else "", district, scenario, made)


@st.cache_resource(max_entries=128, show_spinner="Comparing student groups ...")
def _audit(
    district_digest: str,
    scenario_digest: str,
    plan_digest: str,
    _district: District,
    _scenario: Scenario,
    _plan: Plan | None,
) -> Audit:
    return audit(_district, _scenario, _plan.allocation if _plan else None)


def actions_of(district: District, district_digest: str, scenario: Scenario, settings: Settings) -> Chosen:
    """Return the interventions chosen under these settings; made once for each.

    Raises
    ------
    EquityAllocError
        If the scenario does not fit the district.
    """
    return _actions(district_digest, scenario.digest, repr(settings), district, scenario, settings)


@st.cache_resource(max_entries=64, show_spinner="Choosing interventions ...")
def _actions(
    district_digest: str, scenario_digest: str, how: str, _district: District, _scenario: Scenario, _settings: Settings
) -> Chosen:
    return choose(_district, _scenario, _settings)


@st.cache_resource(show_spinner=False)
def template() -> bytes:
    """Return the template workbook."""
    from equity_alloc.sources.template import template_workbook

    return template_workbook()


@st.cache_resource(show_spinner=False)
def drafts() -> Drafts | None:
    """Return the store of drafts, or None where this server has none that can be written."""
    try:
        found = Drafts(open_engine())
        found.forget_expired()
    except (StoreUnavailable, OSError) as error:
        log.warning("Drafts are not kept: %s", error)
        return None
    return found


@st.cache_resource(show_spinner=False)
def arrivals() -> Arrivals | None:
    """Return the store of files on their way in, or None where this server has none that can be written."""
    try:
        found = Arrivals(open_engine())
        found.forget_expired()
    except (StoreUnavailable, OSError) as error:
        log.warning("Files are not kept: %s", error)
        return None
    return found


@st.cache_resource(show_spinner=False)
def ledger() -> Ledger | None:
    """Return the ledger of promises, or None where this server has no store that can be written."""
    try:
        return Ledger(open_engine())
    except (StoreUnavailable, OSError) as error:
        log.warning("Promises are not recorded: %s", error)
        return None


@st.cache_resource(show_spinner=False)
def decisions() -> Decisions | None:
    """Return the store of decision records, or None where this server has none that can be written."""
    try:
        found = Decisions(open_engine())
        found.forget_expired()
    except (StoreUnavailable, OSError) as error:
        log.warning("Decision records are not kept: %s", error)
        return None
    return found


@st.cache_resource(show_spinner=False)
def releases() -> Releases | None:
    """Return the ledger of public documents, or None where this server has none that can be written."""
    try:
        return Releases(open_engine())
    except (StoreUnavailable, OSError) as error:
        log.warning("The ledger is not kept: %s", error)
        return None


@st.cache_resource(show_spinner="Starting: solving the sample district ...")
def warm_up() -> bool:
    """Load and solve the sample once, and take what is loaded out of the garbage collector's rounds.

    Streamlit's own collections cost more than our plans otherwise (performance: three to five times fewer CPU seconds).
    """
    # Tables and charts load pandas at first use; two visitors' first pages at once would meet it half loaded.
    import pandas  # noqa: F401

    from equity_alloc.sources.sample import sample_reading

    reading = sample_reading()
    if reading.district is not None and reading.scenario is not None:
        found = result_of(reading.district, digest(reading.district), reading.scenario)
        if isinstance(found, Plan):
            summary_of(found)
    gc.collect()
    gc.freeze()
    return True
