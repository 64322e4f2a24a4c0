"""Which limits would have to give, and by how much: so that what must be can be, or for one step more of each.

Where those who must be taken do not fit, or a floor cannot be kept, every kind of limit is widened alone by as little
as will do: money or beds or guides are different favours to ask of different people, and which of them is asked is
theirs to say who ask. Only where no kind is enough alone are all widened together, by the smallest sum of shares of
what there is. The sums are made again from the set that would then fit, and not taken from the solver.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from waystation.portfolio.limits import Kind
from waystation.portfolio.missions import Caps
from waystation.portfolio.proposal import Broken, More, Relief
from waystation.portfolio.question import Question, question, searched
from waystation.portfolio.solver import Ended, Row, best, wider

SHARE = 1_000_000  # a limit doubled


def reliefs(asked: Question, *, floors: bool) -> tuple[Relief, ...]:
    """What would let in everybody who must be taken and, with `floors`, keep every floor."""
    kept: tuple[Row, ...] = ((asked.program.short, 0.0, 0.0),) if floors else ()
    kinds = asked.program.rows_of
    alone = [found for kind in kinds if (found := _least(asked, [kind], kept)) is not None]
    if alone:
        return tuple(alone)
    together = _least(asked, list(kinds), kept)
    return () if together is None else (together,)


def _least(asked: Question, kinds: Sequence[Kind], kept: tuple[Row, ...]) -> Relief | None:
    places = [at for kind in kinds for at in asked.program.rows_of[kind]]
    of_one = len(kinds) == 1  # then all are in one unit
    costs = {at: 1 if of_one else max(1, SHARE // max(1, round(asked.program.rows[at][2]))) for at in places}
    program, objective = wider(asked.program, costs)
    found = best(program, objective, replace(asked.how, gap=0.0), extra=kept, least=True)
    if found.chosen is None:
        return None
    return Relief(asked.broken(found.chosen), least=found.ended is Ended.PROVEN)


def more_of(asked: Question, full: Iterable[Broken], chosen: frozenset[tuple[str, str]]) -> tuple[More, ...]:
    """One step more of each of these limits, asked again from the start."""
    value, short = asked.choice(chosen).arriving, asked.short(chosen)
    told = []
    for one in full:
        by, caps = _raised(asked.caps, one)
        again = question(asked.month, caps, scenarios=len(asked.lost), how=asked.how)
        other, _ = searched(again)
        if other.chosen is not None:
            told.append(More(one.kind, one.name, one.week, by, again.choice(other.chosen).arriving - value,
                             again.short(other.chosen) - short))
    return tuple(told)


def _raised(caps: Caps, one: Broken) -> tuple[int, Caps]:
    """A step more of one limit, and the caps with it: a twentieth of money, else one."""
    def week(numbers: Sequence[int]) -> tuple[int, ...]:
        return tuple(number + (at == one.week) for at, number in enumerate(numbers, start=1))

    if one.kind is Kind.BUDGET:
        by = max(1, caps.budget // 20)
        return by, replace(caps, budget=caps.budget + by)
    if one.kind is Kind.PURSE:
        by = max(1, caps.purses[one.name] // 20)
        return by, replace(caps, purses={**caps.purses, one.name: caps.purses[one.name] + by})
    if one.kind is Kind.GUIDE:
        return 1, replace(caps, guides={**caps.guides, one.name: week(caps.guides[one.name])})
    if one.kind is Kind.HOUSE:
        return 1, replace(caps, houses={**caps.houses, one.name: week(caps.houses[one.name])})
    if one.kind is Kind.AREA:
        return 1, replace(caps, exposure={**caps.exposure, one.name: caps.exposure[one.name] + 1})
    if one.kind is Kind.DESK:
        return 1, replace(caps, moving=week(caps.moving or ()))
    if one.kind is Kind.BAD_CASE:
        return 1, replace(caps, bad_case=(caps.bad_case or 0) + 1000)
    return 1, replace(caps, sharing=(caps.sharing or 0) + 1)
