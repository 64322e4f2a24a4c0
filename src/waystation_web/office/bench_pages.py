"""How long a page takes: an organisation of ten thousand cases behind the server that people use, asked over HTTP.

    office  `waystation-office serve` as it stands: one worker that is replaced after some 200 pages, a thread a request
    plain   the same pages by plain Django: records in clear, no record of readings (`bench_plain`)

Milliseconds on the clock, from the first byte asked to the last answered, one request after the other, the two in turns
of one server each; then twenty people at once, each with a share of their own. Both must give the same page, byte for
byte, but for the tokens of its forms. SQLite, and PostgreSQL where it is installed. Everything is invented.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from itertools import cycle, islice
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode

from . import Cannot, bench_base, bench_house
from .visitor import Visitor

ROUNDS, SEARCHES = 60, 20
GOALS = {"list": 300, "case": 300, "plan": 300, "search all": 900}   # ms, p95, one after the other
NAME, WORD = "Ro Kiwan", bench_house.PLANTED[0]
TOKEN = re.compile(rb'((?:name="csrfmiddlewaretoken" value|data-token)=")[^"]*')
START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Row:
    """One act on one database, in milliseconds: by the office, and by plain Django."""

    database: str
    act: str
    p50: float
    p95: float
    plain_p50: float
    plain_p95: float
    times: int
    cpu: float | None = None        # of the server for one page, on average
    plain_cpu: float | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """A page: what is asked, and by form or not."""

    name: str
    paths: tuple[str, ...]
    words: str = ""


class Person:
    """Somebody signed in, whose browser has the page of search open."""

    def __init__(self, origin: str, cookie: tuple[str, str]) -> None:
        visitor = Visitor(origin)
        visitor.cookies[cookie[0]] = cookie[1]
        page = visitor.open("/search/")
        self.form = dict(next(form for form in page.read.forms if form.action in {"", "/search/"}).fields)
        self.line = (visitor.host, visitor.port)
        self.headers = {"Accept-Language": "en", "Sec-Fetch-Site": "same-origin", "Origin": origin,
                        "Cookie": "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())}

    def ask(self, act: Act, path: str) -> tuple[float, bytes]:
        """Milliseconds, and the page. Raises `Cannot` for anything but a page."""
        body = urlencode(self.form | {"words": act.words}) if act.words else None
        headers = self.headers | ({"Content-Type": "application/x-www-form-urlencoded"} if body else {})
        began = time.perf_counter()
        line = http.client.HTTPConnection(*self.line, timeout=120)
        line.request("POST" if body else "GET", path, body, headers)
        answer = line.getresponse()
        page = answer.read()
        spent = 1000 * (time.perf_counter() - began)
        line.close()
        if answer.status != 200:
            raise Cannot(f"{act.name}: the server answered {answer.status}")
        return spent, TOKEN.sub(rb"\1", page)


def acts(house: bench_house.House) -> tuple[list[Act], list[Act]]:
    """What somebody with a share does, and what only whoever holds all cases does."""
    pages = tuple(f"/cases/{case.hex()}/" for case in house.held)
    share = [Act("list", ("/cases/",)), Act("case", pages), Act("search name", ("/search/",), NAME),
             Act("search word", ("/search/",), WORD), Act("plan", (f"/plans/{house.plan.hex()}/",))]
    return share, [Act("search all", ("/search/",), NAME)]


@contextmanager
def running(home: Path, port: int, *, plain: bool) -> Iterator[int]:
    """A server of the house, from when it answers until it is stopped: its number."""
    module = ("waystation_web.office.bench_plain", str(home), str(port)) if plain else (
        "waystation_web.office", "serve", str(home), "--port", str(port))
    process = subprocess.Popen([sys.executable, "-m", *module], stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        until = time.monotonic() + START_SECONDS
        while not _answers(port):
            if process.poll() is not None or time.monotonic() > until:
                raise Cannot("the server that was to be measured did not start; the lines above say why")
            time.sleep(0.1)
        yield process.pid
    finally:
        process.terminate()
        process.wait(30)


def worked(pid: int) -> float:
    """Milliseconds of a core that a process and whatever it started have had. Linux; elsewhere nobody says: 0."""
    parents, spent = dict[int, int](), dict[int, float]()
    for told in Path("/proc").glob("[0-9]*/stat"):
        try:
            parts = told.read_text("ascii", "replace").rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        number = int(told.parent.name)
        parents[number], spent[number] = int(parts[1]), 1000 * sum(map(int, parts[11:15])) / os.sysconf("SC_CLK_TCK")
    family = {pid} | {number for number, parent in parents.items() if parent == pid}
    return sum(spent.get(number, 0.0) for number in family)


def _answers(port: int) -> bool:
    line = http.client.HTTPConnection("localhost", port, timeout=30)
    try:
        line.request("GET", "/")
        return line.getresponse().status > 0
    except OSError:
        return False
    finally:
        line.close()


@dataclass(frozen=True, slots=True)
class Timed:
    """What one server took, by act, and what its pages were."""

    spent: dict[str, list[float]] = field(default_factory=dict)
    pages: dict[tuple[str, str], str] = field(default_factory=dict)
    cpu: dict[str, float] = field(default_factory=dict)


def timed(house: bench_house.House, home: Path, origin: str, *, plain: bool, rounds: int, searches: int,
          tell: Callable[[str], None]) -> Timed:
    """Ask everything of one server: first warm, then one after the other, then everybody at once."""
    tell(f"asking {'plain Django' if plain else 'the office'}")
    share, whole = acts(house)
    found = Timed()
    with running(home, int(origin.rpartition(":")[2]), plain=plain) as server:
        one, all_ = (Person(origin, bench_house.session(actor)) for actor in (house.share[0], house.whole))
        for who, mine, times in ((one, share, rounds), (all_, whole, searches)):
            for act in mine:
                who.ask(act, act.paths[0])
                before = worked(server)
                for path in islice(cycle(act.paths), times):
                    spent, page = who.ask(act, path)
                    found.spent.setdefault(act.name, []).append(spent)
                    found.pages[act.name, path] = sha256(page).hexdigest()
                found.cpu[act.name] = (worked(server) - before) / times
        people = [one, *(Person(origin, bench_house.session(actor)) for actor in house.share[1:])]
        with ThreadPoolExecutor(len(people)) as crowd:
            for answers in crowd.map(lambda who: _visits(who, share, rounds), people):
                for act, spent in answers:
                    found.spent.setdefault(f"{act} of {len(people)}", []).append(spent)
    return found


def _visits(who: Person, share: Sequence[Act], rounds: int) -> list[tuple[str, float]]:
    """What one of many does: list, search, plan, over and over; a case page needs a case of one's own."""
    mine = [act for act in share if act.name in {"list", "search name", "plan"}]
    return [(act.name, who.ask(act, act.paths[0])[0]) for _ in range(max(1, rounds // 20)) for act in mine]


def same(ours: Timed, plain: Timed) -> None:
    """Raises `Cannot` unless both gave the same pages: else they were not asked the same."""
    differing = sorted({act for (act, path), page in ours.pages.items() if plain.pages[act, path] != page})
    if differing:
        raise Cannot(f"the office and plain Django gave different pages: {', '.join(differing)}")


def rows(database: str, ours: Timed, plain: Timed) -> list[Row]:
    """Percentiles of both."""
    def at(spent: list[float], percent: int) -> float:
        return quantiles(spent, n=100, method="inclusive")[percent - 1] if len(spent) > 1 else spent[0]

    return [Row(database, act, at(spent, 50), at(spent, 95), at(plain.spent[act], 50), at(plain.spent[act], 95),
                len(spent), ours.cpu.get(act), plain.cpu.get(act)) for act, spent in ours.spent.items()]


# ----------------------------------------------------------------------------------------------- one database a process
def measure(place: Path, database: str, *, cases: int, rounds: int, searches: int) -> list[Row]:
    """Fill a house in this folder and ask it. Django knows one office a process, so this is a process of its own."""
    name = "PostgreSQL" if database else "SQLite"

    def tell(said: str) -> None:
        print(f"  {name}: {said}", file=sys.stderr, flush=True)

    with socket.create_server(("127.0.0.1", 0)) as free:
        origin = f"http://localhost:{free.getsockname()[1]}"
    began = time.monotonic()
    house = bench_house.make(place / "office", database=database, origin=origin, cases=cases, tell=tell)
    tell(f"filled in {time.monotonic() - began:.0f} s")
    ours, plain = (timed(house, place / "office", origin, plain=clear, rounds=rounds, searches=searches, tell=tell)
                   for clear in (False, True))
    same(ours, plain)
    return rows(name, ours, plain)


def measured(database: str, *, cases: int, rounds: int, searches: int) -> list[Row]:
    """`measure` in a process and folders of its own, which are thrown away."""
    memory = Path("/dev/shm")  # noqa: S108  (sessions belong into memory; the database lies on the disk)
    with tempfile.TemporaryDirectory() as place, tempfile.TemporaryDirectory(
            dir=memory if memory.is_dir() else None) as runtime:
        command = [sys.executable, "-m", __name__, place, database, str(cases), str(rounds), str(searches)]
        done = subprocess.run(command, env={**os.environ, "WAYSTATION_RUNTIME": f"{runtime}/runtime"},  # noqa: S603
                              stdout=subprocess.PIPE, check=False)
    if done.returncode:
        raise Cannot("the house could not be measured; the lines above say why")
    return [Row(**row) for row in json.loads(done.stdout)]


def everywhere(*, cases: int = bench_house.CASES, rounds: int = ROUNDS, searches: int = SEARCHES) -> list[Row]:
    """On SQLite, and on PostgreSQL where it is installed; else a line says that it was not measured."""
    found = measured("", cases=cases, rounds=rounds, searches=searches)
    binaries = bench_base.programs()
    if binaries is None:
        print("  PostgreSQL: not measured, initdb and postgres are not installed here", file=sys.stderr)
        return found
    with tempfile.TemporaryDirectory() as made:
        Path(made).chmod(0o755)  # the server may be another user's, see `bench_base`
        with bench_base.server(Path(made) / "server", binaries) as database:
            return [*found, *measured(database, cases=cases, rounds=rounds, searches=searches)]


# ----------------------------------------------------------------------------------------------------------- the result
def missed(found: Sequence[Row]) -> list[str]:
    """Goals that were not met, as sentences."""
    return [f"{row.act}, {row.database}: {row.p95:.0f} ms at the 95th of a hundred, asked for at most {GOALS[row.act]}"
            for row in found if row.p95 > GOALS.get(row.act, float("inf"))]


def table(found: Sequence[Row]) -> str:
    """For people: milliseconds, the goal, and how many times as long as plain Django."""
    head = (f"{'database':10} {'act':18} {'p50':>7} {'p95':>7} {'goal':>6} {'plain p50':>10} {'plain p95':>10} "
            f"{'ours/plain':>11} {'CPU':>6} {'plain CPU':>10} {'times':>6}")
    return "\n".join([head, *(
        f"{row.database:10} {row.act:18} {row.p50:7.0f} {row.p95:7.0f} {GOALS.get(row.act, '-'):>6} "
        f"{row.plain_p50:10.0f} {row.plain_p95:10.0f} {row.p50 / row.plain_p50:11.2f} "
        f"{_whole(row.cpu):>6} {_whole(row.plain_cpu):>10} {row.times:6}" for row in found)])


def _whole(value: float | None) -> str:
    return "-" if value is None else f"{value:.0f}"


def report(*, as_json: bool, strict: bool, cases: int = bench_house.CASES, rounds: int = ROUNDS,
           searches: int = SEARCHES) -> int:
    """Print the table, or JSON; with `strict`, exit 4 if a goal was missed."""
    began, busy = time.monotonic(), os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    found = everywhere(cases=cases, rounds=rounds, searches=searches)
    if as_json:
        print(json.dumps({"rows": [asdict(row) for row in found], "missed": missed(found), "load_before": busy},
                         indent=1))
    else:
        print(table(found))
        for sentence in missed(found):
            print(f"Missed: {sentence}.")
        print(f"Milliseconds on the clock, over HTTP on this machine, and of a core for one page (CPU): one worker "
              f"process, a thread a request; "
              f"{os.cpu_count()} cores, {busy:.1f} processes at work before it began. {cases:,} cases with "
              f"{bench_house.NOTES} notes each; {time.monotonic() - began:.0f} s in all.")
    return 4 if missed(found) and strict else 0


def main(arguments: list[str]) -> None:
    """Measure one database; JSON for `measured`."""
    os.umask(0o077)
    place, database, *sizes = arguments
    cases, rounds, searches = map(int, sizes)
    print(json.dumps([asdict(row) for row in measure(Path(place), database, cases=cases, rounds=rounds,
                                                     searches=searches)]))


if __name__ == "__main__":
    main(sys.argv[1:])
