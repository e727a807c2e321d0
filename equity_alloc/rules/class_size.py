"""Each school has the posts that its classes need: a cap on class size, grade by grade."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from equity_alloc.domain.district import District, School
from equity_alloc.domain.finding import Gap
from equity_alloc.domain.fte import print_fte
from equity_alloc.domain.number import print_number, print_share
from equity_alloc.domain.source import Source
from equity_alloc.rules.base import Force, Posts
from equity_alloc.rules.class_caps import LAWS, OWN_CAPS, caps_of, classes_needed, read_caps
from equity_alloc.rules.held import Held, HeldRule
from equity_alloc.rules.ratio import concerned, kind_setting, position_setting, staffing_words, up_to_step
from equity_alloc.rules.setting import Choice, basis_setting, force_setting, refuse_out_of_range, setting


@dataclass(frozen=True, slots=True)
class ClassSize(HeldRule):
    """A floor of posts: over the grades, pupils divided by the cap, rounded up to whole classes grade by grade."""

    code: ClassVar[str] = "class-size"
    title: ClassVar[str] = "Each school has the posts that its classes need"
    says: ClassVar[str] = (
        "The stated share of the classes of each grade has no more pupils than the grade's cap; so many classes need so "
        "many posts."
    )
    source: ClassVar[Source] = Source(
        "Florida Statutes, Maximum class size",
        "section 1003.03(1)",
        "https://www.leg.state.fl.us/statutes/index.cfm?App_mode=Display_Statute&URL=1000-1099/1003/Sections/1003.03.html",
        "2024",
    )

    position: str = position_setting()
    law: str = setting("Florida", label="Caps from", options=(*LAWS, OWN_CAPS))
    caps: str = setting(
        "K-3 18; 4-8 22; 9-12 25",
        label="Own caps by grade",
        choice=Choice.CLASS_CAPS,
        hint="Read only where the caps are the district's own. Grades are 3K, PK, K and 1 to 12.",
    )
    share: Decimal = setting(
        Decimal(1),
        label="Share of classes within the cap",
        unit="share",
        least="0",
        most="1",
        step="0.05",
        hint="A law that is phased in asks for a part of the classes each year.",
    )
    largest: Decimal = setting(
        Decimal(34), label="Most pupils in the other classes", unit="pupils per class", least="1", most="200", step="1"
    )
    posts: Decimal = setting(Decimal(1), label="Posts for each class", unit="FTE", least="0.1", most="4", step="0.1")
    kind: str = kind_setting()
    force: Force = force_setting("law")
    basis: str = basis_setting()

    def __post_init__(self) -> None:
        refuse_out_of_range(self)
        read_caps(self._caps)

    def gaps(self, district: District) -> Iterator[Gap]:
        """Name the grades without a count, school by school."""
        schools = concerned(district, self.position, self.kind)
        caps = read_caps(self._caps)
        lacks = {school: _unknown(school, caps) for school in schools}
        if len(schools) > 1 and all(len(grades) == len(caps) for grades in lacks.values()):
            yield Gap("Schools", _columns(lacks[schools[0]]), "every school")
            return
        for school, grades in lacks.items():
            if grades:
                yield Gap("Schools", _columns(grades), school.label)

    def held(self, district: District) -> Iterator[Held]:
        """Yield the posts at each school whose grades are counted, with the least that its classes need."""
        caps = read_caps(self._caps)
        for school in concerned(district, self.position, self.kind):
            if not _unknown(school, caps):
                position = district.position_of[self.position]
                least = up_to_step(self._classes(school, caps) * Fraction(self.posts) * 100, position.step)
                yield Held(school, position.title, Posts(school.code, position.code), least, None)

    def outside_words(self, district: District, item: Held, has: int) -> str:
        """Name the classes and the posts that they need."""
        return (
            f"{item.school.label} has {print_fte(has)} FTE of {item.what}; its {self._classes(item.school, read_caps(self._caps))} classes "
            f"need {print_fte(item.least or 0)}."
        )

    def explain(self, district: District) -> str:
        """State the caps and the posts they call for in all."""
        held = list(self.held(district))
        caps = f"at most {self._caps} pupils in a class".replace(";", ",")
        if self.share < 1:
            caps += f" in {print_share(self.share)} of the classes and {print_number(self.largest)} in the others"
        total = sum(item.least or 0 for item in held)
        title = district.position_of[self.position].title
        return staffing_words(title, [caps], "no caps", len(held), total, "need")

    @property
    def _caps(self) -> str:
        return caps_of(self.law, self.caps)

    def _classes(self, school: School, caps: dict[str, int]) -> int:
        counts = dict(school.grades)
        return sum(classes_needed(counts[grade] or 0, cap, self.share, self.largest) for grade, cap in caps.items())


def _unknown(school: School, caps: dict[str, int]) -> tuple[str, ...]:
    """Return the grades that have a cap and no count."""
    counts = dict(school.grades)
    return tuple(grade for grade in caps if counts.get(grade) is None)


def _columns(grades: tuple[str, ...]) -> str:
    return ", ".join(f"Grade {grade}" for grade in grades)
