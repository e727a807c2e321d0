"""What a declared sheet and column are, and the words that files use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from equity_alloc.domain.district import GroupUse


class Kind(StrEnum):
    """What a cell of a column holds."""

    CODE = "code"
    TEXT = "text"
    PUPILS = "pupils"
    DOLLARS = "dollars"
    CHANGE = "dollars, below zero where given up"
    FTE = "FTE"
    YES_NO = "yes or no"
    CODES = "all, none, or codes separated by semicolons"
    WEIGHT = "extra share"
    SHARING = "blank, last year, Title I ranking, or the title of a student group"
    OPTION = "one of a list"
    DAY = "a day, year first, or never"
    SHARE = "share"
    ANY = "text or number"
    MEASURED = "a measure, with its own decimals"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet.

    Parameters
    ----------
    title, field : str
        Heading in the file; name in code.
    kind : Kind
    help : str
        One sentence for the person who fills it.
    required : bool
        Whether the column must exist and every row must fill it.
    unit : str
    example : str
        A value as people type it, shown in the note on the heading only.
    aliases : tuple of str
        Other headings under which the column is accepted.
    options : tuple of str
        What a cell of kind OPTION may be.
    """

    title: str
    field: str
    kind: Kind
    help: str
    required: bool = True
    unit: str = ""
    example: str = ""
    aliases: tuple[str, ...] = ()
    options: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        """Stem of the codes of findings about this column."""
        return self.field.replace("_", "-")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook, or one file of a folder.

    Parameters
    ----------
    name : str
    help : str
    columns : tuple of Column
    keys : tuple of str
        Fields that say whom a row concerns; total rows are found in them.
    required : bool
    aliases : tuple of str
    groups : bool
        Whether columns headed "Pupils: ..." and "Audit only: ..." may follow.
    """

    name: str
    help: str
    columns: tuple[Column, ...]
    keys: tuple[str, ...]
    required: bool = False
    aliases: tuple[str, ...] = ()
    groups: bool = False

    @property
    def file_name(self) -> str:
        """Name of the file with this table in a folder."""
        return f"{slug(self.name, '_')}.csv"

    def column(self, field: str) -> Column:
        """Return a column by its field."""
        return next(column for column in self.columns if column.field == field)


#: How a column of pupil counts is headed, by what the counts may be used for.
PREFIXES: dict[GroupUse, str] = {GroupUse.NEED: "Pupils: ", GroupUse.AUDIT: "Audit only: "}
LAST_YEAR = "last year"
#: Heading of the column that holds what a setting is.
VALUE = "Value"
TITLE_ONE = "Title I ranking"
PLAN_DECIDES = "the plan decides"
EVERYTHING = "all"
NOTHING = "none"


def first_sentence(words: str) -> str:
    """Return what words say first; what a person is to do stands behind it.

    Examples
    --------
    >>> first_sentence("One row for each school. Add one column for each student group.")
    'One row for each school.'
    """
    return re.split(r"(?<=\.)\s", words, maxsplit=1)[0]


def slug(title: str, joint: str = "-") -> str:
    """Return a title in lower case with its words joined.

    Examples
    --------
    >>> slug("Students with disabilities")
    'students-with-disabilities'
    """
    return joint.join(re.findall(r"[^\W_]+", title.lower()))
