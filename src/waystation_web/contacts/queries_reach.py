"""What one may know of how somebody is reached without opening the number: how, when, until when it is kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from waystation_web.records import queries as kept
from waystation_web.records.record import Record
from waystation_web.vault.actor import Actor

from .reach import FORGOTTEN, Handle, is_due


def of_contact(actor: Actor, contact: bytes, names: Mapping[str, str], held: Iterable[Record]) -> tuple[Handle, ...]:
    """The numbers of a contact among those that this person holds; `names` are other contacts by id.

    Runs inside the caller's `writing()`. No number is read here by anybody: they are only compared.
    """
    held = tuple(held)
    same: dict[str, set[str]] = defaultdict(set)
    for each in held:
        same[_plain(str(each.body.get("value", "")))].add(str(each.body.get("contact")))
    same.pop("", None)
    colleagues = {id_: one.handle for id_, one in kept.colleagues().items()}
    return tuple(_handle(actor, each, same, names, colleagues) for each in held
                 if each.body.get("contact") == contact.hex())


def _handle(actor: Actor, each: Record, same: Mapping[str, set[str]], names: Mapping[str, str],
            colleagues: Mapping[bytes, str]) -> Handle:
    body, used = each.body, date.fromisoformat(each.body["last_used"])
    block, asked = body.get("approval", {}), body.get("asked", {})
    waits = bool(block) and "used_at" not in block
    also = same.get(_plain(str(body.get("value", ""))), set()) - {str(body["contact"])}
    return Handle(
        each.id, str(body["channel"]), str(body["safe_hours"]), used, used + FORGOTTEN,
        "value" not in body or is_due(each), tuple(sorted(names.get(other, "?") for other in also)),
        tuple(sorted(colleagues.get(one, "?") for one in kept.holders(actor, each.id))),
        str(asked.get("reason", "")) if waits else "",
        colleagues.get(bytes.fromhex(asked["to"]), "?") if waits and asked else "", waits,
        waits and kept.may_write(actor, "handle") and block.get("asked_by") != actor.id.hex())


def _plain(value: str) -> str:
    """A number or account without what people write between its signs."""
    return "".join(letter for letter in value.casefold() if letter.isalnum())
