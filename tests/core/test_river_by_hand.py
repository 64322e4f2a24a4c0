"""The river, worked by hand: belief, dangers and chance are computed here from the rows by plain sums alone.

Nothing of the planner or of the inference is called except to be judged; `docs/tutorial/first-plan.md` tells the same
sums in words.
"""

import json
from dataclasses import dataclass, replace
from functools import cache
from math import log

import numpy as np
import pytest
from numpy.typing import NDArray
from shipped import ask, book, planned

from waystation.network.build import network_of
from waystation.network.rows import Ended, Outcome, RouteBook
from waystation.planning.answer import Asked, answer
from waystation.planning.mdp import FIRST_LEG, WAIT
from waystation.planning.plan import Plan
from waystation.planning.results import Answer, Knowledge

CALM, ALERT = 0, 1
NEAR = ((0.8, 0.2), (0.5, 0.5))  # how the near bank changes from one day to the next
FAR = ((0.9, 0.1), (0.4, 0.6))
FAR_AS_A_RULE = (0.8, 0.2)  # 0.8 * 0.1 = 0.2 * 0.4: as many days become alert as become calm
PENALTY = 0.25
Pair = tuple[float, float]  # calm, alert


def later() -> RouteBook:
    """The river after a bad week at the ford: of six more parties, two were harmed."""
    today = book("river").book.as_of.date()
    fresh = [Outcome("FORD", today, "calm", "", ended, today, today, 2)
             for ended in 4 * [Ended.ARRIVED] + 2 * [Ended.HARMED]]
    return replace(book("river"), outcomes=(*book("river").outcomes, *fresh))


@cache
def before() -> Plan:
    return planned("river", "two")


@cache
def after() -> Plan:
    return planned("river", "two", later())


# --- the dangers, by plain sums ------------------------------------------------------------------------------------

X = np.linspace(log(1e-6), log(1e3), 801)
THETA = 1 / (1 + np.exp(-X))


def beta(a: float, b: float) -> NDArray[np.float64]:
    """Beta(a, b) on equal steps of log odds."""
    line = a * np.log(THETA) + b * np.log(1 - THETA)
    mass = np.exp(line - line.max())
    return mass / mass.sum()


STRENGTHS = (1, 2, 4, 8, 16)


@cache
def rung(strength: float) -> NDArray[np.float64]:
    """From a danger down one rung of the tree to that of something narrower."""
    return np.array([beta(strength * max(1, t / (1 - t)), strength * max(1, (1 - t) / t)) for t in THETA])


@cache
def to_area(strength: float) -> NDArray[np.float64]:
    """From a mode to an area: a condition first, then country, season and area, each as alike as the others."""
    return rung(1) @ np.linalg.matrix_power(rung(strength), 3)


@cache
def to_leg() -> NDArray[np.float64]:
    """From an area to a leg, which may be like it by any of the strengths."""
    return sum(rung(one) for one in STRENGTHS) / len(STRENGTHS)


@dataclass(frozen=True)
class Told:
    """What was said of one mode, Beta(a, b), and seen of each of its legs in calm: so many of so many."""

    a: float
    b: float
    seen: dict[str, Pair]  # yes, no


def learnt(modes: tuple[Told, ...]) -> dict[str, Pair]:
    """The mean danger of each leg in calm, where the records are, and in alert, where there are none."""
    chance, calm, alert = [], [], []
    for strength in STRENGTHS:
        likely, here, there = 1.0, {}, {}
        for one in modes:
            said = beta(one.a, one.b)
            record = {leg: np.exp(yes * np.log(THETA) + no * np.log(1 - THETA)) for leg, (yes, no) in one.seen.items()}
            heard = {leg: to_leg() @ seen for leg, seen in record.items()}  # at the area, of each leg
            root = said * (to_area(strength) @ np.prod(list(heard.values()), axis=0))
            likely *= root.sum()
            for leg in one.seen:
                others = np.prod([heard[other] for other in one.seen if other != leg], axis=0)
                leaf = (said @ to_area(strength) * others) @ to_leg() * record[leg]
                here[leg], there[leg] = leaf @ THETA / leaf.sum(), root @ THETA / root.sum()
        chance.append(likely), calm.append(here), alert.append(there)
    weight = np.array(chance) / sum(chance)
    return {leg: (float(weight @ [one[leg] for one in calm]), float(weight @ [one[leg] for one in alert])) for leg in calm[0]}


# Records are a year old and count half: of 24 parties at the ford 22 arrived and 2 turned back, and so on.
WALKED, ROWED = {"FORD": (0, 12)}, {"FERRY": (0.5, 11.5)}
LOST = (Told(2, 38, WALKED), Told(2, 38, ROWED), Told(1, 49, {"CART-R": (0, 6), "CART-Q": (0, 6)}))
BACK = (Told(2, 18, {"FORD": (1, 11)}), Told(2, 38, {"FERRY": (0.5, 11)}), Told(2, 38, {"CART-R": (0.5, 5.5), "CART-Q": (0, 6)}))
LOST_LATER, BACK_LATER = (Told(2, 38, {"FORD": (2, 16)}), *LOST[1:]), (Told(2, 18, {"FORD": (1, 15)}), *BACK[1:])


def believed(made: Plan, split: str) -> dict[str, Pair]:
    """The same numbers as the program has them."""
    net, posterior = made.setting.net, made.posterior
    mean = posterior.lost if split == "lost" else posterior.back
    return {leg: tuple(float(mean[posterior.leg_leaf[0, net.legs.index(leg), c]]) for c in (CALM, ALERT))
            for leg in ("FORD", "FERRY", "CART-R", "CART-Q")}


@pytest.mark.parametrize(("made", "split", "told"), [(before, "lost", LOST), (before, "back", BACK),
                                                     (after, "lost", LOST_LATER), (after, "back", BACK_LATER)])
def test_what_is_learnt_of_each_danger_is_what_plain_sums_give(made, split, told):
    found, by_hand = believed(made(), split), learnt(told)
    for name in found:
        assert found[name] == pytest.approx(by_hand[name], rel=3e-3), name


# --- the belief of today -------------------------------------------------------------------------------------------


def test_the_belief_of_the_near_bank_is_one_report_a_day_old():
    right = 0.75 * 0.85  # a source of grade B, a report of grade 2, first hand
    calm, alert = 5 / 7 * (right + (1 - right) / 2), 2 / 7 * (1 - right) / 2  # it said calm
    calm, alert = calm / (calm + alert), alert / (calm + alert)
    today = calm * NEAR[CALM][CALM] + alert * NEAR[ALERT][CALM]
    assert today == pytest.approx(0.77559607, abs=1e-8)
    assert before().setting.belief == pytest.approx([today, 1 - today], abs=1e-12)


# --- the chance, backward from the last day ------------------------------------------------------------------------


@dataclass(frozen=True)
class Worth:
    """Chance of arriving, and the same less a quarter of the chance of being lost: what the planner compares."""

    safe: float
    value: float


def leg(lost: float, back: float, there: Worth, again: Worth) -> Worth:
    """A leg: arrive, turn back and stand where one stood, or be lost."""
    arrive, turn = (1 - lost) * (1 - back), (1 - lost) * back
    return Worth(arrive * there.safe + turn * again.safe, arrive * there.value + turn * again.value - PENALTY * lost)


def mixed(shares: Pair, worth: tuple[Worth, Worth]) -> Worth:
    return Worth(sum(s * w.safe for s, w in zip(shares, worth, strict=True)),
                 sum(s * w.value for s, w in zip(shares, worth, strict=True)))


NOTHING, HOME = Worth(0, 0), Worth(1, 1)


@dataclass(frozen=True)
class ByHand:
    """The three days, from given dangers of each way in calm and alert."""

    lost: dict[str, Pair]
    back: dict[str, Pair]
    staying: float  # danger of a day's wait

    def cart(self, cart: str, day: int, c: int) -> Worth:
        """On the far bank, where this cart goes from, in condition c, `day` days gone."""
        if day == 3:
            return NOTHING
        again = mixed(FAR[c], (self.cart(cart, day + 1, CALM), self.cart(cart, day + 1, ALERT)))
        gone = leg(self.lost[cart][c], self.back[cart][c], HOME, again)
        stay = Worth((1 - self.staying) * again.safe, (1 - self.staying) * again.value - PENALTY * self.staying)
        return max(gone, stay, NOTHING, key=lambda w: w.value)

    def mill(self, day: int, c: int) -> dict[str, Worth]:
        """All that can be done at the mill in condition c, `day` days gone."""
        if day == 3:
            return {"stop": NOTHING}
        over = {cart: mixed(FAR_AS_A_RULE, (self.cart(cart, day + 1, CALM), self.cart(cart, day + 1, ALERT)))
                for cart in ("CART-R", "CART-Q")}
        again = mixed(NEAR[c], (self.best(day + 1, CALM)[1], self.best(day + 1, ALERT)[1]))
        found = {way: leg(self.lost[way][c], self.back[way][c], over[cart], again)
                 for way, cart in (("FORD", "CART-R"), ("FERRY", "CART-Q"))}
        stay = Worth((1 - self.staying) * again.safe, (1 - self.staying) * again.value - PENALTY * self.staying)
        return found | {"wait": stay, "stop": NOTHING}

    def best(self, day: int, c: int) -> tuple[str, Worth]:
        return max(self.mill(day, c).items(), key=lambda item: item[1].value)

    def chance(self, belief: Pair) -> float:
        return mixed(belief, (self.best(0, CALM)[1], self.best(0, ALERT)[1])).safe


def by_hand(made: Plan) -> ByHand:
    posterior, net = made.posterior, made.setting.net
    staying = float(posterior.lost[posterior.wait_leaf[0, net.places.index("MILL"), CALM]])
    return ByHand(believed(made, "lost"), believed(made, "back"), staying)


def first(made: Plan, c: int, day: int) -> str:
    net, model = made.setting.net, made.model
    at = net.places.index("MILL")
    done = made.surface.policy[day, at, c, model.budget]
    return {0: "stop", WAIT: "wait"}.get(int(done)) or net.legs[made.setting.leg_of[model.ptr[at] + done - FIRST_LEG]]


@pytest.mark.parametrize("made", [before, after])
def test_the_chance_of_arriving_is_worked_backward_by_hand(made):
    found = made()
    hand = by_hand(found)
    assert found.chain.safe == pytest.approx(hand.chance(tuple(found.setting.belief)), abs=1e-12)
    for day in (0, 1):
        assert [first(found, c, day) for c in (CALM, ALERT)] == [hand.best(day, c)[0] for c in (CALM, ALERT)]
        for c in (CALM, ALERT):
            at = found.surface.start[day, c, found.model.budget]
            assert at == pytest.approx(hand.best(day, c)[1].value, abs=1e-12)


# --- the circle ----------------------------------------------------------------------------------------------------


def test_a_bad_week_moves_the_danger_and_turns_the_plan_as_worked_by_hand():
    assert learnt(LOST)["FORD"] == pytest.approx((0.0166, 0.0446), abs=5e-5)
    assert learnt(LOST_LATER)["FORD"] == pytest.approx((0.0842, 0.0616), abs=5e-5)
    hands = [ByHand(learnt(lost), learnt(back), 0.002) for lost, back in ((LOST, BACK), (LOST_LATER, BACK_LATER))]
    belief = (0.77559607, 0.22440393)
    assert [hand.best(0, CALM)[0] for hand in hands] == ["FORD", "FERRY"]
    assert [first(made(), CALM, 0) for made in (before, after)] == ["FORD", "FERRY"]
    assert [made().chain.safe for made in (before, after)] == pytest.approx(
        [hand.chance(belief) for hand in hands], abs=2e-4)


def test_the_answer_says_what_was_learnt_and_what_it_changes():
    asked = ask("river", "two")
    found = answer(network_of(later()), asked.party, asked.terms, now=asked.now, asked=Asked(draws=100, full=False),
                   against=asked.net)
    assert isinstance(found, Answer) and found.assessment.state is Knowledge.THIN
    said = " ".join(found.learnt)
    assert "New outcomes on FORD: 4 arrived, 2 harmed." in said
    assert "FORD, calm, year rose from about 2 to about 8 of 100 parties" in said
    assert "What to do first changed" in said and said.index("FORD)") < said.index("FERRY)")


def test_the_book_that_is_worked_by_hand_says_what_the_sums_say():
    made = book("river")
    counts = {leg.code: [sum(o.leg == leg.code and o.ended == end for o in made.outcomes)
                         for end in (Ended.ARRIVED, Ended.TURNED_BACK)] for leg in made.legs}
    assert counts == {"FORD": [22, 2], "FERRY": [22, 1], "CART-R": [11, 1], "CART-Q": [12, 0], "BRIDGE": [0, 0]}
    assert len(made.outcomes) == 72 and {o.condition for o in made.outcomes} == {"calm"}
    assert {(made.book.as_of.date() - o.ended_at).days for o in made.outcomes} == {365}
    chains = {(row.scope, row.from_condition, row.to_condition): row.share for row in made.chains}
    assert [chains["NEAR", a, b] for a in ("calm", "alert") for b in ("calm", "alert")] == [*NEAR[0], *NEAR[1]]
    assert [chains["FAR", a, b] for a in ("calm", "alert") for b in ("calm", "alert")] == [*FAR[0], *FAR[1]]
    assert json.loads(json.dumps(made.book.conditions)) == ["calm", "alert"]
