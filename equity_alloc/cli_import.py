"""The import command: exports of other programs through their maps into a district's workbook, reconciled first.

Exit codes: 0 the district was written; 2 something has to be mended, decided or described first, and is listed.
"""

from __future__ import annotations

import dataclasses
import datetime
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.finding import Finding
from equity_alloc.scenario import default_scenario
from equity_alloc.sources.mapped.answers import Answers
from equity_alloc.sources.mapped.arrive import Arrived, arrive, read_all
from equity_alloc.sources.mapped.cut import cut_to_district
from equity_alloc.sources.mapped.extract import Extract
from equity_alloc.sources.mapped.guess import guess_map, make_map
from equity_alloc.sources.mapped.join import By
from equity_alloc.sources.mapped.library import ALIASES, built_in_maps, joined_aliases, maps_in, read_aliases
from equity_alloc.sources.mapped.read_map import read_map, write_map
from equity_alloc.sources.mapped.reconcile import Reconciled, amount_words
from equity_alloc.sources.mapped.table_map import ROW_WORDS, TableMap
from equity_alloc.sources.mapped.take_in import TakenIn, take_in
from equity_alloc.sources.unpack import MOST_BYTES
from equity_alloc.sources.write_inputs import inputs_workbook

DONE, UNUSABLE = 0, 2

Files = Annotated[
    list[Path] | None, typer.Argument(help="Exports of one district: .csv, .xlsx, .zip of CSV files, or .json.")
]
Output = Annotated[Path | None, typer.Option("-o", "--output", help="Where to write the district (.xlsx).")]
Maps = Annotated[
    list[Path] | None, typer.Option("--map", help="A map (.toml) of your own; may be given several times.")
]
Folder = Annotated[Path | None, typer.Option("--maps", help="A folder with your own maps and aliases.toml.")]
SaveMap = Annotated[
    Path | None, typer.Option("--save-map", help="Write the guessed map of the first table without one, to look at.")
]
Wanted = Annotated[str, typer.Option("--district", help="Where a file holds several: its name or code.")]
Year = Annotated[str, typer.Option("--year", help="Where a file holds several; default: the latest.")]
Name = Annotated[str, typer.Option("--name", help="The district's name, where the files do not say it.")]
Who = Annotated[str, typer.Option("--who", help="Who decides, for the record.")]
Accept = Annotated[str, typer.Option("--accept", help="Take totals that do not tie as they are, for this reason.")]
Match = Annotated[
    list[str] | None, typer.Option("--match", help="KEY=CODE: a school matched by name; KEY= for none of them.")
]
SameNames = Annotated[bool, typer.Option("--same-names", help="Confirm every match of equal names.")]
Blank = Annotated[list[str] | None, typer.Option("--blank-means-zero", help="Code of a group whose blanks mean none.")]
Middle = Annotated[
    bool, typer.Option("--middle-of-bounds", help="Take suppressed counts at the middle of their bounds.")
]
LeaveOut = Annotated[
    bool, typer.Option("--leave-out-without-money", help="Leave out schools of which no file knows the dollars.")
]
Typical = Annotated[
    bool,
    typer.Option("--typical", help="Let typical posts and costs stand in where no file has dollars; each a guess."),
]
Add = Annotated[
    list[str] | None, typer.Option("--add", help="A further file of money whose dollars are added, not only compared.")
]
Control = Annotated[
    list[str] | None, typer.Option("--control", help="FILE=DOLLARS: the total that your ledger gives for a file.")
]
ListMaps = Annotated[bool, typer.Option("--list-maps", help="List the kinds of files that are known, and stop.")]


def import_files(
    files: Files = None, output: Output = None, maps: Maps = None, folder: Folder = None, save_map: SaveMap = None,
    district: Wanted = "", year: Year = "", name: Name = "", who: Who = "", accept: Accept = "", match: Match = None,
    same_names: SameNames = False, blank_means_zero: Blank = None, middle_of_bounds: Middle = False, leave_out_without_money: LeaveOut = False, typical: Typical = False, control: Control = None, add: Add = None,
    list_maps: ListMaps = False,
) -> None:  # fmt: skip
    """Read exports of other programs, reconcile them, and write them as one district."""
    if list_maps:
        for known in built_in_maps():
            seen = "" if known.is_seen else "  [by its specification; no real file seen]"
            _say(f"{known.code:<36} {known.title}{seen}")
        return
    if not files:
        _stop("Name at least one file, or use --list-maps.")
    if output is not None and any(path.exists() and output.exists() and output.samefile(path) for path in files):
        _stop(f"{output} is one of the files that are read. Choose another place with -o.")
    own = _own_maps(maps or [], folder)
    tables = [table for path in files for table in _tables(path, own, district)]
    unknown = [table for table in tables if table.map is None]
    if unknown:
        _describe(unknown, folder, save_map)
    extracts = read_all(tables, {}, {"district": district, "year": year})
    today = datetime.date.today().isoformat()  # noqa: DTZ011 - the day on the wall of whoever decided
    answers = Answers(
        name=name, year=year, who=who, when=today, accepts=bool(accept), reason=accept, matches=_pairs("--match", match or []),
        blank_means_zero=tuple(blank_means_zero or ()), middle_of_bounds=middle_of_bounds,
        leave_out_without_money=leave_out_without_money, typical=typical, added=_added(add or [], extracts), control=_pairs('--control', control or []),
    )  # fmt: skip
    taken = take_in(extracts, answers)
    if same_names:
        same = {m.key: m.to for m in taken.joined.asked if m.by is By.NAME}
        answers = dataclasses.replace(answers, matches={**same, **answers.matches})
        taken = take_in(extracts, answers)
    _report(taken, extracts[0].names if extracts else {})
    _write(taken, output)


def _own_maps(paths: list[Path], folder: Path | None) -> tuple[TableMap, ...]:
    try:
        named = [read_map(path.read_text(encoding="utf-8"), path.name) for path in paths]
        return (*named, *(maps_in(folder) if folder else ()))
    except (OSError, UnicodeDecodeError) as error:
        _stop(f"A map cannot be read: {error}.")
    except EquityAllocError as error:
        _stop(str(error))


def _tables(path: Path, own: tuple[TableMap, ...], district: str) -> tuple[Arrived, ...]:
    try:
        found = _arrive(path, own, district)
    except OSError as error:
        _stop(f"{path} cannot be read: {error.strerror}.")
    if isinstance(found, Finding):
        _tell(found)
        _stop(f"{path} cannot be used.")
    return found


def _arrive(path: Path, own: tuple[TableMap, ...], district: str) -> tuple[Arrived, ...] | Finding:
    """Open a file; one that is too large is cut to the district while it is read."""
    if not (district and path.stat().st_size > MOST_BYTES and path.suffix.lower() in (".csv", ".zip")):
        return arrive(path.name, path.read_bytes(), own)
    cut = cut_to_district(path, district)
    return cut if isinstance(cut, Finding) else arrive(f"{path.stem}.csv", cut, own)


def _describe(unknown: list[Arrived], folder: Path | None, save_map: Path | None) -> NoReturn:
    """Show what is guessed of tables that no map recognizes; a guess is never used in silence."""
    for place, table in enumerate(unknown):
        guess = guess_map(table.grid, _aliases(folder))
        if guess is None:
            _stop(f"{table.key} is empty.")
        _say(f"{table.key}: no map recognizes it. Each row is taken for {ROW_WORDS[guess.rows]}. Guessed:")
        for field, heading in guess.columns.items():
            _say(f"  {field:<28} {heading}")
        try:
            made = make_map(table.grid.name, table.grid.name, guess.rows, guess.columns)
        except EquityAllocError as error:
            _say(f"  Not enough for a map: {error}")
            continue
        if save_map is not None and place == 0:
            if save_map.exists():
                _stop(f"{save_map} is there already and stays as it is.")
            save_map.write_text(write_map(made), encoding="utf-8")
            _say(f"  Written to {save_map}. Look at it, and give it with --map.")
    _stop("Describe the table with a map (--save-map writes the guess), then give it with --map.")


def _aliases(folder: Path | None) -> dict[str, tuple[str, ...]]:
    path = folder / ALIASES if folder else None
    if path is None or not path.is_file():
        return joined_aliases({})
    try:
        return joined_aliases(read_aliases(path.read_text(encoding="utf-8"), str(path)))
    except EquityAllocError as error:
        _stop(str(error))


def _added(names: list[str], extracts: Sequence[Extract]) -> tuple[str, ...]:
    """Return the files that are named, each of which must hold dollars."""
    files = [extract.tally.file for extract in extracts if extract.money]
    for name in names:
        if name not in files:
            _stop(f"--add {name}: no file of that name holds dollars. Those that do: {', '.join(files) or 'none'}.")
    return tuple(names)


def _pairs(option: str, texts: list[str]) -> dict[str, str]:
    found = {}
    for text in texts:
        key, joint, value = text.partition("=")
        if not joint or not key.strip():
            _stop(
                f"{option} {text}: write it as {'KEY=CODE, for example pupils.csv:77=0012' if option == '--match' else 'FILE=DOLLARS'}."
            )
        found[key.strip()] = value.strip()
    return found


def _report(taken: TakenIn, names: dict[str, str]) -> None:
    reconciled: Reconciled = taken.reconciled
    for tally in reconciled.tallies:
        _say(f"{tally.file}: {tally.rows:,} rows read, {tally.used:,} used.")
        for left in tally.left_out:
            _say(f"  {left.rows:,} left out: {left.why} (first {left.first})")
        if tally.checks:
            ties = len(tally.checks) - len(tally.differences)
            _say(f"  {ties:,} of {len(tally.checks):,} printed totals tie with the rows.")
        for check in tally.differences[:10]:
            printed, found = (amount_words(check.measured, n) for n in (check.printed, check.found))
            _say(f"  differs: {check.subject}: printed {printed}, rows {found} ({check.where})")
    off = [check for check in reconciled.against if not check.ties]
    if reconciled.against:
        _say(
            f"Further files of money: {len(off)} of {len(reconciled.against)} schools differ from what is planned with."
        )
    for total in reconciled.totals[:40]:
        _say(f"  {total.file}: {total.subject} {amount_words(total.measured, total.amount)}")
    for match in taken.joined.asked:
        _say(f"match {match.key}  {match.name} = {match.to_name} ({match.to})?  {match.by.value}, {match.alike:.2f}")
    for finding in taken.reading.findings:
        _tell(finding)
        if finding.code == "district-not-chosen" and names:
            some = [f"{code} {title}" for code, title in list(names.items())[:8]]
            _say(f"  for example: {', '.join(some)}")


def _write(taken: TakenIn, output: Path | None) -> None:
    district = taken.reading.district
    if district is None:
        _stop("Nothing was written: mend, decide or describe what is listed as an error.")
    _say(
        f"{district.name}, {district.year}: {_count(district.schools, 'school')}, {_count(district.positions, 'position')}, "
        f"{_count(district.funds, 'fund')}, {_count(district.decisions, 'decision')} recorded."
    )
    if output is None:
        _say("Give -o district.xlsx to write it.")
        return
    try:
        output.write_bytes(inputs_workbook(district, default_scenario(district)))
    except OSError as error:
        _stop(f"{output} cannot be written: {error.strerror}. Choose another place with -o.")
    _say(f"Written to {output}.")


def _count(members: Sequence[object], noun: str) -> str:
    return f"{len(members):,} {noun}{'' if len(members) == 1 else 's'}"


def _tell(finding: Finding) -> None:
    value = f" [{finding.value}]" if finding.value else ""
    sys.stderr.write(f"{finding.severity.value}  {finding.code}  {finding.where}{value}  {finding.what} ")
    sys.stderr.write(f"{finding.why} {finding.remedy}\n")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _stop(text: str) -> NoReturn:
    sys.stderr.write(f"{text}\n")
    raise typer.Exit(UNUSABLE)
