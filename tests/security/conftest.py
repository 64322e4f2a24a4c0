"""Tests of the office run on an invented one, on SQLite or PostgreSQL."""

import pytest
import world
from world import bare, office

import parts

__all__ = ["bare", "office"]
collect_ignore = ["conftest.py"]  # two of one name are no modules to look for examples in


def pytest_configure(config):
    try:
        world.configure(config.getoption("--database", default="sqlite"))
    except world.NoServer as reason:
        if parts.demanded():
            raise pytest.UsageError(str(reason)) from reason
        config.no_server = str(reason)
        world.configure("sqlite")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    if config.getoption("--database", default="sqlite") == "sqlite":
        return
    for item in items:  # pages reach tables by `vault`, `audit` and `records` alone, which tests/security goes through
        if item.path.parent.name == "web" and not item.get_closest_marker("both"):
            item.add_marker("once")
    stored = [item for item in items if {"office", "bare"} & set(getattr(item, "fixturenames", ()))]
    config.hook.pytest_deselected(items=[item for item in items if item not in stored])  # no database, no difference
    items[:] = stored
    if why := getattr(config, "no_server", ""):
        for item in stored:
            item.add_marker(pytest.mark.skip(reason=f"--database=postgresql was asked for, but {why}"))
