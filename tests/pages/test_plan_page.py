"""The page Plan answers what a principal, a finance officer and a facilitator ask, with the plan's own figures."""

import dataclasses

import pytest

from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.shipped import DATA
from equity_alloc.planning.baseline import NO_LAST_YEAR
from equity_alloc.planning.reason import reasons
from equity_alloc.planning.reason_words import reason_sentence
from equity_alloc.planning.summary import measure_rows, school_rows
from equity_alloc.rules.base import Force
from equity_alloc.sources.open_file import read_path
from equity_alloc.ui.changes import with_fund_value, with_objective
from equity_alloc.ui.measure_words import READINGS
from tests.pages.conftest import failures, press, words


def told(page):
    return words(page).replace("**", "")


def table(page, *headings):
    [found] = [each.value for each in page.dataframe if set(headings) <= set(each.value.columns)]
    return found


def test_who_gains_and_who_gives_up_is_told_first_with_the_sums_of_the_plan(app, session):
    changes = {row.name: row.counted_change for row in school_rows(session.result())}
    gains = [cents for cents in changes.values() if cents > 0]
    falls = [cents for cents in changes.values() if cents < 0]
    most, least = max(changes, key=changes.get), min(changes, key=changes.get)
    assert f"{len(gains)} schools gain {print_dollars(sum(gains))}, most {most}" in told(app)
    assert f"{len(falls)} schools give up {print_dollars(-sum(falls))}, most {least}" in told(app)
    assert "What holds the plan back" in told(app)
    [gini] = [row for row in measure_rows(session.result()) if row.measure.code == "gini"]
    assert f"Gini coefficient: {gini.today:.3f} last year, {gini.plan:.3f} in the proposal (better)." in told(app)
    assert "All 35 rules kept, checked in cents and posts" in told(app)


def test_the_gap_between_highest_and_lowest_stands_today_beside_the_proposal(app, session):
    rows = school_rows(session.result())
    before, after = (max(side) - min(side) for side in zip(*((r.level_today, r.level_plan) for r in rows), strict=True))
    [metric] = [each for each in app.metric if each.label == "Highest less lowest"]
    assert f"${after:,.0f}" == metric.value
    assert metric.delta.endswith(f"from ${before:,.0f}")


def test_a_chosen_school_is_told_why_in_one_sentence(app, session):
    plan = session.result()
    for reason in reasons(plan)[::7]:
        app.selectbox(key="school-picker").select(reason.row.code).run()
        assert reason_sentence(plan, reason) in told(app)
    every = table(app, "School", "Why", "All $ last year")
    assert [reason_sentence(plan, reason) for reason in reasons(plan)] == list(every["Why"])


def test_the_first_page_has_five_measures_and_the_page_equity_all_of_them(app, go_to):
    assert len(READINGS) == len(table(app, "Measure", "How to read it"))
    assert "Theil" not in told(app)
    measures = table(go_to("equity"), "Measure", "Direction")
    assert {"Theil T", "Gini coefficient", "Verstegen index"} <= set(measures["Measure"])


@pytest.mark.parametrize("word", ["Force", "Basis", "ounted dollars", "on top"])
def test_plain_words_stand_where_terms_of_the_program_stood(app, word):
    headings = [heading for each in app.dataframe for heading in each.value.columns]
    assert word not in told(app)
    assert not [heading for heading in headings if word in heading]


def test_money_that_no_school_gets_stands_out_in_amber_with_words(app, session, go_to):
    assert [] == list(app.warning)
    session.choose(with_objective(session.scenario, "smallest-load", {"position": "COUN"}))
    page = go_to("plan")
    assert [] == failures(page)
    [warning] = page.warning
    left = sum(fund.unallocated for fund in session.result().certificate.funds)
    assert f"General fund (state and local) {print_dollars(left)}" in warning.value.replace("\\", "")
    assert "This goal looks at one position, Counselor" in told(page)


def test_money_that_is_supposed_is_named_with_what_is_proven(app, session, go_to):
    fund = session.district.funds[0]
    more = with_fund_value(session.scenario, session.district, fund.code, "amount", fund.amount + 100_000_000)
    session.choose(more)
    assert "no plan under these rules and the money supposed here can bring the lowest school" in told(go_to("plan"))


def test_no_table_of_the_page_has_an_empty_row(app):
    assert [] == [each for each in app.dataframe if each.value.isna().all(axis=1).any()]


def test_once_opened_each_line_has_its_rule_and_what_one_step_of_it_does(app, session):
    def lines(page):
        return [each.value for each in page.dataframe if "What one step of that rule does" in each.value.columns]

    code = session.district.schools[0].code
    assert [] == lines(app)
    app.session_state[f"why-open-{code}"] = True
    app.run()
    assert [] == failures(app)
    [table] = lines(app)
    named = [
        price
        for why, price in zip(table["Why"], table["What one step of that rule does"], strict=True)
        if "by rule" in why
    ]
    assert named and all(price.startswith("Rule ") for price in named)


def uncapped_visit(app, session):
    """Leave out the rule that caps principals, so that the plan adds a second one."""
    rules = tuple(
        r for r in session.scenario.rules if (r.code, getattr(r, "position", "")) != ("staffing-most", "PRIN")
    )
    session.choose(dataclasses.replace(session.scenario, rules=rules))
    return app.run()


@pytest.mark.parametrize(("words_of_button", "most"), [("Hold to 1.00", 1), ("Allow up to 2.00", 2)])
def test_a_second_principal_that_no_rule_caps_is_decided_in_a_click(app, session, words_of_button, most):
    page = uncapped_visit(app, session)
    assert "Principal: every school had 1.00 FTE last year, and the plan has 2.00 at" in told(page)
    page = press(page, f"{words_of_button} FTE of Principal at each school")
    assert [] == failures(page)
    assert "No rule says how many a school may have" not in told(page)
    added = session.scenario.rules[-1]
    assert ("staffing-most", "PRIN", most) == (added.code, added.position, added.most_fte)
    plan = session.result()
    assert max(fte for (_, position), fte in plan.allocation.fte if position == "PRIN") <= most * 100
    assert () == plan.certificate.noticed


def test_a_district_without_last_year_is_not_shown_zeros_as_figures_of_last_year(go_to, session):
    reading = read_path(DATA / "tiny_district")
    district = dataclasses.replace(reading.district, staffing=(), spending=())
    laws = tuple(rule for rule in reading.scenario.rules if rule.force is Force.LAW)
    scenario = dataclasses.replace(reading.scenario, rules=laws)
    assert session.load(dataclasses.replace(reading, district=district, scenario=scenario), "")
    page = go_to("plan")
    assert [] == failures(page)
    assert NO_LAST_YEAR in words(page)
    assert "data; they hold nothing of last year." in words(page)
    assert "last year is last year's" not in words(page)
