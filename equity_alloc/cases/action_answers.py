"""Answers of a key about interventions: whom the money reaches, and what one pupil gains in a program of some size."""

from __future__ import annotations

from equity_alloc.actions.choose import choose
from equity_alloc.actions.effects import effect_of
from equity_alloc.actions.settings import PARTS, Basis, usual
from equity_alloc.cases.opened import Opened
from equity_alloc.domain.errors import UnknownCode
from equity_alloc.evidence.catalog import catalog


def pupils_served(opened: Opened, about: str) -> str:
    """Return how many pupils the chosen amount of an intervention reaches."""
    chosen = choose(opened.district, opened.scenario)
    steps = sum(each.steps for each in chosen.choice.bought if each.intervention == about)
    [step] = {each.step * each.reach for each in catalog() if each.code == about}
    return f"{steps * step:,}"


def gain_in_a_program(opened: Opened, about: str) -> str:
    """Return what one pupil gains in the middle of the studies; `about` is "intervention pupils"."""
    return _gain(about, Basis.MIDDLE)


def cautious_gain_in_a_program(opened: Opened, about: str) -> str:
    """Return what one pupil gains on the cautious end of the range; `about` is "intervention pupils"."""
    return _gain(about, Basis.CAUTIOUS)


def _gain(about: str, basis: Basis) -> str:
    code, pupils = about.split()
    found = next((each for each in catalog() if each.code == code), None)
    effect = None if found is None else effect_of(found, usual(basis), int(pupils))
    if effect is None:
        raise UnknownCode(f"The catalog has no range of effects for {code}.")
    return f"{effect / PARTS:.2f}"
