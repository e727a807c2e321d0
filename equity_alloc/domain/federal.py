"""What federal law asks a district to choose and to report: Title I choices, and the effort of earlier years."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Any

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.money import Cents


class TitleOne(StrEnum):
    """What Title I-A is to a school this year."""

    SERVED = "served"
    NOT_SERVED = "not served"
    SKIPPED = "skipped"
    ONE_MORE_YEAR = "served one more year"

    @property
    def is_served(self) -> bool:
        """Whether the school gets Title I-A money."""
        return self in (TitleOne.SERVED, TitleOne.ONE_MORE_YEAR)


class FundSource(StrEnum):
    """Where a fund's money comes from."""

    FEDERAL = "federal"
    STATE = "state"
    LOCAL = "local"
    STATE_AND_LOCAL = "state and local"
    PRIVATE = "private"


class Purpose(StrEnum):
    """What a line that Title I-A pays centrally is reserved for."""

    FAMILIES = "family engagement"
    HOMELESS = "homeless children"
    NEGLECTED = "neglected children"
    PRIVATE_SCHOOLS = "private schools"
    ADMINISTRATION = "administration"
    DISTRICT_WIDE = "district-wide"


class Eligibility(StrEnum):
    """From which share of low-income children on Title I-A may serve a school."""

    DISTRICT_AVERAGE = "district average"
    SPAN_AVERAGE = "grade span average"
    THIRTY_FIVE = "35 percent"


class Ranking(StrEnum):
    """Among whom schools of at most 75 percent are ranked."""

    DISTRICT = "whole district"
    SPANS = "grade spans"


class Serving(StrEnum):
    """Which of the schools in rank order are served."""

    AS_FAR = "as far as the money reaches"
    AS_MARKED = "as marked"


class PrivateShare(StrEnum):
    """What the share of private-school children is taken from."""

    WHOLE = "whole allocation"
    AREA = "each attendance area"


class Fact(StrEnum):
    """What a row of the sheet Federal holds."""

    CODE = "code of a fund"
    CODES = "grade spans separated by semicolons"
    OPTION = "one of a list"
    BANDS = "dollars per child, or shares and dollars"
    DOLLARS = "dollars"
    PUPILS = "pupils"
    YES_NO = "yes or no"
    TEXT = "words"


@dataclass(frozen=True, slots=True)
class FactInfo:
    """How a row of the sheet Federal is named and filled.

    Parameters
    ----------
    title : str
    fact : Fact
    help : str
        One sentence for the person who fills it.
    options : tuple of str
    """

    title: str
    fact: Fact
    help: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Band:
    """Title I-A dollars for each low-income child of a school above a share of low-income children.

    Parameters
    ----------
    above : Decimal, share
        From 0 (every school) to less than 1.
    per_child : Cents
    """

    above: Decimal
    per_child: Cents


def _fact(title: str, fact: Fact, words: str, default: Any = None, options: type[StrEnum] | None = None) -> Any:
    listed = tuple(option.value for option in options) if options else ()
    return dataclasses.field(default=default, metadata={"fact": FactInfo(title, fact, words, listed)})


@dataclass(frozen=True, slots=True)
class Federal:
    """What a district chose and spent under federal law; None is unknown and never zero.

    Fields say by themselves how they are named on the sheet Federal.

    Raises
    ------
    InvalidValue
        If amounts per child do not fall with the share of low-income children.
    """

    title_one_fund: str | None = _fact("Title I fund", Fact.CODE, "Code of the fund that holds Title I-A.")
    poverty_measure: str = _fact(
        "Title I poverty measure", Fact.TEXT, "The one measure behind the low-income counts of all schools.", ""
    )
    eligibility: Eligibility = _fact(
        "Title I eligibility",
        Fact.OPTION,
        "From which share of low-income children on a school may be served.",
        Eligibility.DISTRICT_AVERAGE,
        Eligibility,
    )
    ranking: Ranking = _fact(
        "Title I ranking",
        Fact.OPTION,
        "Schools above 75 % come first in any case; the others are ranked together or by grade span.",
        Ranking.DISTRICT,
        Ranking,
    )
    spans: tuple[str, ...] = _fact(
        "Title I grade spans", Fact.CODES, "Grade spans that are served when ranked by span; blank means all.", ()
    )
    first_at_half: tuple[str, ...] = _fact(
        "Title I first above 50 percent",
        Fact.CODES,
        "Grade spans of high schools that come first above 50 % already; blank means none.",
        (),
    )
    serving: Serving = _fact(
        "Title I schools",
        Fact.OPTION,
        "Served in rank order by money, or as marked on Schools.",
        Serving.AS_FAR,
        Serving,
    )
    bands: tuple[Band, ...] = _fact(
        "Title I dollars per child",
        Fact.BANDS,
        "Blank spreads all there is evenly; otherwise 700, or 65 %: 950; 50 %: 900; 0 %: 850.",
        (),
    )
    private_share: PrivateShare = _fact(
        "Title I private-school share",
        Fact.OPTION,
        "Taken from the whole allocation (law since 2016) or from each attendance area (before).",
        PrivateShare.WHOLE,
        PrivateShare,
    )
    esea_second_year: Cents | None = _fact(
        "ESEA spending, second preceding year", Fact.DOLLARS, "State and local dollars for free public education."
    )
    esea_year: Cents | None = _fact(
        "ESEA spending, preceding year", Fact.DOLLARS, "State and local dollars for free public education."
    )
    esea_second_pupils: int | None = _fact("ESEA pupils, second preceding year", Fact.PUPILS, "Pupils of that year.")
    esea_pupils: int | None = _fact("ESEA pupils, preceding year", Fact.PUPILS, "Pupils of that year.")
    esea_failed_before: bool | None = _fact(
        "ESEA effort missed in the five years before",
        Fact.YES_NO,
        "Whether a year before the preceding one was missed.",
    )
    idea_local_before: Cents | None = _fact(
        "IDEA local spending, comparison year", Fact.DOLLARS, "Last year that kept effort by local dollars."
    )
    idea_local: Cents | None = _fact(
        "IDEA local spending, this year", Fact.DOLLARS, "Local dollars for pupils with disabilities."
    )
    idea_all_before: Cents | None = _fact(
        "IDEA state and local spending, comparison year", Fact.DOLLARS, "Last year that kept effort by both."
    )
    idea_all: Cents | None = _fact(
        "IDEA state and local spending, this year", Fact.DOLLARS, "State and local dollars for the same pupils."
    )
    idea_children_before: int | None = _fact(
        "IDEA children, comparison year", Fact.PUPILS, "Children with disabilities counted that year."
    )
    idea_children: int | None = _fact("IDEA children, this year", Fact.PUPILS, "Children with disabilities this year.")
    idea_exceptions: Cents | None = _fact(
        "IDEA exceptions", Fact.DOLLARS, "Dollars that 34 CFR 300.204 lets go; zero if none are claimed."
    )
    idea_adjustment: Cents | None = _fact(
        "IDEA adjustment", Fact.DOLLARS, "Dollars that 34 CFR 300.205 lets go; zero if none are claimed."
    )

    def __post_init__(self) -> None:
        falling = sorted(self.bands, key=lambda band: -band.above)
        if any(not 0 <= band.above < 1 or band.per_child <= 0 for band in falling):
            raise InvalidValue(
                "Title I dollars per child: each share is from 0 % to below 100 %, each amount above $0."
            )
        if any(a.per_child < b.per_child or a.above == b.above for a, b in pairwise(falling)):
            raise InvalidValue("Title I dollars per child: a school with a smaller share may not get more for a child.")
        object.__setattr__(self, "bands", tuple(falling))


def facts_asked() -> dict[str, FactInfo]:
    """Return the rows of the sheet Federal by field, in order."""
    return {item.name: item.metadata["fact"] for item in dataclasses.fields(Federal)}
