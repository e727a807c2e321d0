"""One school, not "1 schools", and 12.3 %: how counts and shares stand in every sentence of the product."""

from __future__ import annotations

import ast
import re

import pytest

from equity_alloc.domain.district import District, Fund, School, Spending, StudentGroup
from equity_alloc.domain.number import count_words, print_percent
from equity_alloc.rules.line_band import LineBand
from equity_alloc.rules.need_quarter_ratio import NeedQuarterRatio
from tests.house import product

#: A plural noun that ends its phrase: what stands before it may be one.
NOUN = re.compile(
    r"^ (amount|component|document|draw|fund|group|intervention|line|month|option|place|plan|position|post|promise|pupil|record|row|rule|"
    r"scenario|school|test|total|year)s(?=[.,:;)]|$| (in|at|with|of|and|by|to|from|under|along|here|beside|close)\b)"
)


def bare_plurals(files: dict[str, str]) -> list[str]:
    """Return where a count of `len` or `sum` stands before a plural noun as it is."""
    found = []
    for name, text in files.items():
        for node in ast.walk(ast.parse(text)):
            for count, words in zip(getattr(node, "values", ()), getattr(node, "values", ())[1:], strict=False):
                counted = isinstance(count, ast.FormattedValue) and isinstance(count.value, ast.Call)
                is_count = counted and getattr(count.value.func, "id", "") in ("len", "sum")
                if is_count and isinstance(words, ast.Constant) and NOUN.match(str(words.value)):
                    found.append(f"{name}:{count.lineno}: {ast.unparse(count.value)}{words.value}")
    return found


def test_no_sentence_writes_a_plural_after_a_count_that_may_be_one():
    assert [] == bare_plurals(product())


def test_a_bare_plural_is_found_where_one_stands():
    """The check can fail: a planted sentence is found, and the right one is not."""
    wrong = 'words = f"{len(found)} schools close, {name} rules"'
    right = "words = f\"{count_words(len(found), 'school')} close\""
    assert 1 == len(bare_plurals({"a.py": wrong, "b.py": right}))


@pytest.mark.parametrize(
    ("count", "expected"), [(0, "0 schools"), (1, "1 school"), (2, "2 schools"), (1_000, "1,000 schools")]
)
def test_only_one_is_singular(count, expected):
    assert expected == count_words(count, "school")


def test_a_noun_with_a_plural_of_its_own_is_told_with_it():
    assert ("1 entry", "2 entries") == (count_words(1, "entry", "entries"), count_words(2, "entry", "entries"))


def test_one_line_and_one_school_are_told_as_one_by_the_rules_that_count_them():
    """A quarter of four schools is one school."""
    schools = tuple(School(code, code, "any", 100, 100, (("poor", n * 20),)) for n, code in enumerate("abcd"))
    fund = Fund("general", "General", 100_000)
    supplies = (Spending("a", "Supplies", "general", 100_000),)
    district = District("Four", "2026-27", schools, (StudentGroup("poor", "Poor"),), (), (fund,), (), supplies)
    assert "The 1 school with the largest share of Poor has at least" in NeedQuarterRatio("poor").explain(district)
    alone = District("One", "2026-27", schools[:1], (StudentGroup("poor", "Poor"),), (), (fund,), (), supplies)
    assert "(1 line at 1 school)" in LineBand().explain(alone)


def signs_without_space(files: dict[str, str]) -> list[str]:
    """Return where a share is written by Python's own percent format, which sets no space before the sign."""
    return [
        f"{name}:{node.lineno}"
        for name, text in files.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FormattedValue)
        and node.format_spec is not None
        and ast.unparse(node.format_spec).rstrip("'\"").endswith("%")
    ]


def test_a_share_is_written_in_one_form_everywhere():
    assert [] == signs_without_space(product())
    assert ["a.py:1"] == signs_without_space({"a.py": 'words = f"{share:.1%} of it"'})
    assert "12.3 %" == print_percent(0.123)
