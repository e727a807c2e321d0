"""Start Equity Alloc, or run its tests, from a fresh copy of the repository. Needs nothing but Python 3.11 or newer.

    python3 start.py                       set up once, then open the dashboard on the sample district
    python3 start.py test                  run every test: on all processors, then those in a browser one by one
    python3 start.py test -k hold_harmless run some of them: what follows "test" goes to pytest

What the dashboard needs is installed into the folder .venv beside this file and nowhere else. It is installed again only
when a requirements file has changed.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from equity_alloc.serving import CannotStart, free_port, run_in_front, serve

ROOT = Path(__file__).resolve().parent
OLDEST_PYTHON = (3, 11)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
BROWSER_FILES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)


def version_problem(version: tuple[int, int, int]) -> str | None:
    """Return what to tell someone whose Python is too old, or None when it will do."""
    if version[:2] >= OLDEST_PYTHON:
        return None
    found = ".".join(str(part) for part in version)
    return (
        f"Equity Alloc needs Python 3.11 or newer, and this is Python {found}. Install a newer one from "
        "https://www.python.org/downloads/ and run start.py with it, or install uv (https://docs.astral.sh/uv/) and run: "
        "uv run --no-project --python 3.13 start.py"
    )


def choose_installer(uv: str | None, *, has_ensurepip: bool) -> str:
    """Return ``"uv"`` or ``"pip"``: uv when it is on the PATH, because it is ten times faster.

    Raises
    ------
    CannotStart
        If there is neither uv nor a Python that can make a virtual environment (Debian without python3-venv).
    """
    if uv is not None:
        return "uv"
    if has_ensurepip:
        return "pip"
    raise CannotStart(
        "This Python cannot make a virtual environment, because its part named ensurepip is not installed. "
        "On Debian or Ubuntu run: sudo apt install python3-venv. Elsewhere install uv (https://docs.astral.sh/uv/). "
        "Then run start.py again."
    )


def venv_python(venv: Path, *, windows: bool) -> Path:
    """Return where a virtual environment keeps its Python."""
    return venv / "Scripts" / "python.exe" if windows else venv / "bin" / "python"


def requirement_files(path: Path) -> list[Path]:
    """Return a requirements file and those it includes by ``-r``, each once, the included ones first."""
    files: list[Path] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("-r "):
            files += [file for file in requirement_files(path.parent / line[3:].strip()) if file not in files]
    return [*files, path]


def requirements_digest(path: Path) -> str:
    """Return the SHA-256 digest of a requirements file together with those it includes."""
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in requirement_files(path))).hexdigest()


def stamp_file(venv: Path, requirements: Path) -> Path:
    """Return the file that remembers which state of a requirements file is installed."""
    return venv / f".installed-{requirements.stem}"


def is_installed(venv: Path, requirements: Path) -> bool:
    """Say whether the environment holds what the requirements file asks for now."""
    stamp = stamp_file(venv, requirements)
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == requirements_digest(requirements)


def install(venv: Path, requirements: Path) -> Path:
    """Make the environment if there is none, install what is missing, and return its Python."""
    python = venv_python(venv, windows=os.name == "nt")
    if python.exists() and is_installed(venv, requirements):
        return python
    uv = shutil.which("uv")
    installer = choose_installer(uv, has_ensurepip=importlib.util.find_spec("ensurepip") is not None)
    print(f"Installing {requirements.name} into {venv.name} with {installer}: a minute or two, once.", flush=True)
    if uv is not None:
        if not python.exists():
            run([uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(venv)])
        run([uv, "pip", "install", "--quiet", "--python", str(python), "-r", str(requirements)])
    else:
        pip = [str(python), "-m", "pip", "--disable-pip-version-check"]
        if not python.exists() or subprocess.call([*pip, "--version"], stdout=subprocess.DEVNULL) != 0:
            run([sys.executable, "-m", "venv", "--clear", str(venv)])
        run([*pip, "install", "--quiet", "-r", str(requirements)])
    for file in requirement_files(requirements):
        stamp_file(venv, file).write_text(requirements_digest(file), encoding="utf-8")
    return python


def run(command: Sequence[str]) -> None:
    """Run one step of the installation; its own messages stay visible."""
    if subprocess.call(command, cwd=ROOT) != 0:
        raise CannotStart(
            f"This step did not succeed: {' '.join(command)}. The lines above say why. Often the connection to the "
            "Python package index is missing. Nothing outside the folder .venv was changed; run start.py again to retry."
        )


def find_browser(environment: Mapping[str, str]) -> str | None:
    """Return a Chromium-like browser for the browser tests: CHROME if set, else the first one installed, else None."""
    if environment.get("CHROME"):
        return environment["CHROME"]
    candidates = [*map(shutil.which, BROWSERS), *(file for file in BROWSER_FILES if Path(file).is_file())]
    return next((path for path in candidates if path), None)


def browser_note(browser: str | None) -> str | None:
    """Return what to tell someone whose computer has no browser for the browser tests, or None."""
    if browser is not None:
        return None
    return (
        "No Chromium found: the tests in tests/browser will be skipped, all others run. To run them too, install it "
        "(Debian: sudo apt install chromium; Ubuntu: sudo snap install chromium; macOS: brew install --cask chromium), "
        "or set CHROME to the path of Chrome or Edge."
    )


def pytest_commands(python: Path, arguments: Sequence[str], processors: int) -> list[list[str]]:
    """Return the commands that run the tests: one for tests of somebody's own choice, two for all of them.

    A page that shares the processors with other tests answers late, so the browser has them to itself.
    """
    pytest = [str(python), "-m", "pytest"]
    if arguments:
        return [[*pytest, *arguments]]
    return [
        [*pytest, "--ignore=tests/browser", f"--numprocesses={processors}", "--dist=loadfile"],
        [*pytest, "tests/browser"],
    ]


def run_tests(commands: Sequence[Sequence[str]], run_one: Callable[[Sequence[str]], int]) -> int:
    """Run the tests and return the worst exit code.

    A page of a busy computer may answer too late, so what failed in the browser runs once more; what fails twice has failed.
    """
    worst = 0
    for command in commands:
        code = run_one(command)
        if code == 1 and command[-1] == "tests/browser":
            print("What failed in the browser runs once more, by itself.", flush=True)
            code = run_one([*command, "--last-failed"])
        worst = max(worst, code)
    return worst


def run_here(command: Sequence[str]) -> int:
    """Run the tests where they are, until they end."""
    return run_in_front(command, ROOT)


def main(arguments: Sequence[str]) -> int:
    """Do what the command line asks and return the exit code."""
    problem = version_problem(sys.version_info[:3])
    if problem is not None:
        raise CannotStart(problem)
    if not arguments:
        python = install(ROOT / ".venv", ROOT / "requirements.txt")
        return serve(python, ROOT / "dashboard.py", free_port(), folder=ROOT)
    if arguments[0] == "test":
        python = install(ROOT / ".venv", ROOT / "requirements-dev.txt")
        note = browser_note(find_browser(os.environ))
        if note is not None:
            print(note, flush=True)
        try:
            return run_tests(pytest_commands(python, arguments[1:], os.cpu_count() or 1), run_here)
        except KeyboardInterrupt:
            return 130
    print(__doc__)
    return 0 if arguments[0] in ("-h", "--help", "help") else 2


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except CannotStart as missing:
        sys.exit(str(missing))
