"""Against whom holds what public documents leave out: where earlier ones leave no other way it is fewer readers, and that is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from equity_alloc.domain.district import District
from equity_alloc.domain.number import count_words
from equity_alloc.reports.count_table import Place
from equity_alloc.reports.release import Release

#: So many counts are named one by one before publishing.
MOST_NAMED = 6


class Holds(StrEnum):
    """Against which readers a wide range stays possible for every small count; each also against those of all below it."""

    ALL = "whoever knows how this program chooses, and takes it that hardly anything changed since earlier documents"
    CHANGED = "whoever knows how this program chooses"
    UNKNOWING = "whoever does not know how this program chooses"

    def words(self, span: int, *, has_earlier: bool) -> str:
        """Return in plain words, for whoever reads public documents, what may be narrowed all the same; "" where nothing may.

        Parameters
        ----------
        span : int, pupils
            The range that every small count should keep.
        has_earlier : bool
            Whether anything was public before.
        """
        if self is Holds.ALL:
            return ""
        why = (
            "Documents that were public before leave no other way."
            if has_earlier
            else "The rules that are told here leave no other way."
        )
        who = (
            "holds every set that was public and takes it that hardly any count has changed between them"
            if self is Holds.CHANGED
            else "also knows how this program chooses what to leave out"
        )
        return (
            f"What is left out holds less than usual here: a reader who {who} may be able to narrow a small count down to a range of "
            f"fewer than {span} pupils. {why}"
        )


def nearly_shown(counts: Mapping[Place, int], earlier: Sequence[Release], span: int) -> frozenset[Place]:
    """Return the counts that earlier documents show less than a range of pupils off.

    Parameters
    ----------
    counts : mapping of (school, group) to pupils
        As they are now.
    earlier : sequence of Release
    span : int, pupils
    """
    return frozenset(
        place
        for release in earlier
        for place, count in release.shown
        if place in counts and 0 < abs(counts[place] - count) < span
    )


def crossed_words(
    district: District, counts: Mapping[Place, int], small: frozenset[Place], earlier: Sequence[Release], span: int
) -> str:
    """Return in words which counts nothing can hide, because earlier documents tell them nearly; "" where there are none.

    They are those that were shown and are small now, and those that were left out and are zero now: zero is always shown.

    Parameters
    ----------
    district : District
    counts : mapping of (school, group) to pupils
    small : frozenset of (school, group)
    earlier : sequence of Release
    span : int, pupils
    """
    near = small & nearly_shown(counts, earlier, span)
    gone = frozenset(place for release in earlier for place in release.hidden if counts.get(place) == 0)
    told = (
        _crossed(district, near, "small now and left out, and an earlier set shows a few pupils more or fewer there"),
        _crossed(district, gone, "zero now and shown, and an earlier set left out what was there"),
    )
    return " ".join(filter(None, told))


def _crossed(district: District, places: frozenset[Place], how: str) -> str:
    if not places:
        return ""
    named = [
        f"{district.group_of[group].title} at {district.school_of[school].label}" for school, group in sorted(places)
    ]
    listed = "; ".join(named[:MOST_NAMED])
    more = f"; and {len(named) - MOST_NAMED} more" if len(named) > MOST_NAMED else ""
    are, them = ("is", "it") if len(named) == 1 else ("are", "them")
    return (
        f"{count_words(len(named), 'count')} {are} {how}: {listed}{more}. Nothing hides {them} from whoever holds both sets and takes it "
        f"that little else has changed. Publish {them} only if that may be known; else wait for next year's counts."
    )
