"""How student groups are named in files: by title where that is clear, by code otherwise."""

from __future__ import annotations

from collections.abc import Iterable

from equity_alloc.domain.district import StudentGroup


def find_group(groups: Iterable[StudentGroup], words: str) -> StudentGroup | None:
    """Return the group with this code or title, in any case; the code comes first."""
    members = tuple(groups)
    by_code = {group.code: group for group in members}
    by_title = {group.title.lower(): group for group in reversed(members)}
    wanted = words.strip()
    return by_code.get(wanted) or by_title.get(wanted.lower())


def group_name(groups: Iterable[StudentGroup], code: str) -> str:
    """Return the group's title if it leads back to the same group, else its code."""
    members = tuple(groups)
    group = next((member for member in members if member.code == code), None)
    return group.title if group is not None and find_group(members, group.title) is group else code
