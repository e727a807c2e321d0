"""Checks a PDF against PDF/UA-1 (ISO 14289-1) as far as a program can, by reading its objects and every page's content.

It shares nothing with what writes the files. Rules are named by clause of ISO 14289-1.
"""

from __future__ import annotations

import io
import itertools

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

#: Operators that paint: text, paths, images, shadings.
PAINTS = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "INLINE IMAGE"}
#: Standard structure types of PDF 1.7, 14.8.4, that may stand without a role map.
STANDARD = {
    "Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "NonStruct", "Private", "P",
    "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead", "TBody", "TFoot",
    "Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot", "Ruby", "Warichu", "Figure", "Formula", "Form",
}  # fmt: skip


def problems(data: bytes) -> list[str]:
    """Return what is wrong, one sentence each; empty where nothing was found."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found = [*_document(pdf)]
        if Name.StructTreeRoot not in pdf.Root:
            return [*found, "7.1: there is no structure tree"]
        elements = list(_elements(pdf.Root.StructTreeRoot))
        found += _structure(pdf, elements)
        marked = _marked_in_tree(elements)
        for number, page in enumerate(pdf.pages, start=1):
            found += _page(page, number, marked.get(page.objgen, set()))
        return found


def _document(pdf: pikepdf.Pdf):
    root = pdf.Root
    if pdf.is_encrypted:
        yield "7.16: the file is encrypted"
    if not root.get(Name.MarkInfo, Dictionary()).get(Name.Marked, False):
        yield "6.2: the file is not marked as tagged"
    if root.get(Name.MarkInfo, Dictionary()).get(Name.Suspects, False):
        yield "7.1: tags are marked as suspect"
    if not str(root.get(Name.Lang, "")).startswith("en"):
        yield "7.2: the language is missing"
    if not root.get(Name.ViewerPreferences, Dictionary()).get(Name.DisplayDocTitle, False):
        yield "7.1: the title is not shown in the window"
    with pdf.open_metadata() as metadata:
        if metadata.get("pdfuaid:part") != "1":
            yield "5: the file does not say that it is PDF/UA-1"
        if not metadata.get("dc:title"):
            yield "7.1: the title is missing in the metadata"
    names = root.get(Name.Names, Dictionary())
    if Name.JavaScript in names or Name.OpenAction in root:
        yield "7.19: the file runs something when it is opened"


def _elements(node: Object, depth: int = 0):
    kids = node.get(Name.K, Array())
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and Name.S in kid:
            yield kid, depth
            yield from _elements(kid, depth + 1)


def _kind(pdf: pikepdf.Pdf, element: Object) -> str:
    kind, roles = element.S, pdf.Root.StructTreeRoot.get(Name.RoleMap, Dictionary())
    seen = set()
    while kind in roles and str(kind) not in seen:
        seen.add(str(kind))
        kind = roles[kind]
    return str(kind).lstrip("/")


def _structure(pdf: pikepdf.Pdf, elements):
    headings = []
    for element, _ in elements:
        kind = _kind(pdf, element)
        if kind not in STANDARD:
            yield f"7.1: {kind} is no standard structure type"
        if kind in ("Figure", "Formula") and not str(element.get(Name.Alt, "")).strip():
            yield f"7.3: a {kind} has no words for readers who do not see it"
        if len(kind) == 2 and kind[0] == "H" and kind[1].isdigit():
            headings.append(int(kind[1]))
            if not [*_elements(element)] and Name.K not in element:
                yield f"7.4: a heading {kind} is empty"
        if kind == "Table":
            yield from _table(pdf, element)
        if kind == "TH" and str(_attribute(element, Name.Scope)) not in ("/Row", "/Column", "/Both"):
            yield "7.5: a table's heading does not say what it is for"
    if not headings or headings[0] != 1:
        yield "7.4: the first heading is not of the first level"
    for before, after in itertools.pairwise(headings):
        if after > before + 1:
            yield f"7.4: a heading of level {after} follows one of level {before}"


def _attribute(element: Object, name: Name) -> Object | None:
    attributes = element.get(Name.A, Array())
    for each in attributes if isinstance(attributes, Array) else [attributes]:
        if isinstance(each, Dictionary) and name in each:
            return each[name]
    return None


def _table(pdf: pikepdf.Pdf, table: Object):
    rows = [element for element, _ in _elements(table) if _kind(pdf, element) == "TR"]
    widths = set()
    for row in rows:
        cells = [element for element, depth in _elements(row) if depth == 0]
        widths.add(sum(int(_attribute(cell, Name.ColSpan) or 1) for cell in cells))
        if {_kind(pdf, cell) for cell in cells} - {"TH", "TD"}:
            yield "7.5: a row of a table holds something that is no cell"
    if len(widths) != 1:
        yield f"7.5: the rows of a table have {sorted(widths)} cells"
    if not rows or {_kind(pdf, cell) for cell, depth in _elements(rows[0]) if depth == 0} != {"TH"}:
        yield "7.5: the first row of a table does not hold its headings"


def _marked_in_tree(elements) -> dict:
    """Return the marked contents that the tree refers to, by page."""
    found: dict = {}
    for element, _ in elements:
        kids = element.get(Name.K, Array())
        for kid in kids if isinstance(kids, Array) else [kids]:
            if isinstance(kid, Dictionary) and Name.MCID in kid:
                page, number = kid.get(Name.Pg, element.get(Name.Pg)), int(kid.MCID)
            elif not isinstance(kid, Dictionary):
                page, number = element.get(Name.Pg), int(kid)
            else:
                continue
            if page is not None:
                found.setdefault(page.objgen, set()).add(number)
    return found


def _page(page: pikepdf.Page, number: int, in_tree: set):
    if page.get(Name.Annots) and page.get(Name.Tabs) != Name.S:
        yield f"7.18: page {number} does not give the order of its links by structure"
    for annotation in page.get(Name.Annots, Array()):
        if not str(annotation.get(Name.Contents, "")).strip():
            yield f"7.18: a link on page {number} has no words"
    stack, here, loose = [], set(), set()
    for operands, operator in pikepdf.parse_content_stream(page):
        sign = str(operator)
        if sign in ("BDC", "BMC"):
            properties = operands[1] if sign == "BDC" else None
            mark = int(properties.MCID) if isinstance(properties, Dictionary) and Name.MCID in properties else None
            stack.append((str(operands[0]), mark))
            if mark is not None:
                here.add(mark)
        elif sign == "EMC":
            stack.pop()
        elif sign in PAINTS and not any(tag == "/Artifact" or mark is not None for tag, mark in stack):
            loose.add(sign)
    if stack:
        yield f"7.1: marked content on page {number} does not end"
    if loose:
        yield f"7.1: page {number} paints what is neither tagged nor an artifact ({', '.join(sorted(loose))})"
    if here - in_tree:
        yield f"7.1: page {number} marks content that the structure does not hold"
    if in_tree - here:
        yield f"7.1: the structure holds content that page {number} does not mark"
    for name, font in page.get(Name.Resources, Dictionary()).get(Name.Font, Dictionary()).items():
        inner = font.DescendantFonts[0] if Name.DescendantFonts in font else font
        described = inner.get(Name.FontDescriptor, Dictionary())
        if not {Name.FontFile, Name.FontFile2, Name.FontFile3} & {Name(key) for key in described}:
            yield f"7.21: font {name} on page {number} is not in the file"
        if Name.ToUnicode not in font:
            yield f"7.21: font {name} on page {number} does not say which letters it shows"
