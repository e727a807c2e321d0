"""The invented schools: who they are and how many pupils of each group they count.

Enrollment and shares are set by hand, because the hard spots must sit where the README says they sit. Nothing here is
copied from a real school.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from random import Random

GROUPS = ("Economically disadvantaged", "English learners", "Students with disabilities", "Homeless")
AUDIT_GROUPS = ("Black", "Hispanic", "White", "Asian", "Other")

GRADES = ("K", *(str(number) for number in range(1, 13)))
#: Grades by kind of school.
TAUGHT = {"elementary": GRADES[:6], "K-8": GRADES[:9], "middle": GRADES[6:9], "high": GRADES[9:]}

#: Code, name, kind, enrollment, enrollment last year, pupils economically disadvantaged, English learners, students
#: with disabilities, homeless; then history: how much richer (above 0) or leaner (below 0) the school was staffed.
TABLE = (
    ("0101", "Alder Creek Elementary", "elementary", 574, 569, 34, 5, 63, 1, 0.058),
    ("0102", "Aspen Ridge Elementary", "elementary", 541, 536, 97, 8, 54, 2, 0.046),
    ("0103", "Bluff View Elementary", "elementary", 240, 244, 98, 0, 43, 3, 0.000),
    ("0104", "Canyon Road Elementary", "elementary", 540, 518, 343, 16, 65, 9, -0.055),
    ("0105", "Cottonwood Elementary", "elementary", 463, 468, 407, 190, 51, 17, -0.019),
    ("0106", "Eastgate Elementary", "elementary", 426, 431, 392, 27, 85, 24, 0.013),
    ("0107", "Fairmont Elementary", "elementary", 447, 441, 222, 13, 67, 5, -0.026),
    ("0108", "Harvest Lane Elementary", "elementary", 408, 410, 199, 0, 57, 4, -0.039),
    ("0109", "Juniper Elementary", "elementary", 379, 383, 318, 117, 45, 14, 0.000),
    ("0110", "Millstone Elementary", "elementary", 328, 400, 243, 7, 56, 10, 0.000),
    ("0111", "Orchard Park Elementary", "elementary", 487, 482, 375, 26, 63, 13, -0.058),
    ("0112", "Pine Hollow Elementary", "elementary", 180, 183, 104, 0, 29, 2, 0.000),
    ("0113", "Riverbend Elementary", "elementary", 512, 509, 358, 12, 79, 11, -0.065),
    ("0114", "Sunnyside Elementary", "elementary", 344, 348, 296, 18, 55, 13, 0.026),
    ("0201", "Mission Street School", "K-8", 604, 599, 489, 36, 91, 19, -0.013),
    ("0301", "Cedar Grove Middle", "middle", 690, 684, 117, 7, 69, 3, 0.065),
    ("0302", "Lakeshore Middle", "middle", 641, 645, 295, 11, 96, 7, 0.007),
    ("0303", "Northside Middle", "middle", 583, 580, 461, 169, 76, 17, -0.058),
    ("0304", "Prairie Middle", "middle", 532, 537, 362, 15, 88, 12, -0.039),
    ("0305", "Westbrook Middle", "middle", 468, 475, 337, 0, 61, 9, 0.013),
    ("0401", "Larkspur High", "high", 1599, 1581, 624, 30, 200, 17, 0.013),
    ("0402", "Central High", "high", 1098, 1104, 725, 84, 143, 26, -0.058),
    ("0403", "Valley View High", "high", 846, 838, 203, 9, 68, 4, 0.078),
    ("0404", "Roosevelt High", "high", 641, 652, 468, 31, 109, 19, 0.000),
)


@dataclass(frozen=True, slots=True)
class Pupils:
    """One invented school: its row of the table, and pupils by audit-only group."""

    code: str
    name: str
    kind: str
    enrollment: int
    last_year: int
    poor: int
    learners: int
    disabled: int
    homeless: int
    history: float
    audit: tuple[int, ...]

    @property
    def poor_share(self) -> float:
        """Economically disadvantaged pupils over enrollment."""
        return self.poor / self.enrollment

    @property
    def needs(self) -> tuple[int, int, int, int]:
        """Counts in the order of GROUPS."""
        return self.poor, self.learners, self.disabled, self.homeless


def make_schools(random: Random) -> tuple[Pupils, ...]:
    """Return the schools, with audit-only counts that add up to enrollment."""
    return tuple(Pupils(*row, audit=_audit_counts(random, row[3], row[5] / row[3], row[6] / row[3])) for row in TABLE)


def spread(random: Random) -> float:
    """Draw around zero with a spread of one, from sums alone, so that every machine draws the same."""
    return 2 * (random.random() + random.random() + random.random() - 1.5)


def grade_counts(school: Pupils, random: Random) -> tuple[int, ...]:
    """Return pupils in the order of GRADES, with small ups and downs; they add up to enrollment."""
    taught = TAUGHT[school.kind]
    shares = [1 + 0.06 * spread(random) for _ in taught]
    counts = [floor(school.enrollment * share / sum(shares)) for share in shares]
    for i in range(school.enrollment - sum(counts)):
        counts[i] += 1
    pupils = dict(zip(taught, counts, strict=True))
    return tuple(pupils.get(grade, 0) for grade in GRADES)


def _audit_counts(random: Random, enrollment: int, poor: float, learners: float) -> tuple[int, ...]:
    """Draw five shares that lean on poverty and language as they do in public files; the largest takes the rest."""
    black = 0.04 + 0.22 * poor * (0.7 + 0.6 * random.random())
    hispanic = 0.08 + 0.70 * learners + 0.22 * poor * (0.7 + 0.6 * random.random())
    asian = 0.03 + 0.05 * (1 - poor) * random.random() + 0.05 * learners
    other = 0.04 + 0.03 * random.random()
    counts = [round(enrollment * share) for share in (black, hispanic, asian, other)]
    white = enrollment - sum(counts)
    return counts[0], counts[1], white, counts[2], counts[3]
