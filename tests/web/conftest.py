"""Tests of the pages use the same invented office as the tests of security."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "security"))

import world
from world import bare, office

__all__ = ["bare", "office"]
collect_ignore = ["conftest.py"]  # two of one name are no modules to look for examples in


def pytest_configure(config):
    world.configure(config.getoption("--database", default="sqlite"))
