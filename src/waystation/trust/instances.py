"""Invented worlds of reports with a known truth: what judges every way to believe. Normative: the draw order matters.

A areas have each a hidden condition per day, calm, alert or crackdown, which persists (a chain of the area's own).
Sources report what they see of the areas they know, on some days. Honest ones are right with a chance of their own and
otherwise mostly name a neighbouring condition; some of them repeat what another said instead of looking. Hostile ones
follow a root, which decides once per area and day what all of its sources say there:

    contrary   another condition than the true one, 9 times of 10
    bait       "calm" when it is not, 9 times of 10; true whenever it is calm, so that their record is good
    sleeper    right 9 times of 10 until a day between a third and two thirds of all days, then bait

Nothing in here knows how beliefs are formed, and the grid below was fixed before any filter was written (decision
0027). Worlds of seeds 0 to 9 are published; whoever tunes anything does so on seeds of 1000 and more.
"""

import hashlib
from dataclasses import dataclass, field, replace

import numpy as np

from waystation.network.network import Floats
from waystation.trust.heard import Bools, Heard, Ints

CONDITIONS = ("calm", "alert", "crackdown")
CALM = 0
HOSTILE = (0.0, 0.10, 0.30, 0.45)  # of the sources
SEEDS = tuple(range(10))
VOCABULARY, LENGTH = 400, 12  # words there are, words of a report
TRUSTED, LIES = 0.9, 0.9


@dataclass(frozen=True, slots=True)
class Setting:
    """What kind of world: one row of the grid, without the share of hostile sources."""

    name: str
    lie: str = "contrary"  # contrary, bait, sleeper
    areas: int = 8
    days: int = 60
    sources: int = 24
    known: int = 3  # areas that a source knows
    speaks: float = 0.25  # chance that a source speaks of an area it knows, per day
    copies: float = 0.0  # chance that an honest report repeats another
    of_one_root: int = 3  # hostile sources that a root controls
    root_known: float = 0.5  # chance that the root of a hostile source is known
    flood: float = 1.0  # how many times as often hostile sources speak


GRID = (
    Setting("contrary"),
    Setting("bait", lie="bait"),
    Setting("sleeper", lie="sleeper"),
    Setting("copied bait", lie="bait", copies=0.3),
    Setting("few reports", lie="bait", speaks=0.06),
    Setting("one root floods", of_one_root=24, root_known=1.0, flood=3.0),
)
GRID_NAMES = tuple(one.name for one in GRID)
DIGESTS = {  # of all published worlds of a setting
    "contrary": "a5cd5a4be388fa1a", "bait": "774676f94f78c268", "sleeper": "39b9a4a13bde2098",
    "copied bait": "8b2e609b306926f7", "few reports": "d2845f83609c2906", "one root floods": "af5c4738058217b6",
}


@dataclass(frozen=True, slots=True)
class World:
    """One invented world. Only `heard` and `stated` may be known to whoever forms a belief."""

    truth: Ints  # A x T
    heard: Heard
    stated: Floats  # C x C: one chain for all areas, as a person would state it; not that of any area
    chain: Floats  # A x C x C: the true ones
    hostile: Bools  # N
    right: Floats  # N: chance that an honest source that looks itself is right
    copied: Bools = field(repr=False)  # n: repeats another report
    lie: str  # contrary, bait, sleeper
    ruler: Ints = field(repr=False)  # N: the true root of each source
    turns: Ints = field(repr=False)  # N: the day from which a sleeper baits


def chain_of(u: float, u2: float, v: float, v2: float) -> Floats:
    """Chain over calm, alert, crackdown with the shape of the planner's own instances.

    >>> chain_of(0.03, 0.05, 0.12, 0.1).round(3).tolist()
    [[0.97, 0.027, 0.003], [0.12, 0.83, 0.05], [0.03, 0.07, 0.9]]
    """
    return np.array([[1 - u, 0.9 * u, 0.1 * u], [v, 1 - v - u2, u2], [0.3 * v2, 0.7 * v2, 1 - v2]])


STATED = chain_of(0.035, 0.05, 0.125, 0.1)  # the middle of what areas are drawn from


def world(setting: Setting, hostile: float, seed: int) -> World:
    """The world of a setting, a share of hostile sources and a seed.

    >>> made = world(GRID[0], 0.30, 0)
    >>> made.truth.shape, int(made.hostile.sum()), len(made.heard.words)
    ((8, 60), 7, 1081)
    """
    rng = np.random.default_rng([seed, round(100 * hostile), GRID_NAMES.index(setting.name)])
    chain = np.array([chain_of(rng.uniform(0.01, 0.06), rng.uniform(0.02, 0.08), rng.uniform(0.05, 0.2),
                               rng.uniform(0.05, 0.15)) for _ in range(setting.areas)])
    truth = _lived(chain, setting.days, rng)
    bad = np.zeros(setting.sources, bool)
    bad[rng.permutation(setting.sources)[: round(hostile * setting.sources)]] = True
    right = rng.uniform(0.55, 0.95, setting.sources)
    root = np.arange(setting.sources)
    for k, one in enumerate(np.flatnonzero(bad)):
        root[one] = setting.sources + k // setting.of_one_root
    said = _Telling(setting, truth, bad, right, root, rng)
    heard, copied = said.told()
    hidden = bad & (rng.random(setting.sources) >= setting.root_known)
    known_root = np.where(hidden, np.arange(setting.sources), root)
    return World(truth, replace(heard, root=known_root), STATED, chain, bad, right, copied, setting.lie, root,
                 said.turns[root])


def digest(made: World) -> str:
    """What a world is, in 16 hexadecimal digits: worlds that differ anywhere differ here."""
    total = hashlib.sha256()
    for part in (made.truth, made.heard.area, made.heard.day, made.heard.source, made.heard.claim, made.heard.root,
                 made.hostile, made.copied):
        total.update(np.ascontiguousarray(part, "<i8").tobytes())
    total.update("\n".join(made.heard.words).encode())
    return total.hexdigest()[:16]


def _lived(chain: Floats, days: int, rng: np.random.Generator) -> Ints:
    """Conditions of each area, from a hundred days before the first one on."""
    at = np.zeros(len(chain), np.intp)
    lived = []
    for _ in range(100 + days):
        at = (rng.random(len(chain))[:, None] > chain[np.arange(len(chain)), at].cumsum(1)).sum(1).clip(0, 2)
        lived.append(at)
    return np.array(lived[100:]).T


def _another(condition: int, rng: np.random.Generator) -> int:
    """A wrong condition: a neighbouring one mostly."""
    if condition == 1:
        return int(2 * rng.integers(2))
    return 1 if rng.random() < 0.75 else 2 - condition


class _Telling:
    """Who says what, day by day."""

    def __init__(self, setting: Setting, truth: Ints, bad: Bools, right: Floats, root: Ints,
                 rng: np.random.Generator) -> None:
        self.setting, self.truth, self.bad, self.right, self.root, self.rng = setting, truth, bad, right, root, rng
        self.knows = [np.sort(rng.permutation(setting.areas)[: setting.known]) for _ in range(setting.sources)]
        self.turns = rng.integers(setting.days // 3, 2 * setting.days // 3, 2 * setting.sources)  # of each root
        self.rows: list[tuple[int, int, int, int, bool]] = []  # area, day, source, claim, copied
        self.words: list[str] = []
        self.lies: dict[tuple[int, int, int], int] = {}  # root, area, day -> what its sources say

    def told(self) -> tuple[Heard, Bools]:
        for day in range(self.setting.days):
            for source in self.rng.permutation(self.setting.sources).tolist():
                for area in self.knows[source].tolist():
                    often = self.setting.flood if self.bad[source] else 1.0
                    if self.rng.random() < self.setting.speaks * often:
                        self._speak(source, area, day)
        area, on, who, claim, copied = (np.array(column) for column in zip(*self.rows, strict=True))
        return Heard(area, on, who, np.eye(3, dtype=bool)[claim], tuple(self.words), self.root), copied

    def _speak(self, source: int, area: int, day: int) -> None:
        if self.bad[source]:
            self._say(area, day, source, self._order(int(self.root[source]), area, day))
            return
        around = [k for k, (a, d, s, _, _) in enumerate(self.rows) if a == area and d >= day - 1 and s != source]
        if around and self.rng.random() < self.setting.copies:
            self._repeat(int(self.rng.choice(around)), area, day, source)
            return
        seen = int(self.truth[area, day])
        self._say(area, day, source, seen if self.rng.random() < self.right[source] else _another(seen, self.rng))

    def _order(self, root: int, area: int, day: int) -> int:
        """What a root lets its sources say of an area on a day."""
        key = (root, area, day)
        if key not in self.lies:
            true = int(self.truth[area, day])
            lying = self.rng.random() < LIES
            if self.setting.lie == "contrary":
                self.lies[key] = _another(true, self.rng) if lying else true
            elif self.setting.lie == "sleeper" and day < self.turns[root]:
                self.lies[key] = true if self.rng.random() < TRUSTED else _another(true, self.rng)
            else:
                self.lies[key] = CALM if lying else true
        return self.lies[key]

    def _say(self, area: int, day: int, source: int, claim: int) -> None:
        self.rows.append((area, day, source, claim, False))
        self.words.append(" ".join(f"w{word:03}" for word in self.rng.integers(VOCABULARY, size=LENGTH)))

    def _repeat(self, which: int, area: int, day: int, source: int) -> None:
        """The claim and the words of another report, of which up to two were changed on the way."""
        words = self.words[which].split()
        for _ in range(int(self.rng.integers(3))):
            words[int(self.rng.integers(LENGTH))] = f"w{int(self.rng.integers(VOCABULARY)):03}"
        self.rows.append((area, day, source, self.rows[which][3], True))
        self.words.append(" ".join(words))


def digest_of_setting(setting: Setting) -> str:
    """One digest over all published worlds of a setting."""
    every = "".join(digest(world(setting, hostile, seed)) for hostile in HOSTILE for seed in SEEDS)
    return hashlib.sha256(every.encode()).hexdigest()[:16]
