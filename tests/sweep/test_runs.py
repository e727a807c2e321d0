"""Runs of a sweep: stopped by hand, killed, gone on, on one process, several, or a cluster that loses a worker: one table."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import distributed
import pandas as pd
import psutil
import pytest
from typer.testing import CliRunner

from equity_alloc.cli import app
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.sources.sample import sample_district, sample_reading
from equity_alloc.sweep.divide import divide
from equity_alloc.sweep.folder import open_folder
from equity_alloc.sweep.run import NoCluster, WorkersLost, cluster, local_pool, run_here, run_on
from equity_alloc.sweep.table import write_table
from equity_alloc.sweep.task import Depth, Place
from equity_alloc.sweep.vary import read_varied
from equity_alloc.ui.downloads import inputs_workbook

PLACE = Place("sample", sample_district(), sample_reading().scenario)
#: 1,200 scenarios, of which a computer does a few hundred a second.
CHOICES = ("hold-harmless.share=0.6:0.999:0.001", "gain-cap.gain=0.06,0.08,0.1")
SIZE = 100
#: What the command makes of them for two workers.
A_TASK = 150


def sweep_to(output: Path, *more: str) -> list[str]:
    varied = [word for choice in CHOICES for word in ("--vary", choice)]
    return [sys.executable, "-m", "equity_alloc", "sweep", "sample", "--levels", *varied, "-o", str(output), *more]


def started(output: Path, *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(sweep_to(output, *more), stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def wait_for_tasks(folder: Path, more_than: int, running: subprocess.Popen[str]) -> int:
    """Return how many tasks are finished, once there are more than so many."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and running.poll() is None:
        n_done = len(list(folder.glob("task-*.json")))
        if n_done > more_than:
            return n_done
        time.sleep(0.01)
    pytest.fail(f"No task was finished in time: {running.communicate()}")


@pytest.fixture(scope="module")
def expected(tmp_path_factory) -> Path:
    """The table that one process makes at one go, without a command."""
    home = tmp_path_factory.mktemp("expected")
    varied = tuple(map(read_varied, CHOICES))
    folder = open_folder(home / "run", [PLACE], varied, Depth.LEVELS, SIZE)
    told: list[int] = []
    run_here(divide([PLACE], varied, Depth.LEVELS, SIZE), folder, told.append)
    assert 1_200 == sum(told)
    write_table(home / "table.parquet", folder.rows(), varied, Depth.LEVELS)
    return home / "table.parquet"


def test_a_run_that_is_stopped_and_then_killed_goes_on_and_ends_with_the_same_bytes(tmp_path, expected):
    output = tmp_path / "table.parquet"
    folder = tmp_path / "table.parquet.run"
    first = started(output, "--workers", "2")
    n_done = wait_for_tasks(folder, 0, first)
    first.send_signal(signal.SIGINT)
    _, told = first.communicate(timeout=60)
    assert 130 == first.returncode, told
    assert "The same command goes on from there." in told
    assert "Traceback" not in told
    assert not output.exists()

    second = started(output, "--workers", "2")
    n_done = wait_for_tasks(folder, max(n_done, len(list(folder.glob("task-*.json")))), second)
    second.kill()
    second.communicate(timeout=60)
    # What a killed process was writing is not there half.
    assert all(json.loads(file.read_bytes()) for file in folder.glob("task-*.json"))
    assert not output.exists()

    kept = {file.name: file.stat().st_mtime_ns for file in folder.glob("task-*.json")}
    done = subprocess.run(sweep_to(output, "--workers", "1"), capture_output=True, text=True, check=False)
    assert 0 == done.returncode, done.stderr
    assert f"{len(kept) * A_TASK:,} of 1,200 scenarios were finished before." in done.stderr
    assert len(kept) >= n_done
    assert expected.read_bytes() == output.read_bytes()
    assert not folder.exists()


def test_workers_end_when_the_run_is_killed(tmp_path):
    """A killed run leaves no process behind that keeps computing."""
    output = tmp_path / "table.csv"
    running = started(output, "--workers", "2")
    wait_for_tasks(tmp_path / "table.csv.run", 0, running)
    children = [child.pid for child in psutil.Process(running.pid).children(recursive=True)]
    assert len(children) >= 2
    running.kill()
    running.communicate(timeout=60)
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and any(is_running(child) for child in children):
        time.sleep(0.05)
    assert [] == [child for child in children if is_running(child)]


def is_running(process: int) -> bool:
    return psutil.pid_exists(process) and psutil.Process(process).status() != psutil.STATUS_ZOMBIE


def test_a_cluster_that_loses_a_worker_midway_loses_nothing(tmp_path, expected):
    output = tmp_path / "table.parquet"
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as running:
        command = started(output, "--scheduler", running.scheduler_address, "--workers", "6")
        wait_for_tasks(tmp_path / "table.parquet.run", 0, command)
        lost = running.workers[0].pid
        os.kill(lost, signal.SIGKILL)
        _, told = command.communicate(timeout=120)
    assert 0 == command.returncode, told
    assert not is_running(lost)
    assert expected.read_bytes() == output.read_bytes()


def test_a_scheduler_that_is_not_there_is_told(tmp_path):
    with (
        pytest.raises(NoCluster, match="There is no Dask scheduler at"),
        cluster("tcp://127.0.0.1:1", patience="500ms"),
    ):
        pass


def die(_: object) -> bytes:
    os._exit(3)


def test_a_worker_of_this_computer_that_dies_is_told_and_what_is_finished_is_kept(tmp_path):
    varied = (read_varied("tolerance=0,1"),)
    folder = open_folder(tmp_path / "run", [PLACE], varied, Depth.LEVELS, 1)
    first, second = divide([PLACE], varied, Depth.LEVELS, 1)
    run_here([first], folder, lambda _: None)
    with local_pool(1) as executor, pytest.raises(WorkersLost, match="What is finished is kept"):
        run_on(executor, 1, [second], folder, lambda _: None, work=die)
    assert frozenset({0}) == folder.done()


def test_a_folder_of_another_run_is_not_mixed_in(tmp_path):
    one, other = (read_varied("tolerance=0,1"),), (read_varied("tolerance=0,2"),)
    open_folder(tmp_path / "run", [PLACE], one, Depth.LEVELS, 50)
    assert 50 == open_folder(tmp_path / "run", [PLACE], one, Depth.LEVELS, 77).size
    for varied, depth in ((other, Depth.LEVELS), (one, Depth.PLAN)):
        with pytest.raises(EquityAllocError, match="keeps the finished part of another sweep"):
            open_folder(tmp_path / "run", [PLACE], varied, depth, 50)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("Dear board")
    with pytest.raises(EquityAllocError, match="is in the way"):
        open_folder(tmp_path / "mine", [PLACE], one, Depth.LEVELS, 50)


def test_a_folder_of_districts_has_a_row_for_each_also_for_one_that_cannot_be_read(tmp_path):
    district, scenario = sample_district(), sample_reading().scenario
    many = tmp_path / "many"
    many.mkdir()
    for name in ("a.xlsx", "c.xlsx"):
        (many / name).write_bytes(inputs_workbook(district, scenario))
    (many / "b.xlsx").write_bytes(b"no workbook")
    done = asked(many, "--levels", "--vary", "tolerance=0,5", "-o", tmp_path / "table.csv")
    assert 0 == done.exit_code, done.stderr
    lines = (tmp_path / "table.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    assert [f"{k}," for k in range(1, 7)] == [line[:2] for line in lines]
    assert ["a.xlsx"] * 2 + ["b.xlsx"] * 2 + ["c.xlsx"] * 2 == [line.split(",")[1] for line in lines]
    assert ["possible", "possible", "refused", "refused", "possible", "possible"] == [
        next(word for word in ("possible", "refused") if f",{word}," in line) for line in lines
    ]


def test_every_district_of_a_state_has_its_row(tmp_path, shared):
    """A district has a row, whether it can be read as it is or lacks a count."""
    lines = (shared / "data" / "ky_schools_2016_17.csv").read_text(encoding="utf-8").splitlines(keepends=True)[:151]
    numbers = {line[:3] for line in lines[1:]}
    (tmp_path / "state.csv").write_text("".join(lines), encoding="utf-8")
    done = asked(tmp_path / "state.csv", "--levels", "--workers", "1", "-o", tmp_path / "table.csv")
    assert 0 == done.exit_code, done.stderr
    table = pd.read_csv(tmp_path / "table.csv")
    assert len(numbers) == len(table)
    assert {"possible", "refused"} >= set(table["status"])
    assert table["lowest_level"].notna().equals(table["status"] == "possible")
    assert table["words"].notna().equals(table["status"] == "refused")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("-o", "a.xls"), "Choose a name that ends in"),
        (("-o", "there.csv"), "stays as it is"),
        (("-o", "a.csv", "--vary", "5.share=9"), "from 0 to 1.5"),
        (("-o", "a.csv", "--vary", "cats=9"), "no choice called cats"),
    ],
)
def test_slips_are_refused_before_any_work(tmp_path, monkeypatch, words, told):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there.csv").write_text("mine")
    done = asked("sample", *words)
    assert 2 == done.exit_code
    assert told in done.stderr
    assert "mine" == (tmp_path / "there.csv").read_text()
    assert ["there.csv"] == [entry.name for entry in tmp_path.iterdir()]


def asked(*words: object):
    """Run the command in this process."""
    return CliRunner().invoke(app, ["sweep", *map(str, words)])
