"""What fits together best: a proposal with its bound, its rivals, and for everybody who waits the reason.

In this order, and never blended into one score: first as little as possible is short of the floors; then as many people
as possible reach safety. Beside it stand the next best sets (the chosen set is cut off and the search goes on), the
front between safety and great need, and what one step more of each full limit would bring (by asking again).

The solver is not believed: what it chose is judged again by the plain sums of `limits` and `scenarios`. Its bound says
how much better any set could be. A search that time ended, a floor that cannot be kept and missions that cannot be
taken are answers, not errors. Nobody is accepted here: named people decide.
"""

from dataclasses import replace

import numpy as np

from waystation import __version__
from waystation.portfolio.limits import Kind, Out, why_out
from waystation.portfolio.missions import Caps, Mission, Month, digest
from waystation.portfolio.proposal import Barred, Broken, Choice, Proposal, Shut, Waiting
from waystation.portfolio.question import Codes, Question, question, searched
from waystation.portfolio.solver import Ended, Found, How, Row, best
from waystation.portfolio.widening import more_of, reliefs

FRONT = 5  # points at most
ASKED_AGAIN = 10  # missions that are forced in, limits that are raised


def select(month: Month, caps: Caps, *, scenarios: int = 200, seed: int = 0, gap: float = 0.0, seconds: float = 30.0,
           alternatives: int = 2, explain: bool = True) -> Proposal:
    """Propose the set of missions that keeps the floors as far as they can be kept and brings most people to safety.

    `gap` 0 is exact; `seconds` is for each single search; `explain=False` stops after the set and its bound. The same
    files in any order, the same seed: the same answer. Raises `SolverMissing`.
    """
    asked = question(month, caps, scenarios=scenarios, how=How(gap=gap, seconds=seconds, seed=seed))
    found, floor_row = searched(asked)
    made = _answer(asked, found)
    if not explain:
        return made
    if found.chosen is None:
        shut = _shut(asked) if found.ended is Ended.IMPOSSIBLE else ()
        return replace(made, shut=shut, reliefs=reliefs(asked, floors=False)
                       if found.ended is Ended.IMPOSSIBLE and not shut else ())
    return replace(made, alternatives=_alternatives(asked, found.chosen, floor_row, alternatives),
                   front=_front(asked, found.chosen, floor_row), waiting=_waiting(asked, found.chosen, floor_row),
                   more=more_of(asked, made.full[:ASKED_AGAIN], found.chosen),
                   reliefs=reliefs(asked, floors=True) if asked.short(found.chosen) else ())


def _answer(asked: Question, found: Found) -> Proposal:
    chosen = None if found.chosen is None else asked.choice(found.chosen)
    value = chosen.arriving if chosen else 0.0
    bound = 0.0 if found.ended is Ended.IMPOSSIBLE else max(value, min(found.bound / 1000, _most(asked)))
    if found.ended is Ended.PROVEN and asked.how.gap == 0:
        bound = value  # all gains are whole thousandths, and the search left less than one
    return Proposal(
        ended=found.ended, chosen=chosen, bound=bound, gap=(bound - value) / bound if bound > 0 else 0.0,
        digest=digest(asked.month, asked.caps), seed=asked.how.seed, scenarios=len(asked.lost), version=__version__,
        full=() if found.chosen is None else _full(asked, found.chosen))


def _most(asked: Question) -> float:
    """People who would reach safety without any limit."""
    return sum(max((one.gain for one in asked.options if one.mission is mission and one.gain > 0), default=0)
               for mission in asked.month.missions) / 1000


def _full(asked: Question, chosen: Codes) -> tuple[Broken, ...]:
    """Limits that hold somebody back: those that a mission which waits would pass, in a variant that may be chosen."""
    taken = {mission for mission, _ in chosen}
    found = {(one.kind, one.name, one.week): replace(one, over=0.0) for option in asked.options
             if option.mission.code not in taken for one in asked.broken(chosen | {option.code})}
    return tuple(found[key] for key in sorted(found, key=lambda key: (list(Kind).index(key[0]), key[1], key[2])))


def _alternatives(asked: Question, chosen: Codes, floor_row: tuple[Row, ...], count: int) -> tuple[Choice, ...]:
    cuts, found = [asked.program.without(chosen)], []
    for _ in range(count):
        other = best(asked.program, asked.gains(), asked.how, extra=(*floor_row, *cuts))
        if other.chosen is None:
            break
        found.append(asked.choice(other.chosen))
        cuts.append(asked.program.without(other.chosen))
    return tuple(found)


def _front(asked: Question, chosen: Codes, floor_row: tuple[Row, ...]) -> tuple[Choice, ...]:
    """From the proposal to the set that moves most people of great need; no point is better than another."""
    need = asked.program.sum_of({one.code: one.in_need for one in asked.options})
    least = sum(one.in_need for one in asked.options if one.code in chosen)
    most = best(asked.program, need, asked.how, extra=floor_row)
    if most.chosen is None or most.value <= least + 0.5:
        return ()
    points: list[Choice] = []
    for wanted in sorted({round(least + (most.value - least) * k / (FRONT - 1)) for k in range(1, FRONT)}):
        other = best(asked.program, asked.gains(), asked.how, extra=(*floor_row, (need, float(wanted), np.inf)))
        if other.chosen is not None and (point := asked.choice(other.chosen)) not in points:
            points.append(point)
    return tuple(points)


def _barred(asked: Question, mission: Mission) -> tuple[Barred, ...]:
    """Variants of a mission that are not considered, and why."""
    return tuple(Barred(one.code, why, asked.caps.safety_floor - (one.low or 0) if why is Out.BELOW_FLOOR else 0)
                 for one in mission.variants if (why := why_out(mission, one, asked.caps)) is not None)


def _shut(asked: Question) -> tuple[Shut, ...]:
    open_ones = {one.mission.code for one in asked.options}
    return tuple(Shut(mission.code, _barred(asked, mission)) for mission in asked.month.missions
                 if mission.code in asked.caps.take - open_ones)


def _waiting(asked: Question, chosen: Codes, floor_row: tuple[Row, ...]) -> tuple[Waiting, ...]:
    taken = {mission for mission, _ in chosen}
    left = [mission for mission in asked.month.missions if mission.code not in taken]
    left.sort(key=lambda mission: (-mission.need, mission.code))  # in order of need: their case is read first
    return tuple(_reasons(asked, mission, chosen, floor_row, ask=number < ASKED_AGAIN)
                 for number, mission in enumerate(left))


def _reasons(asked: Question, mission: Mission, chosen: Codes, floor_row: tuple[Row, ...], *, ask: bool) -> Waiting:
    mine = [one.code for one in asked.options if one.mission is mission]
    told = Waiting(mission.code, mission.size, mission.need, _barred(asked, mission),
                   tuple((code[1], asked.broken(chosen | {code})) for code in mine), asked=ask)
    if not mine or not ask:
        return replace(told, cannot_be_taken=not mine)
    forced = ({asked.program.place[code]: 1.0 for code in mine}, 1.0, 1.0)
    found = best(asked.program, asked.gains(), asked.how, extra=(*floor_row, forced))
    return replace(told, if_taken=None if found.chosen is None else asked.choice(found.chosen),
                   cannot_be_taken=found.ended is Ended.IMPOSSIBLE)
