"""Joins tables school by school: by code first, then by name with a list that a person confirms, never silently."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from equity_alloc.sources.mapped.extract import Extract, SchoolFacts

#: Names less alike than this are not offered as a match.
LEAST_ALIKE = 0.6
#: So much of a name is compared.
LONGEST_NAME = 120
#: Two words so alike, by their signs in common, are one word spelled twice.
ALIKE_WORDS = 0.8
#: A comparison of every name with every other is made for so many schools at most.
MOST_NAMES = 2_000


class By(StrEnum):
    """What speaks for a match."""

    CODE = "the same code"
    OTHER_CODE = "another code of the school"
    ZEROS = "the same code but for leading zeros"
    OTHER_NAME = "the same code under a name that is unlike"
    NAME = "the same name"
    LIKE_NAME = "a name much like it"


#: A match by these is used without asking.
SURE = frozenset({By.CODE, By.OTHER_CODE, By.ZEROS})


@dataclass(frozen=True, slots=True)
class Match:
    """One school of a further table, and the school of the first table that it is taken for.

    Parameters
    ----------
    file : str
        Name of the further table: answers still hold when files are added or removed.
    code, name : str
        There.
    to, to_name : str
        Code and name in the first table.
    by : By
    alike : float
        From 0 to 1.
    """

    file: str
    code: str
    name: str
    to: str
    to_name: str
    by: By
    alike: float = 1.0

    @property
    def key(self) -> str:
        """How a person's answer is kept."""
        return f"{self.file}:{self.code}"


@dataclass(frozen=True)
class Joined:
    """Which schools of several tables are the same.

    Parameters
    ----------
    codes : tuple of dict of str to str
        For each table its codes, and the code that the school has in the district.
    asked : tuple of Match
        Matches by name, and by code against the names, for a person to confirm.
    unmatched : tuple of (int, SchoolFacts)
        Schools of further tables that nothing speaks for.
    """

    codes: tuple[dict[str, str], ...]
    asked: tuple[Match, ...]
    unmatched: tuple[tuple[int, SchoolFacts], ...]


def join_tables(extracts: Sequence[Extract], answers: Mapping[str, str] | None = None) -> Joined:
    """Return which schools are the same; the first table names them.

    Parameters
    ----------
    extracts : sequence of Extract
        The first is the one whose codes the district keeps.
    answers : mapping of str to str
        What a person said of a match by name, by its key: the code that it is, or "" for none of them.

    Returns
    -------
    Joined
        A match by name counts only once it was confirmed.
    """
    if not extracts:
        return Joined((), (), ())
    said = dict(answers or {})
    base = {facts.code: facts for facts in extracts[0].schools}
    codes: list[dict[str, str]] = [{code: code for code in base}]
    asked: list[Match] = []
    unmatched: list[tuple[int, SchoolFacts]] = []
    for file, extract in enumerate(extracts[1:], start=1):
        sure, open_facts = _by_code(base, extract.schools)
        asked += _unlike(extract, base, sure, said)
        free = {code: facts for code, facts in base.items() if code not in sure.values()}
        for facts in open_facts:
            match = _by_name(extract.tally.file, facts, free)
            answer = said.get(f"{extract.tally.file}:{facts.code}")
            if answer and answer in base:
                sure[facts.code] = answer
                free.pop(answer, None)
            if match is not None and match.by is By.NAME:
                free.pop(match.to, None)
            if match is not None:
                asked.append(match)
            elif not answer:
                unmatched.append((file, facts))
        codes.append(sure)
    return Joined(tuple(codes), tuple(asked), tuple(unmatched))


def _unlike(
    extract: Extract, base: Mapping[str, SchoolFacts], sure: dict[str, str], said: Mapping[str, str]
) -> list[Match]:
    """Return schools of equal codes whose names speak against it, and join them only as a person says."""
    found = []
    for facts in extract.schools:
        to = sure.get(facts.code)
        if to is None or names_agree(facts.name, base[to].name) or facts.name == facts.code or base[to].name == to:
            continue
        match = Match(extract.tally.file, facts.code, facts.name, to, base[to].name, By.OTHER_NAME)
        found.append(match)
        answer = said.get(match.key)
        if answer != to:
            del sure[facts.code]
            if answer and answer in base:
                sure[facts.code] = answer
    return found


def _by_code(
    base: Mapping[str, SchoolFacts], schools: Sequence[SchoolFacts]
) -> tuple[dict[str, str], list[SchoolFacts]]:
    """Return what codes alone settle, and the schools that they do not."""
    others = _unique((other, code) for code, facts in base.items() for other in facts.others)
    bare = _unique((_bare(code), code) for code in base)
    sure: dict[str, str] = {}
    left: list[SchoolFacts] = []
    bare_counts: dict[str, int] = {}
    for facts in schools:
        bare_counts[_bare(facts.code)] = bare_counts.get(_bare(facts.code), 0) + 1
    taken: set[str] = set()
    for facts in schools:
        found = facts.code if facts.code in base else others.get(facts.code)
        for other in facts.others:
            found = found or (other if other in base else others.get(other))
        if found is None and facts.code[:1].isdigit() and bare_counts[_bare(facts.code)] == 1:
            found = bare.get(_bare(facts.code))
        if found is None or found in taken:
            left.append(facts)
        else:
            sure[facts.code] = found
            taken.add(found)
    return sure, left


def _unique(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the pairs whose first part leads to one second part only."""
    found: dict[str, set[str]] = {}
    for key, value in pairs:
        found.setdefault(key, set()).add(value)
    return {key: next(iter(values)) for key, values in found.items() if len(values) == 1 and key}


def _bare(code: str) -> str:
    return code.lstrip("0").lower()


def _by_name(file: str, facts: SchoolFacts, free: Mapping[str, SchoolFacts]) -> Match | None:
    """Return the school whose name is most like, where one is; equal names are still asked about."""
    wanted = plain_name(facts.name)
    if not wanted:
        return None
    same = [other for other in free.values() if plain_name(other.name) == wanted]
    if len(same) == 1:
        return Match(file, facts.code, facts.name, same[0].code, same[0].name, By.NAME)
    if len(free) > MOST_NAMES:
        return None
    scored = [(SequenceMatcher(None, wanted, plain_name(other.name)).ratio(), other.code) for other in free.values()]
    alike, code = max(scored, default=(0.0, ""))
    if alike < LEAST_ALIKE:
        return None
    return Match(file, facts.code, facts.name, code, free[code].name, By.LIKE_NAME, alike)


def names_agree(first: str, second: str) -> bool:
    """Whether two names can be those of one school: every word of the shorter one has its like in the other.

    Words are alike when they are equal, one begins with the other, or they begin alike and differ by a sign or two;
    initials stand for the words that they begin.

    Examples
    --------
    >>> names_agree("Adair Co High", "ADAIR COUNTY HIGH SCHOOL"), names_agree("MLK Elementary", "Martin Luther King")
    (True, True)
    >>> names_agree("Northside Elementary", "Southside Elementary"), names_agree("Ash Elementary", "Elm Elementary")
    (False, False)
    """
    first, second = first[:LONGEST_NAME], second[:LONGEST_NAME]
    if (levels := _levels(first)) and (others := _levels(second)) and not levels & others:
        return False
    shorter, longer = sorted((plain_name(first).split(), plain_name(second).split()), key=len)
    if not shorter:
        return True  # nothing but the words that all schools share
    joined, other = "".join(shorter), "".join(longer)
    if joined == other or _alike(joined, other):
        return True
    initials = "".join(word[0] for word in longer)
    return all(
        any(_alike(word, like) for like in longer) or (len(word) > 1 and word in initials) or _is_joined(word, longer)
        for word in shorter
    )


def _levels(name: str) -> set[str]:
    """Return the kinds of school that a name says."""
    words = set(re.findall(r"[a-z]+", name.lower().replace(".", "")))
    return {level for level, forms in _LEVELS.items() if words & forms}


def _is_joined(word: str, words: Sequence[str]) -> bool:
    """Whether a word is some words beside each other, written as one: McKinley and Mc Kinley."""
    return any(word == "".join(words[i:j]) for i in range(len(words)) for j in range(i + 2, len(words) + 1))


def _alike(first: str, second: str) -> bool:
    if first[0] != second[0]:
        return False
    short, long = sorted((first, second), key=len)
    if first.isdigit() or second.isdigit() or len(short) == 1:
        return short == long or (len(short) == 1 and not short.isdigit())
    return long.startswith(short) or SequenceMatcher(None, first, second).ratio() >= ALIKE_WORDS


_LEVELS = {
    "elementary": {"elementary", "elem", "es", "primary"},
    "middle": {"middle", "ms", "junior", "jr", "intermediate"},
    "high": {"high", "hs", "senior", "junior"},
}
_SHORT = {
    "elementary": "", "elem": "", "es": "", "school": "", "schl": "", "sch": "", "the": "", "of": "", "saint": "st",
    "mount": "mt", "middle": "ms", "high": "hs", "junior": "jr", "academy": "acad", "primary": "", "center": "ctr",
    "ps": "p s", "is": "i s",
}  # fmt: skip


def plain_name(name: str) -> str:
    """Return a school's name without accents, signs and the words that lists spell in many ways.

    Examples
    --------
    >>> plain_name("St. Matthews Elementary School") == plain_name("SAINT MATTHEWS ELEM")
    True
    """
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))
    words = [_SHORT.get(word, word) for word in re.findall(r"[a-z0-9]+", bare.replace("'", "").replace(".", " "))]
    return " ".join(word.lstrip("0") or word for word in words if word)
