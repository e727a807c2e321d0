"""Documents that were made, kept for a while with the visitor, so that a reload or a closed dialog loses none of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from equity_alloc.reports.family import Made

_HERE = "export-shelf"
#: How long files are kept after they were made, and of how many visitors: they lie in the server's memory.
HOURS, VISITORS = 4, 32


@dataclass
class Shelf:
    """What was made of one plan.

    Parameters
    ----------
    identity : str
        Of the plan and all that goes into its documents, but for the account codes; "" where nothing was made.
    made : tuple of Made
        What was handed out of this plan, in the order of documents, and why the others were not.
    codes_of : dict of str to str
        By code of a document: the identity of the account codes in use when it was made.
    last : tuple of str
        Codes of those that were asked for last; the others were made before.
    asked : int
        How many documents were asked for when making was last begun; 0 once it was finished.
    half_of : str
        Identity of what was being made when the page was left.
    half : dict of str to Made
        By code; made, and not handed out yet.
    half_codes : str
        Identity of the account codes in use when these were made.
    """

    identity: str = ""
    made: tuple[Made, ...] = ()
    codes_of: dict[str, str] = field(default_factory=dict)
    last: tuple[str, ...] = ()
    asked: int = 0
    half_of: str = ""
    half: dict[str, Made] = field(default_factory=dict)
    half_codes: str = ""

    def begin(self, identity: str, codes: str, asked: int) -> dict[str, Made]:
        """Begin to make documents, or go on where making was cut off; return what stands already, to be added to."""
        self.asked = asked
        if self.half_of != identity:
            self.half_of, self.half = identity, {}
        self.half_codes, self.half = codes, self.half_standing(codes)
        return self.half

    def half_standing(self, codes: str) -> dict[str, Made]:
        """Return what stands already of documents that are being made, with these account codes."""
        is_same = self.half_codes == codes
        return {code: each for code, each in self.half.items() if is_same or not each.document.has_accounts}

    def standing(self, codes: str) -> tuple[Made, ...]:
        """Return what was made and still holds with these account codes."""
        return tuple(each for each in self.made if self._holds(each, codes))

    def outdated(self, codes: str) -> tuple[Made, ...]:
        """Return what was made with other account codes than these and rests on them."""
        return tuple(each for each in self.made if not self._holds(each, codes))

    def _holds(self, made: Made, codes: str) -> bool:
        return not made.document.has_accounts or self.codes_of.get(made.document.code) == codes

    def finish(self, identity: str, codes: str, made: tuple[Made, ...], *, again: bool) -> None:
        """Put what was made in its place, beside what was made of the same plan before.

        Parameters
        ----------
        identity, codes : str
            Of what the documents rest on, and of the account codes.
        made : tuple of Made
        again : bool
            They were asked for before and failed then, so that the count stays that of what was asked for.
        """
        named = tuple(each.document.code for each in made)
        before = self.made if self.identity == identity else ()
        kept = [each for each in before if each.document.code not in named]
        self.made = tuple(sorted((*kept, *made), key=lambda each: (each.document.place, each.document.code)))
        self.codes_of |= dict.fromkeys(named, codes)
        self.last = self.last if again else named
        self.identity, self.asked, self.half_of, self.half = identity, 0, "", {}


def shelf(visitor: str | None, reports: dict[str, Any]) -> Shelf:
    """Return the visitor's shelf; one that is lost with the page where the browser keeps no cookies."""
    if visitor is not None:
        return _shelf_of(visitor)
    here: Shelf = reports.setdefault(_HERE, Shelf())
    return here


def renew_shelf(visitor: str | None, kept: Shelf) -> None:
    """Let the hours of a shelf begin anew, because something was just put there."""
    if visitor is not None:
        _shelf_of.clear(visitor)
        vars(_shelf_of(visitor)).update(vars(kept))


def clear_shelf(visitor: str | None) -> None:
    """Throw away what was made for a visitor; without a visitor nothing is kept beyond the page."""
    if visitor is not None:
        _shelf_of.clear(visitor)


@st.cache_resource(max_entries=VISITORS, ttl=f"{HOURS}h", show_spinner=False)
def _shelf_of(visitor: str) -> Shelf:
    return Shelf()
