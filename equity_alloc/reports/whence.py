"""Where what some schools gain comes from: one sentence for the first pages, worked out and true of every school it names."""

from __future__ import annotations

from equity_alloc.domain.number import count_words
from equity_alloc.reports.document import Dossier
from equity_alloc.reports.section import dollars


def whence_words(dossier: Dossier) -> str:
    """Say where what gainers get comes from, or where what is given up goes; "" where nobody gains and nobody gives up.

    Parameters
    ----------
    dossier : Dossier
    """
    pool = dossier.reasons[0].pool
    new = pool.gained - pool.given
    gainers = count_words(pool.gainers, "school")
    givers = count_words(pool.givers, "school")
    give = f"{givers} {'gives' if pool.givers == 1 else 'give'} up{_higher(dossier)}"
    gain = f"{gainers} {'gains' if pool.gainers == 1 else 'gain'}"
    if not pool.gained:
        return "No school gains core money, so what is given up goes to no other school." if pool.given else ""
    if not pool.given:
        # What rounded average costs alone bring is no new money.
        return f"The {dollars(pool.gained)} that {gain} is new core money." if new > pool.rounding else ""
    if new > pool.rounding:
        return (
            f"The {dollars(pool.gained)} that {gain} comes from {dollars(new)} of new core money and from what {give}."
        )
    if new >= -pool.rounding:
        return f"No core money is new: the {dollars(pool.gained)} that {gain} comes from what {give}."
    return (
        f"Schools have {dollars(-new)} less core money in all: of the {dollars(pool.given)} that {givers} "
        f"{'gives' if pool.givers == 1 else 'give'} up, {dollars(pool.gained)} goes to {gainers}."
    )


def _higher(dossier: Dossier) -> str:
    """Say that each school that gives up stands higher than every school that gains, where that may be told and is so."""
    losers = [reason for reason in dossier.reasons if reason.change < 0]
    stands = [reason.standing for reason in losers]
    told = (
        bool(losers)
        and dossier.public.hidden.levels
        and all(each is not None and each.passed == each.others for each in stands)
    )
    if not told:
        return ""
    unit = losers[0].unit
    how = "at a higher share of target" if unit.startswith("share") else f"higher {unit.removeprefix('dollars ')}"
    return f", which {'stands' if len(losers) == 1 else 'each stand'} {how} with last year's money than every school that gains"
