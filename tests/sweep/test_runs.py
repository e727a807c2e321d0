"""Runs of a sweep: stopped by hand, killed, gone on, on one process, several, or a cluster that loses a worker: one table."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor
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
from equity_alloc.sweep.folder import RunFolder, open_folder
from equity_alloc.sweep.run import NoCluster, WorkersLost, WorkersUnfit, cluster, local_pool, run_here, run_on
from equity_alloc.sweep.table import write_table
from equity_alloc.sweep.task import Depth, Place
from equity_alloc.sweep.vary import read_varied
from equity_alloc.ui.downloads import inputs_workbook
from tests.sweep.gated import die, lack

PLACE = Place("sample", sample_district(), sample_reading().scenario)
#: 300 scenarios, which the command divides for two workers into tasks of 50.
CHOICES = ("hold-harmless.share=0.6:0.996:0.004", "gain-cap.gain=0.06,0.08,0.1")
A_TASK = 50

#: Only so that a fault ends the test at all; nothing is measured.
PATIENCE = 300


def words_to(output: Path, *more: str) -> list[str]:
    return [
        "sweep", "sample", "--levels", *(word for choice in CHOICES for word in ("--vary", choice)), "-o", str(output),
        *more,
    ]  # fmt: skip


def started(output: Path, *more: str, free: int, start_new_session: bool = False) -> subprocess.Popen[str]:
    """Start the command; its workers do the first `free` tasks and hold the others until a file called open is there."""
    run = [sys.executable, "-c", "from tests.sweep.gated import main; main()", str(free), str(output.parent / "open")]
    root = Path(__file__).parents[2]
    return subprocess.Popen(
        run + words_to(output, *more), stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root,
        start_new_session=start_new_session,
    )  # fmt: skip


def wait_for_tasks(folder: Path, n_tasks: int, running: subprocess.Popen[str]) -> None:
    """Return once so many tasks are finished."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and running.poll() is None:
        if len(list(folder.glob("task-*.json"))) == n_tasks:
            return
        time.sleep(0.02)
    running.kill()
    pytest.fail(f"{n_tasks} tasks were not finished: {running.communicate()}")


@pytest.fixture(scope="module")
def expected(tmp_path_factory) -> Path:
    """The table that one process makes at one go, without a command."""
    home = tmp_path_factory.mktemp("expected")
    varied = tuple(map(read_varied, CHOICES))
    folder = open_folder(home / "run", [PLACE], varied, Depth.LEVELS, 100)
    told: list[int] = []
    run_here(divide([PLACE], varied, Depth.LEVELS, 100), folder, told.append)
    assert 300 == sum(told)
    write_table(home / "table.parquet", folder.rows(), varied, Depth.LEVELS)
    return home / "table.parquet"


def test_a_run_that_is_stopped_and_then_killed_goes_on_and_ends_with_the_same_bytes(tmp_path, expected):
    output = tmp_path / "table.parquet"
    folder = tmp_path / "table.parquet.run"
    first = started(output, "--workers", "2", free=2)
    wait_for_tasks(folder, 2, first)
    first.send_signal(signal.SIGINT)
    _, told = first.communicate(timeout=PATIENCE)
    assert 130 == first.returncode, told
    assert "100 of 300 scenarios are finished" in told
    assert "The same command goes on from there." in told
    assert "Traceback" not in told
    assert not output.exists()

    second = started(output, "--workers", "2", free=4)
    wait_for_tasks(folder, 4, second)
    children = [child.pid for child in psutil.Process(second.pid).children(recursive=True)]
    assert len(children) >= 2
    second.kill()
    second.communicate(timeout=PATIENCE)
    # A killed run leaves no process behind that keeps computing, and nothing half written.
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and any(is_running(child) for child in children):
        time.sleep(0.05)
    assert [] == [child for child in children if is_running(child)]
    assert [A_TASK] * 4 == [len(json.loads(file.read_bytes())) for file in folder.glob("task-*.json")]
    assert not output.exists()

    done = CliRunner().invoke(app, words_to(output, "--workers", "1"))
    assert 0 == done.exit_code, done.stderr
    assert "200 of 300 scenarios were finished before." in done.stderr
    assert expected.read_bytes() == output.read_bytes()
    assert not folder.exists()


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="no process groups on this system")
def test_a_run_that_is_stopped_while_its_workers_start_ends_at_once(tmp_path):
    """Ctrl-C at a terminal goes to workers as well, and finds them before they leave it to the main process."""
    running = started(tmp_path / "table.parquet", "--workers", "2", free=0, start_new_session=True)
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and len(psutil.Process(running.pid).children(recursive=True)) < 2:
        time.sleep(0.02)
    os.killpg(running.pid, signal.SIGINT)
    _, told = running.communicate(timeout=PATIENCE)
    assert 130 == running.returncode, told
    assert "0 of 300 scenarios are finished" in told
    assert "InvalidStateError" not in told


def is_running(process: int) -> bool:
    try:
        return psutil.Process(process).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_a_cluster_that_loses_a_worker_midway_loses_nothing(tmp_path, expected):
    """Both workers hold a task when one of them is killed."""
    output = tmp_path / "table.parquet"
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as running:
        command = started(output, "--scheduler", running.scheduler_address, "--workers", "2", free=2)
        wait_for_tasks(tmp_path / "table.parquet.run", 2, command)
        lost = running.workers[0].pid
        os.kill(lost, signal.SIGKILL)
        (tmp_path / "open").touch()
        _, told = command.communicate(timeout=PATIENCE)
    assert 0 == command.returncode, told
    assert not is_running(lost)
    assert expected.read_bytes() == output.read_bytes()


def test_a_scheduler_that_is_not_there_is_told(tmp_path):
    with (
        pytest.raises(NoCluster, match="There is no Dask scheduler at"),
        cluster("tcp://127.0.0.1:1", patience="500ms"),
    ):
        pass


def test_a_worker_of_this_computer_that_dies_is_told_and_what_is_finished_is_kept(tmp_path):
    varied = (read_varied("tolerance=0,1"),)
    folder = open_folder(tmp_path / "run", [PLACE], varied, Depth.LEVELS, 1)
    first, second = divide([PLACE], varied, Depth.LEVELS, 1)
    run_here([first], folder, lambda _: None)
    with local_pool(1) as executor, pytest.raises(WorkersLost, match="What is finished is kept"):
        run_on(executor, 1, [second], folder, lambda _: None, work=die)
    assert frozenset({0}) == folder.done()


def test_a_worker_with_another_version_is_told_as_that():
    """Running again with fewer workers would not help here."""
    task = divide([PLACE], (), Depth.LEVELS, 1)
    with ThreadPoolExecutor(1) as executor, pytest.raises(WorkersUnfit, match="same version of equity-alloc"):
        run_on(executor, 1, task, RunFolder(Path("never"), 1), lambda _: None, work=lack)


def test_work_that_a_scheduler_forgot_is_told_as_lost():
    class Gone(Future[bytes]):
        def exception(self, timeout=None):
            raise CancelledError

    class Scheduler(Executor):
        def submit(self, *_):
            gone = Gone()
            gone.set_result(b"")
            return gone

    task = divide([PLACE], (), Depth.LEVELS, 1)
    with pytest.raises(WorkersLost, match="run the same command again"):
        run_on(Scheduler(), 1, task, RunFolder(Path("never"), 1), lambda _: None)


def test_a_stop_while_work_is_handed_out_waits_until_it_is_handed_out():
    """A pool stopped in the midst of starting its workers could not be ended any more."""
    told = []

    class Starting(Executor):
        def submit(self, *_):
            told.append("begun")
            signal.raise_signal(signal.SIGINT)
            told.append("handed out")
            return Future()

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        task = divide([PLACE], (), Depth.LEVELS, 1)
        with pytest.raises(KeyboardInterrupt):
            run_on(Starting(), 1, task, RunFolder(Path("never"), 1), lambda _: None)
        assert ["begun", "handed out"] == told
        # The next Ctrl-C is not held back.
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, before)


def test_a_pool_that_is_stopped_ends_its_own_workers_only():
    other = multiprocessing.get_context("spawn").Process(target=time.sleep, args=(PATIENCE,))
    other.start()
    try:
        with pytest.raises(KeyboardInterrupt), local_pool(1):
            raise KeyboardInterrupt
        assert other.is_alive()
    finally:
        other.kill()
        other.join()


def test_a_folder_that_cannot_be_kept_in_is_told_and_what_is_finished_stays(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device", "task-000000.json")

    monkeypatch.setattr("equity_alloc.cli_sweep.write_table", full)
    done = asked("sample", "--levels", "--workers", "1", "-o", tmp_path / "a.csv")
    assert 2 == done.exit_code
    assert "No space left on device" in done.stderr
    assert "the same command goes on from there" in done.stderr
    monkeypatch.undo()
    again = asked("sample", "--levels", "--workers", "1", "-o", tmp_path / "a.csv")
    assert 0 == again.exit_code, again.stderr
    assert "1 of 1 scenarios were finished before." in again.stderr


def test_a_folder_left_in_its_first_moment_or_with_a_broken_list_is_no_traceback(tmp_path):
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / ".run.json.part").write_bytes(b"{")
    assert 7 == open_folder(tmp_path / "run", [PLACE], (), Depth.LEVELS, 7).size
    (tmp_path / "run" / "run.json").write_bytes(b"{")
    with pytest.raises(EquityAllocError, match="remove the folder"):
        open_folder(tmp_path / "run", [PLACE], (), Depth.LEVELS, 7)


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
        (("-o", "a.csv", "--vary", "5.share=1", "--vary", "hold-harmless.share=0.9"), "are one and the same here"),
        (("-o", "a.csv", "--vary", "tolerance=5%"), "not in dollars per weighted pupil"),
        (("-o", "a.csv", "--vary", "fund.GEN=100.001"), "not in whole cents"),
        (("-o", "folder.csv", "--force"), "is a folder"),
    ],
)
def test_slips_are_refused_before_any_work(tmp_path, monkeypatch, words, told):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there.csv").write_text("mine")
    (tmp_path / "folder.csv").mkdir()
    done = asked("sample", *words)
    assert 2 == done.exit_code
    assert told in done.stderr
    assert "mine" == (tmp_path / "there.csv").read_text()
    assert ["folder.csv", "there.csv"] == sorted(entry.name for entry in tmp_path.iterdir())


def asked(*words: object):
    """Run the command in this process."""
    return CliRunner().invoke(app, ["sweep", *map(str, words)])
