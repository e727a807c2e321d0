"""The choices that come with the invented district: need weights, rules and the scenario."""

from __future__ import annotations

NEED_WEIGHTS = (
    ("Economically disadvantaged", "0.25"),
    ("English learners", "0.20"),
    ("Students with disabilities", "0.90"),
    ("Homeless", "0.10"),
)
NEED_SOURCE = "Board policy of this invented district, BP 3110, section 2"

SCENARIO = (
    ("Name", "Proposal for 2026-27"),
    ("Note", "First proposal of this invented district: small steps, lowest schools first."),
    ("Objective", "raise-lowest-first"),
    ("Level", "dollars per weighted pupil"),
    ("Tolerance", "5"),
)

CONTRACT = "Agreement with the invented teachers' association, Article 12"
HANDBOOK = "Staffing handbook of this invented district, table"
BOARD = "Board policy of this invented district, BP"


def _staffing(position: str, ratio: int, counted: str, kind: str, fte: str, **words: str) -> dict[str, str]:
    which = words.pop("which")
    bound = "least_fte" if which == "staffing-least" else "most_fte"
    settings = {"position": position, "pupils_per_fte": str(ratio), "counted": counted, "kind": kind, bound: fte}
    return {"rule": which} | {name: value for name, value in settings.items() if value} | words


def _least(position: str, ratio: int, kind: str = "", fte: str = "", counted: str = "", **words: str) -> dict[str, str]:
    return _staffing(position, ratio, counted, kind, fte, which="staffing-least", **words)


def _most(position: str, ratio: int, kind: str = "", fte: str = "", counted: str = "", **words: str) -> dict[str, str]:
    return _staffing(position, ratio, counted, kind, fte, which="staffing-most", force="policy", **words)


def _band(line: str, least: str, most: str) -> dict[str, str]:
    words = {"force": "choice", "basis": "Budget guidelines of this invented district, section 4"}
    return {"rule": "line-band", "line": line, "least": least, "most": most} | words


CLASS_SIZE = (("elementary", 20, 14), ("K-8", 20, 15), ("middle", 21, 15), ("high", 22, 16))

RULES: tuple[dict[str, str], ...] = (
    {"rule": "hold-harmless", "share": "0.97", "per": "in total", "force": "policy", "basis": f"{BOARD} 3120"},
    {"rule": "gain-cap", "gain": "0.08", "per": "in total", "force": "policy", "basis": f"{BOARD} 3121"},
    _band("Supplies and materials", "0.95", "1.10"),
    _band("School discretionary", "0.85", "1.20"),
    {
        "rule": "locked-line",
        "item": "Contracted services",
        "force": "choice",
        "basis": "Contracts run until June 2027",
    },
    {
        "rule": "position-band",
        "position": "every position",
        "share": "0.20",
        "fte": "1",
        "force": "contract",
        "basis": "Agreement with the invented teachers' association, Article 15 (transfers)",
    },
    _least("PRIN", 0, fte="1", force="policy", basis=f"{HANDBOOK} 1"),
    _most("PRIN", 0, fte="1", basis=f"{HANDBOOK} 1"),
    *(_least("TCH", least, kind, force="contract", basis=CONTRACT) for kind, least, _ in CLASS_SIZE),
    *(_most("TCH", most, kind, basis=f"{HANDBOOK} 2") for kind, _, most in CLASS_SIZE),
    _least("SPED", 22, counted="Students with disabilities", force="contract", basis=f"{CONTRACT}, caseloads"),
    _least("ELT", 45, counted="English learners", force="policy", basis=f"{BOARD} 6174"),
    _least("COUN", 550, "elementary", "0.4", force="policy", basis=f"{HANDBOOK} 3"),
    _least("COUN", 500, "K-8", "1", force="policy", basis=f"{HANDBOOK} 3"),
    _least("COUN", 350, "middle", "1", force="policy", basis=f"{HANDBOOK} 3, new this year"),
    _least("COUN", 320, "high", "1", force="policy", basis=f"{HANDBOOK} 3"),
    _least("NURSE", 900, fte="0.4", force="policy", basis=f"{HANDBOOK} 4, new this year"),
    _least("LIB", 0, fte="0.5", force="policy", basis=f"{HANDBOOK} 5"),
    _most("LIB", 0, fte="1.5", basis=f"{HANDBOOK} 5"),
    _least("AP", 700, "middle", force="policy", basis=f"{HANDBOOK} 6"),
    _least("AP", 400, "high", force="policy", basis=f"{HANDBOOK} 6"),
    _most("AP", 600, "elementary", basis=f"{HANDBOOK} 6"),
    _most("AP", 350, "middle", basis=f"{HANDBOOK} 6"),
    _most("AP", 320, "high", basis=f"{HANDBOOK} 6"),
    _least("OFF", 450, fte="1", force="policy", basis=f"{HANDBOOK} 7"),
)

COMMITMENT_TESTS = (
    ("C1", "staffing-least", "position", "LIB"),
    ("C1", "staffing-least", "pupils_per_fte", "0"),
    ("C1", "staffing-least", "least_fte", "0.5"),
    ("C1", "staffing-least", "force", "policy"),
    ("C1", "staffing-least", "basis", f"{HANDBOOK} 5"),
    ("C2", "hold-harmless", "share", "0.97"),
    ("C2", "hold-harmless", "per", "in total"),
    ("C2", "hold-harmless", "force", "policy"),
    ("C2", "hold-harmless", "basis", f"{BOARD} 3120"),
    ("C3", "staffing-least", "position", "NURSE"),
    ("C3", "staffing-least", "pupils_per_fte", "0"),
    ("C3", "staffing-least", "least_fte", "1"),
    ("C3", "staffing-least", "force", "promise"),
    ("C3", "staffing-least", "basis", "Resolution 24-08 of this invented district"),
)
