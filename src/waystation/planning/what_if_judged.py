"""Whether ranges of a difference hold the truth: changes asked about in invented worlds whose dangers are known.

Worlds are those of decision 0036. Each is changed in one way, by its seed: a place further on becomes one where people
may apply, an area becomes twice or half as dangerous, or a leg takes twice as long. Both plans are then followed under
the true dangers, chains and conditions; the difference between these two numbers is the truth.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np

from waystation.hazards.invented import KIND_SHARES, NOW, line, outcomes
from waystation.network.changing import Change, both_of, times_of
from waystation.network.conditions import forecast
from waystation.network.rows import RouteBook
from waystation.planning.engine.kernels import follow
from waystation.planning.plan import Plan, solved
from waystation.planning.results import Refused
from waystation.planning.uncertainty import worlds
from waystation.planning.what_if import HIGH, LOW, Times, both_settings, live, times_as_dangerous
from waystation.planning.worth import PARTY, SOURCES, Asked, asked_in, kind_of
from waystation.trust.instances import GRID, world

SEEDS, KNOWN, DRAWS = range(300), (20, 100), 200
LEAST, MOST = 0.85, 0.95
CHANGES = ("a nearer place", "a patrol", "a queue")


@dataclass(frozen=True, slots=True)
class Judged:
    """One change in one world: the true difference in arrivals of 100, and the range that was given for it."""

    change: str
    known: int  # outcomes
    truth: float
    low: float
    high: float

    @property
    def holds(self) -> bool:
        """Whether the range holds the truth, to a billionth."""
        return self.low - 1e-9 <= self.truth <= self.high + 1e-9

    @property
    def nothing(self) -> bool:
        """Whether nothing was to be said: neither plan goes that way, in truth and in every draw."""
        return max(abs(self.truth), abs(self.low), abs(self.high)) < 1e-9


def judged(seed: int, known: int) -> Judged | None:
    """The change of a seed with so many outcomes; None where there is no way before or after it."""
    lies, hostile, areas = kind_of(seed)
    told = world(replace(GRID[lies], areas=areas, sources=SOURCES), hostile, seed)
    asked = asked_in(line(seed, told.chain), told, seed)
    book = replace(asked.made.book, outcomes=outcomes(asked.made, known, seed))
    name, change = change_of(seed, book)
    before, after = both_settings(book, change, PARTY, asked.terms, now=NOW)
    if isinstance(before, Refused) or isinstance(after, Refused):
        return None
    plans, times = (solved(*before), solved(*after)), (None, times_of(both_of(book, change)[1], change))
    drawn = worlds(plans[1].setting, plans[1].posterior, draws=DRAWS, seed=seed)
    was, now = (live(plan, drawn, factor).arrive for plan, factor in zip(plans, times, strict=True))
    true_was, true_now = (_truly(asked, plan, factor) for plan, factor in zip(plans, times, strict=True))
    low, high = np.quantile(now - was, [LOW, HIGH])
    return Judged(name, known, true_now - true_was, float(low), float(high))


def change_of(seed: int, book: RouteBook) -> tuple[str, Change]:
    """What is asked about in the world of a seed."""
    rng, name = np.random.default_rng([12, seed]), CHANGES[seed % len(CHANGES)]
    if name == CHANGES[0]:
        places = [place.code for place in book.places if not place.goal][1:]
        return name, Change(opened=(places[int(rng.integers(len(places) // 2, len(places)))],))
    if name == CHANGES[1]:
        area = book.areas[int(rng.integers(len(book.areas)))].code
        return name, Change(dangers={area: float(rng.choice([0.5, 2.0]))})
    leg = book.legs[int(rng.integers(len(book.legs)))]
    a, b, c = next(profile.hours for profile in book.profiles if profile.code == leg.profile)
    return name, Change(hours={leg.code: (2 * a, 2 * b, 2 * c)})


def bench(seeds: Iterable[int] = SEEDS, *, progress: Callable[[str], None] = lambda _text: None) -> list[Judged]:
    """Every change with every number of outcomes: a third of a second each."""
    found = []
    for seed in seeds:
        if seed % 10 == 0:
            progress(f"changes in world {seed}")
        found += [one for known in KNOWN if (one := judged(seed, known)) is not None]
    return found


def coverage(found: Iterable[Judged]) -> float:
    """Share of the ranges that hold the truth, of those where there was something to say."""
    return float(np.mean([one.holds for one in found if not one.nothing]))


def table(found: list[Judged]) -> str:
    """Coverage by change and outcomes, and the goal."""
    lines = ["coverage of 90 % ranges of the difference in arrivals, by outcomes (where it is not nothing at all)", "",
             f"{'':16}" + "".join(f"{known:>16}" for known in KNOWN)]
    for name in (*CHANGES, "all"):
        cells = []
        for known in KNOWN:
            own = [one for one in found if one.known == known and name in (one.change, "all") and not one.nothing]
            cells.append(f"{f'{coverage(own):.3f} of {len(own)}':>16}")
        lines.append(f"{name:16}" + "".join(cells))
    reached = [f"{'met   ' if met else 'MISSED'}  {words}: {number:.3f}" for words, number, met in goals(found)]
    return "\n".join([*lines, "", *reached])


def goals(found: list[Judged]) -> list[tuple[str, float, bool]]:
    """The goal: 85 to 95 of 100 ranges hold the truth, with each number of outcomes."""
    return [(f"coverage of 90 % ranges with {known} outcomes between {LEAST} and {MOST}",
             share := coverage(one for one in found if one.known == known), LEAST <= share <= MOST) for known in KNOWN]


def _truly(asked: Asked, made: Plan, times: Times | None) -> float:
    """Arrivals of 100 under the true dangers and chains, from today's true conditions."""
    line_, setting = asked.made, made.setting
    order = np.array([int(code[1:]) for code in setting.net.legs])[setting.leg_of]
    lost, back, kinds = line_.lost[order][None], line_.back[order][None], np.array(KIND_SHARES)
    today = np.eye(line_.lost.shape[1])[asked.told.truth[:, -1]]
    ahead = forecast(today, line_.chain[None], setting.seasons)[setting.lead:]
    true = replace(
        made.model, arrive=(1 - lost) * (1 - back), back=(1 - lost) * back, lost=lost[..., None] * kinds,
        wait_loss=line_.wait[setting.place_of][None, :, :, None] * kinds, chain=line_.chain[None], forecast=ahead)
    if times is not None:
        true = times_as_dangerous(setting, true, times)
    policy = made.surface.policy
    assert policy is not None
    belief = ahead[0, true.area[setting.start]]
    return 100 * follow(true, policy, start=setting.start, belief=belief, budget=true.budget).safe
