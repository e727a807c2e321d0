"""What a person decides when files come in, kept with the district under that person's name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    """
    decisions: list[Decision] = []
    files = {tally.file for tally in reconciled.tallies}
    who, when = answers.who.strip(), answers.when

    def note(what: str) -> None:
        decisions.append(Decision(what, who, when))

    for file, words in reconciled.asking:
        if not (answers.accepts and who):
            findings.error(
                "differences-undecided", file, "", what=words,
                why="A file whose totals do not tie may lack rows, or count some twice.",
                remedy="Look at the differences, and correct the file; or say who takes them as they are, and why.",
            )  # fmt: skip
        else:
            note(f"{words} Taken as it is{f': {answers.reason.strip()}' if answers.reason.strip() else ''}.")
    open_ones = [m for m in joined.asked if m.by not in SURE and m.key not in answers.matches]
    if open_ones:
        first = open_ones[0]
        findings.error(
            "match-unconfirmed", f"{first.name} ({first.code})", first.key,
            what=f"{len(open_ones)} {'school waits for its' if len(open_ones) == 1 else 'schools wait for their'} match to be confirmed, first {first.name} (code {first.code}) and "
            f"{first.to_name} (code {first.to}): {first.by.value}.",
            why="Schools of one name, or of one code, are not always one school; a wrong match moves pupils and dollars.",
            remedy="Confirm each match, choose another school, or say that it is none of them.",
        )  # fmt: skip
    confirmed = [m for m in joined.asked if answers.matches.get(m.key)]
    by_code = [m for m in confirmed if m.by is By.OTHER_NAME]
    if len(confirmed) > len(by_code) and who:
        note(f"{len(confirmed) - len(by_code)} schools were matched by name and confirmed one by one.")
    if by_code and who:
        both = f"{by_code[0].name} and {by_code[0].to_name} ({by_code[0].code})"
        note(
            f"{count_words(len(by_code), 'school')} of one code and two names were decided about one by one, first {both}."
        )
    for key, words in answers.scales.items():
        if key.rpartition(":")[0] in files and who:
            shown = "25 %" if words == "share" else "0.25 %"
            note(
                f"{field_of(key.rpartition(':')[2]).title} of {key.rpartition(':')[0]}: 0.25 without a sign is {shown}."
            )
    kept = [where for where in answers.kept_rows if where.rpartition("!")[0] in files]
    if kept and who:
        note(
            f"{len(kept)} rows that look like totals are data: {', '.join(kept[:5])}{', ...' if len(kept) > 5 else ''}."
        )
    if answers.blank_means_zero and who:
        note(f"Blank counts mean none for: {', '.join(answers.blank_means_zero)}.")
    if answers.middle_of_bounds and who:
        several = sum(1 for m in merged for c in m.counts.values() if c.exact is None and c.high is not None)
        note(f"{several} counts that are known within bounds only are taken at the middle of their bounds.")
    if answers.over_is_unknown and who:
        note("Counts of groups that are larger than the enrollment of their school are taken as unknown.")
    added = [name for name in answers.added if name in files]
    if added and who:
        note(f"The dollars of {', '.join(added)} are added to those of the first money file.")
    if answers.leave_out_without_money and who:
        note("Schools of which no file knows the dollars are left out.")
    said = (
        answers.blank_means_zero
        or answers.middle_of_bounds
        or answers.leave_out_without_money
        or added
        or confirmed
        or kept
        or answers.scales
        or answers.over_is_unknown
    )
    if said and not who:
        findings.error(
            "decision-unsigned", "decisions", "", what="It is not said who decides about blank or suppressed values, matches by name, or money that is added.",
            why="A decision about data is kept with the name of the person who takes it.", remedy="Enter who decides.",
        )  # fmt: skip
    return tuple(decisions)
