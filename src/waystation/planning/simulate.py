"""An independent simulator of the true joint process: the planner's judge.

It reads the route book and the plan's choices, not the solver's arrays of dangers, durations and costs. All areas
change their condition all the time, also while nobody is there; the party sees the area it is in. Where the planner's
shortcuts (areas entered once, other areas by forecast, the season of departure for the whole leg) hold, frequencies
agree with the planned ends within sampling error; where they do not, this says so.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from waystation.network.conditions import season_index
from waystation.network.network import Floats
from waystation.planning.mdp import FIRST_LEG, STOP, WAIT
from waystation.planning.plan import Plan
from waystation.planning.results import Ends
from waystation.units import step_start, steps_up

SAFE, INTERCEPTED, HARMED, MISSING, STOPPED, LATE = range(6)
END_NAMES = ("safe", "intercepted", "harmed", "missing", "stopped", "late")
BATCH = 20_000
WARN_SE, FAIL_SE, WARN_DIFFERENCE = 3.0, 4.0, 0.002


@dataclass(frozen=True, slots=True)
class Simulation:
    """How `runs` simulated journeys ended, beside what was planned."""

    runs: int
    counts: tuple[int, int, int, int, int, int]  # in the order of END_NAMES
    planned: Ends
    reentered: float  # share of the runs that came back into an area they had left

    @property
    def deviations(self) -> tuple[float, ...]:
        """Each end's difference from the plan in standard errors of the plan's probability."""
        planned = np.array([getattr(self.planned, name) for name in END_NAMES])
        error = np.sqrt(np.maximum(planned * (1 - planned), 1 / self.runs) / self.runs)
        return tuple(float(x) for x in (np.array(self.counts) / self.runs - planned) / error)

    @property
    def disagrees(self) -> bool:
        """Whether an end differs by more than 4 standard errors."""
        return max(abs(d) for d in self.deviations) > FAIL_SE

    @property
    def warnings(self) -> tuple[str, ...]:
        """Ends that differ by more than 3 standard errors and by more than 2 in 1,000."""
        found = []
        for name, count, deviation in zip(END_NAMES, self.counts, self.deviations, strict=True):
            difference = abs(count / self.runs - getattr(self.planned, name))
            if abs(deviation) > WARN_SE and difference > WARN_DIFFERENCE:
                found.append(f"{name}: {abs(deviation):.1f} standard errors away from the plan.")
        return tuple(found)


def simulate(made: Plan, *, runs: int, seed: int, progress: Callable[[int], None] | None = None) -> Simulation:
    """Run the plan `runs` times through the joint process at the mean dangers; `progress` hears how many are done."""
    world = _World(made)
    counts, again = np.zeros(6, np.int64), 0
    for number, first in enumerate(range(0, runs, BATCH)):
        size = min(BATCH, runs - first)
        ends, reentered = _Journeys(world, size, np.random.Generator(np.random.PCG64([seed, number]))).run()
        counts += np.bincount(ends, minlength=6)
        again += int(reentered.sum())
        if progress:
            progress(first + size)
    return Simulation(runs, tuple(int(c) for c in counts), made.ends, again / runs)  # type: ignore[arg-type]


class _World:
    """What the simulator knows, read from the rows of the book."""

    def __init__(self, made: Plan) -> None:
        asked, net = made.setting, made.setting.net
        self.made, self.asked, self.net = made, asked, net
        rows = {leg.code: leg for leg in net.book.legs}
        profiles = {profile.code: profile for profile in net.book.profiles}
        guides = asked.guide
        self.hours, self.shares, self.cost = [], [], []
        for index, code in enumerate(net.legs):
            leg, guide = rows[code], guides[index]
            profile = profiles[leg.profile]
            self.hours.append([steps_up(h * asked.party.pace, net.step_hours) for h in profile.hours])
            self.shares.append(profile.shares)
            price = net.cost[index] * asked.party.size
            self.cost.append(net.unit.up(price + (self._fee(guide.fee.amount, guide.fee.currency) if guide else 0)))
        self.steps = made.model.steps
        self.season = [season_index(net.seasons, step_start(asked.terms.depart_from, t, net.step_hours).month)
                       for t in range(-asked.lead, self.steps)]

    def _fee(self, amount: object, currency: str) -> Fraction:
        exact = Fraction(str(amount))
        if currency == self.net.unit.currency:
            return exact
        rate = max((r for r in self.net.book.rates if r.currency == currency), key=lambda r: r.day)
        return exact / Fraction(str(rate.per_unit)) * Fraction(self.net.unit.value)


class _Journeys:
    """One batch of runs, stepped together."""

    def __init__(self, world: _World, runs: int, rng: np.random.Generator) -> None:
        self.w, self.rng, self.runs = world, rng, runs
        made = world.made
        self.place = np.full(runs, made.setting.start)
        self.money = np.full(runs, made.model.budget)
        self.free_at = np.zeros(runs, np.int64)  # the step at which the party may act again
        self.heading = np.full(runs, -1)  # model place it will be at then; -1 = it is there
        self.end = np.full(runs, -1)
        self.left = np.zeros((runs, len(world.net.areas)), bool)
        self.again = np.zeros(runs, bool)
        self.condition = self._first_conditions()

    def _first_conditions(self) -> NDArray[np.int64]:
        """Today's condition of every area, then moved to the day of departure."""
        belief = np.array([b.p for b in self.w.made.beliefs])
        condition = np.stack([self._draw(np.broadcast_to(p, (self.runs, len(p)))) for p in belief], axis=1)
        for step in range(self.w.asked.lead):
            condition = self._moved(condition, self.w.season[step])
        return condition

    def _draw(self, probability: Floats) -> NDArray[np.int64]:
        """One index a row."""
        reached = np.cumsum(probability, axis=-1)
        drawn = self.rng.random(len(probability))[:, None] * reached[:, -1:]
        return np.asarray((drawn >= reached).sum(axis=-1))

    def _moved(self, condition: NDArray[np.int64], season: int) -> NDArray[np.int64]:
        chain = self.w.net.chain[season]
        areas = np.arange(condition.shape[1])
        reached = np.cumsum(chain, axis=-1)[areas, condition]
        drawn = self.rng.random(condition.shape)[..., None] * reached[..., -1:]
        return np.asarray((drawn >= reached).sum(axis=-1))

    def run(self) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        for step in range(self.w.steps):
            self._arrive(step)
            self._act(step)
            self.condition = self._moved(self.condition, self.w.season[self.w.asked.lead + step])
        self._arrive(self.w.steps)
        here = (self.end < 0) & (self.free_at <= self.w.steps)
        self.end[here] = STOPPED
        self.end[self.end < 0] = LATE
        return self.end, self.again

    def _arrive(self, step: int) -> None:
        arriving = np.flatnonzero((self.end < 0) & (self.heading >= 0) & (self.free_at == step))
        before = self._area(self.place[arriving])
        self.place[arriving] = self.heading[arriving]
        self.heading[arriving] = -1
        after = self._area(self.place[arriving])
        crossed = arriving[before != after]
        self.left[crossed, before[before != after]] = True
        self.again[crossed] |= self.left[crossed, after[before != after]]
        self.end[arriving[self.w.made.model.goal[self.place[arriving]]]] = SAFE

    def _area(self, place: NDArray[np.int64]) -> NDArray[np.int32]:
        return self.w.net.area[self.w.asked.place_of[place]]

    def _act(self, step: int) -> None:
        made = self.w.made
        policy = made.surface.policy
        assert policy is not None
        free = np.flatnonzero((self.end < 0) & (self.free_at <= step))
        place, condition = self.place[free], self.condition[free, self._area(self.place[free])]
        action = policy[step, place, condition, self.money[free]]
        self.end[free[action == STOP]] = STOPPED
        season = self.w.season[self.w.asked.lead + step]
        self._wait(free[action == WAIT], condition[action == WAIT], season, step)
        going = action >= FIRST_LEG
        self._go(free[going], action[going].astype(np.int64), condition[going], season, step)

    def _wait(self, who: NDArray[np.int64], condition: NDArray[np.int64], season: int, step: int) -> None:
        asked, posterior = self.w.asked, self.w.made.posterior
        leaf = posterior.wait_leaf[season, asked.place_of[self.place[who]], condition]
        lost = self.rng.random(len(who)) < posterior.lost[leaf]
        self.end[who[lost]] = INTERCEPTED + self._draw(posterior.kind[leaf[lost]])
        stays = who[~lost]
        price = [self.w.net.unit.up(self.w.net.wait_cost[p] * asked.party.size) for p in range(len(self.w.net.places))]
        self.money[stays] -= np.array(price)[asked.place_of[self.place[stays]]]
        self.place[stays] = self.w.made.model.wait_to[self.place[stays]]
        self.free_at[stays] = step + 1

    def _go(self, who: NDArray[np.int64], action: NDArray[np.int64], condition: NDArray[np.int64], season: int,
            step: int) -> None:
        asked, posterior, net = self.w.asked, self.w.made.posterior, self.w.net
        local = action - FIRST_LEG
        leg = net.ptr[asked.place_of[self.place[who]]] + local
        leaf = posterior.leg_leaf[season, leg, condition]
        lost = self.rng.random(len(who)) < posterior.lost[leaf]
        self.end[who[lost]] = INTERCEPTED + self._draw(posterior.kind[leaf[lost]])
        goes, leg, leaf = who[~lost], leg[~lost], leaf[~lost]
        back = self.rng.random(len(goes)) < posterior.back[leaf]
        point = self._draw(np.array(self.w.shares)[leg]) if len(goes) else np.zeros(0, np.int64)
        self.money[goes] -= np.array(self.w.cost)[leg]
        self.free_at[goes] = step + np.array(self.w.hours)[leg, point]
        self.heading[goes] = np.where(back, self.place[goes], net.dst[leg])
