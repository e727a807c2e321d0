"""What cannot be kept together, and the ways out, in sentences that page and command line share."""

from __future__ import annotations

from equity_alloc.domain.district import District
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.planning.conflicts import Choice, Conflicts
from equity_alloc.planning.plan import OutcomeKind, Plan, Repair
from equity_alloc.planning.summary import totals
from equity_alloc.planning.ways_out import Way
from equity_alloc.rules.titles import titles_of
from equity_alloc.scenario import Scenario

HOW_TO_READ = (
    "Drop or loosen any one rule of a set, and the other rules of that set can be kept. To keep everything else, "
    "something of every set must give way."
)


def rule_name(conflicts: Conflicts, number: int) -> str:
    """Return a rule's place, title and authority."""
    return rule_name_of(conflicts.district, conflicts.scenario, number)


def rule_name_of(district: District, scenario: Scenario, number: int) -> str:
    """Return the place, title and authority of a scenario's rule."""
    rule = scenario.rules[number - 1]
    return f"rule {number}, {titles_of(scenario.rules, district)[number - 1]} ({rule.force.value})"


def headline(conflicts: Conflicts) -> str:
    """Return in one or two sentences what was found."""
    n_rules = len(conflicts.rules)
    if conflicts.all_hold and conflicts.undecided:
        return (
            f"Whether all {count_words(n_rules, 'rule')} up for choice can be kept together was not decided: neither a plan nor "
            "a proof that there is none was found."
        )
    if conflicts.all_hold:
        proof = " in fractions of posts; whole steps were not decided" if not _steps_known(conflicts) else ""
        return f"All {count_words(n_rules, 'rule')} up for choice can be kept together{proof}."
    if conflicts.nothing_holds:
        return "Not even the rules that always hold can be kept: the money does not cover what they ask for."
    parts = []
    if not (conflicts.alone or conflicts.conflicts):
        parts.append("not all can be kept together; which ones was not found within the limit of the search")
    if conflicts.alone:
        parts.append(f"{count_words(len(conflicts.alone), 'rule')} cannot be kept even alone")
    if conflicts.conflicts:
        n = len(conflicts.conflicts)
        parts.append(f"{n:,} smallest {'set' if n == 1 else 'sets'} of rules cannot be kept together")
    return f"Of {count_words(n_rules, 'rule')} up for choice, {' and '.join(parts)}. {kind_of(conflicts)}"


def kind_of(conflicts: Conflicts) -> str:
    """Return whether fractions of posts would do."""
    if conflicts.in_steps:
        return "In fractions of posts all of them could be kept; it is the whole steps of posts that cannot be met."
    return "Not even fractions of posts would do."


def how_sure(conflicts: Conflicts) -> str:
    """Return how far the search went: all there is, or a part of it."""
    asked = f"{count_words(conflicts.questions, 'combination')} of rules {'was' if conflicts.questions == 1 else 'were'} tested"
    if conflicts.undecided:
        undecided = count_words(conflicts.undecided, "combination")
        asked += f"; of {undecided} neither a plan nor a proof was found, so they count as possible"
    if conflicts.is_complete:
        return f"These are all there are ({asked})."
    return f"More may exist: the search stopped after its limit ({asked})."


def choice_words(conflicts: Conflicts, choice: Choice) -> str:
    """Return what a largest choice keeps and gives up."""
    kept = f"keeps {len(choice.kept)} of {count_words(len(conflicts.rules), 'rule')}, {choice.whole.value}"
    return f"gives up {numbers_words(choice.given_up)}; {kept}"


def numbers_words(numbers: tuple[int, ...]) -> str:
    """Return rules by their places: "rules 6, 9 and 11".

    Examples
    --------
    >>> numbers_words((6,)), numbers_words((6, 9, 11))
    ('rule 6', 'rules 6, 9 and 11')
    """
    if len(numbers) == 1:
        return f"rule {numbers[0]}"
    *first, last = (str(number) for number in numbers)
    return f"rules {', '.join(first)} and {last}" if first else "nothing"


def repair_words(repair: Repair) -> tuple[str, ...]:
    """Return one sentence for each change of a way out, each naming the rule that it changes."""
    return tuple(
        change.words if change.rule_number is None else f"Rule {change.rule_number}. {change.words}"
        for change in (repair, *repair.also)
    )


def settled_words(repair: Repair) -> str:
    """Return a single change that settles one set, whatever the other sets need."""
    return f"This set would be settled so: {repair_words(repair)[0]}"


def proof_words(way: Way) -> str:
    """Return what the plan of a way out reaches, as its auditor found it."""
    sums = totals(way.plan)
    kept = sum(1 for rule in way.plan.certificate.rules if rule.is_kept)
    unit = way.plan.view.levels.unit
    near = "" if way.plan.outcome is OutcomeKind.PROVEN else ", the best found"
    return (
        f"Planned and certified: {kept} of {len(way.plan.certificate.rules)} rules kept; the lowest school has "
        f"{_level(sums.lowest_plan, way.plan)} ({unit}){near}."
    )


def _steps_known(conflicts: Conflicts) -> bool:
    return all(choice.whole.value == "in whole steps of posts" for choice in conflicts.choices)


def _level(level: float, plan: Plan) -> str:
    shares = plan.view.levels.unit.startswith("share")
    return f"{level * 100:.1f} %" if shares else print_dollars(round(level * 100))
