"""What was published of the people of a case: taken back in the moment in which one of them says so.

    body["published"] = [{"slug", "story", "people": [ids], "to": [who passes it on]}]
    body["packs"] = [{"pack", "people": [ids], "to": who reads it, "purposes": [codes]}]

Whoever writes a withdrawal down need not read the story: the public page goes all the same, and everybody who passes it
on is a task that is due today.
"""

from __future__ import annotations

from django.utils.translation import gettext, gettext_noop

from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.gateways import clock, publication
from waystation_web.records import actions as records
from waystation_web.records.record import Record
from waystation_web.vault.actor import Actor

from . import values

PURPOSES = frozenset({"story", "media", "public"})
READERS = gettext_noop("Tell them today to destroy what they were given to read: %s")


def take_back(actor: Actor, held: Record, *, person: str = "") -> None:
    """Take back all that tells of somebody (empty: of anybody of the case), inside the caller's `writing()`.

    Where the public folder cannot be written the withdrawal stands all the same, and somebody is told to take the
    page down by hand.
    """
    for one in values.items(held.body, "published"):
        slug = values.text(one, "slug")
        if (person and person not in values.texts(one, "people")) or publication.is_gone(slug):
            continue
        try:
            publication.take_back(slug)
            tasks = []
        except publication.NowhereError:
            tasks = [gettext("Take this page down by hand, now: %s") % f"/stories/{slug}/"]
        tasks += [gettext("Ask them to take the story down: %s") % to for to in values.texts(one, "to")]
        for text in tasks:
            held = records.add(actor, held, "tasks", {"text": text, "due": clock.today().isoformat(),
                                                      "for": actor.id.hex()})
        record(actor, Event.TAKEN_BACK, vault=held.id)


def tell_readers(actor: Actor, held: Record, *, person: str = "", purpose: str = "") -> None:
    """A task, due today, for each named reader of what tells of somebody, inside the caller's `writing()`.

    Empty: of anybody of the case, whatever for. Whoever writes the "no" down need not hold what the reader has.
    """
    for one in values.items(held.body, "packs"):
        if (person and person not in values.texts(one, "people")) or (
                purpose and purpose not in values.texts(one, "purposes")):
            continue
        text = gettext(READERS) % values.text(one, "to")
        if all(task.get("text") != text or task.get("done_at") for task in values.items(held.body, "tasks")):
            held = records.add(actor, held, "tasks", {"text": text, "due": clock.today().isoformat(),
                                                      "for": actor.id.hex()})
