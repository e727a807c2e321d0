"""What people wrote and public papers print as it stands: only a person can see whether it names somebody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from equity_alloc.commitment import NO_DISSENT, Drop
from equity_alloc.decisions.assessment import ASSESSMENT_LABELS, Assessment
from equity_alloc.decisions.decision import DECISION_LABELS, Decision
from equity_alloc.decisions.review import Review
from equity_alloc.domain.number import count_words
from equity_alloc.reports.data_words import data_words
from equity_alloc.reports.document import Dossier
from equity_alloc.scenario import Scenario

#: Fields of a decision that hold a day.
_DAYS = frozenset({"decided_on", "review_on"})


@dataclass(frozen=True, slots=True)
class FreeText:
    """Words of a person.

    Parameters
    ----------
    where : str
        What they were written as.
    words : str
    """

    where: str
    words: str


def free_texts(dossier: Dossier, beside: Sequence[Scenario] = ()) -> tuple[FreeText, ...]:
    """Return every text of a person that public papers may print as it was written, each once, in the order of the papers.

    Names that head every page, such as the scenario's, and who adopted a commitment are not repeated here.

    Parameters
    ----------
    dossier : Dossier
    beside : sequence of Scenario
        Further ones that will stand in the papers as not chosen, whose plans are not made yet.
    """
    found = _all(dossier, (*(other.scenario for other in dossier.rejected), *beside))
    return tuple(dict.fromkeys(each for each in found if each.words.strip() not in ("", NO_DISSENT)))


def reading_list(texts: Sequence[FreeText]) -> tuple[str, ...]:
    """Return the texts as lines to read, after one that says why; empty where there are none."""
    if not texts:
        return ()
    return (heading(texts), *(f"{each.where}: {each.words}" for each in texts))


def heading(texts: Sequence[FreeText]) -> str:
    """Return why these texts are read before anything public is given away."""
    one = len(texts) == 1
    return (
        f"{count_words(len(texts), 'text')} that people wrote {'leaves' if one else 'leave'} in public papers word for word. No program can "
        "see whether a child, a family or an employee can be known by them: read them before you publish."
    )


def _all(dossier: Dossier, not_chosen: Sequence[Scenario]) -> Iterator[FreeText]:
    yield from (FreeText("Open business", sentence) for sentence in dossier.unfinished)
    yield FreeText("Note on the plan", dossier.plan.scenario.note)
    for scenario in not_chosen:
        yield FreeText(f"Note on what was not chosen ({scenario.name})", scenario.note)
    for commitment in dossier.plan.scenario.commitments:
        yield FreeText(f"Commitment {commitment.code}, clause", commitment.clause)
        if commitment.drop is not None:
            yield from _of_drop(commitment.code, commitment.drop)
    yield from (FreeText("Decision about the data", words) for words in data_words(dossier))
    yield from _on_record(dossier)


def _of_drop(code: str, drop: Drop) -> Iterator[FreeText]:
    labels = {"who": "dropped by", "reason": "reason", "dissent": "dissent", "considered": "way to keep it"}
    yield from (FreeText(f"Commitment {code}, {label}", getattr(drop, name)) for name, label in labels.items())


def _on_record(dossier: Dossier) -> Iterator[FreeText]:
    """Yield what people wrote into the records of the plan; sentences that the program put there for them are among it."""
    for _, record in () if dossier.book is None else dossier.book.records():
        if isinstance(record, Assessment) and record.plan == dossier.plan.digest:
            yield from (
                FreeText(f"Assessment, {label.lower()}", getattr(record, name))
                for name, label in ASSESSMENT_LABELS.items()
            )
            for voice in record.voices:
                yield FreeText("Assessment, who is touched", voice.who)
                yield FreeText(f"Assessment, how ({voice.who})", voice.change)
                yield FreeText(f"Assessment, asked ({voice.who})", voice.asked)
                yield FreeText(f"Assessment, needs ({voice.who})", voice.needs)
        elif isinstance(record, Decision) and record.plan == dossier.plan.digest:
            names = (name for name in DECISION_LABELS if name not in _DAYS)
            yield from (FreeText(f"Decision, {DECISION_LABELS[name].lower()}", getattr(record, name)) for name in names)
            yield FreeText("Decision, reflection", record.reflection)
            yield from (FreeText(f"Option {each.name}, why or why not", each.note) for each in record.options)
            yield from (FreeText(f"Reply to \u201c{each.objection}\u201d", each.offer) for each in record.replies)
        elif isinstance(record, Review):
            yield FreeText("Review, what was found", record.found)
            yield FreeText("Review, the next step", record.next_step)
            yield FreeText("Review, by", f"{record.by}, {record.role}")
