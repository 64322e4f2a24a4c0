"""What pages about people read. The first argument is whoever asks."""

from __future__ import annotations

from dataclasses import dataclass, field

from waystation.access import Facts, Kind, Permission, Role
from waystation_web.vault import people
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault
from waystation_web.vault.labels import Label, labels, read_factors, read_label
from waystation_web.vault.models import Account
from waystation_web.vault.queries import allow, backlog, holding_count
from waystation_web.vault.trust import trust

NOTHING = Facts()
State = Account.State


@dataclass(frozen=True, slots=True)
class Person:
    """A colleague as colleagues see them."""

    id: bytes
    handle: str
    name: str
    roles: tuple[Role, ...]
    state: str                        # "invited", "active", "locked", "removed"
    enrolled: bool
    certified: bool
    officer: bool
    fingerprint: str                  # eight words; empty until certified: they are to be heard, not read here
    own: bool

    @property
    def role_words(self) -> list[str]:
        """The roles as a reader sees them."""
        return [role.words for role in self.roles]


@dataclass(frozen=True, slots=True)
class Mine:
    """One's own account."""

    fingerprint: str
    totp: bool
    passkeys: tuple[str, ...]
    language: str
    theme: str
    officer: bool
    keys: bool


@dataclass(frozen=True, slots=True)
class Home:
    """What the home page counts."""

    holding: dict[Kind, int] = field(default_factory=dict)
    backlog: int = 0


def account_of(account_id: bytes) -> Account:
    """An account's row. Raises `NoSuchVault`: an id that is none looks like any other that is not there."""
    account = Account.objects.filter(pk=account_id).first()
    if account is None:
        raise NoSuchVault
    return account


def _person(actor: Actor, account: Account, label: Label) -> Person:
    vouched = people.certified(account)
    return Person(
        id=account.id, handle=label.handle, name=label.name, roles=tuple(role for role in Role if role in label.roles),
        state=State(account.state).name.lower(), enrolled=account.bundle is not None, certified=vouched,
        officer=people.is_officer(account), own=account.id == actor.id,
        fingerprint=people.fingerprint(account) if vouched else "")


def everybody(actor: Actor) -> list[Person]:
    """All who work here, by handle; who was removed comes last."""
    allow(actor, Permission.SEE_PEOPLE, NOTHING)
    found = [_person(actor, account, label) for account, label in labels()]
    return sorted(found, key=lambda one: (one.state == "removed", one.handle))


def person(actor: Actor, account_id: bytes) -> Person:
    """One of them. Raises `NoSuchVault`."""
    allow(actor, Permission.SEE_PEOPLE, NOTHING)
    account = account_of(account_id)
    return _person(actor, account, read_label(account))


def mine(actor: Actor) -> Mine:
    """The account of whoever asks."""
    account = account_of(actor.id)
    kept = read_factors(account)
    return Mine(people.fingerprint(account), kept.totp is not None, tuple(key.name for key in kept.passkeys),
                actor.language, actor.theme, actor.officer, actor.keys)


def home(actor: Actor) -> Home:
    """What somebody holds, and how many of those wait for a new key."""
    return Home(holding_count(actor), backlog(actor))


def trust_digest() -> str:
    """The digest of the file of trust, for the form that confirms it."""
    return trust().digest.hex()


def may_invite(actor: Actor) -> None:
    """Raise `NotPermitted` unless this person may invite somebody, before a form is filled in for nothing."""
    allow(actor, Permission.INVITE, Facts(roles=frozenset()))
