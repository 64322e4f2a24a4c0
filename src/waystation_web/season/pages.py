"""Reading for the pages of seasons. Each view of a page is one line of the record."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from waystation.access import WRITERS, Role
from waystation.portfolio.missions import CLASSES
from waystation.portfolio.solver import Ended
from waystation_web.duty import queries as duty
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import Refused

from . import words
from .chosen import ASKED, COMPUTED, MOVE, Season, season_of
from .gathering import Gathered, gathered
from .saying import Party, Saying, Set, Waits
from .ways import code
from .weighing import Weighing


@dataclass(frozen=True, slots=True)
class Line:
    """One season in the list."""

    of: Season = field(repr=False)
    status: str
    look: str


@dataclass(frozen=True, slots=True)
class Listed:
    """All of them, the newest first."""

    lines: tuple[Line, ...]
    broken: int
    may_ask: bool


@dataclass(frozen=True, slots=True)
class Asking:
    """What the form asks for: everything that the plans use, by name."""

    parties: tuple[tuple[str, str], ...]
    left: tuple[tuple[str, str], ...]
    guides: tuple[tuple[str, str], ...] = field(repr=False)
    houses: tuple[tuple[str, str], ...] = field(repr=False)
    areas: tuple[tuple[str, str], ...] = field(repr=False)
    classes: tuple[tuple[str, str], ...]
    safety_floor: int | None
    broken: int


@dataclass(frozen=True, slots=True)
class Became:
    """What became of one mission, in words."""

    ref: str
    case: str
    what: str
    way: str
    plan: str
    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Page:
    """One season, whole."""

    of: Season = field(repr=False)
    status: str
    look: str
    ended: str
    arriving: str
    bound: str
    gap: str
    proven: bool
    parties: tuple[Party, ...] = field(repr=False)
    sets: tuple[Set, ...] = field(repr=False)
    full: tuple[str, ...]
    more: tuple[str, ...]
    waits: tuple[Waits, ...]
    left: tuple[tuple[str, str], ...]
    reliefs: tuple[tuple[str, ...], ...]
    shut: tuple[tuple[str, tuple[str, ...]], ...]
    became: tuple[Became, ...]
    chosen: Set | None
    caps: tuple[tuple[str, str], ...] = field(repr=False)
    by: str
    first: str
    second: str
    declined: str
    may_propose: bool
    may_sign: bool
    colleagues: tuple[tuple[str, str], ...]
    scenarios: int


def seasons(actor: Actor) -> Listed:
    """Every season this person holds. Raises `Refused`."""
    broken: list[bytes] = []
    with writing():
        read = [_readable(one, broken) for one in kept.every(actor, "season", refused=broken)]
    lines = [_line(one) for one in read if one is not None]
    return Listed(tuple(sorted(lines, key=lambda one: one.of.made, reverse=True)), len(set(broken)),
                  kept.may_make(actor, "plan"))


def asking(actor: Actor) -> Asking:
    """What the form asks for. Raises `InvalidBook`, `NotPermitted`, `Refused`."""
    with writing():
        there: Gathered = gathered(actor)
        limits = duty.limits(actor)
    return Asking(
        tuple((one.code, one.case.ref) for one in there.parties),
        tuple((ref, str(words.LEFT[why])) for ref, why in there.left),
        _coded("G", there.guides), _coded("H", there.houses), _coded("A", there.areas),
        tuple((name, str(words.CLASSES[name])) for name in CLASSES), limits.safety_floor, there.broken)


def _coded(letter: str, names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((code(letter, name), name) for name in names)


def one(actor: Actor, season_id: bytes) -> Page:
    """One season. Raises `NoSuchVault`, `NotPermitted`, `Refused` if a word or a signature does not hold."""
    with writing():
        held = kept.one(actor, season_id, "season")
        found = season_of(held)
        names = {one.id: one.handle for one in kept.colleagues().values()}
    try:
        return _page(actor, found, names)
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason


def _page(actor: Actor, found: Season, names: dict[bytes, str]) -> Page:
    weighing = Weighing(found.month, found.caps, found.answer)
    say = Saying(found, weighing)
    answer, writes = found.answer, kept.may_write(actor, "season")
    parties = say.parties()
    return Page(
        found, str(words.STATUS[found.status]), words.LOOKS[found.status], str(answer["ended"]),
        words.people(answer["chosen"]["arriving"]) if answer["chosen"] else "", words.people(answer["bound"]),
        f"{100 * answer['gap']:.1f}", answer["ended"] == Ended.PROVEN, parties, _sets(say, answer),
        tuple(say.limit(one) for one in answer["full"]), tuple(say.more(one) for one in answer["more"]), say.waits(),
        tuple((ref, str(words.LEFT[why])) for ref, why in found.left), say.reliefs(), say.shut(),
        _became(say, found), say.set(gettext("What was chosen"), found.moved) if found.said else None,
        _caps(say, found), names.get(found.record.made.by, ""), names.get(found.asked_by or b"", ""),
        names.get(found.signed_by or b"", ""), names.get(found.declined_by or b"", ""),
        found.status == COMPUTED and writes and bool(parties),
        found.status == ASKED and writes and found.asked_by != actor.id, _second_signers(actor),
        int(answer["scenarios"]))


def _sets(say: Saying, answer: Any) -> tuple[Set, ...]:
    if not answer["chosen"]:
        return ()
    rows = [say.set(gettext("The computed set"), answer["chosen"]["missions"])]
    rows += [say.set(gettext("Next best"), one["missions"]) for one in answer["alternatives"]]
    rows += [say.set(gettext("More of great need"), one["missions"]) for one in answer["front"]]
    return (*rows, say.set(gettext("Nobody moves"), ()))


def _became(say: Saying, found: Season) -> tuple[Became, ...]:
    ways = {way.code: way for one in say.weighing.month.missions for way in one.variants}
    return tuple(Became(say.name(one.mission), found.names.get(one.mission, ""), str(words.WHAT[one.what]),
                        say.way_name(ways[one.way]) if one.what == MOVE else "",
                        found.names.get(one.way, "") if one.what == MOVE else "", one.reason) for one in found.said)


def _caps(say: Saying, found: Season) -> tuple[tuple[str, str], ...]:
    """What somebody typed, as it was typed."""
    caps, told = found.caps, list[tuple[str, str]]()
    told.append((gettext("Money"), str(caps["budget"])))
    for label, name in ((gettext("Guide"), "guides"), (gettext("Safe house"), "houses")):
        told += [(f"{label} {say.name(key)}", _weekly(value)) for key, value in caps[name].items()]
    if caps.get("moving") is not None:
        told.append((gettext("Parties that the desk can follow"), _weekly(caps["moving"])))
    told += [(gettext("People who may pass %(area)s in any two weeks") % {"area": say.name(key)}, str(value))
             for key, value in caps.get("exposure", {}).items()]
    told += [(gettext("Chance of a crackdown in %(area)s, of 100; your word") % {"area": say.name(one["code"])},
              str(one["crackdown"] // 10)) for one in found.month["areas"]]
    if caps.get("sharing") is not None:
        told.append((gettext("Missions that may share one guide or house"), str(caps["sharing"])))
    if caps.get("bad_case") is not None:
        told.append((gettext("People lost in the bad case, at most"), words.people(caps["bad_case"] / 1000)))
    told.append((gettext("Safety floor, of 100"), str(caps["safety_floor"] // 10)))
    told += [(gettext("Floor for %(who)s, of 100") % {"who": words.CLASSES[key]}, str(value))
             for key, value in caps.get("floors", {}).items()]
    told += [(gettext("Must be taken, by your word"), say.name(one)) for one in caps.get("take", ())]
    told += [(gettext("Left out, by your word"), say.name(one)) for one in caps.get("leave", ())]
    return tuple(told)


def _weekly(value: Any) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _line(found: Season) -> Line:
    return Line(found, str(words.STATUS[found.status]), words.LOOKS[found.status])


def _readable(held: Any, broken: list[bytes]) -> Season | None:
    try:
        return season_of(held)
    except Refused:
        broken.append(held.id)
        return None


def _second_signers(actor: Actor) -> tuple[tuple[str, str], ...]:
    return tuple((one.id.hex(), f"{one.handle} · {', '.join(sorted(gettext(Role(role).words) for role in one.roles))}")
                 for one in sorted(kept.colleagues().values(), key=lambda one: one.handle)
                 if one.active and one.id != actor.id and {Role(role) for role in one.roles} & WRITERS["season"])


def faults(found: Page, of: tuple[tuple[str, Any], ...]) -> list[tuple[str, str]]:
    """What is in the way of a signature, in words: which mission, and why."""
    refs = {one.code: one.ref for one in found.parties}
    say = Saying(found.of, Weighing(found.of.month, found.of.caps, found.of.answer))
    told = []
    for rule, about in of:
        if rule == "barred":
            told.append((refs.get(about[0], ""), str(words.OUT[about[2]])))
        elif rule == "broken":
            told.append(("", say.over({"kind": about.kind, "name": about.name, "week": about.week,
                                       "over": about.over})))
        else:
            told.append((refs.get(str(about), ""), str(words.FAULTS[rule])))
    return told


__all__ = ["Asking", "Listed", "Page", "asking", "faults", "one", "seasons"]
