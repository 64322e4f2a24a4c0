"""The price of a person who was sold is evidence: no module that plans can reach it, no function makes a cost of it."""

import importlib
import inspect
import pkgutil
import shutil
import subprocess
import sys
import typing
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

import waystation.ledger
from waystation.ledger.observations import Observation, PersonSold, Sort, Unit, jump, series
from waystation.units import Money

ROOT = Path(__file__).resolve().parents[2]
LINT = Path(sys.executable).parent / ("lint-imports.exe" if sys.platform == "win32" else "lint-imports")
PLANS = ["planning/mdp.py", "hazards/__init__.py", "network/rows.py", "trust/truth.py", "party.py"]
SOLD = PersonSold(told="12,000 CNY", unit=Unit.PERSON, place="CN-22", day=date(2030, 1, 1), grade="C3")


def functions():
    """Every function and method of the ledger with its type hints."""
    for found in pkgutil.iter_modules(waystation.ledger.__path__):
        module = importlib.import_module(f"waystation.ledger.{found.name}")
        for name, one in inspect.getmembers(module, lambda it: inspect.isfunction(it) or inspect.isclass(it)):
            if one.__module__ != module.__name__:
                continue
            methods = [(name, one)] if inspect.isfunction(one) else [
                (f"{name}.{n}", getattr(m, "fget", m)) for n, m in vars(one).items() if inspect.isfunction(m) or isinstance(m, property)]
            yield from ((f"{found.name}.{n}", typing.get_type_hints(m)) for n, m in methods if not n.split(".")[-1].startswith("__"))


def mentions(hint, kind):
    return hint is kind or any(mentions(part, kind) for part in typing.get_args(hint))


@pytest.mark.proves("S004-31")
def test_a_sold_person_s_price_is_words_and_nothing_takes_or_gives_it():
    assert {one.name: one.type for one in fields(PersonSold)}["told"] is str
    assert not {one.type for one in fields(PersonSold)} & {Money, int, float}
    listed = dict(functions())
    assert len(listed) > 30  # the list is not empty by mistake
    assert [name for name, hints in listed.items() if any(mentions(hint, PersonSold) for hint in hints.values())] == []


def test_it_enters_no_series():
    with pytest.raises(AttributeError):
        series([SOLD], sort=Sort.REWARD, place="CN-22", unit=Unit.PERSON, currency="CNY")
    one = Observation(sort=Sort.REWARD, amount=Money.parse("5 CNY"), unit=Unit.PERSON, place="CN-22", day=date(2030, 1, 1), grade="C3")
    assert not isinstance(SOLD, Observation) and "sold" not in set(Sort)
    with pytest.raises(AttributeError):
        jump([one, one, one, SOLD])


@pytest.mark.proves("S004-31")
@pytest.mark.parametrize("module", PLANS)
def test_nothing_that_plans_can_import_it(tmp_path, module):
    """Each import is planted in a copy, and the contract finds it; the tree itself is judged by tests/architecture."""
    for package in ("waystation", "waystation_web"):
        shutil.copytree(ROOT / "src" / package, tmp_path / "src" / package,
                        ignore=shutil.ignore_patterns("__pycache__", "*.so", "static", "locale"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    target = tmp_path / "src" / "waystation" / module
    target.write_text(target.read_text("utf-8") + "\nimport waystation.ledger.observations\n", "utf-8")
    done = subprocess.run([LINT, "--no-cache", "--no-logo", "--contract", "prices-apart"], cwd=tmp_path, capture_output=True,
                          text=True, check=False, env={"PYTHONPATH": str(tmp_path / "src"), "PATH": ""})
    assert done.returncode == 1 and "Nothing that plans knows the ledger" in done.stdout, done.stdout + done.stderr
    assert "-> waystation.ledger" in done.stdout
