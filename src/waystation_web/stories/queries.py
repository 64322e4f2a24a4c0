"""What the pages of stories show: F14, may this story go out?"""

from __future__ import annotations

from dataclasses import dataclass, field

from waystation.access import WHY, Holding, Role, holding
from waystation.stories.clearance import Hindrance, counted
from waystation_web.audit.actions import record_read
from waystation_web.cases import values
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.records.queries import Colleague
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, NotPermitted

from .actions_publish import open_block
from .inside import Kin, register
from .knowing import in_the_way
from .story import TYPE, Story, story_of


@dataclass(frozen=True, slots=True)
class Page:
    """One story with everything that decides whether it may go out."""

    story: Story = field(repr=False)
    found: tuple[Hindrance, ...] = field(repr=False)
    fit: int | None             # how few fit, as counted for exactly these words
    asked: bool                 # one has signed exactly these words
    own: bool                   # this person has
    may_write: bool
    register: tuple[Kin, ...] | None = field(repr=False)   # relatives inside; None for whoever does not hold it


def listing(actor: Actor, *, refused: list[bytes]) -> list[Story]:
    """Every story this person holds, the newest first. Raises `NotPermitted` for a role that reads none."""
    if holding(TYPE, set(actor.roles)) is Holding.NEVER:
        raise NotPermitted("role", WHY["role"])
    with writing():
        held = kept.every(actor, TYPE, refused=refused)
    found = [one for one in map(story_of, held) if one is not None]
    return sorted(found, key=lambda one: (one.record.made.at, one.id), reverse=True)


def page(actor: Actor, story_id: bytes) -> Page:
    """One story. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        held = kept.one(actor, story_id, TYPE, looked=False)
        story = story_of(held)
        if story is None:
            raise NoSuchVault
        record_read(actor, held.opened)
        found = in_the_way(actor, story)
        kin = register(actor, story, looked=True)
    block = values.part(open_block(story), "approval")
    return Page(story, found, counted(story.counts), bool(block), values.account(block, "asked_by") == actor.id,
                kept.may_write(actor, TYPE), kin)


def guards() -> list[Colleague]:
    """Who may sign second: the security officers who work here."""
    found = [one for one in kept.colleagues().values() if one.active and Role.SECURITY_OFFICER.value in one.roles]
    return sorted(found, key=lambda one: one.handle)
