"""The audit: its time on a large district, and how often it cries wolf where nothing differs.

The false flags of single comparisons are those of the reference's table (deliberation, 3.5: 20,000 draws, everybody else
600 pupils, 8 % of them with a case), beside what this tool does: cells of ten, groups of thirty, and many comparisons
judged together.
"""

from __future__ import annotations

import numpy as np

from benchmarks.clock import Row, check, cpu_seconds, report, within
from equity_alloc.domain.district import District, School, StudentGroup
from equity_alloc.domain.outcome import ALL_PUPILS, Area, Better, Indicator, OutcomeCount
from equity_alloc.inequity.group_gap import Certainty
from equity_alloc.inequity.outcome_gaps import outcome_gaps

SCHOOLS, GROUPS, INDICATORS = 150, 8, 40
DRAWS, OTHERS, RATE = 20_000, 600, 0.08
#: Pupils of the group, true risk ratio, and the shares that the reference printed: raw above two, and by the federal rule.
PRINTED = ((12, 1, 0.176, 0.000), (20, 1, 0.113, 0.000), (30, 1, 0.077, 0.000), (30, 3, 0.832, 0.164), (60, 1, 0.029, 0.014),
           (60, 3, 0.910, 0.898), (150, 1, 0.005, 0.005), (150, 3, 0.973, 0.973))  # fmt: skip
#: Shares of 20,000 draws differ by so much from draw to draw at most, three standard errors of one half.
SAME = 0.011
#: Districts without any gap, whose schools differ as if each had 40 pupils of its own beside the district's rate.
NULLS, PRIOR = 500, 40.0


def rows(repeats: int) -> list[Row]:
    """Return the time of a large audit, the false flags of single comparisons, and those of whole audits."""
    large = null_district(np.random.default_rng(1), SCHOOLS, GROUPS, INDICATORS)
    taken = 1e3 * cpu_seconds(lambda: outcome_gaps(large), repeats)
    name = f"audit, {SCHOOLS} schools x {GROUPS} groups x {INDICATORS} indicators"
    return [within(name, taken, 3_000), *_single(), *_whole()]


def _single() -> list[Row]:
    draw, found = np.random.default_rng(7), []
    for pupils, ratio, raw, by_rule in PRINTED:
        cases, others = draw.binomial(pupils, RATE * ratio, DRAWS), draw.binomial(OTHERS, RATE, DRAWS)
        above = (cases / pupils) / np.maximum(others, 1) * OTHERS > 2
        ruled = above & (cases >= 10) & (pupils >= 30)
        for what, seen, printed in (("above two", above, raw), ("cell 10, n 30", ruled, by_rule)):
            share = float(seen.mean())
            name = f"flags, n {pupils}, true ratio {ratio}: {what}"
            found.append(report(name, share, "share", "reference", printed))
            found.append(check(f"{name}, as printed", abs(share - printed) <= SAME, f"within {SAME}"))
    return found


def _whole() -> list[Row]:
    draw, found = np.random.default_rng(20), []
    for n_schools in (14, 40):
        alarms = 0
        for _ in range(NULLS):
            gaps = outcome_gaps(null_district(draw, n_schools, 4, 7))
            alarms += any(gap.certainty is Certainty.STANDS_OUT for gap in gaps)
        most = 0.10 + 3 * (0.10 * 0.90 / NULLS) ** 0.5
        name = f"{NULLS} districts without any gap, {n_schools} schools that differ: share with any flag"
        found.append(within(name, alarms / NULLS, most, "share"))
    return found


def null_district(draw: np.random.Generator, n_schools: int, groups: int, indicators: int) -> District:
    """Return a district in which pupils share the rate of their school and groups go to school without regard to it."""
    sizes = draw.integers(200, 700, n_schools)
    members = {f"g{g}": draw.binomial(sizes, draw.beta(2, 6, n_schools)) for g in range(groups)}
    schools = tuple(
        School(f"{s:03d}", f"S{s}", "any", int(n), groups=tuple((g, int(counts[s])) for g, counts in members.items()))
        for s, n in enumerate(sizes)
    )
    titles = tuple(Indicator(f"I{i}", Area.OUTCOME, Better.FEWER) for i in range(indicators))
    counted = []
    for indicator in titles:
        rates = draw.beta(RATE * PRIOR, (1 - RATE) * PRIOR, n_schools)
        cases = draw.binomial(sizes, rates)
        for s, n in enumerate(sizes):
            counted.append(OutcomeCount(indicator.title, f"{s:03d}", ALL_PUPILS, int(cases[s]), int(n)))
            for g, counts in members.items():
                mine = draw.hypergeometric(cases[s], n - cases[s], counts[s])
                counted.append(OutcomeCount(indicator.title, f"{s:03d}", g, int(mine), int(counts[s])))
    named = tuple(StudentGroup(g, g.upper()) for g in members)
    return District("Null", "2026-27", schools, groups=named, indicators=titles, outcomes=tuple(counted))
