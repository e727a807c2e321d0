"""What a decision weighed, as tables: its options, who gains and gives up, who carries the loss, and what lenses say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from equity_alloc.decisions.assessment import Voice
from equity_alloc.decisions.decision import Decision
from equity_alloc.decisions.options import HIDDEN, print_worst
from equity_alloc.domain.fte import print_fte
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.planning.forgone_words import print_forgone
from equity_alloc.reports.section import Section, Table

#: Stands where nobody filled in a cell: that is neither zero nor no.
NOT_ENTERED = "not entered"
_NOT_TOLD = (
    "The shares of some groups are left out here, because they would give small counts away; the chain holds them."
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a record may be told to whoever reads it.

    Parameters
    ----------
    lenses : bool
        What lenses judge depends on every count, small ones among them.
    groups : frozenset of str or None
        Codes of those whose share of the loss may be told; None for all.
    levels : bool
        Whether levels per weighted pupil may be told: what a record says of them was public when it was made, and need not be now.
    sums : bool
        Whether it may be told what schools give up in options that were not chosen: beside the estimates of the one that was
        chosen such sums would tell them apart.
    posts : bool
        Whether the data hold posts at all; where they do not, that none moves is not known.
    """

    lenses: bool = True
    groups: frozenset[str] | None = None
    levels: bool = True
    sums: bool = True
    posts: bool = True


ALL_OF_IT = Shown()


def options_table(decision: Decision, shown: Shown) -> Table:
    """Return the options side by side, without columns that must not be shown."""
    headings = (
        "Option",
        "Lowest level",
        "Given up",
        "Schools",
        "FTE moved",
        "Rules broken",
        "Promises not kept",
        "Forgone at worst",
        "Why, or why not",
    )
    rows = tuple(
        (
            f"{each.name} (chosen)" if each.is_chosen else each.name,
            each.lowest if shown.levels or each.lowest.endswith("%") else HIDDEN,
            print_dollars(each.given_up) if shown.sums or each.is_chosen or not each.given_up else HIDDEN,
            str(each.schools_giving_up),
            print_fte(each.moved),
            str(each.rules_broken),
            str(each.promises_broken),
            print_worst(each.worst) if shown.lenses else HIDDEN,
            each.note or ("The reasons stand above." if each.is_chosen else ""),
        )
        for each in decision.options
    )
    hides = not (shown.levels and shown.lenses and shown.sums)
    title = "Options side by side; what would give small counts away is left out" if hides else "Options side by side"
    table = Table(title, headings, rows, (False, *(True,) * 7, False))
    left_out = [
        heading
        for place, heading in enumerate(headings)
        if all(row[place] == HIDDEN for row in table.rows) and table.rows
    ]
    return table.without(*left_out, *(() if shown.posts else ("FTE moved",)))


def touched(voices: Sequence[Voice]) -> tuple[tuple[str, ...], Table | None]:
    """Return the table of those whom the choice touches, and what nobody entered of any of them in one sentence.

    A cell that nobody filled in says so; a column that nobody filled in is left out. In records that were made before a number
    could stay blank, nothing but zeros in rows that say nothing else means that nobody filled in the table.
    """
    if not voices:
        return (), None
    began = any(each.influence or each.claim or each.asked.strip() or each.needs.strip() for each in voices)
    columns = {
        "Influence": ("its influence", [_entered(each.influence) if began else "" for each in voices]),
        "Claim": ("how strong its claim is", [_entered(each.claim) if began else "" for each in voices]),
        "Asked on": ("whether and when it was asked", [each.asked.strip() for each in voices]),
        "What they need": ("what it would need", [each.needs.strip() for each in voices]),
    }
    headings = ("Who", "What it does to them", *columns)
    cells = [[cell or NOT_ENTERED for cell in column] for _, column in columns.values()]
    rows = tuple((each.who, each.change, *line) for each, line in zip(voices, zip(*cells, strict=True), strict=True))
    blank = {heading: words for heading, (words, column) in columns.items() if not any(column)}
    table = Table("Who is touched", headings, rows, (False, False, True, True, False, False)).without(*blank)
    words = f"Nobody entered of any group in the table: {'; '.join(blank.values())}."
    return (words,) if blank else (), table


def _entered(number: int | None) -> str:
    return "" if number is None else str(number)


def losses_words(decision: Decision) -> tuple[str, ...]:
    """Return how much schools give up and gain, in one sentence."""
    changes = [each.after - each.before for each in decision.schools]
    lost, gained = -sum(c for c in changes if c < 0), sum(c for c in changes if c > 0)
    losers, winners = sum(c < 0 for c in changes), sum(c > 0 for c in changes)
    words = (
        f"{count_words(losers, 'school')} {'gives' if losers == 1 else 'give'} up {print_dollars(lost, with_cents=True)} and "
        f"{winners} {'gains' if winners == 1 else 'gain'} {print_dollars(gained, with_cents=True)} of core money; together {print_dollars(gained - lost, with_cents=True)}."
    )
    return (words,)


def schools_table(decision: Decision) -> Table:
    """Return every school that gains or gives up, the largest loss first."""
    moved = sorted(
        (each for each in decision.schools if each.after != each.before), key=lambda each: each.after - each.before
    )
    rows = tuple(
        (
            each.code,
            each.name,
            *(print_dollars(cents, with_cents=True) for cents in (each.before, each.after)),
            _signed(each.after - each.before),
        )
        for each in moved
    )
    before, after = sum(each.before for each in moved), sum(each.after for each in moved)
    sums = (print_dollars(before, with_cents=True), print_dollars(after, with_cents=True), _signed(after - before))
    total = ("", f"All {count_words(len(moved), 'school')}", *sums)
    return Table(
        "Core money, the largest loss first",
        ("Code", "School", "Last year", "In the plan", "Change"),
        (*rows, total) if len(rows) > 1 else rows,
        (False, False, True, True, True),
        has_total=len(rows) > 1,
    )


def _signed(cents: int) -> str:
    return f"{'+' if cents > 0 else ''}{print_dollars(cents, with_cents=True)}"


def carried_section(decision: Decision, shown: Shown) -> Section:
    """Return who carries the loss, for the groups that may be told."""
    told = [each for each in decision.carried if shown.groups is None or each.code in shown.groups]
    words = () if len(told) == len(decision.carried) else (_NOT_TOLD,)
    rows = tuple((each.title, "says nothing" if each.ratio is None else f"{each.ratio:.2f}") for each in told)
    title = "Share of the loss over share of the pupils; 1.00 is an equal share"
    table = Table(title, ("Group", "Times its share"), rows, (False, True)) if rows else None
    return Section("Who carries the loss", words, table)


def lenses_table(decision: Decision) -> Table:
    """Return what the chosen plan forgoes of each lens's gain."""
    rows = tuple((each.lens, print_forgone(float(each.forgone))) for each in decision.lenses)
    return Table("What the chosen plan forgoes of each lens's gain", ("Lens", "Forgone"), rows, (False, True))
