"""A month and its caps as one question to the solver, and every answer judged again by plain sums."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from waystation.portfolio.limits import Floor, Kind, Limit, Option, floors_of, limits_of, options_of
from waystation.portfolio.missions import Caps, Month
from waystation.portfolio.proposal import Broken, Choice
from waystation.portfolio.scenarios import People, bad_case, draw, losses
from waystation.portfolio.solver import Ended, Found, How, Program, Row, best, program

Codes = frozenset[tuple[str, str]]
TOLERANCE = 1e-3  # thousandths of a person


class LimitPassed(Exception):
    """The solver gave a set that passes a limit by the plain sums: nothing it said may be shown."""


@dataclass(frozen=True, slots=True)
class Question:
    """All that is asked, counted out once."""

    month: Month
    caps: Caps
    options: tuple[Option, ...]
    limits: tuple[Limit, ...]
    floors: tuple[Floor, ...]
    lost: People  # scenarios x options
    program: Program
    how: How

    def gains(self) -> dict[int, float]:
        """People more who reach safety, in thousandths, by column."""
        return self.program.sum_of({one.code: one.gain for one in self.options})

    def choice(self, chosen: Iterable[tuple[str, str]]) -> Choice:
        """A set as people read it, from plain sums."""
        codes = frozenset(chosen)
        some = [one for one in self.options if one.code in codes]
        need = [sum(one.mission.size for one in some if one.mission.need == level) for level in range(1, 6)]
        lost = self.lost_by(codes)
        return Choice(
            missions=tuple(one.code for one in some), people=sum(one.mission.size for one in some),
            arriving=sum(one.gain for one in some) / 1000, need=(need[0], need[1], need[2], need[3], need[4]),
            lost=float(lost.mean()) / 1000, bad_case=bad_case(lost) / 1000,
            lowest=min((one.variant.low for one in some if one.variant.low is not None), default=None),
            cost=sum(one.variant.cost for one in some),
            unmet=tuple((floor.name, floor.asked, floor.asked - reached) for floor in self.floors
                        if (reached := sum(floor.counts.get(code, 0) for code in codes)) < floor.asked))

    def short(self, chosen: Iterable[tuple[str, str]]) -> int:
        """People short of all floors together."""
        return sum(short for _, _, short in self.choice(chosen).unmet)

    def lost_by(self, codes: Codes) -> People:
        """What a set loses in each scenario."""
        taken = [at for at, one in enumerate(self.options) if one.code in codes]
        return np.asarray(self.lost[:, taken].sum(axis=1), np.int64)

    def broken(self, codes: Codes) -> tuple[Broken, ...]:
        """Every limit that a set passes."""
        over = [Broken(limit.kind, limit.name, limit.week, used - limit.most) for limit in self.limits
                if (used := limit.used(codes)) > limit.most]
        most = self.caps.bad_case
        if most is not None and (bad := bad_case(self.lost_by(codes))) > most + TOLERANCE:
            over.append(Broken(Kind.BAD_CASE, "", 0, (bad - most) / 1000))
        return tuple(over)


def question(month: Month, caps: Caps, *, scenarios: int, how: How) -> Question:
    """Options, limits, floors and losses of a month, and the rows that say so."""
    options = options_of(month, caps)
    shocks = draw(month, count=scenarios, seed=how.seed)
    columns = [losses(month, one.mission, one.variant, shocks) for one in options]
    lost = np.stack(columns, axis=1) if columns else np.zeros((scenarios, 0), np.int64)
    limits, floors = limits_of(caps, options), floors_of(caps, options)
    rows = program(options, limits, floors, take=caps.take, lost=lost, most_lost=caps.bad_case)
    return Question(month, caps, options, limits, floors, lost, rows, how)


def searched(asked: Question) -> tuple[Found, tuple[Row, ...]]:
    """First as little short of the floors as can be, then as many people to safety; and the row that keeps the floors.

    Raises `LimitPassed`, `SolverMissing`.
    """
    fewest = best(asked.program, asked.program.short, replace(asked.how, gap=0.0), least=True)
    if fewest.chosen is None:
        return fewest, ()
    floor_row: tuple[Row, ...] = ()
    if asked.floors:
        floor_row = ((asked.program.short, 0.0, float(asked.short(fewest.chosen))),)
    found = best(asked.program, asked.gains(), asked.how, extra=floor_row)
    if found.chosen is None:  # time ended: what kept the floors is still a set
        found = replace(found, ended=Ended.STOPPED, chosen=fewest.chosen)
    if found.chosen is not None and (wrong := asked.broken(found.chosen)):
        raise LimitPassed(f"the solver passed a limit: {wrong[0].kind}")
    return (replace(found, ended=Ended.STOPPED) if fewest.ended is Ended.STOPPED else found), floor_row
