"""What the people who answer a demand can open, counted exactly: the union of what each of them counted for themself.

Only somebody's own keys say of which type a vault is, so each counts on the page of the demand. What is kept of a count
is a keyed mark for each vault under its type, so that what two of them hold counts once, and a digest of the whole set,
so that a count that has become untrue is seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b, sha256

MARK = 8  # bytes


@dataclass(frozen=True, slots=True)
class Count:
    """What one person could open when they counted."""

    by: bytes
    at: datetime
    of: str                                                  # digest of the set
    types: Mapping[str, frozenset[str]] = field(repr=False)  # type -> marks
    broken: int = 0


def digest_of(vaults: Iterable[bytes]) -> str:
    """A digest of a set of vaults, whatever their order.

    >>> digest_of([b"b", b"a"]) == digest_of([b"a", b"b"]) != digest_of([b"a"])
    True
    """
    return sha256(b"".join(sorted(vaults))).hexdigest()


def marks_of(held: Mapping[bytes, str], salt: bytes) -> dict[str, str]:
    """For each type the marks of its vaults, one after the other, in no telling order.

    >>> {name: len(marks) for name, marks in marks_of({b"a": "case", b"b": "case", b"c": "money"}, b"s").items()}
    {'case': 32, 'money': 16}
    """
    found: dict[str, list[str]] = {}
    for vault, type_ in held.items():
        found.setdefault(type_, []).append(blake2b(vault, key=salt, digest_size=MARK).hexdigest())
    return {type_: "".join(sorted(marks)) for type_, marks in sorted(found.items())}


def apart(marks: str) -> frozenset[str]:
    """Marks that were written one after the other."""
    size = 2 * MARK
    return frozenset(marks[place:place + size] for place in range(0, len(marks), size))


def together(counts: Iterable[Count]) -> dict[str, int]:
    """How many vaults of each type somebody of them could open: what two hold counts once.

    >>> now = datetime(2030, 5, 1)
    >>> one, two = (Count(b"1", now, "", {"case": frozenset("ab")}), Count(b"2", now, "", {"case": frozenset("bc")}))
    >>> together([one, two])
    {'case': 3}
    """
    found: dict[str, set[str]] = {}
    for count in counts:
        for type_, marks in count.types.items():
            found.setdefault(type_, set()).update(marks)
    return {type_: len(marks) for type_, marks in sorted(found.items())}
