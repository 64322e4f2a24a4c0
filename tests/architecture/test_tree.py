"""What every file of the repository must not hold, and what the first files a newcomer opens must."""

import importlib.metadata
import json
import os
import re
import subprocess
import sys

import pytest
from tree import ROOT, modules, texts

from waystation import __version__
from waystation.texts import found_in

HOSTS = re.compile(
    r"--(extra-)?index" + r"-url|https?:/" + r"/[\w.-]*(registry|" + "py" + r"pi|n" + r"pm|python" + "hosted" + r")[\w.-]*|"
    r'"resolved": *"https?:', re.IGNORECASE)
MACHINES = re.compile(r"(?<![\w.])/(?:" + "|".join(["ho" + r"me/\w", "ro" + r"ot/\w", "Use" + r"rs/\w", "wo" + "rk/"]) + ")")
LATER = re.compile(r"\b(" + "TO" + "DO|FIX" + "ME|X" + "XX|HA" + r"CK)\b")
TASKS = ("demo", "test", "check", "bench", "soak", "fix", "docs")


def hits(pattern: re.Pattern[str]) -> list[str]:
    return [f"{file}:{number}: {line.strip()[:100]}" for file, text in texts().items() if not file.endswith(".lock")
            for number, line in enumerate(text.splitlines(), 1) if pattern.search(line)]


def test_no_registry_is_named():
    assert hits(HOSTS) == []


def test_no_folder_of_one_machine_is_named():
    assert hits(MACHINES) == []


def test_no_two_modules_of_tests_have_one_name():
    """Of two of one name only the first is collected where both run together."""
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))


def test_no_work_is_left_in_comments():
    assert hits(LATER) == []


@pytest.mark.parametrize(
    ("pattern", "line"),
    [(HOSTS, "see https://" + "py" + "pi.org/simple"), (HOSTS, "--extra-index" + "-url x"),
     (MACHINES, "open('/ho" + "me/anna/book.xlsx')"), (LATER, "# TO" + "DO later")],
)
def test_planted_words_are_found(pattern, line):
    assert pattern.search(line)


def test_one_version():
    assert importlib.metadata.version("waystation") == __version__
    assert f"## {__version__}" in texts()["CHANGELOG.md"]


def test_no_core_file_is_a_stub():
    stubs = [name for name, tree in modules().items() if not tree.body and not name.endswith("__init__.py")]
    assert stubs == []


def test_readme_shows_the_two_commands_first():
    readme = texts()["README.md"]
    assert "make demo" in readme
    assert "make test" in readme
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", readme)
    assert pictures
    assert [picture for picture in pictures if not (ROOT / picture).is_file()] == []


def test_links_between_pages_lead_somewhere():
    broken = []
    for file, text in texts().items():
        if file.endswith(".md"):
            for link in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", re.sub(r"```.*?```", "", text, flags=re.DOTALL)):
                if "://" not in link and not link.startswith("mailto:") and not ((ROOT / file).parent / link).exists():
                    broken.append(f"{file}: {link}")
    assert broken == []


def test_every_page_is_reached_from_the_index():
    index = texts()["docs/README.md"]
    pages = [file.removeprefix("docs/") for file in texts() if file.startswith("docs/") and file.endswith(".md")]
    assert [page for page in pages if page != "README.md" and f"({page})" not in index] == []


def test_ci_runs_what_a_developer_runs():
    assert "make test" in texts()[".ci/run"]
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


@pytest.mark.skipif(sys.platform == "win32", reason="make is not part of Windows; tools/bootstrap.py is used there")
def test_make_lists_its_tasks():
    shown = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert [task for task in TASKS if f"make {task} " not in shown] == []


def test_bootstrap_knows_the_same_tasks():
    command = [sys.executable, "tools/bootstrap.py", "--help"]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert [task for task in TASKS if f"\n  {task} " not in shown] == []


# Duty H-01: nothing in worlds and documents that leads to a real place or person.
LEADS = re.compile(
    r"\b\d{2,3}\.\d{2,}\D{1,4}\d{2,3}\.\d{2,}\b"  # a latitude and a longitude
    r"|\d{1,3}\s*°\s*\d{1,2}(?:\.\d+)?\s*['′]"  # degrees and minutes
    r"|\+\d[\d ().-]{6,}\d"  # a number to call
    r"|\b[\w.]+@[\w-]+\.\w{2,}"  # an address to write to
)


def strings(value: object) -> list[str]:
    """Every text in a JSON value."""
    if isinstance(value, dict):
        return [text for part in value.values() for text in strings(part)]
    if isinstance(value, list):
        return [text for part in value for text in strings(part)]
    return [value] if isinstance(value, str) else []


def positions(value: object) -> list[float]:
    """Every latitude and longitude of a route book."""
    return [row[key] for row in value.get("places", []) for key in ("map_lat", "map_lon") if row.get(key) is not None]


@pytest.mark.refuses("H-01")
def test_documents_lead_to_no_real_place():
    found = [f"{file}:{number}" for file, text in texts().items() if file.endswith(".md")
             for number, line in enumerate(text.splitlines(), 1) if LEADS.search(line)]
    assert found == []


@pytest.mark.refuses("H-01")
@pytest.mark.parametrize("world", sorted((ROOT / "src/waystation/worlds").glob("*.json")), ids=lambda path: path.stem)
def test_worlds_lead_to_no_real_place(world):
    value = json.loads(world.read_text("utf-8"))
    assert [text for text in strings(value) if found_in(text) or LEADS.search(text)] == []
    assert [degrees for degrees in positions(value) if round(degrees, 1) != degrees] == []
    if "book" in value:
        assert value["book"]["fictional"] is True


@pytest.mark.parametrize(
    "line", ["near 41.23, 129.87 at dusk", "41° 14' N", "call +00 123 456 78", "write to anna@example.org"])
def test_a_planted_place_or_number_is_found(line):
    assert LEADS.search(line)


def test_a_planted_position_is_found():
    assert positions({"places": [{"map_lat": 41.23, "map_lon": None}, {"map_lat": 41.2}]}) == [41.23, 41.2]
