"""A package of evidence: what it holds, why it may not be made, and the files of its bag, from plain values.

    P-7K2M9Q/           a bag (RFC 8493): originals, copies, custody, proofs, consents; VERIFY.txt says how to check it
    P-7K2M9Q.p7s        a signature over the list of its lists
    P-7K2M9Q.sums       digests of what lies outside the bag

What is signed is fixed before a byte is written: every digest is known, and compared again while it goes out.
Statements and claims are laid in by whoever keeps them, as `more`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256, sha512

from . import batch, custody
from .tables import csv_of
from .verify_text import Proof, verify_text
from .what_it_is import index_text

NAME = re.compile(r"P-[0-9A-HJKMNP-TV-Z]{6}", re.ASCII)
_PATH = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*", re.ASCII)
NEVER = ("fiction", "re-enactment")
EXHIBITS = ("exhibit", "part", "file", "sha256", "media_type", "bytes", "received", "origin", "authenticity", "label",
            "exposure", "derived_from", "operations", "batch", "sources", "note")
CONSENTS = ("person", "purpose", "recipient", "scope", "day", "expiry")
INDEX = ("exhibit", "what", "lines", "salt_file", "batch")


@dataclass(frozen=True, slots=True)
class Laid:
    """One file of a package: where it lies, what its digests are, and how its bytes are read."""

    path: str
    size: int
    sha256: str
    sha512: str
    read: Callable[[], Iterator[bytes]] = field(repr=False)
    media_type: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Copy:
    """A working copy, cleared by two."""

    number: str                            # D-01
    file: Laid = field(repr=False)
    operations: str
    cleared: bool


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One item as it goes along. Without `original` its salt stays here too, and nothing of it is shown."""

    code: str                              # E-0001
    facts: Mapping[str, str]               # received, origin, authenticity, label, exposure, sources, note
    custody: Sequence[str] = field(repr=False)
    custody_salt: bytes = field(repr=False)
    salt: bytes = field(repr=False)
    original: Laid | None = field(repr=False)
    copies: Sequence[Copy] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Consent:
    """What a person agreed to, by their code in this package."""

    person: str
    purpose: str
    recipient: str
    scope: str
    day: date
    expiry: date | None


@dataclass(frozen=True, slots=True)
class Stamped:
    """A list of a week, with the tokens that were brought back for it: "a" and "b"."""

    week: str
    text: bytes = field(repr=False)
    tokens: Mapping[str, bytes] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """What one recipient is to have, and what for."""

    name: str
    recipient: str
    purpose: str
    day: date
    mark: str
    exhibits: Sequence[Exhibit]
    consents: Sequence[Consent]
    lists: Sequence[Stamped]
    certificates: Mapping[str, str]        # signer-root, tsa-a-root, tsa-b-root: PEM
    more: Sequence[Laid] = ()
    alone: str = ""                        # why nobody's consent is asked: a person decided, with this reason


@dataclass(frozen=True, slots=True)
class Plan:
    """Every file of the bag, sorted, and what is signed."""

    name: str
    files: tuple[Laid, ...]
    tagmanifest: bytes = field(repr=False)

    @property
    def to_sign(self) -> bytes:
        """The bytes under the signature."""
        return self.tagmanifest


def laid(path: str, data: bytes, media_type: str = "text/plain") -> Laid:
    """A file whose bytes are at hand."""
    return Laid(path, len(data), sha256(data).hexdigest(), sha512(data).hexdigest(), lambda: iter((data,)), media_type)


def plan(asked: Asked) -> Plan | list[str]:
    """The bag, or every reason why it is not made."""
    if faults := list(_faults(asked)):
        return faults
    proofs = _proofs(asked)
    payload = [*_media(asked), *asked.more, *_proof_files(asked, proofs),
               laid("data/exhibits.csv", csv_of(EXHIBITS, _rows(asked, proofs)), "text/csv"),
               laid("data/consents.csv", csv_of(CONSENTS, ([one.person, one.purpose, one.recipient, one.scope,
                                                            one.day.isoformat(), _day(one.expiry)]
                                                           for one in asked.consents)), "text/csv"),
               laid("data/index.txt", index_text(asked, proofs).encode())]
    payload.sort(key=lambda one: one.path.encode())
    tokens = {one.week: sorted(one.tokens) for one in asked.lists}
    tags = [laid("bagit.txt", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"),
            laid("bag-info.txt", _info(asked, payload)),
            laid("VERIFY.txt", verify_text(asked.name, proofs, tokens).encode()),
            *(laid(f"certificates/{name}.pem", pem.encode("ascii")) for name, pem in asked.certificates.items()),
            laid("manifest-sha256.txt", _manifest((one.sha256, one.path) for one in payload)),
            laid("manifest-sha512.txt", _manifest((one.sha512, one.path) for one in payload))]
    last = laid("tagmanifest-sha256.txt", _manifest((one.sha256, one.path) for one in tags))
    files = sorted([*payload, *tags, last], key=lambda one: one.path.encode())
    if wrong := [one.path for one in files if not _PATH.fullmatch(one.path)]:
        return [f"{path}: a path in a package has plain letters, digits, points and dashes" for path in wrong]
    return Plan(asked.name, tuple(files), b"".join(last.read()))


def _faults(asked: Asked) -> Iterator[str]:
    """Every reason against it: one recipient, one purpose, nothing unproved, nobody who did not agree."""
    if not NAME.fullmatch(asked.name):
        raise ValueError("the name of a package is P- and six letters or digits")
    if not asked.exhibits and not asked.more:
        yield "There is nothing in it. Choose items."
    if not asked.recipient or not asked.purpose:
        yield "A package has one recipient and one purpose."
    if not asked.consents and not asked.alone:
        yield "Nobody's consent is named. Name whose it rests on, or say why it shows and names nobody."
    for one in asked.consents:
        if (one.recipient, one.purpose) != (asked.recipient, asked.purpose):
            yield f"{one.person} agreed to another recipient or purpose."
        if one.expiry is not None and one.expiry < asked.day:
            yield f"What {one.person} agreed to has ended."
    for exhibit in asked.exhibits:
        yield from _faults_of(exhibit, asked.name)


def _faults_of(one: Exhibit, name: str) -> Iterator[str]:
    if one.facts.get("label") in NEVER or one.facts.get("authenticity") in NEVER:
        yield f"{one.code}: what was played or invented is no evidence."
    if one.original is None and not one.copies:
        yield f"{one.code}: neither the original nor a copy of it was chosen."
    if any(not copy.cleared for copy in one.copies):
        yield f"{one.code}: a copy is not cleared by two people."
    if broken := custody.first_break(one.custody):
        yield f"{one.code}: the chain of custody breaks at line {broken.seq}: {broken.why}."
    elif not one.custody or f'"act":"packaged","object":"{name}"' not in one.custody[-1]:
        yield f"{one.code}: its custody does not end with this package."
    elif one.original is not None and batch.commitment(one.salt, one.original.read()).hex() != _first(one.custody):
        yield f"{one.code}: the original is not the file that was received. Do not go on: see what happened to it."


def _first(lines: Sequence[str]) -> str:
    """What was committed to when the item came."""
    return str(json.loads(lines[0])["commit"])


def _media(asked: Asked) -> Iterator[Laid]:
    for one in asked.exhibits:
        if one.original is not None:
            yield one.original
        yield from (copy.file for copy in one.copies)
        yield laid(f"data/custody/{one.code}.jsonl", custody.text(one.custody), "application/jsonl")


def _proofs(asked: Asked) -> list[Proof]:
    """Which list holds what: the original where it goes along, and the longest run of custody that a list holds."""
    lists = [(one.week, batch.read(one.text).lines) for one in sorted(asked.lists, key=lambda one: one.week)]
    found = []
    for one in asked.exhibits:
        if one.original is not None:
            week = next((week for week, lines in lists if _first(one.custody) in lines), "")
            found.append(Proof(one.code, "original", 0, f"{one.code}.salt", week))
        for count in range(len(one.custody), 0, -1):
            said = batch.commitment(one.custody_salt, [custody.text(one.custody[:count])]).hex()
            if week := next((week for week, lines in lists if said in lines), ""):
                break
        else:
            count, week = 0, ""
        found.append(Proof(one.code, "custody", count, f"{one.code}.custody.salt", week))
    return found


def _proof_files(asked: Asked, proofs: Sequence[Proof]) -> Iterator[Laid]:
    yield laid("data/proofs/index.csv", csv_of(INDEX, ([one.exhibit, one.what, str(one.lines), one.salt_file, one.week]
                                                       for one in proofs)), "text/csv")
    for one in asked.exhibits:
        if one.original is not None:
            yield laid(f"data/proofs/{one.code}.salt", one.salt)
        yield laid(f"data/proofs/{one.code}.custody.salt", one.custody_salt)
    needed = {one.week for one in proofs}
    for each in asked.lists:
        if each.week in needed:
            yield laid(f"data/proofs/batches/{each.week}.txt", each.text)
            for slot, token in each.tokens.items():
                yield laid(f"data/proofs/batches/{each.week}.{slot}.tsr", token, "application/timestamp-reply")


def _rows(asked: Asked, proofs: Sequence[Proof]) -> Iterator[list[str]]:
    weeks = {one.exhibit: one.week for one in proofs if one.what == "original"}
    for one in asked.exhibits:
        said = [one.facts.get(name, "") for name in ("received", "origin", "authenticity", "label", "exposure")]
        last = [one.facts.get("sources", ""), one.facts.get("note", "")]
        if one.original is not None:
            yield [one.code, "original", one.original.path, one.original.sha256, one.original.media_type,
                   str(one.original.size), *said, "", "", weeks.get(one.code, ""), *last]
        for copy in one.copies:
            yield [one.code, copy.number, copy.file.path, copy.file.sha256, copy.file.media_type, str(copy.file.size),
                   *said, "original", copy.operations, "", *last]


def _info(asked: Asked, payload: Sequence[Laid]) -> bytes:
    said = {"External-Identifier": asked.name, "Bagging-Date": asked.day.isoformat(),
            "Payload-Oxum": f"{sum(one.size for one in payload)}.{len(payload)}", "Waystation-Format": "1",
            "Waystation-Copy": asked.mark}
    return "".join(f"{name}: {value}\n" for name, value in said.items()).encode("ascii")


def _manifest(rows: Iterable[tuple[str, str]]) -> bytes:
    return "".join(f"{digest}  {path}\n" for digest, path in sorted(rows, key=lambda row: row[1].encode())).encode()


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
