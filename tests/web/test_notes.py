"""Notes as people use them: written, found, shared, raced for, ended, destroyed; every page view is in the record."""

import asyncio
import unicodedata

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import AsyncClient
from django.urls import reverse
from markup import Page

from waystation_web.audit.models import Entry
from waystation_web.audit.queries import read
from waystation_web.notes.note import folded, read_note
from waystation_web.notes.ranges import NoSuchRange, part
from waystation_web.vault.errors import Refused
from waystation_web.vault.models import File, Vault

pytestmark = pytest.mark.both


@pytest.fixture
def heron(office):
    person = office.person(roles={"coordinator"}, handle="heron")
    return office.sign_in(person)


@pytest.fixture
def finch(office):
    return office.sign_in(office.person(roles={"case_worker"}, handle="finch"))


def write(client, title="Hand-over", text="The bridge is closed."):
    done = client.post(reverse("note-new"), {"title": title, "text": text})
    assert done.status_code == 302
    return done["Location"].split("?")[0]


def page(client, where):
    answer = client.get(where)
    assert answer.status_code == 200
    return answer.content.decode()


def share(office, client, note, handle, **more):
    fields = {"colleague": office.people[handle].id.hex(), "reason": "takes over", **more}
    return client.post(f"{note}share/", fields)


def acts(office, since):
    """What the record says was done after an entry, by handle, oldest first."""
    with office.writing():
        lines = read(office.actor(office.people["anna"]), page=1)
    return [(line.who, line.event.value) for line in reversed(lines) if line.seq > since and line.readable]


def last():
    return Entry.objects.order_by("-seq").values_list("seq", flat=True).first()


def test_a_note_is_for_its_author_alone(heron, finch):
    note = write(heron)
    assert "The bridge is closed." in page(heron, note)
    assert finch.get(note).status_code == 404
    assert "Hand-over" not in page(finch, reverse("notes"))


def test_lists_show_the_newest_first(office, heron):
    write(heron, title="older")
    office.pass_time(minutes=3)
    write(heron, title="newer")
    shown = page(heron, reverse("notes"))
    assert shown.index("newer") < shown.index("older")


@pytest.mark.parametrize(("typed", "found"), [
    ("bridge", True), ("BRIDGE closed", True), ("bridge open", False), ("다리", True), ("ｂｒｉｄｇｅ", True),
    (unicodedata.normalize("NFD", "다리"), True), ("br\u200bidge", True), ("hand-over", True), ("", True),
    ("plan.txt", True), ("%", False),
])
def test_a_search_finds_words_as_a_reader_sees_them(heron, typed, found):
    note = write(heron, text="The bridge is closed. 다리가 막혔다.")
    heron.post(f"{note}files/", {"file": SimpleUploadedFile("plan.txt", b"x")})
    answer = heron.post(reverse("notes"), {"words": typed})
    assert ("Hand-over" in answer.content.decode()) == found
    assert not heron.get(reverse("notes"), {"words": "open"}).content.decode().count("No note you can read")


def test_sharing_shows_the_words_first_and_then_shares(office, heron, finch):
    from waystation_web.vault import people

    note = write(heron)
    before = share(office, heron, note, "finch")
    assert before.status_code == 200 and finch.get(note).status_code == 404
    assert people.fingerprint(office.account(office.people["finch"])) in before.content.decode()
    assert share(office, heron, note, "finch", compared="on").status_code == 302
    assert "The bridge is closed." in page(finch, note)
    assert "finch" in page(heron, note) and "recovery key" in page(heron, note)


def test_a_share_until_a_day_ends_with_the_day(office, heron, finch):
    note = write(heron)
    assert share(office, heron, note, "finch", until="2026-03-04", compared="on").status_code == 302
    assert finch.get(note).status_code == 200
    office.pass_time(days=2, hours=16)
    assert office.sign_in(office.people["finch"]).get(note).status_code == 404


@pytest.mark.parametrize("fields", [
    {"reason": ""}, {"until": "2026-03-01"}, {"until": "soon"}, {"colleague": ""}, {"colleague": "00"}, {"reason": "다" * 54},
    {"colleague": "zz" * 16}])
def test_a_share_that_is_not_filled_in_well_is_not_done(office, heron, finch, fields):
    note = write(heron)
    assert share(office, heron, note, "finch", compared="on", **fields).status_code == 400
    assert finch.get(note).status_code == 404


def test_nobody_shares_with_who_is_not_certified_or_not_there(office, heron):
    note = write(heron)
    office.person(roles={"case_worker"}, handle="fresh", certified=False)
    assert share(office, heron, note, "fresh", compared="on").status_code == 404
    assert heron.post(f"{note}share/", {"colleague": "0a" * 16, "reason": "x", "compared": "on"}).status_code == 404
    assert "fresh" not in page(heron, note)


def test_who_loses_a_race_sees_both_versions_and_nothing_is_lost(office, heron, finch):
    note = write(heron)
    share(office, heron, note, "finch", compared="on")
    assert finch.post(note, {"title": "Hand-over", "text": "Finch was first.", "revision": 1}).status_code == 302
    lost = heron.post(note, {"title": "Hand-over", "text": "Heron was second.", "revision": 1})
    shown = lost.content.decode()
    assert lost.status_code == 409 and "Finch was first." in shown and "Heron was second." in shown
    assert "Finch was first." in page(heron, note)
    form = next(form for form in Page(shown).forms if any(field.name == "text" for field in form.fields))
    again = {field.name: field.value for field in form.fields}
    assert heron.post(note, again).status_code == 302
    assert "Heron was second." in page(finch, note)


def test_a_file_added_meanwhile_is_kept_by_who_writes(heron):
    note = write(heron)
    heron.post(f"{note}files/", {"file": SimpleUploadedFile("list.txt", b"content")})
    assert heron.post(note, {"title": "t", "text": "anew", "revision": 1}).status_code == 302
    assert "list.txt" in page(heron, note)


def test_ending_a_share_changes_the_key_at_the_next_write(office, heron, finch):
    note = write(heron)
    share(office, heron, note, "finch", compared="on")
    vault = bytes.fromhex(note.split("/")[2])
    assert heron.post(f"{note}end/", {"colleague": office.people["finch"].id.hex()}).status_code == 302
    assert finch.get(note).status_code == 404
    heron.post(note, {"title": "t", "text": "after", "revision": 1})
    assert Vault.objects.get(pk=vault).version == 2 and "after" in page(heron, note)


def test_the_last_reader_cannot_leave(office, heron):
    note = write(heron)
    gone = heron.post(f"{note}end/", {"colleague": office.people["heron"].id.hex()})
    assert gone.status_code == 403 and "The bridge is closed." in page(heron, note)


def test_destroying_needs_a_tick_and_a_confirmation(office, heron):
    note = write(heron)
    heron.post(f"{note}files/", {"file": SimpleUploadedFile("a", b"content")})
    assert heron.post(f"{note}shred/", {}).status_code == 400
    assert heron.post(f"{note}shred/", {"sure": "on"}).status_code == 403
    office.step_up(heron, office.people["heron"])
    done = heron.post(f"{note}shred/", {"sure": "on"})
    said = {"sqlite": "Gone from the live system now", "postgresql": "Deleted, and no page shows it"}[connection.vendor]
    assert done.status_code == 302 and said in page(heron, done["Location"])
    assert heron.get(note).status_code == 404 and File.objects.count() == 0
    assert [path for path in office.installation.files.rglob("*") if path.is_file()] == []


@pytest.mark.refuses("H-46")
@pytest.mark.promise("P12")
def test_every_view_and_act_is_in_the_record(office, heron, finch):
    since = last()
    note = write(heron)
    page(heron, note)
    page(heron, reverse("notes"))
    heron.post(reverse("notes"), {"words": "bridge"})
    share(office, heron, note, "finch")
    share(office, heron, note, "finch", compared="on")
    heron.post(note, {"title": "t", "text": "anew", "revision": 1})
    heron.post(f"{note}files/", {"file": SimpleUploadedFile("a", b"content")})
    heron.get(f"{note}files/{File.objects.get().pk.hex()}/").close()
    heron.post(f"{note}end/", {"colleague": office.people["finch"].id.hex()})
    finch.get(note)
    heron.post(f"{note}shred/", {"sure": "on"})
    assert [what for who, what in acts(office, since) if who == "heron"] == [
        "vault_created", "vault_read", "list_read", "searched", "vault_read", "granted", "vault_written", "file_added",
        "file_read", "grant_ended", "refused"]


# ---------------------------------------------------------------------------------------------------------------- files
CONTENT = bytes(range(256)) * 800  # 204,800 bytes: four pieces


@pytest.fixture
def file(heron):
    note = write(heron)
    assert heron.post(f"{note}files/", {"file": SimpleUploadedFile("a.html", CONTENT)}).status_code == 302
    return f"{note}files/{File.objects.get().pk.hex()}/"


def body(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    answer.close()
    return content


def test_a_file_comes_back_as_it_was_and_is_never_shown(heron, file):
    answer = heron.get(file)
    assert body(answer) == CONTENT and answer["Content-Length"] == "204800"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment") and "a.html" not in str(answer.headers)
    assert answer["Content-Security-Policy"].startswith("sandbox;") and answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("asked", "start", "stop"), [
    ("bytes=0-0", 0, 1), ("bytes=65535-65536", 65535, 65537), ("bytes=204799-", 204799, 204800), ("bytes=-10", 204790, 204800),
    ("bytes=100000-999999", 100000, 204800), ("bytes=0-204799", 0, 204800), ("bytes=-999999", 0, 204800)])
def test_a_range_is_a_slice(heron, file, asked, start, stop):
    answer = heron.get(file, HTTP_RANGE=asked)
    assert answer.status_code == 206 and answer["Content-Range"] == f"bytes {start}-{stop - 1}/204800"
    assert body(answer) == CONTENT[start:stop] and answer["Content-Length"] == str(stop - start)


@pytest.mark.parametrize("asked", ["bytes=204800-", "bytes=999999-1000000", "bytes=-0", f"bytes={'9' * 30}-"])
def test_a_range_outside_is_said_so(heron, file, asked):
    answer = heron.get(file, HTTP_RANGE=asked)
    assert answer.status_code == 416 and answer["Content-Range"] == "bytes */204800" and body(answer) == b""


@pytest.mark.parametrize("asked", ["", "bytes=", "bytes=-", "bytes=5-2", "bytes=0-1,4-5", "items=0-1", "bytes=a-b", "bytes=0x0-1"])
def test_what_is_no_single_range_gets_the_whole(heron, file, asked):
    answer = heron.get(file, HTTP_RANGE=asked)
    assert answer.status_code == 200 and body(answer) == CONTENT


def test_ranges_of_an_empty_file():
    with pytest.raises(NoSuchRange):
        part("bytes=0-", 0)
    assert part("", 0) is None


@pytest.mark.promise("P04")
def test_a_changed_piece_ends_the_download_before_any_of_its_bytes(office, heron, file):
    (path,) = [path for path in office.installation.files.rglob("*") if path.is_file()]
    whole = bytearray(path.read_bytes())
    whole[32 + 65552 * 2 + 5] ^= 1  # in the third piece
    path.write_bytes(whole)
    answer = heron.get(file)
    got = []
    with pytest.raises(Refused) as why:
        got.extend(answer.streaming_content)
    answer.close()
    assert b"".join(got) == CONTENT[:131072] and why.value.kind == "chunk"


def test_a_download_is_streamed_piece_by_piece_by_the_asynchronous_server(office, heron, file):
    async def fetch():
        client = AsyncClient(headers={"host": "localhost:8700"})
        client.cookies = heron.cookies
        answer = await client.get(file)
        return answer, [piece async for piece in answer.streaming_content]

    answer, pieces = asyncio.run(fetch())
    answer.close()
    assert answer.status_code == 200 and b"".join(pieces) == CONTENT
    assert len(pieces) == 4  # Django would have gathered a synchronous answer into one list first


# -------------------------------------------------------------------------------------------------------------- payload
@pytest.mark.promise("P20")
def test_a_payload_of_the_first_schema_opens_and_an_unknown_one_is_refused():
    first = {"v": 1, "type": "note", "id": "00" * 16, "title": "t", "text": "x", "revision": 3, "author": "01" * 16,
             "written": "2026-03-02T09:00:00+00:00", "files": [{"id": "02" * 16, "name": "a", "size": 5, "mime": "text/plain"}]}
    note = read_note(bytes(16), first)
    assert (note.title, note.revision, note.files[0].size, note.written.hour) == ("t", 3, 5, 9)
    for change in ({"v": 2}, {"revision": "x"}, {"author": "z"}, {"files": [{}]}, {"written": "yesterday"}):
        with pytest.raises(Refused) as why:
            read_note(bytes(16), first | change)
        assert why.value.kind == "payload"
    assert "hidden" not in repr(read_note(bytes(16), first | {"title": "hidden", "text": "hidden"}))


def test_folding_makes_equal_what_looks_equal():
    assert folded("Ｎｏｔｅ\u200b") == folded("note")
    assert folded(unicodedata.normalize("NFD", "가")) == folded("가") != folded("나")
