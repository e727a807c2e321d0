"""What a reader sees of a document: nothing torn apart, cut, empty or too small, and every page says what it belongs to."""

from __future__ import annotations

import dataclasses
import io
import re

import docx
import pytest
from pptx import Presentation
from pptx.util import Emu

from equity_alloc.domain.money import print_dollars
from equity_alloc.reports.chart import level_chart
from equity_alloc.reports.column_widths import column_widths
from equity_alloc.reports.document import Dossier
from equity_alloc.reports.family import documents_named, file_name
from equity_alloc.reports.letter_paper import new_word, word_bytes
from equity_alloc.reports.paper import paper
from equity_alloc.reports.school_story import neighbors_chart
from equity_alloc.reports.section import Section, Table, unbroken
from equity_alloc.reports.slide_paper import Deck
from equity_alloc.reports.story import first_pages
from tests.reports.test_papers import pdf_pages

INCH, POINT, SMALLEST, FOOT_TOP = 914_400, 12_700, 18, 7.0


def written(dossier, code):
    [document] = documents_named([code])
    return document.write(dossier)


def lines(count):
    return tuple(f"Line {number} of words that stand before what follows." for number in range(count))


def flat(page):
    return " ".join(page.split())


@pytest.fixture(scope="module")
def slides(dossier):
    return Presentation(io.BytesIO(written(dossier, "slides")))


@pytest.mark.parametrize("before", range(38, 47))
def test_a_heading_its_sentence_and_the_first_row_of_its_table_stand_on_one_page(before):
    rows = tuple((f"School {number}", f"{number}") for number in range(30))
    table = Table("Rows of it", ("School", "Pupils"), rows, (False, True))
    pages = pdf_pages(
        paper("A title", "", "", [Section("Before", lines(before)), Section("After", ("Said here.",), table)])
    )
    [page] = [flat(each) for each in pages if "After" in each]
    assert "Said here." in page and "Rows of it" in page and "School 0 0" in page


@pytest.mark.parametrize("before", range(44, 50))
def test_no_last_page_holds_a_line_or_two(before):
    pages = pdf_pages(paper("A title", "", "", [Section("All", lines(before))]))
    assert len(re.findall(r"Line \d+ of", pages[-1])) >= 3


def test_a_row_is_never_torn_over_two_pages():
    words = "One sentence of several that a cell holds. " * 6
    table = Table("Rows", ("Name", "Why"), tuple((f"Row {n}", f"{words}End {n}.") for n in range(25)), (False, False))
    for page in map(flat, pdf_pages(paper("A title", "", "", [Section("All", (), table)]))):
        assert re.findall(r"Row (\d+)", page) == re.findall(r"End (\d+)", page)


def test_an_amount_is_not_torn_from_its_sign_or_its_percent():
    words = tuple(f"{'x' * n} State compensatory education +$199,341 and 12.5 % more" for n in range(30, 80))
    pages = "\n".join(pdf_pages(paper("A title", "", "", [Section("All", words)])))
    assert 50 == pages.count("+$199,341") == pages.count("12.5 %")


@pytest.mark.parametrize("code", ["board-packet", "why-sheets", "decision-record"])
def test_the_foot_of_every_page_names_district_document_and_page(dossier, code):
    name = {"board-packet": "Board packet", "why-sheets": "Why sheet", "decision-record": "Decision record"}[code]
    pages = pdf_pages(written(dossier, code))
    for number, page in enumerate(pages, start=1):
        foot = flat(page.strip().splitlines()[-1])
        assert foot.startswith(f"{dossier.title}. {name}. {dossier.plan.scenario.name}"), foot
        assert foot.endswith(f"Page {number} of {len(pages)}")


def test_where_levels_are_hidden_no_column_of_marks_and_no_empty_table_is_left(sample_plan):
    [english] = [need for need in sample_plan.scenario.need_weights if need.group == "english-learners"]
    scenario = dataclasses.replace(sample_plan.scenario, need_weights=(english,))
    dossier = Dossier(dataclasses.replace(sample_plan, scenario=scenario))
    assert not dossier.public.hidden.levels
    text = "\n".join(pdf_pages(written(dossier, "board-packet")))
    before, after = text[: text.index("Student groups")], text[text.index("Measures") :]
    assert "*" not in before and "Level last" not in text
    assert "Where it is defined" not in after


def test_the_only_school_of_its_kind_stands_among_all_schools(dossier):
    """Mission Street is the sample's only K-8 school: beside others of its kind it would stand beside nobody."""
    by_code = {row.code: neighbors_chart(dossier, row) for row in dossier.rows}
    alone, high = by_code["0201"], by_code["0401"]
    assert "Beside other schools" == alone.title and 10 == len(alone.chart.names)
    assert "Beside other high schools" == high.title and 4 == len(high.chart.names)


def test_no_letter_on_a_slide_is_too_small_for_the_last_row(slides):
    small = []
    for number, slide in enumerate(slides.slides, start=1):
        for shape in slide.shapes:
            frames = [shape.text_frame] if shape.has_text_frame else []
            frames += [cell.text_frame for row in shape.table.rows for cell in row.cells] if shape.has_table else []
            sizes = [p.font.size for frame in frames for p in frame.paragraphs if p.text]
            if shape.has_chart:
                chart = shape.chart
                sizes += [chart.category_axis.tick_labels.font.size, chart.plots[0].data_labels.font.size]
            is_foot = shape.top / INCH >= FOOT_TOP
            small += [(number, size) for size in sizes if not is_foot and (size is None or size / POINT < SMALLEST)]
    assert [] == small


def test_a_table_of_a_slide_ends_above_its_foot_and_goes_on_on_the_next(sample_plan):
    drop = sample_plan.scenario.commitments[0]
    many = tuple(dataclasses.replace(drop, code=f"N{number}") for number in range(30))
    scenario = dataclasses.replace(sample_plan.scenario, commitments=many)
    made = Presentation(io.BytesIO(written(Dossier(dataclasses.replace(sample_plan, scenario=scenario)), "slides")))
    tables = [shape for slide in made.slides for shape in slide.shapes if shape.has_table]
    assert len(tables) > 4
    for shape in tables:
        assert shape.top + sum(row.height for row in shape.table.rows) <= Emu(int(FOOT_TOP * INCH))
    found = [row.cells[0].text for shape in tables for row in shape.table.rows]
    assert [f"N{number}" for number in range(30)] == [each for each in found if re.fullmatch(r"N\d+", each)]


def test_white_words_of_a_slide_stand_on_a_color_that_is_dark_enough(slides):
    """WCAG 2.1, 1.4.3: 4.5 to 1; the lightness of a color by its definition of relative luminance."""
    told = [shape.table for slide in slides.slides for shape in slide.shapes if shape.has_table]
    assert told
    for table in told:
        strong = [0, *([len(table.rows) - 1] if table.last_row else [])]
        for cell in (cell for row in strong for cell in table.rows[row].cells):
            shares = [part / 255 for part in cell.fill.fore_color.rgb]
            light = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in shares]
            assert 1.05 / (0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2] + 0.05) >= 4.5


def test_titles_of_slides_say_what_the_slide_shows(slides, dossier):
    titles = [slide.shapes.title.text for slide in slides.slides]
    given = -sum(row.counted_change for row in dossier.rows if row.counted_change < 0)
    assert f"11 schools give up {print_dollars(given)} of core money together" in titles
    assert "The lowest school rises from $6,875 to $7,421 per weighted pupil" in titles
    assert not {"What is proposed", "What it costs", "What was rejected", "Commitments"} & set(titles)


def test_memo_and_letters_say_whose_page_it_is_and_what_is_to_be_filled_in(dossier):
    memo, letters = (docx.Document(io.BytesIO(written(dossier, code))) for code in ("memo", "letters"))
    foot = memo.sections[0].footer.paragraphs[0]
    assert foot.text.startswith(f"{dossier.title}: memo to the board. Page ")
    assert "PAGE" in foot._p.xml and "NUMPAGES" in foot._p.xml
    assert {"From: [name and title]", "Date: [date]"} <= {each.text for each in memo.paragraphs}
    words = [each.text for each in letters.paragraphs]
    assert words.count("Sincerely,") == words.count("[date]") == words.count("[name and title]") == 11
    assert "NUMPAGES" not in letters.sections[0].footer.paragraphs[0]._p.xml


def test_a_picture_holds_the_figure_of_every_mark_and_no_name_runs_into_it(dossier):
    svg = level_chart(dossier.rows, "dollars per weighted pupil").svg
    for row in dossier.rows:
        for level in (row.level_today, row.level_plan):
            assert f">${round(level):,}</text>" in svg
    places = [float(x) for x in re.findall(r'<text x="([\d.-]+)"', svg)]
    assert min(places) > 0 and max(places) < 700


def test_one_long_cell_does_not_take_the_width_of_the_others():
    rows = [("Lincoln Elementary", "Gives up what it had last year. " * 4) for _ in range(9)] + [("A " * 60, "No.")]
    name, why = column_widths(("School", "Why"), rows, (False, False), 100, letter=1, inset=1)
    assert 19 <= name <= 40 and why >= 60


@pytest.mark.parametrize("count", [48, 50, 52])
def test_no_page_holds_a_row_or_two_of_a_longer_table(count):
    rows = tuple((f"School {number}", f"{number}") for number in range(count))
    table = Table("Rows of it", ("School", "Pupils"), rows, (False, True))
    pages = pdf_pages(paper("A title", "", "", [Section("All", (), table)]))
    assert all(len(re.findall(r"School \d+", page)) >= 3 for page in pages)
    assert count == sum(len(re.findall(r"School \d+", page)) for page in pages)


def test_of_long_rows_two_are_enough_at_a_page_s_end():
    """Three of them would leave a quarter of the page before white."""

    def held(count):
        rows = tuple((f"Row {n}", f"Of row {n} much is told, again and again. " * 11) for n in range(count))
        pages = pdf_pages(
            paper("A title", "", "", [Section("All", (), Table("Why", ("Name", "Why"), rows, (False, False)))])
        )
        return [len(re.findall(r"Row \d+", page)) for page in pages]

    on_one = held(20)[0]
    assert [on_one - 1, 2] == held(on_one + 1)


@pytest.mark.parametrize("before", [40, 42, 44])
def test_three_rows_of_a_longer_table_stand_under_its_heading(before):
    rows = tuple((f"School {number}", f"{number}") for number in range(30))
    table = Table("Rows of it", ("School", "Pupils"), rows, (False, True))
    pages = pdf_pages(paper("A title", "", "", [Section("Before", lines(before)), Section("After", (), table)]))
    [page] = [flat(each) for each in pages if "After" in each]
    assert "Rows of it" in page and "School 2 2" in page


def test_a_day_stands_in_words_on_paper_and_an_address_stays_as_it_is():
    said = ("Adopted 2024-05-14. https://example.org/2024-05-14/minutes",)
    [page] = pdf_pages(paper("A title", "", "", [Section("All", said)]))
    assert "Adopted May 14, 2024. https://example.org/2024-05-14/minutes" in flat(page)
    assert "by November\u00a024, 2026, 3.0\u00a0% less" == unbroken("by 2026-11-24, 3.0 % less")


def test_a_resolution_keeps_its_number_in_one_piece_in_word():
    word = new_word("A title", is_draft=False)
    word.add_paragraph("resolution 24-08 of a well-known board")
    made = docx.Document(io.BytesIO(word_bytes(word)))
    assert "resolution 24-08 of a well-known board" == made.paragraphs[-1].text
    assert 1 == made.element.xml.count("<w:noBreakHyphen/>")


def test_a_name_in_bold_has_room_in_its_picture(dossier):
    """In the widest typeface of browsers a letter in bold takes 0.7 of its size, 12: measured in DejaVu Sans."""
    longest = max((row.name for row in dossier.rows), key=len)
    svg = level_chart(dossier.rows, "dollars per weighted pupil", own=longest).svg
    [end] = re.findall(rf'<text x="([\d.]+)"[^>]*font-weight="bold"[^>]*>{longest}<', svg)
    assert float(end) >= len(longest) * 12 * 0.7


@pytest.fixture(scope="module")
def long_names(sample_plan):
    """The sample with names of 80 letters that differ at their ends only, and a district of 80 letters."""
    schools = tuple(
        dataclasses.replace(
            each, name=f"{'Academy for International Studies and the Performing Arts ' * 2}"[:72] + f"No. {n:04d}"
        )
        for n, each in enumerate(sample_plan.district.schools)
    )
    district = dataclasses.replace(
        sample_plan.district, schools=schools, name="Unified School District of " + "Larkspur " * 6
    )
    assert {80} == {len(each.name) for each in schools}
    return Dossier(dataclasses.replace(sample_plan, district=district))


def test_on_slides_long_names_stay_apart_and_leave_the_bars_their_room(long_names):
    made = Presentation(io.BytesIO(written(long_names, "slides")))
    charts = [shape for slide in made.slides for shape in slide.shapes if shape.has_chart]
    assert len(charts) == 3
    for shape in charts:
        names = list(shape.chart.plots[0].categories)
        assert max(map(len, names)) <= 36 and len(set(names)) == len(names)
        # Without this a program leaves every second name out.
        assert 'c:tickLblSkip val="1"' in shape.chart.category_axis._element.xml
        assert all(
            each.name in shape._element.nvGraphicFramePr.cNvPr.get("descr") for each in _shown(long_names, names)
        )


def _shown(dossier, names):
    return [row for row in dossier.rows if any(name.endswith(row.name[-4:]) for name in names)]


def test_a_long_district_name_does_not_tear_the_page_number(long_names):
    pages = pdf_pages(written(long_names, "board-packet"))
    for number, page in enumerate(pages, start=1):
        assert any(f"Page {number} of {len(pages)}" in line for line in page.splitlines())


def test_the_file_of_a_district_with_a_long_name_still_says_its_year(long_names):
    [packet] = documents_named(["board-packet"])
    assert file_name(long_names, packet).endswith("-2026-27-board-packet.pdf")


def test_one_pair_of_bars_does_not_fill_a_slide(dossier):
    made = Presentation()
    Deck(made, "Foot").bars("One school", level_chart(dossier.rows[:1], "dollars per weighted pupil"))
    [chart] = [shape for shape in made.slides[0].shapes if shape.has_chart]
    assert chart.height / INCH <= 2.0


def test_a_plan_in_which_nothing_changes_says_so_in_words(sample_plan):
    kept = dataclasses.replace(sample_plan, allocation=sample_plan.view.district.today)
    made = Dossier(kept)
    what, for_whom, *_ = first_pages(made)
    assert "The plan keeps last year as it is." in what.sentences[2]
    assert ("No school gains core money.", "No post is added, and none is given up.") == for_whom.sentences[:2]
    # Where a level stays, its figure stands once.
    assert 1 == for_whom.chart.svg.count(">$8,482</text>")
    assert "0 schools" not in " ".join(pdf_pages(written(made, "board-packet")))
