"""An item as its payload says it, and what its answers decide: played and invented things are no evidence.

    body = {"sort": "item", "title", "origin", "creator", "acquired_from", "acquired_on", "how", "state", "salt",
            "custody_salt", "custody": [lines], "codes": {code: account}, "said": {seq: reason in free words},
            "original": {"file", "name", "format", "size", "sha256", "sha512"}, "answers": {...}, "copies": [...]}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext_noop

from waystation_web.records.record import OfRecord, Record
from waystation_web.vault.errors import Refused

TYPE, SORT = "item", "item"
NO_EVIDENCE = frozenset({"re-enactment", "fiction", "synthetic"})
PLAYED = gettext_noop("What was played, invented or made by a machine is no evidence, and is never kept as such. "
                      "Refuse it; if it matters, cite it in what you write.")
GIVEN_AWAY = gettext_noop("Others can be known again in it, or nobody looked yet. It goes out only as a copy in which "
                          "they are covered.")
COVERT = gettext_noop("A hidden camera took it. Whoever filmed it comes before anything that it could prove: nothing "
                      "of the original leaves, and a copy only after somebody asked whether they can be found by it.")


@dataclass(frozen=True, slots=True)
class Copy:
    """A working copy."""

    key: str
    number: str
    file: bytes
    format: str
    size: int
    sha256: str
    why: str
    boxes: int
    width: int
    height: int
    made_by: str
    appears: str = field(repr=False)
    found_by: str = field(repr=False)
    approval: Mapping[str, Any] = field(repr=False)
    entry: Mapping[str, Any] = field(repr=False)

    @property
    def cleared(self) -> bool:
        """Whether two people signed that it may be looked at by others."""
        return "used_at" in self.approval

    @property
    def asked(self) -> bool:
        """Whether one did."""
        return "asked_by" in self.approval and not self.cleared


@dataclass(frozen=True, slots=True)
class Item(OfRecord):
    """One item."""

    title: str = field(repr=False)
    state: str
    origin: str
    acquired_on: date
    answers: Mapping[str, Any] = field(repr=False)
    custody: tuple[str, ...] = field(repr=False)
    original: Mapping[str, Any] = field(repr=False)
    copies: tuple[Copy, ...] = field(repr=False)

    @property
    def exposure(self) -> str:
        """How hard it is to look at; until somebody said so, as hard as can be."""
        return str(self.answers.get("exposure", "graphic"))

    @property
    def covert(self) -> bool:
        """Whether a hidden camera took it, or may have."""
        return self.origin == "hidden" or self.answers.get("covert") in {"yes", "unknown"}

    @property
    def others_known(self) -> bool:
        """Whether others in it could be known again, as far as anybody looked."""
        return self.answers.get("thirds") in {"known", "unknown"}


def refusal(answers: Mapping[str, Any]) -> str:
    """Why an item with these answers is no evidence, as a code of custody; empty if it may be sealed.

    >>> refusal({"authenticity": "original", "label": "footage"}), refusal({"label": "fiction"})
    ('', 'fiction')
    """
    for name in ("label", "authenticity"):
        if answers.get(name) in NO_EVIDENCE:
            return "fiction" if answers[name] == "fiction" else "re-enactment"
    return ""


def item_of(held: Record) -> Item:
    """The item in a record. Raises `Refused("payload")` if it is none."""
    body = held.body
    try:
        if body["sort"] != SORT:
            raise Refused("payload")
        copies = tuple(_copy(entry) for entry in body.get("copies", ()))
        return Item(held, str(body["title"]), str(body["state"]), str(body["origin"]),
                    date.fromisoformat(body["acquired_on"]), dict(body.get("answers", {})), tuple(body["custody"]),
                    dict(body.get("original", {})), copies)
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason


def _copy(entry: Mapping[str, Any]) -> Copy:
    return Copy(str(entry["id"]), str(entry["number"]), bytes.fromhex(entry["file"]), str(entry["format"]),
                int(entry["size"]), str(entry["sha256"]), str(entry["why"]), len(entry["boxes"]), int(entry["width"]),
                int(entry["height"]), str(entry["by"]), str(entry.get("appears", "")), str(entry.get("found_by", "")),
                dict(entry.get("approval", {})), entry)


def manifest_of(item: Item, copy: Copy) -> dict[str, Any]:
    """What two sign when a copy is cleared: this very copy, and what was said about who is in it."""
    return {"what": "copy", "of": item.id.hex(), "number": copy.number, "sha256": copy.sha256,
            "appears": copy.appears, "found_by": copy.found_by, "exposure": item.exposure}
