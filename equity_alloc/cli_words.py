"""What the commands plan and certify say of a plan: who gains, how the lowest school stands, and what is proven."""

from __future__ import annotations

from equity_alloc.commitments.scoreboard import scoreboard
from equity_alloc.commitments.standing import counted_states, open_business
from equity_alloc.domain.fte import print_fte
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.planning.baseline import NO_LAST_YEAR, knows_last_year, knows_posts
from equity_alloc.planning.given_up import given_up_words
from equity_alloc.planning.nearness import at_most, nearness_of
from equity_alloc.planning.own_level import own_level
from equity_alloc.planning.plan import Certificate, Plan
from equity_alloc.planning.summary import totals


def summary_words(result: Plan) -> str:
    """Return what the command plan prints, one sentence a line."""
    sums = totals(result)
    unit = result.view.levels.unit
    moved = f"{print_fte(sums.fte_added + sums.fte_given_up)} FTE added or given up"
    moved = moved if knows_posts(result) else "the data hold no posts"
    gain = f"{count_words(sums.schools_gaining, 'school')} {'gains' if sums.schools_gaining == 1 else 'gain'}"
    give = f"{sums.schools_giving_up} {'gives' if sums.schools_giving_up == 1 else 'give'} up {print_dollars(sums.dollars_moved)}"
    lowest = f"{_level(sums.lowest_plan, unit)} proposed"
    if knows_last_year(result):
        lowest = f"{_level(sums.lowest_today, unit)} last year, {lowest}"
    lines = [
        f"{result.district.name}: {result.scenario.name}. {result.outcome.value.capitalize()}.",
        f"Lowest school: {lowest}, in {unit}.",
        *_own_goal(result),
        f"{gain}, {give}; {moved}." if knows_last_year(result) else NO_LAST_YEAR,
        *result.certificate.formula,
        kept_words(result.certificate) + _given_up(result),
        *result.certificate.noticed,
        *_promises(result),
        *_near(result),
    ]
    return "\n".join(lines)


def _promises(made: Plan) -> list[str]:
    """Say in one line how the commitments stand, with each that is broken or waits; nothing where there are none."""
    standings = scoreboard(made.district, made.scenario, made.allocation)
    if not standings:
        return []
    noun = "commitment" if len(standings) == 1 else "commitments"
    undecided = " ".join(open_business(standings))
    return [f"{len(standings)} {noun}: {counted_states(each.state for each in standings)}. {undecided}".rstrip()]


def _own_goal(made: Plan) -> list[str]:
    """Say what the plan reaches by its own goal, where that is not the lowest school's level."""
    own = own_level(made)
    if own is None:
        return []
    before = "no such level" if own.today is None else _level(own.today, own.unit)
    before = f"{before} last year, " if knows_last_year(made) else ""
    return [f"{own.name}: {before}{_level(own.plan, own.unit)} proposed, in {own.unit}."]


def _level(level: float, unit: str) -> str:
    """Return a level as dollars and cents, a share of the target in percent, or loads of a post as they are."""
    if unit.startswith(("pupils", "posts")):
        return f"{level:,.2f}"
    return f"{level * 100:.2f} %" if unit.startswith("share") else print_dollars(round(level * 100), with_cents=True)


def _near(made: Plan) -> list[str]:
    """Say how near the plan is to the best by a goal for which the auditor has no proof of its own."""
    near = None if made.certificate.proof is not None and own_level(made) is None else nearness_of(made)
    if near is None:
        return []
    return [f"Proven within {at_most(near.gap, near.unit)} of what no plan can pass, in {near.unit} ({near.method})."]


def _given_up(made: Plan) -> str:
    """Say in a sentence of its own what was given up on purpose and what is unproven; nothing where nothing was."""
    parts = given_up_words(made).strip(" ()")
    return f" {parts[0].upper()}{parts[1:]}." if parts else ""


def equal_words(certificate: Certificate) -> str:
    """Return what the auditor proved of the equal level that is worth as much; "" where the dial is not the goal."""
    equal = certificate.equal
    if equal is None:
        return ""
    more = at_most(equal.gap, equal.unit)
    return f"Proven: no plan under these rules brings the equal level more than {more} higher, in {equal.unit}{equal.scope}."


def kept_words(certificate: Certificate) -> str:
    """Return what the auditor found: rules kept, money that nobody gets, and what is proven of the lowest school."""
    left = sum(fund.unallocated for fund in certificate.funds)
    proof = certificate.proof
    more = at_most(proof.gap, proof.unit) if proof else ""
    gap = (
        f" Proven: no plan under these rules brings the lowest school more than {more} higher, in {proof.unit}{proof.scope}."
        if proof
        else ""
    )
    kept = sum(1 for rule in certificate.rules if rule.is_kept)
    untested = f", {len(certificate.not_testable)} not testable" if certificate.not_testable else ""
    return (
        f"Certified: {kept} of {len(certificate.rules)} rules kept{untested}; "
        f"{print_dollars(left, with_cents=True)} unallocated.{gap}"
    )
