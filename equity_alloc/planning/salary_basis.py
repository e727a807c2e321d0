"""What posts cost in fact against the district's average: how much averaging hides, school by school and by need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from equity_alloc.domain.district import District, School
from equity_alloc.domain.fte import Hundredths

QUARTILES = 4


@dataclass(frozen=True, slots=True)
class SchoolSalaries:
    """One school's posts of which the actual cost is known.

    Parameters
    ----------
    school : School
    fte : Hundredths
    actual, average : Fraction, cents
        Of a full-time post among them: in fact, and at the district's average of the same positions.
    difference : Fraction, cents
        Of all of them together: above zero where they cost more than the average says.
    need_share : Fraction or None
        Share of pupils in the group that need is measured by; None where unknown.
    quartile : int
        1 is least need, 4 most; 0 where need is unknown or the school has no pupils.
    """

    school: School
    fte: Hundredths
    actual: Fraction
    average: Fraction
    difference: Fraction
    need_share: Fraction | None
    quartile: int = 0

    @property
    def per_pupil(self) -> Fraction | None:
        """The difference per pupil in cents, None without pupils."""
        return self.difference / self.school.enrollment if self.school.enrollment else None


@dataclass(frozen=True, slots=True)
class QuartileSalaries:
    """A quarter of the schools by need.

    Parameters
    ----------
    quartile : int
    schools, pupils : int
    fte : Hundredths
    actual : Fraction, cents
        Mean cost of a full-time post.
    per_pupil : Fraction, cents
    """

    quartile: int
    schools: int
    pupils: int
    fte: Hundredths
    actual: Fraction
    per_pupil: Fraction


@dataclass(frozen=True)
class SalaryBasis:
    """How actual and average costs part.

    Parameters
    ----------
    schools : tuple of SchoolSalaries
    quartiles : tuple of QuartileSalaries
        Empty where need is known for fewer than four schools.
    mean : Fraction, cents
        Of all posts whose actual cost is known.
    """

    schools: tuple[SchoolSalaries, ...]
    quartiles: tuple[QuartileSalaries, ...]
    mean: Fraction


@dataclass(frozen=True, slots=True)
class ActualCost:
    """What a full-time post of the position costs in fact, salary and benefits.

    Parameters
    ----------
    fte : int
        Hundredths of which it is known.
    cents : Fraction
        Of one full-time post, their mean.
    here : bool
        Of the posts at this school; otherwise of all in the district.
    """

    fte: int
    cents: Fraction
    here: bool


def actual_cost(district: District, school: str, position: str) -> ActualCost | None:
    """Return what a post costs in fact: of the school's own posts where that is known, else of all in the district.

    Parameters
    ----------
    district : District
    school, position : str
        Codes.

    Returns
    -------
    ActualCost or None
        Cents for one FTE; None where nobody knows the actual cost of any such post.
    """
    known = [row for row in district.staffing if row.position == position and row.actual is not None and row.fte > 0]
    here = [row for row in known if row.school == school]
    rows = here or known
    fte = sum(row.fte for row in rows)
    if not fte:
        return None
    return ActualCost(fte, Fraction(sum(row.fte * (row.actual or 0) for row in rows), fte), bool(here))


def salary_basis(district: District, group: str) -> SalaryBasis | None:
    """Return actual against average cost of posts, None where no school's actual cost is known.

    Parameters
    ----------
    district : District
    group : str
        Code of the student group whose share says how much need a school has.

    Returns
    -------
    SalaryBasis or None

    Notes
    -----
    The average of a position is that of its posts with a known actual cost, so the differences of all schools add up to
    zero: averaging moves money between schools and makes none. Quartiles hold schools, cut at the quantiles of their
    shares: with 134 schools 34, 33, 33 and 34.
    """
    known = [row for row in district.staffing if row.actual is not None and row.fte > 0]
    if not known:
        return None
    pay: dict[str, int] = {}
    fte: dict[str, int] = {}
    for row in known:
        pay[row.position] = pay.get(row.position, 0) + row.fte * (row.actual or 0)
        fte[row.position] = fte.get(row.position, 0) + row.fte
    average = {position: Fraction(pay[position], fte[position]) for position in pay}
    schools: list[SchoolSalaries] = []
    for code in dict.fromkeys(row.school for row in known):
        rows = [row for row in known if row.school == code]
        posts = sum(row.fte for row in rows)
        actual = sum((Fraction(row.fte * (row.actual or 0)) for row in rows), Fraction(0))
        usual = sum((row.fte * average[row.position] for row in rows), Fraction(0))
        school = district.school_of[code]
        schools.append(
            SchoolSalaries(
                school, posts, actual / posts, usual / posts, (actual - usual) / 100, _share(school, group)
            )
        )  # fmt: skip
    placed = _with_quartiles(schools)
    return SalaryBasis(placed, _quartiles(placed), Fraction(sum(pay.values()), sum(fte.values())))


def _share(school: School, group: str) -> Fraction | None:
    count = school.group(group)
    return Fraction(count, school.enrollment) if count is not None and school.enrollment else None


def _with_quartiles(schools: Sequence[SchoolSalaries]) -> tuple[SchoolSalaries, ...]:
    ranked = sorted(
        (item for item in schools if item.need_share is not None),
        key=lambda item: (item.need_share or Fraction(0), item.school.code),
    )
    last = len(ranked) - 1
    quartile = {
        item.school.code: next(q for q in range(1, QUARTILES + 1) if place * QUARTILES <= last * q)
        for place, item in enumerate(ranked)
    }
    if len(ranked) < QUARTILES:
        quartile = {}
    return tuple(
        SchoolSalaries(
            i.school, i.fte, i.actual, i.average, i.difference, i.need_share, quartile.get(i.school.code, 0)
        )
        for i in schools
    )  # fmt: skip


def _quartiles(schools: Sequence[SchoolSalaries]) -> tuple[QuartileSalaries, ...]:
    found = []
    for quartile in range(1, QUARTILES + 1):
        members = [item for item in schools if item.quartile == quartile]
        if not members:
            continue
        fte, pupils = sum(item.fte for item in members), sum(item.school.enrollment for item in members)
        actual = sum((item.actual * item.fte for item in members), Fraction(0)) / fte
        difference = sum((item.difference for item in members), Fraction(0))
        found.append(QuartileSalaries(quartile, len(members), pupils, fte, actual, difference / pupils))
    return tuple(found)
