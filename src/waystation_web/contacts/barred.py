"""Whoever is known for exploiting people is blocked for every role on every journey, from when somebody writes it on.

The block is a decision of its own among those for and against. It is lifted by two: one writes down that they earn
otherwise, and somebody else than who keeps the contact decides anew. Whoever else has their name is asked about first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from waystation.trust.vetting import UNUSABLE, exploits
from waystation_web.duty import exploiters
from waystation_web.gateways import clock
from waystation_web.records import actions as records
from waystation_web.records.record import Record
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted

from .contact import Contact
from .flags import names

BLOCKED = "blocked"


def names_of(contacts: Iterable[Contact]) -> frozenset[str]:
    """Every name of contacts who exploit: none of them leads, hosts or goes along."""
    return frozenset(name for one in contacts if exploits(one.helper) for name in (one.code_name, *one.aliases))


def unknown(actor: Actor, before: Mapping[str, Any], typed: Mapping[str, Any]) -> None:
    """Refuse a name that is on the list to whoever has not had it, inside the caller's `writing()`.

    Raises `NotPermitted`.
    """
    if exploiters.listed(actor, set(names(typed)) - set(names(before))) and not on_the_list(before):
        raise NotPermitted("exploits", "Somebody of this name is known for exploiting people. Ask the security officer "
                           "before you keep them.")


def follow(actor: Actor, before: Mapping[str, Any], after: Record) -> Record:
    """What a contact's record says now, told to everybody, inside the caller's `writing()`. Raises `NotPermitted`."""
    if exploits(str(after.body.get("helper", ""))) and not on_the_list(before):
        against = str(after.body.get("exploitation", ""))
        line = {"for": "", "against": against, "steps": "", "result": BLOCKED, "cleared_for": "",
                "reviewer": actor.handle, "on": clock.today().isoformat(), "ends": ""}
        after = records.add(actor, after, "vettings", line, standing=BLOCKED, barred=True)
        exploiters.put_on(actor, names(after.body), of=after.id)
    elif on_the_list(before) and names(before) != names(after.body):
        exploiters.also_called(actor, names(after.body), of=after.id)
    return after


def decided(actor: Actor, held: Record, result: str) -> dict[str, Any]:
    """What else is written when somebody decides anew. Raises `NotPermitted` for a contact who exploits still."""
    if result in UNUSABLE:
        return {}
    if exploits(str(held.body.get("helper", ""))):
        raise NotPermitted("exploits", "It is written that they exploit people: nobody is cleared for that. First "
                           "somebody writes down how they earn now, and how that is known.", vault=held.id)
    if on_the_list(held.body):
        exploiters.take_off(actor, of=held.id)
    return {"barred": None}


def on_the_list(body: Mapping[str, Any]) -> bool:
    """Whether it was ever written that they exploit people, and nobody has decided otherwise since."""
    return bool(body.get("barred"))
