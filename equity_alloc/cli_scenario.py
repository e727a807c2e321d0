"""The scenario that a command is given as a file."""

from __future__ import annotations

import json
from pathlib import Path

from equity_alloc.cli_terminal import UNUSABLE, stop
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.scenario import Scenario, scenario_from_plain


def named_scenario(path: Path) -> Scenario:
    """Return the scenario of a file (.json); end the command, with the reason, where it cannot be read."""
    try:
        return scenario_from_plain(json.loads(path.read_text(encoding="utf-8")))
    except EquityAllocError as error:
        stop(UNUSABLE, f"{path}: {error}")
    except OSError as error:
        stop(UNUSABLE, f"{path} cannot be read: {error.strerror}.")
    except UnicodeDecodeError:
        stop(UNUSABLE, f"{path} is not a scenario: it is not a text in UTF-8. Save the scenario again on Export.")
    except (ValueError, RecursionError) as error:
        stop(UNUSABLE, f"{path} is not a scenario: it is not JSON ({error}).")
