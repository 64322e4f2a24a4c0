"""A statement as a tree of versions: recording, transcript, translation, read back, correction, recantation.

Nothing is ever overwritten: each version commits to its own words (SHA-256 of salt and words) and to the line of the
version before it, so a word changed, a version taken out or put in between is found by whoever reads. A machine's draft
is a version too, and nothing rests on it until a person made a checked version from it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from types import MappingProxyType

from waystation.testimony.refused import Refused

KINDS: Mapping[str, str] = MappingProxyType({
    "recording": "recording", "transcript": "written down as spoken", "translation": "translation",
    "read_back": "read back to the witness", "correction": "corrected by the witness", "recantation": "taken back",
})
WORDS = frozenset({"transcript", "translation", "read_back", "correction"})  # versions that say something of the matter
FROM: Mapping[str, frozenset[str]] = MappingProxyType({  # from which versions one is made; "" is from none
    "recording": frozenset({""}),
    "transcript": frozenset({"", "recording", "transcript"}),
    "translation": frozenset({"transcript", "translation", "correction", "read_back"}),
    "read_back": frozenset({"transcript", "translation", "correction"}),
    "correction": WORDS,
    "recantation": WORDS | {"recording", "recantation"},
})
CIRCUMSTANCES: Mapping[str, str] = MappingProxyType({
    "custody": "they are in custody", "relatives": "relatives are inside", "paid": "they were paid",
    "filmed": "a State filmed it",
})
NOWHERE = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version. `of` is the number of the one it was made from, 0 for none; `machine`: no person checked it."""

    n: int
    kind: str
    language: str
    of: int
    day: date
    method: str
    machine: bool
    salt: str
    commit: str
    before: str  # digest of the line of the version before
    tool: str = ""
    text: str = field(default="", repr=False)
    maker: str = ""
    circumstances: Mapping[str, str] = field(default_factory=dict, repr=False)  # of a recantation: yes, no, unknown

    @property
    def line(self) -> bytes:
        """What is said of it without its words: what the next version commits to."""
        said = {"n": self.n, "kind": self.kind, "language": self.language, "from": self.of, "day": self.day.isoformat(),
                "method": self.method, "machine": self.machine, "tool": self.tool, "commit": self.commit,
                "before": self.before}
        return json.dumps(said, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"


class Overwritten(ValueError):
    """A version is not the one that was kept: its number, and what does not fit. Nothing rests on such a statement."""


def committed(salt: str, text: str) -> str:
    """The commitment to some words: it tells nothing of them to whoever has no salt.

    >>> committed("00" * 32, "x") == committed("00" * 32, "y")
    False
    """
    return sha256(bytes.fromhex(salt) + text.encode()).hexdigest()


def after(versions: Sequence[Version]) -> str:
    """What the next version commits to."""
    return sha256(versions[-1].line).hexdigest() if versions else NOWHERE


def check(versions: Sequence[Version]) -> None:
    """Raise `Overwritten` if any version is not as it was kept."""
    before = NOWHERE
    for place, one in enumerate(versions, 1):
        if one.n != place:
            raise Overwritten(f"version {place} is missing or stands elsewhere")
        if one.before != before:
            raise Overwritten(f"version {place} does not follow on the one before it")
        if one.commit != committed(one.salt, one.text):
            raise Overwritten(f"the words of version {place} are not those that were kept")
        before = sha256(one.line).hexdigest()


def may_add(versions: Sequence[Version], kind: str, of: int) -> Refused | None:
    """Whether a version of a kind may be made from another one; None if it may."""
    if kind not in FROM:
        return Refused("H-39", "This is no kind of version.")
    parent = _at(versions, of)
    if of and parent is None:
        return Refused("H-39", "There is no such version to make this one from.")
    if (parent.kind if parent else "") not in FROM[kind]:
        return Refused("H-39", "This kind of version is not made from that one. Choose the version it was made from.")
    return None


def quotable(versions: Sequence[Version], n: int) -> Refused | None:
    """Whether words of a version may be quoted, or a claim taken from them; None if they may."""
    one = _at(versions, n)
    if one is None or one.kind not in WORDS:
        return Refused("H-39", "There are no words of the witness in this version. Choose one that has them.")
    if one.machine:
        return Refused("H-39", "A machine made this draft. First a person makes a checked version from it.")
    return None


def codable(versions: Sequence[Version], n: int) -> Refused | None:
    """Whether an act may be coded from words of a version: quotable, and read back to the witness."""
    if (no := quotable(versions, n)) is not None:
        return no
    heard = {"read_back", "correction"}
    line = [*lineage(versions, n), *(one for one in versions if n in {other.n for other in lineage(versions, one.n)})]
    if not any(one.kind in heard for one in line):
        return Refused("H-39", "It was not read back to the witness yet. Read it back, then code it.")
    return None


def lineage(versions: Sequence[Version], n: int) -> tuple[Version, ...]:
    """A version and those it was made from, the newest first."""
    found, one = list[Version](), _at(versions, n)
    while one is not None and one not in found:
        found.append(one)
        one = _at(versions, one.of)
    return tuple(found)


def recanted(versions: Sequence[Version], n: int) -> Version | None:
    """The recantation by which the words of a version were taken back: any that came after it."""
    return next((one for one in versions if one.kind == "recantation" and one.n > n), None)


def _at(versions: Sequence[Version], n: int) -> Version | None:
    return next((one for one in versions if one.n == n), None)
