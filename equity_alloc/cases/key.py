"""The key of a case, computed: every figure anew from the case's files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from equity_alloc.cases import action_answers, people_answers, plan_answers, rule_answers, vote_answers
from equity_alloc.cases.case import Case, KeyLine
from equity_alloc.cases.opened import Opened
from equity_alloc.domain.errors import StoredFormat

Answer = Callable[[Opened, str], str]

#: By the name that a key uses.
ANSWERS: dict[str, Answer] = {
    "lowest level": plan_answers.lowest_level,
    "dollars": plan_answers.dollars,
    "change": plan_answers.change,
    "posts": plan_answers.posts,
    "who loses": plan_answers.who_loses,
    "a plan exists": plan_answers.exists,
    "sets that clash": rule_answers.sets_that_clash,
    "share of a rule": rule_answers.share_of_rule,
    "a rule alone and last": rule_answers.alone_and_last,
    "formula gives": rule_answers.formula_gives,
    "refused because": rule_answers.refused_because,
    "how sure": people_answers.how_sure,
    "school rate": people_answers.school_rate,
    "public count": people_answers.public_count,
    "pay against average": people_answers.pay_against_average,
    "years that hold": people_answers.years_that_hold,
    "pupils served": action_answers.pupils_served,
    "gain in a program": action_answers.gain_in_a_program,
    "cautious gain in a program": action_answers.cautious_gain_in_a_program,
    "bought by most votes": vote_answers.bought_by_most_votes,
    "bought by equal shares": vote_answers.bought_by_equal_shares,
    "wanted of most votes": vote_answers.wanted_of_most_votes,
    "wanted of equal shares": vote_answers.wanted_of_equal_shares,
}


@dataclass(frozen=True, slots=True)
class Found:
    """One line of the key beside what was computed just now."""

    line: KeyLine
    computed: str

    @property
    def agrees(self) -> bool:
        """Whether the computed answer is the one that the key gives."""
        return self.computed == self.line.answer


def computed_key(case: Case) -> Iterator[Found]:
    """Yield every line of a case's key with its figure computed anew.

    Raises
    ------
    StoredFormat
        If the key asks for a figure that is not known.
    """
    opened: dict[str, Opened] = {}
    for line in case.key:
        if line.figure not in ANSWERS:
            raise StoredFormat(f"{case.name}: the key asks for {line.figure}. Known are: {', '.join(ANSWERS)}.")
        run = opened.setdefault(line.variant, Opened(case, line.variant))
        yield Found(line, ANSWERS[line.figure](run, line.about))
