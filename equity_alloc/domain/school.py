"""Schools and the groups of pupils that are counted at them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from equity_alloc.domain.federal import TitleOne
from equity_alloc.domain.money import Cents
from equity_alloc.domain.record import later


class GroupUse(StrEnum):
    """What a column of pupil counts may be used for. Protected attributes are for audit only."""

    NEED = "need driver"
    AUDIT = "audit only"


@dataclass(frozen=True, slots=True)
class StudentGroup:
    """A group of pupils that is counted at each school; counts of different groups overlap.

    Parameters
    ----------
    code : str
    title : str
    use : GroupUse
        An audit-only group can never carry a need weight, share out a fund or size a staffing ratio.
    """

    code: str
    title: str
    use: GroupUse = GroupUse.NEED


@dataclass(frozen=True, slots=True)
class SchoolFlag:
    """Something that holds for a school or does not: year-round, magnet, shared building.

    Parameters
    ----------
    code, title : str
    use : GroupUse
        A formula may name a need driver, never a flag for audit only.
    """

    code: str
    title: str
    use: GroupUse = GroupUse.NEED


@dataclass(frozen=True, slots=True)
class School:
    """A school. Identity is the code, never the name.

    Parameters
    ----------
    code, name : str
    kind : str
        Elementary, middle, high, K-8 ...: the district's own word.
    enrollment : int, pupils
        Projected for the plan year, zero or more.
    enrollment_last_year : int or None, pupils
        None where unknown.
    groups : tuple of (str, int or None)
        Pupils by student group, None where the count is unknown; unknown is never zero.
    target : Cents or None
        Adequacy target for the school's counted dollars, where the district has set one.
    span : str
        Grade span in which federal tests compare the school; blank means its kind.
    title_one : TitleOne or None
        None where unknown.
    low_income, private_low_income : int or None, children
        From low-income families by the Title I measure: in this school, and of its attendance area in private schools.
    instead_of_title_one : Cents or None
        State and local dollars that a skipped school gets in the place of Title I-A.
    grades : tuple of (str, int or None)
        Pupils by grade, "3K", "PK", "K", "1" to "12", projected like enrollment; None where unknown.
    flags : tuple of (str, bool or None)
        Whether a flag holds, by its code; None where unknown.
    wealth : Cents or None
        Local wealth per pupil behind the school: property value, income of its area or donations, as the district states
        it. It is measured against and never decides; None where unknown.
    """

    code: str
    name: str
    kind: str
    enrollment: int
    enrollment_last_year: int | None = None
    groups: tuple[tuple[str, int | None], ...] = ()
    target: Cents | None = None
    span: str = later("")
    title_one: TitleOne | None = later(None)
    low_income: int | None = later(None)
    private_low_income: int | None = later(None)
    instead_of_title_one: Cents | None = later(None)
    grades: tuple[tuple[str, int | None], ...] = later(())
    flags: tuple[tuple[str, bool | None], ...] = later(())
    wealth: Cents | None = later(None)

    def group(self, code: str) -> int | None:
        """Return the pupils of a group, or None where unknown."""
        return dict(self.groups).get(code)

    @property
    def grade_span(self) -> str:
        """The span in which federal tests compare the school."""
        return self.span or self.kind

    @property
    def label(self) -> str:
        """Name with code, for sentences."""
        return f"{self.name} (code {self.code})"
