"""The first page: danger first, then my signatures, then what is due; each role sees its own, and nothing is said aloud."""

import re
from types import SimpleNamespace

import pytest
from acts import member
from django.urls import reverse
from money import House, Kind
from test_ledger import above

from waystation.access import Role
from waystation.ledger.signatures import Choice
from waystation_web import menu
from waystation_web.desk import handing
from waystation_web.desk.today import Payment, today
from waystation_web.duty import actions as duty
from waystation_web.gateways.database import writing
from waystation_web.ledger import actions_sign
from waystation_web.plans.queries_decide import Earlier
from waystation_web.records import actions as records


def case(actor, **more):
    with writing():
        return records.make(actor, "case", {"ref": "K7Q2", "request_status": "new"} | more)


def test_danger_first_then_signatures_then_what_is_due(office):
    first, second = member(office, "first", ("coordinator",)), member(office, "second", ("coordinator",))
    case(first, ref="LATE", tasks=[{"id": "1", "text": "x", "due": "2026-03-01"}])
    case(first, ref="LATER", tasks=[{"id": "1", "text": "x", "due": "2026-03-09"}])
    case(first, ref="NOW", request={"danger_now": "now", "head_count": 3})
    found = today(second)
    assert [row.ref for row in found.danger] == ["NOW"] and [row.ref for row in found.due] == ["LATE"]
    assert str(found.next_due) == "2026-03-09" and not found.nothing
    duty.hand(first, to=second.id, typed={"open": "NOW calls at six.", "promised": "", "deferred": ""})
    assert today(second).hand_overs == 1 and today(first).hand_overs == 0


def test_nothing_due_is_said_in_words(office):
    assert today(member(office, "first", ("coordinator",))).nothing
    page = office.sign_in(office.person(roles={"coordinator"}, handle="heron")).get(reverse("home")).content.decode()
    assert "Nothing is due." in page and "Nobody is written down as on duty." in page


@pytest.mark.parametrize("role", ["auditor", "field_liaison", "finance", "rights_officer", "researcher", "organisation_head",
                                  "security_officer", "case_worker"])
def test_every_role_has_a_first_page_without_what_it_may_not_see(office, role):
    chief = member(office, "chief", ("coordinator",))
    case(chief, ref="NOW9", request={"danger_now": "now"})
    page = office.sign_in(office.person(roles={role}, handle="heron")).get(reverse("home"))
    assert page.status_code == 200 and "NOW9" not in page.content.decode()


@pytest.mark.proves("S001-47")
def test_a_hand_over_is_drafted_from_what_is_open_in_codes_and_days_and_no_words_of_a_case(office):
    """Everybody reads hand-overs: what was promised, and to whom, stays in the case."""
    chief = office.person(roles={"coordinator"}, handle="heron")
    actor, other = office.actor(chief), office.person(roles={"field_liaison"}, handle="wren")
    promise = {"id": "1", "by": actor.id.hex(), "at": "2026-03-01T00:00:00+00:00", "text": "To call her mother.", "due": "2026-03-04"}
    case(actor, ref="LATE", tasks=[{"id": "1", "text": "Buy medicine.", "due": "2026-03-01"}],
         promises=[promise, promise | {"id": "2", "kept": True, "due": ""}])
    case(actor, ref="NOW", request={"danger_now": "now"})
    draft = handing.draft(actor)
    assert draft.open.splitlines() == ["NOW: danger now", "LATE: a task, 2026-03-01"]
    assert draft.promised.splitlines() == ["LATE: a promise is open, 2026-03-04"]
    assert handing.draft(office.actor(other)).open == handing.draft(office.actor(other)).promised == ""
    client = office.sign_in(chief)
    page = client.get(reverse("hand-over")).content.decode()
    assert "LATE: a promise is open" in page and "mother" not in page and "medicine" not in page
    assert client.post(reverse("duty-hand"), {"to": other.id.hex(), "open": draft.open, "promised": draft.promised}).status_code == 302
    assert "LATE: a task" in office.sign_in(other).get(reverse("duty")).content.decode()


def test_a_hand_over_says_of_each_case_what_waits(office):
    now = SimpleNamespace(sign=(Earlier(b"", "go · K7Q2", "asked", office.now),),
                          payments=(Payment("1", "JFE3", "waiting"), Payment("2", "", "waiting")))
    assert handing._deferred(now) == [
        "K7Q2: a decision waits for a second signature", "JFE3: a payment waits for a second signature",
        "without a case: a payment waits for a second signature"]


def test_a_payment_stands_with_whoever_may_sign_it_second_and_with_nobody_else(office):
    house = House(office)
    rook = office.person(roles={"finance"}, handle="rook")
    fee, ransom = house.new(amount=above(house)), house.new(kind=Kind.RANSOM, amount="5000 USD")

    def offered(actor):
        return {one.key for one in today(actor).to_sign}

    assert not any(offered(each) for each in (house.co, house.co2, house.fi, house.fi2, house.cw))  # nobody has signed
    actions_sign.ask(house.cw, fee, choice=Choice.PAY, reason="The way is paid there.")
    actions_sign.ask(house.fi, ransom, reason="We do not.", choice=Choice.REFUSE)
    both, alone = {fee.hex(), ransom.hex()}, {fee.hex()}
    assert [offered(each) for each in (house.co, house.fi, house.fi2, house.cw)] == [both, alone, alone, set()]
    assert fee.hex() in {one.key for one in today(house.cw).payments}  # for their hand-over: another signs it
    page = office.sign_in(rook).get(reverse("now")).content.decode()
    assert "Waiting for my second signature" in page
    own = house.new(amount=above(house))
    actions_sign.ask(house.co, own, choice=Choice.PAY, reason="The way is paid there.")
    assert (offered(house.co), offered(house.fi)) == (both, alone | {own.hex()})
    actions_sign.sign(house.fi, own, reason="Seen."), actions_sign.sign(house.fi, fee, reason="Seen.")
    assert [offered(each) for each in (house.co, house.fi2)] == [{ransom.hex()}, set()]


def test_what_is_due_is_said_on_ones_own_screen_in_words_and_on_a_wall_by_its_kind(office):
    chief = office.person(roles={"coordinator"}, handle="heron")
    actor = office.actor(chief)
    case(actor, ref="TASK", tasks=[{"id": "1", "text": "Buy medicine.", "due": "2026-03-01"}])
    case(actor, ref="LOOK", followups=[{"id": "1", "text": "Is she well?", "due": "2026-03-01"}],
         tasks=[{"id": "2", "text": "Later.", "due": "2026-03-02"}, {"id": "3", "text": "Done.", "due": "2026-02-01",
                                                                      "done_at": "2026-02-01T08:00:00+00:00"}])
    case(actor, ref="SAID", promises=[{"id": "1", "text": "To call.", "due": "2026-02-28"}])
    case(actor, ref="HIDE", monitoring={"next_check": "2026-02-27", "text": "By the river."})
    assert {row.ref: row.due_kind for row in today(actor).due} == {
        "HIDE": "look", "SAID": "promise", "LOOK": "follow-up", "TASK": "task"}
    client = office.sign_in(chief)
    near, far, wall = (client.get(path).content.decode() for path in (reverse("home"), reverse("now") + "?far", reverse("board")))
    for kind, text in (("a task", "Buy medicine."), ("a follow-up", "Is she well?"), ("a promise", "To call."),
                       ("a look at somebody in hiding", "By the river.")):
        assert f"{kind}: {text}" in near and kind in far and kind in wall and text not in far + wall
    assert reverse("now") + "?far" in wall and "Later." not in near


def test_every_page_marks_the_part_of_the_office_it_belongs_to(office):
    client = office.sign_in(office.person(roles={"coordinator"}, handle="heron"))
    where = client.post(reverse("case-new"), {"head_count": "2"})["Location"].split("?")[0]

    def marked(path):
        return re.findall(r'<a href="([^"]+)" aria-current="(\w+)"', client.get(path).content.decode().partition("<main")[0])

    assert marked("/") == [("/", "page")] and marked("/cases/") == [("/cases/", "page")]
    assert marked(f"{where}people/") == [("/cases/", "true")]  # not the colleagues, whose address ends alike
    assert marked("/book/imports/") == [("/book/", "true")] and marked("/hand-over/") == [("/duty/", "true")]
    assert marked("/season/") == [("/plans/", "true")] and marked("/goes-soon/") == []


@pytest.mark.parametrize("role", [*Role])
def test_the_head_has_few_nouns_and_every_page_of_a_role_stands_in_it_once(role):
    shown = list(menu.head({role}))
    pages = [page for one in shown for page in one.pages or (one,)]
    assert len(shown) <= 8 and {"/", "/search/", "/duty/", "/rights/", "/people/"} <= {page.at for page in pages}
    assert len({page.at for page in pages}) == len(pages) == len({str(page.words) for page in pages})
    assert all(len(one.pages) != 1 for one in shown)


def test_whoever_has_two_roles_finds_the_pages_of_both_and_a_researcher_no_statements():
    def at(*roles):
        return {page.at for one in menu.head(roles) for page in one.pages or (one,)}

    assert at(Role.CASE_WORKER) | at(Role.FINANCE) == at(Role.CASE_WORKER, Role.FINANCE)
    assert "/testimony/" in at(Role.RIGHTS_OFFICER) and "/testimony/" not in at(Role.RESEARCHER)
    assert "/book/" not in at(Role.CASE_WORKER) and "/ledger/" not in at(Role.SECURITY_OFFICER)
