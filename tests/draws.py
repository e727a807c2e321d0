"""Drawn at random from a seed: settings of any rule or objective, odd districts, and allocations near a limit."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Iterator
from decimal import Decimal
from enum import Enum
from typing import Any

from equity_alloc.catalogue import rule_classes
from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import (
    CentralSpending,
    District,
    Fund,
    GroupUse,
    Position,
    School,
    Spending,
    Staffing,
    StudentGroup,
)
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.federal import FundSource, TitleOne
from equity_alloc.domain.need import NeedWeight
from equity_alloc.formulas.use import FormulaUse
from equity_alloc.problem.problem import Problem, quantity_in
from equity_alloc.rules.base import Counted, Cut, Posts
from equity_alloc.rules.formula_entitlement import FormulaEntitlement
from equity_alloc.rules.setting import Choice, SettingInfo, settings_of
from equity_alloc.scenario import Scenario

STEPS = (10, 20, 25, 50, 100)


def choices(district: District, choice: Choice) -> list[str]:
    """Return what the district offers for a text setting."""
    positions = [position.code for position in district.positions]
    return {
        Choice.POSITION: positions,
        Choice.GROUP: ["enrollment", *(group.code for group in district.groups if group.use is GroupUse.NEED)],
        Choice.SCHOOL_KIND: sorted({school.kind for school in district.schools}),
        Choice.SCHOOL: [school.code for school in district.schools],
        Choice.LINE: list(district.lines),
        Choice.ITEM: positions + list(district.lines),
        Choice.FUND: [fund.code for fund in district.funds],
        Choice.CENTRAL: list(district.central_lines),
        Choice.CLASS_CAPS: ["K-3 18; 4-8 22; 9-12 25", "K 29; 1 31; 2-5 33", "6-8 30"],
        Choice.TEXT: ["Board policy 3110"],
        Choice.FORMULA: formula_texts(district),
    }[choice]


def formula_texts(district: District) -> list[str]:
    """Return formulas that this district can work out (or cannot, where a count of a group is unknown)."""
    groups = [group.code for group in district.groups if group.use is GroupUse.NEED]
    positions = [position.code for position in district.positions]
    head = 'format = 1\nname = "drawn"\n'
    value = '[value]\n{0} = {{ value = {1}, unit = "{2}", from = 2025-07-01, source = "case" }}\n'
    source = '[source.case]\ntitle = "Case"\nlocator = "drawn"\n'
    pupils = '[[component]]\nkind = "per-pupil"\nname = "{0}"\ncount = "{0}"\namount = "a"\n'
    posts = (
        '[[component]]\nkind = "ratio-staffing"\nname = "posts"\nposition = "{0}"\ncount = "enrollment"\npupils = "r"\n'
    )
    found = []
    for dollars in ("1", "4321.09"):
        money = head + source + value.format("a", dollars, "dollars per pupil")
        found += [money + pupils.format(count) for count in ("enrollment", *groups[:1])]
    for position in positions[:2]:
        found.append(head + source + value.format("r", 450, "pupils per FTE") + posts.format(position))
    return found


def draw_setting(draw: random.Random, district: District, default: Any, info: SettingInfo) -> Any:
    """Return a value that the setting's own description allows; ValueError where the district offers none."""
    if info.options:
        option = draw.choice(info.options)
        return type(default)(option) if isinstance(default, Enum) else option
    if isinstance(default, Decimal):
        step = info.step or Decimal("0.01")
        value = draw.choice((default, info.least, info.most, default + step * draw.randint(-15, 15)))
        value = default if value is None else value
        value = max(value, info.least) if info.least is not None else value
        return min(value, info.most) if info.most is not None else value
    offered = choices(district, info.choice) if info.choice else []
    if isinstance(default, tuple):
        return tuple(draw.sample(offered, draw.randint(min(1, len(offered)), len(offered))))
    if default and draw.random() < 0.4:
        return default
    if not offered:
        raise ValueError
    return draw.choice(offered)


def draw_member(draw: random.Random, kind: type, district: District) -> Any | None:
    """Return a rule or objective of a class with settings drawn from its metadata, or None where nothing fits."""
    defaults = {item.name: item.default for item in dataclasses.fields(kind)}
    for _ in range(20):
        try:
            values = {n: draw_setting(draw, district, defaults[n], info) for n, info in settings_of(kind).items()}
            return kind(**values)
        except ValueError:
            return None
        except InvalidValue:
            continue
    return None


def odd_district(seed: int) -> District:
    """Return a district with anything from no positions, no lines and one empty school to six schools and six funds."""
    draw = random.Random(seed)
    positions = tuple(
        Position(
            f"p{k}", f"Position {k}", draw.randint(30, 160) * 100_000, step, draw.choice((0, step, 2 * step)), k != 1
        )
        for k, step in enumerate(draw.choices(STEPS, k=draw.randint(0, 4)))
    )
    lines = [f"Line {k}" for k in range(draw.randint(0, 3))]
    groups = tuple(
        StudentGroup(f"g{k}", f"Group {k}", GroupUse.AUDIT if k == 2 else GroupUse.NEED)
        for k in range(draw.randint(0, 3))
    )
    unknown = draw.random() < 0.2
    schools = []
    for n in range(draw.randint(1, 6)):
        pupils = draw.choice((0, draw.randint(1, 60), draw.randint(100, 900), draw.randint(100, 900)))
        counts = tuple(
            (group.code, None if unknown and draw.random() < 0.3 else draw.randint(0, pupils)) for group in groups
        )
        last = draw.choice((pupils, draw.randint(0, 900), None if unknown else pupils))
        # Drawn from the number of the school, so that what was drawn before stays as it was.
        status = None if unknown and n == 0 else tuple(TitleOne)[(seed + n) % len(TitleOne)]
        kind = draw.choice(("elementary", "high"))
        federal = {"title_one": status, "low_income": pupils // 3, "private_low_income": n}
        schools.append(School(f"{n:02d}", f"School {n}", kind, pupils, last, counts, **federal))
    codes = [school.code for school in schools]
    funds = [Fund("f0", "Fund 0", 0)]
    for k in range(1, draw.randint(1, 5)):
        own = draw.choice(("", "", "last-year", *(group.code for group in groups if group.use is GroupUse.NEED)))
        funds.append(
            Fund(
                f"f{k}",
                f"Fund {k}",
                0,
                counts=not own or draw.random() < 0.5,
                shared_by=own,
                schools=draw.choice((("*",), tuple(draw.sample(codes, draw.randint(1, len(codes)))))),
                positions=draw.choice((("*",), tuple(p.code for p in positions if draw.random() < 0.6))),
                lines=draw.choice((("*",), tuple(line for line in lines if draw.random() < 0.6))),
            )
        )
    staffing, spending = [], []
    for school in schools:
        for position in positions:
            payers = [f.code for f in funds if f.serves(school.code) and f.pays_position(position.code)]
            fte = max(position.smallest, draw.randint(0, 8) * position.step)
            if fte and draw.random() < 0.9:
                staffing.append(Staffing(school.code, position.code, draw.choice(payers), fte))
        for line in lines:
            payers = [f.code for f in funds if f.serves(school.code) and f.pays_line(line)]
            spending.append(Spending(school.code, line, draw.choice(payers), draw.randint(0, 30_000_000)))
    central = tuple(
        CentralSpending("Transport", fund.code, draw.randint(0, 10_000_000)) for fund in funds if draw.random() < 0.3
    )
    parts = (tuple(schools), groups, positions)
    rows = (tuple(staffing), tuple(spending), central)
    first = District("Odd", "2026-27", *parts, tuple(funds), *rows)
    growth = draw.choice((1.0, 1.0, 1.03, 1.2, 0.97))
    sized = tuple(
        dataclasses.replace(
            fund,
            amount=int(first.today.fund_dollars(fund.code) * growth) + first.central_of(fund.code),
            source=FundSource.LOCAL if fund.counts else FundSource.FEDERAL,
        )
        for fund in funds
    )
    return District("Odd", "2026-27", *parts, sized, *rows)


def odd_scenario(seed: int, district: District) -> Scenario:
    """Return a scenario with need weights and up to four rules of any kind, half of them as they come."""
    draw = random.Random(seed)
    kinds = [kind for kind in rule_classes().values() if not kind.always]
    rules = []
    for kind in draw.sample(kinds, draw.randint(0, 4)):
        rule = draw_member(draw, kind, district)
        if rule is not None:
            mild = {name: draw_mild(draw, rule, name) for name in settings_of(rule) if draw.random() < 0.7}
            rules.append(
                dataclasses.replace(rule, **{name: value for name, value in mild.items() if value is not None})
            )
    weights = tuple(
        NeedWeight(group.code, Decimal(draw.randint(0, 20)) / 10)
        for group in district.groups
        if group.use is GroupUse.NEED and draw.random() < 0.5
    )
    formula = next((FormulaUse(rule.text, rule.use) for rule in rules if isinstance(rule, FormulaEntitlement)), None)
    texts = formula_texts(district)
    if formula is None and texts and draw.random() < 0.2:
        formula = FormulaUse(draw.choice(texts))
    return Scenario(need_weights=weights, rules=tuple(rules), tolerance=draw.choice((0, 500)), formula=formula)


def draw_mild(draw: random.Random, rule: Any, name: str) -> Any | None:
    """Return a value with which a district can live, so that not every scenario is impossible; None to keep what is."""
    mild = {
        "share": (Decimal("0.8"), Decimal("0.9"), Decimal("0.95")),
        "gain": (Decimal("0.05"), Decimal("0.2")),
        "pupils_per_fte": (Decimal(0), Decimal(400)),
        "least_fte": (Decimal(0), Decimal("0.5")),
        "least": (Decimal("0.5"), Decimal("0.9")),
        "most": (Decimal("1.2"), Decimal(2)),
        "fte": (Decimal(1), Decimal(2)),
    }
    most = settings_of(rule)[name].most
    fitting = [value for value in mild.get(name, ()) if most is None or value <= most]
    return draw.choice(fitting) if fitting else None


def perturbed(draw: random.Random, district: District, allocation: Allocation) -> Allocation:
    """Return an allocation with a few entries changed: posts, who pays, by how much, for what."""
    fte, pay, dollars = dict(allocation.fte), dict(allocation.pay), dict(allocation.dollars)
    school = lambda: draw.choice(district.schools).code  # noqa: E731
    fund = lambda: draw.choice(district.funds).code  # noqa: E731
    amount = lambda: draw.choice((-1, 1, draw.randint(-500_000, 500_000)))  # noqa: E731
    for _ in range(draw.randint(1, 4)):
        if district.positions and draw.random() < 0.6:
            position = draw.choice(district.positions)
            key = (school(), position.code)
            if draw.random() < 0.5:
                fte[key] = fte.get(key, 0) + draw.choice((position.step, -position.step, 37, 1))
            else:
                payment = (*key, fund())
                pay[payment] = pay.get(payment, 0) + amount()
        else:
            at = (school(), draw.choice((*district.lines, "A line that nobody knows")), fund())
            dollars[at] = dollars.get(at, 0) + amount()
    return Allocation.of(fte, pay, dollars)


def emptied_and_doubled(district: District, allocation: Allocation) -> Iterator[Allocation]:
    """Yield, for each school, the allocation in which it alone has nothing, and the one in which it has twice as much."""
    for school in district.school_of:
        for factor in (0, 2):
            parts = (
                {key: value * factor if key[0] == school else value for key, value in part}
                for part in (allocation.fte, allocation.pay, allocation.dollars)
            )
            yield Allocation.of(*parts)


def with_payment(district: District, allocation: Allocation, school: str, fund: str, cents: int) -> Allocation | None:
    """Return the allocation with so many cents more (or fewer) from a fund at a school, on a line if there is one."""
    pay, dollars = dict(allocation.pay), dict(allocation.dollars)
    if district.lines:
        line = next((line for line in district.lines if district.fund_of[fund].pays_line(line)), district.lines[0])
        at = (school, line, fund)
        dollars[at] = dollars.get(at, 0) + cents
    elif district.positions:
        at = (school, district.positions[0].code, fund)
        pay[at] = pay.get(at, 0) + cents
    else:
        return None
    return Allocation.of(allocation.fte_of, pay, dollars)


def at_the_limits(district: District, problem: Problem, allocation: Allocation) -> Iterator[Allocation]:
    """Yield, for each thing that a rule asked for, an allocation that just keeps it and one that just does not."""
    counted = district.counted_funds
    for limit in problem.limits:
        coefficient, quantity = limit.terms[0]
        if isinstance(quantity, Cut) and coefficient == 1:
            total = sum(quantity_in(district, allocation, term) for _, term in limit.terms)
            had = district.today.fte_of.get((quantity.school, quantity.position), 0)
            for value in (-1, 0, 1):
                cut = quantity_in(district, allocation, quantity) + (limit.most or 0) - total + value
                fte = {**allocation.fte_of, (quantity.school, quantity.position): had - cut}
                yield Allocation.of(fte, allocation.pay_of, allocation.dollars_of)
        if len(limit.terms) > 1 or coefficient != 1 or isinstance(quantity, Cut):
            continue
        has = quantity_in(district, allocation, quantity)
        for goal in (limit.least, limit.most):
            for value in () if goal is None else (goal - 1, goal, goal + 1):
                if isinstance(quantity, Posts):
                    fte = {**allocation.fte_of, (quantity.school, quantity.position): value}
                    yield Allocation.of(fte, allocation.pay_of, allocation.dollars_of)
                elif isinstance(quantity, Counted):
                    made = counted and with_payment(district, allocation, quantity.school, counted[0], value - has)
                    if made:
                        yield made
                else:
                    at = (quantity.school, quantity.line, district.funds[0].code)
                    dollars = dict(allocation.dollars)
                    dollars[at] = dollars.get(at, 0) + value - has
                    yield Allocation.of(allocation.fte_of, allocation.pay_of, dollars)
    first = district.schools[0].code
    for fund, cap in problem.caps.items():
        for more in (0, 1):
            made = with_payment(district, allocation, first, fund, cap + more - allocation.fund_dollars(fund))
            if made:
                yield made
    for fund, shares in problem.shares.items():
        for school in district.school_of:
            for more in (0, 1):
                has = allocation.by_school_fund.get((school, fund), 0)
                made = with_payment(district, allocation, school, fund, shares.get(school, 0) + more - has)
                if made:
                    yield made
    for fund in {**problem.opened, **problem.closed}:
        for school in district.school_of:
            for position in district.position_of:
                pay = {**allocation.pay_of, (school, position, fund): 1}
                yield Allocation.of(allocation.fte_of, pay, allocation.dollars_of)
            for line in district.lines:
                dollars = {**allocation.dollars_of, (school, line, fund): 1}
                yield Allocation.of(allocation.fte_of, allocation.pay_of, dollars)
    for position in problem.steps:
        for value in (37, problem.steps[position][0], problem.steps[position][1]):
            fte = {**allocation.fte_of, (first, position): value}
            yield Allocation.of(fte, allocation.pay_of, allocation.dollars_of)
