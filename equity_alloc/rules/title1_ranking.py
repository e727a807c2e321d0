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
    shares = {s.code: _share(s, public, private, chosen.private_share) for s, public, private in counted}
    poor = {
        s.code: public + (private if chosen.private_share is PrivateShare.AREA else 0) for s, public, private in counted
    }
    average = _average([s for s, _, _ in counted], poor)
    found = []
    for school, public, private in counted:
        share = shares[school.code]
        span = [other for other, _, _ in counted if other.grade_span == school.grade_span]
        first = share > threshold("title-1-first")
        if school.grade_span in chosen.first_at_half:
            first = share > threshold("title-1-first-high-school")
        eligible = (
            first
            or is_exempt(district)
            or share >= (_average(span, poor) if chosen.eligibility is Eligibility.SPAN_AVERAGE else average)
            or (chosen.eligibility is Eligibility.THIRTY_FIVE and share >= threshold("title-1-eligible"))
            or school.title_one is TitleOne.ONE_MORE_YEAR
        )
        in_span = chosen.ranking is Ranking.DISTRICT or not chosen.spans or school.grade_span in chosen.spans
        reached = eligible and (first or in_span) and school.title_one is not TitleOne.SKIPPED and public + private > 0
        found.append(Ranked(school, public, private, share, first, eligible, reached))
    return tuple(sorted(found, key=lambda r: (not r.comes_first, -r.share, r.school.code)))


def district_share(district: District) -> Fraction:
    """Return the share of low-income children in the district as a whole.

    Raises
    ------
    UnknownNeed
        If a count is unknown.
    """
    schools = [school for school in district.schools if school.enrollment]
    area = district.federal.private_share is PrivateShare.AREA
    poor = {s.code: _children(s)[0] + (_children(s)[1] if area else 0) for s in schools}
    return _average(schools, poor)


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


def _share(school: School, public: int, private: int, basis: PrivateShare) -> Fraction:
    children = public + private if basis is PrivateShare.AREA else public
    return Fraction(children, school.enrollment)


def _average(schools: list[School], poor: dict[str, int]) -> Fraction:
    pupils = sum(school.enrollment for school in schools)
    return Fraction(sum(poor[school.code] for school in schools), pupils) if pupils else Fraction(0)
