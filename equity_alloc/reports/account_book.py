"""The book in which an account is looked up for each line of a plan, and in which what is wrong with one is noted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.money import Cents, share_out
from equity_alloc.parameters.read_amounts import amount_at
from equity_alloc.reports.account_cells import CENTRAL_LINE, cells_of
from equity_alloc.reports.account_headings import strange_headings, where_to_mend
from equity_alloc.reports.account_problems import AccountProblems, wrong_with
from equity_alloc.reports.accounts import (
    CATCH_ALL,
    SCHOOL,
    WHOLE_LINE,
    AccountPattern,
    BenefitPart,
    ByWords,
)


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
    unverified : tuple of str
        Segments whose codes are defaults that neither the pattern's source nor the district has checked.
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
    unverified: tuple[str, ...] = ()
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
        self.cells = cells_of(district)
        self.problems = AccountProblems(pattern, strange_headings(district, pattern), self.cells)
        self.schools = {school.code: self._school(school.code) for school in district.schools}
        #: Segments that a fund gives and nothing else.
        self.of_funds = {name for entry in pattern.entries("fund") for name in entry.codes}
        self.of_funds -= {
            name for kind in ("position", "line") for entry in pattern.entries(kind) for name in entry.codes
        }
        if any(segment.name == SCHOOL for segment in pattern.segments):
            self.problems.note_shared(self.schools)

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
                entry = self._entry_of(item, fund, is_position)
                kind = "position" if is_position else "line"
                named = self.pattern.own.get((SCHOOL, school))
                stated = [*self._stated(entry), *(named.codes.items() if named else ())]
                codes = self._with_fund({**entry.codes, SCHOOL: self.schools[school]}, fund)
                for part, own, share in (
                    self._parts_of(item, codes, cents) if is_position else [(Part.NONE, codes, cents)]
                ):
                    parts = self._checked(own, fund, self._item_words(item, is_position), entry, (kind, item))
                    lines.append(
                        AccountLine(
                            self._joined(parts),
                            school,
                            item,
                            fund,
                            is_position,
                            share,
                            unverified=self._unverified(own, fund, stated, self.pattern.unverified),
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
            what = f"central line {spent.line} ({self.cells[CENTRAL_LINE, spent.line]})"
            site = entry.codes.get(SCHOOL, "")
            if site and site in self.schools.values():
                self.problems.note(f"The school code '{site}' of {what} is that of a school.")
            codes = self._with_fund(entry.codes, spent.fund)
            parts = self._checked(codes, spent.fund, what, entry, ("line", spent.line))
            named = self.pattern.own.get(("line", spent.line))
            stated = [*self._stated(entry), *self._stated(named or ByWords((), {}))]
            told = [self._remark(codes), "" if entry.words or not entry.codes else CATCH_ALL]
            told.append(self._whole(codes))
            remark = "; ".join(filter(None, told))
            lines.append(
                AccountLine(
                    self._joined(parts), "", spent.line, spent.fund, False, spent.amount, Where.CENTRAL, entry.is_verified,
                    self._unverified(codes, spent.fund, stated, self._pool(entry.is_verified)), parts, remark=remark,
                )
            )  # fmt: skip
        return lines

    def balance_line(self, fund: str, cents: Cents) -> AccountLine:
        """Return a fund's own account: for what is not allocated, and for the other side of a change."""
        balance, is_verified = self.pattern.balance_of(self.district.fund_of[fund])
        codes = {**self._with_fund(balance, fund), **balance}
        entry = ByWords((), balance, is_verified)
        parts = self._checked(codes, fund, "the balance", entry, ("balance", ""), is_spending=False)
        unverified = self._unverified(codes, fund, self._stated(entry), self._pool(is_verified))
        return AccountLine(self._joined(parts), "", "", fund, False, cents, Where.LEFT, is_verified, unverified, parts)

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
            return f"position {self.district.position_of[item].title} ({self.cells['position', item]})"
        # A line that no school had last year stands in the plan alone.
        return f"line {item} ({self.cells.get(('line', item), 'sheet Plan dollars')})"

    def _entry_of(self, item: str, fund: str, is_position: bool) -> ByWords:
        """Return the codes of what a fund pays at a school."""
        title = self.district.position_of[item].title if is_position else item
        payer = self.district.fund_of[fund].title
        return self.pattern.entry_of("position" if is_position else "line", item, title, payer=payer)

    def _pool(self, is_verified: bool) -> tuple[str, ...]:
        """Return the segments that are defaults: all of them where nobody has checked the entry."""
        return self.pattern.unverified if is_verified else tuple(each.name for each in self.pattern.segments)

    def _stated(self, entry: ByWords) -> list[tuple[str, str]]:
        """Return the codes that the district wrote out itself, or marked as checked."""
        return list(entry.codes.items()) if entry.is_verified else []

    def _unverified(
        self, codes: Mapping[str, str], fund: str, stated: list[tuple[str, str]], pool: tuple[str, ...]
    ) -> tuple[str, ...]:
        """Return those of the segments whose code neither the fund's heading nor what is stated gives."""
        payer = self.pattern.fund_entry(self.district.fund_of[fund])
        told = {each for each in stated if each[0] not in payer.codes}
        told |= set(self._stated(payer))
        return tuple(name for name in pool if (name, codes.get(name, "")) not in told)

    def _with_fund(self, codes: Mapping[str, str], fund: str) -> dict[str, str]:
        return {**codes, **self.pattern.fund_entry(self.district.fund_of[fund]).codes}

    def _checked(
        self,
        codes: Mapping[str, str],
        fund: str,
        item: str,
        entry: ByWords,
        named: tuple[str, str],
        *,
        is_spending: bool = True,
    ) -> tuple[str, ...]:
        """Return an account segment by segment, after noting what is wrong with it."""
        payer = self.pattern.fund_entry(self.district.fund_of[fund])
        for segment in self.pattern.segments:
            code = codes.get(segment.name, "")
            if segment.name == SCHOOL and code in self.schools.values() and not segment.fits(code):
                self.problems.unfit[code] = next(own for own, used in self.schools.items() if used == code)
                continue
            is_funds = (
                payer.codes.get(segment.name) == code if segment.name in payer.codes else segment.name in self.of_funds
            )
            what, payers, mend = item, fund, where_to_mend(self.pattern, entry, *named, code)
            # What a fund gives is wrong once, and not again for everything that it pays.
            if is_funds and segment.name not in entry.codes:
                what, payers = f"fund {fund} ({self.cells['fund', fund]})", ""
                mend = where_to_mend(self.pattern, payer, "fund", fund, code)
            if not code:
                self.problems.note_missing(segment.name, what, payers, mend)
                continue
            for before, after in wrong_with(self.pattern, segment, code, is_spending=is_spending):
                self.problems.note(f"{before} {what}", after, payers, mend)
        for each in self.pattern.combinations if is_spending else ():
            name = "" if each.is_warning else each.broken(codes)
            if name and all(codes.get(given) for given in (name, *each.where)):
                beside = " and ".join(f"{given} '{codes[given]}'" for given in each.where)
                why = f" does not go with {beside} ({each.says}: {', '.join(each.needs[name])})."
                given = f" It is given in {entry.place}." if entry.place else ""
                self.problems.note(f"The {name} code '{codes[name]}' of {item}", f"{why}{given}", fund)
        return tuple(codes.get(segment.name, "") for segment in self.pattern.segments)

    def _remark(self, codes: Mapping[str, str]) -> str:
        """Return what an auditor would ask about an account that may leave nevertheless."""
        asked = ((each, each.broken(codes)) for each in self.pattern.combinations if each.is_warning)
        return "; ".join(f"look at {name} {codes.get(name, '')}: {each.says}" for each, name in asked if name)

    def _whole(self, codes: Mapping[str, str]) -> str:
        """Return what is to be known of a line that is no post and stands in an account of salaries."""
        return WHOLE_LINE if self.pattern.is_salary(codes) else ""


def _day_of(year: str) -> dt.date | None:
    """Return a day by which a rate of the plan year holds: the last of the calendar year in which it begins."""
    return dt.date(int(year[:4]), 12, 31) if year[:4].isdigit() else None
