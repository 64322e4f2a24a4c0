"""The recovery ceremony: what the office asks, and what a machine without a network answers.

    request  01 52 | organisation 16 | nonce 16 | recovery key 32 | officers u8, each Ed25519 32 | holder
             | people u32, each person | vaults u32, each vault 16 | kind u8 | version u32 | grant
             | SHA-256 of all before 32
    person   account 16 | bundle 1,248 | certificate 64
    answer   01 41 | digest of the request 32 | holder 16 | SHA-256 of the holder's bundle 32
             | two countries, each u8 | text | not opened u32, each vault 16
             | vaults u32, each vault 16 | kind u8 | version u32 | grant P 1,250
             | signature of the recovery key 64, over ctx("ceremony", all before)

A request holds what the recovery key was granted, without the host layer, and everybody whose certificate may explain
who granted it. An answer holds the same keys for one holder. Neither opens anything for whoever finds it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from waystation.contexts import ctx, u8, u32
from waystation.vault.grants import OWN, PERSON, SIZES, grant_signed, open_recovery_grant
from waystation.vault.keys import WHOLE, Bundle, certified, signed_by
from waystation.vault.recovery import RECOVERY_PRINCIPAL, Public, Recovery
from waystation.vault.refused import Refused
from waystation.vault.words import words_of

REQUEST, ANSWER = b"\x01R", b"\x01A"
COUNTRY = 60  # bytes of UTF-8
ID, DIGEST, SIGNATURE = 16, 32, 64


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody's public keys, and a key officer's signature under them."""

    id: bytes
    bundle: Bundle
    certificate: bytes

    @property
    def raw(self) -> bytes:
        """As it stands in a request."""
        return self.id + self.bundle.raw + self.certificate


@dataclass(frozen=True, slots=True)
class Wrapped:
    """The key of a vault, wrapped: for the recovery key in a request, for the new holder in an answer."""

    vault: bytes
    kind: int
    version: int
    wrap: bytes

    @property
    def raw(self) -> bytes:
        """As it stands in a file."""
        return self.vault + u8(self.kind) + u32(self.version) + self.wrap


@dataclass(frozen=True, slots=True)
class Request:
    """What the office asks of the custodians: these vaults, for this person."""

    organisation: bytes
    nonce: bytes                      # no two requests are alike: an answer to one answers no other
    key: bytes                        # which recovery key (`key_of`)
    officers: tuple[bytes, ...]       # whose certificates count
    holder: Person
    people: tuple[Person, ...]        # whoever may have granted one of them
    vaults: tuple[Wrapped, ...]

    @property
    def _body(self) -> bytes:
        officers = u8(len(self.officers)) + b"".join(self.officers)
        return b"".join([REQUEST, self.organisation, self.nonce, self.key, officers, self.holder.raw,
                         u32(len(self.people)), *(one.raw for one in self.people),
                         u32(len(self.vaults)), *(one.raw for one in self.vaults)])

    @property
    def raw(self) -> bytes:
        """The file."""
        body = self._body
        return body + sha256(body).digest()

    @property
    def digest(self) -> bytes:
        """What an answer must name."""
        return sha256(self._body).digest()

    @property
    def words(self) -> str:
        """Eight words that the console prints and the other machine shows: an exchanged file is seen by them."""
        return words_of(int.from_bytes(sha256(ctx("words", self.digest)).digest()[:10], "big"))


@dataclass(frozen=True, slots=True)
class Answer:
    """What the custodians give back."""

    request: bytes                    # its digest
    holder: bytes
    bundle: bytes                     # SHA-256 of the holder's bundle
    countries: tuple[str, str]        # where the two sheets are kept
    unopened: tuple[bytes, ...]       # vaults whose grant to the recovery key is damaged, or that nobody entitled gave
    vaults: tuple[Wrapped, ...]
    signature: bytes = b""

    @property
    def _body(self) -> bytes:
        said = [text.encode() for text in self.countries]
        return b"".join([ANSWER, self.request, self.holder, self.bundle, *(u8(len(text)) + text for text in said),
                         u32(len(self.unopened)), *self.unopened,
                         u32(len(self.vaults)), *(one.raw for one in self.vaults)])

    @property
    def raw(self) -> bytes:
        """The file."""
        return self._body + self.signature

    def signed(self, sign: Callable[[bytes], bytes]) -> Answer:
        """With the signature of the recovery key."""
        return replace(self, signature=sign(ctx("ceremony", self._body)))


def key_of(public: Public) -> bytes:
    """Which recovery key: SHA-256 of both its public halves."""
    return sha256(public.bundle.raw + public.signing_key).digest()


def country_fits(text: str) -> bool:
    """Whether this may be the name of a country: a few printable letters, which the record of acts has room for.

    >>> country_fits("대한민국"), country_fits("")
    (True, False)
    """
    return 0 < len(text.encode()) <= COUNTRY and text.isprintable() and not set(text) & set('"\\')


def respond(request: Request, recovery: Recovery, countries: tuple[str, str]) -> Answer:
    """Give the holder what the request asks for, on a machine without a network.

    A grant that does not open, or that nobody with a certificate signed, is left out and named: one damaged row must
    not keep the rest from coming back. Raises `Refused`: "key", "country", and "nothing" if none of them opens.
    """
    public, signer, holder = recovery.public, _signer(request), request.holder
    given, left = list[Wrapped](), list[bytes]()
    if key_of(public) != request.key:
        raise Refused("key", f"these sheets are of another recovery key than this office's: {public.words}")
    if not all(map(country_fits, countries)):
        raise Refused("country", f"a country is a word or two, at most {COUNTRY} bytes")
    for one in request.vaults:
        try:
            opened = open_recovery_grant(one.wrap, *recovery.decryption, vault=one.vault, kind=one.kind,
                                         version=one.version, bundle=public.bundle, signer=signer)
        except Refused:
            left.append(one.vault)
            continue
        wrap = grant_signed(recovery.sign, RECOVERY_PRINCIPAL, holder.bundle, principal=holder.id, vault=one.vault,
                            kind=one.kind, version=one.version, dek=opened.dek)
        given.append(replace(one, wrap=wrap))
    if not given:
        raise Refused("nothing", "none of these records opens with the recovery key. Ask the office for a new request")
    return Answer(request.digest, holder.id, holder.bundle.digest, countries, tuple(left),
                  tuple(given)).signed(recovery.sign)


def _signer(request: Request) -> Callable[[bytes], bytes]:
    """The signing key of whoever granted something, if an officer certified it."""
    people = {one.id: one for one in request.people}

    def key_of_granter(granter: bytes) -> bytes:
        one = people.get(granter)
        if one is None or not certified(one.certificate, one.id, one.bundle, request.officers):
            raise Refused("certificate")
        return one.bundle.signing_key

    return key_of_granter


# ------------------------------------------------------------------------------------------------------------- reading
class _Reader:
    """Bytes, taken from the front."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, size: int) -> bytes:
        self.at += size
        if self.at > len(self.data):
            raise Refused("short", "this file ends too early: copy it again")
        return self.data[self.at - size:self.at]

    def number(self, width: int) -> int:
        return int.from_bytes(self.take(width), "big")

    def ids(self) -> tuple[bytes, ...]:
        return tuple(self.take(ID) for _ in range(self.number(4)))

    def person(self) -> Person:
        return Person(self.take(ID), Bundle(self.take(WHOLE)), self.take(SIGNATURE))

    def vaults(self, forms: Sequence[bytes]) -> tuple[Wrapped, ...]:
        found = tuple(self._vault(forms) for _ in range(self.number(4)))
        if self.at != len(self.data) or len({one.vault for one in found}) != len(found):
            raise Refused("length", "this file says something twice, or more than it should: copy it again")
        return found

    def _vault(self, forms: Sequence[bytes]) -> Wrapped:
        vault, kind, version, form = self.take(ID), self.number(1), self.number(4), self.data[self.at + 1:self.at + 2]
        if form not in forms:
            raise Refused("form", "this file holds grants of a form that does not belong there")
        return Wrapped(vault, kind, version, self.take(SIZES[form]))


def _of_kind(raw: bytes, head: bytes, what: str) -> None:
    if raw[:2] != head:
        raise Refused("version", f"this is no {what}, or one of a newer release")


def read_request(raw: bytes) -> Request:
    """A request as it was carried here.

    Raises `Refused`: "version", "digest" (damaged), "short", "length", "form", "certificate" (no officer confirmed the
    holder).
    """
    _of_kind(raw, REQUEST, "request of an office")
    body, digest = raw[:-DIGEST], raw[-DIGEST:]
    if sha256(body).digest() != digest:
        raise Refused("digest", "this request was damaged or cut on its way: copy it again")
    said = _Reader(body[2:])
    organisation, nonce, key = said.take(ID), said.take(ID), said.take(DIGEST)
    officers = tuple(said.take(DIGEST) for _ in range(said.number(1)))
    holder = said.person()
    people = tuple(said.person() for _ in range(said.number(4)))
    vaults = said.vaults([form for form in SIZES if form != OWN])
    if not certified(holder.certificate, holder.id, holder.bundle, officers):
        raise Refused("certificate", "no officer confirmed the keys of the person who is to read")
    return Request(organisation, nonce, key, officers, holder, people, vaults)


def read_answer(raw: bytes, signing_key: bytes) -> Answer:
    """An answer as it was carried back, if the recovery key signed it.

    Raises `Refused`: "version", "signature" (damaged, or by another key), "short", "length", "form".
    """
    _of_kind(raw, ANSWER, "answer of a ceremony")
    body, signature = raw[:-SIGNATURE], raw[-SIGNATURE:]
    if not signed_by(signing_key, signature, ctx("ceremony", body)):
        raise Refused("signature", "the recovery key of this office did not sign this: it was changed, or is another's")
    said = _Reader(body[2:])
    request, holder, bundle = said.take(DIGEST), said.take(ID), said.take(DIGEST)
    first, second = (str(said.take(said.number(1)), "utf-8", "replace") for _ in range(2))
    return Answer(request, holder, bundle, (first, second), said.ids(), said.vaults([PERSON]), signature)
