"""The lock files are the environment: exact versions, every file by hash, and no word of where the files come from."""

import re
import tomllib

import pytest
from tree import ROOT

LOCKS = sorted(path.name for path in ROOT.glob("requirements*.lock"))
ENTRY = re.compile(
    r"(?P<name>[a-z0-9][a-z0-9-]*)==(?P<version>[0-9][0-9a-z.+]*)(?: ; (?P<marker>[^\\]+?))? \\\n"
    r"(?P<hashes>(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)"
)
WISH = re.compile(r"(?P<name>[A-Za-z0-9-]+)(?P<bounds>[<>=!~,.0-9]*)")


def faults(text: str) -> list[str]:
    """Lines of a lock that are not a pinned version with its hashes."""
    return [line for line in ENTRY.sub("", text).splitlines() if line.strip()]


def entries(lock: str) -> dict[str, tuple[str, int]]:
    """Version and number of hashes of each package."""
    found = ENTRY.finditer((ROOT / lock).read_text("utf-8"))
    return {one["name"]: (one["version"], one["hashes"].count("sha256:")) for one in found}


def wishes(name: str) -> dict[str, str]:
    """What a `.in` file asks for: name and bounds."""
    lines = [line.partition("#")[0].partition(";")[0].strip() for line in (ROOT / name).read_text("utf-8").splitlines()]
    return {one["name"]: one["bounds"] for line in lines if line and (one := WISH.match(line))}


def within(version: str, bounds: str) -> bool:
    """Whether a version satisfies plain `>=` and `<` bounds."""
    number = tuple(int(part) for part in version.split("."))
    for bound in filter(None, bounds.split(",")):
        limit = tuple(int(part) for part in bound.lstrip("<>=").split("."))
        if (bound.startswith(">=") and number < limit) or (bound.startswith("<") and number >= limit):
            return False
    return True


@pytest.mark.promise("P19")
@pytest.mark.parametrize("lock", LOCKS)
def test_each_line_is_a_version_with_hashes(lock):
    assert faults((ROOT / lock).read_text("utf-8")) == []
    assert all(hashes >= 1 for _, hashes in entries(lock).values())


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_what_was_asked_for(lock):
    asked, held = wishes(lock.replace(".lock", ".in")), entries(lock)
    assert set(asked) <= set(held)
    assert [name for name, bounds in asked.items() if not within(held[name][0], bounds)] == []


def test_locks_agree_on_versions():
    versions: dict[str, set[str]] = {}
    for lock in LOCKS:
        for name, (version, _) in entries(lock).items():
            versions.setdefault(name, set()).add(version)
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


def test_binary_packages_are_locked_for_every_platform():
    _, hashes = entries("requirements.lock")["numpy"]
    assert hashes > 40  # Linux, macOS, Windows; several processors and Pythons


def test_the_package_asks_for_what_the_locks_hold():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    runtime = {one["name"]: one["bounds"] for one in map(WISH.match, project["project"]["dependencies"])}
    building = {one["name"]: one["bounds"] for one in map(WISH.match, project["build-system"]["requires"])}
    assert runtime == wishes("requirements.in")
    assert building == wishes("requirements-build.in")
    extra = {one["name"]: one["bounds"] for one in map(WISH.match, project["project"]["optional-dependencies"]["portfolio"])}
    assert extra == wishes("requirements-portfolio.in")


GOOD = "numpy==2.4.6 \\\n    --hash=sha256:" + "0" * 64 + "\n"


@pytest.mark.parametrize(
    "line",
    ["numpy==2.4.6\n", "--index" + "-url something\n", "--find-links folder\n", "# from somewhere\n", "numpy>=2 \\\n",
     "numpy @ https" + "://example.org/numpy.whl\n", "-e .\n"],
)
def test_a_planted_line_is_found(line):
    assert faults(GOOD) == []
    assert faults(GOOD + line)


def test_bounds_are_understood():
    assert within("2.4.6", ">=2.2")
    assert not within("2.1.0", ">=2.2")
    assert not within("3.0", ">=2,<3")
