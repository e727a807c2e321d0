"""Files come in by the page Start: good ones are loaded, bad ones are told and change nothing."""

import dataclasses
import io
import zipfile

from equity_alloc.domain.finding import Severity
from equity_alloc.domain.shipped import DATA
from equity_alloc.sources.open_file import read_path
from equity_alloc.store.unavailable import StoreUnavailable
from equity_alloc.ui.downloads import inputs_workbook
from tests.pages.conftest import failures, press, words

TINY = DATA / "tiny_district"


def test_a_bad_file_is_listed_and_the_district_stays(go_to, session):
    before = session.district
    page = go_to("start")
    page.file_uploader[0].upload("schools.csv", b"Code,Name\n1,One\n", "text/csv").run()
    assert [] == failures(page)
    [told] = page.error
    assert "must be mended" in told.value
    assert "Larkspur Valley School District stays loaded" in told.value
    assert "error" in page.dataframe[0].value["Kind"].tolist()
    assert before is session.district


def test_a_file_of_another_kind_is_told_and_not_read(go_to, session):
    page = go_to("start")
    page.file_uploader[0].upload("plan.xlsx", b"%PDF-1.7", "application/pdf").run()
    assert [] == failures(page)
    assert "a PDF" in "".join(page.dataframe[0].value["What"])


def test_a_workbook_a_zip_and_csv_files_give_the_same_district(go_to, session):
    reading = read_path(TINY)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path in TINY.glob("*.csv"):
            archive.writestr(path.name, path.read_bytes())
    files = [
        [("tiny.xlsx", inputs_workbook(reading.district, reading.scenario), "")],
        [("tiny.zip", packed.getvalue(), "")],
        [(path.name, path.read_bytes(), "text/csv") for path in TINY.glob("*.csv")],
    ]
    for each in files:
        page = press(go_to("start"), "Open the district with 24 schools")
        page.file_uploader[0].set_value(each).run()
        assert [] == failures(page)
        assert "is loaded" in words(page)
        assert reading.district == session.district
        assert reading.scenario == session.scenario


def test_after_a_bad_file_a_good_one_is_loaded(go_to, session):
    page = go_to("start")
    page.file_uploader[0].upload("schools.csv", b"Code,Name\n1,One\n", "text/csv").run()
    reading = read_path(TINY)
    page.file_uploader[0].set_value([("tiny.xlsx", inputs_workbook(reading.district, reading.scenario), "")]).run()
    assert [] == list(page.error)
    assert reading.district == session.district


def test_forget_goes_back_to_the_sample(go_to, session):
    session.load(read_path(TINY), "")
    page = press(go_to("start"), "Forget my data on this server")
    assert "Larkspur Valley School District" == session.district.name
    assert "were deleted" in words(page)


def test_what_was_noticed_in_a_file_that_was_loaded_is_told_at_once(go_to, session):
    reading = read_path(TINY)
    undated = inputs_workbook(dataclasses.replace(reading.district, year=""), reading.scenario)
    page = go_to("start")
    page.file_uploader[0].set_value([("undated.xlsx", undated, "")]).run()
    assert [] == failures(page)
    noticed = [finding for finding in session.findings if finding.severity is Severity.WARNING]
    assert noticed
    for finding in noticed:
        assert finding.what in words(page)
        assert finding.remedy in words(page)


def test_data_that_could_not_be_deleted_are_not_said_to_be(go_to, session, monkeypatch):
    class Stuck:
        def forget(self, _):
            raise StoreUnavailable("The store cannot be written just now.")

    page = go_to("start")
    monkeypatch.setattr("equity_alloc.ui.session.arrivals", Stuck)
    session.visitor = "somebody"
    monkeypatch.setattr("equity_alloc.ui.session.drafts", lambda: None)
    page = press(page, "Forget my data on this server")
    assert [] == list(page.success)
    assert "The store cannot be written just now." in "".join(each.value for each in page.error)


def test_a_state_table_asks_for_its_file(go_to):
    page = press(go_to("start"), "Open this district")
    assert "Choose the file first." in words(page)


def test_a_state_table_is_loaded_with_the_decision_and_who_made_it(go_to, session):
    table = (
        b"state_school_id,school_name,district_name,school_type,grade_high,enrollment,frpl,lep,spending_per_student\n"
        b"165010,Ash,Fayette County,A1,05,400,200,,9000\n165020,Birch,Fayette County,A1,05,300,50,12,8000\n"
    )
    page = go_to("start")
    page.file_uploader[1].upload("ky.csv", table, "text/csv")
    for label, value in (
        ("District: name or 3-digit number", "165"),
        ("Money for schools (dollars)", "$6,500,000"),
        ("Who decides that a blank LEP count means zero", "Data office"),
    ):
        [each] = [found for found in page.text_input if found.label == label]
        each.set_value(value)
    page = press(page, "Open this district")
    assert [] == failures(page)
    assert "Fayette County" == session.district.name
    assert 650_000_000 == session.district.funds[0].amount
    assert "Data office" in [decision.who for decision in session.district.decisions]
    assert "Data office" in words(go_to("district"))
