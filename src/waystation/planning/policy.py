"""The policy as a page for people: the most likely branch, its contingencies, and what these cover.

Journeys under the policy are followed through its chain and grouped by place and action. The main branch takes, at each
place, the leg that most journeys take. A contingency is another action at a place of the main branch; it is told when
it has at least 2 % of journeys or 5 % of the loss, and says what sets it apart: the condition, the day or the money.
Runs of waits are told as one ("while it is on alert; go on when it is calm").
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from waystation.network.network import Floats
from waystation.planning.mdp import FIRST_LEG, WAIT
from waystation.planning.plan import Plan
from waystation.planning.results import Contingency, Step, Tree
from waystation.units import Money, day_words

MIN_SHARE, MIN_LOSS_SHARE, MAX_NODES = 0.02, 0.05, 12
LONGEST_BRANCH = 40


@dataclass(frozen=True, slots=True)
class Deed:
    """All states in which the policy does one thing at one place: a leg, a wait, a stop."""

    place: int  # of the network
    leg: int  # of the network; -1 wait, -2 stop
    mass: Floats  # K': occupancy
    step: NDArray[np.int32]
    condition: NDArray[np.int32]
    money: NDArray[np.int32]
    loss: float

    @property
    def flow(self) -> float:
        """Journeys, or for a wait journey-steps."""
        return float(self.mass.sum())


WAITING, STOPPING = -1, -2


def deeds(made: Plan) -> dict[tuple[int, int], Deed]:
    """What the policy does, by (place, leg) of the network, at the mean dangers."""
    chain, model, asked = made.chain, made.model, made.setting
    place = asked.place_of[chain.place]
    leg = np.full(len(place), STOPPING)
    leg[chain.action == WAIT] = WAITING
    going = chain.action >= FIRST_LEG
    leg[going] = asked.leg_of[model.ptr[chain.place[going]] + chain.action[going] - FIRST_LEG]
    lost = np.zeros(len(place))
    lost[going] = model.lost.sum(-1).reshape(-1)[chain.row[going]]
    waiting = chain.action == WAIT
    lost[waiting] = model.wait_loss.sum(-1).reshape(-1)[chain.row[waiting]]
    found = {}
    for key in sorted(set(zip(place.tolist(), leg.tolist(), strict=True))):
        here = (place == key[0]) & (leg == key[1])
        found[key] = Deed(key[0], key[1], chain.mass[here], chain.step[here], chain.condition[here], chain.money[here],
                          float((chain.mass[here] * lost[here]).sum()))
    return found


def tree(made: Plan) -> Tree:
    """The policy told as a main branch with contingencies."""
    return _Teller(made).tell()


class _Teller:
    """Tells one plan; holds what every sentence needs."""

    def __init__(self, made: Plan) -> None:
        self.made, self.net, self.asked = made, made.setting.net, made.setting
        self.deeds = deeds(made)
        self.start = int(made.setting.place_of[made.setting.start])
        self.loss = sum(deed.loss for deed in self.deeds.values())

    def tell(self) -> Tree:
        line = self._branch(self.start, set())
        places = [self.start, *(int(self.net.dst[leg]) for leg in line)]
        main = [step for place, leg in zip(places, [*line, -3], strict=True) for step in self._steps(place, leg)]
        told: list[Contingency] = []
        nodes = len(line)
        for place, leg in self._asides(places, line):
            branch = self._aside_branch(leg, set(places))
            if nodes + len(branch) > MAX_NODES + len(line) or len(told) == 26:
                break
            nodes += len(branch)
            told.append(self._contingency(chr(65 + len(told)), place, leg, branch, set(places)))
        told_legs = {*line, *(self._code(step.leg) for c in told for step in c.steps if step.leg)}
        return Tree(tuple(main), tuple(told), self._coverage(told_legs))

    def _code(self, code: str) -> int:
        return self.net.legs.index(code)

    def _legs_at(self, place: int) -> list[Deed]:
        return sorted((d for (at, leg), d in self.deeds.items() if at == place and leg >= 0), key=lambda d: -d.flow)

    def _branch(self, place: int, stop_at: set[int]) -> list[int]:
        """Most likely legs from a place, until a goal, a place already told, or a stop."""
        legs: list[int] = []
        seen = {place}
        while len(legs) < LONGEST_BRANCH and place not in stop_at and not self._is_goal(place):
            ahead = [d for d in self._legs_at(place) if int(self.net.dst[d.leg]) not in seen]
            stop = self.deeds.get((place, STOPPING))
            if not ahead or (stop and stop.flow > ahead[0].flow):
                break
            legs.append(ahead[0].leg)
            place = int(self.net.dst[ahead[0].leg])
            seen.add(place)
        return legs

    def _is_goal(self, place: int) -> bool:
        return bool(self.made.model.goal[place])

    def _asides(self, places: list[int], line: list[int]) -> list[tuple[int, int]]:
        """Other things done at places of the main branch, in order of travel, that are worth telling."""
        main = dict(zip(places, line, strict=False))
        found = []
        for order, place in enumerate(places):
            for (at, leg), deed in self.deeds.items():
                if at != place or leg in (main.get(place), WAITING):
                    continue
                if deed.flow >= MIN_SHARE or (self.loss > 0 and deed.loss >= MIN_LOSS_SHARE * self.loss):
                    found.append((-deed.flow, order, place, leg))
        kept = sorted(found)[:MAX_NODES]
        return [(place, leg) for _, _, place, leg in sorted(kept, key=lambda row: (row[1], row[0]))]

    def _aside_branch(self, leg: int, told: set[int]) -> list[int]:
        if leg < 0:
            return []
        end = int(self.net.dst[leg])
        return [leg, *([] if end in told else self._branch(end, told))]

    def _contingency(self, letter: str, place: int, leg: int, branch: list[int], told: set[int]) -> Contingency:
        deed = self.deeds[place, leg]
        if leg == STOPPING:
            steps: tuple[Step, ...] = self._stop(place)
            end = place
        else:
            ends = [int(self.net.dst[x]) for x in branch]
            at = [place, *ends[:-1]]
            steps = tuple(s for n, (p, x) in enumerate(zip(at, branch, strict=True))
                          for s in (self._steps(p, x) if n else (self._leg(p, x),)))
            end = ends[-1]
            if not self._is_goal(end) and end not in told:
                steps += self._stop(end)
        rejoins = self.net.places[end] if end in told and leg != STOPPING else ""
        return Contingency(letter, self.net.places[place], self._when(deed), steps, deed.flow, rejoins)

    # --- steps -----------------------------------------------------------------------------------------------------

    def _steps(self, place: int, leg: int) -> tuple[Step, ...]:
        """The wait before a leg, if journeys wait here, then the leg; -3 = the end of the branch."""
        if leg == -3:
            return () if self._is_goal(place) or self._legs_at(place) else self._stop(place)
        return (*self._wait(place), self._leg(place, leg))

    def _leg(self, place: int, leg: int) -> Step:
        deed, net = self.deeds[place, leg], self.net
        first, last = self._days(deed)
        hours = net.prof_hours[net.profile[leg]] * self.asked.party.pace
        shares = net.prof_q[net.profile[leg]] > 0
        guide = self.asked.guide[leg]
        cost = int(self.made.model.cost[np.flatnonzero(self.asked.leg_of == leg)[0]])
        return Step(net.places[place], "leg", net.places[int(net.dst[leg])], net.legs[leg], net.modes[leg], first, last,
                    (float(hours[shares].min()), float(hours[shares].max())), net.unit.money(cost), min(1.0, deed.flow),
                    deed.loss, guide=guide.code if guide else "")

    def _wait(self, place: int) -> tuple[Step, ...]:
        deed = self.deeds.get((place, WAITING))
        if deed is None or deed.flow < MIN_SHARE:
            return ()
        first, last = self._days(deed)
        going = self._legs_at(place)
        passed = sum(d.flow for d in going)
        days = deed.flow * self.net.step_hours / 24 / max(passed, 1e-9)
        code = self.net.places[place]
        cost = self.made.model.wait_cost[np.flatnonzero(self.asked.place_of == place)[0]]
        return (Step(code, "wait", code, "", "", first, last, (days * 24, days * 24), self.net.unit.money(int(cost)),
                     None, deed.loss, self._until(deed, going)),)

    def _stop(self, place: int) -> tuple[Step, ...]:
        deed = self.deeds.get((place, STOPPING))
        code = self.net.places[place]
        first, last = self._days(deed) if deed else (self.asked.terms.depart_from, self.asked.terms.deadline)
        return (Step(code, "stop", code, "", "", first, last, None, None, deed.flow if deed else 0.0, 0.0,
                     "stay here and contact the desk"),)

    def _days(self, deed: Deed) -> tuple[date, date]:
        low, high = _quantiles(deed.step, deed.mass)
        return self.asked.day(low), self.asked.day(high)

    # --- words for when --------------------------------------------------------------------------------------------

    def _until(self, wait: Deed, going: list[Deed]) -> str:
        """What ends a wait: conditions in which journeys go on, or else the day."""
        waits = _by(wait.condition, wait.mass, len(self.net.conditions))
        goes = sum((_by(d.condition, d.mass, len(self.net.conditions)) for d in going), np.zeros(len(waits)))
        met = (waits + goes) > 1e-9
        opens = [self._condition(c) for c in np.flatnonzero(met & (goes > 4 * waits))]
        shuts = [self._condition(c) for c in np.flatnonzero(met & (waits > goes))]
        if opens and shuts:
            return f"while it is {_or(shuts)}; go on when it is {_or(opens)}"
        if self._mostly_closed(wait, going):
            return self._opening(self.net.legs[going[0].leg])
        return "for a better moment: the days that follow are judged less dangerous"

    def _opening(self, leg: str) -> str:
        """When a leg that is closed now may start, as far as its windows say it in a word."""
        parts = {window.part for window in self.net.book.windows if window.leg == leg}
        if parts == {"night"}:
            return "until nightfall"
        return "until daylight" if parts == {"day"} else "until the next leg opens"

    def _condition(self, condition: int | np.intp) -> str:
        """A condition as people say it: the book writes words together with `_`."""
        return self.net.conditions[condition].replace("_", " ")

    def _mostly_closed(self, wait: Deed, going: list[Deed]) -> bool:
        """Whether, while journeys wait, the leg that most of them take next may not start."""
        if not going:
            return False
        column = self.made.model.leg_open[:, np.flatnonzero(self.asked.leg_of == going[0].leg)[0]]
        return float(wait.mass[~column[wait.step]].sum()) > 0.5 * wait.flow

    def _when(self, deed: Deed) -> str:
        """What sets a deed apart from the other deeds at its place: the condition, else the day, else the money."""
        others = [d for (at, leg), d in self.deeds.items() if at == deed.place and leg not in (deed.leg, WAITING)]
        count = len(self.net.conditions)
        mine = _by(deed.condition, deed.mass, count)
        rest = sum((_by(d.condition, d.mass, count) for d in others), np.zeros(count))
        typical = [c for c in np.flatnonzero(mine > 0.05 * mine.sum()) if mine[c] > rest[c]]
        if typical and mine[typical].sum() > 0.8 * mine.sum() and rest[typical].sum() < 0.2 * max(rest.sum(), 1e-12):
            return f"if it is {_or([self._condition(c) for c in typical])} there"
        if others:
            step, money = (np.concatenate([getattr(d, name) for d in others]) for name in ("step", "money"))
            mass = np.concatenate([d.mass for d in others])
            by_day = _split(deed.step, deed.mass, step, mass)
            by_money = _split(deed.money, deed.mass, money, mass)
            if max(by_day[2], by_money[2]) > 0.5:
                return self._by_day(by_day) if by_day[2] >= by_money[2] else self._by_money(by_money)
        if typical:
            return f"in some cases when it is {_or([self._condition(c) for c in typical])}, by day and money left"
        return "in some cases, by the condition, the day and the money left"

    def _by_day(self, split: tuple[int, bool, float]) -> str:
        at, above, _ = split
        day = day_words(self.asked.day(at))
        return f"if it is {day} or later" if above else f"if it is before {day}"

    def _by_money(self, split: tuple[int, bool, float]) -> str:
        at, above, _ = split
        amount: Money = self.net.unit.money(at)
        return f"with {amount} or more left" if above else f"with less than {amount} left"

    def _coverage(self, told: set[int]) -> float:
        """Share of the arriving and lost journeys that only ever do what the page tells, bounded from below."""
        missed = sum(d.flow for (_, leg), d in self.deeds.items() if leg >= 0 and leg not in told)
        return max(0.0, 1.0 - missed)


def _by(index: NDArray[np.int32], mass: Floats, count: int) -> Floats:
    return np.bincount(index, mass, count).astype(float)


def _or(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _quantiles(value: NDArray[np.int32], mass: Floats) -> tuple[int, int]:
    """The 5 % and 95 % points of a value weighted by mass."""
    order = np.argsort(value, kind="stable")
    reached = np.cumsum(mass[order]) / mass.sum()
    low, high = np.searchsorted(reached, [0.05, 0.95])
    return int(value[order][low]), int(value[order][min(high, len(order) - 1)])


def _split(mine: NDArray[np.int32], mass: Floats, others: NDArray[np.int32],
           other_mass: Floats) -> tuple[int, bool, float]:
    """The threshold that best tells two weighted samples apart: (at, mine is at or above it, how well 0..1)."""
    top = int(max(mine.max(initial=0), others.max(initial=0))) + 2
    below_mine = np.concatenate([[0], np.cumsum(np.bincount(mine, mass, top))]) / mass.sum()
    below_others = np.concatenate([[0], np.cumsum(np.bincount(others, other_mass, top))]) / max(other_mass.sum(), 1e-12)
    gap = below_others - below_mine
    at = int(np.argmax(np.abs(gap)))
    return at, bool(gap[at] > 0), float(abs(gap[at]))
