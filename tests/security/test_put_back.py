"""What is put back into an office from a copy of before, one thing at a time, and who finds it first.

The table in docs/threat-model.md says for each what finds it; here each is done and looked for, in that order.
"""

import re
import shutil
from pathlib import Path

import acts
import pytest
from django.conf import settings

from waystation.access import Role
from waystation_web.accounts import people
from waystation_web.accounts.signin import Try, sign_in
from waystation_web.audit import verify
from waystation_web.audit.models import Entry
from waystation_web.journeys.models import Watch
from waystation_web.vault.errors import NoSuchVault, Refused
from waystation_web.vault.files import path_of
from waystation_web.vault.models import Account, File, Grant, Vault
from waystation_web.vault.verify import check_rows

pytestmark = [pytest.mark.promise("P05"), pytest.mark.promise("P12")]
PAGE = Path(__file__).resolve().parents[2] / "docs" / "threat-model.md"
VERIFY, AUDITOR, SIGN_IN, READER = "`verify`", "`verify --as-auditor`", "the next sign-in", "whoever opens it"
NOBODY = "nothing: only people, by the line about their last visit"


class Filled:
    """An office with a record that two hold, with two files; every copy of before is taken from it."""

    def __init__(self, office):
        self.office, self.anna = office, office.actor(office.people["anna"])
        self.vera, self.nils = acts.member(office, "vera"), acts.member(office, "nils")
        self.vault = acts.create(self.vera, "first")
        acts.share(self.vera, self.vault, self.nils)
        acts.settle(self.nils)
        self.file, self.other = acts.attach(self.vera, self.vault, b"one"), acts.attach(self.vera, self.vault, b"two")
        self.seen = self.come_in()

    def come_in(self):
        anna = self.office.people["anna"]
        return sign_in(Try(handle=anna.handle, code=self.office.code(anna), words=anna.words)).visit

    def found_by(self):
        """Who finds first that something is not as it was."""
        if check_rows() or verify.check_chain():
            return VERIFY
        if verify.replay(self.anna):
            return AUDITOR
        visit = self.come_in()
        if visit.broken_at or visit.trust_changed:
            return SIGN_IN
        try:
            assert acts.content(self.vera, self.vault, self.file) == b"one"
        except (Refused, NoSuchVault):
            return READER
        return NOBODY


@pytest.fixture
def filled(office):
    scene = Filled(office)
    assert scene.found_by() == NOBODY  # nothing to find
    return scene


def payload(scene):
    old = Vault.objects.get(pk=scene.vault)
    acts.write(scene.vera, scene.vault, "second")
    Vault.objects.filter(pk=scene.vault).update(payload=old.payload)


def record_whole(scene):
    old, grants = Vault.objects.get(pk=scene.vault), list(Grant.objects.filter(vault_id=scene.vault))
    files = list(File.objects.filter(vault_id=scene.vault))
    acts.end(scene.vera, scene.vault, scene.nils)
    acts.write(scene.vera, scene.vault, "second")
    Grant.objects.filter(vault_id=scene.vault).delete()
    for row in (old, *files):
        row.save()
    Grant.objects.bulk_create(grants)


def ended_grant(scene):
    old = Grant.objects.get(vault_id=scene.vault, principal=scene.nils.id)
    acts.end(scene.vera, scene.vault, scene.nils)
    old.save(force_insert=True)


def grant_of_an_older_key(scene):
    old = Grant.objects.get(vault_id=scene.vault, principal=scene.nils.id)
    acts.rotate(scene.vera, scene.vault)
    Grant.objects.filter(vault_id=scene.vault, principal=scene.nils.id).delete()
    old.save(force_insert=True)


def account(scene):
    old = Account.objects.get(pk=scene.nils.id)
    people.change_roles(scene.anna, scene.nils.id, roles=frozenset({Role.FINANCE}))
    old.save()


def removed_account(scene):
    cora = scene.office.person(handle="cora")
    old = Account.objects.get(pk=cora.id)
    people.remove(scene.anna, cora.id, reason="left")
    old.save()


def shredded(scene):
    vault = acts.create(scene.vera, "gone")
    row, grants = Vault.objects.get(pk=vault), list(Grant.objects.filter(vault_id=vault))
    acts.shred(scene.vera, vault)
    row.save(force_insert=True)
    Grant.objects.bulk_create(grants)


def end_of_the_record(scene):
    last = scene.come_in().entry
    Entry.objects.filter(seq__gte=last - 1).delete()


def middle_of_the_record(scene):
    old = Entry.objects.get(pk=3)
    Entry.objects.filter(pk=4).update(body=old.body, hash=old.hash)


def trusted(scene):
    text = settings.INSTALLATION.trust.read_text("utf-8")
    settings.INSTALLATION.trust.write_text(text + "\n# as it was last year\n", "utf-8")


def body_of_another_file(scene):
    path_of(scene.file).write_bytes(path_of(scene.other).read_bytes())


def part_of_a_file(scene):
    path_of(scene.file).write_bytes(path_of(scene.file).read_bytes()[:-1])


def row_of_a_file(scene):
    old = File.objects.get(pk=scene.file)
    acts.rotate(scene.vera, scene.vault)
    old.save()


TABLES = (Account, Vault, Grant, File, Entry, Watch)


def the_whole_day(scene):
    """Database, sealed files, keys, and what lies in memory."""
    rows = {table: list(table.objects.all()) for table in TABLES}
    place = settings.INSTALLATION.home.parent / "before"
    folders = {"files": settings.INSTALLATION.files, "memory": settings.INSTALLATION.runtime,
               "keys": settings.INSTALLATION.host_key.parent}
    for name, folder in folders.items():
        shutil.copytree(folder, place / name)
    payload(scene)
    acts.attach(scene.vera, scene.vault, b"three")
    scene.seen = scene.come_in()
    for name, folder in folders.items():
        shutil.rmtree(folder)
        shutil.copytree(place / name, folder)
    for table in TABLES:
        table.objects.all().delete()
        table.objects.bulk_create(rows[table])


PUT_BACK = {
    "a record's payload": (payload, AUDITOR),
    "a record with its key, its grants and its files": (record_whole, AUDITOR),
    "a grant that was ended": (ended_grant, AUDITOR),
    "a grant of an older key": (grant_of_an_older_key, VERIFY),
    "the row of an account": (account, AUDITOR),
    "the row of somebody who was removed": (removed_account, AUDITOR),
    "a record that was destroyed": (shredded, AUDITOR),
    "the end of the record of acts": (end_of_the_record, SIGN_IN),
    "an entry of the record of acts": (middle_of_the_record, VERIFY),
    "whose certificates count (`trust.toml`)": (trusted, SIGN_IN),
    "the sealed body of a file, cut": (part_of_a_file, VERIFY),
    "the sealed body of another file, of the same length": (body_of_another_file, READER),
    "the row of a file, of an older key": (row_of_a_file, READER),
    "the whole day: database, files, keys and memory": (the_whole_day, NOBODY),
}


def documented(text):
    part = text.split("## What is put back", 1)[1].split("\n## ", 1)[0]
    rows = re.findall(r"^\| (.*?) \| (.*?) \|$", part, re.MULTILINE)[1:]
    return dict(row for row in rows if not row[0].startswith("--"))


@pytest.mark.refuses("H-15")
@pytest.mark.parametrize("what", PUT_BACK)
def test_what_is_put_back_is_found_by_whom_the_threat_model_says(filled, what):
    put_back, finder = PUT_BACK[what]
    put_back(filled)
    assert filled.found_by() == finder


def test_the_threat_model_says_the_same():
    assert documented(PAGE.read_text("utf-8")) == {what: finder for what, (_, finder) in PUT_BACK.items()}


def test_after_a_whole_day_was_put_back_people_see_a_visit_before_their_last(filled):
    the_whole_day(filled)
    assert 0 < filled.come_in().last_entry < filled.seen.entry
