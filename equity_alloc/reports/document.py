"""What a document is, and what documents are made from. Each stands in a file of its own in `reports/documents`."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from equity_alloc.actions.choose import Chosen, choose
from equity_alloc.commitments.scoreboard import scoreboard
from equity_alloc.commitments.standing import Standing
from equity_alloc.decisions.book import Book
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.money import Cents
from equity_alloc.inequity.audit import Audit, audit
from equity_alloc.inequity.thresholds import Threshold, thresholds
from equity_alloc.planning.baseline import NO_LAST_YEAR, knows_last_year, knows_posts
from equity_alloc.planning.certify import certify
from equity_alloc.planning.gap_causes import GapCauses, gap_causes
from equity_alloc.planning.plan import Certificate, Impossible, Plan
from equity_alloc.planning.reason import Reason, reasons
from equity_alloc.planning.summary import MeasureRow, SchoolRow, Totals, measure_rows, totals
from equity_alloc.reports.accounts import AccountPattern
from equity_alloc.reports.decided_lines import decided_lines
from equity_alloc.reports.draft import assessment_reasons, draft_reasons
from equity_alloc.reports.printable import with_printable_texts
from equity_alloc.reports.public_counts import PublicCounts, public_counts
from equity_alloc.reports.public_district import public_district, with_estimates
from equity_alloc.reports.public_money import NOTE, told_allocation, told_money, told_reasons
from equity_alloc.reports.read_accounts import shipped_pattern
from equity_alloc.reports.release import Release
from equity_alloc.reports.section import dollars
from equity_alloc.reports.workbook import plan_workbook

#: So many orders of the rules are drawn to find what causes a gap.
_ORDERS = 20


class Readers(StrEnum):
    """Who may read a document. What is public holds no small counts and nothing that is for audit only."""

    PUBLIC = "public"
    INTERNAL = "internal"


@dataclass(frozen=True)
class Dossier:
    """A plan with all that its documents tell beside it. Rows and sentences are worked out once for all documents.

    Parameters
    ----------
    plan : Plan
    rejected : tuple of (Plan or Impossible)
        What was looked at beside the plan and not chosen, each with the name and the note of its scenario.
    unfinished : tuple of str
        Business that is still open, one sentence each; a plan with any leaves as a draft.
    accounts : AccountPattern or None
        The district's account codes; None for the national pattern.
    earlier : tuple of Release
        What was public before of this district and year, from the ledger.
    book : Book or None
        The records of decisions of the district. With a book, a plan that nobody has assessed leaves as a draft; None where whoever
        hands the plan over keeps no records.
    """

    plan: Plan
    rejected: tuple[Plan | Impossible, ...] = ()
    unfinished: tuple[str, ...] = ()
    accounts: AccountPattern | None = None
    earlier: tuple[Release, ...] = ()
    book: Book | None = None

    @cached_property
    def printable(self) -> Dossier:
        """The same with texts that every kind of document can hold; itself where all of them are so."""
        return with_printable_texts(self)

    @cached_property
    def estimated(self) -> dict[str, Cents]:
        """Core money that is told as an estimate, by school, because it follows counts that are left out; mostly empty."""
        if self.public.hidden.levels or not self.public.hidden.places:
            return {}
        hidden = {school for school, _ in self.public.hidden.places}
        return told_money(self.plan, self._own, with_estimates(self.plan.district, self.public), hidden)

    @cached_property
    def note(self) -> str:
        """What of counts and money is left out or told as an estimate."""
        return " ".join((self.public.note, *((NOTE,) if self.estimated else ())))

    @cached_property
    def money_note(self) -> tuple[str, ...]:
        """What must be known to read amounts: that some are estimates, or that nothing is known of last year; mostly empty."""
        return (*((NOTE,) if self.estimated else ()), *(() if knows_last_year(self.plan) else (NO_LAST_YEAR,)))

    @cached_property
    def _own(self) -> tuple[Reason, ...]:
        return reasons(self.plan)

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """Why each school gains or gives up as the public may read it, in order of codes."""
        return told_reasons(self._own, self.estimated)

    @cached_property
    def rows(self) -> tuple[SchoolRow, ...]:
        """Each school last year and in the plan as the public may read it, in order of codes."""
        return tuple(reason.row for reason in self.reasons)

    @cached_property
    def totals(self) -> Totals:
        """The district in one line."""
        exact = totals(self.plan)
        if not self.estimated:
            return exact
        # What some schools give up together would tell apart the money that is told as an estimate.
        return dataclasses.replace(exact, dollars_moved=self.reasons[0].pool.given)

    @cached_property
    def measures(self) -> tuple[MeasureRow, ...]:
        """Every measure, last year and in the plan."""
        return measure_rows(self.plan)

    @cached_property
    def audit(self) -> Audit:
        """The audit of the district, with the plan's resources beside last year's."""
        return audit(self.plan.district, self.plan.scenario, self.plan.allocation)

    @cached_property
    def gap_causes(self) -> tuple[GapCauses, ...]:
        """Which rule causes how much of each gap; empty where the rules cannot all hold.

        Raises
        ------
        SolverFailed
            If without some of the rules no plan was found.
        """
        return gap_causes(self.plan.district, self.plan.scenario, orders=_ORDERS) or ()

    @cached_property
    def thresholds(self) -> tuple[Threshold, ...]:
        """The rules with thresholds near schools."""
        return thresholds(self.plan.district, self.plan.scenario)

    @cached_property
    def last_year(self) -> Certificate | str:
        """The auditor's list for keeping last year; a sentence where last year cannot be set beside the plan."""
        try:
            return certify(self.plan.district, self.plan.scenario, self.plan.view.district.today)
        except EquityAllocError as error:
            return str(error)

    @cached_property
    def draft(self) -> tuple[str, ...]:
        """Why the plan leaves as a draft, one sentence each; empty where nothing stands against adopting it."""
        return draft_reasons(self.plan, self.open_business)

    @cached_property
    def open_business(self) -> tuple[str, ...]:
        """Business that is still open, the assessment among it where it is not complete."""
        missing = () if self.book is None else assessment_reasons(self.plan, self.book)
        return (*self.unfinished, *missing)

    @cached_property
    def decided(self) -> tuple[tuple[str, str], ...]:
        """What is on record of the decision on this plan, for the workbook; empty where nothing is."""
        return decided_lines(self.book, self.plan)

    @cached_property
    def workbook(self) -> bytes:
        """The plan's workbook, which leaves as it is and is hashed in the run record."""
        return plan_workbook(self.plan, self.open_business, self.decided)

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """How every commitment of the scenario stands in the plan."""
        return scoreboard(self.plan.district, self.plan.scenario, self.plan.allocation)

    @cached_property
    def actions(self) -> Chosen:
        """The interventions chosen within the money set aside for them."""
        return choose(self.plan.district, self.plan.scenario)

    @cached_property
    def public(self) -> PublicCounts:
        """The counts that the public may see; the same in every public document."""
        return public_counts(self.plan, self.earlier)

    def level(self, value: float | None) -> str:
        """Return a level as people read it, "*" where levels are hidden."""
        if value is None:
            return "none"
        if not self.public.hidden.levels:
            return "*"
        return f"{value * 100:.1f} %" if self.plan.view.levels.unit.startswith("share") else dollars(round(value * 100))

    @cached_property
    def as_public(self) -> Dossier:
        """The same plan over the district that anybody can rebuild from what is public; for figures that rest on counts.

        Raises
        ------
        InvalidValue
            If so much is hidden that there is nothing to estimate from.
        """
        allocation = told_allocation(self.plan.view.district, self.plan.allocation, self.estimated)
        plan = dataclasses.replace(
            self.plan, district=public_district(self.plan.district, self.public), allocation=allocation
        )
        told = dataclasses.replace(self, plan=plan)
        # What is judged stays judged on the true counts.
        told.__dict__.update(public=self.public, draft=self.draft, standings=self.standings, estimated={})
        return told

    @cached_property
    def pattern(self) -> AccountPattern:
        """The account codes in use."""
        return self.accounts or shipped_pattern()

    @property
    def is_decided(self) -> bool:
        """Whether a decision on this very plan is on record."""
        return self.book is not None and self.book.decision_of(self.plan.digest) is not None

    @property
    def called(self) -> str:
        """What documents for schools call the plan: what is decided is no proposal any more."""
        return "plan" if self.is_decided else "proposal"

    @property
    def knows_posts(self) -> bool:
        """Whether the data hold posts at all; where they do not, documents say nothing of them instead of zero."""
        return knows_posts(self.plan)

    @property
    def title(self) -> str:
        """The district with the plan year."""
        return f"{self.plan.district.name} {self.plan.district.year}"


@dataclass(frozen=True, slots=True)
class Document:
    """One kind of document.

    Parameters
    ----------
    code : str
        Stable name in kebab-case; also what files and the command line call it.
    title : str
    says : str
        One sentence: what it holds, and for whom.
    readers : Readers
    place : int
        Place in every list of documents.
    ending : str
        Of its file, with the dot.
    media : str
        Its media type.
    write : callable
        Makes the bytes; the same dossier gives the same bytes.
    has_accounts : bool
        Whether it rests on the account codes, so that other codes make it another document.
    """

    code: str
    title: str
    says: str
    readers: Readers
    place: int
    ending: str
    media: str
    write: Callable[[Dossier], bytes]
    has_accounts: bool = False

    @property
    def is_public(self) -> bool:
        """Whether it may be given to anybody."""
        return self.readers is Readers.PUBLIC
