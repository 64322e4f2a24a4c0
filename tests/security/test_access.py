"""Who gets which answer: every address, every method, every kind of person, with and without a grant.

`TABLE` and the `doors_<app>.py` beside this file are the whole of it. An address without a row fails, a row without an address
fails, and every method that a row does not name must be refused. Each cell is one answer; what is allowed must have been done,
and what is refused or only read must have changed nothing. The cells that were looked at are written to `build/access-matrix.txt`.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import doors
import doors_accounts
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import path, reverse
from stage import DOORS, SENT, Stage, differing, everything, named, sent, set_for

from waystation.access import Role
from waystation_web import urls
from waystation_web.vault import people
from waystation_web.vault.models import Account, Grant, Vault

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[2]
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
OUTSIDE = ("anonymous", "invited", "locked", "removed")


@dataclass(frozen=True)
class Who:
    """One column of the matrix."""

    name: str
    role: Role | None = None
    granted: bool = False
    stepped_up: bool = False

    @property
    def outside(self):
        return self.role is None


ROWS = {key for key, _ in doors.rows()}
TABLE = doors.whole(DOORS.table, ROWS)
ENDS = (*DOORS.ends, *doors_accounts.LAST)


@pytest.fixture
def stage(office, monkeypatch):
    return Stage(office, monkeypatch)


def outsiders(stage):
    """Clients of people who are not in: one was never, one not yet, two no longer, though their browser holds a cookie."""
    office = stage.office
    office.person(roles={"coordinator"}, handle="newcomer", certified=False)
    clients = {"anonymous": office.client(), "invited": office.client()}
    for name, state in (("locked", Account.State.LOCKED), ("removed", Account.State.REMOVED)):
        clients[name] = office.sign_in(office.person(roles={"coordinator"}, handle=name))
        Account.objects.filter(pk=office.people[name].id).update(state=state)
    return clients


def order():
    """Rows with their patterns: what must come first, what is left, what ends something."""
    return sorted(doors.rows(), key=lambda row: (ENDS.index(row[0]) + 1 if row[0] in ENDS else -1 if row[0] in DOORS.first else 0,
                                                 DOORS.first.index(row[0]) if row[0] in DOORS.first else 0, row[0]))


def place(key, pattern, ids):
    """The address of a row, and the ids in it."""
    there = {name: named(ids, key, name) for name in pattern.pattern.converters}
    return "/" + re.sub(r"<id:(\w+)>", lambda found: there[found[1]], str(pattern.pattern)), set(there.values())


CELLS = []


def look(stage, who, client, ids):
    """Every address and each method it knows, for one column: the answer, and what became of the records."""
    wrong = []
    client.raise_request_exception = False  # what breaks is an answer too: 500
    for key, pattern in order():
        where, there = place(key, pattern, ids)
        for method, rule in TABLE[key].items():
            answer, touched = stage.asked(client, method, key, ids, where)
            (expected,) = rule(who)
            CELLS.append((key, method, who.name, answer.status_code))
            if answer.status_code != expected:
                wrong.append(f"{who.name}: {method} {key} gives {answer.status_code}, not {expected}")
            elif fault := amiss(key, method, expected, {ids[DOORS.on[key]]} if key in DOORS.on else there, touched):
                wrong.append(f"{who.name}: {method} {key} gives {expected} and {fault}")
    return wrong


def amiss(key, method, status, there, touched):
    """What is wrong with what a request did, or nothing: an act was done to what its address names, or made something."""
    if method != "POST" or key in DOORS.asks or status not in {200, 302}:
        return f"changed {sorted(touched)}" if touched else ""
    done = there & set(touched) or any(touched.values()) or (touched and not there)
    return "" if done else f"did nothing to {sorted(there)}, but to {sorted(touched)}"


# --------------------------------------------------------------------------------------------------------------- tests
def test_every_address_has_a_row_and_every_row_an_address():
    assert set(TABLE) == ROWS == {key for key, _ in doors.rows()}
    assert {*SENT, *DOORS.asks, *ENDS} <= ROWS, "what is said of rows that are none"


def test_each_cell_of_the_table_is_one_answer():
    columns = [Who(name) for name in OUTSIDE] + [Who("x", role, granted=has, stepped_up=sure) for role in Role
                                                 for has in (False, True) for sure in (False, True)]
    loose = [(key, method) for key, row in TABLE.items() for method, rule in row.items() if any(len(rule(who)) != 1 for who in columns)]
    assert loose == []


@pytest.mark.parametrize(("key", "status", "touched", "fault"), [
    ("case-notes", 302, {}, "did nothing"), ("case-notes", 302, {"b": False}, "did nothing"), ("case-notes", 302, {"a": False}, ""),
    ("case-new", 302, {"b": True}, ""), ("case-notes", 403, {"a": False}, "changed"), ("case-notes", 403, {}, ""),
    ("search", 200, {"a": False}, "changed")])
def test_an_act_that_was_not_done_and_a_refusal_that_did_something_are_found(key, status, touched, fault):
    assert amiss(key, "POST", status, {"a"}, touched).startswith(fault) and bool(amiss(key, "POST", status, {"a"}, touched)) == bool(fault)


def test_an_address_without_a_row_is_found(monkeypatch):
    from django.urls import clear_url_caches

    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, path("backdoor/", lambda request: None, name="backdoor")])
    clear_url_caches()
    try:
        assert {key for key, _ in doors.rows()} - set(TABLE) == {"backdoor"}
    finally:
        monkeypatch.undo()
        clear_url_caches()


@pytest.mark.promise("P03")
def test_who_is_not_in_gets_the_door_and_nothing_else(stage):
    ids = stage.things()
    ids.words = "no such words"
    wrong = []
    for name, client in outsiders(stage).items():
        wrong += look(stage, Who(name), client, ids)
    assert wrong == []


@pytest.mark.promise("P03")
@pytest.mark.parametrize("has", [False, True], ids=["without", "with"])
@pytest.mark.parametrize("role", Role)
def test_each_role_without_and_with_a_grant(office, monkeypatch, role, has):
    stage, ids, person = set_for(office, monkeypatch, role, granted=has)
    who = Who(f"{role.words}, {'with' if has else 'without'} a grant", role, granted=has)
    assert look(stage, who, office.sign_in(person), ids) == []


@pytest.mark.parametrize("role", [Role.SECURITY_OFFICER, Role.CASE_WORKER, Role.FINANCE, Role.COORDINATOR, Role.FIELD_LIAISON])
def test_who_has_confirmed_who_they_are(office, monkeypatch, role):
    stage, ids, person = set_for(office, monkeypatch, role, granted=True)
    client = office.sign_in(person, stepped_up=True)
    who = Who(f"{role.words}, stepped up, with a grant", role, granted=True, stepped_up=True)
    assert look(stage, who, client, ids) == []


def test_only_a_key_officer_certifies(stage):
    words = people.fingerprint(Account.objects.get(pk=stage.target.id))
    other = stage.office.sign_in(stage.office.person(roles={"security_officer"}, handle="so"), stepped_up=True)
    anna = stage.office.sign_in(stage.office.people["anna"], stepped_up=True)
    where = reverse("certify", kwargs={"account": stage.target.id.hex()})
    assert other.post(where, {"words": words}).status_code == 403
    assert anna.post(where, {"words": "other words"}).status_code == 403
    assert anna.post(where, {"words": words}).status_code == 302


def test_methods_that_a_row_does_not_name_are_refused(stage):
    ids = stage.things()
    clients = {"anonymous": stage.office.client(), "officer": stage.office.sign_in(stage.office.people["anna"])}
    wrong, seen = [], 0
    before = everything()
    for key, pattern in {key.partition(":")[0]: (key, pattern) for key, pattern in order()}.values():  # each view once
        where, _ = place(key, pattern, ids)
        for method in METHODS:
            if method in TABLE[key]:
                continue
            for who, client in clients.items():
                answer = client.generic(method, where)
                answer.close()
                seen += 1
                CELLS.append((key, method, who, answer.status_code))
                if answer.status_code != 405:
                    wrong.append((key, method, who, answer.status_code))
    assert differing(before, everything()) == {}
    assert wrong == []
    assert seen > 400


def twins(client, known, absent):
    """Answers for an id that is there but not one's own, and for one that is not there, made comparable."""
    known.client = absent.client = client
    for key, pattern in doors.rows():
        names = set(pattern.pattern.converters)
        if not names or not names <= set(known):
            continue
        for method in TABLE[key]:
            shown = []
            for ids in (known, absent):
                where, _ = place(key, pattern, ids)
                data = sent(key, ids) if method == "POST" else {}
                with CaptureQueriesContext(connection) as asked:
                    answer = client.get(where) if method == "GET" else client.post(where, data)
                body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())
                for name, value in ids.items():
                    body = body.replace(value, name.upper())
                headers = {name: value for name, value in answer.headers.items() if name != "Set-Cookie"}
                shown.append((answer.status_code, body, headers, len(asked)))
            yield f"{method} {key}", shown


@pytest.mark.promise("P03")
def test_what_one_may_not_read_looks_like_what_is_not_there(stage, monkeypatch):
    """Of everything that addresses name, for somebody who came when it was made, and holds none of it."""
    monkeypatch.setattr(doors, "has", lambda who, *types: False)
    things = stage.things()
    known = doors.Ids({name: value for name, value in things.items() if not name.endswith("account")})
    known.stage, known.types = stage, things.types
    absent = doors.Ids({name: f"{number:02x}" * 16 for number, name in enumerate(known, 10)})
    client = stage.office.sign_in(stage.office.person(roles={"auditor"}, handle="curious"), stepped_up=True)
    looked = 0
    for what, (there, gone) in twins(client, known, absent):
        assert there == gone, what
        method, key = what.split()
        (expected,) = TABLE[key][method](Who("auditor", Role.AUDITOR, stepped_up=True))
        assert there[0] == expected, what
        assert expected in {403, 404}  # 403: a role that never holds any of these, whether there or not
        looked += 1
    assert looked >= 7


def test_an_office_that_says_403_to_the_curious_is_found(stage, monkeypatch):
    from waystation_web.vault import queries
    from waystation_web.vault.errors import NoSuchVault, NotPermitted

    def open_vault(actor, vault_id, **more):
        try:
            return kept(actor, vault_id, **more)
        except NoSuchVault:
            if Vault.objects.filter(pk=vault_id).exists():
                raise NotPermitted("no_grant", "Not yours.") from None
            raise

    kept = queries.open_vault
    note, file = stage.note()
    client = stage.office.sign_in(stage.office.person(roles={"coordinator"}, handle="curious"))
    monkeypatch.setattr(queries, "open_vault", open_vault)
    pairs = dict(twins(client, doors.Ids(note=note, file=file), doors.Ids(note="0a" * 16, file="0b" * 16)))
    assert pairs["GET note"][0] != pairs["GET note"][1]


def test_nothing_is_opened_for_somebody_who_may_not_read(stage, monkeypatch):
    """Whether an id exists cannot be told from the work either: no seal is opened for the one or the other."""
    from waystation_web.vault import queries

    note, _ = stage.note()
    client = stage.office.sign_in(stage.office.person(roles={"coordinator"}, handle="curious"))
    opened, kept = [], queries.unseal
    monkeypatch.setattr(queries, "unseal", lambda *given: opened.append(1) or kept(*given))
    counts = []
    for one in (note, "0a" * 16):
        opened.clear()
        assert client.get(reverse("note", kwargs={"note": one})).status_code == 404
        counts.append(len(opened))
    assert counts == [0, 0]
    author = stage.office.sign_in(stage.author)
    assert author.get(reverse("note", kwargs={"note": note})).status_code == 200 and opened  # the spy does see


def test_a_grant_that_ended_is_no_grant(stage):
    reader = stage.office.person(roles={"coordinator"}, handle="reader")
    note, _ = stage.note(reader.id)
    client = stage.office.sign_in(reader)
    assert client.get(reverse("note", kwargs={"note": note})).status_code == 200
    Grant.objects.filter(principal=reader.id, vault_id=bytes.fromhex(note)).update(until="2026-03-01")
    assert client.get(reverse("note", kwargs={"note": note})).status_code == 404


def test_the_matrix_is_written_down():
    """Runs last in this file: the cells that the tests above looked at, for whoever reviews them."""
    if not CELLS:
        pytest.skip("no cell was looked at in this process: run the whole file")
    place = ROOT / "build" / "access-matrix.txt"
    place.parent.mkdir(exist_ok=True)
    lines = [f"{name:24} {method:7} {status}  {who}" for name, method, who, status in sorted(set(CELLS))]
    place.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{len(lines)} cells: {place}")
    assert len(lines) > 100
