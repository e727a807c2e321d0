"""Reads the cells of a mapped table; what cannot be read stays unknown, with a finding."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.money import MOST_CENTS
from equity_alloc.sources.base import FindingList
from equity_alloc.sources.cells import MOST_PUPILS
from equity_alloc.sources.mapped.cell_problems import CellProblems, Problem
from equity_alloc.sources.mapped.extract import Count
from equity_alloc.sources.mapped.fields import Holds, field_of
from equity_alloc.sources.mapped.shape import Shape
from equity_alloc.sources.mapped.share_scale import guess_scale
from equity_alloc.sources.mapped.table_map import RowKind, TableMap
from equity_alloc.sources.mapped.values import Between, Codes, is_scientific, read_number
from equity_alloc.sources.read_tables import Row

_GROUPED_CODE = re.compile(r"\d{1,3}(?:,\d{3})+")


@dataclass
class CellReader:
    """The cells of one table.

    Parameters
    ----------
    shape : Shape
    map : TableMap
    findings : FindingList
    scales : mapping of str to int
        By what a person says that a column of shares is to be divided: 1, or 100.
    kept_rows : collection of str
        Cells of rows that a person says are data.
    places : dict of str to int
        Column of each field that the table has.
    codes : Codes
    problems : CellProblems
        What could not be read.
    padded : dict of str to int
        Codes whose lost zeros were put back, by field.
    """

    shape: Shape
    map: TableMap
    findings: FindingList
    scales: Mapping[str, int] = field(default_factory=dict)
    kept_rows: Collection[str] = ()
    places: dict[str, int] = field(init=False)
    codes: Codes = field(init=False)
    problems: CellProblems = field(init=False)
    padded: dict[str, int] = field(default_factory=dict)
    _scales: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        found = {name: self.shape.place(headings) for name, headings in self.map.columns}
        self.places = {name: place for name, place in found.items() if place is not None}
        self.problems = CellProblems(self.shape, self.findings, self.places)
        self.codes = Codes(frozenset(text.lower() for text in self.map.missing), self.map.suppressed)

    def has(self, name: str) -> bool:
        """Whether the table has a column for a field."""
        return name in self.places

    def text(self, row: Row, name: str) -> str:
        """Return a trimmed cell, "" where there is none; a leading apostrophe is a spreadsheet's own mark."""
        return self.shape.cell(row, self.places.get(name)).removeprefix("'")

    def where(self, row: Row, name: str) -> str:
        """Return sheet!cell."""
        return self.shape.where(row, self.places.get(name))

    def code(self, row: Row, name: str) -> str | None:
        """Return a code as text with its zeros; None and a finding where a spreadsheet has rounded it."""
        if self.map.code_of and name == ("district" if self.map.rows is RowKind.DISTRICT else "school"):
            parts = [self.shape.cell(row, self.shape.place([heading])) for heading in self.map.code_of]
            if self.map.code_widths:
                digits = [part.removesuffix(".0").zfill(w) for part, w in zip(parts, self.map.code_widths, strict=True)]
                return self.as_code("".join(digits) if all(parts) else "", name, row)
            return self.as_code(", ".join(part for part in parts if part), name, row)
        return self.as_code(self.text(row, name), name, row)

    def as_code(self, text: str, name: str, row: Row) -> str | None:
        """Return a text as a code, as `code` does."""
        if not text:
            return None
        if is_scientific(text):
            rounded = Problem(
                "code-scientific", text, "is a long code that a spreadsheet has rounded to scientific notation",
                "The digits that were cut off cannot be known, and two schools may end up with one code.",
                "Open the file as text, not by double-clicking it, or download it again.",
                is_error=name != "other_code",  # the school has a code of its own, and this one is passed over
            )  # fmt: skip
            self.problems.tell(row, name, rounded)
            return None
        bare = text.removesuffix(".0") if text.removesuffix(".0").isdigit() else text
        if _GROUPED_CODE.fullmatch(bare):
            bare = bare.replace(",", "")  # a spreadsheet has printed the code like an amount
        width = dict(self.map.widths).get(name)
        if width and bare.isdigit() and len(bare) < width:
            bare = bare.zfill(width)
            self.padded[name] = self.padded.get(name, 0) + 1
        first = dict(self.map.first_digits).get(name)
        bare = bare[:first] if first else bare
        last = dict(self.map.last_digits).get(name)
        if last and len(bare) > last:
            bare = bare[-last:]
        return bare.replace(";", ",")

    def number(self, row: Row, name: str) -> Decimal | Between | None:
        """Return a number or its bounds; None where unknown, or unreadable with a finding."""
        place = self.places.get(name)
        return None if place is None else self.number_at(row, place, name)

    def number_at(self, row: Row, place: int, name: str) -> Decimal | Between | None:
        """Return what `number` returns, from any column; `name` is the field as which it is read."""
        text = self.shape.cell(row, place).removeprefix("'")
        if is_scientific(text):
            scientific = Problem(
                "number-scientific", text, "is written in scientific notation", "Digits may have been cut off.",
                "Format the column as a plain number and save the file again.",
            )  # fmt: skip
            self.problems.tell_at(row, place, name, scientific)
            return None
        try:
            return read_number(text, self.codes)
        except InvalidValue:
            unreadable = Problem(
                "cell-unreadable", text, f"is no number, and the column holds {field_of(name).holds.value}",
                "What cannot be read stays unknown, and unknown is never taken as zero.",
                "Correct the cell, or say on the map what the word stands for.",
            )  # fmt: skip
            self.problems.tell_at(row, place, name, unreadable)
            return None

    def count(self, row: Row, name: str) -> Count | None:
        """Return pupils, exactly or within bounds; None where unknown."""
        found = self.number(row, name)
        if found is None:
            return None
        if isinstance(found, Between):
            return None if found.is_share else Count(int(found.low), None if found.high is None else int(found.high))
        if found < 0 or found > MOST_PUPILS or found != found.to_integral_value():
            kind = "negative" if found < 0 else "fraction" if found <= MOST_PUPILS else "too-large"
            unfit = Problem(
                f"pupils-{kind}", self.text(row, name), "cannot be a number of pupils",
                "Pupils are counted in whole numbers, zero or more.",
                "Correct the cell; if it stands for unknown in this kind of file, say so on the map.",
            )  # fmt: skip
            self.problems.tell(row, name, unfit)
            return None
        return Count(int(found), int(found))

    def share(self, row: Row, name: str) -> Decimal | Between | None:
        """Return a share in [0, 1], whether the file prints 0.703, 70.3 or 70.3%."""
        found = self.number(row, name)
        if found is None:
            return None
        if isinstance(found, Between):
            if found.is_share:
                return found
            scale = self._scale(name)
            return Between(found.low / scale, None if found.high is None else found.high / scale, is_share=True)
        share = found if "%" in self.text(row, name) else found / self._scale(name)
        if not 0 <= share <= 1:
            outside = Problem(
                "share-out-of-range", self.text(row, name), "is no share between 0 and 100 %",
                "A part cannot be more than the whole.", "Correct the cell.",
            )  # fmt: skip
            self.problems.tell(row, name, outside)
            return None
        return share

    def places_of_share(self, row: Row, name: str) -> int:
        """Return how many decimal places the printed share has, as a share."""
        text = self.text(row, name).rstrip("% ")
        shown = len(text.partition(".")[2])
        return shown + 2 if "%" in self.text(row, name) or self._scale(name) == 100 else shown

    def hundredths(self, row: Row, name: str) -> int | None:
        """Return cents or hundredths of a post, rounded half up with a finding; None where unknown."""
        found = self.number(row, name)
        if not isinstance(found, Decimal):
            return None
        return self.to_hundredths(found, row, name)

    def to_hundredths(self, number: Decimal, row: Row, name: str) -> int | None:
        """Return a number in hundredths, told where it is finer than that or larger than any district has."""
        exact = number * 100
        if abs(exact) > MOST_CENTS:
            too_large = Problem(
                "amount-too-large", self.text(row, name), "is more than any district has",
                "A slipped decimal point or two joined cells look like this.", "Correct the cell.",
            )  # fmt: skip
            self.problems.tell(row, name, too_large)
            return None
        whole = exact.to_integral_value(rounding=ROUND_HALF_UP)
        if whole != exact:
            unit = "cents" if field_of(name).holds is Holds.DOLLARS else "hundredths of a post"
            rounded = Problem(
                "amount-rounded", self.text(row, name), f"is finer than {unit} and was rounded half up",
                "Totals are exact sums of the rounded amounts.", "Leave it, or export the file with two decimals.",
                is_error=False,
            )  # fmt: skip
            self.problems.tell(row, name, rounded)
        return int(whole)

    def finish(self) -> None:
        """Tell how many more cells had a problem that was told already, and how many codes got their zeros back."""
        self.problems.tell_the_others()
        for name, times in self.padded.items():
            self.problems.tell_padded(name, times, dict(self.map.widths)[name])

    def _scale(self, name: str) -> int:
        if name not in self._scales:
            said = self.scales.get(name)
            self._scales[name] = said or guess_scale(self.shape, self.codes, self.places, name, self.findings)
        return self._scales[name]
