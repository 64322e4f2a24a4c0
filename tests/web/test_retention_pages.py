"""What goes and what stays, as people meet it: clocks that acts start, the page of what goes soon, holds and destroying by two."""

from datetime import date, timedelta

import pytest
from acts import findings, member
from django.urls import reverse
from roads import Road
from test_cases_protect import Stage, rule

from waystation.casework.retention import due, free_again
from waystation_web.cases import queries_consent
from waystation_web.cases.pages import case_page
from waystation_web.contacts import actions as contacts
from waystation_web.contacts import actions_reach
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.journeys import actions_close
from waystation_web.journeys.board import board
from waystation_web.journeys.queries import listing
from waystation_web.office.housekeeping import done_for
from waystation_web.plans.queries_list import of_case
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.retention import actions, actions_destroy, actions_hold, following, holds, queries, queries_hold
from waystation_web.vault.models import Vault

pytestmark = pytest.mark.both

THERE = {"decline": "no_capacity", "answered": True, "referral_tried": True}


def days(*ids):
    return [Vault.objects.get(pk=one).retain_until for one in ids]


# ------------------------------------------------------------------------------------------- the acts that start clocks
@pytest.mark.refuses("H-37")
def test_the_way_of_a_party_goes_thirty_days_after_they_arrived(office):
    road = Road(office).moving()
    road.step("hand_over", proof="custody", proof_text="The office, 14:00.", code="passed")
    arrived = clock.today()
    road.step("complete", status_case="Filed.")
    office.pass_time(days=5)
    with writing():
        later = records.make(road.first, "plan", {"case": road.case.hex(), "case_ref": "K7Q2"}).id
    assert days(road.journey, road.now.plan, road.now.decision) == [None, None, None]
    actions_close.learn(road.first, road.journey, reason="Debriefed.")
    day = due("road", arrived)
    assert days(road.journey, road.now.plan, road.now.decision) == [day] * 3 and days(later, road.case) == [None, None]
    now = road.now
    actions.keep(road.first, road.journey, day=clock.today() + timedelta(days=60), reason="a hearing")
    day = days(road.journey)[0]
    assert day > due("road", arrived) and days(now.plan, now.decision) == [day, day]  # it is read with what it rests on
    office.pass_time(days=(day - clock.today()).days - 1)
    done_for(clock.today())
    assert Vault.objects.filter(pk=road.journey).exists()
    office.pass_time(days=1)
    assert done_for(clock.today())[1] == 3
    assert not Vault.objects.filter(pk__in=[road.journey, now.plan, now.decision]).exists()
    assert board(road.first).nothing and listing(road.first)[:2] == ([], [])  # whoever is left meets no page that breaks
    assert now.plan not in {one.id for one in of_case(road.first, road.case).plans}
    assert case_page(road.first, road.case).case.id == road.case and queries_consent.page(road.worker, road.case).case
    assert findings(office.actor(office.people["anna"])) == []


@pytest.mark.refuses("H-37")
def test_whoever_was_caught_has_not_arrived_and_no_clock_runs(office):
    road = Road(office).moving()
    road.step("suspend", code="captured")
    actions_close.learn(road.first, road.journey, reason="Debriefed.")
    assert days(road.journey, road.now.plan, road.now.decision) == [None, None, None]


@pytest.mark.refuses("H-37")
def test_of_whom_an_incident_is_open_nothing_is_let_go(office):
    road = Road(office).moving()
    with writing():
        records.make(road.first, "incident", {"journey": road.journey.hex(), "case": road.case.hex(), "status": "reported"})
    road.step("stop")
    actions_close.learn(road.first, road.journey, reason="Debriefed.")
    assert days(road.journey, road.now.plan, road.now.decision) == [None, None, None]


@pytest.mark.refuses("H-37")
def test_a_declined_request_goes_after_ninety_days_and_its_names_follow(office):
    stage = Stage(office)
    with writing():
        names = records.make(stage.worker, "person", {"case": stage.case.hex(), "call_back": {"number": "x"}}).id
        held = kept.one(stage.chief, stage.case, "case", looked=False)
        records.change(stage.chief, held, {"household_records": [names.hex()]}, what="names")
    assert stage.move("decline", **THERE) == "asked" and days(stage.case) == [None]
    assert stage.move("decline", stage.other, **THERE) == "moved"
    day = due("declined", clock.today())
    assert days(stage.case, names) == [day, None]  # whoever signed does not hold the names
    assert queries.soon(stage.worker).late == 1 and days(names) == [None]  # looking writes nothing
    assert following.follow(stage.worker) == 1 and days(names) == [day]
    assert queries.soon(stage.worker).late == 0 == following.follow(stage.worker)
    office.pass_time(days=(day - clock.today()).days)
    assert done_for(clock.today()) == (0, 2)


@pytest.mark.refuses("H-37")
def test_a_number_goes_ninety_days_after_its_last_use_without_anybody(office):
    liaison = member(office, "liaison", ("field_liaison",))
    contact = contacts.keep(liaison, {"code_name": "Reed"})
    number = actions_reach.keep_handle(liaison, contact, {"channel": "call", "value": "x", "safe_hours": ""})
    assert days(number) == [due("handle", clock.today())]
    office.pass_time(days=60)
    actions_reach.used(liaison, contact, number)
    assert days(number) == [due("handle", clock.today())]
    office.pass_time(days=90)
    assert done_for(clock.today()) == (0, 1)


# ------------------------------------------------------------------------------------------------------ what goes soon
def test_a_day_is_put_off_for_a_reason_and_by_three_months_at_most(office):
    chief = member(office, "chief", ("coordinator",))
    with writing():
        plan, far = (records.make(chief, "plan", {"case_ref": "K7Q2"}, retain_until=clock.today() + timedelta(days=more)).id
                     for more in (7, 40))
    (line,) = queries.soon(chief).going
    assert (line.id, line.ref, line.holders, line.may_keep) == (plan, "K7Q2", ("chief",), True)
    assert queries.soon(chief).later == 1
    for day in (clock.today(), clock.today() + timedelta(days=91)):
        assert rule(actions.keep, chief, plan, day=day, reason="x") == "put_off"
    actions.keep(chief, plan, day=clock.today() + timedelta(days=90), reason="a hearing")
    assert queries.soon(chief).going == () and days(plan)[0].weekday() == 0
    assert days(far) == [clock.today() + timedelta(days=40 - 5)]
    assert findings(office.actor(office.people["anna"])) == []


@pytest.fixture
def stage(office):
    """A case with its names, its money and what says where they would go; nobody is on the way."""
    stage = Stage(office)
    stage.guard, stage.rights = member(office, "guard", ("security_officer",)), member(office, "rights", ("rights_officer",))
    with writing():
        stage.names = records.make(stage.worker, "person", {"case": stage.case.hex(), "names": ["x"]}).id
        stage.plan = records.make(stage.chief, "plan", {"case": stage.case.hex(), "case_ref": "K7Q2"}, retain_until=clock.today()).id
        stage.money = records.make(stage.chief, "money", {
            "sort": "entry", "case": "K7Q2", "case_id": stage.case.hex(), "direction": "out", "amount": "12.50", "currency": "USD",
            "paid": "2026-03-01"}, holders=[stage.worker.id]).id
        held = kept.one(stage.chief, stage.case, "case", looked=False)
        records.change(stage.chief, held, {"household_records": [stage.names.hex()], "timeline": [
            {"id": "0" * 16, "kind": "plan", "text": "made", "plan": stage.plan.hex()}]}, what="names")
    stage.end = clock.today() + timedelta(days=60)
    return stage


def put_on(stage):
    hold = actions_hold.ask(stage.chief, stage.case, reason="a demand", end=stage.end)
    assert actions_hold.sign(stage.guard, hold) == "place"
    return hold


# --------------------------------------------------------------------------------------------------------------- holds
@pytest.mark.refuses("H-26")
def test_a_hold_takes_two_and_one_signature_holds_nothing(stage):
    for end in (clock.today(), clock.today() + timedelta(days=367)):
        assert rule(actions_hold.ask, stage.chief, stage.case, reason="x", end=end) == "hold_end"
    hold = actions_hold.ask(stage.chief, stage.case, reason="a demand", end=stage.end)
    assert holds.held() == {}
    assert rule(actions_hold.sign, stage.chief, hold) == "hold_office"
    assert rule(actions_hold.ask_to_move, stage.chief, hold, "end", reason="x", end=None) == "hold_asked"
    assert queries_hold.one_hold(stage.guard, hold).may_sign
    assert actions_hold.sign(stage.guard, hold) == "place"
    assert set(holds.held()) == {stage.case, stage.names, stage.plan, stage.money}
    assert done_for(clock.today()) == (0, 0)  # the plan was due
    (line,) = queries.soon(stage.chief).going
    assert line.held_until == free_again(stage.end)


@pytest.mark.refuses("H-26")
def test_a_hold_is_renewed_and_ended_by_two_and_the_clock_comes_back_a_fortnight_later(stage):
    office, hold = stage.office, put_on(stage)
    later = stage.end + timedelta(days=30)
    actions_hold.ask_to_move(stage.rights, hold, "renew", reason="not over", end=later)
    assert rule(actions_hold.sign, stage.rights, hold) == "same_person"
    assert actions_hold.sign(stage.guard, hold) == "renew"
    assert holds.held([stage.plan]) == {stage.plan: free_again(later)}
    actions_hold.ask_to_move(stage.guard, hold, "end", reason="over", end=None)
    assert actions_hold.sign(stage.rights, hold) == "end"
    back = free_again(clock.today())
    assert holds.held([stage.plan]) == {stage.plan: back} and back >= clock.today() + timedelta(days=14)
    assert [one.act for one in queries_hold.one_hold(stage.guard, hold).log] == ["place", "renew", "end"]
    assert findings(office.actor(office.people["anna"])) == []
    office.pass_time(days=(back - clock.today()).days)
    assert done_for(clock.today()) == (0, 1) and not Vault.objects.filter(pk=stage.plan).exists()
    assert findings(office.actor(office.people["anna"])) == []


@pytest.mark.refuses("H-26")
def test_what_was_signed_is_these_records_this_day_and_this_reason(stage):
    hold = actions_hold.ask(stage.chief, stage.case, reason="a demand", end=stage.end)
    with writing():
        held = kept.one(stage.chief, hold, "hold", looked=False)
        records.change(stage.chief, held, {"vaults": {stage.case.hex(): "case"}}, what="x", kept=False)
    assert rule(actions_hold.sign, stage.guard, hold) == "changed"


# ---------------------------------------------------------------------------------------------------------- destroying
@pytest.mark.refuses("H-41")
def test_two_destroy_a_case_and_everything_about_it_and_a_certificate_without_a_word_stays(stage):
    actions_destroy.ask(stage.chief, stage.case, why="asked")
    assert rule(actions_destroy.sign, stage.chief, stage.case) == "same_person"
    assert rule(actions_destroy.sign, stage.other, stage.case) == "holder"  # nobody of the two holds the names
    made = actions_destroy.sign(stage.worker, stage.case)
    assert not Vault.objects.filter(pk__in=[stage.case, stage.names, stage.plan, stage.money]).exists()
    page = queries_hold.one_certificate(stage.worker, made)
    assert page.types == (("case", 1), ("money", 1), ("person", 1), ("plan", 1))
    assert page.sums == (("out", "USD", "12.50", 1),) and not page.gone and "waystation-office forget-now" in page.true
    assert queries_hold.one_certificate(stage.chief, made).digest == page.digest
    with writing():
        said = str(kept.one(stage.guard, made, "hold", looked=False).body)
    assert "K7Q2" not in said
    assert findings(stage.office.actor(stage.office.people["anna"])) == []


@pytest.mark.refuses("H-41")
def test_whoever_reads_a_case_under_seal_does_not_sign_that_it_is_destroyed(stage):
    with writing():
        bare = records.make(stage.chief, "case", {"ref": "D3ST", "people": [], "request_status": "declined"}).id
        records.share(stage.chief, bare, "case", stage.guard.id, reason="to look", until=clock.today() + timedelta(days=9))
    actions_destroy.ask(stage.chief, bare, why="asked")
    assert rule(actions_destroy.sign, stage.guard, bare) == "role" and Vault.objects.filter(pk=bare).exists()
    actions_destroy.sign(stage.other, bare)  # the control: another coordinator does
    assert not Vault.objects.filter(pk=bare).exists()


@pytest.mark.refuses("H-26")
def test_nothing_under_a_hold_is_destroyed_whoever_signs_and_whenever_it_was_placed(stage):
    actions_destroy.ask(stage.chief, stage.case, why="asked")
    put_on(stage)
    assert rule(actions_destroy.sign, stage.worker, stage.case) == "H-26"
    assert rule(actions_destroy.ask, stage.worker, stage.names, why="asked") == "H-26"
    assert Vault.objects.filter(pk__in=[stage.case, stage.names]).count() == 2


def test_nobody_of_whom_somebody_waits_for_word_is_destroyed(stage):
    with writing():
        journey = records.make(stage.chief, "journey", {"case": stage.case.hex(), "status": "resting"})
    assert rule(actions_destroy.ask, stage.chief, stage.case, why="asked") == "live"
    with writing():
        records.change(stage.chief, journey, {"status": "learnt"}, what="x")
        held = kept.one(stage.chief, stage.case, "case", looked=False)
        records.add(stage.chief, held, "timeline", {"kind": "journey", "text": "moving", "journey": journey.key})
        incident = records.make(stage.chief, "incident", {"case": stage.case.hex(), "status": "reported"})
    assert rule(actions_destroy.ask, stage.chief, stage.case, why="asked") == "live"  # the incident
    assert rule(actions_destroy.ask, stage.worker, stage.case, why="asked") == "live"  # as far as the case was told
    with writing():
        records.change(stage.chief, incident, {"status": "closed"}, what="x")
    actions_destroy.ask(stage.chief, stage.case, why="asked")


def test_names_are_destroyed_by_two_who_hold_them_and_the_case_stays(stage):
    deputy = member(stage.office, "deputy", ("case_worker",))
    with writing():
        records.share(stage.worker, stage.names, "person", deputy.id, reason="deputy")
        records.share(stage.chief, stage.case, "case", deputy.id, reason="deputy")
    actions_destroy.ask(stage.worker, stage.names, why="mistake")
    actions_destroy.sign(deputy, stage.names)
    assert not Vault.objects.filter(pk=stage.names).exists() and "household_records" in stage.body()
    assert stage.body()["household_records"] == []
    assert queries_hold.listing(stage.worker).gone[0].types == (("person", 1),)


def test_a_record_that_came_after_the_first_signature_is_not_destroyed_unseen(stage):
    actions_destroy.ask(stage.chief, stage.case, why="asked")
    with writing():
        records.make(stage.worker, "money", {"case_id": stage.case.hex(), "sort": "entry"})
    assert rule(actions_destroy.sign, stage.worker, stage.case) == "changed"


# --------------------------------------------------------------------------------------------------------------- pages
def test_pages_say_what_goes_who_must_agree_and_what_stays(office):
    heron, finch = office.person(roles={"coordinator"}, handle="heron"), office.person(roles={"case_worker"}, handle="finch")
    chief, worker, guard = office.actor(heron), office.actor(finch), member(office, "guard", ("security_officer",))
    with writing():
        case = records.make(chief, "case", {"ref": "K7Q2", "people": [], "worker": worker.id.hex()}, holders=[worker.id],
                            retain_until=clock.today() + timedelta(days=7)).id
        names = records.make(worker, "person", {"case": case.hex()}).id
        records.change(chief, kept.one(chief, case, "case", looked=False), {"household_records": [names.hex()]}, what="names")
    seen = office.sign_in(heron, stepped_up=True)
    where = reverse("destroy", kwargs={"record": case.hex()})

    def page(there, status=200, **sent):
        answer = seen.post(there, sent) if sent else seen.get(there)
        assert answer.status_code == status, answer.content.decode()
        return answer.content.decode() if status != 302 else answer["Location"]

    soon = page(reverse("goes-soon"))
    assert "case K7Q2" in soon and "finch, heron" in soon
    keep = reverse("goes-keep", kwargs={"record": case.hex()})
    assert "three months at most" in page(keep, 400, day="2027-01-01", reason="x")
    assert page(keep, 302, day=str(clock.today() + timedelta(days=60)), reason="x").endswith("done=kept")
    assert "Nothing goes within a fortnight." in page(reverse("goes-soon"))
    shown = page(where)
    assert "1 × names and numbers: <b>finch</b>" in shown and "What stays, and why" in shown
    assert "Mend what is marked" in page(where, 400, why="asked")
    assert page(where, 302, why="asked", sure="on").endswith("done=asked")
    assert "You signed first." in page(where)
    asked = page(reverse("holds"), 302, case=case.hex(), reason="a demand", end=str(clock.today() + timedelta(days=30)))
    assert "a hold ends within a year" in page(reverse("holds"), 400, case=case.hex(), reason="x", end="2030-01-01").lower()
    assert "the second signature is missing" in page(asked) and "K7Q2" in page(reverse("holds"))
    actions_hold.sign(guard, bytes.fromhex(asked.split("/")[2]))
    hold = page(asked.partition("?")[0])
    assert "Renew it, or end it" in hold and "1 × case" in hold
    assert "Say until which day." in page(f"{asked.partition('?')[0]}move/", 400, act="renew", reason="x")
    assert page(f"{asked.partition('?')[0]}move/", 302, act="end", reason="x").endswith("done=asked")
    assert "under a hold" in page(where)
    with writing():
        gone = records.make(worker, "hold", {"destroyed": {
            "types": {"case": 1}, "ids": [], "digest": "ab", "at": "2026-03-01T00:00:00+00:00", "asked_by": chief.id.hex(),
            "signed_by": worker.id.hex(), "why": "asked", "sums": []}})
        records.share(worker, gone.id, "hold", chief.id, reason="x", until=date(2027, 1, 1))
    told = page(reverse("destroyed", kwargs={"record": gone.key}))
    assert "heron, finch" in told and "they asked for it" in told
    assert "Certificates of what was destroyed" in page(reverse("holds"))
