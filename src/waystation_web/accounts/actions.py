"""What people do with their own account. Each act is asked of the rules, done in one transaction and recorded in it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from waystation.access import Facts, Permission
from waystation_web.audit import actions as record
from waystation_web.audit import queries as chain
from waystation_web.audit.events import Event
from waystation_web.gateways.database import writing
from waystation_web.vault import people
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted, Refused
from waystation_web.vault.labels import Factors, read_factors, read_label, seal_factors, seal_label
from waystation_web.vault.models import Account
from waystation_web.vault.queries import allow
from waystation_web.vault.trust import trust

from . import factors, passkeys, pending, sessions, signin
from .answers import Ended, Wrong
from .derivation import derivation
from .queries import account_of

NOTHING = Facts()
WORDS, TOTP = "words", "totp"
LANGUAGES, THEMES = ("en", "ko"), ("", "light", "dark")


@dataclass(frozen=True, slots=True)
class Drawn:
    """Something that was drawn for this person: shown once; `token` carries it to the next page, sealed."""

    shown: str = field(repr=False)
    token: str = field(repr=False)
    address: str = field(default="", repr=False)


def step_up(actor: Actor, *, words: str, passkey: str) -> int:
    """Prove once more that it is you: the factor it was done with. Raises `Wrong`, `Wait`, `Busy`."""
    account = account_of(actor.id)
    if passkey:
        try:
            claim = passkeys.read(passkey)
            if claim.account == actor.id:
                signin.use_passkey(account, claim)
        except passkeys.WrongKey as why:
            signin.note_wrong_key(account, why)
            raise Wrong from None
        if claim.account != actor.id:
            raise Wrong
    elif not people.own_keys_match(account, signin.open_with_words(account, words)):
        raise Refused("bundle")
    factor = sessions.PASSKEY if passkey else sessions.CODE
    with writing():
        record.record(actor, Event.STEPPED_UP, factor=factor)
        record.witness(actor)
    return factor


def sign_out(actor: Actor) -> None:
    """Write down that somebody left, and sign the head of the record. The session is already over by then."""
    with writing():
        record.record(actor, Event.SIGNED_OUT)
        record.witness(actor)


def draw_words(actor: Actor) -> Drawn:
    """Eight new words, to be written down. Nothing changes before they are typed back."""
    allow(actor, Permission.CHANGE_OWN_WORDS, NOTHING)
    words = people.new_words()
    return Drawn(words, pending.seal(actor, WORDS, words.encode("ascii")))


def _typed_back(actor: Actor, token: str, typed: str) -> str:
    words = pending.read(actor, WORDS, token).decode("ascii")
    try:
        same = people.read_words(typed) == words
    except Refused:
        same = False
    if not same:
        raise Wrong
    return words


def _there(actor: Actor) -> Account:
    """The actor's own row, inside a transaction. Raises `Ended` if they were locked or removed while they asked."""
    account = account_of(actor.id)
    if account.state != Account.State.ACTIVE:
        raise Ended
    return account


def change_words(actor: Actor, *, token: str, typed: str) -> None:
    """Other words for the same keys, with a new salt. Raises `Wrong`, `Ended`, `Busy`. The caller ends other sessions.

    A copy of the old row still opens with the old words: whoever fears that makes new keys (`renew`).
    """
    allow(actor, Permission.CHANGE_OWN_WORDS, NOTHING)
    words = _typed_back(actor, token, typed)
    with derivation():
        slot = people.seal_slot(actor.id, actor.secrets, words)
    with writing():
        account = _there(actor)
        account.slot = people.slot_now(actor.id, slot)
        account.save(update_fields=["slot"])
        record.record(actor, Event.WORDS_CHANGED, account=actor.id)


def renew(actor: Actor, *, token: str, typed: str) -> str:
    """New keys and new words, because somebody may have the old ones; the words to compare with an officer.

    Everything held is wrapped anew and asked for a new key. Until an officer has signed the new public keys the person
    cannot sign in and is given nothing. Raises `Wrong`, `Ended`, `Busy`, `NotPermitted` for key officers.
    """
    allow(actor, Permission.CHANGE_OWN_WORDS, NOTHING)
    if actor.officer:
        raise NotPermitted("key_officer", "A key officer's keys cannot be exchanged yet. "
                                          "Lock the account and tell the other key officer.")
    words = _typed_back(actor, token, typed)
    with derivation():
        slot, bundle, fresh = people.enrol(actor.id, words)
    with writing():
        account = _there(actor)
        held = people.rewrap_own(actor, fresh)
        account.slot, account.bundle = people.slot_now(actor.id, slot), bundle
        account.cert_by = account.cert_sig = account.pins = None
        account.save()
        record.record(actor, Event.WORDS_CHANGED, account=actor.id, reason="new keys", count=held)
    sessions.end(actor.id)
    return people.fingerprint(account)


def draw_totp(actor: Actor) -> Drawn:
    """A new secret for an app that makes digits."""
    allow(actor, Permission.CHANGE_OWN_FACTORS, NOTHING)
    secret = factors.new_secret()
    return Drawn(factors.shown(secret), pending.seal(actor, TOTP, secret), factors.address(secret, actor.handle))


def redraw_totp(actor: Actor, token: str) -> Drawn:
    """The same secret once more, after digits that did not fit. Raises `Ended`."""
    secret = pending.read(actor, TOTP, token)
    return Drawn(factors.shown(secret), token, factors.address(secret, actor.handle))


def set_totp(actor: Actor, *, token: str, code: str) -> None:
    """Take the app's digits as a factor. Raises `Wrong`, `Ended`."""
    allow(actor, Permission.CHANGE_OWN_FACTORS, NOTHING)
    secret = pending.read(actor, TOTP, token)
    with writing():
        fresh = factors.with_totp(_factors(actor), secret, code)
        if fresh is None:
            raise Wrong
        _keep(actor, fresh, "digits")


def add_passkey(actor: Actor, *, answer: str, name: str) -> None:
    """Take a passkey as a factor. Raises `Wrong`."""
    allow(actor, Permission.CHANGE_OWN_FACTORS, NOTHING)
    with writing():
        try:
            fresh = passkeys.registered(actor.id, answer, name, _factors(actor))
        except passkeys.WrongKey:
            raise Wrong from None
        _keep(actor, fresh, "passkey")


def passkey_options(actor: Actor) -> dict[str, object]:
    """What the browser needs to make a key."""
    allow(actor, Permission.CHANGE_OWN_FACTORS, NOTHING)
    return passkeys.register_options(actor.id, actor.handle, _factors(actor))


def drop_passkey(actor: Actor, number: int) -> None:
    """Take a passkey away; the last factor stays. Raises `NotPermitted`, `Ended`."""
    allow(actor, Permission.CHANGE_OWN_FACTORS, NOTHING)
    with writing():
        now = _factors(actor)
        if not 0 <= number < len(now.passkeys):
            raise Ended
        fresh = replace(now, passkeys=now.passkeys[:number] + now.passkeys[number + 1:])
        if not fresh.any:
            raise NotPermitted("last_factor", "This is your only second factor. Add another one first.")
        _keep(actor, fresh, "passkey taken away")


def _factors(actor: Actor) -> Factors:
    return read_factors(account_of(actor.id))


def _keep(actor: Actor, fresh: Factors, what: str) -> None:
    account = _there(actor)
    account.factors = seal_factors(actor.id, fresh)
    account.save(update_fields=["factors"])
    record.record(actor, Event.FACTOR_RESET, account=actor.id, reason=what)


def change_settings(actor: Actor, *, language: str, theme: str, keys: bool) -> None:
    """Language, look, and whether keys of one letter do anything. Raises `ValueError` for what is not offered."""
    allow(actor, Permission.CHANGE_OWN_SETTINGS, NOTHING)
    if language not in LANGUAGES or theme not in THEMES:
        raise ValueError("not offered")
    with writing():
        account = account_of(actor.id)
        account.label = seal_label(actor.id, replace(
            read_label(account), language=language, theme=theme, keys=keys))
        account.save(update_fields=["label"])
        record.record(actor, Event.SETTINGS_CHANGED, account=actor.id)


def confirm_trust(actor: Actor, digest: str) -> None:
    """Believe the file of trust as it is now, after asking an officer in person. Raises `Ended` if it changed again."""
    now = trust().digest
    if digest != now.hex():
        raise Ended
    with writing():
        pin_trust(actor, now)
        record.record(actor, Event.SETTINGS_CHANGED, account=actor.id, reason="trust confirmed")


def pin_trust(actor: Actor, digest: bytes) -> None:
    """Move the pin of the file of trust, and nothing else."""
    account = account_of(actor.id)
    pins = people.open_pins(account, actor.secrets) or people.Pins(0, chain.head().hash, digest)
    account.pins = people.seal_pins(actor.id, actor.secrets, replace(pins, trust=digest))
    account.save(update_fields=["pins"])
