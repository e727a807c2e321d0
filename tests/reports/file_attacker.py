"""Reads the files of a public set as an outsider holds them, with nothing of the program but its words, for `attacker` to work on.

Counts are gathered wherever they stand: a count that one file leaves out and another shows is known. Weighted pupils come from the
sentences of why sheets and school pages and from levels and core dollars; ends come from posts beside the words of rules.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator, Mapping

import highspy
import numpy as np
import openpyxl

from tests.reports.attacker import Published
from tests.reports.read_public import rows_of, text_of

_TAG = re.compile(r"<[^>]+>")
_SUM = re.compile(r"([\d,]+) pupils \+ ([\d,.]+) for [^=]+= [\d,.]+ weighted pupils")
_LEAST = re.compile(r"^(?P<position>[^:]+): one for every (?P<ratio>[\d,.]+) (?P<group>.+?)\.?$")


def read_files(files: Mapping[str, bytes]) -> Published:
    """Return what a public set tells.

    Parameters
    ----------
    files : mapping of str to bytes
        By code of the document with its ending: "public-tables.xlsx", "school-pages.zip" and any others.
    """
    tables = openpyxl.load_workbook(io.BytesIO(files["public-tables.xlsx"]))
    *schools, all_schools = rows_of(tables["Student groups"])
    titles = [title for title in schools[0] if title not in ("Code", "School", "Enrollment")]
    reading = Published(
        {(row["Code"], title): _count(row[title]) for row in schools for title in titles},
        {title: _count(all_schools[title]) for title in titles},
        {row["Code"]: int(row["Enrollment"]) for row in schools},
        {},
    )
    codes = {row["School"]: row["Code"] for row in schools}
    for school, words, rows in _school_texts(files, codes):
        _take_counts(reading, school, rows, titles)
        for pupils, weighs in _SUM.findall(words):
            assert _number(pupils) == reading.enrollment[school]
            middle = reading.enrollment[school] + _number(weighs)
            _narrow(reading.weighted, school, (middle - 0.005, middle + 0.005))
    for row in rows_of(tables["Schools"])[:-1] if reading.weights else ():
        for year in ("last year", "in the plan"):
            level, core = row[f"Level {year}"], row[f"Core dollars {year}"]
            if level not in ("*", None):
                ends = ((float(core) - 0.5) / (float(level) + 0.005), (float(core) + 0.5) / (float(level) - 0.005))
                _narrow(reading.weighted, row["Code"], ends)
    _take_rules(reading, tables, titles)
    return reading


def joined(first: Published, second: Published, places, changed: int) -> dict:
    """Return the least and the most of counts for who holds two sets and takes it that so many pupils changed between them.

    Parameters
    ----------
    first, second : Published
    places : iterable of (set, place)
        Set 0 or 1.
    changed : int, pupils
    """
    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    model.setOptionValue("threads", 1)
    columns = [_add(model, told) for told in (first, second)]
    away = {}
    for place in sorted(set(first.shown) & set(second.shown)):
        now = away[place] = model.getNumCol()
        model.addVar(0.0, float(changed))
        pair = [now, columns[0][place], columns[1][place]]
        model.addRow(0.0, 1e9, 3, pair, [1.0, 1.0, -1.0])
        model.addRow(0.0, 1e9, 3, pair, [1.0, -1.0, 1.0])
    model.addRow(0.0, float(changed), len(away), list(away.values()), [1.0] * len(away))
    found = {}
    for number, place in places:
        ends = []
        for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
            every = model.getNumCol()
            model.changeColsCost(every, np.arange(every), np.zeros(every))
            model.changeColCost(columns[number][place], 1.0)
            model.changeObjectiveSense(sense)
            model.run()
            assert model.getModelStatus() == highspy.HighsModelStatus.kOptimal, "the two sets contradict each other"
            ends.append(model.getInfo().objective_function_value)
        found[number, place] = tuple(ends)
    return found


def _add(model: highspy.Highs, told: Published) -> dict:
    columns = {}
    for place, count in sorted(told.shown.items()):
        columns[place] = model.getNumCol()
        low, high = max(1, told.least.get(place, 0)), min(told.enrollment[place[0]], told.most.get(place, 1e9))
        model.addVar(*((float(low), float(high)) if count is None else (float(count), float(count))))
    for group, total in told.totals.items():
        members = [column for place, column in columns.items() if place[1] == group]
        if total is not None:
            model.addRow(float(total), float(total), len(members), members, [1.0] * len(members))
    for school, (low, high) in told.weighted.items():
        here = {column: told.weights.get(place[1], 0.0) for place, column in columns.items() if place[0] == school}
        pupils = told.enrollment[school]
        model.addRow(low - pupils - 1e-6, high - pupils + 1e-6, len(here), list(here), list(here.values()))
    return columns


def _school_texts(files: Mapping[str, bytes], codes: Mapping[str, str]) -> Iterator[tuple[str, str, list[list[str]]]]:
    """Yield each school's words and rows of tables, from every file that has a page for it."""
    with zipfile.ZipFile(io.BytesIO(files["school-pages.zip"])) as archive:
        for name in archive.namelist():
            school = name.removeprefix("schools/").split("-")[0]
            if school in codes.values():
                page = archive.read(name).decode()
                rows = [
                    [html.unescape(_TAG.sub("", cell)).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)]
                    for row in re.findall(r"<tr[^>]*>(.*?)</tr>", page, re.S)
                ]  # fmt: skip
                yield school, " ".join(html.unescape(_TAG.sub(" ", page)).split()), rows
    for name, data in files.items():
        if name.endswith(".pdf"):
            for page in text_of(".pdf", data).split("\f"):
                told = re.search(r"^(.*): where it stands", page, re.M)
                if told and told[1].strip() in codes:
                    rows = [re.split(r" {2,}", line.strip()) for line in page.splitlines()]
                    yield codes[told[1].strip()], " ".join(page.split()), rows


def _take_counts(reading: Published, school: str, rows: list[list[str]], titles: list[str]) -> None:
    for row in rows:
        if len(row) in (2, 3) and row[0] in titles and re.fullmatch(r"\*|[\d,]+", row[1]):
            before, now = reading.shown[school, row[0]], _count(row[1].replace(",", ""))
            assert None in (before, now) or before == now
            reading.shown[school, row[0]] = now if before is None else before
            if len(row) == 3:
                reading.weights[row[0]] = _number(row[2])


def _take_rules(reading: Published, tables, titles: list[str]) -> None:
    """Take what rules of so many posts for so many pupils say, where they are kept, beside the posts."""
    for row in rows_of(tables["Rules"]):
        told = _LEAST.match(str(row["Here"]).split(". ")[0])
        if told and told["group"] in titles and row["Kept"] == "kept":
            for posts in rows_of(tables["Posts"])[:-1]:
                most = float(posts[told["position"]] or 0) * _number(told["ratio"])
                place = (posts["Code"], told["group"])
                reading.most[place] = min(most, reading.most.get(place, 1e9))


def _narrow(found: dict, school: str, ends: tuple[float, float]) -> None:
    low, high = found.get(school, (-1e9, 1e9))
    found[school] = (max(low, ends[0]), min(high, ends[1]))


def _count(cell) -> int | None:
    return None if cell in ("*", None) else int(cell)


def _number(words: str) -> float:
    return float(words.replace(",", ""))
