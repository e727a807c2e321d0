"""The ledger of public documents on screen: what was made before, what that changes now, and what was not published."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass

import streamlit as st

from equity_alloc.domain.errors import EquityAllocError, StoredFormat
from equity_alloc.planning.plan import Plan
from equity_alloc.reports.document import Dossier
from equity_alloc.reports.earlier_sets import called, identity_of_counts, is_about, told_of_sets
from equity_alloc.reports.family import Made
from equity_alloc.reports.release import Release, release_from_text
from equity_alloc.reports.releases import before_publishing, is_new, release_of
from equity_alloc.store.releases import Entry, Releases, now
from equity_alloc.store.unavailable import StoreUnavailable
from equity_alloc.ui.cached import releases
from equity_alloc.ui.session import Session
from equity_alloc.ui.words import plain

_HERE, _NOTICE, _LOST = "export-releases", "export-ledger-notice", "export-ledger-lost"
#: What a visitor gives as a word where the ledger is not kept.
ONLY_SET = "This is the only set of public documents of this district and year that anybody is given"


@dataclass(frozen=True, slots=True)
class Before:
    """What was public before of this district and year.

    Parameters
    ----------
    entries : tuple of (Entry, Release)
        The earliest first.
    lost : str
        Why it is not known; "" where it is.
    told : str
        Which sets were known by their counts and not by their name, and which are left aside.
    """

    entries: tuple[tuple[Entry, Release], ...]
    lost: str = ""
    told: str = ""

    @property
    def releases(self) -> tuple[Release, ...]:
        """What each told."""
        return tuple(release for _, release in self.entries)


def before(session: Session, plan: Plan) -> Before:
    """Return the ledger of the plan's pupils; one that is lost with the page where nothing can be stored."""
    entries: tuple[Entry, ...] = session.reports.get(_HERE, ())
    ledger, lost = releases(), ""
    if ledger is None:
        lost = Releases.unavailable
    elif session.visitor is not None:
        try:
            entries = ledger.of(session.visitor, _data(session, plan))
        except EquityAllocError as error:
            lost = str(error)
    found = []
    for entry in entries:
        try:
            found.append((entry, release_from_text(entry.text)))
        except StoredFormat as error:
            lost = f"An entry of the ledger of public documents cannot be read: {error}"
    about = tuple((entry, release) for entry, release in found if is_about(release, entry.district, plan.district))
    return Before(about, lost, told_of_sets([(entry.district, release) for entry, release in found], plan.district))


def ask_for_word(session: Session, known: Before) -> bool:
    """Where the ledger is not kept, ask whether this is the only set that is given to anybody; return the answer."""
    lost = known.lost or session.reports.get(_LOST, "")
    if not lost:
        return False
    st.warning(plain(f"{lost} So nothing public is made without your word."), icon=":material/history:")
    return st.checkbox(ONLY_SET, key="export-only-set")


def release_or_withhold(
    session: Session, dossier: Dossier, known: Before, made: tuple[Made, ...], *, has_word: bool
) -> tuple[Made, ...]:
    """Write public documents down before anybody gets them; where that fails, only the others are given."""
    if not any(each.document.is_public and each.data for each in made):
        return made
    try:
        if known.lost:
            raise StoreUnavailable(known.lost)
        _record(session, dossier)
    except EquityAllocError as error:
        session.reports[_LOST] = str(error)
        if has_word:
            return made
        told = (
            f"Not given out: {error} Try again; or tick \u201c{ONLY_SET}\u201d above and make the documents once more."
        )
        return tuple(
            dataclasses.replace(each, data=b"", error=told) if each.document.is_public and each.data else each
            for each in made
        )
    session.reports.pop(_LOST, None)
    return made


def _record(session: Session, dossier: Dossier) -> None:
    """Write down that public documents were made; a set that tells nothing new is there already."""
    release = release_of(dossier)
    if not is_new(release, dossier.earlier):
        return
    entry = Entry(release.digest, release.title, release.text, now(), called(dossier.plan.district))
    ledger = releases()
    if ledger is None:
        raise StoreUnavailable(Releases.unavailable)
    if session.visitor is None:
        session.reports[_HERE] = (*session.reports.get(_HERE, ()), entry)
        return
    ledger.add(session.visitor, _data(session, dossier.plan)[0], entry)


def show_ledger(session: Session, known: Before, dossier: Dossier) -> None:
    """Say what earlier public documents change about those made now, and let the visitor name what was not published."""
    notice = session.reports.pop(_NOTICE, "")
    if notice:
        st.warning(plain(notice), icon=":material/history:")
    if known.told:
        st.info(plain(known.told), icon=":material/history:")
    try:
        changed = before_publishing(dossier)
    except EquityAllocError as error:
        changed = str(error)
    if changed:
        st.warning(plain(changed), icon=":material/privacy_tip:")
    if not known.entries:
        return
    count = len(known.entries)
    title = (
        "1 set of public documents was made before"
        if count == 1
        else f"{count} sets of public documents were made before"
    )
    with st.expander(title, icon=":material/history:"):
        st.markdown(
            "Whoever holds two sets of the same counts can learn more than from one, so each new set is made in view of those "
            "before. Take out only what you have not given to anybody."
        )
        for place, (entry, release) in enumerate(known.entries):
            day = dt.datetime.fromtimestamp(entry.made_at, dt.UTC).strftime("%Y-%m-%d %H:%M")
            hidden, levels = len(release.hidden), "with" if release.levels else "without"
            name = "" if entry.district == called(dossier.plan.district) else f", made as {plain(entry.district)}"
            st.markdown(f"{day} UTC, **{plain(entry.title)}**{name}: {hidden} counts left out, {levels} levels.")
            st.button(
                f"It was not published: take out set {place + 1}",
                key=f"export-unpublished-{place}",
                on_click=_take_out,
                args=(session, entry),
            )


def _take_out(session: Session, taken: Entry) -> None:
    session.reports[_HERE] = tuple(
        entry
        for entry in session.reports.get(_HERE, ())
        if (entry.district, entry.release) != (taken.district, taken.release)
    )
    ledger = releases()
    if ledger is None or session.visitor is None:
        return
    try:
        if not ledger.forget(session.visitor, taken.district, taken.release):
            session.reports[_NOTICE] = (
                "That set was made by somebody else from the very same data; only who made it can take it out."
            )
    except EquityAllocError as error:
        session.reports[_NOTICE] = str(error)


def _data(session: Session, plan: Plan) -> tuple[str, ...]:
    """Return what other visitors with the very same counts share; an invented district protects nobody, so its visitors do not."""
    if plan.district.invented:
        return (f"invented {session.visitor}"[:64],)
    # Entries made before counts had an identity of their own stand there with that of all data.
    return identity_of_counts(plan.district), plan.certificate.district_digest
