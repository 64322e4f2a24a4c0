"""The record's pages: what was done, in words, and whether the record is whole."""

import pytest
from django.urls import reverse
from django.utils import translation

from waystation_web.audit.events import Event
from waystation_web.audit.models import Entry
from waystation_web.audit.words import ACTS, act
from waystation_web.vault.models import Vault

pytestmark = pytest.mark.both


@pytest.fixture
def auditor(office):
    return office.sign_in(office.person(roles={"auditor"}, handle="owl"))


def test_an_auditor_reads_what_was_done(office, auditor):
    heron = office.sign_in(office.person(roles={"coordinator"}, handle="heron"))
    heron.post(reverse("note-new"), {"title": "a secret title", "text": "b"})
    shown = auditor.get(reverse("audit-log")).content.decode()
    assert "made a record" in shown and "heron" in shown
    assert "a secret title" not in shown


@pytest.mark.refuses("H-46")
def test_reading_the_record_is_in_the_record(auditor):
    auditor.get(reverse("audit-log"))
    assert "read this record of acts" in auditor.get(reverse("audit-log")).content.decode()


def test_pages_go_back_to_the_first_entry(office, auditor):
    for _ in range(60):
        auditor.get(reverse("notes"))
    last = -(-Entry.objects.count() // 50)
    shown = auditor.get(reverse("audit-log"), {"page": last + 1}).content.decode()
    assert '<th scope="row">1</th>' in shown
    for odd in ("0", "-1", "x", "99999999", ""):
        assert auditor.get(reverse("audit-log"), {"page": odd}).status_code == 200


@pytest.mark.promise("P12")
def test_a_whole_record_is_said_to_be_whole(office):
    anna = office.sign_in(office.people["anna"])
    shown = anna.get(reverse("audit-check")).content.decode()
    assert "Record unbroken:" in shown and "Every row is as the record says" in shown


@pytest.mark.promise("P12")
def test_a_changed_entry_is_named(office):
    anna = office.sign_in(office.people["anna"])
    entry = Entry.objects.order_by("seq")[3]
    Entry.objects.filter(pk=entry.pk).update(body=entry.body[:-1] + bytes([entry.body[-1] ^ 1]))
    shown = anna.get(reverse("audit-check")).content.decode()
    assert "Record unbroken" not in shown and "entry 4" in shown
    assert "This entry was changed" in anna.get(reverse("audit-log"), {"page": 99}).content.decode()


@pytest.mark.promise("P05")
def test_an_older_payload_put_back_is_named(office):
    anna = office.sign_in(office.people["anna"])
    note = anna.post(reverse("note-new"), {"title": "a", "text": "b"})["Location"].split("?")[0]
    vault = bytes.fromhex(note.split("/")[2])
    kept = Vault.objects.get(pk=vault).payload
    anna.post(note, {"title": "a", "text": "newer", "revision": 1})
    assert "Every row is as the record says" in anna.get(reverse("audit-check")).content.decode()
    Vault.objects.filter(pk=vault).update(payload=kept)
    shown = anna.get(reverse("audit-check")).content.decode()
    assert "Every row is as the record says" not in shown and vault.hex() in shown


def test_every_act_has_words_in_both_languages():
    assert set(ACTS) == set(Event)
    english = {event: act(event) for event in Event}
    with translation.override("ko"):
        korean = {event: act(event) for event in Event}
    assert all(english.values()) and act(None) == ""
    assert not [event for event in Event if korean[event] == english[event]]


def test_a_refusal_says_what_the_person_was_told(office):
    person = office.person(roles=("security_officer",), handle="cleo")
    client = office.sign_in(person)
    assert client.post(f"/people/{office.people['bela'].id.hex()}/remove/", {"reason": "invented"}).status_code == 403
    page = client.get("/audit/").content.decode()
    assert "step_up" not in page
    assert "Confirm that it is you, then send this again." in page
