"""One list of 1,024 words (SLIP-39: 4 to 8 letters, unique in the first four) for passphrases, sheets and fingerprints.

Passphrases are generated, never chosen: eight words are 80 bits, and a seized disk is only as safe as that number.
"""

from __future__ import annotations

import os
import re

from shamir_mnemonic.wordlist import WORDLIST

from waystation.vault.refused import Refused

COUNT = 8
PLACE = {word: place for place, word in enumerate(WORDLIST)}


def new_passphrase() -> str:
    """Eight random words, one space between them.

    >>> read_words(new_passphrase()) != read_words(new_passphrase())
    True
    """
    return words_of(int.from_bytes(os.urandom(10), "big"))


def words_of(number: int) -> str:
    """80 bits as eight words, most significant first."""
    return " ".join(WORDLIST[number >> (10 * place) & 1023] for place in reversed(range(COUNT)))


def read_words(text: str) -> str:
    """Eight words as somebody typed them: letter case, spaces and hyphens do not matter. Raises `Refused`: "words".

    >>> read_words("  Academic-acid acne ACQUIRE acrobat activity actress adapt ")
    'academic acid acne acquire acrobat activity actress adapt'
    """
    words = re.split(r"[\s\-]+", text.strip().lower())
    if len(words) != COUNT or not all(word in PLACE for word in words):
        raise Refused("words")
    return " ".join(words)
