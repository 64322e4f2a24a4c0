"""Doors of what goes and what stays: whoever writes a record keeps it; holds and destroying take two, of whom one is elsewhere."""

from acts import member
from doors import Thing, anybody, has, holders, makers, writers
from doors_plans import chief

from waystation.access import WRITERS, Role
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.retention import actions_clock, actions_destroy, actions_hold

OFFICES = {Role.RIGHTS_OFFICER, Role.SECURITY_OFFICER, Role.ORGANISATION_HEAD}
CASES = {Role.COORDINATOR, Role.CASE_WORKER}


def going(stage, ids):
    """A plan that goes within a fortnight."""
    with writing():
        return records.make(chief(stage, "goes-keep/record"), "plan", {"case_ref": "G0ES"}, retain_until=stage.day(10)).key


def case(name, stage, *, asked=False):
    """A case about which there is nothing else; one has signed, if asked."""
    keeper = chief(stage, name)
    with writing():
        made = records.make(keeper, "case", {"ref": "D3ST", "people": [], "request_status": "declined"})
    if asked:
        actions_destroy.ask(keeper, made.id, why="asked")
    return made


def hold(name, stage, *, signed=False):
    """A hold of a case of its own, that one or two have signed."""
    about, other = case(name, stage), member(stage.office, "holder", ("security_officer",)) if signed else None
    made = actions_hold.ask(stage.authors[name], about.id, reason="x", end=stage.day(60))
    if other is not None:
        actions_hold.sign(other, made)
    return made.hex()


def certificate(stage, ids):
    """What stays of a case."""
    keeper = chief(stage, "destroyed/record")
    with writing():
        return records.make(keeper, "hold", {"destroyed": {
            "types": {"case": 1}, "ids": [], "digest": "00", "at": "2026-03-01T00:00:00+00:00", "asked_by": keeper.id.hex(),
            "signed_by": keeper.id.hex(), "why": "asked", "sums": []}}).key


def asks(who):
    """Whoever works on the case, with a first signature; whoever signs holds of others' cases finds none to choose."""
    if who.outside:
        return {401}
    if who.role not in WRITERS["hold"]:
        return {403}
    if who.role not in CASES or not has(who, "case"):
        return {400}
    return {302 if who.stepped_up else 403}


def says(who):
    """Which day it is."""
    if who.outside:
        return {401}
    if who.role not in actions_clock.SAY:
        return {403}
    return {302 if who.stepped_up else 403}


THINGS = {
    "goes-keep/record": Thing("plan", going),
    "hold": Thing("hold", lambda stage, _ids: hold("hold", stage)),
    "hold-sign/hold": Thing("hold", lambda stage, _ids: hold("hold-sign/hold", stage)),
    "hold-move/hold": Thing("hold", lambda stage, _ids: hold("hold-move/hold", stage, signed=True)),
    "destroy/record": Thing("case", lambda stage, _ids: case("destroy/record", stage).key),
    "destroy-sign/record": Thing("case", lambda stage, _ids: case("destroy-sign/record", stage, asked=True).key),
    "destroyed/record": Thing("hold", certificate),
}
TABLE = {
    "which-day": {"GET": anybody(200), "POST": says},
    "goes-soon": {"GET": anybody(200), "POST": anybody(302)}, "goes-keep": {"POST": writers("plan", 302)},
    "holds": {"GET": makers("hold", 200), "POST": asks}, "hold": {"GET": holders("hold", 200)},
    "hold-sign": {"POST": writers("hold", 403, stepped_up=302, only=OFFICES)},
    "hold-move": {"POST": writers("hold", 403, stepped_up=302)},
    "destroy": {"GET": holders("case", 200), "POST": writers("case", 403, stepped_up=302)},
    "destroy-sign": {"POST": writers("case", 403, stepped_up=302)}, "destroyed": {"GET": holders("hold", 200)},
}
SENT = {
    "which-day": lambda _ids: {"day": clock.today().isoformat(), "why": "off"},
    "goes-keep": {"day": "2026-05-01", "reason": "x"},
    "holds": lambda ids: {"case": ids.get("case", "00" * 16), "reason": "x", "end": "2026-05-01"},
    "hold-move": {"act": "end", "reason": "x"}, "destroy": {"why": "asked", "sure": "on"},
}
ENDS = ("destroy-sign",)
ASKS = ("goes-soon", "which-day")  # nobody on the stage holds names whose case goes; a day is said of no record
