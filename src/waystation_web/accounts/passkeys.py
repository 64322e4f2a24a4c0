"""Passkeys (WebAuthn): nothing to type, nothing that a false page could pass on.

The list of allowed keys is always empty: the key itself knows whose it is, so the page learns no names. A challenge is
a sealed time: it needs no room on the server until it is used, so strangers cannot fill one, and each counts once.
"""

from __future__ import annotations

import hmac
import json
import secrets
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from django.conf import settings
from fido2 import cbor
from fido2.cose import CoseKey
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from waystation_web.gateways import clock
from waystation_web.gateways.runtime import boot_secret, folder
from waystation_web.vault.labels import Factors, Passkey

SECONDS = 120
LONGEST_ID, MOST = 128, 4
SIGN_IN, REGISTER = "sign-in", "register"


class WrongKey(Exception):
    """This answer of a key is not accepted. `backwards`: its counter went back, so there may be a copy of the key."""

    def __init__(self, *, backwards: bool = False) -> None:
        super().__init__("passkey")
        self.backwards = backwards


@dataclass(frozen=True, slots=True)
class Claim:
    """An answer of a key, read but not checked."""

    account: bytes
    response: AuthenticationResponse
    challenge: bytes


def _server() -> Fido2Server:
    here = settings.INSTALLATION
    return Fido2Server(PublicKeyCredentialRpEntity(id=here.host, name="W"),
                       verify_origin=lambda origin: origin == here.origin)


def _mac(nonce: bytes, made: int, purpose: str, whose: bytes) -> bytes:
    key = boot_secret(settings.INSTALLATION).encode()
    return hmac.digest(key, b"passkey" + nonce + made.to_bytes(4, "big") + whose + purpose.encode(), sha256)[:16]


def new_challenge(purpose: str, whose: bytes = b"") -> bytes:
    """32 bytes: twelve by chance, the time, and a seal over both and what it is for."""
    nonce, made = secrets.token_bytes(12), int(clock.now().timestamp())
    return nonce + made.to_bytes(4, "big") + _mac(nonce, made, purpose, whose)


def _good(challenge: bytes, purpose: str, whose: bytes) -> bool:
    nonce, made = challenge[:12], int.from_bytes(challenge[12:16], "big")
    now = int(clock.now().timestamp())
    return hmac.compare_digest(challenge[16:], _mac(nonce, made, purpose, whose)) and 0 <= now - made <= SECONDS


def _use(challenge: bytes) -> None:
    """Note a challenge as used, after its answer was found good. Raises `WrongKey` if it was used before."""
    place, now = folder(settings.INSTALLATION, "challenges"), clock.now().timestamp()
    for old in place.iterdir():
        made = int(old.name.rsplit("-", 1)[1])
        if now - made > SECONDS:
            old.unlink(missing_ok=True)
    made = int.from_bytes(challenge[12:16], "big")
    try:
        (place / f"{sha256(challenge).hexdigest()}-{made}").touch(0o600, exist_ok=False)
    except FileExistsError:
        raise WrongKey from None


def sign_in_options() -> dict[str, Any]:
    """What the browser needs to ask a key: the same for everybody."""
    options, _ = _server().authenticate_begin(
        user_verification=UserVerificationRequirement.PREFERRED, challenge=new_challenge(SIGN_IN))
    return dict(options)


def register_options(account_id: bytes, handle: str, factors: Factors) -> dict[str, Any]:
    """What the browser needs to make a key for this account."""
    known = [_credential(key) for key in factors.passkeys]
    options, _ = _server().register_begin(
        PublicKeyCredentialUserEntity(id=account_id, name=handle, display_name=handle), known,
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.PREFERRED, challenge=new_challenge(REGISTER, account_id))
    return dict(options)


def _credential(key: Passkey) -> AttestedCredentialData:
    return AttestedCredentialData.create(Aaguid.NONE, key.credential_id, CoseKey.parse(cbor.decode(key.public_key)))


def _state(challenge: bytes) -> dict[str, Any]:
    return {"challenge": websafe_encode(challenge), "user_verification": UserVerificationRequirement.PREFERRED}


def read(text: str) -> Claim:
    """What the browser sent, and whose key it says it is. Raises `WrongKey`; nothing is believed yet."""
    try:
        response = AuthenticationResponse.from_dict(json.loads(text))
        account, challenge = response.response.user_handle, response.response.client_data.challenge
    except Exception as reason:  # anything may come from a stranger; the library's errors are of all kinds
        raise WrongKey from reason
    if account is None or len(account) != 16 or len(challenge) != 32:
        raise WrongKey
    return Claim(bytes(account), response, bytes(challenge))


def checked(claim: Claim, factors: Factors) -> Factors:
    """The factors after this answer: its signature, origin, challenge and counter fitted. Raises `WrongKey`."""
    if not _good(claim.challenge, SIGN_IN, b""):
        raise WrongKey
    known = [_credential(key) for key in factors.passkeys]
    try:
        used = _server().authenticate_complete(_state(claim.challenge), known, claim.response)
    except ValueError as reason:
        raise WrongKey from reason
    _use(claim.challenge)
    count = claim.response.response.authenticator_data.counter
    keys = []
    for key in factors.passkeys:
        if key.credential_id == used.credential_id:
            if (count or key.sign_count) and count <= key.sign_count:  # keys without a counter always say nought
                raise WrongKey(backwards=True)
            key = replace(key, sign_count=count)
        keys.append(key)
    return replace(factors, passkeys=tuple(keys))


def registered(account_id: bytes, text: str, name: str, factors: Factors) -> Factors:
    """The factors with a new key, if the browser's answer proves it was made just now for this account and this place.

    Raises `WrongKey`, also for one key more than there is room for.
    """
    try:
        response = RegistrationResponse.from_dict(json.loads(text))
        challenge = bytes(response.response.client_data.challenge)
    except Exception as reason:  # as above
        raise WrongKey from reason
    if len(challenge) != 32 or not _good(challenge, REGISTER, account_id):
        raise WrongKey
    try:
        made = _server().register_complete(_state(challenge), response)
    except Exception as reason:  # a bent attestation
        raise WrongKey from reason
    data = made.credential_data
    if data is None or len(data.credential_id) > LONGEST_ID or len(factors.passkeys) >= MOST:
        raise WrongKey
    if any(key.credential_id == data.credential_id for key in factors.passkeys):
        raise WrongKey
    _use(challenge)
    key = Passkey(bytes(data.credential_id), cbor.encode(dict(data.public_key)), made.counter, name[:40] or "key")
    return replace(factors, passkeys=(*factors.passkeys, key))


