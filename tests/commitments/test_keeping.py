"""What keeping a promise takes, the ledger, and promises that no plan decides: each held to something outside the code."""

from __future__ import annotations

import dataclasses
import io
from decimal import Decimal

import pytest
from sqlalchemy import create_engine, text

from equity_alloc.cli_words import summary_words
from equity_alloc.commitment import Commitment, Drop, Kind, StepDone
from equity_alloc.commitments.changes import bound, is_bound_in, is_own_rule, released, with_commitment, with_drop
from equity_alloc.commitments.scoreboard import scoreboard
from equity_alloc.commitments.standing import State, drop_words, open_business
from equity_alloc.domain.district import District, Fund, School, Spending, StudentGroup
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.gap_goal import GapGoal
from equity_alloc.domain.outcome import ALL_PUPILS, Area, Better, Indicator, OutcomeCount
from equity_alloc.planning.in_turn import in_turn
from equity_alloc.planning.keeping import keeping_of, with_money
from equity_alloc.planning.keeping_words import cheapest_words, keeping_sentences
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan
from equity_alloc.reports.draft import draft_reasons
from equity_alloc.reports.ledger_rows import HEADINGS, ledger_cells, since_words
from equity_alloc.rules.gain_cap import GainCap
from equity_alloc.rules.hold_harmless import HoldHarmless
from equity_alloc.scenario import Scenario, scenario_from_plain
from equity_alloc.sources.csv_folder import read_csv_folder
from equity_alloc.sources.sample import sample_reading
from equity_alloc.sources.write_csv import csv_files
from equity_alloc.store.ledger import Ledger, LedgerRow

WORDS = ("Words as adopted.", "Board", "2025-06-10")
DROP = Drop("Board", "5 to 2", "2026-04-14", "There is no money.", "none stated", "2027-04-01", "none found")


def two_schools(pot: int = 1_980_000) -> District:
    """Two schools of 100 pupils that had $1,000,000 each; this year's fund holds $20,000 less."""
    return District(
        "Two",
        "2026-27",
        tuple(School(code, code.upper(), "any", 100, 100, (("poor", n),)) for code, n in (("a", 80), ("b", 20))),
        (StudentGroup("poor", "Poor"),),
        funds=(Fund("general", "General", pot * 100),),
        spending=tuple(Spending(code, "Supplies", "general", 100_000_000) for code in "ab"),
    )


def promised(test, *rules, **more) -> Scenario:
    return Scenario(rules=rules, commitments=(Commitment("C1", *WORDS, test=test, **more),))


def states(district: District, scenario: Scenario) -> list[State]:
    made = plan(district, scenario)
    assert isinstance(made, Plan)
    return [each.state for each in scoreboard(district, scenario, made.allocation)]


def test_the_money_that_is_named_makes_the_promise_kept():
    """All of last year at both schools takes $2,000,000, and $1,980,000 are there: $20,000 lack, by hand."""
    floor = HoldHarmless(share=Decimal(1))
    scenario = promised(floor)
    price = keeping_of(two_schools(), scenario, floor)
    assert not price.can_be_kept and price.alone
    assert {"general": 2_000_000} == price.missing
    richer = with_money(bound(scenario, "C1"), two_schools(), price.missing)
    assert states(two_schools(), richer)[0].is_kept
    poorer = with_money(bound(scenario, "C1"), two_schools(), {"general": 2_000_000 - 1})
    assert not isinstance(plan(two_schools(), poorer), Plan)
    assert "Find $20,000 more for General" in cheapest_words(price, two_schools())


def test_as_near_as_the_money_goes_is_the_share_that_divides_it():
    """$1,980,000 of $2,000,000 is 99 %; the next half percent above cannot be."""
    floor = HoldHarmless(share=Decimal(1))
    price = keeping_of(two_schools(), promised(floor), floor)
    assert price.nearest is not None and Decimal("0.99") == Decimal(price.nearest.value)


def test_a_rule_that_stands_against_a_promise_is_named_as_its_partner():
    """No school may gain, and the promise asks for 2 % more: each alone could be, both cannot."""
    test, cap = HoldHarmless(share=Decimal("1.02")), GainCap(gain=Decimal("0.01"))
    price = keeping_of(two_schools(2_100_000), promised(test, cap), test)
    assert not price.can_be_kept and not price.alone
    [partner] = price.partners
    assert cap == price.scenario.rules[partner - 1]
    assert {} == price.missing
    assert any(
        "stand against it" in sentence and cap.title in sentence for sentence in keeping_sentences(price, two_schools())
    )


def test_a_promise_that_moves_money_says_whose_level_falls():
    """Without the floor both have $9,900 a pupil. A floor of last year's dollars for one school takes from the other."""
    district = dataclasses.replace(
        two_schools(),
        spending=(
            Spending("a", "Supplies", "general", 90_000_000),
            Spending("b", "Supplies", "general", 110_000_000),
        ),
    )
    test = HoldHarmless(share=Decimal("0.95"))
    price = keeping_of(district, promised(test), test)
    assert price.can_be_kept
    assert (("b",), ("a",)) == (price.gain, price.pay)
    # b keeps 95 % of $1,100,000 = $1,045,000, so a has $935,000: $9,350 a pupil in the place of $9,900.
    assert 55_000 == pytest.approx(price.lowest, abs=1)
    assert "Higher for it: 1 school. Lower: 1 school, with 100 pupils." in keeping_sentences(price, district)[0]


def test_promises_come_one_after_the_other_and_each_takes_what_those_before_it_leave():
    """99 % of last year is all there is: the first takes 98 %, so the second can ask for 99 % and no more."""
    first, second, third = HoldHarmless(share=Decimal("0.98")), HoldHarmless(share=Decimal(1)), GainCap(gain=Decimal(0))
    turns = in_turn(two_schools(), Scenario(), [first, second, third])
    assert turns is not None
    assert [True, False, True] == [turn.is_kept for turn in turns]
    assert "99%" in turns[1].nearest.replace(" ", "").replace("99.0%", "99%")


def test_binding_adds_a_rule_and_releasing_takes_only_that_rule_away():
    own = HoldHarmless(share=Decimal("0.97"))
    scenario = promised(own, own)
    assert is_bound_in(scenario.commitments[0], scenario) and is_own_rule(scenario.commitments[0], scenario)
    assert scenario == released(bound(scenario, "C1"), "C1")
    free = promised(own)
    tied = bound(free, "C1")
    assert own in tied.rules and not is_own_rule(tied.commitments[0], tied)
    assert free == released(tied, "C1")


def test_a_target_is_open_business_from_its_year_on_and_not_before():
    test = HoldHarmless(share=Decimal(1))
    for due, expected in (
        ("2027-28", State.NOT_DUE),
        ("2026-27", State.BROKEN),
        ("2026-2027", State.BROKEN),
        ("2026", State.BROKEN),
        ("2027", State.NOT_DUE),
    ):
        assert [expected] == states(two_schools(), promised(test, kind=Kind.TARGET, due=due))


def test_little_room_is_told_from_much():
    """Each school has 99 % of last year: against 98 % that is 1.02 % of the floor, against 90 % it is 10 %."""
    assert [State.AT_RISK] == states(two_schools(), promised(HoldHarmless(share=Decimal("0.98"))))
    assert [State.KEPT] == states(two_schools(), promised(HoldHarmless(share=Decimal("0.90"))))


def test_a_missed_promise_says_how_much_is_lacking_and_how_many_pupils_that_touches():
    district, test = two_schools(), HoldHarmless(share=Decimal(1))
    scenario = promised(test)
    made = plan(district, scenario)
    [standing] = scoreboard(district, scenario, made.allocation)
    assert "It is $20,000.00 short at 2 schools, which touches 200 pupils." == standing.shortfall.words


@pytest.mark.parametrize(
    ("done", "state"),
    [("", State.WAITING), ("2027-03-08", State.KEPT), ("20270308", State.KEPT), ("2027-03-09", State.BROKEN)],
)
def test_a_hearing_after_the_vote_does_not_keep_the_promise_to_hear_first(done, state):
    step = StepDone("A hearing", "2027-03-09", done, "minutes" if done else "")
    district, scenario = two_schools(), Scenario(commitments=(Commitment("C1", *WORDS, step=step),))
    made = plan(district, scenario)
    [standing] = scoreboard(district, scenario, made.allocation)
    assert state is standing.state
    assert bool(open_business([standing])) == (state is not State.KEPT)
    assert any("C1" in reason for reason in draft_reasons(made)) == (state is not State.KEPT)


def with_gap(cases: int) -> District:
    """60 of 800 others, and so many of 200 poor pupils, as in the test vector of the audit."""
    rows = [
        OutcomeCount("Absent", code, group, n, of)
        for code, group, n, of in (
            ("a", "poor", cases, 160), ("b", "poor", 0, 40), ("a", ALL_PUPILS, cases + 60, 560), ("b", ALL_PUPILS, 0, 440),
        )
    ]  # fmt: skip
    indicator = Indicator("Absent", Area.OUTCOME, Better.FEWER)
    schools = tuple(
        School(code, code, "any", n, n, (("poor", poor),)) for code, n, poor in (("a", 560, 160), ("b", 440, 40))
    )
    return dataclasses.replace(two_schools(), schools=schools, indicators=(indicator,), outcomes=tuple(rows))


@pytest.mark.parametrize(("cases", "state"), [(40, State.BROKEN), (30, State.KEPT), (9, State.NOT_TESTABLE)])
def test_a_gap_of_twelve_and_a_half_points_breaks_a_promise_of_ten(cases, state):
    """40 of 200 against 60 of 800 are 12.5 points; 30 of 200 are 7.5; nine cases are too few to say."""
    district = with_gap(cases)
    goal = Commitment("C1", *WORDS, gap=GapGoal("Absent", "poor", Decimal(10)))
    [standing] = scoreboard(district, Scenario(commitments=(goal,)), district.today)
    assert state is standing.state
    if state is State.BROKEN:
        assert "It is 2.5 points short, which touches 200 pupils." == standing.shortfall.words


def test_every_kind_of_promise_goes_through_json_and_files_unchanged():
    reading = sample_reading()
    scenario = reading.scenario
    for more in (
        Commitment("K1", *WORDS, kind=Kind.LAW, priority=4, test=HoldHarmless(share=Decimal("0.9"))),
        Commitment(
            "K2", *WORDS, kind=Kind.TARGET, due="2029-30", gap=GapGoal("Chronically absent", "homeless", Decimal("2.5"))
        ),
        Commitment("K3", *WORDS, step=StepDone("A hearing", "2027-01-02")),
    ):
        scenario = with_commitment(scenario, more)
    scenario = with_drop(bound(scenario, "K1"), "K3", DROP)
    assert scenario.commitments[-3].adds
    assert scenario == scenario_from_plain(scenario.plain)
    again = read_csv_folder(csv_files(reading.district, scenario))
    assert () == again.errors
    assert scenario.commitments == again.scenario.commitments


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda: Commitment("C1", *WORDS, kind=Kind.TARGET), "first school year"),
        (lambda: Commitment("C1", *WORDS, due="2028-29"), "nothing else has one"),
        (lambda: Commitment("C1", *WORDS, kind=Kind.TARGET, due="soon"), "Write a school year"),
        (lambda: Commitment("C1", *WORDS, kind=Kind.LAW, drop=DROP), "A board cannot drop it"),
        (lambda: Commitment("C1", *WORDS, priority=0), "The first one is 1"),
        (lambda: Commitment("C1", *WORDS, test=GainCap(), step=StepDone("x", "2027-01-02")), "two tests"),
        (lambda: StepDone("A hearing", "2027-01-02", "2027-01-01"), "Say where"),
        (lambda: GapGoal("Absent", "poor", Decimal(101)), "from 0 to 100"),
        (lambda: GapGoal("Absent", "", Decimal(1)), "Name both"),
    ],
)
def test_what_cannot_be_promised_is_refused_with_a_sentence(made, said):
    with pytest.raises(InvalidValue, match=said):
        made()


def test_a_decision_about_other_words_says_that_the_commitment_was_changed():
    scenario = with_drop(promised(HoldHarmless(share=Decimal(1))), "C1", DROP)
    [as_decided] = scenario.commitments
    assert "changed after" not in drop_words(as_decided)
    assert "changed after" not in drop_words(dataclasses.replace(as_decided, owner="Somebody else"))
    assert "changed after this decision" in drop_words(dataclasses.replace(as_decided, clause="Other words."))


@pytest.fixture
def ledger():
    return Ledger(create_engine("sqlite://"))


def recorded(scenario: Scenario, day: str) -> list[LedgerRow]:
    made = plan(two_schools(), scenario)
    standings = scoreboard(made.district, scenario, made.allocation)
    return [LedgerRow(**cells) for cells in ledger_cells(made, standings, day)]


def test_the_ledger_holds_one_row_for_each_plan_and_promise_and_never_changes_one(ledger):
    scenario = promised(HoldHarmless(share=Decimal(1)))
    first = recorded(scenario, "2026-11-27")
    assert 1 == ledger.add("me", first)
    assert 0 == ledger.add("me", recorded(scenario, "2026-11-28"))
    dropped = recorded(with_drop(scenario, "C1", DROP), "2026-11-29")
    assert 1 == ledger.add("me", dropped)
    assert (*first, *dropped) == ledger.rows("me")
    assert () == ledger.rows("somebody else") == ledger.rows("me", "Another district")
    assert ["broken, and nobody has decided to drop it", "dropped"] == [row.state for row in ledger.rows("me")]
    assert "none stated" in ledger.rows("me")[1].decided
    with ledger._engine.begin() as connection:
        assert 2 == connection.execute(text("select count(*) from promise_ledger")).scalar()
    ledger.forget("me")
    assert () == ledger.rows("me")


def test_a_later_year_sees_that_a_promise_was_changed_or_taken_off_the_list():
    scenario = promised(HoldHarmless(share=Decimal(1)))
    [row] = recorded(scenario, "2026-11-27")
    assert "" == since_words(row.code, row.identity, scenario.commitments)
    other = (dataclasses.replace(scenario.commitments[0], clause="Other words."),)
    assert "changed after" in since_words(row.code, row.identity, other)
    assert "No longer on the list." == since_words(row.code, row.identity, ())


def test_the_command_prices_records_and_writes_the_ledger(tmp_path, monkeypatch):
    from typer.testing import CliRunner

    from equity_alloc.cli import app

    monkeypatch.setenv("EQUITY_ALLOC_HOME", str(tmp_path))
    monkeypatch.delenv("EQUITY_ALLOC_DATABASE_URL", raising=False)
    file = tmp_path / "ledger.csv"
    shown = CliRunner().invoke(app, ["commitments", "sample", "--prices", "--record", "--ledger", str(file)])
    assert 0 == shown.exit_code, shown.output
    assert "What keeping it takes:" in shown.output and "1. C2 (priority 1): kept" in shown.output
    assert "6 of 6 rows were added to the ledger." in shown.output
    lines = io.StringIO(file.read_text(encoding="utf-8-sig")).read().splitlines()
    assert ",".join(HEADINGS[:3]) == lines[0][: len(",".join(HEADINGS[:3]))]
    assert 7 == len(lines)


def test_the_words_of_a_plan_name_a_broken_promise_until_somebody_decides():
    # Two schools had $2,000,000 and the fund holds $1,980,000, so not both can keep what they had.
    scenario = promised(HoldHarmless(share=Decimal(1)))
    for chosen, said in (
        (
            scenario,
            "1 commitment: 1 broken, and nobody has decided to drop it. Commitment C1 is broken, and nobody has",
        ),
        (with_drop(scenario, "C1", DROP), "1 commitment: 1 dropped."),
    ):
        made = plan(two_schools(), chosen)
        assert isinstance(made, Plan) and made.certificate.is_kept
        [line] = [each for each in summary_words(made).splitlines() if each.startswith("1 commitment")]
        assert line.startswith(said)
        assert ("Commitment C1" in line) == (chosen is scenario)
    assert "commitment" not in summary_words(plan(two_schools(), Scenario()))


@pytest.mark.parametrize(
    ("name", "said"),
    [("reason", "No money."), ("reason", "none found"), ("dissent", "none found"), ("considered", "-")],
)
def test_a_decision_to_drop_says_in_a_sentence_what_it_says_or_that_there_was_none(name, said):
    DROP.refuse_unsaid()
    with pytest.raises(InvalidValue, match="too short to be an answer"):
        dataclasses.replace(DROP, **{name: said}).refuse_unsaid()
