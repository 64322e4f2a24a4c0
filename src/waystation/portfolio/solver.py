"""The question as rows and columns for HiGHS, and its answer as a set of options.

Columns: one of 0 or 1 per option (x), what is short of each floor (y), and for the bad case the loss L0 of a scenario
without any shock, the level eta and the excess z of each scenario. The loss of a scenario is written as L0 and what its
shocks add, which is zero for every option they do not touch: a third of the numbers that writing each loss out takes,
for the same optimum. `factored=False` writes them out; the tests and the benchmark compare both.

(Rockafellar and Uryasev 2000 for the rows of the bad case; Huangfu and Hall, Parallelizing the dual revised simplex
method, 2018, for the solver.)
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

import numpy as np

from waystation.portfolio.limits import Floor, Kind, Limit, Option
from waystation.portfolio.missions import ALPHA
from waystation.portfolio.scenarios import People

Row = tuple[Mapping[int, float], float, float]  # numbers by column, from, to
ONE_UNIT = 0.5  # every objective is whole: closer than this is equal


class SolverMissing(Exception):
    """HiGHS is not installed. The message says how to get it."""


class Ended(StrEnum):
    """How a search ended."""

    PROVEN = "proven"  # within the gap that was asked for
    STOPPED = "stopped"  # by time
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True, slots=True)
class How:
    """How long and how exactly to search."""

    gap: float = 0.0
    seconds: float = 30.0
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """The best set that was found, or None; its value and the bound are of the objective that was asked for."""

    ended: Ended
    chosen: frozenset[tuple[str, str]] | None
    value: float
    bound: float


@dataclass(frozen=True, slots=True)
class Program:
    """Columns and rows, before any objective. The order of rows is fixed: same input, same set."""

    options: tuple[Option, ...]
    floors: tuple[Floor, ...]
    columns: int
    rows: tuple[Row, ...]
    place: Mapping[tuple[str, str], int] = field(default_factory=dict)
    rows_of: Mapping[Kind, tuple[int, ...]] = field(default_factory=dict)  # which rows are limits

    def sum_of(self, values: Mapping[tuple[str, str], int]) -> dict[int, float]:
        """Numbers of options as numbers of columns."""
        return {self.place[code]: float(value) for code, value in values.items() if value}

    @property
    def short(self) -> dict[int, float]:
        """What is short of all floors together."""
        return {len(self.options) + k: 1.0 for k in range(len(self.floors))}

    def without(self, chosen: frozenset[tuple[str, str]]) -> Row:
        """A cut that neither this set nor a part of it passes, and every other set does: less of it is no rival."""
        return {at: 1.0 for code, at in self.place.items() if code not in chosen}, 1.0, math.inf


def program(options: tuple[Option, ...], limits: Iterable[Limit], floors: tuple[Floor, ...], *,
            take: frozenset[str] = frozenset(), lost: People | None = None, most_lost: int | None = None,
            factored: bool = True) -> Program:
    """Rows of everything that must hold. `lost` is scenarios x options, and `most_lost` the cap of the bad case."""
    place = {one.code: at for at, one in enumerate(options)}
    rows: list[Row] = []
    for mission in sorted({one.mission.code for one in options} | take):
        some = {at: 1.0 for (code, _), at in place.items() if code == mission}
        rows.append((some, float(mission in take), 1.0))
    rows_of: dict[Kind, tuple[int, ...]] = {}
    for limit in limits:
        rows_of[limit.kind] = (*rows_of.get(limit.kind, ()), len(rows))
        rows.append(({place[code]: float(used) for code, used in limit.uses.items()}, -math.inf, float(limit.most)))
    first = len(options)
    for at, floor in enumerate(floors):
        counts = {place[code]: float(count) for code, count in floor.counts.items()}
        rows.append(({**counts, first + at: 1.0}, float(floor.asked), math.inf))
    columns = first + len(floors)
    if lost is not None and most_lost is not None:
        rows += _bad_case(lost, most_lost, columns, factored=factored)
        columns += 2 + len(lost)
        rows_of[Kind.BAD_CASE] = (len(rows) - 1,)
    return Program(options, floors, columns, tuple(rows), place, rows_of)


def wider(of: Program, costs: Mapping[int, int]) -> tuple[Program, dict[int, float]]:
    """The program with these rows made elastic, and the objective to minimise: what widening each by one costs."""
    rows, objective = list(of.rows), {}
    for column, (at, cost) in enumerate(costs.items(), start=of.columns):
        numbers, low, high = rows[at]
        rows[at] = ({**numbers, column: -1.0}, low, high)
        objective[column] = float(cost)
    return replace(of, columns=of.columns + len(costs), rows=tuple(rows)), objective


def _bad_case(lost: People, most: int, first: int, *, factored: bool) -> Iterable[Row]:
    calm, level, excess = first, first + 1, first + 2
    base = lost.min(axis=0) if factored else np.zeros(lost.shape[1], np.int64)
    if factored:
        yield {**{int(k): float(base[k]) for k in np.flatnonzero(base)}, calm: -1.0}, 0.0, 0.0
    for s, added in enumerate(lost - base):
        row = {int(k): float(added[k]) for k in np.flatnonzero(added)} | {level: -1.0, excess + s: -1.0}
        yield row | ({calm: 1.0} if factored else {}), -math.inf, 0.0
    tail = 1 / ((1 - ALPHA) * len(lost))
    yield {level: 1.0, **{excess + s: tail for s in range(len(lost))}}, -math.inf, float(most)


def best(of: Program, objective: Mapping[int, float], how: How, *, extra: tuple[Row, ...] = (),
         least: bool = False) -> Found:
    """The set with the largest (or `least`) objective under every row. Raises `SolverMissing`."""
    try:
        import highspy
    except ModuleNotFoundError as missing:
        raise SolverMissing("A portfolio needs the solver HiGHS, which is not installed: install "
                            "waystation[portfolio]. Every other verb works without it.") from missing
    if not of.columns:  # HiGHS looks at no row of a model without columns
        able = all(low <= 0 <= high for _, low, high in (*of.rows, *extra))
        return Found(Ended.PROVEN, frozenset(), 0.0, 0.0) if able else Found(Ended.IMPOSSIBLE, None, 0.0, 0.0)
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, value in (("output_flag", False), ("time_limit", float(how.seconds)), ("mip_rel_gap", float(how.gap)),
                        ("mip_abs_gap", ONE_UNIT), ("random_seed", how.seed), ("threads", 1)):
        solver.setOptionValue(name, value)
    solver.passModel(_model(highspy, of, objective, (*of.rows, *extra), least=least))
    solver.run()
    status, info = solver.getModelStatus(), solver.getInfo()
    if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
        return Found(Ended.IMPOSSIBLE, None, 0.0, 0.0)
    proven = status == highspy.HighsModelStatus.kOptimal
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return Found(Ended.STOPPED, None, 0.0, float(info.mip_dual_bound))
    values = np.array(solver.getSolution().col_value)
    chosen = frozenset(code for code, at in of.place.items() if values[at] > 0.5)
    return Found(Ended.PROVEN if proven else Ended.STOPPED, chosen, float(info.objective_function_value),
                 float(info.mip_dual_bound))


def _model(highspy: Any, of: Program, objective: Mapping[int, float], rows: tuple[Row, ...], *, least: bool) -> Any:
    columns, whole = of.columns, len(of.options)
    cost, upper = np.zeros(columns), np.full(columns, math.inf)
    cost[list(objective)] = list(objective.values())
    upper[:whole] = 1.0
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = columns, len(rows)
    model.sense_ = highspy.ObjSense.kMinimize if least else highspy.ObjSense.kMaximize
    model.col_cost_, model.col_lower_, model.col_upper_ = cost, np.zeros(columns), upper
    model.row_lower_ = np.array([low for _, low, _ in rows])
    model.row_upper_ = np.array([high for _, _, high in rows])
    kinds = highspy.HighsVarType
    model.integrality_ = [kinds.kInteger] * whole + [kinds.kContinuous] * (columns - whole)
    matrix = model.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.start_ = np.cumsum([0, *(len(numbers) for numbers, _, _ in rows)])
    matrix.index_ = np.array([at for numbers, _, _ in rows for at in numbers], np.int32)
    matrix.value_ = np.array([value for numbers, _, _ in rows for value in numbers.values()])
    return model
