"""A small invented district for interventions: schools with a need group and a protected one, a gap, and money set aside."""

from __future__ import annotations

from decimal import Decimal

from equity_alloc.domain.action import ActionMoney, Actions
from equity_alloc.domain.cause import Bone, Cause, CauseStatus
from equity_alloc.domain.district import CentralSpending, District, Fund, GroupUse, School, StudentGroup
from equity_alloc.domain.intervention import Cost, Effect, Intervention
from equity_alloc.domain.outcome import ALL_PUPILS, Area, Better, Indicator, OutcomeCount
from equity_alloc.domain.terms import FundTerms
from equity_alloc.scenario import Scenario

LINE = "Targeted interventions"
GAP, GROUP = "Chronically absent", "Economically disadvantaged"


def small_district(
    pupils: tuple[int, ...] = (200, 160, 120),
    *,
    dollars: tuple[int, ...] = (100_000,),
    one_time: tuple[bool, ...] = (False,),
    kinds: tuple[str, ...] = (),
    protected: tuple[int, ...] = (),
) -> District:
    """Return schools 1, 2 ... with so many pupils of the need group and as many others; three of ten against one of ten absent."""
    codes = [f"{number:02d}" for number in range(1, len(pupils) + 1)]
    minority = protected or tuple(count // 3 for count in pupils)
    schools = tuple(
        School(
            code,
            f"School {code}",
            kinds[place] if kinds else "elementary",
            2 * count,
            groups=(("poor", count), ("black", minority[place])),
            grades=(("K", count // 5), ("1", count // 5)),
        )
        for place, (code, count) in enumerate(zip(codes, pupils, strict=True))
    )
    funds = tuple(Fund(f"F{i}", f"Fund {i}", 10_000_000_00) for i in range(len(dollars)))
    return District(
        name="Small",
        year="2026-27",
        schools=schools,
        groups=(StudentGroup("poor", GROUP), StudentGroup("black", "Black", GroupUse.AUDIT)),
        funds=funds,
        central=tuple(CentralSpending(LINE, f"F{i}", amount * 100) for i, amount in enumerate(dollars)),
        terms=tuple(FundTerms(f"F{i}", one_time=is_one_time) for i, is_one_time in enumerate(one_time)),
        indicators=(Indicator(GAP, Area.OUTCOME, Better.FEWER),),
        outcomes=tuple(
            count
            for place, (code, n) in enumerate(zip(codes, pupils, strict=True))
            for count in (
                OutcomeCount(GAP, code, ALL_PUPILS, 3 * n // 10 + n // 10, 2 * n),
                OutcomeCount(GAP, code, "poor", 3 * n // 10, n),
                OutcomeCount(GAP, code, "black", minority[place] // 5, minority[place]),
            )
        ),
    )


def cause(code: str = "K1", kind: str = "x", status: CauseStatus = CauseStatus.TESTED, **words: object) -> Cause:
    """Return a cause of the gap, tested unless another status is named."""
    given: dict[str, object] = {"indicator": GAP, "group": GROUP, "words": "Because.", "bone": Bone.VOICE}
    if status is not CauseStatus.SUSPECTED:
        given |= {"evidence": "Read by two people.", "owner": "Director"}
    return Cause(code=code, kind=kind, status=status, **(given | words))  # type: ignore[arg-type]


def action(
    code: str,
    cost: int,
    effect: tuple[str, str, str] | None,
    *,
    outcome: str = "test score",
    unit: str = "SD",
    kind: str = "x",
    **more: object,
) -> Intervention:
    """Return an intervention with one price and a range of effects."""
    made = None if effect is None else Effect(outcome, unit, *map(Decimal, effect))
    given: dict[str, object] = {"unit": "pupil", "tier": 1, "source": "A study", "provenance": "seen"} | more
    return Intervention(
        code=code,
        title=code.upper(),
        causes=(kind,),
        cost=Cost(cost * 100, cost * 100, cost * 100),
        effect=made,
        **given,
    )  # type: ignore[arg-type]


def scenario(
    own: tuple[Intervention, ...],
    causes: tuple[Cause, ...] = (cause(),),
    money: tuple[ActionMoney, ...] = (ActionMoney("F0", LINE),),
) -> Scenario:
    """Return a scenario with these causes, interventions and money."""
    return Scenario(actions=Actions(causes, own, money))
