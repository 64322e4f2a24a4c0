"""Slips for a witness outside: whoever holds everything the server holds and writes the record anew is found by paper."""

from pathlib import Path

import acts
import pytest

from waystation.evidence.chain import GENESIS
from waystation.evidence.slip import Stands, groups, read, slip_of, text
from waystation_web.audit import days, entries, queries, slips
from waystation_web.audit.events import Event
from waystation_web.audit.models import Entry
from waystation_web.audit.words_slip import beside, verdict
from waystation_web.gateways.database import writing
from waystation_web.office import Cannot, slipping

pytestmark = pytest.mark.promise("P12")


@pytest.fixture
def scene(office):
    """An auditor, two entries, a slip, two entries more."""
    anna, owl = office.actor(office.people["anna"]), acts.member(office, "owl", ("auditor",))
    vault = acts.create(anna)
    before = list(Entry.objects.order_by("seq"))
    acts.write(anna, vault, "second")
    paper = slips.paper(slips.given(owl))
    acts.write(anna, vault, "third")
    return anna, owl, vault, paper, before


def anew(rows, bodies):
    """The record as somebody writes it who holds the database, the host key and today's key: a sound chain."""
    from waystation_web.gateways import clock

    day = days.kept(clock.today())
    Entry.objects.filter(seq__gte=rows).delete()
    with writing():
        for body in bodies:
            entries.append(day, body)
    assert queries.check_from(queries.Head(0, GENESIS)) is None


def opened():
    """Every body, as today's key opens it."""
    from waystation_web.gateways import clock

    day, previous, found = days.kept(clock.today()), GENESIS, []
    for entry in Entry.objects.order_by("seq"):
        found.append(entries.open_body(day.dek, entry, previous))
        previous = entry.hash
    return found


@pytest.mark.refuses("H-46")
def test_an_untouched_record_stands_as_it_did_and_goes_on(scene):
    anna, owl, vault, paper, _ = scene
    acts.write(anna, vault, "fourth")
    found = slips.check(owl, paper)
    assert found.stands is Stands.AS_IT_DID and found.slip.seq < found.last
    assert verdict(found) == f"Up to entry {found.slip.seq} the record stands as it did when this slip was given."
    assert "never recorded" in beside(found)[0]
    line = queries.read(owl)[0]
    assert (line.event, line.why, line.by) == (Event.AUDIT_CHECKED, "slip", owl.id)


@pytest.mark.refuses("H-46")
def test_that_a_slip_was_given_is_the_last_entry_it_covers(scene):
    _, owl, _, paper, _ = scene
    said = [(line.seq, line.by) for line in queries.read(owl) if line.event is Event.SLIP_GIVEN]
    assert said == [(read(paper).seq, owl.id)]


@pytest.mark.refuses("H-46")
def test_an_end_cut_off_is_found(scene):
    *_, paper, _ = scene
    seq = read(paper).seq
    Entry.objects.filter(seq__gte=seq).delete()
    found = slips.compared(paper)
    assert (found.stands, found.at) == (Stands.CUT, seq - 1)
    assert f"ends at entry {seq - 1}, before entry {seq}" in verdict(found) and "restore" in beside(found)[0]


@pytest.mark.refuses("H-46")
def test_a_record_rebuilt_with_everything_the_server_holds_is_found(scene):
    """One act left out, all else sealed again under the very key; the chain is sound."""
    *_, paper, before = scene
    bodies = opened()
    anew(len(before) + 1, bodies[len(before) + 1:])
    assert slips.compared(paper).stands is Stands.ANEW
    assert "was written anew" in verdict(slips.compared(paper))


def test_the_same_acts_sealed_again_are_another_record(scene):
    *_, paper, before = scene
    anew(len(before), opened()[len(before) - 1:])
    assert slips.compared(paper).stands is Stands.ANEW


@pytest.mark.refuses("H-46")
def test_an_older_database_put_back_and_gone_on_with_is_found(scene):
    anna, _, vault, paper, before = scene
    Entry.objects.filter(seq__gt=before[-1].seq).delete()
    assert slips.compared(paper).stands is Stands.CUT
    with writing():
        for _ in range(5):
            entries.append(days.today(), {"at": 0, "do": "vault_read", "by": anna.id.hex(), "vault": vault.hex()})
    assert slips.compared(paper).stands is Stands.ANEW


@pytest.mark.refuses("H-46")
def test_an_entry_changed_before_the_slip_or_after_it_is_named(scene):
    *_, paper, _ = scene
    seq = read(paper).seq
    for at, stands in ((2, Stands.CHANGED), (seq, Stands.CHANGED), (seq + 1, Stands.AFTER)):
        row = Entry.objects.get(pk=at)
        Entry.objects.filter(pk=at).update(body=row.body[:-1] + bytes([row.body[-1] ^ 1]))
        found = slips.compared(paper)
        assert (found.stands, found.at) == (stands, at)
        assert f"ntry {at}" in verdict(found) and "by voice" in beside(found)[0]
        row.save()
    assert slips.compared(paper).stands is Stands.AS_IT_DID


def test_a_slip_of_another_office_is_no_alarm(scene):
    found = slips.compared(text(slip_of(bytes(16), 3, bytes(32))))
    assert found.stands is Stands.ELSEWHERE and "another office" in verdict(found)


def test_at_the_console_a_slip_is_given_and_held_against_the_record(scene, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(slipping, "opened", lambda _: None)
    assert slipping.give(None) == 0
    given = tmp_path / "slip.txt"
    given.write_text(capsys.readouterr().out, "utf-8")
    assert queries.read(scene[1])[0].event is Event.SLIP_GIVEN
    assert acts.findings(scene[0]) == []
    last = entries.head()
    assert slipping.check(None, given) == 0
    assert entries.head() == last                                   # a machine that is looked at is left as it is
    assert "stands as it did" in capsys.readouterr().out
    Entry.objects.filter(seq__gt=2).delete()
    assert slipping.check(None, given) == 1
    assert "ends at entry 2" in capsys.readouterr().out
    with pytest.raises(Cannot, match="cannot be read as a slip"):
        slipping.check(None, Path("/nowhere"))
    given.write_text(groups(slip_of(bytes(16), 3, bytes(32)))[0], "utf-8")
    with pytest.raises(Cannot, match="20 groups of five digits, and 1 were typed"):
        slipping.check(None, given)


def test_the_pages_give_paper_and_file_and_take_them_back(office):
    client = office.sign_in(office.people["anna"])
    page = client.post("/audit/slip/", {"as": "paper"}).content.decode()
    paper = " ".join(part.split("</td>")[0] for part in page.split("<td>")[1:])
    file = client.post("/audit/slip/", {"as": "file"})
    assert file["Content-Disposition"].startswith("attachment") and read(file.content.decode()).seq > read(paper).seq
    for typed in (paper, file.content.decode()):
        assert "stands as it did" in client.post("/audit/slip/check/", {"slip": typed}).content.decode()
    wrong = client.post("/audit/slip/check/", {"slip": paper[:-1] + str((int(paper[-1]) + 1) % 10)})
    assert wrong.status_code == 400 and "Group 20" in wrong.content.decode()
    Entry.objects.filter(seq__gt=read(paper).seq - 1).delete()
    assert "its end was cut off" in client.post("/audit/slip/check/", {"slip": paper}).content.decode()
