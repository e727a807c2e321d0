"""A table of chosen interventions read back, so that whoever changes a row can have it checked again."""

from __future__ import annotations

import csv
import io

from equity_alloc.actions.choice import Bought
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.money import Cents, read_dollars

_ASKED = ("Cause code", "Code", "School", "Steps", "Dollars", "Funds")


def read_bought(text: str) -> tuple[Bought, ...]:
    r"""Return the rows of a table as the command wrote it; other columns are passed over.

    Raises
    ------
    InvalidValue
        With the row and the column that cannot be read.

    Examples
    --------
    >>> [row] = read_bought("Cause code,Code,School,Steps,Dollars,Funds\nK1,nudge,0105,20,4000.00,COMP 4000.00")
    >>> row.steps, row.pay
    (20, (('COMP', 400000),))
    """
    reader = csv.DictReader(io.StringIO(text))
    missing = [name for name in _ASKED if name not in (reader.fieldnames or ())]
    if missing:
        raise InvalidValue(
            f"The table has no column {', '.join(missing)}. Write it with interventions FILE -o table.csv."
        )
    return tuple(_row(row, number) for number, row in enumerate(reader, start=2))


def _row(row: dict[str, str | None], number: int) -> Bought:
    words = {name: (row[name] or "").strip() for name in _ASKED}
    if not words["Steps"].isdecimal():
        raise InvalidValue(
            f"Row {number}, Steps: '{words['Steps']}' is no whole number. Write how many steps are bought."
        )
    try:
        pay = tuple(_part(part) for part in words["Funds"].split(";") if part.strip())
        dollars = read_dollars(words["Dollars"])
    except InvalidValue as error:
        raise InvalidValue(f"Row {number}: {error}") from error
    if sum(cents for _, cents in pay) != dollars:
        raise InvalidValue(
            f"Row {number}: Dollars is {words['Dollars']}, and Funds add up to {sum(c for _, c in pay) / 100:.2f}."
        )
    return Bought(words["School"], words["Cause code"], words["Code"], int(words["Steps"]), pay)


def _part(part: str) -> tuple[str, Cents]:
    fund, _, amount = part.strip().rpartition(" ")
    if not fund:
        raise InvalidValue(f"Funds holds '{part.strip()}'. Write a fund code and dollars, like GEN 4000.00.")
    return fund.strip(), read_dollars(amount)
