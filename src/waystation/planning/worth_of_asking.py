"""What asking about single legs is worth: arrivals of 100 on invented lines, the more legs somebody was asked about.

Worlds, answers, measure and goals are those of decision 0075; the worlds are those of `planning.worth`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from waystation.hazards.invented import NOW, STATED_ON, Line, line, outcomes
from waystation.hazards.posterior import fit
from waystation.network.build import network_of
from waystation.network.conditions import stationary
from waystation.network.network import Floats
from waystation.network.rows import Outcome, Prior
from waystation.planning.asking import worths_of_legs
from waystation.planning.engine.kernels import solve
from waystation.planning.plan import Plan, solved
from waystation.planning.results import Refused
from waystation.planning.setting import setting
from waystation.planning.worth import (
    CEILING,
    EXPERTS,
    PARTY,
    SEEDS,
    SOURCES,
    Asked,
    asked_in,
    by_rules,
    kind_of,
    safe,
    taught_by,
)
from waystation.trust.believing import believe
from waystation.trust.instances import CONDITIONS, GRID, STATED, world
from waystation.trust.truth import Belief

AT_ONCE, ROUNDS = 3, 4  # legs asked about before the party plans anew; and how often
ASKED = tuple(AT_ONCE * r for r in range(ROUNDS + 1))
KNOWN, MANY = 20, 100
FEW = 5  # every fifth world, for all but the first kind
BAIT_ONE_IN, BAIT_TIMES = 5, 0.1


@dataclass(frozen=True, slots=True)
class Answers:
    """How wrong the answers are, and which legs are asked about."""

    name: str
    of_leg: float = 0.4  # sd of the log of a factor of the leg
    of_words: float = 0.3  # and of a factor of the single statement
    bait: bool = False  # one leg in five is said to be ten times less dangerous
    chosen: bool = True  # by what the answer is worth; else by lot
    known: int = KNOWN  # outcomes


KINDS = (
    Answers("as experts"),
    Answers("exact", of_leg=0.0, of_words=0.0),
    Answers("rough", of_leg=0.9),
    Answers("one in five is bait", bait=True),
    Answers("legs by chance", chosen=False),
    Answers("100 outcomes", known=MANY),
)
FIRST = KINDS[0].name


@dataclass(frozen=True, slots=True)
class Heard:
    """Arrivals of 100 in one world: ours by the number of legs asked about, and everybody else's."""

    seed: int
    hostile: float
    answers: str
    ours: dict[int, float]
    others: dict[str, float]


def bench(seeds: Iterable[int] = SEEDS, *, progress: Callable[[str], None] = lambda _text: None) -> list[Heard]:
    """Every world and kind of answer of these seeds: two seconds a world and kind."""
    found = []
    for seed in seeds:
        if seed % 10 == 0:
            progress(f"asking about legs in world {seed}")
        found += [heard(seed, kind) for kind in KINDS if kind.name == FIRST or seed % FEW == 0]
    return found


def heard(seed: int, kind: Answers) -> Heard:
    """One world, asked in rounds."""
    lies, hostile, areas = kind_of(seed)
    told = world(replace(GRID[lies], areas=areas, sources=SOURCES), hostile, seed)
    asked = asked_in(line(seed, told.chain), told, seed)
    believed = believe(told.heard, told.stated, areas=areas, now=told.truth.shape[1] - 1).p
    past = outcomes(asked.made, kind.known, seed)
    ours = dict(zip(ASKED, _round_by_round(asked, believed, past, kind, seed), strict=True))
    usual = np.repeat(stationary(STATED)[None], areas, 0)
    others = by_rules(asked) | {EXPERTS: safe(asked, taught_by(asked, (), usual)), CEILING: safe(asked, _best(asked))}
    return Heard(seed, hostile, kind.name, ours, others)


def answers(made: Line, kind: Answers, seed: int) -> dict[str, tuple[Prior, ...]]:
    """What would be answered about each leg: lost and turned back, in every condition."""
    rng = np.random.default_rng([9, seed])
    L, C = made.lost.shape
    bait = np.where(rng.random(L) < 1 / BAIT_ONE_IN, BAIT_TIMES, 1.0) if kind.bait else np.ones(L)
    found: dict[str, tuple[Prior, ...]] = {}
    for split, danger in (("lost", made.lost), ("turned_back", made.back)):
        wrong = np.exp(kind.of_leg * rng.standard_normal((L, 1)) + kind.of_words * rng.standard_normal((L, C)))
        likely = np.clip(100 * danger * wrong * bait[:, None], 0.1, 30)
        for leg in range(L):
            code = made.book.legs[leg].code
            found[code] = (*found.get(code, ()), *(
                Prior("", "", condition, split, float(x), 3 * float(x), "line", STATED_ON, "invented", leg=code)
                for condition, x in zip(CONDITIONS, likely[leg], strict=True)))
    return found


def _round_by_round(asked: Asked, believed: Floats, past: tuple[Outcome, ...], kind: Answers,
                    seed: int) -> Iterator[float]:
    """Arrivals of 100 before anybody is asked, and after each round."""
    known = answers(asked.made, kind, seed)
    lot = np.random.default_rng([10, seed]).permutation(sorted(known)).tolist()
    said: dict[str, tuple[Prior, ...]] = {}
    for count in ASKED:
        made = _planned(asked, believed, past, said)
        assert made.surface.policy is not None
        yield safe(asked, made.surface.policy)
        if count < ASKED[-1]:
            best = _legs_wanted(made) if kind.chosen else lot
            said |= {code: known[code] for code in [code for code in best if code not in said][:AT_ONCE]}


def _planned(asked: Asked, believed: Floats, past: tuple[Outcome, ...], said: dict[str, tuple[Prior, ...]]) -> Plan:
    book, told = asked.made.book, tuple(row for rows in said.values() for row in rows)
    net = network_of(replace(book, outcomes=past, priors=book.priors + told))
    posterior = fit(net, now=NOW, grounds=False)
    beliefs = tuple(Belief(p, 0.0, 1, 1, (), False, ()) for p in believed)
    question = setting(net, posterior, beliefs, PARTY, asked.terms, now=NOW)
    assert not isinstance(question, Refused)  # every line leads to its goal, and there is time enough
    return solved(question, posterior, beliefs)


def _legs_wanted(made: Plan) -> list[str]:
    value = solve(made.model, start=made.setting.start, keep_value=True).value
    assert value is not None
    return [one.leg for one in worths_of_legs(made, value)]


def _best(asked: Asked) -> np.ndarray:
    policy = solve(asked.true, start=0).policy
    assert policy is not None
    return policy
