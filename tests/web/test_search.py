"""Search: what one may read, opened and looked through; names in every spelling; nothing of the words is kept."""

import pytest
from acts import member
from django.urls import reverse

from waystation.linkage.romanise import romanise_name
from waystation_web.audit.queries import read
from waystation_web.desk.search import search
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.vault.models import Vault

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
    make(worker, "person", {"case": case.hex(), "people": [{"names": [{"text": "백설아"}]}]})
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
