"""The core reads no clock, keeps no hidden randomness and imports NumPy alone: time and chance are given to it."""

import ast
import sys

import pytest
from tree import modules

CLOCKS = {
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns", "time.localtime",
    "time.gmtime", "time.monotonic", "time.perf_counter", "time.strftime",
}
HIDDEN_CHANCE = {"random", "secrets", "uuid"}
FAIR_CHANCE = {"default_rng", "Generator", "PCG64", "SeedSequence", "BitGenerator"}
WORK_TIME = {"process_time", "process_time_ns"}
AT_THE_TOP = {"numpy", "waystation"} | set(sys.stdlib_module_names)
ONE_ROOM_EACH = {"openpyxl": "network", "pyrage": "cli", "nacl": "vault", "cryptography": "vault", "shamir_mnemonic": "vault",
                 "asn1crypto": "vault", "rfc3161_client": "vault", "PIL": "evidence"}
IN_THE_VAULT = {"nacl", "cryptography", "shamir_mnemonic", "asn1crypto", "rfc3161_client"}  # the whole room is about them; no plan imports the room
CLOCK_EXCEPTIONS = {  # module -> why; it decides nothing about anybody
    "src/waystation/planning/engine/bench.py": "rests between runs, so that a measurement disturbs the next one less",
    "src/waystation/planning/engine/processes.py": "measures how long a person waits for a fresh process",
}


def clocks(tree: ast.AST) -> list[str]:
    """Calls that read the time of day."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            words = ast.unparse(node)
            found += [words for clock in CLOCKS if words == clock or words.endswith("." + clock)]
        elif isinstance(node, ast.ImportFrom) and node.module == "time":
            found += [f"from time import {alias.name}" for alias in node.names if alias.name not in WORK_TIME]
    return found


def chances(tree: ast.AST) -> list[str]:
    """Randomness that no caller gave."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names if alias.name.partition(".")[0] in HIDDEN_CHANCE]
        elif isinstance(node, ast.ImportFrom):
            root = (node.module or "").partition(".")[0]
            found += [root] if root in HIDDEN_CHANCE else []
            if node.module == "numpy.random":
                found += [alias.name for alias in node.names if alias.name not in FAIR_CHANCE]
        elif isinstance(node, ast.Attribute) and ast.unparse(node.value) in {"np.random", "numpy.random"}:
            found += [] if node.attr in FAIR_CHANCE else [ast.unparse(node)]
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("default_rng") and not node.args:
            found.append("default_rng() without a seed")
    return found


def imports(tree: ast.Module) -> list[tuple[str, bool]]:
    """Root names of the imported packages, and whether the import stands at the top of the file."""
    top = set(map(id, tree.body))
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name.partition(".")[0], id(node) in top) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.append(((node.module or "").partition(".")[0], id(node) in top))
    return found


def test_no_clock():
    found = {name: clocks(tree) for name, tree in modules().items() if name not in CLOCK_EXCEPTIONS}
    assert {name: words for name, words in found.items() if words} == {}


def heard_by(rooms: set[str]) -> set[str]:
    """Every module that imports one of these, or imports one that does."""
    while True:
        dotted = {name.removeprefix("src/").removesuffix(".py").replace("/", ".") for name in rooms}
        users = {name for name, tree in modules().items() for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)
                 if node.module in dotted or any(f"{node.module}.{alias.name}" in dotted for alias in node.names)}
        if users <= rooms:
            return rooms
        rooms = rooms | users


def test_a_clock_is_read_only_to_measure_and_no_plan_hears_of_it():
    assert all(clocks(modules()[name]) for name in CLOCK_EXCEPTIONS)
    above = ("src/waystation/cli/", "src/waystation/__main__.py")
    hearing = {name for name in heard_by(set(CLOCK_EXCEPTIONS)) if not name.startswith(above)}
    measuring = {"src/waystation/planning/engine/measured.py", "src/waystation/portfolio/bench.py"}
    assert hearing - set(CLOCK_EXCEPTIONS) <= measuring


def test_no_hidden_chance():
    found = {name: chances(tree) for name, tree in modules().items()}
    assert {name: words for name, words in found.items() if words} == {}


def test_top_of_file_imports_numpy_alone():
    found = [(name, root) for name, tree in modules().items() for root, top in imports(tree)
             if top and root not in AT_THE_TOP | (IN_THE_VAULT if name.startswith("src/waystation/vault/") else set())]
    assert found == []


@pytest.mark.parametrize(("package", "room"), ONE_ROOM_EACH.items())
def test_heavy_packages_are_imported_by_one_room(package, room):
    users = [name for name, tree in modules().items() for root, _ in imports(tree) if root == package]
    assert [name for name in users if not name.startswith(f"src/waystation/{room}/")] == []


PLANTED_CLOCKS = [
    "from datetime import datetime\nx = datetime.now()",
    "import datetime\nx = datetime.date.today()",
    "import time\nx = time.time()",
    "from time import perf_counter",
]
PLANTED_CHANCE = [
    "import random",
    "from secrets import token_bytes",
    "import numpy as np\nnp.random.seed(1)",
    "import numpy as np\nr = np.random.default_rng()",
    "from numpy.random import normal",
]


@pytest.mark.parametrize("source", PLANTED_CLOCKS)
def test_a_planted_clock_is_found(source):
    assert clocks(ast.parse(source))


@pytest.mark.parametrize("source", PLANTED_CHANCE)
def test_planted_chance_is_found(source):
    assert chances(ast.parse(source))


def test_given_time_and_chance_are_allowed():
    tree = ast.parse("from time import process_time\nimport numpy as np\nr = np.random.default_rng(seed)\n"
                     "g = np.random.Generator(np.random.PCG64(seed))\nx = datetime.fromisoformat('2030-05-01')\n")
    assert clocks(tree) == []
    assert chances(tree) == []
