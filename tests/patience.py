"""How long a test waits for what must come: long enough for the busiest machine, and only so that a fault ends it at all."""

from __future__ import annotations

#: Nothing is measured by it. The first page of a process has to load everything and solve the sample.
PATIENCE_SECONDS = 600
