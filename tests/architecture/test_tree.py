"""What every file of the repository must not hold, and what the first files a newcomer opens must."""

import importlib.metadata
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


# Duty H-01: nothing in code, data, documents or demo that leads to a real place, person or hour.
FINE = re.compile(r'"map_l(?:at|on)": *-?\d+\.\d{2,}')
BY_MACHINE = (".csv", ".lock", ".svg")


def gives_away(text: str) -> str:
    """What a line of text gives away: a position finer than one decimal, an address or a number to call."""
    return "position" if FINE.search(text) else found_in(text)


def test_worlds_and_documents_lead_to_no_real_place():
    found = [f"{file}:{number}: {gives_away(line)}" for file, text in texts().items()
             if (file.startswith(("src/waystation/worlds/", "docs/")) or file.endswith(".md"))
             and not file.endswith(BY_MACHINE)
             for number, line in enumerate(text.splitlines(), 1) if gives_away(line)]
    assert found == []


@pytest.mark.parametrize("line", ['"map_lat": 41.23,', "meet at 41.2345, 129.8765", "call +00 1234 567 890"])
def test_a_planted_place_or_number_is_found(line):
    assert gives_away(line)
