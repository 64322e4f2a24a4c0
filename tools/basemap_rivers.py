"""Rivers for the base map: long ones found by joining pieces, named ones found by the shortest way between points.

WDBII holds thousands of river pieces without names or rank. Two ideas make a map of them. Pieces that meet are joined
along the straightest continuation, and only long joined lines are kept (`strokes`). A river that a reader should find
by name is the shortest way through the net of pieces and banks between a few points on it (`along`); without this the
Tumen hides under a border and the Mekong breaks up.
"""

import heapq
import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np

KM_A_DEGREE = 111.2
JUMP_DEG, JUMP_COST = 0.3, 8.0  # gaps up to this are crossed, at this many times their length

# Points on rivers, longitude and latitude, upstream first; rough is enough, the nearest drawn point is taken.
NAMED: dict[str, list[tuple[float, float]]] = {
    "Tumen": [(128.9, 42.0), (129.4, 42.4), (129.85, 42.95), (130.25, 42.9), (130.6, 42.4)],
    "Yalu": [(128.1, 41.4), (127.0, 41.75), (126.3, 41.15), (125.7, 40.9), (124.4, 40.1)],
    "Mekong": [(98.9, 27.6), (99.4, 25.4), (100.8, 22.0), (100.1, 20.35), (102.1, 19.9), (101.7, 18.0), (102.6, 17.95),
               (104.8, 17.4), (104.75, 16.55), (105.8, 15.1), (106.0, 12.5), (104.95, 11.6), (105.6, 10.4)],
    "Yangtze": [(99.9, 26.9), (104.6, 28.8), (106.6, 29.6), (108.4, 30.8), (110.4, 31.0), (111.3, 30.7), (112.3, 30.3),
                (113.1, 29.5), (114.3, 30.6), (116.0, 29.75), (117.0, 30.5), (118.7, 32.1), (121.0, 31.9)],
    "Yellow River": [(103.8, 36.05), (106.8, 39.4), (109.8, 40.6), (110.5, 38.5), (110.3, 34.6), (113.6, 34.9),
                     (117.0, 36.75)],
    "Salween": [(98.9, 25.9), (98.2, 21.3), (97.6, 18.9), (97.65, 16.6)],
    "Red River": [(103.95, 22.5), (104.9, 21.7), (105.85, 21.05)],
    "Chao Phraya": [(100.1, 15.7), (100.5, 14.3), (100.5, 13.75)],
    "Irrawaddy": [(97.0, 24.25), (96.05, 21.95), (95.2, 18.8)],
    "Amur": [(127.5, 50.25), (131.0, 47.7), (135.0, 48.45), (137.0, 50.5)],
    "Ganges": [(78.2, 29.9), (81.9, 25.4), (85.1, 25.65), (88.0, 24.8)],
    "Indus": [(76.0, 34.3), (72.3, 33.8), (70.9, 30.0), (68.3, 25.4)],
    "Niger": [(-8.0, 12.65), (-6.3, 13.45), (-4.2, 14.5), (-3.0, 16.65), (0.0, 16.3), (2.1, 13.5), (4.6, 9.2),
              (6.75, 7.8)],
    "Nile": [(32.5, 15.6), (34.0, 17.7), (31.5, 19.2), (32.9, 24.1), (31.2, 30.05)],
    "Euphrates": [(38.3, 37.4), (40.1, 35.3), (43.7, 33.2), (46.0, 31.2)],
    "Tigris": [(40.2, 37.9), (43.1, 36.35), (44.4, 33.3), (46.3, 32.1)],
    "Congo": [(25.2, 0.5), (18.3, 0.05), (15.3, -4.3)],
    "Danube": [(13.4, 48.6), (19.0, 47.5), (20.4, 44.8), (27.9, 45.3)],
}

Node = tuple[float, float]


def _node(point: Any) -> Node:
    return (round(float(point[0]), 3), round(float(point[1]), 3))


def _heading(line: Any, end: int) -> Any:
    """Direction in which a piece leaves its end (0 or -1), looking inwards."""
    k = min(4, len(line) - 1)
    step = line[k] - line[0] if end == 0 else line[-1 - k] - line[-1]
    return step / (float(np.hypot(*step)) + 1e-12)


def _continuations(pieces: Sequence[Any]) -> dict[tuple[int, int], tuple[int, int]]:
    """Which end goes on in which: at each meeting point the straightest pairs first."""
    ends: dict[Node, list[tuple[int, int]]] = {}
    for i, line in enumerate(pieces):
        for e in (0, -1):
            ends.setdefault(_node(line[e]), []).append((i, e))
    follow: dict[tuple[int, int], tuple[int, int]] = {}
    for here in ends.values():
        pairs = sorted((float(_heading(pieces[a[0]], a[1]) @ _heading(pieces[b[0]], b[1])), a, b)
                       for k, a in enumerate(here) for b in here[k + 1:] if a[0] != b[0])
        for bend, a, b in pairs:
            if a not in follow and b not in follow and (bend < -0.1 or len(here) == 2):
                follow[a], follow[b] = b, a
    return follow


def strokes(pieces: Sequence[Any], *, min_km: float) -> list[Any]:
    """Rivers of at least `min_km`, each as points (n, 2), joined from pieces along the straightest continuation."""
    follow, seen, out = _continuations(pieces), set[int](), []
    for i in range(len(pieces)):
        if i in seen:
            continue
        seen.add(i)
        chain = [pieces[i]]
        for start in (-1, 0):
            at = (i, start)
            while at in follow and follow[at][0] not in seen:
                j, e = follow[at]
                seen.add(j)
                forward = pieces[j] if (e == 0) is (start == -1) else pieces[j][::-1]
                chain = [*chain, forward] if start == -1 else [forward, *chain]
                at = (j, -1 if e == 0 else 0)
        line = np.concatenate(chain)
        step = np.diff(line, axis=0) * np.c_[np.cos(np.radians(line[:-1, 1])), np.ones(len(line) - 1)]
        if float(np.hypot(*step.T).sum()) * KM_A_DEGREE >= min_km:
            out.append(line)
    return out


def along(rivers: Sequence[Any], banks: Sequence[Any], anchors: Sequence[tuple[float, float]]) -> list[Any]:
    """The river through `anchors`: points (n, 2) of each unbroken part. Wide stretches follow a bank."""
    middle = np.array(anchors)
    low, high = middle.min(0) - 1.5, middle.max(0) + 1.5
    near = [p for p in [*rivers, *banks] if bool(np.all((p >= low) & (p <= high), axis=1).any())]
    points = np.concatenate(near)
    index: dict[Node, int] = {}
    ids = np.array([index.setdefault(_node(p), len(index)) for p in points])
    place = np.array(list(index))
    ways: list[list[tuple[int, float]]] = [[] for _ in place]
    first = np.cumsum([0, *map(len, near)])
    loose = []
    for a, b in itertools.pairwise(first):
        for u, v in zip(ids[a:b - 1], ids[a + 1:b], strict=True):
            length = float(np.hypot(*(place[u] - place[v])))
            ways[u].append((int(v), length))
            ways[v].append((int(u), length))
        loose += [int(ids[a]), int(ids[b - 1])]
    for u in loose:
        gap = np.hypot(*(place - place[u]).T)
        for v in np.flatnonzero((gap < JUMP_DEG) & (gap > 0)):
            ways[u].append((int(v), JUMP_COST * float(gap[v])))
            ways[int(v)].append((u, JUMP_COST * float(gap[v])))
    stops = [int(np.argmin(np.hypot(*(place - a).T))) for a in middle]
    line: list[int] = stops[:1]
    parts: list[list[int]] = []
    for u, v in itertools.pairwise(stops):
        way = _shortest(ways, u, v)
        if way:
            line += way[1:]
        else:
            parts.append(line)
            line = [v]
    return [place[p] for p in [*parts, line] if len(p) > 1]


def _shortest(ways: list[list[tuple[int, float]]], start: int, end: int) -> list[int]:
    """Nodes of the shortest way (Dijkstra), empty if there is none."""
    far, came, queue = {start: 0.0}, {start: start}, [(0.0, start)]
    while queue:
        d, u = heapq.heappop(queue)
        if u == end:
            break
        if d > far[u]:
            continue
        for v, length in ways[u]:
            if d + length < far.get(v, np.inf):
                far[v], came[v] = d + length, u
                heapq.heappush(queue, (d + length, v))
    if end not in came:
        return []
    back = [end]
    while back[-1] != start:
        back.append(came[back[-1]])
    return back[::-1]
