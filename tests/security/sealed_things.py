"""One of each thing that the vault seals, with how it is opened. All of it is invented."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

import pytest

from waystation.vault import envelope, grants, host, keys, stream
from waystation.vault.recovery import RECOVERY_PRINCIPAL, Recovery
from waystation.vault.refused import Refused

WORDS = "academic acid acne acquire acrobat activity actress adapt"
OTHER_WORDS = "academic acid acne acquire acrobat activity actress adequate"
KIND, VERSION = 0x01, 3


def fixed(label: str, size: int = 32) -> bytes:
    """Bytes that are the same in every run."""
    out = b""
    while len(out) < size:
        out += sha256(f"{label} {len(out)}".encode()).digest()
    return out[:size]


DEK, VAULT, FILE, ACCOUNT, READER, GRANTER = (fixed("dek"), *(fixed(name, 16) for name in ("vault", "file", "account",
                                                                                          "reader", "granter")))
PREVIOUS, COOKIE = fixed("previous"), fixed("cookie secret")
READERS, GRANTERS, STRANGERS = (keys.Secrets.from_raw(fixed(name, 160)) for name in ("reader", "granter", "stranger"))
RECOVERY = Recovery(fixed("recovery"))
HOST = host.HostKeys.parse(f"WAYSTATION-HOST-KEY-1\nepoch 4 {fixed('host 4').hex()} 2026-01-01\n"
                           f"epoch 5 {fixed('host 5').hex()} 2026-01-15\n")
TODAY = date(2026, 1, 20)
RECORD = {"v": 1, "type": "note", "id": VAULT.hex(), "text": "a note that is invented"}


def signer(granter: bytes) -> bytes:
    """Whose signature a reader believes, in place of the office's list."""
    if granter == GRANTER:
        return GRANTERS.bundle.signing_key
    if granter == RECOVERY_PRINCIPAL:
        return RECOVERY.public.signing_key
    raise Refused("certificate")


def refusal(call: Callable[[], object]) -> str:
    """Which check refused. Any other error fails: what is changed may not be stumbled over, either."""
    try:
        given = call()
    except Refused as refused:
        return refused.kind
    except Exception as error:
        pytest.fail(f"not refused, but {error!r}")
    pytest.fail(f"opened: {str(given)[:80]}")


@dataclass(frozen=True)
class Thing:
    """What was sealed, the sealed bytes, and the way back."""

    name: str
    sealed: bytes
    open: Callable[[bytes], object]
    meant: object

    def __repr__(self) -> str:
        return self.name


def row(**changed: object) -> dict:
    """Where the grants below belong."""
    return {"principal": READER, "vault": VAULT, "kind": KIND, "version": VERSION} | changed


def opened(wrap: bytes, reader: keys.Secrets = READERS, **changed: object) -> bytes:
    return grants.open_grant(wrap, reader, **row(**changed), signer=signer).dek


def person(**changed: object) -> bytes:
    return grants.grant_person(GRANTERS, GRANTER, READERS.bundle, **row(**changed), dek=DEK)


def server(**changed: object) -> bytes:
    return grants.grant_server(READERS.bundle, **row(kind=0x11, **changed), dek=DEK)


def own(**changed: object) -> bytes:
    return grants.grant_own(READERS, **row(**changed), dek=DEK)


def to_recovery(principal: bytes = RECOVERY_PRINCIPAL) -> bytes:
    return grants.grant_person(GRANTERS, GRANTER, RECOVERY.bundle, **row(principal=principal), dek=DEK)


def opened_by_recovery(wrap: bytes) -> bytes:
    return grants.open_recovery_grant(wrap, *RECOVERY.decryption, vault=VAULT, kind=KIND, version=VERSION,
                                      bundle=RECOVERY.bundle, signer=signer).dek


def sealed_file(content: bytes, key: bytes = DEK, *, vault: bytes = VAULT, file: bytes = FILE) -> bytes:
    sealer = stream.Sealer(key, vault=vault, file=file)
    return sealer.header + sealer.update(content) + sealer.finish()


def opened_file(sealed: bytes, key: bytes = DEK, *, vault: bytes = VAULT, file: bytes = FILE) -> bytes:
    return b"".join(stream.Opener(key, io.BytesIO(sealed), vault=vault, file=file).read())


def slot(account: bytes = ACCOUNT) -> bytes:
    return keys.seal_slot(READERS, WORDS, account=account, cost=keys.TESTING)


def opened_slot(sealed: bytes, words: str = WORDS, account: bytes = ACCOUNT) -> bytes:
    return keys.open_slot(sealed, words, account=account, floor=keys.TESTING).raw()


def _under(key: bytes, name: str, inner: bytes, context: bytes) -> Thing:
    return Thing(name, envelope.seal(key, inner, context), lambda sealed: envelope.unseal(key, sealed, context), inner)


def _hosted(name: str, inner: bytes, *rows: bytes, size: int = 0) -> Thing:
    def back(sealed: bytes) -> bytes:
        plain = HOST.unseal(sealed, name, *rows)
        return envelope.unpad(plain, size) if size else plain
    return Thing(name, HOST.seal(envelope.pad(inner, size) if size else inner, name, *rows), back, inner)


def things() -> list[Thing]:
    """Newly sealed. The slot is sealed at the cost of tests, or with whatever stands in for Argon2."""
    at = envelope.payload_context(VAULT, KIND, VERSION)
    wrapped_host = HOST.seal(own(), "grant", VAULT, READER)
    return [
        Thing("payload", envelope.seal(DEK, envelope.pack(RECORD), at),
              lambda sealed: envelope.unpack(envelope.unseal(DEK, sealed, at)), RECORD),
        Thing("grant by a person", person(), opened, DEK),
        Thing("grant by the server", server(), lambda wrap: opened(wrap, kind=0x11), DEK),
        Thing("grant to oneself", own(), opened, DEK),
        Thing("grant to recovery", to_recovery(), opened_by_recovery, DEK),
        Thing("grant in its host layer", wrapped_host,
              lambda sealed: opened(HOST.unseal(sealed, "grant", VAULT, READER)), DEK),
        Thing("slot", slot(), opened_slot, READERS.raw()),
        _hosted("label", b'{"handle":"heron"}', ACCOUNT, size=512),
        _hosted("factors", b'{"totp":null}', ACCOUNT, size=2048),
        _hosted("invite", fixed("invite"), ACCOUNT),
        _under(READERS.own, "pins", b"\x01" + bytes(72), envelope.pins_context(ACCOUNT)),
        _under(COOKIE, "session", READERS.raw(), envelope.session_context(ACCOUNT, 1_800_000_000, fixed("sid"))),
        _under(DEK, "body of the record", envelope.pad(b"{}", 512),
               envelope.audit_body_context(7, 500_000, VAULT, PREVIOUS)),
        _under(DEK, "key of a file", fixed("file key"), envelope.file_context(VAULT, VERSION, FILE)),
        Thing("file", sealed_file(fixed("content", 3 * stream.CHUNK - 5)), opened_file,
              fixed("content", 3 * stream.CHUNK - 5)),
    ]
