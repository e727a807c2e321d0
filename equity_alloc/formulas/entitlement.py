"""What a formula entitles each school of a district to: counted dollars in cents, and posts in real steps."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from equity_alloc.domain.district import District
from equity_alloc.domain.errors import InvalidValue, UnknownCode, UnknownNeed
from equity_alloc.domain.fte import Hundredths, pay_of
from equity_alloc.domain.money import Cents, print_dollars
from equity_alloc.formulas.base import Gives
from equity_alloc.formulas.components.dollars_per_position import DollarsPerPosition
from equity_alloc.formulas.evaluate import evaluate
from equity_alloc.formulas.facts import DistrictFacts
from equity_alloc.formulas.facts_of import facts_of
from equity_alloc.formulas.formula import Formula
from equity_alloc.formulas.result import FormulaResult, Line
from equity_alloc.formulas.use import Salary, formula_in


@dataclass(frozen=True)
class Entitlements:
    """What a formula gives every school.

    Parameters
    ----------
    result : FormulaResult
        With the trace of every number.
    dollars : tuple of (str, Cents)
        Counted dollars by school code: the formula's dollars, and what posts cost that no component turns into
        dollars.
    posts : tuple of ((str, str), Hundredths)
        By school and position, raised to the position's step and smallest post; zero where the formula gives none.
    has_dollars : bool
        False for a formula that gives posts only: it leaves a school's other dollars open.
    """

    result: FormulaResult
    dollars: tuple[tuple[str, Cents], ...]
    posts: tuple[tuple[tuple[str, str], Hundredths], ...]
    has_dollars: bool


def entitlements(text: str, salary: Salary, district: District) -> Entitlements:
    """Return what a formula gives every school of a district, exact.

    Parameters
    ----------
    text : str
        TOML text of the formula.
    salary : Salary
    district : District

    Returns
    -------
    Entitlements

    Raises
    ------
    UnknownNeed
        If a school's result is unknown; it names school, component and what is missing.
    UnknownCode
        If the formula gives posts of a position that the district does not have.
    InvalidValue
        If the formula does not fit the district, or gives a school less than nothing.
    """
    return _entitled(text, salary, _Same(district))


class _Same:
    """A district by its identity: comparing two by value takes longer than working the formula out."""

    __slots__ = ("district",)

    def __init__(self, district: District) -> None:
        self.district = district

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.district is other.district

    def __hash__(self) -> int:
        return id(self.district)


@lru_cache(maxsize=4)
def _entitled(text: str, salary: Salary, same: _Same) -> Entitlements:
    """Rules, targets and words of one plan ask for the same entitlements many times."""
    district = same.district
    formula = formula_in(text, salary)
    _refuse_positions(formula, district)
    result = _worked_out(text, salary, facts_of(district))
    _refuse_unknown(result)
    exact = _required(result)
    posts = {key: _raised(fte, key[1], district) for key, fte in exact.items()}
    priced = {name for c in formula.components if isinstance(c, DollarsPerPosition) for name in c.of}
    dollars = {}
    for school in district.schools:
        unpriced = _required(result, {line.component for line in result.lines_of[school.code]} - priced, school.code)
        pay = sum(pay_of(_raised(fte, p, district), district.position_of[p].cost) for (_, p), fte in unpriced.items())
        dollars[school.code] = (result.dollars(school.code) or 0) + pay
        if dollars[school.code] < 0 or any(fte < 0 for (code, _), fte in exact.items() if code == school.code):
            raise InvalidValue(
                f"The formula gives {school.label} less than nothing "
                f"({print_dollars(dollars[school.code], with_cents=True)}). Change the component that takes too much."
            )
    has_dollars = any(c.gives is Gives.DOLLARS and not c.frame.is_part for c in formula.components)
    return Entitlements(result, tuple(dollars.items()), tuple(sorted(posts.items())), has_dollars)


@lru_cache(maxsize=4)
def _worked_out(text: str, salary: Salary, facts: DistrictFacts) -> FormulaResult:
    """Ways out of a conflict try other funds, and mostly leave the facts as they are."""
    return evaluate(formula_in(text, salary), facts)


def _required(
    result: FormulaResult, components: set[str] | None = None, school: str = ""
) -> dict[tuple[str, str], Fraction]:
    """Return FTE by school and the district's position, of all components or of some, at all schools or at one."""
    words = result.formula.words
    codes = [school] if school else list(result.lines_of)
    found = {(code, words.position_of(p)): Fraction(0) for code in codes for p in result.formula.positions}
    for code in codes:
        for line in result.lines_of[code]:
            if _gives_posts(line) and (components is None or line.component in components):
                found[code, words.position_of(line.position)] += line.value or 0
    return found


def _gives_posts(line: Line) -> bool:
    return line.adds and line.gives is Gives.FTE


def _raised(fte: Fraction, position: str, district: District) -> Hundredths:
    """Return the least that can be advertised and is not below: whole steps, and the smallest post if any."""
    if fte <= 0:
        return 0
    kind = district.position_of[position]
    return max(-(-fte * 100 // kind.step), -(-kind.smallest // kind.step)) * kind.step


def _refuse_positions(formula: Formula, district: District) -> None:
    gives = {p for c in formula.components if not c.frame.is_part and (p := getattr(c, "position", ""))}
    unknown = sorted(name for name in gives if formula.words.position_of(name) not in district.position_of)
    if unknown:
        known = ", ".join(district.position_of) or "none"
        raise UnknownCode(
            f"The formula gives posts of {', '.join(unknown)}, which this district does not have. Positions here: "
            f"{known}. Say under [positions] of the formula what each stands for."
        )


def _refuse_unknown(result: FormulaResult) -> None:
    line = next((line for line in result.lines if line.adds and line.trace is None), None)
    if line is not None:
        label = result.facts.school_of[line.school].label
        raise UnknownNeed(
            f"What the formula gives {label} is unknown, because its component '{line.component}' is: {line.reason}"
        )
