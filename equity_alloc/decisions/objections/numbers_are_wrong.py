"""Objection 10: "Your numbers are wrong."."""

from __future__ import annotations

from equity_alloc.decisions.case import Case
from equity_alloc.decisions.objection import Answer, Objection, schools
from equity_alloc.domain.money import print_dollars
from equity_alloc.planning.public_identity import public_identity


def _answer(case: Case) -> Answer | None:
    district, certificate = case.plan.district, case.plan.certificate
    spent = sum(fund.schools for fund in certificate.funds)
    fact = (
        f"The data are those of {district.name} for {district.year}, {schools(len(district.schools))}, identity of the plan {public_identity(case.plan)}. Every "
        f"fund is followed to the cent: {print_dollars(spent, with_cents=True)} at schools."
    )
    count = len(district.decisions)
    log = (
        "No correction is written down."
        if not count
        else f"{count} decision{'s' * (count != 1)} about the data {'are' if count != 1 else 'is'} written down with who made {'them' if count != 1 else 'it'}."
    )
    return Answer(
        fact,
        f"{log} The plan was checked by a program that did not make it.",
        "Bring the number that you have: corrected in the inputs and opened again on Start, it makes the plan anew at once.",
        "Whether a school reported what is true: the file says what was reported.",
    )


OBJECTION = Objection(10, "Your numbers are wrong.", "Always: anybody may check.", _answer)
