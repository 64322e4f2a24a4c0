"""Doors of cases: coordinators hold them by role, case workers where they are assigned, others by a grant with a reason."""

from functools import partial
from hashlib import sha256

from acts import attach, member
from django.core.files.uploadedfile import SimpleUploadedFile
from doors import Thing, anybody, has, holders, page_of, roles, writers

from waystation.access import Role
from waystation_web.cases import actions_people, asked, importing
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.vault import approvals

PEOPLE = {Role.COORDINATOR, Role.CASE_WORKER}
A, B, CHILD = "0d" * 16, "0e" * 16, "0f" * 16
TASK, PROMISE, TIE, REASON, BEST = "1a" * 8, "1b" * 8, "1c" * 8, "1d" * 8, "1e" * 8
ABLE = {"exertion": 3, "walk_km_day": 10}
SHEET = b"country,head_count\nCN,%d\n"
YES = {"person": A, "purpose": "referral", "recipient": "legal", "data": ["needs"], "said": "yes", "until": "", "country": "",
       "language": "kor", "interpreter": "", "interpreter_is_broker": False, "explained_by": "x", "mode": "spoken",
       "guardian_agrees": False, "day": "2026-03-02", "id": "1f" * 8}


def worker(stage, *names):
    """Who makes the things of cases."""
    someone = stage.authors.get("case") or member(stage.office, "caseworker", ("case_worker",))
    for name in names:
        stage.authors[name] = someone
    return someone


def case(stage, ids):
    """A case in which each act is the next one: something to do, a promise, a tie, a reason to read, a record to sign."""
    someone = worker(stage, "case")
    best = {"id": BEST, "person": CHILD, "text": "x", "guardian": "x", "by": someone.id.hex(), "at": "2026-03-02T09:00:00+00:00"}
    stamp = {"by": someone.id.hex(), "at": "2026-03-02T08:00:00+00:00"}
    with writing():
        held = records.make(someone, "case", {
            "ref": "K7Q2", "request_status": "new", "people": [
                {"id": A, "code": "A", "birth": "1985", "fitness": ABLE}, {"id": B, "code": "B", "birth": "1988"},
                {"id": CHILD, "code": "C", "birth": "2018"}],
            "tasks": [{"id": TASK, "text": "x", "due": "", "for": "", "need": ""} | stamp],
            "promises": [{"id": PROMISE, "text": "x", "due": ""} | stamp],
            "relations": [{"id": TIE, "from": A, "to": B, "type": "friend", "certainty": "", "kind": ""} | stamp],
            "vital": [{"id": REASON, "person": A, "reason": "x"} | stamp], "consents": [YES | stamp]})
        best["approval"] = approvals.ask(someone, held.id, asked.best_manifest(best))
        return records.change(someone, held, {"best_interest": [best]}, what="best", kept=False).key


def another(name, stage, ids, **body):
    """A case beside it, for one row alone."""
    someone = worker(stage, name)
    with writing():
        return records.make(someone, "case", {"ref": "K7Q3", "request_status": "new", "people": []} | body).key


def record(name, stage, ids):
    return actions_people.seal_names(worker(stage, name), bytes.fromhex(ids["case"]), "", {"names": "x"}).hex()


def batch(name, content, stage, ids, *, taken=False):
    """An import that was begun, with a file or without, and taken in or not yet."""
    someone = worker(stage, name)
    with writing():
        made = records.make(someone, "case", {importing.BATCH: {"state": importing.BEGUN}}).id
    if content:
        attach(someone, made, content)
    if taken:
        importing.apply(someone, made, seen=sha256(content).hexdigest())
    return made.hex()


THINGS = {
    "case": Thing("case", case), "person": Thing("", lambda stage, ids: A),
    "record": Thing("person", partial(record, "record")), "other": Thing("case", partial(another, "other")),
    "case-plans/case": Thing("case", partial(another, "case-plans/case", people=[
        {"id": A, "code": "A", "birth": "1985", "fitness": ABLE}])),
    "case-what-if/case": Thing("case", partial(another, "case-what-if/case", people=[
        {"id": A, "code": "A", "birth": "1985", "fitness": ABLE}])),
    "batch": Thing("case", partial(batch, "batch", b"")),
    "case-import-apply/batch": Thing("case", partial(batch, "case-import-apply/batch", SHEET % 3)),
    "case-import-undo/batch": Thing("case", partial(batch, "case-import-undo/batch", SHEET % 4, taken=True)),
}
ACTS = ("notes", "tasks", "task-done", "promises", "promise-kept", "scales", "watch", "relation", "relation-remove",
        "person-remove", "answer", "standing", "household", "consent-say", "consent-back", "refer", "vital", "vital-read", "step")
SIGNED = ("child", "child-second")
NAMES = lambda status: lambda who: {401} if who.outside else {  # noqa: E731 (case workers alone write names)
    status if has(who, "case") and who.role is Role.CASE_WORKER else 404}
TABLE = {
    "cases": {"GET": anybody(200), "POST": anybody(200)},
    "case-new": {"GET": anybody(200), "POST": roles(PEOPLE, 302)},
    "case-import": {"GET": roles(PEOPLE, 200, others=404), "POST": roles(PEOPLE, 302)},
    "case-import-one": {"GET": holders("case", 200)},
    "case-import-file": {"POST": writers("case", 302)},
    "case-import-apply": {"POST": writers("case", 302)},
    "case-import-undo": {"POST": writers("case", 302, only={Role.COORDINATOR})},  # who holds not every case of it: refused
    "case-export": {"POST": roles(PEOPLE, 403, stepped_up=200)},
    "case": page_of("case"), "case-history": page_of("case"),
    **{f"case-{name}": {"POST": writers("case", 302)} for name in ACTS},
    **{f"case-{name}": {"POST": writers("case", 403, stepped_up=302)} for name in SIGNED},
    **{f"case-{name}": page_of("case", "POST") for name in ("team", "similar", "request", "people", "person", "screen")},
    "case-choices": page_of("case"), "case-consents": page_of("case"),
    "case-names": {"GET": NAMES(200), "POST": NAMES(302)},
    "case-name": {"GET": holders("person", 200, "case"), "POST": writers("person", 302, "case")},
    "case-name-share": {"POST": holders("person", 403, "case", stepped_up=302)},
}
FORMS = {"n-TOTAL_FORMS": "0", "n-INITIAL_FORMS": "0"}
SENT = {
    "case-new": {"wish": "x"}, "case-notes": {"text": "x"}, "case-tasks": {"text": "x"}, "case-promises": {"text": "x"},
    "case-task-done": {"item": TASK, "done": "on"}, "case-promise-kept": {"item": PROMISE, "done": "on"},
    "case-scales": lambda ids: {"which": "need_scale", "value": "3", "reason": "x", "revision": ids.revision("case")},
    "case-watch": {"every_days": "7", "text": "x"},
    "case-relation": {"from_": A, "to": B, "type_": "sibling"}, "case-relation-remove": {"item": TIE},
    "case-answer": {"person": A, "answer": "no", "language": "kor", "broker": "no"},
    "case-standing": {"person": A, "name": "no", "public": "no", "language": "kor", "explained_by": "x"},
    "case-household": lambda ids: {"name": "x", "members": [A, B], "revision": ids.revision("case")},
    "case-child": {"person": CHILD, "text": "x", "guardian": "x"}, "case-child-second": {"item": BEST},
    "case-consent-say": {name: YES[name] for name in ("person", "purpose", "data", "said", "language", "explained_by", "mode")} | {
        "recipient": "family", "broker": "no"},
    "case-consent-back": {"person": A, "purpose": "referral", "recipient": "health"},
    "case-refer": {"person": A, "recipient": "legal", "organisation": "x", "agreement_until": "2026-12-01", "data": ["needs"]},
    "case-vital": {"person": A, "reason": "x"}, "case-vital-read": {"item": REASON},
    "case-step": {"event": "screen", "reason": "x"},
    "case-screen": {"person": A, "what": "violence", "refused": "yes"},
    "case-team": lambda ids: {"worker": ids.person("caseworker"), "deputy": "", "reason": "x"},
    "case-similar": lambda ids: {"other": ids["other"], "verdict": "different", "reason": "x"},
    "case-request": lambda ids: {"wish": "y", "revision": ids.revision("case")},
    "case-people": {"birth": "1990"},
    "case-person": lambda ids: {"birth": "1984", "revision": ids.revision("case")},
    "case-names": FORMS | {"health": "x"}, "case-name": lambda ids: FORMS | {"health": "y", "revision": ids.revision("record")},
    "case-name-share": lambda ids: {"colleague": ids.person("colleague"), "reason": "x", "until": "2026-06-01"},
    "case-import-file": lambda ids: {"file": SimpleUploadedFile("a.csv", SHEET % 9)},
    "case-import-apply": {"seen": sha256(SHEET % 3).hexdigest()},
    "case-export": {"reason": "x", "without": "on"},
}
ASKS = ("cases", "case-export")
FIRST = ("case-team",)  # before there are names that only whoever confirmed themselves gives
ENDS = ("case-person-remove",)
