"""What the pages of reading packs show: all of them, one with what stands in its way, and whose a found copy is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from waystation.access import WHY, Holding, holding
from waystation.stories.clearance import Hindrance
from waystation.stories.copies import Likeness, lines_of, whose
from waystation.stories.reading import due, out, over
from waystation_web.audit.actions import record_read
from waystation_web.cases import values
from waystation_web.directory.queries import directory
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.records.look import Look
from waystation_web.stories.story import RECALLED, Story, story_of
from waystation_web.stories.story import TYPE as STORY
from waystation_web.takeout.order import fingerprint
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, NotPermitted

from .actions import OUTSIDE, in_the_way, open_block
from .actions_copy import copies
from .pack import TYPE, Pack, pack_of
from .paper import texts, told_of


@dataclass(frozen=True, slots=True)
class Page:
    """One pack with everything that decides whether its copy may be made."""

    pack: Pack = field(repr=False)
    story: Story | None = field(repr=False)
    state: str
    due: tuple[tuple[str, date], ...]
    found: tuple[Hindrance, ...] = field(repr=False)
    heard: tuple[str, ...]      # who heard the key, by handle
    own_ear: bool               # this person did
    asked: bool                 # one has signed exactly this
    own: bool                   # this person has
    signed: bool                # two have
    may_write: bool
    handles: dict[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list."""

    key: str
    reader: str
    until: date
    state: str
    due: str


def state_of(pack: Pack) -> str:
    """One word for where it stands: ended, stopped, late, out, signed, asked, waits."""
    reading, today = pack.reading, clock.today()
    if out(reading):
        if reading.stopped is not None:
            return "stopped"
        return "late" if today > pack.until else "out"
    if over(reading, today):
        return "ended"
    block = values.part(values.part(pack.body, "clearing"), "approval")
    return "signed" if "approved_by" in block else "asked" if block else "waits"


def listing(actor: Actor, *, refused: list[bytes]) -> list[Row]:
    """Every pack this person holds, what is due first. Raises `NotPermitted` for a role that reads none."""
    if holding(TYPE, set(actor.roles)) is Holding.NEVER:
        raise NotPermitted("role", WHY["role"])
    with writing():
        held = kept.every(actor, TYPE, refused=refused)
    rows = [_row(one) for one in map(pack_of, held) if one is not None]
    return sorted(rows, key=lambda one: (not one.due, one.state == "ended", one.until, one.key))


def _row(pack: Pack) -> Row:
    first = next(due(pack.reading, clock.today()), ("", date.max))[0]
    return Row(pack.key, pack.reader, pack.until, state_of(pack), first)


def page(actor: Actor, pack_id: bytes) -> Page:
    """One pack. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        held = kept.one(actor, pack_id, TYPE, looked=False)
        pack = pack_of(held)
        if pack is None:
            raise NoSuchVault
        record_read(actor, held.opened)
        kept_story = kept.maybe(actor, pack.story, STORY)
        story = kept_story and story_of(kept_story)
        found = () if pack.copy else in_the_way(actor, pack, story)
        block = open_block(actor, pack)
    people = {one.id: one.handle for one in kept.colleagues().values()}
    signed = "approved_by" in values.part(values.part(pack.body, "clearing"), "approval") and not pack.copy
    return Page(pack, story, state_of(pack), tuple(due(pack.reading, clock.today())), found,
                tuple(people.get(one, "?") for one in sorted(pack.heard_by)), actor.id in pack.heard_by, bool(block),
                values.account(block, "asked_by") == actor.id if block else False, signed,
                kept.may_write(actor, TYPE), {key.hex(): name for key, name in people.items()})


def whose_copy(actor: Actor, seen: str) -> tuple[Likeness, dict[str, str]]:
    """To which copy these lines point, and whose each is."""
    with writing():
        readers = {values.text(one.copy, "mark"): one.reader for one in map(pack_of, kept.every(
            actor, TYPE, refused=[])) if one is not None and one.copy}
        given = {mark: lines_of(texts(told_of(words), mark)) for mark, words in copies(actor).items()}
    return whose(seen, given), readers


def choices(actor: Actor) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Stories that this person holds, and partners whose terms bind today: what a pack is asked for with."""
    with writing():
        stories = [one for one in map(story_of, kept.every(actor, STORY, refused=[], looked=False)) if one is not None]
        partners = [one for one in directory(actor, refused=[], looked=False).addressees
                    if one.authority in OUTSIDE and one.binding(clock.today())]
    return ([(one.key, one.title) for one in stories if one.stage != RECALLED],
            [(one.key, one.name) for one in partners])


def due_of(seen: Look) -> list[tuple[Pack, str, date]]:
    """What is due of packs; of one whose story was taken back, that its reader is told."""
    gone = {one.id for one in map(story_of, seen.of(STORY)) if one is not None and one.stage == RECALLED}
    found = []
    for pack in filter(None, map(pack_of, seen.of(TYPE))):
        lines = list(due(pack.reading, clock.today()))
        if pack.story in gone and pack.reading.stopped is None and out(pack.reading):
            lines = [("stop", clock.today())]
        found += [(pack, what, day) for what, day in lines]
    return found


__all__ = ["Page", "Row", "choices", "due_of", "fingerprint", "listing", "page", "state_of", "whose_copy"]
