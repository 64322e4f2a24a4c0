"""What was published of the people of a case: taken back in the moment in which one of them says so.

    body["published"] = [{"slug", "story", "people": [ids], "to": [who passes it on]}]
    body["packs"] = [{"pack", "people": [ids], "to": who reads it, "purposes": [codes]}]

Whoever writes a withdrawal down need not read the story: the public page goes all the same, and everybody who passes it
on is a task that is due today. Whoever began to pass it on later is written down here too.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext, gettext_noop

from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.gateways import clock, publication
from waystation_web.records import actions as records
from waystation_web.records.record import Record
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault

from . import values

PURPOSES = frozenset({"story", "media", "public"})
PASSED_ON = gettext_noop("Ask them to take the story down: %s")
READERS = gettext_noop("Tell them today to destroy what they were given to read: %s")


def take_back(actor: Actor, held: Record, *, person: str = "") -> None:
    """Take back all that tells of somebody (empty: of anybody of the case), inside the caller's `writing()`.

    Where the public folder cannot be written the withdrawal stands all the same, and somebody is told to take the
    page down by hand.
    """
    for one in values.items(held.body, "published"):
        if person and person not in values.texts(one, "people"):
            continue
        tasks = [*_down(values.text(one, "slug")), *(gettext(PASSED_ON) % to for to in values.texts(one, "to"))]
        held = _due(actor, held, tasks)
        record(actor, Event.TAKEN_BACK, vault=held.id)


def passed_on(actor: Actor, held: Record, slug: str, who: str) -> None:
    """Somebody passes a story on that is public already, inside the caller's `writing()`: they are asked too.

    Of one that was taken back meanwhile they are asked today. Raises `NoSuchVault` if the case knows of no such page.
    """
    one = next((one for one in values.items(held.body, "published") if values.text(one, "slug") == slug), None)
    if one is None:
        raise NoSuchVault
    to = [*values.texts(one, "to"), who]
    held = records.replace_item(actor, held, "published", values.text(one, "id"), {"to": to}, what="passed on")
    if publication.is_gone(slug):
        _due(actor, held, [gettext(PASSED_ON) % who])


def tell_readers(actor: Actor, held: Record, *, person: str = "", purpose: str = "") -> None:
    """A task, due today, for each named reader of what tells of somebody, inside the caller's `writing()`.

    Empty: of anybody of the case, whatever for. Whoever writes the "no" down need not hold what the reader has.
    """
    for one in values.items(held.body, "packs"):
        if (person and person not in values.texts(one, "people")) or (
                purpose and purpose not in values.texts(one, "purposes")):
            continue
        held = _due(actor, held, [gettext(READERS) % values.text(one, "to")])


def _down(slug: str) -> list[str]:
    """Take a page down, and what is left to do by hand."""
    try:
        if not publication.is_gone(slug):
            publication.take_back(slug)
    except publication.NowhereError:
        return [gettext("Take this page down by hand, now: %s") % f"/stories/{slug}/"]
    return []


def _due(actor: Actor, held: Record, texts: Iterable[str]) -> Record:
    """A task for each, due today; one that waits already is not written twice."""
    for text in texts:
        if all(task.get("text") != text or task.get("done_at") for task in values.items(held.body, "tasks")):
            held = records.add(actor, held, "tasks", {"text": text, "due": clock.today().isoformat(),
                                                      "for": actor.id.hex()})
    return held
