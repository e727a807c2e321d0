"""The twelve kinds of promise that districts make, each with what tells whether a plan keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tells(StrEnum):
    """What decides whether a promise is kept."""

    PLAN = "the plan"
    STEP = "a step that is done before a day"
    GAP = "counts of the audit"


@dataclass(frozen=True, slots=True)
class Template:
    """One kind of promise.

    Parameters
    ----------
    code, title : str
    example : str
        A clause as a board would adopt it, in words of ours.
    tells : Tells
    rule : str
        Code of the rule that is its test; blank where no rule is.
    settings : tuple of (str, str)
        Settings other than the rule's own defaults, as plain text.
    """

    code: str
    title: str
    example: str
    tells: Tells
    rule: str = ""
    settings: tuple[tuple[str, str], ...] = ()


TEMPLATES: tuple[Template, ...] = (
    Template(
        "need-dollars",
        "The neediest schools have no fewer dollars for their need",
        "A weighted pupil at the neediest quarter of schools has at least as many core dollars as one at the least needy.",
        Tells.PLAN,
        "need-quarter-ratio",
    ),
    Template(
        "largest-loss",
        "No school loses more than so much in a year",
        "No school loses more than 3 % of its core dollars in one year.",
        Tells.PLAN,
        "hold-harmless",
        (("share", "0.97"), ("per", "in total")),
    ),
    Template(
        "access-standard",
        "Every school has a post that all pupils need",
        "Every school has a counselor for at most 350 pupils.",
        Tells.PLAN,
        "staffing-least",
        (("pupils_per_fte", "350"),),
    ),
    Template(
        "novice-teachers",
        "Pupils of a group meet beginning teachers no more often",
        "English learners are taught by a teacher in the first or second year no more often than others, within 5 points.",
        Tells.GAP,
    ),
    Template(
        "who-bears-cuts",
        "Cuts fall on the neediest schools by at most a share of the average",
        "When money is cut, the neediest quarter of schools bears at most half of the average cut.",
        Tells.PLAN,
        "cut-share",
    ),
    Template(
        "recurring",
        "What recurs is paid from what recurs",
        "Posts that go on are paid from money that goes on.",
        Tells.PLAN,
        "recurring-spending",
    ),
    Template(
        "reserve",
        "A reserve is kept",
        "The general fund ends the year with two months of spending in reserve.",
        Tells.PLAN,
        "reserve-floor",
    ),
    Template(
        "services-kept",
        "No group below its goal loses services",
        "As long as English learners are below the goal, no school loses an EL teacher.",
        Tells.PLAN,
        "protected-items",
    ),
    Template(
        "class-size",
        "Classes stay within a size",
        "No class in kindergarten to grade 3 has more than 20 pupils.",
        Tells.PLAN,
        "class-size",
    ),
    Template(
        "like-for-like",
        "Schools of like need have like dollars",
        "Schools in one quarter of need differ by at most 10 % from their quarter's mean.",
        Tells.PLAN,
        "band-spread",
    ),
    Template(
        "new-money",
        "New money goes to named causes first",
        "At least half of new money goes to posts that act on the causes named in the audit.",
        Tells.PLAN,
        "new-money-share",
    ),
    Template(
        "heard-first",
        "People are heard before the vote",
        "Before the board votes, families of every school have been heard.",
        Tells.STEP,
    ),
)
