"""The organisation's last key: never on a server, on three sheets of words, of which two are enough.

    secret 32 B --HKDF "waystation/1/recovery"--> ML-KEM seed 64 | X25519 32 | Ed25519 seed 32
    sheets: SLIP-39, one group, two of three, 33 words each

The server only ever sees the public text. Every vault is granted to this key, as principal of 16 zero bytes.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import combinations
from typing import cast

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics
from shamir_mnemonic.rs1024 import verify_checksum

from waystation.contexts import ctx
from waystation.vault.keys import CURVE, WITHOUT_SIGNING, Bundle, hkdf
from waystation.vault.refused import Refused
from waystation.vault.words import PLACE, words_of

RECOVERY_PRINCIPAL = bytes(16)
SHEETS, ENOUGH, WORDS = 3, 2, 33
CHECKSUM = b"shamir_extendable"
TITLE = "WAYSTATION-RECOVERY-1"


@dataclass(frozen=True, slots=True)
class Public:
    """What the server knows of the recovery key: where to grant to, and whose grants it may make in a ceremony."""

    bundle: Bundle
    signing_key: bytes

    @property
    def words(self) -> str:
        """Eight words, printed on each sheet too: a swapped key is seen by comparing them."""
        return words_of(int.from_bytes(sha256(ctx("words", self.bundle.raw + self.signing_key)).digest()[:10], "big"))


@dataclass(frozen=True, slots=True)
class Recovery:
    """The recovery key, in the memory of an offline machine."""

    secret: bytes = field(repr=False)

    @classmethod
    def new(cls) -> Recovery:
        """A random one."""
        return cls(os.urandom(32))

    @property
    def _keys(self) -> tuple[bytes, bytes, bytes]:
        whole = hkdf(self.secret, "waystation/1/recovery", 128)
        return whole[:64], whole[64:96], whole[96:]

    @property
    def public(self) -> Public:
        """What the server may know."""
        ml_kem, x25519, ed25519 = self._keys
        kem = MLKEM768PrivateKey.from_seed_bytes(ml_kem).public_key().public_bytes_raw()
        curve = X25519PrivateKey.from_private_bytes(x25519).public_key().public_bytes_raw()
        sign = Ed25519PrivateKey.from_private_bytes(ed25519).public_key().public_bytes_raw()
        return Public(Bundle(kem + curve), sign)

    @property
    def bundle(self) -> Bundle:
        """Public keys to grant to."""
        return self.public.bundle

    @property
    def decryption(self) -> tuple[bytes, bytes]:
        """ML-KEM seed and X25519 key, for `grants.open_recovery_grant`."""
        ml_kem, x25519, _ = self._keys
        return ml_kem, x25519

    def sign(self, message: bytes) -> bytes:
        """Ed25519, 64 bytes: grants made in a ceremony."""
        return Ed25519PrivateKey.from_private_bytes(self._keys[2]).sign(message)

    def sheets(self) -> tuple[str, str, str]:
        """Three sheets of 33 words. Each call draws new ones, which do not mix with others.

        >>> key = Recovery.new()
        >>> one, two, three = key.sheets()
        >>> combine([one, three]) == key
        True
        """
        made = generate_mnemonics(1, [(ENOUGH, SHEETS)], self.secret, extendable=True, iteration_exponent=1)[0]
        return cast(tuple[str, str, str], tuple(made))


def read_sheet(text: str, *, name: str = "the sheet") -> str:
    """33 words as somebody typed them. Raises `Refused`: "sheets", with which sheet and which word."""
    words = re.split(r"[\s\-]+", text.strip().lower())
    for place, word in enumerate(words, 1):
        if word not in PLACE:
            raise Refused("sheets", f"{name}: word {place} is not in the list of words. Read it again")
    if len(words) != WORDS:
        raise Refused("sheets", f"{name} has {len(words)} words; a sheet has {WORDS}")
    places = [PLACE[word] for word in words]
    if not verify_checksum(places, CHECKSUM):
        raise Refused("sheets", f"{name}: {_misread(places)}. Read it again")
    return " ".join(words)


def _misread(places: list[int]) -> str:
    """Where a wrong word stands, if it is one: the right one is not told, it has to be read."""
    for at, word in enumerate(places):
        for other in range(1024):
            places[at] = other
            if verify_checksum(places, CHECKSUM):
                return f"word {at + 1} is another word of the list"
        places[at] = word
    return "more than one word is wrong, or this is no recovery sheet"


def combine(sheets: Iterable[str]) -> Recovery:
    """The recovery key out of two sheets. Raises `Refused`: "sheets", with which sheet and which word."""
    read = list(dict.fromkeys(read_sheet(text, name=f"sheet {number}") for number, text in enumerate(sheets, 1)))
    if len(read) < ENOUGH:
        raise Refused("sheets", f"two different sheets are needed; {len(read)} was given")
    try:
        secrets = [combine_mnemonics(pair) for pair in combinations(read, ENOUGH)]  # a third sheet is checked too
    except MnemonicError:
        raise Refused("sheets", "these sheets are not of one set: each `recover new` makes a set of its own") from None
    return Recovery(secrets[0])


def public_text(recovery: Recovery) -> str:
    """The small file that the server is given: it holds no secret."""
    public = recovery.public
    keys = [f"bundle {public.bundle.raw.hex()}", f"ed25519 {public.signing_key.hex()}"]
    return "\n".join([TITLE, *keys, f"words {public.words}", ""])


def read_public(text: str) -> Public:
    """Read that file; the words in it must be those of the keys in it. Raises `Refused`: "recovery"."""
    lines = [line.strip() for line in text.strip().splitlines()]
    found = dict(line.split(" ", 1) for line in lines[1:] if " " in line)
    if not lines or lines[0] != TITLE or set(found) != {"bundle", "ed25519", "words"}:
        raise Refused("recovery", f"this is not the file that `recover new` wrote: it begins with {TITLE}")
    try:
        bundle, signing_key = bytes.fromhex(found["bundle"]), bytes.fromhex(found["ed25519"])
    except ValueError:
        raise Refused("recovery", "a line of this file is damaged: copy it again") from None
    if len(bundle) != WITHOUT_SIGNING or len(signing_key) != CURVE:
        raise Refused("recovery", "a line of this file is cut short: copy it again")
    public = Public(Bundle(bundle), signing_key)
    if public.words != found["words"]:
        raise Refused("recovery", "the keys in this file are not those of its words: it was damaged or exchanged")
    return public
