"""Give each school the core dollars that were agreed on, or as near to them as the rules allow."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.errors import EquityAllocError, InvalidValue, UnknownCode
from equity_alloc.domain.money import Cents, print_dollars, read_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.domain.source import Source
from equity_alloc.objectives.base import LowerDistance, Optimum, Stage, View
from equity_alloc.rules.setting import Choice, setting

#: Stands for amounts until some are typed.
AS_TARGETS = "the targets"


@dataclass(frozen=True, slots=True)
class AgreedDollars:
    """The amounts of a compromise or a negotiation: the plan comes as near to them as it can."""

    code: ClassVar[str] = "agreed-dollars"
    place: ClassVar[int] = 80
    title: ClassVar[str] = "Give schools the core dollars that were agreed on"
    field_name: ClassVar[str] = "least absolute deviations (L1) from agreed amounts"
    good_for: ClassVar[str] = "A compromise between goals, or amounts that people settled on around a table."
    ignores: ClassVar[str] = "Why these amounts were agreed on; whoever agreed answers for that."
    misleads: ClassVar[str] = "Amounts that were fair under other rules or counts are kept although those have changed."
    score_unit: ClassVar[str] = "dollars of deviation, as a negative number"
    source: ClassVar[Source] = Source("Bloomfield and Steiger, Least Absolute Deviations", "chapter 1", "", "1983")

    amounts: str = setting(
        AS_TARGETS,
        label="Amounts",
        choice=Choice.TEXT,
        hint='Code and core dollars of each school, such as "0101 5250000; 0102 4100000.50".',
    )

    def __post_init__(self) -> None:
        self._amounts()

    def stages(self, view: View) -> Generator[Stage, Optimum, None]:
        """One stage: lower the deviation."""
        yield LowerDistance("lower the total deviation from what was agreed on", self._targets(view), below=1, above=1)

    def score(self, view: View, allocation: Allocation) -> tuple[Fraction, ...]:
        """Return minus the total deviation in dollars."""
        off = sum(
            (abs(target - view.district.counted_dollars(allocation, code)) for code, target in self._targets(view)),
            Fraction(0),
        )
        return (-off / 100,)

    def explain(self, view: View) -> str:
        """Say what the amounts add up to."""
        targets = self._targets(view)
        total = round(sum((target for _, target in targets), Fraction(0)))
        who = f"{count_words(len(targets), 'school')} {'was' if len(targets) == 1 else 'were'}"
        return f"{who} to have {print_dollars(total)} together; the plan stays closest to that."

    def _targets(self, view: View) -> tuple[tuple[str, Fraction], ...]:
        if self.amounts == AS_TARGETS:
            return view.targets
        amounts = self._amounts()
        unknown = sorted(set(amounts) - set(view.district.school_of))
        if unknown:
            raise UnknownCode(
                f"Amounts: there is no school with code {', '.join(unknown)}. Write codes as on the sheet Schools."
            )
        return tuple((code, Fraction(cents)) for code, cents in amounts.items())

    def _amounts(self) -> dict[str, Cents]:
        """Return the amounts by school code, in the order in which they were typed."""
        found: dict[str, Cents] = {}
        typed = "" if self.amounts == AS_TARGETS else self.amounts
        for entry in filter(None, (part.strip() for part in typed.split(";"))):
            code, _, text = entry.rpartition(" ")
            code = code.strip()
            try:
                cents = read_dollars(text)
            except EquityAllocError as error:
                raise InvalidValue(f"Amounts: '{entry}' is not a code and dollars. {error}") from error
            if not code or code in found or cents < 0:
                raise InvalidValue(
                    f"Amounts: '{entry}' is not a code and dollars. Name each school once with zero or more, such as "
                    "0101 5250000."
                )
            found[code] = cents
        if not found and self.amounts != AS_TARGETS:
            raise InvalidValue(f"Amounts: name each school with its dollars, or write '{AS_TARGETS}'.")
        return found


def agreed_text(amounts: dict[str, Cents]) -> str:
    """Return amounts as the setting is typed.

    Examples
    --------
    >>> agreed_text({"0101": 525_000_050})
    '0101 5250000.50'
    """
    return "; ".join(f"{code} {cents // 100}.{cents % 100:02d}" for code, cents in amounts.items())
