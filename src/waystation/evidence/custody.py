"""Who had an item in their hands: one line of JSON for each event, each holding the hash of the line before it.

A line names no person: `actor` is a code of this item alone, and `commit` is salted, so that a line may travel without
the file it is about. A shell checks the chain; where the last line stood is shown by commitments in the weekly lists.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

START = "0" * 64
ACTS = ("received", "hashed", "quarantined", "released", "refused", "sealed", "imported-proof", "derived", "checked",
        "original-opened", "original-downloaded", "moved-vault", "granted", "ended", "packaged", "handed-over",
        "returned", "recalled", "corrected", "fixity-ok", "fixity-failed", "shredded")
WHYS = ("intake", "questions", "fiction", "re-enactment", "not-evidence", "redact-faces", "redact-places",
        "redact-marks", "redact-other", "clean", "second-reader", "verification", "court", "package", "sign-in",
        "recipient", "recall", "correction", "two-people")
FIELDS = ("seq", "utc", "act", "object", "commit", "actor", "why", "prev")
_OBJECT = re.compile(r"original|D-\d\d+|S-\d\d+|P-[0-9A-HJKMNP-TV-Z]{6}", re.ASCII)
_ACTOR = re.compile(r"a-[a-z2-7]{4}", re.ASCII)
_HEX = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Break:
    """The first line that does not fit, and why."""

    seq: int
    why: str


def line_hash(line: str) -> str:
    r"""The hash of a line with its newline: what `printf '%s\n' "$line" | sha256sum` prints.

    >>> line_hash("{}")[:16]
    'ca3d163bab055381'
    """
    return sha256(f"{line}\n".encode("ascii")).hexdigest()


def head(lines: Sequence[str]) -> str:
    """What the next line will hold as `prev`."""
    return line_hash(lines[-1]) if lines else START


def next_line(lines: Sequence[str], *, at: datetime, act: str, object: str, commit: bytes, actor: str,  # noqa: A002
              why: str) -> str:
    """The line that comes after these. Raises `ValueError` for a word that is not in the closed lists.

    >>> from datetime import datetime, UTC
    >>> print(next_line([], at=datetime(2030, 5, 1, tzinfo=UTC), act="received", object="original",
    ...                 commit=bytes(32), actor="a-4f7q", why="intake")[:70])
    {"seq":1,"utc":"2030-05-01T00:00:00Z","act":"received","object":"origi
    """
    said = {"seq": len(lines) + 1, "utc": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), "act": act,
            "object": object, "commit": commit.hex(), "actor": actor, "why": why, "prev": head(lines)}
    if fault := _fault(said):
        raise ValueError(fault)
    return json.dumps(said, separators=(",", ":"), ensure_ascii=True)


def first_break(lines: Sequence[str], *, end: str | None = None) -> Break | None:
    """Walk a chain; None if every line holds. `end` is the hash that its last line is known to have."""
    before, utc = START, ""
    for seq, line in enumerate(lines, 1):
        try:
            said = json.loads(line)
            written = json.dumps(said, separators=(",", ":"), ensure_ascii=True)
        except ValueError:
            return Break(seq, "the line is not JSON")
        if not isinstance(said, dict) or tuple(said) != FIELDS or written != line:
            return Break(seq, "the line is not written as a line of custody is")
        if said["seq"] != seq or said["seq"] is True:
            return Break(seq, f"line {seq} is missing or moved: here stands {said['seq']}")
        if said["prev"] != before:
            return Break(seq, "the line before it was changed, taken out or put in")
        if fault := _fault(said):
            return Break(seq, fault)
        if said["utc"] < utc:
            return Break(seq, "the line says an earlier time than the one before it")
        before, utc = line_hash(line), said["utc"]
    if end is not None and before != end:
        return Break(len(lines), "the last line is not the one that is known")
    return None


def _fault(said: dict[str, object]) -> str:
    closed = {"act": ACTS, "why": WHYS}
    for name, words in closed.items():
        if said[name] not in words:
            return f"{name}: not in the list of words"
    shapes = {"object": _OBJECT, "actor": _ACTOR, "commit": _HEX, "prev": _HEX}
    for name, shape in shapes.items():
        if not isinstance(said[name], str) or not shape.fullmatch(str(said[name])):
            return f"{name}: not written as it must be"
    return ""


def text(lines: Sequence[str]) -> bytes:
    """A chain as a file."""
    return "".join(f"{line}\n" for line in lines).encode("ascii")
