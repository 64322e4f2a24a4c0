"""Claims: taken from the exact words of a version, related to each other, coded as an event. Nothing is deleted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from waystation.testimony.acts import MANY, ONE, Act, faults
from waystation.testimony.claims import may_claim, span_of
from waystation.testimony.interview import may_code
from waystation.testimony.refused import Refused
from waystation.testimony.versions import codable
from waystation_web.cases import values
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, NotPermitted

from .actions import opened, refuse
from .coded import EVENT, place_of
from .coded import TYPE as CODED
from .recount import all_of, label, recount

CLAIM = ("says", "how_known", "certainty", "facility", "told_by", "published", "item", "restricted", "own_part")
ACT = (*(name for name in ONE if name != "type"), *MANY, "certainty", "country", "when", "found_by", "perpetrator_of")


def claim(actor: Actor, statement_id: bytes, typed: Mapping[str, Any]) -> None:
    """A claim from a span of a version. Raises `NotPermitted`: a machine's draft, words not there, a hedge."""
    with writing():
        held, of = opened(actor, statement_id)
        n, words = int(typed["n"]), typed["words"]
        refuse(may_claim(of.versions, n, words, typed["certainty"]), held.id)
        found = span_of(next(one for one in of.versions if one.n == n), words)
        if isinstance(found, Refused):
            raise NotPermitted(found.rule, found.sentence, vault=held.id)
        one = {name: typed[name] for name in CLAIM} | {"facility": place_of(typed["facility"])}
        records.add(actor, held, "claims", {**one, "n": n, "start": found[0], "end": found[1]})


def relate(actor: Actor, statement_id: bytes, *, one: str, other: str, kind: str, why: str, note: str) -> None:
    """How a claim of this statement stands to another one; a contradiction is a link with a note, never a deletion.

    Raises `NoSuchVault` for a claim that is not open here.
    """
    with writing():
        held, of = opened(actor, statement_id)
        known = all_of(actor)
        if one not in {each.id for each in of.claims} or other not in known.claims or one == other:
            raise NoSuchVault
        records.add(actor, held, "links", {"one": one, "other": other, "kind": kind, "why": why, "note": note})
        recount(actor)


def code(actor: Actor, statement_id: bytes, claim_id: str, typed: Mapping[str, Any]) -> bytes:
    """An act that a claim says, as codes; the event's id. Raises `NotPermitted` (H-14; not read back; a hedge)."""
    with writing():
        held, of = opened(actor, statement_id)
        one = next((each for each in of.claims if each.id == claim_id), None)
        if one is None:
            raise NoSuchVault
        written = next(each for each in values.items(held.body, "claims") if claim_id.endswith(f":{each.get('id')}"))
        refuse(may_code(of.kind, of.counsel, own_part=written.get("own_part") is not False), held.id)
        refuse(codable(of.versions, one.n), held.id)
        _of_perpetrator(actor, typed["perpetrator_of"])
        act = Act(**{name: typed[name] for name in (*ONE, "certainty", "country", "when", "facility", "found_by")},
                  **{name: tuple(typed[name]) for name in MANY}, claims={claim_id: one.certainty})
        refuse(next(iter(faults(act)), None), held.id)
        rests = {"of": of.key, "claim": claim_id, **label(all_of(actor), claim_id)}
        body = {name: typed[name] for name in ACT} | {"sort": EVENT, "kind": typed["type"], "claims": [rests],
                                                      "facility": place_of(typed["facility"])}
        return records.make(actor, CODED, body).id


def hold_captor(actor: Actor, statement_id: bytes, *, perpetrator: str, note: str) -> None:
    """Who held the witness: stands in their statement alone, never with an event. Raises `NoSuchVault`."""
    with writing():
        held, _of = opened(actor, statement_id)
        _of_perpetrator(actor, perpetrator)
        records.add(actor, held, "captor", {"perpetrator": perpetrator, "note": note})


def _of_perpetrator(actor: Actor, key: str) -> None:
    if key and kept.one(actor, bytes.fromhex(key), CODED, looked=False).body.get("sort") != "perpetrator":
        raise NotPermitted("code", "This is no perpetrator of the register.")


__all__ = ["claim", "code", "hold_captor", "relate"]
