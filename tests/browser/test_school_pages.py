"""The web pages of schools, as a browser shows them from a folder: no barrier, no page wider than its window, nothing fetched."""

from __future__ import annotations

import io
import zipfile

import pytest
from axe_playwright_python.sync_playwright import Axe

from equity_alloc.planning.search import plan
from equity_alloc.reports.document import Dossier
from equity_alloc.reports.family import documents_named
from equity_alloc.sources.sample import sample_reading
from tests.browser.test_road import WCAG


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The unpacked pages of a draft of the sample."""
    reading = sample_reading()
    dossier = Dossier(plan(reading.district, reading.scenario), unfinished=("The schools were not heard.",))
    [document] = documents_named(["school-pages"])
    into = tmp_path_factory.mktemp("pages")
    zipfile.ZipFile(io.BytesIO(document.write(dossier))).extractall(into)
    return into


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_a_school_page_and_the_list_have_no_barrier_and_fit_their_window(browser, folder, scheme, width):
    school = next((folder / "schools").iterdir())
    with browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme) as context:
        for path in (folder / "index.html", school):
            page = context.new_page()
            asked = []
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            page.goto(path.as_uri())
            assert [path.as_uri()] == asked
            assert width >= page.evaluate("document.documentElement.scrollWidth")
            for details in page.locator("details").all():
                details.locator("summary").click()
            found = Axe().run(page, options=WCAG).response["violations"]
            assert [] == [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]
