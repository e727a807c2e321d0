"""A first look at a district of which only public files are known: typical posts and costs, each marked as a guess."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from equity_alloc.domain.district import Decision, Fund, Position, School, Spending, Staffing
from equity_alloc.parameters.amount import Amount
from equity_alloc.parameters.library import parameters
from equity_alloc.sources.base import FindingList
from equity_alloc.sources.mapped.district_figures import district_facts
from equity_alloc.sources.mapped.extract import Extract
from equity_alloc.sources.mapped.posts import Money

FUND, LINE = "general", "Supplies (typical)"
#: Posts come in halves here: nobody has said otherwise.
STEP = 50
#: Code and title of each position, the value that says how many there are, and the one that says what they cost.
_POSITIONS = (
    ("teacher", "Teacher (typical)", "pupils-per-teacher", "teacher-cost"),
    ("aide", "Aide (typical)", "pupils-per-aide", "aide-cost"),
    ("counselor", "Counselor (typical)", "pupils-per-counselor", "counselor-cost"),
    ("office", "Office staff (typical)", "pupils-per-office-staff", "office-staff-cost"),
    ("principal", "Principal (typical)", "principals-per-school", "principal-cost"),
)
WHO = "Equity Alloc, typical values"


@dataclass(frozen=True)
class Typical:
    """Posts and dollars that stand in for unknown ones.

    Parameters
    ----------
    money : Money
    decisions : tuple of Decision
        One for each guess, so that it travels with every report.
    """

    money: Money
    decisions: tuple[Decision, ...]


def typical_money(
    schools: Sequence[School], extracts: Sequence[Extract], district: str, when: str, findings: FindingList
) -> Typical:
    """Return typical posts and dollars for schools of which only pupils are known.

    Parameters
    ----------
    schools : sequence of School
    extracts : sequence of Extract
        Tables of districts among them give the wage index and the children in poverty.
    district : str
        Its national code (LEAID), "" where unknown.
    when : str
        The day, for the record.
    findings : FindingList

    Returns
    -------
    Typical
        Posts are pupils over the typical ratio, in halves, half up; a cost is the typical one times the wage index, cut
        to whole dollars. Schools without pupils get none.
    """
    values = {name: amounts[-1] for name, amounts in parameters("typical_costs").items()}
    index = _number(extracts, district, "wage_index")
    decisions = [
        _guess(f"{title} at typical cost and {_ratio(values[ratio])}.", when) for _, title, ratio, _ in _POSITIONS
    ]
    decisions.append(_guess(f"{LINE} at ${values['supplies'].value:,} per pupil.", when))
    if index is not None:
        decisions.append(
            _guess(f"Typical costs are multiplied by the district's comparable wage index, {index}.", when)
        )
    positions = tuple(
        Position(code, title, _cost(values[cost].value, index), STEP, 0) for code, title, _, cost in _POSITIONS
    )
    staffing: list[Staffing] = []
    spending: list[Spending] = []
    total = 0
    for school in schools:
        if not school.enrollment:
            continue
        for position, (code, _, ratio, _) in zip(positions, _POSITIONS, strict=True):
            fte = _posts(school.enrollment, values[ratio])
            if fte:
                staffing.append(Staffing(school.code, code, FUND, fte))
                total += fte * position.cost // 100
        cents = int(values["supplies"].value * 100) * school.enrollment
        spending.append(Spending(school.code, LINE, FUND, cents))
        total += cents
    _tell(schools, extracts, district, index, findings)
    money = Money(positions, (Fund(FUND, "General fund (typical)", total),), tuple(staffing), tuple(spending))
    return Typical(money, tuple(decisions))


def _posts(pupils: int, ratio: Amount) -> int:
    exact = ratio.value * 100 if ratio.unit == "FTE" else Decimal(pupils) * 100 / ratio.value
    return int((exact / STEP).to_integral_value(rounding=ROUND_HALF_UP)) * STEP


def _cost(dollars: Decimal, index: Decimal | None) -> int:
    return int(dollars * (index if index is not None else 1)) * 100


def _ratio(value: Amount) -> str:
    return f"{value.value} a school" if value.unit == "FTE" else f"{value.value} pupils a post"


def _guess(what: str, when: str) -> Decision:
    return Decision(f"A guess, not checked: {what}", WHO, when)


def _number(extracts: Sequence[Extract], district: str, name: str) -> Decimal | None:
    return next((f.numbers[name] for _, f in district_facts(extracts, district) if name in f.numbers), None)


def _tell(
    schools: Sequence[School], extracts: Sequence[Extract], district: str, index: Decimal | None, findings: FindingList
) -> None:
    findings.warn(
        "typical-costs", "typical_costs.toml", "",
        what="No file holds the district's posts or dollars: typical ones stand in, and each is a guess."
        + ("" if index is not None else " The wage index of the district is not known, so costs are the nation's."),
        why="A plan made of guesses shows how the parts work together, and decides nothing.",
        remedy="Replace the sheets Positions, Staffing, Spending and Funds by your own, or bring files that hold them.",
    )  # fmt: skip
    children, poor = (_number(extracts, district, name) for name in ("children", "children_in_poverty"))
    if not children or poor is None:
        return
    share = poor / children
    known = [(s.group("economically-disadvantaged"), s.enrollment) for s in schools]
    counted = [(count, pupils) for count, pupils in known if count is not None and pupils]
    lunch = (
        f" The schools' own counts say {100 * sum(c for c, _ in counted) / sum(p for _, p in counted):.1f} % of pupils."
        if counted
        else ""
    )
    findings.note(
        "poverty-of-district", "census", f"{100 * share:.1f} %",
        what=f"The Census counts {int(poor):,} of {int(children):,} children of 5 to 17 in poverty, {100 * share:.1f} %.{lunch}",
        why="The two measure different things: poverty lines are lower than those for lunch, and pupils are not residents.",
        remedy="Use the schools' counts for need between schools, and the Census figure for the district as a whole.",
    )  # fmt: skip
