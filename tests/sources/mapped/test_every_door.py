"""What holds for every door: junk under its headings never raises, rows are accounted for, and what it needs is asked for."""

from __future__ import annotations

import random

import pytest

from equity_alloc.sources.csv_folder import csv_grid
from equity_alloc.sources.mapped.answers import Answers
from equity_alloc.sources.mapped.library import built_in_maps, recognize
from equity_alloc.sources.mapped.read_table import known_slugs
from equity_alloc.sources.mapped.take_in import take_in
from tests.sources.mapped.tables import read
from tests.sources.mapped.test_dirt import JUNK

DOORS = {table_map.code: table_map for table_map in built_in_maps()}


def headings_of(table_map):
    names = list(table_map.recognize)
    names += [alternatives[0] for _, alternatives in table_map.columns]
    names += [part for row_sum in table_map.row_sums for part in (row_sum.total, *row_sum.parts)]
    names += [test.column for test in (*table_map.leave_out, *table_map.keep)]
    names += [test.column for category in table_map.categories for test in category.tests]
    names += [table_map.account.column] if table_map.account else []
    return list(dict.fromkeys(names))


def table_text(table_map, draw, rows):
    heads = headings_of(table_map)
    draw.shuffle(heads)
    telling = [value for test in (*table_map.keep, *table_map.leave_out) for value in test.values] or [""]
    cells = [*JUNK, *telling]
    lines = [
        heads,
        *([draw.choice([*cells, *(str(draw.randint(0, 400)) for _ in "ab")]) for _ in heads] for _ in range(rows)),
    ]
    return "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines)


@pytest.mark.parametrize("code", DOORS)
@pytest.mark.parametrize("seed", range(6))
def test_junk_under_its_headings_never_raises_and_every_row_is_accounted_for(code, seed):
    draw = random.Random(f"{code}{seed}")
    extract = read(
        table_text(DOORS[code], draw, draw.randint(0, 30)), DOORS[code], **draw.choice([{}, {"district": "7"}])
    )
    tally = extract.tally
    if tally.used:
        assert tally.rows == tally.used + sum(left.rows for left in tally.left_out)
    assert all(finding.what and finding.why and finding.remedy for finding in extract.findings)
    taken = take_in([extract], Answers(who="x", accepts=True, typical=draw.random() < 0.5))
    assert (taken.reading.district is None) == bool(taken.reading.errors)


@pytest.mark.parametrize("code", DOORS)
def test_its_headings_lead_to_it_whatever_stands_above_them(code):
    draw = random.Random(code)
    text = "A banner,,\nOf two rows,,\n" + table_text(DOORS[code], draw, 3)
    assert DOORS[code] == recognize(csv_grid("t.csv", text.encode()))


@pytest.mark.parametrize("code", DOORS)
def test_a_table_without_its_columns_says_which_one_lacks(code):
    extract = read("One,Two,Three\n1,2,3\n", DOORS[code])
    assert "column-not-found" in [finding.code for finding in extract.findings]
    assert known_slugs(DOORS[code])
