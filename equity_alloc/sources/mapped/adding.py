"""Finds total rows by arithmetic, and compares printed totals with the rows that were read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from equity_alloc.sources.mapped.extract import Check, Measured
from equity_alloc.sources.mapped.fields import FIELDS

#: One number that adds up may be chance; then so many rows have to speak for it.
ROWS_FOR_ONE = 4
#: The pupils of a school, not those of a grade or group.
ALL_PUPILS = FIELDS["enrollment"].title
#: A row so large beside all others together is taken for a total that does not tie, among at least so many rows.
NEARLY, ROWS_FOR_SIZE = 0.9, 5


@dataclass(frozen=True)
class Entry:
    """What one row adds to the totals.

    Parameters
    ----------
    label : str
        As the file names the row.
    group : str
        Whom the row belongs to: a district in a table of schools, a school in a table of dollars.
    where : str
        sheet!cell
    sums : dict of (str, Measured) to int
        What can be added up, by name and unit: pupils, cents, hundredths of a post.
    is_total : bool
        By its label, or by a column that says so.
    """

    label: str
    group: str
    where: str
    sums: dict[tuple[str, Measured], int] = field(default_factory=dict)
    is_total: bool = False


def totals_by_arithmetic(entries: Sequence[Entry]) -> tuple[int, ...]:
    """Return the places of rows that equal the sum of the rows above them, or of all others, without saying so.

    Parameters
    ----------
    entries : sequence of Entry
        In the order of the file.

    Returns
    -------
    tuple of int
        Two numbers above zero must add up; where a row has only one, it must be that of at least four rows.

    Examples
    --------
    >>> sums = lambda a, b: {("Pupils", Measured.PUPILS): a, ("Poor", Measured.PUPILS): b}
    >>> rows = [Entry("A", "", "", sums(300, 40)), Entry("B", "", "", sums(200, 90)), Entry("C", "", "", sums(500, 130))]
    >>> totals_by_arithmetic(rows)
    (2,)
    """
    plain = [place for place, entry in enumerate(entries) if not entry.is_total]
    whole = _sum([entries[place] for place in plain])
    found: list[int] = []
    above: dict[tuple[str, Measured], int] = {}
    rows = 0
    for place, entry in enumerate(entries):
        if entry.is_total:
            above, rows = {}, 0
            continue
        others = {key: value - entry.sums.get(key, 0) for key, value in whole.items()}
        if _equals(entry, above, rows) or (
            (place == plain[-1] or place == plain[0]) and _equals(entry, others, len(plain) - 1)
        ):
            found.append(place)
            above, rows = {}, 0
            continue
        for key, value in entry.sums.items():
            above[key] = above.get(key, 0) + value
        rows += 1
    return tuple(found)


def totals_by_size(entries: Sequence[Entry]) -> tuple[int, ...]:
    """Return the places of rows that are nearly as large as all others together: totals that do not tie look like this.

    Parameters
    ----------
    entries : sequence of Entry
        Of schools, in the order of the file.

    Returns
    -------
    tuple of int
        At most one, by pupils where the rows count them, else by dollars; none among fewer than five rows.

    Examples
    --------
    >>> pupils = lambda label, n: Entry(label, "", "", {("Enrollment", Measured.PUPILS): n})
    >>> totals_by_size([pupils(str(n), 100) for n in range(5)] + [pupils("Springfield", 490)])
    (5,)
    """
    plain = [place for place, entry in enumerate(entries) if not entry.is_total]
    if len(plain) < ROWS_FOR_SIZE:
        return ()
    whole = _sum([entries[place] for place in plain])
    for measured in (Measured.PUPILS, Measured.CENTS):
        keys = [key for key in whole if key[1] is measured and (measured is Measured.CENTS or key[0] == ALL_PUPILS)]
        if not keys:
            continue
        key = max(keys, key=lambda key: whole[key])
        sizes = {place: entries[place].sums.get(key, 0) for place in plain}
        return tuple(place for place, size in sizes.items() if size and size >= NEARLY * (whole[key] - size))[:1]
    return ()


def _equals(entry: Entry, sums: dict[tuple[str, Measured], int], rows: int) -> bool:
    """Whether every number of a row is the sum of some rows, and chance is no explanation."""
    numbers = {key: value for key, value in entry.sums.items() if value}
    if rows < 2 or not numbers or any(sums.get(key, 0) != value for key, value in numbers.items()):
        return False
    return len(numbers) >= 2 or rows >= ROWS_FOR_ONE


def _sum(entries: Sequence[Entry]) -> dict[tuple[str, Measured], int]:
    sums: dict[tuple[str, Measured], int] = {}
    for entry in entries:
        for key, value in entry.sums.items():
            sums[key] = sums.get(key, 0) + value
    return sums


def compare_totals(entries: Sequence[Entry], *, whole_file: bool) -> tuple[Check, ...]:
    """Return each printed total beside what the rows that it stands for add up to.

    Parameters
    ----------
    entries : sequence of Entry
        In the order of the file, total rows among them.
    whole_file : bool
        False where only one district of the file is read, so that totals of more than its group are passed over.

    Returns
    -------
    tuple of Check
        A total is compared with its own group, with the rows around it up to the next total, or with all rows: with
        those that tie where some do, else with those that its label speaks of.
    """
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        if not entry.is_total:
            groups.setdefault(entry.group, []).append(entry)
    everything = [entry for entry in entries if not entry.is_total]
    checks: list[Check] = []
    for place, total in enumerate(entries):
        if not total.is_total:
            continue
        candidates = [groups[total.group]] if total.group and total.group in groups else []
        if whole_file or not total.group:
            candidates += [_block(entries, place, -1), _block(entries, place, 1), everything]
            if _is_grand(total.label):
                candidates.insert(0, everything)
        candidates = [rows for rows in candidates if rows]
        if not candidates or (not whole_file and _is_wider(total.label)):
            continue
        sums = [_sum(rows) for rows in candidates]
        best = next((s for s in sums if all(s.get(key, 0) == value for key, value in total.sums.items())), None)
        if best is None and total.label.lower().lstrip(" -*").startswith("sub"):
            continue  # of a sub-total it is not said where it begins
        best = best or sums[0]
        subject = total.label.strip(" -*") or "Total"
        if total.group and total.group not in subject:
            subject = f"{subject}, {total.group}"
        checks += [
            Check(f"{subject}: {name}", measured, printed, best.get((name, measured), 0), total.where)
            for (name, measured), printed in total.sums.items()
        ]
    return tuple(checks)


def _block(entries: Sequence[Entry], place: int, step: int) -> list[Entry]:
    """Return the rows above or below a total, up to the next total."""
    found: list[Entry] = []
    place += step
    while 0 <= place < len(entries) and not entries[place].is_total:
        found.append(entries[place])
        place += step
    return found


def _is_grand(label: str) -> bool:
    return any(word in label.lower() for word in ("grand", "state", "overall", "citywide", "all schools"))


def _is_wider(label: str) -> bool:
    return "state" in label.lower() or "county" in label.lower()
