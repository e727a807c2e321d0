"""Terms of the invented district's funds, and last year's posts that nobody holds."""

from __future__ import annotations

from typing import NamedTuple

HEADINGS = (
    "Fund",
    "One-time money",
    "Ends",
    "Revenue",
    "Balance carried in",
    "Award last year",
    "Indirect cost rate",
)


class Terms(NamedTuple):
    """What is known of a fund's money, in whole dollars; "" where it is unknown.

    `drawn` is what the appropriation takes from the balance, so that revenue is the appropriation less that.
    """

    fund: str
    one_time: str
    ends: str
    drawn: int
    balance: int | str
    award: int | str
    rate: str


TERMS = (
    Terms("GEN", "no", "never", 1_900_000, 11_400_000, "", "0"),
    Terms("LEVY", "no", "never", 0, 620_000, "", "0"),
    Terms("COMP", "no", "never", 0, 0, "", "0"),
    Terms("BIL", "no", "never", 0, 0, "", "0"),
    Terms("T1A", "no", "never", 412_000, 412_000, 4_560_000, "0.031"),
    Terms("T3", "no", "never", 0, 0, 139_000, "0.02"),
    Terms("IDEA", "no", "never", 0, 0, 3_790_000, "0.031"),
    Terms("GRANT", "yes", "2027-06-30", 0, 0, 1_520_000, ""),
)

#: School, position, hundredths of an FTE.
VACANT = (
    ("0103", "NURSE", 40),
    ("0110", "TCH", 200),
    ("0110", "PARA", 75),
    ("0301", "TCH", 50),
    ("0304", "SW", 20),
    ("0401", "TCH", 150),
    ("0402", "SPED", 100),
    ("0403", "TCH", 100),
)
