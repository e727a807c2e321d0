"""One school year under its several names: 2021-22, 2021-2022, FY2022, 2022."""

from __future__ import annotations

import re
from collections.abc import Sequence

from equity_alloc.sources.base import FindingList
from equity_alloc.sources.mapped.extract import Extract

_YEAR = re.compile(
    r"(?:fy|sy|school year|fiscal year)?\s*(\d{4}|\d{2})(?:\s*[-/\u2013]\s*(\d{4}|\d{2})|(\d{4}))?", re.IGNORECASE
)


def ending_year(text: str) -> int | None:
    """Return the calendar year in which a school or fiscal year ends; a single year is taken as the ending one.

    Examples
    --------
    >>> [ending_year(text) for text in ("2021-22", "2021-2022", "20212022", "FY2022", "2022", "FY22", "Total")]
    [2022, 2022, 2022, 2022, 2022, 2022, None]
    """
    match = _YEAR.fullmatch(text.strip())
    if match is None:
        return None
    year = int(match[2] or match[3] or match[1])
    return year if year >= 100 else 2000 + year


def same_year(text: str, years: tuple[str, ...]) -> str | None:
    """Return the one of some years that ends when another does; None where none or several do."""
    wanted = ending_year(text)
    found = [year for year in years if wanted is not None and ending_year(year) == wanted]
    return found[0] if len(found) == 1 else None


def tell_years(extracts: Sequence[Extract], findings: FindingList) -> None:
    """Warn where files of one district are read for different years."""
    read: dict[int, tuple[str, str]] = {}
    for extract in extracts:
        only = extract.choices.get("year", ())
        text = extract.chosen.get("year") or (only[0] if len(only) == 1 else "")
        year = ending_year(text)
        if year is not None:
            read.setdefault(year, (extract.tally.file, text))
    if len(read) > 1:
        words = " and ".join(f"{file} for {text}" for file, text in read.values())
        findings.warn(
            "years-differ", next(iter(read.values()))[0], "",
            what=f"The files are read for different years: {words}.",
            why="Dollars of one year over the pupils of another make no level.",
            remedy="Choose one year, or bring files of the same year.",
        )  # fmt: skip
