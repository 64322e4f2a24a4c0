"""Somebody saw what they should not: which records exactly, whom to warn first, how long the law gives, closed by two."""

from datetime import timedelta

import pytest
from acts import member
from django.urls import reverse

from waystation_web.audit.tracing import trace
from waystation_web.cases import actions as cases
from waystation_web.cases import queries as of_cases
from waystation_web.gateways.database import writing
from waystation_web.protection import actions_breach as actions
from waystation_web.protection import pages_breach as pages
from waystation_web.protection import queries_breach as queries
from waystation_web.protection.breach import FIELD_FIRST, STEPS
from waystation_web.records import queries as kept
from waystation_web.vault.errors import NotPermitted

pytestmark = pytest.mark.both


class Leak:
    """Seven cases of a coordinator, and an account that opened some of them."""

    def __init__(self, office):
        self.office = office
        self.guard, self.head = office.actor(office.people["anna"]), member(office, "head", ("organisation_head",))
        self.chief, self.mole = member(office, "chief", ("coordinator",)), member(office, "mole", ("coordinator",))
        self.cases = [cases.begin(self.chief, {"request": {}}) for _ in range(7)]
        office.now += timedelta(hours=2)
        self.since = office.now

    def read(self, actor, *places):
        for place in places:
            with writing():
                kept.one(actor, self.cases[place], "case")

    def report(self, actor=None, sort="account", account=None, **more):
        times = {"since": self.since, "until": self.office.now, "known": self.office.now} | more
        return actions.report(actor or self.chief, what="A telephone is gone. (Invented.)", sort=sort,
                              account=self.mole.id if account is None else account, **times)

    def found(self, breach, actor=None):
        with writing():
            return queries.held(actor or self.guard, breach)

    def ids(self, breach):
        return {one["id"] for one in self.found(breach).scope["records"]}

    def tick(self, breach, *steps, actor=None):
        for step in steps:
            actions.tick(actor or self.chief, breach, step, done=True, why="By voice. (Invented.)")


@pytest.fixture
def leak(office):
    return Leak(office)


@pytest.mark.refuses("H-43")
def test_an_account_that_read_three_of_seven_records_gives_exactly_these_three(leak):
    leak.read(leak.chief, 0, 1, 2, 3)          # somebody else's reading is none of it
    leak.read(leak.mole, 4, 5)
    leak.read(leak.mole, 5, 1)
    leak.office.now += timedelta(hours=1)
    breach = leak.report()
    leak.office.now += timedelta(hours=1)
    leak.read(leak.mole, 6)                    # after it was found out
    actions.find_scope(leak.guard, breach)
    assert leak.ids(breach) == {leak.cases[place].hex() for place in (1, 4, 5)}
    scope = leak.found(breach).scope
    assert {one["kind"] for one in scope["records"]} == {"people"} and {tuple(one["acts"]) for one in scope["records"]} == {("vault_read",)}
    assert (scope["closed"], scope["could"], scope["lists"]) == (0, 7, 0)
    actions.find_scope(leak.guard, breach, until=leak.office.now)  # it went on: found anew, it goes further
    assert leak.ids(breach) == {leak.cases[place].hex() for place in (1, 4, 5, 6)}


def test_what_it_did_before_is_none_of_it_and_lists_are_counted_and_never_guessed(leak):
    leak.read(leak.mole, 0)
    leak.office.now += timedelta(hours=3)
    leak.since = leak.office.now
    with writing():
        of_cases.cases(leak.mole, refused=[])
        kept.every(leak.mole, "case")
    cases.write(leak.mole, leak.cases[3], {"wish": "South. (Invented.)"}, what="wish", revision=1)
    breach = leak.report()
    actions.find_scope(leak.guard, breach)
    scope = leak.found(breach).scope
    assert leak.ids(breach) == {leak.cases[3].hex()} and scope["records"][0]["acts"] == ["vault_written"]
    assert scope["lists"] >= 1 and scope["rows"] >= 7


@pytest.mark.refuses("H-43")
def test_only_who_reads_the_record_of_acts_finds_out_and_closed_days_are_said(leak):
    leak.read(leak.mole, 0)
    breach = leak.report()
    with pytest.raises(NotPermitted) as why:
        actions.find_scope(leak.chief, breach)
    assert why.value.rule == "role"
    leak.office.now += timedelta(days=1)
    blind = member(leak.office, "blind", ("security_officer",))  # came the day after, and was given no earlier day
    with writing():
        told = trace(blind, leak.mole.id, leak.since, leak.office.now)
        seen = trace(leak.guard, leak.mole.id, leak.since, leak.office.now)
    assert told.touched == () and told.closed > 0
    assert seen.closed == 0 and [one.vault for one in seen.touched] == [leak.cases[0]]


def test_who_may_not_read_a_record_sees_a_number_and_who_may_sees_which_case_it_is(leak):
    leak.read(leak.mole, 2)
    breach = leak.report()
    actions.find_scope(leak.guard, breach)
    (mine,), (theirs,) = pages.one(leak.chief, breach).records, pages.one(leak.guard, breach).records
    assert mine.type == "case" and mine.ref and (theirs.type, theirs.ref, theirs.key) == ("", "", leak.cases[2].hex())


def test_what_was_shared_with_it_and_what_was_taken_out_is_said(leak):
    from waystation_web.audit.actions import record
    from waystation_web.audit.events import Event
    from waystation_web.records import actions as records

    worker = member(leak.office, "worker", ("case_worker",))
    with writing():
        records.share(leak.chief, leak.cases[0], "case", worker.id, reason="theirs")
        record(leak.mole, Event.EXPORTED, vault=leak.cases[6], count=1)
    breach = leak.report(sort="device", account=worker.id)
    actions.find_scope(leak.guard, breach)
    assert leak.found(breach).scope["given"] == [leak.cases[0].hex()] and leak.ids(breach) == set()
    out = leak.report(sort="export", account=b"")
    actions.find_scope(leak.guard, out)
    assert leak.ids(out) == {leak.cases[6].hex()}


@pytest.mark.refuses("H-43")
def test_no_office_is_told_before_those_on_the_way_and_in_the_field(leak):
    breach = leak.report()
    for ticked in ((), ("stop",), ("stop", "road")):
        leak.tick(breach, *[one for one in ticked if one in leak.found(breach).open_steps])
        for office in ("authority", "outside"):
            with pytest.raises(NotPermitted) as why:
                leak.tick(breach, office)
            assert why.value.rule == "H-43"
    actions.tick(leak.head, breach, "field", done=False, why="No contact is in it. (Invented.)")
    leak.tick(breach, "authority")
    held = leak.found(breach)
    assert held.open_steps == ("concerned", "inside", "outside", "again")
    assert {one.step: (one.done, one.by, one.at) for one in held.steps}["field"] == (False, leak.head.id, leak.office.now)
    with pytest.raises(NotPermitted):
        leak.tick(breach, "stop")


def test_the_hours_of_the_law_are_counted_from_when_it_became_known(leak):
    breach = leak.report(known=leak.office.now)
    assert (pages.one(leak.chief, breach).hours, pages.one(leak.chief, breach).late) == (72, 0)
    leak.office.now += timedelta(hours=71, minutes=59)
    assert (pages.one(leak.chief, breach).hours, pages.one(leak.chief, breach).late) == (0, 0)
    leak.office.now += timedelta(minutes=2)
    assert (pages.one(leak.chief, breach).hours, pages.one(leak.chief, breach).late) == (0, 1)
    for wrong in ({"known": leak.office.now + timedelta(hours=1)}, {"since": leak.office.now + timedelta(hours=1)},
                  {"known": leak.since - timedelta(hours=1)}):
        with pytest.raises(NotPermitted):
            leak.report(**wrong)


@pytest.mark.refuses("H-43")
def test_it_is_closed_by_two_when_every_step_is_ticked_and_somebody_knows_how_far_it_went(leak):
    breach = leak.report()
    leak.tick(breach, *FIELD_FIRST)
    with pytest.raises(NotPermitted) as why:
        actions.close(leak.chief, breach, closing="Learnt. (Invented.)")
    assert why.value.rule == "steps"
    leak.tick(breach, *[one for one in STEPS if one not in FIELD_FIRST])
    with pytest.raises(NotPermitted) as why:
        actions.close(leak.chief, breach, closing="Learnt. (Invented.)")
    assert why.value.rule == "scope"
    actions.find_scope(leak.guard, breach)
    assert actions.close(leak.chief, breach, closing="Learnt. (Invented.)") == "asked"
    with pytest.raises(NotPermitted) as why:
        actions.close(leak.chief, breach)
    assert why.value.rule == "same_person"
    actions.find_scope(leak.guard, breach)  # what was signed was another extent
    assert actions.close(leak.head, breach) == "asked" and not leak.found(breach).closed
    assert actions.close(leak.chief, breach) == "closed"
    held = leak.found(breach)
    assert held.closed and (held.asked_by, held.signed_by) == (leak.head.id, leak.chief.id)
    for act in (lambda: actions.find_scope(leak.guard, breach), lambda: actions.close(leak.head, breach), lambda: leak.tick(breach, "stop")):
        with pytest.raises(NotPermitted) as why:
            act()
        assert why.value.rule == "closed"


def test_pages_and_forms(leak):
    office = leak.office
    heron = office.person(roles={"coordinator"}, handle="heron")
    client, guard = office.sign_in(heron, stepped_up=True), office.sign_in(office.people["anna"], stepped_up=True)
    typed = {"what": "A telephone is gone. (Invented.)", "sort": "device", "account": leak.mole.id.hex(), "day": "2026-03-02", "hour": 9,
             "known_day": "2026-03-02", "known_hour": 10}
    for wrong in ({"account": ""}, {"known_hour": 8}, {"known_day": "2026-03-03"}, {"what": ""}):
        assert client.post(reverse("breaches"), typed | wrong).status_code == 400, wrong
    where = client.post(reverse("breaches"), typed)["Location"].partition("?")[0]
    page = client.get(where).content.decode()
    assert "70 hours left" in page and "mole" in page and "Waits until everybody" in page and "To be verified" in page
    assert "Let the record of acts say it" not in page and client.post(f"{where}scope/").status_code == 403
    assert guard.post(f"{where}scope/").status_code == 302
    assert client.post(f"{where}step/", {"step": "stop", "done": "yes", "why": ""}).status_code == 400
    assert client.post(f"{where}step/", {"step": "stop", "done": "yes", "why": "Locked. (Invented.)"}).status_code == 302
    page = guard.get(where).content.decode()
    assert "Locked. (Invented.)" in page and "names 0 records" in page and "at worst" not in page
    assert "7 steps open" in guard.get(reverse("breaches")).content.decode()
    assert client.post(f"{where}close/", {"closing": ""}).status_code == 400
    assert client.post(f"{where}close/", {"closing": "Learnt. (Invented.)"}).status_code == 403
    assert "Something leaked" in client.get("/").content.decode()
    wren = office.sign_in(office.person(roles={"finance"}, handle="wren"))
    assert wren.get(where).status_code == 404 and "none that you read" in wren.get(reverse("breaches")).content.decode()
