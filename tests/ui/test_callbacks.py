"""What a button or field calls takes what it is given: nothing else reads those arguments before somebody clicks."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.house import ROOT

EVENTS = ("on_click", "on_change")


def misfits(sources: dict[str, str]) -> Iterator[str]:
    """Yield each callback that is given more or fewer arguments than a function of that name takes."""
    nodes = [(name, node) for name, text in sources.items() for node in ast.walk(ast.parse(text))]
    taken: dict[str, list[ast.arguments]] = {}
    for _, node in nodes:
        if isinstance(node, ast.FunctionDef):
            taken.setdefault(node.name, []).append(node.args)
    for name, node in nodes:
        if not isinstance(node, ast.Call):
            continue
        given = {keyword.arg: keyword.value for keyword in node.keywords}
        args = given.get("args", ast.Tuple([]))
        for called in (given[event] for event in EVENTS if event in given):
            if not isinstance(called, ast.Name) or not isinstance(args, ast.Tuple):
                continue
            count = len(args.elts)
            if not any(len(a.args) - len(a.defaults) <= count <= len(a.args) for a in taken.get(called.id, [])):
                yield f"{name}:{node.lineno} gives {called.id} {count} arguments"


def test_every_callback_takes_what_its_button_or_field_gives_it():
    files = [*(ROOT / "equity_alloc" / "ui").glob("*.py"), *(ROOT / "pages").glob("*.py")]
    assert [] == list(misfits({path.name: path.read_text(encoding="utf-8") for path in files}))


def test_a_callback_that_is_given_too_much_is_found():
    planted = "def load(session, point): ...\nst.button('Load', on_click=load, args=(session, work, point))\n"
    assert ["p.py:2 gives load 3 arguments"] == list(misfits({"p.py": planted}))
