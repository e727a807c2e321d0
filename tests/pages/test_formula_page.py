"""The page Formula: choose, change, refuse, follow, and let the plan follow. Numbers are worked out by hand beside them."""

import dataclasses
from decimal import Decimal

import pytest

from equity_alloc.domain.district import District, Fund, Position, School, Spending, Staffing
from equity_alloc.formulas.edit import with_component
from equity_alloc.formulas.family import component_classes
from equity_alloc.formulas.gains_losses import Compared, GainsAndLosses, Payer
from equity_alloc.formulas.templates import template_text
from equity_alloc.scenario import LevelBasis
from equity_alloc.sources.base import Reading
from equity_alloc.ui.formula_changes import take_text
from tests.pages.conftest import failures, press, words

PLAIN = "weighted-student-funding"


@pytest.fixture
def formula(go_to, session):
    """The page with the plain shipped formula."""
    take_text(session, template_text(PLAIN))
    return go_to("formula")


def tab(page, name):
    """Open a tab."""
    page.session_state["formula-tab"] = name
    return page.run()


def field(page, kind, start):
    [found] = [each for each in page.get(kind) if each.label.startswith(start)]
    return found


def cards(page):
    return {each.label: each.value for each in page.metric}


def columns(page, head):
    """The table that has a column of this name."""
    return next(table.value for table in page.dataframe if head in table.value.columns)


def manual(amounts):
    """A formula that gives named schools an amount each."""
    lines = ["format = 1", "name = 'by-hand'"]
    for code, amount in amounts.items():
        lines += ["[[component]]", "kind = 'manual-adjustment'", f"name = 'a{code}'", f"schools = ['{code}']"]
        lines += [f"amount = {amount}", "reason = 'case'"]
    return "\n".join(lines)


def small(last_year, **more):
    """A district of schools whose last year was one line of money."""
    schools = tuple(School(code, f"School {code}", "school", 100, **more) for code in last_year)
    fund = Fund("g", "General", sum(last_year.values()))
    spending = tuple(Spending(code, "Supplies", "g", cents) for code, cents in last_year.items())
    return Reading(District("Small", "2026-27", schools, funds=(fund,), spending=spending), None, ())


def test_nothing_is_chosen_at_first_and_nothing_is_claimed(go_to, session):
    own = session.scenario
    page = go_to("formula")
    assert [] == failures(page)
    assert "No formula is chosen yet" in words(page)
    assert [] == list(page.metric)
    assert own == session.scenario


def test_a_shipped_formula_is_worked_out_and_the_plan_does_not_know_it(go_to, session):
    own = session.scenario
    page = go_to("formula")
    field(page, "selectbox", "Formula that comes").select(PLAIN).run()
    page = press(page, "Work with this formula")
    assert "24 of 24" == cards(page)["Schools known"]
    assert "5" == cards(page)["Unverified defaults"]
    assert own == session.scenario
    assert [] == failures(page)


def test_a_changed_amount_moves_every_school_and_undo_takes_it_back(formula, session):
    # A foundation of $10,000 more at 24 schools is $240,000 more.
    before = cards(formula)["Dollars"]
    page = tab(formula, "Amounts")
    field(page, "number_input", "Foundation for every school").set_value(260_000.0).run()
    after = cards(page)["Dollars"]
    assert 240_000 == int(after[1:].replace(",", "")) - int(before[1:].replace(",", ""))
    assert "foundation = { value = 260000, unit" in session.formula.text
    session.undo()
    page.run()
    assert before == cards(page)["Dollars"]


def test_an_edited_amount_is_no_unverified_default_and_takes_the_source_that_is_typed(formula, session):
    page = tab(formula, "Amounts")
    field(page, "number_input", "Foundation for every school").set_value(260_000.0).run()
    told = words(page)
    assert 4 == told.count("unverified default]")
    assert "Source: Entered on screen, no source given; in place of 250000 (Equity Alloc, plain" in told
    assert "4" == cards(page)["Unverified defaults"]
    field(page, "text_input", "Your source: Foundation for every school").set_value("Minutes of May 4").run()
    assert "Source: Entered on screen, Minutes of May 4; in place of 250000 (Equity Alloc, plain" in words(page)
    assert "Minutes of May 4" == field(page, "text_input", "Your source: Foundation for every school").value
    assert [] == failures(page)


def test_an_amount_out_of_range_stays_in_its_field_with_the_reason(formula, session):
    text = session.formula.text
    page = tab(formula, "Amounts")
    field(page, "number_input", "Economically disadvantaged: Weight").set_value(21.0).run()
    assert "out of range" in words(page)
    assert text == session.formula.text
    assert 21.0 == field(page, "number_input", "Economically disadvantaged: Weight").value


def test_every_number_says_its_source_and_that_nobody_has_checked_it(formula):
    page = tab(formula, "Amounts")
    told = words(page)
    assert 5 == told.count("unverified default]")
    assert 5 == told.count("Source: Equity Alloc, plain weighted student funding, invented round numbers")
    assert 5 == told.count("from July 1, 2025")


def test_an_unknown_column_is_refused_with_its_line_while_the_last_good_formula_stays(formula, session):
    good = session.formula
    bad = good.text.replace('count = "enrollment"', 'count = "enrolment"')
    line = next(n for n, each in enumerate(bad.splitlines(), start=1) if "enrolment" in each)
    page = tab(formula, "Components")
    field(page, "text_area", "Text of the formula").set_value(bad).run()
    told = words(page)
    assert f"formula.toml:{line}" in told
    assert "Did you mean enrollment" in told
    assert good == session.formula
    assert bad == session.desk.refused
    assert "24 of 24" == cards(page)["Schools known"]
    assert bad == field(page, "text_area", "Text of the formula").value
    page = press(page, "Put this text away")
    assert "" == session.desk.refused


def test_a_circle_is_refused_with_its_line(formula, session):
    good = session.formula
    circle = (
        "[[component]]\nkind = 'multiplier'\nname = 'a'\nfactor = 1\nof = ['b']\n"
        "[[component]]\nkind = 'multiplier'\nname = 'b'\nfactor = 1\nof = ['a']\n"
    )
    take_text(session, with_component(good.text, circle))
    told = words(formula.run())
    assert "rest on each other in a circle: a -> b -> a" in told
    assert "formula.toml:" in told
    assert good == session.formula


def test_a_text_that_is_no_toml_is_kept_and_named(go_to, session):
    take_text(session, "format = 1\nname = [")
    page = go_to("formula")
    assert [] == failures(page)
    assert "must be mended before this formula can be used" in words(page)
    assert "format = 1\nname = [" == field(page, "text_area", "Text of the formula").value
    assert [] == list(page.metric)


def test_a_name_is_given_a_meaning_and_the_formula_fits(go_to, session):
    text = template_text(PLAIN).replace('count = "english-learners"', 'count = "ELL"')
    take_text(session, text)
    page = go_to("formula")
    assert session.formula is None
    field(page, "multiselect", "Pupils: ELL").select("english-learners")
    page = press(page, "Use these meanings")
    assert "24 of 24" == cards(page)["Schools known"]
    assert '"ELL" = ["english-learners"]' in session.formula.text


def test_components_are_moved_and_removed(formula, session):
    page = tab(formula, "Components")
    page = press(page, "Move down")
    assert ["base", "foundation"] == [c.frame.name for c in session.formula.formula.components][:2]
    page = press(page, "Remove this component")
    assert "foundation" not in session.formula.formula.component_of
    assert [] == failures(page)


@pytest.mark.parametrize("kind", component_classes())
def test_any_kind_of_component_can_be_added_or_says_what_it_needs(formula, session, kind):
    page = tab(formula, "Components")
    field(page, "selectbox", "Kind of component").select(kind).run()
    page = press(page, "Add this component")
    assert [] == failures(page)
    if kind in ("dollars-per-position", "staff-per-staff"):  # the plain formula has no posts they could work on
        assert "needs other components" in words(page)
        assert 5 == len(session.formula.formula.components)
    else:
        assert kind == session.formula.formula.components[-1].kind


def test_the_plan_takes_the_formula_as_floor_and_lets_it_go_again(formula, session):
    own = session.scenario
    field(formula, "radio", "What the plan makes").set_value("floor").run()
    assert session.scenario.formula == session.formula
    assert "all 36 rules kept" in words(formula)
    field(formula, "radio", "What the plan makes").set_value("target").run()
    assert LevelBasis.TARGET is session.scenario.basis
    field(formula, "radio", "What the plan makes").set_value("Nothing").run()
    assert own == session.scenario
    assert "weighted-student-funding" == session.formula.formula.name
    assert [] == failures(formula)


def test_a_change_of_an_amount_in_the_plan_changes_the_plan(formula, session):
    field(formula, "radio", "What the plan makes").set_value("target").run()
    before = formula.success[0].value
    page = tab(formula, "Amounts")
    field(page, "number_input", "English learners: Weight").set_value(0.9).run()
    assert before != page.success[0].value
    assert session.scenario.formula.text == session.formula.text


def test_a_formula_with_posts_of_nobody_is_told_beside_the_choice(go_to, session):
    take_text(session, template_text("portland-like"))
    page = go_to("formula")
    assert "which this district does not have" in words(page)
    own = session.scenario
    field(page, "radio", "What the plan makes").set_value("floor").run()
    assert own == session.scenario
    assert "Say under [positions] of the formula" in words(page)
    assert columns(page, "FTE formula")["FTE last year"].isna().all()  # unknown, and not zero


def test_posts_alone_are_never_held_against_all_dollars_of_last_year(go_to, session):
    text = (
        "format = 1\nname = 'posts'\n"
        "[[component]]\nkind = 'positions-per-school'\nname = 'one'\nposition = 'PRIN'\nfte = 1\n"
    )
    take_text(session, text)
    page = go_to("formula")
    cost = 24 * session.district.position_of["PRIN"].cost // 100
    assert f"${cost:,}" == cards(page)["Cost of its posts"]
    assert "Dollars" not in cards(page)
    assert "$ last year" not in columns(page, "FTE formula").columns
    assert "leaves a school's other dollars open" in words(tab(page, "Phase-in"))


def test_an_unknown_count_is_unknown_and_names_the_column(formula, session):
    first, *others = session.district.schools
    groups = tuple((code, None if code == "english-learners" else n) for code, n in first.groups)
    schools = (dataclasses.replace(first, groups=groups), *others)
    session.load(Reading(dataclasses.replace(session.district, schools=schools), session.own, ()), "")
    page = formula.run()
    assert "23 of 24" == cards(page)["Schools known"]
    assert "unknown" == cards(page)["Dollars"]
    table = columns(page, "Missing")
    assert table["$ formula"].isna().tolist() == [True] + [False] * 23
    assert "has no count of english-learners" in table["Missing"][0]


def test_the_arithmetic_of_a_school_adds_up(formula, session):
    page = tab(formula, "One school")
    school = session.district.schools[0]
    text = page.code[0].value
    assert f"enrollment: {school.enrollment} pupils" in text
    by_hand = 250_000 + 6000 * school.enrollment
    for group, weight in (
        ("economically-disadvantaged", 25),
        ("english-learners", 20),
        ("students-with-disabilities", 90),
    ):
        by_hand += 60 * weight * school.group(group)
    assert f"Dollars together: ${by_hand:,}.00" in text
    parts = columns(page, "dollars")
    assert by_hand == parts["dollars"].sum()


def test_one_more_fifth_grader_is_a_homeroom(go_to, session):
    # Domain case T6: 102 fifth graders in classes of 34 are three homerooms, 103 are four.
    grades = tuple(zip("K12345678", (88, 93, 96, 99, 102, 102, 0, 0, 0), strict=True))
    reading = small({"1": 100_00})
    school = School("1", "One", "elementary", 580, grades=grades)
    session.load(dataclasses.replace(reading, district=dataclasses.replace(reading.district, schools=(school,))), "")
    take_text(session, template_text("portland-like"))
    page = tab(go_to("formula"), "One school")
    assert "FTE together: 28.15 FTE" in page.code[0].value
    table = columns(page, "Pupils")
    rows = table[(table["In"] == "grade 5") & (table["Pupils"] == "+1")]
    assert [1.0] == sorted(set(rows["FTE"]))


def test_thresholds_of_all_schools_come_on_request(go_to, session):
    take_text(session, template_text("portland-like"))
    page = tab(go_to("formula"), "Thresholds")
    assert [] == [table for table in page.dataframe if "In" in table.value.columns]
    page = press(page, "Work out the thresholds of all schools")
    assert {"School", "In", "FTE"} <= set(columns(page, "In").columns)


def test_clipping_that_does_not_balance_is_reported(go_to, session):
    # Domain case T9: 3.0, 2.0 and 5.0 million last year, 2.5, 2.4 and 5.1 by formula; losses to 5 %, gains to 10 %.
    session.load(small({"1": 300_000_000, "2": 200_000_000, "3": 500_000_000}), "")
    take_text(session, manual({"1": 2_500_000, "2": 2_400_000, "3": 5_100_000}))
    policy = GainsAndLosses(Decimal("0.05"), Decimal("0.10"), payer=Payer.NOBODY)
    session.lay_out(dataclasses.replace(session.desk, policy=policy))
    page = tab(go_to("formula"), "Phase-in")
    assert [] == failures(page)
    assert "This does not add up: $150,000 more than there is" in words(page)
    assert [2_850_000, 2_200_000, 5_100_000] == columns(page, "Year 1")["Year 1"].tolist()


def test_a_school_that_the_formula_raises_is_not_cut(go_to, session):
    # Domain case T9b: B's formula gains, so B never falls below its 2.0 million.
    session.load(small({"1": 300_000_000, "2": 200_000_000, "3": 500_000_000}), "")
    take_text(session, manual({"1": 2_500_000, "2": 2_400_000, "3": 5_100_000}))
    page = tab(go_to("formula"), "Phase-in")
    field(page, "number_input", "Most that a school may lose").set_value(2.0).run()
    field(page, "number_input", "Years until").set_value(3).run()
    table = columns(page, "Year 3")
    assert (table.loc[table["Code"] == "2", ["Year 1", "Year 2", "Year 3"]] >= 2_000_000).all(axis=None)


def test_where_nothing_is_held_back_one_sentence_says_so(formula):
    page = tab(formula, "Phase-in")  # no limit, and one year: every school is at the formula at once
    told = words(page)
    assert 1 == told.count("nothing is held back, and no group pays")
    assert "any other pupil" not in told


def test_a_loss_above_everything_is_refused_in_words(formula, session):
    page = tab(formula, "Phase-in")
    field(page, "number_input", "Most that a school may lose").set_value(120.0).run()
    assert "Enter a share from 0 to 1" in words(page)
    assert session.desk.policy.most_loss is None


def test_a_floor_per_pupil_falls_with_enrollment(go_to, session):
    # $1,000,000 for 125 pupils; with 100 pupils left a floor of 95 % per pupil is $760,000.
    session.load(small({"1": 100_000_000}, enrollment_last_year=125), "")
    take_text(session, manual({"1": 700_000}))
    policy = GainsAndLosses(Decimal("0.05"), compared=Compared.PUPIL, payer=Payer.RESERVE)
    session.lay_out(dataclasses.replace(session.desk, policy=policy))
    page = tab(go_to("formula"), "Phase-in")
    assert [760_000] == columns(page, "Year 1")["Year 1"].tolist()
    # Where nobody pays, $60,000 are missing, or the floor falls to the formula's 87.5 % per pupil.
    session.lay_out(dataclasses.replace(session.desk, policy=dataclasses.replace(policy, payer=Payer.NOBODY)))
    assert "Lower hold-harmless to 87.5 % of last year or find $60,000" in words(page.run())
    session.lay_out(dataclasses.replace(session.desk, years=2))
    assert "Change per pupil can be held for one year only" in words(page.run())


def test_a_component_that_is_missing_in_the_print_is_named(go_to, session):
    session.load(small({"1": 100_00, "2": 100_00}), "")
    take_text(
        session, manual({"1": 700, "2": 900}) + "\n[[component]]\nkind = 'lump-sum'\nname = 'extra'\namount = 50\n"
    )
    printed = "school,amount,item\n1,700.00,\n2,950.00,\n9,1,\n3,abc,\n"
    session.lay_out(dataclasses.replace(session.desk, printed=printed))
    page = press(tab(go_to("formula"), "Last year"), "Compare with the formula")
    table = columns(page, "Explained by")
    assert ["extra", "equal"] == table["Explained by"].tolist()
    assert "exactly 'extra', which is not in the print" in table["In words"][0]
    told = words(page)
    assert "1 of 2 printed amounts are met exactly" in told
    assert "printed amounts:5" in told
    assert "The print names school 9" in told


def test_money_that_follows_experience_is_shown_by_school(go_to, session):
    # Two posts at $80,000 on average that cost $90,000 here: $20,000 follow experience.
    school = School("1", "One", "school", 100)
    district = District(
        "Small",
        "2026-27",
        (school,),
        positions=(Position("TCH", "Teacher", 8_000_000),),
        funds=(Fund("g", "General", 50_000_000),),
        staffing=(Staffing("1", "TCH", "g", 200, 9_000_000),),
    )
    session.load(Reading(district, None, ()), "")
    text = (
        "format = 1\nname = 'posts'\n"
        "[[component]]\nkind = 'positions-per-school'\nname = 'two'\nposition = 'TCH'\nfte = 2\n"
        "[[component]]\nkind = 'dollars-per-position'\nname = 'pay'\nof = 'two'\ncosted_as = 'TCH'\n"
    )
    take_text(session, text)
    page = tab(go_to("formula"), "Salaries")
    assert [20_000.0] == columns(page, "Follows experience")["Follows experience"].tolist()
    assert "$160,000" == cards(page)["Dollars"]
    field(page, "radio", "Posts are priced at").set_value("actual").run()
    assert "$180,000" == cards(page)["Dollars"]


def test_without_actual_costs_the_column_to_fill_is_named(go_to, session):
    session.load(small({"1": 100_00}), "")
    take_text(session, manual({"1": 700}))
    assert "column 'Actual cost per FTE' of the sheet Staffing" in words(tab(go_to("formula"), "Salaries"))


@pytest.mark.parametrize("name", ["Schools", "One school", "Amounts", "Components", "Last year", "Phase-in"])
def test_a_district_with_nothing_but_schools_shows_every_tab(go_to, session, name):
    bare = District("Bare", "2026-27", (School("1", "One", "school", 0),), funds=(Fund("g", "General", 0),))
    session.load(Reading(bare, None, ()), "")
    take_text(session, manual({"1": 0}))
    assert [] == failures(tab(go_to("formula"), name))
