"""A record of a decision as the public may read it now: what it told when it was made may give small counts away since then.

What the program wrote into a record is left out sentence by sentence. What a person wrote stays as it was written: whoever
publishes the record reads it first.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from equity_alloc.decisions.assessment import Assessment
from equity_alloc.decisions.decision import Decision
from equity_alloc.decisions.review import Review
from equity_alloc.domain.money import print_dollars
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.public_identity import public_identity
from equity_alloc.planning.summary import school_rows
from equity_alloc.reports.decision_tables import Shown
from equity_alloc.reports.document import Dossier

T = TypeVar("T")

#: Digits of a plan's digest by which words of older records name it.
SAID = 12
LEFT_OUT = "A sentence of the record is left out here, because it would give small counts away; the chain holds it."
#: How sentences of the program begin that rest on the counts of all groups with a need weight.
_OF_ALL_WEIGHTS = ("With every need weight at",)
#: How sentences of the program begin that name a group and a figure of the scenario, which is no count and public anyway.
_SETTING = "Need weight "
_SHARES = ("More than their share of the loss:", "Less than their share:")
_QUARTER = "quarter of schools"


@dataclass(frozen=True, slots=True)
class _Hider:
    """Which sentences of a record are not for the public now.

    Parameters
    ----------
    titles : tuple of str
        Of groups with a count that is hidden.
    quarters : bool
        Whether it may be told what quarters of schools by need carry.
    money : bool
        Whether some core money is told as an estimate, so that exact amounts and sums would tell it apart.
    """

    titles: tuple[str, ...]
    quarters: bool
    money: bool

    def hides(self, sentence: str) -> bool:
        if not re.search(r"\d", sentence) or sentence.startswith(_SETTING):
            return False
        of_all = bool(self.titles) and sentence.startswith(_OF_ALL_WEIGHTS)
        named = any(title in sentence for title in self.titles) or (not self.quarters and _QUARTER in sentence)
        return of_all or named or (self.money and "$" in sentence)

    def clean(self, words: str, *, only: tuple[str, ...] = ("",)) -> str:
        """Return the words without the sentences that are hidden; with `only`, just sentences that begin so are looked at."""
        kept: list[str] = []
        for sentence in re.split(r"(?<=[.!?])\s+", words):
            put = LEFT_OUT if sentence.startswith(only) and self.hides(sentence) else sentence
            if put != LEFT_OUT or put not in kept:
                kept.append(put)
        return " ".join(kept)


def record_in_public(
    record: Assessment | Decision | Review, dossier: Dossier, shown: Shown
) -> Assessment | Decision | Review:
    """Return a record without what would give small counts away now.

    Where it names the plan by a digest of all data, as its own field does, it names it by its identity for the public.

    Parameters
    ----------
    record : Assessment, Decision or Review
    dossier : Dossier
        Of the plan that it is about.
    shown : Shown
    """
    told = shown.groups or frozenset()
    record = _renamed(record, dossier.plan)
    titles = tuple(group.title for group in dossier.public.groups if group.code not in told)
    hider = _Hider(titles, any(code.startswith("quarter-") for code in told), bool(dossier.estimated))
    if isinstance(record, Assessment):
        voices = tuple(dataclasses.replace(each, change=_told_money(each.change, dossier)) for each in record.voices)
        return dataclasses.replace(
            record, burden=hider.clean(record.burden, only=_SHARES if not hider.money else ("",)), voices=voices
        )
    if isinstance(record, Decision):
        replies = tuple(
            dataclasses.replace(
                each,
                fact=hider.clean(each.fact),
                reply=hider.clean(each.reply),
                offer=hider.clean(each.offer),
                unknown=hider.clean(each.unknown),
            )
            for each in record.replies
        )
        if not dossier.estimated:
            return dataclasses.replace(record, replies=replies)
        rows = {row.code: row.counted_plan for row in dossier.rows}
        schools = tuple(dataclasses.replace(each, after=rows.get(each.code, each.after)) for each in record.schools)
        given = dossier.totals.dollars_moved
        options = tuple(
            dataclasses.replace(each, given_up=given) if each.is_chosen else each for each in record.options
        )
        return dataclasses.replace(record, replies=replies, schools=schools, options=options)
    return record


def _renamed(value: T, plan: Plan) -> T:
    """Return a record with the public identity of a plan wherever it names the plan by the first digits of its digest."""
    found: Any = value
    if isinstance(found, str):
        found = re.sub(rf"\b{plan.digest[:SAID]}[0-9a-f]*", public_identity(plan), found)
    elif isinstance(found, tuple):
        found = tuple(_renamed(each, plan) for each in found)
    elif dataclasses.is_dataclass(found) and not isinstance(found, type):
        names = [field.name for field in dataclasses.fields(found)]
        found = dataclasses.replace(found, **{name: _renamed(getattr(found, name), plan) for name in names})
    return cast(T, found)


def _told_money(words: str, dossier: Dossier) -> str:
    """Return words with the amount that is told in the place of the exact one, for schools with an estimate."""
    told = {row.code: row.counted_change for row in dossier.rows}
    for row in school_rows(dossier.plan) if dossier.estimated else ():
        if row.code in dossier.estimated:
            exact = re.escape(print_dollars(abs(row.counted_change)))
            # An amount may begin as a longer one does.
            words = re.sub(rf"{exact}(?![\d,]*\d)", print_dollars(abs(told[row.code])), words)
    return words
