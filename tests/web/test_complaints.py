"""Complaints: whom one is about learns nothing of it, by no door; it is handled by those who were named, by its days, to an outcome."""

import re
from datetime import timedelta

import pytest
from acts import member
from django.urls import reverse
from tour import addresses

from waystation.access import Role
from waystation_web.audit import queries as audit
from waystation_web.claims import actions_complaint as acts
from waystation_web.claims import due, standard
from waystation_web.claims.queries_complaint import listing, page
from waystation_web.claims.routing import route
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.vault.errors import NoSuchVault, NotPermitted

pytestmark = pytest.mark.once

SAID = "Quillowbraith took money for it. (Invented.)"
ACTS = ({"act": "step", "kind": "note", "text": "x"}, {"act": "close", "what": "upheld", "text": "x"}, {"act": "leave"},
        {"act": "handler", "account": "0c" * 16}, {"act": "none"})


def typed(office, about, handlers, **more):
    return {"sort": "conduct", "from": "helped", "how": "phone", "received": office.now.date(), "said": SAID, "wish": "", "answer_to": "",
            "protect": "", "about_others": "", "about": [one.id for one in about], "handlers": [one.id for one in handlers]} | more


@pytest.fixture
def house(office):
    """Somebody of each office that handles complaints, and whoever takes one down."""
    office.rights, office.head, office.chief, office.taker = (member(office, name, (role,)) for name, role in (
        ("rights", "rights_officer"), ("head", "organisation_head"), ("chief", "coordinator"), ("taker", "case_worker")))
    return office


def refused(act, *given, **more):
    with pytest.raises(NotPermitted) as why:
        act(*given, **more)
    return str(why.value)


def plain(answer):
    """What an answer says, without what differs by chance: tokens, times, the address that was asked."""
    text = answer.content.decode()
    return re.sub(r'(value="[\w-]{32,}"|[0-9a-f]{32}|\d\d:\d\d(:\d\d)?)', "", text)


# ------------------------------------------------------------------------------------------------------- every door
@pytest.mark.refuses("H-36")
def test_whom_it_is_about_learns_of_it_by_no_list_count_search_record_or_answer(house):
    accused = house.person(roles={"coordinator", "security_officer"}, handle="accused")
    key = acts.take_down(house.taker, typed(house, [house.actor(accused)], [house.rights, house.head])).hex()
    house.pass_time(days=40)  # everything about it is late, for its handlers
    client = house.sign_in(accused, stepped_up=True)
    seen = {}
    for name, pattern in addresses():
        if not pattern.pattern.converters and name not in {"sign-out", "stream-road", "lock-me"}:
            answer = client.get("/" + str(pattern.pattern))
            if not answer.streaming:
                seen[name] = answer.content.decode()
    assert {"home", "now", "board", "complaints", "audit-log", "search", "hand-over", "duty"} <= seen.keys()
    telling = ("Quillowbraith", key, f"{key[:4].upper()}</a>", "/complaints/" + key[:8])
    assert [(name, word) for name, text in seen.items() for word in telling if word in text] == []
    found = client.post("/search/", {"words": "Quillowbraith"}).content.decode()
    assert "took money" not in found and key not in found
    nobody = "0c" * 16
    for there, none in ((f"/complaints/{key}/", f"/complaints/{nobody}/"),):
        assert client.get(there).status_code == 404 and plain(client.get(there)) == plain(client.get(none))
        for data in ACTS:
            one, other = client.post(there, data), client.post(none, data)
            assert (one.status_code, plain(one)) == (404, plain(other)), data
    assert [one.key for one in listing(house.rights, refused=[]).rows] == [key]  # and a handler has all of it
    assert due.due(house.rights)[0].late and page(house.rights, bytes.fromhex(key)).complaint.said == SAID


@pytest.mark.refuses("H-36")
def test_the_record_of_acts_tells_it_from_no_note(house):
    reader = house.actor(house.people["anna"])

    def lines(act):
        before = audit.head().seq
        act()
        return [(one.event, one.why, one.result, one.count, sorted(one.more)) for one in audit.read(reader, page=1) if one.seq > before]

    with writing():
        note = lines(lambda: records.make(house.taker, "note", {"title": "x", "text": "x"}, holders=[house.rights.id]))
    complaint = lines(lambda: acts.take_down(house.taker, typed(house, [reader], [house.rights])))
    assert note and [one for one in complaint if one[0] != "list_read"] == note


@pytest.mark.refuses("H-36")
def test_a_key_that_reached_them_all_the_same_opens_nothing_for_them(house):
    key = acts.take_down(house.taker, typed(house, [house.chief], [house.rights]))
    with writing():
        records.share(house.rights, key, "complaint", house.chief.id, reason="by mistake")
    assert listing(house.chief, refused=[]).rows == () and due.due(house.chief) == ()
    for act in (lambda: page(house.chief, key), lambda: acts.step(house.chief, key, kind="note", text="x")):
        with pytest.raises(NoSuchVault):
            act()
    assert len(listing(house.rights, refused=[]).rows) == 1


@pytest.mark.refuses("H-36")
def test_nobody_reads_it_by_their_office(house):
    key = acts.take_down(house.taker, typed(house, [], [house.rights]))
    for other in (house.head, house.chief, house.actor(house.people["anna"])):
        with writing():
            assert kept.maybe(other, key, "complaint") is None
    assert {one.handle for one in page(house.rights, key).readers} == {"taker", "rights"}


@pytest.mark.refuses("H-36")
def test_whoever_it_turns_out_to_be_about_reads_nothing_from_then_on(house):
    key = acts.take_down(house.taker, typed(house, [], [house.rights, house.head]))
    acts.name_about(house.rights, key, house.head.id)
    with pytest.raises(NoSuchVault):
        page(house.head, key)
    with writing():
        assert kept.maybe(house.head, key, "complaint") is None  # the key is gone too
    assert [one.handle for one in page(house.rights, key).handlers] == ["rights"]
    assert "about you" in refused(acts.name_about, house.rights, key, house.rights.id)


# ---------------------------------------------------------------------------------------------------- who handles it
@pytest.mark.refuses("H-36")
def test_about_the_head_it_goes_to_other_offices_and_the_page_says_that_the_head_is_the_only_one(house):
    assert "not about" in refused(acts.take_down, house.taker, typed(house, [house.head], [house.head]))
    found = route(kept.colleagues().values(), {house.head.id})
    assert {one.handle for one in found.handlers} == {"rights", "anna", "bela"} and found.only_accused == (Role.ORGANISATION_HEAD,)
    key = acts.take_down(house.taker, typed(house, [house.head], [house.rights]))
    assert page(house.rights, key).route.only_accused == (Role.ORGANISATION_HEAD,)
    assert "not about" in refused(acts.let_handle, house.rights, key, house.head.id)


@pytest.mark.refuses("H-36")
def test_nobody_takes_down_what_is_about_themself_and_nothing_is_kept_where_nobody_else_is(house):
    assert "about you" in refused(acts.take_down, house.chief, typed(house, [house.chief], [house.rights]))
    everybody = [one for one in kept.colleagues().values() if one.id != house.taker.id]
    assert route(kept.colleagues().values(), {one.id for one in everybody}).handlers[0].handle == "taker"
    with pytest.raises(NotPermitted) as why:
        acts._may_handle({one.id for one in kept.colleagues().values()}, [house.rights.id])
    assert "outside" in str(why.value)


def test_only_handlers_close_it_and_never_before_whoever_complained_was_answered(house):
    key = acts.take_down(house.taker, typed(house, [], [house.rights], sort="psea"))
    end = {"what": "upheld", "text": "x"}
    assert "Only its handlers" in refused(acts.close, house.taker, key, **end)
    assert "not answered yet" in refused(acts.close, house.rights, key, **end)
    acts.step(house.rights, key, kind="answered", text="by voice")
    assert "protects people" in refused(acts.close, house.rights, key, **end)
    acts.step(house.rights, key, kind="referral", text="the focal point")
    acts.close(house.rights, key, **end)
    assert page(house.taker, key).complaint.over
    assert "Nobody would be left" in refused(acts.stop_reading, house.rights, key)
    acts.stop_reading(house.taker, key)
    with pytest.raises(NoSuchVault):
        page(house.taker, key)


# ----------------------------------------------------------------------------------------------------------- its days
@pytest.mark.proves("S004-19")
@pytest.mark.refuses("H-36")
@pytest.mark.parametrize(("sort", "days"), [("discrimination", {"acknowledge": 3, "answer": 30}),
                                            ("psea", {"refer": 1, "acknowledge": 3, "answer": 30})])
def test_its_days_are_the_standard_of_the_house(house, sort, days):
    key = acts.take_down(house.taker, typed(house, [], [house.rights], sort=sort))
    first = house.now.date()
    assert {name: (day - first).days for name, day in page(house.rights, key).complaint.due} == days
    acts.step(house.rights, key, kind="acknowledged", text="by voice")
    assert "acknowledge" not in dict(page(house.rights, key).complaint.due)


def test_what_was_set_counts_for_what_comes_after_it(house):
    old = acts.take_down(house.taker, typed(house, [], [house.rights]))
    with pytest.raises(NotPermitted):
        standard.set_standard(house.rights, {"ack_days": 1})
    standard.set_standard(house.head, {"ack_days": 1, "answer_days": 10, "refer_days": 0, "outside": "A body outside (invented)"})
    new = acts.take_down(house.taker, typed(house, [], [house.rights]))
    assert [dict(page(house.rights, one).complaint.due)["acknowledge"] - house.now.date() for one in (old, new)] == [
        timedelta(days=3), timedelta(days=1)]
    assert listing(house.taker, refused=[]).standard.outside == "A body outside (invented)"


def test_on_its_day_there_is_still_time_and_the_day_after_it_is_late(house):
    acts.take_down(house.taker, typed(house, [], [house.rights]))
    house.pass_time(days=3)
    assert [one.late for one in due.due(house.rights)] == [False] and due.due(house.taker) == ()  # the handler's to do
    house.pass_time(days=1)
    assert [one.late for one in due.due(house.rights)] == [True]


def test_the_form_takes_no_handler_whom_it_is_about(house):
    from waystation_web.claims.forms_complaint import ComplaintForm

    data = {"sort": "service", "from_": "helped", "how": "paper", "received": "2026-03-01", "said": "x", "about": [house.head.id.hex()],
            "handlers": [house.head.id.hex()]}
    assert "handlers" in ComplaintForm(data).errors and ComplaintForm(data | {"handlers": [house.rights.id.hex()]}).is_valid()
    assert ComplaintForm(data | {"received": "2026-03-03", "handlers": [house.rights.id.hex()]}).errors.keys() == {"received"}
    assert reverse("complaints") == "/complaints/"
