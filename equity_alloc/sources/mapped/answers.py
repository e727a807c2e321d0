"""What a person decides when files come in, kept with the district under that person's name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from enum import StrEnum

from equity_alloc.domain.district import Decision
from equity_alloc.domain.number import count_words
from equity_alloc.sources.base import FindingList
from equity_alloc.sources.mapped.fields import field_of
from equity_alloc.sources.mapped.join import SURE, By, Joined
from equity_alloc.sources.mapped.merge import Merged
from equity_alloc.sources.mapped.reconcile import Reconciled


class FundsAs(StrEnum):
    """What becomes of the funds of a file that has more of them than a plan can show."""

    TWO = "two"
    LARGEST = "largest"
    ALL = "all"


@dataclass(frozen=True)
class Answers:
    """What a person said about the files, each answer with who said it.

    Parameters
    ----------
    name, year : str
        Of the district; blank for what the files say.
    who, when : str
        Who decides, and the day.
    accepts : bool
        Whether differences between printed totals and the rows are taken as they are.
    reason : str
        Why, in the person's own words.
    matches : dict of str to str
        By key of the match: the code that a school is, "" for none.
    blank_means_zero : tuple of str
        Groups, by code, whose blank counts mean none.
    middle_of_bounds : bool
        Whether counts that are known within bounds are taken at the middle.
    leave_out_without_money : bool
        Whether schools of which no file knows the dollars are left out of the district.
    control : dict of str to str
        Dollars that a ledger or a printed summary gives for a file, as typed, by the file's name.
    added : tuple of str
        Further files of money whose dollars are added to the first; the others are only compared with it.
    typical : bool
        Whether typical posts and costs stand in where no file knows any dollars.
    scales : dict of str to str
        Of columns of shares without a percent sign, by file and field: share (0.25 is 25 %) or percent (0.25 is 0.25 %).
    kept_rows : tuple of str
        Cells of rows that look like totals and are data.
    over_is_unknown : bool
        Whether counts of groups that are larger than the enrollment of their school are taken as unknown.
    funds : str
        How many funds become those of the plan: see `FundsAs`.
    """

    name: str = ""
    year: str = ""
    who: str = ""
    when: str = ""
    accepts: bool = False
    reason: str = ""
    matches: Mapping[str, str] = field(default_factory=dict)
    blank_means_zero: tuple[str, ...] = ()
    middle_of_bounds: bool = False
    leave_out_without_money: bool = False
    control: Mapping[str, str] = field(default_factory=dict)
    added: tuple[str, ...] = ()
    typical: bool = False
    scales: Mapping[str, str] = field(default_factory=dict)
    kept_rows: tuple[str, ...] = ()
    over_is_unknown: bool = False
    funds: str = FundsAs.TWO


def decide(
    reconciled: Reconciled, joined: Joined, answers: Answers, merged: Sequence[Merged], findings: FindingList
) -> tuple[Decision, ...]:
    """Return what was decided, each with who and when; what is still open becomes an error.

    Parameters
    ----------
    reconciled : Reconciled
    joined : Joined
    answers : Answers
    merged : sequence of Merged
    findings : FindingList

    Returns
    -------
    tuple of Decision
    """
    who = answers.who.strip()
    sentences = _differences_taken(reconciled, answers, findings)
    _ask_for_matches(joined, answers, findings)
    files = {tally.file for tally in reconciled.tallies}
    answered = [*_matches_confirmed(joined, answers), *_columns_answered(files, answers, merged)]
    if who:
        sentences += answered
    elif answered or answers.scales:
        findings.error(
            "decision-unsigned", "decisions", "", what="It is not said who decides about blank or suppressed values, matches by name, or money that is added.",
            why="A decision about data is kept with the name of the person who takes it.", remedy="Enter who decides.",
        )  # fmt: skip
    return tuple(Decision(sentence, who, answers.when) for sentence in sentences)


def _differences_taken(reconciled: Reconciled, answers: Answers, findings: FindingList) -> list[str]:
    """Return a sentence for each difference that a person takes as it is; an error for each that nobody has taken."""
    if answers.accepts and answers.who.strip():
        reason = f": {answers.reason.strip()}" if answers.reason.strip() else ""
        return [f"{words} Taken as it is{reason}." for _, words in reconciled.asking]
    for file, words in reconciled.asking:
        findings.error(
            "differences-undecided", file, "", what=words,
            why="A file whose totals do not tie may lack rows, or count some twice.",
            remedy="Look at the differences, and correct the file; or say who takes them as they are, and why.",
        )  # fmt: skip
    return []


def _ask_for_matches(joined: Joined, answers: Answers, findings: FindingList) -> None:
    """Add an error where a match that is not sure has not been answered."""
    waiting = [match for match in joined.asked if match.by not in SURE and match.key not in answers.matches]
    if not waiting:
        return
    first = waiting[0]
    findings.error(
        "match-unconfirmed", f"{first.name} ({first.code})", first.key,
        what=f"{len(waiting)} {'school waits for its' if len(waiting) == 1 else 'schools wait for their'} match to be confirmed, first {first.name} (code {first.code}) and "
        f"{first.to_name} (code {first.to}): {first.by.value}.",
        why="Schools of one name, or of one code, are not always one school; a wrong match moves pupils and dollars.",
        remedy="Confirm each match, choose another school, or say that it is none of them.",
    )  # fmt: skip


def _matches_confirmed(joined: Joined, answers: Answers) -> Iterator[str]:
    """Yield a sentence about schools matched by name, and one about one code under two names."""
    confirmed = [match for match in joined.asked if answers.matches.get(match.key)]
    by_code = [match for match in confirmed if match.by is By.OTHER_NAME]
    by_name = len(confirmed) - len(by_code)
    if by_name:
        yield f"{count_words(by_name, 'school')} matched by name and confirmed one by one."
    if by_code:
        both = f"{by_code[0].name} and {by_code[0].to_name} ({by_code[0].code})"
        schools = count_words(len(by_code), "school")
        yield f"{schools} of one code and two names were decided about one by one, first {both}."


def _columns_answered(files: Set[str], answers: Answers, merged: Sequence[Merged]) -> Iterator[str]:
    """Yield a sentence for each answer about columns, rows, blank counts and money of the files at hand."""
    for key, words in answers.scales.items():
        file, _, column = key.rpartition(":")
        if file in files:
            shown = "25 %" if words == "share" else "0.25 %"
            yield f"{field_of(column).title} of {file}: 0.25 without a sign is {shown}."
    kept = [where for where in answers.kept_rows if where.rpartition("!")[0] in files]
    if kept:
        words = count_words(len(kept), "row that looks like a total is", "rows that look like totals are")
        yield f"{words} data: {', '.join(kept[:5])}{', ...' if len(kept) > 5 else ''}."
    if answers.blank_means_zero:
        yield f"Blank counts mean none for: {', '.join(answers.blank_means_zero)}."
    if answers.middle_of_bounds:
        counts = [count for member in merged for count in member.counts.values()]
        several = sum(1 for count in counts if count.exact is None and count.high is not None)
        yield f"Taken at the middle of their bounds: {count_words(several, 'count')} known within bounds only."
    if answers.over_is_unknown:
        yield "Counts of groups that are larger than the enrollment of their school are taken as unknown."
    added = [name for name in answers.added if name in files]
    if added:
        yield f"The dollars of {', '.join(added)} are added to those of the first money file."
    if answers.leave_out_without_money:
        yield "Schools of which no file knows the dollars are left out."
