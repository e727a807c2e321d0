"""The rule that a formula makes is shown with the other rules, and goes with its formula."""

import dataclasses

from equity_alloc.formulas.use import FormulaUse, Use
from equity_alloc.rules.formula_entitlement import FormulaEntitlement
from equity_alloc.rules.setting import typed_settings_of
from tests.pages.conftest import failures, press, words

#: One counselor for 450 pupils: what the sample has at most schools.
POSTS = (
    'format = 1\nname = "posts"\n[[component]]\nkind = "ratio-staffing"\nname = "counselors"\nposition = "COUN"\n'
    'count = "enrollment"\npupils = 450\n'
)


def with_floor(session):
    session.choose(dataclasses.replace(session.scenario, formula=FormulaUse(POSTS, Use.FLOOR)))
    return len(session.scenario.rules)


def test_the_rule_is_shown_without_the_text_and_removing_it_removes_the_formula(go_to, session):
    number = with_floor(session)
    page = go_to("rules")
    assert [] == failures(page)
    assert FormulaEntitlement.title in words(page)
    page = press(page, f"Change rule {number}")
    shown = [each.label for kind in ("selectbox", "text_input") for each in page.get(kind)]
    typed = {info.label for info in typed_settings_of(FormulaEntitlement).values()}
    assert 2 == len(typed) and typed <= set(shown)
    assert not {"Formula", "Use", "Salaries"} & set(shown)
    page = press(page, f"Remove rule {number}")
    assert session.scenario.formula is None
    assert FormulaEntitlement.title not in words(page)


def test_the_rule_cannot_be_added_without_a_formula(go_to):
    page = go_to("rules")
    [kinds] = [each for each in page.selectbox if each.label == "Kind of rule"]
    assert FormulaEntitlement.title not in kinds.options


def test_a_way_out_makes_the_formula_a_target(go_to, session):
    all_pupils = POSTS.replace("450", "2")
    session.choose(dataclasses.replace(session.scenario, formula=FormulaUse(all_pupils, Use.FIXED)))
    page = go_to("plan")
    assert "These cannot all hold" in words(page)
    [way] = [each for each in page.button if each.label.startswith("Change rule") and each.label.endswith("like this")]
    way.click().run()
    assert Use.TARGET is session.scenario.formula.use
