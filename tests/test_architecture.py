"""The house keeps its own rules (design, section 3): read from the syntax tree of every file, and each check can fail."""

from __future__ import annotations

import re

import pytest

from tests.house import (
    LAYER,
    ROOT,
    catch_alls,
    forbidden_names,
    import_circles,
    imports_of,
    outside_imports,
    prints,
    product,
    rooms_without_a_floor,
    session_state_uses,
    solver_within_reach,
    star_and_relative_imports,
    too_long,
    upward_imports,
)


def prove(found: list[str]) -> None:
    assert not found, "\n" + "\n".join(found)


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    return product()


def test_the_whole_house_is_read(files):
    assert {"dashboard.py", "start.py", "equity_alloc/planning/certify.py", "pages/plan.py"} <= set(files)


def test_imports_go_down(files):
    prove(upward_imports(files))


def test_every_room_has_a_floor(files):
    prove(rooms_without_a_floor(files))


def test_every_room_stands_on_the_map_for_newcomers_with_its_floor():
    rows = [
        line for line in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").splitlines() if line.startswith("| ")
    ]
    told = {}
    for row in rows:
        _, where, floor = (cell.strip() for cell in row.strip("|").split("|"))
        told |= dict.fromkeys(re.findall(r"`(?:equity_alloc/)?(\w+)/[`\w]", where), floor)
    rooms = {room for room in LAYER if (ROOT / "equity_alloc" / room).is_dir()}
    assert {room: str(LAYER[room]) for room in rooms} == {room: told.get(room) for room in rooms}


def test_lower_rooms_import_only_what_they_may_from_outside(files):
    prove(outside_imports(files))


def test_only_the_solver_room_knows_pulp_and_highs(files):
    prove(imports_of(files, {"pulp", "highspy"}, ("equity_alloc/solver/",)))


def test_only_the_screen_knows_streamlit(files):
    prove(imports_of(files, {"streamlit"}, ("equity_alloc/ui/", "pages/", "dashboard.py")))


def test_only_one_module_touches_the_session_state(files):
    prove(session_state_uses(files))


def test_the_solver_cannot_be_reached_from_the_auditor_or_from_rules_objectives_formulas_and_measures(files):
    prove(solver_within_reach(files))


def test_no_import_leads_back_to_where_it_started(files):
    prove(import_circles(files))


def test_no_module_is_over_300_lines_and_no_page_over_120(files):
    prove(too_long(files))


def test_no_file_is_called_utils_helpers_common_misc_or_manager(files):
    prove(forbidden_names(files))


def test_no_import_is_relative_or_takes_everything(files):
    prove(star_and_relative_imports(files))


def test_only_the_command_line_prints(files):
    prove(prints(files))


def test_nothing_catches_everything(files):
    prove(catch_alls(files))


RULE, CERTIFY, DOMAIN = (f"equity_alloc/{name}.py" for name in ("rules/r", "planning/certify", "domain/d"))

PLANTED = {
    "upward": (upward_imports, {RULE: "from equity_alloc.planning.search import plan\n"}),
    "sideways": (upward_imports, {"equity_alloc/rules/r.py": "import equity_alloc.objectives.base\n"}),
    "inside a function": (upward_imports, {RULE: "def f():\n    from equity_alloc.ui import words\n"}),
    "unknown target": (upward_imports, {RULE: "import equity_alloc.attic\n"}),
    "new room": (rooms_without_a_floor, {"equity_alloc/attic/a.py": ""}),
    "numpy in the domain": (outside_imports, {DOMAIN: "import numpy as np\n"}),
    "pandas in the problem": (outside_imports, {"equity_alloc/problem/p.py": "from pandas import DataFrame\n"}),
    "pandas in a rule": (outside_imports, {RULE: "import pandas.api.types\n"}),
    "pulp outside": (lambda f: imports_of(f, {"pulp"}, ("equity_alloc/solver/",)), {CERTIFY: "import pulp\n"}),
    "streamlit outside": (lambda f: imports_of(f, {"streamlit"}, ("pages/",)), {RULE: "import streamlit as st\n"}),
    "session state": (session_state_uses, {"pages/p.py": "import streamlit as st\nst.session_state['a'] = 1\n"}),
    "session state by name": (session_state_uses, {"pages/p.py": "from streamlit import session_state\n"}),
    "solver in two steps": (
        solver_within_reach,
        {
            CERTIFY: "from equity_alloc.planning import between\n",
            "equity_alloc/planning/between.py": "def late():\n    import equity_alloc.solver.highs\n",
            "equity_alloc/solver/highs.py": "",
        },
    ),
    "solver through a package": (
        solver_within_reach,
        {
            RULE: "import equity_alloc.problem.cells\n",
            "equity_alloc/problem/__init__.py": "from equity_alloc.solver import highs\n",
            "equity_alloc/problem/cells.py": "",
            "equity_alloc/solver/highs.py": "",
        },
    ),
    "circle": (
        import_circles,
        {RULE: "import equity_alloc.rules.s\n", "equity_alloc/rules/s.py": "import equity_alloc.rules.r\n"},
    ),
    "long module": (too_long, {RULE: "\n" * 301}),
    "long page": (too_long, {"pages/p.py": "\n" * 121}),
    "utils": (forbidden_names, {"equity_alloc/rules/utils.py": ""}),
    "helpers folder": (forbidden_names, {"equity_alloc/helpers/money.py": ""}),
    "star": (star_and_relative_imports, {RULE: "from decimal import *\n"}),
    "relative": (star_and_relative_imports, {RULE: "from . import base\n"}),
    "print": (prints, {RULE: "print('here')\n"}),
    "bare except": (catch_alls, {RULE: "try:\n    pass\nexcept:\n    pass\n"}),
    "except Exception": (catch_alls, {RULE: "try:\n    pass\nexcept Exception as error:\n    raise error\n"}),
    "among others": (catch_alls, {RULE: "try:\n    pass\nexcept (OSError, BaseException):\n    pass\n"}),
}


@pytest.mark.parametrize("name", PLANTED)
def test_each_check_finds_what_is_planted_and_names_file_and_line(name):
    check, files = PLANTED[name]
    found = check(files)
    assert found
    assert any(place.startswith(f"{path}:") and place.split(":")[1].isdigit() for place in found for path in files)


def test_clean_files_pass_every_check():
    clean = {
        RULE: "from equity_alloc.domain.money import Cents\n",
        "equity_alloc/domain/money.py": "import math\n",
        "start.py": "print('hello')\n",
        "pages/p.py": "\n" * 120,
    }
    for check in {check for check, _ in PLANTED.values()}:
        assert [] == check(clean)
