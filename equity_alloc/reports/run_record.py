"""The run record: from what a plan was made and with which versions, so that anybody can make it again, byte for byte."""

from __future__ import annotations

import hashlib
import json
import platform
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from equity_alloc import __version__
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import StoredFormat
from equity_alloc.domain.number import count_words
from equity_alloc.domain.record import digest, refuse_halves
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.public_identity import public_identity
from equity_alloc.reports.decided_lines import Lines
from equity_alloc.reports.draft import draft_reasons
from equity_alloc.scenario import Scenario, scenario_from_plain

FORMAT = 1
#: What a plan's numbers and a workbook's bytes can depend on.
LIBRARIES = ("highspy", "numpy", "PuLP", "XlsxWriter")
#: In which sheet each part of a district stands, for whoever looks for what was changed.
_SHEETS = (
    ("District", ("name", "year", "invented", "decisions")),
    ("Schools", ("schools", "groups", "flags")),
    ("Positions", ("positions",)),
    ("Funds", ("funds",)),
    ("Fund terms", ("terms",)),
    ("Staffing", ("staffing",)),
    ("Vacant posts", ("vacancies",)),
    ("Spending", ("spending",)),
    ("Central", ("central",)),
    ("Federal", ("federal",)),
    ("Earlier changes", ("earlier",)),
    ("Indicators and Outcomes", ("indicators", "outcomes", "earlier_outcomes")),
)


@dataclass(frozen=True)
class RunRecord:
    """What a record says.

    Parameters
    ----------
    district_digest, allocation_digest, workbook_sha256 : str
    scenario : Scenario
    unfinished : tuple of str
    versions : dict of str to str
    decided : tuple of (str, str)
        What was on record of the decision.
    inputs : dict of str to str
        By sheet, how many rows it held and their hash; empty in records from before they told it.
    district : str
        Name and year.
    """

    district_digest: str
    scenario: Scenario
    allocation_digest: str
    workbook_sha256: str
    unfinished: tuple[str, ...]
    versions: dict[str, str]
    decided: Lines = ()
    inputs: dict[str, str] = field(default_factory=dict)
    district: str = ""


def inputs_of(district: District) -> dict[str, str]:
    """Return how many rows each sheet of a district holds, with the hash of what stands in them."""
    told = {}
    for sheet, parts in _SHEETS:
        values = tuple(getattr(district, part) for part in parts)
        rows = len(values[0]) if isinstance(values[0], tuple) else 1
        told[sheet] = f"{count_words(rows, 'row')}, {digest(values)}"
    return told


def changed_inputs(record: RunRecord, district: District) -> tuple[str, ...]:
    """Return, a sentence each, which sheets of a district are not those of the record; empty where the record does not tell."""
    here = inputs_of(district)
    changed = []
    for sheet, then in record.inputs.items():
        now = here.get(sheet, "none")
        if then != now:
            (rows, _), (rows_now, _) = (each.partition(", ")[::2] for each in (then, now))
            how = "other values in as many rows" if rows == rows_now else f"{rows} then, {rows_now} here"
            changed.append(f"{sheet}: {how}")
    return tuple(changed)


def versions_here() -> dict[str, str]:
    """Return the versions of everything that a plan's numbers and bytes can depend on."""
    found = {"equity_alloc": __version__, "python": platform.python_version(), "system": platform.system()}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def run_record(plan: Plan, workbook: bytes, unfinished: tuple[str, ...] = (), decided: Lines = ()) -> bytes:
    """Return the record of a plan as JSON.

    Parameters
    ----------
    plan : Plan
    workbook : bytes
        The plan's workbook with the same business and decision; its hash is what a reproduction is held against.
    unfinished : tuple of str
        Open business; it stands in the workbook, so its bytes depend on it.
    decided : tuple of (str, str)
        What is on record of the decision; it stands there as well.
    """
    certificate = plan.certificate
    data = {
        "format": FORMAT,
        "what": "Run record of an allocation plan. No step is random, so there is no seed.",
        "district": f"{plan.district.name} {plan.district.year}",
        "district_digest": certificate.district_digest,
        "inputs": inputs_of(plan.district),
        "scenario": plan.scenario.plain,
        "scenario_digest": certificate.scenario_digest,
        "allocation_digest": certificate.allocation_digest,
        "public_identity": public_identity(plan),
        "workbook_sha256": hashlib.sha256(workbook).hexdigest(),
        "outcome": plan.outcome.value,
        "stages": [{"title": stage.title, "method": stage.method} for stage in plan.stages],
        "draft": list(draft_reasons(plan, unfinished)),
        "unfinished": list(unfinished),
        **({"decided": [list(line) for line in decided]} if decided else {}),
        "versions": versions_here(),
    }
    return (json.dumps(data, indent=1, ensure_ascii=False) + "\n").encode()


def read_record(text: bytes) -> RunRecord:
    """Return what a record says.

    Raises
    ------
    StoredFormat
        If it is not a record of this format, or its scenario is not the one that it names.
    """
    try:
        data: Any = json.loads(text)
    except UnicodeDecodeError as error:
        raise StoredFormat(f"This is not a run record: byte {error.start + 1} is no text in UTF-8.") from error
    except (ValueError, RecursionError) as error:
        raise StoredFormat(f"This is not a run record: it is not JSON ({error}).") from error
    if not isinstance(data, dict) or data.get("format") != FORMAT or "workbook_sha256" not in data:
        raise StoredFormat(
            f"This is not a run record of format {FORMAT}. Choose the file that ends in run-record.json."
        )
    refuse_halves(data, "record")
    try:
        scenario = scenario_from_plain(data["scenario"])
        record = RunRecord(
            str(data["district_digest"]),
            scenario,
            str(data["allocation_digest"]),
            str(data["workbook_sha256"]),
            tuple(map(str, data["unfinished"])),
            {str(name): str(number) for name, number in data["versions"].items()},
            tuple((str(label), str(words)) for label, words in data.get("decided", ())),
            {str(sheet): str(told) for sheet, told in data.get("inputs", {}).items()},
            str(data.get("district", "")),
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise StoredFormat(f"This run record cannot be read: {error} is missing or of the wrong kind.") from error
    if scenario.digest != data.get("scenario_digest"):
        raise StoredFormat("The scenario in this record is not the one that it names: it was changed after the export.")
    return record
