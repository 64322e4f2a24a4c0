"""Acts of people on vaults as the office does them: the act and its entry in one transaction. For tests of the storage."""

import io
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import world

from waystation.access import Role
from waystation.vault.keys import Secrets, certify
from waystation_web.audit import verify
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.gateways.database import writing
from waystation_web.vault import actions, labels, queries, uploads
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault
from waystation_web.vault.models import Account
from waystation_web.vault.principals import recipient
from waystation_web.vault.verify import check_rows


def member(office, handle, roles=("case_worker",), *, seed=None):
    """Somebody enrolled and certified, without words to sign in with: no key is derived, so it takes a millisecond."""
    anna = office.actor(office.people["anna"])
    fresh = Secrets.new() if seed is None else Secrets.from_raw(bytes(seed))
    row, wanted = (handle.encode() * 16)[:16], frozenset(Role(role) for role in roles)
    with writing():
        Account.objects.create(
            id=row, state=Account.State.ACTIVE, label=labels.seal_label(row, labels.Label(handle, handle, wanted)),
            factors=labels.seal_factors(row, labels.Factors()), bundle=fresh.bundle.raw, cert_by=anna.id,
            cert_sig=certify(anna.secrets, row, fresh.bundle))
        record(None, Event.ENROLLED, account=row)
        record(anna, Event.CERTIFIED, account=row)
    return Actor(row, handle, handle, wanted, False, fresh, stepped_up_until=office.now + timedelta(days=3650))


def to(actor):
    return recipient(Account.objects.get(pk=actor.id))


WORDS = {"person": "household", "plan": "title", "case": "alias"}  # a field of theirs that holds words; else "text"


def create(actor, text="a word", kind="note", holders=(), **more):
    with writing():
        made = actions.create(actor, kind, {WORDS.get(kind, "text"): text}, holders=[to(one) for one in holders], **more)
        record(actor, Event.VAULT_CREATED, vault=made.vault, version=made.version, digest=made.digest)
    return made.vault


def write(actor, vault, text, opened=None):
    with writing():
        held = opened or queries.open_vault(actor, vault)
        done = actions.write(actor, held, {WORDS.get(held.type, "text"): text})
        record(actor, Event.VAULT_WRITTEN, vault=vault, version=done.version, digest=done.digest)


def share(actor, vault, other, until=None):
    with writing():
        done = actions.share(actor, vault, to(other), until=until, reason="because")
        record(actor, Event.GRANTED, vault=vault, version=done.version, account=other.id, reason="because")


def end(actor, vault, other):
    with writing():
        done = actions.end_grant(actor, vault, other.id)
        record(actor, Event.GRANT_ENDED, vault=vault, version=done.version, account=other.id)


def settle(actor):
    with writing():
        settled = actions.settle(actor)
        record(actor, Event.SETTLED, count=settled.count)
    return settled


def rotate(actor, vault):
    with writing():
        done = actions.rotate(actor, vault)
        record(actor, Event.ROTATED, vault=vault, version=done.version, digest=done.digest)


def rotate_backlog(actor):
    with writing():
        done = actions.rotate_backlog(actor)
        for one in done:
            record(actor, Event.ROTATED, vault=one.vault, version=one.version, digest=one.digest)
    return done


def shred(actor, vault):
    with writing():
        actions.shred(actor, vault)
        record(actor, Event.SHREDDED, vault=vault)


def text(actor, vault):
    """What a vault says to somebody; None if it does not exist for them."""
    try:
        held = queries.open_vault(actor, vault)
        return held.payload[WORDS.get(held.type, "text")]
    except NoSuchVault:
        return None


class Request:
    """As much of a request as an upload handler looks at."""

    def __init__(self, actor, vault):
        self.actor = actor
        self.resolver_match = type("Match", (), {"kwargs": {"note": vault} if vault else {}})()
        self.META = {}

    def close(self):
        """The request ends."""


def upload(actor, vault, content, name="photo.jpg"):
    """A file, sealed by the handler as it would be while it arrives."""
    handler = uploads.SealingUploadHandler(Request(actor, vault))
    handler.new_file("file", name, "image/jpeg", None, None)
    source = io.BytesIO(content)
    start = 0
    while piece := source.read(handler.chunk_size):
        assert handler.receive_data_chunk(piece, start) is None
        start += len(piece)
    return handler.file_complete(start)


def attach(actor, vault, content, name="photo.jpg"):
    arrived = upload(actor, vault, content, name)
    try:
        with writing():
            done = actions.attach(actor, queries.open_vault(actor, vault), arrived, name=name, mime="image/jpeg")
            record(actor, Event.FILE_ADDED, vault=vault, version=done.version, digest=done.digest)
    finally:
        arrived.close()
    return arrived.file_id


def content(actor, vault, file_id):
    opener = actions.open_file(actor, queries.open_vault(actor, vault), file_id)
    try:
        return b"".join(opener.read())
    finally:
        opener.close()


def findings(auditor):
    """Everything that `verify` and `verify --as-auditor` find, as lines."""
    return [f"{one.where}: {one.what}" for one in [*check_rows(), *verify.replay(auditor)]]


@contextmanager
def another_office(office, monkeypatch):
    """A second copy of the template inside a test: for tests that need many."""
    installation = world._copy(world.TEMPLATE)
    people = {name: replace(one, keys=office.keys(one)) for name, one in office.people.items()}
    here = world.Office(installation, people, office.recovery, monkeypatch, world.TEMPLATE.now)
    with world._clock_of(here, monkeypatch):
        world._use(installation)
        try:
            yield here
        finally:
            world._drop(installation)
            world._use(office.installation)
