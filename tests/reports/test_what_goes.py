"""Papers say what a school that gives up core money goes without, where the gains come from, and whose the rules are."""

from __future__ import annotations

import dataclasses
import io
import re

import docx
import pytest

from equity_alloc.domain.money import print_dollars
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.pool import Pool
from equity_alloc.planning.reason import Standing
from equity_alloc.planning.reason_words import public_reason, reason_sentence, share_words
from equity_alloc.planning.search import plan as make_plan
from equity_alloc.planning.what_goes import felt, last_words
from equity_alloc.reports.document import Dossier
from equity_alloc.reports.family import documents_named, make
from equity_alloc.reports.school_story import school_sections
from equity_alloc.reports.story import first_pages
from equity_alloc.reports.whence import whence_words
from equity_alloc.rules.usual import rests_on_usual
from equity_alloc.scenario import default_scenario
from equity_alloc.sources.sample import sample_reading
from equity_alloc.ui.scenario_names import standing


@pytest.fixture(scope="module")
def letters(dossier):
    """Every letter of the sample, by the school's name."""
    [made] = make(dossier, documents_named(["letters"]))
    found, name = {}, ""
    for paragraph in docx.Document(io.BytesIO(made.data)).paragraphs:
        if paragraph.style.name == "Heading 1":
            name = paragraph.text.partition(":")[0]
        found[name] = f"{found.get(name, '')}\n{paragraph.text}".replace("\u00a0", " ")
    return found


def core_changes(plan, school):
    """Add up proposal minus last year over the counted funds, by position and line."""
    counted = {fund.code for fund in plan.view.district.funds if fund.counts}
    found = {}
    for allocation, sign in ((plan.allocation, 1), (plan.view.district.today, -1)):
        for (code, item, fund), cents in (*allocation.pay, *allocation.dollars):
            if code == school and fund in counted:
                found[item] = found.get(item, 0) + sign * cents
    return found


def test_a_letter_and_a_why_sheet_name_every_line_whose_core_money_falls_and_no_other(dossier, letters):
    plan, seen = dossier.plan, 0
    for reason in dossier.reasons:
        if reason.change >= 0:
            continue
        changes = core_changes(plan, reason.row.code)
        falls = [line for line in plan.district.lines if changes.get(line, 0) <= -50]
        told = f"Less core money for: {', '.join(falls)}."
        sheet = " ".join(s for section in school_sections(dossier, reason) for s in section.sentences)
        for words in (letters[reason.name], sheet):
            assert (told in words) == bool(falls), words
            assert "Less core money for" not in words or falls
        seen += bool(falls)
        # The lines' own amounts may follow hidden counts, and stand nowhere.
        amounts = {print_dollars(abs(changes[line])) for line in falls}
        assert not amounts & set(re.findall(r"\$[\d,]*\d", f"{letters[reason.name]} {sheet}"))
    assert seen


def test_where_no_post_goes_names_and_directions_explain_the_whole_fall(dossier, letters):
    """Sunnyside gives up no post: what core money pays less for is lines, and posts that other money pays."""
    [reason] = [each for each in dossier.reasons if each.name == "Sunnyside Elementary"]
    changes = core_changes(dossier.plan, reason.row.code)
    titles = {each.code: each.title for each in dossier.plan.district.positions}
    named = {titles.get(item, item) for item, cents in changes.items() if cents <= -50}
    assert named == {*reason.felt.less, *reason.felt.other}
    assert "No post is given up. Less core money for: " in letters[reason.name]
    assert sum(changes.values()) == reason.change < 0


def test_other_money_that_takes_over_a_post_is_told_where_some_of_its_posts_go_too(dossier):
    """A post that goes explains its own cost alone; $100 that a supplemental fund takes over has a name as well."""
    plan = dossier.plan
    counted = {fund.code for fund in plan.district.funds if fund.counts}
    (school, code, fund), cents = next(
        (cell, cents)
        for cell, cents in plan.allocation.pay
        if cell[2] in counted
        and cents > 10_000
        and plan.allocation.fte_of.get(cell[:2], 0) < plan.district.today.fte_of.get(cell[:2], 0)
        and plan.district.position_of[cell[1]].title not in felt(plan)[cell[0]].other
    )
    other = next(each.code for each in plan.district.funds if not each.counts)
    pay = dict(plan.allocation.pay)
    pay[school, code, fund] = cents - 10_000
    pay[school, code, other] = pay.get((school, code, other), 0) + 10_000
    changed = dataclasses.replace(plan, allocation=dataclasses.replace(plan.allocation, pay=tuple(sorted(pay.items()))))
    assert plan.district.position_of[code].title in felt(changed)[school].other


def test_a_letter_does_not_promise_more_of_the_why_sheet_than_it_shows(letters):
    for name, words in letters.items():
        if name:
            assert "shows every figure" not in words
            assert "it shows no dollars by line of spending or of supplemental money." in words


def test_a_school_that_loses_its_last_post_of_a_kind_is_told_so_everywhere(dossier, letters):
    """Alder Creek had 1.00 assistant principal and keeps none; Cedar Grove keeps a half."""
    plan, code = dossier.plan, "0101"
    assert plan.view.district.today.fte_of[code, "AP"] == 100
    assert not plan.allocation.fte_of.get((code, "AP"), 0)
    [reason] = [each for each in dossier.reasons if each.row.code == code]
    assert "1.00 FTE Assistant principal (its only one)" in letters[reason.name]
    assert "1.00 FTE fewer Assistant principal (its only one)" in public_reason(plan, reason, with_levels=True)
    assert "0.50 FTE Assistant principal," in letters["Cedar Grove Middle"]
    assert (" (its only one)", " (none is left)", " (none is left)", "", "") == tuple(
        last_words(*each) for each in ((100, 0), (200, 0), (50, 0), (200, 100), (0, 100))
    )


def test_no_school_that_keeps_a_post_is_told_that_none_is_left(dossier):
    plan = dossier.plan
    titles = {each.title: each.code for each in plan.district.positions}
    for reason in dossier.reasons:
        for item in reason.items:
            left = plan.allocation.fte_of.get((reason.row.code, titles.get(item.title, "")), 0)
            assert bool(item.last) == (item.title in titles and bool(item.fte) and not left)


def test_a_percentage_short_of_the_limit_is_not_printed_as_the_limit(dossier):
    """8 % of $2,125,000 is $170,000: $168,061 is 7.909 %, and $169,999 prints as 8.00 %."""
    reason = dossier.reasons[0]

    def share(change, room, today=212_500_000):
        row = dataclasses.replace(reason.row, counted_today=today, counted_plan=today + change)
        return share_words(dataclasses.replace(reason, row=row, room=room))

    assert "8.0 %" == share(17_000_000, 0)
    assert "7.9 %" == share(16_806_100, 193_900)
    assert "7.96 %" == share(16_915_000, 85_000)
    assert "just under 8.0 %" == share(16_999_900, 100)
    assert "just under 3.0 %" == share(-6_374_900, 100)
    assert "4.0 %" == share(8_500_000, 8_500_000)
    # Where money is told as an estimate the room is not known.
    assert "8.0 %" == share(16_915_000, None)


def test_amounts_of_funds_that_miss_the_whole_by_a_dollar_are_said_to_be_rounded(dossier):
    """$205,584.60 less and $42,658.60 more print as $205,585 and $42,659, which makes $162,926; the fall is $162,926.00."""
    reason = next(each for each in dossier.reasons if each.change < 0)

    def told(one, other):
        today = 1_000_000_000
        row = dataclasses.replace(reason.row, counted_today=today, counted_plan=today + one + other)
        return reason_sentence(dossier.plan, dataclasses.replace(reason, row=row, funds=(("A", one), ("B", other))))

    assert "A pays $205,585 less here and other core funds $42,659 more;" in told(-20_558_460, 4_265_860)
    # $205,585.40 and $42,658.50 print as $205,585 and $42,659; the fall of $162,926.90 as $162,927.
    assert "A pays $205,585 less here and other core funds $42,659 more (rounded);" in told(-20_558_540, 4_265_850)


@pytest.mark.parametrize(
    ("pool", "words"),
    [
        (
            Pool(138_397_500, 11, 342_015_800, 13, ("A", 1), 0),
            "The $3,420,158 that 13 schools gain comes from $2,036,183 of new core money and from what 11 schools give up",
        ),
        (
            Pool(500, 1, 500, 1, ("A", 1), 0),
            "No core money is new: the $5 that 1 school gains comes from what 1 school",
        ),
        (Pool(500, 2, 540, 1, ("A", 1), 0, rounding=40), "No core money is new: the $5 that 1 school gains comes"),
        (Pool(0, 0, 900, 2, ("A", 1), 0), "The $9 that 2 schools gain is new core money."),
        (Pool(900, 2, 0, 0, None, 0), "No school gains core money, so what is given up goes to no other school."),
        (
            Pool(900, 2, 400, 3, ("A", 1), 0),
            "Schools have $5 less core money in all: of the $9 that 2 schools give up, $4",
        ),
        (Pool(0, 0, 0, 0, None, 0), ""),
    ],
)
def test_where_the_gains_come_from_is_told_in_each_case(dossier, pool, words):
    other = dataclasses.replace(dossier)
    other.__dict__["reasons"] = tuple(dataclasses.replace(each, pool=pool) for each in dossier.reasons)
    told = whence_words(other)
    assert told.startswith(words) and bool(told) == bool(words)


def test_those_who_give_up_stand_higher_only_where_each_of_them_does_and_levels_are_shown(dossier):
    losers = [row.level_today for row in dossier.rows if row.counted_change < 0]
    gainers = [row.level_today for row in dossier.rows if row.counted_change > 0]
    assert min(losers) > max(gainers)
    higher = "which each stand higher per weighted pupil with last year's money than every school that gains."
    assert whence_words(dossier).endswith(higher)
    assert whence_words(dossier) in first_pages(dossier)[0].sentences
    one = next(place for place, each in enumerate(dossier.reasons) if each.change < 0)
    changed = list(dossier.reasons)
    changed[one] = dataclasses.replace(changed[one], standing=Standing(12, 13))
    other = dataclasses.replace(dossier)
    other.__dict__["reasons"] = tuple(changed)
    assert "which" not in whence_words(other)
    hidden = dataclasses.replace(dossier)
    hidden.__dict__["public"] = dataclasses.replace(
        dossier.public, hidden=dataclasses.replace(dossier.public.hidden, levels=False)
    )
    assert "which" not in whence_words(hidden)


def test_where_levels_are_left_out_a_school_reads_the_goal_and_why_no_level_is_told(dossier, letters):
    """Without it a letter says "This is why." and then how much the school gives up, and nothing else."""
    hidden = dataclasses.replace(dossier)
    hidden.__dict__["public"] = dataclasses.replace(
        dossier.public, hidden=dataclasses.replace(dossier.public.hidden, levels=False)
    )
    goal = f"The goal of the plan: {dossier.plan.scenario.objective.title}."
    why = "Levels are left out here, because small counts of pupils could be worked out from them."
    [made] = make(hidden, documents_named(["letters"]))
    told = [each.text.replace("\u00a0", " ") for each in docx.Document(io.BytesIO(made.data)).paragraphs]
    reasons = [each for each in told if each.startswith("This is why.")]
    assert 11 == len(reasons)
    assert all(goal in each and why in each and "per weighted pupil, more than" not in each for each in reasons)
    sheet = " ".join(section for each in school_sections(hidden, hidden.reasons[0]) for section in each.sentences)
    assert goal in sheet and why in sheet
    assert not any(why in letter for letter in letters.values())


def test_rules_that_nobody_adopted_are_counted_beside_those_that_are_kept(dossier):
    """Page one of the sample, whose rules name where they are written, says nothing; with the usual rules it counts them."""
    assert "this program proposes" not in " ".join(first_pages(dossier)[0].sentences)
    district = sample_reading().district
    made = make_plan(district, default_scenario(district))
    assert isinstance(made, Plan)
    always = sum(rule.always for rule in made.scenario.rules)
    told = " ".join(first_pages(Dossier(made))[0].sentences)
    assert (
        f"All but {always} that hold in every plan are usual rules that this program proposes; no source says that anybody "
        "adopted them." in told
    )
    first = next(place for place, rule in enumerate(made.scenario.rules) if not rule.always)
    rules = list(made.scenario.rules)
    rules[first] = dataclasses.replace(rules[first], basis="BP 3120")
    mixed = dataclasses.replace(made, scenario=dataclasses.replace(made.scenario, rules=tuple(rules)))
    usual = len(rules) - always - 1
    assert f"{usual} of them are usual rules" in " ".join(first_pages(Dossier(mixed))[0].sentences)


def test_the_app_calls_usual_rules_nobodys_choice():
    reading = sample_reading()
    district, own = reading.district, reading.scenario
    usual = default_scenario(district)
    assert not rests_on_usual(own.rules, district) and rests_on_usual(usual.rules, district)
    assert "the district's own choices" == standing(own, own, (), district)
    assert "the usual rules for a first plan, which nobody is known to have adopted" == standing(
        usual, usual, (), district
    )
    changed = dataclasses.replace(usual, name=f"{usual.name}, changed", tolerance=700)
    assert "changed from the usual rules for a first plan, not saved" == standing(changed, usual, (), district)
    first = dataclasses.replace(usual, name="First", tolerance=900)
    again = dataclasses.replace(first, name="First, changed", tolerance=700)
    assert "changed since First was saved" == standing(again, own, (first,), district)
