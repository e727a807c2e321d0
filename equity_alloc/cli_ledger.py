"""The ledger of public documents for the export command: kept where this computer keeps what this program stores."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.planning.plan import Plan
from equity_alloc.reports.document import Document, Dossier
from equity_alloc.reports.earlier_sets import called, identity_of_counts, is_about, told_of_sets
from equity_alloc.reports.release import Release, release_from_text
from equity_alloc.reports.releases import before_publishing, is_new, release_of
from equity_alloc.store.place import open_engine
from equity_alloc.store.releases import COMMAND_LINE, Entry, Releases, now


class Ledger:
    """What was public before of a plan's district and year, and what is added to it now.

    Nothing public is written before the ledger holds it: else a later set could give small counts away beside this one.

    Parameters
    ----------
    dossier : Dossier
        With what was public before.
    told : str
        What to say about it; "" where there is nothing.
    lost : str
        Why the ledger cannot be used, with what to do; "" where it can.
    published : bool
        Whether what is made is given to anybody.
    """

    def __init__(self, dossier: Dossier, told: str = "", lost: str = "", *, published: bool) -> None:
        self.dossier, self.told = dossier, told
        self._lost, self._due = lost, published

    def withholds(self) -> str:
        """Return why a public document must not be written, "" where it may; the first one writes the set down."""
        if self._due and not self._lost:
            try:
                self._write_down()
                self._due = False
            except (EquityAllocError, OSError) as error:
                self._lost = _lost(error)
        return self._lost

    def _write_down(self) -> None:
        release, plan = release_of(self.dossier), self.dossier.plan
        if is_new(release, self.dossier.earlier):
            entry = Entry(release.digest, release.title, release.text, now(), called(plan.district))
            Releases(open_engine()).add(COMMAND_LINE, _data(plan)[0], entry)


def open_ledger(dossier: Dossier, chosen: Iterable[Document], *, published: bool, forget: bool) -> Ledger:
    """Return the ledger for a set of documents.

    Parameters
    ----------
    dossier : Dossier
        Without what was public before.
    chosen : iterable of Document
    published : bool
        Whether what is made is given to anybody.
    forget : bool
        Whether to take the command line's own entries out first.
    """
    if not any(document.is_public for document in chosen):
        return Ledger(dossier, published=False)
    try:
        earlier, of_sets = _before(dossier.plan, forget=forget)
        known = dataclasses.replace(dossier, earlier=earlier)
    except (EquityAllocError, OSError) as error:
        return Ledger(dossier, "" if published else str(error), _lost(error) if published else "", published=published)
    try:
        told = before_publishing(known)
    except EquityAllocError:
        # Each public document says why it cannot be made; the internal ones are made all the same.
        told = ""
    return Ledger(known, " ".join(filter(None, (of_sets, told))), published=published)


def _before(plan: Plan, *, forget: bool) -> tuple[tuple[Release, ...], str]:
    """Return what was public of the same pupils before, and what to say of how it was known."""
    ledger = Releases(open_engine())
    sets = [(each, release_from_text(each.text)) for each in ledger.of(COMMAND_LINE, _data(plan))]
    if forget:
        for entry, release in sets:
            if is_about(release, entry.district, plan.district):
                ledger.forget(COMMAND_LINE, entry.district, entry.release)
        sets = [(each, release_from_text(each.text)) for each in ledger.of(COMMAND_LINE, _data(plan))]
    named = [(entry.district, release) for entry, release in sets]
    return tuple(release for was, release in named if is_about(release, was, plan.district)), told_of_sets(
        named, plan.district
    )


def _lost(error: Exception) -> str:
    why = str(error) if isinstance(error, EquityAllocError) else f"{Releases.unavailable} ({error})"
    return (
        f"{why} See that the folder in EQUITY_ALLOC_HOME can be written and make it again; or, if nobody is given what is made, "
        "ask for it with --not-published."
    )


def _data(plan: Plan) -> tuple[str, ...]:
    """Return what others with the very same counts share; an invented district protects nobody, so its visitors do not."""
    if plan.district.invented:
        return ("invented",)
    # Entries made before counts had an identity of their own stand there with that of all data.
    return identity_of_counts(plan.district), plan.certificate.district_digest
