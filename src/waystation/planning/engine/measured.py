"""What the benchmark measured, which goals it met, and the table for people."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from waystation.planning.engine.processes import Cost

BUSY = 1.5  # load average above which times are not to be trusted

NOTES = (
    "Storm and QuantEcon answer one number: one budget, one deadline. NumPy and native give the whole surface: all",
    "budgets, all dates of departure, and the policy. In turn, both peers are general; ours solve one shape of model.",
    "CPU seconds, medians, all in one process in turn. limit: the least this algorithm can take on this machine.")


@dataclass(frozen=True, slots=True)
class Row:
    """One instance. Seconds are medians; None stands for what was not run."""

    instance: str
    states: int
    storm: float | None
    quantecon: float | None
    numpy: float | None
    native: float | None
    limit: float | None
    difference: float | None  # largest, between any two answers
    peak_mb: float | None

    @property
    def storm_over_native(self) -> float | None:
        """How many times Storm takes as long."""
        return self.storm / self.native if self.storm and self.native else None

    @property
    def native_over_limit(self) -> float | None:
        """How many times the limit the native solver takes."""
        return self.native / self.limit if self.native and self.limit else None


@dataclass(frozen=True, slots=True)
class Result:
    """All that was measured, and on what."""

    rows: tuple[Row, ...]
    first_answer: Cost | None
    whole_report: Cost | None
    machine: dict[str, str]
    load: float
    reports: float | None = None  # seconds of the wall: what one more report on every area met on M is worth


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal, the number measured for it, and whether it was met."""

    name: str
    measured: float
    met: bool


def goals(result: Result) -> list[Goal]:
    """All goals for which something was measured."""
    return list(_goals({row.instance: row for row in result.rows}, result))


def _goals(rows: dict[str, Row], result: Result) -> Iterator[Goal]:
    for instance, least in (("M", 150.0), ("L-60", 100.0), ("L", 100.0)):
        ratio = rows[instance].storm_over_native if instance in rows else None
        if ratio is not None:
            yield Goal(f"Storm / native on {instance} at least {least:.0f}", ratio, ratio >= least)
    for instance in ("M", "L"):
        times = rows[instance].native_over_limit if instance in rows else None
        if times is not None:
            yield Goal(f"native / limit on {instance} at most 2", times, times <= 2)
    for instance in ("S", "M"):
        row = rows.get(instance)
        if row and row.storm and row.numpy:
            yield Goal(f"Storm / NumPy on {instance} above 1", row.storm / row.numpy, row.storm > row.numpy)
    apart = [row.difference for row in rows.values() if row.difference is not None]
    if apart:
        yield Goal("all answers alike within 1e-9", max(apart), max(apart) <= 1e-9)
    peak = rows["L"].peak_mb if "L" in rows else None
    if peak is not None:
        yield Goal("peak memory on L at most 500 MB", peak, peak <= 500)
    if result.reports is not None:
        yield Goal("worth of reports on M at most 1 s", result.reports, result.reports <= 1)
    if result.first_answer is not None:
        wall = result.first_answer.wall
        yield Goal("cold process to its first answer at most 1.5 s", wall, wall <= 1.5)
    if result.whole_report is not None:
        cpu = result.whole_report.cpu
        yield Goal("whole report at most 4 s of CPU", cpu, cpu <= 4)


def _cell(value: float | None, shape: str) -> str:
    return "-" if value is None else format(value, shape)


def _line(row: Row) -> tuple[str, ...]:
    return (row.instance, f"{row.states:,}", _cell(row.storm, ".4f"), _cell(row.quantecon, ".4f"),
            _cell(row.numpy, ".4f"), _cell(row.native, ".4f"), _cell(row.storm_over_native, ".0f"),
            _cell(row.limit, ".4f"), _cell(row.native_over_limit, ".1f"), _cell(row.difference, ".0e"),
            _cell(row.peak_mb, ".0f"))


HEADS = ("instance", "states", "storm", "quantecon", "numpy", "native", "storm/native", "limit", "native/limit",
         "|diff|", "peak MB")


def table(result: Result) -> str:
    """The result for people: the table, the fresh processes, the goals, the versions and the notes."""
    cells = [HEADS, *(_line(row) for row in result.rows)]
    widths = [max(len(line[k]) for line in cells) for k in range(len(HEADS))]
    lines = ["  ".join([line[0].ljust(widths[0]), *(line[k].rjust(widths[k]) for k in range(1, len(HEADS)))])
             for line in cells]
    lines.append("")
    for what, cost in (("first answer", result.first_answer), ("whole report", result.whole_report)):
        told = f"{cost.wall:.2f} s, {cost.cpu:.2f} s of CPU" if cost else "could not be measured"
        lines.append(f"fresh process, {what} on long-way: {told}")
    lines.append("")
    lines += [f"{'met   ' if goal.met else 'MISSED'}  {goal.name}: {goal.measured:.4g}" for goal in goals(result)]
    lines += ["", ", ".join(f"{name} {found}" for name, found in result.machine.items()), *NOTES]
    if result.load > BUSY:
        lines.append(f"The machine was busy (load {result.load:.1f}): do not trust these times.")
    return "\n".join(lines)


def as_json(result: Result) -> dict[str, Any]:
    """The result as plain values, with the ratios and the goals."""
    rows = [asdict(row) | {"storm_over_native": row.storm_over_native, "native_over_limit": row.native_over_limit}
            for row in result.rows]
    return asdict(result) | {"rows": rows, "goals": [asdict(goal) for goal in goals(result)]}


def missed(result: Result) -> list[str]:
    """Names of the goals that were measured and missed."""
    return [goal.name for goal in goals(result) if not goal.met]
