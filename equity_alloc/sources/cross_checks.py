"""What sheets say together: posts off their step, funds that pay where they may not, central blocks too large."""

from __future__ import annotations

from collections.abc import Mapping

from equity_alloc.domain.district import District
from equity_alloc.domain.finding import Severity
from equity_alloc.domain.fte import print_fte
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.sources.base import FindingList
from equity_alloc.sources.read_tables import Row, Table

#: A plan keeps the funds of a post as one number of 64 bits, and room beside them.
MOST_FUNDS = 60


def cross_check(district: District, tables: Mapping[str, Table], findings: FindingList) -> None:
    """Add what can be seen only when the sheets are laid side by side.

    A row with an unknown code is left out of the district. What that lets appear on other sheets is not told: one typing
    error is one finding.
    """
    sound = {name: table for name, table in tables.items() if not findings.has_errors_on(table.shown)}
    is_whole = not findings.incomplete and not any(
        f.severity is Severity.ERROR and f.code.endswith(("-unknown", "-differs")) for f in findings.found
    )
    _few_funds(district, tables, findings)
    _central_within_funds(district, tables, findings)
    _somebody_shares(district, tables, findings)
    misspelled = _lines_exist(district, tables, findings)
    _one_code_each(district, tables, findings)
    if is_whole and {"Staffing", "Spending"} & tables.keys() <= sound.keys():
        _new_schools(district, sound, findings)
    if is_whole and "Staffing" in sound and "Positions" in sound:
        _on_step(district, sound["Staffing"], findings)
    for name in ("Staffing", "Spending"):
        if name in tables:
            _once_each(tables[name], findings)
            if "Funds" in sound:
                _funds_may_pay(district, tables[name], misspelled, findings)


def _few_funds(district: District, tables: Mapping[str, Table], findings: FindingList) -> None:
    if "Funds" in tables and len(district.funds) > MOST_FUNDS:
        findings.error(
            "funds-too-many",
            tables["Funds"].shown,
            str(len(district.funds)),
            what=f"{tables['Funds'].shown} has {count_words(len(district.funds), 'fund')}, and a plan can have {MOST_FUNDS}.",
            why="Which funds may pay for a post is kept for each set of funds.",
            remedy="Join funds that may pay for the same things.",
        )


def _central_within_funds(district: District, tables: Mapping[str, Table], findings: FindingList) -> None:
    if "Central" not in tables or "Funds" not in tables:
        return
    table, funds = tables["Central"], tables["Funds"]
    unread = {funds.raw(row, "code").strip() for row in funds.rows if findings.has_error_at(funds.where(row, "amount"))}
    for fund in district.funds:
        central = district.central_of(fund.code)
        row = next((row for row in table.rows if table.raw(row, "fund").strip() == fund.code), None)
        if row is not None and fund.code not in unread and central > fund.amount:
            findings.error(
                "central-over-fund",
                table.where(row, "amount"),
                print_dollars(central, with_cents=True),
                what=f"{print_dollars(central)} is budgeted centrally from {fund.title} (code {fund.code}), but only "
                f"{print_dollars(fund.amount)} is appropriated.",
                why="Nothing would be left for schools, and the fund would be overspent before any plan.",
                remedy=f"Lower the central lines by {print_dollars(central - fund.amount)}, or correct the "
                "appropriation.",
            )


def _somebody_shares(district: District, tables: Mapping[str, Table], findings: FindingList) -> None:
    """Tell a fund that is shared out by a student group of which no school that it serves has a pupil."""
    if "Funds" not in tables:
        return
    funds = tables["Funds"]
    rows = {funds.raw(row, "code").strip(): row for row in funds.rows}
    for fund in district.funds:
        group, pot = district.group_of.get(fund.shared_by), district.school_pot(fund)
        counts = [school.group(fund.shared_by) for school in district.schools if fund.serves(school.code)]
        if group is not None and fund.code in rows and pot > 0 and counts and not any(n is None or n for n in counts):
            findings.warn(
                "shared-by-none",
                funds.where(rows[fund.code], "shared_by"),
                group.title,
                what=f"{fund.title} is shared out by {group.title}, and no school that it serves has such a pupil.",
                why=f"All {print_dollars(pot)} that it has for schools would stay unallocated.",
                remedy="Correct the counts or the schools that the fund serves, or share it out in another way.",
            )


def _lines_exist(district: District, tables: Mapping[str, Table], findings: FindingList) -> set[str]:
    """Return the codes of funds with a line that nobody spent on, which may be misspelled."""
    found: set[str] = set()
    if "Funds" not in tables or "Spending" not in tables or not tables["Spending"].rows:
        return found
    table = tables["Funds"]
    for row in table.rows:
        fund = district.fund_of.get(table.raw(row, "code").strip())
        unknown = [line for line in fund.lines if line != "*" and line not in district.lines] if fund else []
        if fund and unknown:
            found.add(fund.code)
            findings.warn(
                "line-unknown",
                table.where(row, "lines"),
                "; ".join(unknown),
                what=f"{fund.title} may pay {', '.join(unknown)}, but no school spent on such a line last year.",
                why="A plan spends on the lines that Spending names; a misspelled line gets nothing.",
                remedy="Write the line as on the sheet Spending, or leave it if it is meant for later.",
            )
    return found


def _one_code_each(district: District, tables: Mapping[str, Table], findings: FindingList) -> None:
    if "Spending" not in tables:
        return
    table = tables["Spending"]
    for row in table.rows:
        line = table.raw(row, "line").strip()
        if line in district.position_of:
            findings.error(
                "line-named-as-position",
                table.where(row, "line"),
                line,
                what=f"The line {line} has the same name as the code of a position.",
                why="A rule or a plan could not tell the two apart.",
                remedy="Give the line another name.",
            )
            return


def _new_schools(district: District, tables: Mapping[str, Table], findings: FindingList) -> None:
    no_posts = findings.has_told("", ("staffing-empty",))
    if "Schools" not in tables or no_posts or not (district.staffing or district.spending):
        return
    table = tables["Schools"]
    for row in table.rows:
        school = district.school_of.get(table.raw(row, "code").strip())
        if school and school.enrollment and not district.today.school_dollars(school.code):
            findings.warn(
                "school-without-last-year",
                table.where(row, "code"),
                school.code,
                what=f"{school.label} has pupils, but no posts and no dollars last year.",
                why="Rules that limit change do not concern a new school, so only its need and the funds limit it.",
                remedy="Enter last year's posts and dollars if it had any; otherwise give it staffing rules.",
            )


def _on_step(district: District, table: Table, findings: FindingList) -> None:
    off: dict[str, list[tuple[str, int]]] = {}
    for (school, code), fte in district.today.fte:
        if fte % district.position_of[code].step:
            off.setdefault(code, []).append((school, fte))
    for code, schools in off.items():
        position, (school, fte) = district.position_of[code], schools[0]
        row = next(
            row
            for row in table.rows
            if (table.raw(row, "school").strip(), table.raw(row, "position").strip()) == (school, code)
        )
        more = f" The same at {len(schools) - 1} more schools." if len(schools) > 1 else ""
        findings.warn(
            "fte-off-step",
            table.where(row, "fte"),
            print_fte(fte),
            what=f"{position.title} at {district.school_of[school].label} has {print_fte(fte)} FTE, which is not a "
            f"multiple of its step of {print_fte(position.step)}.{more}",
            why="The plan fills posts in steps, so it will move this one to a step next to it.",
            remedy="Leave it if that is right, or enter a finer step for the position.",
        )


def _once_each(table: Table, findings: FindingList) -> None:
    seen: dict[tuple[str, ...], int] = {}
    for row in table.rows:
        key = tuple(table.raw(row, field).strip() for field in table.sheet.keys)
        if key in seen:
            findings.warn(
                "row-repeated",
                table.where(row, table.sheet.keys[0]),
                ", ".join(key),
                what=f"Row {row.number} of {table.shown} names the same {', '.join(table.sheet.keys)} as row "
                f"{seen[key]}.",
                why="The two are added together; if one is a copy, it counts twice.",
                remedy="Delete the row if it is a copy; otherwise leave it.",
            )
        seen.setdefault(key, row.number)


def _funds_may_pay(district: District, table: Table, misspelled: set[str], findings: FindingList) -> None:
    """Name what each fund paid and may not pay now, once for a position or line and once for all schools."""
    post = "position" in table.columns
    rows: dict[tuple[str, str], list[Row]] = {}
    for row in table.rows:
        fund = district.fund_of.get(table.raw(row, "fund").strip())
        school = table.raw(row, "school").strip()
        if fund is None or school not in district.school_of:
            continue
        what = table.raw(row, "position" if post else "line").strip()
        pays = fund.pays_position(what) if post else fund.pays_line(what)
        if not pays and not post and fund.code in misspelled:
            continue
        if not pays or not fund.serves(school):
            rows.setdefault((fund.code, "" if pays else what), []).append(row)
    for (code, thing), (first, *others) in rows.items():
        fund, where = district.fund_of[code], district.school_of[table.raw(first, "school").strip()]
        what = table.raw(first, "position" if post else "line").strip()
        more = f" The same in {len(others)} more row{'' if len(others) == 1 else 's'}." if others else ""
        findings.warn(
            "fund-paid-elsewhere",
            table.where(first, "fund"),
            code,
            what=f"Last year {fund.title} (code {code}) paid {what} at {where.label}, where it may not pay "
            f"{'for ' + what if thing else 'at this school'} now.{more}",
            why="The plan cannot repeat it, so another fund must take it over or the school loses it.",
            remedy="Widen what the fund may pay on the sheet Funds if that is wrong; otherwise leave it.",
        )
