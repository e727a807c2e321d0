"""Files as a visitor chooses them: a formula may lie beside the tables, under any name."""

from __future__ import annotations

import dataclasses

from equity_alloc.formulas.templates import template_text
from equity_alloc.formulas.use import FormulaUse, Use
from equity_alloc.sources.sample import sample_reading
from equity_alloc.sources.write_csv import csv_files
from equity_alloc.ui.read_upload import UploadedBytes, read_upload


def test_a_formula_beside_the_tables_is_read_under_any_name():
    sample = sample_reading()
    chosen = FormulaUse(template_text("weighted-student-funding"), Use.FLOOR)
    scenario = dataclasses.replace(sample.scenario, formula=chosen)
    files = [UploadedBytes(name, data) for name, data in csv_files(sample.district, scenario).items()]
    renamed = [dataclasses.replace(f, name="Ours 2026.toml") if f.name == "formula.toml" else f for f in files]
    for order in (renamed, renamed[::-1]):
        reading = read_upload(order)
        assert () == reading.errors
        assert scenario == reading.scenario


def test_of_two_formulas_the_last_one_counts_and_that_is_told():
    files = csv_files(sample_reading().district)
    text = 'format = 1\nname = "{0}"\n[[component]]\nkind = "lump-sum"\nname = "a"\namount = 5\n'
    formulas = [UploadedBytes(f"{name}.toml", text.format(name).encode()) for name in ("old", "new")]
    reading = read_upload([*(UploadedBytes(name, data) for name, data in files.items()), *formulas])
    assert "new" == reading.scenario.formula.formula.name
    assert ["old.toml"] == [finding.value for finding in reading.findings if finding.code == "file-replaced"]


def test_a_formula_alone_is_no_district():
    reading = read_upload([UploadedBytes("ours.toml", b'format = 1\nname = "a"\n')])
    assert reading.district is None
    assert "sheet-missing" in [finding.code for finding in reading.errors]
