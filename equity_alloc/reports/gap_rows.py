"""Every comparison of an audit as one table; what too few pupils stand behind stays blank."""

from __future__ import annotations

from equity_alloc.inequity.audit import Audit
from equity_alloc.inequity.gap_words import alone_words
from equity_alloc.inequity.group_gap import Certainty, GroupGap

HEADINGS = (
    "Area", "Compared", "Student group", "Audit only", "Pupils", "Unit", "Group", "Others", "Difference", "Low",
    "High", "Ratio", "Ratio, shrunk", "Line for the ratio", "Probability beyond the line", "Between schools", "Within schools", "Dollars per weighted pupil", "Certainty", "Alone", "Chance", "Schools known", "Design effect", "Compared since", "Change of the gap", "Change low", "Change high", "Proposal: group", "Proposal: others", "Year",
    "Source", "Schools left out",
)  # fmt: skip


def gap_rows(found: Audit) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return the headings and a row of text for each gap."""
    return HEADINGS, tuple(_row(found, gap) for gap in found.gaps)


def _row(found: Audit, gap: GroupGap) -> tuple[str, ...]:
    told = gap.certainty is not Certainty.TOO_FEW
    low, high = gap.interval or (None, None)
    after, shrunk, trend = found.after(gap), gap.shrunk, gap.trend
    changed = None if trend is None else trend.interval
    return (
        gap.area.value,
        gap.title,
        gap.group,
        "yes" if gap.is_audit_only else "no",
        str(gap.pupils),
        gap.unit,
        *(_number(value if told else None) for value in (gap.value, gap.other, gap.difference)),
        *(_number(value) for value in (low, high, gap.ratio)),
        *(_number(value) for value in ((None,) * 3 if shrunk is None else (shrunk.ratio, shrunk.line, shrunk.beyond))),
        *(_number(value if told else None) for value in (gap.between, gap.within)),
        _number(gap.worth),
        gap.certainty.value,
        alone_words(gap),
        _number(gap.chance if told else None),
        str(gap.n_schools) if gap.n_schools else "",
        _number(gap.design_effect if gap.interval is not None else None),
        (trend.since or "") if trend is not None else "",
        *(_number(value) for value in ((None,) * 3 if changed is None or trend is None else (trend.change, *changed))),
        _number(None if after is None else after.value),
        _number(None if after is None else after.other),
        gap.year,
        gap.source,
        str(len(gap.left_out)),
    )


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.6g}"
