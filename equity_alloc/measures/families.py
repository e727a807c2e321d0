"""What measures of one family share, said once: sources, axioms, and what they read."""

from __future__ import annotations

from equity_alloc.domain.source import Source
from equity_alloc.measures.base import Axiom, Better, Floats, Measure, OfSpread, Reads
from equity_alloc.measures.door import Accepts, positive_mean, with_pupils
from equity_alloc.measures.equivalent import equivalent_level

ILLINOIS = Source(
    "Illinois School Code, 105 ILCS 5/18-8.15, Evidence-Based Funding",
    "definitions of Percent of Adequacy and Adequacy Target",
    "https://www.ilga.gov/legislation/publicacts/100/100-0578.htm",
    "2018",
)


def foster_greer_thorbecke(which: str) -> Source:
    """Return the source of the poverty measures, with the place of one of them."""
    title = "Foster, Greer and Thorbecke, A class of decomposable poverty measures, Econometrica 52(3)"
    return Source(title, f"pages 761-766, {which}", "", "1984")


def of_funded_share(
    function: OfSpread,
    code: str,
    title: str,
    *,
    better: Better,
    definition: str,
    formula: str,
    misleads: str,
    source: Source,
    unit: str = "share",
    more: frozenset[Axiom] = frozenset(),
    places: int = 3,
) -> Measure:
    """Return a measure of adequacy: it reads funded shares, and no transfer between schools always makes it better.

    Parameters
    ----------
    function : callable (values, weights) -> float
    code, title : str
    better, definition, formula, misleads, source, unit
        As of a measure; the formula without what x is.
    more : frozenset of Axiom
        What it claims beyond anonymity and replication.
    places : int
    """
    return Measure(
        code=code,
        title=title,
        unit=unit,
        better=better,
        definition=definition,
        formula=f"{formula}, x = allocation / adequacy target",
        misleads=misleads,
        axioms=frozenset({Axiom.ANONYMITY, Axiom.REPLICATION}) | more,
        source=source,
        of_spread=function,
        reads=Reads.FUNDED_SHARE,
        places=places,
    )


def atkinson_index(values: Floats, weights: Floats, aversion: float) -> float:
    """Return one less the equally distributed equivalent at an aversion over the mean.

    Parameters
    ----------
    values : ndarray, shape (n_schools,), dollars per pupil
        Above zero at an aversion of one or more.
    weights : ndarray, shape (n_schools,), pupils
    aversion : float

    Returns
    -------
    float, index
        In [0, 1]; lower is more equal; 0 when all values are equal.

    Raises
    ------
    EmptyDistribution
        If no school has a pupil.
    InvalidValue
        If a number is missing or infinite, a weight or value is negative, or values are zero where the aversion forbids it.

    Notes
    -----
    Formula: 1 - (sum w (x / mu)^(1 - e) / sum w)^(1 / (1 - e))

    References
    ----------
    Atkinson, A. (1970), On the Measurement of Inequality, Journal of Economic Theory 2(3), pages 244-263.
    """
    accepts = Accepts.ZERO_OR_MORE if aversion < 1 else Accepts.ABOVE_ZERO
    known, pupils = with_pupils(values, weights, accepts=accepts)
    return max(0.0, 1 - equivalent_level(known, pupils, aversion) / positive_mean(known, pupils))


def atkinson_measure(
    function: OfSpread, code: str, aversion: str, *, misleads: str, definition: str = "", formula: str = ""
) -> Measure:
    """Return the Atkinson index at an aversion.

    Parameters
    ----------
    function : callable (values, weights) -> float
    code, aversion : str
    misleads : str
    definition, formula : str
        Where the index at this aversion has its own; else the general ones.
    """
    return Measure(
        code=code,
        title=f"Atkinson index (aversion {aversion})",
        unit="index",
        places=4,
        better=Better.LOWER,
        definition=definition
        or (
            f"One less the equally distributed equivalent over pupils at inequality aversion {aversion}, divided by the "
            "mean."
        ),
        formula=formula or f"1 - (sum w (x / mu)^(1 - e) / sum w)^(1 / (1 - e)), e = {aversion}",
        misleads=misleads,
        axioms=frozenset({Axiom.ANONYMITY, Axiom.SCALE, Axiom.REPLICATION, Axiom.TRANSFER, Axiom.ZERO_AT_EQUALITY}),
        source=Source(
            "Atkinson, On the Measurement of Inequality, Journal of Economic Theory 2(3)", "pages 244-263", "", "1970"
        ),
        of_spread=function,
    )
