"""One or two entries of what an office works at beside cases and roads: afterwards, outside, in public, and for claims.

They hang together with one case that has arrived. Everything is invented and says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from waystation_web.arrival import actions as arrival
from waystation_web.arrival.actions import ARRIVED
from waystation_web.cases import queries as cases
from waystation_web.claims import actions_complaint
from waystation_web.directory import actions as directory
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.library import actions as library
from waystation_web.status import actions as status
from waystation_web.stories import actions as stories
from waystation_web.vault.actor import Actor


def fill(who: Mapping[str, Actor]) -> None:
    """An application, a follow-up, a story that is proposed, a complaint; the directory and the library."""
    dol, today = who["dol"], clock.today()
    with writing():
        case = next(one for one in cases.cases(dol) if one.stage in ARRIVED and one.people and not one.withdrawn)
    first = case.people[0]
    status.begin(dol, {"case": case.id, "persons": [first.id], "pathway": "P1"})
    followed = arrival.begin(dol, {"case": case.id, "person": first.id, "arrived": today - timedelta(days=40)})
    arrival.talk(dol, followed, {"milestone": "d30", "day": today - timedelta(days=9), "needs": [], "screen": "no_sign",
                                 "work": "seeking", "text": "Sleeps better. Asks about the brother. (Invented.)"})
    stories.propose(dol, {"title": "A lamp in a window (invented)", "case": case.key, "people": [first.code],
                          "why": "They want it told, and nobody was asked to sign yet. (Invented.)",
                          "data": ["testimony"], "byline": ""})
    actions_complaint.take_down(dol, {
        "sort": "service", "from": "somebody of a case (invented)", "how": "phone", "received": today,
        "said": "Nobody rang on Thursday, as was promised. (Invented.)", "wish": "A call on the day that was named.",
        "answer_to": "by the safe way of their case", "protect": "", "about_others": "", "about": [],
        "handlers": [who["bora"].id]})  # jun is an auditor too
    _outside(who["sena"])
    _library(dol)


def _outside(coordinator: Actor) -> None:
    """Somebody who may be written to, terms that a partner signed, and a day that comes back."""
    today = clock.today()
    entry = {"others": [], "country": "KR", "office": "", "body": "", "languages": ["kor", "eng"],
             "address": "1 Invented Street", "source": "invented", "as_of": today.isoformat(), "note": ""}
    directory.write(coordinator, "official", entry | {"name": "Office for Invented Affairs", "authority": "state"})
    partner = directory.write(coordinator, "organisation",
                              entry | {"name": "Harbour Kitchen (invented)", "authority": "none"})
    directory.sign_terms(coordinator, partner, {
        "what": "the paper that a person agreed to", "why": "to look for a place to sleep", "keeps": "a month",
        "onward": "nobody", "signed_on": today - timedelta(days=20), "until": today + timedelta(days=160)})
    directory.asked(coordinator, partner, on=today - timedelta(days=3), how="by phone",
                    about="Whether one bed is free from next week. (Invented.)", again=today + timedelta(days=2))
    directory.write(coordinator, "occasion", {
        "name": "Day of the lantern (invented)", "kind": "anniversary", "day": (today + timedelta(days=12)).isoformat(),
        "yearly": True, "ahead": 30, "who": "", "raise": "Ask where those are who were led away. (Invented.)"})


def _library(writer: Actor) -> None:
    """A film with a sentence from it, and a note that one must know to understand it."""
    looked_up = clock.today().isoformat()
    film = library.write(writer, "publication", {
        "title": "The river at night (invented)", "titles": [], "kind": "film", "genres": ["documentary"],
        "authors": [{"name": "Invented, Director", "is": "name"}], "container": "", "publisher": "An invented studio",
        "reviews": "", "people": [], "issued": "2023", "issued_words": "", "looked_up": looked_up, "language": "eng",
        "address": ""})
    library.keep_fact(writer, film, text="The ice came late that year. (Invented.)", where="minute 12")
    library.write(writer, "note", {"title": "Why a river (invented)", "text": "It is a border. (Invented.)",
                                   "author": "A. Scholar (invented)", "source": "An invented history, page 3",
                                   "looked_up": looked_up})
