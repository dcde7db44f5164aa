"""Where a worker was last seen in the source."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from concviz.timeline.columns import Columns


def last_site(columns: Columns, rows: npt.NDArray[np.int64], time_ns: int) -> tuple[int, int]:
    """(time, site) of the last row that names a site by then."""
    until = int(np.searchsorted(columns["time"][rows], time_ns, side="right"))
    for high in range(until, 0, -256):
        part = rows[max(high - 256, 0) : high]
        sited = part[columns["site"][part] > 0]
        if len(sited):
            return int(columns["time"][sited[-1]]), int(columns["site"][sited[-1]])
    return 0, 0
