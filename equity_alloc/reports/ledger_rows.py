"""The ledger of promises as rows: what is recorded of a plan, and the table that leaves."""

from __future__ import annotations

from collections.abc import Sequence

from equity_alloc.commitment import Commitment
from equity_alloc.commitments.standing import CHANGED, Standing, drop_words
from equity_alloc.planning.plan import Plan

HEADINGS = (
    "Year", "Plan", "Code", "Commitment, as it read then", "How it stood", "What its test found", "Short by",
    "Decision to drop it", "Recorded on", "Since then", "Plan digest",
)  # fmt: skip


def ledger_cells(plan: Plan, standings: Sequence[Standing], day: str) -> list[dict[str, str]]:
    """Return what is recorded of a plan: one row for each commitment.

    Parameters
    ----------
    plan : Plan
    standings : sequence of Standing
    day : str
        Year first.
    """
    return [
        {
            "district": plan.district.name,
            "year": plan.district.year,
            "plan": plan.scenario.name,
            "plan_digest": plan.digest,
            "code": each.commitment.code,
            "clause": each.commitment.clause,
            "identity": each.commitment.identity,
            "state": each.state.value,
            "found": each.words,
            "short": "" if each.shortfall is None else each.shortfall.words,
            "decided": drop_words(each.commitment),
            "recorded": day,
        }
        for each in standings
    ]


def since_words(code: str, identity: str, now: Sequence[Commitment]) -> str:
    """Return what became of a commitment since a row was recorded; "" where it reads the same."""
    found = next((each for each in now if each.code == code), None)
    if found is None:
        return "No longer on the list."
    return "" if found.identity == identity else CHANGED.strip()
