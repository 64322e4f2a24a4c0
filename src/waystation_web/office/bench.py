"""What sealing costs: lists, search, files and sign-in, beside a peer, plain reads, and the least the machine could do.

    ours    vaults of their own key each, granted, under the host layer; opened through `vault.queries`, as a page does
    peer    a sealed box per record, as GlobaLeaks publishes its scheme: the record's key in a sealed box (X25519), the
            content in a secret box; rows read from SQLite by the standard library
    plain   the same rows in clear, read from SQLite and parsed: no protection at all
    limit   the ciphers alone, called on the same bytes: nothing that seals with them can be faster

CPU seconds of one process, medians, all in turn, so that a busy moment hits all of them. Everything is invented.
"""

from __future__ import annotations

import io
import json
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from hashlib import pbkdf2_hmac
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

VAULTS, ROUNDS, MEGABYTES = 10_000, 5, 100
GOALS = {"list": ("s", 0.35), "search": ("s", 0.5), "seal a file": ("GB/s", 1.0), "open a file": ("GB/s", 1.0)}
WORDS = ("river", "night", "rain", "bridge", "letter", "winter", "lamp", "road")
PBKDF2_ROUNDS = 1_000_000  # what Django 5.2 asks of a stored password


@dataclass(frozen=True, slots=True)
class Row:
    """One act, in CPU seconds. None stands for what has no meaning there."""

    act: str
    ours: float
    peer: float | None
    plain: float | None
    limit: float | None
    note: str = ""


def in_turn(calls: dict[str, Callable[[], Any]], rounds: int = ROUNDS) -> dict[str, float]:
    """CPU seconds of each, median over rounds in which each has its turn."""
    times: dict[str, list[float]] = {who: [] for who in calls}
    for _ in range(rounds):
        for who, call in calls.items():
            began = process_time()
            call()
            times[who].append(process_time() - began)
    return {who: median(spent) for who, spent in times.items()}


def body(number: int) -> dict[str, Any]:
    """An invented record of some 700 bytes."""
    words = " ".join(WORDS[(number * step) % len(WORDS)] for step in range(1, 60))
    return {"v": 1, "type": "note", "title": f"Note {number}", "text": f"{words} {number:05}",
            "written": "2026-11-25T03:10:00Z"}


# ----------------------------------------------------------------------------------------------------------- the rivals
class Peer:
    """A sealed box per record."""

    def __init__(self, folder: Path, records: list[bytes]) -> None:
        from nacl.public import PrivateKey, SealedBox
        from nacl.secret import SecretBox

        self._key = PrivateKey.generate()
        self._base = sqlite3.connect(folder / "peer.sqlite3")
        self._base.execute("CREATE TABLE tip (id BLOB PRIMARY KEY, key BLOB, content BLOB)")
        box = SealedBox(self._key.public_key)
        for record in records:
            key = os.urandom(32)
            self._base.execute("INSERT INTO tip VALUES (?, ?, ?)",
                               (os.urandom(16), bytes(box.encrypt(key)), bytes(SecretBox(key).encrypt(record))))
        self._base.commit()

    def read(self) -> list[dict[str, Any]]:
        """Open and parse every record."""
        from nacl.public import SealedBox
        from nacl.secret import SecretBox

        box = SealedBox(self._key)
        rows = self._base.execute("SELECT key, content FROM tip")
        return [json.loads(SecretBox(box.decrypt(key)).decrypt(content)) for key, content in rows]


class Plain:
    """No protection."""

    def __init__(self, folder: Path, records: list[bytes]) -> None:
        self._base = sqlite3.connect(folder / "plain.sqlite3")
        self._base.execute("CREATE TABLE record (id BLOB PRIMARY KEY, content BLOB)")
        self._base.executemany("INSERT INTO record VALUES (?, ?)", [(os.urandom(16), record) for record in records])
        self._base.commit()

    def read(self) -> list[dict[str, Any]]:
        """Parse every record."""
        return [json.loads(content) for (content,) in self._base.execute("SELECT content FROM record")]


def ciphers_alone(records: list[bytes]) -> Callable[[], None]:
    """Three openings of XChaCha20-Poly1305 a record (host layer, grant, payload), keys at hand, and nothing else."""
    from nacl.bindings import (
        crypto_aead_xchacha20poly1305_ietf_decrypt as unseal,
    )
    from nacl.bindings import (
        crypto_aead_xchacha20poly1305_ietf_encrypt as seal,
    )

    key, nonce = os.urandom(32), os.urandom(24)
    outer, inner = seal(bytes(107), b"", nonce, key), seal(bytes(32), b"", nonce, key)
    sealed = [seal(record + bytes(-len(record) % 1024), b"", nonce, key) for record in records]

    def run() -> None:
        for one in sealed:
            unseal(outer, b"", nonce, key)
            unseal(inner, b"", nonce, key)
            unseal(one, b"", nonce, key)
    return run


def found(records: list[dict[str, Any]], word: str) -> int:
    """How many records hold a word, as a search would look."""
    return sum(word in record["text"].casefold() or word in record["title"].casefold() for record in records)


# ---------------------------------------------------------------------------------------------------------- the office
def open_office(home: Path) -> None:
    """An installation in a temporary folder, in this process: keys, database, settings."""
    from datetime import date

    from waystation.vault.host import HostKeys

    (home / "keys").mkdir(parents=True)
    (home / "data").mkdir()
    (home / "office.toml").write_text(f'origin = "http://localhost:8700"\norganisation = "Benchmark (invented)"\n'
                                      f'organisation_id = "{os.urandom(16).hex()}"\n', "utf-8")
    key = home / "keys" / "host.key"
    key.write_text(HostKeys.new(date(2026, 1, 1)).text(), "ascii")
    key.chmod(0o400)
    os.environ.update(WAYSTATION_HOME=str(home), WAYSTATION_RUNTIME=str(home / "runtime"),
                      DJANGO_SETTINGS_MODULE="waystation_web.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def fill(records: int) -> Any:
    """Seal invented records as `vault.actions` does, for one coordinator, who has signed in since. Gives the actor."""
    from waystation.access import Kind, Role
    from waystation.vault.envelope import grant_context, new_id, new_key, pack, payload_context, seal
    from waystation.vault.keys import Secrets
    from waystation_web.gateways.database import writing
    from waystation_web.vault.actor import Actor
    from waystation_web.vault.host import host_keys
    from waystation_web.vault.models import Grant, Vault
    from waystation_web.vault.queries import row_of

    actor = Actor(id=new_id(), handle="bench", name="Bench", roles=frozenset({Role.COORDINATOR}), officer=False,
                  secrets=Secrets.new())
    vaults, grants = [], []
    for number in range(records):
        vault, dek = new_id(), new_key()
        payload = seal(dek, pack({**body(number), "id": vault.hex()}), payload_context(vault, Kind.PEOPLE, 1))
        own = b"\x01S" + actor.secrets.seal(dek, grant_context(vault, Kind.PEOPLE, 1, actor.id))
        vaults.append(Vault(id=vault, kind=Kind.PEOPLE, version=1, payload=payload))
        grants.append(Grant(vault_id=vault, version=1, principal=actor.id,
                            wrap=host_keys().seal(own, "grant", *row_of(vault, 1, actor.id))))
    with writing():
        Vault.objects.bulk_create(vaults, batch_size=500)
        Grant.objects.bulk_create(grants, batch_size=500)
    return actor


def lists_and_search(folder: Path, vaults: int, rounds: int) -> list[Row]:
    """A list of everything a person may read, and a search through it."""
    from waystation.access import Kind
    from waystation_web.vault.queries import open_all

    actor = fill(vaults)
    records = [json.dumps(body(number), separators=(",", ":")).encode() for number in range(vaults)]
    peer, plain, alone = Peer(folder, records), Plain(folder, records), ciphers_alone(records)

    def ours() -> list[dict[str, Any]]:
        return [one.payload for one in open_all(actor, Kind.PEOPLE)]

    word = f"{vaults - 1:05}"
    if not found(ours(), word) == found(peer.read(), word) == found(plain.read(), word) == 1:
        raise AssertionError("the three do not find the same record")
    listed = in_turn({"ours": ours, "peer": peer.read, "plain": plain.read, "limit": alone}, rounds)
    sought = in_turn({"ours": lambda: found(ours(), word), "peer": lambda: found(peer.read(), word),
                      "plain": lambda: found(plain.read(), word), "limit": alone}, rounds)
    return [Row("list", **listed, note=f"{vaults:,} vaults"), Row("search", **sought, note=f"{vaults:,} bodies")]


def files(megabytes: int, rounds: int) -> list[Row]:
    """Seal and open one big file, in memory; the limit is the cipher on chunks of that size, the plain row a copy."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
    from nacl.secret import SecretBox

    from waystation.vault.stream import CHUNK, Opener, Sealer

    content = os.urandom(1 << 20) * megabytes
    key, pieces = os.urandom(32), range(0, len(content), CHUNK)
    cipher, whole = ChaCha20Poly1305(key), memoryview(content)

    def parts() -> Iterator[bytes]:
        sealer = Sealer(key, vault=bytes(16), file=bytes(16))
        yield sealer.header
        for place in pieces:
            yield sealer.update(whole[place:place + CHUNK])
        yield sealer.finish()

    sealed = b"".join(parts())
    chunks = [cipher.encrypt(bytes(12), whole[place:place + CHUNK], None) for place in pieces]
    boxed = [bytes(SecretBox(key).encrypt(content[place:place + CHUNK])) for place in pieces]

    def read() -> int:
        return sum(len(part) for part in Opener(key, io.BytesIO(sealed), vault=bytes(16), file=bytes(16)).read())

    if read() != len(content):
        raise AssertionError("the file came back with another size")
    def size(results: Iterable[bytes]) -> int:
        return sum(len(result) for result in results)  # each is dropped at once, as when it goes to a disk or a browser

    sealing = in_turn({
        "ours": lambda: size(parts()),
        "peer": lambda: size(SecretBox(key).encrypt(content[place:place + CHUNK]) for place in pieces),
        "plain": lambda: size(bytes(whole[place:place + CHUNK]) for place in pieces),
        "limit": lambda: size(cipher.encrypt(bytes(12), whole[place:place + CHUNK], None) for place in pieces)}, rounds)
    opening = in_turn({
        "ours": read, "peer": lambda: size(SecretBox(key).decrypt(box) for box in boxed),
        "plain": lambda: size(bytes(whole[place:place + CHUNK]) for place in pieces),
        "limit": lambda: size(cipher.decrypt(bytes(12), chunk, None) for chunk in chunks)}, rounds)
    note = f"{megabytes} MiB"
    return [Row("seal a file", **sealing, note=note), Row("open a file", **opening, note=note)]


def sign_in(rounds: int) -> Row:
    """Opening somebody's keys with eight words, beside the stored verifier that other programs compare with."""
    from nacl.bindings import crypto_pwhash_alg, crypto_pwhash_ALG_ARGON2ID13

    from waystation.vault.keys import PRODUCTION, Secrets, new_passphrase, open_slot, seal_slot

    words, account = new_passphrase(), bytes(16)
    slot = seal_slot(Secrets.new(), words, account=account, cost=PRODUCTION)
    memory = PRODUCTION.mem_kib * 1024
    spent = in_turn({
        "ours": lambda: open_slot(slot, words, account=account),
        "peer": lambda: pbkdf2_hmac("sha256", words.encode(), bytes(16), PBKDF2_ROUNDS),
        "limit": lambda: crypto_pwhash_alg(32, words.encode(), bytes(16), PRODUCTION.ops, memory,
                                           crypto_pwhash_ALG_ARGON2ID13)}, rounds)
    return Row("sign in", spent["ours"], spent["peer"], None, spent["limit"],
               "128 MiB, 3 passes; peer: PBKDF2, a million rounds; limit: Argon2id alone")


# ----------------------------------------------------------------------------------------------------------- the result
def measure(*, vaults: int = VAULTS, megabytes: int = MEGABYTES, rounds: int = ROUNDS) -> list[Row]:
    """Measure everything in an office of its own, in a folder that is thrown away."""
    memory = Path("/dev/shm")  # noqa: S108  (sessions and keys of the runtime folder belong into memory)
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as made:
        folder = Path(made)
        open_office(folder / "office")
        return [*lists_and_search(folder, vaults, rounds), *files(megabytes, rounds), sign_in(rounds)]


def missed(rows: list[Row]) -> list[str]:
    """Goals that were not met, as sentences."""
    said = []
    for row in rows:
        unit, goal = GOALS.get(row.act, ("", 0.0))
        speed = MEGABYTES * (1 << 20) / row.ours / 1e9
        if unit == "s" and row.ours > goal:
            said.append(f"{row.act}: {row.ours:.2f} s, asked for at most {goal} s")
        if unit == "GB/s" and speed < goal:
            said.append(f"{row.act}: {speed:.2f} GB/s, asked for at least {goal} GB/s")
    return said


def table(rows: list[Row]) -> str:
    """For people: seconds, and how ours compares."""
    def cell(value: float | None) -> str:
        return f"{value:9.4f}" if value is not None else f"{'-':>9}"

    lines = [f"{'act':12} {'ours':>9} {'peer':>9} {'plain':>9} {'limit':>9} {'peer/ours':>10} {'ours/limit':>11}"]
    for row in rows:
        against = f"{row.peer / row.ours:10.2f}" if row.peer else f"{'-':>10}"
        above = f"{row.ours / row.limit:11.2f}" if row.limit else f"{'-':>11}"
        lines.append(f"{row.act:12} {cell(row.ours)} {cell(row.peer)} {cell(row.plain)} {cell(row.limit)} "
                     f"{against} {above}   {row.note}")
    return "\n".join(lines)


def report(*, as_json: bool, strict: bool) -> int:
    """Print the table, or JSON; with `strict`, exit 4 if a goal was missed."""
    began = perf_counter()
    rows = measure()
    if as_json:
        print(json.dumps({"rows": [asdict(row) for row in rows], "missed": missed(rows)}, indent=1))
    else:
        print(table(rows))
        for sentence in missed(rows):
            print(f"Missed: {sentence}.")
        print(f"CPU seconds, medians of {ROUNDS}, one process, in turn; {perf_counter() - began:.0f} s in all.")
    return 4 if missed(rows) and strict else 0
