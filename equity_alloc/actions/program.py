"""A menu as a program in whole numbers: one column for each option and fund, and a row for everything that limits."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from equity_alloc.actions.menu import Menu, Option
from equity_alloc.actions.settings import Settings
from equity_alloc.problem.program import Program

Terms = dict[int, int]


@dataclass(slots=True)
class Built:
    """The program of a menu.

    Parameters
    ----------
    program : Program
    steps : dict of (int, str) to int
        Column of the steps of an option that a fund pays, by place of the option and fund code.
    is_open : dict of int to int
        Column that is one where an option is bought at all.
    gains : dict of str to Terms
        Effect times pupils in ten-thousandths, by outcome.
    costs, urgency : dict of int to int
        Cents, and pupils times how much they add to the gap, by column of steps.
    held_first : dict of int to int
        Dollars times how narrow the fund is that pays them, by column of steps.
    """

    program: Program = field(default_factory=Program)
    steps: dict[tuple[int, str], int] = field(default_factory=dict)
    is_open: dict[int, int] = field(default_factory=dict)
    gains: dict[str, Terms] = field(default_factory=lambda: defaultdict(dict))
    costs: Terms = field(default_factory=dict)
    urgency: Terms = field(default_factory=dict)
    held_first: Terms = field(default_factory=dict)

    def of(self, place: int, option: Option) -> list[int]:
        """Return the columns of an option's steps."""
        return [self.steps[place, fund] for fund in option.funds]


def build_program(menu: Menu, settings: Settings) -> Built:
    """Return the program."""
    built = Built()
    narrow = _narrowness(menu)
    for place, option in enumerate(menu.options):
        built.is_open[place] = built.program.column(1)
        for fund in option.funds:
            column = built.steps[place, fund] = built.program.column(option.most)
            built.costs[column], built.urgency[column] = option.cost, option.reach * option.urgency
            built.held_first[column] = option.cost // 100 * narrow[fund]
        steps = built.of(place, option)
        built.program.row(dict.fromkeys(steps, 1) | {built.is_open[place]: -option.most}, None, 0)
        built.program.row(dict.fromkeys(steps, 1) | {built.is_open[place]: -option.least}, 0, None)
    _money(built, menu, settings)
    by_code: dict[str, list[tuple[int, Option]]] = defaultdict(list)
    for place, option in enumerate(menu.options):
        by_code[option.intervention.code].append((place, option))
    for members in by_code.values():
        _supply(built, members)
        _pilot(built, members, settings)
        _gains(built, members)
    _apart(built, menu)
    _together(built, menu, settings)
    return built


def _narrowness(menu: Menu) -> dict[str, int]:
    """Return the rank of each fund: money that comes once first, then what reaches the fewest of the options, then by code."""
    reached = {
        fund: sum(fund in option.funds for option in menu.options) for pot in menu.pots for fund in (pot.money.fund,)
    }
    once = {pot.money.fund for pot in menu.pots if pot.is_one_time}
    ordered = sorted(reached, key=lambda fund: (fund not in once, reached[fund], fund))
    return {fund: len(ordered) - place for place, fund in enumerate(ordered)}


def _money(built: Built, menu: Menu, settings: Settings) -> None:
    """No fund pays more than is set aside in it, and no intervention takes more than its share."""
    amounts: dict[str, int] = defaultdict(int)
    for pot in menu.pots:
        amounts[pot.money.fund] += pot.amount
    for fund, amount in amounts.items():
        paid = {c: menu.options[place].cost for (place, code), c in built.steps.items() if code == fund}
        built.program.row(paid, None, amount)
    if settings.most_share is None:
        return
    most = int(settings.most_share * menu.total)
    for code in sorted({option.intervention.code for option in menu.options}):
        spent = {
            c: option.cost
            for place, option in enumerate(menu.options)
            if option.intervention.code == code
            for c in built.of(place, option)
        }
        built.program.row(spent, None, most)


def _supply(built: Built, members: list[tuple[int, Option]]) -> None:
    intervention = members[0][1].intervention
    if intervention.supply is not None:
        units = intervention.step if intervention.reach else 1
        built.program.row({c: units for place, o in members for c in built.of(place, o)}, None, intervention.supply)


def _pilot(built: Built, members: list[tuple[int, Option]], settings: Settings) -> None:
    """Behind causes that are not tested an intervention starts at a few schools, or at none."""
    untested = [built.is_open[place] for place, option in members if not option.standing.is_tested]
    if not untested:
        return
    starts = built.program.column(1)
    built.program.row(dict.fromkeys(untested, 1) | {starts: -settings.pilot_most}, None, 0)
    built.program.row(dict.fromkeys(untested, 1) | {starts: -settings.pilot_least}, 0, None)


def _gains(built: Built, members: list[tuple[int, Option]]) -> None:
    """What pupils gain; where larger programs do less, all pupils of a program stand in the band of its size."""
    first = members[0][1]
    gains = built.gains[first.outcome]
    if len(first.bands) == 1:
        for place, option in members:
            gains |= dict.fromkeys(built.of(place, option), option.reach * first.bands[0][1])
        return
    most = sum(option.most * option.reach for _, option in members)
    served = {c: option.reach for place, option in members for c in built.of(place, option)}
    sizes, choice = dict(served), {}
    ends = [fewest for fewest, _ in first.bands[1:]]
    for (fewest, effect), end in zip(first.bands, [*ends, most + 1], strict=True):
        if fewest > most:
            continue
        pupils, is_size = built.program.column(min(most, end - 1)), built.program.column(1)
        built.program.row({pupils: 1, is_size: -min(most, end - 1)}, None, 0)
        built.program.row({pupils: 1, is_size: -fewest}, 0, None)
        sizes[pupils], choice[is_size] = -1, 1
        gains[pupils] = effect
    built.program.row(sizes, 0, 0)
    built.program.row(choice, None, 1)


def _apart(built: Built, menu: Menu) -> None:
    """Two interventions that do the same work are not bought for one school."""
    for place, option in enumerate(menu.options):
        for other, second in enumerate(menu.options[:place]):
            if option.school == second.school and are_apart(option, second):
                built.program.row({built.is_open[place]: 1, built.is_open[other]: 1}, None, 1)


def are_apart(one: Option, other: Option) -> bool:
    """Whether two options do the same work."""
    a, b = one.intervention, other.intervention
    return b.code in a.apart_from or a.code in b.apart_from


def _together(built: Built, menu: Menu, settings: Settings) -> None:
    """The average pupil of a group at a school is not taken to gain more than studies make believable."""
    if settings.most_gain is None:
        return
    cells: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for place, option in enumerate(menu.options):
        effect, group = option.intervention.effect, option.standing.group
        if effect is not None and effect.unit == "SD" and group is not None:
            # Two causes may stand behind one gap: the pupil is the same.
            cells[option.school, group.code, option.outcome].append(place)
    for places in cells.values():
        # In the smallest program the effect is largest, so this holds whatever the size turns out to be.
        gains = {
            c: menu.options[p].reach * max(e for _, e in menu.options[p].bands)
            for p in places
            for c in built.of(p, menu.options[p])
        }
        built.program.row(gains, None, settings.most_gain * max(menu.options[p].pupils for p in places))
