"""Title I schools are comparable to the others, by the posts and dollars that state and local money in fact pays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from equity_alloc.compliance.base import Case, Cell, ComplianceTest, Outcome, Verdict, Worksheet, not_testable
from equity_alloc.domain.district import School
from equity_alloc.domain.finding import Gap, Unit, print_amount
from equity_alloc.domain.source import Source
from equity_alloc.rules.comparability_groups import LEAST_PUPILS, Basis, Group, groups, is_own, source_gaps, status_gaps
from equity_alloc.rules.federal_values import percent, threshold


@dataclass(frozen=True, slots=True)
class Tested:
    """A Title I school against the others of its group, by both measures.

    Parameters
    ----------
    school : School
    group : Group
    posts, others_posts : Fraction, hundredths of an FTE
        Compared posts that state and local money pays.
    dollars, others_dollars : int, cents
    """

    school: School
    group: Group
    posts: Fraction
    others_posts: Fraction
    dollars: int
    others_dollars: int

    @property
    def room_in_posts(self) -> int:
        """Whole hundredths of a post above what the ratio to the others' pupils per post asks."""
        ratio = threshold("comparability-pupils-per-fte")
        return (self.posts - self.others_posts * self.school.enrollment / (ratio * self.group.pupils)) // 1

    @property
    def room_in_dollars(self) -> int:
        """Whole cents above the share of the others' dollars per pupil."""
        share = threshold("comparability-dollars")
        return (self.dollars - share * self.others_dollars * self.school.enrollment / self.group.pupils) // 1


def judge(case: Case) -> Verdict:
    """Test each grade span by posts and by dollars; a span passes where every school passes by one of them."""
    staff_gaps, money_gaps = tuple(_staff_gaps(case)), tuple(_money_gaps(case))
    if staff_gaps and money_gaps:
        return not_testable(tuple(dict.fromkeys((*staff_gaps, *money_gaps))))
    found = groups(case.district, Basis.SPANS, LEAST_PUPILS)
    own = _own(case)
    tested = [item for group in found for item in _tested(group, own)]
    sheet = _worksheet(found, own, with_posts=not staff_gaps, with_dollars=not money_gaps)
    if not tested:
        return Verdict(
            Outcome.PASSED, "No Title I school has another school to be compared with, so all are exempt.", "", sheet
        )
    failed = []
    for group in found:
        members = [item for item in tested if item.group is group]
        by_posts = not staff_gaps and all(item.room_in_posts >= 0 for item in members)
        by_dollars = not money_gaps and all(item.room_in_dollars >= 0 for item in members)
        if members and not by_posts and not by_dollars:
            failed.append(group)
    if failed and (staff_gaps or money_gaps):
        return not_testable((*staff_gaps, *money_gaps), "By what is known it fails; the other measure lacks data.")
    if failed:
        return Verdict(Outcome.FAILED, *_failed_words(failed, tested), sheet)
    return Verdict(
        Outcome.PASSED, *_kept_words(found, tested, has_posts=not staff_gaps, has_dollars=not money_gaps), sheet
    )


def _failed_words(failed: list[Group], tested: list[Tested]) -> tuple[str, str]:
    members = [item for item in tested if item.group in failed]
    worst = min(members, key=lambda item: item.room_in_posts)
    names = ", ".join(group.name for group in failed)
    words = (
        f"Not comparable in: {names}. {worst.school.label} has {_ratio(worst.school.enrollment, worst.posts)} pupils for each "
        f"post, {worst.group.why} have {_ratio(worst.group.pupils, worst.others_posts)}."
    )
    lacking = [item for item in members if item.room_in_posts < 0] or members
    total = -sum(min(0, item.room_in_posts) for item in lacking)
    return (
        words,
        f"lacks {print_amount(total, Unit.FTE)} at {len(lacking)} {'school' if len(lacking) == 1 else 'schools'}",
    )


def _kept_words(
    found: tuple[Group, ...], tested: list[Tested], *, has_posts: bool, has_dollars: bool
) -> tuple[str, str]:
    by_posts: list[Group] = []
    by_dollars: list[Group] = []
    for group in found:
        members = [item for item in tested if item.group is group]
        if not members:
            continue
        passes = has_posts and all(item.room_in_posts >= 0 for item in members)
        (by_posts if passes else by_dollars).append(group)
    parts = [
        f"{' and '.join(g.name for g in part)} by {measure}"
        for part, measure in ((by_posts, "pupils per post"), (by_dollars, "dollars per pupil"))
        if part
    ]
    words = (
        f"{len(tested)} Title I {'school is' if len(tested) == 1 else 'schools are'} comparable: {'; '.join(parts)}."
    )
    rooms = [item.room_in_posts for item in tested if item.group in by_posts]
    if rooms:
        return words, f"{print_amount(min(rooms), Unit.FTE)} to spare at the tightest school"
    if not has_dollars:
        return words, ""
    dollars = min(item.room_in_dollars for item in tested)
    return words, f"{print_amount(dollars, Unit.CENTS)} to spare at the tightest school"


def _together(group: Group, own: Mapping[str, tuple[Fraction, int]]) -> tuple[Fraction, int]:
    """Return posts and dollars of the schools that a group's Title I schools are held against."""
    others = [own[school.code] for school in group.against]
    return sum((posts for posts, _ in others), Fraction(0)), sum(cents for _, cents in others)


def _tested(group: Group, own: Mapping[str, tuple[Fraction, int]]) -> Iterator[Tested]:
    posts, dollars = _together(group, own)
    for school in group.tested:
        yield Tested(school, group, own[school.code][0], posts, own[school.code][1], dollars)


def _own(case: Case) -> dict[str, tuple[Fraction, int]]:
    """Return each school's compared posts, in hundredths, and all its dollars that state and local money pays."""
    own = {fund.code for fund in case.district.funds if is_own(fund)}
    prices = {p.code: p.cost for p in case.district.positions if p.compares and p.cost}
    posts = {school.code: Fraction(0) for school in case.district.schools}
    for (school, position, fund), cents in case.allocation.pay:
        if fund in own and position in prices:
            posts[school] += Fraction(100 * cents, prices[position])
    return {code: (fte, case.allocation.school_dollars(code, own)) for code, fte in posts.items()}


def _staff_gaps(case: Case) -> Iterator[Gap]:
    yield from _money_gaps(case)
    for position in case.district.positions:
        if position.compares is None:
            yield Gap("Positions", "Counts in comparability", f"{position.title} (code {position.code})")


def _money_gaps(case: Case) -> Iterator[Gap]:
    yield from status_gaps(case.district, Basis.SPANS, LEAST_PUPILS)
    yield from source_gaps(iter(case.district.funds))


def _ratio(pupils: int, hundredths: Fraction) -> str:
    return f"{float(100 * pupils / hundredths):.2f}" if hundredths else "no post for its"


_HEADINGS = (
    "Grade span", "Code", "School", "Part", "Enrollment", "State and local posts", "Pupils per post",
    f"Most allowed ({percent('comparability-pupils-per-fte')})", "Comparable by posts", "Room in posts", "State and local dollars",
    "Dollars per pupil", f"Least allowed ({percent('comparability-dollars')})", "Comparable by dollars", "Room in dollars",
)  # fmt: skip
_UNITS = (
    None, None, None, None, Unit.PUPILS, Unit.FTE, None, None, None, Unit.FTE, Unit.CENTS, Unit.CENTS, Unit.CENTS, None, Unit.CENTS,
)  # fmt: skip


def _worksheet(
    found: tuple[Group, ...], own: Mapping[str, tuple[Fraction, int]], *, with_posts: bool, with_dollars: bool
) -> Worksheet:
    """Return, span by span: the schools held against and their sum, and each Title I school beside what follows from it."""
    rows: list[tuple[Cell, ...]] = []
    for group in found:
        if not group.tested:
            rows.append((group.name, "", group.why, "exempt", *(None,) * 11))
            continue
        rows.extend(
            (group.name, school.code, school.name, "held against", *_alone(school.enrollment, *own[school.code]))
            for school in group.against
        )
        posts, dollars = _together(group, own)
        rows.append((group.name, "", f"Together: {group.why}", "sum", *_alone(group.pupils, posts, dollars)))
        rows.extend(
            (group.name, item.school.code, item.school.name, "Title I", *_beside(item)) for item in _tested(group, own)
        )
    unknown = {*(() if with_posts else range(5, 10)), *(() if with_dollars else range(10, 15))}
    return Worksheet(
        _HEADINGS,
        _UNITS,
        tuple(tuple(None if place in unknown else cell for place, cell in enumerate(row)) for row in rows),
    )


def _alone(pupils: int, posts: Fraction, cents: int) -> tuple[Cell, ...]:
    """Return the figures of a school, or of several together, that is held against."""
    ratio = _ratio(pupils, posts) if posts else None
    return (pupils, round(posts), ratio, None, None, None, cents, cents // pupils if pupils else None, None, None, None)


def _beside(item: Tested) -> tuple[Cell, ...]:
    """Return the figures of a tested school, with the limits that the others set."""
    pupils = item.school.enrollment
    _, posts, ratio, *_, cents, per_pupil, _, _, _ = _alone(pupils, item.posts, item.dollars)
    most = threshold("comparability-pupils-per-fte") * 100 * item.group.pupils
    least = threshold("comparability-dollars") * item.others_dollars / item.group.pupils
    return (
        pupils,
        posts,
        ratio,
        f"{float(most / item.others_posts):.2f}" if item.others_posts else None,
        "yes" if item.room_in_posts >= 0 else "no",
        item.room_in_posts,
        cents,
        per_pupil,
        -(-least // 1),
        "yes" if item.room_in_dollars >= 0 else "no",
        item.room_in_dollars,
    )


TEST = ComplianceTest(
    50,
    "comparability",
    "Title I schools are comparable to the others",
    "State and local services in Title I schools are at least comparable: at most "
    f"{percent('comparability-pupils-per-fte')} of the pupils per instructional post, or at least "
    f"{percent('comparability-dollars')} of the dollars per pupil, of the schools without Title I in the same grade span.",
    Source(
        "Elementary and Secondary Education Act as amended by ESSA",
        "section 1118(c), 20 U.S.C. 6321(c); percentages in Title I Fiscal Issues (February 2008)",
        "https://www.law.cornell.edu/uscode/text/20/6321",
    ),
    judge,
)
