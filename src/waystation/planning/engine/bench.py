"""The benchmark: the solvers side by side with Storm and QuantEcon, and with what the machine could do at best.

All run in one process, in turn, A B B B A B B B, so that a busy moment hits all of them. Times are CPU seconds of the
process, medians. A peer that is not installed has an empty column. The instances are compared with their published
digests before anything is timed. (McGeoch, A Guide to Experimental Algorithmics, 2012.)
"""

import os
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from platform import machine, python_version
from statistics import median
from time import perf_counter, process_time, sleep
from typing import Any

import numpy as np

from waystation import __version__
from waystation.planning.engine import kernels, peers
from waystation.planning.engine.instances import SIZES, instance, model_of_instance, model_of_peer
from waystation.planning.engine.limit import least_seconds
from waystation.planning.engine.measured import Result, Row, as_json, missed, table
from waystation.planning.engine.processes import Cost, first_answer, peak_megabytes, whole_report
from waystation.planning.evsi import LEAST_FLOW, Question, worths
from waystation.planning.mdp import Model

DIGESTS = {"S": "6163e1fd5d845ad1", "M": "a26e19ea40b49428", "L": "6dce02f7a209bb21"}
NATIVE_TURNS = 3  # for each turn of a slower one
ROUNDS = {"Q": 5, "S": 5, "M": 3, "L-60": 1, "L": 1}
SHORT_L = 60  # steps
FRESH = 3  # processes started to measure one
REPORTS = 3  # times that what reports are worth is measured

__all__ = ["Result", "Row", "as_json", "bench", "missed", "table"]


def _seconds(call: Callable[[], Any]) -> tuple[float, float]:
    """CPU seconds of one call, and the answer, a number or a surface."""
    began = process_time()
    answer = call()
    spent = process_time() - began
    return spent, float(answer if isinstance(answer, float) else answer.start[0, 0, -1])


def _solver(model: Model, backend: str) -> Callable[[], Any]:
    return lambda: kernels.solve(model, start=0, backend=backend)


def _calls(name: str, model: Model, *, full: bool) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Who is timed on an instance: name and call; what has to be built first is built here."""
    if peers.installed("stormpy") and (name != "L" or full):
        process = peers.process_of(model, start=0)
        yield "storm", peers.storm_query(process, steps=model.steps, budget=model.budget)
    if peers.installed("quantecon") and name == "Q":
        process = peers.with_money(peers.process_of(model, start=0), budget=model.budget)
        query = peers.quantecon_query(process, steps=model.steps)
        query()  # it compiles itself at the first call
        yield "quantecon", query
    yield "numpy", _solver(model, "numpy")
    if kernels.self_check().backend == "native":
        yield "native", _solver(model, "native")


def _measure(name: str, size: str, model: Model, *, rounds: int, full: bool) -> Row:
    """Times one instance, everybody in turn."""
    calls = dict(_calls(name, model, full=full))
    times: dict[str, list[float]] = {who: [] for who in calls}
    answers = set()
    for _ in range(rounds):
        for who, call in calls.items():
            if who == "native":
                sleep(0.05)  # NumPy's threads spin for a moment after their work
            for _ in range(NATIVE_TURNS if who == "native" else 1):
                spent, answer = _seconds(call)
                times[who].append(spent)
                answers.add(answer)
    middle = {who: median(spent) for who, spent in times.items()}
    best = "native" if "native" in calls else "numpy"
    return Row(
        instance=name, states=len(model.goal) * model.arrive.shape[2] * model.steps * (model.budget + 1),
        storm=middle.get("storm"), quantecon=middle.get("quantecon"), numpy=middle.get("numpy"),
        native=middle.get("native"), limit=least_seconds(model, 0),
        difference=max(answers) - min(answers) if len(calls) > 1 else None,
        peak_mb=peak_megabytes(size, steps=model.steps, levels=model.budget + 1, backend=best))


def _instances(sizes: tuple[str, ...]) -> Iterator[tuple[str, str, Model]]:
    """Name, size and model of what is measured: Q with S, the short L with L."""
    for size in sizes:
        if instance(SIZES[size][0]).digest() != DIGESTS[size]:
            raise ValueError(f"instance {size} is not the published one: nothing was measured")
        if size == "S":
            yield "Q", size, model_of_peer()
        if size == "L":
            yield f"L-{SHORT_L}", size, model_of_instance(size, steps=SHORT_L)
        yield size, size, model_of_instance(size)


def seconds_of_reports(size: str = "M") -> float:
    """Seconds of the wall for what one more report is worth, on every area that one journey in a hundred enters."""
    model = model_of_instance(size)
    surface = kernels.solve(model, start=0, keep_value=True)
    assert surface.policy is not None and surface.value is not None
    belief = model.forecast[0, model.area[0]]
    chain = kernels.follow(model, surface.policy, start=0, belief=belief, budget=model.budget)
    entered = np.bincount(model.area[chain.place], chain.mass, minlength=model.chain.shape[1]) >= LEAST_FLOW
    occurs = [np.arange(len(belief) if met else 0) for met in entered]
    asked = Question(model, 0, belief, model.forecast[0], model.chain, model.season_of, 0, surface.value)
    began = perf_counter()
    worths(asked, occurs)
    return perf_counter() - began


def _versions() -> dict[str, str]:
    """What was measured on what: versions, instruction set."""
    found = {"waystation": __version__, "processor": machine(), "python": python_version(),
             "native": kernels.self_check().isa or "none"}
    for package in ("numpy", "stormpy", "quantecon"):
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found


def _middle(run: Callable[[], Cost | None]) -> Cost | None:
    """The median of some fresh processes; None if one of them failed."""
    costs = [run() for _ in range(FRESH)]
    done = [cost for cost in costs if cost is not None]
    if len(done) < FRESH:
        return None
    return Cost(median(cost.wall for cost in done), median(cost.cpu for cost in done))


def bench(sizes: tuple[str, ...] = ("S", "M", "L"), *, rounds: int | None = None, full: bool = False,
          progress: Callable[[str], None] = lambda _text: None) -> Result:
    """Measures the instances `sizes`; `rounds` replaces the usual number of turns, `full` lets Storm answer L too.

    Three minutes for all, five more with `full`. ValueError for an instance that is not the published one; KeyError for
    an unknown size.
    """
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    rows = []
    for name, size, model in _instances(sizes):
        progress(f"measuring {name}")
        rows.append(_measure(name, size, model, rounds=rounds or ROUNDS[name], full=full))
    reports = None
    if "M" in sizes:
        progress("measuring what reports are worth on M")
        reports = median(seconds_of_reports() for _ in range(REPORTS))
    progress("measuring a fresh process")
    return Result(tuple(rows), _middle(first_answer), _middle(whole_report), _versions(), load, reports)
