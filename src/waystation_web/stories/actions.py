"""What people do to a story before it is signed: propose it, write it, say of whom it is, count, search, judge."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from waystation.access import Facts, Permission, Role
from waystation.evidence.redaction import ControlMissedError, Part, Sure, check
from waystation.stories.parts import AREAS
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.cases import published, values
from waystation_web.cases.case import case_of
from waystation_web.cases.queries import held_case
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.record import said
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, NotPermitted
from waystation_web.vault.queries import allow

from . import inside, roster
from .knowing import of_cases
from .rendering import pages, texts
from .story import DRAFTED, PROPOSED, PUBLISHED, RECALLED, SORT, TYPE, Story, story_of

WRITTEN = ("title", "dek", "language", "year", "season", "warning", "course")
LISTS = frozenset({"segments", "motifs", "calls", "sources", "register", "reach"})
AFTER = frozenset({"register", "reach"})  # what may still be written down once it is public


def propose(actor: Actor, typed: Mapping[str, Any]) -> bytes:
    """A story is proposed: a working title, why this one, and of whom. Its id. Raises `NotPermitted`, `NoSuchVault`."""
    with writing():
        held = records.make(actor, TYPE, {"sort": SORT, "stage": PROPOSED, "title": typed["title"],
                                          "selection": {"why": typed["why"], "withheld": ""}})
        if typed.get("case"):
            _add_people(actor, held, bytes.fromhex(typed["case"]), typed)
    return held.id


def may_propose(actor: Actor) -> None:
    """Raises `NotPermitted` for whoever proposes no story: before anything is said about what they typed."""
    allow(actor, Permission.CREATE_VAULT, Facts(type=TYPE))


def tell_of(actor: Actor, story_id: bytes, typed: Mapping[str, Any]) -> None:
    """Of whom it tells, by whoever holds the case. Raises `NoSuchVault`, `NotPermitted`."""
    with writing():
        story = open_story(actor, story_id)
        _add_people(actor, story.record, bytes.fromhex(typed["case"]), typed)


def write(actor: Actor, story_id: bytes, typed: Mapping[str, Any]) -> None:
    """What stands around its pieces: title, season, way, warning. Raises `NoSuchVault`, `NotPermitted`."""
    if not set(typed["course"]) <= set(AREAS):
        raise NotPermitted("H-02", "The line may bend at countries and provinces alone.", vault=story_id)
    with writing():
        story = open_story(actor, story_id)
        records.change(actor, story.record, {**{name: typed[name] for name in WRITTEN}, "stage": _drafted(story)},
                       what="text")


def choose(actor: Actor, story_id: bytes, typed: Mapping[str, Any]) -> None:
    """Why this story, what of it is withheld, how somebody is described, and before which day it stays here."""
    with writing():
        story = open_story(actor, story_id)
        until = typed["until"].isoformat() if typed.get("until") else ""
        described = {name: typed[name] for name in ("sex", "band", "from_year", "to_year") if typed.get(name)}
        records.change(actor, story.record, {"selection": {"why": typed["why"], "withheld": typed["withheld"]},
                                             "described": described, "until": until}, what="selection")


def add(actor: Actor, story_id: bytes, to: str, item: Mapping[str, Any]) -> None:
    """A piece, a thing with a meaning, a source, a call, a line of the register or of its reach."""
    with writing():
        story = open_story(actor, story_id, after=to in AFTER)
        _one_of_the_lists(to)
        if story.slug and item.get("kind") == "distributor":
            _passed_on(actor, story, str(item["who"]))
        more = {"stage": _drafted(story)} if to == "segments" else {}
        records.add(actor, story.record, to, item, **more)


def change(actor: Actor, story_id: bytes, of: str, item: str, fields: Mapping[str, Any]) -> None:
    """Write an item of a list anew; what it said before stays in the history. Raises `NoSuchVault`."""
    with writing():
        story = open_story(actor, story_id, after=of in AFTER)
        _one_of_the_lists(of)
        records.replace_item(actor, story.record, of, item, fields, what=of)


def remove(actor: Actor, story_id: bytes, of: str, item: str) -> None:
    """Take a piece of it away. Raises `NoSuchVault`."""
    with writing():
        story = open_story(actor, story_id)
        _one_of_the_lists(of)
        left = [one for one in story.body.get(of, []) if one.get("id") != item]
        if len(left) == len(story.body.get(of, [])):
            raise NoSuchVault
        records.change(actor, story.record, {of: left}, what=of)


def count(actor: Actor, story_id: bytes, *, matches: int, over: str) -> None:
    """How many people fit what is told, and over what that was counted: for exactly these words."""
    _bound(actor, story_id, "counts", {"matches": matches, "over": over})


def judge_inside(actor: Actor, story_id: bytes, *, identifiable: bool, reason: str) -> None:
    """Whether a relative who is still inside could be known by exactly these words; was the register open?"""
    with writing():
        story = open_story(actor, story_id)
        records.add(actor, story.record, "inside", {
            "identifiable": identifiable, "reason": reason, "digest": story.digest,
            "register": inside.register(actor, story) is not None})


def judge_hit(actor: Actor, story_id: bytes, *, where: str, reason: str) -> None:
    """What reads like a name is none, in exactly these words; what surely is one cannot be judged away.

    Of what the searches up to now found: a later one may find another name in the same piece.
    """
    with writing():
        story = open_story(actor, story_id)
        records.add(actor, story.record, "judged", {
            "where": where, "reason": reason, "digest": story.digest,
            "checks": [values.text(one, "id") for one in story.now("checks")]})


def say_helpers(actor: Actor, story_id: bytes, *, safe: bool, reason: str) -> None:
    """Whether those who helped on that way are out of danger. By the security officer alone."""
    if Role.SECURITY_OFFICER not in actor.roles:
        raise NotPermitted("H-12", "Only the security officer says this of those who helped.", vault=story_id)
    with writing():
        records.add(actor, open_story(actor, story_id).record, "helpers", {"safe": safe, "reason": reason})


def search(actor: Actor, story_id: bytes) -> None:
    """Look for every name, place and number of its cases that this person can open, in all that would be published.

    Raises `ControlMissedError` if the search itself is blind: then nothing was written down, and nothing goes out.
    """
    with writing():
        story = open_story(actor, story_id)
        known = roster.known(actor, story)
        hits = check(parts_of(story), known.roster)
        found = {sure: sorted({hit.where for hit in hits if hit.sure is sure}) for sure in Sure}
        records.add(actor, story.record, "checks", {
            "digest": story.digest, "hits": found[Sure.SEEN], "perhaps": [
                where for where in found[Sure.PERHAPS] if where not in found[Sure.SEEN]],
            "names": sorted(known.names), "network": known.network})


def look(actor: Actor, story_id: bytes) -> None:
    """Look into the cases, so that those who cannot read them see what stands in the way there."""
    with writing():
        story = open_story(actor, story_id)
        found = of_cases(actor, story)
        if found is None:
            raise NotPermitted("H-12", "You cannot read all the cases that it tells of. Ask whoever can.",
                               vault=story_id)
        records.change(actor, story.record, {"looked": {
            "at": said(clock.now()), "by": actor.id.hex(), "digest": story.digest,
            "found": [one._asdict() for one in found]}}, what="looked", kept=False)


def ask_to_clear(actor: Actor, story_id: bytes, colleagues: list[bytes]) -> None:
    """Let those read it who are to sign it, for a fortnight. Raises `NoSuchVault`, `NotPermitted`."""
    with writing():
        story = open_story(actor, story_id)
        for one in colleagues:
            records.let_sign(actor, story.id, TYPE, one)
        record(actor, Event.ASKED_FOR_SECOND, vault=story.id, reason="story")


def parts_of(story: Story) -> list[Part]:
    """All that would be published, as text and as the very bytes of its files."""
    files = pages(replace(story.told, course=()))  # the map is drawn of numbers and names of countries alone
    return [*(Part(where, text) for where, text in texts(story.told)),
            *(Part(name, held) for name, held in files.items() if name.endswith(".html") or name == "card")]


def open_story(actor: Actor, story_id: bytes, *, after: bool = False) -> Story:
    """A story to write in, inside the caller's `writing()`. Raises `NoSuchVault`, `NotPermitted` once it is public."""
    story = story_of(kept.one(actor, story_id, TYPE, looked=False))
    if story is None:
        raise NoSuchVault
    if story.stage in {PUBLISHED, RECALLED} and not after:
        raise NotPermitted("published", "It is public, or was taken back: its words stay as they are. Take it back, "
                           "and propose a new one.", vault=story_id)
    return story


def _bound(actor: Actor, story_id: bytes, to: str, item: Mapping[str, Any]) -> None:
    with writing():
        story = open_story(actor, story_id)
        records.add(actor, story.record, to, {**item, "digest": story.digest})


def _add_people(actor: Actor, held: Any, case_id: bytes, typed: Mapping[str, Any]) -> None:
    """By the codes of a case that one holds. Raises `NoSuchVault` for a code that nobody has there."""
    case = case_of(held_case(actor, case_id))
    by_code = {one.code: one.id for one in case.people}
    if not set(typed["people"]) <= set(by_code):
        raise NoSuchVault
    new = [{"id": os.urandom(8).hex(), "by": actor.id.hex(), "at": said(clock.now()), "case": case.key,
            "person": by_code[code], "data": sorted(typed["data"]), "byline": typed.get("byline", "")}
           for code in typed["people"]]
    kept_ones = [one for one in held.body.get("people", []) if one.get("person") not in {one["person"] for one in new}]
    records.change(actor, held, {"people": [*kept_ones, *new]}, what="people", kept=False)


def _passed_on(actor: Actor, story: Story, who: str) -> None:
    """Each case is told who passes it on, so that a "no" there asks them too. Raises `NotPermitted`."""
    try:
        for key in story.cases:
            published.passed_on(actor, held_case(actor, key), story.slug, who)
    except NoSuchVault as why:
        raise NotPermitted("H-21", "You cannot read all the cases that it tells of. Ask whoever can.",
                           vault=story.id) from why


def _drafted(story: Story) -> str:
    return DRAFTED if story.stage == PROPOSED else str(story.body.get("stage"))


def _one_of_the_lists(of: str) -> None:
    if of not in LISTS:
        raise NoSuchVault


__all__ = ["ControlMissedError", "add", "ask_to_clear", "change", "choose", "count", "judge_hit", "judge_inside",
           "look", "may_propose", "open_story", "parts_of", "propose", "remove", "say_helpers", "search", "tell_of",
           "write"]
