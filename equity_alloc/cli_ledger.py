"""The ledger of public documents for the export command: kept where this computer keeps what this program stores."""

from __future__ import annotations

import sys

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.planning.plan import Plan
from equity_alloc.reports.document import Dossier
from equity_alloc.reports.release import Release, release_from_text
from equity_alloc.reports.releases import is_new, release_of
from equity_alloc.store.place import open_engine
from equity_alloc.store.releases import COMMAND_LINE, Entry, Releases, now


def published_before(plan: Plan, *, forget: bool) -> tuple[Release, ...]:
    """Return what was public before of the plan's district and year; a ledger that cannot be read is told and counts as empty.

    Parameters
    ----------
    plan : Plan
    forget : bool
        Whether to take the command line's own entries out first.
    """
    try:
        ledger = Releases(open_engine())
        entries = ledger.of(COMMAND_LINE, _district(plan), _data(plan))
        if forget:
            for entry in entries:
                ledger.forget(COMMAND_LINE, _district(plan), entry.release)
            entries = ledger.of(COMMAND_LINE, _district(plan), _data(plan))
        return tuple(release_from_text(entry.text) for entry in entries)
    except (EquityAllocError, OSError) as error:
        sys.stderr.write(f"LEDGER  {error}\n")
        return ()


def write_down(dossier: Dossier) -> None:
    """Keep what public documents tell, where it is anything new."""
    release = release_of(dossier)
    if not is_new(release, dossier.earlier):
        return
    entry = Entry(release.digest, release.title, release.text, now())
    try:
        Releases(open_engine()).add(COMMAND_LINE, _district(dossier.plan), _data(dossier.plan), entry)
    except (EquityAllocError, OSError) as error:
        sys.stderr.write(f"LEDGER  {error}\n")


def _district(plan: Plan) -> str:
    return f"{plan.district.name} {plan.district.year}"


def _data(plan: Plan) -> str:
    """Return what others with the very same data share; an invented district protects nobody, so its visitors do not."""
    return "invented" if plan.district.invented else plan.certificate.district_digest
