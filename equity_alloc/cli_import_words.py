"""What the import command prints: how files add up, what is open, and the district that was written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from equity_alloc.cli_terminal import UNUSABLE, list_findings, say, stop, tell
from equity_alloc.cli_terminal import write as write_file
from equity_alloc.domain.district import District
from equity_alloc.domain.finding import Severity
from equity_alloc.domain.number import count_words
from equity_alloc.scenario import Scenario, default_scenario
from equity_alloc.sources.mapped.extract import Check, Extract
from equity_alloc.sources.mapped.library import built_in_maps
from equity_alloc.sources.mapped.reconcile import WHOLES, Reconciled, Total, amount_words
from equity_alloc.sources.mapped.take_in import TakenIn
from equity_alloc.sources.write_inputs import inputs_workbook

DONE = 0
#: Differences, funds and districts that are listed; the others are on the page Files in.
MOST_DIFFERENCES, MOST_FUNDS, MOST_NAMES = 10, 3, 8
#: The options that decide an open question, by the code of its finding.
DECIDED_BY: dict[str, str] = {
    "differences-undecided": '--accept "REASON" --who "NAME"',
    "match-unconfirmed": "--match KEY=CODE, --same-names or --same-codes",
    "school-without-money": '--leave-out-without-money --who "NAME"',
    "district-not-chosen": '--district "NAME OR CODE"',
    "only-districts": '--district "NAME OR CODE"',
    "rows-none": '--district "NAME OR CODE" or --year YEAR',
    "money-missing": "--typical",
}


def list_doors() -> None:
    """Print the kinds of files that are known, our own first."""
    say(f"{'our-workbook':<36} Our own workbook (.xlsx), or its tables as CSV files: the template, filled")
    for known in built_in_maps():
        seen = "" if known.is_seen else "  [by its specification; no whole real file seen]"
        say(f"{known.code:<36} {known.title}{seen}")


def report(taken: TakenIn, extracts: Sequence[Extract]) -> None:
    """Print how the files add up, which matches wait, and every finding."""
    reconciled: Reconciled = taken.reconciled
    for tally in reconciled.tallies:
        say(f"{tally.file}: {tally.rows:,} rows read, {tally.used:,} used.")
        for left in tally.left_out:
            say(f"  {left.rows:,} left out: {left.why} (first {left.first})")
            for where, label in left.named[:MOST_DIFFERENCES]:
                say(f"    {where}  {label}")
        if tally.checks:
            ties = len(tally.checks) - len(tally.differences)
            say(f"  {ties:,} of {len(tally.checks):,} printed totals tie with the rows.")
        _list_differences(tally.differences)
    off = [check for check in reconciled.against if not check.ties]
    if reconciled.against:
        say(
            f"Further files of money: {len(off)} of {len(reconciled.against)} schools differ from what is planned with."
        )
    if reconciled.of_district:
        say("The district's own row beside its schools:")
        for check in reconciled.of_district:
            say(f"  {check.subject}: printed {check.printed:,}, schools {check.found:,} ({check.where})")
    for file in dict.fromkeys(total.file for total in reconciled.totals):
        say(f"  {file}: {totals_words([total for total in reconciled.totals if total.file == file])}")
    for match in taken.joined.asked:
        say(f"match {match.key}  {match.name} = {match.to_name} ({match.to})?  {match.by.value}, {match.alike:.2f}")
    for finding in taken.reading.findings:
        list_findings((finding,))
        if finding.severity is Severity.ERROR and finding.code in DECIDED_BY:
            tell(f"  Decide it with: {DECIDED_BY[finding.code]}")
    _list_districts(taken, extracts)


def _list_differences(differences: Sequence[Check]) -> None:
    for check in differences[:MOST_DIFFERENCES]:
        printed, found = (amount_words(check.measured, n) for n in (check.printed, check.found))
        say(f"  differs: {check.subject}: printed {printed}, rows {found} ({check.where})")


def totals_words(totals: Sequence[Total]) -> str:
    """Return what the rows of one file add up to: its money by fund only in the largest, where there are many."""
    whole = [total for total in totals if total.subject in WHOLES]
    funds = sorted((total for total in totals if total not in whole), key=lambda total: -total.amount)
    told = [f"{total.subject} {amount_words(total.measured, total.amount)}" for total in whole]
    if funds:
        named = ", ".join(f"{fund.subject} {amount_words(fund.measured, fund.amount)}" for fund in funds[:MOST_FUNDS])
        more = "; Files in lists all" if len(funds) > MOST_FUNDS else ""
        told.append(f"{count_words(len(funds), 'fund')}{', most' if more else ''}: {named}{more}")
    return "; ".join(told)


def _list_districts(taken: TakenIn, extracts: Sequence[Extract]) -> None:
    """Name some districts to choose from, where that is what is asked for."""
    codes = {finding.code for finding in taken.reading.findings if not finding.value}
    names = {code: title for extract in extracts for code, title in extract.names.items()}
    if names and codes & {"district-not-chosen", "only-districts"}:
        some = [f"{code} {title}" for code, title in list(names.items())[:MOST_NAMES]]
        say(f"  for example: {', '.join(some)}, ... (--district with a code or a name)")


def write(district: District | None, scenario: Scenario | None, output: Path | None) -> None:
    """Write a district as our workbook, and say what it holds."""
    if district is None:
        stop(UNUSABLE, "Nothing was written: mend, decide or describe what is listed as an error.")
    say(
        f"{', '.join(filter(None, (district.name, district.year)))}: {count_words(len(district.schools), 'school')}, {count_words(len(district.positions), 'position')}, "
        f"{count_words(len(district.funds), 'fund')}, {count_words(len(district.decisions), 'decision')} recorded."
    )
    if output is None:
        say("Give -o district.xlsx to write it.")
        return
    write_file(output, inputs_workbook(district, scenario or default_scenario(district)))
    say(f"Written to {output}.")
