"""A letter put together, and the checks before it is kept: nobody who is not named stands in it, however spelled."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from waystation.appeals.addressees import ADDRESSEES
from waystation.appeals.draft import draft
from waystation.appeals.people import Naming
from waystation.evidence.redaction import Part, Sure, check
from waystation.papers.checks import Faulty, checked
from waystation.papers.paper import Paper, as_data
from waystation.papers.text import as_text
from waystation_web.gateways import clock
from waystation_web.journeys.incidents import Incident
from waystation_web.records.record import said
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted

from .gathering import Gathered, facts_of

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTVWXYZ"
SPOKEN = "Somebody who is not to be named stands in the words that were typed. Take the name out."


def new_ref() -> str:
    """What people call a letter: says nothing.

    >>> len(new_ref()), new_ref() != new_ref()
    (8, True)
    """
    return "L-" + "".join(secrets.choice(ALPHABET) for _ in range(6))


def composed(incident: Incident, found: Gathered, typed: Mapping[str, Any], ref: str) -> tuple[
        Paper, tuple[Naming, ...]]:
    """The letter as it would be today, and what was decided about each name. Raises `NotPermitted`."""
    to = ADDRESSEES[typed["to"]]
    facts, told = facts_of(incident, found, to, typed)
    paper = draft(facts, to, str(typed["language"]), clock.today(), mark=ref,
                  which=str(typed.get("which") or ""))
    clean(paper, found, told, vault=incident.id)
    return paper, told


def clean(paper: Paper, found: Gathered, told: tuple[Naming, ...], *, vault: bytes) -> None:
    """That it can be printed and names nobody but whom it may. Raises `NotPermitted`."""
    try:
        checked(paper)
    except Faulty as why:
        raise NotPermitted("paper", str(why), vault=vault) from why
    roster = found.unnamed(frozenset(one.person for one in told if one.named))
    if roster.entries and any(one.sure is not Sure.PERHAPS for one in check([Part("letter", as_text(paper))], roster)):
        raise NotPermitted("H-06", SPOKEN, vault=vault)


def version(actor: Actor, paper: Paper, told: tuple[Naming, ...]) -> dict[str, Any]:
    """What is kept of one version."""
    return {"by": actor.id.hex(), "at": said(clock.now()), "paper": as_data(paper), "digest": paper.digest,
            "named": sorted(one.person for one in told if one.named)}
