"""Spending for children with disabilities does not fall, by any one of four methods."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from equity_alloc.compliance.base import (
    Case,
    ComplianceTest,
    Outcome,
    Verdict,
    Worksheet,
    federal_gap,
    not_testable,
)
from equity_alloc.domain.federal import Federal, facts_asked
from equity_alloc.domain.finding import Gap, Unit
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.source import Source

_SOURCES = (
    ("Local", "idea_local_before", "idea_local"),
    ("State and local", "idea_all_before", "idea_all"),
)
_CHILDREN = ("idea_children_before", "idea_children")
_REDUCTIONS = ("idea_exceptions", "idea_adjustment")


@dataclass(frozen=True, slots=True)
class Method:
    """One way to keep effort.

    Parameters
    ----------
    name : str
    required, spent : Fraction or None, cents
        In total or per child; None where data lack.
    gaps : tuple of Gap
    """

    name: str
    required: Fraction | None
    spent: Fraction | None
    gaps: tuple[Gap, ...]

    @property
    def room(self) -> Fraction | None:
        """Cents above what is required."""
        return None if self.required is None or self.spent is None else self.spent - self.required


def judge(case: Case) -> Verdict:
    """Try the four methods; one that is kept is enough."""
    methods = four_methods(case.district.federal)
    sheet = _worksheet(methods)
    kept = [m for m in methods if m.room is not None and m.room >= 0]
    if kept:
        best = max(kept, key=lambda m: m.room or Fraction(0))
        words = f"Effort is kept by {len(kept)} of 4 methods: {'; '.join(m.name.lower() for m in kept)}. One is enough."
        return Verdict(
            Outcome.PASSED, words, f"{print_dollars(int(best.room or 0))} to spare ({best.name.lower()})", sheet
        )
    gaps = tuple(dict.fromkeys(gap for method in methods for gap in method.gaps))
    if gaps:
        return not_testable(gaps, "No method that can be tested is kept; another one may be.")
    nearest = min((m for m in methods if "child" not in m.name), key=lambda m: -(m.room or Fraction(0)))
    words = (
        f"None of the four methods is kept. {nearest.name} lacks least: {print_dollars(int(nearest.spent or 0))} where "
        f"{print_dollars(int(nearest.required or 0))} is required. What lacks is paid back from other money."
    )
    return Verdict(Outcome.FAILED, words, f"lacks {print_dollars(int(-(nearest.room or 0)))}", sheet)


def four_methods(facts: Federal) -> tuple[Method, ...]:
    """Return local, and state and local spending, each in total and per child, against the comparison year.

    What exceptions and the adjustment let go is taken off the comparison year, before it is divided by its children.
    """
    asked = facts_asked()

    def lacking(*fields: str) -> tuple[Gap, ...]:
        return tuple(federal_gap(asked[field].title) for field in fields if getattr(facts, field) is None)

    children = lacking(*_CHILDREN)
    has_children = bool(facts.idea_children_before and facts.idea_children)
    reductions = sum(getattr(facts, field) or 0 for field in _REDUCTIONS)
    found = []
    for name, before, now in _SOURCES:
        gaps = (*lacking(before, now), *lacking(*_REDUCTIONS))
        required, spent = getattr(facts, before), getattr(facts, now)
        known = not gaps
        total = Fraction(max(0, (required or 0) - reductions))
        found.append(Method(f"{name}, total", total if known else None, Fraction(spent or 0) if known else None, gaps))
        per_child = known and has_children
        found.append(
            Method(
                f"{name}, per child",
                total / facts.idea_children_before if per_child and facts.idea_children_before else None,
                Fraction(spent or 0, facts.idea_children) if per_child and facts.idea_children else None,
                (*gaps, *children),
            )
        )
    return tuple(found)


def _worksheet(methods: tuple[Method, ...]) -> Worksheet:
    return Worksheet(
        ("Method", "Required", "This year", "Room", "Kept"),
        (None, Unit.CENTS, Unit.CENTS, Unit.CENTS, None),
        tuple(
            (
                m.name,
                None if m.required is None else int(m.required),
                None if m.spent is None else int(m.spent),
                None if m.room is None else m.room // 1,
                "unknown" if m.room is None else "yes" if m.room >= 0 else "no",
            )
            for m in methods
        ),
    )


TEST = ComplianceTest(
    80,
    "effort-idea",
    "Effort for children with disabilities is maintained (IDEA)",
    "Local, or state and local, spending for children with disabilities, in total or per child, is at least what it was in "
    "the comparison year; one of the four is enough.",
    Source(
        "Code of Federal Regulations, title 34",
        "sections 300.203 to 300.205",
        "https://www.ecfr.gov/current/title-34/section-300.203",
    ),
    judge,
)
