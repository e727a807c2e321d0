"""What a plan forgoes by a view's judgment, said so that nobody has to know what a share above one means."""

from __future__ import annotations

#: A share of the gain from which on the plan is worse than last year by that judge.
ALL = 1.0


def forgone_words(share: float) -> str:
    """Return what a plan forgoes of what could be gained, for a sentence.

    Parameters
    ----------
    share : float
        Part of the gain over last year that is forgone; zero or more, above one where last year was better.

    Examples
    --------
    >>> forgone_words(0.621), forgone_words(1.121)
    ('62.1 % of what could be gained', 'all that could be gained, and it is worse than last year by 12.1 % of that gain')
    """
    if share <= ALL:
        return f"{share * 100:.1f} % of what could be gained"
    return f"all that could be gained, and it is worse than last year by {(share - ALL) * 100:.1f} % of that gain"


def print_forgone(share: float) -> str:
    """Return what a plan forgoes, for a cell of a table.

    Examples
    --------
    >>> print_forgone(0.621), print_forgone(1.121)
    ('62.1 %', 'all, and worse than last year')
    """
    return f"{share * 100:.1f} %" if share <= ALL else "all, and worse than last year"
