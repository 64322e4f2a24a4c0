"""How good beliefs are on the published worlds, ours and the peers' in one run (docs/decisions/0027).

Four measures on every area and day: accuracy, Brier score, log loss in nats, and danger missed (of the days of
crackdown, how many were believed calm); over all of them, and over those with a report. (Brier, Monthly Weather Review
78, 1950; Good, Journal of the Royal Statistical Society B 14, 1952.)
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from waystation.network.network import Floats
from waystation.trust import peers
from waystation.trust.believing import TERMS, Terms, believe
from waystation.trust.copies import originals
from waystation.trust.heard import Bools, Ints
from waystation.trust.instances import CALM, CONDITIONS, GRID, HOSTILE, SEEDS, Setting, World, world

MEASURES = ("accuracy", "Brier", "log loss", "danger missed")
LEAST = 0.001  # no chance counts as less, in the log loss
OURS, CEILING = "ours", "all-knowing of sources"


@dataclass(frozen=True, slots=True)
class Scored:
    """One way to believe on one world: the four measures over all areas and days, and where somebody reported."""

    setting: str
    hostile: float
    seed: int
    method: str
    everywhere: tuple[float, ...]
    reported: tuple[float, ...]


def each_day(made: World, terms: Terms = TERMS) -> Floats:
    """What is believed on each day from what was reported up to it, A x T x C."""
    A, T = made.truth.shape
    first = originals(made.heard)  # once for all days: the earliest telling stands, so that no later day changes it
    heard = made.heard.only(first == np.arange(len(first)))
    heard = replace(heard, words=("",) * len(heard.words))
    return np.stack([believe(heard, made.stated, areas=A, now=t, terms=terms).p for t in range(T)], axis=1)


def methods() -> dict[str, Callable[[World], Floats]]:
    """Every way to believe that is installed here, by name."""
    found: dict[str, Callable[[World], Floats]] = {
        "majority of the day": peers.votes, "majority of the week": lambda made: peers.votes(made, days=peers.WEEK)}
    if peers.installed():
        found |= {"Dawid-Skene": lambda made: peers.crowd(made, "DawidSkene"),
                  "GLAD": lambda made: peers.crowd(made, "GLAD"), "MACE": lambda made: peers.crowd(made, "MACE")}
    return found | {"filter, nothing learnt": lambda made: each_day(made, replace(TERMS, rounds=0)),
                    OURS: each_day, CEILING: peers.all_knowing}


def scores(p: Floats, truth: Ints, where: Bools) -> tuple[float, ...]:
    """The four measures of beliefs A x T x C over the areas and days of `where`; NaN where there is nothing to measure.

    >>> p = np.array([[[0.8, 0.1, 0.1], [0.6, 0.2, 0.2]]])
    >>> [round(x, 3) for x in scores(p, np.array([[0, 2]]), np.ones((1, 2), bool))]
    [0.5, 0.55, 0.916, 1.0]
    """
    chance, true = p[where], truth[where]
    if not len(true):
        return (float("nan"),) * len(MEASURES)
    brier = ((chance - np.eye(p.shape[2])[true]) ** 2).sum(1).mean()
    log = -np.log(np.maximum(chance[np.arange(len(true)), true], LEAST)).mean()
    danger = true == len(CONDITIONS) - 1
    missed = (chance[danger].argmax(1) == CALM).mean() if danger.any() else float("nan")
    return float((chance.argmax(1) == true).mean()), float(brier), float(log), float(missed)


def measured(setting: Setting, hostile: float, seed: int) -> Iterator[Scored]:
    """Every method on one world."""
    made = world(setting, hostile, seed)
    reported = np.zeros(made.truth.shape, bool)
    reported[made.heard.area, made.heard.day] = True
    for name, method in methods().items():
        p = method(made)
        yield Scored(setting.name, hostile, seed, name, scores(p, made.truth, reported | True),
                     scores(p, made.truth, reported))


def bench(*, seeds: tuple[int, ...] = SEEDS, progress: Callable[[str], None] = lambda _text: None) -> list[Scored]:
    """Every method on every published world of these seeds: twenty seconds a world with the peers, three without."""
    found: list[Scored] = []
    for seed in seeds:
        for setting in GRID:
            for hostile in HOSTILE:
                progress(f"beliefs on {setting.name}, {hostile:.0%} hostile, seed {seed}")
                found += measured(setting, hostile, seed)
    return found


def table(found: list[Scored]) -> str:
    """The whole table: each setting, each share of liars, each method; then ours beside each, with standard errors."""
    names = list(dict.fromkeys(one.method for one in found))
    lines = []
    for scope, words in (("everywhere", "all areas and days"), ("reported", "areas and days with a report")):
        lines += [f"{words}: accuracy, Brier, log loss, danger missed", ""]
        for setting in dict.fromkeys(one.setting for one in found):
            lines.append(f"{setting:24}" + "".join(f"{f'{hostile:.0%} hostile':<27}" for hostile in HOSTILE))
            for name in names:
                cells = [_mean(found, setting, hostile, name, scope) for hostile in HOSTILE]
                lines.append(f"{name:24}" + "".join(
                    "  ".join("    -" if np.isnan(x) else f"{x:.3f}" for x in cell)[:27].ljust(27) for cell in cells))
            lines.append("")
    reached = [f"{'met   ' if met else 'MISSED'}  {name}: {number:.4f}" for name, number, met in goals(found)]
    return "\n".join([*lines, *_beside(found, names), *reached])


def _values(found: list[Scored], setting: str, hostile: float, method: str, scope: str) -> Floats:
    rows = sorted((one.seed, getattr(one, scope)) for one in found
                  if (one.setting, one.hostile, one.method) == (setting, hostile, method))
    return np.array([row for _, row in rows]).reshape(-1, len(MEASURES))


def _mean(found: list[Scored], setting: str, hostile: float, method: str, scope: str) -> Floats:
    values = _values(found, setting, hostile, method, scope)
    known = ~np.isnan(values)
    count = known.sum(0)
    return np.where(count > 0, np.where(known, values, 0).sum(0) / np.maximum(count, 1), np.nan)


def _beside(found: list[Scored], names: list[str]) -> Iterator[str]:
    """How much smaller our Brier score is than each other's on the same worlds, with its standard error."""
    others = [name for name in names if name != OURS]
    yield "Brier score of the others minus ours, same worlds, all areas and days; below 0 ours lost"
    yield f"{'':24}" + "".join(f"{name[:20]:>22}" for name in others)
    for setting in dict.fromkeys(one.setting for one in found):
        for hostile in HOSTILE:
            ours = _values(found, setting, hostile, OURS, "everywhere")[:, 1]
            cells = []
            for name in others:
                apart = _values(found, setting, hostile, name, "everywhere")[:, 1] - ours
                error = apart.std(ddof=1) / len(apart) ** 0.5 if len(apart) > 1 else float("nan")
                cells.append(f"{apart.mean():+.3f} ± {error:.3f}".rjust(22))
            yield f"{setting:17}{hostile:>5.0%}  " + "".join(cells)
    yield ""


def goals(found: list[Scored]) -> list[tuple[str, float, bool]]:
    """That ours beats each peer on Brier score and log loss, on the mean of each setting and share of liars."""
    told = []
    for name in dict.fromkeys(one.method for one in found):
        if name in {OURS, CEILING, "filter, nothing learnt"}:
            continue
        for measure in (1, 2):
            least = min(_mean(found, setting.name, hostile, name, "everywhere")[measure]
                        - _mean(found, setting.name, hostile, OURS, "everywhere")[measure]
                        for setting in GRID for hostile in HOSTILE)
            told.append((f"{MEASURES[measure]} of {name} minus ours, at its least", float(least), bool(least > 0)))
    return told


def as_json(found: list[Scored]) -> dict[str, Any]:
    """The same as plain values; None where there was nothing to measure."""
    def plain(values: tuple[float, ...]) -> dict[str, float | None]:
        return {name: None if np.isnan(x) else x for name, x in zip(MEASURES, values, strict=True)}

    return {"worlds": [{"setting": one.setting, "hostile": one.hostile, "seed": one.seed, "method": one.method,
                        "everywhere": plain(one.everywhere), "reported": plain(one.reported)} for one in found],
            "goals": [{"name": name, "measured": number, "met": met} for name, number, met in goals(found)]}
