"""The book in which an account is looked up for each line of a plan, and in which what is wrong with one is noted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.money import Cents, share_out
from equity_alloc.parameters.read_amounts import amount_at
from equity_alloc.reports.accounts import CATCH_ALL, SCHOOL, WHOLE_LINE, AccountPattern, BenefitPart, Segment, fits_code

#: So many problems are named; the rest is counted.
NAMED = 8


class Where(StrEnum):
    """Where a line's money is: at a school, budgeted centrally, or not allocated yet."""

    SCHOOL = "school"
    CENTRAL = "central"
    LEFT = "not allocated"


class Part(StrEnum):
    """Which part of what a post costs a line holds; blank where the line is no post."""

    NONE = ""
    BOTH = "salary and benefits"
    SALARY = "salary"
    BENEFITS = "benefits"


@dataclass(frozen=True, slots=True)
class AccountLine:
    """Money of one fund for one position or line, at one school or centrally; or what of a fund is not allocated.

    Parameters
    ----------
    account : str
    school, item, fund : str
        The district's own codes; no school where the money is central, no item where it is not allocated.
    is_position : bool
    cents : Cents
    where : Where
    is_verified : bool
        False where the codes of what is central, or of the balance, are defaults that nobody has checked.
    parts : tuple of str
        The account, segment by segment.
    part : Part
        Of what the post costs.
    remark : str
        What else is to be known of the account.
    """

    account: str
    school: str
    item: str
    fund: str
    is_position: bool
    cents: Cents
    where: Where = Where.SCHOOL
    is_verified: bool = True
    parts: tuple[str, ...] = ()
    part: Part = Part.NONE
    remark: str = ""

    @property
    def place(self) -> tuple[str, str, str, bool, str]:
        """What one line of last year and one of the plan have in common."""
        return self.fund, self.school, self.item, self.is_position, f"{self.part.value} {self.account}"


class Book:
    """Looks accounts up, and collects what is wrong with them, each problem once."""

    def __init__(self, district: District, pattern: AccountPattern) -> None:
        self.district, self.pattern = district, pattern
        #: What is wrong, in words before and after the funds that it is wrong for.
        self.problems: dict[tuple[str, str], list[str]] = {}
        #: Schools whose code does not fit its segment.
        self.unfit: dict[str, None] = {}
        self.schools = {school.code: self._school(school.code) for school in district.schools}
        segment = next((each for each in self.pattern.segments if each.name == SCHOOL), None)
        if segment is not None and len(set(self.schools.values())) != len(self.schools):
            self._note("Two schools share one code in the segment school.")

    def refuse_problems(self) -> None:
        """Stop where anything is wrong."""
        if not self.problems and not self.unfit:
            return
        first = [_told(*words, funds) for words, funds in list(self.problems.items())[:NAMED]]
        if self.unfit:
            digits = next(each.digits for each in self.pattern.segments if each.name == SCHOOL)
            first.insert(
                0, f"{_schools_told(list(self.unfit))} not {digits} digits, which the school has in an account."
            )
        more = f" And {len(self.problems) - NAMED} more." if len(self.problems) > NAMED else ""
        raise InvalidValue(
            f"The account codes ({self.pattern.title}) cannot be used as they are. {' '.join(first)}{more} To mend them, take the file "
            "of codes to fill in (on Export, or with --accounts-form ours.toml): it has a heading for each of your codes, such as "
            '[line."Supplies"], and below it rows such as function = "1000". Then hand it over: on Export, or with --accounts ours.toml.'
        )

    def _own_school(self, code: str) -> str:
        named = self.pattern.own.get((SCHOOL, code))
        return "" if named is None else named.codes.get(SCHOOL, "")

    def _school(self, code: str) -> str:
        segment = next((each for each in self.pattern.segments if each.name == SCHOOL), None)
        named = self._own_school(code)
        if segment is None:
            return ""
        found = named or code
        return found[-segment.digits :] if segment.may_cut else found

    def school_lines(self, allocation: Allocation) -> list[AccountLine]:
        """Return what schools get; of a post, the salary and each kind of benefits where the pattern knows the rates."""
        lines = []
        for entries, is_position in ((allocation.pay, True), (allocation.dollars, False)):
            for (school, item, fund), cents in entries:
                codes, place = self._at_school(school, item, fund, is_position)
                for part, own, share in (
                    self._parts_of(item, codes, cents) if is_position else [(Part.NONE, codes, cents)]
                ):
                    parts = self._checked(own, fund, self._item_words(item, is_position), f"school {school}", place)
                    lines.append(
                        AccountLine(
                            self._joined(parts),
                            school,
                            item,
                            fund,
                            is_position,
                            share,
                            parts=parts,
                            part=part,
                            remark="; ".join(
                                filter(None, (self._remark(own), "" if is_position else self._whole(own)))
                            ),
                        )
                    )
        return lines

    def central_lines(self) -> list[AccountLine]:
        """Return what is budgeted centrally."""
        lines = []
        for spent in self.district.central:
            entry = self.pattern.central_of(spent.line)
            site = entry.codes.get(SCHOOL, "")
            if site and site in self.schools.values():
                self._note(f"The school code '{site}' of central line {spent.line} is that of a school.")
            codes = self._with_fund(entry.codes, spent.fund)
            what = f"central line {spent.line} (sheet Central)"
            parts = self._checked(codes, spent.fund, what, what, entry.place)
            told = [self._remark(codes), "" if entry.words or not entry.codes else CATCH_ALL]
            told.append(self._whole(codes))
            remark = "; ".join(filter(None, told))
            lines.append(
                AccountLine(
                    self._joined(parts), "", spent.line, spent.fund, False, spent.amount, Where.CENTRAL, entry.is_verified,
                    parts, remark=remark,
                )
            )  # fmt: skip
        return lines

    def balance_line(self, fund: str, cents: Cents) -> AccountLine:
        """Return a fund's own account: for what is not allocated, and for the other side of a change."""
        balance, is_verified = self.pattern.balance_of(self.district.fund_of[fund])
        codes = {**self._with_fund(balance, fund), **balance}
        parts = self._checked(codes, fund, "the balance", "the balance", "", is_spending=False)
        return AccountLine(self._joined(parts), "", "", fund, False, cents, Where.LEFT, is_verified, parts)

    def rate_of(self, part: BenefitPart, position: str) -> Fraction | None:
        """Return what benefits come to for a dollar of a position's salary; None where the pattern does not say it."""
        for name in (f"{part.rate} {position}", part.rate):
            if name in self.pattern.values:
                found = amount_at(self.pattern.values[name], _day_of(self.district.year))
                return None if found is None else Fraction(found.value)
        return None

    def _parts_of(
        self, position: str, codes: Mapping[str, str], cents: Cents
    ) -> list[tuple[Part, Mapping[str, str], Cents]]:
        """Split what a post costs into salary and benefits, to the cent; leave it whole where a rate is not known."""
        parts = [part for part in self.pattern.benefits if part.fits(position, codes)]
        rates = [self.rate_of(part, position) for part in parts]
        known = [rate for rate in rates if rate is not None]
        if not known or len(known) < len(rates):
            return [(Part.BOTH, codes, cents)]
        weights = [Fraction(1), *known]
        shares = share_out(cents, weights, [str(place).zfill(3) for place in range(len(weights))])
        told = [(Part.SALARY, codes), *((Part.BENEFITS, {**codes, **part.codes}) for part in parts)]
        return [(part, own, share) for (part, own), share in zip(told, shares, strict=True) if share]

    def _joined(self, parts: tuple[str, ...]) -> str:
        return self.pattern.joint.join(parts)

    def _item_words(self, item: str, is_position: bool) -> str:
        if is_position:
            return f"position {self.district.position_of[item].title} (sheet Positions)"
        return f"line {item} (sheet Spending)"

    def _at_school(self, school: str, item: str, fund: str, is_position: bool) -> tuple[dict[str, str], str]:
        """Return the codes of what a fund pays at a school, and the file and line in which the item's stand."""
        title = self.district.position_of[item].title if is_position else item
        payer = self.district.fund_of[fund].title
        entry = self.pattern.entry_of("position" if is_position else "line", item, title, payer=payer)
        return self._with_fund({**entry.codes, SCHOOL: self.schools[school]}, fund), entry.place

    def _with_fund(self, codes: Mapping[str, str], fund: str) -> dict[str, str]:
        return {**codes, **self.pattern.fund_entry(self.district.fund_of[fund]).codes}

    def _checked(
        self, codes: Mapping[str, str], fund: str, item: str, school: str, place: str, *, is_spending: bool = True
    ) -> tuple[str, ...]:
        """Return an account segment by segment, after noting what is wrong with it."""
        for segment in self.pattern.segments:
            code = codes.get(segment.name, "")
            of, payer = (school, "") if segment.name == SCHOOL else (item, fund)
            if segment.name == SCHOOL and code in self.schools.values() and not segment.fits(code):
                self.unfit[code] = None
                continue
            for problem in self._wrong(segment, code, is_spending):
                self._note(f"{problem[0]} {of}", problem[1], payer)
        for each in self.pattern.combinations if is_spending else ():
            name = "" if each.is_warning else each.broken(codes)
            if name and all(codes.get(given) for given in (name, *each.where)):
                beside = " and ".join(f"{given} '{codes[given]}'" for given in each.where)
                why = f" does not go with {beside} ({each.says}: {', '.join(each.needs[name])})."
                given = f" It is given in {place}." if place else ""
                self._note(f"The {name} code '{codes[name]}' of {item}", f"{why}{given}", fund)
        return tuple(codes.get(segment.name, "") for segment in self.pattern.segments)

    def _remark(self, codes: Mapping[str, str]) -> str:
        """Return what an auditor would ask about an account that may leave nevertheless."""
        asked = ((each, each.broken(codes)) for each in self.pattern.combinations if each.is_warning)
        return "; ".join(f"look at {name} {codes.get(name, '')}: {each.says}" for each, name in asked if name)

    def _whole(self, codes: Mapping[str, str]) -> str:
        """Return what is to be known of a line that is no post and stands in an account of salaries."""
        return WHOLE_LINE if self.pattern.is_salary(codes) else ""

    def _note(self, before: str, after: str = "", fund: str = "") -> None:
        """Note a problem once, with each fund that it is met for."""
        funds = self.problems.setdefault((before, after), [])
        if fund and fund not in funds:
            funds.append(fund)

    def _wrong(self, segment: Segment, code: str, is_spending: bool) -> Iterator[tuple[str, str]]:
        """Yield what is wrong with one code, in words before and after what it is of."""
        if not code:
            yield f"No {segment.name} code for", "."
        elif not segment.fits(code):
            yield f"The {segment.name} code '{code}' of", f" is not {segment.kind}."
        elif is_spending and not fits_code(code, self.pattern.valid.get(segment.name, (code,))):
            # The lists of valid codes are those of spending; a balance has accounts of its own.
            yield f"The {segment.name} code '{code}' of", " is not in the pattern's list of valid codes."


def _told(before: str, after: str, funds: list[str]) -> str:
    paid = f", {'fund' if len(funds) == 1 else 'funds'} {', '.join(funds)}," if funds else ""
    return f"{before}{paid.rstrip(',') if after == '.' else paid}{after}"


def _schools_told(codes: list[str]) -> str:
    named = ", ".join(f"'{code}'" for code in codes[:NAMED])
    more = f" and {len(codes) - NAMED} more" if len(codes) > NAMED else ""
    return f"The school {'code' if len(codes) == 1 else 'codes'} {named}{more} {'is' if len(codes) == 1 else 'are'}"


def _day_of(year: str) -> dt.date | None:
    """Return a day by which a rate of the plan year holds: the last of the calendar year in which it begins."""
    return dt.date(int(year[:4]), 12, 31) if year[:4].isdigit() else None
