"""On the page Plan a principal asks what one more post would cost at the school, and may hold it there."""

from __future__ import annotations

from equity_alloc.planning.one_more import one_more
from equity_alloc.planning.one_more_words import answer_sentences, cost_sentences
from equity_alloc.rules.school_least import SchoolLeast
from tests.pages.conftest import failures, press, words

HOLD = "Hold it there as a rule and plan again"


def opened(app, school):
    app.selectbox(key="school-picker").select(school).run()
    # Opened from the browser in life; here the state that a click leaves.
    app.session_state[f"more-open-{school}"] = True
    return app.run()


def test_the_page_says_what_the_model_says_and_holds_it_when_asked(app, session):
    page = opened(app, "0105")
    page.selectbox(key="more-item").select("COUN").run()
    assert [] == failures(page)
    found = one_more(session.result(), "0105", "COUN", 100)
    told = words(page)
    for sentence in (*cost_sentences(found), *(s for answer in found.answers for s in answer_sentences(found, answer))):
        assert sentence in told
    [payers] = [each.value for each in page.dataframe if "May it pay for this" in each.value.columns]
    assert len(session.district.funds) == len(payers)
    before = len(session.scenario.rules)
    press(page, HOLD)
    assert before + 1 == len(session.scenario.rules) and isinstance(session.scenario.rules[-1], SchoolLeast)
    assert 220 == session.result().allocation.fte_of["0105", "COUN"]


def test_what_cannot_be_is_said_once_and_holds_nothing(app, session):
    page = opened(app, "0301")
    page.selectbox(key="more-item").select("LIB").run()
    assert [] == failures(page)
    assert 1 == words(page).count("ask for less: 0.50 FTE more can be had")
    assert HOLD not in [button.label for button in page.button]
