"""Estimates in the place of counts that are left out, from nothing but what is public.

What a group's total leaves is spread by enrollment. Where levels are shown, a school's weighted pupils are public too; then the
estimates are raked to both in turn, as tables are to known margins (Deming and Stephan, 1940, On a least squares adjustment
of a sampled frequency table when the expected marginal totals are known, Annals of Mathematical Statistics 11, 427-444).
"""

from __future__ import annotations

from equity_alloc.domain.district import District
from equity_alloc.reports.count_table import Place
from equity_alloc.reports.public_counts import PublicCounts

#: So many times are estimates raked to the weighted pupils of schools and to the totals of groups.
_ROUNDS = 50


def public_estimates(district: District, public: PublicCounts) -> dict[Place, int]:
    """Return an estimate for every hidden count: at least one pupil, for zero is always shown, and at most the enrollment.

    Estimates of a group add up to what its total leaves, where the total is shown.

    Parameters
    ----------
    district : District
    public : PublicCounts

    Returns
    -------
    dict of (school, group) to pupils
    """
    enrollment = {school.code: school.enrollment for school in district.schools}
    left = {group.code: _left(public, group.code) for group in public.groups}
    wanted = {
        (school, group): enrollment[school] * _share(district, public, group, left[group])
        for school, group in public.hidden.places
    }
    _rake(wanted, public, left)
    found: dict[Place, int] = {}
    for group, total in left.items():
        places = sorted(place for place in wanted if place[1] == group)
        if total is None:
            found |= {place: _within(round(wanted[place]), enrollment[place[0]]) for place in places}
        else:
            found |= _whole({place: wanted[place] for place in places}, total, enrollment)
    return found


def _left(public: PublicCounts, group: str) -> int | None:
    """Return how many pupils of a group stand at the places that are hidden, or None where its total is not shown."""
    total = public.total(group)
    if total is None:
        return None
    return total - sum(public.shown(school, code) or 0 for school, code in public.counts if code == group)


def _share(district: District, public: PublicCounts, group: str, left: int | None) -> float:
    """Return the share of a group at the schools where it is hidden; without a total, that of the schools where it is shown."""
    known = {school.code: public.shown(school.code, group) for school in district.schools}
    is_hidden = left is not None
    schools = [s for s in district.schools if ((s.code, group) in public.hidden.places) == is_hidden]
    if left is None:
        schools = [school for school in schools if known[school.code] is not None]
    pupils = sum(school.enrollment for school in schools)
    shown = sum(known[school.code] or 0 for school in schools) if left is None else left
    return shown / pupils if pupils else 0.0


def _rake(wanted: dict[Place, float], public: PublicCounts, left: dict[str, int | None]) -> None:
    """Bring estimates, in place, near to what weighted pupils tell of each school and totals of each group."""
    told = {school: public.weighted_left(school) for school in sorted({school for school, _ in wanted})}
    rows = [
        (float(sum_), [place for place in sorted(wanted) if place[0] == school and public.weights.get(place[1])])
        for school, sum_ in told.items()
        if sum_ is not None
    ]
    columns = [
        (float(total), [place for place in sorted(wanted) if place[1] == group])
        for group, total in left.items()
        if total is not None
    ]
    for _ in range(_ROUNDS if rows else 0):
        for sum_, places in rows:
            _scale(wanted, places, sum_, [float(public.weights[group]) for _, group in places])
        for sum_, places in columns:
            _scale(wanted, places, sum_, [1.0] * len(places))


def _scale(wanted: dict[Place, float], places: list[Place], sum_: float, weights: list[float]) -> None:
    now = sum(weight * wanted[place] for place, weight in zip(places, weights, strict=True))
    if now > 0 and sum_ > 0:
        for place in places:
            wanted[place] *= sum_ / now


def _whole(wanted: dict[Place, float], total: int, enrollment: dict[str, int]) -> dict[Place, int]:
    """Round estimates to whole pupils that add up to a total, the largest remainders up."""
    found = {place: _within(int(count), enrollment[place[0]]) for place, count in wanted.items()}
    order = sorted(wanted, key=lambda place: (found[place] - wanted[place], place))
    rest = total - sum(found.values())
    while rest and order:
        step = 1 if rest > 0 else -1
        can = [place for place in order[::step] if 1 <= found[place] + step <= enrollment[place[0]]]
        if not can:
            break
        for place in can[: abs(rest)]:
            found[place] += step
            rest -= step
    return found


def _within(count: int, enrollment: int) -> int:
    return max(1, min(enrollment, count))
