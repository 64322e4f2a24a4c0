"""A request has no effect beyond the fields of its form, whatever else it carries or claims to be."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from markup import Page

from waystation_web.vault.models import File, Grant, Vault

STRANGE = {
    "kind": "2", "version": "9", "v": "9", "actor": "00" * 16, "author": "00" * 16, "roles": "security_officer", "type": "plan",
    "id": "00" * 16, "vault": "00" * 16, "holders": "00" * 16, "files": "[]", "retain_until": "1999-01-01", "rotate_due": "1",
    "dek": "00" * 32, "officer": "1", "stepped_up": "1", "__class__": "x", "pk": "1", "written": "1999-01-01T00:00:00+00:00",
    "next": "https://x.example/", "sure": "", "principal": "00" * 16, "method": "delete", "_method": "DELETE",
}
CLAIMS = (
    {"HTTP_X_HTTP_METHOD_OVERRIDE": "DELETE"}, {"HTTP_X_METHOD_OVERRIDE": "PUT"}, {"HTTP_X_REWRITE_URL": "/people/"},
    {"HTTP_X_ORIGINAL_URL": "/people/"}, {"HTTP_X_FORWARDED_HOST": "x.example"}, {"HTTP_X_FORWARDED_PROTO": "https"},
    {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}, {"HTTP_FORWARDED": "host=x.example;proto=https"}, {"HTTP_X_WAYSTATION_POLL": "1"},
    {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "main", "HTTP_HX_CURRENT_URL": "https://x.example/"},
    {"HTTP_HX_BOOSTED": "true", "HTTP_HX_HISTORY_RESTORE_REQUEST": "true"}, {"HTTP_REMOTE_USER": "heron"},
    {"HTTP_AUTHORIZATION": "Basic aGVyb246aGVyb24="}, {"HTTP_X_ACTOR": "00" * 16}, {"HTTP_EXPECT": "100-continue"},
    {"HTTP_ACCEPT": "application/json"}, {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"},
)


@pytest.fixture
def heron(office):
    return office.sign_in(office.person(roles={"case_worker"}, handle="heron"))


def rows():
    """Everything in the tables that a trick could have changed."""
    return (list(Vault.objects.order_by("id").values_list()), list(Grant.objects.order_by("vault", "principal").values_list()),
            list(File.objects.values_list()))


def read(client, note):
    page = Page(client.get(note).content.decode())
    form = next(form for form in page.forms if any(field.name == "text" for field in form.fields))
    return {field.name: field.value for field in form.fields}


def write(client, title="one", text="two", **more):
    done = client.post(reverse("note-new"), {"title": title, "text": text, **more})
    return done["Location"].split("?")[0]


def test_fields_that_are_no_fields_of_the_form_change_nothing(heron):
    plain = write(heron)
    strange = write(heron, **STRANGE)
    one, two = (Vault.objects.get(pk=bytes.fromhex(note.split("/")[2])) for note in (plain, strange))
    assert (one.kind, one.version, one.retain_until, one.rotate_due, len(one.payload)) == (
        two.kind, two.version, two.retain_until, two.rotate_due, len(two.payload))
    assert one.grants.count() == two.grants.count()
    assert read(heron, strange)["title"] == "one" and read(heron, strange)["revision"] == "1"


def test_a_view_that_takes_the_whole_form_is_caught_by_the_same_look(heron, monkeypatch):
    """The control: a view that hands everything on would write under the type that the request names."""
    from waystation_web.notes import actions
    from waystation_web.vault import actions as vaults

    def careless(actor, kind, body, **more):
        return kept(actor, kind, {**body, "revision": 9}, **more)

    kept = vaults.create
    monkeypatch.setattr(actions.vaults, "create", careless)
    assert read(heron, write(heron))["revision"] == "9"


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: next(iter(claim)).lower())
def test_a_header_changes_neither_method_nor_place_nor_person(heron, claim):
    note = write(heron)
    before = rows()
    plain, claimed = heron.get(note), heron.get(note, **claim)
    assert (plain.status_code, Page(plain.content.decode()).elements) == (
        claimed.status_code, Page(claimed.content.decode()).elements)
    assert heron.delete(note, **claim).status_code == 405
    assert "x.example" not in claimed.content.decode() + str(claimed.headers)
    assert rows() == before


def test_of_a_field_that_stands_twice_one_is_taken_and_the_length_is_checked(heron):
    note = write(heron)
    done = heron.post(note, {"title": ["a" * 121, "kept"], "text": ["x", "y"], "revision": ["9", "1"]})
    assert done.status_code == 302
    assert read(heron, note) | {"csrfmiddlewaretoken": ""} == {
        "title": "kept", "text": "y", "revision": "2", "csrfmiddlewaretoken": ""}


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "application/xml", "application/octet-stream"])
def test_a_body_that_is_no_form_is_no_form(heron, kind):
    note = write(heron)
    before = rows()
    body = json.dumps({"title": "new", "text": "new", "revision": 1})
    assert heron.generic("POST", note, body, content_type=kind).status_code == 400
    assert rows() == before


def test_fields_in_the_address_are_not_the_form(heron):
    note = write(heron)
    before = rows()
    assert heron.post(f"{note}?title=new&text=new&revision=1", {}).status_code == 400
    assert heron.post(f"{note}shred/?sure=on", {}).status_code == 400
    assert rows() == before


def test_an_id_of_another_kind_is_no_note(office):
    chief = office.sign_in(office.person(roles={"coordinator"}, handle="wren"))
    assert chief.post(reverse("plan")).status_code == 302
    plan = Vault.objects.get(kind=2).pk.hex()
    for name in ("note", "note-share", "note-end", "note-shred", "note-file-add"):
        address = reverse(name, kwargs={"note": plan})
        data = {"sure": "on", "colleague": "00" * 16, "reason": "x", "title": "x", "revision": 1, "compared": "on",
                "file": SimpleUploadedFile("a", b"a")}
        assert chief.post(address, data).status_code == 404, name
    assert chief.get(reverse("note", kwargs={"note": plan})).status_code == 404
    assert Vault.objects.filter(kind=2).count() == 1


def test_a_file_of_another_note_is_no_file_of_this_one(heron):
    one, two = write(heron), write(heron)
    assert heron.post(f"{one}files/", {"file": SimpleUploadedFile("a.txt", b"content")}).status_code == 302
    file = File.objects.get().pk.hex()
    own = heron.get(f"{one}files/{file}/")
    assert own.status_code == 200 and b"".join(own.streaming_content) == b"content"
    own.close()
    assert heron.get(f"{two}files/{file}/").status_code == 404


@pytest.mark.promise("P17")
@pytest.mark.parametrize("said", ["cross-site", "same-site", "none-such"])
def test_another_site_changes_nothing(heron, said):
    note = write(heron)
    before = rows()
    refused = heron.post(note, {"title": "x", "text": "x", "revision": 1}, HTTP_SEC_FETCH_SITE=said)
    assert refused.status_code == 403 and rows() == before
    assert heron.post(note, {"title": "x", "text": "x", "revision": 1}, HTTP_SEC_FETCH_SITE="same-origin").status_code == 302


@pytest.mark.parametrize("host", ["x.example", "127.0.0.1:8700", "localhost.x.example", "[::1]", "localhost@x.example"])
def test_under_another_name_there_is_no_office(heron, host):
    for address in ("/", "/notes/", "/sign-in/", "/static/office/office.css"):
        assert heron.get(address, HTTP_HOST=host).status_code == 400, address


def files_on_disk():
    return [path for path in Path(settings.INSTALLATION.files).rglob("*") if path.is_file()]


@pytest.mark.promise("P10")
def test_nobody_who_is_not_signed_in_puts_a_file_on_the_disk(office, heron):
    note = write(heron)
    anonymous = office.client()
    big = SimpleUploadedFile("a.bin", b"x" * 300_000)
    for address in (f"{note}files/", "/sign-in/", "/set-up/", "/enrol/", "/nowhere/"):
        anonymous.post(address, {"file": big, "public": big})
    assert files_on_disk() == []
    assert heron.post(f"{note}files/", {"file": SimpleUploadedFile("b", b"y" * 300_000)}).status_code == 302
    assert len(files_on_disk()) == 1  # the same look sees a file that may be there


def test_a_refused_upload_leaves_nothing(office, heron):
    note = write(heron)
    other = office.sign_in(office.person(roles={"case_worker"}, handle="finch"))
    assert other.post(f"{note}files/", {"file": SimpleUploadedFile("a", b"x" * 300_000)}).status_code == 404
    assert heron.post(f"{note}share/", {"file": SimpleUploadedFile("a", b"x" * 300_000)}).status_code == 400
    assert files_on_disk() == [] and File.objects.count() == 0
