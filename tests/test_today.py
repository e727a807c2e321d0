"""The day that stands beside a decision is the one on the wall of whoever decided, not Greenwich's."""

from __future__ import annotations

import time

import pytest

from equity_alloc.domain.day import today


def day_in(zone, monkeypatch):
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    return today()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="The zone of this system cannot be set within a test.")
def test_it_is_never_the_same_day_on_both_sides_of_the_date_line(monkeypatch):
    # Fourteen hours after Greenwich's clock and twelve before it are more than a day apart, whatever the hour.
    try:
        assert day_in("Etc/GMT+12", monkeypatch) < day_in("Etc/GMT-14", monkeypatch)
    finally:
        monkeypatch.undo()
        time.tzset()
