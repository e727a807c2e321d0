"""Reads one cell as what its column holds; what does not fit becomes a finding and None."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.fte import Hundredths, read_fte
from equity_alloc.domain.money import MOST_CENTS, Cents, print_dollars, read_dollars
from equity_alloc.sources.base import FindingList
from equity_alloc.sources.declare import Column
from equity_alloc.sources.grid import UNSAVED, cell_name
from equity_alloc.sources.read_tables import Row, Table

#: Longer texts are no number that a district has.
LONGEST = 24

#: More pupils than any district has.
MOST_PUPILS = 10_000_000
_PLAIN = re.compile(r"-?\d+(\.\d+)?|-?\d{1,3}(,\d{3})+(\.\d+)?")
_SCIENTIFIC = re.compile(r"\d+(\.\d+[eE][+-]?|[eE][+-])\d+")
_SHOWN_ERROR = re.compile(r"#[A-Z_]+(/[0A])?[!?]?")
_YES = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one row, read by the field of their column.

    Parameters
    ----------
    table : Table
    row : Row
    findings : FindingList
    """

    table: Table
    row: Row
    findings: FindingList

    @property
    def subject(self) -> str:
        """Whom the row concerns."""
        return self.table.subject(self.row)

    def where(self, field: str) -> str:
        """Return sheet!cell."""
        return self.table.where(self.row, field)

    def exact(self, field: str) -> str:
        """Return text as found, spaces included."""
        return self.table.raw(self.row, field)

    def text(self, field: str) -> str | None:
        """Return trimmed text; None and a finding where it is required and blank."""
        found = self.exact(field).strip()
        if found == UNSAVED:
            self._refuse(field, "unsaved", "", "", "")
            return None
        return None if not found and self._blank(field) else found

    def code(self, field: str) -> str | None:
        """Return a code as text; None and a finding where a spreadsheet has spoilt it."""
        found = self.text(field)
        if found is None:
            return None
        if _SCIENTIFIC.fullmatch(found):
            self._refuse(
                field,
                "scientific",
                f"{self._title(field)} {found} in row {self.row.number} is a long code that a spreadsheet has "
                "rounded to scientific notation.",
                "The digits that were cut off cannot be known, and two schools may end up with one code.",
                "Format the column as text and enter the full code again from its source.",
            )
            return None
        if found.startswith("'") or ";" in found or found.lower() in ("all", "none", "*"):
            self._refuse(
                field,
                "unfit",
                f"{self._title(field)} {found} in row {self.row.number} cannot be used as a code.",
                "A code may not begin with an apostrophe, hold a semicolon, or be one of the words all and none.",
                "Give it another code, the same on every sheet.",
            )
            return None
        return found

    def pupils(self, field: str) -> int | None:
        """Return a whole number of pupils, None where blank or unfit."""
        found = self.exact(field).strip()
        if not found:
            self._blank(field)
            return None
        column = self._column(field)
        return self._whole(found, column.slug, self.where(field), column.title, required=column.required)

    def group_count(self, place: int, title: str) -> int | None:
        """Return the pupils of a student group from its column, None where blank or unfit."""
        found = self.row.cells[place].strip() if place < len(self.row.cells) else ""
        if not found:
            return None
        where = f"{self.table.shown}!{cell_name(place, self.row.number)}"
        return self._whole(found, "group", where, title, required=False)

    def answer(self, place: int, title: str) -> bool | None:
        """Return yes or no from a column of its own, None where blank or unfit."""
        found = self.row.cells[place].strip() if place < len(self.row.cells) else ""
        if found and found.lower() not in _YES:
            self.findings.error(
                "flag-unclear",
                f"{self.table.shown}!{cell_name(place, self.row.number)}",
                found,
                what=f"{title} is {found} for {self.subject}.",
                why="It must be clear which of the two is meant.",
                remedy="Enter yes or no, or leave it blank if unknown.",
            )
        return _YES.get(found.lower())

    def _whole(self, found: str, slug: str, where: str, title: str, *, required: bool) -> int | None:
        number = plain_number(found)
        if number is not None and 0 <= number <= MOST_PUPILS and number == number.to_integral_value():
            return int(number)
        kind = _what_is_wrong(found, number)
        advice = "Enter zero or more" if kind == "negative" else "Enter a whole number, like 574"
        what, why, remedy = self._shown_error(title, found) or (
            f"{title} is {found} for {self.subject}.",
            "Pupils are counted in whole numbers, zero or more.",
            f"{advice}." if required else f"{advice}, or leave it blank if unknown.",
        )
        self.findings.error(f"{slug}-{kind}", where, found, what=what, why=why, remedy=remedy)
        return None

    def dollars(self, field: str, *, or_below: bool = False) -> Cents | None:
        """Return cents, zero or more, or below zero too; None where blank or unfit."""
        found = self.exact(field).strip()
        if not found:
            self._blank(field)
            return None
        try:
            cents = read_dollars(found if len(found) <= LONGEST else "")
        except InvalidValue:
            number = plain_number(found)
            self._refuse(
                field,
                "finer-than-cent" if number is not None else _what_is_wrong(found, None),
                f"{self._title(field)} is {found} for {self.subject}.",
                "Money is kept in whole cents, so that every total is exact.",
                "Write it like 1250000 or $1,250,000.00, with two decimals at most.",
            )
            return None
        if cents < 0 and not or_below:
            self._refuse(
                field,
                "negative",
                f"{self._title(field)} is {found} for {self.subject}.",
                "An amount below zero would be paid for by other schools without anyone seeing it.",
                "Enter zero or more; leave corrections and revenues out.",
            )
            return None
        if abs(cents) > MOST_CENTS:
            self._refuse(
                field,
                "too-large",
                f"{self._title(field)} is {found} for {self.subject}.",
                "No district holds so much; a slipped decimal point or two joined cells look like this.",
                f"Enter at most {print_dollars(MOST_CENTS)}.",
            )
            return None
        return cents

    def fte(self, field: str) -> Hundredths | None:
        """Return hundredths of an FTE, zero or more; None where blank or unfit."""
        found = self.exact(field).strip()
        if not found:
            self._blank(field)
            return None
        number = plain_number(found)
        try:
            return read_fte(f"{number:f}" if number is not None else found)
        except InvalidValue:
            kind = "finer-than-hundredth" if number is not None and number > 0 else _what_is_wrong(found, number)
            self._refuse(
                field,
                kind,
                f"{self._title(field)} is {found} for {self.subject}.",
                "Posts are counted in hundredths of a full-time post, zero or more.",
                "Write it like 2 or 0.50, with two decimals at most.",
            )
            return None

    def yes_no(self, field: str, *, default: bool) -> bool:
        """Return yes or no; the default where blank, with a finding where unfit."""
        found = self.exact(field).strip()
        if found and found.lower() not in _YES:
            self._refuse(
                field,
                "unclear",
                f"{self._title(field)} is {found} for {self.subject}.",
                "It must be clear which of the two is meant.",
                "Enter yes or no.",
            )
        return _YES.get(found.lower(), default)

    def maybe(self, field: str) -> bool | None:
        """Return yes or no, None where blank or unfit."""
        return self.yes_no(field, default=False) if self.exact(field).strip() else None

    def option(self, field: str) -> str | None:
        """Return one of the column's options as declared, in any case; None where blank or unfit."""
        found, options = self.exact(field).strip(), self._column(field).options
        if found and found.lower() not in options:
            self._refuse(
                field,
                "unknown",
                f"{self._title(field)} is {found} for {self.subject}.",
                f"{self._column(field).help} Another word cannot be understood.",
                f"Enter one of: {', '.join(options)}; or leave it blank.",
            )
        return found.lower() if found.lower() in options else None

    def _column(self, field: str) -> Column:
        return self.table.sheet.column(field)

    def _title(self, field: str) -> str:
        return self._column(field).title

    def _blank(self, field: str) -> bool:
        column = self._column(field)
        if column.required:
            self.findings.error(
                f"{column.slug}-blank",
                self.where(field),
                "",
                what=f"{column.title} is blank for {self.subject}.",
                why=f"{column.help} Blank is unknown, and unknown is never taken as zero.",
                remedy=f"Enter it{f', for example {column.example}' * bool(column.example)}, or delete the row.",
            )
        return column.required

    def _refuse(self, field: str, kind: str, what: str, why: str, remedy: str) -> None:
        found = self.exact(field).strip()
        what, why, remedy = self._shown_error(self._title(field), found) or (what, why, remedy)
        self.findings.error(
            f"{self._column(field).slug}-{kind}", self.where(field), found, what=what, why=why, remedy=remedy
        )

    def _shown_error(self, title: str, found: str) -> tuple[str, str, str] | None:
        """Return what, why and remedy where the spreadsheet could not work the cell out, such as #N/A."""
        if found == UNSAVED:
            return (
                f"{title} for {self.subject} is a formula without a stored result.",
                "Formulas are not worked out here, so the value is unknown, and unknown is never taken as zero.",
                "Open the file in a spreadsheet program and save it there, or enter the value itself.",
            )
        if not _SHOWN_ERROR.fullmatch(found):
            return None
        return (
            f"The spreadsheet shows the error {found} in {title} for {self.subject}.",
            "The formula there has no result, so the value is unknown, and unknown is never taken as zero.",
            "Mend the formula in the spreadsheet, or enter the value itself.",
        )


def plain_number(text: str) -> Decimal | None:
    """Return a number typed with or without thousands commas, None for anything else.

    Examples
    --------
    >>> plain_number("1,500"), plain_number("1.5e3")
    (Decimal('1500'), None)
    """
    compact = text.strip()
    if len(compact) > LONGEST or not _PLAIN.fullmatch(compact):
        return None
    return Decimal(compact.replace(",", ""))


def _what_is_wrong(text: str, number: Decimal | None) -> str:
    """Return the last word of the finding's code."""
    if number is not None:
        return "negative" if number < 0 else "fraction"
    try:
        return "text" if Decimal(text.strip()).is_finite() else "not-finite"
    except InvalidOperation:
        return "text"
