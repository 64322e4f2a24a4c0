"""Twenty-five invented contacts with names of birds: graded, two of them vetted by somebody else, one burnt."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from waystation.network.rows import RouteBook
from waystation_web.contacts import actions, actions_asked, actions_reach
from waystation_web.gateways import clock
from waystation_web.vault.actor import Actor

BIRDS = ("Wren", "Heron", "Lark", "Plover", "Egret", "Swift", "Siskin", "Dunlin", "Avocet", "Bunting", "Curlew",
         "Dipper", "Eider", "Finch", "Godwit", "Hoopoe", "Jackdaw", "Knot", "Linnet", "Martin", "Nuthatch", "Ouzel",
         "Pipit", "Rail", "Shrike")
ROLES = ("guide", "driver", "host", "broker", "interpreter")
MOTIVES = ("faith", "kin", "money", "mixed", "")
WHY = ("Two parties came through as was told.", "Late twice, and said so beforehand.",
       "Asked for more money on the way.")
BURNT = 17
VETTED = (1, 7)
# What brokers asked for: how many days ago, how much, and the day on which it was paid, if it was. The fourth is far
# under the others, and the fifth asks for more once it was paid.
ASKED = {3: ((20, "1000", None),), 8: ((15, "1200", None),), 13: ((12, "900", None),), 18: ((6, "400", None),),
         23: ((9, "500", 8), (2, "900", None))}


def fill(who: Mapping[str, Actor], book: RouteBook) -> list[bytes]:
    """All of them, kept by one liaison with another as deputy; their ids."""
    legs = [leg.code for leg in book.legs]
    houses = [place.code for place in book.places if place.kind == "safe_house"]
    return [_keep(who["bora"], who["mun"], number, legs, houses) for number in range(len(BIRDS))]


def _keep(liaison: Actor, other: Actor, number: int, legs: list[str], houses: list[str]) -> bytes:
    role = ROLES[number % len(ROLES)]
    shared = number in VETTED or number % 4 == 0
    key = actions.keep(liaison, {
        "code_name": BIRDS[number], "roles": [role], "helper": "paid_broker" if role == "broker" else "helper",
        "motive": MOTIVES[number // 2 % len(MOTIVES)], "countries": ["CN"] if number % 3 else ["LA", "TH"],
        "legs": legs[number::len(BIRDS)] if role in {"guide", "driver"} else [],
        "places": [houses[number // len(ROLES) % len(houses)]] if role == "host" else [],
        "introduced_by": BIRDS[number - 1] if number % 6 == 1 else "", "brought_by_others": role == "broker",
        "languages": "kor, cmn", "armed": None if number % 4 else False,
        "holds": "the papers of two travellers (invented)" if number == 3 else "",
    }, deputy=other.id if shared else b"")
    today = clock.today()
    if number % 3:
        actions.grade(liaison, key, grade="BBCCD"[number // 2 % 5], reason=WHY[number // 2 % 5 // 2],
                      ends=today + timedelta(days=5 + 9 * number))
    if number % 5 == 0:
        actions.note_task(liaison, key, task="Carry a message (invented)", went="As was asked.")
    if number % 2:
        actions_reach.keep_handle(liaison, key, {
            "channel": "phone", "value": f"invented 00-{number:04}", "safe_hours": "after nine in the evening"},
            deputy=other.id if shared else b"")
    for ago, amount, paid in ASKED.get(number, ()):
        release = number == 23
        actions_asked.note(liaison, key, {
            "on": today - timedelta(days=ago), "amount": Decimal(amount), "currency": "USD", "release": release,
            "of": "" if release else legs[0], "case": "", "proof": False if release else None,
            "paid": None if paid is None else today - timedelta(days=paid)})
    if number in VETTED:
        actions.vet(other, key, {
            "speaks_for": "Three parties, and nobody paid twice.", "against": "Drinks when waiting.",
            "result": "cleared", "steps": "Asked two who came through, apart.", "cleared_for": "one party at a time",
            "ends": today + timedelta(days=180)})
    if number == BURNT:
        actions.stop(liaison, key, result="burnt", against="Two who came after were asked for by name. (Invented.)")
    return key
