"""Doors of seasons: coordinators ask; who is asked to sign second may be of another room. Who holds none finds none."""

from doors import Thing, holders, roles, writers
from doors_plans import chief

from waystation.access import Role
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.season import actions
from waystation_web.season.chosen import Said, digest_of

CO = {Role.COORDINATOR}
MISSION = {"code": "M1", "size": 2, "need": 3, "variants": [{"code": "P1", "leaves": 1, "weeks": 1, "cost": 5, "arrives": 800, "low": 700, "lost": 90}]}
MONTH = {"waystation_missions": 1, "title": "x", "fictional": True, "first_week": "2026-03-09", "weeks": 2, "currency": "USD", "missions": [MISSION], "areas": []}
CAPS = {"waystation_caps": 1, "budget": "9 USD", "guides": {}, "houses": {}, "exposure": {}, "floors": {}, "safety_floor": 0, "take": [], "leave": []}
ANSWER = {"ended": "proven", "chosen": None, "bound": 0.0, "gap": 0.0, "seed": 0, "scenarios": 20, "full": [], "alternatives": [], "front": [],
          "waiting": [], "more": [], "shut": [], "reliefs": []}


def body_of(title):
    """One mission that waits, and nothing that was proposed."""
    body = {"title": title, "made_at": "2026-03-02T09:00:00+00:00", "first_week": "2026-03-09", "weeks": 2, "currency": "USD", "month": MONTH,
            "caps": CAPS, "names": {"M1": "00", "M1.ref": "K7Q2", "P1": "00"}, "left": [], "answer": ANSWER, "until": "2026-03-22"}
    return body | {"digest": digest_of(body)}


def season(name, stage, ids, *, asked=True):
    """Computed, or with one signature."""
    someone = chief(stage, name)
    with writing():
        made = records.make(someone, "season", body_of("x"))
    if asked:
        actions.propose(someone, made.id, [Said("M1", "wait", "", "x")], second=stage.authors["second"].id)
    return made.key


def made(name, **more):
    return Thing("season", lambda stage, ids: season(name, stage, ids, **more))


THINGS = {"season": made("season", asked=False), "season-confirm/season": made("season-confirm/season"), "season-decline/season": made("season-decline/season")}
TABLE = {
    "seasons": {"GET": roles(set(Role), 200)},
    "season-new": {"GET": roles(CO, 200), "POST": roles(CO, 400)},  # nobody of the stage has a need and a plan
    "season": {"GET": holders("season", 200), "POST": writers("season", 403, stepped_up=302)},
    "season-confirm": {"POST": writers("season", 403, stepped_up=302)},
    "season-decline": {"POST": writers("season", 302)},
}
SENT = {"season": lambda ids: {"what_M1": "wait", "why_M1": "x", "second": ids.person("seconder")}, "season-decline": {"text": "x"}}
