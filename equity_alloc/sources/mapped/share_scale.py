"""Whether a column of shares without a percent sign prints 0.703 or 70.3; where nothing settles it, a person is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.sources.base import FindingList
from equity_alloc.sources.cells import MOST_PUPILS
from equity_alloc.sources.grid import cell_name
from equity_alloc.sources.mapped.fields import field_of
from equity_alloc.sources.mapped.shape import Shape
from equity_alloc.sources.mapped.values import Between, Codes, plain_number, read_number

#: What a person says of a column of shares, and by what it is divided then.
SCALES = {"share": 1, "percent": 100}
#: A printed share says something of its scale where it leaves room for less than half a pupil; so many must speak.
TELLING, FEWEST_TELLING = Decimal("0.5"), 5


def scale_of(texts: Sequence[str], codes: Codes) -> int:
    """Return by what a column of shares without a percent sign must be divided: 1, or 100.

    The same state prints 0.703 in one file and 70.3 in another. One value above 1 settles it.

    Examples
    --------
    >>> scale_of(["0.7", "1", "0.02"], Codes()), scale_of(["70.3", "1", "0.2"], Codes())
    (1, 100)
    """
    for text in texts:
        if "%" in text:
            continue
        try:
            number = read_number(text, codes)
        except InvalidValue:
            continue
        top = number.high or number.low if isinstance(number, Between) else number
        if top is not None and top > 1:
            return 100
    return 1


def scale_by_counts(printed: Sequence[tuple[Decimal, int, int]]) -> int | None:
    """Return by what shares must be divided so that they are those of whole pupils; None where that does not settle it.

    Parameters
    ----------
    printed : sequence of (Decimal, int, int)
        A number up to 1, its decimal places, and the pupils of its school.

    Examples
    --------
    >>> shares = [(Decimal("0.703"), 3, 593), (Decimal("0.596"), 3, 772), (Decimal("0.618"), 3, 591)] * 2
    >>> scale_by_counts(shares), scale_by_counts([(Decimal("0.5"), 1, 400)] * 9)
    (1, None)
    """
    refuted = []
    for scale in (1, 100):
        telling = fitting = 0
        for number, places, pupils in printed:
            shown = places + (2 if scale == 100 else 0)
            half = Decimal(5).scaleb(-shown - 1)
            if 2 * half * pupils >= TELLING:
                continue
            telling += 1
            low, high = ((number / scale + sign * half) * pupils for sign in (-1, 1))
            fitting += low.to_integral_value(rounding="ROUND_CEILING") <= high
        refuted.append(telling >= FEWEST_TELLING and fitting <= telling / 2)
    return {(True, False): 100, (False, True): 1}.get((refuted[0], refuted[1]))


def guess_scale(shape: Shape, codes: Codes, places: Mapping[str, int], name: str, findings: FindingList) -> int:
    """Return by what a column of shares is divided: 1, or 100.

    Parameters
    ----------
    shape : Shape
    codes : Codes
    places : mapping of str to int
        Columns by field.
    name : str
        The field.
    findings : FindingList
        Receives the question, where one value above 1, a percent sign or whole pupils do not settle it.
    """
    place = places[name]
    texts = [shape.cell(row, place).removeprefix("'") for row in shape.rows]
    scale = scale_of(texts, codes)
    plain = [number for text in texts if "%" not in text and (number := plain_number(text, codes))]
    if scale != 1 or not plain:
        return scale
    where, heading, example = f"{shape.shown}!{cell_name(place, shape.heading)}", shape.headings[place], max(plain)
    found = scale_by_counts(_printed(shape, codes, texts, places)) if field_of(name).group is not None else None
    if found is not None:
        findings.note(
            "share-scale-by-counts", where, heading[:40],
            what=f"{heading} has no percent sign and nothing above 1; {example} is read as {_percent(example, found)}, since "
            "the other reading would rarely give whole pupils.",
            why="The same state prints 0.703 in one file and 70.3 in another.", remedy="Nothing, if that is right.",
        )  # fmt: skip
        return found
    findings.error(
        "share-scale-unsaid", where, f"{shape.shown}:{name}",
        what=f"{heading} has no percent sign and nothing above 1: {example} may mean {_percent(example, 1)} or "
        f"{_percent(example, 100)}.",
        why="The two readings are a hundred times apart, and both look like numbers of a school.",
        remedy="Say which of the two it is; the answer is kept with your name.",
    )  # fmt: skip
    return 1


def _printed(
    shape: Shape, codes: Codes, texts: Sequence[str], places: Mapping[str, int]
) -> list[tuple[Decimal, int, int]]:
    """Return each plain share with its decimal places and the pupils of its row."""
    found = []
    for row, text in zip(shape.rows, texts, strict=True):
        number = plain_number(text, codes) if "%" not in text else None
        pupils = plain_number(shape.cell(row, places.get("enrollment")), codes)
        if number and pupils and 0 < pupils <= MOST_PUPILS:
            found.append((number, len(text.partition(".")[2]), int(pupils)))
    return found


def _percent(number: Decimal, scale: int) -> str:
    return f"{(number * 100 / scale).normalize():f} %"
