"""In what a school feels a change of its core money, by name: posts, its last ones among them, and lines of spending."""

from __future__ import annotations

from dataclasses import dataclass

from equity_alloc.domain.fte import FULL_TIME, Hundredths
from equity_alloc.domain.money import Cents
from equity_alloc.planning.baseline import knows_posts
from equity_alloc.planning.plan import Plan

#: Cents from which a change shows in whole dollars.
TOLD = 50


def last_words(today: Hundredths, plan: Hundredths) -> str:
    """Return what is said behind a position of which a school keeps nothing, with a blank before it; else "".

    Parameters
    ----------
    today, plan : Hundredths

    Examples
    --------
    >>> last_words(100, 0), last_words(250, 0), last_words(200, 100)
    (' (its only one)', ' (none is left)', '')
    """
    if plan or not today:
        return ""
    return " (its only one)" if today == FULL_TIME else " (none is left)"


@dataclass(frozen=True, slots=True)
class Felt:
    """Where core money falls or rises at a school beside the posts that come and go, by name.

    Names stand without amounts: how much a line changes may follow counts that are left out.

    Parameters
    ----------
    less, more : tuple of str
        Lines of spending.
    other : tuple of str
        Positions of which other money pays more and core money less, whether posts of them go or stay.
    """

    less: tuple[str, ...]
    more: tuple[str, ...]
    other: tuple[str, ...]

    @property
    def words(self) -> str:
        """A short sentence for each of them that has a name; "" where none has."""
        told = (
            ("Less core money for", self.less),
            ("More core money for", self.more),
            ("Supplemental money pays more of", self.other),
        )
        return " ".join(f"{words}: {', '.join(names)}." for words, names in told if names)


def is_one_line(plan: Plan) -> bool:
    """Whether all money is on one line and no post is known, so that the line's name tells nothing."""
    return not knows_posts(plan) and len(plan.district.lines) == 1


def felt(plan: Plan) -> dict[str, Felt]:
    """Return for every school by its code where its core money falls or rises; nothing has a name where `is_one_line`.

    Parameters
    ----------
    plan : Plan
    """
    district, proposal = plan.view.district, plan.allocation
    if is_one_line(plan):
        return {school.code: Felt((), (), ()) for school in district.schools}
    core: dict[tuple[str, str], Cents] = {}
    supplemental: dict[tuple[str, str], Cents] = {}
    for allocation, sign in ((proposal, 1), (district.today, -1)):
        for (code, item, fund), cents in (*allocation.pay, *allocation.dollars):
            change = core if district.fund_of[fund].counts else supplemental
            change[code, item] = change.get((code, item), 0) + sign * cents
    found = {}
    for code in (school.code for school in district.schools):
        found[code] = Felt(
            less=tuple(line for line in district.lines if core.get((code, line), 0) <= -TOLD),
            more=tuple(line for line in district.lines if core.get((code, line), 0) >= TOLD),
            other=tuple(
                each.title
                for each in district.positions
                if core.get((code, each.code), 0) <= -TOLD and supplemental.get((code, each.code), 0) >= TOLD
            ),
        )
    return found
