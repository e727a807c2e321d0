"""What a scenario supposes about a fund in place of what the district has voted."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from equity_alloc.domain.fund import ALL, Fund
from equity_alloc.domain.money import Cents, print_dollars


@dataclass(frozen=True, slots=True)
class FundChange:
    """What a scenario changes about a fund; None leaves the district's own value."""

    fund: str
    amount: Cents | None = None
    counts: bool | None = None
    shared_by: str | None = None
    schools: tuple[str, ...] | None = None
    positions: tuple[str, ...] | None = None
    lines: tuple[str, ...] | None = None

    def apply(self, fund: Fund) -> Fund:
        """Return the fund with the changes."""
        names = [item.name for item in dataclasses.fields(self) if item.name != "fund"]
        changes: dict[str, Any] = {n: getattr(self, n) for n in names if getattr(self, n) is not None}
        return dataclasses.replace(fund, **changes)

    def words(self, fund: Fund) -> str:
        """Return what changes, from what to what, as one sentence."""
        after = self.apply(fund)
        parts = []
        if after.amount != fund.amount:
            parts.append(f"appropriation {print_dollars(fund.amount)} to {print_dollars(after.amount)}")
        if after.counts != fund.counts:
            parts.append("now counted in the level" if after.counts else "no longer counted in the level")
        if after.shared_by != fund.shared_by:
            parts.append(f"shared out by {_way(after.shared_by)} instead of {_way(fund.shared_by)}")
        for name in ("schools", "positions", "lines"):
            before, now = getattr(fund, name), getattr(after, name)
            if before != now:
                parts.append(f"{name} it may pay: {_listed(now)} instead of {_listed(before)}")
        return f"{fund.title}: {'; '.join(parts)}." if parts else ""


def _way(shared_by: str) -> str:
    """Return how a fund is shared out; a student group by its code."""
    return {"": "the plan", "last-year": "last year", "title-1": "Title I ranking"}.get(shared_by, shared_by)


def _listed(codes: tuple[str, ...]) -> str:
    if codes == ALL:
        return "all"
    return ", ".join(codes) or "none"
