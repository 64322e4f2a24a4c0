"""Search: what one may read, opened and looked through; names in every spelling; nothing of the words is kept."""

import logging
import unicodedata

import pytest
from acts import member
from django.urls import reverse

from waystation.linkage.romanise import romanise_name
from waystation_web.audit.queries import read
from waystation_web.desk.search import search
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.vault.models import Vault

pytestmark = pytest.mark.both

WORDS = "강제 낙태를 당했다고 한다"


def make(actor, type_, payload):
    with writing():
        return records.make(actor, type_, payload).id


def found(actor, words):
    """(type, how, the hit as it stands) of everything found."""
    return [(hit.type, how.value, piece.hit) for how, groups in search(actor, words).sections
            for group in groups for hit in group.hits for piece in hit.pieces]


@pytest.fixture
def house(office):
    """A coordinator, a case worker and a finance officer."""
    return (member(office, "first", ("coordinator",)), member(office, "worker", ("case_worker",)),
            member(office, "cashier", ("finance",)))


@pytest.mark.parametrize("way", ["rr", "mr", "dprk"])
def test_a_romanised_name_finds_its_hangul(house, way):
    _, worker, _ = house
    case = make(worker, "case", {"ref": "K7Q2", "request": {"story": "x"}})
    make(worker, "person", {"case": case.hex(), "names": [{"text": "백설아"}]})
    assert found(worker, romanise_name("백", "설아", way)) == [("person", "spelled otherwise", "백설아")]
    assert found(worker, romanise_name("백", "솔미", way)) == []


def test_two_syllables_are_found_as_they_stand_wherever_they_lie(house):
    first, worker, _ = house
    make(worker, "case", {"ref": "K7Q2", "request": {"story": WORDS}})
    make(worker, "note", {"title": "x", "text": f"Two. {WORDS}"})
    make(first, "note", {"title": "낙태", "text": "another's"})
    assert found(worker, "낙태") == [("case", "exact", "낙태"), ("note", "exact", "낙태")]
    assert found(worker, "강제낙태") == [("case", "exact", "강제 낙태"), ("note", "exact", "강제 낙태")]
    assert found(worker, "북송") == []


@pytest.mark.refuses("H-13")
def test_everybody_finds_what_they_may_read_and_no_more(office, house):
    first, worker, cashier = house
    case = make(first, "case", {"ref": "K7Q2", "request": {"story": "heronword"}})
    make(first, "place", {"row": {"remarks": "heronword"}, "key": "P1"})
    assert [one[0] for one in found(first, "heronword")] == ["case", "place"]
    assert found(worker, "heronword") == [] == found(cashier, "heronword")
    with writing():
        records.share(first, case, "case", worker.id, reason="takes over", until=None, second=first.id)
    assert [one[0] for one in found(worker, "heronword")] == ["case"]
    assert {"place", "leg", "hazard", "report"} <= set(search(worker, "heronword").unsearched)


def test_ids_codes_and_removed_rows_are_no_words(house):
    first = house[0]
    case = make(first, "case", {"ref": "K7Q2", "request": {"danger_now": "hours", "story": "x"}})
    make(first, "place", {"row": {"remarks": "heronword"}, "key": "P1", "removed": True})
    assert found(first, "hours") == [] == found(first, case.hex()[:8]) == found(first, "heronword")


def test_the_record_counts_hits_and_keeps_no_word(office, house):
    first = house[0]
    make(first, "note", {"title": "x", "text": "heronword"})
    search(first, "heronword")
    with office.writing():
        lines = read(office.actor(office.people["anna"]), page=1)
    assert (lines[0].event.value, lines[0].who) == ("searched", "first") and "heronword" not in repr(lines)


def test_the_page_marks_hits_and_leads_to_the_record(office):
    person = office.person(roles={"case_worker"}, handle="heron")
    client = office.sign_in(person)
    note = client.post(reverse("note-new"), {"title": "Night", "text": f"<b>{WORDS}</b>"})["Location"].split("?")[0]
    text = client.post(reverse("search"), {"words": "낙태"}).content.decode()
    assert f'<a href="{note}">Night</a>' in text and "<mark>낙태</mark>" in text and "&lt;b&gt;" in text
    assert "1 record holds these words." in text and "Legs of the route book" in text


@pytest.mark.parametrize("words", ["", "x" * 201])
def test_words_that_cannot_be_looked_for_are_said(office, words):
    client = office.sign_in(office.person(roles={"case_worker"}, handle="heron"))
    answer = client.post(reverse("search"), {"words": words})
    assert answer.status_code == 400 and "at most 200 characters" in answer.content.decode()


def test_a_record_that_does_not_open_makes_the_search_not_whole(house):
    first = house[0]
    note = make(first, "note", {"title": "x", "text": "heronword"})
    make(first, "note", {"title": "y", "text": "heronword"})
    row = Vault.objects.get(pk=note)
    spoilt = bytearray(row.payload)
    spoilt[-1] ^= 1
    Vault.objects.filter(pk=note).update(payload=bytes(spoilt))
    results = search(first, "heronword")
    assert (results.count, results.refused) == (1, 1)


@pytest.mark.parametrize(("type_", "body", "words"), [
    ("contact", {"code_name": "x", "vettings": [{"for": "kept heronword"}]}, "heronword"),  # what speaks for somebody
    ("leg", {"row": {"from": "OTTERTOWN", "to": "HERONTOWN"}, "key": "L1"}, "ottertown"),
    ("leg", {"row": {"from": "OTTERTOWN", "to": "HERONTOWN"}, "key": "L1"}, "herontown"),
    ("hazard", {"row": {"author": "badgerword"}, "key": "H1"}, "badgerword"),
    ("money", {"sort": "entry", "case": "K7Q2", "case_id": "ab" * 16}, "k7q2"),
])
def test_typed_words_are_found_in_fields_that_elsewhere_hold_ids(office, house, type_, body, words):
    maker = member(office, "liaison", ("field_liaison",)) if type_ == "contact" else house[0]
    make(maker, type_, body)
    assert [one[:2] for one in found(maker, words)] == [(type_, "exact")]


def test_states_and_ids_in_such_fields_are_no_words(house):
    first, id_ = house[0], "abcdef0123456789" * 2
    make(first, "case", {"ref": "K7Q2", "request": {}, "step": {"from": "planning"}, "tasks": [{"for": id_}],
                         "relations": [{"from": id_, "to": id_}]})
    assert found(first, "planning") == [] == found(first, "abcdef")


def test_names_in_a_case_are_found_by_its_case_worker_and_by_no_coordinator(house):
    first, worker, _ = house
    case = make(worker, "case", {"ref": "K7Q2", "request": {"story": "x"}})
    make(worker, "person", {"case": case.hex(), "names": [{"text": "백설아"}]})
    with writing():
        records.share(worker, case, "case", first.id, reason="plans", until=None, second=worker.id)
    assert [one[0] for one in found(worker, "Baek Seol-a")] == ["person"]
    assert found(first, "Baek Seol-a") == [] == found(first, "백설아")
    assert [one[0] for one in found(first, "K7Q2")] == ["case"]


def test_words_are_found_however_their_letters_were_composed(house):
    worker = house[1]
    make(worker, "note", {"title": "x", "text": WORDS})
    make(worker, "note", {"title": "y", "text": unicodedata.normalize("NFD", WORDS)})
    assert len(found(worker, "낙태")) == 2 == len(found(worker, unicodedata.normalize("NFD", "낙태")))


def test_no_word_stands_in_a_log_or_an_address(office, caplog):
    client = office.sign_in(office.person(roles={"case_worker"}, handle="heron"))
    client.post(reverse("note-new"), {"title": "Night", "text": "heronword"})
    with caplog.at_level("DEBUG"):
        answer = client.post(reverse("search"), {"words": "heronword"})
    assert "<mark>heronword</mark>" in answer.content.decode()
    assert "heronword" not in caplog.text and "heronword" not in repr(answer.headers)
    logging.getLogger("waystation_web.desk").warning("found %s", "heronword")
    assert "heronword" in caplog.text  # the control: a line with the word would have been seen
    assert "heronword" not in client.get(reverse("search"), {"words": "heronword"}).content.decode()
