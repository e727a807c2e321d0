"""Letters to schools that give up core money: plain words, what changes, why, and what is not decided yet."""

from __future__ import annotations

from decimal import Decimal

from equity_alloc.decisions.case import usual_pace
from equity_alloc.decisions.transition import Transition, transition
from equity_alloc.domain.errors import NothingToTell
from equity_alloc.domain.fte import print_fte
from equity_alloc.domain.number import count_words
from equity_alloc.planning.reason import Reason
from equity_alloc.planning.reason_words import public_reason, share_digits, share_words
from equity_alloc.planning.summary import post_changes
from equity_alloc.planning.what_goes import is_one_line, last_words
from equity_alloc.reports.decision_sections import ended
from equity_alloc.reports.document import Document, Dossier, Readers
from equity_alloc.reports.draft import draft_line
from equity_alloc.reports.letter_paper import new_word, put_draft, word_bytes
from equity_alloc.reports.public_money import ESTIMATE
from equity_alloc.reports.section import dollars, unbroken
from equity_alloc.reports.story import core_words, status_words


def _write(dossier: Dossier) -> bytes:
    losers = [reason for reason in dossier.reasons if reason.change < 0]
    if not losers:
        raise NothingToTell("No school gives up core money in this plan: no letters.")
    pace = usual_pace().value
    way = transition(dossier.plan, most_loss=pace, most_gain=None)
    word = new_word(
        f"{dossier.title}: letters to schools that give up core money", is_draft=bool(dossier.draft), numbered=False
    )
    for number, reason in enumerate(losers):
        sender = word.add_paragraph()
        sender.add_run(_sender(dossier)).bold = True
        sender.paragraph_format.page_break_before = number > 0
        word.add_paragraph("[date]")
        word.add_heading(f"{reason.name}: what changes in {dossier.plan.district.year}", level=1)
        put_draft(word, draft_line(dossier.draft))
        for paragraph in _paragraphs(dossier, reason, _steps(dossier, way, reason, pace)):
            word.add_paragraph(unbroken(paragraph))
    return word_bytes(word)


def _sender(dossier: Dossier) -> str:
    """Say who writes; a letter is read apart from the others."""
    invented = ". This district is invented." if dossier.plan.district.invented else ""
    return f"{dossier.plan.district.name}{invented}"


def _paragraphs(dossier: Dossier, reason: Reason, steps: str) -> list[str]:
    row, year = reason.row, dossier.plan.district.year
    share = f", {share_words(reason)} less" if row.counted_today else ""
    keeps = row.counted_plan / row.counted_today * 100 if row.counted_today else 0
    estimate = f" {ESTIMATE}" if row.code in dossier.estimated else ""
    why = public_reason(dossier.plan, reason, with_levels=dossier.public.hidden.levels, with_posts=False)
    # Where no post is known nothing is priced, and no post can be wrong.
    prices, post = (" at the plan year's prices", ", a post") if dossier.knows_posts else ("", "")
    wrong = f"If a count of pupils{post} or an amount in it is wrong, say so"
    return [
        f"To the principal, the staff and the families of {reason.name}:",
        (
            f"This letter says what the {dossier.called} for {year} changes at your school, and why. Your "
            "school gives up core money. That is hard, and it is no judgment on the work that is done there."
        ),
        (
            f"Your school gets {dollars(row.counted_plan)} of core money. That is {dollars(abs(row.counted_change))} less than "
            f"last year{prices}{share}. It keeps {keeps:.{share_digits(reason)}f} % of its core money.{estimate}"
        ),
        *((goes,) if (goes := _what_goes(dossier, reason)) else ()),
        " ".join(each for each in (f"This is why. {why}", core_words(dossier), *dossier.money_note) if each),
        _decided(dossier),
        *(() if dossier.is_decided or not steps else (steps,)),
        (
            f"{_sheet(dossier)} {wrong}; it will be looked at again."
            if dossier.is_decided
            else f"{_sheet(dossier)} {wrong} before the vote, and the plan will be made again with the right figure."
        ),
        f"Who answers questions (name, telephone, e-mail): {'_' * 40}",
        "Sincerely,",
        "[name and title]",
    ]


def _steps(dossier: Dossier, way: Transition, reason: Reason, pace: Decimal) -> str:
    """Say by which steps the school could get there, with its amounts year by year; "" where these would tell an exact one."""
    if reason.row.code in dossier.estimated:
        return ""
    code, limit = (
        reason.row.code,
        f"The plan takes one step. Were no school to give up more than {pace * 100:.0f} % a year",
    )
    year = way.reached[code]
    if year is None:
        return f"{limit}, your school would not be at this amount within {count_words(len(way.years), 'year')}."
    if year == 1:
        return f"{limit}, it would be the same for your school: it gives up no more than that."
    *first, last = (f"{dollars(cents)} in year {n}" for n, cents in enumerate(way.amounts(code)[:year], start=1))
    return (
        f"{limit}, your school would have {', '.join(first)} and {last}. Schools that gain would wait for it. This is an "
        "example and not part of the proposal; say so before the vote if your school needs it."
    )


def _decided(dossier: Dossier) -> str:
    """Say whether it is decided, and what is done for those who carry the loss."""
    figures = "posts" if dossier.knows_posts else "dollars"
    person = f"Nothing is decided about any person: the figures are {figures}, and who works where follows from the contract."
    found = dossier.book.decision_of(dossier.plan.digest) if dossier.book is not None else None
    if found is None:
        return f"{status_words(dossier)} {person}"
    decision = found[1]
    return (
        f"{decision.decided_by} ({decision.body}) decided this on {decision.decided_on}: {ended(decision.vote)} For schools that give up: "
        f"{ended(decision.mitigation)} It is looked at again on {decision.review_on}. What will tell whether it worked: "
        f"{ended(decision.measures)} {person}"
    )


def _sheet(dossier: Dossier) -> str:
    """Say what of the school's figures its why sheet shows, and what it does not."""
    money = "of supplemental money" if any(not fund.counts for fund in dossier.plan.view.district.funds) else ""
    lines = "" if is_one_line(dossier.plan) else "by line of spending"
    lacks = " or ".join(each for each in (lines, money) if each)
    shows = "core money, posts by position and pupils" if dossier.knows_posts else "core money and pupils"
    return (
        f"The one-page why sheet of your school shows its {shows}{f'; it shows no dollars {lacks}' if lacks else ''}."
    )


def _what_goes(dossier: Dossier, reason: Reason) -> str:
    """Say which posts come and go, and what core money pays less for beside them."""
    posts = _posts(dossier, reason) if dossier.knows_posts else ""
    return f"{posts} {reason.felt.words}".strip()


def _posts(dossier: Dossier, reason: Reason) -> str:
    changes = [each for each in post_changes(dossier.plan, reason.row.code) if each.is_position]
    fewer = [
        f"{print_fte(c.today - c.plan)} FTE {c.title}{last_words(c.today, c.plan)}" for c in changes if c.plan < c.today
    ]
    more = [f"{print_fte(c.plan - c.today)} FTE {c.title}" for c in changes if c.plan > c.today]
    same = sum(1 for change in changes if change.plan == change.today)
    words = [f"Fewer posts: {', '.join(fewer)}." if fewer else "No post is given up."]
    if more:
        words.append(f"More posts: {', '.join(more)}.")
    kinds = "1 other kind of post stays" if same == 1 else f"{same} other kinds of posts stay"
    stays = [f"{kinds} as {'it is' if same == 1 else 'they are'}."] if same and (fewer or more) else []
    fte = ["1.00 FTE is one full-time post."] if fewer or more else []
    return " ".join([*words, *stays, *fte])


DOCUMENT = Document(
    "letters",
    "Letters to schools that give up",
    "A plain letter for each school that gives up core money: what changes, why, and what is not decided yet.",
    Readers.PUBLIC,
    45,
    ".docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    _write,
)
