"""Two thousand open journeys for the benchmark of boards: each with its case, its plan and its decision by two.

They lie beside the cases of `bench_house`, a hundred with each of twenty coordinators, all with one more. Sealed and
granted in bulk, as the cases are; the decisions are signed as people sign them. Everything is invented.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from . import bench_house

JOURNEYS = 2_000
LATE = 10            # one of so many is late: the first of each coordinator is
WORD, OTHER = "winter tea", "paper boat"


@dataclass(frozen=True, slots=True)
class Road:
    """The house, and by coordinator the journeys that are late: what may be done about them changes a board."""

    house: bench_house.House
    late: tuple[tuple[bytes, ...], ...]


def fill(house: bench_house.House, tell: Callable[[str], None]) -> Road:
    """Put every case on the road: a coordinator at a time."""
    from waystation.access import Kind
    from waystation_web.vault.queries import open_all, open_vault

    whole, late = house.whole, []
    plan = open_vault(whole, house.plan, type="plan").payload
    for actor in house.share:
        cases = [one for one in open_all(actor, Kind.PEOPLE, type="case") if one.payload["ref"].startswith("B")]
        late.append(tuple(_on_the_road(whole, actor, [(one.id, one.payload["ref"]) for one in cases], plan)))
        tell(f"{len(late)} of {len(house.share)} coordinators have their journeys")
    return Road(house, tuple(late))


def _on_the_road(whole: Any, actor: Any, cases: list[tuple[bytes, str]], plan: dict[str, Any]) -> Iterator[bytes]:
    """Plan, decision and journey of each case, written at once: the ids of those that are late."""
    from waystation_web.gateways import clock
    from waystation_web.gateways.database import writing
    from waystation_web.journeys import watches
    from waystation_web.journeys.journey import journey_of
    from waystation_web.records.record import record_of
    from waystation_web.vault.models import Grant, Vault

    vaults, grants, journeys = list[Vault](), list[Grant](), []
    with writing():
        for number, (case, ref) in enumerate(cases):
            planned = _sealed(whole, actor, {**plan, "case": case.hex(), "case_ref": ref}, vaults, grants)
            decided = _sealed(whole, actor, _decision(whole, actor, planned), vaults, grants)
            told = _journey(actor, decided.payload, plan, clock.now(), late=number % LATE == 0)
            journeys.append(_sealed(whole, actor, told, vaults, grants))
        Vault.objects.bulk_create(vaults, batch_size=200)
        Grant.objects.bulk_create(grants, batch_size=200)
        for one in journeys:
            watches.follow(one.id, journey_of(record_of(one)).due)
    yield from (one.id for number, one in enumerate(journeys) if number % LATE == 0)


def _sealed(whole: Any, actor: Any, told: dict[str, Any], vaults: list[Any], grants: list[Any]) -> Any:
    """A record under a key of its own, for one coordinator, for whoever holds all, and for the recovery key."""
    from waystation.access import TYPES
    from waystation.vault.envelope import new_id, new_key
    from waystation_web.vault.models import Vault
    from waystation_web.vault.principals import Recipient, recovery_recipient
    from waystation_web.vault.queries import Opened
    from waystation_web.vault.rotation import grant_row, sealed_payload

    id_ = new_id() if told.get("signs") is None else bytes.fromhex(told.pop("signs"))
    fresh = Opened(id_, TYPES[told["type"]], 1, {**told, "id": id_.hex()}, new_key(), b"", rotate_due=False,
                   retain_until=None)
    vaults.append(Vault(id=id_, kind=fresh.kind, version=1, payload=sealed_payload(fresh)))
    grants += [grant_row(one, Recipient(one.id, one.secrets.bundle), fresh) for one in (whole, actor)]
    grants.append(grant_row(actor, recovery_recipient(), fresh))
    return fresh


def _decision(whole: Any, actor: Any, planned: Any) -> dict[str, Any]:
    """A go that the coordinator asked for and the other signed."""
    from waystation.planning.decision import Bias
    from waystation.vault.envelope import new_id
    from waystation_web.plans.decided import manifest
    from waystation_web.vault import approvals

    plan, id_ = planned.payload, new_id()
    told = {**_head(actor, "decision"), "plan": planned.id.hex(), "case": plan["case"], "case_ref": plan["case_ref"],
            "question": plan["question"], "chosen": "go", "reasons": "Calm days. (Invented.)",
            "change_of_mind": "A raid. (Invented.)", "alternatives": "None.", "abort_rule": "An hour late: back.",
            "look_again": None, "biases": dict.fromkeys((one.value for one in Bias), False), "stake": "", "knew": {},
            "digest_seen": plan["digest"]}
    block = approvals.ask(actor, id_, manifest(told))
    return {**told, "approval": approvals.approve(whole, id_, block, manifest(told)), "signs": id_.hex()}


def _journey(actor: Any, decided: dict[str, Any], plan: dict[str, Any], now: datetime, *, late: bool) -> dict[str, Any]:
    """On the first leg of the plan: late for an hour, or not for hours yet."""
    from waystation_web.journeys import ahead
    from waystation_web.records.record import said

    start = plan["facts"]["terms"]["start"]
    first = next(one for one in plan["lines"] if one["kind"] == "first" and one["start"] == start)
    begun = now - timedelta(hours=7 if late else 1)
    leg = {"leg": first["leg"], "start": first["start"], "end": first["end"], "guide": "", "started": said(begun),
           "due": [said(begun + timedelta(hours=hours)) for hours in (6, 12, 24, 48)], "arrived": 0, "itself": False,
           "condition": "", "code": "", "ended": None, "heard": said(begun)}
    log = [{"kind": kind, "text": "As planned. (Invented.)", "by": actor.id.hex(), "at": said(begun)}
           for kind in ("open", "prepare", "depart")]
    return {**_head(actor, "journey"), "case": decided["case"], "case_ref": decided["case_ref"],
            "plan": decided["plan"], "decision": decided["id"], "size": 3,
            "goals": plan["facts"]["terms"]["goals"], "status": "moving", "at": first["start"], "legs": [leg],
            "log": log, "words": {"well": WORD, "other": OTHER},
            "ahead": ahead.written(decided["plan"], plan)}


def _head(actor: Any, type_: str) -> dict[str, Any]:
    from waystation_web.gateways import clock
    from waystation_web.records.record import said

    made = {"by": actor.id.hex(), "at": said(clock.now())}
    return {"v": 1, "type": type_, "revision": 1, "made": made, "history": []}
