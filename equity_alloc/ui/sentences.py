"""A plan in plain words: the headline, what a change did, and the choices behind it."""

from __future__ import annotations

from equity_alloc.domain.district import District
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.fte import print_fte
from equity_alloc.domain.money import Cents, print_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.objectives.base import LoadStage, LowerLargestLoad, LowerLoads
from equity_alloc.planning.conflict import ALL_ARE_LISTED
from equity_alloc.planning.own_level import own_level
from equity_alloc.planning.plan import Impossible, OutcomeKind, Plan, Result
from equity_alloc.planning.summary import Totals, totals
from equity_alloc.rules.base import Rule
from equity_alloc.scenario import Scenario
from equity_alloc.scenario_words import formula_words, fund_words
from equity_alloc.ui.numbers import print_fte_change, print_level, print_level_change, signed
from equity_alloc.ui.proof_words import nearness

#: More rules of one kind than this are counted, not told one by one.
FEW = 3


#: Cents left over from which on the headline says so.
WORTH_TELLING = 100_000


def headline(plan: Plan, sums: Totals) -> str:
    """Return what the proposal does to the lowest school, or to the largest load where that is what it lowers."""
    stage = next(plan.scenario.objective.stages(plan.view))
    if isinstance(stage, LowerLargestLoad | LowerLoads):
        return _load_headline(plan, stage)
    unit = plan.view.levels.unit
    before, after = print_level(sums.lowest_today, unit), print_level(sums.lowest_plan, unit)
    per, own = _per(unit), _own_words(plan)
    if before == after:
        return f"{own}The lowest school stays at {after} {per}"
    return f"{own}The lowest school {'rises' if sums.lowest_plan > sums.lowest_today else 'falls'} from {before} to {after} {per}"


def _own_words(plan: Plan) -> str:
    """Return what the plan reaches by its own goal as a sentence, "" where the lowest school's level is the goal."""
    own = own_level(plan)
    if own is None:
        return ""
    before = "" if own.today is None else f", {print_level(own.today, own.unit)} last year"
    return f"{own.name}: {print_level(own.plan, own.unit)} {_per(own.unit)}{before}. "


def _per(unit: str) -> str:
    """Return what stands behind a printed level: the unit without what its dollar or percent sign says already."""
    return unit.removeprefix("dollars ").removeprefix("share ")


def _load_headline(plan: Plan, stage: LoadStage) -> str:
    score = plan.scenario.objective.score
    before, after = (abs(float(score(plan.view, each)[0])) for each in (plan.view.district.today, plan.allocation))
    title = plan.view.district.position_of[stage.position].title
    has_post = all((code, stage.position) in plan.view.district.today.fte_of for code, pupils in stage.loads if pupils)
    was = f"{before:,.1f} last year" if has_post else "last year some school had no post"
    if isinstance(stage, LowerLargestLoad) or (stage.aversion is None and stage.is_burden):
        return f"{title}: {after:,.1f} pupils for each full-time post at the most loaded school ({was})"
    if stage.is_burden:
        return f"{title}: as bad as {after:,.1f} pupils for each full-time post at every school ({was})"
    whose = "at the school with the fewest" if stage.aversion is None else "at every school"
    return f"{title}: as good as {after:,.2f} posts for 1,000 pupils {whose} ({before:,.2f} last year)"


def who_moves(sums: Totals) -> str:
    """Return how many schools gain and give up, and how many posts move."""
    schools = (
        f"{count_words(sums.schools_gaining, 'school')} {'gains' if sums.schools_gaining == 1 else 'gain'}, "
        f"{sums.schools_giving_up:,} {'gives' if sums.schools_giving_up == 1 else 'give'} up"
    )
    if not sums.fte_today and not sums.fte_plan:
        return schools  # money only: no posts are known here
    return f"{schools}; {print_fte(sums.fte_added)} FTE are added and {print_fte(sums.fte_given_up)} FTE given up"


def certified_words(plan: Plan) -> str:
    """Return what the auditor found, and how near the plan is to the best that can exist."""
    rules = plan.certificate.rules
    kept = sum(1 for rule in rules if rule.is_kept)
    words = f"certified: all {len(rules)} rules kept" if kept == len(rules) else f"{kept} of {len(rules)} rules kept"
    if plan.certificate.not_testable:
        words += f", {len(plan.certificate.not_testable)} not testable"
    if plan.outcome is not OutcomeKind.PROVEN:
        words += "; this is the best plan found, and a better one may exist"
    near = nearness(plan)
    words += f"; {near}" if near else ""
    left = unallocated(plan)
    return f"{words}; {print_dollars(sum(cents for _, cents in left))} stays unallocated" if left else words


def unallocated(plan: Plan) -> tuple[tuple[str, Cents], ...]:
    """Return the funds with money that nobody gets, most first; none where all of them together are small change."""
    left = [(fund.title, fund.unallocated) for fund in plan.certificate.funds if fund.unallocated > 0]
    if sum(cents for _, cents in left) < WORTH_TELLING:
        return ()
    return tuple(sorted(left, key=lambda each: -each[1]))


def effect_sentence(before: Result | None, after: Result | None) -> str:
    """Return in one line what a change did to the plan, most telling first.

    Parameters
    ----------
    before, after : Plan, Impossible or None
        None where the choices could not be turned into a plan at all.
    """
    if not isinstance(after, Plan):
        return "With this change there is no plan." if isinstance(before, Plan) else "There is still no plan."
    now = totals(after)
    if not isinstance(before, Plan):
        return f"A plan exists again. {headline(after, now)}."
    then = totals(before)
    if before.allocation == after.allocation and then.lowest_plan == now.lowest_plan:
        return "The plan stays as it was."
    unit = after.view.levels.unit
    parts = []
    if before.view.levels.weights == after.view.levels.weights:
        change = print_level_change(now.lowest_plan - then.lowest_plan, unit)
        still = not any(digit in change for digit in "123456789")
        parts.append("lowest school unchanged" if still else f"lowest school {change} {_per(unit)}")
    else:
        kept_weights = before.scenario.need_weights == after.scenario.need_weights
        how = "measured in another way" if kept_weights else "under other weights"
        parts.append(f"lowest school now {print_level(now.lowest_plan, unit)} {_per(unit)}, {how} than before")
    gaps = [_gap(each) for each in (before, after)]
    if gaps[0] is not None and gaps[1] is not None and before.view.levels.weights == after.view.levels.weights:
        wider = print_level(abs(gaps[1] - gaps[0]), unit)
        if any(digit in wider for digit in "123456789"):
            parts.append(f"gap between highest and lowest {wider} {'wider' if gaps[1] > gaps[0] else 'narrower'}")
    moved = (now.fte_added + now.fte_given_up) - (then.fte_added + then.fte_given_up)
    if moved:
        parts.append(f"{print_fte(abs(moved))} FTE {'more' if moved > 0 else 'fewer'} added or given up")
    fte = now.fte_plan - then.fte_plan
    if fte:
        parts.append(f"{print_fte_change(fte)} FTE in all")
    spent = (now.counted_plan + now.other_plan) - (then.counted_plan + then.other_plan)
    if abs(spent) >= 100:
        parts.append(f"{signed(print_dollars(spent))} at schools")
    gaining = now.schools_gaining - then.schools_gaining
    if gaining:
        how = "more" if gaining > 0 else "fewer"
        parts.append(
            f"{abs(gaining)} {how} school gains" if abs(gaining) == 1 else f"{abs(gaining)} {how} schools gain"
        )
    sentence = ", ".join(parts)
    return sentence[0].upper() + sentence[1:] + "."


def _gap(plan: Plan) -> float | None:
    """Return by how much the highest school's level is above the lowest one's, in the levels' unit."""
    levels = plan.view.levels
    found = [
        float(plan.view.district.counted_dollars(plan.allocation, code) / weight / levels.cents_per_unit)
        for code, weight in levels.weights
    ]
    return max(found) - min(found) if found else None


def first_sentence(text: str) -> str:
    """Return the first sentence, without its period.

    Examples
    --------
    >>> first_sentence("Principal: at least 0.5 at each school. 24 schools need 12.00 FTE in all.")
    'Principal: at least 0.5 at each school'
    """
    return text.split(". ", maxsplit=1)[0].rstrip(".")


def not_possible_title(result: Impossible) -> str:
    """Return the heading for a result without a plan; only a proof is called impossible."""
    if result.outcome is OutcomeKind.IMPOSSIBLE:
        return "These rules cannot all be kept together"
    return "No plan was found"


def impossible_words(result: Impossible, *, is_listed: bool = False) -> str:
    """Return why there is no plan, with the way to the list on screen where a terminal is told the command.

    Parameters
    ----------
    result : Impossible
    is_listed : bool
        Whether everything that cannot be kept stands below the sentence.
    """
    where = "The list below" if is_listed else "The page Plan, once you work on such a scenario,"
    return result.words.replace(
        ALL_ARE_LISTED, f"{where} names every rule that fails alone, each with what would keep it."
    )


def choices_in_words(district: District, scenario: Scenario) -> str:
    """Return the scenario as one paragraph.

    Parameters
    ----------
    district : District
    scenario : Scenario

    Returns
    -------
    str
        Weights, objective, tolerance, changed funds and rules, with this district's numbers.
    """
    try:
        view = scenario.view(district)
        objective = scenario.objective.explain(view)
        formula = formula_words(scenario, district)
    except EquityAllocError as error:
        return str(error)
    groups = district.group_of
    weights = [
        f"{groups[need.group].title} {float(need.weight) * 100:g} %" for need in scenario.need_weights if need.weight
    ]
    words = [
        f"A pupil counts once, plus an extra share of the base for need: {', '.join(weights)}."
        if weights
        else "Every pupil counts the same; no need weights are set.",
        objective,
    ]
    if scenario.tolerance:
        words.append(
            f"A school's level may stay up to {print_dollars(scenario.tolerance)} per weighted pupil below its best for "
            "the sake of fewer moves."
        )
    supposed = fund_words(scenario, district)
    if supposed:
        words.append(f"Supposed about funds: {' '.join(supposed)}")
    words += formula
    chosen = [rule for rule in scenario.rules if not rule.always]
    always = len(scenario.rules) - len(chosen)
    words.append(f"{count_words(always, 'rule')} always hold and {len(chosen)} more are chosen:")
    words.append(" ".join(_of_one_kind(kind, view.district) for kind in _by_kind(chosen)) or "none.")
    return " ".join(words)


def _by_kind(rules: list[Rule]) -> list[list[Rule]]:
    kinds: dict[str, list[Rule]] = {}
    for rule in rules:
        kinds.setdefault(rule.code, []).append(rule)
    return list(kinds.values())


def _of_one_kind(rules: list[Rule], district: District) -> str:
    """Return what few rules of one kind say here, or the kind and how many there are."""
    if len(rules) > FEW:
        return f"{rules[0].title} ({count_words(len(rules), 'rule')})."
    return " ".join(_explained(rule, district) for rule in rules)


def _explained(rule: Rule, district: District) -> str:
    try:
        return rule.explain(district)
    except EquityAllocError as error:
        return str(error)
