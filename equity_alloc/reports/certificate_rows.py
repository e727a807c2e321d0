"""The auditor's list as rows of text: identity, rules, fund balances, posts, proof and how the plan was found."""

from __future__ import annotations

from collections.abc import Iterator

from equity_alloc import __version__
from equity_alloc.domain.finding import print_amount
from equity_alloc.planning.given_up import given_up, purpose
from equity_alloc.planning.nearness import nearness_of
from equity_alloc.planning.plan import Certificate, Plan, RuleReport
from equity_alloc.reports.build import build
from equity_alloc.sources.cell_words import dollars, posts
from equity_alloc.sources.proof_rows import proof_rows
from equity_alloc.sources.working_workbook import (
    ALLOCATION_DIGEST,
    BUILD,
    DISTRICT_DIGEST,
    OUTCOME,
    SCENARIO_DIGEST,
    VERSION,
)


def certificate_rows(plan: Plan) -> tuple[tuple[str, ...], ...]:
    """Return the rows of the sheet Certificate."""
    certificate = plan.certificate
    return (
        ("Certificate", _headline(certificate)),
        (DISTRICT_DIGEST, certificate.district_digest),
        (SCENARIO_DIGEST, certificate.scenario_digest),
        (ALLOCATION_DIGEST, certificate.allocation_digest),
        (VERSION, __version__),
        (BUILD, build()),
        (OUTCOME, plan.outcome.value),
        (),
        ("Rule", "Title", "With this district's numbers", "Kept", "Looks at", "Least room"),
        *(_rule(report) for report in certificate.rules),
        (),
        *_breaches(certificate),
        ("Fund", "Title", "", "Appropriation", "Central", "Schools", "Unallocated"),
        *_funds(certificate),
        (),
        *(("Formula", sentence) for sentence in certificate.formula),
        *(("Supposed by the scenario, not voted", sentence) for sentence in certificate.supposed),
        *(("Noticed: nobody has decided this", sentence) for sentence in certificate.noticed),
        *_positions(certificate),
        *_proof(certificate),
        *_goal(plan),
        ("Stage", "How it was solved", "Unit", "Reached", "Bound"),
        *((stage.title, stage.method, stage.unit, f"{stage.value:.6f}", _number(stage.bound)) for stage in plan.stages),
        (),
        ("Rule and title", "Authority", "Says", "Rules of this kind are written in"),
        *(
            (
                f"{report.number} {report.title}",
                f"{report.force.value}: {report.written}",
                report.says,
                report.source.words,
            )
            for report in certificate.rules
        ),
    )


def _headline(certificate: Certificate) -> str:
    if certificate.breaches:
        return f"{len(certificate.breaches)} breaches. See below."
    untested = len(certificate.not_testable)
    return f"No rule is broken; {untested} not testable. See below." if untested else "Every rule is kept."


def _rule(report: RuleReport) -> tuple[str, ...]:
    kept = f"broken {len(report.breaches)} times" if report.breaches else report.verdict.value
    room = "" if report.least_room is None or report.unit is None else print_amount(report.least_room, report.unit)
    binding = f", binding at {len(report.binding)}" if report.binding else ""
    return (
        f"{report.number} {report.code}",
        report.title,
        report.explain,
        kept,
        f"{report.subjects}{binding}",
        room,
    )


def _breaches(certificate: Certificate) -> Iterator[tuple[str, ...]]:
    if certificate.breaches:
        yield ("Breach", "Whom it concerns", "What is so", "Short by")
        for breach in certificate.breaches:
            yield (breach.rule, breach.subject, breach.words, print_amount(breach.short_by, breach.unit))
        yield ()
    gaps = [(report.code, gap) for report in certificate.rules for gap in report.gaps]
    if gaps:
        yield ("Not testable", "Whom it concerns", "What is missing")
        yield from ((code, gap.subject, str(gap)) for code, gap in gaps)
        yield ()


def _funds(certificate: Certificate) -> Iterator[tuple[str, ...]]:
    for fund in certificate.funds:
        yield (
            fund.code,
            fund.title,
            "",
            dollars(fund.appropriation),
            dollars(fund.central),
            dollars(fund.schools),
            dollars(fund.unallocated),
        )


def _positions(certificate: Certificate) -> Iterator[tuple[str, ...]]:
    if certificate.positions:
        yield ("Position", "Title", "", "FTE")
        yield from ((code, title, "", posts(fte)) for code, title, fte in certificate.positions)
        yield ()


def _proof(certificate: Certificate) -> Iterator[tuple[str, ...]]:
    proof = certificate.proof
    if proof is None:
        yield ("Proof", "No bound of this kind applies to this plan.")
    else:
        yield ("Proof", proof.words)
        yield from proof_rows(proof)
        yield ("Funds that limit it", "; ".join(proof.funds) or "none")
    equal = certificate.equal
    if equal is not None:
        yield ()
        yield ("Proof of the equal level", equal.words)
        yield from proof_rows(equal, equal=True)
    yield ()


def _goal(plan: Plan) -> Iterator[tuple[str, ...]]:
    """Say how near the plan is to what no plan can pass, by its own goal."""
    near = nearness_of(plan)
    if near is not None:
        yield ("Goal", f"Proven within {near.gap:.6f} {near.unit} of what no plan can pass: {near.method}.")
    parts = given_up(plan)
    if parts is not None:
        yield (f"Given up on purpose, {purpose(plan)}", f"{float(parts.chosen):.6f}", parts.unit)
        yield ("Unproven: no plan can be ruled out within", f"{float(parts.unproven):.6f}", parts.unit)
    if near is not None or parts is not None:
        yield ()


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.6f}"
