"""What is wrong with the accounts of a plan, each thing told once with the heading under which it is mended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.reports.account_headings import heading
from equity_alloc.reports.accounts import SCHOOL, AccountPattern, Segment, fits_code

#: So many problems are named; the rest is counted.
NAMED = 8


@dataclass(slots=True)
class AccountProblems:
    """Collects what is wrong, and stops where anything is.

    Parameters
    ----------
    pattern : AccountPattern
    strange : sequence of str
        Headings that name nothing in the district, in words.
    cells : mapping of (kind, code) to str
        Where each of the district's codes stands.
    """

    pattern: AccountPattern
    strange: Sequence[str] = ()
    cells: Mapping[tuple[str, str], str] = field(default_factory=dict)
    #: In words before and after the funds that it is wrong for, and how it is mended.
    noted: dict[tuple[str, str, str], list[str]] = field(default_factory=dict)
    #: By what lacks a code and how that is mended: the segments that lack one, and the funds for which.
    missing: dict[tuple[str, str], tuple[list[str], list[str]]] = field(default_factory=dict)
    #: Schools whose code does not fit its segment: the code in the account, and the school's own.
    unfit: dict[str, str] = field(default_factory=dict)

    def note(self, before: str, after: str = "", fund: str = "", mend: str = "") -> None:
        """Note a problem once, with each fund that it is met for."""
        funds = self.noted.setdefault((before, after, mend), [])
        if fund and fund not in funds:
            funds.append(fund)

    def note_missing(self, segment: str, what: str, fund: str, mend: str) -> None:
        """Note that a segment has no code for something; all that lack one for the same are told together."""
        segments, funds = self.missing.setdefault((what, mend), ([], []))
        for name, named in ((segment, segments), (fund, funds)):
            if name and name not in named:
                named.append(name)

    def note_shared(self, schools: Mapping[str, str]) -> None:
        """Note each code in the segment of schools that several of them share.

        Parameters
        ----------
        schools : mapping of str to str
            The code in an account, by the school's own.
        """
        owners: dict[str, list[str]] = {}
        for own, used in schools.items():
            owners.setdefault(used, []).append(own)
        for used, owned in owners.items():
            if len(owned) > 1:
                named = " and ".join(f"{own} ({self.cells[SCHOOL, own]})" for own in owned)
                under = " or ".join(heading(SCHOOL, own) for own in owned)
                self.note(
                    f"Schools {named} share the code '{used}' in an account. Give them different ones under {under}."
                )

    def refuse(self) -> None:
        """Stop where anything is wrong.

        Raises
        ------
        InvalidValue
            With every problem, up to eight; the others are counted.
        """
        told = [
            *self.strange,
            *self._schools(),
            *(_lacking(what, mend, *lacks) for (what, mend), lacks in self.missing.items()),
            *(_told(*words, funds) for words, funds in self.noted.items()),
        ]
        if not told:
            return
        more = f" And {len(told) - NAMED} more." if len(told) > NAMED else ""
        cells = " Cells are those of the plan's workbook." if any("!" in each for each in told[:NAMED]) else ""
        raise InvalidValue(
            f"The account codes ({self.pattern.title}) cannot be used as they are. {' '.join(told[:NAMED])}{more}{cells} "
            f"{self._way_on()}"
        )

    def _way_on(self) -> str:
        if self.pattern.file:
            return f"Mend {self.pattern.file} there, then hand it over again."
        return (
            "To mend them, take the file of codes to fill in (on Export, or with --accounts-form ours.toml): it has a heading for "
            'each of your codes, such as [line."Supplies"], and below it rows such as function = "1000". Then hand it over: on '
            "Export, or with --accounts ours.toml."
        )

    def _schools(self) -> list[str]:
        if not self.unfit:
            return []
        kind = next(each.kind for each in self.pattern.segments if each.name == SCHOOL)
        codes = list(self.unfit)
        named = ", ".join(f"'{code}'" for code in codes[:NAMED])
        more = f" and {len(codes) - NAMED} more" if len(codes) > NAMED else ""
        are = "code {} is" if len(codes) == 1 else "codes {} are"
        under = heading(SCHOOL, self.unfit[codes[0]])
        cell = self.cells[SCHOOL, self.unfit[codes[0]]]
        each = "it" if len(codes) == 1 else "each of them"
        such = "" if len(codes) == 1 else "a heading such as "
        return [
            f"The school {are.format(named + more)} not {kind} ({'' if len(codes) == 1 else 'the first in '}{cell}). Give {each} the code that it has in an account under {such}{under}."
        ]


def wrong_with(pattern: AccountPattern, segment: Segment, code: str, *, is_spending: bool) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a code that there is, in words before and after what it is of."""
    if not segment.fits(code):
        yield f"The {segment.name} code '{code}' of", f" is not {segment.kind}."
    elif is_spending and not fits_code(code, pattern.valid.get(segment.name, (code,))):
        # The lists of valid codes are those of spending; a balance has accounts of its own.
        yield f"The {segment.name} code '{code}' of", " is not in the pattern's list of valid codes."


def _lacking(what: str, mend: str, segments: list[str], funds: list[str]) -> str:
    names = " or ".join(filter(None, (", ".join(segments[:-1]), segments[-1])))
    return _told(f"No {names} code for {what}", ".", mend, funds)


def _told(before: str, after: str, mend: str, funds: list[str]) -> str:
    paid = f", {'fund' if len(funds) == 1 else 'funds'} {', '.join(funds)}," if funds else ""
    return f"{before}{paid.rstrip(',') if after == '.' else paid}{after}{mend and f' {mend}'}"
