"""A district's account codes to fill in: a shipped pattern with a heading for each of the district's own codes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from equity_alloc.domain.district import District
from equity_alloc.reports.account_headings import heading
from equity_alloc.reports.accounts import SCHOOL, ByWords
from equity_alloc.reports.read_accounts import read_pattern, shipped_text

#: What stands beside the mark of a segment.
_VERIFIED = {
    "verified = false": "true once you have checked its length and every code of it: until then lines whose {} code you have "
    'not written out under a heading of your own say "unverified default: {}"'.replace("{}", "{0}"),
    "verified = true": "its length and codes were checked against the source",
}
#: What the district's own part begins with.
BEGINS = "# ---- Codes of"


def account_form(district: District, name: str) -> str:
    """Return a shipped pattern and, below it, every fund, position, line and school of a district with the codes it has so far.

    Codes that the pattern finds by words stand there as remarks; a row that is no remark and holds no code waits for one.

    Parameters
    ----------
    district : District
    name : str
        Of a shipped pattern.

    Raises
    ------
    UnknownCode
        If there is no such pattern.
    """
    shipped = "\n".join(_explained(shipped_text(name).rstrip()))
    return "\n".join([shipped, "", *_own_rows(district, name)]) + "\n"


def _explained(text: str) -> Iterator[str]:
    """Yield the lines of a pattern, with what `verified` means beside that of each segment."""
    table, name = "", ""
    for line in text.splitlines():
        if line.startswith("["):
            table = line.strip()
        if table != "[[segment]]":
            yield line
            continue
        if line.startswith("name = "):
            name = line.partition("=")[2].strip().strip('"')
        remark = _VERIFIED.get(line.strip(), "").format(name)
        yield f"{line}{remark and f'  # {remark}'}"


def _own_rows(district: District, name: str) -> Iterator[str]:
    pattern = read_pattern(shipped_text(name), f"{name}.toml")
    names = [segment.name for segment in pattern.segments]
    of_funds = {key for entry in (*pattern.funds,) for key in entry.codes}
    of_items = [each for each in names if each != SCHOOL and each not in of_funds]
    of_all = [each for each in names if each in of_funds and any(each in entry.codes for entry in pattern.items)]
    yield f"{BEGINS} {district.name} {district.year} ----"
    yield "# Rows without a # and without a code wait for yours. The other rows are what the pattern takes; to give another code, take"
    yield "# away the # of the heading and of its rows. Lines stand in the sheets Spending and Central, and so on. A code under a heading"
    yield "# without # is your own: the Note of budget lines calls it no unverified default, even where it is the same as the pattern's."
    for fund in district.funds:
        keys = [each for each in names if each in of_funds and each not in of_all]
        yield from _rows("fund", fund.code, f"Funds: {fund.title}", pattern.fund_entry(fund), keys)
    keys = [*of_items, *of_all]
    for position in district.positions:
        entry = pattern.entry_of("position", position.code, position.title)
        yield from _rows("position", position.code, f"Positions: {position.title}", entry, keys)
    for line in sorted({each.line for each in district.spending}):
        yield from _rows("line", line, "Spending: a line of schools", pattern.entry_of("line", line, line), keys)
    at_schools = {each.line for each in district.spending}
    for line in sorted({each.line for each in district.central} - at_schools):
        entry = pattern.central_of(line)
        what = "Central: no word of the pattern fits, so that it takes the last" if not entry.words else "Central"
        yield from _rows("line", line, what, entry, [*keys, SCHOOL] if SCHOOL in names else keys)
    for segment in (each for each in pattern.segments if each.name == SCHOOL):
        for school in district.schools:
            code = school.code[-segment.digits :] if segment.may_cut else school.code
            has = segment.fits(code)
            told = "its own code" if code == school.code else "the end of its own code"
            what = f"Schools: {school.name}; {told} is {'taken' if has else f'not {segment.kind}'}"
            yield from _rows(SCHOOL, school.code, what, ByWords((), {SCHOOL: code} if has else {}), [SCHOOL])


def _rows(kind: str, code: str, what: str, entry: ByWords, keys: list[str]) -> Iterator[str]:
    known: Mapping[str, str] = entry.codes
    waits = any(key not in known for key in keys)
    mark = "" if waits else "# "
    yield ""
    # A remark of TOML holds no signs that cannot be seen.
    said = "".join(sign for sign in " ".join(what.split()) if sign.isprintable())
    yield f"{mark}{heading(kind, code)}  # {said}"
    for key in keys:
        yield f"{mark}{key} = {json.dumps(known.get(key, ''))}"
