"""A line and its certified plans: made once for each district, scenario and axis, point by point, and kept."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from threading import Lock

import streamlit as st

from equity_alloc.domain.district import District
from equity_alloc.planning.frontier import (
    LOWEST,
    Axis,
    Line,
    Point,
    Tracer,
    undominated,
)
from equity_alloc.planning.frontier_plans import certified_point, comes_from_line, stated_scenarios
from equity_alloc.scenario import Scenario
from equity_alloc.ui.session import Session

_BASE, _STOPPED = "frontier-base", "frontier-stopped"


@dataclass(eq=False)
class Traced:
    """A line, the scenarios of its plans, and as many points as were made so far.

    Parameters
    ----------
    key : str
        Name of this work among all others.
    tracer : Tracer
        Used by one thread at a time: whoever holds the lock.
    line : Line
    scenarios : tuple of Scenario
    made : list of Point or None
    lock : Lock
    """

    key: str
    tracer: Tracer
    line: Line
    scenarios: tuple[Scenario, ...]
    made: list[Point | None] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    @property
    def is_done(self) -> bool:
        """Whether every plan was made."""
        return len(self.made) == len(self.scenarios)

    @property
    def points(self) -> tuple[Point, ...]:
        """The points made so far, without the dominated ones."""
        return undominated(self.line.axis, [point for point in tuple(self.made) if point is not None])


def base_of(session: Session) -> Scenario:
    """Return the scenario whose lines are shown: the current one, or the one from whose line it was loaded."""
    base, loaded = session.reports.get(_BASE, (None, frozenset()))
    if base is not None and _nameless(session.scenario) in loaded:
        found: Scenario = base
        return found
    # After a reload only the steps that undo goes back through are left; they say where the plan was loaded from.
    for step in reversed(session.earlier):
        is_loaded = any(comes_from_line(step.scenario, each.scenario) for each in session.earlier)
        if not is_loaded and comes_from_line(session.scenario, step.scenario):
            return step.scenario
    return session.scenario


def traced(session: Session, axis: Axis, scenario: Scenario | None = None, setting: str = LOWEST) -> Traced | None:
    """Return the line of an axis for a scenario, by default the one whose lines are shown; None where there is none.

    Raises
    ------
    EquityAllocError
        If the setting of the dial gives no level a value here.
    """
    base = scenario or base_of(session)
    return _traced(session.district_digest, base.digest, axis, setting, session.district, base)


@st.cache_resource(max_entries=24, show_spinner="Tracing the best possible ...")
def _traced(
    district_digest: str, scenario_digest: str, axis: Axis, setting: str, _district: District, _scenario: Scenario
) -> Traced | None:
    tracer = Tracer(_district, _scenario, axis, setting)
    if not tracer.exists:
        return None
    line = tracer.line()
    key = f"{district_digest}-{scenario_digest}-{axis}-{setting}"
    return Traced(key, tracer, line, stated_scenarios(line, _scenario, setting=setting))


def make_points(session: Session, work: Traced) -> None:
    """Make the points that are missing, with progress and a way to stop; what was made before is kept."""
    if work.is_done or session.reports.get(_STOPPED) == work.key:
        return
    place = st.empty()
    with place.container():
        bar = st.progress(0.0, "Making plans along the line ...")
        st.button("Stop here", key=f"frontier-stop-{work.line.axis}", on_click=stop, args=(session, work))
    count = len(work.scenarios)
    while len(work.made) < count:
        with work.lock:
            if len(work.made) == count:
                break  # Another visitor has made the last one meanwhile.
            scenario = work.scenarios[len(work.made)]
            work.made.append(certified_point(work.tracer, work.line, scenario, session.result))
        bar.progress(len(work.made) / count, f"Plans made and certified: {len(work.made)} of {count}")
    place.empty()


def stop(session: Session, work: Traced) -> None:
    """Leave it at the points made so far."""
    session.reports[_STOPPED] = work.key


def go_on(session: Session) -> None:
    """Make the other points after all."""
    session.reports.pop(_STOPPED, None)


def load_point(session: Session, point: Point) -> None:
    """Go to the plan of a point; the line that it was chosen from stays on screen, and undo goes back."""
    base, loaded = session.reports.get(_BASE, (None, frozenset()))
    here = base_of(session)
    kept = loaded if base == here else frozenset()
    session.reports[_BASE] = (here, kept | {_nameless(point.plan.scenario)})
    session.choose(point.plan.scenario)


def _nameless(scenario: Scenario) -> str:
    """Return the identity of the choices, whatever they are called."""
    return dataclasses.replace(scenario, name="").digest
