"""A slip for a witness outside: where the record of acts stands, in groups of digits that can be read over a telephone.

    office 4 digits · number of the last entry 12 · 64 of SHA-256(ctx("slip", organisation, number u64, entry's hash))

Twenty groups of five: four digits that count and one that catches a slip of the pen. 64 digits, because whoever may
write the record could prepare two records with one digest if it were short. It names nobody and says nothing of an act.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from waystation.contexts import ctx, u64

from .chain import Break

OFFICE, NUMBER, DIGEST = 4, 12, 64
COUNT = (OFFICE + NUMBER + DIGEST) // 4     # groups
IN_A_ROW = 5
LONGEST = 4_000                             # letters of what is typed; a slip with its sentences has a quarter of it
LINE = re.compile(r"[\d\s.,\-–—]+")         # a line that may hold groups; one with a word in it is a sentence
DAMM = ("0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
        "3674209581", "5869720134", "8945362017", "9438617205", "2581436790")


class Unreadable(ValueError):
    """This is no slip: `what` is wrong at which group (0: nowhere), as it was typed."""

    def __init__(self, what: str, group: int = 0, typed: str = "") -> None:
        super().__init__(f"{what} {group} {typed}".strip())
        self.what, self.group, self.typed = what, group, typed


@dataclass(frozen=True, slots=True)
class Slip:
    """Which office, how many entries, and what they and their order come down to."""

    office: str
    seq: int
    digest: str


class Stands(StrEnum):
    """What a slip shows of the record now."""

    AS_IT_DID = "as_it_did"
    ELSEWHERE = "elsewhere"     # it is of another office
    CUT = "cut"                 # the record ends before it
    ANEW = "anew"               # another entry stands at its place
    CHANGED = "changed"         # the entry is the same, and one before it is not
    AFTER = "after"             # up to it nothing was changed; something later was


@dataclass(frozen=True, slots=True)
class Judged:
    """The answer to a slip: `at` is the first entry that does not fit, or the last one that is there if it was cut."""

    slip: Slip
    stands: Stands
    last: int
    at: int = 0


def slip_of(organisation: bytes, seq: int, digest: bytes) -> Slip:
    """The slip of an entry.

    >>> one = slip_of(bytes(16), 7, bytes(32))
    >>> one.office, one.seq, len(one.digest), read(text(one)) == one
    ('0860', 7, 64, True)
    """
    if not 0 < seq < 10 ** NUMBER:
        raise ValueError(f"no entry has the number {seq}")
    return Slip(_digits(ctx("slip-office", organisation), OFFICE), seq,
                _digits(ctx("slip", organisation, u64(seq), digest), DIGEST))


def _digits(of: bytes, width: int) -> str:
    return f"{int.from_bytes(sha256(of).digest()) % 10 ** width:0{width}}"


def groups(slip: Slip) -> tuple[str, ...]:
    """The twenty groups."""
    plain = f"{slip.office}{slip.seq:0{NUMBER}}{slip.digest}"
    parts = (plain[at:at + 4] for at in range(0, len(plain), 4))
    return tuple(part + _check(part) for part in parts)


def rows(slip: Slip) -> tuple[tuple[str, ...], ...]:
    """The groups, five in a row."""
    of = groups(slip)
    return tuple(of[at:at + IN_A_ROW] for at in range(0, COUNT, IN_A_ROW))


def text(slip: Slip) -> str:
    """The groups as lines of text."""
    return "\n".join("  ".join(row) for row in rows(slip))


def _check(digits: str) -> str:
    """The digit of Damm: any one digit that is wrong, and any two neighbours that changed places, are noticed.

    >>> _check("572")
    '4'
    """
    at = 0
    for digit in digits:
        at = int(DAMM[at][int(digit)])
    return str(at)


def read(typed: str) -> Slip:
    """A slip as somebody typed it, or the whole text of its file. Raises `Unreadable` with the group that is wrong.

    >>> read("12345")
    Traceback (most recent call last):
    waystation.evidence.slip.Unreadable: digit 1 12345
    """
    if len(typed) > LONGEST:
        raise Unreadable("long")
    lines = [line for line in unicodedata.normalize("NFKC", typed).splitlines() if LINE.fullmatch(line)]
    found = re.findall(r"\d+", " ".join(lines))
    if len(found) == 1 and len(found[0]) == 5 * COUNT:      # typed without spaces
        found = [found[0][at:at + 5] for at in range(0, 5 * COUNT, 5)]
    for place, group in enumerate(found, 1):
        if len(group) != 5:
            raise Unreadable("width", place, group)
        if _check(group[:4]) != group[4]:
            raise Unreadable("digit", place, group)
    if len(found) != COUNT:
        raise Unreadable("count", len(found))
    plain = "".join(str(int(digit)) for group in found for digit in group[:4])      # digits of any script
    seq = int(plain[OFFICE:OFFICE + NUMBER])
    if not seq:
        raise Unreadable("number")
    return Slip(plain[:OFFICE], seq, plain[OFFICE + NUMBER:])


def judge(slip: Slip, there: Slip | None, *, last: int, broken: Break | None, office: str) -> Judged:
    """What a slip shows: `there` is the slip of the same entry as it stands now, `broken` the first break of the chain.

    >>> one = slip_of(bytes(16), 7, bytes(32))
    >>> judge(one, one, last=9, broken=None, office=one.office).stands.value
    'as_it_did'
    >>> judge(one, None, last=5, broken=None, office=one.office)
    Judged(slip=Slip(office='0860', seq=7, ...), stands=<Stands.CUT: 'cut'>, last=5, at=5)
    """
    if slip.office != office:
        return Judged(slip, Stands.ELSEWHERE, last)
    if broken is not None and broken.seq <= min(slip.seq, last):
        return Judged(slip, Stands.CHANGED, last, broken.seq)
    if last < slip.seq or there is None:
        return Judged(slip, Stands.CUT, last, last)
    if there != slip:
        return Judged(slip, Stands.ANEW, last, slip.seq)
    return Judged(slip, Stands.AS_IT_DID if broken is None else Stands.AFTER, last, broken.seq if broken else 0)
