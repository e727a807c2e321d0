"""Most pupils in a class, by grade: read from text, and the classes that they call for."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.number import print_number
from equity_alloc.parameters.library import parameters

GRADES: tuple[str, ...] = ("3K", "PK", "K", *(str(number) for number in range(1, 13)))
OWN_CAPS = "own caps"
_BANDS = ("K-3", "4-8", "9-12")
#: Laws with their caps in data/parameters/class_size.toml.
LAWS: dict[str, str] = {"Florida": "florida", "New York City": "new-york-city"}
_ENTRY = re.compile(r"(3K|PK|K|\d{1,2})(?:-(PK|K|\d{1,2}))? +(\d{1,3})", re.IGNORECASE)


def caps_of(law: str, own: str) -> str:
    """Return the caps of a law in force, or the district's own, as text.

    Examples
    --------
    >>> caps_of("Florida", "")
    'K-3 18; 4-8 22; 9-12 25'
    """
    if law == OWN_CAPS:
        return own
    values = parameters("class_size")
    return "; ".join(f"{band} {print_number(values[f'{LAWS[law]}-{band.lower()}'][-1].value)}" for band in _BANDS)


def read_caps(text: str) -> dict[str, int]:
    """Return the cap of each grade.

    Raises
    ------
    InvalidValue
        If the text is not a list of grades with their caps, or names a grade twice.

    Examples
    --------
    >>> read_caps("K-1 18; 5 22")
    {'K': 18, '1': 18, '5': 22}
    """
    caps: dict[str, int] = {}
    for part in (entry.strip() for entry in text.split(";")):
        found = _ENTRY.fullmatch(part)
        first, last = (found.group(1).upper(), (found.group(2) or found.group(1)).upper()) if found else ("", "")
        if found is None or first not in GRADES or last not in GRADES or int(found.group(3)) == 0:
            raise InvalidValue(
                f"Caps by grade: '{part}' is not grades and a cap. Write it like K-3 18; 4-8 22; 9-12 25."
            )
        for grade in GRADES[GRADES.index(first) : GRADES.index(last) + 1]:
            if grade in caps:
                raise InvalidValue(f"Caps by grade: grade {grade} has two caps. Give it one.")
            caps[grade] = int(found.group(3))
    return caps


def classes_needed(pupils: int, cap: int, share: Decimal, largest: Decimal) -> int:
    """Return the fewest classes of a grade of which the share is within the cap and no other above the largest.

    Parameters
    ----------
    pupils : int
        Of the grade at one school.
    cap : int, pupils per class
    share : Decimal
        Share of the classes that must be within the cap; 1 for all.
    largest : Decimal, pupils per class
        Of the other classes; a value below the cap counts as the cap.

    Examples
    --------
    >>> classes_needed(70, 29, Decimal(1), Decimal(0)), classes_needed(100, 20, Decimal("0.6"), Decimal(30))
    (3, 5)
    """
    if share >= 1:
        return -(-pupils // cap)
    other = max(Fraction(cap), Fraction(largest))
    classes = -(-pupils // other)
    while True:
        within = -(-Fraction(share) * classes // 1)
        if within * cap + (classes - within) * other >= pupils:
            return int(classes)
        classes += 1
