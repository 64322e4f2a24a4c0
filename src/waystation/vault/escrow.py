"""The host key for the day the server is gone: one small file beside every backup, which two sheets open.

    0x01 | HPKE to the recovery key [ the whole text of host.key ], info = ctx("hostkey", organisation)

It is overwritten at each change of the host key and never kept in versions: an older one would open older backups, and
with them what was shredded since. Nobody signs it. Whoever may write where it lies can destroy it, or leave a host key
of their own there, which opens no row of this office.
"""

from __future__ import annotations

from waystation.contexts import ctx
from waystation.vault.grants import ENCAPSULATED, TAG
from waystation.vault.host import HostKeys
from waystation.vault.keys import Bundle, decrypt
from waystation.vault.recovery import Recovery
from waystation.vault.refused import Refused

VERSION = b"\x01"
ORGANISATION = 16
LONGEST = 4_096  # bytes of a file; a host key with two epochs needs some 1,330
ANOTHER = "this escrow is of another office or another recovery key, or it was damaged"


def sealed(text: str, organisation: bytes, bundle: Bundle) -> bytes:
    """The escrow file of a host.key. Raises `ValueError` if the text is none, or the organisation's id has no 16 bytes.

    >>> from datetime import date
    >>> key, text = Recovery.new(), HostKeys.new(date(2026, 1, 1)).text()
    >>> opened(sealed(text, bytes(16), key.bundle), bytes(16), key) == text
    True
    """
    HostKeys.parse(text)
    return VERSION + bundle.encrypt(text.encode("ascii"), _context(organisation))


def opened(data: bytes, organisation: bytes, recovery: Recovery) -> str:
    """The text of host.key in an escrow file.

    Raises `Refused`: "length", "version", "escrow" (sealed for others, or damaged), "host" (it holds no host key).
    """
    if not 1 + ENCAPSULATED + TAG < len(data) <= LONGEST:
        raise Refused("length", f"an escrow file has some 1,300 bytes; this one has {len(data):,}")
    if data[:1] != VERSION:
        raise Refused("version", f"this is no escrow file, or one of a newer release: it begins with {data[0]:02x}")
    try:
        plain = decrypt(*recovery.decryption, data[1:], _context(organisation))
    except Refused:
        raise Refused("escrow", ANOTHER) from None
    try:
        text = plain.decode("ascii")
        HostKeys.parse(text)
    except ValueError:
        raise Refused("host", "this escrow opens, and what it holds is no host key: somebody else made it") from None
    return text


def _context(organisation: bytes) -> bytes:
    if len(organisation) != ORGANISATION:
        raise ValueError("the id of an organisation has 16 bytes")
    return ctx("hostkey", organisation)
