"""What several tables say of one school, the first table before the others; where they differ, it is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from equity_alloc.domain.number import count_words
from equity_alloc.sources.base import FindingList
from equity_alloc.sources.mapped.extract import Count, Extract
from equity_alloc.sources.mapped.fields import field_of
from equity_alloc.sources.mapped.join import Joined


@dataclass
class Merged:
    """One school with what all tables say of it.

    Parameters
    ----------
    code, name, where : str
    texts, counts, numbers : dict
        As in `SchoolFacts`.
    asked : set of str
        Codes of the groups that a table with this school has a column for.
    """

    code: str
    name: str
    where: str
    texts: dict[str, str] = field(default_factory=dict)
    counts: dict[str, Count] = field(default_factory=dict)
    numbers: dict[str, Decimal] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)

    @property
    def row(self) -> str:
        """File and row, for what is not in one cell."""
        file, _, cell = self.where.partition("!")
        return f"{file}, row {cell.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}"

    @property
    def kind(self) -> str:
        """The district's own word for the kind of school, else elementary, middle or high by its highest grade."""
        if self.texts.get("kind"):
            return self.texts["kind"].lower()
        high = self.texts.get("grade_high", "").strip().lstrip("0")
        if not high.isdigit():
            return "" if not high else "elementary"
        return "elementary" if int(high) <= 6 else "middle" if int(high) <= 8 else "high"


def merge_schools(extracts: Sequence[Extract], joined: Joined, findings: FindingList) -> list[Merged]:
    """Return the schools of the first table, with what further tables add.

    Parameters
    ----------
    extracts : sequence of Extract
    joined : Joined
    findings : FindingList
        Receives where two tables give different counts for one thing.
    """
    schools: dict[str, Merged] = {}
    differ: dict[tuple[str, str], list[str]] = {}
    for file, extract in enumerate(extracts):
        for facts in extract.schools:
            code = joined.codes[file].get(facts.code)
            if code is None:
                continue
            member = schools.setdefault(code, Merged(code, facts.name, facts.where))
            member.asked |= {group.code for group in extract.groups}
            if member.name == member.code and facts.name != facts.code:
                member.name = facts.name
            for name, text in facts.texts.items():
                member.texts.setdefault(name, text)
            for name, number in facts.numbers.items():
                member.numbers.setdefault(name, number)
            for name, count in facts.counts.items():
                first = member.counts.setdefault(name, count)
                if first.exact is None and count.exact is not None and _within(count.exact, first):
                    member.counts[name] = count
                elif first.exact is not None and count.exact is not None and first != count:
                    differ.setdefault((extract.tally.file, name), []).append(f"{member.name} {first} and {count}")
    _add_lunches(schools.values(), findings)
    for (file_name, name), members in differ.items():
        findings.warn(
            "files-differ", file_name, "",
            what=f"{field_of(name).title} differs between the files at {count_words(len(members), 'school')}, first at {members[0]}. "
            "The first file holds.",
            why="Files of different dates rarely agree; the plan must say which one it uses.",
            remedy="Use files of one date, or remove the column from the map of one of them.",
        )  # fmt: skip
    return list(schools.values())


def _add_lunches(schools: Iterable[Merged], findings: FindingList) -> None:
    """Count free and reduced-price lunch together as economically disadvantaged, where no file counts that itself."""
    added: list[Merged] = []
    for member in schools:
        free, reduced = member.counts.get("free_lunch"), member.counts.get("reduced_lunch")
        if free is None or reduced is None or "low_income" in member.counts:
            continue
        high = None if free.high is None or reduced.high is None else free.high + reduced.high
        member.counts["low_income"] = Count(free.low + reduced.low, high)
        added.append(member)
    if added:
        findings.note(
            "lunches-added", added[0].where.partition("!")[0], "",
            what=f"Free and reduced-price lunch are counted together as economically disadvantaged at {count_words(len(added), 'school')}.",
            why="No file counts economically disadvantaged pupils there, and eligibility for lunch is the usual stand-in.",
            remedy="Add a file with your own count, if you use another definition.",
        )  # fmt: skip


def _within(value: int, bounds: Count) -> bool:
    return bounds.low <= value and (bounds.high is None or value <= bounds.high)
