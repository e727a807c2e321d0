"""What a plan has to say in public, in order: what, for whom, what it costs, who gives up, what was rejected.

Packet, memo and slides show the same sections; each only lays them out. Nothing here is internal.
"""

from __future__ import annotations

from collections.abc import Sequence

from equity_alloc.domain.fte import print_fte
from equity_alloc.domain.number import count_words
from equity_alloc.planning.baseline import BY_FUND, source_sentences
from equity_alloc.planning.given_up import given_up_words
from equity_alloc.planning.nearness import at_most
from equity_alloc.planning.own_level import own_level
from equity_alloc.planning.summary import SchoolRow
from equity_alloc.reports.chart import change_chart, level_chart
from equity_alloc.reports.document import Dossier
from equity_alloc.reports.rejected import rejected_in_short, rejected_section
from equity_alloc.reports.section import Section, Table, dollars, signed, signed_fte
from equity_alloc.reports.whence import whence_words
from equity_alloc.rules.usual import rests_on_usual, unadopted
from equity_alloc.scenario import LevelBasis

#: So many schools stand in a table of the first pages; the others are in the details.
MOST_ROWS = 12
#: Headings of levels, which stand nowhere where levels are hidden.
LEVELS = ("Level last year", "Level in the plan")
#: So many schools stand in the picture on page one.
MOST_BARS = 36


def first_pages(dossier: Dossier, bars: int = MOST_BARS, losers: int = MOST_ROWS) -> tuple[Section, ...]:
    """Return the five sections that a board reads first; picture and table have at most so many schools."""
    return (
        _what(dossier),
        _for_whom(dossier, bars),
        _costs(dossier),
        _gives_up(dossier, losers),
        rejected_section(dossier),
    )


def _what(dossier: Dossier) -> Section:
    sums, plan = dossier.totals, dossier.plan
    pupils = sum(row.enrollment for row in dossier.rows)
    on_top = f", and {dollars(sums.other_plan)} of supplemental money" if sums.other_plan else ""
    goal = f"Its goal: {plan.scenario.objective.title}."
    if dossier.public.hidden.levels and not plan.view.levels.unit.startswith("share"):
        goal = f"{goal} {lowest_words(dossier)}"
    sentences = [
        (
            f"The plan gives {count_words(len(dossier.rows), 'school')} with {pupils:,} pupils {dollars(sums.counted_plan)} of core money for "
            f"{plan.district.year}, the money by which schools are compared{on_top}."
        ),
        goal,
        *_same_for_all(dossier),
        _in_short(dossier),
        *((whence,) if (whence := whence_words(dossier)) else ()),
        (
            f"{kept_words(dossier)}. A second program, which has no part in making plans, has "
            f"checked every rule on the finished plan, to the cent. {_unadopted(dossier)}{_proof(dossier)}"
        ),
    ]
    sentences += dossier.money_note
    if plan.district.invented:
        sentences.append("This district is invented.")
    title = "What was decided" if dossier.is_decided else "What is proposed"
    return Section(title, tuple(sentences))


def kept_words(dossier: Dossier) -> str:
    """Say how many rules are kept; no stop at its end."""
    rules = dossier.plan.certificate.rules
    return f"{sum(1 for rule in rules if rule.is_kept)} of {count_words(len(rules), 'rule')} {'is' if len(rules) == 1 else 'are'} kept"


def _unadopted(dossier: Dossier) -> str:
    """Say on page one how many of the rules nobody is known to have adopted; "" where there is none."""
    plan = dossier.plan
    rules = plan.scenario.rules
    number = len(unadopted(rules, plan.district))
    if not number:
        return ""
    who = f"{number} of them"
    if rests_on_usual(rules, plan.district):
        others = len(rules) - number
        who = f"All but {others} that {'holds' if others == 1 else 'hold'} in every plan" if others else "All of them"
    are = "is a usual rule" if number == 1 else "are usual rules"
    return f"{who} {are} that this program proposes; no source says that anybody adopted {'it' if number == 1 else 'them'}. "


def _same_for_all(dossier: Dossier) -> tuple[str, ...]:
    """Say on page one that nobody counts more, where that is so: it decides who gains."""
    if any(need.weight for need in dossier.plan.scenario.need_weights):
        return ()
    return ("No need weight is set, so every pupil counts the same, whatever the pupil needs.",)


def cost_words(dossier: Dossier) -> str:
    """Say by how much schools have more than last year; no stop at its end."""
    funds, today = dossier.plan.certificate.funds, dossier.plan.view.district.today
    more = sum(fund.schools for fund in funds) - sum(today.fund_dollars(fund.code) for fund in funds)
    if not more:
        return "Schools have as much as last year, all funds together"
    return f"Schools have {dollars(abs(more))} {'more' if more > 0 else 'less'} than last year, all funds together"


def _in_short(dossier: Dossier) -> str:
    """Say on page one what it costs, who gives up most, and what was rejected; each has a section of its own behind."""
    losers = sorted((row for row in dossier.rows if row.counted_change < 0), key=lambda row: row.counted_change)
    given = "no school gives up core money"
    if losers:
        most = losers[0]
        whom = "" if len(losers) == 1 else f", the most {most.name} ({dollars(-most.counted_change)})"
        who = most.name if len(losers) == 1 else count_words(len(losers), "school")
        total = dollars(-sum(row.counted_change for row in losers))
        given = f"{who} {_do('give', losers)} up {total} of core money{whom}"
    return f"{cost_words(dossier)}; {given}. {rejected_in_short(dossier)}"


def _proof(dossier: Dossier) -> str:
    """Say how much better any plan could be at most; why that is so stands in the notes."""
    proof = dossier.plan.certificate.proof
    if proof is None:
        return f"How far the search got: {dossier.plan.outcome.value}."
    if not dossier.public.hidden.levels or proof.unit.startswith("share"):
        return "How close it comes to the best that these rules allow is proven, and stands in the notes."
    more = f"more than {at_most(proof.gap, proof.unit)} {proof.unit.removeprefix('dollars ')} "
    under = "these rules and the money supposed here" if dossier.plan.certificate.supposed else "these rules"
    return f"No plan under {under} can bring the lowest school {more if proof.gap else ''}higher{given_up_words(dossier.plan)}{proof.scope}."


def lowest_words(dossier: Dossier) -> str:
    """Say where the lowest school stood and stands; with less money than last year it may fall."""
    before, now = dossier.level(dossier.totals.lowest_today), dossier.level(dossier.totals.lowest_plan)
    unit = dossier.plan.view.levels.unit.removeprefix("dollars ")
    own, of_goal = own_level(dossier.plan), ""
    if own is not None and own.unit == dossier.plan.view.levels.unit:
        was = "" if own.today is None else f", {dossier.level(own.today)} last year"
        of_goal = f" {own.name}: {dossier.level(own.plan)} {unit}{was}."
    if before == now:
        return f"The lowest school stays at {now} {unit}.{of_goal}"
    does = "rises" if (dossier.totals.lowest_plan or 0) > (dossier.totals.lowest_today or 0) else "falls"
    return f"The lowest school {does} from {before} to {now} {unit}.{of_goal}"


def _for_whom(dossier: Dossier, most: int) -> Section:
    gain = sorted((row for row in dossier.rows if row.counted_change > 0), key=lambda row: -row.counted_change)
    pupils = sum(row.enrollment for row in gain)
    whole = f"{count_words(len(gain), 'school')} with {pupils:,} pupils {_do('gain', gain)} {dollars(sum(r.counted_change for r in gain))} of core money."
    words = whole if gain else "No school gains core money."
    posts = f"{print_fte(dossier.totals.fte_added)} FTE of posts are added and {print_fte(dossier.totals.fte_given_up)} FTE given up."
    if not (dossier.totals.fte_added or dossier.totals.fte_given_up):
        posts = "No post is added, and none is given up."
    posts = posts if dossier.knows_posts else "The data hold no posts, so nothing is said of them."
    shown = biggest(dossier.rows, most)
    few = f"The picture shows the {len(shown)} largest changes; every school stands in the details."
    chart = level_chart(shown, dossier.plan.view.levels.unit) if dossier.public.hidden.levels else change_chart(shown)
    return Section("For whom", (words, posts, *((few,) if len(shown) < len(dossier.rows) else ())), None, chart)


def biggest(rows: Sequence[SchoolRow], most: int = MOST_BARS) -> list[SchoolRow]:
    """Return the schools with the largest changes, from the largest gain to the largest loss."""
    chosen = sorted(rows, key=lambda row: (-abs(row.counted_change), row.code))[:most]
    return sorted(chosen, key=lambda row: (-row.counted_change, row.code))


def _costs(dossier: Dossier) -> Section:
    funds = dossier.plan.certificate.funds
    sums = [sum(getattr(f, what) for f in funds) for what in ("appropriation", "central", "schools", "unallocated")]
    left = "nothing is left unallocated" if not sums[3] else f"{dollars(sums[3])} is left unallocated"
    central = f"{dollars(sums[1])} is budgeted centrally" if sums[1] else "nothing is budgeted centrally"
    words = f"Of {dollars(sums[0])} appropriated, schools get {dollars(sums[2])}, {central} and {left}."
    today = {fund.code: dossier.plan.view.district.today.fund_dollars(fund.code) for fund in funds}
    headings = ("Fund", "Appropriation", "Central", "Schools", "Change at schools", "Unallocated")
    rows = [
        (
            fund.title,
            *map(dollars, (fund.appropriation, fund.central, fund.schools)),
            signed(fund.schools - today[fund.code]),
            dollars(fund.unallocated),
        )
        for fund in funds
    ]
    rows.append(("All funds", *map(dollars, sums[:3]), signed(sums[2] - sum(today.values())), dollars(sums[3])))
    if len(funds) == 1:
        rows.pop()
    table = Table("Where each fund goes", headings, tuple(rows), (False, *(True,) * 5), has_total=len(funds) > 1)
    # What each fund pays more stands in the table.
    sources = [each for each in source_sentences(dossier.plan) if not each.startswith(BY_FUND)]
    told = (words, *sources, *_drawn(dossier), *dossier.plan.certificate.supposed)
    return Section("What it costs", told, table)


def _drawn(dossier: Dossier) -> tuple[str, ...]:
    """Say what of the appropriations is drawn from balances, where the data tell."""
    terms = {each.fund: each for each in dossier.plan.district.terms}
    drawn = [
        (fund.title, fund.appropriation - revenue)
        for fund in dossier.plan.certificate.funds
        if fund.code in terms and (revenue := terms[fund.code].revenue) is not None and fund.appropriation > revenue
    ]
    if not drawn:
        return ()
    parts = "; ".join(f"{title} {dollars(cents)}" for title, cents in drawn)
    total = dollars(sum(cents for _, cents in drawn))
    return (f"{total} of what is appropriated is drawn from balances of earlier years ({parts}).",)


def _gives_up(dossier: Dossier, most: int) -> Section:
    losers = sorted((row for row in dossier.rows if row.counted_change < 0), key=lambda row: row.counted_change)
    if not losers:
        return Section("Who gives up", ("No school gives up core money.",))
    total = sum(row.counted_change for row in losers)
    words = [f"{count_words(len(losers), 'school')} {_do('give', losers)} up {dollars(-total)} of core money together."]
    if len(losers) > most:
        words.append(f"The {most} largest stand here, all of them in the details of the board packet.")
    rows = [
        (
            row.name,
            f"{row.enrollment:,}",
            signed(row.counted_change),
            _percent(row.counted_change, row.counted_today),
            signed_fte(row.fte_change),
            dossier.level(row.level_today),
            dossier.level(row.level_plan),
        )
        for row in losers[:most]
    ]
    if len(losers) > 1:
        posts = signed_fte(sum(row.fte_change for row in losers))
        today = sum(row.counted_today for row in losers)
        pupils = f"{sum(row.enrollment for row in losers):,}"
        rows.append(
            (f"All {count_words(len(losers), 'school')}", pupils, signed(total), _percent(total, today), posts, "", "")
        )
    headings = ("School", "Pupils", "Change, core dollars", "Change, %", "Change, FTE", *LEVELS)
    table = Table("Schools that give up", headings, tuple(rows), (False,) + (True,) * 6, has_total=len(losers) > 1)
    if dossier.knows_posts:
        words.append(
            "Change, FTE, is what a school gets less what it gives up: posts of one kind may go while others come."
        )
    # A column in which nothing can stand tells nothing.
    table = table if dossier.knows_posts else table.without("Change, FTE")
    return Section("Who gives up", tuple(words), table if dossier.public.hidden.levels else table.without(*LEVELS))


def weighted_words(dossier: Dossier) -> str:
    """Say what a weighted pupil is here."""
    if any(need.weight for need in dossier.plan.scenario.need_weights):
        return "A weighted pupil is a pupil plus the extra share that pupils with more need count."
    return "No need weight is set, so a weighted pupil is a pupil."


#: Why a school that gives up or gains is not told how it stands beside others.
LEFT_OUT = (
    "The level of a school is its core dollars per weighted pupil. Levels are left out here, because small counts of pupils could be "
    "worked out from them."
)


def core_words(dossier: Dossier) -> str:
    """Say what core money is, in the funds of this district, and what a weighted pupil is; "" without such funds.

    Where levels are left out, it says what the plan is after and why no level is told: a school would find no reason else.
    """
    scenario = dossier.plan.scenario
    funds = ", ".join(fund.title for fund in dossier.plan.view.district.funds if fund.counts)
    weighted = ""
    if scenario.basis is LevelBasis.WEIGHTED_PUPIL:
        weighted = f" {weighted_words(dossier)}"
        if not dossier.public.hidden.levels:
            weighted = f" The goal of the plan: {scenario.objective.title}. {LEFT_OUT}{weighted}"
    return f"Core money is the money by which schools are compared: {funds}.{weighted}" if funds else ""


def status_words(dossier: Dossier) -> str:
    """Say whether the plan is decided, for a paper that a school reads apart from the others."""
    found = dossier.book.decision_of(dossier.plan.digest) if dossier.book is not None else None
    if found is None:
        return "This is a proposal. The board has not adopted it."
    return f"{found[1].decided_by} ({found[1].body}) decided this on {found[1].decided_on}."


def _percent(change: int, today: int) -> str:
    return f"{change / today * 100:+.1f} %" if today else ""


def _do(verb: str, who: Sequence[object]) -> str:
    return f"{verb}s" if len(who) == 1 else verb
