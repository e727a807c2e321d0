"""Checks of the house rules (design, section 3), by reading the syntax tree: each returns file, line and what is wrong."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "equity_alloc"

#: Floor of each room; imports go down or stay on the same floor where SIDEWAYS names the pair.
LAYER = {
    "domain": 0,
    "measures": 1,
    "parameters": 1,
    "learning": 1,
    "evidence": 1,
    "formulas": 2,
    "rules": 2,
    "objectives": 2,
    "scenario": 3,
    "scenario_words": 3,
    "commitment": 3,
    "catalogue": 3,
    "problem": 3,
    "solver": 3,
    "planning": 4,
    "compliance": 4,
    "years": 4,
    "inequity": 4,
    "commitments": 4,
    "decisions": 4,
    "actions": 4,
    "sources": 4,
    "cases": 5,
    "figures": 5,
    "reports": 5,
    "store": 5,
    "sweep": 5,
    "cli": 6,
    "cli_formula": 6,
    "cli_comply": 6,
    "cli_explain": 6,
    "cli_one_more": 6,
    "cli_frontier": 6,
    "cli_export": 6,
    "cli_ledger": 6,
    "cli_reproduce": 6,
    "cli_years": 6,
    "cli_audit": 6,
    "cli_commitments": 6,
    "cli_decision": 6,
    "cli_interventions": 6,
    "cli_conflicts": 6,
    "cli_sweep": 6,
    "cli_fall": 6,
    "cli_words": 6,
    "cli_import": 6,
    "cli_dashboard": 6,
    "serving": 5,
    "cli_import_words": 5,
    "cli_terminal": 5,
    "cli_scenario": 5,
    "__main__": 6,
    "ui": 6,
}
#: On one floor these may look at those; nobody else may.
SIDEWAYS = {
    ("objectives", "rules"),
    ("rules", "formulas"),
    ("scenario", "catalogue"),
    ("scenario_words", "scenario"),
    ("commitment", "catalogue"),
    ("scenario", "commitment"),
    ("commitments", "planning"),
    ("decisions", "planning"),
    ("decisions", "commitments"),
    ("decisions", "inequity"),
    ("decisions", "actions"),
    ("commitments", "inequity"),
    ("inequity", "planning"),
    ("actions", "inequity"),
    ("problem", "scenario"),
    ("solver", "problem"),
    ("solver", "scenario"),
    ("__main__", "cli"),
    ("reports", "figures"),
    ("cases", "reports"),
    ("cli", "cli_formula"),
    ("cli", "cli_words"),
    ("cli", "cli_comply"),
    ("cli_comply", "cli_formula"),
    ("cli", "cli_explain"),
    ("cli_explain", "cli_one_more"),
    ("cli", "cli_export"),
    ("cli", "cli_reproduce"),
    ("cli_export", "cli_explain"),
    ("cli_export", "cli_ledger"),
    ("cli", "cli_years"),
    ("cli", "cli_audit"),
    ("cli_audit", "cli_explain"),
    ("cli", "cli_commitments"),
    ("cli", "cli_decision"),
    ("cli_decision", "cli_explain"),
    ("cli_export", "cli_decision"),
    ("cli_commitments", "cli_explain"),
    ("cli", "cli_interventions"),
    ("cli_interventions", "cli_explain"),
    ("years", "planning"),
    ("cli", "cli_conflicts"),
    ("cli", "cli_import"),
    ("cli", "cli_dashboard"),
    ("cli_import_words", "cli_terminal"),
    ("cli_scenario", "cli_terminal"),
    ("cli_conflicts", "cli_explain"),
    ("cli", "cli_sweep"),
    ("cli_sweep", "cli_explain"),
    ("cli", "cli_fall"),
    ("cli", "cli_frontier"),
    ("cli_frontier", "cli_explain"),
}
#: What a room may import from outside the standard library and the package. Rooms not named here are free.
OUTSIDE: dict[str, frozenset[str]] = {
    "domain": frozenset(),
    "measures": frozenset({"numpy"}),
    "parameters": frozenset({"numpy"}),
    "learning": frozenset(),
    "evidence": frozenset(),
    "formulas": frozenset({"numpy"}),
    "rules": frozenset({"numpy"}),
    "objectives": frozenset({"numpy"}),
    "scenario": frozenset({"numpy"}),
    "scenario_words": frozenset({"numpy"}),
    "commitment": frozenset({"numpy"}),
    "catalogue": frozenset({"numpy"}),
    "problem": frozenset({"numpy"}),
    "solver": frozenset({"numpy", "pulp", "highspy"}),
}
SOLVER_FREE = (
    "planning.certify",
    "years",
    "inequity",
    "commitments",
    "decisions.book",
    "actions.certify",
    "rules",
    "objectives",
    "formulas",
    "measures",
    "problem",
)
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager"}
MAY_PRINT = ("equity_alloc/cli.py", "start.py", "data/")
LONGEST_MODULE, LONGEST_PAGE = 300, 120

Files = Mapping[str, str]


def product() -> dict[str, str]:
    """Return every Python file that a user runs, by path from the root; tests and benchmarks are not among them."""
    paths = [ROOT / "dashboard.py", ROOT / "start.py"]
    for folder in (PACKAGE, "pages", "data"):
        paths += sorted((ROOT / folder).rglob("*.py"))
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in paths if path.is_file()}


def module_name(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def room_of(module: str) -> str:
    """Return the room of a dotted name inside the package, blank for the package itself."""
    return [*module.split("."), ""][1]


def imports(path: str, text: str, known: frozenset[str] = frozenset()) -> Iterator[tuple[int, str]]:
    """Yield (line, dotted name) of every import, wherever it stands; `from a import b` is a.b where that is a module."""
    for node in ast.walk(ast.parse(text, path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            for alias in node.names:
                deeper = f"{base}.{alias.name}"
                yield node.lineno, deeper if deeper in known else base


def names_of(files: Files) -> frozenset[str]:
    return frozenset(module_name(path) for path in files)


def package_imports(files: Files) -> Iterator[tuple[str, int, str, str]]:
    """Yield (path, line, room, imported module) for imports of the package within the package."""
    known = names_of(files)
    for path, text in files.items():
        if path.startswith(f"{PACKAGE}/"):
            for line, name in imports(path, text, known):
                if name.split(".")[0] == PACKAGE:
                    yield path, line, room_of(module_name(path)), name


def upward_imports(files: Files) -> list[str]:
    found = []
    for path, line, room, name in package_imports(files):
        target = room_of(name)
        if not room or not target or room == target:
            continue
        unknown = [each for each in (room, target) if each not in LAYER]
        if unknown:
            found.append(f"{path}:{line}: room {unknown[0]} has no floor; give it one in this test and in the design")
        elif LAYER[target] > LAYER[room] or (LAYER[target] == LAYER[room] and (room, target) not in SIDEWAYS):
            found.append(f"{path}:{line}: {room} (L{LAYER[room]}) imports {name} (L{LAYER[target]})")
    return found


def rooms_without_a_floor(files: Files) -> list[str]:
    rooms = {room_of(module_name(path)): path for path in files if path.startswith(f"{PACKAGE}/")}
    return [f"{path}:1: room {room} has no floor" for room, path in sorted(rooms.items()) if room and room not in LAYER]


def outside_imports(files: Files) -> list[str]:
    found = []
    for path, text in files.items():
        room = room_of(module_name(path))
        if path.startswith(f"{PACKAGE}/") and room in OUTSIDE:
            for line, name in imports(path, text):
                top = name.split(".")[0]
                if top != PACKAGE and top not in sys.stdlib_module_names and top not in OUTSIDE[room]:
                    allowed = ", ".join(sorted(OUTSIDE[room])) or "the standard library only"
                    found.append(f"{path}:{line}: {room} imports {top}; allowed: {allowed}")
    return found


def imports_of(files: Files, libraries: set[str], allowed: tuple[str, ...]) -> list[str]:
    return [
        f"{path}:{line}: imports {name}, which only {', '.join(allowed)} may"
        for path, text in files.items()
        if not path.startswith(allowed)
        for line, name in imports(path, text)
        if name.split(".")[0] in libraries
    ]


def session_state_uses(files: Files) -> list[str]:
    found = []
    for path, text in files.items():
        if path == f"{PACKAGE}/ui/session.py":
            continue
        for node in ast.walk(ast.parse(text, path)):
            named = isinstance(node, ast.Attribute) and node.attr == "session_state"
            taken = isinstance(node, ast.ImportFrom) and any(alias.name == "session_state" for alias in node.names)
            if named or taken:
                found.append(f"{path}:{node.lineno}: touches st.session_state, which only ui/session.py may")
    return found


def graph(files: Files) -> dict[str, dict[str, int]]:
    """Return module -> {imported module of the package: line}; importing a.b also runs the packages above it."""
    known = names_of(files)
    result: dict[str, dict[str, int]] = {name: {} for name in known}
    for path, line, _, name in package_imports(files):
        parts = name.split(".")
        for end in range(1, len(parts) + 1):
            above = ".".join(parts[:end])
            if above in known:
                result[module_name(path)].setdefault(above, line)
    return result


def solver_within_reach(files: Files) -> list[str]:
    edges = graph(files)
    found = []
    for start in sorted(edges):
        inside = start.removeprefix(f"{PACKAGE}.")
        if not any(inside == room or inside.startswith(f"{room}.") for room in SOLVER_FREE):
            continue
        came_from: dict[str, str] = {}
        queue = [start]
        for module in queue:
            for target in edges.get(module, {}):
                if target not in came_from and target != start:
                    came_from[target] = module
                    queue.append(target)
        reached = sorted(module for module in came_from if room_of(module) == "solver")
        if reached:
            way = [reached[0]]
            while way[-1] != start:
                way.append(came_from[way[-1]])
            first, second = way[-1], way[-2]
            path = next(path for path in files if module_name(path) == first)
            found.append(f"{path}:{edges[first][second]}: reaches the solver: {' <- '.join(way)}")
    return found


def import_circles(files: Files) -> list[str]:
    """Return imports that lead back to where they started; packages above a module are not counted."""
    known = names_of(files)
    edges: dict[str, dict[str, int]] = {}
    paths = {module_name(path): path for path in files}
    for path, line, _, name in package_imports(files):
        if name in known:
            edges.setdefault(module_name(path), {}).setdefault(name, line)
    found, done = [], set()
    for start in sorted(edges):
        stack = [(start, iter(edges[start]))]
        on_way = [start]
        while stack:
            module, rest = stack[-1]
            target = next(rest, None)
            if target is None:
                stack.pop()
                done.add(on_way.pop())
            elif target in on_way:
                found.append(f"{paths[module]}:{edges[module][target]}: a circle of imports: {module} and {target}")
            elif target not in done:
                on_way.append(target)
                stack.append((target, iter(edges.get(target, {}))))
    return found


def too_long(files: Files) -> list[str]:
    found = []
    for path, text in files.items():
        most = LONGEST_PAGE if path.startswith("pages/") else LONGEST_MODULE
        lines = len(text.splitlines())
        if lines > most:
            found.append(f"{path}:{most + 1}: {lines} lines; {most} at most")
    return found


def forbidden_names(files: Files) -> list[str]:
    return [
        f"{path}:1: a file called {part} says nothing; name it for its one idea"
        for path in files
        for part in path.removesuffix(".py").split("/")
        if part.strip("_") in FORBIDDEN_NAMES
    ]


def star_and_relative_imports(files: Files) -> list[str]:
    found = []
    for path, text in files.items():
        for node in ast.walk(ast.parse(text, path)):
            if isinstance(node, ast.ImportFrom):
                if any(alias.name == "*" for alias in node.names):
                    found.append(f"{path}:{node.lineno}: import * hides where a name comes from")
                if node.level:
                    found.append(f"{path}:{node.lineno}: a relative import; write it from {PACKAGE}")
    return found


def prints(files: Files) -> list[str]:
    return [
        f"{path}:{node.lineno}: print( outside the command line"
        for path, text in files.items()
        if not path.startswith(MAY_PRINT)
        for node in ast.walk(ast.parse(text, path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]


def catch_alls(files: Files) -> list[str]:
    found = []
    for path, text in files.items():
        for node in ast.walk(ast.parse(text, path)):
            if isinstance(node, ast.ExceptHandler):
                caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
                names = {None if kind is None else ast.unparse(kind).split(".")[-1] for kind in caught}
                if names & {None, "Exception", "BaseException"}:
                    found.append(f"{path}:{node.lineno}: catches everything; name what can go wrong")
    return found
