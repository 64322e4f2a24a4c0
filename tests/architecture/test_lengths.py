"""One file, one room; one function, one thought. An exception carries its reason."""

import ast

import numpy as np
from tree import ROOT, modules, name, office_modules

LONGEST_FILE, MOST_FILES = 400, 250
LONGEST_FUNCTION, MOST_FUNCTIONS = 70, 40
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
EXCEPTIONS: dict[str, str] = {}  # "path" or "path::function" -> why it is longer


def scripts() -> dict[str, ast.Module]:
    return modules() | office_modules() | {name(path): ast.parse(path.read_text("utf-8")) for path in sorted((ROOT / "tools").glob("*.py"))}


def function_lengths() -> dict[str, int]:
    return {f"{file}::{node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
            for file, tree in scripts().items() for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def file_lengths() -> dict[str, int]:
    return {file: len((ROOT / file).read_text("utf-8").splitlines()) for file in scripts()}


def test_files_are_short():
    lengths = file_lengths()
    assert {file: n for file, n in lengths.items() if n > LONGEST_FILE and file not in EXCEPTIONS} == {}
    for package in (modules(), office_modules()):
        longer = sorted(((lengths[file], file) for file in package if lengths[file] > MOST_FILES), reverse=True)
        assert len(longer) <= 0.1 * len(package), longer


def test_functions_are_short():
    lengths = function_lengths()
    assert {place: n for place, n in lengths.items() if n > LONGEST_FUNCTION and place not in EXCEPTIONS} == {}
    assert np.percentile(list(lengths.values()), 95) <= MOST_FUNCTIONS


def test_every_exception_is_still_needed():
    assert all(reason.strip() for reason in EXCEPTIONS.values())
    lengths = {**{k: n - LONGEST_FUNCTION for k, n in function_lengths().items()},
               **{k: n - LONGEST_FILE for k, n in file_lengths().items()}}
    assert [place for place in EXCEPTIONS if lengths.get(place, 0) <= 0] == []


def test_files_are_named_by_nouns_of_the_field():
    assert [file for file in scripts() if file.rpartition("/")[2].removesuffix(".py") in FORBIDDEN_NAMES] == []
