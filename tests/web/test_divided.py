"""A party that is divided: each part is watched from the first moment, and the leg it was divided on was begun once."""

from datetime import timedelta

import pytest
from django.urls import reverse
from roads import WORD, Road
from test_decide import A, B, C

from waystation_web.cases import travellers
from waystation_web.cases.case import case_of
from waystation_web.gateways.database import writing
from waystation_web.journeys import actions, actions_close, actions_desk, actions_incident, exposure, queries, watches
from waystation_web.journeys.board import board
from waystation_web.journeys.journey import journey_of
from waystation_web.journeys.models import Watch
from waystation_web.plans import heard
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.vault.errors import NotPermitted, Refused

APART = {"division": [[A, C], [B]], "alone": [A, B], "why_apart": "", "asked_again": True}


class Divided(Road):
    """A and B may be parted, C is the child of A; and what is written into the route book is caught."""

    def bound(self, **household):
        with writing():
            held = kept.one(self.first, self.case, "case", looked=False)
            records.change(self.first, held, {
                "relations": [{"id": "1", "from": A, "to": C, "type": "parent", "certainty": "documented"}],
                "households": [{"id": "h", "members": [A, B, C], "stay_together": "may"} | household]}, what="people")
        return self

    def split(self, **typed):
        said = APART | typed
        assert self.step("split", **said) == "asked"
        assert self.step("split", self.second) == "moved"
        return self

    def of(self, journey):
        with writing():
            return journey_of(kept.one(self.first, journey, "journey", looked=False))

    @property
    def parts(self):
        return [self.of(one) for one in self.now.parts]

    def on(self, part, event, **typed):
        return actions.make_step(self.first, self.now.parts[part], event, {"reason": "As planned."} | typed)

    def reached(self, part, code="passed"):
        return self.on(part, "reach", **(WORD | {"present": 1, "code": code}))


@pytest.fixture
def road(office):
    return Divided(office).bound()


@pytest.fixture
def book(monkeypatch):
    """The rows that a closed journey writes, without a book to check them against."""
    from waystation_web.journeys import actions_close as closing

    written = []
    monkeypatch.setattr(closing, "check", lambda *_given: None)
    monkeypatch.setattr(closing, "write", lambda _actor, rows, **_more: written.extend(rows) or rows)
    monkeypatch.setattr(closing, "rows_held", lambda *_given, **_more: [])
    return lambda: [(row.cells["leg"], row.cells["ended"], row.cells["party_size"]) for row in written]


def rule(act, *given, **more):
    with pytest.raises(NotPermitted) as why:
        act(*given, **more)
    return why.value.rule


def watched():
    return {bytes(one.vault_id): tuple(watches.due_of(one)) for one in Watch.objects.all()}


@pytest.mark.parametrize("resting", [False, True])
def test_each_part_is_a_journey_that_is_watched_with_the_clocks_that_ran(road, resting):
    road.moving()
    if resting:
        road.reach()
    whole, clock = road.now, watched()[road.journey]
    road.split()
    assert (road.now.status, road.now.due, road.now.released(road.office.now)) == ("split", (), None)
    assert [(one.people, one.size, one.name, one.status, one.at) for one in road.parts] == [
        ((A, C), 2, "K7Q2 · 1", whole.status, whole.at), ((B,), 1, "K7Q2 · 2", whole.status, whole.at)]
    assert watched() == dict.fromkeys(road.now.parts, clock)              # of the whole nobody waits for word, of each part somebody does
    assert [row.ref for row in board(road.first).moving] == ["K7Q2 · 1", "K7Q2 · 2"]
    road.office.now += timedelta(hours=7 if not resting else 25)
    assert [row.ref for row in board(road.first).clocks] == ["K7Q2 · 1", "K7Q2 · 2"]
    assert actions_desk.check_in(road.first, road.now.parts[0], WORD) == "right"
    assert [row.ref for row in board(road.first).clocks] == ["K7Q2 · 2"]  # word of one is no word of the other


@pytest.mark.parametrize(("household", "typed"), [
    ({"stay_together": ""}, {}),                                           # nobody asked
    ({"stay_together": "must"}, {}), ({"stay_together": "prefer"}, {}),
    ({"never_parted": [[A, B]]}, {}),
    ({}, {"division": [[A], [B, C]]}),                                     # a child without its own guardian
    ({}, {"division": [[A, C]]}), ({}, {"division": [[A, C], [B], [B]]}), ({}, {"division": []}), ({}, {"division": "AB"}),
    ({}, {"alone": [A]}),                                                  # nobody says that B manages
], ids=str)
def test_who_may_not_be_parted_is_not_parted_whatever_is_sent(road, household, typed):
    road.bound(**household).moving()
    before, clock = road.now, watched()
    assert rule(road.step, "split", **APART | typed) == "split"
    assert (road.now.status, road.now.due, watched()) == (before.status, before.due, clock)


def test_a_household_nobody_wrote_down_stays_together_and_an_adult_says_no_to_it(road):
    road.moving()
    with writing():
        records.change(road.first, kept.one(road.first, road.case, "case", looked=False), {"households": []}, what="people")
    assert rule(road.step, "split", **APART) == "split"
    assert rule(road.bound().step, "split", **APART | {"asked_again": False}) == "H-04"
    road.bound(stay_together="prefer")
    assert road.step("split", **APART | {"why_apart": "The boat takes two."}) == "asked"


@pytest.mark.parametrize("need", ["ER-FR", "DS-PS", "SM-CC", "NK-SI"])
def test_who_does_not_manage_alone_is_left_with_nobody_promising_it(road, need):
    road.moving()
    with writing():
        held = kept.one(road.first, road.case, "case", looked=False)
        people = [one | ({"needs": [need]} if one["id"] == B else {}) for one in held.body["people"]]
        records.change(road.first, held, {"people": people}, what="people")
    assert rule(road.step, "split", **APART) == "split"


def test_what_the_second_signs_is_the_division_and_what_changed_since_voids_it(road):
    road.moving()
    assert road.step("split", **APART) == "asked"
    (step,) = [one for one in queries.page(road.second, road.journey).steps if one.event == "split"]
    assert (step.waits, step.parts, step.alone) == (True, ("A, C", "B"), "A, B")
    with writing():                                                        # somebody with the keys writes another division under the signature
        held = kept.one(road.first, road.journey, "journey", looked=False)
        asked = held.body["step"]
        records.change(road.first, held, {"step": asked | {"typed": asked["typed"] | {"division": [[A, C], [B]][::-1]}}}, what="step")
    assert rule(road.step, "split", road.second) in {"manifest", "changed", "approval"}
    assert road.now.status == "moving"


def test_the_rules_are_asked_again_at_the_second_signature(road):
    road.moving()
    assert road.step("split", **APART) == "asked"
    road.bound(stay_together="must")
    assert rule(road.step, "split", road.second) == "split"
    assert road.now.status == "moving" and set(watched()) == {road.journey}


def test_whoever_holds_the_whole_holds_each_part_until_the_same_day(road, office):
    road.moving()
    guest, until = road.liaison, office.now.date() + timedelta(3)
    with writing():
        records.share(road.first, road.journey, "journey", guest.id, reason="Her night.", until=until)
    road.split()
    parts = road.now.parts
    with writing():
        for part in parts:
            assert set(kept.holders(road.first, part)) == set(kept.holders(road.first, road.journey)) > {guest.id}
            assert kept.one(guest, part, "journey", looked=False)
    office.now += timedelta(4)
    with writing():
        assert [kept.maybe(guest, part, "journey") for part in parts] == [None, None]


def test_nobody_is_asked_about_the_people_of_another_part(road):
    road.moving().split()
    for part in (0, 1):
        road.reached(part)
    road.said(B, "no")                                                     # B stops; A and C go on
    for part, code in ((0, None), (1, "H-04")):
        actions_desk.release(road.first, road.now.parts[part], leg="C02", to="Wren", channel="call", hours=12)
        assert (rule(road.on, part, "go_on", rested=True) if code else road.on(part, "go_on", rested=True)) == (code or "moved")
    page = queries.page(road.first, road.now.parts[0])
    assert [one["code"] for one in page.instructions] == ["A"] and page.codes == "A, C"


def test_together_again_only_where_all_rest_and_the_whole_goes_on(road):
    road.moving().split()
    assert rule(road.step, "rejoin") == "together"
    road.reached(0)
    assert rule(road.step, "rejoin") == "together"                         # one is still on the leg
    road.office.now += timedelta(hours=1)
    road.reached(1, code="delayed")
    clocks = [one.due for one in road.parts]
    assert rule(road.on, 0, "join") == "rejoin"                            # only the whole puts them together
    assert road.step("rejoin") == "moved"
    assert (road.now.status, road.now.at, road.now.size, road.now.people, road.now.due) == ("resting", "ALDER", 3, (), min(clocks))
    assert [one.status for one in road.parts] == ["joined", "joined"] and set(watched()) == {road.journey}
    assert [(leg.leg, leg.code) for leg in road.now.legs] == [("R01", "delayed")]
    road.release(leg="C02", to="Wren")
    assert road.step("go_on", rested=True) == "moved"


def test_apart_they_go_different_ways_and_each_leg_has_one_outcome(road, book, office):
    road.moving().split()
    for part in (0, 1):
        road.reached(part)
        actions_desk.release(road.first, road.now.parts[part], leg="C02", to="Wren", channel="call", hours=12)
        road.on(part, "go_on", rested=True)
        office.now += timedelta(hours=2)
        road.reached(part)
    assert road.step("rejoin") == "moved"
    assert [(leg.leg, leg.carried) for leg in road.now.legs] == [("R01", False), ("C02", True), ("C02", True)]
    road.step("hand_over", proof="voice", proof_text="Rang.", code="passed")
    road.step("complete", status_case="Filed.")
    actions_close.learn(road.first, road.journey, reason="Done.")
    for part in road.now.parts:
        actions_close.learn(road.first, part, reason="Done.")
    assert book() == [("R01", "arrived", 3), ("C02", "arrived", 2), ("C02", "arrived", 1)]
    assert {one.status for one in (road.now, *road.parts)} == {"learnt"}


def test_who_was_taken_stays_apart_and_the_leg_is_a_loss_once(road, book):
    road.moving().split()
    road.reached(0)
    road.on(1, "suspend", code="captured")
    assert rule(road.step, "rejoin") == "together"                         # one part alone meets nobody
    assert rule(actions_close.learn, road.first, road.journey, reason="x") == "parts"
    road.on(0, "hand_over", proof="voice", proof_text="Rang.", code="passed")
    actions_close.learn(road.first, road.journey, reason="Over.")
    actions_close.learn(road.first, road.now.parts[1], reason="Over.")
    assert book() == [("R01", "intercepted", 3)]


def test_of_three_parts_two_meet_and_the_third_that_was_taken_is_not_counted_as_there(road):
    road.moving().split(division=[[A, C], [B]])
    road.reached(0), road.reached(1)
    road.step("rejoin")
    with writing():
        held = kept.one(road.first, road.case, "case", looked=False)
        records.change(road.first, held, {"people": [*held.body["people"], {"id": "d" * 32, "code": "D", "birth": "1990"}]}, what="people")
    assert rule(road.step, "split", **APART) == "split"                    # D is in no part
    road.said("d" * 32, "yes")
    three = {"division": [[A, C], [B], ["d" * 32]], "alone": [A, B, "d" * 32]}
    road.split(**three)
    assert [one.name for one in road.parts] == ["K7Q2 · 1", "K7Q2 · 2", "K7Q2 · 3"]
    road.on(2, "suspend", code="captured")
    assert road.step("rejoin") == "moved"
    assert (road.now.people, road.now.size) == ((A, C, B), 2)
    assert {one.status for one in road.parts} == {"joined", "suspended"}


def test_a_part_that_cannot_be_read_counts_as_on_its_way(road):
    road.moving().split()
    for part in (0, 1):
        road.reached(part)
    part = road.now.parts[1]
    with writing():
        held = kept.one(road.first, part, "journey", looked=False)
        records.change(road.first, held, {"legs": [{"leg": "R01"}]}, what="legs")
    assert rule(road.step, "rejoin") == "together"
    page = queries.page(road.first, road.journey)
    assert page.unread and len(page.parts) == 1


def test_what_a_part_may_be_made_to_tell_reaches_back_before_the_division(road):
    road.moving().split()
    part = road.parts[1]
    with writing():
        told = {one["code"] for one in exposure.proposals(road.first, part)}
    assert {"K7Q2", "R01", "HEARTH", "Heron"} <= told
    incident = actions_incident.report(road.first, road.now.parts[1], {
        "kind": "capture", "how_known": "The host saw it.", "force": "", "province": "", "stop": True})
    assert [one.status for one in road.parts] == ["moving", "suspended"] and set(watched()) == {road.now.parts[0]}
    assert board(road.first).clocks[0].ref == "K7Q2 · 2" and incident


@pytest.fixture
def apart(road, office):
    """Two parts that stopped where they rest, each to be planned anew."""
    road.moving().split()
    for part in (0, 1):
        road.reached(part)
        road.on(part, "replan")
    office.now += timedelta(minutes=1)
    return road


def anew(road, *people, go=True):
    """A plan from here for these people (none: everybody of the case), and a go on it by two."""
    plan = road.planned()
    with writing():
        records.change(road.first, kept.one(road.first, plan, "plan", looked=False), {"people": list(people)}, what="plan")
    road.everything(plan)
    return road.decided(plan) if go else road.ask(plan=plan)


def follows(road, part):
    assert road.on(part, "resume") == "asked"
    assert actions.make_step(road.second, road.now.parts[part], "resume", {}) == "moved"


def test_a_decision_for_one_part_is_not_followed_by_the_other(apart):
    decision = anew(apart, A, C)
    assert rule(apart.on, 1, "resume") == "H-28"
    follows(apart, 0)
    assert apart.parts[0].decision == decision and rule(apart.on, 1, "resume") == "H-28"


def test_what_another_journey_was_opened_on_leads_nobody_else(road, office):
    road.moving().step("replan", code="turned_back")
    office.now += timedelta(minutes=1)
    actions.open_(road.first, anew(road), reason="Others go by it.")
    assert rule(road.step, "resume") == "H-28"


@pytest.mark.parametrize("people", [(), (A, B, C), (A,), (B, C)])
def test_a_plan_for_other_people_than_those_of_a_part_is_none_for_it(apart, people):
    anew(apart, *people)
    assert [rule(apart.on, part, "resume") for part in (0, 1)] == ["H-28", "H-28"]


def test_two_parts_are_decided_on_at_once_and_neither_decision_ends_the_other(apart):
    before = apart.now.decision
    first, other = anew(apart, A, C), anew(apart, B)
    assert [apart.decision(one).status for one in (before, first, other)] == ["decided", "decided", "decided"]
    follows(apart, 0), follows(apart, 1)
    assert [one.decision for one in apart.parts] == [first, other]
    assert apart.decision(before).status == "decided"                      # the whole was on its way by it


def test_a_newer_decision_for_the_same_part_takes_the_place_of_the_older_and_one_for_all_of_both(apart):
    first, other = anew(apart, A, C, go=False), anew(apart, B, go=False)
    again = anew(apart, A, C, go=False)
    assert [apart.decision(one).status for one in (first, other, again)] == ["superseded", "asked", "asked"]
    everybody = anew(apart, A, B, C, go=False)
    assert [apart.decision(one).superseded_by for one in (other, again)] == [everybody, everybody]


def test_what_one_part_follows_stands_while_the_other_is_decided_on(apart):
    """Whoever plans for other people must know who is on the way over which legs: by the decision that they follow."""
    decision = anew(apart, B)
    follows(apart, 1)
    anew(apart, A, C)
    assert (apart.decision(decision).status, apart.decision(apart.now.decision).status) == ("decided", "superseded")


def test_for_whom_a_plan_is_was_signed_and_nobody_is_put_into_it_afterwards(apart):
    decision = anew(apart, B)
    with writing():
        held = kept.one(apart.first, decision, "decision", looked=False)
        records.change(apart.first, held, {"people": [A, C]}, what="tampered")
    with pytest.raises(Refused):
        apart.on(0, "resume")


@pytest.mark.refuses("H-04")
@pytest.mark.parametrize(("there", "cared_for"), [((A, C), True), ((B, C), False), ((C,), False)])
def test_a_child_whose_parent_is_in_another_part_is_planned_for_as_one_alone(road, there, cared_for):
    able = {"exertion": 3, "walk_km_day": 10, "swim": False, "cold": False}
    with writing():
        held = kept.one(road.first, road.case, "case", looked=False)
        people = [one | {"fitness": able} for one in held.body["people"]]
        case = case_of(records.change(road.first, held, {"people": people}, what="people"))
    assert travellers.party(travellers.among(case, there), road.office.now.date()).guardian_ok is cared_for


def test_a_journey_of_some_of_a_case_is_theirs_alone(road):
    road.everything().consents()
    road.said(B, "no")
    plan = road.planned()
    with writing():
        records.change(road.first, kept.one(road.first, plan, "plan", looked=False), {"people": [A, C]}, what="plan")
    road.everything(plan)
    road.said(B, "no", plan)
    road.journey = actions.open_(road.first, road.decided(plan), reason="Two of them.")
    assert road.now.people == (A, C) and road.step("prepare", well="blue heron", other="grey goose") == "moved"


def test_how_long_word_takes_is_not_learnt_from_one_leg_three_times(road, office):
    road.moving().split()
    with writing():
        assert heard.of_legs(road.first, office.now) == {}
    office.now += timedelta(hours=3)
    road.reached(0), road.reached(1)
    road.step("rejoin")
    with writing():
        assert heard.of_legs(road.first, office.now) == {"R01": [[3.0, True]]}


def test_the_page_says_by_name_what_refuses_a_division(office):
    heron = office.person(roles={"coordinator"}, handle="heron")
    road = Divided(office).bound()
    road.moving()
    browser, address = office.sign_in(heron, stepped_up=True), reverse("journey-step", kwargs={"journey": road.journey, "event": "split"})
    typed = {f"part_{A}": "1", f"part_{B}": "2", f"part_{C}": "2", f"alone_{A}": "on", f"alone_{B}": "on", "asked_again": "on", "reason": "x"}
    refused = browser.post(address, typed)
    assert refused.status_code == 400 and "A child without its own grown guardian in its part: C." in refused.content.decode()
    road.bound(stay_together="prefer")
    refused = browser.post(address, typed | {f"part_{C}": "1"})
    assert refused.status_code == 400 and "They would rather stay together: A, B, C." in refused.content.decode()
    assert road.now.status == "moving"
    assert browser.post(address, typed | {f"part_{C}": "1", "why_apart": "One boat."}).status_code == 302
    waits = browser.get(address).content.decode()
    assert "<li>A, C</li><li>B</li>" in waits and "One boat." in waits
