"""The parts of an intervention's cost on the sheet Interventions: all four or none, and together the cost."""

from __future__ import annotations

from equity_alloc.domain.ingredients import Ingredients
from equity_alloc.domain.intervention import Cost
from equity_alloc.domain.money import print_dollars
from equity_alloc.sources.cell_words import dollars
from equity_alloc.sources.cells import Cells
from equity_alloc.sources.declare import Column, Kind


def _column(name: str, what: str, example: str) -> Column:
    help_ = f"What of Cost is {what}; fill all four parts, zero where there is none, or leave all blank."
    return Column(f"Cost, {name}", f"cost_{name}", Kind.DOLLARS, help_, False, "dollars", example)


#: In the order of the parts of `Ingredients`.
INGREDIENTS: tuple[Column, ...] = (
    _column("salaries", "pay and benefits", "1,500"),
    _column("materials", "books, programs and devices", "250"),
    _column("space", "rooms", "0"),
    _column("transport", "buses and travel", "150"),
)


def ingredient_texts(parts: Ingredients | None) -> dict[str, str]:
    """Return the parts as the text of their cells."""
    if parts is None:
        return dict.fromkeys((column.field for column in INGREDIENTS), "")
    return {f"cost_{name}": dollars(cents) for name, cents in parts.parts}


def read_ingredients(cells: Cells, cost: Cost | None) -> Ingredients | None:
    """Return what the cost of a row is made of; None where the row does not say, or, with a finding, where it cannot be.

    Parameters
    ----------
    cells : Cells
    cost : Cost or None
        As the row itself gives it; None where it leaves the cost to the catalog or cannot be read.
    """
    filled = [column for column in INGREDIENTS if cells.exact(column.field).strip()]
    if not filled:
        return None
    before = len(cells.findings.found)
    amounts = {column.field: cells.dollars(column.field) for column in INGREDIENTS}
    for column in INGREDIENTS:
        if column not in filled:
            _refuse(
                cells,
                column.field,
                f"{column.title} is blank for {cells.subject}, and {filled[0].title} is not.",
                "Enter 0 if there is none, or leave all four parts blank.",
            )
    salaries, materials, space, transport = (amounts[column.field] for column in INGREDIENTS)
    if salaries is None or materials is None or space is None or transport is None:
        return None
    parts = Ingredients(salaries, materials, space, transport)
    if not cells.exact("cost").strip():
        _refuse(
            cells,
            "cost",
            f"Cost is blank for {cells.subject}, and its parts come to {print_dollars(parts.total, with_cents=True)}.",
            "Enter that as the cost, or leave the parts blank.",
        )
    elif cost is not None and parts.total != cost.middle:
        _refuse(
            cells,
            filled[0].field,
            f"{parts.words.capitalize()} come to {print_dollars(parts.total, with_cents=True)} for {cells.subject}, and Cost is "
            f"{print_dollars(cost.middle, with_cents=True)}.",
            "Correct the parts or the cost: together the parts are the cost.",
        )
    return parts if len(cells.findings.found) == before else None


def _refuse(cells: Cells, field: str, what: str, remedy: str) -> None:
    cells.findings.error(
        "intervention-ingredients",
        cells.where(field),
        cells.exact(field).strip(),
        what=what,
        why="A part that is missing or counted twice would hide what a unit really costs.",
        remedy=remedy,
    )
