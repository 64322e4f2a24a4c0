"""Nothing sealed lies anywhere in clear: not in the database, its journal, the files, the runtime folder or the logs.

The first half proves the search: each of more than forty encodings of each word, and each way of packing, is planted and
must be found. The second half plants the words through every page and must find none.
"""

import os
import sqlite3
import tempfile
import unicodedata
from contextlib import closing

import pytest
import world
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import override_settings
from django.urls import reverse
from plaintexts import ENCODINGS, LEAST, PACKED, WORDS, finder, scan
from tour import Tour

from waystation_web.vault.models import Account

SECRET = " ".join(WORDS.values())
# For controls alone, one each: what they plant stays in the log of a PostgreSQL server.
SEEN, UPLOADED = "Mürndelwhist", "Brêntalmoor"
PLANTED = f"{SECRET} {unicodedata.normalize('NFD', WORDS['hangul'])}"


@pytest.mark.parametrize("kind", WORDS)
def test_each_planted_encoding_is_found(kind):
    word, find, missed, told = WORDS[kind], finder(WORDS.values()), [], 0
    for name, encode in ENCODINGS.items():
        planted = encode(word)
        if len(planted) < LEAST:
            continue  # this alphabet cannot write the word at all
        told += 1
        if not any(hit.startswith(f"{word} as ") for hit in find(os.urandom(997) + planted + os.urandom(499))):
            missed.append(name)
    assert not missed
    assert told >= 40, f"only {told} encodings can write {word}"


def test_base64_is_found_wherever_the_word_stands():
    import base64

    find = finder(WORDS.values())
    for word in WORDS.values():
        for before in range(12):
            for encode in (base64.b64encode, base64.urlsafe_b64encode, base64.b32encode):
                written = encode(b"~" * before + word.encode() + b" and more")
                assert find(written), (word, before, encode)


@pytest.mark.parametrize("packing", PACKED)
@pytest.mark.parametrize("kind", WORDS)
def test_each_way_of_packing_is_opened(kind, packing):
    packed = PACKED[packing](f"before {WORDS[kind]} after".encode())
    around = os.urandom(257)
    assert finder(WORDS.values())(around + packed + around), packing


def test_a_file_and_its_name_are_searched_and_a_missing_place_is_no_success(tmp_path):
    word = WORDS["hangul"]
    (tmp_path / "a").write_bytes(b"x" * 70_000 + word.encode("utf-16-le"))
    (tmp_path / f"{word}.txt").write_bytes(b"nothing")
    found = scan({"here": tmp_path}, WORDS.values())
    assert set(found) == {"here: a", f"here: {word}.txt"}
    with pytest.raises(AssertionError, match="is not at"):
        scan({"gone": tmp_path / "no"}, WORDS.values())


def test_random_bytes_hold_no_word():
    find = finder(WORDS.values())
    assert find(os.urandom(2_000_000)) == set()


@pytest.fixture
def places(office, tmp_path, monkeypatch):
    """Everywhere that an office could leave something: its folder, memory, the system's temporary folder, its database."""
    loose = tmp_path / "tmp"
    loose.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(loose))
    monkeypatch.setenv("TMPDIR", str(loose))
    found = {"the office": office.installation.home, "memory": office.installation.runtime, "temporary files": loose}
    if connection.vendor == "postgresql":
        data = world.SERVER.place / "data"
        number = connection.cursor().execute("SELECT oid FROM pg_database WHERE datname = current_database()").fetchone()[0]
        yield found | {"the server's log": data / "pg_wal", "the server's tables": data / "base" / str(number)}
        return
    log = office.installation.sqlite.with_name("office.sqlite3-wal")
    with closing(sqlite3.connect(office.installation.sqlite)) as reader:  # while somebody reads, the log stays
        reader.execute("SELECT count(*) FROM account").fetchone()
        yield found | {"the log of the database": log}


def scan_now(places, words):
    """What lies on the disk; a PostgreSQL server is asked first to write down what it still has in memory."""
    if world.SERVER is not None:
        world.SERVER.sql("CHECKPOINT")
    return scan(places, words)


def walk_everywhere(office):
    """Three people go through every page and plant the words in every field; whoever ends things comes last."""
    tour = Tour(PLANTED)
    anna = office.sign_in(office.people["anna"], stepped_up=True)
    invited = anna.post(reverse("invite"), {"handle": "finch", "name": SECRET, "language": "ko", "roles": ["finance"]})
    assert invited.status_code == 200 and "code" in invited.content.decode()
    chief = office.sign_in(office.person(roles={"coordinator"}, handle="chief"))
    tour.walk(office.client(), "/sign-in/")
    tour.walk(chief, to_the_end=False)
    tour.walk(anna, to_the_end=False)
    tour.knock(office.sign_in(office.people["bela"], stepped_up=True))
    tour.walk(office.sign_in(office.people["anna"], stepped_up=True))
    return tour


@pytest.mark.promise("P01")
def test_after_a_walk_through_every_page_no_word_lies_anywhere(office, places, capfd, tmp_path):
    tour = walk_everywhere(office)
    assert tour.unvisited() == set()
    wrote = {(name, method) for name, method, status in tour.answers if status in {200, 302} and method == "POST"}
    assert {("note-new", "POST"), ("note", "POST"), ("note-file-add", "POST"), ("notes", "POST"), ("note-share", "POST"),
            ("plan", "POST"), ("lock", "POST")} <= wrote
    assert any(WORDS["han"] in page for page in tour.pages)  # the words were there to be read
    out, err = capfd.readouterr()
    said = tmp_path / "said"
    said.write_text(out + err, "utf-8")
    assert scan_now({**places, "what was said": said}, WORDS.values()) == {}
    assert sum(1 for path in office.installation.files.rglob("*") if path.is_file()) > 0


@pytest.mark.promise("P01")
def test_passphrases_and_secrets_of_people_lie_nowhere(office, places):
    finch = office.person(roles={"finance"}, handle="finch")
    office.sign_in(finch, stepped_up=True)
    words = [finch.words, finch.words.replace(" ", "-"), finch.totp.hex(), office.keys(finch).raw().hex()[:64]]
    assert scan_now(places, words) == {}
    (places["memory"] / "planted").write_text(f"x{finch.words}y", "utf-8")
    assert scan_now(places, words)


def test_a_word_in_a_row_a_file_or_memory_is_found(office, places):
    Account.objects.filter(pk=office.people["bela"].id).update(label=b"\0" * 40 + SEEN.encode("utf-16-le"))
    (office.installation.files / "ab").mkdir(exist_ok=True)
    (office.installation.files / "ab" / "cd").write_bytes(os.urandom(99) + SEEN.encode())
    (places["memory"] / "x").write_bytes(SEEN.encode().hex().encode())
    (places["temporary files"] / "y.tmp").write_bytes(SEEN.upper().encode())
    found = scan_now(places, [SEEN])
    assert any("as UTF-16" in hit for hits in found.values() for hit in hits)
    assert {"the office: cd", "memory: x", "temporary files: y.tmp"} <= set(found)


def test_the_framework_s_own_way_of_taking_uploads_is_found(office, places):
    """The control of the upload handler: with Django's own, the words lie in a temporary file while a view runs."""
    client = office.sign_in(office.person(roles={"coordinator"}, handle="chief"))
    note = client.post(reverse("note-new"), {"title": "a", "text": "b"})["Location"].split("?")[0]
    seen = []

    def while_it_runs(get_response):
        def layer(request):
            request.FILES  # noqa: B018  (reads the request as the view will)
            seen.append(scan_now(places, [UPLOADED]))
            return get_response(request)
        return layer

    handler = "django.core.files.uploadhandler.TemporaryFileUploadHandler"
    big = SimpleUploadedFile("a.bin", UPLOADED.encode() * 200_000)
    for handlers in ([handler], None):
        more = {"FILE_UPLOAD_HANDLERS": handlers, "FILE_UPLOAD_TEMP_DIR": str(places["memory"])} if handlers else {}
        client.handler._middleware_chain = None
        with override_settings(**more):
            client.handler.load_middleware()
            inner = client.handler._middleware_chain
            client.handler._middleware_chain = while_it_runs(inner)
            client.raise_request_exception = False
            client.post(f"{note}files/", {"file": big})
            client.handler._middleware_chain = None
        big.seek(0)
    assert seen[0] and seen[1] == {}
