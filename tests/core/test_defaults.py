"""Starting values: read whole, checked, and said to be missing when they are."""

from importlib.resources import files

import pytest

from waystation.network.defaults import DEFAULTS, Alike, read_defaults
from waystation.network.rows import MODES

TEXT = files("waystation.network").joinpath("defaults.toml").read_text(encoding="utf-8")


def test_the_grades_are_those_of_the_design():
    assert dict(DEFAULTS.w_source) == {"A": 0.9, "B": 0.75, "C": 0.5, "D": 0.25, "E": 0.1, "F": 0.25}
    assert dict(DEFAULTS.w_credibility) == {1: 1.0, 2: 0.85, 3: 0.6, 4: 0.3, 5: 0.1, 6: 0.5}
    assert dict(DEFAULTS.w_hand) == {1: 1.0, 2: 0.6, 3: 0.3}
    assert DEFAULTS.chain_strength == 4 and DEFAULTS.kinds == (1, 1, 1) and DEFAULTS.alike == Alike((1, 2, 4, 8, 16), 1, (1, 2, 4, 8, 16))


def test_every_mode_has_a_half_life_shorter_on_road_and_rail():
    assert set(DEFAULTS.half_life_d) == set(MODES)
    assert {m for m, days in DEFAULTS.half_life_d.items() if days == 180} == {"car", "bus", "train", "motorbike"}
    assert set(DEFAULTS.half_life_d.values()) == {180, 365}


def test_every_line_with_a_value_says_why_or_stands_under_a_sentence():
    assert sum("=" in line and "#" in line for line in TEXT.splitlines()) >= 15


def test_starting_values_cannot_be_changed_by_accident():
    with pytest.raises(TypeError):
        DEFAULTS.w_source["A"] = 1.0  # type: ignore[index]
    with pytest.raises(AttributeError):
        DEFAULTS.source_odds = 100.0  # type: ignore[misc]


def test_a_missing_value_is_an_error():
    with pytest.raises(KeyError, match="strength"):
        read_defaults(TEXT.replace("strength = 4.0", "weakness = 4.0", 1))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("A = 0.90", "A = 1.90", "weights of reports"),
        ("source_odds = 8.0", "source_odds = 0.5", "cap on odds"),
        ("[1.0, 2.0, 4.0, 8.0, 16.0]", "[2.0, 1.0]", "strengths of the tree"),
        ("[1.0, 2.0, 4.0, 8.0, 16.0]", "[]", "strengths of the tree"),
        ("lost = { mean = 0.05,", "lost = { mean = 1.05,", "vague danger"),
        ("half_life_d = 365.0", "half_life_d = 0.0", "half-lives"),
    ],
)
def test_a_value_out_of_range_is_an_error(old, new, words):
    assert old in TEXT
    with pytest.raises(ValueError, match=words):
        read_defaults(TEXT.replace(old, new, 1))
