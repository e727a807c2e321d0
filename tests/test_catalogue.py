"""Every rule, objective and measure introduces itself properly: code, title, source, settings and plain words."""

from __future__ import annotations

import dataclasses
import random
import re
from decimal import Decimal

import pytest

from equity_alloc.catalogue import (
    all_measures,
    objective_class,
    objective_classes,
    rule_class,
    rule_classes,
)
from equity_alloc.domain.errors import EquityAllocError, InvalidValue, UnknownCode
from equity_alloc.domain.source import Source
from equity_alloc.objectives.base import Objective
from equity_alloc.rules.base import Rule
from equity_alloc.rules.setting import Choice, settings_of
from equity_alloc.scenario import Scenario
from tests.districts import random_district
from tests.draws import choices, draw_member, odd_district

RULES, OBJECTIVES, MEASURES = rule_classes(), objective_classes(), all_measures()
MEMBERS = {**RULES, **OBJECTIVES, **MEASURES}
CHOSEN = {**RULES, **OBJECTIVES}
SEEDS = range(12)

#: Words of our code, which a finance officer never sees.
CODE_WORDS = re.compile(r"_|\bNone\b|\bTrue\b|\bFalse\b|Decimal|Fraction|\bnan\b|\binf\b|<|>|\{|\}|\[|\]|\bself\b|\('")
LABEL = re.compile(r"[A-Z][^_]*[^.\s]")
UNITS = {"", "share", "pupils per FTE", "pupils per class", "FTE", "dollars per pupil", "dollars", "months"}

every_member = pytest.mark.parametrize("code", MEMBERS)
every_chosen = pytest.mark.parametrize("code", CHOSEN)


def plain_words(text: str) -> bool:
    return not CODE_WORDS.search(text) and text.endswith(".") and text[0] == text[0].upper()


def test_no_code_is_used_twice_in_all_families_together():
    assert len(MEMBERS) == len(RULES) + len(OBJECTIVES) + len(MEASURES)


@every_member
def test_codes_are_kebab_case(code):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)
    assert code == MEMBERS[code].code


@every_member
def test_titles_are_claims_without_a_final_period(code):
    title = MEMBERS[code].title
    assert LABEL.fullmatch(title)
    assert not CODE_WORDS.search(title)


def test_titles_differ():
    titles = [member.title for member in MEMBERS.values()]
    assert len(set(titles)) == len(titles)


@every_member
def test_sources_have_a_locator(code):
    source = MEMBERS[code].source
    assert isinstance(source, Source)
    assert source.title.strip() and source.locator.strip()
    assert source.url == "" or source.url.startswith("https://")


@pytest.mark.parametrize("code", RULES)
def test_rules_say_the_sentence_that_they_encode(code):
    assert plain_words(RULES[code].says)


@pytest.mark.parametrize("code", OBJECTIVES)
def test_objectives_fill_their_card(code):
    kind = OBJECTIVES[code]
    assert all(plain_words(text) for text in (kind.good_for, kind.ignores, kind.misleads))
    assert kind.field_name.strip() and kind.score_unit.strip()


@every_chosen
def test_settings_have_labels_units_ranges_and_hints_fit_for_people(code):
    for name, info in settings_of(CHOSEN[code]).items():
        assert LABEL.fullmatch(info.label), name
        assert info.unit in UNITS, name
        assert info.hint == "" or plain_words(info.hint), name
        assert not (info.options and info.choice), name
        field = next(item for item in dataclasses.fields(CHOSEN[code]) if item.name == name)
        if isinstance(field.default, Decimal):
            assert info.least is not None and info.most is not None and info.least < info.most, name
            assert info.step is not None and info.step > 0, name
        else:
            assert info.options or info.choice, name


@every_chosen
def test_every_field_is_a_setting_so_that_no_choice_is_hidden(code):
    assert [item.name for item in dataclasses.fields(CHOSEN[code])] == list(settings_of(CHOSEN[code]))


@every_chosen
def test_defaults_are_valid_or_clearly_incomplete(code):
    member = CHOSEN[code]()
    blank = [name for name in settings_of(member) if getattr(member, name) in ("", ()) and name != "basis"]
    district = random_district(3, 4)
    if code in RULES:
        if blank:
            with pytest.raises(UnknownCode):
                list(member.check(district, district.today))
        else:
            list(member.check(district, district.today))
        return
    view = Scenario().view(district)
    if blank:
        with pytest.raises(UnknownCode):
            next(member.stages(view))
    else:
        next(member.stages(view))


@every_chosen
@pytest.mark.parametrize("name_and_end", ["least", "most"])
def test_a_value_beyond_its_range_is_refused_with_both_ends_named(code, name_and_end):
    for name, info in settings_of(CHOSEN[code]).items():
        end = getattr(info, name_and_end)
        if end is not None:
            beyond = end + (1 if name_and_end == "most" else -1)
            with pytest.raises(InvalidValue, match=re.escape(info.label)) as caught:
                CHOSEN[code](**{name: beyond})
            assert str(end) in str(caught.value)
            with pytest.raises(InvalidValue):
                CHOSEN[code](**{name: Decimal("NaN")})


def words_of(member, district):
    """Return the explanation, or the refusal where a count is unknown: both are read by people."""
    try:
        return member.explain(district if member.code in RULES else Scenario().view(district))
    except EquityAllocError as error:
        return str(error)


@pytest.mark.parametrize("seed", SEEDS)
@every_chosen
def test_explanations_are_plain_sentences_with_this_districts_numbers(code, seed):
    draw = random.Random(seed * 100 + len(code))
    district = odd_district(seed) if seed % 2 else random_district(seed, 5)
    member = draw_member(draw, CHOSEN[code], district)
    if member is None:
        return
    assert plain_words(words_of(member, district)), words_of(member, district)


@every_chosen
def test_a_name_that_the_district_does_not_have_is_refused_in_words_everywhere(code):
    district = random_district(1, 3)
    for name, info in settings_of(CHOSEN[code]).items():
        if info.choice in (None, Choice.CLASS_CAPS) or name == "basis" or code in OBJECTIVES:
            continue
        defaults = {item.name: item.default for item in dataclasses.fields(CHOSEN[code])}
        wrap = {other: (lambda code: (code,)) if value == () else str for other, value in defaults.items()}
        others = {
            other: wrap[other](choices(district, asked.choice)[0])
            for other, asked in settings_of(CHOSEN[code]).items()
            if asked.choice and defaults[other] in ("", ()) and other not in (name, "basis")
        }
        member = CHOSEN[code](**{name: wrap[name]("nowhere")}, **others)
        for use in (
            member.explain,
            lambda d, m=member: [*m.check(d, d.today)],
            lambda d, m=member: [*m.slack(d, d.today)],
        ):
            with pytest.raises(UnknownCode, match="nowhere"):
                use(district)


def test_members_keep_to_their_protocols():
    assert all(isinstance(kind(), Rule) for kind in RULES.values())
    assert all(isinstance(kind(), Objective) for kind in OBJECTIVES.values())


def test_an_unknown_code_is_answered_with_the_known_ones():
    with pytest.raises(UnknownCode, match="hold-harmless"):
        rule_class("hold-harmles")
    with pytest.raises(UnknownCode, match="raise-lowest-first"):
        objective_class("leximin")
