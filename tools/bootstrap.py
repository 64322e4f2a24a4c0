"""The one installer and runner of this project: standard library only, no shell.

    python tools/bootstrap.py demo [--once]     set up, plan a journey in the invented world, open the invented office
    python tools/bootstrap.py test [args...]    everything that can be checked; arguments go to pytest
    python tools/bootstrap.py check|bench|soak|fix|docs|setup

The environment is what the `requirements*.lock` files say: exact versions, every file checked by hash. Which index the
files come from is left to pip's own configuration; none is named here. A part that is already as its lock says is not
touched again, so a second run starts at once. Tested on Debian; written for Windows and macOS as well, untested there.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import threading
import time
import webbrowser
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BUILD = ROOT / "build"
COMPILED = {ROOT / "src" / "waystation" / "planning" / "engine": "_native",  # folders of compiled modules, their names
            ROOT / "src" / "waystation" / "linkage": "_scan"}
BASEMAP = ROOT / "src" / "waystation" / "report" / "data" / "basemap.npz"
OFFICE_MAP = ROOT / "src" / "waystation_web" / "static" / "map.json"  # names the folder of the land under its map
OLDEST = (3, 11)
ON_WINDOWS = os.name == "nt"
ON_LINUX = sys.platform.startswith("linux")
PIP = ("-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet")
# A file of tests stays in one process, and makes its office once. One more than cores: a third is waiting for browsers.
WORKERS = ("-n", str((os.cpu_count() or 2) + 1), "--dist", "loadscope", "--no-loadscope-reorder")
ONE_APT = threading.Lock()  # a second one would not wait for the first: it fails


class Stopped(Exception):
    """Something outside this program is missing; the message says what to do."""


def say(words: str) -> None:
    """Print one line at once, so that a long step is announced before it starts."""
    print(words, flush=True)


# ---------------------------------------------------------------------------------------------------- running programs
def python_of(venv: Path) -> Path:
    """The interpreter inside a virtual environment."""
    return venv / "Scripts" / "python.exe" if ON_WINDOWS else venv / "bin" / "python"


def run(*command: str | Path, env: dict[str, str] | None = None) -> int:
    """Run a program in the project's folder, output shown as it comes; give its exit code."""
    settings = {**os.environ, "PYTHONUTF8": "1", **(env or {})}
    return subprocess.run([str(part) for part in command], cwd=ROOT, env=settings, check=False).returncode


def quietly(words: str, *command: str | Path, env: dict[str, str] | None = None) -> None:
    """Run a step of the set-up, named before and after; its output is shown only if it fails. Raises `Stopped`."""
    started = time.monotonic()
    say(f"  {words} ...")
    done = subprocess.run([str(part) for part in command], cwd=ROOT, check=False, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="replace", env={**os.environ, **(env or {})})
    say(f"  {words}: {time.monotonic() - started:.0f} s")
    if done.returncode:
        raise Stopped(f"{done.stdout.strip()[-4000:]}\nThis step failed: {words}.")


def together(*tasks: Callable[[], object]) -> None:
    """Do tasks side by side, all to their end. Raises what the first that failed raised."""
    with ThreadPoolExecutor(len(tasks)) as side_by_side:
        started = [side_by_side.submit(task) for task in tasks]
    for task in started:
        task.result()


# -------------------------------------------------------------------------------------------------------------- stamps
def digest_of(*parts: Path | str) -> str:
    """One digest over files and words, to see whether a step has to be done again."""
    total = hashlib.blake2b(digest_size=16)
    for part in parts:
        if isinstance(part, Path):
            total.update(part.name.encode() + b"\0" + (part.read_bytes() if part.is_file() else b"absent"))
        else:
            total.update(part.encode() + b"\0")
    return total.hexdigest()


class Stamps:
    """What was done last, in a small file beside what was made."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.done: dict[str, str] = json.loads(path.read_text("utf-8")) if path.is_file() else {}

    def has(self, step: str, digest: str) -> bool:
        """Whether `step` was done with this very input."""
        return self.done.get(step) == digest

    def set(self, step: str, digest: str) -> None:
        """Remember `step`, at once."""
        self.done[step] = digest
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(json.dumps(self.done, indent=1), "utf-8")


# ----------------------------------------------------------------------------------------------------- the environment
def as_root_on_debian() -> bool:
    """Whether Debian's packages may be installed without asking anybody."""
    return ON_LINUX and hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_install(*packages: str) -> None:
    """Install packages of the system. Only called where `as_root_on_debian` said so."""
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    with ONE_APT:
        quietly("apt-get update", "apt-get", "update", "-qq", env=quiet)
        quietly("apt-get install " + " ".join(packages), "apt-get", "install", "-y", "-qq", "--no-install-recommends",
                *packages, env=quiet)


def make_venv(where: Path) -> None:
    """An empty environment with pip, even where Debian left `ensurepip` out."""
    shutil.rmtree(where, ignore_errors=True)
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        if not as_root_on_debian():
            raise Stopped(f"this Python cannot make environments: install {package} (apt install {package})") from None
        apt_install(package)
    quietly(f"environment {where.name} with Python {sys.version.split()[0]}", sys.executable, "-m", "venv", where)


def install_lock(venv: Path, lock: str) -> None:
    """Install exactly what a lock file says, wheels only, every file checked by its hash."""
    wheels = ("install", "--no-deps", "--require-hashes", "--only-binary", ":all:", "-r", ROOT / lock)
    quietly(f"packages of {lock}", python_of(venv), *PIP, *wheels)


def install_package(stamps: Stamps) -> None:
    """Install Waystation itself from this folder; the native kernel is built when there is a compiler."""
    sources = sorted(path for folder in COMPILED for path in (folder / "native").glob("*") if path.is_file())
    compiler = next((name for name in ("c++", "g++", "clang++", "cl") if shutil.which(name)), "no compiler")
    digest = digest_of(compiler, ROOT / "pyproject.toml", ROOT / "setup.py", ROOT / "requirements-build.lock",
                       ROOT / "src" / "waystation" / "__init__.py", *sources)
    if stamps.has("package", digest):
        return
    install_lock(VENV, "requirements-build.lock")
    for old in built():
        old.unlink()  # a kernel of older sources must not answer for the new ones
    as_it_stands = ("install", "--no-deps", "--no-build-isolation", "--editable", ROOT)
    quietly("waystation itself", python_of(VENV), *PIP, *as_it_stands)
    stamps.set("package", digest)
    say("  engine: native kernel" if built() else "  engine: NumPy (no native kernel was built; answers are the same)")


def built() -> list[Path]:
    """The compiled modules that are there."""
    return [path for folder, name in COMPILED.items() for path in folder.glob(f"{name}*.*")]


def set_up(*layers: str) -> None:
    """Bring `.venv` to what the locks say. Layers: "test" (checking and testing), "bench" (peers)."""
    python = python_of(VENV)
    stamps = Stamps(VENV / "waystation-stamps.json")
    base = digest_of(sys.version, str(VENV))
    if not (python.is_file() and stamps.has("python", base)):
        say("Setting up (once; a minute or two)")
        make_venv(VENV)
        stamps = Stamps(stamps.path)
        stamps.set("python", base)
    always = ("requirements.lock", "requirements-office.lock", "requirements-portfolio.lock")
    for lock in (*always, *(f"requirements-{layer}.lock" for layer in layers)):
        digest = digest_of(ROOT / lock)
        if not stamps.has(lock, digest):
            install_lock(VENV, lock)
            stamps.set(lock, digest)
    install_package(stamps)


def set_up_peers(*, needed: bool) -> None:
    """Install the peers; where one has no wheel for this machine, stop only if `needed`."""
    try:
        set_up("bench")
    except Stopped as reason:
        if needed:
            raise
        say(f"{reason}\nThe peers are not installed on this machine; what needs them says so and goes on.")


def set_up_basemap() -> None:
    """Draw both base maps from data packages, in an environment of its own that is thrown away."""
    digest = digest_of(ROOT / "requirements-basemap.lock", *sorted((ROOT / "tools").glob("basemap*.py")))
    stamps = Stamps(BUILD / "basemap" / "stamps.json")
    if BASEMAP.is_file() and OFFICE_MAP.is_file() and stamps.has("basemap", digest):
        return
    say("Drawing the base map (once)")
    venv = BUILD / "basemap" / "venv"
    make_venv(venv)
    install_lock(venv, "requirements-basemap.lock")
    quietly("base map of the report", python_of(venv), ROOT / "tools" / "basemap.py")
    quietly("base map of the office", python_of(venv), ROOT / "tools" / "basemap_office.py")
    shutil.rmtree(venv, ignore_errors=True)
    for made in (BASEMAP, OFFICE_MAP):
        if not made.is_file():
            raise Stopped(f"The base map was drawn but there is no {made.relative_to(ROOT)}")
    stamps.set("basemap", digest)


def set_up_assets() -> None:
    """Put scripts, fonts and compiled languages in place for the office's pages."""
    if run(python_of(VENV), ROOT / "tools" / "assets.py"):
        raise Stopped("The files of the office's pages are not in place; the reason stands above.")


def chromium() -> str | None:
    """A browser for the tests that look at pages: named by WAYSTATION_CHROMIUM, found, or installed when root."""
    found = os.environ.get("WAYSTATION_CHROMIUM") or shutil.which("chromium-browser")
    return found or program("chromium", "fonts-dejavu-core")


def program(name: str, *beside: str) -> str | None:
    """A program of the system: found, or installed when root, with the packages that belong beside it."""
    if not shutil.which(name) and as_root_on_debian():
        apt_install(name, *beside)
    return shutil.which(name)


def postgresql() -> bool:
    """Whether the office's tests can run on PostgreSQL too: its server is found, or installed when root."""
    where = Path("/usr/lib/postgresql")
    if not any(where.glob("*/bin/initdb")) and not shutil.which("initdb") and as_root_on_debian():
        apt_install("postgresql")
    return any(where.glob("*/bin/initdb")) or shutil.which("initdb") is not None


def set_up_to_test(*more: Callable[[], object]) -> None:
    """Everything that tests need. Drawing the base map takes as long as all packages, and needs none of them."""
    def packages() -> None:
        set_up("test")
        set_up_peers(needed=ON_LINUX)

    together(packages, set_up_basemap, *more)
    set_up_assets()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else every process of a test compiles the whole office again
    quietly("compiling once", python_of(VENV), "-m", "compileall", "-q", "-j", "0", "src", "tests")


# --------------------------------------------------------------------------------------------------------------- tasks
def has_screen() -> bool:
    """Whether a page can be opened for somebody to look at."""
    return not ON_LINUX or "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ


def demo(arguments: list[str]) -> int:
    """Plan a journey in the world shipped here, print the answer; then open the invented office."""
    once = "--once" in arguments or os.environ.get("ONCE", "") not in ("", "0")
    together(set_up, set_up_basemap)
    set_up_assets()
    page = BUILD / "demo" / "long-way.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    verb = ("plan", "long-way", "--party", "family", "--report", page, "--yes")
    code = run(python_of(VENV), "-m", "waystation", *verb)
    if code:
        return code
    say(f"\nThe page: {page}\n")
    if has_screen() and not once:
        webbrowser.open(page.as_uri())
    office = ["--once", *(part for part in arguments if part != "--once")] if once else arguments
    return run(python_of(VENV), "-m", "waystation_web.office", "demo", *office)


def in_turn(*commands: tuple[str | Path, ...]) -> int:
    """Run checks one after the other, all of them, and fail if one fails."""
    failed = []
    for command in commands:
        started = time.monotonic()
        name = Path(command[0]).name
        say(f"\n$ {' '.join([name, *(str(part) for part in command[1:])])}")
        if run(*command):
            failed.append(name)
        say(f"  ({time.monotonic() - started:.0f} s)")
    if failed:
        say(f"Not in order: {', '.join(failed)}")
    return 1 if failed else 0


def tool(name: str) -> Path:
    """A program installed in the environment."""
    return python_of(VENV).parent / (name + (".exe" if ON_WINDOWS else ""))


def static_checks() -> tuple[tuple[str | Path, ...], ...]:
    """What can be said without running the program."""
    return (
        (tool("ruff"), "check", "--quiet"),
        (tool("mypy"), "--no-error-summary"),
        (tool("lint-imports"), "--no-cache", "--no-logo"),
    )


def check(arguments: list[str]) -> int:
    """Style, types, rules of direction, locks and coverage rows: fast, before every commit."""
    set_up("test")
    return in_turn(*static_checks(), (tool("pytest"), "-q", "tests/architecture", *arguments))


def test(arguments: list[str]) -> int:
    """Everything: the static checks; on PostgreSQL what a database can change; then all tests."""
    set_up_to_test(chromium, lambda: program("age"), *(() if arguments else (postgresql,)))
    if browser := chromium():
        os.environ["WAYSTATION_CHROMIUM"] = browser
    else:
        say("No Chromium was found (name one with WAYSTATION_CHROMIUM): the tests that look at pages will say so.")
    pytest = (tool("pytest"), "-q", *(() if "-n" in arguments else WORKERS))
    if arguments:
        return in_turn(*static_checks(), (*pytest, *arguments))
    if not postgresql():
        say("No PostgreSQL server was found: the office's tests run on SQLite alone.")
    return in_turn(*static_checks(),
                   (*pytest, "--database=postgresql", "-m", "not soak and not once", "tests/security", "tests/web"),
                   (*pytest, "--proofs", "--durations=15"))


def bench(arguments: list[str]) -> int:
    """The benchmarks: the solver beside its peers, what sealing costs, how long pages take and boards wait."""
    set_up()
    set_up_peers(needed=False)
    return max(run(python_of(VENV), "-m", "waystation", "bench", *arguments),
               *(run(python_of(VENV), "-m", "waystation_web.office", "bench", *of)
                 for of in ((), ("--pages",), ("--board",))))


def soak(arguments: list[str]) -> int:
    """The heavy repetitions, all of the office on PostgreSQL, all tests under branch coverage; hours, not minutes."""
    set_up_to_test(lambda: program("age"), postgresql)
    pytest = (tool("pytest"), "-q", *WORKERS)
    heavy, either = (*pytest, "-msoak", *arguments), (*pytest, "--database=postgresql", "tests/security", "tests/web")
    return run(*heavy) if arguments else in_turn(heavy, either, (*pytest, "--cov"))


def fix(arguments: list[str]) -> int:
    """Let the linter mend what it can."""
    set_up("test")
    return run(tool("ruff"), "check", "--fix", *arguments)


def docs(arguments: list[str]) -> int:
    """Write the generated pages of the manual anew, and what tests claim into docs/coverage.csv and refusals.csv."""
    if "--pictures" in arguments:  # of the invented office, by tools/pictures.py, instead
        set_up("test")
        set_up_basemap()
        set_up_assets()
        return run(python_of(VENV), ROOT / "tools" / "pictures.py", *(one for one in arguments if one != "--pictures"))
    set_up()
    return max(run(python_of(VENV), ROOT / "tests" / "proofs.py"), run(python_of(VENV), ROOT / "tests" / "refusals.py"),
               run(python_of(VENV), ROOT / "tools" / "docs.py", *arguments))


def setup(arguments: list[str]) -> int:
    """Only set up: what running, checking and testing need."""
    set_up("test")
    set_up_peers(needed=False)
    if "--no-basemap" not in arguments:
        set_up_basemap()
    set_up_assets()
    say(f"Ready: {python_of(VENV)}")
    return 0


TASKS = {task.__name__: task for task in (demo, test, check, bench, soak, fix, docs, setup)}


def main(arguments: list[str]) -> int:
    """Choose the task; a missing thing outside the project is a sentence, not a traceback."""
    if sys.version_info < OLDEST:
        say(f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed; this is {sys.version.split()[0]}.")
        return 2
    reader = argparse.ArgumentParser(description="Set up and run Waystation.",
                                     formatter_class=argparse.RawDescriptionHelpFormatter,
                                     epilog="\n".join(f"  {name:7} {task.__doc__}" for name, task in TASKS.items()))
    reader.add_argument("task", choices=TASKS)
    chosen, rest = reader.parse_known_args(arguments)
    try:
        return TASKS[chosen.task](rest)
    except Stopped as reason:
        say(f"\n{reason}")
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
