"""Making the one copy, and what is written down of it afterwards. Nothing here sends anything."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from secrets import token_hex
from typing import Any

from waystation.cli.outputs import sealed
from waystation.papers.paper import Paper
from waystation.stories.copies import alone, lines_of
from waystation.stories.reading import BY_HAND, ENDS, Word
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.cases import values
from waystation_web.cases.queries import held_case
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.papers import printing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.record import said
from waystation_web.stories.actions_publish import InTheWay
from waystation_web.vault import approvals
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted

from .actions import PEOPLE, live, manifest, of_pack, open_pack, people_of, story_held
from .pack import TYPE, Pack, pack_of
from .paper import kept as words_kept
from .paper import paper, texts, told_of

TRIES = 40   # marks that are drawn until one makes lines that no other copy of these words has


def make(actor: Actor, pack_id: bytes) -> tuple[str, bytes]:
    """The one copy, sealed to its reader's key: its mark and its bytes. They are nowhere else afterwards.

    It is printed before anything is written, by a child, and everything is asked once more when it is written down.
    Raises `InTheWay`, `NotPermitted`, `NoSuchVault`, `printing.NotPrinted`, `papers.checks.Faulty`.
    """
    with writing():
        pack, _block = _signed(actor, pack_id)
        told = story_held(actor, pack.story).told
        others = [lines_of(texts(told_of(words), mark)) for mark, words in copies(actor).items()]
    mark, apart = _mark(told, others)
    file = sealed(printing.pdf(_paper(pack, told, mark)), [pack.age_key])
    with writing():
        pack, block = _signed(actor, pack_id)
        story = story_held(actor, pack.story)
        done = approvals.use(pack.id, block, manifest(pack, story))
        if story.told != told:
            raise NotPermitted("changed", "Its words were changed while the copy was printed. Make it again.",
                               vault=pack.id)
        copy = {"mark": mark, "digest": story.digest, "sha256": sha256(file).hexdigest(), "apart": apart,
                "at": said(clock.now()), "by": actor.id.hex()}
        held = records.add(actor, pack.record, "log", {
            "word": Word.MADE.value, "day": clock.today().isoformat(), "text": mark},
            copy=copy, told=words_kept(story.told), people=people_of(story), clearing={"approval": done})
        _tell_cases(actor, Pack(held))
        record(actor, Event.EXPORTED, vault=pack.id, second=bytes.fromhex(done["approved_by"]))
    return mark, file


def tell(actor: Actor, pack_id: bytes, *, word: str, day: date, text: str) -> None:
    """A line of the log: handed over, came, read, returned, destroyed, told. Of what a person did or said."""
    with writing():
        pack = open_pack(actor, pack_id, after=True)
        if word not in BY_HAND:
            raise NotPermitted("word", "The office itself writes down that a copy was made.", vault=pack.id)
        if not pack.copy:
            raise NotPermitted("word", "There is no copy of it yet: nothing was handed over.", vault=pack.id)
        records.add(actor, pack.record, "log", {"word": word, "day": day.isoformat(), "text": text})
        if word in ENDS:
            record(actor, Event.TAKEN_BACK, vault=pack.id)


def stop(actor: Actor, pack_id: bytes, *, reason: str) -> None:
    """Nobody may read it any more, from now on: no copy is made, and its reader is to be told today."""
    with writing():
        pack = open_pack(actor, pack_id, after=True)
        first = values.part(pack.body, "stopped")
        now = {"at": said(clock.now()), "by": actor.id.hex(), "reason": reason}
        records.change(actor, pack.record, {"stopped": dict(first) or now}, what="stopped")
        record(actor, Event.TAKEN_BACK, vault=pack.id)


def copies(actor: Actor) -> dict[str, Mapping[str, Any]]:
    """What every reader was given, by the mark of their copy, as far as this person holds it."""
    found = [one for one in map(pack_of, kept.every(actor, TYPE, refused=[], looked=False)) if one and one.copy]
    return {values.text(one.copy, "mark"): values.part(one.body, "told") for one in found}


def _signed(actor: Actor, pack_id: bytes) -> tuple[Pack, Mapping[str, Any]]:
    """A pack that two signed and in whose way nothing stands now. Raises `NotPermitted`, `InTheWay`."""
    pack = open_pack(actor, pack_id)
    if not actor.roles & PEOPLE:
        raise NotPermitted("H-12", "A case worker makes the copy: they see what people said as it is now.",
                           vault=pack_id)
    story, block = story_held(actor, pack.story), values.part(values.part(pack.body, "clearing"), "approval")
    if not block:
        raise NotPermitted("second_signature", "Two must sign exactly these words first.", vault=pack_id)
    approvals.checked(pack.id, block, manifest(pack, story))
    found = (*of_pack(actor, pack), *live(actor, pack, story))
    if found:
        raise InTheWay(found)
    return pack, block


def _mark(told: Any, others: list[frozenset[str]]) -> tuple[str, bool]:
    """A mark whose lines no other copy has, and whether there are such: a text of two lines tells nobody apart."""
    mark = token_hex(4)
    for _ in range(TRIES):
        if alone(lines_of(texts(told, mark)), others):
            return mark, True
        mark = token_hex(4)
    return mark, False


def _paper(pack: Pack, told: Any, mark: str) -> Paper:
    return paper(told, reader=pack.reader, until=pack.until, mark=mark, why=values.text(pack.body, "why"),
                 day=clock.today())


def _tell_cases(actor: Actor, pack: Pack) -> None:
    """Each case knows who was given what of it, so that a yes taken back there becomes a task there."""
    people = values.items(pack.body, "people")
    for key in sorted({values.text(one, "case") for one in people}):
        mine = [one for one in people if one.get("case") == key]
        purposes = [pack.to.purpose, *(["public"] if any(one.get("byline") for one in mine) else [])]
        records.add(actor, held_case(actor, bytes.fromhex(key)), "packs", {
            "pack": pack.key, "people": [one.get("person") for one in mine], "to": pack.reader, "purposes": purposes})
