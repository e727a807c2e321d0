"""What the formula on screen gives the district: worked out once for each text, price and district."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import streamlit as st

from equity_alloc.domain.district import District
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.finding import Finding
from equity_alloc.domain.fte import Hundredths
from equity_alloc.domain.money import Cents
from equity_alloc.domain.record import canonical, to_plain
from equity_alloc.formulas.base import Gives
from equity_alloc.formulas.entitlement import Entitlements, entitlements
from equity_alloc.formulas.evaluate import evaluate
from equity_alloc.formulas.facts_of import facts_of
from equity_alloc.formulas.result import FormulaResult
from equity_alloc.formulas.use import FormulaUse
from equity_alloc.ui.formula_changes import district_of
from equity_alloc.ui.formula_judge import judge
from equity_alloc.ui.session import Session


@dataclass(frozen=True)
class SchoolWork:
    """One school under the formula.

    Parameters
    ----------
    code, name, kind : str
    enrollment : int
    dollars : Cents or None
        Counted dollars, posts priced where the formula does not; None where unknown.
    last_year : Cents or None
        Counted dollars.
    fte : Hundredths or None
        Posts that the formula names, in real steps; None where unknown.
    fte_last_year : Hundredths or None
        Posts of the same positions, of all funds; None where one of them is not the district's.
    unknown : str
        What is missing; blank where everything is known.
    """

    code: str
    name: str
    kind: str
    enrollment: int
    dollars: Cents | None
    last_year: Cents | None
    fte: Hundredths | None
    fte_last_year: Hundredths | None
    unknown: str

    @property
    def change(self) -> Cents | None:
        """Formula less last year; None where one is unknown."""
        return None if self.dollars is None or self.last_year is None else self.dollars - self.last_year


@dataclass(frozen=True)
class FormulaWork:
    """A formula worked out.

    Parameters
    ----------
    key : str
        Name of this work among all others.
    use : FormulaUse
    district : District
    result : FormulaResult
    findings : tuple of Finding
        Of the text and of its fit.
    given : Entitlements or None
        What a plan would take; None where one school is unknown or a position is not the district's.
    why_not : str
        Why there are no entitlements; blank where there are.
    """

    key: str
    use: FormulaUse
    district: District
    result: FormulaResult
    findings: tuple[Finding, ...]
    given: Entitlements | None
    why_not: str

    @property
    def title(self) -> str:
        """What a reader calls the formula."""
        return self.result.formula.title or self.result.formula.name

    @cached_property
    def schools(self) -> tuple[SchoolWork, ...]:
        """Every school, sorted by code."""
        dollars = dict(self.given.dollars) if self.given else {}
        posts: defaultdict[str, int] = defaultdict(int)
        for (code, _), fte in self.given.posts if self.given else ():
            posts[code] += fte
        words, had = self.result.formula.words, dict(self.district.today.fte)
        named = {words.position_of(position) for position in self.result.formula.positions}
        # A position that means nothing here had no posts that anybody knows of; that is not zero.
        knows_posts = bool(self.district.staffing) and named <= set(self.district.position_of)
        rows = []
        for facts in self.result.facts.schools:
            code = facts.code
            exact = self.result.fte(code)
            rows.append(
                SchoolWork(
                    code,
                    facts.name,
                    facts.kind,
                    self.district.school_of[code].enrollment,
                    dollars.get(code, self.result.dollars(code)),
                    facts.last_year,
                    posts[code] if self.given else None if exact is None else round(exact * 100),
                    sum(had.get((code, position), 0) for position in named) if knows_posts else None,
                    "; ".join(dict.fromkeys(line.reason for line in self.result.lines_of[code] if line.reason)),
                )
            )
        return tuple(rows)

    @property
    def known(self) -> int:
        """How many schools have a known result."""
        return sum(not school.unknown for school in self.schools)

    @property
    def dollars(self) -> Cents | None:
        """Dollars of all schools; None where one is unknown."""
        return _sum([school.dollars for school in self.schools])

    @property
    def last_year(self) -> Cents | None:
        """Last year's counted dollars of all schools; None where one is unknown."""
        return _sum([school.last_year for school in self.schools])

    @property
    def fte(self) -> Hundredths | None:
        """Posts of all schools; None where one is unknown."""
        return _sum([school.fte for school in self.schools])

    @property
    def fte_last_year(self) -> Hundredths | None:
        """Last year's posts of the same positions at all schools; None where they are not known."""
        return _sum([school.fte_last_year for school in self.schools])

    @cached_property
    def gives(self) -> frozenset[Gives]:
        """The units of what it adds up to."""
        return frozenset(line.gives for line in self.result.lines if line.adds)

    @property
    def has_posts(self) -> bool:
        """Whether it gives posts."""
        return Gives.FTE in self.gives

    @property
    def has_dollars(self) -> bool:
        """Whether it gives dollars; one that gives posts only leaves a school's other dollars open."""
        return Gives.DOLLARS in self.gives

    @property
    def prices_posts(self) -> bool:
        """Whether its dollars are only what its posts cost, and nothing that last year could be held against."""
        return self.given is not None and not self.has_dollars


def _sum(values: Sequence[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def work_of(session: Session) -> FormulaWork | None:
    """Return the formula on screen worked out, or None where there is none or it does not fit the district."""
    use = session.formula
    if use is None:
        return None
    key = canonical([session.district_digest, to_plain(session.scenario.funds), use.text, use.salary.value])
    return _work(key, use, district_of(session))


@st.cache_resource(max_entries=64, show_spinner="Working the formula out for every school ...")
def _work(key: str, _use: FormulaUse, _district: District) -> FormulaWork | None:
    judged = judge(_use.text, _district)
    if not judged.is_usable:
        return None
    try:
        given, why_not = entitlements(_use.text, _use.salary, _district), ""
    except EquityAllocError as error:
        given, why_not = None, str(error)
    result = given.result if given else evaluate(_use.formula, facts_of(_district))
    findings = (*judged.findings, *(one for one in result.findings if one not in judged.findings))
    return FormulaWork(key, _use, _district, result, findings, given, why_not)
