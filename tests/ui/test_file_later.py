"""A file that is made on demand remembers why it could not be made, for the page that waits for it."""

import threading

import pytest

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.ui.file_later import FileLater


def test_a_file_that_is_made_leaves_nothing_to_tell():
    file = FileLater(lambda: b"made")
    assert b"made" == file()
    assert file.await_turn(lambda: None, 0)
    assert "" == file.error


def test_our_own_sentence_is_told_as_it_is():
    def refuse():
        raise EquityAllocError("The table has more rows than a sheet holds.")

    file = FileLater(refuse)
    with pytest.raises(EquityAllocError):
        file()
    assert "The table has more rows than a sheet holds." == file.error


def test_what_nobody_expected_goes_to_the_log_and_its_id_to_the_visitor(caplog):
    def fail():
        raise ValueError("salary of a named person")

    file = FileLater(fail)
    with pytest.raises(ValueError):
        file()
    log_id = caplog.records[-1].args[0]
    assert f"give log id {log_id} to the person who runs this dashboard" in file.error
    assert "salary" not in file.error
    assert "salary of a named person" in caplog.text


def test_a_later_success_takes_the_words_back():
    answers = iter((EquityAllocError("Not now."), b"made"))

    def make():
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    file = FileLater(make)
    with pytest.raises(EquityAllocError):
        file()
    file.look()
    assert b"made" == file()
    assert file.await_turn(lambda: None, 0)
    assert "" == file.error


def test_who_waits_is_told_as_soon_as_it_is_made_and_not_of_an_earlier_time():
    file = FileLater(lambda: b"made")
    file()
    file.look()
    assert not file.await_turn(lambda: None, 0)
    maker = threading.Thread(target=file)
    assert file.await_turn(lambda: maker.start() if maker.ident is None else None, 60)
    maker.join()
