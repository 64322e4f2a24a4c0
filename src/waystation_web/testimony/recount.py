"""How many independent sources each claim has, over every statement that is open here, and the labels of coded events.

A label is worked out, never typed: it cannot be switched off. Whatever changes a claim counts again in the same act.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from waystation.testimony.claims import Claim, Relation
from waystation.testimony.independence import Count, in_words, independent
from waystation_web.cases import values
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor

from .coded import EVENT, of_sort
from .coded import TYPE as CODED
from .statement import TYPE, Statement, statement_of


@dataclass(frozen=True, slots=True)
class Everything:
    """Every statement that is open here, their claims by id, and how claims stand to each other."""

    statements: Mapping[str, Statement]
    claims: Mapping[str, Claim]
    links: tuple[Relation, ...]

    def count(self, claim: str) -> Count:
        """How many independent sources say what a claim says."""
        return independent(self.claims[claim], self.claims.values(), self.links)

    def beside(self, claim: str, kind: str) -> list[tuple[Claim, Relation]]:
        """Claims that stand to a claim in one way."""
        near = [each for each in self.links if each.kind == kind and claim in {each.one, each.other}]
        return [(self.claims[other], each) for each in near for other in (each.one, each.other)
                if other != claim and other in self.claims]


def everything(of: Iterable[Statement]) -> Everything:
    """Statements taken together."""
    found = {one.key: one for one in of}
    return Everything(found, {each.id: each for one in found.values() for each in one.claims},
                      tuple(each for one in found.values() for each in one.links))


def all_of(actor: Actor, *, looked: bool = False, refused: list[bytes] | None = None) -> Everything:
    """Every statement that this person holds; inside the caller's `writing()`."""
    found = list[Statement]()
    for held in kept.every(actor, TYPE, looked=looked, refused=refused):
        found.append(statement_of(held))
    return everything(found)


def label(known: Everything, claim: str) -> dict[str, str]:
    """What an event keeps of a claim that it rests on: no word of it."""
    count, one = known.count(claim), known.claims[claim]
    return {"certainty": one.certainty, "verification": count.verification, "sources": in_words(count),
            "standing": one.status}


def recount(actor: Actor) -> None:
    """Count anew for every coded event that this person holds; inside the caller's `writing()`."""
    known = all_of(actor)
    for held in of_sort(kept.every(actor, CODED, looked=False), EVENT):
        before = values.items(held.body, "claims")
        now = [{**one, **(label(known, str(one["claim"])) if one.get("claim") in known.claims else {})}
               for one in before]
        if now != [dict(one) for one in before]:
            records.change(actor, held, {"claims": now}, what="recount", kept=False)
