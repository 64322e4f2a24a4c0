"""Uploads are sealed while they arrive: at no moment does a byte of them lie on a disk in clear."""

import asyncio
import os
import tempfile
from contextlib import closing
from pathlib import Path

import acts
import pytest
from django.conf import settings
from django.core.exceptions import RequestAborted
from django.core.files.uploadhandler import SkipFile, StopUpload, TemporaryFileUploadHandler
from django.core.handlers.asgi import ASGIHandler
from django.http.multipartparser import MultiPartParser

from waystation_web.gateways.database import writing
from waystation_web.vault import actions, bodies, files, queries, uploads
from waystation_web.vault.errors import NoSuchVault, NotPermitted, Refused
from waystation_web.vault.models import File

pytestmark = pytest.mark.promise("P18")
WORD = b"PLAINTEXT-OF-AN-UPLOAD-"
LINE = WORD * 40 + b"\n"
EDGE = b"x-edge"


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    """Temporary files of this process alone, so that everything in the folder is ours."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


@pytest.fixture
def vera(office):
    return acts.member(office, "vera")


@pytest.fixture
def vault(vera):
    return acts.create(vera)


class Sent:
    """A form's body with one file, made up as it is read; `watch` is called now and then while it arrives."""

    def __init__(self, size, watch=lambda: None, breaks=None, name="photo.jpg"):
        head = (f'--x-edge\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
                "Content-Type: image/jpeg\r\n\r\n").encode()
        self.content = LINE * (size // len(LINE))
        self.body, self.place, self.watch = head + self.content + b"\r\n--x-edge--\r\n", 0, watch
        self.breaks, self.length = breaks, len(self.body)

    def read(self, size=-1):
        self.watch()
        if self.breaks is not None and self.place >= self.breaks:
            raise ConnectionResetError
        piece = self.body[self.place:self.place + (1 << 20 if size < 0 else size)]
        self.place += len(piece)
        return piece


def parsed(sent, handlers):
    meta = {"CONTENT_TYPE": "multipart/form-data; boundary=x-edge", "CONTENT_LENGTH": str(sent.length)}
    return MultiPartParser(meta, sent, handlers).parse()[1]["file"]


def handler(actor, vault):
    return uploads.SealingUploadHandler(acts.Request(actor, vault))


def places():
    """Every file that this process could have written to, with or without a name."""
    for folder in {tempfile.gettempdir(), settings.FILE_UPLOAD_TEMP_DIR, str(settings.INSTALLATION.home)}:
        for parent, _, names in os.walk(folder):
            yield from (Path(parent) / name for name in names)
    if Path("/proc/self/fd").is_dir():
        yield from (place for place in Path("/proc/self/fd").iterdir() if place.is_file())


def in_clear():
    found = set()
    for place in places():
        try:
            with place.open("rb") as stream:
                if WORD in stream.read(8 << 20):
                    found.add(place)
        except OSError:
            continue
    return found


# ------------------------------------------------------------------------------------------------------ on their way
def test_while_a_large_file_arrives_nothing_of_it_is_on_a_disk_in_clear(vera, vault):
    seen, reads = set(), [0]

    def watch():
        reads[0] += 1
        if reads[0] % 40 == 0:
            seen.update(in_clear())

    sent = Sent(6_000_000, watch)
    arrived = parsed(sent, [handler(vera, vault)])
    assert reads[0] > 80 and seen | in_clear() == set()
    assert (arrived.size, arrived.name, arrived.vault) == (len(sent.content), "photo.jpg", vault)
    with writing():
        actions.attach(vera, queries.open_vault(vera, vault), arrived, name="photo.jpg", mime="image/jpeg")
    arrived.close()
    assert acts.content(vera, vault, arrived.file_id) == sent.content
    assert in_clear() == set()


def test_djangos_own_handler_is_caught_by_the_same_watch(vera, vault):
    """The control: what the watch would see if our handler were not the only one."""
    seen = set()
    arrived = parsed(Sent(6_000_000, lambda: seen or seen.update(in_clear())), [TemporaryFileUploadHandler()])
    assert seen
    arrived.close()


def received(handler, pieces):
    messages = iter([{"type": "http.request", "body": piece, "more_body": True} for piece in pieces]
                    + [{"type": "http.request", "body": b"", "more_body": False}])

    async def receive():
        return next(messages)

    return asyncio.run(handler.read_body(receive))


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="nameless files can be looked into on Linux only")
def test_the_body_of_a_request_is_received_sealed_and_djangos_own_way_is_not():
    pieces = [LINE * 60] * 100
    body = received(bodies.SealedBodies(), pieces)
    assert in_clear() == set()
    assert body.read() == b"".join(pieces)
    body.close()
    with received(ASGIHandler(), pieces):
        assert in_clear()


@pytest.mark.parametrize("pieces", [[], [b""], [b"a"], [b"a" * 70_000] * 14, [b"b" * 70_000] * 16, [b"c" * 3_000_000]])
def test_a_body_comes_out_as_it_went_in_at_any_size(office, pieces):
    body = received(bodies.SealedBodies(), pieces)
    out = []
    while piece := body.read(100_001):
        out.append(piece)
    assert b"".join(out) == b"".join(pieces)
    assert body.read() == b"" and "bytes" in repr(body.raw)
    body.close()


def test_a_body_that_breaks_off_or_is_too_large_leaves_nothing(office, monkeypatch):
    async def gone():
        return {"type": "http.disconnect"}

    with pytest.raises(RequestAborted):
        asyncio.run(bodies.SealedBodies().read_body(gone))
    monkeypatch.setattr(bodies, "LARGEST", 2_000_000)
    status, read = answered(bodies.SealedBodies(), [b"x" * 1_500_000] * 3)
    assert (status, read) == (413, 2)
    assert not list(office.installation.files.iterdir())


def scope_of(path, *headers):
    return {"type": "http", "http_version": "1.1", "method": "POST", "path": path.decode(), "raw_path": path,
            "query_string": b"", "root_path": "", "scheme": "http", "client": ("127.0.0.1", 1),
            "headers": [(b"host", b"localhost:8700"), (b"content-type", b"application/x-www-form-urlencoded"), *headers]}


def answered(handler, pieces, *headers, path=b"/sign-in/"):
    """Status of the answer to a request, and how many pieces of it were read."""
    read, said = [], []

    async def receive():
        if len(read) == len(pieces):
            await asyncio.sleep(60)
        read.append(1)
        return {"type": "http.request", "body": pieces[len(read) - 1], "more_body": len(read) < len(pieces)}

    async def send(message):
        said.append(message)

    asyncio.run(handler(scope_of(path, *headers), receive, send))
    return said[0]["status"], len(read)


@pytest.mark.promise("P10")
def test_a_stranger_who_sends_slowly_is_not_waited_for(office, monkeypatch):
    monkeypatch.setattr(bodies, "SECONDS_OF_NOBODY", 0.01)
    slow = [b"x"] * 5

    async def drip(known):
        handler, said = bodies.SealedBodies(lambda _: known), []
        messages = iter([{"type": "http.request", "body": b, "more_body": n < 4} for n, b in enumerate(slow)])

        async def receive():
            await asyncio.sleep(0.02)
            return next(messages, {"type": "http.disconnect"})

        async def send(message):
            said.append(message)

        await handler(scope_of(b"/sign-in/"), receive, send)
        return said[0]["status"] if said else None

    assert asyncio.run(drip(known=False)) == 408
    assert asyncio.run(drip(known=True)) != 408


@pytest.mark.promise("P10")
def test_a_stranger_sends_a_form_and_no_more(office):
    from waystation_web.accounts.sessions import comes_with

    handler = bodies.SealedBodies(comes_with)
    pieces, cookie = [b"x" * 100_000] * 20, office.sign_in(office.person(handle="heron")).cookies["s"].value
    assert answered(handler, pieces) == (413, 2)
    assert answered(handler, pieces, (b"cookie", b"s=" + b"A" * 64)) == (413, 2)
    assert answered(handler, pieces[:1]) == (403, 1)
    assert answered(handler, pieces, (b"cookie", f"c=1; s={cookie}".encode())) == (403, 20)
    assert not list(office.installation.files.iterdir())


# ----------------------------------------------------------------------------------------------------- where they end
def bodies_on_disk():
    return sorted(place.name for place in settings.INSTALLATION.files.glob("??/*"))


def test_what_no_vault_took_is_gone_with_the_request(vera, vault):
    arrived = parsed(Sent(200_000), [handler(vera, vault)])
    assert bodies_on_disk() == [arrived.file_id.hex()]
    arrived.close()
    assert bodies_on_disk() == []


def test_an_upload_that_breaks_off_is_gone_with_the_request(vera, vault):
    taking = handler(vera, vault)
    with pytest.raises(ConnectionResetError):
        parsed(Sent(3_000_000, breaks=500_000), [taking])
    taking.request.close()
    assert bodies_on_disk() == []
    taking = handler(vera, vault)
    taking.new_file("file", "a", "text/plain", None, None)
    taking.receive_data_chunk(b"half", 0)
    assert len(bodies_on_disk()) == 1
    taking.upload_interrupted()
    assert bodies_on_disk() == []


def test_a_file_that_is_too_large_stops_and_is_gone(vera, vault, monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST", 100_000)
    taking = handler(vera, vault)
    with closing(taking):  # a body that goes on would stay open, and break whatever runs next
        taking.new_file("file", "a", "text/plain", None, None)
        taking.receive_data_chunk(b"x" * 100_000, 0)
        with pytest.raises(StopUpload):
            taking.receive_data_chunk(b"x", 100_000)
        assert bodies_on_disk() == []


def test_nobody_and_no_vault_take_no_file(vera, vault):
    for actor, named in ((None, vault), (vera, None)):
        with pytest.raises(SkipFile):
            handler(actor, named).new_file("file", "a", "text/plain", None, None)
    assert bodies_on_disk() == []


def test_a_file_sealed_for_one_vault_is_not_taken_by_another(vera, vault):
    other = acts.create(vera)
    arrived = acts.upload(vera, vault, b"content")
    with pytest.raises(Refused, match="file"), writing():
        actions.attach(vera, queries.open_vault(vera, other), arrived, name="a", mime="text/plain")
    arrived.close()
    assert (File.objects.count(), bodies_on_disk()) == (0, [])


def test_all_files_have_one_date_and_sizes_in_steps(vera, vault):
    ids = [acts.attach(vera, vault, b"x" * size) for size in (0, 1, 65_535, 65_536)]
    places = [files.path_of(one) for one in ids]
    assert {place.stat().st_mtime for place in places} == {files.CONSTANT}
    assert {place.parent.stat().st_mtime for place in places} == {files.CONSTANT}
    assert [place.stat().st_size for place in places] == [65_584, 65_584, 65_584, 131_136]
    assert {place.stat().st_mode & 0o777 for place in places} == {0o600}


def test_names_and_sizes_are_in_the_payload_and_files_stay_when_it_is_written(vera, vault):
    file = acts.attach(vera, vault, b"content", name="여권.jpg")
    acts.write(vera, vault, "other words")
    opened = queries.open_vault(vera, vault)
    assert opened.payload["text"] == "other words"
    assert [(one["id"], one["name"], one["size"]) for one in opened.payload.get("files", [])] == [(file.hex(), "여권.jpg", 7)]
    with writing():
        actions.write(vera, opened, {"text": "x", "files": [], "type": "case", "id": "0", "retain_until": "1"})
    again = queries.open_vault(vera, vault)
    assert (again.payload["files"], again.type) == (opened.payload["files"], "note")


# --------------------------------------------------------------------------------------------------------- read again
def test_parts_of_a_file_are_the_parts_of_what_was_sent(vera, vault):
    content = bytes(range(256)) * 1024
    file = acts.attach(vera, vault, content)
    opener = actions.open_file(vera, queries.open_vault(vera, vault), file)
    for start, stop in ((0, 1), (65_535, 65_537), (100_000, 200_000), (0, None), (262_143, 262_144), (5, 5)):
        assert b"".join(opener.read(start, stop)) == content[start:stop]
    opener.close()


def readable(actor, vault, file):
    """The content of a file, or None if it is refused."""
    try:
        return acts.content(actor, vault, file)
    except Refused:
        return None


def test_files_follow_their_vault_to_a_new_key_and_former_readers_do_not(office, vera, vault):
    nils = acts.member(office, "nils")
    file = acts.attach(vera, vault, b"content")
    acts.share(vera, vault, nils)
    before = File.objects.get(pk=file)
    acts.end(vera, vault, nils)
    acts.rotate(vera, vault)
    assert readable(vera, vault, file) == b"content"
    before.save()
    with pytest.raises(Refused):
        acts.content(vera, vault, file)


def test_a_changed_swapped_missing_or_foreign_file_is_refused(office, vera, vault):
    one, two = (acts.attach(vera, vault, content * 70_000) for content in (b"1", b"2"))
    first, second = files.path_of(one), files.path_of(two)
    good = first.read_bytes()
    for bad in (good[:-1], good[:50] + bytes([good[50] ^ 1]) + good[51:], second.read_bytes(), good + b"x", b""):
        first.write_bytes(bad)
        with pytest.raises(Refused) as why:
            acts.content(vera, vault, one)
        assert why.value.kind
    first.unlink()
    with pytest.raises(Refused, match="file"):
        acts.content(vera, vault, one)
    other = acts.create(vera)
    for vault_id, file_id in ((other, two), (vault, os.urandom(16))):
        with pytest.raises(NoSuchVault):
            acts.content(vera, vault_id, file_id)
    nils = acts.member(office, "nils", ["auditor"])
    with pytest.raises((NoSuchVault, NotPermitted)):
        acts.content(nils, vault, two)
    assert acts.content(vera, vault, two) == b"2" * 70_000


@pytest.mark.promise("P07")
def test_a_shredded_vault_leaves_no_byte_of_itself(vera, vault):
    from django.db import connection

    from waystation_web.vault.models import Grant, Vault

    file = acts.attach(vera, vault, b"content")
    kept = acts.create(vera, "this stays")
    traces = [Vault.objects.get(pk=vault).payload[:48], File.objects.get(pk=file).wrap[:48],
              files.path_of(file).read_bytes()[32:80],
              *(grant.wrap[:48] for grant in Grant.objects.filter(vault_id=vault))]
    acts.write(vera, vault, "written once more")
    acts.rotate(vera, vault)
    traces += [Vault.objects.get(pk=vault).payload[:48],
               *(grant.wrap[:48] for grant in Grant.objects.filter(vault_id=vault))]
    acts.shred(vera, vault)
    assert (File.objects.count(), bodies_on_disk(), acts.text(vera, kept)) == (0, [], "this stays")
    assert not Vault.objects.filter(pk=vault).exists() and not Grant.objects.filter(vault_id=vault).exists()
    if connection.vendor != "sqlite":
        return  # a server keeps dead rows for a while; the manual says so
    left = b"".join(place.read_bytes() for place in settings.INSTALLATION.data.rglob("*") if place.is_file())
    assert [trace in left for trace in traces] == [False] * len(traces)
    assert Vault.objects.get(pk=kept).payload[:48] in left                        # the control: the scan finds bytes


def test_the_sweep_takes_orphans_of_yesterday_and_nothing_else(office, vera, vault, monkeypatch):
    kept = acts.attach(vera, vault, b"content")
    orphan = acts.upload(vera, vault, b"orphan")
    fresh = acts.upload(vera, vault, b"still arriving")
    now = office.now.timestamp()
    os.utime(files.path_of(orphan.file_id), (now - 90_000, now - 90_000))
    os.utime(files.path_of(fresh.file_id), (now, now))
    os.utime(files.path_of(kept), (now, now))
    assert files.sweep() == 1
    assert bodies_on_disk() == sorted([kept.hex(), fresh.file_id.hex()])
    assert files.path_of(kept).stat().st_mtime == files.CONSTANT
    fresh.close()
    assert "SealedUpload" in repr(fresh) and fresh.key.hex() not in repr(fresh)
