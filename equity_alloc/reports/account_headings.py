"""Headings of a district's own codes: how they are written, and which of them name nothing that the district has."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Mapping

from equity_alloc.domain.district import District
from equity_alloc.parameters.placed_findings import nearest
from equity_alloc.reports.accounts import SCHOOL, AccountPattern, ByWords

_SHEETS = {
    "fund": "the sheet Funds",
    "position": "the sheet Positions",
    "line": "the sheets Spending and Central",
    SCHOOL: "the sheet Schools",
}


def heading(kind: str, code: str) -> str:
    """Return the heading below which a district's own codes stand.

    Examples
    --------
    >>> heading("line", "Field trips")
    '[line."Field trips"]'
    """
    return f"[{kind}.{json.dumps(code, ensure_ascii=False)}]"


def where_to_mend(pattern: AccountPattern, entry: ByWords, kind: str, code: str, given: str) -> str:
    """Return under which heading, in which file and line, a code is mended.

    Parameters
    ----------
    pattern : AccountPattern
    entry : ByWords
        What gives the code.
    kind, code : str
        Of the fund, position or line.
    given : str
        The code that is wrong; empty where there is none.
    """
    if kind == "balance":
        return "Write it under [balance]."
    named = pattern.own.get((kind, code))
    if named is not None:
        return f"{'Mend' if given else 'Write'} it under {heading(kind, code)}, {named.place}."
    if not given:
        return f"Write it under {heading(kind, code)}."
    stands = f"It stands in {entry.place}; w" if entry.place else "W"
    return f"{stands}rite the right one under {heading(kind, code)}."


def strange_headings(district: District, pattern: AccountPattern) -> tuple[str, ...]:
    """Return each heading, position and rate that names nothing in a district, with file, line and what may be meant.

    A misspelled code would otherwise leave the shipped one in use without a word.

    Parameters
    ----------
    district : District
    pattern : AccountPattern
    """
    known = _known(district)
    return (
        *(
            f"{heading(kind, code)} ({entry.place}) names nothing on {_SHEETS[kind]}. {_meant(kind, code, known[kind])}"
            for (kind, code), entry in pattern.own.items()
            if code not in known[kind]
        ),
        *_strange_benefits(district, pattern),
    )


def _strange_benefits(district: District, pattern: AccountPattern) -> Iterator[str]:
    """Yield positions of benefits that the district does not have, and rates that nothing asks for."""
    codes = [position.code for position in district.positions]
    rates = set()
    for part in pattern.benefits:
        for code in (each for each in part.positions if each not in codes):
            yield (
                f"[[benefits]] ({part.place}) is for the position '{code}', which is not on {_SHEETS['position']}. "
                f"{nearest(code, codes)}"
            )
        rates |= {part.rate, *(f"{part.rate} {code}" for code in part.positions or codes)}
    for name in (each for each in pattern.values if each not in rates):
        yield f"The rate '{name}' ({pattern.rate_places[name]}) is asked for by no [[benefits]]. {nearest(name, rates)}"


def _known(district: District) -> dict[str, dict[str, str]]:
    """Return the codes and titles of a district by kind of heading."""
    lines = {each.line for each in district.spending} | {each.line for each in district.central}
    lines |= {line for fund in district.funds for line in fund.lines}
    return {
        "fund": {fund.code: fund.title for fund in district.funds},
        "position": {position.code: position.title for position in district.positions},
        "line": dict.fromkeys(lines, ""),
        SCHOOL: {school.code: school.name for school in district.schools},
    }


def _meant(kind: str, code: str, known: Mapping[str, str]) -> str:
    """Return the nearest headings, by code or by title; else those that there are."""
    by_name = {title.casefold(): one for one, title in known.items() if title}
    by_name.update({one.casefold(): one for one in known})
    close = difflib.get_close_matches(code.casefold(), by_name, n=2, cutoff=0.6)
    found = dict.fromkeys(by_name[name] for name in close)
    if not found:
        return nearest(code, known)
    told = [heading(kind, one) + (f" ({known[one]})" if known[one] else "") for one in found]
    return f"Did you mean {' or '.join(told)}?"
