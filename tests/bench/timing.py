"""Wall and processor time of a call, and medians of several."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Spent:
    """Seconds by the clock, and seconds of processor time."""

    wall: float
    cpu: float


def processor_seconds(process_id: int) -> float:
    """Processor time that another process has used so far; 0 where the machine doesn't say."""
    try:
        fields = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


def spent(work: Callable[[], object], besides: int | None = None) -> Spent:
    """What one call took; processor time is this process's, its children's that ended, and the process ``besides``'."""
    cpu, wall = _processor(besides), time.perf_counter()
    work()
    return Spent(time.perf_counter() - wall, _processor(besides) - cpu)


def middle(times: Sequence[Spent]) -> Spent:
    return Spent(median(one.wall for one in times), median(one.cpu for one in times))


def _processor(besides: int | None) -> float:
    return sum(os.times()[:4]) + (processor_seconds(besides) if besides else 0.0)
