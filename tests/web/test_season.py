"""Which missions fit, asked of the child; one person chooses, another signs, and nothing starts by itself."""

import re
from dataclasses import replace
from datetime import date

import pytest
from acts import member
from django.urls import reverse

from waystation.cli import seasons
from waystation.network.example import example_book
from waystation_web.cases.case import case_of
from waystation_web.gateways.database import writing
from waystation_web.network import actions_import
from waystation_web.plans import child
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.season import actions, gathering, pages
from waystation_web.season.chosen import CANNOT, MOVE, WAIT, Said, season_of
from waystation_web.season.gathering import Crackdown
from waystation_web.season.ways import Window, code
from waystation_web.vault.errors import NoSuchVault, NotPermitted, Refused

pytestmark = pytest.mark.once

ANSWERED = child.answered
FIRST = date(2026, 3, 9)
WAY = {"place": "START", "to": "MID", "leg": "L1", "guide": "G1", "earliest": "2026-03-10", "latest": "2026-03-12"}


def plan_of(case, *, state="THIN", mean=0.86, low=0.74, lost=0.06, cost="2400 USD", guide="G1", week=0, **more):
    """A plan as far as a season reads it."""
    days = {name: f"2026-03-{int(WAY[name][-2:]) + 7 * week:02d}" for name in ("earliest", "latest")}
    steps = [WAY | days | {"guide": guide}]
    facts = {"steps": steps, "choices": [{"chosen": True, "money": cost, "days": 3}], "terms": {"budget": "9000 USD", "depart_from": days["earliest"]},
             "p_safe": None if state == "UNKNOWN" else {"mean": mean, "low": low, "high": 0.93},
             "ends": None if state == "UNKNOWN" else {"intercepted": lost, "harmed": 0.0, "missing": 0.0}}
    return {"case": case.key, "case_ref": case.body["ref"], "question": "q", "headline": "h", "state": state, "digest": "ab" * 16,
            "made_at": "2026-03-02T09:00:00+00:00", "fictional": True, "facts": facts, "people": []} | more


def people(count, **first):
    return [{"id": f"{k:032x}", "code": "ABCDE"[k], "birth": "1988"} | (first if not k else {}) for k in range(count)]


class House:
    """Two coordinators, a security officer; four cases that wait, of which one has no plan; a book of two areas."""

    def __init__(self, office):
        self.office = office
        self.first, self.second = (member(office, name, ("coordinator",)) for name in ("first", "second"))
        self.guard = member(office, "guard", ("security_officer",))
        book = example_book()
        actions_import.take_in(self.first, replace(book, places=tuple(replace(one, kind="safe_house") if one.code == "MID" else one for one in book.places)))
        with writing():
            self.cases = {ref: records.make(self.first, "case", {
                "ref": ref, "status": "planning", "people": people(size), "need_scale": {"value": need, "reason": "r"} if need else {}})
                for ref, size, need in (("AAAA", 4, 5), ("BBBB", 3, 3), ("CCCC", 2, 4), ("DDDD", 1, 5), ("EEEE", 2, 0))}
            for ref, more in (("AAAA", {}), ("BBBB", {"cost": "1200 USD", "mean": 0.9, "low": 0.8}), ("CCCC", {"state": "UNKNOWN"}), ("EEEE", {})):
                records.make(self.first, "plan", plan_of(self.cases[ref], **more))

    def typed(self, *, beds=4, budget=9000, take=(), **more):
        caps = {"waystation_caps": 1, "budget": f"{budget} USD", "guides": {code("G", "G1"): 2}, "houses": {code("H", "MID"): beds}, "exposure": {},
                "floors": {}, "safety_floor": 600, "take": [self.mission(ref) for ref in take], "leave": []} | more
        return actions.Typed("March", Window(FIRST, 2, "USD"), caps, {"WEST": Crackdown(10, 20)})

    def mission(self, ref):
        return "M" + self.cases[ref].key[:12]

    def asked(self, actor=None, **more):
        *_, ended = actions.ask(actor or self.first, actions.load(actor or self.first, self.typed(**more)))
        assert not ended.faults, ended.faults
        return ended.season

    def page(self, season, actor=None):
        return pages.one(actor or self.first, season)

    def said(self, page, **what):
        """What is to become of each: the first way of those who move."""
        found = []
        for one in page.parties:
            does = what.get(one.ref, WAIT)
            found.append(Said(one.code, does, one.ways[0].code if does == MOVE else "", f"{one.ref} {does}"))
        return found

    def propose(self, season, **what):
        actions.propose(self.first, season, self.said(self.page(season), **what), second=self.second.id)

    def status(self, season):
        with writing():
            return season_of(kept.one(self.first, season, "season", looked=False)).status


@pytest.fixture
def heron(office):
    """A coordinator with a browser, who was there before anything was written."""
    return office.sign_in(office.person(roles={"coordinator"}, handle="heron"), stepped_up=True)


@pytest.fixture
def house(office, monkeypatch):
    monkeypatch.setattr(child, "answered", lambda question: iter([seasons.season(question)]))  # the child's own words, without its start
    return House(office)


def rows(house):
    """Everything of a case, a plan, a decision or a journey that there is."""
    with writing():
        return {type_: [(one.key, one.revision) for one in kept.every(house.first, type_, looked=False)]
                for type_ in ("case", "plan", "decision", "journey")}


@pytest.mark.proves("S001-50", "S001-51")
@pytest.mark.refuses("H-07")
def test_two_people_choose_each_mission_by_itself_and_nothing_starts(house):
    before = rows(house)
    season = house.asked()
    page = house.page(season)
    assert page.of.status == "computed" and page.became == () and page.chosen is None  # nothing is chosen by asking
    assert [one.ref for one in page.parties] == ["AAAA", "CCCC", "BBBB"]  # the greatest need first, whatever it would bring
    assert dict(page.left) == {"DDDD": "no plan was asked for", "EEEE": "nobody wrote down how great the need is"}
    computed, other, *_ = page.sets
    assert (computed.name, computed.people, computed.arriving, computed.great_need) == ("The computed set", 4, "3.4", 2)
    assert computed.need == "4 of need 5" and computed.lowest == "74" and computed.waits == "5 people"
    assert other.name == "Next best" and page.bound == page.arriving and page.gap == "0.0" and page.proven
    assert page.full == ("safe house MID, week 1",) and page.more[0].startswith("safe house MID, week 1, 1 bed more")
    house.propose(season, BBBB=MOVE, CCCC=CANNOT)  # another set than the computed one: people choose
    found = house.page(season, house.second)
    assert [(one.ref, one.what, one.reason) for one in found.became] == [
        ("AAAA", "wait", "AAAA wait"), ("CCCC", "cannot be moved now", "CCCC cannot"), ("BBBB", "move", "BBBB move")]
    assert found.chosen.people == 3 and found.chosen.great_need == 6 and house.status(season) == "asked"
    actions.confirm(house.second, season)
    with writing():
        body = kept.one(house.first, season, "season", looked=False).body
    assert house.status(season) == "decided" and body["knew"]["bound"] == body["answer"]["bound"] and body["decided"]["undone"]["people"] == 6
    assert body["approval"]["manifest"]["digest"] == body["digest"] and rows(house) == before  # no case, plan or journey was touched


@pytest.mark.refuses("H-07")
def test_one_persons_word_is_not_enough_and_a_changed_word_is_refused(house):
    season = house.asked()
    house.propose(season, AAAA=MOVE)
    assert house.status(season) == "asked"
    with pytest.raises(NotPermitted) as why:
        actions.confirm(house.first, season)
    assert why.value.rule == "same_person" and house.status(season) == "asked"
    with pytest.raises(NotPermitted):
        house.propose(season, AAAA=MOVE)  # what one signed is not signed over
    with writing():
        held = kept.one(house.first, season, "season", looked=False)
        records.change(house.first, held, {"chosen": [one | {"what": WAIT, "way": ""} for one in held.body["chosen"]]}, what="x")
    with pytest.raises(Refused):
        actions.confirm(house.second, season)


def test_the_second_person_may_be_of_another_room_or_decline_with_reasons(house):
    season = house.asked()
    with pytest.raises(NoSuchVault):
        house.page(season, house.guard)
    actions.propose(house.first, season, house.said(house.page(season), AAAA=MOVE), second=house.guard.id)
    assert house.page(season, house.guard).may_sign and not house.page(season).may_sign
    with pytest.raises(ValueError, match="why"):
        actions.decline(house.guard, season, why=" ")
    with pytest.raises(NotPermitted):
        actions.decline(house.first, season, why="x")
    actions.decline(house.guard, season, why="Too many in one house.")
    found = house.page(season)
    assert found.of.status == "not_signed" and found.declined == "guard" and found.of.declined_why == "Too many in one house."
    with pytest.raises(NotPermitted):
        actions.confirm(house.second, season)
    with pytest.raises(NotPermitted):
        actions.may_ask(house.guard)  # whoever holds no cases asks about none


def test_what_would_be_in_another_world_is_no_way_and_takes_the_room_of_none(house):
    with writing():
        for day in range(10, 10 + gathering.WAYS):
            body = plan_of(house.cases["AAAA"]) | {"what_if": {}, "made_at": f"2026-03-{day}T09:00:00+00:00"}
            records.make(house.first, "plan", {name: value for name, value in body.items() if name != "facts"})
    assert [one.ref for one in house.page(house.asked()).parties] == ["AAAA", "CCCC", "BBBB"]


def test_whoever_left_meanwhile_is_proposed_to_nobody(house, monkeypatch):
    season = house.asked()
    with writing():
        held = kept.one(house.first, house.cases["AAAA"].id, "case", looked=False)
        records.change(house.first, held, {"status": "in transit"}, what="status")
    with monkeypatch.context() as faulty:
        faulty.setattr(gathering, "gathered", lambda actor: (_ for _ in ()).throw(actions.InvalidBook(())))
        with pytest.raises(NotPermitted) as why:
            house.propose(season, AAAA=MOVE)
    assert why.value.rule == "book"
    with pytest.raises(actions.Faulty) as gone:
        house.propose(season, AAAA=MOVE)
    assert gone.value.faults == (("gone", house.mission("AAAA")),) and house.status(season) == "computed"


def test_what_nobody_knows_is_no_number_and_moves_nobody(house):
    season = house.asked(beds=20)
    page = house.page(season)
    unknown = next(one for one in page.parties if one.ref == "CCCC").ways[0]
    assert unknown.safe == "" and unknown.lost == "" and "we do not know" in unknown.why
    assert all("CCCC" not in [ref for ref, _ in one.moved] for one in page.sets)
    with pytest.raises(actions.Faulty) as why:
        house.propose(season, CCCC=MOVE)
    assert [rule for rule, _ in why.value.faults] == ["barred"] and house.status(season) == "computed"


def test_nobody_is_forgotten_without_reason_or_moved_past_a_limit(house):
    season = house.asked()
    said = house.said(house.page(season), AAAA=MOVE, BBBB=MOVE)
    for given, rule in ((said, "broken"), (said[1:], "missing"), ([replace(one, reason=" ") for one in said], "reason"), ([*said, said[0]], "unreadable")):
        with pytest.raises(actions.Faulty) as why:
            actions.propose(house.first, season, given, second=house.second.id)
        assert rule in [code for code, _ in why.value.faults]
        assert pages.faults(house.page(season), why.value.faults)
    house.propose(season, AAAA=MOVE)
    with writing():
        held = kept.one(house.first, house.cases["AAAA"].id, "case", looked=False)
        records.change(house.first, held, {"status": "withdrawn"}, what="status")
        assert case_of(kept.one(house.first, held.id, "case", looked=False)).over
    with pytest.raises(actions.Faulty):
        actions.confirm(house.second, season)  # they took it back between two signatures


@pytest.mark.proves("S001-50")
def test_what_must_be_taken_and_does_not_fit_says_which_limit_would_have_to_give(house):
    page = house.page(house.asked(take=("AAAA", "BBBB"), beds=4, budget=9000))
    assert page.ended == "impossible" and page.sets == () and page.reliefs == (("safe house MID, week 1: 3 beds more",),)
    shut = house.page(house.asked(take=("CCCC",)))
    assert shut.shut[0][0] == "CCCC" and shut.reliefs == ()


@pytest.mark.refuses("H-07")
def test_pages_take_what_is_typed_say_need_and_safety_apart_and_preselect_nothing(heron, house):
    browser = heron
    new = reverse("season-new")
    shown = browser.get(new).content.decode()
    assert "DDDD</b> <span>no plan was asked for" in shown and "G1: parties at once" in shown
    guide, bed, west = code("G", "G1"), code("H", "MID"), code("A", "WEST")
    sent = {"title": "March", "first_week": "2026-03-09", "weeks": "2", "budget": "9,000 USD", "safety_floor": "60", f"guide_{guide}": "2 1",
            f"house_{bed}": "4", f"likely_{west}": "10", f"lost_{west}": "20", f"pass_{west}": "", "moving": "", "take": []}
    for name, wrong, told in (("first_week", "2026-03-10", "no Monday"), ("budget", "much", "as 9000 USD"), (f"guide_{guide}", "two", "Whole numbers"),
                              (f"house_{bed}", "", "required"), ("leave", [house.mission("AAAA")], "Choose one")):
        answer = browser.post(new, sent | {"take": [house.mission("AAAA")], name: wrong})
        assert answer.status_code == 400 and told in answer.content.decode(), name
    assert browser.get(reverse("seasons")).content.decode().count("<tr>") == 0
    told = b"".join(browser.post(new, sent | {"weeks": "3"}).streaming_content).decode()
    assert "PF209" in told and "Nothing was saved" in told  # a number for each of two weeks, and three weeks
    told = b"".join(browser.post(new, sent).streaming_content).decode()
    at = re.search(r'href="(/season/[0-9a-f]{32}/)"', told)[1]
    shown = browser.get(at).content.decode()
    assert not re.search(r"<input[^>]* checked", shown) and re.findall(r'value="([^"]*)" selected', shown) == [""] and "We do not know." in shown
    assert "never added to one number" in shown and "gap 0.0 %" in shown and shown.count('type="radio"') == 8
    page = house.page(bytes.fromhex(at.split("/")[2]))
    said = {f"{name}_{one.code}": value for one in page.parties for name, value in (("what", "wait"), ("why", "Not yet."))}
    assert browser.post(at, said).status_code == 400  # nobody is asked to sign second
    answer = browser.post(at, said | {"second": house.second.id.hex(), f"what_{page.parties[0].code}": f"move:{page.parties[0].ways[0].code}"})
    assert answer.status_code == 302 and "waits for the second signature, at most a day" in browser.get(answer["Location"]).content.decode()
    assert browser.post(f"{at}confirm/").status_code == 403 and house.status(page.of.record.id) == "asked"
    actions.confirm(house.second, page.of.record.id)
    assert "chosen by two" in browser.get(reverse("seasons")).content.decode()


def test_the_child_answers_as_the_command_line_does(house, monkeypatch):
    with monkeypatch.context() as real:
        real.setattr(child, "answered", ANSWERED)
        found = house.page(house.asked())
    assert found.proven and found.sets == house.page(house.asked()).sets
