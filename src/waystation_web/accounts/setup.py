"""The first hour of an office: the recovery key's public half, the first key officer, and the second who is asked for.

It begins with a one-time code that `waystation-office init` prints, and ends, for good, when two key officers stand in
`trust.toml`. The server is given the public half of the recovery key only; its eight words are typed from a custodian's
sheet, so that an exchanged file is noticed before the first record is granted to it.
"""

from __future__ import annotations

import os
import secrets
import tomllib
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from waystation.access import Role, check_roles
from waystation_web.audit import actions as record
from waystation_web.audit.events import Event
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.gateways.installation import Installation
from waystation_web.vault import escrows, people, trust
from waystation_web.vault.errors import NotPermitted
from waystation_web.vault.labels import Label, seal_factors, seal_label
from waystation_web.vault.models import Account

from . import codes, enrolment, sessions, signin
from .answers import Ended, Wrong
from .derivation import derivation

CODE_HOURS = 24
OFFICERS = 2
RECOVERY, FIRST, SECOND, DONE = "recovery", "first", "second", "done"


@dataclass(frozen=True, slots=True)
class First:
    """Who the first officer says they are."""

    handle: str
    name: str
    language: str
    roles: frozenset[Role]


def code_file(installation: Installation) -> Path:
    """Where the digest of the set-up code lies while set-up is open."""
    return installation.home / "keys" / "setup.toml"


def new_code(installation: Installation) -> str:
    """Open the set-up with a new one-time code, valid for a day; only its digest is kept. Called by `init`."""
    code, until = codes.new_code(), clock.now() + timedelta(hours=CODE_HOURS)
    path = code_file(installation)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    text = f'digest = "{codes.digest(code).hex()}"\nuntil = {int(until.timestamp())}\n'
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400), "w", encoding="ascii") as stream:
        stream.write(text)
    fresh.replace(path)
    return code


def stage() -> str:
    """How far the set-up is. It is over when nothing is kept of its code."""
    if not code_file(settings.INSTALLATION).is_file():
        return DONE
    now = trust.trust()
    if now.recovery is None:
        return RECOVERY
    return FIRST if not now.officers else SECOND


def complete() -> bool:
    """Whether two key officers and a recovery key are there: before, nothing real is begun."""
    now = trust.trust()
    return now.recovery is not None and len(now.officers) >= OFFICERS


def start(code: str) -> dict[str, str]:
    """What to keep aside for whoever has the set-up code. Raises `Wrong`, `Ended` if it is too old."""
    path = code_file(settings.INSTALLATION)
    if not path.is_file():
        raise Ended
    said = tomllib.loads(path.read_text("ascii"))
    if not codes.fits(code, bytes.fromhex(said["digest"])):
        raise Wrong
    if clock.now() > datetime.fromtimestamp(said["until"], UTC):
        raise Ended
    return {"setup": "yes"}


def believe_recovery(public_text: str, words: str) -> None:
    """Take the recovery key's public half. Raises `Refused`: "recovery", "words", "trust"."""
    with writing():  # two who send it at once come one after the other
        if stage() != RECOVERY:
            raise Ended
        trust.write_recovery(public_text, words)
    if settings.INSTALLATION.backups:
        with suppress(escrows.Unkept):  # a folder that is not mounted yet: `doctor` says so, and `backup` lays it there
            escrows.keep_present()


def describe_first(first: First) -> enrolment.Aside:
    """What to keep aside of the first officer. Raises `NotPermitted` for roles that may not be united."""
    clash = check_roles(first.roles)
    if clash is not None:
        raise NotPermitted(clash.rule, clash.why)
    return {"account": secrets.token_bytes(16).hex(), "handle": first.handle, "name": first.name,
            "language": first.language, "roles": sorted({*first.roles, Role.SECURITY_OFFICER}),
            **enrolment.fresh_words()}


def first_officer(said: enrolment.Aside, *, code: str, passkey: str, key_name: str = "") -> signin.Entered:
    """Enrol, certify and believe the first key officer. Raises `Wrong`, `Busy`, `Ended` if somebody was first."""
    account_id = bytes.fromhex(said["account"])
    fresh = enrolment.chosen_factor(said, code=code, passkey=passkey, name=key_name)
    label = Label(said["handle"], said["name"], frozenset(Role(role) for role in said["roles"]),
                  language=said["language"])
    with derivation():
        slot, bundle, keys = people.enrol(account_id, said["words"])
    with trust.unless_it_fails(), writing():
        if stage() != FIRST or Account.objects.exists():
            raise Ended
        trust.add_officer(keys.bundle.signing_key)
        account = Account.objects.create(
            id=account_id, state=Account.State.ACTIVE, label=seal_label(account_id, label),
            slot=people.slot_now(account_id, slot), bundle=bundle, factors=seal_factors(account_id, fresh),
            cert_by=account_id, cert_sig=people.certify(keys, account_id, bundle))
        actor = signin.actor_of(account, keys)
        record.record(actor, Event.RECOVERY_SET, digest=trust.trust().digest)
        record.record(actor, Event.ENROLLED, account=account_id)
        record.record(actor, Event.OFFICER_ADDED, account=account_id)
    factor = sessions.PASSKEY if passkey else sessions.TOTP
    return signin.Entered(account_id, keys, factor, signin.enter(account, keys, factor), sessions.shown_by(account))


def finish() -> None:
    """Close the set-up for good."""
    code_file(settings.INSTALLATION).unlink(missing_ok=True)
