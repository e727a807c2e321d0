"""The commands choices and decision, as a person at a terminal uses them."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from equity_alloc.cli import app
from equity_alloc.decisions.book import Book
from equity_alloc.decisions.chain import chain_bytes
from tests.decisions.conftest import assessed


@pytest.fixture
def run():
    return lambda *words: CliRunner().invoke(app, list(words))


@pytest.fixture
def chain(tmp_path):
    book = Book("Larkspur").with_record(assessed("plan-a"), "2026-11-20T15:00:00+00:00")
    book = book.with_record(assessed("plan-b"), "2026-11-21T15:00:00+00:00")
    path = tmp_path / "decision-chain.json"
    path.write_bytes(chain_bytes(book.chain, book.district))
    return path, book


def test_choices_says_who_carries_the_loss_and_answers_objections(run):
    done = run("choices", "sample")
    assert 0 == done.exit_code
    assert "Valley View High  -$239,111" in done.stdout
    assert "Gains less losses: $2,036,183.00" in done.stdout
    assert "14. You had already decided." in done.stdout
    assert "The compromise forgoes" in done.stdout


def test_an_untouched_file_is_said_to_be_as_it_was_written(run, chain):
    path, book = chain
    done = run("decision", "verify", str(path), "--ends-with", book.chain[-1].hash[:12])
    assert 0 == done.exit_code
    assert (
        f"Larkspur: 2 records, every one as it was written. The last fingerprint is {book.chain[-1].hash}"
        in done.stdout
    )


def test_a_changed_word_is_named(run, chain):
    path, _ = chain
    path.write_bytes(path.read_bytes().replace(b"Ann Lee", b"Ann Leo", 1))
    done = run("decision", "verify", str(path))
    assert 1 == done.exit_code
    assert "Record 1 (assessment, 2026-11-20T15:00:00+00:00) was changed" in done.stderr
    assert "the field by does not fit the seal" in done.stderr


def test_records_that_were_cut_off_are_found_by_the_printed_fingerprint(run, chain):
    path, book = chain
    path.write_bytes(chain_bytes(book.chain[:1], book.district))
    assert 0 == run("decision", "verify", str(path)).exit_code
    done = run("decision", "verify", str(path), "--ends-with", book.chain[-1].hash[:12])
    assert 1 == done.exit_code
    assert "records are missing or were added" in done.stderr


def test_a_file_that_is_none_says_what_to_do(run, tmp_path):
    spoilt = tmp_path / "spoilt.json"
    spoilt.write_text('{"format": 1,')
    done = run("decision", "verify", str(spoilt))
    assert 2 == done.exit_code
    assert "line 1, column 14" in done.stderr
    missing = run("decision", "show", str(tmp_path / "missing.json"))
    assert 2 == missing.exit_code
    assert "Check the path" in missing.stderr


def test_show_prints_every_field(run, chain):
    done = run("decision", "show", str(chain[0]))
    assert 0 == done.exit_code
    assert "What changed because of this assessment: Said in full." in done.stdout
