"""Acts on the directory: write an entry, sign and end terms, ask somebody and ask again, answer for an occasion."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_noop

from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, NotPermitted

from .entry import SORTS, TYPE, Addressee, Asked, Occasion
from .queries import held
from .terms import Terms

NO_ADDRESSEE = gettext_noop("This is an entry of another kind. Choose an organisation or an official.")
NO_OCCASION = gettext_noop("This is an entry of another kind. Choose an occasion.")
ORDER = gettext_noop("Terms end after the day on which they were signed.")
AGAIN = gettext_noop("Name a day to come on which they are asked again.")
OVER = gettext_noop("This is closed already. Write down a new one.")
GONE = gettext_noop("Nothing is left to answer for: this was once, and it is over.")


def write(actor: Actor, sort: str, fields: Mapping[str, Any]) -> bytes:
    """A new entry: its id. Raises `NotPermitted`."""
    if sort not in SORTS:
        raise ValueError(f"an entry is one of {', '.join(SORTS)}")
    with writing():
        return records.make(actor, TYPE, {"sort": sort, **fields}).id


def change(actor: Actor, entry_id: bytes, fields: Mapping[str, Any], *, revision: int) -> None:
    """Write an entry anew; what it said before stays in its history. Raises `Changed`, `NoSuchVault`."""
    with writing():
        found = held(actor, entry_id, looked=False)
        records.change(actor, found.record, fields, what="entry", revision=revision)


def sign_terms(actor: Actor, entry_id: bytes, fields: Mapping[str, Any]) -> None:
    """Terms that a partner signed. Raises `NotPermitted` for an end before the beginning, `NoSuchVault`."""
    if fields["until"] <= fields["signed_on"]:
        raise NotPermitted("order", ORDER)
    with writing():
        records.add(actor, _addressee(actor, entry_id).record, "terms", {
            **{name: str(fields[name]) for name in ("what", "why", "keeps", "onward")},
            "signed_on": fields["signed_on"].isoformat(), "until": fields["until"].isoformat()})


def end_terms(actor: Actor, entry_id: bytes, terms: str, *, why: str) -> None:
    """End terms from today on, before their day. Raises `NoSuchVault`, `NotPermitted` for what has ended."""
    with writing():
        found, today = _addressee(actor, entry_id), clock.today()
        if not any(one.id == terms and one.bind(today) for one in found.terms):
            raise NotPermitted("over", OVER, vault=found.record.id)
        records.replace_item(actor, found.record, "terms", terms,
                             {"ended_on": today.isoformat(), "ended_why": why}, what="terms ended")


def terms_for(actor: Actor, entry_id: bytes) -> Terms:
    """The terms under which something may go to a partner today, inside the caller's `writing()`.

    Raises `NotPermitted` where none bind: whoever signed nothing, or whose day has gone by, gets nothing of anybody.
    """
    found = _addressee(actor, entry_id)
    bound = found.binding(clock.today())
    if bound is None:
        raise NotPermitted("terms", "No terms with this partner are in force. Nothing about a person goes to them.",
                           vault=found.record.id)
    return bound


def asked(actor: Actor, entry_id: bytes, *, on: date, how: str, about: str, again: date) -> None:
    """Something was asked of somebody outside. Each has its day on which they are asked again.

    Raises `NotPermitted` without such a day, `NoSuchVault`.
    """
    with writing():
        ask_inside(actor, entry_id, on=on, how=how, about=about, again=again)


def ask_inside(actor: Actor, entry_id: bytes, *, on: date, how: str, about: str, again: date) -> None:
    """As `asked`, inside the caller's `writing()`: for a letter that is recorded as sent in the same act."""
    if again <= on or on > clock.today():
        raise NotPermitted("again", AGAIN)
    records.add(actor, _addressee(actor, entry_id).record, "asked", {
        "on": on.isoformat(), "how": how, "about": about, "again": again.isoformat()})


def answered(actor: Actor, entry_id: bytes, item: str, *, answer: str, again: date | None) -> None:
    """What became of it: an answer or silence in words, and the next day; without one it is closed.

    Raises `NoSuchVault`, `NotPermitted` for what is closed, and for a day that has gone by.
    """
    today = clock.today()
    with writing():
        found = _addressee(actor, entry_id)
        one: Asked | None = next((one for one in found.asked if one.id == item), None)
        if one is None:
            raise NoSuchVault
        if one.closed is not None:
            raise NotPermitted("over", OVER, vault=found.record.id)
        if again is not None and again <= today:
            raise NotPermitted("again", AGAIN, vault=found.record.id)
        then = {"again": again.isoformat()} if again else {"closed": today.isoformat()}
        records.replace_item(actor, found.record, "asked", item, {"answer": answer, **then}, what="answered")


def raised(actor: Actor, entry_id: bytes, *, what: str, answer: str = "") -> None:
    """What was raised on the next day of an occasion, or why nothing was. Raises `NotPermitted`, `NoSuchVault`."""
    with writing():
        found = held(actor, entry_id, looked=False)
        if not isinstance(found, Occasion):
            raise NotPermitted("sort", NO_OCCASION, vault=found.record.id)
        day = found.next
        if day is None:
            raise NotPermitted("over", GONE, vault=found.record.id)
        records.add(actor, found.record, "raised", {"for": day.isoformat(), "what": what, "answer": answer})


def _addressee(actor: Actor, entry_id: bytes) -> Addressee:
    found = held(actor, entry_id, looked=False)
    if not isinstance(found, Addressee):
        raise NotPermitted("sort", NO_ADDRESSEE, vault=found.record.id)
    return found
