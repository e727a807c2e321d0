"""The import command: exports of other programs through their maps into a district's workbook, reconciled first.

Exit codes: 0 the district was written; 2 something has to be mended, decided or described first, and is listed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from equity_alloc.cli_import_words import list_doors, report, write
from equity_alloc.cli_terminal import UNUSABLE, list_findings, say, stop
from equity_alloc.cli_terminal import write as write_file
from equity_alloc.domain.day import today
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.finding import Finding
from equity_alloc.sources.csv_folder import read_csv_folder
from equity_alloc.sources.mapped.answers import Answers, FundsAs
from equity_alloc.sources.mapped.arrive import Arrived, arrive, is_our_file, is_our_table, read_all
from equity_alloc.sources.mapped.cut import cut_to_district
from equity_alloc.sources.mapped.extract import Extract
from equity_alloc.sources.mapped.guess import guess_map, make_map
from equity_alloc.sources.mapped.join import By
from equity_alloc.sources.mapped.library import ALIASES, joined_aliases, maps_in, read_aliases
from equity_alloc.sources.mapped.read_map import read_map, write_map
from equity_alloc.sources.mapped.share_scale import SCALES
from equity_alloc.sources.mapped.table_map import ROW_WORDS, TableMap
from equity_alloc.sources.mapped.take_in import take_in
from equity_alloc.sources.open_file import read_path
from equity_alloc.sources.unpack import MOST_BYTES

#: What is read of a folder.
ENDINGS = (".csv", ".txt", ".xlsx", ".zip", ".json")
_FORMS = {
    "--match": "KEY=CODE, for example pupils.csv:77=0012",
    "--control": "FILE=DOLLARS",
    "--scale": "FILE:FIELD=share, or =percent",
}

Files = Annotated[
    list[Path] | None,
    typer.Argument(
        help="Our own workbook, or exports of one district: .csv, .xlsx, .zip of CSV files, .json, or a folder of them."
    ),
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
SameCodes = Annotated[
    bool, typer.Option("--same-codes", help="Confirm every match of equal codes whose names are unlike.")
]
Scale = Annotated[
    list[str] | None, typer.Option("--scale", help="FILE:FIELD=share or percent, for shares without a percent sign.")
]
KeepRow = Annotated[
    list[str] | None, typer.Option("--keep-row", help="FILE!CELL of a row that looks like a total and is data.")
]
Funds = Annotated[
    FundsAs,
    typer.Option("--funds", help="Of many funds: two, the largest and others, or all that can be planned with (40)."),
]
PassOver = Annotated[
    list[str] | None, typer.Option("--pass-over", help="A table that no map knows and that is not needed.")
]
Blank = Annotated[list[str] | None, typer.Option("--blank-means-zero", help="Code of a group whose blanks mean none.")]
Middle = Annotated[
    bool, typer.Option("--middle-of-bounds", help="Take suppressed counts at the middle of their bounds.")
]
LeaveOut = Annotated[
    bool, typer.Option("--leave-out-without-money", help="Leave out schools of which no file knows the dollars.")
]
Over = Annotated[
    bool, typer.Option("--over-is-unknown", help="Take counts that are larger than the enrollment as unknown.")
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
    same_names: SameNames = False, same_codes: SameCodes = False, scale: Scale = None, keep_row: KeepRow = None, funds: Funds = FundsAs.TWO, passed_over: PassOver = None, blank_means_zero: Blank = None, middle_of_bounds: Middle = False, leave_out_without_money: LeaveOut = False, typical: Typical = False, over_is_unknown: Over = False, control: Control = None, add: Add = None,
    list_maps: ListMaps = False,
) -> None:  # fmt: skip
    """Read exports of other programs, reconcile them, and write them as one district."""
    if list_maps:
        list_doors()
        return
    if not files:
        stop(UNUSABLE, "Name at least one file, or use --list-maps.")
    if output is not None and any(path.exists() and output.exists() and output.samefile(path) for path in files):
        stop(UNUSABLE, f"{output} is one of the files that are read. Choose another place with -o.")
    own = _own_maps(maps or [], folder)
    found = {path: _tables(path, own, district) for path in _spread(files)}
    if any(is_our_file(tables) for tables in found.values()):
        _take_ours(found, output)
        return
    tables = _described(found, passed_over or [], folder, save_map)
    answers = Answers(
        name=name, year=year, who=who, when=today(), accepts=bool(accept), reason=accept, matches=_pairs("--match", match or []),
        blank_means_zero=tuple(blank_means_zero or ()), middle_of_bounds=middle_of_bounds,
        leave_out_without_money=leave_out_without_money, typical=typical, control=_pairs("--control", control or []),
        scales=_scales(scale or []), kept_rows=tuple(keep_row or ()), funds=funds.value, over_is_unknown=over_is_unknown,
    )  # fmt: skip
    extracts = read_all(tables, {}, {"district": district, "year": year}, answers)
    answers = dataclasses.replace(answers, added=_added(add or [], extracts))
    taken = take_in(extracts, answers)
    if same_names or same_codes:
        wanted = {By.NAME} if same_names else set()
        wanted |= {By.OTHER_NAME} if same_codes else set()
        same = {m.key: m.to for m in taken.joined.asked if m.by in wanted}
        answers = dataclasses.replace(answers, matches={**same, **answers.matches})
        taken = take_in(extracts, answers)
    report(taken, extracts)
    write(taken.reading.district, None, output)


def _own_maps(paths: list[Path], folder: Path | None) -> tuple[TableMap, ...]:
    try:
        named = [read_map(path.read_text(encoding="utf-8"), path.name) for path in paths]
        return (*named, *(maps_in(folder) if folder else ()))
    except (OSError, UnicodeDecodeError) as error:
        stop(UNUSABLE, f"A map cannot be read: {error}.")
    except EquityAllocError as error:
        stop(UNUSABLE, str(error))


def _tables(path: Path, own: tuple[TableMap, ...], district: str) -> tuple[Arrived, ...]:
    try:
        found = _arrive(path, own, district)
    except OSError as error:
        stop(UNUSABLE, f"{path} cannot be read: {error.strerror}.")
    if isinstance(found, Finding):
        list_findings((found,))
        stop(UNUSABLE, f"{path} cannot be used.")
    return found


def _arrive(path: Path, own: tuple[TableMap, ...], district: str) -> tuple[Arrived, ...] | Finding:
    """Open a file; one that is too large is cut to the district while it is read."""
    if not (district and path.stat().st_size > MOST_BYTES and path.suffix.lower() in (".csv", ".zip")):
        return arrive(path.name, path.read_bytes(), own)
    cut = cut_to_district(path, district)
    return cut if isinstance(cut, Finding) else arrive(f"{path.stem}.csv", cut, own)


def _spread(paths: list[Path]) -> list[Path]:
    """Return the files that are named, and those in folders that are named."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(p for p in path.iterdir() if p.suffix.lower() in ENDINGS) if path.is_dir() else [path]
        if not inside:
            stop(UNUSABLE, f"{path} holds no file that can be read: {', '.join(ENDINGS)}.")
        found += inside
    return found


def _take_ours(found: Mapping[Path, tuple[Arrived, ...]], output: Path | None) -> None:
    """Read our own workbook or CSV files as they are: there is nothing to describe, and nothing is added to them."""
    others = [path for path, tables in found.items() if not any(is_our_table(table.grid) for table in tables)]
    books = [path for path in found if path.suffix.lower() in (".xlsx", ".zip")]
    if books and (len(found) > 1):
        names = ", ".join(str(path) for path in found if path != books[0])
        stop(
            UNUSABLE,
            f"{books[0]} is our own workbook, and is read by itself. Put what {names} say into it, or leave it out.",
        )
    if others and not all(path.suffix.lower() == ".csv" for path in others):
        stop(UNUSABLE, f"{others[0]} is none of our tables. Give our own files by themselves.")
    reading = read_path(books[0]) if books else read_csv_folder({path.name: path.read_bytes() for path in found})
    for finding in reading.findings:
        list_findings((finding,))
    say("Read as our own workbook: what it says stays as it is.")
    write(reading.district, reading.scenario, output)


def _described(
    found: Mapping[Path, tuple[Arrived, ...]], passed_over: list[str], folder: Path | None, save_map: Path | None
) -> list[Arrived]:
    """Return the tables that a map knows; of a workbook with such a table, sheets that hold no schools are passed over."""
    unknown: list[Arrived] = []
    for tables in found.values():
        for table in tables:
            if table.map is not None or table.key in passed_over:
                continue
            if table.grid.is_hidden:
                say(f"{table.key} is hidden in its workbook and is not read. Show the sheet there, if it is meant.")
                continue
            if any(t.map is not None for t in tables) and not _is_telling(table, folder):
                say(f"{table.key} is not read: no map knows it, and it names no school with pupils or dollars.")
                continue
            unknown.append(table)
    if unknown:
        _describe(unknown, folder, save_map)
    return [table for tables in found.values() for table in tables if table.map is not None]


def _is_telling(table: Arrived, folder: Path | None) -> bool:
    """Whether a table that no map knows seems to hold pupils or dollars of schools."""
    guess = guess_map(table.grid, _aliases(folder))
    about = {"enrollment", "dollars", "spending", "posts", "low_income", "pupil"}
    return guess is not None and "school" in guess.columns and bool(about & set(guess.columns))


def _describe(unknown: list[Arrived], folder: Path | None, save_map: Path | None) -> NoReturn:
    """Show what is guessed of tables that no map recognizes; a guess is never used in silence."""
    for place, table in enumerate(unknown):
        guess = guess_map(table.grid, _aliases(folder))
        if guess is None:
            stop(UNUSABLE, f"{table.key} is empty.")
        say(f"{table.key}: no map recognizes it. Each row is taken for {ROW_WORDS[guess.rows]}. Guessed:")
        for field, heading in guess.columns.items():
            say(f"  {field:<28} {heading}")
        try:
            made = make_map(table.grid.name, table.grid.name, guess.rows, guess.columns)
        except EquityAllocError as error:
            say(f"  Not enough for a map: {error}")
            continue
        if save_map is not None and place == 0:
            if save_map.exists():
                stop(UNUSABLE, f"{save_map} is there already and stays as it is.")
            write_file(save_map, write_map(made).encode(), option="--save-map")
            say(f"  Written to {save_map}. Look at it, and give it with --map.")
    stop(
        UNUSABLE,
        "Describe the table with a map (--save-map writes the guess), then give it with --map; or leave it out with "
        "--pass-over and its name.",
    )


def _aliases(folder: Path | None) -> dict[str, tuple[str, ...]]:
    path = folder / ALIASES if folder else None
    if path is None or not path.is_file():
        return joined_aliases({})
    try:
        return joined_aliases(read_aliases(path.read_text(encoding="utf-8"), str(path)))
    except EquityAllocError as error:
        stop(UNUSABLE, str(error))


def _added(names: list[str], extracts: Sequence[Extract]) -> tuple[str, ...]:
    """Return the files that are named, each of which must hold dollars."""
    files = [extract.tally.file for extract in extracts if extract.money]
    for name in names:
        if name not in files:
            stop(
                UNUSABLE,
                f"--add {name}: no file of that name holds dollars. Those that do: {', '.join(files) or 'none'}.",
            )
    return tuple(names)


def _scales(texts: list[str]) -> dict[str, str]:
    found = _pairs("--scale", texts)
    for key, words in found.items():
        if words not in SCALES:
            stop(UNUSABLE, f"--scale {key}={words}: say share (0.25 is 25 %) or percent (0.25 is 0.25 %).")
    return found


def _pairs(option: str, texts: list[str]) -> dict[str, str]:
    found = {}
    for text in texts:
        key, joint, value = text.partition("=")
        if not joint or not key.strip():
            stop(UNUSABLE, f"{option} {text}: write it as {_FORMS[option]}.")
        found[key.strip()] = value.strip()
    return found
