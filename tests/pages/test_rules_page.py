"""Every choice can be changed on the page Rules, nothing typed is lost, and every step can be taken back."""

import dataclasses

import pytest

from equity_alloc.catalogue import objective_classes, rule_classes
from equity_alloc.rules.order_of_use import OrderOfUse
from equity_alloc.rules.setting import settings_of, typed_settings_of
from equity_alloc.ui.changes import open_settings
from equity_alloc.ui.district_lists import options_of
from tests.pages.conftest import failures, press, words


def field(page, kind, label):
    [found] = [each for each in page.get(kind) if each.label == label]
    return found


def labels(page):
    kinds = ("number_input", "selectbox", "multiselect", "text_input", "checkbox")
    return [each.label for kind in kinds for each in page.get(kind)]


def test_a_new_weight_gives_a_new_plan_and_undo_takes_it_back(go_to, session):
    page = go_to("rules")
    before = page.success[0].value
    field(page, "number_input", "English learners (percent extra)").set_value(50.0).run()
    assert before != page.success[0].value
    assert "Last change" in words(page)
    assert session.is_changed
    page = press(page, "Back to the district's own scenario")
    assert before == page.success[0].value
    page.sidebar.button[0].click().run()
    assert session.is_changed


def test_a_change_of_one_rule_is_told_in_one_line(go_to):
    page = press(go_to("rules"), "Change rule 6")
    field(page, "number_input", "Most gain (percent)").set_value(10.0).run()
    [effect] = page.info
    assert "Lowest school +" in effect.value.replace("\\", "")
    assert "per weighted pupil" in effect.value


def test_an_amount_that_cannot_be_read_stays_in_its_field_even_on_another_page(go_to, session):
    own = session.scenario
    page = press(go_to("rules"), "Change GEN")
    field(page, "text_input", "Appropriation (dollars)").set_value("two million").run()
    assert "is not an amount" in words(page)
    assert own == session.scenario
    go_to("plan")
    page = go_to("rules")
    assert "two million" == field(page, "text_input", "Appropriation (dollars)").value
    assert "is not an amount" in words(page)


def test_an_amount_is_read_as_people_type_it_and_echoed(go_to, session):
    page = press(go_to("rules"), "Change GEN")
    field(page, "text_input", "Appropriation (dollars)").set_value("$ 193,000,000").run()
    assert "Read as $193,000,000.00." in words(page)
    assert 19_300_000_000 == session.scenario.funds[0].amount
    assert "General fund (state and local): appropriation $192,424,000 to $193,000,000." in words(page)
    assert "Voted" in next(list(t.value.columns) for t in go_to("plan").dataframe if "Unallocated" in t.value.columns)


def test_a_share_out_of_range_is_refused_in_percent(go_to, session):
    own = session.scenario
    page = press(go_to("rules"), "Change rule 5")
    field(page, "number_input", "Share of last year (percent)").set_value(170.0).run()
    assert "Share of last year is 170 %. Enter at least 0 % and at most 150 %." in words(page)
    assert own == session.scenario


def test_a_fund_outside_the_level_needs_a_rule_of_its_own(go_to, session):
    page = press(go_to("rules"), "Change COMP")
    field(page, "checkbox", "Counts toward the level").uncheck().run()
    assert "needs its own rule of sharing" in words(page)
    assert () == session.scenario.funds


# A rule that the scenario makes of its formula is added there.
@pytest.mark.parametrize(
    "code",
    [code for code, kind in rule_classes().items() if not kind.always and settings_of(kind) == typed_settings_of(kind)],
)
def test_any_kind_of_rule_can_be_added_with_a_field_for_every_setting_and_removed(go_to, session, code):
    own = session.scenario
    page = go_to("rules")
    field(page, "selectbox", "Kind of rule").select(code).run()
    page = press(page, "Add this rule")
    assert [] == failures(page)
    assert code == session.scenario.rules[-1].code
    shown = labels(page)
    missing = [
        info.label
        for info in settings_of(session.scenario.rules[-1]).values()
        if not any(label.startswith(info.label) for label in shown)
    ]
    assert [] == missing
    page = press(page, f"Remove rule {len(session.scenario.rules)}")
    assert own == session.scenario


def test_a_new_rule_stands_first_and_open_until_it_is_closed(go_to, session):
    page = press(go_to("rules"), "Add this rule")
    number = len(session.scenario.rules)
    order = [each.label for each in page.button if each.label.endswith("this rule") or each.label.startswith("Close")]
    assert [f"Close rule {number}", "Add this rule"] == order
    page = press(page, f"Close rule {number}")
    order = [each.label for each in page.button]
    assert order.index("Add this rule") < order.index(f"Change rule {number}")


def test_a_weight_out_of_range_is_refused_by_title_and_in_percent(go_to, session):
    own = session.scenario
    page = go_to("rules")
    field(page, "number_input", "English learners (percent extra)").set_value(-25.0).run()
    assert "English learners: the extra share is -25 %. Enter 0 to 1,000 percent" in words(page)
    assert own == session.scenario


def test_the_source_of_a_weight_is_a_field(go_to, session):
    label = "Who set the weight for English learners, and where it is written"
    page = go_to("rules")
    field(page, "text_input", label).set_value("Board policy 3110, May 2026").run()
    [need] = [need for need in session.scenario.need_weights if need.group == "english-learners"]
    assert "Board policy 3110, May 2026" == need.source
    page = field(page, "text_input", label).set_value("x" * 301).run()
    assert "The source has 301 characters. Enter at most 300." in words(page)
    assert "x" * 301 == field(page, "text_input", label).value


@pytest.mark.parametrize("code", objective_classes())
def test_any_objective_can_be_chosen_and_shows_its_card(go_to, session, code):
    page = go_to("rules")
    page = field(page, "selectbox", "What the plan raises").select(code).run()
    for info in open_settings(code).values():
        first = next(iter(options_of(info.choice, session.district)))
        page = field(page, "selectbox", info.label).select(first).run()
    assert [] == failures(page)
    assert code == session.scenario.objective.code
    told = words(page)
    for sentence in (session.scenario.objective.good_for, session.scenario.objective.misleads):
        assert sentence in told
    assert any(each.label.startswith("Table: What") for each in page.expander), (
        "the picture stands open, its table behind it"
    )


def test_sharing_out_a_position_asks_for_the_position_before_any_plan_is_made(go_to, session):
    own = session.scenario
    page = go_to("rules")
    headline = page.success[0].value
    page = field(page, "selectbox", "What the plan raises").select("smallest-load").run()
    assert "Choose the position first. Until then the plan stays as it is." in words(page)
    assert own == session.scenario
    assert headline == page.success[0].value
    position = field(page, "selectbox", "Position")
    assert position.value is None
    page = position.select("COUN").run()
    assert ("smallest-load", "COUN") == (session.scenario.objective.code, session.scenario.objective.position)
    assert "Choose the position first" not in words(page)
    assert "Counselor" in page.success[0].value


def test_every_setting_of_every_rule_of_the_sample_has_a_field(go_to, session):
    page = go_to("rules")
    session.opened |= {f"rule-{number}" for number in range(1, len(session.scenario.rules) + 1)}
    page.run()
    assert [] == failures(page)
    shown = labels(page)
    wanted = [info.label for rule in session.scenario.rules for info in settings_of(rule).values()]
    for label in set(wanted):
        assert wanted.count(label) <= sum(1 for each in shown if each.startswith(label))


def test_an_order_of_use_that_contradicts_another_is_refused_at_its_field_with_the_ways_out(go_to, session):
    rules = (*session.scenario.rules, OrderOfUse("COMP", "GEN"), OrderOfUse("GEN", "LEVY"))
    session.choose(dataclasses.replace(session.scenario, rules=rules))
    own = session.scenario
    page = press(go_to("rules"), f"Change rule {len(rules)}")
    [then] = [each for each in page.selectbox if each.label.startswith("Used after it")]
    page = then.select("COMP").run()
    assert [] == failures(page)
    assert "COMP before GEN; GEN before COMP. Take one of them away, turn it round" in words(page)
    assert own == session.scenario
