"""What public documents say of decisions about the data: people typed them, so that a count or a name can stand in them."""

from __future__ import annotations

import re

from equity_alloc.domain.day import days_in_words
from equity_alloc.domain.district import District
from equity_alloc.domain.number import count_words
from equity_alloc.reports.document import Dossier

#: Numbers in words. That a blank means zero is a way of reading, and so is one line or one fund; one pupil is a count.
_NUMBER = re.compile(
    r"\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(thir|four|fif|six|seven|eigh|nine)teen|"
    r"(twen|thir|for|fif|six|seven|eigh|nine)ty|hundreds?|thousands?|dozens?|couple|single|pairs?|"
    r"one(\W+\w+){0,3}?\W+(pupil|student|child|learner|kid))",
    re.IGNORECASE,
)
#: A shorter name or code of a school would be found in many a word.
_SHORTEST = 3


def data_words(dossier: Dossier) -> tuple[str, ...]:
    """Return what was decided about the data, one sentence each, without the name of whoever did.

    What names a number or a school may tell a count, and stays in the workbook.
    """
    district = dossier.plan.district
    told = [each for each in district.decisions if not _may_tell(each.what, district)]
    sentences = []
    for each in told:
        when = f" ({days_in_words(each.when)})" if each.when else ""
        sentences.append(f"About the data: {each.what.rstrip('.')}{when}.")
    if any(each.who for each in told):
        sentences.append(f"Who decided {'this' if len(told) == 1 else 'these'} stands in the workbook.")
    more = len(district.decisions) - len(told)
    if more:
        other = "other " if told else ""
        does = "stands" if more == 1 else "stand"
        sentences.append(f"{count_words(more, f'{other}decision')} about the data {does} in the workbook.")
    return tuple(sentences)


def _may_tell(words: str, district: District) -> bool:
    """Whether a sentence has a number in it, in signs or in a word, or is about a school by its name or code."""
    if any(sign.isnumeric() for sign in words) or _NUMBER.search(words):
        return True
    here = words.lower()
    names = {name.lower() for school in district.schools for name in (school.name, school.code)}
    return any(re.search(rf"\b{re.escape(name)}\b", here) for name in names if len(name) >= _SHORTEST and name in here)
