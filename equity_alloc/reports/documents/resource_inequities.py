"""The resource-inequity section of a school improvement plan: what was found, what causes it, what the plan does."""

from __future__ import annotations

from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import print_share
from equity_alloc.inequity.gap_words import value_words
from equity_alloc.inequity.group_gap import Area
from equity_alloc.inequity.public_gaps import may_be_told
from equity_alloc.inequity.ranking import Key, ordered, worth_a_look
from equity_alloc.planning.salary_basis import QuartileSalaries, salary_basis
from equity_alloc.planning.summary import need_group
from equity_alloc.reports.document import Document, Dossier, Readers
from equity_alloc.reports.draft import draft_line
from equity_alloc.reports.equity_rows import causes_sections, gaps_section, thresholds_section
from equity_alloc.reports.letter_paper import new_word, put_draft, put_sections, word_bytes
from equity_alloc.reports.public_district import NOTE
from equity_alloc.reports.section import Section

#: So many of the largest gaps are told with what the plan does to them.
LARGEST = 6


def _write(dossier: Dossier) -> bytes:
    # None of its figures may rest on a count that the public does not see.
    dossier = dossier.as_public
    word = new_word(f"{dossier.title}: resource inequities", is_draft=bool(dossier.draft))
    word.add_heading("Resource inequities", level=0)
    word.add_paragraph().add_run(f"{dossier.title}: {dossier.plan.scenario.name}").bold = True
    word.add_paragraph(
        "Section for a support and improvement plan under the Elementary and Secondary Education Act, section 1111(d)(1)(B)(iv) "
        "and (2)(C): resource inequities are identified, which may include a review of budgets of the district and its schools, "
        "and addressed. It is filled from the district's counts and this plan; a person writes what is missing."
    )
    put_draft(word, draft_line(dossier.draft))
    if dossier.public.hidden.places:
        word.add_paragraph(NOTE)
    found = dossier.audit
    sections = (
        gaps_section(found, (Area.RESOURCES,)),
        _what_the_plan_does(dossier),
        _salaries(dossier),
        _weights(dossier),
        *causes_sections(dossier),
        thresholds_section(dossier),
        gaps_section(found, (Area.ACCESS, Area.OUTCOMES)),
        Section(
            "To be written by the district",
            (
                "Which of these inequities contribute to why a school was identified: ...",
                "What will be done about each, by whom, by when, and how it will be known that it worked: ...",
                "Who was heard, and what changed because of it: ...",
            ),
        ),
    )
    put_sections(word, sections)
    return word_bytes(word)


def _what_the_plan_does(dossier: Dossier) -> Section:
    """Tell the largest gaps in resources with last year's figures and the plan's."""
    found = dossier.audit
    told = tuple(gap for gap in found.of(Area.RESOURCES) if not gap.is_audit_only and may_be_told(gap))
    gaps, sentences = worth_a_look(told), list[str]()
    title = "What the plan does to the largest"
    if not gaps:
        # A plan can take from a group that had more, so what it does is told of every group.
        gaps, title = told, "What the plan does to them"
        sentences.append("In no resource did a group have less last year by so much that it is worth a look.")
    for gap in ordered(gaps, Key.SIZE)[:LARGEST]:
        after = found.after(gap)
        if after is not None:
            sentences.append(
                f"{gap.title}, {gap.group}: {value_words(gap, gap.value)} against {value_words(gap, gap.other)} last year; "
                f"{value_words(after, after.value)} against {value_words(after, after.other)} in the plan ({gap.unit})."
            )
    return Section(title, tuple(sentences))


def _salaries(dossier: Dossier) -> Section:
    """Tell whether average salaries in the formula hide that some schools' teachers cost less."""
    title = "Average salaries and what teachers cost in fact"
    group = need_group(dossier.plan.district)
    found = None if group is None else salary_basis(dossier.plan.district, group)
    if found is None or not found.quartiles:
        return Section(
            title, ("The district has not given what posts cost in fact at enough schools, so nothing is told.",)
        )
    words = " ".join(_quarter(quarter) for quarter in (found.quartiles[-1], found.quartiles[0]))
    why = "Where posts are charged at the district's average, schools with newer teachers are charged more than theirs cost."
    return Section(title, (f"{words} {why}",))


def _quarter(quarter: QuartileSalaries) -> str:
    which = "most" if quarter.quartile > 1 else "least"
    way = "less" if quarter.per_pupil < 0 else "more"
    amount = print_dollars(round(abs(quarter.per_pupil)), with_cents=True)
    return (
        f"In the quarter of schools with the {which} need, posts cost {amount} per pupil {way} than the average says."
    )


def _weights(dossier: Dossier) -> Section:
    weights = [need for need in dossier.plan.scenario.need_weights if need.weight]
    if not weights:
        return Section("Equal or differentiated", ("Dollars are compared per pupil; no need weight is set.",))
    groups = dossier.plan.district.group_of
    parts = ", ".join(f"{groups[need.group].title} {print_share(need.weight)} more" for need in weights)
    return Section("Equal or differentiated", (f"Dollars are compared per weighted pupil: {parts}.",))


DOCUMENT = Document(
    "resource-inequities",
    "Resource-inequity section",
    "Gaps in resources, which rules cause how much, thresholds, and what the plan does, in Word. For improvement plans under ESSA.",
    Readers.PUBLIC,
    64,
    ".docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    _write,
)
