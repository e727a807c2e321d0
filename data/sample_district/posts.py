"""Last year's posts and lines of each invented school, and which fund paid for them.

A school is first staffed from state and local money by plain standards and its own history, then federal money and the
grant come on top; the funds pay in tenths of a post, and the general fund pays what is left.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, floor
from random import Random
from typing import NamedTuple

from schools import Pupils

SUPPLIES, FLEXIBLE, SERVICES = "Supplies and materials", "School discretionary", "Contracted services"
LINES = (SUPPLIES, FLEXIBLE, SERVICES)


class Position(NamedTuple):
    """A job class: average salary and benefits in whole dollars, step and smallest post in hundredths of an FTE."""

    code: str
    title: str
    cost: int
    step: int
    smallest: int


POSITIONS = (
    Position("PRIN", "Principal", 184_200, 100, 100),
    Position("AP", "Assistant principal", 158_900, 50, 50),
    Position("TCH", "Classroom teacher", 107_800, 50, 50),
    Position("SPED", "Special education teacher", 109_600, 50, 50),
    Position("ELT", "EL teacher", 106_400, 20, 20),
    Position("COACH", "Instructional coach", 115_300, 50, 50),
    Position("COUN", "Counselor", 111_500, 20, 40),
    Position("SW", "Social worker", 104_700, 20, 20),
    Position("NURSE", "Nurse", 101_900, 10, 40),
    Position("PSY", "Psychologist", 120_600, 10, 20),
    Position("LIB", "Librarian", 108_700, 25, 50),
    Position("PARA", "Paraeducator", 51_400, 25, 50),
    Position("OFF", "Office staff", 62_300, 25, 50),
    Position("SAFE", "Campus safety", 58_600, 50, 50),
)
COST = {position.code: position.cost for position in POSITIONS}

#: Pupils per classroom teacher from state and local money, last year.
TEACHER_RATIO = {"elementary": 19.6, "K-8": 19.2, "middle": 19.4, "high": 20.2}

#: Set by hand after rounding: code, position, change in hundredths. A class-size floor met to the post, and two places
#: where a standard adopted in the spring is not met yet.
SET_BY_HAND = (("0104", "TCH", -50), ("0302", "COUN", -20), ("0402", "NURSE", -20))


def base_posts(school: Pupils, random: Random) -> dict[str, float]:
    """Return a school's posts from state and local money, before rounding to steps."""
    pupils, kind, rich = school.last_year, school.kind, school.history
    small = pupils < 300
    teachers = pupils / TEACHER_RATIO[kind] * (1 + rich + 0.016 * (random.random() - 0.5)) + school.poor / 450 + small
    posts = {
        "PRIN": 1.0,
        "TCH": teachers,
        "SPED": school.disabled / 18.5 * (1 + rich),
        "ELT": school.learners / 41,
        "NURSE": max(0.4, pupils / 820),
        "PSY": max(0.2, school.disabled / 150),
        "LIB": 1.0 if pupils > 450 or rich > 0.02 else 0.5 if small else 0.75,
        "PARA": school.disabled / 13 + (pupils / 170 if kind in ("elementary", "K-8") else pupils / 400),
        "OFF": 1.0 + pupils / 330,
        "SW": school.poor / 900,
    }
    if kind in ("elementary", "K-8"):
        posts |= {"AP": 0.0 if pupils < 360 else 0.5 if pupils < 470 else 1.0, "COUN": max(0.4, pupils / 460)}
        posts |= {"COACH": 0.5 if rich > 0.02 else 0.0, "SAFE": 0.5 if kind == "K-8" else 0.0}
    elif kind == "middle":
        posts |= {"AP": pupils / 440, "COUN": pupils / 330, "SAFE": pupils / 480}
        posts |= {"COACH": 1.0 if rich > 0.02 else 0.5}
    else:
        posts |= {"AP": ceil(pupils / 200) / 2, "COUN": pupils / 285, "SAFE": pupils / 400}
        posts |= {"COACH": 1.0 + (rich > 0.01)}
    return posts


def round_posts(school: Pupils, wanted: Mapping[str, float]) -> dict[str, int]:
    """Return posts in hundredths, in steps, no post below the smallest, with the changes set by hand."""
    posts = {}
    for position in POSITIONS:
        exact = 100 * wanted.get(position.code, 0.0)
        steps = (
            ceil(exact / position.step) if position.code in ("ELT", "COUN", "NURSE") else round(exact / position.step)
        )
        hundredths = position.step * steps
        posts[position.code] = max(hundredths, position.smallest) if hundredths else 0
    for code, position_code, change in SET_BY_HAND:
        if code == school.code:
            posts[position_code] += change
    return {code: hundredths for code, hundredths in posts.items() if hundredths}


def base_lines(school: Pupils) -> dict[str, int]:
    """Return a school's non-staff dollars from state and local money, in tens of dollars."""
    pupils, rich = school.last_year, school.history
    return {
        SUPPLIES: 10 * round((6_000 + pupils * 205 * (1 + rich)) / 10),
        FLEXIBLE: 10 * round((4_000 + pupils * 150 * (1 + 3 * rich)) / 10),
        SERVICES: 10 * round((pupils * 190 + school.disabled * 640) / 10),
    }


class Bill:
    """What a school has, and who pays for it; each fund takes its part, the last one pays the rest."""

    def __init__(self, posts: Mapping[str, int], lines: Mapping[str, int]) -> None:
        self.posts_left, self.lines_left = dict(posts), dict(lines)
        self.staffing: list[tuple[str, str, int]] = []
        self.spending: list[tuple[str, str, int]] = []

    def pay(self, fund: str, dollars: float, posts: Mapping[str, float], lines: Mapping[str, float]) -> None:
        """Let a fund pay up to `dollars`: shares of it for posts, in order, the last post as far as the money goes.

        What is left pays lines, each up to a share of the line.
        """
        left, taken = dollars, 0
        for i, (code, share) in enumerate(posts.items()):
            money = left if i == len(posts) - 1 else min(left, dollars * share)
            taken = min(self.posts_left.get(code, 0), 10 * floor(money * 10 / COST[code]))
            if taken > 0:
                self.staffing.append((code, fund, taken))
                self.posts_left[code] -= taken
                left -= taken * COST[code] / 100
        for line, share in lines.items():
            spent = min(floor(left), floor(share * self.lines_left.get(line, 0)))
            if spent > 0:
                self.spending.append((line, fund, spent))
                self.lines_left[line] -= spent
                left -= spent

    def settle(self, fund: str) -> None:
        """Let a fund pay everything that nobody has paid yet."""
        self.staffing += [(code, fund, left) for code, left in self.posts_left.items() if left]
        self.spending += [(line, fund, left) for line, left in self.lines_left.items() if left]
        self.posts_left, self.lines_left = {}, {}
