"""Coming in for the first time: a one-time code, eight words shown and typed back, a second factor, new keys.

The server draws the words and forgets them at the end. Until an officer has compared the eight words of the public keys
with the person, by voice or face to face, and signed them, nobody can grant anything to the account.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import Any

from waystation_web.audit import actions as record
from waystation_web.audit.events import Event
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.vault import people
from waystation_web.vault.errors import Refused
from waystation_web.vault.labels import Factors, labels, read_factors, read_invite, read_label, seal_factors
from waystation_web.vault.models import Account

from . import codes, factors, passkeys
from .answers import Ended, Wrong
from .derivation import derivation

State = Account.State
Aside = dict[str, Any]


def start(code: str) -> Aside:
    """What to keep aside for whoever has this code. Raises `Wrong` for one that is not open (any more)."""
    found = None
    for account, label in labels():  # all are opened and compared: no time tells which are open
        invite = read_invite(account)
        if invite is not None and codes.fits(code, invite.digest) and clock.now() <= invite.until:
            found = account, label
    if found is None:
        raise Wrong
    account, label = found
    kept = {"account": account.id.hex(), "handle": label.handle, "code": codes.digest(code).hex()}
    if account.state == State.ACTIVE:  # the factor was reset in front of an officer; words and keys stay
        return {**kept, "step": "factor", "reset": True, **_fresh_totp()}
    return {**kept, **fresh_words()}


def fresh_words() -> Aside:
    """New words and a new TOTP secret, at the step where the words are shown."""
    return {"step": "words", "words": people.new_words(), **_fresh_totp()}


def _fresh_totp() -> Aside:
    return {"totp": b64encode(factors.new_secret()).decode()}


def typed_back(said: Aside, text: str) -> Aside:
    """What changes once the words were typed back. Raises `Wrong` if they are not the ones that were shown."""
    try:
        same = people.read_words(text) == said["words"]
    except Refused:
        same = False
    if not same:
        raise Wrong
    return {"step": "factor"}


def totp_secret(said: Aside) -> bytes:
    """The TOTP secret of this enrolment."""
    return b64decode(said["totp"])


def chosen_factor(said: Aside, *, code: str, passkey: str, name: str = "", known: Factors | None = None) -> Factors:
    """The factors once one was proved: digits of the shown secret, or a passkey made just now. Raises `Wrong`."""
    known = known or Factors()
    if passkey:
        try:
            return passkeys.registered(bytes.fromhex(said["account"]), passkey, name, known)
        except passkeys.WrongKey:
            raise Wrong from None
    fresh = factors.with_totp(known, totp_secret(said), code)
    if fresh is None:
        raise Wrong
    return fresh


def finish(said: Aside, *, code: str, passkey: str, name: str = "", words: str = "") -> str:
    """Make the keys, or put in the new factor after a reset. The eight words to compare with an officer.

    Raises `Wrong` for a factor or words that do not fit, `Busy`, and `Ended` if the code was taken back meanwhile.
    """
    account_id = bytes.fromhex(said["account"])
    if said.get("reset"):
        return _new_factor(account_id, said, code=code, passkey=passkey, name=name, words=words)
    fresh = chosen_factor(said, code=code, passkey=passkey, name=name)
    with derivation():
        slot, bundle, _ = people.enrol(account_id, said["words"])
    with writing():
        account = _invited(account_id, State.INVITED, said["code"])
        account.slot, account.bundle = people.slot_now(account_id, slot), bundle
        account.state, account.invite = State.ACTIVE, None
        account.cert_by = account.cert_sig = account.pins = None
        account.factors = seal_factors(account_id, fresh)
        account.save()
        record.record(None, Event.ENROLLED, account=account_id)
    return people.fingerprint(account)


def _new_factor(account_id: bytes, said: Aside, *, code: str, passkey: str, name: str, words: str) -> str:
    from .signin import open_with_words

    account = _invited(account_id, State.ACTIVE, said["code"])
    open_with_words(account, words)
    with writing():
        account = _invited(account_id, State.ACTIVE, said["code"])
        fresh = chosen_factor(said, code=code, passkey=passkey, name=name, known=read_factors(account))
        account.factors, account.invite = seal_factors(account_id, fresh), None
        account.save(update_fields=["factors", "invite"])
        record.record(None, Event.FACTOR_RESET, account=account_id, reason="registered")
    return people.fingerprint(account)


def _invited(account_id: bytes, state: int, code: str) -> Account:
    """The account, while the code that was given at the beginning is still the open one: not a later one's."""
    account = Account.objects.filter(pk=account_id, state=state).first()
    invite = read_invite(account) if account is not None else None
    if account is None or invite is None or invite.digest.hex() != code:
        raise Ended
    return account


def language_of(said: Aside) -> str:
    """The language that the officer chose for this person; English until the account is there."""
    account = Account.objects.filter(pk=bytes.fromhex(said["account"])).first()
    return read_label(account).language if account else "en"
