"""Which earlier sets of public documents are about the same pupils, whatever the district and the year were called then.

Two sets give counts away when they are about the same counts. A name does not say so: it is spelled in two ways, a district is
renamed, two districts share one. Codes of schools and the counts that were shown do.
"""

from __future__ import annotations

from collections.abc import Sequence

from equity_alloc.domain.district import District, GroupUse
from equity_alloc.domain.number import count_words
from equity_alloc.domain.record import digest
from equity_alloc.reports.release import Release

#: A set under another name is about the same pupils where so many of its counts, and half of them, are the same here. Counts of
#: another year or another district with the same codes are equal only here and there, by chance.
FEWEST_SAME = 3


def called(district: District) -> str:
    """Return the district and year as the ledger names them."""
    return f"{district.name} {district.year}"


def identity_of_counts(district: District) -> str:
    """Return what all data with the very same counts share, whatever they are called and whatever their money is."""
    groups = {group.code for group in district.groups if group.use is GroupUse.NEED}
    return digest(
        tuple(
            sorted(
                (school.code, tuple(sorted(each for each in school.groups if each[0] in groups)))
                for school in district.schools
            )
        )
    )


def same_counts(release: Release, district: District) -> tuple[int, int]:
    """Return how many of the counts that a release shows are the same here, and how many are of schools that are here.

    A count of zero says little and does not go in.
    """
    here = {school.code: school for school in district.schools}
    compared = [(here[code].group(group), count) for (code, group), count in release.shown if count and code in here]
    return sum(now == then for now, then in compared), len(compared)


def is_about(release: Release, was_called: str, district: District) -> bool:
    """Whether a release is about the pupils of a district.

    Parameters
    ----------
    release : Release
    was_called : str
        District and year when it was made.
    district : District
    """
    if was_called == called(district):
        return not _is_elsewhere(release, district)
    same, compared = same_counts(release, district)
    return same >= FEWEST_SAME and 2 * same >= compared


def told_of_sets(sets: Sequence[tuple[str, Release]], district: District) -> str:
    """Return in words which sets were known by their counts and not by their name, and which by their name are left aside.

    Parameters
    ----------
    sets : sequence of (str, Release)
        All that are in the ledger, each with district and year when it was made.
    district : District
    """
    told = []
    for was_called, release in sets:
        if was_called != called(district) and is_about(release, was_called, district):
            same, compared = same_counts(release, district)
            told.append(
                f"A set made as {was_called} is about the same pupils: {same} of the {count_words(compared, 'count')} that it shows "
                "of these schools are the same. What is made now is made in view of it too."
            )
    aside = sum(was_called == called(district) and _is_elsewhere(release, district) for was_called, release in sets)
    if aside:
        told.append(
            f"{count_words(aside, 'set')} made as {called(district)} {'is' if aside == 1 else 'are'} of schools with other codes and left "
            "aside. If these are the same schools under new codes, give nobody both: laid side by side they can give small counts away."
        )
    return " ".join(dict.fromkeys(told))


def _is_elsewhere(release: Release, district: District) -> bool:
    codes = {code for (code, _), _ in release.shown} | {code for code, _ in release.hidden}
    return bool(codes) and codes.isdisjoint(school.code for school in district.schools)
