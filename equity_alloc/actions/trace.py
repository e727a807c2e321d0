"""Why each intervention was chosen: gap, cause, action, money, what is expected, what is counted, and when to stop."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from statistics import NormalDist

from equity_alloc.actions.choice import Bought
from equity_alloc.actions.choose import Chosen
from equity_alloc.actions.effects import effect_of
from equity_alloc.actions.menu import Option
from equity_alloc.actions.prices import price_words
from equity_alloc.actions.settings import PARTS, Basis
from equity_alloc.domain.cause import Cause
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.intervention import Effect, Intervention
from equity_alloc.domain.money import Cents, print_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.inequity.gap_words import gap_words


@dataclass(frozen=True, slots=True)
class Place:
    """How much of an intervention one school gets.

    Parameters
    ----------
    school, name : str
    steps, units : int
    pupils : int
        Whom it reaches.
    cost : Cents
    funds : tuple of (str, Cents)
        By fund code.
    paid : str
        Which fund pays what.
    """

    school: str
    name: str
    steps: int
    units: int
    pupils: int
    cost: Cents
    funds: tuple[tuple[str, Cents], ...]
    paid: str


@dataclass(frozen=True, slots=True)
class Trace:
    """One intervention behind one cause, told from the gap to the stop rule.

    Parameters
    ----------
    intervention : Intervention
    cause : Cause
    places : tuple of Place
        By school code.
    gap, why, action, evidence, money, expected, measure, stop, runner_up : str
        One sentence or a few each.
    cautions : tuple of str
    """

    intervention: Intervention
    cause: Cause
    places: tuple[Place, ...]
    gap: str
    why: str
    action: str
    evidence: str
    money: str
    expected: str
    measure: str
    stop: str
    runner_up: str
    cautions: tuple[str, ...]

    @property
    def cost(self) -> Cents:
        """What it costs at all its schools."""
        return sum(place.cost for place in self.places)

    @property
    def pupils(self) -> int:
        """Whom it reaches at all its schools."""
        return sum(place.pupils for place in self.places)


_END = {Basis.CAUTIOUS: "cautious end", Basis.MIDDLE: "middle"}
#: What a unit is called in a sentence.
_UNIT_WORDS = {"share of pupils": "points", "SD": "standard deviations"}
#: The parts of a trace, in order, with their headings.
PARTS_OF_TRACE: tuple[tuple[str, str], ...] = (
    ("gap", "Gap"),
    ("why", "Cause"),
    ("action", "Action"),
    ("evidence", "Evidence"),
    ("money", "Money"),
    ("expected", "Expected"),
    ("measure", "Measure"),
    ("stop", "Stop"),
    ("runner_up", "Runner-up"),
)


def traces(district: District, chosen: Chosen) -> tuple[Trace, ...]:
    """Return the trace of everything that is bought, by cause and intervention."""
    options = {(option.school, option.intervention.code): option for option in chosen.menu.options}
    served: Counter[str] = Counter()
    together: dict[tuple[str, str], list[Bought]] = defaultdict(list)
    for each in chosen.choice.bought:
        served[each.intervention] += each.steps * options[each.school, each.intervention].reach
        together[each.cause, each.intervention].append(each)
    return tuple(_trace(district, chosen, rows, options, served) for _, rows in sorted(together.items()))


def effect_words(effect: Effect, parts: int | None = None) -> str:
    """Return an effect on one pupil: its range as printed, or one point of it in ten-thousandths.

    Examples
    --------
    >>> from decimal import Decimal
    >>> effect_words(Effect("chronic absence", "share of pupils", Decimal("0.03"), Decimal("0.06"), Decimal("0.083")), 478)
    '4.8 points'
    >>> effect_words(Effect("test score", "SD", Decimal("-0.002"), Decimal("0.02"), Decimal("0.04")))
    '0.00 to 0.04 standard deviations'
    """
    if parts is None:
        ends = [_point(effect.unit, float(end)) for end in (effect.low, effect.high)]
        return f"{ends[0]} to {ends[1]} {_unit(effect.unit)}"
    return f"{_point(effect.unit, parts / PARTS)} {_unit(effect.unit)}"


def _rank_words(effect: Effect, parts: int) -> str:
    """Return where an effect takes the middle one of a hundred pupils, where it is in standard deviations; else ""."""
    if effect.unit != "SD" or parts <= 0:
        return ""
    place = round(100 * NormalDist().cdf(parts / PARTS))
    return f" (it would take the middle one of 100 pupils to about place {place} from below)"


def gain_words(unit: str, gain: float) -> str:
    """Return effect times pupils in words; a gain is in ten-thousandths of the unit no more."""
    if unit == "share of pupils":
        return f"{gain:,.1f} fewer pupils"
    return f"{gain:,.1f} {_unit(unit)} over all pupils reached"


def span_words(unit: str, low: float, high: float) -> str:
    """Return a span of effect times pupils in words.

    Examples
    --------
    >>> span_words("days", 1985.9, 3281)
    '1,985.9 to 3,281.0 days over all pupils reached'
    """
    return f"{low:,.1f} to {gain_words(unit, high)}"


def _trace(
    district: District,
    chosen: Chosen,
    rows: list[Bought],
    options: dict[tuple[str, str], Option],
    served: Counter[str],
) -> Trace:
    option = options[rows[0].school, rows[0].intervention]
    cause, intervention, gap = option.standing.cause, option.intervention, option.standing.gap
    if gap is None or intervention.effect is None:
        raise InvalidValue(f"{intervention.title} has no gap or no effect behind it.")
    places = tuple(_place(district, each, options[each.school, each.intervention]) for each in rows)
    effect = effect_of(intervention, chosen.choice.settings, served[intervention.code]) or 0
    a_unit = option.cost // (intervention.step if intervention.reach else 1)
    units, pupils = sum(place.units for place in places), sum(place.pupils for place in places)
    where = count_words(len(places), "school")
    pilot = "" if option.standing.is_tested else " A pilot for one cycle, because the cause is not tested yet."
    return Trace(
        intervention,
        cause,
        places,
        f"{gap.title}, {gap.group}: {gap_words(gap)}",
        f"{_ended(cause.words)} Status: {cause.status.value}. Shown by: {_ended(cause.evidence)} Answers for it: {_ended(cause.owner)}",
        f"{intervention.title}, {intervention.dosage or 'no dosage stated'}: {units:,} at {where} (unit: {intervention.unit}), "
        f"reaching {pupils:,} pupils.{pilot}",
        f"{_cap(intervention.tier_words)}, for the settings that were studied. {_ended(_cap(intervention.cited))}",
        f"{_paid(district, rows)}; {print_dollars(a_unit, with_cents=a_unit % 100 > 0)} a unit, {price_words(intervention)}{_made_of(intervention)}.",
        f"{effect_words(intervention.effect, effect)} for each pupil reached, on {intervention.effect.outcome}{_rank_words(intervention.effect, effect)}: the "
        f"{_END[chosen.choice.settings.basis]} for a program of {count_words(served[intervention.code], 'pupil')} in all. At large scale studies "
        f"range from {effect_words(intervention.effect)}.",
        _measure(cause),
        _stop(cause, intervention),
        _runner_up(chosen, option, effect),
        _cautions(option, rows, chosen),
    )


def _place(district: District, each: Bought, option: Option) -> Place:
    units = each.steps * (option.intervention.step if option.intervention.reach else 1)
    school = district.school_of[each.school]
    return Place(
        school.code,
        school.name,
        each.steps,
        units,
        each.steps * option.reach,
        each.cost,
        each.pay,
        _paid(district, [each]),
    )


def _paid(district: District, rows: list[Bought]) -> str:
    sums: Counter[str] = Counter()
    for each in rows:
        sums.update(dict(each.pay))
    return "; ".join(
        f"{print_dollars(cents)} from {district.fund_of[fund].title}" for fund, cents in sorted(sums.items())
    )


def _made_of(intervention: Intervention) -> str:
    return f": {intervention.ingredients.words}" if intervention.ingredients else ""


def _measure(cause: Cause) -> str:
    own = cause.measure.strip()
    return (
        _ended(own)
        if own
        else f"{cause.indicator}, {cause.group}, at the schools of the pilot and at like schools outside it, before and after."
    )


def _stop(cause: Cause, intervention: Intervention) -> str:
    own = cause.stop.strip()
    day = f" Decide on {cause.decide_on}." if cause.decide_on else ""
    if own:
        return f"{_ended(own)}{day}"
    dose = "fewer than half of the pupils got the full dose, or if " if intervention.dosage else ""
    return f"Stop after one cycle if {dose}the measure moved no more than at like schools outside the pilot.{day}"


def _runner_up(chosen: Chosen, option: Option, effect: int) -> str:
    """Say what comes next for the same outcome, and from where on it would have been chosen."""
    rivals = [
        (other.bands[-1][1] * other.reach / other.cost, other.intervention.title, other.school == option.school)
        for other in chosen.menu.options
        if other.outcome == option.outcome and other.intervention.code != option.intervention.code and other.cost
    ]
    if not rivals:
        return f"Nothing else on the list acts on {option.outcome} behind a named cause."
    rate, title, _ = max(rivals, key=lambda rival: (rival[2], rival[0], rival[1]))
    own = effect * option.reach / option.cost if option.cost else float("inf")
    level = rate * option.cost / option.reach
    if own >= rate and option.intervention.effect is not None:
        point = effect_words(option.intervention.effect, round(level))
        return f"{title}. It would give more per dollar if this gave less than {point} to a pupil."
    return f"{title} gives more per dollar on the cautious end, and is held back by the limits on pilots, supply, money or pupils."


def _cautions(option: Option, rows: list[Bought], chosen: Chosen) -> tuple[str, ...]:
    intervention = option.intervention
    found = [intervention.caution] if intervention.caution else []
    if intervention.scale_words:
        found.append(f"Scale: {intervention.scale_words}.")
    if intervention.fade_words:
        found.append(f"Later: {intervention.fade_words}.")
    if intervention.supply is None and intervention.supply_words:
        found.append(f"No limit of supply is stated, so all that is chosen must be found: {intervention.supply_words}.")
    if intervention.lead_months:
        found.append(f"It takes {count_words(intervention.lead_months, 'month')} to start.")
    if not option.standing.cause.is_ours:
        found.append("The cause lies outside what the district decides.")
    paying = {fund for each in rows for fund, cents in each.pay if cents}
    plans = [p.money.exit_plan for p in chosen.menu.pots if p.is_one_time and p.money.fund in paying]
    if intervention.recurring:
        found.extend(f"Paid from one-time money. Exit plan: {plan}" for plan in dict.fromkeys(plans))
    return tuple(found)


def _point(unit: str, number: float) -> str:
    # z: what rounds to zero is zero, without a sign.
    return f"{number * 100:z.1f}" if unit == "share of pupils" else f"{number:z.2f}"


def _unit(unit: str) -> str:
    return _UNIT_WORDS.get(unit, unit)


def _cap(words: str) -> str:
    return words[:1].upper() + words[1:]


def _ended(words: str) -> str:
    words = words.strip()
    return words if words.endswith((".", "!", "?")) else f"{words}."
