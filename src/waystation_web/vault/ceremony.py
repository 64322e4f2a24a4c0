"""Rows that nobody can open any more, on their way to the custodians and back.

Like everything of this app it runs inside its caller's `writing()` and records nothing. It needs the host key alone:
what is read here is what the recovery key was granted, and what is written is what the recovery key gave.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Length

from waystation.access import TYPES, Holding, Kind, Role, default_kinds, holding
from waystation.access.roles import APART
from waystation.vault.ceremony import Person, Request, Wrapped, key_of, read_answer
from waystation.vault.envelope import new_id
from waystation.vault.grants import PERSON, SIZES
from waystation.vault.keys import Bundle
from waystation.vault.refused import Refused
from waystation_web.gateways import clock

from .host import host_keys
from .labels import labels, read_label, seal_label
from .models import Account, Grant, Vault
from .principals import RECOVERY_PRINCIPAL, Recipient, kinds_held, recipient
from .queries import current, last_of, lasting_holders, row_of
from .trust import trust

__all__ = ["Asked", "Given", "Refused", "all_wait", "alone", "ask", "by_handle", "give", "kinds_for", "of_kinds",
           "unreadable", "unsettled", "waiting"]

WITHIN = timedelta(days=30)      # custodians live in different countries
HOST_LAYER = 78
KEPT = 16                        # bytes of a request's digest in the label of whoever it is for


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, and what became of the vaults that were wanted."""

    raw: bytes
    digest: bytes
    words: str
    holder_words: str
    until: date
    kinds: Mapping[Kind, int]           # how many of each kind
    elsewhere: Mapping[Kind, int]       # of kinds that this person's roles are not given
    unwrapped: tuple[bytes, ...]        # the recovery key holds no grant that the host key opens


@dataclass(frozen=True, slots=True)
class Given:
    """What an answer gave."""

    account: bytes
    digest: bytes                       # of the request
    vaults: tuple[bytes, ...]
    days: int                           # of the record of acts: they have no entries of their own
    passed_over: int                    # changed, shredded or shared with this person since the request
    countries: tuple[str, str]


def kinds_for(roles: Collection[Role], held: Collection[Kind]) -> frozenset[Kind]:
    """Kinds of records that a ceremony may give somebody: what their roles are given, and what one of them may read, as
    long as nobody comes to unite people, network and evidence.

    >>> sorted(kind.name for kind in kinds_for({Role.CASE_WORKER}, {Kind.PEOPLE}))
    ['EVIDENCE', 'GUARD', 'HOUSE', 'INBOX', 'PEOPLE']
    """
    found = default_kinds(roles)
    readable = {kind for name, kind in TYPES.items() if holding(name, roles) is not Holding.NEVER}
    for kind in sorted(readable):
        if kind not in APART or not found | frozenset(held) | {kind} >= APART:
            found |= {kind}
    return found


# ------------------------------------------------------------------------------------------------------ what is wanted
def by_handle(handle: str) -> Account:
    """Who has this handle. Raises `Refused("handle")`."""
    for account, label in labels():
        if label.handle == handle.strip().lower():
            return account
    raise Refused("handle", f"nobody here is called {handle}")


def unreadable() -> list[bytes]:
    """Vaults that nobody can open without an end who may come back."""
    there = lasting_holders().filter(vault_id=OuterRef("id"))
    return list(Vault.objects.filter(~Exists(there)).order_by("id").values_list("id", flat=True))


def alone(account: Account) -> list[bytes]:
    """Vaults that nobody else can open: lost, if this person's words are."""
    return last_of(account.id)


def of_kinds(kinds: Iterable[Kind]) -> list[bytes]:
    """All vaults of some kinds, whoever holds them."""
    return list(Vault.objects.filter(kind__in=list(kinds)).order_by("id").values_list("id", flat=True))


def ask(account: Account, wanted: Iterable[bytes]) -> Asked:
    """A request for these vaults, and its mark in the label of whoever is to read them: one is open at a time.

    Raises `Refused`: "certificate" (not active, or no officer confirmed the keys), "trust" (no recovery key),
    "nothing"; `ValueError` if the label has no room.
    """
    to, believed, label = recipient(account), trust(), read_label(account)
    if believed.recovery is None:
        raise Refused("trust", "this office has no recovery key")
    kinds = kinds_for(label.roles, kinds_held(account.id))
    held = set(current(account.id).values_list("vault_id", flat=True))
    rows = _rows(set(wanted) - held)
    vaults, unwrapped = _wrapped(vault for vault in rows if vault.kind in kinds)
    if not vaults:
        raise Refused("nothing", "there is nothing to ask for")
    request = Request(settings.INSTALLATION.organisation_id, new_id(), key_of(believed.recovery), believed.officers,
                      _person(account, to), _people(), tuple(vaults))
    until = clock.today() + WITHIN
    account.label = seal_label(account.id, replace(label, asked=request.digest[:KEPT], asked_until=until))
    account.save(update_fields=["label"])
    return Asked(request.raw, request.digest, request.words, to.bundle.words, until,
                 Counter(Kind(one.kind) for one in vaults),
                 Counter(Kind(vault.kind) for vault in rows if vault.kind not in kinds), tuple(unwrapped))


def _rows(wanted: set[bytes]) -> list[Vault]:
    """Rows without their payloads, in the order of ids; a database is not asked about ten thousand ids by name."""
    return [row for row in Vault.objects.defer("payload").order_by("id").iterator() if row.id in wanted]


def _wrapped(rows: Iterable[Vault]) -> tuple[list[Wrapped], list[bytes]]:
    """What the recovery key was granted, without the host layer; ids of what does not open under the host key."""
    wraps = dict(Grant.objects.filter(principal=RECOVERY_PRINCIPAL, version=F("vault__version")).values_list(
        "vault_id", "wrap"))
    found, broken = list[Wrapped](), list[bytes]()
    for vault in rows:
        try:
            inner = host_keys().unseal(wraps.get(vault.id, b""), "grant",
                                       *row_of(vault.id, vault.version, RECOVERY_PRINCIPAL))
        except Refused:
            broken.append(vault.id)
            continue
        found.append(Wrapped(vault.id, vault.kind, vault.version, inner))
    return found, broken


def _person(account: Account, one: Recipient) -> Person:
    return Person(one.id, one.bundle, account.cert_sig or b"")


def _people() -> tuple[Person, ...]:
    """Everybody whose certificate holds: whoever was locked or removed since granted validly then."""
    return tuple(Person(account.id, Bundle(account.bundle), account.cert_sig)
                 for account in Account.objects.order_by("id") if account.bundle and account.cert_sig)


# ------------------------------------------------------------------------------------------------------- what is given
def give(raw: bytes) -> Given:
    """Take an answer in: a grant for each vault that is as it was when the request was written.

    Raises `Refused`: what `read_answer` raises, "trust", "certificate", "holder" (not here, or other keys), "request"
    (not asked here, answered already, too long ago), "united" (other roles since), "nothing" (all changed since).
    """
    public = trust().recovery
    if public is None:
        raise Refused("trust", "this office has no recovery key")
    answer = read_answer(raw, public.signing_key)
    account = Account.objects.filter(pk=answer.holder).first()
    if account is None or recipient(account).bundle.digest != answer.bundle:
        raise Refused("holder", "this answer is for somebody who is not here, or whose keys are other ones since")
    label, held = read_label(account), set(current(account.id).values_list("vault_id", flat=True))
    if label.asked != answer.request[:KEPT] or label.asked_until is None or clock.today() > label.asked_until:
        raise Refused("request", "this office waits for no such answer: it was used, is older than a month, a newer "
                                 "request took its place, or another office asked")
    kinds = kinds_for(label.roles, kinds_held(account.id))
    if any(one.kind not in kinds for one in answer.vaults):
        raise Refused("united", "this person's roles changed since: they are not given some of these records. Ask anew")
    rows = {row.id: (row.kind, row.version) for row in _rows({one.vault for one in answer.vaults} - held)}
    fresh = [one for one in answer.vaults if rows.get(one.vault) == (one.kind, one.version)]
    if not fresh:
        raise Refused("nothing", "all of these records were changed or shared since the request. Ask anew")
    _insert(account.id, fresh)
    account.label = seal_label(account.id, replace(label, asked=None, asked_until=None))
    account.save(update_fields=["label"])
    vaults = tuple(one.vault for one in fresh if one.kind != Kind.AUDIT)
    return Given(account.id, answer.request, vaults, len(fresh) - len(vaults), len(answer.vaults) - len(fresh),
                 answer.countries)


# ------------------------------------------------------------------------------------------------- another recovery key
def unsettled() -> bool:
    """Whether somebody has not signed in since a ceremony: what it gave them is signed by the recovery key of then."""
    given = {one.account for one in trust().ceremonies}
    sizes = Grant.objects.annotate(size=Length("wrap")).filter(size=SIZES[PERSON] + HOST_LAYER)
    return any(sizes.filter(principal=account).exists() for account in given)


def all_wait() -> int:
    """Let each vault wait for a new key, which is granted to the recovery key of today; days of the record wait too."""
    return int(Vault.objects.update(rotate_due=True))


def waiting() -> tuple[int, int]:
    """How many vaults wait for a new key, and how many days of the record to be handed on."""
    due = Vault.objects.filter(rotate_due=True)
    days = due.filter(kind=Kind.AUDIT).count()
    return due.count() - days, days


def _insert(account: bytes, fresh: list[Wrapped]) -> None:
    """The grants, under the host layer; one past its end that lies in the same place goes."""
    ours = {one.vault for one in fresh}
    for old in [row for row in Grant.objects.filter(principal=account) if row.vault_id in ours]:
        old.delete()
    Grant.objects.bulk_create([
        Grant(vault_id=one.vault, version=one.version, principal=account,
              wrap=host_keys().seal(one.wrap, "grant", *row_of(one.vault, one.version, account))) for one in fresh])
