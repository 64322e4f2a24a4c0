"""What the invented office is filled with, so that every page looks lived in: by the acts that people use.

Sixty cases, the family of the long way among them, twenty-five contacts, the invented route book, a ledger, a roster, a
plan and a decision that waits. Everybody and everything here is invented and says so.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from importlib.resources import files
from typing import Any

from waystation import worlds
from waystation.ledger.entries import Direction, Entry, Kind, Payer
from waystation.network.files import read_book
from waystation.planning.decision import Bias, Chosen
from waystation.units import Money
from waystation_web.accounts import signin
from waystation_web.cases import actions as cases
from waystation_web.cases import actions_asked
from waystation_web.contacts import actions as contacts
from waystation_web.duty import actions as duty
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.ledger import actions as ledger
from waystation_web.network import actions_import
from waystation_web.plans import actions_ask, actions_decide, actions_sheet, asking
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.vault import people
from waystation_web.vault.actor import Actor
from waystation_web.vault.labels import labels

BIRDS = ("Wren", "Heron", "Lark", "Plover", "Egret", "Swift", "Siskin", "Dunlin", "Avocet", "Bunting", "Curlew",
         "Dipper", "Eider", "Finch", "Godwit", "Hoopoe", "Jackdaw", "Knot", "Linnet", "Martin", "Nuthatch", "Ouzel",
         "Pipit", "Rail", "Shrike")
BIRTHS = ("1946-01-01", "1985-01-01", "1988-01-01", "2016-01-01", "2020-01-01")
SPENT = ((Kind.FOOD, "42 USD"), (Kind.TRANSPORT, "120 USD"), (Kind.LODGING, "75 USD"), (Kind.MEDICAL, "180 USD"),
         (Kind.GUIDE, "260 USD"), (Kind.DOCUMENT, "35 USD"))


def actor_of(handle: str, words: str) -> Actor:
    """Somebody of the invented office who has just confirmed who they are."""
    account = next(account for account, label in labels() if label.handle == handle)
    made = signin.actor_of(account, people.open_with_words(account, words))
    return replace(made, stepped_up_until=clock.now() + timedelta(hours=1))


def fill(words: Mapping[str, str], say: Any) -> None:
    """Everything, by the people of the invented office (handle to passphrase); `say` tells how far it is."""
    who = {handle: actor_of(handle, said) for handle, said in words.items()}
    actions_import.take_in(who["sena"], read_book(worlds.world("long-way")))
    say("the invented route book")
    family = _cases(who)
    say("60 invented cases")
    _contacts(who["bora"])
    say("25 invented contacts")
    _money(who)
    _house(who)
    say("a ledger, a roster, limits")
    _plan(who, family)
    say("a plan for the family, read aloud and answered; a decision waits for its second signature")


def _cases(who: Mapping[str, Actor]) -> bytes:
    """Sixty cases; the id of the family's."""
    raw = json.loads(files("waystation_web.office").joinpath("invented", "cases.json").read_text("utf-8"))
    today, taken = clock.today(), set[str]()
    with writing():
        for number, one in enumerate(raw[:59]):
            cases.begun(who["sena"], _case(one, number, today, who["dol"]), taken=taken)
        made = cases.begun(who["sena"], _family(who["dol"]), taken=taken)
        for held in kept.every(who["sena"], "case", looked=False):
            if held.body.get("worker") == who["dol"].id.hex():
                records.share(who["sena"], held.id, "case", who["dol"].id, reason="their worker")
    return made.id


def _case(one: Mapping[str, Any], number: int, today: Any, worker: Actor) -> dict[str, Any]:
    request = {name: one[name] for name in (
        "channel", "danger_now", "country", "adm1", "head_count", "children", "infants", "over_60", "pregnant_weeks",
        "needs", "goal", "goal_country", "story")}
    request |= {"requester_kind": one["requester"], "situation": [one["situation"]],
                "received_at": f"{one['received']}T09:00:00+00:00"}
    due = (today + timedelta(days=number % 9 - 2)).isoformat()
    tasks = [{"id": f"{number:016x}", "text": "Call on the safe channel (invented)", "due": due, "by": worker.id.hex()}]
    stage = ("new", "screening", "assessed", "queued", "accepted")[number % 5]
    return {"alias": one["alias"], "wish": one["wish"], "request": request, "request_status": stage,
            "status": ("open", "assessing", "planning", "follow-up")[number % 4] if stage == "accepted" else "",
            "tasks": tasks if number % 3 == 0 else [], "worker": worker.id.hex() if number % 2 else "",
            "need_scale": {} if number % 4 else {"value": 1 + number % 5, "reason": "invented", "by": worker.id.hex()},
            "notes": [{"id": f"{number:015x}a", "text": "Spoke briefly; will call again (invented).",
                       "by": worker.id.hex(), "at": f"{one['received']}T10:00:00+00:00"}]}


def _family(worker: Actor) -> dict[str, Any]:
    """The family of the long way: five people who make exactly the party of the invented world."""
    said = json.loads(worlds.party("long-way", "family"))["party"]
    able = {"exertion": said["exertion_max"], "walk_km_day": said["walk_km_day"], "swim": said["swim"],
            "cold": said["cold"], "slower_percent": round(said["pace"] * 100)}
    listed = [{"id": f"{k:032x}", "code": "ABCDE"[k], "birth": birth, "fitness": able}
              for k, birth in enumerate(BIRTHS)]
    ties = [{"id": f"{k:016x}", "from": f"{1:032x}", "to": f"{k:032x}", "type": "parent", "certainty": "stated"}
            for k in (3, 4)]
    house = {"id": "f" * 32, "name": "The long way (invented)", "members": [one["id"] for one in listed],
             "stay_together": "must"}
    return {"alias": "The long way (invented)", "wish": "To go together. If the grandmother cannot go on, nobody does.",
            "people": listed, "relations": ties, "households": [house], "request_status": "accepted",
            "status": "planning", "worker": worker.id.hex(),
            "interpreter": {"code": "Thrush", "language": "kor", "is_broker_of_case": False},
            "request": {"danger_now": "days", "head_count": 5, "children": 2, "over_60": 1, "country": "KP",
                        "situation": ["in_dprk"], "goal": "reunification", "goal_country": "KR",
                        "channel": "relative_call", "requester_kind": "formerly_helped",
                        "story": "Invented: a daughter abroad asks for five people."}}


def _contacts(liaison: Actor) -> None:
    book = read_book(worlds.world("long-way"))
    legs, places = [leg.code for leg in book.legs], [one.code for one in book.places if one.kind == "safe_house"]
    today = clock.today()
    for number, name in enumerate(BIRDS):
        role = ("guide", "driver", "host", "broker", "interpreter")[number % 5]
        made = contacts.keep(liaison, {
            "code_name": name, "roles": [role], "helper": "paid_broker" if role == "broker" else "helper",
            "motive": ("faith", "kin", "money", "mixed", "")[number % 5], "countries": ["CN"], "aliases": [],
            "knows": [],
            "legs": [legs[number % len(legs)]] if role in {"guide", "driver"} else [],
            "places": [places[number % len(places)]] if role == "host" and places else [],
            "introduced_by": BIRDS[number - 1] if number % 6 == 1 else "", "languages": "kor, cmn", "armed": False,
            "brought_by_others": role == "broker", "holds": "", "exploitation": "", "welfare": ""})
        if number % 3:
            contacts.grade(liaison, made, grade="BCD"[number % 3], reason="Invented: what they told was so.",
                           ends=today + timedelta(days=20 + 9 * number))


def _money(who: Mapping[str, Actor]) -> None:
    today = clock.today()
    for number in range(40):
        kind, amount = SPENT[number % len(SPENT)]
        entry = Entry(ref="", kind=kind, amount=Money.parse(amount), day=today - timedelta(days=number % 30),
                      direction=Direction.OUT, payer=Payer.ORGANISATION,
                      contact="" if number % 3 else BIRDS[number % 25])
        ledger.new(who["nari"], ledger.Typed(entry, None, "invented", "unknown", None, False, ()))


def _house(who: Mapping[str, Actor]) -> None:
    now = clock.now().replace(minute=0, second=0, microsecond=0)
    duty.set_limits(who["jun"], {"second_signature_above": "1000 USD", "exposure_limit": 40, "cool_off_hours": 72,
                                 "ransom_hold_hours": 24, "review_days": 7})
    duty.go_on(who["sena"], who=who["sena"].id, start=now - timedelta(hours=2), end=now + timedelta(hours=6))
    duty.go_on(who["sena"], who=who["haru"].id, start=now + timedelta(hours=6), end=now + timedelta(hours=14))
    duty.hand(who["haru"], to=who["sena"].id, typed={"open": "Invented: the long way calls before midnight.",
                                                     "promised": "A doctor for Reed (invented).", "deferred": ""})
    duty.write_card(who["sena"], title="On a bus (invented)", text="Sit apart. Do not sleep. Keep the ticket.")


def _plan(who: Mapping[str, Actor], family: bytes) -> None:
    said = json.loads(worlds.party("long-way", "family"))["terms"]
    start = max(clock.today(), read_book(worlds.world("long-way")).book.as_of.date())  # type: ignore[union-attr]
    terms = asking.Terms(said["from"], tuple(said["goals"]), start, start + timedelta(days=70),
                         Money(Decimal(said["money"].split()[0]), said["money"].split()[1]))
    *_, ended = actions_ask.ask(who["sena"], actions_ask.load(who["sena"], family, terms))
    if not isinstance(ended, actions_ask.Ended) or not ended.plan:
        raise RuntimeError("the invented family was refused a plan, and the tests say that it is planned")
    actions_sheet.give(who["sena"], ended.plan)
    for k in range(3):
        actions_asked.answer(who["dol"], family, {
            "person": f"{k:032x}", "plan": ended.plan.hex(), "answer": "yes", "said": "Invented: together.",
            "language": "kor", "interpreter": "Thrush", "interpreter_is_broker": False, "present": ""})
        actions_asked.instruct(who["dol"], family, {
            "person": f"{k:032x}", "tell": "the daughter abroad (invented)", "tell_not": "", "name": "no",
            "public": "no", "proxy": "", "guardian": "B", "signed_on": clock.today().isoformat(),
            "explained_by": "dol", "language": "kor"})
    for k in (3, 4):
        actions_asked.for_child(who["dol"], family, {"person": f"{k:032x}", "text": "Invented: stays with the mother.",
                                                     "guardian": "B, mother"})
    with writing():
        items = [one["id"] for one in kept.one(who["sena"], family, "case", looked=False).body["best_interest"]]
    for item in items:
        actions_asked.second_for_child(who["sena"], family, item)
    typed = actions_decide.Typed(Chosen.WAIT, "Invented: the river is high, and three calm days are needed.",
                                 "Two reports that the river has fallen.", dict.fromkeys(Bias, False),
                                 look_again=clock.today() + timedelta(days=3))
    actions_decide.ask(who["sena"], ended.plan, typed, second=who["haru"].id)
