"""Shipped formulas: every number named, dated, cited and used; what nobody has checked is marked."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal

import pytest

from equity_alloc.domain.finding import Severity
from equity_alloc.formulas.evaluate import evaluate
from equity_alloc.formulas.facts_of import facts_of
from equity_alloc.formulas.templates import FOLDER, read_template, template_names, template_text
from equity_alloc.parameters.library import lint, parameter_files, read_parameter_file
from equity_alloc.sources.sample import sample_district

EXPECTED = (
    "boston-like",
    "houston-like",
    "illinois-like",
    "lcff-like",
    "new-york-city-like",
    "portland-like",
    "washington-prototypical",
    "weighted-student-funding",
)
#: Taken from a third party, from memory, or invented: on screen they are unverified defaults.
UNVERIFIED = {"illinois-like", "portland-like", "weighted-student-funding", "lcff-like", "boston-like"}


def test_the_templates_are_those_that_are_promised() -> None:
    assert EXPECTED == template_names()


@pytest.mark.parametrize("name", EXPECTED)
def test_a_template_reads_without_a_problem(name: str) -> None:
    reading = read_template(name)
    assert reading.formula is not None, [str(finding) for finding in reading.errors]
    assert {Severity.NOTE} >= {finding.severity for finding in reading.findings}
    assert (name in UNVERIFIED) == any(finding.code == "value-unverified" for finding in reading.findings)


@pytest.mark.parametrize("name", EXPECTED)
def test_every_number_of_a_template_is_a_named_value_with_a_source(name: str) -> None:
    data = tomllib.loads(template_text(name), parse_float=Decimal)
    for component in data["component"]:
        for key, value in component.items():
            assert isinstance(value, (str, list, dict, bool)), (component["name"], key)
            if isinstance(value, dict):
                assert all(isinstance(item, str) for item in value.values())


@pytest.mark.parametrize("name", EXPECTED)
def test_every_value_and_source_of_a_template_is_used(name: str) -> None:
    text = template_text(name)
    data = tomllib.loads(text)
    for value in data.get("value", {}):
        assert f'"{value}"' in text, value
    for source in data.get("source", {}):
        assert f'source = "{source}"' in text, source


@pytest.mark.parametrize("name", EXPECTED)
def test_names_that_look_like_values_are_values(name: str) -> None:
    # A count and a value may share a name; an amount must never fall back to one.
    assert not re.search(r"^(amount|weight|base|fte|pupils) = [\d.]", template_text(name), flags=re.MULTILINE)


def test_the_plain_template_fits_the_sample_district_as_it_is() -> None:
    reading, facts = read_template("weighted-student-funding"), facts_of(sample_district())
    assert reading.formula is not None
    result = evaluate(reading.formula, facts)
    assert result.is_complete
    assert len(facts.schools) == len({line.school for line in result.lines})


def test_parameter_files_pass_their_lint() -> None:
    assert [] == list(lint())
    assert "washington" in parameter_files()
    assert FOLDER.is_dir()


def test_a_parameter_without_date_or_source_does_not_pass(tmp_path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text('[source.s]\ntitle = "T"\nlocator = "L"\n[value]\nx = { value = 1, unit = "FTE", source = "s" }\n')
    (tmp_path / "empty.toml").write_text('title = "nothing"\n')
    assert {"bad.toml:5", "empty.toml:1"} == {finding.where for finding in lint(tmp_path)}


def test_a_later_value_does_not_touch_an_earlier_year(tmp_path) -> None:
    two = tmp_path / "two.toml"
    two.write_text(
        '[source.s]\ntitle = "T"\nlocator = "L"\n[value]\nx = [\n'
        '  { value = 1, unit = "FTE", from = 2024-07-01, source = "s" },\n'
        '  { value = 2, unit = "FTE", from = 2025-07-01, source = "s" },\n]\n'
    )
    values, findings = read_parameter_file(two)
    assert () == findings
    assert [1, 2] == [int(amount.value) for amount in values["x"]]
