"""The page Policies names rules that cause gaps, keeps a register, and says where money jumps."""

from __future__ import annotations

from equity_alloc.domain.policy import PolicyStatus
from tests.pages.conftest import failures, press, words


def field(page, ending):
    every = (*page.text_input, *page.selectbox)
    [found] = [each for each in every if str(each.key).startswith("policy-") and str(each.key).endswith(ending)]
    return found


def test_the_rule_that_causes_most_is_named_for_three_figures(go_to):
    page = go_to("policies")
    assert [] == failures(page)
    said = words(page)
    for figure in ("Neediest quarter of schools", "Economically disadvantaged, compared", "Schools below their target"):
        assert figure in said
    assert "does most: -$" in said
    assert "Thresholds: how much money jumps" in said


def test_another_group_can_be_looked_at_audit_only_ones_too(go_to):
    page = go_to("policies")
    [group] = [each for each in page.selectbox if each.key == "policy-group"]
    assert any("(audit only)" in option for option in group.options)
    group.set_value("english-learners").run()
    assert [] == failures(page)
    assert "English learners, compared with everybody else" in words(page)


def test_the_register_is_begun_from_the_rules_and_a_row_is_decided_with_a_reason(go_to, session):
    page = go_to("policies")
    assert "The register is empty" in words(page)
    [begin] = [button for button in page.button if button.key == "policy-begin"]
    begin.click().run()
    assert [] == failures(page)
    assert len([rule for rule in session.scenario.rules if not rule.always]) == len(session.scenario.policies)
    [which] = [each for each in page.selectbox if str(each.key).startswith("policy-which")]
    name = session.scenario.policies[0].name
    which.set_value(name).run()
    field(page, "-status").set_value(PolicyStatus.REPAIR)
    press(page, "Keep this row")
    assert "nobody says why" in words(page)
    assert session.scenario.policies[0].status is PolicyStatus.UNDECIDED
    field(page, "-reason").set_value("It keeps the gap open.")
    press(page, "Keep this row")
    assert [] == failures(page)
    assert PolicyStatus.REPAIR is session.scenario.policies[0].status
    assert "1 repair" in words(page)


def test_a_practice_that_is_no_rule_is_suspected_and_not_computed(go_to, session):
    page = go_to("policies")
    field(page, "-name").set_value("Teachers choose their school by seniority")
    press(page, "Keep this row")
    assert [] == failures(page)
    [row] = session.scenario.policies
    assert "" == row.rule
    [table] = [frame for frame in page.dataframe if "How sure" in frame.value.columns]
    assert "suspected" == table.value["How sure"].iloc[0]
    assert "not computed" in list(table.value.iloc[0])
