"""What is wrong with cells of a mapped table: the first of each column are told one by one, the others counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from equity_alloc.domain.number import count_words
from equity_alloc.sources.base import FindingList
from equity_alloc.sources.mapped.fields import field_of
from equity_alloc.sources.mapped.shape import Shape
from equity_alloc.sources.read_tables import Row

#: Cells of one column that are told one by one.
IN_FULL = 3
#: Letters of a cell that are shown; a longer text is a slip of another kind.
SHOWN = 40


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a cell.

    Parameters
    ----------
    code : str
        Of the finding.
    text : str
        What stands there.
    what : str
        To follow "it": "is written in scientific notation".
    why, remedy : str
        Sentences.
    is_error : bool
        Whether the file cannot be used with it.
    """

    code: str
    text: str
    what: str
    why: str
    remedy: str
    is_error: bool = True


@dataclass
class CellProblems:
    """The problems of one table.

    Parameters
    ----------
    shape : Shape
    findings : FindingList
    places : mapping of str to int
        Column of each field that the table has.
    told : dict of (str, str) to int
        How often a problem was met, by field and code.
    """

    shape: Shape
    findings: FindingList
    places: Mapping[str, int]
    told: dict[tuple[str, str], int] = field(default_factory=dict)

    def tell(self, row: Row, name: str, problem: Problem) -> None:
        """Tell of a cell in the column of a field."""
        self.tell_at(row, self.places.get(name, 0), name, problem)

    def tell_at(self, row: Row, place: int, name: str, problem: Problem) -> None:
        """Tell of a cell in any column; `name` is the field as which it is read."""
        if self._is_one_of_many(name, problem.code):
            return
        tell = self.findings.error if problem.is_error else self.findings.warn
        heading = self.shape.headings[place] if place < len(self.shape.headings) else field_of(name).title
        shown = problem.text[:SHOWN]
        tell(
            problem.code, self.shape.where(row, place), shown,
            what=f"{heading} is {shown} in row {row.number}: it {problem.what}.", why=problem.why, remedy=problem.remedy,
        )  # fmt: skip

    def tell_dollars_unknown(self, row: Row, heading: str, school: str) -> None:
        """Tell that a school's dollars in one column are blank, suppressed or without pupils to multiply by."""
        place = self.shape.place([heading])
        if place is None or self.findings.has_error_at(self.shape.where(row, place)):
            return
        if not self._is_one_of_many(heading, "dollars-unknown"):
            self.findings.warn(
                "dollars-unknown", self.shape.where(row, place), self.shape.cell(row, place)[:SHOWN],
                what=f"{heading} is not known for {school}; what the school has is short by it.",
                why="Unknown money is not zero money: the school looks poorer than it is.",
                remedy="Enter the amount, 0 if there is none, or leave the school out.",
            )  # fmt: skip

    def tell_the_others(self) -> None:
        """Tell how many cells had a problem of which the first were told."""
        for (name, code), times in self.told.items():
            if times > IN_FULL:
                self.findings.note(
                    f"{code}-more", self.shape.shown, "",
                    what=f"In all, {times:,} cells of {self._heading(name)} are like this ({code}).",
                    why="Only the first are told one by one.", remedy="Mend the column as a whole.",
                )  # fmt: skip

    def tell_padded(self, name: str, times: int, width: int) -> None:
        """Tell how many codes of a field got their leading zeros back."""
        lost = "had lost leading zeros, and have" if times > 1 else "had lost leading zeros, and has"
        self.findings.note(
            "zeros-put-back", self.shape.shown, "",
            what=f"{count_words(times, 'code')} in {self._heading(name)} {lost} {width} digits again.",
            why="Codes of this kind always have that many digits; a spreadsheet drops leading zeros.",
            remedy="Nothing; other files with the same codes are read alike.",
        )  # fmt: skip

    def _is_one_of_many(self, name: str, code: str) -> bool:
        """Count a problem; whether so many were told that this one is only counted."""
        self.told[name, code] = self.told.get((name, code), 0) + 1
        return self.told[name, code] > IN_FULL

    def _heading(self, name: str) -> str:
        place = self.places.get(name, self.shape.place([name]))
        return self.shape.headings[place] if place is not None else field_of(name).title
