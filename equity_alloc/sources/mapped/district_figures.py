"""What tables with one row for each district say of the chosen one, beside what its schools add up to."""

from __future__ import annotations

from collections.abc import Sequence

from equity_alloc.domain.district import School
from equity_alloc.sources.base import FindingList
from equity_alloc.sources.mapped.extract import Check, Extract, Measured, SchoolFacts
from equity_alloc.sources.mapped.fields import field_of
from equity_alloc.sources.mapped.table_map import RowKind

#: Counts that differ by no more are told as equal: districts are counted on other days than schools.
NEAR = 0.01


def district_facts(extracts: Sequence[Extract], district: str) -> list[tuple[Extract, SchoolFacts]]:
    """Return what tables of districts say of one, by its code or name; zeros in front of a code decide nothing."""
    wanted = district.strip().lower()
    return [
        (extract, facts)
        for extract in extracts
        for facts in extract.districts
        if wanted and (facts.code.lower().lstrip("0") == wanted.lstrip("0") or facts.name.strip().lower() == wanted)
    ]


def tell_only_districts(extracts: Sequence[Extract], district: str, findings: FindingList) -> bool:
    """Tell that tables of districts name no school, and what they say of the chosen one; whether there are such tables.

    Parameters
    ----------
    extracts : sequence of Extract
    district : str
        As a person chose it, "" where nobody has.
    findings : FindingList
    """
    tables = [extract for extract in extracts if extract.map.rows is RowKind.DISTRICT]
    if not tables:
        return False
    found = district_facts(extracts, district)
    rows = max(len(extract.districts) for extract in tables)
    named = f" {found[0][1].name} ({found[0][1].code}) is chosen." if found else " Choose yours to see its figures."
    findings.error(
        "only-districts", tables[0].tally.file, district,
        what=f"{tables[0].tally.file} has one row for each of {rows:,} districts and names no school.{named}",
        why="A plan shares money out among the schools of one district; its figures as a whole are compared with them.",
        remedy="Add a file with one row for each school of the district.",
    )  # fmt: skip
    return True


def beside_schools(
    extracts: Sequence[Extract], district: str, schools: Sequence[School], findings: FindingList
) -> tuple[Check, ...]:
    """Return pupils of the district as its own row prints them, beside the sum of its schools; a difference is told.

    Parameters
    ----------
    extracts : sequence of Extract
    district : str
    schools : sequence of School
    findings : FindingList
    """
    checks: list[Check] = []
    for extract, facts in district_facts(extracts, district) if schools else ():
        for name, count in facts.counts.items():
            found = _sum_of(schools, name)
            if found is None or count.exact is None:
                continue
            subject = f"{facts.name}: {field_of(name).title.removeprefix('Pupils: ')}"
            checks.append(Check(subject, Measured.PUPILS, count.exact, found, facts.where))
            if abs(count.exact - found) > NEAR * max(count.exact, 1):
                findings.warn(
                    "district-differs", facts.where, f"{count.exact:,}",
                    what=f"{subject} is {count.exact:,} in {extract.tally.file}, and the schools add up to {found:,}.",
                    why="Schools may be missing or counted twice, or the two files count on different days.",
                    remedy="Compare the list of schools with the district's own, and use files of one year.",
                )  # fmt: skip
    return tuple(checks)


def _sum_of(schools: Sequence[School], name: str) -> int | None:
    """Return the pupils of all schools in a field, None where one is unknown or the field is none of theirs."""
    if name == "enrollment":
        return sum(school.enrollment for school in schools)
    group = field_of(name).group
    counts = [school.group(group.code) if group else None for school in schools]
    known = [count for count in counts if count is not None]
    return sum(known) if group and len(known) == len(counts) else None
