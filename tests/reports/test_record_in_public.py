"""What a record of a decision told when it was made is told no longer where a count is hidden now."""

from __future__ import annotations

import dataclasses

from equity_alloc.decisions.book import Book
from equity_alloc.decisions.case import Case
from equity_alloc.decisions.compose import compose
from equity_alloc.decisions.options import last_year, option_of
from equity_alloc.domain.money import print_dollars
from equity_alloc.planning.public_identity import public_identity
from equity_alloc.reports.decision_sections import record_sections, shown_in_public
from equity_alloc.reports.document import Dossier
from equity_alloc.reports.record_in_public import LEFT_OUT, _told_money, record_in_public
from tests.decisions.conftest import AT, SAID, VERSIONS, assessment_of


def with_all_told(plan):
    """A book whose replies were made when every count could be told, as before a second set of documents."""
    assessment = dataclasses.replace(
        assessment_of(plan),
        burden="Asked 7 homeless pupils. More than their share of the loss: Homeless (1.23 times). It is eased in 2 steps.",
    )
    book = Book(plan.district.name).with_record(assessment, AT)
    options = [last_year(plan, look=None, with_levels=True)]
    options += [
        option_of(plan, name, is_chosen=name == "The plan", look=None, with_levels=True)
        for name in ("The plan", "Other")
    ]
    decision = compose(Case(plan, book, options=3), SAID, options, None, VERSIONS)
    return book.with_record(decision, "2026-11-25T09:00:00+00:00"), assessment, decision


def test_a_reply_that_names_a_group_whose_count_is_hidden_now_is_left_out_sentence_by_sentence(sample_plan):
    book, assessment, decision = with_all_told(sample_plan)
    dossier = Dossier(sample_plan, book=book)
    shown = shown_in_public(dossier.public, sample_plan)
    recorded = " ".join(f"{each.fact} {each.reply} {each.unknown}" for each in decision.replies)
    assert "% of pupils in Homeless" in recorded
    assert "With every need weight at" in recorded
    public = record_in_public(decision, dossier, shown)
    told = " ".join(f"{each.fact} {each.reply} {each.unknown}" for each in public.replies)
    assert "% of pupils in Homeless" not in told
    assert "With every need weight at" not in told
    assert LEFT_OUT in told
    # What rests on no count stays.
    assert decision.replies[0].fact == public.replies[0].fact
    # A person's own words stay as they are; the program's sentence about shares goes.
    words = record_in_public(assessment, dossier, shown).burden
    assert words == f"Asked 7 homeless pupils. {LEFT_OUT} It is eased in 2 steps."


def test_the_record_keeps_everything_for_those_who_may_read_it(sample_plan):
    book, _, decision = with_all_told(sample_plan)
    link, _ = book.decision_of(sample_plan.digest)
    words = " ".join(paragraph for section in record_sections(link, decision) for paragraph in section.sentences)
    assert "% of pupils in Homeless" in words


def test_an_amount_is_told_anew_only_where_it_stands_whole(sample_plan):
    """$1,234 is no part of $1,234,567."""
    dossier = Dossier(sample_plan)
    row = next(row for row in dossier.rows if row.counted_change)
    exact = print_dollars(abs(row.counted_change))
    told = dataclasses.replace(row, counted_plan=row.counted_today + 100)
    dossier.__dict__.update(estimated={row.code: told.counted_plan}, rows=(told,))
    assert f"Gets $1. Not {exact},567 and not {exact}9." == _told_money(
        f"Gets {exact}. Not {exact},567 and not {exact}9.", dossier
    )


def test_no_public_record_names_the_plan_by_a_digest_of_its_counts_not_even_an_older_one(sample_plan):
    """Who guesses a small count and knows the rest could work such a digest out, and would see whether the guess is right."""
    book, assessment, _ = with_all_told(sample_plan)
    old = dataclasses.replace(
        assessment, data=f"Data of Larkspur, identity of the plan {sample_plan.digest[:12]}; 14 rules."
    )
    _, decision = book.decision_of(sample_plan.digest)
    dossier = Dossier(sample_plan, book=book)
    shown = shown_in_public(dossier.public, sample_plan)
    for record in (old, decision):
        assert sample_plan.digest[:12] in repr(record)
        public = record_in_public(record, dossier, shown)
        assert sample_plan.digest[:12] not in repr(public)
        assert public_identity(sample_plan) in repr(public)
