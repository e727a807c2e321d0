"""What lies on the pages Hard choices and Decision record while it is written: kept at every key, recorded only when signed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from equity_alloc.decisions.assessment import Voice
from equity_alloc.decisions.case import Pace


@dataclass(frozen=True)
class DecisionDesk:
    """Fields as they were typed.

    Parameters
    ----------
    texts : tuple of (str, str)
        By name of the field; a field that nobody touched is not among them.
    options : tuple of str or None
        Names of the options that are laid beside last year and the plan; None until somebody chooses.
    voices : tuple of Voice or None
        None until somebody writes.
    pace : Pace
    """

    texts: tuple[tuple[str, str], ...] = ()
    options: tuple[str, ...] | None = None
    voices: tuple[Voice, ...] | None = None
    pace: Pace = field(default_factory=Pace)

    def text(self, name: str, untouched: str = "") -> str:
        """Return what stands in a field; what stands there by itself where nobody has touched it."""
        return dict(self.texts).get(name, untouched)

    def with_text(self, name: str, text: str) -> DecisionDesk:
        """Return the desk with another text in a field."""
        return replace(self, texts=tuple(sorted({**dict(self.texts), name: text}.items())))

    def without(self, names: tuple[str, ...]) -> DecisionDesk:
        """Return the desk with some fields as nobody had touched them."""
        return replace(self, texts=tuple(pair for pair in self.texts if pair[0] not in names))
