"""Reads a TOML text exactly: decimals stay decimals, and a slip of the pen is a finding with its line."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from typing import Any

from equity_alloc.domain.finding import Finding, Severity
from equity_alloc.parameters.placed_findings import PlacedFindings
from equity_alloc.parameters.places import places_in


def read_toml(text: str, file: str) -> tuple[dict[str, Any], PlacedFindings]:
    r"""Return the data of a TOML text and the list for its findings.

    Parameters
    ----------
    text : str
    file : str
        Name shown in findings.

    Returns
    -------
    dict
        Empty where the text is not TOML; the finding then says at which line.
    PlacedFindings

    Examples
    --------
    >>> data, found = read_toml("weight = 0.40", "a.toml")
    >>> data["weight"]
    Decimal('0.40')
    >>> _, found = read_toml("name = 'A'\nname = 'B'", "a.toml")
    >>> found.found[0].where
    'a.toml:2'
    """
    found = PlacedFindings(places_in(text, file))
    try:
        return tomllib.loads(text, parse_float=Decimal), found
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        place = re.search(r"\(at line (\d+)", message)
        line = int(place.group(1)) if place else max(1, len(text.splitlines()))
        said = message.split(" (at ", maxsplit=1)[0]
        found.found.append(
            Finding(
                "not-toml",
                Severity.ERROR,
                f"{file}:{line}",
                "",
                f"This line cannot be read: {said}.",
                "Nothing below it can be trusted.",
                "Look for a missing quotation mark, bracket or equals sign, or a name that is used twice.",
            )
        )
        return {}, found
