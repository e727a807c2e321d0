"""Which components and counts a component names, and in which order components can be worked out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from equity_alloc.formulas.base import Component, Gives
from equity_alloc.formulas.field import FieldInfo, Holds, fields_of


class Use(NamedTuple):
    """One name that a component uses."""

    field: str
    info: FieldInfo
    name: str


_BAND = FieldInfo(Holds.COUNTS, "Band of", ("pupils",))


def counts_used(component: Component) -> Iterator[Use]:
    """Yield the counts that a component names, its band's included."""
    for name, (info, _) in fields_of(type(component)).items():
        value = getattr(component, name)
        if info.holds is Holds.COUNTS:
            yield from (Use(name, info, count) for count in value)
        elif info.holds is Holds.CAPS:
            yield from (Use(name, info, count) for count, _ in value)
    yield from (Use("band_of", _BAND, count) for count in component.frame.band_of)


def components_used(component: Component) -> Iterator[Use]:
    """Yield the components that a component names."""
    for name, (info, _) in fields_of(type(component)).items():
        if info.holds is Holds.COMPONENTS:
            yield from (Use(name, info, other) for other in getattr(component, name))


def names_used(component: Component, known: Mapping[str, Component]) -> list[str]:
    """Return the known components on which a component rests: as results, or as counts where they give pupils."""
    results = {use.name for use in components_used(component)}
    counts = {use.name for use in counts_used(component)}
    return [name for name, other in known.items() if name in results or (name in counts and gives_pupils(other))]


def gives_pupils(component: Component | None) -> bool:
    """Whether other components can count what a component gives."""
    return component is not None and component.gives is Gives.PUPILS


def in_order(components: Sequence[Component]) -> tuple[tuple[Component, ...], tuple[str, ...]]:
    """Return the components so that each follows those it rests on, and the names of a circle if there is one.

    Returns
    -------
    tuple of Component
        In the order of the file as far as possible; those in a circle or behind it are left out.
    tuple of str
        A circle as it runs, its first name repeated at the end; empty if there is none.
    """
    by_name = {component.frame.name: component for component in components}
    rests_on = {name: names_used(component, by_name) for name, component in by_name.items()}
    ready: list[str] = []
    while True:
        more = [n for n in by_name if n not in ready and all(other in ready for other in rests_on[n])]
        if not more:
            break
        ready.extend(more)
    left = [name for name in by_name if name not in ready]
    return tuple(by_name[name] for name in ready), _circle(left, rests_on)


def _circle(left: list[str], rests_on: dict[str, list[str]]) -> tuple[str, ...]:
    if not left:
        return ()
    path = [left[0]]
    while True:
        following = next(name for name in rests_on[path[-1]] if name in left)
        if following in path:
            return (*path[path.index(following) :], following)
        path.append(following)
