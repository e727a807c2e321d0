"""What was made of a plan, on screen: one count, why the others are not there, and a button for each file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import streamlit as st

from equity_alloc.domain.number import count_words
from equity_alloc.reports.document import Dossier
from equity_alloc.reports.family import Made, file_name, told_once
from equity_alloc.sources.write_sheet import CREATED
from equity_alloc.ui.downloads import hand_out, offer
from equity_alloc.ui.export_choice import named
from equity_alloc.ui.words import plain


def made_words(made: tuple[Made, ...]) -> str:
    """Return how many of the documents that were asked for are ready, and what became of the others."""
    failed = [each for each in made if each.error]
    needless = [each for each in made if each.needless]
    ready = len(made) - len(failed) - len(needless)
    is_or_are = "is" if len(made) == 1 else "are"
    parts = [f"{ready} of {count_words(len(made), 'document')} {is_or_are} ready."]
    if needless:
        parts.append(
            f"{count_words(len(needless), 'document')} {'has' if len(needless) == 1 else 'have'} nothing to tell."
        )
    if failed:
        parts.append(f"{count_words(len(failed), 'document')} could not be made; nothing else is touched by it.")
    return " ".join(parts)


def show_made(dossier: Dossier, made: tuple[Made, ...], last: tuple[str, ...]) -> None:
    """Show one count, then every document in its place: a button, or why there is none.

    Parameters
    ----------
    dossier : Dossier
    made : tuple of Made
    last : tuple of str
        Codes of those that were asked for last, which the count tells; the others were made of the same plan before.
    """
    asked = tuple(each for each in made if each.document.code in last)
    before = len(made) - len(asked)
    stand = (
        f"{count_words(before, 'document')} made before of the same plan {'stands' if before == 1 else 'stand'} here"
    )
    # None that was asked for last stands where all of them rest on account codes that were changed since.
    words = f"{made_words(asked)} {stand} too." if asked and before else made_words(asked) if asked else f"{stand}."
    is_whole = not any(each.error for each in made)
    (st.success if is_whole else st.warning)(
        plain(words), icon=":material/check_circle:" if is_whole else ":material/error:"
    )
    done = [each for each in made if each.data]
    if any(not each.document.is_public for each in done):
        st.warning(
            "Files marked internal hold the full counts of every school, small groups included. Do not publish them.",
            icon=":material/lock:",
        )
    told_at: dict[str, str] = {}
    for each in made:
        if each.error:
            why_not = told_once(told_at, each.document.title, each.error)
            st.error(f"{plain(each.document.title)}: not made: {plain(why_not)}", icon=":material/error:")
        elif each.needless:
            st.info(f"{plain(each.document.title)}: {plain(each.needless)}", icon=":material/info:")
        else:
            offer(
                each.document.title,
                each.data,
                each.name,
                each.document.media,
                key=f"export-get-{each.document.code}",
                words=named(each.document),
            )
    for readers, group in _by_readers(done):
        if len(group) > 1:
            title = f"all that is {readers} in one file (ZIP)"
            hand_out(
                title,
                f"Download {title}",
                lambda group=group: _zipped(group),  # type: ignore[misc]
                f"{file_name(dossier, group[0].document).split(group[0].document.code)[0]}{readers}.zip",
                "application/zip",
                key=f"export-zip-{readers}",
                icon=":material/folder_zip:",
            )


def _by_readers(made: list[Made]) -> Iterator[tuple[str, list[Made]]]:
    for readers in dict.fromkeys(each.document.readers.value for each in made):
        yield readers, [each for each in made if each.document.readers.value == readers]


def _zipped(made: list[Made]) -> bytes:
    """Return files as one ZIP; public and internal ones never share one."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in made:
            archive.writestr(zipfile.ZipInfo(each.name, CREATED.timetuple()[:6]), each.data)
    return stream.getvalue()
