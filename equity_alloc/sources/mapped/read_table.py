"""Reads a table through its map: rows are sorted, cells read, and every printed total is compared."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from equity_alloc.sources.base import FindingList
from equity_alloc.sources.grid import Grid
from equity_alloc.sources.mapped.extract import Extract, Tally
from equity_alloc.sources.mapped.fields import field_of
from equity_alloc.sources.mapped.look_over import look_over
from equity_alloc.sources.mapped.read_cells import CellReader
from equity_alloc.sources.mapped.read_counts import read_counts, read_pupils, read_schedule
from equity_alloc.sources.mapped.read_money import read_money
from equity_alloc.sources.mapped.read_schools import read_schools
from equity_alloc.sources.mapped.shape import Shape, find_shape, heading_slug
from equity_alloc.sources.mapped.share_scale import SCALES
from equity_alloc.sources.mapped.slipped import row_sums_in, rows_that_slipped
from equity_alloc.sources.mapped.sort_rows import Sorted, sort_rows
from equity_alloc.sources.mapped.table_map import RowKind, TableMap
from equity_alloc.sources.mapped.years import ending_year, same_year
from equity_alloc.sources.read_tables import Row
from equity_alloc.sources.totals import is_total

_READERS = {
    RowKind.SCHOOL: read_schools,
    RowKind.DISTRICT: read_schools,
    RowKind.MONEY: read_money,
    RowKind.COUNT: read_counts,
    RowKind.PUPIL: read_pupils,
    RowKind.SALARY: read_schedule,
}
#: What a table may hold several of, while a district is one.
CHOICES = ("district", "year")


def read_mapped(
    grid: Grid,
    table_map: TableMap,
    wanted: Mapping[str, str] | None = None,
    *,
    scales: Mapping[str, str] | None = None,
    kept_rows: Collection[str] = (),
) -> Extract:
    """Return what a table says, as far as it can be read.

    Parameters
    ----------
    grid : Grid
    table_map : TableMap
    wanted : mapping of str to str
        District (code or name) and year, where the table holds several. Without a year the latest is read.
    scales : mapping of str to str
        What a person says of columns of shares, by file and field: share or percent.
    kept_rows : collection of str
        Cells of rows that a person says are data and no totals.

    Returns
    -------
    Extract
        With every finding; nothing raises on what the table holds.
    """
    findings = FindingList()
    shape = find_shape(grid, known_slugs(table_map))
    if shape is None or not shape.rows:
        findings.error(
            "table-empty", grid.shown, "",
            what=f"{grid.shown} has no rows below a heading.", why="There is nothing to read.",
            remedy="Save the table again with its rows.",
        )  # fmt: skip
        return Extract(table_map, Tally(grid.shown, 0, 0), findings=tuple(findings.found))
    cells = CellReader(shape, table_map, findings, _scales(shape.shown, table_map, scales or {}), kept_rows)
    if not _has_columns(cells, findings):
        return Extract(table_map, Tally(grid.shown, len(shape.rows), 0), findings=tuple(findings.found))
    choices = {name: _values(cells, name) for name in CHOICES if cells.has(name)}
    if table_map.rows is RowKind.DISTRICT:
        choices["district"] = tuple(sorted(_district_names(cells)))
    chosen = _choose(cells, choices, dict(wanted or {}), findings)
    if chosen is None:
        tally = Tally(shape.shown, len(shape.rows), 0)
        names = _district_names(cells)
        return Extract(table_map, tally, choices=choices, names=names, findings=tuple(findings.found))
    read = {n: v for n, v in chosen.items() if n != "district" or table_map.rows is not RowKind.DISTRICT}
    rows = sort_rows(cells, read, findings, kept_rows)
    look_over(grid, cells, rows)
    if table_map.unverified:
        _tell_unverified(cells, findings)
    if not rows.rows:
        _no_rows(shape, chosen, findings)
    _tell_slipped(cells, rows, findings)
    whole_file = table_map.rows is RowKind.DISTRICT or "district" not in chosen
    found = _READERS[table_map.rows](cells, rows, findings, whole_file=whole_file)
    cells.finish()
    left_out = (*rows.left_out, *found.guessed)
    used = len(shape.rows) - sum(left.rows for left in left_out)
    return Extract(
        table_map,
        Tally(shape.shown, len(shape.rows), used, left_out, found.checks),
        found.schools if table_map.rows is not RowKind.DISTRICT else (),
        found.money,
        found.schools if table_map.rows is RowKind.DISTRICT else (),
        found.schedule,
        tuple(dict.fromkeys(g for name in found.counted if (g := field_of(name).group) is not None)),
        choices,
        _district_names(cells),
        chosen,
        tuple(findings.found),
    )


def _scales(file: str, table_map: TableMap, said: Mapping[str, str]) -> dict[str, int]:
    """Return by what columns of shares are divided: as the map says, and before it as a person does."""
    own = {key.removeprefix(f"{file}:"): SCALES[words] for key, words in said.items() if key.startswith(f"{file}:")}
    return {**dict(table_map.scales), **own}


def known_slugs(table_map: TableMap) -> frozenset[str]:
    """Return the slugs of all headings that a map names."""
    names = [heading for _, headings in table_map.columns for heading in headings]
    names += [*table_map.recognize, *(money.column for money in table_map.money)]
    return frozenset(heading_slug(name) for name in names)


def _has_columns(cells: CellReader, findings: FindingList) -> bool:
    """Whether what makes a row usable is there: whom it concerns, and in a table of money the dollars."""
    parts = cells.map.account
    made = [name for name in parts.fields if name] if parts and cells.shape.has_all([parts.column]) else []
    home = {RowKind.DISTRICT: "district", RowKind.SALARY: "salary"}.get(cells.map.rows, "school")
    needed = [home, *(["dollars"] if cells.map.rows is RowKind.MONEY else [])]
    needed += ["pupils"] if cells.map.rows is RowKind.COUNT else []
    made += [home] if cells.map.code_of and cells.shape.has_all(cells.map.code_of) else []
    missing = [name for name in needed if not cells.has(name) and name not in made]
    for name in missing:
        headings = " or ".join(cells.map.headings(name)) or field_of(name).title
        findings.error(
            "column-not-found", f"{cells.shape.shown}!row {cells.shape.heading}", "",
            what=f"{cells.shape.shown} has no column {headings}. Its headings are: "
            f"{', '.join(h for h in cells.shape.headings if h)[:400]}.",
            why=f"It is read as {cells.map.title}, and {field_of(name).title} is needed there.",
            remedy="Choose the column on the map, or another kind of table.",
        )  # fmt: skip
    return not missing


def _values(cells: CellReader, name: str) -> tuple[str, ...]:
    """Return the districts or years that a table holds, sorted, in the words that a person chooses by."""
    found: dict[str, str] = {}
    for row in cells.shape.rows:
        if cells.shape.is_note(row) or cells.shape.is_heading_again(row):
            continue
        text = cells.text(row, name)
        if name == "district":
            text = cells.as_code(text, name, row) or ""
        if text and not is_total(text):
            found.setdefault(text, text)
    cells.padded.clear()
    if name == "year":
        return tuple(sorted(found, key=lambda year: (ending_year(year) or 0, year)))
    return tuple(sorted(found))


def _district_names(cells: CellReader) -> dict[str, str]:
    is_whole = cells.map.rows is RowKind.DISTRICT
    if not ((is_whole or cells.has("district")) and cells.has("district_name")):
        return {}
    names: dict[str, str] = {}
    for row in cells.shape.rows:
        code = cells.code(row, "district") if is_whole else cells.as_code(cells.text(row, "district"), "district", row)
        if code:
            names.setdefault(code, cells.text(row, "district_name"))
    cells.padded.pop("district", None)
    return names


def _choose(
    cells: CellReader, choices: dict[str, tuple[str, ...]], wanted: dict[str, str], findings: FindingList
) -> dict[str, str] | None:
    """Return which district and year is read; None with a finding where a person has to say."""
    chosen: dict[str, str] = {}
    if cells.map.rows is RowKind.DISTRICT and "district" in choices:
        # Of one row for each district nothing is left out; the chosen one is compared with its schools.
        if wanted.get("district", "").strip():
            chosen["district"] = wanted["district"].strip()
        choices = {name: values for name, values in choices.items() if name != "district"}
    for name, values in choices.items():
        if len(values) < 2 and not wanted.get(name):
            continue
        value = wanted.get(name, "").strip()
        if not value and name == "year":
            value = values[-1]
        if not value:
            findings.error(
                "district-not-chosen", cells.shape.shown, "",
                what=f"{cells.shape.shown} holds {len(values):,} districts, and it is not said which one is meant.",
                why="A plan is for one district.", remedy="Choose the district by its code or name.",
            )  # fmt: skip
            return None
        if name == "year" and value.lower() not in {year.lower() for year in values}:
            value = _other_name(cells, value, values, findings)
        chosen[name] = value
    return chosen


def _other_name(cells: CellReader, value: str, values: tuple[str, ...], findings: FindingList) -> str:
    """Return the name that a year has in this table, where it has another one than was asked for, and tell it."""
    named = same_year(value, values)
    if named is None:
        return value
    findings.note(
        "year-by-end", cells.shape.shown, named,
        what=f"{named} is read in {cells.shape.shown} as the year {value}: both end in {ending_year(value)}.",
        why="Files name one school year in several ways.", remedy="Choose another year if this one is not meant.",
    )  # fmt: skip
    return named


def _tell_unverified(cells: CellReader, findings: FindingList) -> None:
    names = " and ".join(field_of(name).title.lower() for name in cells.map.unverified)
    findings.warn(
        "titles-unverified", cells.shape.shown, "",
        what=f"The titles that {cells.map.title} gives to the codes of {names} have not been checked against their source.",
        why="Which funds are federal is taken from these titles, and federal money does not count toward the level.",
        remedy="Compare the titles with your state's manual, and correct them in the map (.toml) where they differ.",
    )  # fmt: skip


def _no_rows(shape: Shape, chosen: dict[str, str], findings: FindingList) -> None:
    words = ", ".join(f"{name} {value}" for name, value in chosen.items()) or "any school"
    findings.error(
        "rows-none", shape.shown, ", ".join(chosen.values()),
        what=f"{shape.shown} has no rows of data for {words}.", why="There is nothing to plan with.",
        remedy="Give the district's name or code and the year as they stand in the file.",
    )  # fmt: skip


def _tell_slipped(cells: CellReader, rows: Sorted, findings: FindingList) -> None:
    """Name rows whose total is not the sum of its parts, for sums that the map names or that most rows keep."""
    sums = cells.map.row_sums or row_sums_in(cells.shape, rows.rows, cells.codes)
    for row_sum in sums:
        for row, printed, parts in rows_that_slipped(cells.shape, _with_totals(rows), row_sum, cells.codes)[:25]:
            findings.error(
                "row-sum-differs", cells.shape.where(row, cells.shape.place([row_sum.total])), f"{printed:,}",
                what=f"{row_sum.total} is {printed:,} in row {row.number}, and its parts "
                f"({', '.join(row_sum.parts)}) add up to {parts:,}.",
                why="Numbers that have slipped into a neighbor's column look right one by one, and are not.",
                remedy="Compare the row with its source, and move the cells back under their headings.",
            )  # fmt: skip


def _with_totals(rows: Sorted) -> list[Row]:
    return sorted([*rows.rows, *rows.totals], key=lambda row: row.number)
