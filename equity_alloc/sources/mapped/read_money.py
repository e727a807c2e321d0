"""Tables with one row for posts or dollars of a school: position exports, ledgers, allocations by fund."""

from __future__ import annotations

from equity_alloc.sources.base import FindingList
from equity_alloc.sources.mapped.adding import Entry, compare_totals, totals_by_arithmetic
from equity_alloc.sources.mapped.extract import LeftOut, Measured, MoneyRow, SchoolFacts
from equity_alloc.sources.mapped.read_cells import CellReader
from equity_alloc.sources.mapped.read_schools import ARITHMETIC, Found
from equity_alloc.sources.mapped.sort_rows import Sorted, total_label
from equity_alloc.sources.read_tables import Row

_LINE = ("line", "function", "object", "program")
FUND, FUND_TITLE, LINE = "all-funds", "All funds of the file", "Spending"


def read_money(cells: CellReader, rows: Sorted, findings: FindingList, *, whole_file: bool) -> Found:
    """Return the posts and dollars of each school.

    Parameters
    ----------
    cells : CellReader
    rows : Sorted
    findings : FindingList
    whole_file : bool
        Whether all rows of the file are read.
    """
    both = sorted([*rows.rows, *rows.totals], key=lambda row: row.number)
    totals = {row.number for row in rows.totals}
    lines: dict[int, MoneyRow] = {}
    entries: list[Entry] = []
    names: dict[str, str] = {}
    for row in both:
        is_total = row.number in totals
        if is_total:
            entries.append(_total(cells, row))
            continue
        line = _line(cells, row, findings)
        if line is None:
            entries.append(Entry("", "", cells.where(row, "school")))
            continue
        lines[row.number] = line
        names.setdefault(line.school, cells.text(row, "school_name") or line.school)
        entries.append(Entry("", line.school, cells.where(row, "school"), _sums(cells, line.cents, line.fte)))
    guessed, marked = _guess_totals(both, entries)
    kept = [lines[row.number] for row in rows.rows if row.number in lines and row.number not in guessed]
    places = [cells.where(row, "school") for row in both if row.number in guessed]
    left = [LeftOut(ARITHMETIC, len(places), places[0], is_guess=True)] if places else []
    schools = {line.school: SchoolFacts(line.school, names[line.school], line.where) for line in reversed(kept)}
    return Found(
        tuple(schools[code] for code in sorted(schools)),
        tuple(kept),
        compare_totals(marked, whole_file=whole_file),
        tuple(left),
    )


def _guess_totals(both: list[Row], entries: list[Entry]) -> tuple[set[int], list[Entry]]:
    """Find, school by school, the row that equals all other rows of the school without saying so."""
    by_school: dict[str, list[int]] = {}
    for place, entry in enumerate(entries):
        if not entry.is_total and entry.group:
            by_school.setdefault(entry.group, []).append(place)
    guessed: set[int] = set()
    for places in by_school.values():
        ends = {0, len(places) - 1}
        members = [entries[place] for place in places]
        for found in totals_by_arithmetic(members):
            # Teachers who are all charged at one average make chance sums of a few rows, so the whole school must add up.
            if found in ends and len(members) > 4:
                others = sum(value for i, m in enumerate(members) if i != found for value in m.sums.values())
                if others == sum(members[found].sums.values()):
                    guessed.add(places[found])
    marked = [
        Entry(e.label, e.group, e.where, e.sums, is_total=True) if place in guessed else e
        for place, e in enumerate(entries)
    ]
    return {both[place].number for place in guessed}, marked


def _total(cells: CellReader, row: Row) -> Entry:
    """Return a printed total; it may stand for one school or for all of them."""
    label = total_label(cells, row) or cells.text(row, "line") or "Total"
    cents = cells.hundredths(row, "dollars")
    posts = cells.hundredths(row, "posts") if cells.has("posts") else None
    sums = _sums(cells, cents, posts or 0) if cents is not None else {}
    if posts is None:
        sums.pop(
            ("posts", Measured.FTE), None
        )  # a print without posts says nothing of them, and not that there are none
    return Entry(label, cells.code(row, "school") or "", cells.where(row, "school"), sums, is_total=True)


def _sums(cells: CellReader, cents: int, fte: int) -> dict[tuple[str, Measured], int]:
    sums = {("dollars", Measured.CENTS): cents}
    if cells.has("posts"):
        sums["posts", Measured.FTE] = fte
    return sums


def _line(cells: CellReader, row: Row, findings: FindingList) -> MoneyRow | None:
    parts: dict[str, str] = {}
    account = cells.map.account
    if account is not None:
        place = cells.shape.place([account.column])
        text = cells.shape.cell(row, place)
        found = account.split(text)
        if found is None:
            findings.error(
                "account-unreadable", cells.shape.where(row, place), text[:40],
                what=f"The account code {text[:40] or '(blank)'} in row {row.number} does not have the parts "
                f"{', '.join(name for name in account.fields if name)}.",
                why="Without its parts it is not known which school and fund the dollars belong to.",
                remedy="Correct the code, or describe the parts on the map.",
            )  # fmt: skip
            return None
        parts = found

    def text_of(name: str) -> str:
        return parts.get(name) or cells.text(row, name)

    school = cells.as_code(text_of("school"), "school", row)
    cents = cells.hundredths(row, "dollars")
    posts = cells.hundredths(row, "posts") if cells.has("posts") else None
    if school is None or cents is None:
        if school is None and not findings.has_error_at(cells.where(row, "school")):
            findings.error(
                "school-code-blank", cells.where(row, "school"), "",
                what=f"Row {row.number} of {cells.shape.shown} has dollars and no code of a school.",
                why="Dollars that belong to nobody would be lost.",
                remedy="Enter the code, or say on the map that such rows are left out.",
            )  # fmt: skip
        elif school is not None and not findings.has_error_at(cells.where(row, "dollars")):
            findings.warn(
                "dollars-blank", cells.where(row, "dollars"), cells.text(row, "dollars"),
                what=f"Row {row.number} of {cells.shape.shown} has no dollars for {school}.",
                why="Blank is unknown and never zero; the row is not read.", remedy="Enter the amount, 0 if it is none.",
            )  # fmt: skip
        return None
    if posts is None and (told := cells.text(row, "posts")) and not findings.has_error_at(cells.where(row, "posts")):
        findings.warn(
            "posts-unknown", cells.where(row, "posts"), told[:40],
            what=f"How many posts row {row.number} of {cells.shape.shown} pays for is not known ({told[:40]}).",
            why="Its dollars are kept as spending, because unknown posts are not zero posts and cannot be moved.",
            remedy="Enter the number of posts, if they should be planned.",
        )  # fmt: skip
    position = text_of("position") if posts else ""
    words = [title for name in _LINE if (title := cells.map.title_of(name, text_of(name)))]
    line = " ".join(words) or text_of("position") or LINE
    fund = text_of("fund")
    return MoneyRow(
        school,
        fund or FUND,
        cells.map.title_of("fund", fund) or FUND_TITLE,
        position,
        line,
        cents,
        posts or 0,
        cells.where(row, "dollars"),
    )
