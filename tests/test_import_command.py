"""The import command: files in, a district out, and every open question named with its way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from equity_alloc.sources.open_file import read_path
from tests.command_line import run as run_command
from tests.sources.mapped.test_take_in import MONEY_ROWS, SCHOOL_ROWS

ROOT = Path(__file__).resolve().parents[1]


def run(*words):
    return run_command("import", *words)


def put(tmp_path, **texts):
    paths = []
    for name, text in texts.items():
        path = tmp_path / f"{name}.csv"
        path.write_text(text)
        paths.append(path)
    return paths


def test_a_table_that_nobody_described_is_guessed_shown_and_read_by_the_map_that_was_written(tmp_path):
    schools = SCHOOL_ROWS.replace("Code,", "Site code,").replace("Pupils", "Students").replace("Poor", "FRPL")
    money = MONEY_ROWS.replace("School,", "Location code,")
    first, second = put(tmp_path, schools=schools, money=money)
    maps = [tmp_path / "schools.toml", tmp_path / "money.toml"]
    asked = run(first, "--save-map", maps[0])
    assert (2, True) == (asked.returncode, "Site code" in asked.stdout)
    assert 2 == run(second, "--save-map", maps[1]).returncode
    out = tmp_path / "district.xlsx"
    done = run(first, second, "--map", maps[0], "--map", maps[1], "--name", "Small", "-o", out)
    assert (0, "") == (done.returncode, "".join(line for line in done.stderr.splitlines() if line.startswith("error")))
    district = read_path(out).district
    assert ("Small", 3) == (district.name, len(district.schools))
    assert 705_000_110 == sum(fund.amount for fund in district.funds)


def test_a_guessed_map_that_cannot_be_written_ends_with_a_way_out(tmp_path):
    (schools,) = put(tmp_path, schools=SCHOOL_ROWS.replace("Code,", "Site code,"))
    asked = run(schools, "--save-map", tmp_path / "nowhere" / "m.toml")
    assert 2 == asked.returncode
    assert "cannot be written: No such file or directory. Choose another place with --save-map." in asked.stderr


def test_an_open_question_is_listed_and_nothing_is_written(shared, tmp_path):
    data = shared / "data"
    out = tmp_path / "out.xlsx"
    done = run(data / "ky_schools_2016_17.csv", "-o", out)
    assert (2, False) == (done.returncode, out.exists())
    assert "district-not-chosen" in done.stderr
    assert "for example: 001 Adair County" in done.stdout
    assert 'Decide it with: --district "NAME OR CODE"' in done.stderr
    names = run(data / "seattle_school_budgets_2023_24.csv", data / "seattle_closure_cost_components_2024_06.csv")
    assert (2, True) == (names.returncode, "match-unconfirmed" in names.stderr)


def test_a_signed_import_is_written_with_its_decisions(shared, tmp_path):
    raw = shared / "data" / "raw"
    out = tmp_path / "five.xlsx"
    done = run(
        raw / "nyc_csd05_demographic_snapshot_2017_2022.csv", raw / "nyc_csd05_galaxy_budget_fy2018_2022.csv",
        raw / "nyc_csd05_galaxy_allocations_fy2018_2022.csv", "--name", "Community District 5", "--who", "Finance office",
        "--accept", "allocations are of another day", "--leave-out-without-money", "-o", out,
    )  # fmt: skip
    assert 0 == done.returncode, done.stderr
    district = read_path(out).district
    assert (27, {"Finance office"}) == (len(district.schools), {decision.who for decision in district.decisions})
    assert any("allocations are of another day" in decision.what for decision in district.decisions)
    assert ("3K", 9) == next(school for school in district.schools if school.code == "M030").grades[0]
    assert "grades-differ" not in [finding.code for finding in read_path(out).findings]


def test_schools_without_money_and_totals_that_differ_name_the_options_that_decide(shared, tmp_path):
    raw = shared / "data" / "raw"
    done = run(
        raw / "nyc_csd05_demographic_snapshot_2017_2022.csv", raw / "nyc_csd05_galaxy_budget_fy2018_2022.csv",
        raw / "nyc_csd05_galaxy_allocations_fy2018_2022.csv", "--name", "Community District 5",
    )  # fmt: skip
    assert 2 == done.returncode
    for option in ('--leave-out-without-money --who "NAME"', '--accept "REASON" --who "NAME"'):
        assert f"  Decide it with: {option}\n" in done.stderr


def test_what_is_no_table_is_refused_and_the_known_kinds_are_listed(tmp_path):
    picture = tmp_path / "a.csv"
    picture.write_bytes(b"\x89PNG\x00\x00")
    assert 2 == run(picture).returncode
    listed = run("--list-maps")
    assert (0, True) == (listed.returncode, "new-york-city-galaxy-budget" in listed.stdout)


def test_a_file_that_names_pupils_is_refused_as_on_the_page(tmp_path):
    [path] = put(tmp_path, pupils="School code,Student name,Enrollment\n0412,Ada Byron,1\n")
    out = tmp_path / "out.xlsx"
    done = run(path, "-o", out)
    assert (2, False) == (done.returncode, out.exists())
    assert ("file-names-pupils" in done.stderr, "Byron" in done.stdout + done.stderr) == (True, False)


@pytest.mark.parametrize("command", ["check", "plan"])
def test_check_and_plan_say_which_command_takes_in_an_export_of_another_program(tmp_path, command):
    [path] = put(tmp_path, budget=MONEY_ROWS)
    out = ("-o", tmp_path / "out.xlsx") if command == "plan" else ()
    done = run_command(command, path, *out)
    assert 2 == done.returncode
    assert f"python -m equity_alloc import {path}" in done.stderr


def test_a_further_file_of_money_is_added_by_name_and_only_with_a_signature(tmp_path):
    grant = "location_code,fiscal_year,allocation_category,amount\n0012,2026,Grant,10000\n0013,2026,Grant,20000\n"
    main = "location_code,fiscal_year,allocation_category,amount\n" + "".join(
        f"{code},2026,General,500000\n" for code in ("0012", "0013", "0501")
    )
    schools = "DBN,School Name,Total Enrollment,# Poverty,# English Language Learners,# Students with Disabilities\n"
    schools += "0012,Ash,400,1,1,1\n0013,Birch,300,1,1,1\n0501,Cedar,900,1,1,1\n"
    paths = put(tmp_path, schools=schools, main=main, grant=grant)
    out = tmp_path / "out.xlsx"
    assert 2 == run(*paths, "--add", "grant.csv", "--name", "Small", "-o", out).returncode
    assert "Those that do: main.csv, grant.csv" in run(*paths, "--add", "other.csv").stderr
    done = run(*paths, "--add", "grant.csv", "--name", "Small", "--who", "Office", "-o", out)
    assert 0 == done.returncode, done.stderr
    assert 153_000_000 == sum(fund.amount for fund in read_path(out).district.funds)


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    from equity_alloc.scenario import default_scenario
    from equity_alloc.sources.sample import sample_reading
    from equity_alloc.sources.write_inputs import inputs_workbook

    reading = sample_reading()
    path = tmp_path_factory.mktemp("own") / "own.xlsx"
    path.write_bytes(inputs_workbook(reading.district, reading.scenario or default_scenario(reading.district)))
    return path


def test_our_own_workbook_is_the_first_door_and_stays_as_it_is(own, tmp_path):
    assert run("--list-maps").stdout.startswith("our-workbook")
    out = tmp_path / "out.xlsx"
    done = run(own, "-o", out)
    assert 0 == done.returncode, done.stderr
    assert read_path(own).district == read_path(out).district
    other = put(tmp_path, money=MONEY_ROWS)[0]
    assert "is read by itself" in run(own, other).stderr


def test_a_folder_of_our_csv_files_and_a_folder_of_exports_are_both_read(tmp_path, shared):
    from equity_alloc.scenario import default_scenario
    from equity_alloc.sources.sample import sample_reading
    from equity_alloc.sources.write_csv import csv_files

    reading = sample_reading()
    ours = tmp_path / "ours"
    ours.mkdir()
    for name, data in csv_files(reading.district, reading.scenario or default_scenario(reading.district)).items():
        (ours / name).write_bytes(data)
    done = run(ours)
    assert (0, True) == (done.returncode, "Read as our own workbook" in done.stdout), done.stderr
    exports = tmp_path / "exports"
    exports.mkdir()
    for name in ("raw/nyc_csd05_demographic_snapshot_2017_2022.csv", "raw/nyc_csd05_galaxy_budget_fy2018_2022.csv"):
        (exports / name.rpartition("/")[2]).write_bytes((shared / "data" / name).read_bytes())
    assert 0 == run(exports, "--name", "Five", "--who", "Office", "--leave-out-without-money").returncode


def test_an_empty_template_says_what_it_lacks(tmp_path):
    template = tmp_path / "t.xlsx"
    made = run_command("template", "-o", template)
    assert 0 == made.returncode
    done = run(template)
    assert (2, True) == (done.returncode, "error" in done.stderr)
    assert "no map recognizes it" not in done.stdout


def test_a_sheet_of_notes_does_not_stop_a_workbook_and_a_table_of_pupils_does(tmp_path):
    from tests.small_workbook import workbook_bytes

    galaxy = ["location_code", "fiscal_year", "allocation_category", "amount"]
    book = {"Read me": [["Exported on Monday"]], "Money": [galaxy, ["0012", "2026", "General", 500]]}
    path = tmp_path / "b.xlsx"
    path.write_bytes(workbook_bytes(book))
    done = run(path)
    assert "Read me is not read" in done.stdout
    assert "Describe the table" not in done.stderr
    path.write_bytes(workbook_bytes({**book, "More": [["Site code", "Students"], ["0012", 40]]}))
    assert "Describe the table" in run(path).stderr
    assert "Describe the table" not in run(path, "--pass-over", "b.xlsx: More").stderr


def test_shares_without_a_sign_are_asked_about_and_answered(tmp_path):
    (schools,) = put(
        tmp_path, s="School code,School name,Enrollment,% EL,Total budget\n1,Ash,400,0.25,900\n2,Elm,100,0.5,800\n"
    )
    made = tmp_path / "m.toml"
    run(schools, "--save-map", made)
    words = (schools, "--map", made, "--name", "Small", "--who", "Office")
    assert "share-scale-unsaid" in run(*words).stderr
    assert 0 == run(*words, "--scale", "s.csv:ell_share=percent").returncode
    assert "say share" in run(*words, "--scale", "s.csv:ell_share=half").stderr
