"""What a worker counts, when it leaves, and that it serves nobody if its ciphers answer wrongly."""

import asyncio
import sys

import pytest
from django.apps import apps as django_apps
from django.core.exceptions import ImproperlyConfigured

from waystation_web.office import worker
from waystation_web.office.worker import Counted, counts


def scope(path, *headers):
    return {"type": "http", "path": path, "headers": list(headers)}


@pytest.mark.parametrize(("asked", "counted"), [
    (scope("/"), True), (scope("/notes/"), True), (scope("/streams/"), True),
    (scope("/", (b"x-waystation-poll", b"1")), False), (scope("/stream/board/"), False),
    (scope("/static/office/office.css"), False),
])
def test_polls_streams_and_files_are_no_pages(asked, counted):
    assert counts(asked) is counted


def served(counted, *scopes):
    async def application():
        for one in scopes:
            await counted(one, None, None)

    asyncio.run(application())


async def nothing(scope, receive, send):
    """A page without anything on it."""


def test_a_worker_leaves_once_after_its_pages_and_never_for_polls():
    left = []
    counted = Counted(nothing, lambda: left.append(True), pages=3, idle_seconds=1000)
    served(counted, *[scope("/", (b"x-waystation-poll", b"1"))] * 50)
    assert (counted.pages, left) == (3, [])
    served(counted, *[scope("/")] * 2)
    assert left == []
    served(counted, *[scope("/")] * 5)
    assert left == [True]


def test_a_page_that_fails_counts_too():
    async def broken(scope, receive, send):
        raise ValueError

    counted = Counted(broken, lambda: None, pages=3, idle_seconds=1000)
    with pytest.raises(ValueError):
        served(counted, scope("/"))
    assert (counted.pages, counted.under_way) == (2, 0)


@pytest.fixture
def ready(monkeypatch):
    """Everything that a worker needs beside sound ciphers."""
    monkeypatch.setitem(sys.modules, "waystation_web.asgi", type("asgi", (), {"application": nothing}))
    monkeypatch.setattr("waystation_web.vault.host.host_keys", lambda: None)


def test_nobody_can_ask_for_more_pages_than_two_hundred(ready, monkeypatch):
    monkeypatch.setenv("WAYSTATION_PAGES", "100000")
    monkeypatch.setenv("WAYSTATION_IDLE", "100000")
    many = [worker.counted_office(lambda: None) for _ in range(50)]
    assert {one.idle_seconds for one in many} == {300}
    assert {200 <= one.pages < 250 for one in many} == {True}
    assert len({one.pages for one in many}) > 5


def test_ciphers_that_answer_otherwise_serve_nobody(monkeypatch):
    app = django_apps.get_app_config("vault")
    app.ready()
    monkeypatch.setattr("waystation_web.vault.apps.faults", lambda: ["Ed25519"])
    with pytest.raises(ImproperlyConfigured, match="wrong answers on this machine: Ed25519"):
        app.ready()
