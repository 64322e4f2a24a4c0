"""Were our plans right: which parties are counted, what their plans had said, what became of them, and who sees it."""

from datetime import timedelta

import pytest
from acts import member
from django.urls import reverse
from roads import Road

from waystation_web.gateways.database import writing
from waystation_web.journeys import ahead, queries_checks
from waystation_web.records import actions as records
from waystation_web.records import queries as kept

FACTS = {"p_safe": {"mean": 0.88, "low": 0.8, "high": 0.93}, "ends": {
    "safe": 0.87, "intercepted": 0.04, "harmed": 0.01, "missing": 0.01, "stopped": 0.05, "late": 0.02}}


class Office(Road):
    """Journeys as they lie there when they are over, without the weeks that it takes to make each."""

    def __init__(self, office):
        self.heron = office.person(roles={"coordinator"}, handle="heron")
        super().__init__(office)

    def of(self, facts=None, days=30):
        """A plan with its last day; the id."""
        plan = super().planned()
        with writing():
            held = kept.one(self.first, plan, "plan", looked=False)
            last = (self.office.now + timedelta(days)).date().isoformat()
            terms = {"start": "HEARTH", "goals": ["PLUM"], "deadline": last}
            records.change(self.first, held, {"facts": (FACTS if facts is None else facts) | {"terms": terms}}, what="plan")
        return plan

    def leg(self, code, **more):
        at = self.office.now.isoformat()
        return {"leg": "R01", "start": "HEARTH", "end": "ALDER", "guide": "party", "started": at, "due": [at] * 4, "arrived": 3,
                "itself": False, "condition": "calm", "code": code, "ended": at if code else None, "heard": at} | more

    def log(self, *kinds):
        return [{"by": "00" * 16, "at": (self.office.now + timedelta(seconds=n)).isoformat(), "kind": kind, "text": "x"}
                for n, kind in enumerate(("open", *kinds))]

    def went(self, *codes, status="learnt", kinds=("depart", "hand_over", "complete"), plan=None, case=None, **more):
        plan = plan or self.known
        with writing():
            told = kept.one(self.first, plan, "plan", looked=False)
            return records.make(self.first, "journey", {
                "case": (case or self.case).hex(), "case_ref": "K7Q2", "plan": plan.hex(), "decision": "00" * 16, "size": 3, "goals": [],
                "status": status, "at": "ALDER", "legs": [self.leg(code) for code in codes], "log": self.log(*kinds),
                "handed_at": self.office.now.isoformat() if "hand_over" in kinds else None,
                "ahead": ahead.written(plan.hex(), told.body)} | more).id

    def page(self, actor=None):
        return queries_checks.page(actor or self.first)

    def counted(self, actor=None):
        """Of all parties: how each ended, without those that nobody did."""
        row = next((one for one in self.page(actor).rows if one.all), None)
        return {name: count for name, count in row.ends.items() if count} if row else {}


@pytest.fixture
def road(office):
    stage = Office(office)
    stage.known = stage.of()
    return stage


def test_what_the_plan_had_said_is_written_down_when_the_journey_begins(road):
    with writing():
        said = ahead.written("ab", kept.one(road.first, road.known, "plan", looked=False).body)["said"]
    assert said == {"arrive": 0.88, "lost": pytest.approx(0.06)}
    for withheld in ({"p_safe": None, "ends": None}, {"p_safe": {"mean": None}, "ends": FACTS["ends"]}, {"p_safe": FACTS["p_safe"], "ends": None}):
        assert ahead.written("ab", {"facts": withheld})["said"] == {"arrive": None, "lost": None}


def test_of_plans_that_said_nine_in_ten_so_many_arrived(road, office):
    """22 of 24 are known: 20 arrived, 1 was captured, 1 turned back; of 2 nobody knows since the last day has passed."""
    for _party in range(20):
        road.went("passed")
    road.went("captured", kinds=("depart", "suspend"))
    road.went("turned_back", kinds=("depart", "replan", "stop"))
    for _party in range(2):
        road.went("", status="moving", kinds=("depart",))
    assert road.counted() == {"arrived": 20, "lost": 1, "stopped": 1} and road.page().under_way == 2
    office.now += timedelta(days=32)
    page = road.page()
    row, everything = page.rows
    assert (row.name, row.n, page.counted, page.under_way) == ("9 in 10", 24, 24, 0)
    assert road.counted() == {"arrived": 20, "lost": 1, "stopped": 1, "unknown": 2}
    # 20 of 24, lower 5 %: 0.6581; with the unknown 22 of 24, upper 5 %: 0.9849. Lost: 1 of 24, lower: 0.0021; 3 of 24, upper: 0.2923
    assert (row.arriving.said, row.arriving.low, row.arriving.high) == (88, 66, 98)
    assert (row.losing.said, row.losing.low, row.losing.high) == (6, 1, 29)
    assert (row.arriving.verdict, everything.name, everything.n) == ("fits what was said", "all that gave a number", 24)


def test_of_few_the_counts_alone_and_of_none_that_we_do_not_know(road):
    assert road.page().none
    client = road.office.sign_in(road.heron)
    empty = client.get(reverse("plan-checks")).content.decode()
    assert "Nothing can be said of our plans" in empty and "0 parties are counted" in empty
    for _party in range(19):
        road.went("passed")
    shown = client.get(reverse("plan-checks")).content.decode()
    assert 'class="state unknown">too few to say' in shown and "Under 20 known ends" in shown
    assert "between" not in shown.split("</section>")[0] and "state is" not in shown and "state done" not in shown
    road.went("passed")
    shown = client.get(reverse("plan-checks")).content.decode()
    assert "between 86 and 100" in shown and "fits what was said" in shown and "state is" not in shown


def test_who_came_late_came_free_or_never_left_is_counted_as_what_it_is(road, office):
    road.went("captured", "passed", kinds=("depart", "suspend", "free", "go_on", "hand_over", "complete"))
    road.went("passed", handed_at=(office.now + timedelta(days=31)).isoformat())
    road.went(kinds=("prepare", "stop"), status="left")
    assert road.counted() == {"lost": 1, "late": 1}
    assert (road.page().counted, road.page().never_left) == (2, 1)
    road.went("passed", status="handed over", kinds=("depart", "hand_over"))
    assert road.page().under_way == 1
    office.now += timedelta(days=32)
    assert road.counted() == {"lost": 1, "late": 1, "arrived": 1}  # there in time, though nobody closed it


def test_a_plan_that_gave_no_number_is_counted_and_judges_nothing(road):
    silent = road.of({"p_safe": None, "ends": None})
    for _party in range(25):
        road.went("passed", plan=silent)
    (row,) = road.page().rows
    assert (row.name, row.n, row.arriving.said, row.arriving.verdict) == ("gave no number", 25, None, "nothing was said that could be checked")


def test_the_plan_with_which_they_left_counts_and_not_one_made_on_the_way(road):
    low = road.of(FACTS | {"p_safe": {"mean": 0.51, "low": 0.4, "high": 0.6}})
    with writing():
        case = records.make(road.first, "case", {"ref": "ANEW", "people": [], "timeline": [
            {"id": "1", "kind": "decision", "text": "decided:go", "by": "00" * 16, "at": (road.office.now - timedelta(hours=1)).isoformat(), "plan": road.known.hex()},
            {"id": "2", "kind": "decision", "text": "decided:reroute", "by": "00" * 16, "at": (road.office.now + timedelta(hours=1)).isoformat(), "plan": low.hex()}]}).id
    road.went("delayed", "passed", plan=low, case=case, kinds=("depart", "replan", "resume", "go_on", "hand_over", "complete"))
    assert [row.name for row in road.page().rows] == ["9 in 10", "all that gave a number"]
    with writing():
        bare = records.make(road.first, "case", {"ref": "BARE", "people": []}).id
    road.went("passed", plan=low, case=bare, kinds=("depart", "replan", "resume", "go_on", "hand_over", "complete"))
    assert (road.page().counted, road.page().unread) == (1, 1)  # nobody can say with which plan they left


def test_a_divided_party_is_one_and_ended_as_its_worst_part(road):
    parts = [road.went("delayed", whole="ff" * 16), road.went("missing", kinds=("depart",), whole="ff" * 16)]
    road.went("", status="split", kinds=("depart", "split"), parts=[one.hex() for one in parts])
    assert road.page().under_way == 1
    road.office.now += timedelta(days=32)
    assert road.counted() == {"lost": 1}
    joined = [road.went("passed", status="joined", kinds=("depart",), whole="ff" * 16) for _part in range(2)]
    road.went("separated", "passed", kinds=("depart", "split", "rejoin", "hand_over", "complete"), parts=[one.hex() for one in joined],
              handed_at=(road.office.now - timedelta(days=9)).isoformat())
    road.went("passed", status="learnt", kinds=("depart", "split"), parts=["ee" * 16])  # a part that is not here is not known
    assert road.counted() == {"lost": 1, "arrived": 1, "unknown": 1}


def test_counted_are_the_cases_that_one_may_read_and_the_page_says_so(road):
    for _party in range(3):
        road.went("passed")
    with writing():
        other = records.make(road.worker, "case", {"ref": "OTHER", "people": []}, holders=[]).id
    late = member(road.office, "late", ("coordinator",))
    assert road.counted() == {"arrived": 3}
    assert road.page(late).none and not road.page(late).unread  # came later, holds no journey: there is nothing
    road.went("passed", case=b"\x07" * 16)
    assert (road.page().counted, road.page().unread) == (3, 1) and other
    client = road.office.sign_in(road.heron)
    shown = client.get(reverse("plan-checks")).content.decode()
    assert "Counted are parties of cases that you may read, and no others." in shown and "3 parties are counted" in shown
    assert "K7Q2" not in shown and "ALDER" not in shown  # neither who nor where
