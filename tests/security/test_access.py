"""Who gets which answer: every address, every method, every kind of person, with and without a grant.

`TABLE` and the `doors_<app>.py` beside this file are the whole of it. An address without a row fails, a row without an address fails, and every method that a row
does not name must be refused. The cells that were looked at are written to `build/access-matrix.txt`.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import doors
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import path, reverse
from tour import addresses

from waystation.access import Role
from waystation_web import urls
from waystation_web.vault.models import Account, File, Grant, Vault

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[2]
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
OUTSIDE = ("anonymous", "invited", "locked", "removed")
WATCHERS = {Role.AUDITOR, Role.SECURITY_OFFICER}


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


# ------------------------------------------------------------------------------------------------------------- answers
def everybody(status):
    return lambda who: {status} if isinstance(status, int) else status


def inside(status, stepped_up=None):
    """Whoever is signed in; `stepped_up`, if the answer is another one after confirming who one is."""
    return lambda who: {401} if who.outside else {stepped_up if who.stepped_up and stepped_up else status}


def granted(status, stepped_up=None):
    """Whoever holds the note; for everybody else there is none."""
    return lambda who: {401} if who.outside else {404} if not who.granted else {
        stepped_up if who.stepped_up and stepped_up else status}


def officers(status, *, without=403):
    """Security officers who have confirmed who they are."""
    return lambda who: {401} if who.outside else {
        status if who.role is Role.SECURITY_OFFICER and who.stepped_up else without}


def watchers(status):
    return lambda who: {401} if who.outside else {status if who.role in WATCHERS else 403}


def coordinators(status, others):
    return lambda who: {401} if who.outside else {status if who.role is Role.COORDINATOR else others}


def nobody_who_is_in(status):
    return lambda who: status if who.outside else {302}


TABLE = {
    "home": {"GET": inside(200)},
    "sign-in": {"GET": nobody_who_is_in({200}), "POST": everybody({403, 429})},
    "passkey-options": {"POST": everybody(200)},
    "sign-out": {"POST": everybody(302)},
    "leave": {"POST": everybody(302)},
    "blank": {"GET": everybody(200)},
    "language": {"POST": everybody(302)},
    "step-up": {"GET": inside(200), "POST": inside(403)},
    "set-up": {"GET": everybody(404), "POST": everybody(404)},
    "enrol": {"GET": everybody(200), "POST": everybody(403)},
    "enrol-passkey": {"POST": everybody(404)},
    "me": {"GET": inside(200)},
    "me-words": {"GET": inside(200), "POST": inside(403)},
    "me-totp": {"GET": inside(403, stepped_up=200), "POST": inside(403, stepped_up=302)},
    "me-passkey": {"POST": inside(403, stepped_up=200)},
    "me-settings": {"POST": inside(400)},
    "me-trust": {"POST": inside(302)},
    "lock-me": {"POST": inside(302)},
    "people": {"GET": inside(200)},
    "invite": {"GET": officers(200), "POST": officers(400)},
    "person": {"GET": inside(200)},
    "certify": {"POST": inside(403)},  # a security officer is no key officer; anna, who is one, comes apart below
    "lock": {"POST": inside(302)},
    "unlock": {"POST": officers(409)},  # it is not locked: the rule let it through
    "remove": {"POST": officers(302)},
    "roles": {"POST": officers(302)},
    "reset-factor": {"POST": officers(200)},
    "audit-log": {"GET": watchers(200)},
    "audit-check": {"GET": watchers(200)},
    "notes": {"GET": inside(200), "POST": inside(200)},
    "note-new": {"GET": inside(200), "POST": inside(400)},
    "note": {"GET": granted(200), "POST": granted(400)},
    "note-share": {"POST": granted(400)},
    "note-end": {"POST": granted(404)},  # of somebody who does not hold it
    "note-shred": {"POST": granted(403, stepped_up=302)},
    "note-file-add": {"POST": granted(302)},
    "note-file": {"GET": granted(200)},
    "plan": {"GET": coordinators(200, 404), "POST": coordinators(302, 403)},
    "plan-style": {"GET": everybody(200)},
}
SENT = {
    "invite": {"handle": "x"}, "unlock": {"reason": "x"}, "remove": {"reason": "x"}, "roles": {"roles": "finance"}, "certify": {"words": "a b c"},
    "note-end": {"colleague": "ab" * 16}, "note-shred": {"sure": "on"},
}
DOORS = doors.every()
TABLE |= DOORS.table
SENT |= DOORS.sent
ENDS = (*DOORS.ends, "note-shred", "lock", "lock-me", "leave", "sign-out")  # come last, in this order: they end something
CHANGES = frozenset({"lock", "unlock", "remove", "roles", "reset-factor", "lock-me", "certify"})  # rows of accounts


# --------------------------------------------------------------------------------------------------------------- stage
class Stage:
    """An office with somebody to act on, and what must be put back after each act."""

    def __init__(self, office, monkeypatch):
        self.office = office
        monkeypatch.setattr("waystation_web.plans.actions.store_invented", _allowed_only)
        self.authors = {}  # who made each thing, by its name in addresses
        self.target = office.person(roles={"finance"}, handle="target")
        self.author = office.person(roles={"case_worker"}, handle="author")

    def note(self, reader=None):
        """A note with a file, of the author's; readable for one more person if asked."""
        client = self.office.sign_in(self.author)
        note = client.post(reverse("note-new"), {"title": "a", "text": "b"})["Location"].split("/")[2]
        client.post(reverse("note-file-add", kwargs={"note": note}), {"file": SimpleUploadedFile("a", b"content")})
        if reader is not None:
            shared = client.post(reverse("note-share", kwargs={"note": note}), {
                "colleague": reader.id.hex(), "reason": "x", "compared": "on"})
            assert shared.status_code == 302, shared.content
        return note, File.objects.get(vault_id=bytes.fromhex(note)).pk.hex()

    def things(self, reader=None):
        """Ids of everything that addresses name, by the names they have there; readable for one more person if asked."""
        note, file = self.note(reader)
        ids = {"note": note, "file": file, "account": self.target.id.hex()}
        for name, thing in DOORS.things.items():
            ids[name] = thing.make(self, ids) if thing.of else thing.make(self)
        if reader is not None:
            doors.shared(lambda name: self.authors[name], {name: thing for name, thing in DOORS.things.items() if thing.type},
                         ids, reader)
            if reader.roles != {Role.AUDITOR}:
                doors.welcome(self.authors["duty"], reader.id)
        return ids

    def paths(self, name, kinds):
        """Every address of this name: some have one for each sheet of a book."""
        routes = [str(pattern.pattern) for known, pattern in addresses() if known == name]
        return ["/" + re.sub(r"<id:(\w+)>", lambda found: named(kinds, name, found[1]), route) for route in routes]

    def asked(self, client, method, name, ids, where=None):
        """One request, and the rows of accounts put back as they were."""
        kept = list(Account.objects.all()) if name in CHANGES else []
        sent = SENT.get(name, {})
        data = dict(sent(ids) if callable(sent) else sent) if method == "POST" else {}
        if name == "note-file-add" and method == "POST":
            data["file"] = SimpleUploadedFile("b", b"more")
        where = where or self.paths(name, ids)[0]
        answer = client.get(where) if method == "GET" else client.post(where, data) if method == "POST" else \
            client.generic(method, where)
        answer.close()
        for account in kept:
            account.save()
        return answer


def named(ids, name, key):
    """The id that an address has there: its own ("money-sign/entry"), or the one of that kind."""
    return ids.get(f"{name}/{key}", ids[key])


def _allowed_only(actor):
    """The rule that the plan's action asks first; the planning itself takes seconds and is tested elsewhere."""
    from waystation.access import Facts, Permission
    from waystation_web.vault.queries import allow

    allow(actor, Permission.CREATE_VAULT, Facts(type="plan"))


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


def order(names):
    return sorted(names, key=lambda name: (ENDS.index(name) + 1 if name in ENDS else -1 if name in DOORS.first else 0,
                                           DOORS.first.index(name) if name in DOORS.first else 0, name))


CELLS = []


def look(stage, who, client, ids):
    """Every address and each method it knows, for one column."""
    wrong = []
    for name in order(TABLE):
        for where in stage.paths(name, ids):
            for method, rule in TABLE[name].items():
                answer = stage.asked(client, method, name, ids, where)
                CELLS.append((name, method, who.name, answer.status_code))
                if answer.status_code not in rule(who):
                    wrong.append(f"{who.name}: {method} {where} gives {answer.status_code}, not {rule(who)}")
    return wrong


# --------------------------------------------------------------------------------------------------------------- tests
def test_every_address_has_a_row_and_every_row_an_address():
    assert {name for name, _ in addresses()} == set(TABLE)


def test_an_address_without_a_row_is_found(monkeypatch):
    from django.urls import clear_url_caches

    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, path("backdoor/", lambda request: None, name="backdoor")])
    clear_url_caches()
    try:
        assert {name for name, _ in addresses()} - set(TABLE) == {"backdoor"}
    finally:
        monkeypatch.undo()
        clear_url_caches()


@pytest.mark.promise("P03")
def test_who_is_not_in_gets_the_door_and_nothing_else(stage):
    ids = stage.things()
    wrong = []
    for name, client in outsiders(stage).items():
        wrong += look(stage, Who(name), client, ids)
    assert wrong == []


@pytest.mark.promise("P03")
@pytest.mark.parametrize("role", Role)
def test_each_role_without_and_with_a_grant(stage, role):
    wrong = []
    for has in (False, True):
        handle = f"{role.value.replace('_', '')}{int(has)}"
        person = stage.office.person(roles={role}, handle=handle)
        ids = stage.things(person if has else None)
        who = Who(f"{role.words}, {'with' if has else 'without'} a grant", role, granted=has)
        wrong += look(stage, who, stage.office.sign_in(person), ids)
    assert wrong == []


@pytest.mark.parametrize("role", [Role.SECURITY_OFFICER, Role.CASE_WORKER, Role.FINANCE, Role.COORDINATOR])
def test_who_has_confirmed_who_they_are(stage, role):
    person = stage.office.person(roles={role}, handle="sure")
    ids = stage.things(person)
    client = stage.office.sign_in(person, stepped_up=True)
    who = Who(f"{role.words}, stepped up, with a grant", role, granted=True, stepped_up=True)
    assert look(stage, who, client, ids) == []


def test_only_a_key_officer_certifies(stage):
    from waystation_web.vault import people

    words = people.fingerprint(Account.objects.get(pk=stage.target.id))
    other = stage.office.sign_in(stage.office.person(roles={"security_officer"}, handle="so"), stepped_up=True)
    anna = stage.office.sign_in(stage.office.people["anna"], stepped_up=True)
    where = reverse("certify", kwargs={"account": stage.target.id.hex()})
    assert other.post(where, {"words": words}).status_code == 403
    assert anna.post(where, {"words": "other words"}).status_code == 403
    assert anna.post(where, {"words": words}).status_code == 302


def test_methods_that_a_row_does_not_name_are_refused(stage):
    ids = stage.things(stage.office.people["anna"])
    clients = {"anonymous": stage.office.client(), "officer": stage.office.sign_in(stage.office.people["anna"])}
    wrong, seen = [], 0
    for name in order(TABLE):
        for method in METHODS:
            if method in TABLE[name]:
                continue
            for who, client in clients.items():
                answer = stage.asked(client, method, name, ids)
                seen += 1
                CELLS.append((name, method, who, answer.status_code))
                if answer.status_code not in ({405} if who == "officer" else {401, 405}):
                    wrong.append((name, method, who, answer.status_code))
    assert wrong == []
    assert seen > 400


def twins(stage, client, known, absent):
    """Answers for an id that is there but not one's own, and for one that is not there, made comparable."""
    for name, pattern in addresses():
        keys = set(pattern.pattern.converters)
        if not keys or not keys <= set(known):
            continue
        for method in TABLE[name]:
            shown = []
            for ids in (known, absent):
                where = reverse(name, kwargs={key: named(ids, name, key) for key in keys})
                with CaptureQueriesContext(connection) as asked:
                    sent = SENT.get(name, {})
                    data = (sent(ids) if callable(sent) else sent) | ({"file": SimpleUploadedFile("a", b"a")} if "file-add" in name else {})
                    answer = client.get(where) if method == "GET" else client.post(where, data)
                body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())
                for key, value in ids.items():
                    body = body.replace(value, key.upper())
                headers = {key: value for key, value in answer.headers.items() if key != "Set-Cookie"}
                shown.append((answer.status_code, body, headers, len(asked)))
            yield f"{method} {name}", shown


@pytest.mark.promise("P03")
def test_what_one_may_not_read_looks_like_what_is_not_there(stage):
    """Of everything that addresses name, for somebody who holds none of it by role."""
    known = {key: value for key, value in stage.things().items() if key != "account"}
    absent = {key: f"{number:02x}" * 16 for number, key in enumerate(known, 10)}
    client = stage.office.sign_in(stage.office.person(roles={"auditor"}, handle="curious"), stepped_up=True)
    looked = 0
    for what, (there, gone) in twins(stage, client, known, absent):
        assert there == gone, what
        assert there[0] in {403, 404}, what  # 403: a role that never holds any of these, whether there or not
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
    pairs = dict(twins(stage, client, {"note": note, "file": file}, {"note": "0a" * 16, "file": "0b" * 16}))
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
    note, _ = stage.note(reader)
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
    lines = [f"{name:16} {method:7} {status}  {who}" for name, method, who, status in sorted(set(CELLS))]
    place.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{len(lines)} cells: {place}")
    assert len(lines) > 100
