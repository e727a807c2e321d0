"""Schools' non-staff lines: they take up what posts in whole steps leave of their dollars, to the cent."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from equity_alloc.problem.arrays import Ints

#: Products from here on do not fit into 64 bits.
TOO_LARGE = 2**63


class SchoolLines(NamedTuple):
    """Non-staff lines: last year's within their bounds, and the bounds, in cents; each of shape (n_schools, n_lines)."""

    base: Ints
    least: Ints
    most: Ints

    def of(self, schools: Ints, totals: Ints) -> Ints:
        """Return lines for totals: last year's, and the rest in proportion to their room.

        Parameters
        ----------
        schools : ndarray, shape (n_schools,)
        totals : ndarray, shape (n_schools, n), cents

        Returns
        -------
        ndarray, shape (n_schools, n, n_lines), cents
        """
        base, least, most = (each[schools, None] for each in self)
        rest = totals - base.sum(2)
        rises = (rest > 0)[:, :, None]
        more = spread(np.abs(rest), np.where(rises, most - base, base - least))
        lines: Ints = base + np.where(rises, more, -more)
        return lines


def spread(amounts: Ints, room: Ints) -> Ints:
    """Share amounts over lines in proportion to their room, to the cent, first line first for the remainder.

    Parameters
    ----------
    amounts : ndarray, shape (...), cents
        Zero or more.
    room : ndarray, shape (..., n_lines), cents

    Returns
    -------
    ndarray, shape (..., n_lines), cents

    Examples
    --------
    >>> spread(np.array([100]), np.array([[10, 50, 1_000]])).tolist()
    [[2, 4, 94]]
    >>> spread(np.array([5]), np.array([[0, 0]])).tolist()
    [[0, 0]]
    """
    total = room.sum(-1, keepdims=True)
    product_fits = float(amounts.max(initial=0)) * float(room.max(initial=0)) < TOO_LARGE
    whole = amounts[..., None] if product_fits else amounts[..., None].astype(object)
    shares: Ints = (whole * room // np.maximum(total, 1)).astype(np.int64)
    left = amounts - shares.sum(-1)
    for k in range(room.shape[-1]):
        more = np.maximum(np.minimum(left, room[..., k] - shares[..., k]), 0)
        shares[..., k] += more
        left = left - more
    return shares
