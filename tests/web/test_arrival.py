"""After an arrival: asked for five years, stopped at once, what is not all right stands first, and nobody is ranked."""

from datetime import timedelta

import pytest
from acts import member
from django.urls import reverse

from waystation.casework.arrival import WORK
from waystation_web.arrival import actions, queries, words
from waystation_web.arrival.due import due
from waystation_web.arrival.followup import Debts
from waystation_web.cases import queries as cases
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.vault.errors import NoSuchVault, NotPermitted

pytestmark = pytest.mark.once

A, B = "0d" * 16, "0e" * 16


class House:
    def __init__(self, office, stage="arrived"):
        self.office, self.worker = office, member(office, "taker")
        with writing():
            self.case = records.make(self.worker, "case", {
                "ref": "K7Q2", "worker": self.worker.id.hex(), "status": stage, "request_status": "accepted",
                "people": [{"id": A, "code": "A", "birth": "1990"}, {"id": B, "code": "B", "birth": "1988"}]}).id

    @property
    def today(self):
        return self.office.now.date()

    def begin(self, person=A):
        self.one = actions.begin(self.worker, {"case": self.case, "person": person, "arrived": self.today})
        return self

    def talk(self, milestone="", **more):
        actions.talk(self.worker, self.one, {"milestone": milestone, "day": self.today, "needs": []} | more)

    @property
    def page(self):
        return queries.page(self.worker, self.one)

    @property
    def due(self):
        return [(one.what, one.urgent) for one in due(self.worker)]


@pytest.fixture
def house(office):
    return House(office)


def rule(act, *given, **more):
    with pytest.raises(NotPermitted) as why:
        act(*given, **more)
    return why.value.rule


@pytest.mark.proves("S000-33")
def test_whoever_arrived_is_asked_for_five_years_and_a_talk_that_was_missed_stands_on_the_first_page(house):
    house.begin()
    house.talk(screen="no_sign")
    assert [one.due - house.today for one in house.page.milestones][-1] == timedelta(1826) and house.due == []
    house.office.pass_time(days=31)
    assert house.due == [("ask them how they are", False)]
    house.talk("d30")
    assert house.due == [] and house.page.milestones[0].state == "done"
    assert rule(actions.begin, house.worker, {"case": house.case, "person": A, "arrived": house.today}) == "there"
    with pytest.raises(NoSuchVault):
        actions.begin(house.worker, {"case": house.case, "person": "99" * 16, "arrived": house.today})


@pytest.mark.proves("S000-33")
def test_whoever_wants_no_contact_is_asked_nothing_from_that_moment_on(house):
    house.begin().talk(screen="signs", harassed=True)
    assert house.due[0][1] and house.page.worries[0] == "signs"
    actions.leave_alone(house.worker, house.one, why="Leave me. (Invented.)")
    house.office.pass_time(days=400)
    assert house.due == [] and house.page.worries == () == house.page.unasked
    assert {one.state for one in house.page.milestones} == {"stopped"}
    for act, given in ((actions.talk, {"milestone": "", "day": house.today, "needs": []}),
                       (actions.discriminated, {"where": "x", "what": "x", "action": ""}),
                       (actions.related, {"what": "x", "since": "", "together": "yes"})):
        assert rule(act, house.worker, house.one, given) == "no_contact"
    actions.ask_again(house.worker, house.one, why="They rang. (Invented.)")
    assert house.due and rule(actions.ask_again, house.worker, house.one, why="x") == "contact"


@pytest.mark.proves("S004-20", "S004-18")
def test_work_and_outcomes_are_counted_and_too_few_say_nothing(house):
    house.begin().talk(work="seeking", hours=0)
    assert "no_work" in house.page.worries
    house.talk(work="employed", hours=40, tenure=2, income="1800000 KRW")
    assert "no_work" not in house.page.worries and house.page.one.newest("hours") == 40
    actions.end(house.worker, house.one, code="settled", text="They said so.")
    assert rule(actions.end, house.worker, house.one, code="lost", text="x") == "ended"
    house.begin(B)
    found = queries.listing(house.worker, refused=[])
    assert (found.outcomes.by, found.work.by, found.outcomes.known) == ({"settled": 1, "": 1}, {"employed": 1, "": 1}, False)
    assert [one.ref for one, _due in found.rows] == ["K7Q2 · B", "K7Q2 · A"]  # by case and letter, never by how they are
    assert set(words.WORK) == set(WORK)


@pytest.mark.proves("S003-05")
def test_signs_of_wanting_to_die_stand_first_until_a_plan_was_made_and_relations_of_exile_are_kept(house):
    house.begin()
    assert house.due == [("ask them about thoughts of dying", False)]
    house.talk(screen="signs")
    assert house.due == [("signs of wanting to die, and no plan to keep safe yet", True)]
    house.talk(screen="plan_made")
    assert house.due == []
    actions.related(house.worker, house.one, {"what": "a husband, met in the second country", "since": "2024", "together": "wish"})
    assert house.page.one.relations[0]["together"] == "wish"
    case = actions.reunite(house.worker, house.one, {"with": "the husband", "wish": "To live together. (Invented.)"})
    with writing():
        new = cases.case(house.worker, case)
    assert (new.request.goal, new.request.reunify_case, new.request.former_case) == ("reunification", house.case, house.case)
    assert house.page.one.reunions[0]["case"] == case.hex() and new.stage == "new"


@pytest.mark.proves("S001-31", "S001-55")
def test_fear_of_staff_and_what_they_need_are_kept_and_a_later_talk_makes_an_earlier_one_not_false(house):
    house.begin().talk("d30", afraid=True, staff="Leaves when men in suits come in. (Invented.)", needs=["law"], text="All is well.")
    house.talk("d90", text="It was never well. (Invented.)", needs=["fear_of_staff"])
    assert "afraid" in house.page.worries and [one["text"][:6] for one in house.page.one.talks] == ["All is", "It was"]
    house.talk(afraid=False)
    assert "afraid" not in house.page.worries


@pytest.mark.refuses("W-05")
def test_what_is_not_all_right_is_said_and_what_nobody_asked_is_never_all_right(house):
    house.begin().talk(screen="no_sign")
    assert house.page.worries == () and set(house.page.unasked) == {"home", "work", "harassed", "school", "afraid", "benefits"}
    assert house.page.one.worries(house.today, Debts(True, True)) == ("w05_grant", "w05_income")
    house.talk(harassed=True, school="no", housing="none", benefits_missing=True)
    actions.discriminated(house.worker, house.one, {"where": "at work", "what": "Paid less. (Invented.)", "action": ""})
    assert house.page.worries == ("harassed", "no_home", "school", "discrimination", "benefits")
    (item,) = house.page.one.discrimination
    actions.acted(house.worker, house.one, item["id"], action="Counsel wrote.")
    assert "discrimination" not in house.page.worries


def test_a_case_that_has_not_arrived_is_not_followed(office):
    early = House(office, "in transit")
    assert rule(early.begin) == "status" and queries.people(early.worker) == []


def test_pages_ask_and_show(house):
    office = house.office
    client = office.sign_in(office.person(roles={"case_worker"}, handle="walker"))
    with writing():
        records.share(house.worker, house.case, "case", office.people["walker"] if isinstance(office.people["walker"], bytes)
                      else office.actor(office.people["walker"]).id, reason="deputy")
    made = client.post(reverse("arrivals"), {"who": f"{house.case.hex()}:{A}", "arrived": house.today.isoformat()})
    at = made["Location"].partition("?")[0]
    assert "Nobody asked yet" in client.get(at).content.decode()
    day = house.today.isoformat()
    assert client.post(at, {"act": "talk", "milestone": "d30", "day": day, "harassed": "yes", "needs": ["law"]}).status_code == 302
    assert client.post(at, {"act": "worse", "where": "at work", "what": "x", "action": ""}).status_code == 302
    page = client.get(at).content.decode()
    assert "a creditor harasses them" in page and "nothing done yet" in page and "not shared with you" not in page
    assert client.post(at, {"act": "talk", "day": "2999-01-01"}).status_code == 400 == client.post(at, {"act": "x"}).status_code
    assert client.post(at, {"act": "leave", "why": "x"}).status_code == 302
    assert "They want no contact" in client.get(at).content.decode()
    listed = client.get(reverse("arrivals")).content.decode()
    assert "too few to say" in listed and "not asked any more" in listed
