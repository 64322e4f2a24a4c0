"""Sixty invented cases: the family of the long way, and fifty-nine that `cases.json` tells."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from importlib.resources import files
from typing import Any

from waystation_web.cases import actions, actions_consent, actions_people, actions_work
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records.record import said
from waystation_web.vault.actor import Actor

from . import folk

AT_ONCE = 10              # cases in one transaction
TOLD_ON = date(2026, 11, 25)  # the day on which `cases.json` was written: its days are told from there
REQUEST = ("channel", "country", "adm1", "head_count", "children", "infants", "over_60", "pregnant_weeks",
           "needs", "goal", "goal_country")
URGENT = {"now", "hours"}
PRESSING = 21             # in later ones danger is days away: an office in which all is danger shows none
TO_DO = ("Call on the safe channel", "Ask the identity question again", "Find a doctor who asks no papers",
         "Ring the relative back, after nine in the evening", "Ask who holds the papers", "Look for an interpreter",
         "Ask each adult alone", "Write down what was promised")
PROMISED = ("Somebody rings on Thursday evening.", "A doctor is looked for.", "Nobody rings the relative.",
            "They hear by Sunday whether we can help.")
HEARD = ("Spoke for two minutes; somebody came in. Will call again.", "Sounds tired. Asked for nothing but medicine.",
         "The relative asks for news every day. Told only that they are alive.", "No answer twice. Nobody called back.")
STAGES = {  # of request and case, by where somebody is
    "in_hiding": (("assessed", ""), ("accepted", "assessing"), ("queued", ""), ("accepted", "planning"), ("new", "")),
    "held_by_captor": (("screening", ""), ("accepted", "open"), ("assessed", "")),
    "en_route": (("urgent", ""), ("new", ""), ("screening", "")),
    "in_dprk": (("queued", ""), ("assessed", "")), "detained": (("urgent", ""), ("accepted", "crisis")),
    "in_process": (("accepted", "settling"), ("accepted", "follow-up")),
    "missing": (("accepted", "search and advocacy"), ("closed", "")), "resettled": (("accepted", "follow-up"),),
}


def fill(who: Mapping[str, Actor]) -> list[bytes]:
    """All of them; their ids, the family's first. The case worker takes every second one."""
    raw = json.loads(files(__name__.rpartition(".")[0]).joinpath("cases.json").read_text("utf-8"))[:59]
    taken: set[str] = set()
    with writing():
        made = [actions.begun(who["dol"], folk.family(), taken=taken).id]
    for some in (list(enumerate(raw))[at:at + AT_ONCE] for at in range(0, len(raw), AT_ONCE)):
        made += _begun(who, some, taken)
    for case_id in [key for key, (_, one) in zip(made[1:], enumerate(raw), strict=True)
                    if one["situation"] == "in_process"][:2]:
        actions_consent.move(who["sena"], case_id, "withdraw", {"reason": "They want no help any more (invented)."})
    _names(who["dol"], made[0], [one["id"] for one in folk.family()["people"]], 0)
    actions_work.promise(who["dol"], made[0], text="Nobody goes without the grandmother.", due=None)
    return made


def _begun(who: Mapping[str, Actor], some: Sequence[tuple[int, Mapping[str, Any]]], taken: set[str]) -> list[bytes]:
    made = []
    with writing():
        for number, one in some:
            by = who["dol"] if number % 2 else who["sena"]
            told = _case(number, one, by, who["dol"] if number % 2 else who["haru"])
            made.append(actions.begun(by, told, taken=taken).id)
    for number, key in zip((number for number, _ in some), made, strict=True):
        if number % 6 == 1:  # of the worker, with people
            _names(who["dol"], key, [f"{number:016x}{0:016x}"], number)
    return made


def _names(worker: Actor, case_id: bytes, people: Sequence[str], number: int) -> None:
    """Names as they were given, sealed apart."""
    names = [{"person": person, "text": folk.NAMES[(number + k) % len(folk.NAMES)], "script": "Hang", "kind": "used",
              "order": "family_first"} for k, person in enumerate(people)]
    actions_people.seal_names(worker, case_id, "", {
        "names": names, "call_back": {"number": f"invented 00-{number:04}", "safe_times": "after nine in the evening"}})


def _case(number: int, one: Mapping[str, Any], by: Actor, for_: Actor) -> dict[str, Any]:
    now, today = clock.now(), clock.today()
    stage, status = STAGES[one["situation"]][number // 12 % len(STAGES[one["situation"]])]
    danger = one["danger_now"] if number < PRESSING or one["danger_now"] not in URGENT else "days"
    if danger not in URGENT and stage == "urgent":
        stage = "screening"
    received = _received(number, danger, one["received"], now)
    stamp = {"by": by.id.hex(), "at": said(received + timedelta(minutes=20))}
    listed = folk.people(number, one, today) if number % 3 == 1 else []
    return {
        "alias": one["alias"], "wish": one["wish"], "request_status": stage, "status": status,
        "request": {name: one[name] for name in REQUEST} | {
            "danger_now": danger, "requester_kind": one["requester"], "situation": [one["situation"]],
            "received_at": said(received), "story": f"{one['story']} (Invented.)"},
        "people": listed, "relations": folk.ties(listed), "households": folk.households(number, listed),
        "tasks": _tasks(number, stamp, for_, today), "promises": _promises(number, stamp, today),
        "followups": [{"id": f"{number:015x}f", "text": "Look at them again", "for": for_.id.hex(), **stamp,
                       "due": (today + timedelta(days=number)).isoformat()}] if one["situation"] == "resettled" else [],
        "notes": [{"id": f"{number:015x}a", "text": HEARD[number % len(HEARD)], **stamp}] if number % 2 else [],
        **_scales(number, stamp, stage),
    }


def _received(number: int, danger: str, told: str, now: datetime) -> datetime:
    """Danger now was told within a day and a half; the others lie as far back as the file says."""
    if danger in URGENT:
        return now - timedelta(hours=1 + number % 30)
    return now - (TOLD_ON - date.fromisoformat(told)) - timedelta(hours=number % 9)


def _tasks(number: int, stamp: Mapping[str, str], for_: Actor, today: date) -> list[dict[str, Any]]:
    """Something to do in every third case, due around today, a few of them late, some done."""
    if number % 3:
        return []
    due = (today + timedelta(days=number % 11 - 2)).isoformat()
    done = {"done_at": stamp["at"], "done_by": for_.id.hex()} if number % 15 == 12 else {}
    return [{"id": f"{number:015x}b", "text": TO_DO[number // 3 % len(TO_DO)], "due": due, "for": for_.id.hex(),
             **stamp, **done}]


def _promises(number: int, stamp: Mapping[str, str], today: date) -> list[dict[str, Any]]:
    if number % 7 != 2:
        return []
    due = (today + timedelta(days=number % 5 - 1)).isoformat()
    return [{"id": f"{number:015x}c", "text": PROMISED[number % len(PROMISED)], "due": due, **stamp}]


def _scales(number: int, stamp: Mapping[str, str], stage: str) -> dict[str, Any]:
    """Need and safety, where somebody has looked: two scales, never one number."""
    if stage in {"new", "screening", "urgent"}:
        return {}
    return {"need_scale": {"value": 1 + number % 5, "reason": "What they told, and what their voice told.", **stamp},
            "safety_scale": {"value": 1 + number % 4, "reason": "Who else knows, as far as was asked.", **stamp}}
