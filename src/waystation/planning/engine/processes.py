"""What a fresh process costs: memory of a solve, seconds to the first answer and to the whole report.

Measured from outside, imports included, because that is what a person waits for.
"""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

MEMORY = """
import pathlib, resource, sys
from waystation.planning.engine.instances import model_of_instance
from waystation.planning.engine.kernels import solve
size, steps, levels, backend = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
solve(model_of_instance(size, steps=steps, levels=levels), start=0, backend=backend)
status = pathlib.Path("/proc/self/status")  # the other number starts with that of the process that started this one
known = status.read_text().split("VmHWM:")[1].split()[0] if status.exists() else None
print(known or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
FIRST_ANSWER = ("plan", "long-way", "--party", "family", "--brief")
WHOLE_REPORT = ("plan", "long-way", "--party", "family", "--yes", "--report")


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of one child process."""

    wall: float
    cpu: float  # user and system, all threads


def peak_megabytes(size: str, *, steps: int, levels: int, backend: str) -> float | None:
    """Peak memory of a process that solves one instance with its policy; None where the system does not tell."""
    if sys.platform == "win32":
        return None
    command = [sys.executable, "-c", MEMORY, size, str(steps), str(levels), backend]
    done = subprocess.run(command, check=True,  # noqa: S603 - ourselves
                          capture_output=True, text=True)
    unit = 1 if sys.platform == "darwin" else 1024
    return int(done.stdout) * unit / 1e6


def cost_of(arguments: tuple[str, ...]) -> Cost | None:
    """Runs `waystation` once in a fresh process; None if it did not succeed."""
    before, began = os.times(), perf_counter()
    done = subprocess.run([sys.executable, "-m", "waystation", *arguments], check=False,  # noqa: S603 - ourselves
                          capture_output=True)
    wall, after = perf_counter() - began, os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(wall, spent) if done.returncode in (0, 1) and done.stdout else None


def first_answer() -> Cost | None:
    """A cold process to its first answer on the shipped world."""
    return cost_of(FIRST_ANSWER)


def whole_report() -> Cost | None:
    """A cold process to the whole page: all deadlines and penalties, bands, and draws for the recommended plan."""
    with TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        cost = cost_of((*WHOLE_REPORT, str(page)))
        return cost if page.exists() else None
