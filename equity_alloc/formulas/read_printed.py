"""Last year's printed allocations as they stand in the lines of a file."""

from __future__ import annotations

import csv
import io
import re
from fractions import Fraction

from equity_alloc.domain.finding import Finding, Severity
from equity_alloc.formulas.printed import Printed

FILE = "printed amounts"
COLUMNS = ("school", "amount", "item")
_NUMBER = re.compile(r"-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")


def read_printed(text: str, file: str = FILE) -> tuple[tuple[Printed, ...], tuple[Finding, ...]]:
    r"""Return the amounts of a CSV text, and a finding for every line that cannot be used.

    Parameters
    ----------
    text : str
        With a line of headings: school (code), amount (dollars, FTE or pupils), and, where not the school's dollars are
        meant, item (a component or a position). What stands above the headings, a title for one, is passed over.
    file : str
        Name shown in findings.

    Examples
    --------
    >>> read_printed("School,Amount\n0101,\"$1,750,092\"\n0102,n/a\n")[0]
    (Printed(school='0101', amount=Fraction(1750092, 1), item=''),)
    """
    rows = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""))
    try:
        lines = [(rows.line_num, row) for row in rows]
    except csv.Error as error:
        remedy = "Save the file again as CSV."
        return (), (_finding(file, rows.line_num, "", f"The line cannot be read: {error}.", remedy),)
    headings = [[head.strip().lower() for head in row] for _, row in lines]
    start = next((place for place, row in enumerate(headings) if set(COLUMNS[:2]) <= set(row)), None)
    heads = headings[start or 0] if lines else []
    if start is None:
        return (), (
            _finding(
                file,
                1,
                ", ".join(heads),
                "The columns school and amount are not both there.",
                f"Name the columns {', '.join(COLUMNS)}; item may be left out.",
            ),
        )
    found, problems = [], []
    for line, row in lines[start + 1 :]:
        cells = {head: cell.strip() for head, cell in zip(heads, row, strict=False)}
        school, amount = cells.get("school", ""), cells.get("amount", "")
        if not school and not amount:
            continue
        number = _number(amount)
        if number is None:
            problems.append(
                _finding(
                    file, line, amount, f"The amount of school {school} is not a number.", "Write it like 1,750,092.00."
                )
            )
            continue
        found.append(Printed(school, number, cells.get("item", ""), line))
    return tuple(found), tuple(problems)


def _number(text: str) -> Fraction | None:
    """Return a number whose commas, if any, stand before each three digits; a comma is never a decimal point."""
    plain = text.replace("$", "").replace(" ", "")
    return Fraction(plain.replace(",", "")) if _NUMBER.fullmatch(plain) else None


def _finding(file: str, line: int, value: str, what: str, remedy: str) -> Finding:
    why = "It cannot be compared with the formula."
    return Finding("print-unreadable", Severity.ERROR, f"{file}:{line}", value, what, why, remedy)
