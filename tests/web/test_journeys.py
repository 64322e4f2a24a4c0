"""A journey: opened by two with everybody's yes, one stop at a time, silence counted, closed with what the next plan believes."""

from datetime import UTC, datetime, timedelta

import pytest
import world
from roads import LINES, WAITS, WORD, B, Road
from test_decide import A

from waystation import worlds
from waystation.journeys.silence import Level
from waystation.ledger.entries import Direction, Entry, Kind, Payer
from waystation.network.files import read_book
from waystation.units import Money
from waystation_web.gateways.database import writing
from waystation_web.journeys import actions, actions_close, actions_desk, queries
from waystation_web.journeys.models import Watch
from waystation_web.ledger import actions as ledger
from waystation_web.network import actions_import
from waystation_web.network import queries as network
from waystation_web.network.reading import rows_held
from waystation_web.plans import heard
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.vault.errors import NoSuchVault, NotPermitted


@pytest.fixture
def road(office):
    return Road(office)


KEPT = []


@pytest.fixture
def road_and_book(office):
    """The road of an office that has taken the invented book in, which takes longer than the rest: a copy of one such office."""
    if not KEPT:
        road = Road(office)
        actions_import.take_in(road.first, read_book(worlds.world("long-way")))
        KEPT.append((world.Kept.of(office), dict(vars(road))))
    [(stood, known)] = KEPT
    stood.put_back(office)
    road = Road.__new__(Road)
    vars(road).update(known, office=office)
    return road


def rule(act, *given, **more):
    with pytest.raises(NotPermitted) as why:
        act(*given, **more)
    return why.value.rule


def later(office, **more):
    office.now += timedelta(**more)


def test_a_journey_opens_on_a_go_by_two_once_and_sends_nobody(road):
    road.everything().consents()
    decision = road.ask()
    assert rule(actions.open_, road.first, decision, reason="x") == "H-28"  # one signature
    from waystation_web.plans import actions_decide

    actions_decide.sign(road.second, decision)
    road.said(B, "no")
    assert rule(actions.open_, road.first, decision, reason="x") == "H-28"  # somebody says no now
    road.said(B, "yes")
    road.journey = actions.open_(road.first, decision, reason="x")
    assert (road.now.status, road.now.at, road.now.size, road.now.goals) == ("approved", "HEARTH", 3, ("PLUM",))
    assert not Watch.objects.exists() and road.told()[-1] == ("journey", "approved")
    assert rule(actions.open_, road.first, decision, reason="again") == "H-28"


@pytest.mark.parametrize(("lacking", "asked"), [("consents", "H-21"), ("no", "H-04"), ("words", "words")])
def test_nobody_is_made_ready_without_consent_a_yes_and_two_words(road, lacking, asked):
    road.opened()
    if lacking == "consents":
        road.consents(said="withdrawn")
    if lacking == "no":
        road.said(A, "no")
    typed = {"well": "heron", "other": "Heron "} if lacking == "words" else {"well": "heron", "other": "goose"}
    assert rule(road.step, "prepare", **typed) == asked
    assert road.now.status == "approved"


@pytest.mark.proves("S001-17")
def test_only_the_next_stop_is_released_only_to_who_serves_it_only_for_a_time(road, office):
    road.ready()
    assert rule(road.release, leg="C02", to="Wren") == "next_stop"      # the stop after the next one
    assert rule(road.release, leg="K01", to="Heron") == "next_stop"     # closed
    assert rule(road.release, leg="R01", to="Wren") == "need_to_know"   # serves another leg
    assert rule(road.release, hours=73) == "until"
    road.release(hours=12)
    stop = road.now.released(office.now)
    assert (stop.end, stop.to) == ("ALDER", "Heron") and stop.text.startswith("ALDER. by boat.")
    assert not {"MINT", "PLUM", "C02"} & set(stop.text.replace(".", " ").split())
    later(office, hours=13)
    assert road.now.released(office.now) is None
    assert rule(road.step, "depart", paid=True, rested=True) == "next_stop"


def test_whoever_must_not_be_used_is_told_nothing_and_leaving_the_plan_takes_a_reason(road):
    road.moving().reach()
    assert rule(road.release, leg="C02", to="Crow") == "need_to_know"   # burnt
    assert rule(road.release, leg="C04", to="party") == "off_plan"
    road.release(leg="C04", to="party", why="The bus is watched.")
    assert ("off_plan", "C04: The bus is watched.") in [(one.kind, one.text) for one in road.now.log]


@pytest.mark.parametrize(("typed", "asked"), [({"rested": True}, "paid"), ({"paid": True}, "rest")])
def test_nobody_departs_unpaid_or_tired(road, typed, asked):
    road.ready().release()
    assert rule(road.step, "depart", **typed) == asked


def test_a_line_of_the_ledger_that_is_due_and_not_paid_holds_them_whatever_was_ticked(road, office):
    road.ready().release()
    entry = Entry(ref="", kind=Kind.FEE, amount=Money.parse("50 USD"), day=office.now.date(), direction=Direction.OUT,
                  payer=Payer.ORGANISATION, contact="Heron")
    ledger.new(road.first, ledger.Typed(entry, road.case, "the boat", "unknown", None, False, ()))
    assert rule(road.step, "depart", paid=True, rested=True) == "paid"


@pytest.mark.proves("S004-13", "S000-32", "S001-61")
def test_a_journey_from_leaving_to_protection(road, office):
    road.moving()
    leg = road.now.under_way
    assert (leg.leg, leg.guide, road.now.status) == ("R01", "Heron", "moving")
    assert [(one - leg.started).total_seconds() / 3600 for one in leg.due] == pytest.approx(WAITS["R01"]["hours"], abs=0.09)
    later(office, hours=5)
    assert rule(road.reach, welfare=" ") == "welfare" and rule(road.reach, word="", no_word="") == "challenge"
    road.reach()
    assert (road.now.status, road.now.at, road.now.under_way, road.now.legs[0].code) == ("resting", "ALDER", None, "passed")
    assert rule(road.step, "go_on", rested=True) == "next_stop"         # a release counts for one leg
    road.release(leg="C02", to="Wren").step("go_on", rested=True)
    assert rule(road.step, "hand_over", proof="", proof_text="", code="passed") == "proof"
    road.step("hand_over", proof="custody", proof_text="The liaison office, 14:00.", code="passed")
    assert (road.now.status, road.now.proof) == ("handed over", "custody") and not Watch.objects.exists()
    assert rule(road.step, "complete", status_case=" ") == "status"
    road.step("complete", status_case="Filed on 3 March.")
    assert [text for kind, text in road.told() if kind == "journey"] == [
        "approved", "ready", "moving", "resting", "moving", "handed over", "complete"]


def test_silence_rises_by_the_clock_alone_and_somebody_has_it(road, office):
    road.moving()
    assert rule(actions_desk.hold, road.first, road.journey) == "status"  # nothing is late
    for hours, level in ((6.1, Level.LATE), (4, Level.OVERDUE), (10, Level.SILENT), (20, Level.PRESUMED)):
        later(office, hours=hours)
        assert road.now.level(office.now) is level
    actions_desk.hold(road.second, road.journey)
    row = Watch.objects.get()                                             # nothing later begins: asked again all the same
    assert road.now.held_by == road.second.id and row.state == Watch.State.HELD
    assert timedelta(0) <= timedelta(minutes=5 * row.due_at) - (office.now - datetime(1970, 1, 1, tzinfo=UTC)) - timedelta(
        hours=4) < timedelta(minutes=5)
    assert road.now.status == "moving"                                    # nobody made a step
    assert road.word() == "right"
    assert road.now.level(office.now) is Level.ON_TIME and not road.now.held_by
    assert Watch.objects.get().state == Watch.State.LIVE


def test_what_begins_after_somebody_has_it_is_watched_on(road, office):
    road.moving()
    due = road.now.due
    later(office, hours=7)
    actions_desk.hold(road.second, road.journey)
    row = Watch.objects.get()
    assert (row.state, row.level, row.due_at * 300, len(row.schedule)) == (Watch.State.HELD, 2, due[1].timestamp(), 12)


def test_word_on_the_way_never_puts_the_first_alarm_off(road, office):
    road.moving()
    before = road.now.due
    later(office, hours=2)
    road.word()
    assert road.now.due == before
    later(office, hours=5)                                                # late by now
    road.word()
    assert road.now.due[0] >= office.now + timedelta(hours=6)


def test_a_wrong_word_is_no_word(road, office):
    road.moving()
    later(office, hours=7)
    due = road.now.due
    assert road.word(word="red heron") == "wrong" and road.now.due == due and road.now.level(office.now) is Level.LATE
    assert rule(road.reach, word="red heron") == "challenge" and road.now.status == "moving"
    assert rule(road.word, word="", text="") == "challenge"
    assert road.word(word="", text="A relative passed it on and knows no word.") == "none"
    assert road.now.level(office.now) is Level.ON_TIME


def test_the_watch_holds_times_and_nothing_else(road, office):
    road.moving()
    assert Watch.objects.count() == 1
    row = Watch.objects.get()
    due = [row.due_at, *(int.from_bytes(row.schedule[k:k + 4], "big") for k in (0, 4, 8))]
    assert [300 * one for one in due] == [one.timestamp() for one in road.now.due]
    assert (row.level, row.vault_id, len(row.schedule)) == (1, road.journey, 12)
    road.reach()
    assert Watch.objects.get().due_at * 300 == road.now.rest_due[0].timestamp()  # a house is waited for, too


@pytest.mark.proves("S001-25")
def test_a_new_plan_on_the_road_takes_a_new_decision_and_two_signatures(road, office):
    road.moving()
    later(office, hours=1)
    road.step("replan", code="turned_back")
    assert (road.now.status, road.now.at, road.now.legs[0].code) == ("replanning", "HEARTH", "turned_back")
    assert rule(road.step, "resume") == "H-28"
    plan = road.planned()
    road.everything(plan)
    decision = road.decided(plan)
    assert road.step("resume") == "asked" and road.now.status == "replanning"
    assert rule(road.step, "resume") == "same_person"
    assert road.step("resume", actor=road.second) == "moved"
    assert (road.now.status, road.now.plan, road.now.decision) == ("resting", plan, decision)


def test_word_between_two_signatures_voids_the_first(road, office):
    road.moving()
    road.step("suspend", code="captured")
    assert road.step("free", asked_again=True) == "asked"
    with writing():
        held = kept.one(road.first, road.journey, "journey", looked=False)
        records.change(road.first, held, {"at": "MINT"}, what="tampered")
    assert rule(road.step, "free", actor=road.second) == "changed"


def test_whoever_wishes_to_stop_is_followed(road):
    road.moving().step("stop")
    assert road.now.status == "left" and road.now.legs[0].code == "left" and not Watch.objects.exists()


def test_the_next_plan_believes_what_this_journey_leaves(road, office):
    actions_import.take_in(road.first, read_book(worlds.world("long-way")))
    with writing():
        before = len(network.book(road.first).outcomes)
    road.moving()
    later(office, hours=5)
    road.reach(code="delayed")
    road.release(leg="C02", to="Wren").step("go_on", rested=True)
    assert rule(actions_close.learn, road.first, road.journey, reason="x") == "no_such_move"
    road.step("suspend", code="captured")
    assert actions_close.learn(road.first, road.journey, reason="Debriefed.") == 2
    with writing():
        book = network.book(road.first)
        hours = heard.of_legs(road.first, office.now)
    assert len(book.outcomes) == before + 2
    new = [one for one in book.outcomes if one.started.year == office.now.year and one.party_size == 3]
    assert {(one.leg, str(one.ended)) for one in new} >= {("R01", "arrived"), ("C02", "intercepted")}
    assert hours == {"R01": [[5.0, True]]} and road.now.status == "learnt"  # a capture says nothing of how long word takes


@pytest.mark.once
@pytest.mark.proves("S001-29")
@pytest.mark.parametrize(("event", "code", "ended"), [
    ("reach", "passed", "arrived"), ("reach", "seen", "arrived"), ("reach", "shot_at", "arrived"), ("replan", "turned_back", "turned_back"),
    ("suspend", "captured", "intercepted"), ("suspend", "killed", "harmed")])
def test_how_a_leg_ended_is_written_by_its_code_and_stands_in_the_book(road_and_book, office, event, code, ended):
    road = road_and_book
    with writing():
        before = {one.id for one in rows_held(road.first, looked=False) if one.sheet == "outcomes"}
    road.moving()
    later(office, hours=5)
    if event == "reach":
        road.reach(code=code)
    else:
        road.step(event, code=code)
    if event != "suspend":  # and they go no further
        road.step("stop")
    assert [one.code for one in road.now.legs] == [code]
    assert actions_close.learn(road.first, road.journey, reason="Debriefed.") == 1
    with writing():
        (row,) = [one for one in rows_held(road.first, looked=False) if one.sheet == "outcomes" and one.id not in before]
    assert (row.cells["leg"], row.cells["ended"]) == ("R01", ended)


def test_a_leg_of_which_nothing_is_known_closes_no_journey(road):
    road.moving()
    with writing():
        held = kept.one(road.first, road.journey, "journey", looked=False)
        records.change(road.first, held, {"status": "suspended"}, what="as if")
    assert rule(actions_close.learn, road.first, road.journey, reason="x") == "outcomes"


def test_the_page_says_what_is_in_the_way_and_who_has_what(road, office):
    road.opened()
    page = queries.page(road.first, road.journey)
    assert [one.event for one in page.steps] == ["prepare", "stop"] and page.lengths.legs_to_go == 3
    road.consents(said="withdrawn")
    assert "a yes that still stands" in next(one for one in queries.page(road.first, road.journey).steps).missing
    road.consents().step("prepare", well="blue heron", other="goose")
    page = queries.page(road.first, road.journey)
    assert [one.leg for one in page.stops] == ["R01"] and page.stops[0].recipients == ("Heron", "party")
    assert [one["code"] for one in page.instructions] == ["A", "B"]
    assert LINES[0][0] == page.stops[0].leg and WORD["present"] == page.line.journey.size


def test_without_the_case_there_is_no_journey(road, office):
    """Whoever cannot see whether somebody said no does not move anybody."""
    road.opened()
    late = office.actor(office.person(roles={"coordinator"}, handle="late"))
    with pytest.raises(NoSuchVault):
        queries.page(late, road.journey)


@pytest.mark.proves("S001-43", "S004-08")
def test_how_far_they_have_come_and_how_far_it_is_in_straight_lines(road):
    """By hand on a flat map, a degree of latitude 111.19 km and one of longitude less by the cosine: HEARTH to ALDER is 1.8 degrees
    by 3.2 x 0.734, 329 km; ALDER to MINT 2.4 by 3.6 x 0.737, 398 km; MINT to PLUM 2.3 by 6.5 x 0.764, 609 km."""
    road.moving()
    far = queries.page(road.first, road.journey).lengths
    assert (far.done, far.to_go) == (0, 1010)                             # on the leg, and not yet through
    road.reach()
    assert queries.page(road.first, road.journey).lengths.done == 330
    with writing():
        held = kept.one(road.first, road.plan, "plan", looked=False)
        places = [one | ({"lat": None} if one["code"] == "MINT" else {}) for one in held.body["places"]]
        records.change(road.first, held, {"places": places}, what="plan")
    far = queries.page(road.first, road.journey).lengths
    assert (far.done, far.to_go, far.legs_to_go) == (330, None, 2)        # nobody knows, and it is not called nothing
