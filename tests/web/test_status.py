"""Applications: a way that was chosen knowing, steps with alarms, nothing to a State without a yes that names it, and the memo."""

import re
from datetime import timedelta

import pytest
from acts import member
from django.urls import reverse

from waystation_web.cases import actions_consent
from waystation_web.duty import embargoed
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.status import actions, queries
from waystation_web.status.due import due
from waystation_web.vault.errors import NoSuchVault, NotPermitted

pytestmark = pytest.mark.once

A, B, C = "0d" * 16, "0e" * 16, "0f" * 16
YES = {"purpose": "state", "recipient": "host_state", "country": "TH", "data": ["name"], "said": "yes", "until": "", "language": "kor",
       "interpreter": "", "interpreter_is_broker": False, "explained_by": "taker", "mode": "spoken", "guardian_agrees": False}
MOVES = {
    "choose": {"compared": True, "explained": True, "unity": ""}, "file": {"documents": True, "authority": "the court", "counsel": "C1"},
    "hold": {"state": "TH", "facility": "a town"}, "free": {}, "interview": {"summary": "All of it.", "interpreter": "I1", "broker": "no"},
    "refuse": {"reasons": "South Korean.", "instrument": "A letter."}, "removal": {"measures": "A stay.", "memo": True}}


class House:
    """A worker with a case of a mother, a man and a child, and a rights officer who holds the case to file."""

    def __init__(self, office):
        self.office = office
        self.worker, self.rights = member(office, "taker"), member(office, "rights", ("rights_officer",))
        with writing():
            self.case = records.make(self.worker, "case", {
                "ref": "K7Q2", "worker": self.worker.id.hex(), "status": "arrived", "request_status": "accepted",
                "relations": [{"id": "1a" * 8, "type": "parent", "from": A, "to": C}],
                "people": [{"id": A, "code": "A", "birth": "1990", "sex": "2", "needs": ["NK-CH"]},
                           {"id": B, "code": "B", "birth": "1988", "sex": "1"}, {"id": C, "code": "C", "birth": "2020"}]}).id

    @property
    def today(self):
        return self.office.now.date()

    def begin(self, *persons, pathway="P1"):
        self.one = actions.begin(self.worker, {"case": self.case, "persons": list(persons or [B]), "pathway": pathway})
        return self

    def share_case(self):
        with writing():
            records.share(self.worker, self.case, "case", self.rights.id, reason="to file", until=self.today + timedelta(300))
        return self

    def says(self, person=B, **more):
        actions_consent.say(self.worker, self.case, YES | {"person": person} | more)

    def move(self, event, who=None, **more):
        days = {"look": self.today + timedelta(7)} if event == "hold" else {"day": self.today}
        actions.move(who or self.rights, self.one, event, {"reason": "As counsel wrote."} | MOVES.get(event, {}) | days | more)

    def goes(self, *events):
        for event in events:
            self.move(event)
        return self

    @property
    def page(self):
        return queries.page(self.rights, self.one)

    def filed(self):
        self.begin().share_case().says()
        return self.goes("choose", "file")

    @property
    def due(self):
        return [(line.what, line.late) for line in due(self.rights)]


@pytest.fixture
def house(office):
    return House(office)


def rule(act, *given, **more):
    with pytest.raises(NotPermitted) as why:
        act(*given, **more)
    return why.value.rule


def test_from_the_choice_to_an_appeal_and_its_day(house):
    house.filed().goes("free", "interview")
    assert rule(house.move, "refuse") == "deadline"
    house.move("refuse", appeal_by=house.today + timedelta(5))
    assert house.page.one.status == "refused" and house.page.one.interviews[0]["summary"] == "All of it."
    assert house.due == [("the appeal must be filed", False)]
    house.office.pass_time(days=6)
    assert house.due == [("the day of the appeal is past: ask counsel", True)]
    assert rule(house.move, "appeal") == "deadline" and house.page.one.status == "refused"
    house.move("bar")
    assert house.page.one.status == "time-barred" and [one["to"] for one in house.page.one.log][-1] == "time-barred"


@pytest.mark.refuses("H-05")
def test_nothing_is_filed_or_told_without_a_yes_that_names_the_state(house):
    house.begin().move("choose")
    assert rule(house.move, "file") == "H-05"  # the case is not shared with whoever files
    house.share_case()
    assert rule(house.move, "file") == "H-05"  # nobody was asked
    house.says(country="KR", recipient="rok")
    assert rule(house.move, "file") == "H-05"  # a yes to another State
    told = {"person": B, "country": "TH", "authority": "the court", "data": ["name", "health"], "what": "a form"}
    assert rule(actions.share, house.rights, house.one, told) == "H-21"
    house.says()
    house.move("file")
    assert rule(actions.share, house.rights, house.one, told) == "H-21"  # not their health
    actions.share(house.rights, house.one, told | {"data": ["name"]})
    assert rule(actions.share, house.rights, house.one, told | {"data": ["name"], "country": "CN"}) == "H-05"
    with pytest.raises(NoSuchVault):
        actions.share(house.rights, house.one, told | {"person": A})
    actions_consent.take_back(house.worker, house.case, person=B, purpose="state", recipient="")
    assert rule(actions.share, house.rights, house.one, told | {"data": ["name"]}) == "H-21"
    assert [one["data"] for one in house.page.one.shared] == [["name"]]


@pytest.mark.refuses("H-05")
def test_whoever_does_not_hold_the_case_tells_no_state_anything(house):
    house.begin().says()
    told = {"person": B, "country": "TH", "authority": "the court", "data": ["name"], "what": ""}
    assert rule(actions.share, house.rights, house.one, told) == "H-05" and not house.page.holds_case
    actions.share(house.worker, house.one, told)


@pytest.mark.refuses("W-14")
def test_a_mother_is_asked_before_a_way_is_chosen_that_would_part_her_from_a_child(house):
    house.begin(A)
    assert house.page.one.apart == ("A",)
    assert rule(house.move, "choose") == "W-14"
    house.move("choose", unity="She wants to ask his mother first. (Invented.)")
    assert house.page.one.said("unity").startswith("She wants") and house.page.one.status == "preparing"
    assert House.begin(house, B).page.one.apart == () and House.begin(house, A, C).page.one.apart == ("A",)


@pytest.mark.refuses("W-13")
def test_no_way_is_chosen_before_ways_were_compared_and_nationality_was_explained(house):
    house.begin()
    assert rule(house.move, "choose", compared=False) == "F12" and rule(house.move, "choose", explained=False) == "W-13"


@pytest.mark.refuses("H-30")
def test_the_broker_interprets_at_no_interview(house):
    house.filed().move("free")
    assert rule(house.move, "interview", broker="yes") == "H-30" and rule(house.move, "interview", broker="") == "H-30"


def test_whoever_is_held_is_looked_after_by_a_day(house):
    house.filed()
    assert rule(house.move, "hold", look=house.today + timedelta(32)) == "custody"
    house.move("hold")
    assert house.due == []
    house.office.pass_time(days=8)
    assert house.due == [("look after them in custody", True)]
    actions.look(house.rights, house.one, {"health": "Tired. A consul came.", "look": house.today + timedelta(7)})
    assert house.due == [] and house.page.one.held.health.startswith("Tired")
    house.move("free")
    assert rule(actions.look, house.rights, house.one, {"health": "x", "look": house.today}) == "custody"


def test_a_removal_stands_first_and_ends_where_it_began(house):
    house.filed().goes("free")
    assert rule(house.move, "removal", measures="") == "measures" and rule(house.move, "removal", memo=False) == "memo"
    house.move("removal")
    assert house.page.one.emergency and due(house.rights)[0].urgent
    house.move("averted")
    assert house.page.one.status == "at liberty" and house.page.one.before == ""


@pytest.mark.proves("S004-17")
def test_a_step_that_takes_too_long_is_told_and_a_chance_is_a_range_or_not_known(house):
    house.filed()
    actions.reach(house.rights, house.one, order=2, day=house.today)
    assert house.page.decided == () and house.due == []  # nobody counted decisions of that State: the page says "not known"
    house.office.pass_time(days=6)
    assert house.due == [("this step takes longer than it should", True)]
    assert rule(actions.reach, house.rights, house.one, order=3, day=house.today - timedelta(20)) == "day"
    actions.reach(house.rights, house.one, order=3, day=house.today)
    first, second = house.page.one.walked
    assert ((first.ended - first.began).days, second.ended, house.due) == (6, None, [])
    house.begin(pathway="P7")
    (belgium,) = house.page.decided
    assert belgium.between == (15, 30)
    with pytest.raises(NoSuchVault):
        actions.reach(house.rights, house.one, order=99, day=house.today)


@pytest.mark.proves("S004-50")
def test_own_waits_stand_beside_what_was_reported_and_below_twenty_nobody_knows(house):
    with writing():
        for number in range(20):
            records.make(house.rights, "application", {
                "case": house.case.hex(), "case_ref": "K7Q2", "persons": [B], "codes": ["B"], "pathway": "P1", "state": "TH", "status": "filed",
                "steps": [{"id": f"{number:016x}", "order": 2, "began": (house.today - timedelta(30)).isoformat(),
                           "ended": (house.today - timedelta(30 - 10)).isoformat() if number else ""}]})
    way = next(one for one in queries.ways(house.rights, {"P1": {4: 14}}) if one.code == "P1")
    seen = {step.order: told for step, told in way.steps}
    assert (seen[2].n, seen[2].ended, seen[2].median, seen[2].known, seen[3]) == (20, 19, 10, True, None)
    assert way.reported.most - way.faster.most == 60 - 14
    with writing():
        one = kept.every(house.rights, "application", looked=False)[0]
        records.change(house.rights, one, {"steps": []}, what="x")
    assert not {step.order: told for step, told in queries.ways(house.rights, {})[0].steps}[2].known


@pytest.mark.proves("S002-05", "S000-19", "S003-08", "S004-46")
def test_the_memo_is_made_of_who_somebody_is_their_fear_and_the_states_that_handed_them_on(house):
    house.begin(A, C)
    said = {"person": A, "claims": ["religion"], "profile": ["religion"], "fear": "I would rather die. (Invented.)", "since_leaving": "",
            "nationality": "authority"}
    actions.ground(house.rights, house.one, said)
    with writing():
        for silent, told in ((False, "A consul saw it. (Invented.)"), (True, "silentword")):
            records.make(house.rights, "incident", {
                "kind": "capture", "silent": silent, "journey": "00" * 16, "case": house.case.hex(), "case_ref": "K7Q2", "status": "active",
                "began": "2026-02-20T09:00:00+00:00", "log": [],
                "handed": [{"id": "1a" * 8, "from": "TH", "to": "CN", "day": "2025-06-01", "how_known": told}]})
    _one, (first, second) = queries.memo_of(house.rights, house.one)
    texts = ["\n".join(said.text for part in paper.sections for said in part.paragraphs) for paper in (first, second)]
    assert "rather die" in texts[0] and "xecuted for religion" in texts[0] and "Thailand handed the person on to China" in texts[0]
    assert "rather die" not in texts[1] and "religion" not in texts[1].split("What binds")[0].split("found")[0]
    assert "silentword" not in str(first) and "K7Q2" not in str(first)
    assert [(each.link.state, [one.obligation.code for one in each.bound]) for each in house.page.chain] == [
        ("TH", ["CAT3", "ICCPR7", "CED16"])]
    with pytest.raises(NoSuchVault):
        actions.ground(house.rights, house.one, said | {"person": B})


def test_who_holds_no_case_begins_nothing_and_an_unknown_way_is_none(house):
    for wrong in ({"pathway": "P99"}, {"persons": ["99" * 16]}, {"persons": []}):
        with pytest.raises(NoSuchVault):
            actions.begin(house.worker, {"case": house.case, "persons": [B], "pathway": "P1"} | wrong)
    with pytest.raises(NoSuchVault):
        actions.begin(house.rights, {"case": house.case, "persons": [B], "pathway": "P1"})


def test_pages_say_what_is_due_and_what_is_missing(house):
    office = house.office
    client = office.sign_in(office.person(roles={"case_worker"}, handle="walker"))
    walker = office.actor(office.people["walker"])
    with writing():
        records.share(house.worker, house.case, "case", walker.id, reason="deputy")
    listed = client.post(reverse("applications"), {"who": [f"{house.case.hex()}:{A}"], "pathway": "P1"})
    assert listed.status_code == 302
    at = listed["Location"].partition("?")[0]
    page = client.get(at).content.decode()
    assert "A mother may be parted from her child" in page and "not known" in page
    wrong = client.post(at, {"act": "choose", "reason": "x", "compared": "on", "explained": "on"})
    assert wrong.status_code == 403 and "parted from a child" in wrong.content.decode()
    assert client.post(at, {"act": "choose", "reason": "x", "compared": "on", "explained": "on", "unity": "x"}).status_code == 302
    assert client.post(at, {"act": "grant", "reason": "x"}).status_code == 400
    step = {"act": "step", "order": "2", "day": office.now.date().isoformat()}
    assert client.post(at, step).status_code == 302
    assert client.post(at, {"act": "ground", "person": A, "profile": ["sold"]}).status_code == 302
    assert "Discrimination by origin" in client.get(f"{at}memo/").content.decode()
    assert b"Discrimination by origin" in client.get(f"{at}memo/text/").content
    for form, begins in (("pdf", b"%PDF-"), ("docx", b"PK")):
        file = client.post(f"{at}memo/file/", {"person": "A", "form": form})
        assert file.content.startswith(begins) and re.search(rf'"memo-[0-9a-f]{{8}}.{form}"', file["Content-Disposition"])
    assert [client.post(f"{at}memo/file/", {"person": who, "form": form}).status_code for who, form in (("Z", "pdf"), ("A", "exe"))] == [404, 404]
    with writing():
        embargoed.hold_back(house.worker, ["K7Q2"], of=bytes(16))
    held = [client.get(f"{at}memo/text/"), *(client.post(f"{at}memo/file/", {"person": "A", "form": form}) for form in ("pdf", "docx"))]
    assert [one.status_code for one in held] == [403] * 3 and client.get(f"{at}memo/").status_code == 200  # it is read, and leaves in no file
    assert "we do not know: 1 of the 20" in client.get(reverse("waits")).content.decode()
    assert " to 263 days" in client.post(reverse("waits"), {"step": "P1:4", "days": "14"}).content.decode()
    assert client.get(reverse("applications")).content.decode().count(">K7Q2 · A</a>") == 1
