"""What the board of the invented district has promised, and what it decided to drop."""

COMMITMENT_HEADINGS = (
    "Code", "Clause", "Adopted by", "Adopted on", "Resolution", "Owner", "Kind", "Priority", "Due", "Adds its rule",
    "Must be done", "Before", "Done on", "Recorded in", "Indicator", "Student group", "Gap at most", "Dropped by", "Role",
    "Dropped on", "Reason", "Dissent", "Looked at again on", "Cheapest way to keep it", "Decided about",
)  # fmt: skip
_BODY = "Board of Education of this invented district"
_COLUMNS = {heading: place for place, heading in enumerate(COMMITMENT_HEADINGS)}


def _row(code: str, clause: str, day: str, number: str, owner: str, **more: str) -> tuple[str, ...]:
    """Return a row; columns named with underscores in place of spaces, all others blank."""
    row = [""] * len(COMMITMENT_HEADINGS)
    row[:6] = code, clause, _BODY, day, number, owner
    for name, value in {"Kind": "promise", "Priority": "1", "Adds_its_rule": "no", **more}.items():
        row[_COLUMNS[name.replace("_", " ")]] = value
    return tuple(row)


COMMITMENTS = (
    _row(
        "C1", "Every school has a librarian for at least half of the week.", "2024-05-14", "24-07",
        "Director of school libraries", Priority="2",
    ),
    _row(
        "C2", "No school loses more than 3 % of its core dollars in one year.", "2023-06-20", "23-11",
        "Chief finance officer",
    ),
    _row(
        "C3", "Every school has a nurse in the building on every school day.", "2024-05-14", "24-08",
        "Director of health services", Priority="2", Dropped_by=_BODY, Role="Board, 4 to 3", Dropped_on="2026-10-13",
        Reason="Too few nurses applied to staff every school on every day; for now each school has a nurse for part of the week.",
        Dissent="Two members: a promise about health is not kept by halves.", Looked_at_again_on="2027-09-14",
        Cheapest_way_to_keep_it="A nurse at every school within the money there is, as soon as enough nurses apply.",
    ),
    _row(
        "C4", "Pupils of schools with the most need have teachers as experienced as those of other schools.", "2025-03-11",
        "25-02", "Chief of staff", Priority="3",
    ),
    _row(
        "C5", "Before the board votes on a budget, families of every school have been heard.", "2025-03-11", "25-03",
        "Superintendent", Must_be_done="A hearing at every school", Before="2026-05-12", Done_on="2026-04-16",
        Recorded_in="minutes of the hearings, volume 3",
    ),
    _row(
        "C6", "By 2028-29, homeless pupils are absent from school no more than five points more often than others.",
        "2025-03-11", "25-04", "Director of student services", Kind="target", Priority="3", Due="2028-29",
        Indicator="Chronically absent", Student_group="Homeless", Gap_at_most="5",
    ),
)  # fmt: skip
