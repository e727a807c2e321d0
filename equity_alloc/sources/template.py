"""The template workbook: every sheet and column we ask for, with notes, units and lists to choose from."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from equity_alloc.catalogue import objective_classes, rule_classes
from equity_alloc.domain.federal import facts_asked
from equity_alloc.domain.money import MOST_CENTS
from equity_alloc.rules.setting import SettingInfo, typed_settings_of
from equity_alloc.sources.cell_formats import Formats
from equity_alloc.sources.declare import Kind, Sheet, first_sentence
from equity_alloc.sources.sheet_layout import set_up_print
from equity_alloc.sources.tables import READ_ME, SHEETS
from equity_alloc.sources.write_choices import value_text
from equity_alloc.sources.write_sheet import fit_row, heading_note, new_workbook, put_above, put_table, put_text
from equity_alloc.sources.write_tables import Written

#: Rows below a heading that get lists to choose from and limits.
ROWS = 5_000

#: How the headings of the long lists on Read me begin.
_LISTS = ("Settings for", "Rules for", "Objectives for")
_STEPS = (
    "Fill the sheets Schools and Funds first; then Positions, Staffing and Spending; the others as you need them.",
    "Blank means unknown, and zero means zero. A blank count is never taken as zero.",
    "Codes are text, leading zeros included, and the same on every sheet: 0412 is not 412.",
    "Dollars and FTE may have two decimals. Leave total rows out: totals are added up for you.",
    "Point at a heading to see what belongs below it, its unit, and an example.",
    "Student groups have one column each on Schools, headed for example Pupils: English learners.",
    "Grades too, headed Grade K, Grade 1 and so on; a grade that is not taught is zero, not blank.",
    "What holds for a school or does not has a column of yes and no, headed for example Yes/no: Year-round.",
    "Protected attributes can be audited and never drive an allocation: head the column Audit only: Hispanic.",
    "The same for yes and no: head the column Audit only yes/no: Single-sex.",
    "Sheets that you do not need may stay empty or be deleted.",
)


def template_workbook() -> bytes:
    """Return the template as .xlsx bytes: headings and notes, no rows.

    Returns
    -------
    bytes
        Filled with nothing and read back, it gives one finding: there are no schools yet.
    """
    with new_workbook("Template") as (book, formats, stream):
        _put_read_me(book, formats)
        for sheet in SHEETS:
            table = Written(sheet, tuple(c.title for c in sheet.columns), tuple(c.kind for c in sheet.columns), ())
            page = put_table(book, table, formats)
            _put_notes(page, sheet)
        set_up_print(
            book, "Template", "", {sheet.name: f"{sheet.name}: {first_sentence(sheet.help)}" for sheet in SHEETS}
        )
    return stream.getvalue()


def _put_read_me(book: Workbook, formats: Formats) -> None:
    page = book.add_worksheet(READ_ME)
    widths = (36, 48, 30, 70)
    for place, width in enumerate(widths):
        page.set_column(place, place, width, formats.wrapped)
    lines: list[tuple[str, ...]] = [
        ("How to fill this workbook",),
        *((step,) for step in _STEPS),
        (),
        ("Sheet", "What it holds"),
    ]
    lines += [(sheet.name, sheet.help) for sheet in SHEETS]
    lines += [(), ("Settings for the sheet Federal", "What it holds", "", "What it may be")]
    lines += [
        (info.title, info.help, "", f"one of: {', '.join(info.options)}" if info.options else info.fact.value)
        for info in facts_asked().values()
    ]
    lines += [(), ("Rules for the sheet Rules", "Setting", "Default", "What it may be")]
    for code, kind in rule_classes().items():
        # Beside its first setting, a rule's name never stands alone at the foot of a page.
        named = f"{code}: {kind.title}"
        first, *others = list(_settings(kind)) or [("", "")]
        lines += [(named, *first[1:]), *others]
    lines += [(), ("Objectives for the sheet Scenario", "Setting", "Default", "What it may be")]
    for code, objective in objective_classes().items():
        lines += [(f"{code}: {objective.title}", objective.good_for), *_settings(objective)]
    # A list begins a page of its own, and its heading never stands at the foot of another.
    page.set_h_pagebreaks([n for n, line in enumerate(lines) if line[:1] and line[0].startswith(_LISTS)])
    names = {f"{code}: {rule.title}" for code, rule in rule_classes().items()}
    names |= {f"{code}: {objective.title}" for code, objective in objective_classes().items()}
    for number, line in enumerate(lines):
        strong = line[:1] and (line[0] == "Sheet" or line[0].startswith(_LISTS))
        if len(line) == 1:
            put_above(page, number, line[0], formats.title if number == 0 else formats.plain, formats, widths)
            continue
        if not any(line[1:]) and line:
            put_above(page, number, line[0], formats.told, formats, widths)
            continue
        fit_row(page, number, line, widths)
        for place, text in enumerate(line):
            if text:
                look = formats.over[formats.told] if text in names else formats.strong if strong else formats.wrapped
                put_text(page, number, place, text, look)


def _settings(kind: Any) -> Iterator[tuple[str, ...]]:
    defaults = {field.name: field.default for field in dataclasses.fields(kind)}
    for name, info in typed_settings_of(kind).items():
        yield "", info.label, value_text(defaults[name]) or "blank", _may_be(info)


def _may_be(info: SettingInfo) -> str:
    parts = []
    if info.options:
        parts.append(f"one of: {', '.join(info.options)}")
    elif info.choice is not None:
        parts.append(info.choice.value)
    if info.least is not None or info.most is not None:
        least = "" if info.least is None else f"from {value_text(info.least)}"
        most = "" if info.most is None else f"to {value_text(info.most)}"
        parts.append(f"{least} {most}".strip())
    parts += [info.unit] if info.unit else []
    # A hint is a sentence of its own.
    return ". ".join(text for text in ("; ".join(parts), info.hint) if text)


def _put_notes(page: Worksheet, sheet: Sheet) -> None:
    for place, column in enumerate(sheet.columns):
        page.write_comment(0, place, heading_note(column), {"author": "Equity Alloc", "x_scale": 2, "y_scale": 1.2})
        limits = {"validate": "list", "source": list(column.options)} if column.options else _limits(column.kind)
        if limits:
            page.data_validation(1, place, ROWS, place, {**limits, "error_message": column.help[:250]})


def _limits(kind: Kind) -> dict[str, Any]:
    """Return what a cell of a column may hold, for the spreadsheet program's own check."""
    match kind:
        case Kind.PUPILS:
            return {"validate": "integer", "criteria": ">=", "value": 0}
        case Kind.CHANGE:
            most = MOST_CENTS // 100
            return {"validate": "decimal", "criteria": "between", "minimum": -most, "maximum": most}
        case Kind.DOLLARS | Kind.FTE | Kind.WEIGHT | Kind.SHARE:
            return {"validate": "decimal", "criteria": ">=", "value": 0}
        case Kind.YES_NO:
            return {"validate": "list", "source": ["yes", "no"]}
        case _:
            return {}
