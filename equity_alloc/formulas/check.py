"""Checks components against each other: names, circles, units, and nothing counted twice."""

from __future__ import annotations

from collections.abc import Sequence

from equity_alloc.formulas.base import Component, Gives, rounding_of
from equity_alloc.formulas.references import components_used, in_order
from equity_alloc.formulas.rounding import How
from equity_alloc.parameters.placed_findings import PlacedFindings, nearest

#: Kinds that stand for the components they name, so that these must not add by themselves.
COMPARES = frozenset({"greater-of", "lesser-of"})
#: Kinds that work on the posts of the components they name.
TAKES_POSTS = frozenset({"dollars-per-position", "staff-per-staff"})


def check_components(components: Sequence[Component], found: PlacedFindings) -> None:
    """Add a finding for everything that does not fit among the components of one formula."""
    by_name = {component.frame.name: component for component in components}
    for number, component in enumerate(components):
        _check_names(component, number, by_name, found)
        _check_rounding(component, number, found)
    _, circle = in_order(components)
    if circle:
        names = [component.frame.name for component in components]
        number = names.index(circle[0])
        found.refuse(
            "components-circle",
            ("component", number),
            circle[0],
            what=f"These components rest on each other in a circle: {' -> '.join(circle)}.",
            why="None of them can be worked out first.",
            remedy=f"Let '{circle[-2]}' rest on something else than '{circle[-1]}'.",
        )


def _check_names(component: Component, number: int, by_name: dict[str, Component], found: PlacedFindings) -> None:
    for use in components_used(component):
        other = by_name.get(use.name)
        if other is None:
            found.refuse(
                "component-unknown",
                ("component", number, use.field),
                use.name,
                what=f"'{component.frame.name}' names a component '{use.name}', and there is none.",
                why="It would be worked out without it.",
                remedy=nearest(use.name, by_name),
            )
            continue
        wanted = Gives.FTE if component.kind in TAKES_POSTS else component.gives
        if other.gives is not wanted:
            found.refuse(
                "component-unit",
                ("component", number, use.field),
                use.name,
                what=f"'{component.frame.name}' needs {wanted.value}, and '{use.name}' gives {other.gives.value}.",
                why="Dollars, FTE and pupils cannot be added up.",
                remedy=f"Name a component that gives {wanted.value}.",
            )
        elif component.kind in COMPARES and not other.frame.is_part and other.gives is not Gives.PUPILS:
            found.refuse(
                "component-counted-twice",
                ("component", number, use.field),
                use.name,
                what=f"'{use.name}' adds by itself and again through '{component.frame.name}'.",
                why="Every school would get it twice.",
                remedy=f"Write part = true in '{use.name}'.",
            )


def _check_rounding(component: Component, number: int, found: PlacedFindings) -> None:
    rounding = rounding_of(component)
    if rounding.how is How.LARGEST_REMAINDER and component.kind != "share-of-pot":
        found.refuse(
            "rounding-without-pot",
            ("component", number, "rounding"),
            str(rounding),
            what=f"'{component.frame.name}' rounds by largest remainder, but has no pot to meet.",
            why="Without a pot nobody knows how many cents are left to hand out.",
            remedy="Use a share of a pot, or round half-up to 0.01.",
        )
    if component.gives is Gives.DOLLARS and not component.frame.is_part:
        is_whole = rounding.how is not How.NONE and (rounding.step * 100) % 1 == 0
        if not is_whole:
            found.refuse(
                "rounding-below-cents",
                ("component", number, "rounding"),
                str(rounding),
                what=f"'{component.frame.name}' pays dollars that are not rounded to whole cents.",
                why="Nobody can pay a part of a cent, and the parts would not add up.",
                remedy='Write rounding = "half-up to 0.01", or part = true.',
            )
