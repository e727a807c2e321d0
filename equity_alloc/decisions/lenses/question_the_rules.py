"""Critique: which rule makes the gap."""

from __future__ import annotations

from equity_alloc.decisions.lens import Lens
from equity_alloc.domain.source import Source
from equity_alloc.planning.cause_words import amount_words
from equity_alloc.planning.causes import rule_causes
from equity_alloc.planning.plan import Plan


def _tells(plan: Plan) -> str:
    found = rule_causes(plan.district, plan.scenario)
    if found is None or not found.causes:
        return "Not a plan under these rules: no rule that could be left out takes anything off the lowest school."
    most = min(found.causes, key=lambda cause: (cause.share, cause.number))
    if most.share >= 0:
        return "Not a plan under these rules: no rule that could be left out takes anything off the lowest school."
    return (
        f"Not a plan under these rules, for it would change them. Rule {most.number} ({found.rule(most.number).title}) takes most off the "
        f"lowest school: {amount_words(found, most.share)} {found.unit.removeprefix('dollars ')}. Who is not in the room when it is kept?"
    )


LENS = Lens(
    code="question-the-rules",
    name="Question the rules",
    field_name="ethic of critique",
    place=110,
    asks="Which rule makes the gap, whom does it serve, and who was not asked?",
    overlooks="That changing a rule takes time, votes and allies.",
    source=Source(
        "Shapiro and Stefkovich, Ethical Leadership and Decision Making in Education",
        "the ethics of justice, critique, care and the profession",
        "",
        "2001",
    ),
    tells=_tells,
)
