"""The decisions of one district: assessments, decisions and reviews in a chain, and how far a plan has come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from equity_alloc.decisions.assessment import Assessment
from equity_alloc.decisions.chain import Link, added
from equity_alloc.decisions.decision import Decision
from equity_alloc.decisions.review import Review
from equity_alloc.domain.blanks import is_no_sentence
from equity_alloc.domain.errors import StoredFormat
from equity_alloc.domain.record import from_plain, to_plain


class What(StrEnum):
    """Kinds of record."""

    ASSESSMENT = "assessment"
    DECISION = "decision"
    REVIEW = "review"


class Stage(StrEnum):
    """How far a plan has come on the way from a question to what was learned."""

    NOTICE = "Notice"
    EXPLAIN = "Explain"
    CHOOSE = "Choose"
    COMMIT = "Commit"
    LEARN = "Learn"


#: What ends each stage.
ENDS_WHEN = {
    Stage.NOTICE: "the question is written down in a sentence",
    Stage.EXPLAIN: "the assessment of this plan is complete",
    Stage.CHOOSE: "three options stand side by side, last year among them",
    Stage.COMMIT: "the decision is recorded, with dissent and a day to look again",
    Stage.LEARN: "a review says what became of it",
}

_KINDS: Mapping[What, type[Assessment] | type[Decision] | type[Review]] = {
    What.ASSESSMENT: Assessment,
    What.DECISION: Decision,
    What.REVIEW: Review,
}


@dataclass(frozen=True)
class Book:
    """The records of one district, to which can only be added.

    Parameters
    ----------
    district : str
    chain : tuple of Link
    """

    district: str
    chain: tuple[Link, ...] = ()

    def with_record(self, record: Assessment | Decision | Review, at: str) -> Book:
        """Return the book with one record more, at the time that the clock says.

        Raises
        ------
        InvalidValue
            If it leaves something unsaid that a record must say, or the clock stands before the last record.
        """
        record.refuse_unsaid()
        kind = next(what for what, each in _KINDS.items() if isinstance(record, each))
        content: dict[str, Any] = to_plain(record)
        return replace(self, chain=added(self.chain, kind.value, content, at, district=self.district))

    def records(self) -> Iterator[tuple[Link, Assessment | Decision | Review]]:
        """Yield each record with its link.

        Raises
        ------
        StoredFormat
            If a record cannot be read by this version.
        """
        for link in self.chain:
            if link.kind not in set(What):
                raise StoredFormat(f"Record {link.number} is of a kind that this version does not know: {link.kind}.")
            yield link, from_plain(_KINDS[What(link.kind)], dict(link.content))

    def decisions(self) -> tuple[tuple[Link, Decision], ...]:
        """Return the decisions, the earliest first."""
        return tuple((link, record) for link, record in self.records() if isinstance(record, Decision))

    def assessment_of(self, plan: str) -> tuple[Link, Assessment] | None:
        """Return the latest complete assessment of a plan, by the plan's identity; None where there is none."""
        return next(((link, record) for link, record in reversed(self._assessed(plan)) if not record.unsaid), None)

    def unfinished_assessment_of(self, plan: str) -> tuple[Link, Assessment] | None:
        """Return the latest assessment of a plan on record, where none that is there says all that one must say; else None."""
        found = self._assessed(plan)
        return found[-1] if found and self.assessment_of(plan) is None else None

    def _assessed(self, plan: str) -> list[tuple[Link, Assessment]]:
        return [(link, each) for link, each in self.records() if isinstance(each, Assessment) and each.plan == plan]

    def decision_of(self, plan: str) -> tuple[Link, Decision] | None:
        """Return the latest decision for a plan, by the plan's identity; None where there is none."""
        return next(((link, each) for link, each in reversed(self.decisions()) if each.plan == plan), None)

    def review_of(self, decision: str) -> Review | None:
        """Return the latest review of a decision, by its fingerprint."""
        reviews = [record for _, record in self.records() if isinstance(record, Review)]
        return next((each for each in reversed(reviews) if each.decision == decision), None)

    def stages(self, plan: str, *, question: str, options: int, fewest: int) -> dict[Stage, bool]:
        """Return which stages a plan has behind it.

        Parameters
        ----------
        plan : str
            Identity of the plan.
        question : str
            As it stands on the desk; blank where nobody has written it.
        options, fewest : int
            How many options stand side by side, and how many must.
        """
        decided = self.decision_of(plan)
        return {
            Stage.NOTICE: decided is not None or not is_no_sentence(question),
            Stage.EXPLAIN: self.assessment_of(plan) is not None,
            Stage.CHOOSE: decided is not None or options >= fewest,
            Stage.COMMIT: decided is not None,
            Stage.LEARN: decided is not None and self.review_of(decided[0].hash) is not None,
        }
