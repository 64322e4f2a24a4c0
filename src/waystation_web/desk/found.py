"""What a record says, for a search: its words, when it was written, and which page shows it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from waystation_web.records.record import KEPT
from waystation_web.vault.queries import Opened

APART = "\x00"  # between two values: no hit reaches from one into the next
LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
# Fields that hold codes of a list or numbers, never words that somebody typed. Ids are known by their shape.
CODES = frozenset(KEPT) | frozenset({
    "by", "who", "worker", "deputy", "done_by", "case_id", "record", "household", "from", "to",
    "refs", "batch", "sheet", "sort", "kind", "state", "status", "request_status", "verdict", "certainty", "sex",
    "script", "form", "mime", "digest", "approval", "approvals", "sheets", "facts", "removed", "currency", "amount",
    "direction", "danger_now", "situation", "channel", "requester", "needs", "push_factors", "what", "grade",
    "standing",
})
IN_THE_BOOK = CODES - {"from", "to"}  # there they are codes of places, typed; in a case they are a state or an id
BOOK = ("place", "leg", "report", "hazard")
_NO_WORDS = re.compile(r"[0-9a-f]{16,64}|\d{4}-\d\d-\d\d(?:T[\d:.+\-Z]+)?|[\d.,:%+\-]+")


@dataclass(frozen=True, slots=True)
class Place:
    """The page that shows a record: the name of its address, the ids in it, and what to call the record there."""

    route: str
    ids: Mapping[str, str] = field(hash=False)
    title: str = field(default="", repr=False)


def text_of(opened: Opened) -> str:
    """Every word that somebody typed into a record, its values kept apart. Of a plan, what it asks and answers."""
    payload = opened.payload
    if opened.type == "plan":
        payload = {name: payload.get(name) for name in ("title", "question", "headline")} | _asked(payload)
    return APART.join(_values(payload, IN_THE_BOOK if opened.type in BOOK else CODES))


def _asked(payload: Mapping[str, Any]) -> dict[str, Any]:
    """What somebody typed to ask of a changed world."""
    told = payload.get("what_if")
    change = told.get("change") if isinstance(told, dict) else None
    return {"what_if": change.get("title")} if isinstance(change, dict) else {}


def _values(said: Any, codes: frozenset[str]) -> Iterator[str]:
    if isinstance(said, str):
        if said and not _NO_WORDS.fullmatch(said):
            yield said
    elif isinstance(said, Mapping):
        for name, value in said.items():
            if name not in codes:
                yield from _values(value, codes)
    elif isinstance(said, list):
        for value in said:
            yield from _values(value, codes)


def written_at(opened: Opened) -> datetime:
    """When a record was last written; long ago if it does not say."""
    payload = opened.payload
    made = payload.get("made")
    said = made.get("at") if isinstance(made, Mapping) else payload.get("written")
    try:
        return datetime.fromisoformat(str(said)).astimezone(UTC)
    except (ValueError, OverflowError):
        return LONG_AGO


def place_of(opened: Opened) -> Place | None:
    """Where a record is read, or None for one that no page of its own shows."""
    find = _PLACES.get(opened.type)
    return find(opened, opened.payload) if find else None


def _case(opened: Opened, payload: Mapping[str, Any]) -> Place | None:
    if "request" not in payload:  # a file of cases on its way in
        return None
    return Place("case", {"case": opened.id.hex()}, str(payload.get("ref") or opened.id.hex()[:4].upper()))


def _names(opened: Opened, payload: Mapping[str, Any]) -> Place | None:
    case = payload.get("case")
    return Place("case-name", {"case": case, "record": opened.id.hex()}) if isinstance(case, str) else None


def _book(opened: Opened, payload: Mapping[str, Any]) -> Place | None:
    if "notice" in payload:
        return Place("book-notices", {})
    if "row" not in payload or payload.get("removed"):
        return None
    return Place("book-row", {"row": opened.id.hex()}, str(payload.get("key") or ""))


def _money(opened: Opened, payload: Mapping[str, Any]) -> Place | None:
    match payload.get("sort"):
        case "entry":
            return Place("money-entry", {"entry": opened.id.hex()}, str(payload.get("day") or ""))
        case "debt":
            return Place("money-debt", {"debt": opened.id.hex()}, str(payload.get("since") or ""))
        case "figures":
            return Place("money-figures", {})
        case "told" | "sold":
            return Place("money-told", {})
    return None


def _titled(route: str, name: str, title: str) -> Callable[[Opened, Mapping[str, Any]], Place | None]:
    def find(opened: Opened, payload: Mapping[str, Any]) -> Place | None:
        return Place(route, {name: opened.id.hex()}, str(payload.get(title) or ""))
    return find


def _plan(opened: Opened, payload: Mapping[str, Any]) -> Place | None:
    route = "what-if" if "what_if" in payload else "plan-show"
    return Place(route, {"plan": opened.id.hex()}, str(payload.get("title") or ""))


def _cards(_: Opened, payload: Mapping[str, Any]) -> Place | None:
    return Place("duty-cards", {}, str(payload.get("title") or ""))


_PLACES: Mapping[str, Callable[[Opened, Mapping[str, Any]], Place | None]] = {
    "case": _case, "person": _names, "money": _money, "card": _cards,
    **dict.fromkeys(BOOK, _book),
    "contact": _titled("contact", "contact", "code_name"), "note": _titled("note", "note", "title"),
    "plan": _plan, "decision": _titled("decision", "decision", "name"),
}
