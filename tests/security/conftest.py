"""Tests of the office run on an invented one, on SQLite or PostgreSQL."""

import os
import sys

import pytest
import world
from world import bare, office

__all__ = ["bare", "office"]


def pytest_configure(config):
    try:
        world.configure(config.getoption("--database", default="sqlite"))
    except world.NoServer as reason:
        if os.environ.get("CI") and sys.platform.startswith("linux"):
            raise pytest.UsageError(str(reason)) from reason
        config.no_server = str(reason)
        world.configure("sqlite")


def pytest_collection_modifyitems(config, items):
    if why := getattr(config, "no_server", ""):
        for item in items:
            if {"office", "bare"} & set(getattr(item, "fixturenames", ())):
                item.add_marker(pytest.mark.skip(reason=f"--database=postgresql was asked for, but {why}"))
