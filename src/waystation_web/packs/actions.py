"""What people do with a pack before a copy of it exists: name its reader, hear their key, ask, sign."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext_noop

from waystation.access import Facts, Permission, Role
from waystation.stories.clearance import Hindrance, counted
from waystation.stories.reading import LONGEST, over
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.cases import values
from waystation_web.directory.actions import terms_for
from waystation_web.directory.entry import Addressee
from waystation_web.directory.queries import held as entry_held
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.record import said
from waystation_web.stories.actions_publish import InTheWay
from waystation_web.stories.knowing import LOOK, of_cases, of_text
from waystation_web.stories.story import RECALLED, Story, story_of
from waystation_web.stories.story import TYPE as STORY
from waystation_web.takeout.order import MISHEARD, NO_KEY, heard_right, sealable
from waystation_web.vault import approvals
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, NotPermitted
from waystation_web.vault.queries import allow

from .pack import EARS, SORT, TYPE, Pack, pack_of

PEOPLE, GUARD = frozenset({Role.CASE_WORKER}), frozenset({Role.SECURITY_OFFICER})
OUTSIDE = frozenset({"none", "between"})   # no State, and nobody who bears arms, is given anything to read of a case
NOBODY_LOOKED = Hindrance("H-12", "Nobody has looked whether the journey is over. Ask whoever keeps the case.")


def may_ask(actor: Actor) -> None:
    """Raises `NotPermitted` for whoever makes no pack: before anything is said about what they typed."""
    allow(actor, Permission.CREATE_VAULT, Facts(type=TYPE))


def ask(actor: Actor, typed: Mapping[str, Any]) -> bytes:
    """A pack of a story for one named reader of a partner; its id. Raises `NoSuchVault`, `NotPermitted`."""
    with writing():
        story = story_held(actor, typed["story"])
        partner = partner_for(actor, typed["partner"], until=typed["until"])
        if not sealable(typed["key"]):
            raise NotPermitted("recipient_key", NO_KEY)
        held = records.make(actor, TYPE, {
            "sort": SORT, "story": story.key, "partner": partner.key, "organisation": partner.name,
            **{name: typed[name] for name in ("reader", "key", "purpose", "recipient", "why")},
            "until": typed["until"].isoformat(), "people": people_of(story)})
    return held.id


def hear(actor: Actor, pack_id: bytes, *, digits: str, how: str) -> None:
    """The reader read the digits of their key aloud to this person; two people each hear them for themselves.

    Whoever controls the line by which the key came must not choose it. Raises `NotPermitted` if the digits are others.
    """
    with writing():
        pack = open_pack(actor, pack_id)
        if not heard_right(pack.age_key, digits):
            raise NotPermitted("misheard", MISHEARD, vault=pack.id)
        for one in pack.heard_by:
            approvals.another(actor, one, vault=pack.id)
        records.add(actor, pack.record, "heard", {"how": how})


def ask_to_sign(actor: Actor, pack_id: bytes, colleagues: Collection[bytes]) -> None:
    """Let those who are to sign it read the pack and its story, for a fortnight. Raises as `let_sign`."""
    with writing():
        pack = open_pack(actor, pack_id)
        for one in colleagues:
            records.let_sign(actor, pack.id, TYPE, one)
            records.let_sign(actor, pack.story, STORY, one)
        record(actor, Event.ASKED_FOR_SECOND, vault=pack.id, reason="pack")


def sign(actor: Actor, pack_id: bytes) -> str:
    """Sign that this reader may have exactly these words: a case worker first, then the security officer.

    Raises `InTheWay` with everything that stands in the way, `NotPermitted`, `NoSuchVault`.
    """
    with writing():
        pack = open_pack(actor, pack_id)
        story, asked = story_held(actor, pack.story), open_block(actor, pack)
        if not actor.roles & (GUARD if asked else PEOPLE):
            raise NotPermitted("H-12", "A case worker signs first, who knows the people; then the security officer, "
                               "who guards those who helped.", vault=pack.id)
        found = (*of_pack(actor, pack), *(of_text(story) if asked else live(actor, pack, story)))
        if found:
            raise InTheWay(found)
        this = manifest(pack, story)
        if not asked:
            looked = {"digest": story.digest, "at": said(clock.now()), "by": actor.id.hex()}
            records.change(actor, pack.record, {"looked": looked, "clearing": {
                "approval": approvals.ask(actor, pack.id, this)}}, what="clearing", kept=False)
            record(actor, Event.ASKED_FOR_SECOND, vault=pack.id)
            return "asked"
        signed = approvals.approve(actor, pack.id, asked, this)
        records.change(actor, pack.record, {"clearing": {"approval": signed}}, what="cleared")
        record(actor, Event.SIGNED_SECOND, vault=pack.id)
    return "cleared"


def in_the_way(actor: Actor, pack: Pack, story: Story | None) -> tuple[Hindrance, ...]:
    """Everything, as far as this person can know it; what lies in cases that they do not read, as it was looked at."""
    if story is None:
        return (Hindrance("H-12", gettext_noop(
            "You do not hold the story of which its words are. Ask whoever does.")),)
    cases = of_cases(actor, story, to=pack.to, through=pack.until)
    return (*of_pack(actor, pack), *(_as_looked(pack, story) if cases is None else cases), *of_text(story))


def live(actor: Actor, pack: Pack, story: Story) -> tuple[Hindrance, ...]:
    """Everything of the story, seen now: for whoever signs first or makes the copy, yesterday's look is not enough."""
    cases = of_cases(actor, story, to=pack.to, through=pack.until)
    if cases is None:
        raise NotPermitted("H-12", "You cannot read all the cases that it tells of. Ask whoever can.", vault=pack.id)
    return (*cases, *of_text(story))


def of_pack(actor: Actor, pack: Pack) -> tuple[Hindrance, ...]:
    """What stands in the way of this reader, whatever the words are."""
    found = []
    if len(pack.heard_by) < EARS:
        found.append(Hindrance("key", gettext_noop(
            "Two people must each hear the digits of the key from its reader.")))
    if over(pack.reading, clock.today()):
        found.append(Hindrance("until", gettext_noop(
            "Its last day has gone by, or it was ended. Ask for another one.")))
    try:
        partner_for(actor, pack.partner, until=pack.until)
    except NotPermitted as why:
        found.append(Hindrance(why.rule, why.sentence))
    return tuple(found)


def partner_for(actor: Actor, entry_id: bytes, *, until: Any) -> Addressee:
    """A partner whose terms bind until that day. Raises `NotPermitted`, `NoSuchVault`."""
    found = entry_held(actor, entry_id, looked=False)
    terms = terms_for(actor, entry_id)
    if not isinstance(found, Addressee) or found.authority not in OUTSIDE:
        raise NotPermitted("H-05", "No reader of a State or of an armed group is given a pack.", vault=entry_id)
    if until > min(terms.until, clock.today() + LONGEST):
        raise NotPermitted("until", "Its last day lies within the terms of the partner, and half a year at most.",
                           vault=entry_id)
    return found


def story_held(actor: Actor, story_id: bytes) -> Story:
    """A story whose words may be given. Raises `NoSuchVault`, `NotPermitted` if it was taken back."""
    story = story_of(kept.one(actor, story_id, STORY, looked=False))
    if story is None:
        raise NoSuchVault
    if story.stage == RECALLED:
        raise NotPermitted("H-21", "This story was taken back. Nobody is given it any more.", vault=story_id)
    return story


def people_of(story: Story) -> list[dict[str, Any]]:
    """Of whom it tells now: somebody may have been named after the pack was asked for, and their "no" counts too."""
    return [{name: one.get(name, "") for name in ("case", "person", "byline")} for one in story.people]


def open_pack(actor: Actor, pack_id: bytes, *, after: bool = False) -> Pack:
    """A pack to write in, inside the caller's `writing()`. Raises `NoSuchVault`, `NotPermitted` once it was made."""
    pack = pack_of(kept.one(actor, pack_id, TYPE, looked=False))
    if pack is None:
        raise NoSuchVault
    if not after and (pack.copy or over(pack.reading, clock.today())):
        raise NotPermitted("made", "Its copy was made, or its time is over. For another copy ask anew.", vault=pack.id)
    return pack


def manifest(pack: Pack, story: Story) -> dict[str, Any]:
    """What two sign: the very words, whose eyes they are for, to which key, heard by whom, what for and until when."""
    return {"act": "reading pack", "digest": story.digest, "people": len(story.people), "fit": counted(story.counts),
            "checks": [one.get("id") for one in story.now("checks")], "reader": pack.reader,
            "partner": pack.partner.hex(), "key": pack.age_key, "heard": sorted(one.hex() for one in pack.heard_by),
            "to": list(pack.to), "why": values.text(pack.body, "why"), "until": pack.until.isoformat()}


def open_block(actor: Actor, pack: Pack) -> Mapping[str, Any]:
    """What one has signed and another still may, for exactly these words and this reader; empty if there is none."""
    block = values.part(values.part(pack.body, "clearing"), "approval")
    until = values.at(block, "until")
    held = kept.maybe(actor, pack.story, STORY) if block else None
    story = held and story_of(held)
    fresh = story and "approved_by" not in block and until is not None and clock.now() <= until
    return block if story and fresh and values.part(block, "manifest") == manifest(pack, story) else {}


def _as_looked(pack: Pack, story: Story) -> tuple[Hindrance, ...]:
    """Whoever signed first saw nothing in the way in the cases, if that is not old and about these very words."""
    looked = values.part(pack.body, "looked")
    at = values.at(looked, "at")
    fresh = looked.get("digest") == story.digest and at is not None and clock.now() <= at + LOOK
    return () if fresh else (NOBODY_LOOKED,)
