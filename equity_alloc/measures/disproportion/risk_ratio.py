"""The risk ratio: how many times as likely a case is in the group as outside it."""

from __future__ import annotations

from collections.abc import Mapping

from equity_alloc.domain.errors import EmptyDistribution, InvalidValue
from equity_alloc.domain.source import Source
from equity_alloc.measures.disproportion.base import Counts, Disproportion

_RULE = "https://www.ecfr.gov/current/title-34/subtitle-B/chapter-III/part-300/subpart-F/section-300.647"


def risk_ratio(counts: Counts) -> float:
    """Return the group's risk over that of everybody else.

    Parameters
    ----------
    counts : Counts

    Returns
    -------
    float, ratio
        Zero or more; 1 when both risks are equal.

    Raises
    ------
    EmptyDistribution
        If nobody else has a case: give `alternate_risk_ratio` the state's counts of everybody else.

    References
    ----------
    34 CFR 300.647(a), risk ratio.

    Examples
    --------
    >>> round(risk_ratio(Counts(40, 200, 60, 800)), 3)
    2.667
    """
    if counts.other_cases == 0:
        raise EmptyDistribution("Nobody outside the group has a case, so there is no risk to divide by.")
    return counts.risk / counts.other_risk


def alternate_risk_ratio(cases: int, pupils: int, state_other_cases: int, state_other_pupils: int) -> float:
    """Return the group's risk in the district over that of everybody else in the state.

    For districts in which everybody else is too few for a risk of their own.

    References
    ----------
    34 CFR 300.647(a), alternate risk ratio.

    Examples
    --------
    20 % in the district's group, 10 % among others in the state.

    >>> alternate_risk_ratio(4, 20, 1000, 10000)
    2.0
    """
    return risk_ratio(Counts(cases, pupils, state_other_cases, state_other_pupils))


def weighted_risk_ratio(group: str, risks: Mapping[str, float], state_shares: Mapping[str, float]) -> float:
    """Return the group's risk over the others' risks, weighted by the state's composition instead of the district's.

    Districts of different composition can then be compared.

    Parameters
    ----------
    group : str
    risks : mapping of str to float
        Risk in the district, by group; groups do not overlap.
    state_shares : mapping of str to float
        Share of each group in the state's enrollment, adding up to one.

    Raises
    ------
    InvalidValue
        If the groups differ, or the shares do not add up to one.
    EmptyDistribution
        If no other group has a case.

    References
    ----------
    Bollmer, J., Bethel, J., Garrison-Mogren, R. and Brauen, M. (2007), Using the Risk Ratio to Assess Racial/Ethnic
    Disproportionality in Special Education at the School-District Level, The Journal of Special Education 41(3),
    pages 186-198.

    Examples
    --------
    With two groups it is the plain risk ratio, whatever the shares.

    >>> round(weighted_risk_ratio("a", {"a": 0.2, "b": 0.075}, {"a": 0.5, "b": 0.5}), 3)
    2.667
    """
    if set(risks) != set(state_shares) or group not in risks:
        raise InvalidValue("Risks and state shares name different groups. Give both for the same groups.")
    if abs(sum(state_shares.values()) - 1) > 1e-6:
        raise InvalidValue(f"State shares add up to {sum(state_shares.values()):g}; they must add up to 1.")
    others = sum(state_shares[name] * risk for name, risk in risks.items() if name != group)
    if others == 0:
        raise EmptyDistribution("No other group has a case, so there is no risk to divide by.")
    return (1 - state_shares[group]) * risks[group] / others


DISPROPORTION = Disproportion(
    code="risk-ratio",
    title="Risk ratio",
    unit="ratio",
    definition="The share of the group with a case, divided by the share of everybody else with a case.",
    formula="(cases / pupils) / (other cases / other pupils)",
    misleads=(
        "With few pupils it jumps: among 20 pupils of average risk it passes two by chance in one year out of nine."
    ),
    neutral=1.0,
    source=Source("34 CFR 300.647", "paragraph (a), risk ratio and alternate risk ratio", _RULE, "2016"),
    of_counts=risk_ratio,
)
