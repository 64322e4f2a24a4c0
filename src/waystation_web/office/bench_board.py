"""How soon a board shows what another desk took down: two thousand open journeys, a hundred boards that listen.

The server is the one that people use. An act is done over HTTP; from its answer on it is measured, for every board of
whoever holds that journey, until its stream spoke (`told`) and until it had what it then asked for (`list`): the rows
of that journey, or the list, on which the act is looked for. Meanwhile every board asks for its list once a minute.
Beside it the floor of this machine: the same act and the same boards, which then ask for the cheapest page there is
instead. Everything is invented.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode

from . import Cannot, bench_base, bench_house, bench_road
from .bench_boards import EVERY_SECONDS, LIST, Screen
from .bench_pages import Person, running, worked

BOARDS, ACTS = 100, 20
GOAL = 1000          # ms, p95, of everybody's lists
FLOOR = "/static/office/board.mjs"
REST_SECONDS = 0.5   # between two acts
SHARE, WHOLE, EVERYBODY = "who holds a share", "who holds all", "every board"


@dataclass(frozen=True, slots=True)
class Row:
    """Some boards on one database, in milliseconds from the answer to an act."""

    database: str
    boards: str
    told_p50: float
    told_p95: float
    list_p50: float
    list_p95: float
    floor_p50: float
    floor_p95: float
    times: int


@dataclass(frozen=True, slots=True)
class Cost:
    """What a server needed: of a core for one act with everything that follows (ms), and of memory (MB)."""

    database: str
    cpu: float
    floor_cpu: float
    before: float       # the server, before any board was open
    open: float         # with every board open
    peak: float         # the most, while acts were done


@dataclass(frozen=True, slots=True)
class Told:
    """One board that was told of one act."""

    whole: bool
    told: float
    list: float


# ------------------------------------------------------------------------------------------------------------ memory
def memory(pid: int) -> float:
    """Megabytes that a process and whatever it started hold. Linux; elsewhere nobody says: 0."""
    held, parents = dict[int, float](), dict[int, int]()
    for told in Path("/proc").glob("[0-9]*/status"):
        try:
            said = dict(line.split(":", 1) for line in told.read_text("utf-8", "replace").splitlines() if ":" in line)
        except OSError:  # it has just ended
            continue
        number = int(told.parent.name)
        parents[number] = int(said["PPid"])
        held[number] = int(said.get("VmRSS", "0 kB").split()[0]) / 1024
    family = {pid} | {number for number, parent in parents.items() if parent == pid}
    return sum(held.get(number, 0.0) for number in family)


@contextmanager
def highest(pid: int) -> Iterator[list[float]]:
    """The most memory while something runs, looked at five times a second."""
    found, over = [memory(pid)], threading.Event()

    def look() -> None:
        while not over.wait(0.2):
            found[0] = max(found[0], memory(pid))

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield found
    finally:
        over.set()
        watcher.join()


# --------------------------------------------------------------------------------------------------------- the boards
def spread(boards: int, people: int) -> list[int]:
    """Whose the boards are, by place: one of whoever holds all (0), the others in turn of those with a share.

    >>> spread(5, 2)
    [0, 1, 2, 1, 2]
    """
    return [0, *(1 + number % people for number in range(boards - 1))]


def asked(late: Sequence[Sequence[bytes]], acts: int) -> Iterator[tuple[int, bytes, bool]]:
    """Acts in turn of the coordinators: whose (from 0), on which journey, and whether word came, or only a hand."""
    journeys = [iter(mine) for mine in late]
    for number in range(acts):
        whose = number % len(late)
        journey = next(journeys[whose], None)
        if journey is None:
            return
        yield whose, journey, number // len(late) % 2 == 0


async def measured_of(people: Sequence[Person], road: bench_road.Road, server: int, *, boards: int, acts: int,
                      rest: float) -> tuple[list[Told], list[Told], Cost]:
    """Open the boards, do the acts twice: with their lists, and with the cheapest page instead."""
    host, port = people[0].line
    whose = spread(boards, len(people) - 1)
    before = memory(server)
    screens = [Screen(host, port, people[one].headers) for one in whose]
    open_boards = [asyncio.create_task(one.listen()) for one in screens]
    open_boards += [asyncio.create_task(one.every_minute(EVERY_SECONDS * (number + 1) / len(screens)))
                    for number, one in enumerate(screens)]
    try:
        for one in screens:
            await one.has("as it was opened", since=0.0)
        open_ = memory(server)
        todo = list(asked(road.late, 2 * acts))
        done, costs = [], []
        with highest(server) as most:
            for page, mine in ((LIST, todo[:len(todo) // 2]), (FLOOR, todo[len(todo) // 2:])):
                for one in screens:
                    one.asks = page
                spent = worked(server)
                done.append([told for act in mine for told in await _act(act, people, screens, whose, page, rest)])
                costs.append((worked(server) - spent) / max(1, len(mine)))
        return done[0], done[1], Cost("", costs[0], costs[1], before, open_, most[0])
    finally:
        for task in open_boards:
            task.cancel()
        await asyncio.gather(*open_boards, return_exceptions=True)


async def _act(act: tuple[int, bytes, bool], people: Sequence[Person], screens: Sequence[Screen],
               whose: Sequence[int], page: str, rest: float) -> list[Told]:
    """One act by whoever holds the journey; every board of theirs, and of whoever holds all, is waited for."""
    share, journey, word = act
    who = people[1 + share]
    typed = {"word": bench_road.WORD, "condition": "well", "present": "3", "source": "guide", "text": ""} if word else {
        "from": "board"}
    token = {"csrfmiddlewaretoken": who.form["csrfmiddlewaretoken"]}
    hold = f"/journeys/{journey.hex()}/mine/"
    concerned = [(screen, one == 0) for screen, one in zip(screens, whose, strict=True) if one in {0, 1 + share}]
    desk = Screen(*who.line, who.headers)
    since = time.perf_counter()
    answer = await desk.request("POST", f"/journeys/{journey.hex()}/heard/" if word else hold, {},
                                urlencode(token | typed).encode())
    answered = time.perf_counter()
    if answer.status != 302:
        raise Cannot(f"an act was answered {answer.status}")
    gone, there = (hold.encode(), journey.hex().encode()) if page == LIST else (b"", b"")
    found = await asyncio.gather(*(screen.has(hold, since=since, gone=gone, there=there) for screen, _ in concerned))
    await asyncio.sleep(rest)
    return [Told(whole, max(0.0, 1000 * (told - answered)), max(0.0, 1000 * (listed - answered)))
            for (_, whole), (told, listed) in zip(concerned, found, strict=True)]


# ----------------------------------------------------------------------------------------------- one database a process
def measure(place: Path, database: str, *, journeys: int, boards: int, acts: int,
            rest: float) -> tuple[list[Row], Cost]:
    """Fill a house in this folder and listen to it. Django knows one office a process: this is one of its own."""
    name = "PostgreSQL" if database else "SQLite"

    def tell(said: str) -> None:
        print(f"  {name}: {said}", file=sys.stderr, flush=True)

    with socket.create_server(("127.0.0.1", 0)) as free:
        origin = f"http://localhost:{free.getsockname()[1]}"
    began = time.monotonic()
    house = bench_house.make(place / "office", database=database, origin=origin, cases=journeys, tell=tell)
    road = bench_road.fill(house, tell)
    tell(f"filled in {time.monotonic() - began:.0f} s; {boards} boards are opened")
    with running(place / "office", int(origin.rpartition(":")[2]), plain=False) as server:
        people = [Person(origin, bench_house.session(actor)) for actor in (house.whole, *house.share)]
        lists, floor, cost = asyncio.run(measured_of(people, road, server, boards=boards, acts=acts, rest=rest))
    return rows(name, lists, floor), Cost(**{**asdict(cost), "database": name})


def rows(database: str, lists: Sequence[Told], floor: Sequence[Told]) -> list[Row]:
    """Percentiles, by who holds how much."""
    found = []
    for boards, wanted in ((SHARE, {False}), (WHOLE, {True}), (EVERYBODY, {False, True})):
        mine, bare = ([one for one in all_ if one.whole in wanted] for all_ in (lists, floor))
        if mine and bare:
            told, list_, least = ([one.told for one in mine], [one.list for one in mine], [one.list for one in bare])
            found.append(Row(database, boards, *(_at(spent, percent) for spent in (told, list_, least)
                                                 for percent in (50, 95)), len(mine)))
    return found


def _at(spent: list[float], percent: int) -> float:
    return quantiles(spent, n=100, method="inclusive")[percent - 1] if len(spent) > 1 else spent[0]


def measured(database: str, **sizes: float) -> tuple[list[Row], Cost]:
    """`measure` in a process and folders of its own, which are thrown away."""
    shared = Path("/dev/shm")  # noqa: S108  (sessions belong into memory; the database lies on the disk)
    with tempfile.TemporaryDirectory() as place, tempfile.TemporaryDirectory(
            dir=shared if shared.is_dir() else None) as runtime:
        command = [sys.executable, "-m", __name__, place, database, json.dumps(sizes)]
        done = subprocess.run(command, env={**os.environ, "WAYSTATION_RUNTIME": f"{runtime}/runtime"},  # noqa: S603
                              stdout=subprocess.PIPE, check=False)
    if done.returncode:
        raise Cannot("the boards could not be measured; the lines above say why")
    told = json.loads(done.stdout)
    return [Row(**row) for row in told["rows"]], Cost(**told["cost"])


def everywhere(**sizes: float) -> tuple[list[Row], list[Cost]]:
    """On SQLite, and on PostgreSQL where it is installed; else a line says that it was not measured."""
    found = [measured("", **sizes)]
    binaries = bench_base.programs()
    if binaries is None:
        print("  PostgreSQL: not measured, initdb and postgres are not installed here", file=sys.stderr)
    else:
        with tempfile.TemporaryDirectory() as made:
            Path(made).chmod(0o755)  # the server may be another user's, see `bench_base`
            with bench_base.server(Path(made) / "server", binaries) as database:
                found.append(measured(database, **sizes))
    return [row for mine, _ in found for row in mine], [cost for _, cost in found]


# ----------------------------------------------------------------------------------------------------------- the result
def missed(found: Sequence[Row]) -> list[str]:
    """Goals that were not met, as sentences."""
    return [f"{row.boards}, {row.database}: {row.list_p95:.0f} ms at the 95th of a hundred, asked for less than {GOAL}"
            for row in found if row.boards == EVERYBODY and not row.list_p95 < GOAL]


def table(found: Sequence[Row], costs: Sequence[Cost]) -> str:
    """For people: milliseconds and the goal, how many times the floor; the server's cores and memory."""
    head = (f"{'database':10} {'boards of':18} {'told p50':>9} {'told p95':>9} {'list p50':>9} {'list p95':>9} "
            f"{'goal':>6} {'floor p50':>10} {'floor p95':>10} {'list/floor':>11} {'times':>6}")
    lines = [f"{row.database:10} {row.boards:18} {row.told_p50:9.0f} {row.told_p95:9.0f} {row.list_p50:9.0f} "
             f"{row.list_p95:9.0f} {GOAL if row.boards == EVERYBODY else '-':>6} {row.floor_p50:10.0f} "
             f"{row.floor_p95:10.0f} {row.list_p50 / max(row.floor_p50, 0.001):11.2f} {row.times:6}" for row in found]
    memory_ = [f"{cost.database:10} of a core for an act and its boards: {cost.cpu:.0f} ms, without lists "
               f"{cost.floor_cpu:.0f}; memory: {cost.before:.0f} MB, {cost.open:.0f} MB with every board open, "
               f"{cost.peak:.0f} MB at most" for cost in costs]
    return "\n".join([head, *lines, *memory_])


def report(*, as_json: bool, strict: bool, journeys: int = bench_road.JOURNEYS, boards: int = BOARDS,
           acts: int = ACTS, rest: float = REST_SECONDS) -> int:
    """Print the table, or JSON; with `strict`, exit 4 if the goal was missed."""
    began, busy = time.monotonic(), os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    found, costs = everywhere(journeys=journeys, boards=boards, acts=acts, rest=rest)
    if as_json:
        print(json.dumps({"rows": [asdict(row) for row in found], "costs": [asdict(one) for one in costs],
                          "missed": missed(found), "load_before": busy}, indent=1))
    else:
        print(table(found, costs))
        for sentence in missed(found):
            print(f"Missed: {sentence}.")
        if not missed(found):
            print(f"Met: the 95th of a hundred boards had its list in less than {GOAL} ms.")
        print(f"Milliseconds from the answer to an act, over HTTP on this machine: one worker process, {boards} "
              f"boards, {journeys:,} open journeys, {acts} acts with lists and as many without; {os.cpu_count()} "
              f"cores, {busy:.1f} processes at work before it began; {time.monotonic() - began:.0f} s in all.")
    return 4 if missed(found) and strict else 0


def main(arguments: list[str]) -> None:
    """Measure one database; JSON for `measured`."""
    os.umask(0o077)
    place, database, sizes = arguments
    found, cost = measure(Path(place), database, **json.loads(sizes))
    print(json.dumps({"rows": [asdict(row) for row in found], "cost": asdict(cost)}))


if __name__ == "__main__":
    main(sys.argv[1:])
