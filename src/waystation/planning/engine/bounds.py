"""How early a place can be reached, and how long it takes from there to anything of value: what need not be computed.

Both are shortest paths over the shortest durations, blind to windows, money and danger, so they never cut too much: a
state before its earliest step cannot occur, and where nothing of value can be reached in time the value is 0 and the
action is stop. (Dijkstra 1959.)
"""

from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray

from waystation.network.network import Ints
from waystation.planning.mdp import Model

NEVER = 1_000_000  # steps


def _edges(model: Model) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Start, end and shortest duration of all legs and waits."""
    n = len(model.goal)
    src = np.repeat(np.arange(n), np.diff(model.ptr))
    shortest = model.prof_dur.min(1).astype(np.int64)[model.profile]
    waits = np.flatnonzero(model.wait_to >= 0)
    return (np.r_[src, waits], np.r_[model.dst, model.wait_to[waits]].astype(np.int64),
            np.r_[shortest, np.ones(len(waits), np.int64)])


def _shortest(n: int, origins: list[int], src: NDArray[np.int64], dst: NDArray[np.int64],
              length: NDArray[np.int64]) -> Ints:
    """Steps from the nearest origin to each of n places; NEVER if there is no way."""
    order = np.argsort(src, kind="stable")
    ptr = np.searchsorted(src[order], np.arange(n + 1)).tolist()
    ends, lengths = dst[order].tolist(), length[order].tolist()
    steps, heap = [NEVER] * n, [(0, i) for i in origins]
    for i in origins:
        steps[i] = 0
    while heap:
        now, i = heappop(heap)
        if now > steps[i]:
            continue
        for edge in range(ptr[i], ptr[i + 1]):
            later = now + lengths[edge]
            if later < steps[ends[edge]]:
                steps[ends[edge]] = later
                heappush(heap, (later, ends[edge]))
    return np.array(steps, np.int32)


def earliest(model: Model, start: int) -> Ints:
    """Steps after which each of the n places can be reached from `start` at the soonest; NEVER if it cannot.

    >>> from waystation.planning.engine.instances import model_of_instance
    >>> earliest(model_of_instance("S"), 0)[:4].tolist()
    [0, 1, 1, 2]
    """
    return _shortest(len(model.goal), [start], *_edges(model))


def to_value(model: Model) -> Ints:
    """Steps from each of the n places to the nearest goal or place worth staying at; NEVER if there is none.

    >>> from waystation.planning.engine.instances import model_of_instance
    >>> int(to_value(model_of_instance("S"))[-1])
    0
    """
    src, dst, length = _edges(model)
    return _shortest(len(model.goal), np.flatnonzero(model.goal | (model.stay_value > 0)).tolist(), dst, src, length)
