"""Starting values: numbers set by judgement until data replace them, read from `defaults.toml` beside this file.

They stand in `network` because the lowest layer that needs one (how strong a condition chain is) is here, and what is
above (trust, hazards, planning) may read them here without turning an arrow round. Each value has its reason beside it
in the file. Functions that use them take `defaults` as a parameter, so that a test or an organisation can say
otherwise: `dataclasses.replace(DEFAULTS, strengths=(4.0,))`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from waystation.network.rows import MODES, Silence


@dataclass(frozen=True, slots=True)
class Vague:
    """A danger nobody spoke on: mean, and how many events the guess is worth."""

    mean: float  # probability
    events: float


@dataclass(frozen=True, slots=True)
class Alike:
    """How alike a danger is to the broader one above it, in events: what the broader one is worth to the narrower."""

    strengths: tuple[float, ...]  # of a country, season and area: one of these, ascending; which is learnt
    condition: float  # of a condition to its mode
    legs: tuple[float, ...]  # of a leg to its area: each leg by one of these, equally likely

    @classmethod
    def everywhere(cls, *strengths: float) -> "Alike":
        """The same for all: legs and conditions as the first."""
        return cls(strengths, strengths[0], strengths[:1])


@dataclass(frozen=True, slots=True)
class Defaults:
    """All starting values. Probabilities are 0..1, times are in the unit of their name."""

    chain_strength: float  # changes seen
    forgotten_after_half_lives: float
    w_source: Mapping[str, float]  # by letter A..F
    w_credibility: Mapping[int, float]  # by digit 1..6
    w_hand: Mapping[int, float]  # by 1..3
    source_odds: float
    source_days: float
    day_odds: float
    half_life_d: Mapping[str, float]  # by mode
    comparable_days: float
    break_days: float
    silence_lost: Silence
    silence_ok: Silence
    alike: Alike
    vague_stated: date
    vague_lost: Vague
    vague_turned_back: Vague
    vague_waiting_week: Vague
    expert_events_max: float
    kinds: tuple[float, float, float]  # losses: intercepted, harmed, missing
    losses_min: int
    traversals_min: int
    bin_events: int
    resamples: int


def read_defaults(text: str) -> Defaults:
    """Starting values from the text of a TOML file shaped like `defaults.toml`.

    Raises `KeyError` if a value is missing and `ValueError` if one is out of range.

    >>> DEFAULTS.w_source["B"], DEFAULTS.half_life_d["bus"], DEFAULTS.alike.strengths
    (0.75, 180.0, (1.0, 2.0, 4.0, 8.0, 16.0))
    """
    t = tomllib.loads(text)
    reports, outcomes, vague, score = t["reports"], t["outcomes"], t["vague"], t["calibration"]
    caps, tree = reports["caps"], t["tree"]
    road = dict.fromkeys(outcomes["road_rail"], outcomes["half_life_road_rail_d"])
    found = Defaults(
        chain_strength=t["chains"]["strength"],
        forgotten_after_half_lives=t["chains"]["forgotten_after_half_lives"],
        w_source=MappingProxyType(dict(reports["source"])),
        w_credibility=MappingProxyType({int(k): v for k, v in reports["credibility"].items()}),
        w_hand=MappingProxyType({int(k): v for k, v in reports["hand"].items()}),
        source_odds=caps["source_odds"],
        source_days=caps["source_days"],
        day_odds=caps["day_odds"],
        half_life_d=MappingProxyType(dict.fromkeys(MODES, outcomes["half_life_d"]) | road),
        comparable_days=outcomes["comparable_days"],
        break_days=outcomes["break_days"],
        silence_lost=_silence("lost", t["silence"]),
        silence_ok=_silence("ok", t["silence"]),
        alike=Alike(tuple(tree["strengths"]), tree["condition"], tuple(tree["legs"])),
        vague_stated=vague["stated"],
        vague_lost=Vague(**vague["lost"]),
        vague_turned_back=Vague(**vague["turned_back"]),
        vague_waiting_week=Vague(**vague["waiting_week"]),
        expert_events_max=t["experts"]["events_max"],
        kinds=(t["kinds"]["intercepted"], t["kinds"]["harmed"], t["kinds"]["missing"]),
        losses_min=score["losses_min"],
        traversals_min=score["traversals_min"],
        bin_events=score["bin_events"],
        resamples=score["resamples"],
    )
    _check(found)
    return found


def _silence(outcome: str, table: Mapping[str, Any]) -> Silence:
    row = table[outcome]
    return Silence(outcome, row["ever_reported"], row["delay_median_h"], row["delay_95_h"])


def _check(d: Defaults) -> None:
    weights = (*d.w_source.values(), *d.w_credibility.values(), *d.w_hand.values())
    if not all(0 <= w <= 1 for w in weights):
        raise ValueError("weights of reports lie between 0 and 1")
    if d.source_odds < 1 or d.day_odds < 1:
        raise ValueError("a cap on odds is at least 1")
    for strengths in (d.alike.strengths, (d.alike.condition,), d.alike.legs):
        if not strengths or list(strengths) != sorted(set(strengths)) or strengths[0] <= 0:
            raise ValueError("strengths of the tree are positive and ascend")
    if not all(0 < v.mean < 1 and v.events > 0 for v in (d.vague_lost, d.vague_turned_back, d.vague_waiting_week)):
        raise ValueError("a vague danger has a mean between 0 and 1 and is worth more than no event")
    if min(d.half_life_d.values()) <= 0 or min(d.kinds) <= 0:
        raise ValueError("half-lives and kinds of loss are above 0")


DEFAULTS = read_defaults(files("waystation.network").joinpath("defaults.toml").read_text(encoding="utf-8"))
