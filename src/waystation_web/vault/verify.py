"""What can be checked of the rows with the host key alone, without anybody's own keys.

`waystation-office verify` prints what is found. What needs an auditor's keys is in `waystation_web.audit.verify`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Exists, OuterRef

from waystation.access import Kind
from waystation.vault.envelope import OVERHEAD, STEP
from waystation.vault.grants import BY_SERVER
from waystation.vault.refused import Refused

from . import keyless, layers
from .files import path_of
from .host import epoch_of, host_keys
from .labels import read_factors, read_invite, read_label
from .models import Account, File, Grant, Vault
from .people import certified
from .principals import RECOVERY_PRINCIPAL
from .queries import FORMS, lasting_holders, row_of

HEADER, SEALED_CHUNK = 32, 65_552   # of a file on the disk
State = Account.State


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it must be: which row, and what is wrong with it."""

    where: str
    what: str


def check_rows() -> list[Finding]:
    """Everything that the rows say against each other. Needs the host key; opens no payload and no grant."""
    return [*_accounts(), *_vaults(), *_grants(), *_layers(), *_files()]


def _name(kind: str, row: bytes) -> str:
    return f"{kind} {row.hex()}"


def _accounts() -> Iterator[Finding]:
    for account in Account.objects.order_by("id"):
        where = _name("account", account.id)
        try:
            read_label(account)
            if account.state != State.REMOVED:
                read_factors(account)
                read_invite(account)
            if account.slot:
                host_keys().unseal(account.slot, "slot", account.id)
            if account.cert_sig is not None and not certified(account):
                yield Finding(where, "no listed officer signed these public keys: nobody can grant to this person")
        except Refused as why:
            yield Finding(where, f"does not open under the host key ({why.kind})")
        if account.state == State.REMOVED and account.slot:
            yield Finding(where, "was removed, but still has keys to sign in with")


def _vaults() -> Iterator[Finding]:
    recovery = Grant.objects.filter(vault_id=OuterRef("id"), version=OuterRef("version"), principal=RECOVERY_PRINCIPAL)
    for vault in Vault.objects.filter(~Exists(recovery)).order_by("id"):
        yield Finding(_name("vault", vault.id), "the recovery key has no grant: two sheets would not bring it back")
    lasting = lasting_holders().filter(vault_id=OuterRef("id"))
    for vault in Vault.objects.filter(~Exists(lasting)).exclude(kind=Kind.AUDIT).order_by("id"):
        yield Finding(_name("vault", vault.id), "nobody holds it without an end")
    for vault in Vault.objects.order_by("id"):
        yield from (Finding(_name("vault", vault.id), what) for what in _shape(vault))


def _shape(vault: Vault) -> Iterator[str]:
    if vault.kind not in set(Kind):
        yield f"its kind {vault.kind} does not exist"
    if vault.version < 1:
        yield f"its version {vault.version} is below 1"
    if (vault.payload is None) != (vault.kind == Kind.AUDIT):
        yield "only days of the record are without a payload"
    if vault.payload is not None and ((len(vault.payload) - OVERHEAD) % STEP or len(vault.payload) <= OVERHEAD):
        yield "its payload is not padded to full kilobytes: its size says too much"
    if vault.retain_until and vault.retain_until.weekday():
        yield "it is to be deleted on another day than a Monday: the date says too much"


def _grants() -> Iterator[Finding]:
    states = dict(Account.objects.values_list("id", "state"))
    for grant in Grant.objects.select_related("vault").order_by("vault_id", "principal"):
        where = f"grant of vault {grant.vault_id.hex()} to {grant.principal.hex()}"
        if grant.version != grant.vault.version:
            yield Finding(where, f"is of key {grant.version}; the vault has key {grant.vault.version}")
        if grant.principal != RECOVERY_PRINCIPAL and states.get(grant.principal, State.REMOVED) == State.REMOVED:
            yield Finding(where, "belongs to nobody who is here")
        if keyless.is_bare(grant):
            continue  # of a day of the record that was begun without the host key, which is not here yet
        form = FORMS.get(len(grant.wrap))
        if form is None or (form == "D" and grant.vault.kind not in BY_SERVER):
            yield Finding(where, "has a form that this vault does not take")
        try:
            host_keys().unseal(grant.wrap, "grant", *row_of(grant.vault_id, grant.version, grant.principal))
        except Refused as why:
            yield Finding(where, f"does not open under the host key ({why.kind})")
    known = Vault.objects.filter(pk=OuterRef("vault_id"))
    for grant in Grant.objects.filter(~Exists(known)).order_by("vault_id"):
        yield Finding(f"grant of vault {grant.vault_id.hex()}", "there is no such vault")


def _layers() -> Iterator[Finding]:
    """Rows under an older host key that opens still: they would be lost with it."""
    host = host_keys()
    for layer in layers.LAYERS:
        for *key, sealed in layers.others(layer, host.current):
            if layers.opens(host, layer, key, sealed):
                yield Finding(layer.name(key), f"is of host key {epoch_of(sealed)}, not {host.current}: a change of "
                                               "the host key was cut short. Run forget-now again")


def _files() -> Iterator[Finding]:
    known = Vault.objects.filter(pk=OuterRef("vault_id"))
    for file in File.objects.annotate(found=Exists(known)).order_by("id"):
        where, path = _name("file", file.id), path_of(file.id)
        if not file.found:
            yield Finding(where, "its vault is gone")
        if not path.is_file():
            yield Finding(where, "its sealed body is not on the disk")
        elif path.stat().st_size < HEADER + SEALED_CHUNK or (path.stat().st_size - HEADER) % SEALED_CHUNK:
            yield Finding(where, "its sealed body was cut or added to")
    rows = {file.hex() for file in File.objects.values_list("id", flat=True)}
    for path in sorted(settings.INSTALLATION.files.glob("??/*")):
        if path.name not in rows:
            yield Finding(f"file {path.name}", "belongs to no record: an upload that was broken off, gone after a day")
