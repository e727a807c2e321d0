"""Which rules tell counts of pupils in the words that they have for this district; the public reads less of them."""

from __future__ import annotations

from equity_alloc.domain.district import District
from equity_alloc.planning.plan import RuleReport
from equity_alloc.planning.reason_words import counts_a_group
from equity_alloc.rules.base import Rule
from equity_alloc.rules.titles import title_of

#: Rules whose words hold what counts of a group add up to, or dollars for each pupil of one.
_SUMS_OF_COUNTS = frozenset(
    {"band-spread", "cut-share", "fund-sharing", "group-ratio", "need-quarter-ratio", "need-slope-least"}
)


def tells_of_counts(rule: Rule | None) -> bool:
    """Whether a rule's words, its breaches or the schools without room would tell counts of a student group."""
    return rule is not None and (rule.code in _SUMS_OF_COUNTS or counts_a_group(rule))


def public_words(report: RuleReport, rule: Rule, quiet: frozenset[int] = frozenset()) -> str:
    """Return what a rule says here as the public may read it.

    A ratio of posts to pupils of a group stands there without the posts that it comes to: with few schools they tell counts.

    Parameters
    ----------
    report : RuleReport
    rule : Rule
    quiet : frozenset of int
        Numbers of the rules whose ratio is left out too.
    """
    if report.code in _SUMS_OF_COUNTS:
        return report.says
    if report.number in quiet:
        return f"{report.says} Its numbers are left out: beside the posts of small schools they would tell counts of pupils."
    if not counts_a_group(rule):
        return report.explain
    return f"{report.explain.split('. ', maxsplit=1)[0].rstrip('.')}."


def public_title(title: str, rule: Rule, district: District) -> str:
    """Return a rule's title as the public may read it: without the settings that tell alike rules apart, where it counts a group.

    Such a setting is the ratio, which beside the posts of small schools can tell a count.
    """
    return title_of(rule, district) if tells_of_counts(rule) else title
