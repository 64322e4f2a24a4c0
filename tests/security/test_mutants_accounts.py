"""The tests of accounts are tested: a copy of the source with one of its guards removed must fail the tests named."""

import ast

import pytest
from mutants_accounts import MUTANTS, USUAL
from test_mutants import ROOT, SRC, killed


@pytest.mark.parametrize("name", USUAL)
def test_a_removed_guard_of_accounts_is_noticed(name, tmp_path):
    (mutant,) = (mutant for mutant in MUTANTS if mutant.name == name)
    killed(mutant, tmp_path)
    assert (tmp_path / "src" / mutant.file).read_text("utf-8") != (SRC / mutant.file).read_text("utf-8")


@pytest.mark.soak
@pytest.mark.parametrize("mutant", [one for one in MUTANTS if one.name not in USUAL], ids=lambda mutant: mutant.name)
def test_every_removed_guard_of_accounts_is_noticed(mutant, tmp_path):
    killed(mutant, tmp_path)
    assert (tmp_path / "src" / mutant.file).read_text("utf-8") != (SRC / mutant.file).read_text("utf-8")


def test_each_mutant_of_accounts_is_one_change_and_names_tests_that_are_there():
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS) and set(USUAL) <= {mutant.name for mutant in MUTANTS}
    counts = {mutant.name: (SRC / mutant.file).read_text("utf-8").count(mutant.old) for mutant in MUTANTS}
    assert {name: count for name, count in counts.items() if count != 1} == {}
    named = {test for mutant in MUTANTS for test in mutant.killed_by.split()}
    there = {f"{file}::{node.name}" for file in {test.partition("::")[0] for test in named}
             for node in ast.walk(ast.parse((ROOT / file).read_text("utf-8"))) if isinstance(node, ast.FunctionDef)}
    assert named - there == set()
    assert all(ast.parse((SRC / mutant.file).read_text("utf-8").replace(mutant.old, mutant.new)) for mutant in MUTANTS)
