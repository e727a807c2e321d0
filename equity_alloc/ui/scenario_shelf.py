"""Scenarios kept under a name: save, copy, rename, delete."""

from __future__ import annotations

import dataclasses

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.scenario import Scenario
from equity_alloc.store.compared import SAVED, Compared
from equity_alloc.ui.scenario_names import CHANGED, checked_name, free_name, saved_before
from equity_alloc.ui.session import Session


def save_as(session: Session, name: str) -> None:
    """Keep the current choices under a name, which they bear from now on.

    Raises
    ------
    InvalidValue
        If the name is blank, too long, or stands for other choices.
    """
    named = dataclasses.replace(
        session.scenario, name=checked_name(name, session.scenario, (session.own, *session.saved))
    )
    _put(session, named)


def save_changes(session: Session) -> None:
    """Keep the current choices in the place of the saved ones that they were made from."""
    origin = saved_before(session.scenario, session.saved)
    if origin is not None:
        _put(session, dataclasses.replace(session.scenario, name=origin.name))


def duplicate(session: Session, scenario: Scenario) -> None:
    """Keep a copy of a saved scenario under a name of its own."""
    copy = dataclasses.replace(scenario, name=free_name(scenario.name, (session.own, *session.saved)))
    session.saved = (*session.saved, copy)
    session.keep()


def delete(session: Session, name: str) -> None:
    """Delete a saved scenario; the current choices stay as they are."""
    session.saved = tuple(other for other in session.saved if other.name != name)
    session.keep()


def rename(session: Session, name: str, new: str) -> None:
    """Give a saved scenario another name; what is worked on follows where it is this one, or was made from it.

    Raises
    ------
    InvalidValue
        If the new name is blank, too long or taken.
    """
    old = next(other for other in session.saved if other.name == name)
    others = [other for other in session.saved if other.name != name]
    new = checked_name(new, old, (session.own, *others))
    if any(other.name == new for other in others):
        raise InvalidValue(f"{new} is the name of another saved scenario. Choose another name.")
    current = session.scenario
    session.saved = tuple(dataclasses.replace(each, name=new) if each == old else each for each in session.saved)
    session.compared = session.compared.renamed(name, new)
    if current == old:
        session.name_current(new)
    elif current.name == f"{name}{CHANGED}":
        session.name_current(f"{new}{CHANGED}")
    session.keep()


def _put(session: Session, named: Scenario) -> None:
    """Keep a scenario in the place of one with the same name, and go on under that name."""
    if any(other.name == named.name for other in session.saved):
        session.saved = tuple(named if other.name == named.name else other for other in session.saved)
    else:
        # The first one is laid beside today and the current choices, so that the next change shows against it.
        if not session.saved and session.compared == Compared():
            session.compared = Compared(c=f"{SAVED}{named.name}")
        session.saved = (*session.saved, named)
    session.name_current(named.name)
    session.keep()
