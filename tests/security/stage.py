"""Where the matrix of `test_access` is played: an office with every thing that an address names, and what became of the records."""

from datetime import timedelta

import doors
import doors_evidence
import doors_plans
import world
from acts import member
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from waystation.access import Role
from waystation_web.gateways import clock
from waystation_web.vault.models import Account, File

DOORS = doors.every()
SENT = DOORS.sent
CHANGES = frozenset({"lock", "unlock", "remove", "roles", "reset-factor", "lock-me", "certify"})  # rows of accounts


class Stage:
    """An office with somebody to act on, and what must be put back after each act. `reader` is the column's person."""

    def __init__(self, office, monkeypatch):
        self.office, self.reader, self.actor, self.last = office, None, None, None
        without_children(monkeypatch)
        self.authors = {}  # who made each thing, by its name in addresses
        self.target = office.person(roles={"finance"}, handle="target")
        self.author = office.person(roles={"case_worker"}, handle="author")
        for handle, role in (("colleague", "case_worker"), ("scout", "field_liaison"), ("third", "researcher"), ("barred", "finance")):
            member(office, handle, (role,))
        Account.objects.filter(pk=self.somebody("barred")).update(state=Account.State.LOCKED)

    def somebody(self, handle):
        """The account of somebody of the stage (`acts.member`)."""
        return (handle.encode() * 16)[:16]

    def day(self, ahead):
        return clock.today() + timedelta(days=ahead)

    def note(self, *readers):
        """A note with a file, of the author's; readable for others if asked."""
        client = self.office.sign_in(self.author)
        note = client.post(reverse("note-new"), {"title": "a", "text": "b"})["Location"].split("/")[2]
        client.post(reverse("note-file-add", kwargs={"note": note}), {"file": SimpleUploadedFile("a", b"content")})
        for reader in readers:
            self.hand(client, note, reader)
        return note, File.objects.get(vault_id=bytes.fromhex(note)).pk.hex()

    def hand(self, client, note, reader):
        """Share a note of the author's, by the page."""
        shared = client.post(reverse("note-share", kwargs={"note": note}), {
            "colleague": reader.hex(), "reason": "x", "compared": "on"})
        assert shared.status_code == 302, shared.content

    def things(self, person=None):
        """Ids of everything that addresses name, by the names they have there. The column's person was given none of it yet."""
        self.reader, self.last = person, None
        self.actor = self.office.actor(person) if person and Role.COORDINATOR in person.roles else None
        note, file = self.note(self.somebody("third"))
        ids = doors.Ids({"note": note, "file": file, "account": self.target.id.hex(), "unlock/account": self.somebody("barred").hex()})
        ids.stage, ids.types = self, {name: thing.type for name, thing in DOORS.things.items()}
        for name, thing in DOORS.things.items():
            ids[name] = thing.make(self, ids)
        for handle in ("latecomer", "heir"):  # came after everything, and was given nothing of it
            member(self.office, handle, ("coordinator",))
        return ids

    def grant(self, ids, person):
        """Let the column's person read every thing that may be given to them at all."""
        self.hand(self.office.sign_in(self.author), ids["note"], person.id)
        doors.shared(lambda name: self.authors[name], {name: thing for name, thing in DOORS.things.items() if thing.type},
                     ids, person)
        if person.roles != {Role.AUDITOR}:
            doors.welcome(self.authors["duty"], person.id)

    def asked(self, client, method, key, ids, where):
        """One request: its answer, and what it touched. Rows of accounts are put back as they were."""
        kept = list(Account.objects.all()) if key in CHANGES else []
        ids.client = client
        data = sent(key, ids) if method == "POST" else {}  # asks pages at most: that is no act
        before = self.last or everything()
        answer = client.get(where) if method == "GET" else client.post(where, data) if method == "POST" else \
            client.generic(method, where)
        if key in {"case-plans", "case-what-if", "journey-again"} and answer.streaming:
            b"".join(answer.streaming_content)  # it is done line by line, while it is read
        answer.close()
        self.last = everything()
        touched = differing(before, self.last)
        for account in kept:
            account.save()
            self.last = None
        return answer, touched


KEPT = {}


def set_for(office, monkeypatch, role, *, granted):
    """A stage with all its things, their ids, and the column's person. To make the things takes as long as to ask a third of
    the addresses: it is done once for a role, and each column of that role has a copy."""
    if role not in KEPT:
        stage = Stage(office, monkeypatch)
        ids = stage.things(office.person(roles={role}, handle="column"))
        KEPT[role] = world.Kept.of(office), dict(vars(stage)), dict(ids)
    kept, known, there = KEPT[role]
    kept.put_back(office)
    stage = Stage.__new__(Stage)
    vars(stage).update(known, office=office, authors=dict(known["authors"]))
    without_children(monkeypatch)
    ids, person = doors.Ids(there), office.people["column"]
    ids.stage, ids.types, ids.words = stage, {name: thing.type for name, thing in DOORS.things.items()}, person.words
    if granted:
        stage.grant(ids, person)
    return stage, ids, person


def without_children(monkeypatch):
    """What takes seconds and a process of its own is tested elsewhere: here it is asked for, and answered at once."""
    monkeypatch.setattr("waystation_web.plans.actions.store_invented", _allowed_only)
    monkeypatch.setattr("waystation_web.plans.child.answered", doors_plans.answered)
    monkeypatch.setattr("waystation_web.evidence.child.copied", doors_evidence.copied)


def sent(key, ids):
    """What a form of this row says now."""
    said = SENT.get(key, {})
    return dict(said(ids)) if callable(said) else dict(said)


TABLES = {"vault": "id, version, payload", "grant": "vault, principal, until", "file": "vault, id", "account": "*", "watch": "*"}


def everything():
    """All that is kept beside the record of acts: what each vault says, who holds it, files, people, what the alarm watches.

    It is asked some ten thousand times, of two thousand rows each, and therefore not cell by cell where cells are bytes already.
    """
    found = {}
    with connection.cursor() as cursor:
        for table, columns in TABLES.items():
            cursor.execute(f'SELECT {columns} FROM "{table}"')
            rows = cursor.fetchall()
            if connection.vendor == "postgresql":
                rows = [tuple(bytes(cell) if isinstance(cell, memoryview) else cell for cell in row) for row in rows]
            two = table in {"grant", "file"}
            found |= {(table, row[0], row[1] if two else b""): hash(row) for row in rows}
    return found


def differing(before, after):
    """Ids of whatever is another one than before, and whether it is new."""
    if before == after:
        return {}
    changed = dict(before.items() ^ after.items()).keys()
    made = {key[1].hex() for key in changed if key not in before and key[0] in {"vault", "account"}}
    return {key[1].hex(): key[1].hex() in made for key in changed}


def named(ids, name, key):
    """The id that an address has there: its own ("money-sign/entry"), or the one of that kind."""
    return ids.get(f"{name}/{key}", ids[key])


def _allowed_only(actor):
    """The rule that the plan's action asks first; the planning itself takes seconds and is tested elsewhere."""
    from waystation.access import Facts, Permission
    from waystation_web.vault.queries import allow

    allow(actor, Permission.CREATE_VAULT, Facts(type="plan"))


