"""Signing in: one form, one request, and a fixed order of work.

1 the factor, cheap, always checked. 2 eight words of the list. 3 one key derivation, two at a time in the whole office.
4 the slot opens or it does not: there is no other verifier. 5 the row still holds this person's keys, certified. 6 the
record is unbroken since the last visit. Every failure of 1 to 4 has one text, and an unknown handle takes the same
work as a known one. Then what was given is settled, old keys are changed, and the head of the record is signed.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from waystation_web.audit import actions as record
from waystation_web.audit import queries as chain
from waystation_web.audit.events import Event
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.vault import actions as vaults
from waystation_web.vault import people
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import Refused
from waystation_web.vault.labels import Factors, labels, read_factors, read_label, seal_factors
from waystation_web.vault.models import Account
from waystation_web.vault.trust import trust

from . import factors, passkeys, sessions, throttle, visit
from .answers import Uncertified, Wait, Wrong
from .derivation import derivation

ROTATED_AT_MOST = 500


@dataclass(frozen=True, slots=True)
class Try:
    """What came with one POST of the sign-in form."""

    handle: str = ""
    code: str = field(default="", repr=False)
    passkey: str = field(default="", repr=False)
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Entered:
    """Somebody who may have a session."""

    account: bytes
    secrets: people.Secrets = field(repr=False)
    factor: int
    visit: visit.Visit
    proved: bytes = field(repr=False)


def sign_in(tried: Try) -> Entered:
    """Let somebody in. Raises `Wrong`, `Wait`, `Busy`, `Uncertified`, or `Refused` for rows that were tampered with."""
    account, factor = _prove(tried)
    secrets = open_with_words(account, tried.words)
    if not people.own_keys_match(account, secrets):
        _note(Event.PIN_MISMATCH, account, "bundle")
        raise Refused("bundle")
    if not people.certified(account):
        _note(Event.PIN_MISMATCH if account.cert_sig else Event.REFUSED, account, "certificate")
        raise Uncertified(people.fingerprint(account))
    return Entered(account.id, secrets, factor, enter(account, secrets, factor), sessions.shown_by(account))


def _prove(tried: Try) -> tuple[Account, int]:
    """The account whose factor this is. Nothing is derived before."""
    if tried.passkey:
        return _by_passkey(tried.passkey), sessions.PASSKEY
    return _by_code(tried.handle, tried.code), sessions.TOTP


def _by_code(handle: str, typed: str) -> Account:
    who = handle.strip().casefold()
    everybody = labels()
    found = next((account for account, label in everybody if label.handle.casefold() == who), None)
    opened = _factors_of(found, everybody[0][0] if everybody else None)
    step = factors.accepted_step(opened, typed)
    if found is None or step is None or found.state != Account.State.ACTIVE:
        raise _refuse_factor(who.encode(), found)
    with writing():  # the step is used up even if the words are wrong: it was shown to somebody
        fresh = Account.objects.get(pk=found.id)
        now = read_factors(fresh)
        if step <= now.last_step:
            raise Wrong
        _store(fresh, factors.use_step(now, step))
    throttle.right(throttle.FACTOR, who.encode())
    return fresh


def _factors_of(found: Account | None, somebody: Account | None) -> Factors:
    """The factors of an account; for an unknown handle those of somebody are opened too and not looked at."""
    if found is not None:
        return read_factors(found)
    if somebody is not None:
        read_factors(somebody)
    return Factors()


def _by_passkey(answer: str) -> Account:
    try:
        claim = passkeys.read(answer)
    except passkeys.WrongKey:
        raise _refuse_factor(b"passkey", None) from None
    found = Account.objects.filter(pk=claim.account, state=Account.State.ACTIVE).first()
    if found is None:
        raise _refuse_factor(claim.account, None)
    try:
        use_passkey(found, claim)
    except passkeys.WrongKey as why:
        if why.backwards:
            note_wrong_key(found, why)
        raise _refuse_factor(claim.account, found) from None
    return found


def note_wrong_key(account: Account, why: passkeys.WrongKey) -> None:
    """Write down that a key was refused; if its counter went back there may be a copy of it, and the entry says so."""
    _note(Event.WRONG_FACTOR, account, "counter of the key went backwards" if why.backwards else "")


def use_passkey(account: Account, claim: passkeys.Claim) -> None:
    """Check an answer of a key against this account, and keep its counter. Raises `passkeys.WrongKey`."""
    with writing():
        fresh = Account.objects.get(pk=account.id)
        _store(fresh, passkeys.checked(claim, read_factors(fresh)))


def _store(account: Account, fresh: Factors) -> None:
    account.factors = seal_factors(account.id, fresh)
    account.save(update_fields=["factors"])


def _refuse_factor(who: bytes, account: Account | None) -> Wrong | Wait:
    """What a wrong factor is answered with: to wait, inside the window; else it is counted and written down."""
    left = throttle.wait(throttle.FACTOR, who)
    throttle.wrong(throttle.FACTOR, who)
    if left:
        return Wait(left)
    if throttle.noted():
        _note(Event.WRONG_FACTOR, account, "" if account else "unknown handle")
    return Wrong()


def _note(event: Event, account: Account | None, why: str) -> None:
    if trust().recovery is None:  # an office without a recovery key has no people and keeps no record yet
        return
    with writing():
        record.record(None, event, account=account.id if account else None, reason=why, result="refused")


def open_with_words(account: Account, text: str) -> people.Secrets:
    """The keys that these words open, after the factor. Raises `Wrong`, `Wait`, `Busy`."""
    left = throttle.wait(throttle.WORDS, account.id)
    if left:
        raise Wait(left)
    try:
        words = people.read_words(text)
        with derivation():
            secrets = people.open_with_words(account, words)
    except Refused as why:
        if why.kind != "words":  # eight listed words, one derivation, and the slot did not open
            throttle.wrong(throttle.WORDS, account.id)
        _note(Event.WRONG_WORDS, account, why.kind)
        raise Wrong from None
    throttle.right(throttle.WORDS, account.id)
    return secrets


def actor_of(account: Account, secrets: people.Secrets) -> Actor:
    """Somebody who acts before they have a session."""
    label = read_label(account)
    return Actor(id=account.id, handle=label.handle, name=label.name, roles=label.roles,
                 officer=people.is_officer(account), secrets=secrets, language=label.language, theme=label.theme,
                 keys=label.keys, signed_in_at=clock.now())


def enter(account: Account, secrets: people.Secrets, factor: int) -> visit.Visit:
    """Everything that a sign-in does to the records, in one transaction.

    A record that does not fit what this person saw last is told to them and written down, and their pins stay where
    they are: it is told again until it is explained. Raises `Wrong` if the account was locked, removed or given other
    keys, words or factors since it was read: pins under old keys would keep the person out for good.
    """
    with writing():
        read, account = account, Account.objects.get(pk=account.id)
        same = people.own_keys_match(account, secrets) and sessions.shown_by(account) == sessions.shown_by(read)
        if account.state != Account.State.ACTIVE or not same:
            raise Wrong
        actor = actor_of(account, secrets)
        pins = people.open_pins(account, secrets)
        broken = chain.check_from(chain.Head(pins.seq, pins.hash)) if pins else None
        if broken is not None:
            record.record(actor, Event.PIN_MISMATCH, reason=broken.why, entry=broken.seq)
        settled = vaults.settle(actor)
        for vault in settled.refused:
            record.record(actor, Event.BAD_GRANT, vault=vault)
        if settled.count:
            record.record(actor, Event.SETTLED, count=settled.count)
        rotated = vaults.rotate_backlog(actor, limit=ROTATED_AT_MOST)
        for one in rotated:
            record.record(actor, Event.ROTATED, vault=one.vault, version=one.version, digest=one.digest)
        record.hand_on_days(actor, ROTATED_AT_MOST)
        record.record(actor, Event.SIGNED_IN, factor=factor)
        head = record.witness(actor)
        if broken is None:
            believed = pins.trust if pins else trust().digest
            account.pins = people.seal_pins(account.id, secrets, people.Pins(head.seq, head.hash, believed))
            account.save(update_fields=["pins"])
        back = [one for one in trust().ceremonies if pins and one.entry > pins.seq]
        return visit.Visit(
            recovered=sum(one.records for one in back), recovered_by=_names({one.account for one in back}),
            last_entry=pins.seq if pins else 0, last_hour=chain.hour_of(pins.seq) if pins else 0, entry=head.seq,
            given=settled.count, bad_grants=len(settled.refused), rotated=len(rotated),
            broken_at=broken.seq if broken else 0, trust_changed=bool(pins and pins.trust != trust().digest))


def _names(accounts: set[bytes]) -> str:
    return ", ".join(sorted(label.handle for account, label in labels() if account.id in accounts)) if accounts else ""
