"""What the district has promised and how a plan stands to it: page one where one is dropped, every one behind it.

What a test found names counts of pupils, so the public reads the state alone; the workbook holds the amounts.
"""

from __future__ import annotations

from collections.abc import Sequence

from equity_alloc.commitments.standing import Standing, State, counted_states, drop_words
from equity_alloc.domain.day import days_in_words
from equity_alloc.reports.counts_told import tells_of_counts
from equity_alloc.reports.live_sheet import LiveSheet, text
from equity_alloc.reports.section import Section, Table
from equity_alloc.sources.tables import COMMITTED

_NONE = "No commitment is on the list of this scenario."


def dropped_section(standings: Sequence[Standing]) -> tuple[Section, ...]:
    """Return the section for page one: each commitment that somebody decided to drop; empty where nobody did."""
    dropped = [each for each in standings if each.commitment.drop is not None]
    if not dropped:
        return ()
    title = "1 commitment is dropped" if len(dropped) == 1 else f"{len(dropped)} commitments are dropped"
    return (Section(title, tuple(_dropped(each) for each in dropped)),)


def commitments_section(standings: Sequence[Standing]) -> tuple[Section, ...]:
    """Return the section with every commitment and its state; empty where the scenario has none."""
    if not standings:
        return ()
    parts = counted_states(public_state(each) for each in standings)
    headings = ("Code", "Commitment, as adopted", "Kind", "Adopted by", "How it stands", "Held the plan back")
    rows = tuple(
        (
            each.commitment.code,
            each.commitment.clause,
            each.commitment.kind.value,
            _adopted(each),
            ". ".join(part for part in (public_state(each).value, public_shortfall(each)) if part),
            _bound(each),
        )
        for each in standings
    )
    table = Table("Every commitment, and whether the plan keeps it", headings, rows, (False,) * len(headings))
    return (Section("Commitments", (f"{parts[:1].upper()}{parts[1:]}.", *_decisions(standings)), table),)


def commitment_sheet(standings: Sequence[Standing]) -> LiveSheet:
    """Return the sheet of the workbook: every commitment with what its test found, and who dropped it."""
    headings = ("Code", "Commitment, as adopted", "How it stands", "Kind", "Priority", "What the test found", "Short by",
                "Decision to drop it", "Held the plan back", "Adopted by", "Owner")  # fmt: skip
    rows = tuple(
        tuple(
            map(
                text,
                (
                    each.commitment.code,
                    each.commitment.clause,
                    each.state.value,
                    _kind(each),
                    str(each.commitment.priority),
                    days_in_words(each.words),
                    "" if each.shortfall is None else each.shortfall.words,
                    days_in_words(drop_words(each.commitment)),
                    _bound(each),
                    days_in_words(_adopted(each)),
                    each.commitment.owner,
                ),
            )
        )
        for each in standings
    )
    widths = (8, 40, 18, 16, 10, 62, 34, 80, 12, 38, 26)
    title = "Every commitment, and whether the plan keeps it"
    return LiveSheet(COMMITTED, title, headings, rows, widths, has_filter=True, nothing=_NONE)


def public_state(standing: Standing) -> State:
    """Return the state as the public may read it: "no room left" would tell a count where the test counts a group."""
    return State.KEPT if standing.state.is_kept and _tells(standing) else standing.state


def public_shortfall(standing: Standing) -> str:
    """Return by how much it is missed and whom that touches, where that would tell no count of a group; else ""."""
    return "" if standing.shortfall is None or _tells(standing) else standing.shortfall.words


def _tells(standing: Standing) -> bool:
    """Whether what the test found would tell counts of a student group."""
    return standing.commitment.gap is not None or tells_of_counts(standing.commitment.test)


def _dropped(standing: Standing) -> str:
    commitment = standing.commitment
    kept = " This plan keeps it all the same." if standing.state.is_kept else ""
    short = f" {public_shortfall(standing)}".rstrip()
    return (
        f"{commitment.code}: \u201c{commitment.clause}\u201d Adopted by {_adopted(standing)}.{short} "
        f"{drop_words(commitment, brief=True)}{kept}"
    )


def _kind(standing: Standing) -> str:
    due = f", due from {standing.commitment.due}" if standing.commitment.due else ""
    return f"{standing.commitment.kind.value}{due}"


def _decisions(standings: Sequence[Standing]) -> tuple[str, ...]:
    """Say who dropped what, so that the memo and the details hold it too."""
    return tuple(drop_words(each.commitment) for each in standings if each.commitment.drop is not None)


def _adopted(standing: Standing) -> str:
    commitment = standing.commitment
    number = f", resolution {commitment.resolution}" if commitment.resolution else ""
    return f"{commitment.body}, {commitment.adopted}{number}"


def _bound(standing: Standing) -> str:
    if not standing.commitment.has_test:
        return "no test"
    if standing.commitment.test is None:
        return "no plan decides it"
    return "yes" if standing.is_bound else "no"
