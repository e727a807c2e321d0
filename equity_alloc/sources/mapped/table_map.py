"""A map: which columns of a table hold what, which of its rows are totals, and what stands for unknown."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.source import Source
from equity_alloc.sources.mapped.fields import FIELDS, GROUP_PREFIXES
from equity_alloc.sources.mapped.values import Suppressed

FORMAT = 1


class RowKind(StrEnum):
    """What one row of a table stands for."""

    SCHOOL = "school"
    MONEY = "money"
    COUNT = "count"
    DISTRICT = "district"
    PUPIL = "pupil"
    SALARY = "salary"


ROW_WORDS = {
    RowKind.SCHOOL: "one school",
    RowKind.MONEY: "posts or dollars of one school",
    RowKind.COUNT: "pupils of one school in one category",
    RowKind.DISTRICT: "one district",
    RowKind.PUPIL: "one pupil at one school",
    RowKind.SALARY: "one salary of a schedule",
}


@dataclass(frozen=True, slots=True)
class RowTest:
    """Rows told apart by what stands in one column.

    Parameters
    ----------
    column : str
        Heading.
    values : tuple of str
        In any case; a value that ends in * stands for all that begin so.
    why : str
        What such a row is, for the list of rows left out.
    is_printed_total : bool
        Whether the row prints a total of its school, which is compared with the sum of its rows.
    """

    column: str
    values: tuple[str, ...]
    why: str = ""
    is_printed_total: bool = False

    def holds(self, text: str) -> bool:
        """Whether a cell is one of the values."""
        found = text.strip().lower()
        return any(
            found.startswith(value[:-1].lower()) if value.endswith("*") else found == value.lower()
            for value in self.values
        )


@dataclass(frozen=True, slots=True)
class Category:
    """In a table of counts: which rows count the pupils of which field.

    Parameters
    ----------
    field : str
    tests : tuple of RowTest
        All must hold.
    """

    field: str
    tests: tuple[RowTest, ...]


@dataclass(frozen=True, slots=True)
class RowSum:
    """A column that is the sum of others in every row; where it is not, cells have slipped.

    Parameters
    ----------
    total : str
        Heading.
    parts : tuple of str
    within : int
        How far the printed total may be off by rounding, in its unit.
    """

    total: str
    parts: tuple[str, ...]
    within: int = 0


@dataclass(frozen=True, slots=True)
class MoneyColumn:
    """A column of dollars in a table with one row for each school.

    Parameters
    ----------
    column : str
        Heading.
    fund, title : str
        Code and name of the fund.
    line : str
        What it is spent on.
    per_pupil : bool
        Whether the dollars are per pupil, and are multiplied by the enrollment.
    counts : bool
        Whether it is state and local money.
    """

    column: str
    fund: str
    title: str
    line: str = "School spending"
    per_pupil: bool = False
    counts: bool = True


@dataclass(frozen=True, slots=True)
class CodeParts:
    """A code made of the parts of another column, by separator or by position.

    Parameters
    ----------
    column : str
        Heading.
    fields : tuple of str
        Field of each part; "" for a part that is not needed.
    separator : str
    widths : tuple of int
        Where there is no separator.
    """

    column: str
    fields: tuple[str, ...]
    separator: str = ""
    widths: tuple[int, ...] = ()

    def split(self, text: str) -> dict[str, str] | None:
        """Return the parts by field, None where the code has another form."""
        bare = text.strip()
        plain = "".join(sign for sign in bare if sign.isalnum())
        if self.widths and len(plain) == sum(self.widths):
            bare = plain  # 199-11-6299-19-001-0-11-900 and 199-11-6299.19-001-011900 are one code
        if self.separator and (self.separator in bare or not self.widths):
            parts = [part.strip() for part in bare.split(self.separator)]
        else:
            if len(bare) != sum(self.widths):
                return None
            ends = [sum(self.widths[: place + 1]) for place in range(len(self.widths))]
            parts = [bare[end - width : end] for end, width in zip(ends, self.widths, strict=True)]
        if len(parts) != len(self.fields) or not all(
            part for part, name in zip(parts, self.fields, strict=True) if name
        ):
            return None
        return {name: part for name, part in zip(self.fields, parts, strict=True) if name}


@dataclass(frozen=True)
class TableMap:
    """How to read one kind of table.

    Parameters
    ----------
    code, title : str
    rows : RowKind
    columns : tuple of (str, tuple of str)
        Field, and the headings under which it may stand, the best first.
    recognize : tuple of str
        Headings that a table of this kind has, all of them.
    missing : tuple of str
        What stands for unknown here, beside the usual words.
    suppressed : tuple of Suppressed
    leave_out, keep : tuple of RowTest
        Rows that are left out; rows of which only those are read that hold.
    categories : tuple of Category
    row_sums : tuple of RowSum
    money : tuple of MoneyColumn
    account : CodeParts or None
    widths : tuple of (str, int)
        Digits that a code has, so that lost leading zeros can be put back.
    first_digits, last_digits : tuple of (str, int)
        Of a code, only its first, or last, so many signs are the code.
    code_of : tuple of str
        Headings whose cells together are the code of whom a row concerns, where the file has none.
    code_widths : tuple of int
        Digits of each of these parts, which are joined without a sign between them then.
    scales : tuple of (str, int)
        Of a column of shares without a percent sign: 1 where it prints 0.703, 100 where 70.3.
    titles : tuple of (str, tuple of (str, str))
        Of a field, what its codes stand for.
    federal : tuple of str
        Codes of funds that are federal money, ? for any sign and * for any number of them.
    unverified : tuple of str
        Fields whose titles nobody has checked against their source.
    source : Source or None
    is_seen : bool
        False where the layout is taken from a specification and no real file has been read with it.
    note : str
        What a person should know about such files.

    Raises
    ------
    InvalidValue
        If a field is unknown or named twice, or nothing names the school.
    """

    code: str
    title: str
    rows: RowKind
    columns: tuple[tuple[str, tuple[str, ...]], ...]
    recognize: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    leave_out: tuple[RowTest, ...] = ()
    keep: tuple[RowTest, ...] = ()
    categories: tuple[Category, ...] = ()
    row_sums: tuple[RowSum, ...] = ()
    money: tuple[MoneyColumn, ...] = ()
    account: CodeParts | None = None
    widths: tuple[tuple[str, int], ...] = ()
    first_digits: tuple[tuple[str, int], ...] = ()
    last_digits: tuple[tuple[str, int], ...] = ()
    code_of: tuple[str, ...] = ()
    code_widths: tuple[int, ...] = ()
    scales: tuple[tuple[str, int], ...] = ()
    titles: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    federal: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()
    source: Source | None = None
    is_seen: bool = True
    note: str = field(default="")

    def __post_init__(self) -> None:
        named = [name for name, _ in self.columns]
        parts = [name for name in self.account.fields if name] if self.account else []
        for name in (*named, *parts, *(category.field for category in self.categories)):
            if not is_field(name):
                raise InvalidValue(f"There is no field {name}. Known: {', '.join(FIELDS)}.")
        if len(set(named)) != len(named):
            raise InvalidValue("A field is named twice: each field is read from one column.")
        home = {RowKind.DISTRICT: "district", RowKind.SALARY: "salary"}.get(self.rows, "school")
        if home not in (*named, *parts) and not (self.code_of and home != "salary"):
            raise InvalidValue(
                f"Say which column holds the {home}'s code or, where there is none, its name."
                if home != "salary"
                else "Say which column holds the salary."
            )
        if self.code_widths and len(self.code_widths) != len(self.code_of):
            raise InvalidValue("code_widths needs one number for each heading of code_of.")
        if any(scale not in (1, 100) for _, scale in self.scales):
            raise InvalidValue("A scale of shares is 1 or 100.")
        if self.rows is RowKind.MONEY and "dollars" not in named:
            raise InvalidValue("Say which column holds the dollars.")

    def headings(self, name: str) -> tuple[str, ...]:
        """Return the headings of a field, none where it is not read."""
        return dict(self.columns).get(name, ())

    def title_of(self, name: str, code: str) -> str:
        """Return what a code of a field stands for, the code itself where that is not said."""
        return dict(dict(self.titles).get(name, ())).get(code, code)


def is_field(name: str) -> bool:
    """Whether a name is one of the declared fields, or a student group or grade of the district's own."""
    return name in FIELDS or name.startswith(GROUP_PREFIXES)
