"""Names for the arrays that problems, solvers and plans are worked out in."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
#: Cents, hundredths of FTE, steps: money and posts are whole.
Ints: TypeAlias = NDArray[np.int64]
