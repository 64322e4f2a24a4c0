"""The benchmark of a proposal: CPU seconds to a gap of one per cent on a month larger than any real one.

Both ways to write the bad case are timed in turn, then CP-SAT on the same rows in a process of its own, where it is
installed. The months are compared with their published digests first.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from statistics import median
from time import process_time
from typing import Any

from waystation.planning.engine.measured import Goal
from waystation.portfolio import bench_rival as rival
from waystation.portfolio.instances import SCENARIOS, stress
from waystation.portfolio.missions import digest
from waystation.portfolio.question import Question, question, searched
from waystation.portfolio.solver import How, program

DIGESTS = {
    0: "62267c6f288ec007ffc01ad00a1b4728",
    1: "8f3e8794b3aa45f6f5474d93f761cd57",
    2: "58be17cfc802eaec6f173f616794874b",
}
GAP, MOST_SECONDS, STOP_AFTER_S = 0.01, 10.0, 60.0


@dataclass(frozen=True, slots=True)
class Searched:
    """One month: CPU seconds with the losses factored and written out, the value that was found, and its bound."""

    seed: int
    options: int
    factored: float
    plain: float
    value: float  # people
    bound: float
    cp_sat: rival.Rival | None = None  # None: not installed

    @property
    def gap(self) -> float:
        """How much better any set could be, of the bound."""
        return (self.bound - self.value) / self.bound if self.bound else 0.0


def bench(*, progress: Callable[[str], None] = lambda _text: None) -> tuple[Searched, ...]:
    """Measures every month. Raises `SolverMissing`, and `ValueError` for a month that is not the published one."""
    told = []
    for seed, known in DIGESTS.items():
        month, caps = stress(seed)
        if digest(month, caps) != known:
            raise ValueError(f"month {seed} is not the published one: nothing was measured")
        progress(f"measuring a month of {len(month.missions)} missions, seed {seed}")
        how = How(gap=GAP, seconds=STOP_AFTER_S, seed=seed)
        began = process_time()
        asked = question(month, caps, scenarios=SCENARIOS, how=how)
        found, floors = searched(asked)
        factored = process_time() - began
        other = rival.searched_by_cp_sat(asked, floors) if rival.installed() else None
        told.append(Searched(seed, len(asked.options), factored, _plain(asked), found.value / 1000, found.bound / 1000,
                             other))
    return tuple(told)


def _plain(asked: Question) -> float:
    began = process_time()
    rows = program(asked.options, asked.limits, asked.floors, lost=asked.lost, most_lost=asked.caps.bad_case,
                   factored=False)
    searched(replace(asked, program=rows))
    return process_time() - began


def goals(found: tuple[Searched, ...]) -> list[Goal]:
    """The goal on each month, and that the gap which was asked for was reached."""
    slowest, widest = max(one.factored for one in found), max(one.gap for one in found)
    return [Goal(f"a month of 200 missions at most {MOST_SECONDS:.0f} s of CPU", slowest, slowest <= MOST_SECONDS),
            Goal(f"its gap at most {GAP:.0%}", widest, widest <= GAP)]


def table(found: tuple[Searched, ...]) -> str:
    """What was measured, for people."""
    lines = [f"month of 200 missions, seed {one.seed}: {one.options} ways, {one.factored:.2f} s of CPU, "
             f"{one.plain:.2f} with losses written out; {one.value:.1f} people, at most {one.bound:.1f} (gap "
             f"{one.gap:.2%}){_beside(one.cp_sat)}" for one in found]
    lines.append(f"median: {median(one.factored for one in found):.2f} s of CPU; {SCENARIOS} scenarios, gap {GAP:.0%}")
    return "\n".join([*lines, *(f"{'met   ' if one.met else 'MISSED'}  {one.name}: {one.measured:.4g}"
                                for one in goals(found))])


def _beside(other: rival.Rival | None) -> str:
    if other is None:
        return "; CP-SAT is not installed"
    return f"; CP-SAT {other.seconds:.2f} s, {other.value:.1f} people, at most {other.bound:.1f} (gap {other.gap:.2%})"


def as_json(found: tuple[Searched, ...]) -> dict[str, Any]:
    """The same as plain values."""
    return {"months": [{"seed": one.seed, "options": one.options, "factored": one.factored, "plain": one.plain,
                        "value": one.value, "bound": one.bound, "gap": one.gap,
                        "cp_sat": asdict(one.cp_sat) if one.cp_sat else None} for one in found],
            "goals": [{"name": one.name, "measured": one.measured, "met": one.met} for one in goals(found)]}
