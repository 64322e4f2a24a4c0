"""What people do with the accounts of colleagues: invite, certify, lock, unlock, remove, roles, a lost factor.

Anybody may lock anybody: it takes nothing away and ends every session at once. Everything else is a security officer's
act after proving once more that it is them, never on their own account.
"""

from __future__ import annotations

import hmac
import re
import secrets
from dataclasses import replace
from datetime import timedelta

from django.db import transaction

from waystation.access import WHY, Facts, Permission, Role
from waystation_web.audit import actions as record
from waystation_web.audit.events import Event
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.vault import actions as vaults
from waystation_web.vault import people, trust
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted
from waystation_web.vault.labels import (
    Factors,
    Invite,
    Label,
    labels,
    read_label,
    seal_factors,
    seal_invite,
    seal_label,
)
from waystation_web.vault.models import Account
from waystation_web.vault.principals import kinds_held, recipient
from waystation_web.vault.queries import allow, last_of

from . import actions, codes, sessions, setup
from .answers import Ended, Wrong
from .queries import account_of

NOTHING = Facts()
CODE_HOURS = 24
HANDLE = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")
READERS_OF_THE_RECORD = frozenset({Role.AUDITOR, Role.SECURITY_OFFICER})
State = Account.State


class HeldAlone(Exception):
    """Nobody else could open these vaults: they must be shared, or shredded, before this account can go."""

    def __init__(self, vaults: list[bytes]) -> None:
        super().__init__(len(vaults))
        self.vaults = vaults


class Taken(ValueError):
    """Somebody has this handle already."""


def invite(actor: Actor, *, handle: str, name: str, roles: frozenset[Role], language: str = "en") -> tuple[bytes, str]:
    """A new account, and the one-time code that its person enrols with: shown once, valid for a day.

    Raises `NotPermitted`, `Taken`, `ValueError` for a handle that is none.
    """
    allow(actor, Permission.INVITE, Facts(roles=roles))
    handle = handle.strip().lower()
    if not HANDLE.fullmatch(handle) or not roles:
        raise ValueError("handle")
    account_id, code = secrets.token_bytes(16), codes.new_code()
    with writing():
        _still(actor)
        if any(label.handle == handle for account, label in labels()):
            raise Taken("handle")
        label = Label(handle, name, roles, language=language, invited_by=actor.id, invited_on=clock.today())
        Account.objects.create(id=account_id, state=State.INVITED, factors=seal_factors(account_id, Factors()),
                               label=seal_label(account_id, label), invite=_open(account_id, code))
        record.record(actor, Event.INVITED, account=account_id)
    return account_id, code


def _still(actor: Actor) -> None:
    """Whoever acts is still here, with the roles they came with: both were read before this transaction began."""
    account = account_of(actor.id)
    if account.state != State.ACTIVE or read_label(account).roles != actor.roles:
        raise NotPermitted("role", WHY["role"])


def _open(account_id: bytes, code: str) -> bytes:
    until = clock.now() + timedelta(hours=CODE_HOURS)
    return seal_invite(account_id, Invite(codes.digest(code), until))


def certify(actor: Actor, account_id: bytes, *, words: str) -> None:
    """Sign somebody's public keys: `words` are the eight they read out, by voice or face to face.

    While the office is set up, this makes the second key officer and ends the set-up. Raises `Wrong` for other words,
    `Ended` for an account that has not enrolled, `NotPermitted`.
    """
    allow(actor, Permission.CERTIFY, NOTHING)
    with trust.unless_it_fails(), writing():
        _still(actor)
        account = account_of(account_id)
        if account.bundle is None or account.state not in {State.ACTIVE, State.LOCKED}:
            raise Ended
        heard = " ".join(words.lower().replace("-", " ").split())
        if not hmac.compare_digest(heard.encode(), people.fingerprint(account).encode()):
            raise Wrong
        account.cert_by = actor.id
        account.cert_sig = people.certify(actor.secrets, account_id, account.bundle)
        account.save(update_fields=["cert_by", "cert_sig"])
        record.record(actor, Event.CERTIFIED, account=account_id)
        roles = read_label(account).roles
        if setup.stage() == setup.SECOND and Role.SECURITY_OFFICER in roles and account_id != actor.id:
            _second_officer(actor, account)
        if account.state == State.ACTIVE:
            _share_the_record(actor, account, roles)


def _second_officer(actor: Actor, account: Account) -> None:
    if not people.is_officer(account):  # the file is written before the rows: it may be ahead of them after a crash
        trust.add_officer(people.Bundle(account.bundle or b"").signing_key)
    actions.pin_trust(actor, trust.trust().digest)
    record.record(actor, Event.OFFICER_ADDED, account=account.id, digest=trust.trust().digest)
    transaction.on_commit(setup.finish)


def _share_the_record(actor: Actor, account: Account, roles: frozenset[Role]) -> None:
    """Give the days of the record to somebody who is to read it, as far as this officer can."""
    if roles & READERS_OF_THE_RECORD and actor.roles & READERS_OF_THE_RECORD:
        record.share_days(actor, recipient(account))


def lock(actor: Actor, account_id: bytes, *, reason: str = "") -> None:
    """End every session of an account and let nobody in until an officer unlocks it. Anybody may, also their own."""
    allow(actor, Permission.LOCK, Facts(own=account_id == actor.id))
    sessions.end(account_id)
    with writing():
        _still(actor)
        account = account_of(account_id)
        if account.state != State.ACTIVE:
            raise Ended
        _state(account, State.LOCKED)
        record.record(actor, Event.LOCKED, account=account_id, reason=reason)
    sessions.end(account_id)  # one that began meanwhile


def unlock(actor: Actor, account_id: bytes, *, reason: str) -> None:
    """Let somebody in again."""
    allow(actor, Permission.UNLOCK, Facts(own=account_id == actor.id))
    with writing():
        _still(actor)
        account = account_of(account_id)
        if account.state != State.LOCKED:
            raise Ended
        _state(account, State.ACTIVE)
        record.record(actor, Event.UNLOCKED, account=account_id, reason=reason)
        if people.certified(account):  # the days of the lock: nobody else may be left who can give them
            _share_the_record(actor, account, read_label(account).roles)


def unlock_at_console(handle: str) -> None:
    """Let a security officer in again when no other can: anybody may lock anybody, so one stolen session locks all.

    Whoever can run this has the machine anyway; the entry says that it was done there. Raises `Ended` for an account
    that is not locked or is no security officer's: those are opened by an officer.
    """
    with writing():
        account = next((one for one, label in labels() if label.handle == handle.strip().lower()
                        and Role.SECURITY_OFFICER in label.roles and one.state == State.LOCKED), None)
        if account is None:
            raise Ended
        _state(account, State.ACTIVE)
        record.record(None, Event.UNLOCKED, account=account.id, reason="at the console")


def _state(account: Account, state: int) -> None:
    account.state = state
    account.save(update_fields=["state"])


def remove(actor: Actor, account_id: bytes, *, reason: str) -> int:
    """Take an account away for good: grants, slot and factors go, every vault it held gets a new key. How many.

    Raises `NotPermitted`, and `HeldAlone` if nobody else could open one of them.
    """
    allow(actor, Permission.REMOVE, Facts(own=account_id == actor.id, last_of=0))  # counted by retire, below
    if alone := last_of(account_id):
        with writing():
            record.record_refusal(actor, "last_holder", vault=alone[0])
        raise HeldAlone(alone)
    sessions.end(account_id)
    with writing():
        _still(actor)
        account = account_of(account_id)
        if account.state == State.REMOVED:
            raise Ended
        held = vaults.retire(account_id)
        account.state, account.slot, account.invite, account.pins = State.REMOVED, None, None, None
        account.factors = seal_factors(account_id, Factors())
        account.save()
        record.record(actor, Event.REMOVED, account=account_id, reason=reason, count=len(held))
    sessions.end(account_id)
    return len(held)


def change_roles(actor: Actor, account_id: bytes, *, roles: frozenset[Role]) -> None:
    """Give somebody other roles. What they hold already stays held; the rules look at both together."""
    allow(actor, Permission.CHANGE_ROLES,
          Facts(own=account_id == actor.id, roles=roles, kinds=kinds_held(account_id)))
    if not roles:
        raise ValueError("roles")
    with writing():
        _still(actor)
        account = account_of(account_id)
        if account.state == State.REMOVED:
            raise Ended
        label = read_label(account)
        account.label = seal_label(account_id, replace(label, roles=roles))
        account.save(update_fields=["label"])
        record.record(actor, Event.ROLES_CHANGED, account=account_id, roles=",".join(sorted(roles)))
        if account.state == State.ACTIVE and people.certified(account):
            _share_the_record(actor, account, roles - label.roles)


def reset_factor(actor: Actor, account_id: bytes) -> str:
    """A one-time code for somebody who lost their factor, or whose invitation ran out; they are here in person.

    The old factors end now; the code alone opens nothing, their eight words are asked for with it.
    """
    allow(actor, Permission.RESET_FACTOR, Facts(own=account_id == actor.id))
    code = codes.new_code()
    with writing():
        _still(actor)
        account = account_of(account_id)
        if account.state not in {State.INVITED, State.ACTIVE}:
            raise Ended
        account.factors, account.invite = seal_factors(account_id, Factors()), _open(account_id, code)
        account.save(update_fields=["factors", "invite"])
        record.record(actor, Event.FACTOR_RESET, account=account_id)
    sessions.end(account_id)
    return code
