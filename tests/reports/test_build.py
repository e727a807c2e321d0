"""The fingerprint of the program is one wherever it is installed, and another where a parameter is."""

from __future__ import annotations

import shutil

from equity_alloc.reports.build import _fingerprint


def test_a_copy_of_the_repository_and_an_installed_package_are_one_build(tmp_path):
    """A wheel holds data and dashboard inside the package; a run record of the one must hold in the other."""
    copy, installed = tmp_path / "copy", tmp_path / "site" / "equity_alloc"
    for file, text in {
        "equity_alloc/plan.py": "a = 1\n", "data/parameters/privacy.toml": "smallest = 10\n", "data/sample_district/make.py": "b = 2\n",
        "dashboard.py": "c = 3\n",
    }.items():  # fmt: skip
        (copy / file).parent.mkdir(parents=True, exist_ok=True)
        (copy / file).write_text(text, encoding="utf-8")
    shutil.copytree(copy / "equity_alloc", installed)
    shutil.copytree(copy / "data", installed / "data")
    (installed / "dashboard").mkdir()
    shutil.copy(copy / "dashboard.py", installed / "dashboard" / "dashboard.py")
    ours = _fingerprint(copy / "equity_alloc", copy / "data", copy)
    assert ours == _fingerprint(installed, installed / "data", installed / "dashboard")
    (copy / "data/parameters/privacy.toml").write_text("smallest = 5\n", encoding="utf-8")
    assert ours != _fingerprint(copy / "equity_alloc", copy / "data", copy)
