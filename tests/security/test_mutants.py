"""The tests are tested: a copy of the source with one guard removed must fail the tests that are named for it."""

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from mutant import Mutant
from mutants import MUTANTS
from mutants_core import UNNAMED

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src"
GUARDED = "waystation/vault"
# Fifteen in every run, of each room and each kind; all of them by `make soak`.
USUAL = ("M01 nothing is bound", "M04 the commitment is not compared", "M10 the granter's signature is not verified",
         "M18 no chunk is the last", "M05 the old key again", "M37 the last holder may leave", "M30 the pin is not compared",
         "M40 an ended grant still opens", "M24 the words before the factor", "M22 the files of a session stay",
         "requests of other sites are taken", "a page view is not recorded", "a forbidden leg is planned over",
         "a referral goes without consent", "a ransom is paid at once")
# What pytest prints for a failed assertion, and for `pytest.raises` when nothing was raised or it said something else.
ASSERTED = re.compile(r"^E +(?:AssertionError|assert |Failed: DID NOT RAISE|Failed: )", re.MULTILINE)


def changed(folder: Path, mutant: Mutant) -> None:
    """Apply one change. Fails unless what is to be changed stands there exactly once."""
    path = folder / mutant.file
    text = path.read_text("utf-8")
    assert text.count(mutant.old) == 1, f"{mutant.name}: stands {text.count(mutant.old)} times in {mutant.file}"
    assert mutant.old != mutant.new
    path.write_text(text.replace(mutant.old, mutant.new), "utf-8")
    ast.parse(path.read_text("utf-8"))
    for stale in path.parent.glob(f"__pycache__/{path.stem}.*.pyc"):  # of one size within one second it would pass for new
        stale.unlink()


def copy_of_source(folder: Path) -> Path:
    """With what is compiled of it, which is as old as the sources are: a child that compiles every module starts seconds later."""
    return shutil.copytree(SRC, folder / "src", ignore=shutil.ignore_patterns("*.egg-info"))


def run(source: Path, tests: Iterable[str], *, alone: bool) -> subprocess.CompletedProcess[str]:
    """Run tests in a child that imports the copy, and says where it imported from.

    Mutants of the core run `alone`, without the office beside them: it tries its seals when it starts, and would not start.
    """
    told = "import sys, waystation, pytest; print('imported from', waystation.__file__); sys.exit(pytest.main(sys.argv[1:]))"
    arguments = ["-q", "-x", "--tb=short", "-p", "no:xdist", "-p", "no:cacheprovider", "-m", "not soak", *tests]
    arguments += ["--noconftest"] if alone else []
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(source), str(ROOT / "tests"))), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, "-c", told, *arguments], cwd=ROOT, env=environment, text=True, capture_output=True,
                          check=False, timeout=600)
    assert f"imported from {source / 'waystation'}" in done.stdout, done.stdout + done.stderr
    return done


def in_core(mutant: Mutant) -> bool:
    return mutant.file.startswith("waystation/")


def killed(mutant: Mutant, folder: Path) -> None:
    source = copy_of_source(folder)
    changed(source, mutant)
    done = run(source, mutant.killed_by.split(), alone=in_core(mutant))
    assert done.returncode == pytest.ExitCode.TESTS_FAILED, f"{mutant.name} was not noticed\n{done.stdout[-3000:]}"
    assert ASSERTED.search(done.stdout), f"{mutant.name}: a test broke, but no assertion failed\n{done.stdout[-3000:]}"


@pytest.mark.parametrize("name", USUAL)
def test_a_removed_guard_is_noticed(name, tmp_path):
    (mutant,) = (mutant for mutant in MUTANTS if mutant.name == name)
    killed(mutant, tmp_path)
    assert (tmp_path / "src" / mutant.file).read_text("utf-8") != (SRC / mutant.file).read_text("utf-8")


@pytest.mark.soak
@pytest.mark.parametrize("mutant", [mutant for mutant in MUTANTS if mutant.name not in USUAL], ids=lambda mutant: mutant.name)
def test_every_removed_guard_is_noticed(mutant, tmp_path):
    killed(mutant, tmp_path)
    assert (tmp_path / "src" / mutant.file).read_text("utf-8") != (SRC / mutant.file).read_text("utf-8")


def broken_unchanged(tests, folder):
    """What tests that are named for mutants say in a copy with no change, where they do not pass."""
    source, said = copy_of_source(folder), []
    for alone in (True, False):
        if named := {test for mutant, test in tests if in_core(mutant) == alone}:
            done = run(source, sorted(named), alone=alone)
            said += [done.stdout[-3000:]] if done.returncode != pytest.ExitCode.OK else []
    return said


def named_by(mutants):
    return [(mutant, test) for mutant in mutants for test in mutant.killed_by.split()]


def test_the_unchanged_copy_passes(tmp_path):
    """Without this, tests that always fail would count as tests that notice."""
    assert broken_unchanged(named_by(mutant for mutant in MUTANTS if mutant.name in USUAL), tmp_path) == []


@pytest.mark.soak
@pytest.mark.parametrize("file", sorted({test.partition("::")[0] for _, test in named_by(MUTANTS)}))
def test_the_unchanged_copy_passes_all_of(file, tmp_path):
    tests = [(mutant, test) for mutant, test in named_by(MUTANTS) if test.startswith(f"{file}::")]
    assert broken_unchanged(tests, tmp_path) == []


def test_a_named_test_that_does_not_pass_unchanged_is_found(tmp_path):
    assert len(broken_unchanged([(MUTANTS[0], "tests/security/test_stream.py::test_that_is_none")], tmp_path)) == 1


# ------------------------------------------------------------------------------------------------ the list is complete
def test_each_mutant_is_one_change_and_has_a_name_of_its_own():
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS)
    assert set(USUAL) <= {mutant.name for mutant in MUTANTS}
    counts = {mutant.name: (SRC / mutant.file).read_text("utf-8").count(mutant.old) for mutant in MUTANTS}
    assert {name: count for name, count in counts.items() if count != 1} == {}
    texts = [(SRC / mutant.file).read_text("utf-8").replace(mutant.old, mutant.new) for mutant in MUTANTS
             if mutant.file.endswith(".py")]  # the template of papers is another language: its test runs it
    assert all(ast.parse(text).body for text in texts)


def test_the_tests_they_name_are_there():
    named = {test for mutant in MUTANTS for test in mutant.killed_by.split()}
    there = {f"{file}::{node.name}" for file in {test.partition("::")[0] for test in named}
             for node in ast.walk(ast.parse((ROOT / file).read_text("utf-8"))) if isinstance(node, ast.FunctionDef)}
    assert named - there == set()


def lines_not_named(folder: Path, mutants: Iterable[Mutant]) -> set[tuple[str, str]]:
    """(file, line) of each `raise Refused` that lies in no mutant's `old`."""
    found = set()
    for path in sorted((folder / GUARDED).glob("*.py")):
        text, file = path.read_text("utf-8"), path.relative_to(folder).as_posix()
        spans = [(text.find(mutant.old), text.find(mutant.old) + len(mutant.old)) for mutant in mutants if mutant.file == file]
        for hit in re.finditer(r"raise Refused\(.*", text):
            if not any(start <= hit.start() < stop for start, stop in spans):
                found.add((file, hit[0]))
    return found


def test_each_refusal_is_removed_by_a_mutant_or_excused():
    unnamed = lines_not_named(SRC, MUTANTS)
    assert unnamed == set(UNNAMED), unnamed ^ set(UNNAMED)
    assert all(reason.strip() for reason in UNNAMED.values())


def test_a_refusal_that_no_mutant_names_is_found(tmp_path):
    (tmp_path / GUARDED).mkdir(parents=True)
    (tmp_path / GUARDED / "new.py").write_text('def f(a):\n    if a:\n        raise Refused("new")\n', "utf-8")
    assert lines_not_named(tmp_path, MUTANTS) == {(f"{GUARDED}/new.py", 'raise Refused("new")')}


def test_a_mutant_that_nobody_notices_is_found(tmp_path):
    harmless = Mutant("nothing changes", "waystation/vault/words.py", "COUNT = 8\n", "COUNT = 4 + 4\n", "tests/security/test_stream.py::test_there_and_back")
    with pytest.raises(AssertionError, match="was not noticed"):
        killed(harmless, tmp_path)


def test_a_mutant_that_cannot_be_imported_does_not_count(tmp_path):
    broken = Mutant("import fails", "waystation/vault/words.py", "COUNT = 8\n", "COUNT = unknown\n", "tests/security/test_stream.py::test_there_and_back")
    with pytest.raises(AssertionError, match=r"was not noticed|no assertion failed"):
        killed(broken, tmp_path)
