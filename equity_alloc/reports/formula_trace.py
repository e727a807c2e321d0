"""The trace of a formula: every factor and intermediate value of every school, as rows, CSV and workbook."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from xlsxwriter.format import Format

from equity_alloc.domain.csv_text import csv_bytes
from equity_alloc.formulas.base import Gives
from equity_alloc.formulas.result import FormulaResult
from equity_alloc.formulas.step import Op
from equity_alloc.sources.cell_formats import Formats
from equity_alloc.sources.sheet_layout import keep_in_view, set_up_print
from equity_alloc.sources.write_sheet import fit_row, new_workbook, put_text

HEADINGS = (
    "School", "Name", "Component", "Depth", "Step", "Value", "Unit", "Exactly", "How", "Rounding", "Source",
    "Adds to the result", "Unknown because",
)  # fmt: skip
_NUMBERS = ("Depth", "Value")
_WIDTHS = (9, 26, 30, 8, 30, 16, 14, 16, 24, 16, 70, 12, 36)
_UNIT = HEADINGS.index("Unit")
_PLACES = 6
_CENTS = 2


def trace_rows(result: FormulaResult) -> Iterator[tuple[str, ...]]:
    """Yield one row for each step of each line, the result of a component at depth zero; then each school's sums.

    Parameters
    ----------
    result : FormulaResult

    Yields
    ------
    tuple of str
        As `HEADINGS`; a value is cut after six decimals, and then the fraction stands under "Exactly".
    """
    for line in result.lines:
        label = result.formula.component_of[line.component].frame.label
        school = result.facts.school_of[line.school]
        adds = "yes" if line.adds else "no"
        if line.trace is None:
            unit = line.gives.value
            yield (school.code, school.name, label, "0", label, "unknown", unit, "", "", "", "", adds, line.reason)
            continue
        for depth, step in line.trace.walk():
            cut = Fraction(int(step.value * 10**_PLACES), 10**_PLACES)
            exactly = "" if cut == step.value else str(step.value)
            rounding = "" if step.rounding is None else str(step.rounding)
            yield (
                school.code, school.name, label, str(depth), step.name, _decimals(cut), step.unit, exactly,
                step.op.value, rounding, step.source, adds, "",
            )  # fmt: skip
    yield from _sum_rows(result)


def _sum_rows(result: FormulaResult) -> Iterator[tuple[str, ...]]:
    has = {line.gives for line in result.lines if line.adds}
    for school in result.facts.schools:
        cents, fte = result.dollars(school.code), result.fte(school.code)
        sums = ((Gives.DOLLARS, None if cents is None else Fraction(cents, 100)), (Gives.FTE, fte))
        for gives, value in sums:
            if gives not in has:
                continue
            cut = None if value is None else Fraction(int(value * 10**_PLACES), 10**_PLACES)
            exactly = "" if cut == value else str(value)
            shown = "unknown" if cut is None else _decimals(cut)
            yield (
                school.code, school.name, "All components", "0", "together", shown, gives.value, exactly,
                Op.SUM.value, "", "", "sum", "",
            )  # fmt: skip


def trace_csv(result: FormulaResult) -> bytes:
    """Return the trace as CSV in UTF-8; text that a spreadsheet would take for a formula is marked as text."""
    return csv_bytes(HEADINGS, trace_rows(result))


def trace_workbook(result: FormulaResult) -> bytes:
    """Return the trace as a workbook, with the formula's text on a sheet of its own."""
    with new_workbook(f"Trace: {result.formula.title or result.formula.name}"[:200]) as (book, formats, stream):
        title = f"Formula: {result.formula.title or result.formula.name}"
        sheet = book.add_worksheet("Trace")
        keep_in_view(sheet, 1, 2)
        for place, (heading, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True)):
            sheet.set_column(place, place, width, formats.wrapped)
            put_text(sheet, 0, place, heading, formats.heading_right if heading in _NUMBERS else formats.heading)
        fit_row(sheet, 0, HEADINGS, _WIDTHS, is_bold=True)
        for number, row in enumerate(trace_rows(result), start=1):
            here = formats.of_row(fit_row(sheet, number, row, _WIDTHS))
            for place, cell in enumerate(row):
                if HEADINGS[place] in _NUMBERS and cell != "unknown":
                    sheet.write_number(
                        number, place, float(cell), _look(cell, row[_UNIT] if HEADINGS[place] == "Value" else "", here)
                    )
                elif cell:
                    put_text(sheet, number, place, cell, here.wrapped)
        text = book.add_worksheet("Formula")
        text.set_column(0, 0, 150, formats.wrapped)
        for number, line in enumerate(result.formula.text.splitlines()):
            fit_row(text, number, [line], [150])
            put_text(text, number, 0, line)
        held = {"Trace": "Trace: every school's arithmetic, step by step", "Formula": "Formula: its text as it is read"}
        set_up_print(book, title, "INTERNAL", held)
    return stream.getvalue()


def _look(cell: str, unit: str, here: Formats) -> Format:
    """Return how a number is shown: with commas, dollars with their cents, and nothing cut that goes beyond cents."""
    places = len(cell.partition(".")[2])
    if places > _CENTS:
        return here.hidden
    return here.dollars if places or unit.startswith("dollars") else here.whole


def _decimals(value: Fraction) -> str:
    sign, millionths = "-" if value < 0 else "", abs(int(value * 10**_PLACES))
    whole, rest = divmod(millionths, 10**_PLACES)
    return f"{sign}{whole}.{rest:0{_PLACES}d}".rstrip("0").rstrip(".")
