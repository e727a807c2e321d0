"""Of what something can be assumed in a district: the names that stand on its sheets."""

from __future__ import annotations

from collections.abc import Iterable

from equity_alloc.domain.ahead import Assumption, What, is_year_like
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import UnknownCode


def names_for(district: District, what: What) -> dict[str, str]:
    """Return code and title of everything of which this can be assumed; none for settings of rules.

    Parameters
    ----------
    district : District
    what : What

    Returns
    -------
    dict of str to str
        In the order of the sheets.
    """
    match what:
        case What.SURVIVAL | What.ENTERING:
            grades = dict.fromkeys(grade for school in district.schools for grade, _ in school.grades)
            return {grade: f"Grade {grade}" for grade in grades}
        case What.ENROLLMENT | What.TARGET:
            kinds = {kind: f"{kind} schools" for kind in dict.fromkeys(s.kind for s in district.schools) if kind}
            return kinds | {school.code: school.name for school in district.schools}
        case What.REVENUE | What.BALANCE:
            return {fund.code: fund.title for fund in district.funds}
        case What.COST | What.VACANT:
            return {position.code: position.title for position in district.positions}
        case What.CENTRAL:
            funds = {block.fund for block in district.central}
            lines = {line: line for line in district.central_lines}
            return lines | {f.code: f"Central lines of {f.title}" for f in district.funds if f.code in funds}
        case What.RULE:
            return {}


def is_known(district: District, assumption: Assumption) -> bool:
    """Whether a district has what is assumed something of; settings of rules are looked at elsewhere."""
    names = {name.lower() for name in names_for(district, assumption.what)}
    return assumption.what is What.RULE or assumption.is_every or assumption.of.strip().lower() in names


def refuse_unfit_ahead(district: District, assumptions: Iterable[Assumption]) -> None:
    """Refuse assumptions that would never count, because they name what is not there or a year that is written otherwise.

    Raises
    ------
    UnknownCode
    """
    for assumption in assumptions:
        if not is_known(district, assumption):
            raise UnknownCode(
                f"{assumption.label}: this district has none of that name. Correct the name, or remove it."
            )
        if assumption.year and not is_year_like(assumption.year, district.year):
            raise UnknownCode(f"{assumption.label}: write the year as the plan year {district.year} is written.")
