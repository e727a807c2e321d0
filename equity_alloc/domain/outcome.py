"""What happens to pupils at school: who takes part in what, and how they fare, by school and student group."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.record import later

#: In the place of a student group: every pupil of the school.
ALL_PUPILS = ""


class Area(StrEnum):
    """Of what an indicator speaks."""

    ACCESS = "access"
    OUTCOME = "outcome"


class Better(StrEnum):
    """Which way is good for pupils."""

    MORE = "more"
    FEWER = "fewer"


@dataclass(frozen=True, slots=True)
class Indicator:
    """Something that holds for a pupil or does not, counted at each school. It never drives an allocation.

    Parameters
    ----------
    title : str
        Its identity: "Enrolled in algebra by grade 8".
    area : Area
    better : Better
    year, source : str
        As printed where the counts come from; blank where unknown.
    """

    title: str
    area: Area
    better: Better
    year: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class OutcomeCount:
    """The counts of one indicator at one school, for one student group or for all pupils.

    Parameters
    ----------
    indicator : str
        Title of the indicator.
    school : str
    group : str
        Code of the student group; `ALL_PUPILS` for everybody.
    cases : int or None, pupils
        For whom it holds; None where unknown or withheld, which is never zero.
    pupils : int or None, pupils
        Of whom it could hold.
    year : str
        An earlier year than the indicator's; blank for the indicator's own.

    Raises
    ------
    InvalidValue
        If a count is negative or there are more cases than pupils.
    """

    indicator: str
    school: str
    group: str
    cases: int | None
    pupils: int | None
    year: str = later("")

    def __post_init__(self) -> None:
        if min(self.cases or 0, self.pupils or 0) < 0:
            raise InvalidValue(f"{self.indicator}, school {self.school}: counts are zero or more.")
        if self.cases is not None and self.pupils is not None and self.cases > self.pupils:
            raise InvalidValue(
                f"{self.indicator}, school {self.school}: {self.cases} cases among {self.pupils} pupils cannot be."
            )
