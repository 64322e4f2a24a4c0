"""CP-SAT of OR-Tools as a rival in the benchmark: the same rows, in a process of its own beside HiGHS.

It cannot be loaded into one process with highspy, and is no part of the product. Its numbers are whole, so that every
row is multiplied until it is. The child reads a program on its standard input and prints what it found; its CPU seconds
count from the first row to the last answer, not the start of Python. (Perron, Didier and Gay, The CP-SAT-LP solver,
CP 2023.)
"""

import json
import math
import subprocess
import sys
from dataclasses import dataclass
from fractions import Fraction
from importlib.util import find_spec
from time import process_time
from typing import Any

from waystation.portfolio.question import Question
from waystation.portfolio.solver import Row

MOST = 10**7  # of a column that is no choice: people in thousandths, far above any month
FINEST = 1000  # a number of a row is a whole number of parts of this


class RivalFailed(Exception):
    """The child ended without an answer; the message is the end of what it said."""


@dataclass(frozen=True, slots=True)
class Rival:
    """What CP-SAT found: CPU seconds, people who reach safety, and its bound."""

    seconds: float
    value: float
    bound: float

    @property
    def gap(self) -> float:
        """How much better any set could be, of the bound."""
        return (self.bound - self.value) / self.bound if self.bound else 0.0


def installed() -> bool:
    """Whether OR-Tools can be imported."""
    return find_spec("ortools") is not None


def searched_by_cp_sat(asked: Question, floors: tuple[Row, ...]) -> Rival:
    """The same months by the rival, with the row that keeps the floors. Raises `RivalFailed`."""
    of = asked.program
    given = {"columns": of.columns, "choices": len(of.options), "rows": [_plain(row) for row in (*of.rows, *floors)],
             "gains": {str(at): int(gain) for at, gain in asked.gains().items()}, "gap": asked.how.gap,
             "seconds": asked.how.seconds, "seed": asked.how.seed}
    done = subprocess.run([sys.executable, "-m", __name__], input=json.dumps(given),  # noqa: S603 - ourselves
                          capture_output=True, text=True, check=False, timeout=20 * asked.how.seconds)
    if done.returncode:
        raise RivalFailed(done.stderr[-500:])
    told = json.loads(done.stdout)
    return Rival(told["seconds"], told["value"] / 1000, told["bound"] / 1000)


def _plain(row: Row) -> list[Any]:
    numbers, low, high = row
    return [{str(at): value for at, value in numbers.items()}, None if math.isinf(low) else low,
            None if math.isinf(high) else high]


def whole(numbers: dict[str, float], low: float | None, high: float | None) -> tuple[dict[int, int], int | None,
                                                                                     int | None]:
    """The same row in whole numbers.

    >>> whole({"0": 0.5, "3": 2.0}, None, 1.25)
    ({0: 2, 3: 8}, None, 5)
    """
    exact = {int(at): Fraction(value).limit_denominator(FINEST) for at, value in numbers.items()}
    ends = [None if end is None else Fraction(end).limit_denominator(FINEST) for end in (low, high)]
    times = math.lcm(*(value.denominator for value in exact.values()),
                     *(end.denominator for end in ends if end is not None))
    found = [None if end is None else int(end * times) for end in ends]
    return {at: int(value * times) for at, value in exact.items()}, found[0], found[1]


def _answered(given: dict[str, Any]) -> dict[str, float]:
    from ortools.sat.python import cp_model

    began = process_time()
    model = cp_model.CpModel()
    x = [model.new_bool_var("") if at < given["choices"] else model.new_int_var(0, MOST, "")
         for at in range(given["columns"])]
    for numbers, low, high in given["rows"]:
        row, least, most = whole(numbers, low, high)
        total = sum(value * x[at] for at, value in row.items())
        if least is not None:
            model.add(total >= least)
        if most is not None:
            model.add(total <= most)
    model.maximize(sum(gain * x[int(at)] for at, gain in given["gains"].items()))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.relative_gap_limit = given["gap"]
    solver.parameters.random_seed = given["seed"]
    solver.parameters.max_time_in_seconds = given["seconds"]
    ended = solver.solve(model)
    if ended not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        raise RivalFailed(solver.status_name(ended))
    return {"seconds": process_time() - began, "value": solver.objective_value, "bound": solver.best_objective_bound}


if __name__ == "__main__":
    print(json.dumps(_answered(json.load(sys.stdin))))
