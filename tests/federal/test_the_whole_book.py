"""Law, contract and policy together on the sample: by file, planned, exported, certified and tested again from the file alone."""

from __future__ import annotations

from equity_alloc.compliance.base import Outcome
from equity_alloc.compliance.family import comply
from equity_alloc.domain.shipped import DATA
from equity_alloc.planning.plan import OutcomeKind, Plan
from equity_alloc.planning.search import plan
from equity_alloc.reports.recertify import recertify
from equity_alloc.reports.workbook import plan_workbook
from equity_alloc.sources.csv_folder import read_csv_folder
from equity_alloc.sources.working_workbook import read_plan

#: Rule and its settings, as typed on the sheet Rules.
RULES = """
fund-end | Fund: every fund
one-time-money | Fund: every fund
carryover-cap | Fund: T1A
carryover-forward | Fund: T1A
order-of-use | Used first: COMP | Used after it: GEN
indirect-cost | Fund: T3
recurring-spending | Fund: LEVY
reserve-floor | Fund: GEN | Months of spending: 0.5
fall-contingency | Fund: GEN | Held back: 1 % | Central line: Contingency
class-size | Position: TCH | Caps from: own caps | Own caps by grade: K-3 30; 4-8 34; 9-12 36
attrition-first | Position: TCH | Displaced at a school at most: 2
displaced-posts | Given up at most: 60
moved-posts | Added or given up at most: 60
program-floor | Positions: LIB; NURSE; COUN
protected-items | Positions and lines: NURSE
protected-schools | Schools: 0112
shared-posts | Position: NURSE | Schools of the cluster: 0101; 0102; 0103
smallest-post | Position: NURSE | Smallest post: 0.6 | Kind of school: high
comparability-staff | Compared within: grade spans
comparability-dollars | Compared within: grade spans
"""


def folder() -> dict[str, bytes]:
    files = {path.name: path.read_bytes() for path in (DATA / "sample_district").glob("*.csv")}
    rows = []
    for number, line in enumerate(RULES.strip().split("\n"), start=100):
        code, *settings = (part.strip() for part in line.split("|"))
        rows += [f'{number},{code},{name},"{value.strip()}"' for name, value in (s.split(":", 1) for s in settings)]
    files["rules.csv"] += "\n".join([*rows, ""]).encode()
    return files


def test_twenty_more_rules_hold_together_and_every_one_is_certified_from_the_file_alone():
    reading = read_csv_folder(folder())
    assert () == reading.errors
    assert reading.district is not None and reading.scenario is not None
    made = plan(reading.district, reading.scenario)
    assert isinstance(made, Plan), made.words
    assert made.outcome is OutcomeKind.PROVEN
    codes = {line.split("|")[0].strip() for line in RULES.strip().split("\n")}
    assert codes <= {rule.code for rule in made.certificate.rules if rule.is_kept}
    assert made.certificate.is_kept

    book = plan_workbook(made)
    checked = recertify(book)
    assert checked.is_unchanged
    assert checked.certificate == made.certificate
    held = read_plan(book, "plan.xlsx")
    assert held.district is not None and held.scenario is not None and held.allocation is not None
    told = comply(held.district, held.scenario, held.allocation)
    assert told == comply(reading.district, reading.scenario, made.allocation)
    # The sample has no formula, so that there is nothing to run with Title I flags off.
    assert ["supplement-not-supplant"] == [j.test.code for j in told if j.verdict.outcome is not Outcome.PASSED]
