"""Any order of acts: who can read is exactly who should, and what somebody remembers opens nothing written afterwards.

A model holds who should read what. After every step each person tries every vault; whoever may not read it tries every
key they ever saw; and the rows obey what `verify` demands. At the end the whole record is replayed against the rows.
"""

from collections import defaultdict
from datetime import timedelta

import acts
import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from waystation.vault.envelope import payload_context, unseal
from waystation.vault.keys import Secrets, certify
from waystation_web.accounts import people as accounts
from waystation_web.audit.actions import end_expired, record
from waystation_web.audit.events import Event
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.vault import actions, people, queries
from waystation_web.vault.errors import NotPermitted, Refused
from waystation_web.vault.models import Account, File, Grant, Vault

PEOPLE = 4
who, which = st.integers(0, PEOPLE - 1), st.integers(0, 5)


class Machine(RuleBasedStateMachine):
    """People 0 to 3, vaults in the order they were made, and what should be so."""

    def __init__(self, office, monkeypatch):
        super().__init__()
        self.place = acts.another_office(office, monkeypatch)
        self.office = self.place.__enter__()
        self.chance = np.random.default_rng(17)
        self.patch = monkeypatch.context()
        self.patch.__enter__().setattr(actions, "new_id", lambda: self.chance.bytes(16))

    def teardown(self):
        try:
            assert acts.findings(self.officer) == []
        finally:
            self.patch.__exit__(None, None, None)
            self.place.__exit__(None, None, None)

    @initialize()
    def begin(self):
        self.officer = acts.replace(self.office.actor(self.office.people["anna"]),
                                    stepped_up_until=self.office.now + timedelta(days=3650))
        self.people = [acts.member(self.office, f"p{number}") for number in range(PEOPLE)]
        self.states = ["active"] * PEOPLE
        self.vaults, self.texts, self.due, self.shredded = [], {}, {}, []
        self.rows = {}                                  # vault -> person -> end, as rows of the table
        self.seen = defaultdict(set)                    # person -> (vault, key) they ever opened
        self.number = 0

    # ........................................................................................................ the model
    def readers(self, vault):
        today = clock.today()
        return {one for one, until in self.rows[vault].items() if until is None or until >= today}

    def lasting(self, vault):
        return [one for one, until in self.rows[vault].items() if until is None]

    def vault(self, number):
        return self.vaults[number % len(self.vaults)]

    def reader(self, number, vault):
        """Somebody who holds a vault: most random pairs of a person and a vault would do nothing."""
        readers = sorted(self.readers(vault))
        return readers[number % len(readers)]

    def a_text(self):
        self.number += 1
        return f"text {self.number}"

    def rotated(self, vault):
        stay = self.readers(vault)
        self.rows[vault] = {one: until for one, until in self.rows[vault].items() if one in stay}
        self.due[vault] = False

    # ............................................................................................................. acts
    @rule(p=who)
    def create(self, p):
        if self.states[p] != "active":
            with pytest.raises(Refused):
                acts.create(self.people[p])
        elif len(self.vaults) < 6:
            text = self.a_text()
            vault = acts.create(self.people[p], text)
            self.vaults.append(vault)
            self.rows[vault], self.texts[vault], self.due[vault] = {p: None}, text, False

    @precondition(lambda self: self.vaults)
    @rule(p=who, v=which)
    def write(self, p, v):
        vault, text = self.vault(v), self.a_text()
        acts.write(self.people[self.reader(p, vault)], vault, text)
        self.texts[vault] = text
        if self.due[vault]:
            self.rotated(vault)

    @precondition(lambda self: self.vaults)
    @rule(p=who, v=which)
    def attach(self, p, v):
        vault = self.vault(v)
        p = self.reader(p, vault)
        if File.objects.filter(vault_id=vault).count() < 2:
            acts.attach(self.people[p], vault, b"content")
            if self.due[vault]:
                self.rotated(vault)

    @precondition(lambda self: self.vaults)
    @rule(p=who, v=which, q=who, days=st.sampled_from([None, None, 0, 1, 5]))
    def share(self, p, v, q, days):
        vault, until = self.vault(v), None if days is None else clock.today() + timedelta(days=days)
        p = self.reader(p, vault) if v % 2 else p      # sometimes somebody who holds nothing tries
        if p not in self.readers(vault):
            assert acts.text(self.people[p], vault) is None
        elif self.states[q] != "active":
            with pytest.raises(Refused):
                acts.share(self.people[p], vault, self.people[q], until)
        elif p == q:
            with pytest.raises(NotPermitted):
                acts.share(self.people[p], vault, self.people[q], until)
        else:
            acts.share(self.people[p], vault, self.people[q], until)
            held = self.rows[vault].get(q, 0) if q in self.readers(vault) else 0
            self.rows[vault][q] = until if held == 0 else None if None in {held, until} else max(held, until)

    @precondition(lambda self: self.vaults)
    @rule(p=who, v=which, q=who)
    def end(self, p, v, q):
        vault = self.vault(v)
        p, q = self.reader(p, vault), sorted(self.rows[vault])[q % len(self.rows[vault])]
        if self.lasting(vault) == [q]:
            with pytest.raises(NotPermitted):
                acts.end(self.people[p], vault, self.people[q])
        else:
            acts.end(self.people[p], vault, self.people[q])
            del self.rows[vault][q]
            self.due[vault] = True

    @rule(p=who)
    def sign_in(self, p):
        if self.states[p] == "active":
            assert acts.settle(self.people[p]).refused == []
            waiting = [vault for vault in self.vaults if self.due[vault] and p in self.readers(vault)]
            assert {one.vault for one in acts.rotate_backlog(self.people[p])} == set(waiting)
            for vault in waiting:
                self.rotated(vault)

    @precondition(lambda self: self.vaults)
    @rule(p=who, v=which)
    def rotate(self, p, v):
        vault = self.vault(v)
        acts.rotate(self.people[self.reader(p, vault)], vault)
        self.rotated(vault)

    @rule(q=who)
    def lock(self, q):
        if self.states[q] == "active":
            accounts.lock(self.officer, self.people[q].id)
            self.states[q] = "locked"

    @rule(q=who)
    def unlock(self, q):
        if self.states[q] == "locked":
            accounts.unlock(self.officer, self.people[q].id, reason="found")
            self.states[q] = "active"

    @rule(q=who)
    def remove(self, q):
        if self.states[q] == "removed" or self.states.count("removed") == PEOPLE - 2:
            return
        if any(self.lasting(vault) == [q] for vault in self.vaults):
            with pytest.raises(accounts.HeldAlone):
                accounts.remove(self.officer, self.people[q].id, reason="left")
            return
        accounts.remove(self.officer, self.people[q].id, reason="left")
        self.states[q] = "removed"
        for vault in self.vaults:
            if self.rows[vault].pop(q, 0) != 0:
                self.due[vault] = True

    @rule(q=who)
    def new_keys(self, q):
        """The person's keys may be known to somebody: new ones, certified again; everything held waits for a new key."""
        if self.states[q] != "active" or not all(self.settled(q)):
            return
        old, fresh = self.people[q], Secrets.new()
        with writing():
            people.rewrap_own(old, fresh)
            Account.objects.filter(pk=old.id).update(
                bundle=fresh.bundle.raw, cert_sig=certify(self.officer.secrets, old.id, fresh.bundle))
            record(old, Event.WORDS_CHANGED, account=old.id)
        self.people[q] = acts.replace(old, secrets=fresh)
        for vault in self.vaults:
            if q in self.rows[vault]:
                self.due[vault] = True

    def settled(self, q):
        """Whether nothing that this person gave is still unopened: its signature would not count any more."""
        return [len(grant.wrap) < 200 for grant in Grant.objects.exclude(principal=bytes(16))
                if Vault.objects.get(pk=grant.vault_id).kind != 0x11]

    @precondition(lambda self: self.vaults)
    @rule(p=who, v=which)
    def shred(self, p, v):
        vault = self.vault(v)
        if len(self.vaults) > 2 and p in self.readers(vault):
            acts.shred(self.people[p], vault)
            self.vaults.remove(vault)
            self.shredded.append(vault)

    @rule(days=st.integers(1, 3), night=st.booleans())
    def days_pass(self, days, night):
        self.office.pass_time(days=days)
        if night:
            with writing():
                end_expired(clock.today())
            for vault in self.vaults:
                kept = {one: until for one, until in self.rows[vault].items() if one in self.readers(vault)}
                self.due[vault] |= len(kept) < len(self.rows[vault])
                self.rows[vault] = kept

    # ........................................................................................................ always so
    @invariant()
    def each_reads_what_the_model_says_and_no_more(self):
        for number, person in enumerate(getattr(self, "people", [])):
            for vault in self.vaults:
                if number in self.readers(vault):
                    opened = queries.open_vault(person, vault)
                    assert opened.payload["text"] == self.texts[vault]
                    self.seen[number].add((vault, opened.dek))
                else:
                    assert acts.text(person, vault) is None

    @invariant()
    def a_remembered_key_opens_nothing_written_after_its_person_left(self):
        for vault in getattr(self, "vaults", []):
            row = Vault.objects.get(pk=vault)
            assert row.rotate_due == self.due[vault]
            for number in set(range(PEOPLE)) - set(self.rows[vault]):
                for known, dek in self.seen[number]:
                    assert known != vault or self.due[vault] or not opens(dek, row)

    @invariant()
    def the_rows_are_as_they_must_be(self):
        """The dearer checks of `verify` run once, at the end."""
        if not hasattr(self, "people"):
            return
        versions = dict(Vault.objects.values_list("id", "version"))
        grants = set(Grant.objects.values_list("vault_id", "version", "principal"))
        assert all(versions[vault] == version for vault, version, _ in grants)
        assert {(vault, versions[vault], bytes(16)) for vault in versions} <= grants
        gone = {person.id for person, state in zip(self.people, self.states, strict=True) if state == "removed"}
        assert not gone & {principal for *_, principal in grants}
        assert not set(self.shredded) & (versions.keys() | set(File.objects.values_list("vault_id", flat=True)))


def opens(dek, row):
    try:
        unseal(dek, row.payload, payload_context(row.id, row.kind, row.version))
    except Refused:
        return False
    return True


def run(office, monkeypatch, *, examples, steps):
    run_state_machine_as_test(lambda: Machine(office, monkeypatch), settings=settings(
        max_examples=examples, stateful_step_count=steps, derandomize=True, deadline=None, database=None,
        suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate]))  # shrinking takes minutes


@pytest.mark.promise("P03")
def test_after_any_acts_in_any_order_who_can_read_is_who_should(office, monkeypatch):
    run(office, monkeypatch, examples=60, steps=30)
    assert office.people


@pytest.mark.soak
@pytest.mark.promise("P03")
def test_after_many_more_acts_too(office, monkeypatch):
    run(office, monkeypatch, examples=500, steps=50)
    assert office.people
