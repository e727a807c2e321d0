"""What funds may pay at all schools together under a rule: asked for, checked and measured in one place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District, Fund
from equity_alloc.domain.errors import UnknownCode
from equity_alloc.domain.finding import Breach, Gap, Unit
from equity_alloc.domain.money import Cents, print_dollars
from equity_alloc.rules.base import Model
from equity_alloc.rules.setting import Choice, refuse_out_of_range, setting

EVERY_FUND = "every fund"
NO_LINE = "no line"


@dataclass(frozen=True, slots=True)
class Capped:
    """A fund and the most that it may pay at schools.

    Parameters
    ----------
    fund : Fund
    most : Cents
        Below zero where the central block alone takes more than the rule leaves.
    why : str
        What the rest is for, to follow "It keeps".
    """

    fund: Fund
    most: Cents
    why: str

    @property
    def label(self) -> str:
        """Title with code, for sentences."""
        return f"{self.fund.title} (code {self.fund.code})"


def fund_setting(default: str = "") -> Any:
    """Return the field that names the fund a rule is for."""
    return setting(default, label="Fund", choice=Choice.FUND)


def central_line_setting(hint: str) -> Any:
    """Return the field that names a line of the central block."""
    return setting(NO_LINE, label="Central line", choice=Choice.CENTRAL, hint=hint)


def funds_named(district: District, code: str) -> tuple[Fund, ...]:
    """Return the fund of a code, or every fund.

    Raises
    ------
    UnknownCode
    """
    if code == EVERY_FUND:
        return district.funds
    if code not in district.fund_of:
        known = ", ".join(fund.code for fund in district.funds) or "none"
        raise UnknownCode(f"There is no fund with code {code}. Funds here: {known}.")
    return (district.fund_of[code],)


def central_line(district: District, fund: Fund, line: str) -> Cents:
    """Return what a fund pays centrally for a line.

    Raises
    ------
    UnknownCode
        If nothing is budgeted centrally under this name: a misspelled line would silently count for nothing.
    """
    if line == NO_LINE:
        return 0
    if line not in district.central_lines:
        known = ", ".join(district.central_lines) or "none"
        raise UnknownCode(f"There is no central line called {line}. Central lines here: {known}.")
    return district.central_of(fund.code, line)


def gap(fund: Fund, column: str) -> Gap:
    """Return the lack of one of a fund's terms."""
    return Gap("Fund terms", column, f"{fund.title} (code {fund.code})")


class CappedRule(Protocol):
    """A rule that limits what funds pay at all schools together; which funds, and how much, is its own."""

    __slots__ = ()

    code: ClassVar[str]
    always: ClassVar[bool] = False

    def capped(self, district: District) -> Iterable[Capped]:
        """Return each fund that the rule limits in this district, with the most that it may pay."""

    def __post_init__(self) -> None:
        refuse_out_of_range(self)

    def constrain(self, model: Model) -> None:
        """Ask the model for every cap."""
        for item in self.capped(model.district):
            model.cap_fund(item.fund.code, item.most)

    def check(self, district: District, allocation: Allocation) -> Iterator[Breach]:
        """Yield a breach for every fund that pays more than it may."""
        for item in self.capped(district):
            spent = allocation.fund_dollars(item.fund.code)
            if spent > item.most:
                words = (
                    f"{item.fund.title} pays {print_dollars(spent, with_cents=True)} at schools, "
                    f"{print_dollars(spent - item.most, with_cents=True)} too much. It keeps {item.why}."
                )
                yield Breach(self.code, item.label, spent - item.most, Unit.CENTS, words)

    def slack(self, district: District, allocation: Allocation) -> Iterator[tuple[str, int, Unit]]:
        """Yield what each fund may still pay at schools."""
        for item in self.capped(district):
            yield item.fund.title, item.most - allocation.fund_dollars(item.fund.code), Unit.CENTS
