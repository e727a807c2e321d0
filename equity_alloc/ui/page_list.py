"""The pages in the order of the work (data, rules, what follows, what leaves), and links between them."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from equity_alloc.domain.shipped import DASHBOARD

#: File, title, icon and help of each page; the plan is what opens first.
_PAGES: tuple[tuple[str, str, str, str], ...] = (
    ("plan", "Plan", ":material/balance:", "What each school had last year and would get, and why."),
    ("start", "Start", ":material/upload_file:", "Open your own district, or a sample."),
    ("files", "Files in", ":material/table_view:", "Exports of other programs: described, added up, joined."),
    ("district", "District", ":material/school:", "The data as they were understood."),
    ("rules", "Rules", ":material/tune:", "Change weights, funds and rules; the plan follows."),
    (
        "formula",
        "Formula",
        ":material/function:",
        "The district's own formula, number by number, and its place in the plan.",
    ),
    ("commitments", "Commitments", ":material/handshake:", "What was promised, tested against the plan."),
    ("equity", "Equity", ":material/equalizer:", "How equal the dollars are, before and after."),
    (
        "audit",
        "Audit",
        ":material/search_insights:",
        "Where student groups have less or fare worse, and how sure that is.",
    ),
    ("policies", "Policies", ":material/policy:", "Which rule causes how much of a gap, and what is to become of it."),
    (
        "interventions",
        "Interventions",
        ":material/target:",
        "What is done about a named cause, where, for how much, and when to stop.",
    ),
    ("tradeoffs", "Trade-offs", ":material/timeline:", "What more equity takes, and what each dollar and rule does."),
    ("compare", "Compare", ":material/compare_arrows:", "Keep scenarios and lay two to four side by side."),
    ("years", "Years", ":material/date_range:", "Several years, each planned on the one before: where money ends."),
    (
        "fall",
        "Fall counts",
        ":material/event_repeat:",
        "New counts for an adopted plan: the fewest moves that repair it.",
    ),
    ("choices", "Hard choices", ":material/call_split:", "Who carries the loss, and what speaks against the plan."),
    ("decision", "Decision record", ":material/history_edu:", "Options, reasons, dissent: who decided, and when."),
    ("compliance", "Compliance", ":material/gavel:", "What federal tests say, by how much, with worksheets."),
    ("export", "Export", ":material/download:", "Download the plan, and check an exported one."),
    ("library", "Library", ":material/local_library:", "Short lessons, and resources of others."),
    ("method", "Method", ":material/menu_book:", "Every rule, objective and measure with its source."),
)
DEFAULT = "plan"


def page(name: str) -> StreamlitPage:
    """Return a page by the name of its file."""
    file, title, icon, words = next(entry for entry in _PAGES if entry[0] == name)
    path = DASHBOARD / "pages" / f"{file}.py"
    return st.Page(path, title=title, icon=icon, url_path=file, default=file == DEFAULT, help=words)


def all_pages() -> list[StreamlitPage]:
    """Return all pages in order.

    Without sections: Streamlit puts sections into the list of pages in a way that screen readers cannot follow.
    """
    return [page(file) for file, *_ in _PAGES]


def link(name: str, label: str) -> None:
    """Show a link to a page."""
    st.page_link(page(name), label=label)
