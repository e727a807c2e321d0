"""Tables with one row for posts or dollars of a school: position exports, ledgers, allocations by fund."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fnmatch import fnmatchcase

from equity_alloc.sources.base import FindingList
from equity_alloc.sources.mapped.adding import Entry, compare_totals
from equity_alloc.sources.mapped.extract import Measured, MoneyRow, SchoolFacts
from equity_alloc.sources.mapped.read_cells import CellReader
from equity_alloc.sources.mapped.read_schools import Found
from equity_alloc.sources.mapped.row_totals import (
    ARITHMETIC,
    SUBTOTAL,
    guessed_among_money,
    in_order,
    left_out_guess,
    marked,
)
from equity_alloc.sources.mapped.sort_rows import Sorted, total_label
from equity_alloc.sources.mapped.values import plain_number
from equity_alloc.sources.read_tables import Row

_LINE = ("line", "function", "object", "program")
#: Of fewer rows one may be the sum of the others by chance.
FEWEST_ROWS = 4
#: What a row without a school is that equals all others.
WHOLE = "without a school, and equal to the sum of all rows that have one"
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
    lines: dict[int, MoneyRow] = {}
    entries: list[Entry] = []
    names: dict[str, str] = {}
    both = in_order(rows)
    whole = _whole(cells, both)
    for place, (row, is_total) in enumerate(both):
        if is_total:
            entries.append(_total(cells, row))
            continue
        if row.number == whole:
            entries.append(_total(cells, row))
            continue
        line = _line(cells, row, findings)
        if line is None:
            entries.append(Entry("", "", cells.where(row, "school")))
            continue
        lines[place] = line
        names.setdefault(line.school, cells.text(row, "school_name") or line.school)
        label = " ".join(dict.fromkeys(text for text in (line.position, line.line) if text))
        entries.append(Entry(label, line.school, cells.where(row, "school"), _sums(cells, line.cents, line.fte)))
    guesses = guessed_among_money(entries, cells.kept_rows)
    guessed = {place for places in guesses.values() for place in places}
    kept = [line for place, line in lines.items() if place not in guessed]
    named = {**guesses, WHOLE: [place for place, (row, _) in enumerate(both) if row.number == whole]}
    # Of a sub-total it is only known that its school ties without it: it is compared with nothing.
    compared = [Entry("", "", e.where) if place in guesses[SUBTOTAL] else e for place, e in enumerate(entries)]
    schools = {line.school: SchoolFacts(line.school, names[line.school], line.where) for line in reversed(kept)}
    return Found(
        tuple(schools[code] for code in sorted(schools)),
        tuple(kept),
        compare_totals(marked(compared, guesses[ARITHMETIC]), whole_file=whole_file),
        tuple(left_out_guess(why, [entries[place] for place in places]) for why, places in named.items() if places),
    )


def _whole(cells: CellReader, both: Sequence[tuple[Row, bool]]) -> int | None:
    """Return the number of the row without a school whose dollars are those of all rows with one; None where none is."""
    if cells.map.account is not None or any(cells.where(row, "school") in cells.kept_rows for row, _ in both):
        return None
    data = [row for row, is_total in both if not is_total]
    blank = [row for row in data if not cells.text(row, "school") and not cells.map.code_of]
    if len(blank) != 1 or len(data) <= FEWEST_ROWS:
        return None
    numbers = [plain_number(cells.text(row, "dollars"), cells.codes) for row in data if row is not blank[0]]
    printed = plain_number(cells.text(blank[0], "dollars"), cells.codes)
    return blank[0].number if printed and printed == sum((n for n in numbers if n is not None), Decimal(0)) else None


def _total(cells: CellReader, row: Row) -> Entry:
    """Return a printed total; it may stand for one school or for all of them."""
    label = total_label(cells, row) or cells.text(row, "line") or "Total"
    cents = cells.hundredths(row, "dollars")
    posts = cells.hundredths(row, "posts") if cells.has("posts") else None
    sums = _sums(cells, cents, posts or 0) if cents is not None else {}
    if posts is None:
        # A print without posts says nothing of them, and not that there are none.
        sums.pop(("posts", Measured.FTE), None)
    return Entry(label, cells.code(row, "school") or "", cells.where(row, "school"), sums, is_total=True)


def _sums(cells: CellReader, cents: int, fte: int) -> dict[tuple[str, Measured], int]:
    sums = {("dollars", Measured.CENTS): cents}
    if cells.has("posts"):
        sums["posts", Measured.FTE] = fte
    return sums


def _line(cells: CellReader, row: Row, findings: FindingList) -> MoneyRow | None:
    parts = _account_parts(cells, row, findings)
    if parts is None:
        return None

    def text_of(name: str) -> str:
        return parts.get(name) or cells.text(row, name)

    school = cells.as_code(text_of("school"), "school", row)
    cents = cells.hundredths(row, "dollars")
    posts = cells.hundredths(row, "posts") if cells.has("posts") else None
    if school is None or cents is None:
        _tell_blank(cells, row, school, findings)
        return None
    if posts is None:
        _tell_unknown_posts(cells, row, findings)
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
        not any(fnmatchcase(fund, code) for code in cells.map.federal),
    )


def _account_parts(cells: CellReader, row: Row, findings: FindingList) -> Mapping[str, str] | None:
    """Return the parts of the row's account code, none where the map has no account; None where it cannot be split."""
    account = cells.map.account
    if account is None:
        return {}
    place = cells.shape.place([account.column])
    text = cells.shape.cell(row, place)
    parts = account.split(text)
    if parts is None:
        findings.error(
            "account-unreadable", cells.shape.where(row, place), text[:40],
            what=f"The account code {text[:40] or '(blank)'} in row {row.number} does not have the parts "
            f"{', '.join(name for name in account.fields if name)}.",
            why="Without its parts it is not known which school and fund the dollars belong to.",
            remedy="Correct the code, or describe the parts on the map.",
        )  # fmt: skip
    return parts


def _tell_blank(cells: CellReader, row: Row, school: str | None, findings: FindingList) -> None:
    """Say once that a row has no code of a school, or no dollars."""
    if school is None:
        if not findings.has_error_at(cells.where(row, "school")):
            findings.error(
                "school-code-blank", cells.where(row, "school"), "",
                what=f"Row {row.number} of {cells.shape.shown} has dollars and no code of a school.",
                why="Dollars that belong to nobody would be lost.",
                remedy="Enter the code, or say on the map that such rows are left out.",
            )  # fmt: skip
    elif not findings.has_error_at(cells.where(row, "dollars")):
        findings.warn(
            "dollars-blank", cells.where(row, "dollars"), cells.text(row, "dollars"),
            what=f"Row {row.number} of {cells.shape.shown} has no dollars for {school}.",
            why="Blank is unknown and never zero; the row is not read.", remedy="Enter the amount, 0 if it is none.",
        )  # fmt: skip


def _tell_unknown_posts(cells: CellReader, row: Row, findings: FindingList) -> None:
    """Say that a row names posts whose number is not known."""
    told = cells.text(row, "posts")
    if told and not findings.has_error_at(cells.where(row, "posts")):
        findings.warn(
            "posts-unknown", cells.where(row, "posts"), told[:40],
            what=f"How many posts row {row.number} of {cells.shape.shown} pays for is not known ({told[:40]}).",
            why="Its dollars are kept as spending, because unknown posts are not zero posts and cannot be moved.",
            remedy="Enter the number of posts, if they should be planned.",
        )  # fmt: skip
