"""The least time a solve could take on this machine: multiplications and bytes that the algorithm needs, at full speed.

With NBp = budget levels rounded up to 8 and RW = NBp + 8, summed over all steps t and places i,

    FMA   = NBp (n_d C^2 + 3 C slots)
          + NBp (2 C + sum over legs of 2 C, or 3 + 2 C into another area)     if (t, i) is not ruled out beforehand
    bytes = 8 RW C n_d + 24 RW per leg into another area + 16 RW (C + 1) + C NBp                            likewise
    limit = max(FMA / F, bytes / W)

n_d: different durations needed at i; slots: duration profiles needed at i, a wait among them. F and W are measured in
the same run: F with twelve independent chains of multiply-and-add, W by reading a block as large as the solver's
working set. This is the limit of this algorithm, not of every algorithm.
(Williams, Waterman, Patterson, Roofline, CACM 2009.)
"""

from dataclasses import dataclass
from importlib import import_module
from time import process_time
from typing import Any

import numpy as np
from numpy.typing import NDArray

from waystation.planning.engine.bounds import earliest, to_value
from waystation.planning.mdp import Model

Longs = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Work:
    """What one solve needs at least."""

    multiply_adds: float
    read_or_written: float  # bytes
    working_set: int  # bytes that are read again in each step


@dataclass(frozen=True, slots=True)
class Speed:
    """What this machine can do."""

    multiply_adds: float  # a second
    read: float  # bytes a second, at the working set in question


def _needs(model: Model) -> tuple[Longs, Longs]:
    """For each place the number of different durations and of duration profiles, a wait among them."""
    n = len(model.goal)
    src = np.repeat(np.arange(n), np.diff(model.ptr))
    same = model.area[src] == model.area[model.dst]
    places = np.r_[src, model.dst[same]]
    profiles = np.r_[model.profile, model.profile[same]]
    pairs = np.unique(np.c_[places, profiles], axis=0)
    slots = np.bincount(pairs[:, 0], minlength=n)
    durations = model.prof_dur[pairs[:, 1]].astype(np.int64)
    used = model.prof_q[pairs[:, 1]] > 0
    owners = np.broadcast_to(pairs[:, :1], durations.shape)[used]
    waits = np.unique(model.wait_to[model.wait_to >= 0])
    slots += np.bincount(waits, minlength=n)
    each = np.unique(np.r_[np.c_[owners, durations[used]], np.c_[waits, np.ones_like(waits)]], axis=0)
    return np.bincount(each[:, 0], minlength=n), slots


def work_of(model: Model, start: int) -> Work:
    """Multiplications and bytes of one solve from `start`.

    >>> from waystation.planning.engine.instances import model_of_instance
    >>> work = work_of(model_of_instance("S"), 0)
    >>> 0.01 < work.multiply_adds / 1e9 < 0.02
    True
    """
    n, conditions = len(model.goal), model.arrive.shape[2]
    padded = -(-(model.budget + 1) // 8) * 8
    row, steps = padded + 8, model.steps
    durations, slots = _needs(model)
    src = np.repeat(np.arange(n), np.diff(model.ptr))
    crossing = model.area[src] != model.area[model.dst]
    crossings = np.bincount(src[crossing], minlength=n)
    legs = np.diff(model.ptr)
    shared = padded * (durations * conditions**2 + 3 * conditions * slots)
    decided = padded * (2 * conditions + 2 * conditions * legs + 3 * crossings)
    moved = 8 * row * conditions * durations + 24 * row * crossings + 16 * row * (conditions + 1) + conditions * padded
    first, last = earliest(model, start), steps - to_value(model)
    shown = np.clip(np.minimum(last, steps - 1) - first + 1, 0, None)  # steps in which a place is decided
    busy = np.where(model.goal, 0, shown)
    multiplied = steps * shared.sum() + busy @ decided
    longest = int(model.prof_dur.max(initial=1))
    return Work(
        multiply_adds=float(multiplied), read_or_written=float(shown @ moved),
        working_set=8 * row * n * (longest * conditions + longest + 1))


def measured_speed(native: Any, working_set: int) -> Speed:
    """F, best of nine, and W, best of five, of this machine, by the native module."""
    rates = []
    for _ in range(9):
        began = process_time()
        rates.append(native.multiply(2_000_000) / (process_time() - began))
    block = np.ones(max(4096, working_set // 8))
    reads, rounds = [], max(2, int(4e8 / block.nbytes))
    for _ in range(5):
        began = process_time()
        reads.append(native.read(block, rounds) / (process_time() - began))
    return Speed(max(rates), max(reads))


def least_seconds(model: Model, start: int) -> float | None:
    """The limit of one solve in seconds; None without a native solver, whose measure it is."""
    try:
        native = import_module("waystation.planning.engine._native")
    except ImportError:
        return None
    work = work_of(model, start)
    speed = measured_speed(native, work.working_set)
    return max(work.multiply_adds / speed.multiply_adds, work.read_or_written / speed.read)
