"""One question to the solver: a network, what is believed of it, a party and its terms, as a `Model`.

Everything that the party cannot do is masked, everything is rounded against the party (durations and costs up, budget
and deadline down), and the way back from model indices to the route book is kept beside the arrays.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from waystation.hazards.posterior import Posterior
from waystation.network.conditions import forecast
from waystation.network.network import Floats, Ints, Network
from waystation.network.rows import Guide
from waystation.party import Party, Terms
from waystation.planning.limits import allowed, refusals
from waystation.planning.mdp import Model
from waystation.planning.results import Refused, Veto
from waystation.trust.truth import Belief
from waystation.units import DAY_STARTS_AT_H, Money, horizon, step_start, steps_up

LONGEST_COUNTED_WAIT = 14  # steps; a longer stay is not counted, only warned about
LONGEST_LEG = 31  # steps
MOST_MONEY = 32_000  # units; they are counted in 16 bits


class InvalidTerms(ValueError):
    """The question cannot be asked of this route book; `sentences` say why and what to do."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


@dataclass(frozen=True, slots=True)
class Hazards:
    """What each stratum does, as the model reads it: one row a leaf of the posterior."""

    lost: Floats  # leaves (wait leaves: per step)
    back: Floats
    kind: Floats  # leaves x 3


@dataclass(frozen=True, slots=True)
class Setting:
    """A model and the way back to the route book. n', L' count copies of places with a longest stay."""

    net: Network
    party: Party
    terms: Terms
    now: datetime
    model: Model
    start: int  # n'
    belief: Floats  # C: of the start area, on the day of departure
    place_of: Ints  # n' -> place of the network
    leg_of: Ints  # L' -> leg of the network
    leg_leaf: Ints  # S x L' x C -> leaf; -1 where the condition does not occur
    wait_leaf: Ints  # S x n' x C -> leaf
    guide: tuple[Guide | None, ...]  # L, of the network
    vetoes: tuple[Veto, ...]
    lead: int  # steps from now to departure
    seasons: NDArray[np.uint8]  # lead + T: of each step from now on
    warnings: tuple[str, ...]

    def day(self, step: int) -> date:
        """The civil day on which a step starts."""
        return step_start(self.terms.depart_from, step, self.net.step_hours).date()


def posterior_hazards(posterior: Posterior) -> Hazards:
    """The means of a posterior."""
    return Hazards(posterior.lost, posterior.back, posterior.kind)


def setting(net: Network, posterior: Posterior, beliefs: tuple[Belief, ...], party: Party, terms: Terms, *,
            now: datetime, hopeful: bool = False) -> Setting | Refused:
    """Ask the question, or say why it must not be asked.

    `hopeful` rounds the other way (costs down, budget up): an upper bound of what exact money would allow.

    Raises `InvalidTerms` for unknown codes, dates in the past, a goal that no chain of legs reaches.
    """
    _check(net, terms, now)
    if reasons := refusals(party):
        return Refused(reasons)
    steps = horizon(terms.depart_from, terms.deadline, net.step_hours)
    mask = allowed(net, party, terms, steps=steps)
    copies = _copies(net)
    legs = _legs_of_copies(net, copies.place)
    seasons, ahead, lead = _calendar(net, beliefs, terms, now, steps)
    prof_dur = _durations(net, party)
    up = net.unit.down if hopeful else net.unit.up
    leg_cost = [_leg_cost(net, party, index, mask.guide[index]) for index in range(len(net.legs))]
    budget = _in_unit_currency(net, terms.budget)
    units = net.unit.up(budget) if hopeful else net.unit.down(budget)  # what costs more than that cannot be paid
    goals = _goals(net, terms)
    base = Model(
        area=net.area[copies.place], goal=goals[copies.place], stay_value=net.stay_value[copies.place],
        ptr=legs.ptr, dst=net.dst[legs.leg], profile=net.profile[legs.leg],
        cost=np.array([min(up(leg_cost[leg]), units + 1) for leg in legs.leg], np.int16),
        prof_dur=prof_dur, prof_q=net.prof_q,
        arrive=np.empty(0), back=np.empty(0), lost=np.empty(0), wait_loss=np.empty(0),
        wait_to=copies.wait_to,
        wait_cost=np.array([min(up(net.wait_cost[place] * party.size), units + 1) for place in copies.place], np.int16),
        leg_open=mask.open[:, legs.leg], chain=net.chain, season_of=seasons[lead:], forecast=ahead,
        penalty=np.full(3, terms.penalty),
        budget=units,
    )
    leg_leaf, wait_leaf = posterior.leg_leaf[:, legs.leg], posterior.wait_leaf[:, copies.place]
    start = net.places.index(terms.start)
    asked = Setting(
        net, party, terms, now, base, start, ahead[0, net.area[start]], copies.place, legs.leg, leg_leaf, wait_leaf,
        mask.guide, mask.vetoes, lead, seasons, copies.warnings,
    )
    asked = replace(asked, model=with_hazards(asked, posterior_hazards(posterior)))
    if not _in_time_and_money(asked.model, start):
        return Refused(_why_unreachable(asked))
    return asked


def with_hazards(asked: Setting, hazards: Hazards) -> Model:
    """The model of a setting under other hazards; rows of `arrive + back + lost` sum to 1."""
    lost, back, kind = _rows(hazards, asked.leg_leaf)
    gone, _, wait_kind = _rows(hazards, asked.wait_leaf)
    return replace(
        asked.model, arrive=(1 - lost) * (1 - back), back=(1 - lost) * back, lost=lost[..., None] * kind,
        wait_loss=gone[..., None] * wait_kind,
    )


def _rows(hazards: Hazards, leaf: Ints) -> tuple[Floats, Floats, Floats]:
    # A condition that does not occur in an area has no leaf (-1) and no mass; any value will do, none is read.
    known = leaf >= 0
    return (np.where(known, hazards.lost[leaf], 0.0), np.where(known, hazards.back[leaf], 0.0),
            np.where(known[..., None], hazards.kind[leaf], 1 / 3))


# --- what the terms must satisfy ------------------------------------------------------------------------------------


def _check(net: Network, terms: Terms, now: datetime) -> None:
    wrong = []
    if terms.start not in net.places:
        wrong.append(f"The route book has no place {terms.start}; --from wants a code of its sheet `places`.")
    wrong += [f"The route book has no place {goal}; --to wants a code of its sheet `places`." for goal in terms.goals
              if goal not in net.places]
    if terms.depart_from < now.date():
        wrong.append(f"The departure {terms.depart_from} lies in the past; it is {now.date()} for this plan.")
    if terms.start in net.places and _goals(net, terms)[net.places.index(terms.start)]:
        wrong.append("The start is a goal already; there is nothing to plan.")
    elif step_start(terms.depart_from, 0, net.step_hours).replace(tzinfo=UTC) < now:
        wrong.append(f"The morning of {terms.depart_from}, when the plan would start, is past; give the next day.")
    if terms.deadline <= terms.depart_from:
        wrong.append(f"The deadline {terms.deadline} is not after the departure {terms.depart_from}: give a later one.")
    elif horizon(terms.depart_from, terms.deadline, net.step_hours) > 2000:
        wrong.append("The deadline is more than 2,000 steps away; give an earlier --by or a longer step_hours.")
    if terms.budget.amount < 0:
        wrong.append("The money is negative; give 0 or more.")
    known = {net.unit.currency} | {rate.currency for rate in net.book.rates}
    if terms.budget.currency not in known:
        wrong.append(f"No rate for {terms.budget.currency}; add it to the sheet `rates`, or give {net.unit.currency}.")
    elif net.unit.down(_in_unit_currency(net, terms.budget)) > MOST_MONEY:
        wrong.append(f"The money is more than {MOST_MONEY:,} units of {net.unit.money(1)}; give less, or a larger "
                     "`money_value` in the sheet `book`.")
    if not wrong and not _goals(net, terms).any():
        wrong.append("The route book names no goal; mark one in `places`, or give --to.")
    if not wrong and not _reached(net, net.places.index(terms.start))[_goals(net, terms)].any():
        wrong.append("No chain of legs leads from the start to a goal; add the missing legs to the sheet `legs`.")
    if wrong:
        raise InvalidTerms(*wrong)


def _goals(net: Network, terms: Terms) -> NDArray[np.bool_]:
    """Which places are goals of these terms; codes that the book has not are checked elsewhere."""
    if not terms.goals:
        return net.goal
    return np.array([code in terms.goals for code in net.places], bool)


def _reached(net: Network, start: int) -> NDArray[np.bool_]:
    seen = np.zeros(len(net.places), bool)
    todo = [start]
    while todo:
        place = todo.pop()
        if not seen[place]:
            seen[place] = True
            todo += [int(end) for end in net.dst[net.ptr[place]:net.ptr[place + 1]]]
    return seen


def _in_time_and_money(model: Model, start: int) -> bool:
    """Whether some open chain of legs fits, each at its shortest duration: forward over (step, place, money)."""
    if model.goal[start]:
        return True
    fastest = model.prof_dur.min(axis=1)[model.profile]
    open_to = np.zeros((model.steps + 1, len(model.area), model.budget + 1), bool)
    open_to[0, start, model.budget] = True
    for step in range(model.steps):
        here = open_to[step]
        for place in np.flatnonzero(here.any(axis=1)):
            if (after := model.wait_to[place]) >= 0:
                _pay(here[place], open_to[step + 1, after], int(model.wait_cost[place]))
            for leg in range(model.ptr[place], model.ptr[place + 1]):
                then = step + int(fastest[leg])
                if model.leg_open[step, leg] and then <= model.steps:
                    _pay(here[place], open_to[then, model.dst[leg]], int(model.cost[leg]))
        if open_to[step + 1][model.goal].any():
            return True
    return bool(open_to[:, model.goal].any())


def _pay(money: NDArray[np.bool_], left: NDArray[np.bool_], cost: int) -> None:
    """Mark what is left of each amount that can pay `cost`."""
    if cost < len(money):
        left[: len(money) - cost] |= money[cost:]


def _why_unreachable(asked: Setting) -> tuple[str, ...]:
    main = "No way reaches a goal within the time and the money, by legs that this party can take."
    taken_out = [f"{veto.leg}: {veto.reason}" for veto in asked.vetoes if not veto.forbidden]
    return (main, *(["Taken out for this party: " + "; ".join(taken_out) + "."] if taken_out else []))


# --- places with a longest stay -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Copies:
    place: Ints  # n' -> n; the first n are the places themselves
    wait_to: Ints  # n'
    warnings: tuple[str, ...]


def _copies(net: Network) -> _Copies:
    """A place with `max_wait` w becomes w + 1 copies: waiting moves to the next, the last has no wait."""
    rows = {place.code: place for place in net.book.places}
    place, wait_to, warnings = list(range(len(net.places))), list(range(len(net.places))), []
    for index, code in enumerate(net.places):
        longest = rows[code].max_wait
        if longest is None:
            continue
        if longest > LONGEST_COUNTED_WAIT:
            warnings.append(f"The longest stay at {code} is over {LONGEST_COUNTED_WAIT} steps and is not counted.")
            continue
        at = index
        for _ in range(longest):
            wait_to[at] = len(place)
            at = len(place)
            place.append(index)
            wait_to.append(at)
        wait_to[at] = -1
    return _Copies(np.array(place, np.int32), np.array(wait_to, np.int32), tuple(warnings))


@dataclass(frozen=True, slots=True)
class _Legs:
    leg: Ints  # L' -> L
    ptr: Ints  # n'+1


def _legs_of_copies(net: Network, place: Ints) -> _Legs:
    runs = [np.arange(net.ptr[i], net.ptr[i + 1]) for i in place]
    ptr = np.concatenate([[0], np.cumsum([len(run) for run in runs])])
    return _Legs(np.concatenate(runs).astype(np.int32), ptr.astype(np.int32))


# --- time and money -------------------------------------------------------------------------------------------------


def _calendar(net: Network, beliefs: tuple[Belief, ...], terms: Terms, now: datetime,
              steps: int) -> tuple[NDArray[np.uint8], Floats, int]:
    """Seasons from now on, what is believed of each area from departure on, and the steps from now to departure."""
    morning = datetime(terms.depart_from.year, terms.depart_from.month, terms.depart_from.day, DAY_STARTS_AT_H,
                       tzinfo=UTC)
    lead = max(0, round((morning - now) / timedelta(hours=net.step_hours)))
    months = [step_start(terms.depart_from, step, net.step_hours).month for step in range(-lead, steps)]
    seasons = np.array([next(k for k, s in enumerate(net.seasons) if s.holds(month)) for month in months], np.uint8)
    ahead = forecast(np.array([belief.p for belief in beliefs]), net.chain, seasons)[lead:]
    return seasons, ahead, lead


def _durations(net: Network, party: Party) -> NDArray[np.int8]:
    hours = net.prof_hours * party.pace
    steps = np.array([[steps_up(float(h), net.step_hours) for h in row] for row in hours])
    if (steps > LONGEST_LEG).any():
        codes = [net.book.profiles[q].code for q in np.unique(np.nonzero(steps > LONGEST_LEG)[0])]
        raise InvalidTerms(f"Profile {', '.join(codes)} takes more than {LONGEST_LEG} steps at this party's pace; "
                            "use a longer step_hours.")
    return steps.astype(np.int8)


def _leg_cost(net: Network, party: Party, leg: int, guide: Guide | None) -> Fraction:
    fee = _in_unit_currency(net, guide.fee) if guide else Fraction(0)
    return net.cost[leg] * party.size + fee


def _in_unit_currency(net: Network, money: Money) -> Fraction:
    amount = Fraction(money.amount)
    if money.currency == net.unit.currency:
        return amount
    rate = next(rate for rate in net.book.rates if rate.currency == money.currency)
    return amount / Fraction(str(rate.per_unit)) * Fraction(net.unit.value)

