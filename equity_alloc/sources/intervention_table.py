"""The sheet Interventions: the district's own, and what it knows better than the catalog."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from equity_alloc.domain.action import Actions
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.intervention import TIERS, UNITS, Cost, Effect, Intervention
from equity_alloc.evidence.catalog import benchmark, catalog
from equity_alloc.sources.base import FindingList
from equity_alloc.sources.cell_words import dollars, yes_no
from equity_alloc.sources.cells import Cells, plain_number
from equity_alloc.sources.declare import Column, Kind, Sheet
from equity_alloc.sources.ingredient_cells import INGREDIENTS, ingredient_texts, read_ingredients
from equity_alloc.sources.read_tables import Table


def _column(title: str, field: str, kind: Kind, help_: str, example: str, *, required: bool = False) -> Column:
    unit = "dollars" if kind is Kind.DOLLARS else ""
    return Column(title, field, kind, help_, required=required, unit=unit, example=example)


INTERVENTIONS = Sheet(
    "Interventions",
    "Interventions of your own, or better numbers for one of the catalog. Name its code and fill what you know; the rest stays.",
    (
        _column("Code", "code", Kind.TEXT, "Its name in lists; a code of the catalog changes that row.", "tutor_hd", required=True),
        _column("Title", "title", Kind.TEXT, "What it is.", "Tutoring in the school day"),
        _column("Acts on", "causes", Kind.TEXT, "Kinds of causes, separated by semicolons.", "unfinished learning"),
        _column("Unit", "unit", Kind.TEXT, "What is bought once.", "pupil served"),
        _column("Dosage", "dosage", Kind.TEXT, "How much of it a pupil gets.", "3 sessions a week"),
        _column("Cost, low", "cost_low", Kind.DOLLARS, "Of a unit; blank for the same as Cost.", "1,500"),
        _column("Cost", "cost", Kind.DOLLARS, "Of a unit, salaries, materials, space and buses together.", "1,900"),
        _column("Cost, high", "cost_high", Kind.DOLLARS, "Of a unit; blank for the same as Cost.", "2,400"),
        *INGREDIENTS,
        _column("Outcome", "outcome", Kind.TEXT, "What its effect is measured in.", "test score"),
        _column("Effect unit", "effect_unit", Kind.TEXT, "SD, share of pupils, or days.", "SD"),
        _column("Effect, low", "effect_low", Kind.ANY, "Gain of a pupil at the low end of studies; below zero is harm.", "0.05"),
        _column("Effect", "effect", Kind.ANY, "In the middle.", "0.16"),
        _column("Effect, high", "effect_high", Kind.ANY, "At the high end.", "0.30"),
        _column("Tier", "tier", Kind.TEXT, "Of evidence, 1 to 4; blank where nobody has rated it.", "2"),
        _column("Pupils a unit reaches", "reach", Kind.PUPILS, "Zero for every pupil of the group at the school.", "1"),
        _column("Fewest units", "least", Kind.PUPILS, "At one school.", "30"),
        _column("Units at once", "step", Kind.PUPILS, "How many are bought together.", "10"),
        _column("Coverage", "coverage", Kind.SHARE, "Most of the pupils of the group at a school, as a share.", "0.5"),
        _column("Supply", "supply", Kind.ANY, "Most units that can be had; blank where nobody knows.", "300"),
        _column("Every year", "recurring", Kind.YES_NO, "Whether it costs every year; blank means yes.", "yes"),
        _column("Months to start", "lead_months", Kind.PUPILS, "Until the first pupil is served.", "4"),
        _column("Kinds of schools", "kinds", Kind.TEXT, "For which it is made, separated by semicolons; blank means all.", "middle"),
        _column("Does harm at", "harm_kinds", Kind.TEXT, "Kinds of schools, separated by semicolons.", "middle"),
        _column("Not together with", "apart_from", Kind.TEXT, "Codes of what does the same work, separated by semicolons.", "cis"),
        _column("Caution", "caution", Kind.TEXT, "What to know before it is chosen.", "Needs rooms after school."),
        _column("Source", "local_source", Kind.TEXT, "Where the numbers are written.", "Program report 2025"),
    ),
    ("code",),
)  # fmt: skip
_TEXTS = ("title", "unit", "dosage", "caution", "local_source")
_LISTS = ("causes", "kinds", "harm_kinds", "apart_from")
_COUNTS = ("reach", "least", "step", "lead_months")
_WHY = "Money would be chosen by a number that nobody can stand behind."


def read_interventions(table: Table, findings: FindingList) -> tuple[Intervention, ...]:
    """Return every intervention whose row can be read, those of the catalog with what is changed."""
    shipped = {each.code: each for each in catalog()}
    found: dict[str, Intervention] = {}
    for row in table.rows:
        cells = Cells(table, row, findings)
        code, before = cells.text("code"), len(findings.found)
        if code is None:
            continue
        known = shipped.get(code)
        given = _given(cells, code, known)
        if len(findings.found) > before or given is None:
            continue
        try:
            made = dataclasses.replace(known, **given) if known else Intervention(**given)
        except InvalidValue as error:
            _refuse(cells, _place(str(error)), str(error), "Correct the row, or delete it.")
            continue
        if code in found:
            _refuse(cells, "code", f"Intervention {code} stands twice.", "Delete one of the rows.")
            continue
        found[code] = made
    return tuple(found.values())


def intervention_rows(actions: Actions) -> Iterator[tuple[str, ...]]:
    """Yield one row of text for each of the district's own; of one in the catalog, what is changed."""
    shipped = {each.code: each for each in catalog()}
    for each in actions.own:
        own = _texts(each)
        known = _texts(shipped[each.code]) if each.code in shipped else {}
        if each.ingredients:
            # Parts stand beside the cost that they come to, also where the catalog has the same.
            known.pop("cost", None)
        yield tuple(
            own[column.field] if column.field == "code" or own[column.field] != known.get(column.field) else ""
            for column in INTERVENTIONS.columns
        )


def _texts(each: Intervention) -> dict[str, str]:
    cost, effect = each.cost, each.effect
    words = {name: getattr(each, name) for name in ("code", *_TEXTS)}
    words |= {name: "; ".join(getattr(each, name)) for name in _LISTS}
    words |= {name: _blank_none(getattr(each, name)) for name in (*_COUNTS, "supply", "tier")}
    words["coverage"] = _exact(each.coverage)
    words["recurring"] = yes_no(each.recurring)
    words |= dict(
        zip(("cost_low", "cost", "cost_high"), map(dollars, (cost.low, cost.middle, cost.high)), strict=True)
        if cost
        else dict.fromkeys(("cost_low", "cost", "cost_high"), "")
    )
    words |= ingredient_texts(each.ingredients)
    ends = (effect.low, effect.middle, effect.high) if effect else ()
    words |= dict.fromkeys(("effect_low", "effect", "effect_high"), "")
    words |= dict(zip(("effect_low", "effect", "effect_high"), map(_exact, ends), strict=False))
    words["outcome"], words["effect_unit"] = (effect.outcome, effect.unit) if effect else ("", "")
    return words


def _exact(number: Decimal) -> str:
    """Return a decimal without zeros at its end, so that 0.30 of a file and 0.3 of a scenario are one text."""
    return f"{number.normalize():f}" if number else "0"


def _blank_none(number: int | None) -> str:
    return "" if number is None else str(number)


def _given(cells: Cells, code: str, known: Intervention | None) -> dict[str, Any] | None:
    """Return what a row fills, ready for the class; findings say what does not fit."""
    given: dict[str, Any] = {"code": code, "is_local": True}
    given |= {name: words for name in _TEXTS if (words := cells.exact(name).strip())}
    given |= {
        name: tuple(part.strip() for part in words.split(";") if part.strip())
        for name in _LISTS
        if (words := cells.exact(name).strip())
    }
    given |= {name: count for name in _COUNTS if (count := cells.pupils(name)) is not None}
    if cells.exact("recurring").strip():
        given["recurring"] = cells.yes_no("recurring", default=True)
    _tier(cells, given)
    _supply(cells, given)
    share = _number(cells, "coverage")
    if share is not None:
        given["coverage"] = share
    _cost(cells, given, known)
    given["ingredients"] = read_ingredients(cells, given.get("cost"))
    _effect(cells, given, known)
    if known is None:
        for field, name in (("title", "Title"), ("causes", "Acts on"), ("unit", "Unit"), ("cost", "Cost")):
            if field not in given:
                _refuse(
                    cells,
                    field,
                    f"{name} is blank for {code}, which is not in the catalog.",
                    "Enter it, or use a code of the catalog.",
                )
    return given


def _tier(cells: Cells, given: dict[str, Any]) -> None:
    words = cells.exact("tier").strip()
    if words and words not in {str(tier) for tier in TIERS}:
        _refuse(cells, "tier", f"The tier is {words}, which is none.", "Enter 1, 2, 3 or 4, or leave it blank.")
    elif words:
        given["tier"] = int(words)


def _supply(cells: Cells, given: dict[str, Any]) -> None:
    words = cells.exact("supply").strip()
    number = plain_number(words) if words else None
    if words and (number is None or number < 0 or number != number.to_integral_value()):
        _refuse(
            cells,
            "supply",
            f"Supply is {words}.",
            "Enter how many units can be had, zero or more, or leave it blank if nobody knows.",
        )
    elif number is not None:
        given["supply"] = int(number)


def _number(cells: Cells, field: str) -> Decimal | None:
    words = cells.exact(field).strip()
    number = plain_number(words) if words else None
    if words and number is None:
        _refuse(cells, field, f"{words} is no number.", "Enter a number like 0.16, or leave it blank.")
    return number


def _cost(cells: Cells, given: dict[str, Any], known: Intervention | None) -> None:
    low, middle, high = (cells.dollars(field) for field in ("cost_low", "cost", "cost_high"))
    if (low, middle, high) == (None, None, None):
        return
    old = known.cost if known else None
    middle = middle if middle is not None else old.middle if old else None
    if middle is None:
        _refuse(cells, "cost", "A low or high cost stands without the cost itself.", "Enter the cost of a unit.")
        return
    if cells.exact("cost").strip() or old is None:
        ends = (low if low is not None else middle, high if high is not None else middle)
    else:
        ends = (low if low is not None else old.low, high if high is not None else old.high)
    try:
        given["cost"] = Cost(ends[0], middle, ends[1])
    except InvalidValue as error:
        _refuse(cells, "cost", str(error), "Enter low, middle and high in order, the cost itself above zero.")


def _effect(cells: Cells, given: dict[str, Any], known: Intervention | None) -> None:
    numbers = [_number(cells, field) for field in ("effect_low", "effect", "effect_high")]
    outcome, unit = cells.exact("outcome").strip(), cells.exact("effect_unit").strip()
    if numbers == [None, None, None] and not outcome and not unit:
        return
    old = known.effect if known else None
    ends = [
        new if new is not None else end
        for new, end in zip(numbers, (old.low, old.middle, old.high) if old else (None,) * 3, strict=True)
    ]
    if ends == [None, None, None]:
        return
    low, middle, high = ends
    if low is None or middle is None or high is None:
        _refuse(
            cells,
            "effect",
            "The effect has no full range: low, middle and high belong together.",
            "Enter all three, or leave all blank; one number alone hides how unsure it is.",
        )
        return
    named, unit = _known_outcome(outcome or (old.outcome if old else "")), unit or (old.unit if old else "")
    unit = next((each for each in UNITS if each.lower() == unit.lower()), unit)
    if unit and named.unit not in ("", unit):
        _refuse(
            cells,
            "effect_unit",
            f"The catalog measures {named.outcome} in {named.unit}, and this is in {unit}.",
            f"Write the effect in {named.unit}, or give the outcome a name of its own: the two cannot be added.",
        )
        return
    try:
        given["effect"] = Effect(named.outcome, unit, low, middle, high)
    except InvalidValue as error:
        _refuse(cells, "effect", str(error), "Enter the smallest gain first, with its outcome and unit.")
        return
    if given["effect"] != old:
        # The sizes of programs in the catalog belong to its own range.
        given["bands"] = ()


class _Outcome(NamedTuple):
    outcome: str
    unit: str


def _known_outcome(words: str) -> _Outcome:
    """Return an outcome as the catalog spells it, with its unit; as typed and without one where the catalog has none."""
    effects = [each.effect for each in (*catalog(), benchmark()) if each.effect is not None]
    known = next((each for each in effects if each.outcome.lower() == words.lower()), None)
    return _Outcome(words, "") if known is None else _Outcome(known.outcome, known.unit)


def _place(words: str) -> str:
    """Return the field of which a refusal speaks."""
    for mark, field in (("supply", "supply"), ("coverage", "coverage"), ("tier", "tier"), ("units at once", "step")):
        if mark in words:
            return field
    return "code"


def _refuse(cells: Cells, field: str, what: str, remedy: str) -> None:
    cells.findings.error(
        f"intervention-{field.replace('_', '-')}",
        cells.where(field),
        cells.exact(field).strip(),
        what=what,
        why=_WHY,
        remedy=remedy,
    )
