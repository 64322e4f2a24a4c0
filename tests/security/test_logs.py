"""An exception in any view, with sealed words in its variables, its message and the request, tells nobody a word."""

import io
import logging
import sys
from functools import cache
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import got_request_exception
from django.http import HttpRequest
from django.urls import reverse
from django.views.debug import ExceptionReporter
from plaintexts import WORDS, finder
from tour import addresses

import waystation_web
from waystation_web.gateways.logs import SilentReporter, Sparse
from waystation_web.notes import queries
from waystation_web.vault.models import Account, File

pytestmark = pytest.mark.once

SECRET = " ".join(WORDS.values())
VIEWS = Path(waystation_web.__file__).parent


@cache
def of_views(file):
    """Whether it is one of our views. Asked at every call of a function, millions of times, of the same files."""
    path = Path(file)
    return path.name.startswith("views") and path.is_relative_to(VIEWS)


FIND = finder(WORDS.values())


class PlantedError(Exception):
    """Raised inside a view, with the words in its message."""


class Fault:
    """Raises in the first view function of ours that is about to return, whichever it is."""

    def __init__(self):
        self.struck = []

    def __call__(self, frame, event, argument):
        ours = not self.struck and of_views(frame.f_code.co_filename)
        return self.inside if ours and frame.f_code.co_name != "<module>" else None

    def inside(self, frame, event, argument):
        held = any(isinstance(value, HttpRequest) for value in frame.f_locals.values())
        if event == "return" and held and not self.struck:
            self.struck.append(frame.f_code.co_name)
            raise PlantedError(SECRET)
        return self.inside


def broken(client, method, path, data):
    """The answer of a view that breaks at its end; and where it broke."""
    fault, before = Fault(), sys.gettrace()
    client.raise_request_exception = False
    sys.settrace(fault)
    try:
        response = client.get(path, data) if method == "GET" else client.post(path, data)
    finally:
        sys.settrace(before)
    return response, fault.struck


def address(name, pattern, note, file):
    """Where a view is asked: of the note and its file, or of something that is not there, which breaks as well."""
    kinds, nobody = {"note": note, "file": file}, "00" * 16
    return reverse(name, kwargs={key: kinds.get(key, nobody) for key in pattern.pattern.converters})


@pytest.fixture
def stage(office):
    """Somebody signed in with a note that holds the words and a file, and every log there is."""
    person = office.person(roles={"coordinator"}, handle="heron")
    client = office.sign_in(person)
    note = client.post(reverse("note-new"), {"title": SECRET, "text": SECRET})["Location"].split("/")[2]
    client.post(reverse("note-file-add", kwargs={"note": note}), {"file": SimpleUploadedFile("a.txt", SECRET.encode())})
    return client, note, File.objects.get().pk.hex()


@pytest.fixture
def heard():
    """What a log of this office writes, record by record, as it would stand on standard error."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Sparse())
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    root.handlers[:] = [handler]
    root.setLevel(logging.DEBUG)
    yield stream
    root.handlers[:] = before
    root.setLevel(level)


@pytest.fixture
def downloads(monkeypatch):
    """Open files of views that broke before their answer could close them."""
    opened, download = [], queries.download
    monkeypatch.setattr(queries, "download", lambda *asked: opened.append(download(*asked)) or opened[-1])
    yield opened
    for one in opened:
        one.close()


@pytest.mark.refuses("H-02")
@pytest.mark.promise("P01")
@pytest.mark.usefixtures("downloads")
def test_a_view_that_breaks_says_nothing_of_what_it_held(office, stage, heard, capfd, monkeypatch):
    client, note, file = stage
    monkeypatch.setattr("waystation_web.plans.actions.store_invented", lambda actor: b"")  # traced, it takes ten seconds
    struck, told = {}, {}
    for name, pattern in addresses():
        for method in ("GET", "POST"):
            if client.get("/me/").status_code != 200:  # the view before this one ended the session
                Account.objects.update(state=Account.State.ACTIVE)
                client = office.sign_in(office.people["heron"])
            where = address(name, pattern, note, file)
            response, broke = broken(client, method, where, {
                "title": SECRET, "text": SECRET, "words": SECRET, "reason": SECRET, "handle": SECRET, "name": SECRET,
                "file": SECRET})
            struck.setdefault(name, []).extend(broke)
            if broke:
                assert response.status_code == 500, (name, method)
            content = b"".join(response.streaming_content) if response.streaming else response.content
            if broke and (hits := FIND(content) | FIND(str(response.headers).encode())):
                told[name, method] = hits
    assert told == {}
    assert {name for name, broke in struck.items() if not broke} == set(), "these views were never broken"
    out, err = capfd.readouterr()
    written = heard.getvalue()
    assert FIND((out + err + written).encode()) == set()
    assert written.count("PlantedError at ") >= len(struck)
    assert "waystation_web/notes/views.py:" in written


@pytest.mark.parametrize("status", [400, 403, 404, 405])
def test_a_request_that_is_refused_is_not_written_down(stage, heard, capfd, status):
    client, note, _ = stage
    response = {
        400: lambda: client.post("/notes/new/", {"title": SECRET * 9, "text": SECRET}),
        403: lambda: client.post("/notes/new/", {"title": SECRET, "text": SECRET}, HTTP_SEC_FETCH_SITE="cross-site"),
        404: lambda: client.get(f"/notes/{SECRET}/?q={SECRET}"),
        405: lambda: client.put(f"/notes/{note}/?q={SECRET}", SECRET.encode()),
    }[status]()
    assert response.status_code == status
    out, err = capfd.readouterr()
    assert FIND((out + err + heard.getvalue()).encode()) == set()


def test_an_upload_that_breaks_off_is_not_written_down(stage, heard, capfd):
    client, note, _ = stage
    body = (b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + SECRET.encode() + b"\"\r\n\r\n"
            + SECRET.encode() * 9000)
    client.raise_request_exception = False
    response = client.generic("POST", f"/notes/{note}/files/", body, content_type="multipart/form-data; boundary=x")
    assert response.status_code in {302, 400}
    out, err = capfd.readouterr()
    assert FIND((out + err + heard.getvalue()).encode()) == set()


def test_a_log_that_writes_messages_is_found(heard):
    logging.getLogger("anything").warning("opened %s", SECRET)
    assert FIND(heard.getvalue().encode()) == set() and "WARNING anything:" in heard.getvalue()
    loose = io.StringIO()
    handler = logging.StreamHandler(loose)
    logging.getLogger("anything").addHandler(handler)
    logging.getLogger("anything").warning("opened %s", SECRET)
    logging.getLogger("anything").removeHandler(handler)
    assert FIND(loose.getvalue().encode())


def test_the_reporter_of_the_framework_would_tell_and_ours_does_not():
    try:
        held = SECRET
        raise PlantedError(held)
    except PlantedError:
        raised = sys.exc_info()
    assert FIND(ExceptionReporter(None, *raised).get_traceback_html().encode())
    ours = SilentReporter(None, *raised)
    assert ours.get_traceback_html() == ours.get_traceback_text() == "PlantedError\n"
    assert ours.get_traceback_data() == {"exception_type": "PlantedError"}


def test_the_line_of_a_log_names_our_own_file_though_the_framework_raised(heard):
    from waystation_web.notes.note import read_note

    try:
        read_note(b"", {"v": 1, "title": SECRET, "text": SECRET, "revision": SECRET})
    except Exception:
        logging.getLogger("django.request").exception("anything")
    assert "waystation_web/notes/note.py:" in heard.getvalue() and FIND(heard.getvalue().encode()) == set()


def test_nothing_listens_to_exceptions_with_a_request_in_hand():
    assert [receiver for receiver in got_request_exception.receivers
            if "waystation" in repr(receiver)] == []
