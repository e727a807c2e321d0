"""Numbers as screens show them: whole dollars, FTE with two decimals, shares in percent. A measure prints itself."""

from __future__ import annotations

from equity_alloc.domain.fte import Hundredths, print_fte
from equity_alloc.domain.money import Cents, print_dollars
from equity_alloc.domain.number import print_percent
from equity_alloc.measures.base import Better, Measure


def print_share(share: float) -> str:
    """Return a share in percent.

    Examples
    --------
    >>> print_share(0.1234)
    '12.3 %'
    """
    return print_percent(share)


def print_level(level: float, unit: str) -> str:
    """Return a level in its unit: dollars for "dollars per ...", percent for a share of target, loads of a post as they are.

    Examples
    --------
    >>> print_level(7420.73, "dollars per weighted pupil"), print_level(0.953, "share of target")
    ('$7,421', '95.3 %')
    >>> print_level(402.26, "pupils per post"), print_level(2.486, "posts per 1,000 pupils")
    ('402.3', '2.49')
    """
    if unit.startswith("share"):
        return print_share(level)
    if unit.startswith(("pupils", "posts")):
        return f"{level:,.1f}" if unit.startswith("pupils") else f"{level:,.2f}"
    return print_dollars(round(level * 100))


def print_level_change(change: float, unit: str) -> str:
    """Return a change of level with its sign.

    Examples
    --------
    >>> print_level_change(-12.4, "dollars per weighted pupil")
    '-$12'
    """
    return signed(print_level(change, unit))


def print_close(gap: float, unit: str) -> str:
    """Return a small distance with its cents, so that a distance below a dollar is not called zero.

    Examples
    --------
    >>> print_close(4.084, "dollars per weighted pupil")
    '$4.08'
    """
    if unit.startswith("share"):
        return f"{gap * 100:.2f} %"
    if not unit.startswith("dollars"):
        return f"{gap:.2f}"
    return print_dollars(round(gap * 100), with_cents=True)


def signed(text: str) -> str:
    """Return a printed number with a plus sign unless it is negative or zero.

    Examples
    --------
    >>> signed("$12"), signed("-$12"), signed("$0"), signed("-0.00")
    ('+$12', '-$12', '$0', '0.00')
    """
    if not any(digit in text for digit in "123456789"):
        return text.removeprefix("-")
    return text if text.startswith("-") else f"+{text}"


def print_change(cents: Cents) -> str:
    """Return a change in whole dollars with its sign."""
    return signed(print_dollars(cents))


def print_fte_change(fte: Hundredths) -> str:
    """Return a change of posts with its sign."""
    return signed(print_fte(fte))


def direction_words(better: Better) -> str:
    """Return in which direction a measure says that schools stand better."""
    return {
        Better.LOWER: "lower is more equal",
        Better.HIGHER: "higher is better",
        Better.NEITHER: "policy decides",
    }[better]


def verdict_words(today: float | None, plan: float | None, measure: Measure) -> str:
    """Return in words whether a measure says that the proposal is better than today.

    What is printed alike is not judged: a reader cannot see the difference, and nothing hangs on it.
    """
    if today is None or plan is None or measure.better is Better.NEITHER:
        return "no verdict"
    if abs(plan - today) < 0.5e-9:
        return "unchanged"
    if measure.printed(today) == measure.printed(plan):
        return "about the same"
    return "better" if (plan < today) == (measure.better is Better.LOWER) else "worse"


def change_words(change: int) -> str:
    """Return what happens to a school's dollars, in words."""
    return "gains" if change > 0 else "gives up" if change < 0 else "unchanged"
