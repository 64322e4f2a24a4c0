"""Reading for the page of screenings: what was offered to whom, and for whoever holds the sealed record, the words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault

from . import queries, screens, values
from .actions_people import UNSEALED
from .case import Case


@dataclass(frozen=True, slots=True)
class Offered:
    """One screening: whose, which, when, what follows; `words` empty for whoever does not hold the sealed record."""

    code: str
    what: str
    day: str
    refused: bool
    follows: tuple[tuple[str, str], ...]
    holders: tuple[tuple[str, str], ...]
    words: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Page:
    """Everything on the page."""

    case: Case = field(repr=False)
    codes: Mapping[str, str]
    offered: tuple[Offered, ...] = field(repr=False)
    missing: tuple[tuple[str, str], ...]  # code of a person, screening
    may_write: bool
    may_seal: bool


def of_case(case: Case, words: Mapping[str, Mapping[str, Any]] | None = None) -> tuple[Offered, ...]:
    """Every screening of a case, the newest first; `words` by the id of the screening."""
    codes = {one.id: one.code for one in case.people}
    return tuple(Offered(codes.get(values.text(one, "person"), "?"), values.text(one, "what"),
                         values.text(one, "at")[:10], values.text(one, "refused") == "yes", screens.follows(one),
                         tuple((name, str(who)) for name, who in values.part(one, "holders").items()),
                         (words or {}).get(values.text(one, "id"), {}))
                 for one in reversed(values.items(case.record.body, "screens")))


def page(actor: Actor, case_id: bytes) -> Page:
    """The page; opening sealed words is a reading of them. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    words: dict[str, Mapping[str, Any]] = {}
    with writing():
        case = queries.case(actor, case_id, looked=True)
        for key in case.household_records:
            try:
                sealed = kept.one(actor, key, "person")
            except NoSuchVault:
                continue
            if sealed.body.get(UNSEALED) == case.record.key:
                words |= {values.text(one, "screen"): one for one in values.items(sealed.body, "screens")}
    return Page(case, {one.id: one.code for one in case.people}, of_case(case, words),
                tuple(screens.not_offered(case, clock.today())), kept.may_write(actor, "case"),
                kept.may_make(actor, "person"))


def people(actor: Actor, case_id: bytes) -> list[tuple[str, str]]:
    """People of a case as a form chooses from them, ids and codes: nobody reads anything. Raises as `page`."""
    with writing():
        return [(one.id, one.code) for one in queries.case(actor, case_id).people]
