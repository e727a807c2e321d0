"""No school loses more than so many of a list of positions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District, School
from equity_alloc.domain.errors import UnknownCode
from equity_alloc.domain.finding import Breach, Unit
from equity_alloc.domain.fte import Hundredths
from equity_alloc.domain.source import Source
from equity_alloc.rules.base import Floors, Force, Model, Posts
from equity_alloc.rules.positions import positions_named
from equity_alloc.rules.ratio import kind_setting, schools_of_kind
from equity_alloc.rules.setting import Choice, basis_setting, force_setting, refuse_out_of_range, setting


class Loss(StrEnum):
    """What counts as the loss of a position at a school."""

    ALL = "when its smallest post is gone"
    ANY = "when any of it is cut"


@dataclass(frozen=True, slots=True)
class ProgramFloor:
    """Cuts may take one of the listed positions from a school, and not the next one too."""

    code: ClassVar[str] = "program-floor"
    title: ClassVar[str] = "No school loses more than so many of the listed positions"
    says: ClassVar[str] = (
        "A school that had the listed positions last year loses no more than the stated number of them."
    )
    source: ClassVar[Source] = Source("The district's budget guidelines", "least program offer at each school")
    always: ClassVar[bool] = False

    positions: tuple[str, ...] = setting((), label="Positions", choice=Choice.POSITION)
    lost: Decimal = setting(Decimal(1), label="Lost at a school at most", least="0", most="20", step="1")
    loss: Loss = setting(Loss.ALL, label="A position is lost", options=tuple(loss.value for loss in Loss))
    kind: str = kind_setting()
    force: Force = force_setting("promise")
    basis: str = basis_setting()

    def __post_init__(self) -> None:
        refuse_out_of_range(self)

    def constrain(self, model: Model) -> None:
        """Ask for the floors of each school, of which so many may be missed."""
        for school, floors in self._floors(model.district):
            asked = tuple((Posts(school.code, code), least) for code, least in floors)
            model.require_floors(Floors(self.code, school.label, asked, int(self.lost)))

    def check(self, district: District, allocation: Allocation) -> Iterator[Breach]:
        """Count what each school loses."""
        for school, floors in self._floors(district):
            lost = self._lost(district, allocation, school, floors)
            if len(lost) > int(self.lost):
                words = (
                    f"{school.label} loses {' and '.join(lost)}; it may lose {int(self.lost)} of the listed positions."
                )
                yield Breach(self.code, school.label, len(lost) - int(self.lost), Unit.POSITIONS, words)

    def slack(self, district: District, allocation: Allocation) -> Iterator[tuple[str, int, Unit]]:
        """Yield how many positions each school could still lose, of those that the rule lets go."""
        for school, floors in self._floors(district):
            lost = self._lost(district, allocation, school, floors)
            yield school.name, int(self.lost) - len(lost), Unit.POSITIONS

    def explain(self, district: District) -> str:
        """Name the positions and how many schools had more than may be lost."""
        titles = [positions_named(district, code)[0].title for code in self._listed()]
        held = sum(1 for _ in self._floors(district))
        n_schools = f"{held} school{'s' * (held != 1)}"
        return (
            f"Of {', '.join(titles)} no school loses more than {int(self.lost)}; a position is lost {self.loss.value}. "
            f"{n_schools} had more than that last year."
        )

    def _listed(self) -> tuple[str, ...]:
        if not self.positions:
            raise UnknownCode("No position is listed, so no program would be protected. Choose at least one.")
        return tuple(dict.fromkeys(self.positions))

    def _floors(self, district: District) -> Iterator[tuple[School, list[tuple[str, Hundredths]]]]:
        """Yield the schools that could lose too many, with the floor of each position that they had."""
        positions = [positions_named(district, code)[0] for code in self._listed()]
        for school in schools_of_kind(district, self.kind):
            floors = []
            for position in positions:
                had = district.today.fte_of.get((school.code, position.code), 0)
                least = had if self.loss is Loss.ANY else max(position.step, position.smallest)
                if had >= least > 0:
                    floors.append((position.code, least))
            if len(floors) > int(self.lost):
                yield school, floors

    def _lost(
        self, district: District, allocation: Allocation, school: School, floors: list[tuple[str, Hundredths]]
    ) -> list[str]:
        return [
            district.position_of[code].title
            for code, least in floors
            if allocation.fte_of.get((school.code, code), 0) < least
        ]
