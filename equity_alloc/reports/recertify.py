"""Certifies an exported plan again, from the file alone, and names every change since the export."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from equity_alloc import __version__
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.finding import Finding, Severity
from equity_alloc.planning.certify import certify
from equity_alloc.planning.plan import Certificate
from equity_alloc.problem.equal_proof import DIGITS
from equity_alloc.problem.proof import BoundProof
from equity_alloc.reports.build import build, named
from equity_alloc.reports.compare_sheets import SAYS_OTHERWISE, Compared, by_another, compare_sheets, stored_formulas
from equity_alloc.reports.echoes import at_export, follow_words
from equity_alloc.sources.proof_rows import Stated
from equity_alloc.sources.seals import compare_seals
from equity_alloc.sources.tables import LIVE
from equity_alloc.sources.working_workbook import PlanReading, StoredIdentity, read_plan

#: What compares a file with its seals may find; so many cells or rules are named.
_OF_THE_PLAN = ("row-changed", "row-added", "row-removed")
#: What is said of a proof that was worked out again.
_OF_THE_PROOF = ("bound-differs", "level-differs", "gap-differs")
_CHANGES = (*_OF_THE_PLAN, SAYS_OTHERWISE)
#: What may differ only because a sealed cell does.
_FOLLOWS = (SAYS_OTHERWISE, *_OF_THE_PROOF, "district-differs", "scenario-differs", "allocation-differs")
NAMED = 3
#: The last digit in which a gap is printed.
PRINTED = Fraction(1, 10**6)
EQUAL_LEVEL = "the equal level that is worth as much"


@dataclass(frozen=True)
class Recertified:
    """What a file says, and what the auditor finds in it now.

    Parameters
    ----------
    reading : PlanReading
    certificate : Certificate or None
        Given anew for what the file holds now; None where it cannot be read.
    own : tuple of Finding
        Changes since the export; empty when the file is as it was exported.
    following : tuple of Finding
        What differs only because of them: it still says what was true at the export.
    compared : Compared
        What the sheets for reading say beside what the plan gives.
    is_formed_otherwise : bool
        Whether another program wrote the file, whose fingerprints of the same plan are other ones.
    """

    reading: PlanReading
    certificate: Certificate | None
    own: tuple[Finding, ...]
    following: tuple[Finding, ...] = ()
    compared: Compared = Compared()
    is_formed_otherwise: bool = False

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that is not as it was exported."""
        return (*self.own, *self.following)

    @property
    def follow_words(self) -> str:
        """Say how many cells only follow from what was changed, sheet by sheet; "" where none does."""
        return follow_words(self.following, len({each.where for each in self.own}))

    @property
    def is_unchanged(self) -> bool:
        """Whether the file is as it was exported, and every rule is kept."""
        return not self.findings and self.certificate is not None and self.certificate.is_kept

    @property
    def rests_on(self) -> str:
        """Say which sheets were compared with their seals, and which were worked out again from the plan."""
        sealed = dict.fromkeys(seal.sheet for seal in self.reading.found_seals)
        seals = f"Compared with their seals: {len(sealed)} sheets ({', '.join(sealed)})."
        compared = self.compared
        formed = (
            " Fingerprints are formed otherwise in that program; no sealed cell was changed."
            if self.is_formed_otherwise
            else ""
        )
        if compared.why_not:
            return (
                f"{seals}{formed} Not worked out again: {', '.join(LIVE)}; {compared.why_not}. Do not rely on a figure "
                f"there: certify the file with the program that wrote it, or export the plan in it again."
            )
        again = f"Worked out again from the plan, cell by cell: {', '.join(compared.sheets)}."
        blank = f" {compared.blank:,} formulas there have no stored figure; save the file in a spreadsheet program first to see them."
        return f"{seals}{formed} {again}{blank if compared.blank else ''}"

    @property
    def words(self) -> str:
        """Say in one breath which cells were changed and which rules what stands there now breaks; "" where nothing is wrong.

        A rule about a sum speaks of the whole fund or school, so the changed cell stands beside it.
        """
        if (
            self.findings
            and all(finding.code in _OF_THE_PROOF for finding in self.findings)
            and by_another(self.reading)
        ):
            stored = self.reading.stored
            program = named(stored.version, stored.build) if stored else "an earlier program"
            return (
                "Not certified in full: no cell was changed, and what the file says of its proof does not come out again here. It was "
                f"written by {program}, and this is {named(__version__, build())}: certify it with the program that wrote it, or "
                "export the plan in it again."
            )
        cells = list(dict.fromkeys(finding.where for finding in self.own if finding.code in _CHANGES))
        broken = [] if self.certificate is None else [rule for rule in self.certificate.rules if rule.breaches]
        if not cells and not broken:
            return "" if not self.findings else "Not certified: the file is not what was exported; see above."
        more = f" and {len(cells) - NAMED} more" if len(cells) > NAMED else ""
        changed = f"changed since the export: {', '.join(cells[:NAMED])}{more}" if cells else "no cell was changed"
        if not any(finding.code in _OF_THE_PLAN for finding in self.findings) and not broken:
            return (
                f"Not certified: {changed}. The plan itself is as it was; only sheets for reading say something else."
            )
        if not broken:
            return f"Not certified: {changed}. No rule is broken by it, but the certificate was given for what stood there before."
        rules = "; ".join(f"rule {rule.number} ({rule.title})" for rule in broken[:NAMED])
        others = f"; and {len(broken) - NAMED} more" if len(broken) > NAMED else ""
        sums = (
            " A rule about a sum names the whole fund or school; the change in it is the cell named here."
            if cells
            else ""
        )
        return f"Not certified: {changed}. What the file holds now breaks {rules}{others}.{sums}"


def recertify(data: bytes, name: str = "The file") -> Recertified:
    """Return the certificate of what a workbook holds now, with every change since its export.

    Parameters
    ----------
    data : bytes
        A workbook that `plan_workbook` made.
    name : str
        The file's name, for findings.

    Returns
    -------
    Recertified
        Never raises on what the file holds.
    """
    reading = read_plan(data, name)
    if not reading.stored_seals and reading.stored is None:
        missing = reading.errors or (_finding("plan-missing", name, "", f"{name} does not hold a plan."),)
        return Recertified(reading, None, missing)
    is_older = by_another(reading)
    # Sheets that another program worked out again under other names bear no seals, and nobody added them.
    sealed = {seal.sheet for seal in reading.stored_seals}
    found = [seal for seal in reading.found_seals if not is_older or seal.sheet in sealed]
    findings = list(compare_seals(reading.stored_seals, found))
    if reading.found_seals and not reading.stored_seals:
        findings.append(_finding("seals-missing", "Seals", "", "The workbook has no seals that can be read."))
    certificate = None
    if reading.district is not None and reading.scenario is not None and reading.allocation is not None:
        try:
            certificate = certify(reading.district, reading.scenario, reading.allocation, reading.prices)
        except EquityAllocError as error:
            findings.append(_finding("certify-impossible", name, "", str(error)))
    is_formed_otherwise = False
    if certificate is not None and reading.stored is not None:
        differing = _compare(reading.stored, certificate)
        is_formed_otherwise = bool(differing) and is_older and bool(reading.stored_seals) and not findings
        findings.extend([] if is_formed_otherwise else differing)
        findings.extend(_proofs_differ(reading, certificate))
    formulas = {} if certificate is None else stored_formulas(data)
    compared = Compared() if certificate is None else compare_sheets(formulas, reading, certificate)
    findings.extend(compared.findings)
    errors = [finding for finding in reading.errors if finding not in findings]
    own, following = [*errors, *findings], []
    before = at_export(reading) if certificate is not None and any(each.code in _OF_THE_PLAN for each in own) else None
    if before is not None:
        # What is wrong beside the plan as it was exported, too, was changed on its own.
        still = {(each.code, each.where) for each in compare_sheets(formulas, *before).findings}
        still |= {(each.code, each.where) for each in _proofs_differ(reading, before[1])}
        still |= {(each.code, each.where) for each in own if each.code not in _FOLLOWS}
        own, following = (
            [each for each in own if ((each.code, each.where) in still) is stays] for stays in (True, False)
        )
    return Recertified(reading, certificate, tuple(own), tuple(following), compared, is_formed_otherwise)


def _proofs_differ(reading: PlanReading, certificate: Certificate) -> list[Finding]:
    return [
        *_compare_proof(reading.lowest, certificate.proof, "the lowest level"),
        *_compare_proof(reading.equal, certificate.equal, EQUAL_LEVEL),
    ]


def _compare(stored: StoredIdentity, certificate: Certificate) -> list[Finding]:
    pairs = (
        ("district", stored.district_digest, certificate.district_digest),
        ("scenario", stored.scenario_digest, certificate.scenario_digest),
        ("allocation", stored.allocation_digest, certificate.allocation_digest),
    )
    return [
        _finding(
            f"{part}-differs",
            "Certificate",
            now,
            f"The {part} in this file is not the one that was certified: its identity (digest) is {now[:16]}, and the "
            f"certificate names {before[:16] or 'none'}.",
        )
        for part, before, now in pairs
        if before != now
    ]


def _compare_proof(said: Stated, proof: BoundProof | None, of: str) -> list[Finding]:
    """Return a finding where a file claims more of a level than its rules, prices and plan give.

    A looser bound than can be proven is no false claim. The last digits of powers may differ from one computer to another.
    """
    if said.says_nothing:
        return []
    if proof is None:
        words = f"This file states a bound on {of}, and none of that kind can be worked out from its rules and prices."
        return [_finding("bound-differs", "Certificate", str(said.bound)[:40], words)]
    level, bound = Fraction(proof.level), Fraction(proof.bound)
    found = []
    if said.bound is None or said.bound < bound * (1 - DIGITS):
        words = (
            f"The stated bound on {of} is {_number(said.bound)}; worked out again from the rules and prices in the file it is "
            f"{float(bound):,.6f} {proof.unit}."
        )
        found.append(_finding("bound-differs", "Certificate", str(said.bound)[:40], words))
    if said.level is None or abs(said.level - level) > abs(level) * DIGITS:
        words = f"The file states {_number(said.level)} for {of}; its plan reaches {float(level):,.6f} {proof.unit}."
        found.append(_finding("level-differs", "Certificate", str(said.level)[:40], words))
    if said.gap is None or said.gap < proof.gap - PRINTED - bound * DIGITS:
        words = (
            f"The file states that no plan brings {of} higher by more than {_number(said.gap)}; worked out again it is "
            f"{float(proof.gap):,.6f} {proof.unit}."
        )
        found.append(_finding("gap-differs", "Certificate", str(said.gap)[:40], words))
    return found


def _number(stated: Fraction | None) -> str:
    return "nothing that can be read" if stated is None else f"{float(stated):,.6f}"


def _finding(code: str, where: str, value: str, what: str) -> Finding:
    return Finding(
        code,
        Severity.ERROR,
        where,
        value,
        what,
        "A certificate holds only for the very district, choices and plan for which it was given.",
        "Use the original export, or make a new plan from what stands here now.",
    )
