"""Totals of every document of the sample are the certificate's; one cent or dollar elsewhere is found."""

from __future__ import annotations

import dataclasses

import pytest

from equity_alloc.reports.document import Dossier
from equity_alloc.reports.family import all_documents
from tests.reports.read_public import written
from tests.reports.totals import WITHOUT_TOTALS, decided_book, differences

TOLD = [document.code for document in all_documents() if document.code not in WITHOUT_TOTALS]


@pytest.fixture(scope="module")
def decided(sample_plan):
    return Dossier(sample_plan, book=decided_book(sample_plan, sample_plan))


@pytest.mark.parametrize("code", TOLD)
def test_what_a_document_adds_up_to_is_the_certificates(decided, dossier, code):
    source = decided if code.startswith("decision") else dossier
    assert [] == differences(code, written(source, code), source)


@pytest.mark.parametrize(
    "code", [code for code in TOLD if code not in ("interventions", "run-record", "federal-worksheets")]
)
def test_a_document_of_another_plan_is_found_out(decided, dossier, code):
    """The same file beside a certificate that holds one dollar more in a line, and one in a post, of one school."""
    plan = dossier.plan
    (key, amount), *others = plan.allocation.dollars
    (post, paid), *rest = plan.allocation.pay
    allocation = dataclasses.replace(
        plan.allocation, dollars=((key, amount + 100), *others), pay=((post, paid + 100), *rest)
    )
    funds = tuple(
        dataclasses.replace(each, schools=each.schools + more, appropriation=each.appropriation + more)
        for each in plan.certificate.funds
        for more in [100 * ((each.code == key[2]) + (each.code == post[2]))]
    )
    certificate = dataclasses.replace(plan.certificate, funds=funds)
    source = decided if code.startswith("decision") else dossier
    changed = dataclasses.replace(
        source, plan=dataclasses.replace(plan, allocation=allocation, certificate=certificate)
    )
    assert differences(code, written(source, code), changed)
