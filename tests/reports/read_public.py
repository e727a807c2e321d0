"""The attacker's eyes: everything that public documents tell of counts, read from their files and from the words of their rules."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile

import openpyxl

from equity_alloc.reports.family import documents_named
from tests.reports.attacker import Published

#: What a rule can say of posts and pupils of a group, with which side it bounds.
SAYINGS = (
    (re.compile(r"^(?P<position>[^:]+): one for every (?P<ratio>[\d,.]+?) (?P<group>[^.]+?)(?: and at least .*)?\.?$"), "least"),
    (re.compile(r"^(?P<position>[^:]+): no more than one for every (?P<ratio>[\d,.]+?) (?P<group>[^.]+?)(?: and at most .*)?\.?$"), "most"),
    (re.compile(r"^(?P<position>[^:]+): the target is one for every (?P<ratio>[\d,.]+?) (?P<group>[^.]+?)\.?$"), "target"),
)  # fmt: skip
#: Attackers know the way to a target: every staffing contract says it.
WAY = 0.25


def written(dossier, code):
    """Return a document's bytes, made once for each dossier: the same dossier gives the same bytes, and tests prove it."""
    made = dossier.__dict__.setdefault("written in tests", {})
    if code not in made:
        [document] = documents_named([code])
        made[code] = document.write(dossier)
    return made[code]


def text_of(ending: str, data: bytes) -> str:
    """Return a document's words: pages of a PDF as they are set, every part of an archive."""
    if ending == ".pdf":
        done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=True)
        return done.stdout.decode()
    if ending not in (".docx", ".pptx", ".xlsx", ".zip"):
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "\n".join(f"{name}\n{archive.read(name).decode('latin-1')}" for name in sorted(archive.namelist()))


def as_shown(cell) -> str:
    """Return what a reader sees in a cell: its text, or its number in its format; "" where it is blank."""
    if cell.value is None or isinstance(cell.value, str) or cell.number_format == "General":
        return "" if cell.value is None else str(cell.value)
    above, *others = re.sub(r"_.", "", cell.number_format).replace('"', "").split(";")
    form = above if cell.value > 0 or not others else others[0] if cell.value < 0 else others[-1]
    before, digits, after = re.fullmatch(r"([^#0]*)([#0,.]+)(.*)", form).groups()
    sign = "-" if cell.value < 0 and not others else ""
    size = abs(cell.value) * (100 if "%" in after else 1)
    return f"{sign}{before}{size:,.{len(digits.partition('.')[2])}f}{after}"


def shown_rows(sheet, min_row: int = 1) -> list[tuple[str, ...]]:
    """Return the rows of a sheet as a reader sees them."""
    return [tuple(map(as_shown, row)) for row in sheet.iter_rows(min_row=min_row)]


def rows_of(sheet):
    headings, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def posts_last_year(pages: bytes, codes: dict) -> dict:
    """Return FTE by school and title of the position, from the school pages."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(pages)) as archive:
        for name in archive.namelist():
            code = name.removeprefix("schools/").split("-")[0]
            if code in codes:
                for title, fte in re.findall(
                    r'<th scope="row">([^<]+)</th><td class="n">([\d.]+)</td><td class="n">[\d.]+</td>',
                    archive.read(name).decode(),
                ):
                    found[code, title] = float(fte)
    return found


def read(dossier, way=WAY) -> Published:
    """Return what anybody can know from the public tables and school pages of a plan, the rules' words included."""
    tables = openpyxl.load_workbook(io.BytesIO(written(dossier, "public-tables")))
    plan = dossier.plan
    code = {group.title: group.code for group in plan.district.groups}
    *schools, all_schools = rows_of(tables["Student groups"])
    titles = [title for title in schools[0] if title in code]
    reading = Published(
        {(row["Code"], code[t]): None if row[t] == "*" else int(row[t]) for row in schools for t in titles},
        {code[t]: None if all_schools[t] == "*" else int(all_schools[t]) for t in titles},
        {row["Code"]: int(row["Enrollment"]) for row in schools},
        {need.group: float(need.weight) for need in plan.scenario.need_weights},
    )
    for row in rows_of(tables["Schools"])[:-1]:
        if row["Level in the plan"] not in ("*", None):
            level, core = float(row["Level in the plan"]), float(row["Core dollars in the plan"])
            reading.weighted[row["Code"]] = (core / (level + 0.005), core / (level - 0.005))
    posts = {row["Code"]: row for row in rows_of(tables["Posts"])[:-1]}
    before = posts_last_year(written(dossier, "school-pages"), dict.fromkeys(posts))
    for rule in rows_of(tables["Rules"]):
        for saying, side in SAYINGS:
            told = saying.match(str(rule["Here"]).split(". ")[0])
            if told and told["group"] in code and rule["Kept"] == "kept":
                # Everybody knows which kind of school a staffing rule is about.
                asked = plan.scenario.rules[int(rule["Rule"]) - 1]
                about = {place: row for place, row in posts.items() if _is_about(asked, plan.district.school_of[place])}
                _bound(reading, told, side, code[told["group"]], about, before, way, plan.district)
    return reading


def _is_about(rule, school) -> bool:
    return rule.kind in (school.kind, type(rule)().kind)


def _bound(reading, told, side, group, posts, before, way, district):
    ratio, position = float(told["ratio"].replace(",", "")), told["position"]
    step = next(each.step for each in district.positions if each.title == position) / 100
    for school, row in posts.items():
        place, has = (school, group), float(row[position] or 0)
        had = before.get((school, position), 0.0)
        if side == "least":
            reading.most[place] = min(reading.most.get(place, 1e9), has * ratio)
        elif side == "target":
            target = max(had, had + (has - had) / way) if has > had else had
            reading.most[place] = min(reading.most.get(place, 1e9), target * ratio)
        else:
            reading.least[place] = max(reading.least.get(place, 0), (has - step) * ratio)
