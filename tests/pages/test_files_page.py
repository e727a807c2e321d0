"""The page Files in: any table is described, added up, decided about and opened, and nothing is read in silence."""

from __future__ import annotations

import dataclasses
import random

import pytest

from equity_alloc.scenario import default_scenario
from equity_alloc.sources.mapped.library import built_in_maps
from equity_alloc.store.files_desk import desk_from_plain, desk_plain
from equity_alloc.ui.files_work import desk_of
from tests.pages.conftest import failures, press, words
from tests.sources.mapped.test_every_door import table_text
from tests.sources.mapped.test_take_in import MONEY_ROWS, SCHOOL_ROWS

SCHOOLS = SCHOOL_ROWS.replace("Code,", "Site code,").replace("Pupils", "Students").replace("Poor", "FRPL").encode()
MONEY = MONEY_ROWS.replace("School,", "Location code,").encode()


def drop(page, *files):
    page.file_uploader[0].set_value([(name, data, "text/csv") for name, data in files])
    return page.run()


def labeled(members, label):
    [found] = [member for member in members if label in member.label]
    return found


def test_an_unknown_table_is_read_only_after_its_guess_was_confirmed(go_to, session):
    page = drop(go_to("files"), ("schools.csv", SCHOOLS))
    assert [] == failures(page)
    assert "No map knows this table yet" in words(page)
    assert "enrollment" == labeled(page.selectbox, "Students").value
    page = press(page, "Use this map and keep it for next year")
    assert [] == failures(page)
    assert "3 rows read" in words(page)
    assert "None of the files says what the schools have" in words(page)


def test_two_files_become_a_district_that_opens(go_to, session):
    page = drop(go_to("files"), ("schools.csv", SCHOOLS), ("money.csv", MONEY))
    buttons = [button for button in page.button if button.label == "Use this map and keep it for next year"]
    page = buttons[0].click().run()
    second = [button for button in page.button if button.label == "Use this map and keep it for next year"][1]
    page = second.click().run()
    assert [] == failures(page)
    labeled(page.text_input, "Total of money.csv by your ledger").set_value("7,050,001.10")
    page = page.run()
    assert "The printed total ties with the rows" in words(page)
    labeled(page.text_input, "District's name").set_value("Small")
    page = press(page.run(), "Open Small")
    assert [] == failures(page)
    assert ("Small", 3) == (session.district.name, len(session.district.schools))
    assert 705_000_110 == sum(fund.amount for fund in session.district.funds)
    assert "is loaded" in words(page)


def test_a_field_chosen_twice_is_told_and_nothing_is_lost(go_to, session):
    page = drop(go_to("files"), ("schools.csv", SCHOOLS))
    labeled(page.selectbox, "FRPL").set_value("enrollment")
    page = press(page, "Use this map and keep it for next year")
    assert "Enrollment is chosen for two columns" in words(page)
    assert ["schools.csv"] == [file.name for file in desk_of(session).files]


def test_totals_that_do_not_tie_are_shown_and_wait_for_a_name(go_to, session):
    table = b"school_name,level,projected_enrollment,grant_budget,non_grant_budget,total_budget\n"
    table += b"Ash,Elementary,300,10,90,100\nElm,Elementary,200,20,60,80\nElementary Schools Total,,501,30,150,180\n"
    page = drop(go_to("files"), ("seattle.csv", table))
    assert [] == failures(page)
    assert "1 of 4 printed totals differ" in words(page)
    labeled(page.text_input, "Who decides").set_value("Data office")
    page = page.run()
    labeled(page.checkbox, "Take these totals as they are").set_value(True)
    page = page.run()
    labeled(page.text_input, "District's name").set_value("Sound")
    page = press(page.run(), "Open Sound")
    assert "Data office" == session.district.decisions[0].who
    assert "501" in session.district.decisions[0].what


def test_names_are_confirmed_one_by_one_or_all_equal_ones_at_once(go_to, session):
    first = b"school_name,level,projected_enrollment,grant_budget,non_grant_budget,total_budget\n"
    first += b"Ash,Elementary,300,10,90,100\nElm Park,Middle,200,20,60,80\n"
    second = (
        b"Schools,Principal's Official Staff,WSS Non Teaching/Support,Mitigation Funding,Custodial,Nutrition,Utilities,"
        b"Transportation,Grounds,Maintenance,Total\nAsh,1,1,1,1,1,1,1,1,2,10\nElm Prk,1,1,1,1,1,1,1,1,2,10\n"
    )
    page = drop(go_to("files"), ("a.csv", first), ("b.csv", second))
    assert "2 are still to be confirmed" in words(page)
    page = press(page, "Confirm the 1 with equal names")
    labeled(page.selectbox, "Elm Prk (code").set_value("Elm Park, Middle")
    page = page.run()
    assert "0 are still to be confirmed" in words(page)
    assert 2 == len(desk_of(session).answers.matches)


def test_a_bad_file_is_refused_in_words_and_a_map_file_is_taken(go_to, session):
    page = drop(go_to("files"), ("a.csv", b"\x00\x01"), ("b.toml", b"format = 9"))
    assert [] == failures(page)
    assert "not text" in words(page)
    assert "b.toml is not a map" in words(page)


def test_a_foreign_file_on_the_page_start_leads_here(go_to, session):
    page = go_to("start")
    page.file_uploader[0].upload("export.csv", SCHOOLS, "text/csv").run()
    assert "files of another program" in words(page)
    assert "export.csv" in words(go_to("files"))


def test_what_lies_on_the_desk_reads_back_from_its_plain_form(go_to, session):
    drop(go_to("files"), ("schools.csv", SCHOOLS))
    desk = desk_of(session)
    assert desk == desk_from_plain(desk_plain(desk), {file.name: file.data for file in desk.files})


def test_a_district_teaches_its_own_words(go_to, session):
    words_of = b'[aliases]\nenrollment = ["Kopfzahl"]\n'
    page = drop(
        go_to("files"), ("ours.toml", words_of), ("t.csv", b"School code,Kopfzahl,Dollars\n1,40,900\n2,50,800\n")
    )
    assert [] == failures(page)
    assert "enrollment" == labeled(page.selectbox, "Kopfzahl").value


def test_our_own_workbook_opens_here_as_it_is(go_to, session):
    from equity_alloc.sources.sample import sample_reading
    from equity_alloc.sources.write_inputs import inputs_workbook

    reading = sample_reading()
    own = dataclasses.replace(reading.district, name="Our Own")
    page = drop(go_to("files"), ("own.xlsx", inputs_workbook(own, reading.scenario or default_scenario(own))))
    assert [] == failures(page)
    assert "These are our own tables" in words(page)
    page = press(page, "Open Our Own")
    assert "Our Own" == session.district.name
    assert len(own.schools) == len(session.district.schools)


def test_a_column_of_shares_without_a_sign_is_asked_about(go_to, session):
    table = b"School code,School name,Enrollment,% EL,Total budget\n1,Ash,400,0.25,900\n2,Elm,100,0.5,800\n"
    page = press(drop(go_to("files"), ("t.csv", table)), "Use this map and keep it for next year")
    assert "0.5 may mean 50 % or 0.5 %" in words(page)
    labeled(page.text_input, "Who decides").set_value("Data office")
    labeled(page.text_input, "District's name").set_value("Small")
    labeled(page.selectbox, "is printed without a percent sign").set_value("percent")
    page = press(page.run(), "Open Small")
    assert [] == failures(page)
    assert any("0.25 without a sign is 0.25 %" in decision.what for decision in session.district.decisions)


def test_one_code_under_two_names_waits_for_a_person(go_to, session):
    first = b"School code,School name,Enrollment,Total budget\n1,Ash,400,900\n2,Elm,100,800\n"
    second = b"School code,School name,FRPL\n1,Oak,40\n2,Elm Elementary,10\n"
    page = drop(go_to("files"), ("a.csv", first), ("b.csv", second))
    for place in range(2):
        page = [b for b in page.button if b.label == "Use this map and keep it for next year"][place].click().run()
    assert "1 school with a code of the first file under a name that is unlike" in words(page)
    page = press(page, "Confirm the 1 with equal codes")
    assert {"b.csv:1": "1"} == desk_of(session).answers.matches


def test_a_row_taken_for_a_total_is_taken_back(go_to, session):
    table = b"School code,School name,Enrollment,FRPL\n1,Ash,40,10\n2,Elm,60,12\n3,Oak,100,22\n"
    page = press(drop(go_to("files"), ("t.csv", table)), "Use this map and keep it for next year")
    assert "3 rows read, 2 used" in words(page).replace("**", "")
    labeled(page.multiselect, "Rows that look like totals").set_value(["t.csv!A4"])
    assert "3 rows read, 3 used" in words(page.run()).replace("**", "")
    assert ("t.csv!A4",) == desk_of(session).answers.kept_rows


def test_a_table_of_districts_is_a_choice_and_its_figures_are_shown(go_to, session):
    table = b"district_code,district_name,esd,funding_fte,rev_total,rev_local,rev_state,rev_federal,rev_other,expenditures,enrollment\n"
    table += b"1,North,x,9,40,10,10,10,10,39,120\n2,South,x,9,44,11,11,11,11,40,130\n"
    page = drop(go_to("files"), ("districts.csv", table))
    assert [] == failures(page)
    labeled(page.selectbox, "District").set_value("00002")
    page = page.run()
    assert "South (00002) is chosen" in words(page)
    assert any("130" in str(frame.value) for frame in page.dataframe)


@pytest.mark.parametrize("batch", range(3))
def test_a_table_of_every_known_kind_is_shown(go_to, session, batch):
    maps = built_in_maps()[batch::3]
    draw = random.Random(batch)
    page = drop(go_to("files"), *((f"{m.code}.csv", table_text(m, draw, 4).encode()) for m in maps))
    assert [] == failures(page)
    assert all(m.title in words(page) for m in maps)
