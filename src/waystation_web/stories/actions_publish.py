"""Signing a story by two, publishing it, and taking it back: that is open to everybody who reads it, at any moment."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import Any

from waystation.access import Role
from waystation.stories.clearance import Hindrance, counted
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.cases import values
from waystation_web.cases.queries import held_case
from waystation_web.gateways import clock, publication
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.record import said
from waystation_web.vault import approvals
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, NotPermitted

from .actions import open_story
from .knowing import in_the_way, of_cases, of_text
from .rendering import around, pages
from .story import CLEARED, PUBLISHED, RECALLED, TYPE, Story, story_of

PEOPLE, GUARD = frozenset({Role.CASE_WORKER}), frozenset({Role.SECURITY_OFFICER})


class InTheWay(Exception):
    """Something stands in the way; nothing was signed and nothing was published."""

    def __init__(self, found: tuple[Hindrance, ...]) -> None:
        super().__init__(found[0].rule)
        self.found = found


def clear(actor: Actor, story_id: bytes) -> str:
    """Sign that it may go out: the case worker first, who sees the cases; then the security officer.

    Raises `InTheWay` with everything that stands in the way, `NotPermitted`, `NoSuchVault`.
    """
    with writing():
        story = open_story(actor, story_id)
        asked = open_block(story)
        if not actor.roles & (GUARD if asked else PEOPLE):
            raise NotPermitted("H-12", "A case worker signs first, who knows the people; then the security officer, "
                               "who guards those who helped.", vault=story_id)
        found = (*(of_text(story) if asked else _live(actor, story)),)
        if found:
            raise InTheWay(found)
        this = manifest(story)
        if not asked:
            block = approvals.ask(actor, story.id, this)
            looked = {"digest": story.digest, "at": said(clock.now()), "by": actor.id.hex(), "found": []}
            records.change(actor, story.record, {"clearing": {"approval": block}, "looked": looked}, what="clearing",
                           kept=False)  # whoever signs first has just looked into the cases, for whoever cannot
            record(actor, Event.ASKED_FOR_SECOND, vault=story.id)
            return "asked"
        signed = approvals.approve(actor, story.id, values.part(asked, "approval"), this)
        records.change(actor, story.record, {"clearing": {"approval": signed}, "stage": CLEARED, "cleared": {
            "digest": story.digest, "by": [signed["asked_by"], actor.id.hex()],
            "at": said(clock.now())}}, what="cleared")
        record(actor, Event.SIGNED_SECOND, vault=story.id)
    return "cleared"


def publish(actor: Actor, story_id: bytes) -> str:
    """Write it into the public folder; everything is asked once more. Its page's name. By a case worker.

    Each case it tells of is told, so that a consent taken back there takes it back here, whoever hears it.
    Raises `InTheWay`, `NotPermitted`, `publication.NowhereError`.
    """
    if not actor.roles & PEOPLE:
        raise NotPermitted("H-12", "A case worker publishes: they see what people said as it is now.",
                           vault=story_id)
    slug = os.urandom(5).hex()
    try:
        with writing():
            _published(actor, story_id, slug)
    except BaseException:
        with suppress(publication.NowhereError, OSError):
            if publication.stands(slug):
                publication.take_back(slug)  # nothing stays public of which no record says so
        raise
    return slug


def _published(actor: Actor, story_id: bytes, slug: str) -> None:
    """All of it inside the caller's `writing()`, the page last."""
    story = open_story(actor, story_id)
    if story.stage != CLEARED:
        raise NotPermitted("second_signature", "Two must sign exactly these words first.", vault=story_id)
    found = _live(actor, story)
    if found:
        raise InTheWay(found)
    block = approvals.use(story.id, values.part(values.part(story.body, "clearing"), "approval"), manifest(story))
    done = {"slug": slug, "at": said(clock.now()), "by": actor.id.hex(), "digest": story.digest}
    held = records.change(actor, story.record, {"stage": PUBLISHED, "published": done,
                                                "clearing": {"approval": block}}, what="published")
    partners = [values.text(one, "who") for one in values.items(story.body, "register")
                if one.get("kind") == "distributor"]
    for key in story.cases:
        people = [one.get("person") for one in story.people if one.get("case") == key.hex()]
        records.add(actor, held_case(actor, key), "published", {"slug": slug, "story": story.key, "people": people,
                                                                "to": partners})
    record(actor, Event.PUBLISHED, vault=story.id, second=bytes.fromhex(block["approved_by"]))
    told = Story(held).told
    publication.publish(slug, pages(told), around=around(told.language))  # last: what fails undoes the rest


def recall(actor: Actor, story_id: bytes, *, reason: str) -> None:
    """Take it back from the public, at once and for good. By whoever reads it. Raises `NoSuchVault`, `NowhereError`."""
    with writing():
        story = story_of(kept.one(actor, story_id, TYPE, looked=False))
        if story is None or not story.slug:
            raise NoSuchVault
        publication.take_back(story.slug)
        if story.stage != RECALLED:
            records.change(actor, story.record, {"stage": RECALLED, "recalled": {
                "at": said(clock.now()), "by": actor.id.hex(), "reason": reason}}, what="recalled")
        record(actor, Event.TAKEN_BACK, vault=story.id)


def manifest(story: Story) -> dict[str, Any]:
    """What two sign: the very words, of how many people, how few fit, which searches and looks stand behind it."""
    return {"act": "publish story", "digest": story.digest, "people": len(story.people),
            "fit": counted(story.counts), "checks": [one.get("id") for one in story.now("checks")]}


def open_block(story: Story) -> Any:
    """What one has signed and another still may, for exactly these words; empty if there is none."""
    asked = values.part(story.body, "clearing")
    block = values.part(asked, "approval")
    until = values.at(block, "until")
    same = values.part(block, "manifest") == manifest(story) and "approved_by" not in block
    return asked if same and until is not None and clock.now() <= until else {}


def _live(actor: Actor, story: Story) -> tuple[Hindrance, ...]:
    """Everything, seen now: for whoever publishes or signs first, what somebody saw yesterday is not enough."""
    if of_cases(actor, story) is None:
        raise NotPermitted("H-12", "You cannot read all the cases that it tells of. Ask whoever can.",
                           vault=story.id)
    return in_the_way(actor, story)
