"""The first sheet of a plan's workbook: how to read it, how to follow a figure, every sheet with a link, and what is not there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from equity_alloc.planning.baseline import baseline_note
from equity_alloc.planning.plan import Plan
from equity_alloc.sources.tables import LIVE

#: Name of a sheet, and what it holds.
Named = tuple[str, str]
#: What stands in the first column of the row that says why a plan is a draft.
DRAFT_ROW = "DRAFT"
SHEET_HEADING = ("Sheet", "What it holds")

_TRACE = (
    (
        "1  Overview, By fund",
        "Totals of the plan. Reconciliation says OK, or by how much they differ from the certificate.",
    ),
    ("2  By school", "Each total, school by school: add the column up and you have it."),
    ("3  By school and fund", "What each fund pays at a school; core money is the sum over the funds marked 1."),
    ("4  Plan pay, Plan dollars", "The lines behind it: filter on the school and the fund. Plan posts holds the FTE."),
    (
        "5  Budget lines",
        (
            "A file of its own: for each of these lines, with the same three codes, the account code and the cents. The workbook "
            "Control totals holds the same rows; in the CSV itself a spreadsheet takes the zeros off codes such as 0101."
        ),
    ),
)
_SEALED = (
    "Every row of the other sheets has a seal: a change after the export is found, its cell, what it held and what it holds. "
    "A seal is no signature. Filter as you like; a sealed sheet that is sorted no longer certifies."
)
_AGAIN = (
    "hold live formulas and bear no seal. Who certifies this file works them out again from the plan in it, "
    "and names each cell that says something else."
)


def read_me_rows(plan: Plan, draft: str, sheets: Sequence[Named], absent: Sequence[Named]) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the sheet.

    Parameters
    ----------
    plan : Plan
    draft : str
        The line that says why the plan is a draft; "" where it is none.
    sheets : sequence of (str, str)
        The other sheets in their order, and what each holds.
    absent : sequence of (str, str)
        Sheets that this workbook does without, and why.
    """
    yield (f"{plan.district.name} {plan.district.year}: {plan.scenario.name}",)
    yield ("INTERNAL", "This workbook holds the full counts of every school, small groups included. Do not publish it.")
    if draft:
        yield (DRAFT_ROW, draft)
    yield ()
    yield ("How to follow a figure",)
    yield from _TRACE
    yield ()
    yield ("What the words mean",)
    yield from _words(plan)
    yield ()
    yield SHEET_HEADING
    yield from sheets
    if absent:
        yield ()
        yield ("Not in this workbook", "Why")
        yield from absent
    yield ()
    yield ("How it is checked",)
    yield ("Seals", _SEALED)
    here = {name for name, _ in sheets}
    yield ("Worked out again", f"{', '.join(name for name in LIVE if name in here)} {_AGAIN}")


def _words(plan: Plan) -> Iterator[tuple[str, str]]:
    funds = plan.view.district.funds
    core, on_top = (", ".join(fund.title for fund in funds if fund.counts is counts) for counts in (True, False))
    yield ("Core dollars", f"What schools are compared by: {core or 'no fund'}.")
    if on_top:
        yield (
            "Supplemental dollars",
            f"They come on top of core dollars by rules of their own, and displace none of them: {on_top}.",
        )
    yield ("Level", f"Core {plan.view.levels.unit}.")
    was = baseline_note(plan).removeprefix("Last year is ")
    yield ("Last year", f"{was[:1].upper()}{was[1:]}")
    yield ("FTE", "Full-time equivalent: 1.00 is one full-time post.")
    yield ("Blank", "Unknown. Zero means zero.")
