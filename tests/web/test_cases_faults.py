"""Planted faults: each guard of a case is taken away, and the story that it holds up must then go wrong.

A story here tells the outcome; with the guard it is the right one, without it the other. So no test can pass by chance.
"""

import pytest
from acts import member
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from waystation_web.cases import (
    actions,
    actions_people,
    actions_team,
    forms_request,
    importing,
    leaving,
    queries,
)
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, NotPermitted


@pytest.fixture
def heron(office):
    return member(office, "heron", ("coordinator",))


@pytest.fixture
def finch(office, heron):
    return member(office, "finch")


def refused(act, errors=(NotPermitted, NoSuchVault, ValueError)):
    """Whether somebody was refused."""
    try:
        act()
    except errors:
        return True
    return False


def names_lie_apart(office, client):
    where = client.post(reverse("case-new"), {"number": "the third shop (invented)"})["Location"].split("?")[0]
    with writing():
        held = queries.case(office.actor(office.people["robin"]), bytes.fromhex(where.split("/")[2]))
    return "third shop" not in str(held.record.body)


def test_a_number_would_lie_in_the_case_if_nobody_took_it_out(office, monkeypatch):
    robin = office.sign_in(office.person(roles={"case_worker"}, handle="robin"))
    assert names_lie_apart(office, robin)
    begun = actions.begun
    monkeypatch.setattr(actions, "begun", lambda actor, fields, *, taken: begun(actor, fields | {"alias": "third shop"}, taken=taken))
    assert not names_lie_apart(office, robin)


def test_names_of_one_case_would_open_under_another(finch, monkeypatch):
    one, other = actions.begin(finch, {}), actions.begin(finch, {})
    names = actions_people.seal_names(finch, other, "", {"health": "x"})

    def write():
        actions_people.write_names(finch, one, names, {"health": "y"}, revision=1)

    assert refused(write)
    monkeypatch.setattr(actions_people, "names_of", lambda actor, case, record, looked=False: kept.one(actor, record, "person"))
    assert not refused(write)


def test_whoever_keeps_no_cases_would_be_made_a_worker(office, heron, monkeypatch):
    """Without the guard somebody of the ledger is named; the rules of access alone then keep the case from them."""
    case, owl = actions.begin(heron, {}), member(office, "owl", ("finance",))

    def assign():
        actions_team.assign(heron, case, worker=owl.id, deputy=b"", end_old=False, reason="x")

    assert refused(assign)
    with monkeypatch.context() as fault:
        fault.setattr(actions_team, "_how", lambda account, type_: actions_team.Holding.ASSIGNED)
        assert refused(assign)  # the second guard, which is not this app's
        fault.setattr(actions_team, "_give", lambda *_: 0)
        assert not refused(assign)


@pytest.mark.parametrize("fault", [False, True])
def test_a_broker_would_interpret(heron, monkeypatch, fault):
    """H-30"""
    if fault:
        monkeypatch.setattr(forms_request.RequestForm, "clean_interpreter_broker", lambda form: form.cleaned_data["interpreter_broker"])
    form = forms_request.RequestForm(heron, _typed({"revision": "1", "interpreter_code": "wren-2", "interpreter_broker": "yes"}))
    assert form.is_valid() is fault


def _typed(fields):
    from django.http import QueryDict
    typed = QueryDict(mutable=True)
    typed.update(fields)
    return typed


@pytest.fixture
def client(office):
    return office.sign_in(office.person(roles={"coordinator"}, handle="rook"))


def brought(client, data):
    where = client.post(reverse("case-import"))["Location"]
    client.post(f"{where}file/", {"file": SimpleUploadedFile("x.csv", data)})
    import hashlib
    return where, {"seen": hashlib.sha256(data).hexdigest()}


def test_a_file_with_a_fault_would_be_half_taken_in(office, client, monkeypatch):
    where, seen = brought(client, b"head_count\n3\nmany\n")
    assert client.post(f"{where}apply/", seen).status_code == 403
    monkeypatch.setattr(importing.Sheet, "sound", property(lambda sheet: True))
    assert client.post(f"{where}apply/", seen).status_code == 302


def test_an_import_that_somebody_worked_on_would_be_emptied(office, client, monkeypatch):
    where, seen = brought(client, b"head_count\n3\n")
    client.post(f"{where}apply/", seen)
    with writing():
        (case,) = queries.cases(office.actor(office.people["rook"]))
    client.post(reverse("case-notes", kwargs={"case": case.key}), {"text": "she called again"})
    assert client.post(f"{where}undo/").status_code == 403
    monkeypatch.setattr(importing, "_touched", lambda case: False)
    assert client.post(f"{where}undo/").status_code == 302


def test_one_file_would_be_taken_in_twice(office, client, monkeypatch):
    for number in range(2):
        where, seen = brought(client, b"head_count\n3\n")
        assert client.post(f"{where}apply/", seen).status_code == (302, 403)[number]
    monkeypatch.setattr(importing, "_twice", lambda actor, batch: False)
    assert client.post(f"{where}apply/", seen).status_code == 302


def test_words_would_leave_where_a_code_belongs(heron, monkeypatch):
    actions.begin(heron, {"request": {"channel": "a village (invented)"}})
    with writing():
        held = queries.cases(heron)
    assert b"village" not in leaving.sheet_of(held)
    monkeypatch.setattr(leaving, "_codes", lambda of, said: ";".join(said))
    assert b"village" in leaving.sheet_of(held)


def test_a_list_would_leave_without_confirming_who_one_is(office, heron, monkeypatch):
    plain = Actor(heron.id, "heron", "heron", heron.roles, False, heron.secrets)
    assert refused(lambda: leaving.export(plain, reason="x"))
    monkeypatch.setattr(Actor, "stepped_up", lambda actor, now: True)
    assert not refused(lambda: leaving.export(plain, reason="x"))


def test_who_writes_second_would_write_over(heron, monkeypatch):
    case = actions.begin(heron, {"wish": "first"})
    actions.write(heron, case, {"wish": "second"}, what="request", revision=1)
    from waystation_web.vault.errors import Changed

    def late():
        actions.write(heron, case, {"wish": "late"}, what="request", revision=1)

    assert refused(late, Changed)
    change = actions.records.change
    monkeypatch.setattr(actions.records, "change", lambda *given, **more: change(*given, **(more | {"revision": None})))
    assert not refused(late, Changed)
