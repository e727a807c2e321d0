"""Steps that undo can take back, kept with a draft: the latest ones, within a bound of size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from equity_alloc.domain.record import canonical, from_plain, to_plain
from equity_alloc.scenario import Scenario, scenario_from_plain
from equity_alloc.store.formula_desk import FormulaDesk

#: Steps that undo can take back.
MOST_STEPS = 50
#: Characters of all steps of one draft together; a scenario of the sample district takes about 7,500.
MOST_CHARACTERS = 400_000


@dataclass(frozen=True, slots=True)
class Step:
    """What was worked on before a change.

    Parameters
    ----------
    scenario : Scenario
    desk : FormulaDesk
    """

    scenario: Scenario
    desk: FormulaDesk = FormulaDesk()


def steps_plain(steps: Sequence[Step]) -> list[dict[str, Any]]:
    """Return the latest steps as plain data, as many as fit the bounds.

    They run from the latest back; a desk that stayed as it was is written once, with the latest step that has it.
    """
    parts: list[dict[str, Any]] = []
    room = MOST_CHARACTERS
    for place in range(len(steps) - 1, max(-1, len(steps) - 1 - MOST_STEPS), -1):
        step = steps[place]
        part: dict[str, Any] = {"scenario": step.scenario.plain}
        is_new = place + 1 == len(steps) or steps[place + 1].desk != step.desk
        if is_new:
            part["desk"] = to_plain(step.desk)
        room -= len(canonical(part))
        if room < 0:
            break
        parts.append(part)
    return parts


def steps_from_plain(parts: Sequence[dict[str, Any]]) -> tuple[Step, ...]:
    """Return the steps that plain data stand for, the latest last.

    Raises
    ------
    StoredFormat, UnknownCode, InvalidValue
        With a sentence fit for a visitor.
    """
    steps: list[Step] = []
    desk = FormulaDesk()
    for part in parts:
        desk = from_plain(FormulaDesk, part["desk"]) if "desk" in part else desk
        steps.append(Step(scenario_from_plain(part["scenario"]), desk))
    return tuple(reversed(steps))
