"""Rules from the sheet Rules: one row for each setting, rows with one number are one rule."""

from __future__ import annotations

from equity_alloc.catalogue import rule_classes
from equity_alloc.domain.district import District, GroupUse
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.rules.base import Rule
from equity_alloc.rules.order_of_use import OrderOfUse, refuse_circles
from equity_alloc.rules.setting import Choice, settings_of
from equity_alloc.sources.base import FindingList
from equity_alloc.sources.cells import Cells
from equity_alloc.sources.read_setting import Typed, build_member, missing_code
from equity_alloc.sources.read_tables import Table


def read_rules(table: Table, district: District, findings: FindingList) -> tuple[Rule, ...]:
    """Return the rules that can be read, in the order in which their numbers first appear."""
    rules = tuple(numbered_rules(table, district, findings).values())
    try:
        refuse_circles(rules)
    except InvalidValue as error:
        findings.error(
            "orders-contradict",
            table.shown,
            OrderOfUse.code,
            what=str(error).partition(". ")[0] + ".",
            why="Of funds that each come before the other, none can be used first.",
            remedy=str(error).partition(". ")[2],
        )
    return rules


def numbered_rules(table: Table, district: District, findings: FindingList) -> dict[str, Rule]:
    """Return the rules that can be read, by what stands in the column of numbers."""
    grouped: dict[str, list[Cells]] = {}
    for row in table.rows:
        cells = Cells(table, row, findings)
        number = cells.text("number")
        if number is not None and cells.text("rule") is not None:
            grouped.setdefault(number, []).append(cells)
    rules = {number: _read_rule(rows, district, findings) for number, rows in grouped.items()}
    return {number: rule for number, rule in rules.items() if rule is not None}


def find_rule(words: str) -> type[Rule] | None:
    """Return a rule class by code or title, in any case."""
    wanted = words.strip().lower()
    return next((k for code, k in rule_classes().items() if wanted in (code, k.title.lower())), None)


def _read_rule(rows: list[Cells], district: District, findings: FindingList) -> Rule | None:
    first = rows[0]
    named = first.exact("rule").strip()
    kind = find_rule(named)
    if kind is None:
        findings.error(
            "rule-unknown",
            first.where("rule"),
            named,
            what=f"There is no rule {named}.",
            why="A rule that is not known cannot be kept, and a plan without it would look as if it were.",
            remedy=f"Use one of: {', '.join(rule_classes())}.",
        )
        return None
    for cells in rows[1:]:
        if find_rule(cells.exact("rule")) is not kind:
            findings.error(
                "rule-number-shared",
                cells.where("rule"),
                cells.exact("rule").strip(),
                what=f"Number {cells.exact('number').strip()} stands for {named} and for "
                f"{cells.exact('rule').strip()}.",
                why="Rows with one number are the settings of one rule.",
                remedy="Give each rule its own number.",
            )
            return None
    typed = [
        Typed(cells.where("value"), cells.exact("setting").strip(), cells.exact("value"))
        for cells in rows
        if cells.exact("setting").strip()
    ]
    rule: Rule | None = build_member(kind, typed, first.where("rule"), district, findings)
    if rule is not None:
        _check_codes(kind, rule, first, district, findings)
    return rule


def _check_codes(kind: type[Rule], rule: Rule, cells: Cells, district: District, findings: FindingList) -> None:
    missing = missing_code(kind, rule, district)
    # What follows from an unknown code on the sheets of the district is not told again.
    told = missing is not None and (findings.explains(missing[1]) or findings.has_told(missing[1], ("line-unknown",)))
    if missing is not None and not told:
        findings.error(
            "rule-code-unknown",
            cells.where("rule"),
            missing[1],
            what=f"{kind.title}: {missing[0]} is {missing[1] or 'blank'}, which this district does not have.",
            why="The rule would concern nobody.",
            remedy="Enter a code from the other sheets.",
        )
    for name, info in settings_of(kind).items():
        group = district.group_of.get(str(getattr(rule, name))) if info.choice is Choice.GROUP else None
        if group is not None and group.use is GroupUse.AUDIT:
            findings.error(
                "rule-protected",
                cells.where("rule"),
                group.title,
                what=f"{kind.title}: {group.title} is for audit only.",
                why="A protected attribute can never drive an allocation.",
                remedy="Choose a need driver or enrollment.",
            )
