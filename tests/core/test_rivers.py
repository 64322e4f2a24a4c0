"""Rivers of the base map: joined along the straightest way, and found by name between points."""

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

from basemap_rivers import NAMED, along, strokes

WEST = np.array([[100.0, 20.0], [101.0, 20.0], [102.0, 20.0]])
EAST = np.array([[102.0, 20.0], [103.0, 20.1], [104.0, 20.2]])
SIDE = np.array([[102.0, 20.0], [102.0, 21.0], [102.0, 22.0]])  # a tributary from the north


def test_pieces_join_along_the_straightest_continuation():
    (main, side) = sorted(strokes([SIDE, EAST, WEST], min_km=1), key=lambda line: -len(line))
    assert sorted(map(tuple, (main[0], main[-1]))) == [(100.0, 20.0), (104.0, 20.2)]
    assert len(side) == 3


def test_short_rivers_are_left_out():
    assert len(strokes([SIDE, EAST, WEST], min_km=300)) == 1  # 4 degrees at 20 N are 418 km, the tributary 222 km
    assert strokes([SIDE], min_km=300) == []


def test_a_named_river_is_the_shortest_way_through_its_points():
    (line,) = along([WEST, EAST, SIDE], [], [(99.8, 20.1), (104.1, 20.2)])
    assert line[0].tolist() == pytest.approx([100.0, 20.0])
    assert line[-1].tolist() == pytest.approx([104.0, 20.2])
    assert not (line[:, 1] > 20.5).any()


def test_small_gaps_are_crossed_and_large_ones_are_not():
    near, far = (EAST + np.array([gap, 0.0]) for gap in (0.2, 3.0))
    assert len(along([WEST, near], [], [(100.0, 20.0), (104.2, 20.2)])) == 1
    assert len(along([WEST, far], [], [(100.0, 20.0), (101.0, 20.0), (105.0, 20.0), (107.0, 20.2)])) == 2


def test_anchor_points_lie_on_the_earth_and_follow_each_other():
    for points in NAMED.values():
        assert len(points) >= 3
        steps = np.hypot(*np.diff(np.array(points), axis=0).T)
        assert (steps < 12).all()
