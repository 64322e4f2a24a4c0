"""What happened to somebody on the way: that it was, when, and what it is called; never where, nor through whom.

A silent incident is on no page that others may see, and so in no pack: whoever forced somebody to speak may read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from waystation_web.cases import values
from waystation_web.cases.case import Case
from waystation_web.cases.folk import Someone
from waystation_web.cases.words import known, word
from waystation_web.journeys import words
from waystation_web.journeys.incidents import DURESS
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor

from .pack import Gathering


def of_road(found: Gathering, actor: Actor, case: Case, one: Someone) -> None:
    """Journeys and incidents of the case that whoever makes the pack holds. Inside the caller's `writing()`."""
    for held in kept.every(actor, "journey", looked=False, refused=[]):
        if held.body.get("case") == case.key and _went(held.body, one):
            status = values.text(held.body, "status")
            said = word("told", status) if known("told", status) else ""
            found.fact(gettext("A journey"), " · ".join(part for part in (_day(held.body, "at"), said) if part))
    for held in kept.every(actor, "incident", looked=False, refused=[]):
        kind = values.text(held.body, "kind")
        if held.body.get("case") != case.key or held.body.get("silent") or kind == DURESS:
            continue
        label = str(dict(words.INCIDENTS).get(kind, gettext("Something happened")))
        found.fact(label, _day(held.body, "began") or gettext("day not known"))
        found.words(f"{held.key}/how", f"{label}: {gettext('How it is known')}", held.body.get("how_known"))
        for line in values.items(held.body, "log"):
            found.words(f"{held.key}/log/{line.get('id')}", f"{label} {_day(line, 'at')}", line.get("text"))
    found.part(gettext("What happened on the way"))


def _went(body: Mapping[str, Any], one: Someone) -> bool:
    """Whether somebody was of this journey: of a party that was divided, each part says who."""
    people = values.texts(body, "people")
    return not people or one.id in people


def _day(of: Mapping[str, Any], name: str) -> str:
    return values.text(of, name)[:10]
