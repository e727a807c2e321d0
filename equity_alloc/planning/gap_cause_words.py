"""Which rule causes how much of a gap, in sentences and table cells."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from equity_alloc.domain.money import print_dollars
from equity_alloc.planning.causes import Cause
from equity_alloc.planning.gap_causes import GapCauses

ERROR = "Standard error"
#: What stands there where chance has no part in a share.
SURE = ("exact", "0.00")
HEADINGS = ("Rule", "Its share", "What it is called", "Alone", "Last", ERROR)


def figure_words(found: GapCauses, value: Fraction | float) -> str:
    """Return a value of a figure in its unit, with its sign."""
    if not found.figure.unit:
        return _schools_words(value)
    cents = round(float(value) * 100)
    return f"{'+' if cents > 0 else ''}{print_dollars(cents, with_cents=True)}"


def _schools_words(value: Fraction | float) -> str:
    """Return a change in schools; only a rule's share of several can be a part of one.

    Examples
    --------
    >>> _schools_words(Fraction(15)), _schools_words(-1), _schools_words(Fraction(3, 2)), _schools_words(0)
    ('+15 schools', '-1 school', '+1.5 schools on average', '0 schools')
    """
    if value != int(value):
        return f"{float(value):+,.1f} schools on average"
    count = f"{int(value):+,}" if value else "0"
    return f"{count} school" if abs(value) == 1 else f"{count} schools"


def level_words(found: GapCauses, value: Fraction) -> str:
    """Return where a figure stands, without a sign above zero."""
    if not found.figure.unit:
        return f"{int(value):,} school{'' if value == 1 else 's'}"
    return print_dollars(round(float(value) * 100), with_cents=True)


def headline(found: GapCauses, titles: Sequence[str]) -> str:
    """Return what all rules do to a figure, named first, and which rule does most of it; parameters as below."""
    unit = f" ({found.figure.unit})" if found.figure.unit else ""
    return f"{found.figure.title}{unit}: {most_words(found, titles)}"


def most_words(found: GapCauses, titles: Sequence[str]) -> str:
    """Return what all rules do to a figure, and which rule does most of it, for below a heading that names the figure.

    Parameters
    ----------
    found : GapCauses
    titles : sequence of str
        What each rule of the scenario is called here.
    """
    start = (
        f"{level_words(found, found.without)} with only the rules that always hold, "
        f"{level_words(found, found.with_all)} with all."
    )
    at_work = working(found)
    if not at_work:
        return f"{start} No rule up for choice moves it."
    most = max(at_work, key=lambda cause: (abs(cause.share), -cause.number))
    return f"{start} Rule {most.number} ({titles[most.number - 1]}) does most: {figure_words(found, most.share)}."


def working(found: GapCauses) -> tuple[Cause, ...]:
    """Return the causes that do anything to the figure, the largest share first."""
    moved = [cause for cause in found.causes if cause.share or cause.first_in or cause.last_out]
    return tuple(sorted(moved, key=lambda cause: (-abs(cause.share), cause.number)))


def cause_cells(found: GapCauses, titles: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return a row of text for each rule that does anything, as `HEADINGS` names them."""
    return tuple(
        (
            str(cause.number),
            figure_words(found, cause.share),
            titles[cause.number - 1],
            figure_words(found, cause.first_in),
            figure_words(found, cause.last_out),
            f"{cause.error:,.2f}" if found.orders else "exact",
        )
        for cause in working(found)
    )


def how_found(found: GapCauses) -> str:
    """Return how shares were found, and what they do not say."""
    drawn = f" {found.orders} orders of the rules were drawn." if found.orders else " Every set of rules was judged."
    return (
        "A rule's share is its mean effect over the orders in which rules may come (Shapley value); alone and last are its "
        f"effects without any other rule and beside all of them, and the two may differ in sign.{drawn} The shares add up to "
        "the whole. Each plan is in dollars and fractions of posts and raises the lowest level first, whatever goal is chosen. What rules do is computed; why they were adopted, and what they spare others, is not."
    )
