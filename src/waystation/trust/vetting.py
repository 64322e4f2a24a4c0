"""Whom one may rely on for what, and until when: grades with a reason, a reviewer and an end; roles kept apart.

A grade is given by somebody, for a reason, and ends. When it has ended nothing stands in its place: whoever was
reliable two years ago "cannot be judged" today. Reliability (A to F) belongs to the person, credibility (1 to 6) to
each report; neither is a verdict, and they add up to no score. Somebody who sells people is no contact of any grade:
such a person belongs into the evidence, as an alleged perpetrator, and onto the block list.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

RELIABILITY: Mapping[str, str] = MappingProxyType({
    "A": "reliable", "B": "usually reliable", "C": "fairly reliable", "D": "not usually reliable", "E": "unreliable",
    "F": "cannot be judged",
})
CREDIBILITY: Mapping[int, str] = MappingProxyType({
    1: "confirmed", 2: "probably true", 3: "possibly true", 4: "doubtful", 5: "improbable", 6: "cannot be judged",
})
UNJUDGED = "F"
ROLES: Mapping[str, str] = MappingProxyType({
    "broker": "broker", "guide": "guide", "driver": "driver", "host": "host", "interpreter": "interpreter",
    "official": "official", "intermediary": "intermediary with a detained person", "informant": "informant",
    "medic": "medic", "clergy": "clergy", "volunteer": "volunteer", "lawyer": "lawyer",
})
MOTIVES: Mapping[str, str] = MappingProxyType({
    "faith": "faith", "kin": "kin", "money": "money", "mixed": "mixed", "coerced": "coerced",
    "government": "government", "": "not known",
})
STANDING: Mapping[str, str] = MappingProxyType({
    "new": "new", "probation": "on probation", "cleared": "cleared for what stands below", "restricted": "restricted",
    "suspended": "suspended", "burnt": "burnt: do not use", "blocked": "blocked: do not use",
    "expired": "the last decision has ended: vet them anew",
})
DECIDED = tuple(code for code in STANDING if code not in {"new", "expired"})  # what somebody may decide
LAPSES = frozenset({"probation", "cleared", "restricted"})  # whoever was stopped stays stopped until somebody decides
UNUSABLE = frozenset({"suspended", "burnt", "blocked"})


class Helper(StrEnum):
    """How somebody earns: four codes that are never one."""

    HELPER = "helper"
    PAID = "paid_broker"
    EXPLOITS = "exploitative_broker"
    TRAFFICKER = "trafficker"


@dataclass(frozen=True, slots=True)
class Grade:
    """One judgement of somebody's reliability."""

    grade: str
    reason: str
    reviewer: str
    given: date
    ends: date


@dataclass(frozen=True, slots=True)
class Judged:
    """What may be said of somebody's reliability on a day, and why."""

    grade: str
    sentence: str
    current: Grade | None = None


@dataclass(frozen=True, slots=True)
class NotAContact:
    """Somebody who must not be kept as a contact, and where they belong."""

    rule: str
    sentence: str


def judged(grades: Iterable[Grade], day: date, *, brought_by_others: bool = False) -> Judged:
    """The newest grade that has not ended. `brought_by_others`: the organisation did not choose this contact.

    >>> once = Grade("B", "Three parties came through.", "anna", date(2030, 1, 1), date(2030, 7, 1))
    >>> judged([once], date(2030, 6, 1)).grade, judged([once], date(2030, 7, 2)).grade
    ('B', 'F')
    """
    given = sorted((one for one in grades if one.given <= day), key=lambda one: one.given)
    if not given:
        return Judged("D" if brought_by_others else UNJUDGED, BROUGHT if brought_by_others else NOBODY)
    last = given[-1]
    if day > last.ends:
        return Judged(UNJUDGED, ENDED)
    return Judged(last.grade, RELIABILITY[last.grade], last)


NOBODY = "Nobody has judged this contact yet."
BROUGHT = "Brought by others: below a contact of one's own until somebody judges them."
ENDED = "The last grade has ended. Judge them anew before relying on them."


def may_be_contact(helper: Helper) -> NotAContact | None:
    """None, or why somebody is no contact.

    >>> may_be_contact(Helper.PAID) is None, may_be_contact(Helper.TRAFFICKER).rule
    (True, 'perpetrator')
    """
    if helper is Helper.TRAFFICKER:
        return NotAContact("perpetrator", "Somebody who sells people is no contact. Keep what you know as evidence.")
    return None


def exploits(helper: str) -> bool:
    """Whether somebody is known for exploiting people: blocked for every role on every journey, whatever else is known.

    >>> exploits("exploitative_broker"), exploits("paid_broker"), exploits("")
    (True, False, False)
    """
    return helper in {Helper.EXPLOITS, Helper.TRAFFICKER}


def standing_on(standing: str, ends: date | None, day: date) -> str:
    """How somebody stands on a day, by the last decision and the day on which it ends. A clearance ends by itself; a
    stop never does.

    >>> ends, after = date(2030, 7, 1), date(2030, 7, 2)
    >>> standing_on("cleared", ends, after), standing_on("burnt", ends, after)
    ('expired', 'burnt')
    """
    return "expired" if standing in LAPSES and (ends is None or day > ends) else standing


def may_use(standing: str, judged_now: Judged, *, holds_papers_or_children: bool = False,
            flagged: bool = False) -> tuple[str, ...]:
    """Warnings to read before relying on somebody; empty does not mean safe.

    >>> may_use("burnt", Judged("A", "reliable"))
    ('This contact must not be used.',)
    """
    said = ["This contact must not be used."] if standing in UNUSABLE else []
    if standing == "expired":
        said.append("What was decided about this contact has ended. Vet them anew before relying on them.")
    if judged_now.grade in {"E", UNJUDGED}:
        said.append("Nobody can say today whether this contact is reliable.")
    if holds_papers_or_children:
        said.append("This contact holds papers, money or children of people who travel.")
    if flagged:
        said.append("A flag is raised on this contact. Read what raised it before relying on them.")
    return tuple(said)


def fits(grade: str, reason: str, given: date, ends: date) -> str:
    """Why a grade cannot be kept as it is; empty if it can.

    >>> fits("B", " ", date(2030, 1, 1), date(2030, 2, 1))
    'A grade needs a reason.'
    """
    if grade not in RELIABILITY:
        return "Choose a grade from A to F."
    if not reason.strip():
        return "A grade needs a reason."
    if ends <= given:
        return "A grade ends after the day on which it is given."
    if (ends - given).days > 366:
        return "A grade ends within a year: people and places change."
    return ""
