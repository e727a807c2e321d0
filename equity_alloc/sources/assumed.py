"""What is assumed where a file brings no choices of its own; nobody should have to guess it."""

from __future__ import annotations

from equity_alloc.domain.district import District, GroupUse
from equity_alloc.rules.titles import titles_of
from equity_alloc.rules.usual import usual_rules
from equity_alloc.sources.base import FindingList


def tell_rules(district: District, findings: FindingList) -> None:
    """Note which rules stand in for those that the file does not name."""
    chosen = [rule for rule in usual_rules(district) if not rule.always]
    findings.note(
        "rules-default",
        "Rules",
        "",
        what="The file names no rules, so the usual ones for a first plan are taken: "
        f"{'; '.join(titles_of(chosen, district))}.",
        why="They keep steps small, and they are nobody's decision yet.",
        remedy="Look at them on the page Rules, or list rules on the sheet Rules.",
    )


def tell_weights(district: District, findings: FindingList) -> None:
    """Note that every pupil counts the same, where there are groups that could weigh more."""
    drivers = [group.title for group in district.groups if group.use is GroupUse.NEED]
    if drivers:
        findings.note(
            "weights-default",
            "Need weights",
            "",
            what=f"The file names no need weights, so every pupil counts the same: {', '.join(drivers)} bring nothing "
            "extra.",
            why="The weights decide which school is called the lowest, and so where money goes.",
            remedy="Set them on the page Rules or on the sheet Need weights; a weight of 0 says that it is meant.",
        )
