"""Prioritarian: a dollar counts more where less is."""

from __future__ import annotations

from equity_alloc.decisions.lens import Aim, Lens, first_stage
from equity_alloc.domain.source import Source
from equity_alloc.objectives.level_dial import RaiseByDial
from equity_alloc.scenario import ScenarioView


def _aim(view: ScenarioView) -> Aim:
    return first_stage(RaiseByDial("2"), view)


LENS = Lens(
    code="more-for-the-worse-off",
    name="More for the worse-off",
    field_name="prioritarianism (Atkinson with aversion 2)",
    place=40,
    asks="Does a dollar go first to where less is, without anybody being forgotten?",
    overlooks="How much more it counts is a judgment; the result is often close to most in total.",
    source=Source("Adler and Norheim (editors), Prioritarianism in Practice", "chapter 2", "", "2022"),
    aim=_aim,
)
