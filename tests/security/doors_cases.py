"""Doors of cases: coordinators hold them by role, case workers where they are assigned, others by a grant with a reason."""

from acts import member
from django.urls import reverse
from doors import Thing, acts, anybody, has, holders, makers, page_of, roles

from waystation.access import Role
from waystation_web.cases import actions_people
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records

PEOPLE = {Role.COORDINATOR, Role.CASE_WORKER}


def case(stage):
    worker = stage.authors.get("case") or member(stage.office, "caseworker", ("case_worker",))
    for name in ("case", "record", "person"):
        stage.authors[name] = worker
    with writing():
        return records.make(worker, "case", {"ref": "K7Q2", "request_status": "new", "people": [
            {"id": "0d" * 16, "code": "A", "birth": "1985"}]}).key


def person(stage, ids):
    return "0d" * 16


def record(stage, ids):
    return actions_people.seal_names(stage.authors["record"], bytes.fromhex(ids["case"]), "", {"names": "x"}).hex()


def batch(stage):
    """An import of cases that was begun by a coordinator at a browser."""
    client = stage.office.sign_in(stage.office.people.get("importer") or stage.office.person(roles={"coordinator"}, handle="importer"))
    return client.post(reverse("case-import"))["Location"].split("/")[3]


THINGS = {"case": Thing("case", case), "person": Thing("", person, of="case"), "record": Thing("person", record, of="case"),
          "batch": Thing("", batch)}
NAMES = lambda who: {401} if who.outside else {200} if has(who, "case") and who.role is Role.CASE_WORKER else {404}  # noqa: E731 (they alone write names)
ONE = lambda who: {401} if who.outside else {200, 302, 400, 403, 404, 409}  # noqa: E731 (an import is its author's; see test_cases_import)
TABLE = {
    "cases": {"GET": anybody(200), "POST": anybody(200)},
    "case-new": {"GET": anybody(200), "POST": makers("case", 302)},
    "case-import": {"GET": roles(PEOPLE, 200, others=404), "POST": roles(PEOPLE, 302)},
    "case-import-one": {"GET": ONE}, "case-import-file": {"POST": ONE}, "case-import-apply": {"POST": ONE},
    "case-import-undo": {"POST": ONE},
    "case-export": {"POST": lambda who: {401} if who.outside else {400, 403} if who.role in PEOPLE else {404}},
    "case": page_of("case"),
    "case-history": page_of("case"),
    **{f"case-{name}": {"POST": acts("case")} for name in (
        "notes", "tasks", "task-done", "promises", "promise-kept", "scales", "watch", "relation", "relation-remove",
        "person-remove", "answer", "standing", "child", "child-second", "household")},
    "case-team": page_of("case", "POST"),
    "case-similar": {"GET": holders("case", 200), "POST": acts("case")},
    "case-request": page_of("case", "POST"),
    "case-people": page_of("case", "POST"),
    "case-person": page_of("case", "POST"),
    "case-choices": page_of("case"),
    "case-consents": page_of("case"),
    **{f"case-{name}": {"POST": acts("case")} for name in ("consent-say", "consent-back", "refer", "vital", "vital-read", "step")},
    "case-screen": page_of("case", "POST"),
    "case-names": {"GET": NAMES, "POST": lambda who: {401} if who.outside else {302, 400, 403, 404, 409}},
    "case-name": page_of("person", "POST"),
    "case-name-share": {"POST": acts("person")},
}
SENT = {"case-notes": {"text": "x"}, "case-tasks": {"text": "x"}, "case-promises": {"text": "x"},
        "case-standing": {"person": "0d" * 16, "name": "no", "public": "no", "language": "kor", "explained_by": "x"},
        "case-vital": {"person": "0d" * 16, "reason": "x"},
        "case-consent-back": {"person": "0d" * 16, "purpose": "referral", "recipient": "health"},
        "case-screen": {"person": "0d" * 16, "what": "violence", "refused": "yes"},
        "case-answer": {"person": "0d" * 16, "answer": "no", "language": "kor", "broker": "no"}}
ENDS = ("case-person-remove",)
