"""What is held about somebody's status and about their life since they arrived. Grounds of others are not theirs.

What was typed is read through before it is given, as everything in a pack: it may name somebody else.
"""

from __future__ import annotations

from django.utils.translation import gettext

from waystation_web.arrival.followup import TYPE as FOLLOWUP
from waystation_web.cases import values
from waystation_web.cases.case import Case
from waystation_web.cases.folk import Someone
from waystation_web.records import queries as kept
from waystation_web.status import words
from waystation_web.status.application import TYPE as APPLICATION
from waystation_web.vault.actor import Actor

from .pack import Gathering

KNOWN = frozenset({"case", "case_ref", "person", "persons", "code", "codes", "status", "before", "arrived"})
OF_ONE = ("grounds", "shared")   # lists in which each line is about one person


def of_status(found: Gathering, actor: Actor, case: Case, one: Someone) -> None:
    """Applications and follow-ups that whoever makes the pack holds. Inside the caller's `writing()`."""
    for held in kept.every(actor, APPLICATION, looked=False, refused=[]):
        if held.body.get("case") != case.key or one.id not in values.texts(held.body, "persons"):
            continue
        found.fact(gettext("Application"), words.said(words.STATUS, values.text(held.body, "status")))
        own = {name: [each for each in values.items(held.body, name) if each.get("person") == one.id]
               for name in OF_ONE}
        apart = [code for code in values.texts(held.body, "apart") if code == one.code]
        found.rest(held.key, {**held.body, **own, "apart": apart}, KNOWN)
    for held in kept.every(actor, FOLLOWUP, looked=False, refused=[]):
        if (held.body.get("case"), held.body.get("person")) == (case.key, one.id):
            found.fact(gettext("Arrived on"), values.text(held.body, "arrived"))
            found.rest(held.key, held.body, KNOWN)
    found.part(gettext("Your status, and how you are"))
