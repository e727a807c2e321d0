"""Tables with one row for each school, or for each district."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from equity_alloc.sources.base import FindingList
from equity_alloc.sources.mapped.adding import Entry, compare_totals
from equity_alloc.sources.mapped.extract import Check, Count, LeftOut, Measured, MoneyRow, SchoolFacts
from equity_alloc.sources.mapped.fields import Holds, field_of
from equity_alloc.sources.mapped.read_cells import CellReader
from equity_alloc.sources.mapped.row_totals import guessed_among_schools, in_order, left_out_guess, marked
from equity_alloc.sources.mapped.sort_rows import Sorted, total_label
from equity_alloc.sources.mapped.table_map import MoneyColumn, RowKind
from equity_alloc.sources.mapped.values import Between, count_of
from equity_alloc.sources.read_tables import Row

TWICE = "the same row once more"


@dataclass(frozen=True)
class Found:
    """What the rows of a table say.

    Parameters
    ----------
    schools : tuple of SchoolFacts
    money : tuple of MoneyRow
    checks : tuple of Check
    guessed : tuple of LeftOut
        Rows that were left out here, after they were sorted.
    counted : tuple of str
        Fields that count pupils.
    schedule : tuple of (str, int, Decimal)
    """

    schools: tuple[SchoolFacts, ...] = ()
    money: tuple[MoneyRow, ...] = ()
    checks: tuple[Check, ...] = ()
    guessed: tuple[LeftOut, ...] = field(default=())
    counted: tuple[str, ...] = ()
    schedule: tuple[tuple[str, int, Decimal], ...] = ()


def read_schools(cells: CellReader, rows: Sorted, findings: FindingList, *, whole_file: bool) -> Found:
    """Return one member for each row that is no total and no repeat.

    Parameters
    ----------
    cells : CellReader
    rows : Sorted
    findings : FindingList
    whole_file : bool
        Whether all rows of the file are read, so that its grand totals can be compared.
    """
    both = in_order(rows)
    quiet = CellReader(cells.shape, cells.map, FindingList(), cells.scales)
    entries = [_entry(quiet, row, is_total) for row, is_total in both]
    guesses = guessed_among_schools(entries, cells.kept_rows)
    sums = [place for places in guesses.values() for place in places]
    guessed = [left_out_guess(why, [entries[place] for place in places]) for why, places in guesses.items() if places]
    left_out = {both[place][0].number for place in sums}
    schools: dict[str, SchoolFacts] = {}
    cells_of: dict[str, tuple[str, ...]] = {}
    money: list[MoneyRow] = []
    repeats: list[str] = []
    for row in rows.rows:
        if row.number in left_out:
            continue
        facts = _facts(cells, row)
        if facts is None:
            _no_code(cells, row, findings)
            continue
        if facts.code in schools:
            if cells_of[facts.code] == row.cells:
                repeats.append(facts.where)
            else:
                _twice(facts, schools[facts.code], findings)
            continue
        schools[facts.code], cells_of[facts.code] = facts, row.cells
        money += _money(cells, row, facts)
    if repeats:
        guessed.append(LeftOut(TWICE, len(repeats), repeats[0]))
    counted = tuple(name for name in cells.places if field_of(name).group is not None)
    checks = compare_totals(marked(entries, sums), whole_file=whole_file)
    return Found(tuple(schools.values()), tuple(money), checks, tuple(guessed), counted)


def _entry(cells: CellReader, row: Row, is_total: bool) -> Entry:
    """Return what a row adds up to: pupils and dollars, never what is per pupil."""
    sums: dict[tuple[str, Measured], int] = {}
    for name in cells.places:
        holds = field_of(name).holds
        if holds is Holds.PUPILS and name != "low_income_need":
            count = cells.count(row, name)
            if count is not None and count.exact is not None:
                sums[field_of(name).title, Measured.PUPILS] = count.exact
        elif holds in (Holds.DOLLARS, Holds.FTE) and not name.endswith("per_pupil"):
            amount = cells.hundredths(row, name)
            if amount is not None:
                measured = Measured.CENTS if holds is Holds.DOLLARS else Measured.FTE
                sums[field_of(name).title, measured] = amount
    for column in cells.map.money:
        place = cells.shape.place([column.column])
        if place is not None and not column.per_pupil:
            number = _amount(cells, row, column)
            if number is not None:
                sums[column.title, Measured.CENTS] = int(number * 100)
    label = total_label(cells, row) if is_total else cells.text(row, "school_name") or cells.text(row, "school")
    return Entry(label or "Total", cells.text(row, "district"), cells.where(row, "school"), sums, is_total)


def _facts(cells: CellReader, row: Row) -> SchoolFacts | None:
    home = "district" if cells.map.rows is RowKind.DISTRICT else "school"
    code = cells.code(row, home)
    if code is None:
        return None
    counts: dict[str, Count] = {}
    numbers: dict[str, Decimal] = {}
    texts: dict[str, str] = {}
    enrollment = cells.count(row, "enrollment") if cells.has("enrollment") else None
    for name in cells.places:
        holds = field_of(name).holds
        if holds is Holds.TEXT:
            if text := cells.text(row, name):
                texts[name] = text
        elif holds is Holds.PUPILS:
            count = enrollment if name == "enrollment" else cells.count(row, name)
            if count is not None:
                counts[name] = count
        elif holds is Holds.SHARE:
            _take_share(cells, row, name, enrollment, counts, numbers)
        elif holds in (Holds.NUMBER, Holds.DOLLARS, Holds.FTE):
            number = cells.number(row, name)
            if isinstance(number, Decimal):
                numbers[name] = number
    other = cells.code(row, "other_code") if cells.has("other_code") else None
    name = cells.text(row, "district_name" if home == "district" else "school_name") or code
    return SchoolFacts(code, name, cells.where(row, home), (other,) if other else (), texts, counts, numbers)


def _take_share(
    cells: CellReader,
    row: Row,
    name: str,
    enrollment: Count | None,
    counts: dict[str, Count],
    numbers: dict[str, Decimal],
) -> None:
    """Keep a share; where it is the share of a group, keep the pupils that print as this share, as bounds."""
    share = cells.share(row, name)
    group, pupils = field_of(name).group, enrollment.exact if enrollment else None
    if isinstance(share, Decimal):
        numbers[name] = share
    if share is None or group is None or pupils is None:
        return
    base = name.removesuffix("_share")
    if base in counts and counts[base].exact is not None:
        return
    if isinstance(share, Between):
        high = share.high if share.high is not None else Decimal(1)
        low = int((share.low * pupils).to_integral_value(rounding="ROUND_CEILING"))
        counts[base] = Count(low, int((high * pupils).to_integral_value(rounding="ROUND_FLOOR")))
        return
    fewest, _, most = count_of(share, pupils, cells.places_of_share(row, name))
    counts[base] = Count(fewest, most)


def _money(cells: CellReader, row: Row, facts: SchoolFacts) -> list[MoneyRow]:
    found: list[MoneyRow] = []
    for column in cells.map.money:
        amount = _amount(cells, row, column)
        pupils = facts.counts.get("enrollment")
        is_open = column.per_pupil and not cells.has("enrollment")  # another file has the pupils
        if amount is None or (column.per_pupil and not is_open and (pupils is None or pupils.exact is None)):
            cells.problems.tell_dollars_unknown(row, column.column, facts.name)
            continue
        total = amount * (pupils.exact or 0) if column.per_pupil and pupils is not None else amount
        cents = 0 if is_open else int((total * 100).to_integral_value(rounding=ROUND_HALF_UP))
        where = cells.shape.where(row, cells.shape.place([column.column]))
        found.append(
            MoneyRow(
                facts.code, column.fund, column.title, "", column.line, cents, 0, where, column.counts,
                amount if is_open else None,
            )
        )  # fmt: skip
    return found


def _amount(cells: CellReader, row: Row, column: MoneyColumn) -> Decimal | None:
    place = cells.shape.place([column.column])
    number = None if place is None else cells.number_at(row, place, "dollars")
    return number if isinstance(number, Decimal) else None


def _no_code(cells: CellReader, row: Row, findings: FindingList) -> None:
    if findings.has_error_at(cells.where(row, "school")):
        return
    findings.error(
        "school-code-blank", cells.where(row, "school"), "",
        what=f"Row {row.number} of {cells.shape.shown} has numbers and no code of a school.",
        why="What belongs to nobody would be lost or counted elsewhere.",
        remedy="Enter the code, or mark the row as a total.",
    )  # fmt: skip


def _twice(facts: SchoolFacts, first: SchoolFacts, findings: FindingList) -> None:
    findings.error(
        "school-twice", facts.where, facts.code,
        what=f"{facts.name} (code {facts.code}) stands in two rows with different numbers; the first is {first.where}.",
        why="Identity is the code: two schools would be taken for one, or one would be counted twice.",
        remedy="Delete the row that does not hold, or choose the year or category that is meant.",
    )  # fmt: skip
