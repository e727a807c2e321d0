"""What start.py decides: which installer, when to install, which port, which words."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import start


@pytest.fixture
def requirements(tmp_path):
    (tmp_path / "requirements.txt").write_text("# base\nalpha>=1\n")
    dev = tmp_path / "requirements-dev.txt"
    dev.write_text("-r requirements.txt\nbeta>=2\n")
    return dev


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 14, 2), (4, 0, 0)])
def test_a_new_enough_python_will_do(version):
    assert start.version_problem(version) is None


@pytest.mark.parametrize("version", [(3, 10, 13), (3, 8, 18)])
def test_an_old_python_is_named_with_two_ways_out(version):
    problem = start.version_problem(version)
    assert ".".join(map(str, version)) in problem
    assert "Python 3.11 or newer" in problem
    assert "python.org" in problem
    assert "uv run" in problem


def test_uv_is_used_when_it_is_there():
    assert "uv" == start.choose_installer("/somewhere/uv", has_ensurepip=True)
    assert "uv" == start.choose_installer("/somewhere/uv", has_ensurepip=False)


def test_pip_is_used_without_uv():
    assert "pip" == start.choose_installer(None, has_ensurepip=True)


def test_a_python_without_ensurepip_names_the_package_to_install():
    with pytest.raises(start.CannotStart, match=r"python3-venv.*uv"):
        start.choose_installer(None, has_ensurepip=False)


def test_a_virtual_environment_keeps_its_python_where_the_system_does():
    assert Path("e/bin/python") == start.venv_python(Path("e"), windows=False)
    assert Path("e/Scripts/python.exe") == start.venv_python(Path("e"), windows=True)


def test_included_requirements_come_first(requirements):
    assert ["requirements.txt", "requirements-dev.txt"] == [file.name for file in start.requirement_files(requirements)]


def test_nothing_is_installed_in_a_new_environment(tmp_path, requirements):
    assert not start.is_installed(tmp_path, requirements)


def test_unchanged_requirements_count_as_installed(tmp_path, requirements):
    start.stamp_file(tmp_path, requirements).write_text(start.requirements_digest(requirements))
    assert start.is_installed(tmp_path, requirements)


@pytest.mark.parametrize("changed", ["requirements.txt", "requirements-dev.txt"])
def test_a_changed_requirement_is_installed_again(tmp_path, requirements, changed):
    start.stamp_file(tmp_path, requirements).write_text(start.requirements_digest(requirements))
    with (tmp_path / changed).open("a") as file:
        file.write("gamma\n")
    assert not start.is_installed(tmp_path, requirements)


def test_an_installed_environment_is_left_alone(tmp_path, requirements):
    python = start.venv_python(tmp_path, windows=os.name == "nt")
    python.parent.mkdir()
    python.touch()
    start.stamp_file(tmp_path, requirements).write_text(start.requirements_digest(requirements))
    assert python == start.install(tmp_path, requirements)


def test_a_browser_named_by_the_environment_is_taken():
    assert "/opt/chrome" == start.find_browser({"CHROME": "/opt/chrome"})


def test_the_package_is_named_when_only_the_browser_tests_lack_something():
    assert start.browser_note("/opt/chrome") is None
    assert "apt install chromium" in start.browser_note(None)


def test_all_tests_run_on_all_processors_and_the_browser_has_them_to_itself():
    first, second = start.pytest_commands(Path("python"), [], 4)
    assert {"--ignore=tests/browser", "--numprocesses=4"} <= set(first)
    assert ["python", "-m", "pytest", "tests/browser"] == second


@pytest.mark.parametrize(
    ("codes", "worst", "runs"), [((0, 0), 0, 2), ((0, 1, 0), 0, 3), ((0, 1, 1), 1, 3), ((1, 0), 1, 2), ((0, 2), 2, 2)]
)
def test_what_fails_in_the_browser_runs_once_more_and_what_fails_twice_has_failed(codes, worst, runs):
    left, ran = list(codes), []

    def run_one(command):
        ran.append(command)
        return left.pop(0)

    assert worst == start.run_tests(start.pytest_commands(Path("python"), [], 4), run_one)
    assert runs == len(ran)
    assert runs < 3 or "--last-failed" == ran[2][-1]


def test_what_follows_the_word_test_goes_to_pytest_as_it_is():
    assert [["python", "-m", "pytest", "-k", "gini"]] == start.pytest_commands(Path("python"), ["-k", "gini"], 4)


@pytest.mark.parametrize(("argument", "code"), [("--help", 0), ("dance", 2)])
def test_help_is_shown_without_installing_anything(argument, code):
    shown = subprocess.run([sys.executable, start.__file__, argument], capture_output=True, text=True, check=False)
    assert code == shown.returncode
    assert "python3 start.py test" in shown.stdout
