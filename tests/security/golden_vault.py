"""What the first release sealed, kept for ever: if it stops opening, people's records stop opening.

    python tests/security/golden_vault.py NAME      seal one of each anew, into tests/golden/vault/NAME.json

Files are added when a format gets a new version. None is ever changed or made again: `SHA256SUMS` pins them.
"""

import io
import json
import os
import sys
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path

from waystation.evidence.chain import GENESIS, entry_hash
from waystation.vault import envelope, grants, host, keys, stream
from waystation.vault.recovery import Recovery, combine, public_text, read_public

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "vault"
PINS = FOLDER / "SHA256SUMS"
WORDS = "acid acne actress adapt academic activity acquire acrobat"
RECORD = {"v": 1, "type": "note", "id": "0f" * 16, "text": "Invented. 강 · 河 · river"}
CONTENT = b"an invented file" * 5000  # two chunks
HOUR, SEQ, KIND, VERSION = 500_000, 7, 0x01, 3


def sealed() -> dict[str, str]:
    """One of each, under new keys that stand beside it. All keys are worthless: they are published here."""
    person, granter, recovery = keys.Secrets.new(), keys.Secrets.new(), Recovery.new()
    vault, account, other, file, dek = *(envelope.new_id() for _ in range(4)), envelope.new_key()
    hosts = host.HostKeys.new(date(2026, 1, 1)).next(date(2026, 1, 15))
    row = {"principal": account, "vault": vault, "kind": KIND, "version": VERSION, "dek": dek}
    body = envelope.seal(dek, envelope.pad(b'{"act":"invented"}', 512), envelope.audit_body_context(SEQ, HOUR, vault, GENESIS))
    sealer = stream.Sealer(dek, vault=vault, file=file)
    made = {
        "vault": vault, "account": account, "granter id": other, "file id": file, "dek": dek, "person": person.raw(),
        "granter": granter.raw(), "recovery secret": recovery.secret, "bundle": person.bundle.raw,
        "payload": envelope.seal(dek, envelope.pack(RECORD), envelope.payload_context(vault, KIND, VERSION)),
        "host layer": hosts.seal(envelope.pad(b'{"handle":"heron"}', 512), "label", account),
        "slot": keys.seal_slot(person, WORDS, account=account, cost=keys.TESTING),
        "grant P": grants.grant_person(granter, other, person.bundle, **row),
        "grant D": grants.grant_server(person.bundle, **row | {"kind": 0x11}),
        "grant S": grants.grant_own(person, **row),
        "grant to recovery": grants.grant_person(granter, other, recovery.bundle, **row | {"principal": bytes(16)}),
        "file key": envelope.seal(dek, dek, envelope.file_context(vault, VERSION, file)),
        "file": sha256(sealer.header + sealer.update(CONTENT) + sealer.finish()).digest(),
        "pins": person.seal(b"\x01" + bytes(72), envelope.pins_context(account)),
        "session": envelope.seal(dek, person.raw(), envelope.session_context(account, 1_800_000_000, bytes(32))),
        "body of the record": body, "entry": entry_hash(GENESIS, seq=SEQ, hour=HOUR, key=vault, body=body),
        "certificate": keys.certify(granter, account, person.bundle),
        "witness": person.sign(envelope.witness_context(SEQ, bytes(32))),
        "approval": person.sign(envelope.approval_context(vault, bytes(32))),
    }
    words = {"fingerprint": person.bundle.words, "host.key": hosts.text(), "recovery": public_text(recovery)}
    words["sheet 1"], _, words["sheet 3"] = recovery.sheets()
    return {name: value.hex() for name, value in made.items()} | words


def openings(golden: dict[str, str]) -> dict[str, Callable[[], bool]]:
    """For each thing that was sealed, whether it opens today and says what it said."""
    def raw(name: str) -> bytes:
        return bytes.fromhex(golden[name])

    vault, account, dek, file = raw("vault"), raw("account"), raw("dek"), raw("file id")
    person, granter = keys.Secrets.from_raw(raw("person")), keys.Secrets.from_raw(raw("granter"))
    recovery = Recovery(raw("recovery secret"))
    row = {"principal": account, "vault": vault, "kind": KIND, "version": VERSION}
    signer = {raw("granter id"): granter.bundle.signing_key}.__getitem__

    def grant(name: str, **other: object) -> bool:
        found = grants.open_grant(raw(name), person, **row | other, signer=signer)
        return (found.dek, found.form, found.granter) == (dek, name[-1], raw("granter id") if name[-1] == "P" else None)

    def whole_file() -> bool:
        sealer = stream.Sealer(dek, vault=vault, file=file)
        made = sealer.header + sealer.update(CONTENT) + sealer.finish()
        again = b"".join(stream.Opener(dek, io.BytesIO(made), vault=vault, file=file).read())
        return again == CONTENT and sha256(made).digest() == raw("file")

    def under_dek(name: str, context: bytes) -> bytes:
        return envelope.unseal(dek, raw(name), context)

    hosts = host.HostKeys.parse(golden["host.key"])
    return {
        "bundle": lambda: person.bundle.raw == raw("bundle"),
        "fingerprint": lambda: keys.Bundle(raw("bundle")).words == golden["fingerprint"],
        "payload": lambda: envelope.unpack(under_dek("payload", envelope.payload_context(vault, KIND, VERSION))) == RECORD,
        "host layer": lambda: envelope.unpad(hosts.unseal(raw("host layer"), "label", account), 512) == b'{"handle":"heron"}',
        "host.key": lambda: hosts.text() == golden["host.key"] and hosts.current == 2,
        "slot": lambda: keys.open_slot(raw("slot"), WORDS, account=account, floor=keys.TESTING) == person,
        "grant P": lambda: grant("grant P"),
        "grant D": lambda: grant("grant D", kind=0x11),
        "grant S": lambda: grant("grant S"),
        "grant to recovery": lambda: grants.open_recovery_grant(
            raw("grant to recovery"), *recovery.decryption, vault=vault, kind=KIND, version=VERSION,
            bundle=recovery.bundle, signer=signer).dek == dek,
        "file key": lambda: under_dek("file key", envelope.file_context(vault, VERSION, file)) == dek,
        "file": whole_file,
        "pins": lambda: person.unseal(raw("pins"), envelope.pins_context(account)) == b"\x01" + bytes(72),
        "session": lambda: under_dek("session", envelope.session_context(account, 1_800_000_000, bytes(32))) == person.raw(),
        "body of the record": lambda: envelope.unpad(under_dek("body of the record", envelope.audit_body_context(
            SEQ, HOUR, vault, GENESIS)), 512) == b'{"act":"invented"}',
        "entry": lambda: entry_hash(GENESIS, seq=SEQ, hour=HOUR, key=vault, body=raw("body of the record")) == raw("entry"),
        "certificate": lambda: keys.certified(raw("certificate"), account, person.bundle, [granter.bundle.signing_key]),
        "witness": lambda: keys.signed_by(person.bundle.signing_key, raw("witness"), envelope.witness_context(SEQ, bytes(32))),
        "approval": lambda: keys.signed_by(person.bundle.signing_key, raw("approval"), envelope.approval_context(vault, bytes(32))),
        "sheet 1": lambda: combine([golden["sheet 1"], golden["sheet 3"]]) == recovery,
        "sheet 3": lambda: combine([golden["sheet 3"], golden["sheet 1"]]) == recovery,
        "recovery": lambda: read_public(golden["recovery"]) == recovery.public and public_text(recovery) == golden["recovery"],
    }


if __name__ == "__main__":
    path = FOLDER / f"{sys.argv[1]}.json"
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644), "w", encoding="utf-8") as new:
        new.write(json.dumps(sealed(), indent=1, ensure_ascii=False) + "\n")
    with PINS.open("a", encoding="ascii") as pins:
        pins.write(f"{sha256(path.read_bytes()).hexdigest()}  {path.name}\n")
