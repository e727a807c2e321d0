"""Which schools Title I-A may serve and in which order: poverty shares, eligibility, above 75 % first, grade spans."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from equity_alloc.domain.district import District, School
from equity_alloc.domain.errors import UnknownNeed
from equity_alloc.domain.federal import Eligibility, PrivateShare, Ranking, TitleOne
from equity_alloc.rules.federal_values import threshold


@dataclass(frozen=True, slots=True)
class Ranked:
    """A school with its place in the order of Title I-A.

    Parameters
    ----------
    school : School
    public, private : int, children
        From low-income families: in the school, and of its attendance area in private schools.
    share : Fraction
        Of low-income children; ranks the schools.
    comes_first : bool
        Above 75 % (or above 50 % where the district put high schools there): served before any other.
    is_eligible : bool
        Whether the law lets the district serve it.
    may_be_reached : bool
        Eligible, not skipped, and in a grade span that is served.
    """

    school: School
    public: int
    private: int
    share: Fraction
    comes_first: bool
    is_eligible: bool
    may_be_reached: bool

    @property
    def children(self) -> int:
        """Low-income children of the attendance area."""
        return self.public + self.private


def rank(district: District) -> tuple[Ranked, ...]:
    """Return all schools with pupils, in the order in which Title I-A reaches them.

    Those that come first stand by share alone; then the others, by share. Equal shares stand by code, so that row
    order decides nothing.

    Parameters
    ----------
    district : District
        With low-income counts; the choices are on its sheet Federal.

    Returns
    -------
    tuple of Ranked

    Raises
    ------
    UnknownNeed
        If a count is unknown.

    References
    ----------
    ESEA section 1113(a) and (b), 20 U.S.C. 6313; 34 CFR 200.78(a).
    """
    chosen = district.federal
    counted = [(school, *_children(school)) for school in district.schools if school.enrollment]
    by_area = chosen.private_share is PrivateShare.AREA
    poor = {school.code: public + (private if by_area else 0) for school, public, private in counted}
    spans: dict[str, list[School]] = {}
    for school, _, _ in counted:
        spans.setdefault(school.grade_span, []).append(school)
    least = {span: _least_share(district, [s for s, _, _ in counted], members, poor) for span, members in spans.items()}
    first_above = {
        span: threshold("title-1-first-high-school" if span in chosen.first_at_half else "title-1-first")
        for span in spans
    }
    found = []
    for school, public, private in counted:
        share, span = Fraction(poor[school.code], school.enrollment), school.grade_span
        first = share > first_above[span]
        eligible = first or share >= least[span] or school.title_one is TitleOne.ONE_MORE_YEAR
        in_span = chosen.ranking is Ranking.DISTRICT or not chosen.spans or span in chosen.spans
        reached = eligible and (first or in_span) and school.title_one is not TitleOne.SKIPPED and public + private > 0
        found.append(Ranked(school, public, private, share, first, eligible, reached))
    return tuple(sorted(found, key=lambda r: (not r.comes_first, -r.share, r.school.code)))


def _least_share(district: District, schools: list[School], span: list[School], poor: dict[str, int]) -> Fraction:
    """Return the share of low-income children from which on a school of a grade span may be served."""
    if is_exempt(district):
        return Fraction(0)
    eligibility = district.federal.eligibility
    average = _average(span if eligibility is Eligibility.SPAN_AVERAGE else schools, poor)
    return min(average, threshold("title-1-eligible")) if eligibility is Eligibility.THIRTY_FIVE else average


def is_exempt(district: District) -> bool:
    """Whether the rules of ranking do not apply: fewer than 1,000 pupils, or no grade span with two schools."""
    schools = [school for school in district.schools if school.enrollment]
    spans = {school.grade_span for school in schools}
    return sum(s.enrollment for s in schools) < threshold("title-1-small-district") or len(spans) == len(schools)


def _children(school: School) -> tuple[int, int]:
    counts = (school.low_income, school.private_low_income)
    for count, column in zip(
        counts, ("Title I low-income children", "Private-school low-income children"), strict=True
    ):
        if count is None:
            raise UnknownNeed(
                f"{school.label} has no count under {column} on the sheet Schools, and unknown is not zero. Enter it; "
                "Title I-A cannot be shared out by rank without it."
            )
    return counts[0] or 0, counts[1] or 0


def _average(schools: list[School], poor: dict[str, int]) -> Fraction:
    pupils = sum(school.enrollment for school in schools)
    return Fraction(sum(poor[school.code] for school in schools), pupils) if pupils else Fraction(0)
