"""What is most worth finding out: in the plan's order, without a number that it withheld, a task only when a person gives it."""

import pytest
from django.urls import reverse
from test_decide import Stage

from waystation_web.cases.case import case_of
from waystation_web.gateways.database import writing
from waystation_web.plans import actions_wanted
from waystation_web.plans.wanted import wanted
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.vault.errors import NoSuchVault, NotPermitted

FIRST, LATER, NOTHING = (f"One more first-hand report on {area} (grade B2) {end}" for area, end in (
    ("ALDER", "could change what is done first."), ("MINT", "would not change what is done today, but what is done later."),
    ("PLUM", "would not change what we do today.")))


def row(area, worth, sentence, kind="changes_decision"):
    return {"area": area, "kind": kind, "changes_decision": worth, "shrinks_sd": None, "sentence": sentence}


WORTH = [row("ALDER", 3.4, FIRST), row("MINT", 0.2, LATER), row("PLUM", 0.0, NOTHING),
         row("bus, CN", None, "Knowing how 10 more parties fared (bus, CN) would narrow the range most.", "shrinks_interval")]


class Asked(Stage):
    """A plan that names reports, and a browser of a coordinator."""

    def __init__(self, office):
        self.heron = office.person(roles={"coordinator"}, handle="heron")
        super().__init__(office)
        self.client = office.sign_in(self.heron)

    def names(self, worth):
        with writing():
            held = kept.one(self.first, self.plan, "plan", looked=False)
            records.change(self.first, held, {"facts": {"worth": worth}, "sheets": "", "places": [], "lines": []}, what="plan")
        return self

    @property
    def tasks(self):
        with writing():
            return case_of(kept.one(self.first, self.case, "case", looked=False)).tasks

    def section(self):
        page = self.client.get(reverse("plan-show", kwargs={"plan": self.plan.hex()})).content.decode()
        return page.split('<h2 id="wanted">')[1].split("</section>")[0]

    def give(self, number, **more):
        return self.client.post(reverse("plan-wanted", kwargs={"plan": self.plan.hex()}), {"report": number} | more)


@pytest.fixture
def asked(office, monkeypatch):
    monkeypatch.setattr("waystation_web.plans.queries_plan.lines", lambda _body: ())  # the steps are tested elsewhere
    monkeypatch.setattr("waystation_web.plans.queries_plan.unpacked", lambda _said: "")
    return Asked(office).names(WORTH)


def test_the_three_most_worth_getting_in_their_order_with_what_each_would_change(asked):
    found = wanted({"facts": {"worth": WORTH}}, asked.plan, None)
    assert [(one.number, one.about, one.more, one.fewer_than_one, one.offered) for one in found] == [
        (1, "ALDER", 3, False, True), (2, "MINT", None, True, True), (3, "PLUM", None, False, False)]
    assert [one.changes for one in found] == ["could change what is done first", "changes nothing today, but what is done later",
                                              "would not change what we do"]
    shown = asked.section()
    assert "about 3" in shown and "fewer than 1" in shown and "not worth a task" in shown and "narrow the range" not in shown
    assert shown.count('name="report" value=') == 2


def test_a_leg_says_whom_to_ask_and_that_the_answer_moves_it_alone(asked):
    answer = row("K07", 4.0, "What somebody who knows K07 says of its danger could change what is done first.", "leg_changes_decision")
    found = wanted({"facts": {"worth": [answer, *WORTH]}}, asked.plan, None)
    assert [(one.about, one.of_leg, one.more) for one in found][:2] == [("K07", True, 4), ("ALDER", False, 3)]
    assert "moves that leg alone" not in asked.section()
    shown = asked.names([answer, *WORTH]).section()
    assert shown.count("ask somebody who knows this leg") == 1 and "moves that leg alone" in shown


def test_what_the_planner_withheld_is_not_known_and_the_order_stands(asked):
    speak = row("NEAR", None, "A new first-hand report from NEAR: the newest one no longer holds.", "lets_us_speak")
    hidden = [row("ALDER", None, FIRST), row("MINT", None, LATER)]
    found = wanted({"facts": {"worth": [speak, *hidden]}}, asked.plan, None)
    assert [(one.about, one.more, one.fewer_than_one, one.offered) for one in found] == [
        (area, None, False, True) for area in ("NEAR", "ALDER", "MINT")]
    shown = asked.names([speak, *hidden]).section()
    assert shown.count("state unknown") == 3 and "would let us speak" in shown and "about " not in shown.split("<tbody>")[1]


def test_a_person_gives_one_as_a_task_and_the_task_does_not_say_where(asked):
    assert asked.section() and not asked.tasks  # looking makes nothing
    answer = asked.give(1, for_=asked.worker.id.hex(), due="2026-03-09")
    assert answer.status_code == 302 and answer["Location"].endswith("?done=given#wanted")
    (task,) = asked.tasks
    assert (task.plan, task.report, task.for_, task.due.isoformat(), task.open, task.by) == (
        asked.plan, 1, asked.worker.id, "2026-03-09", True, asked.heron.id)
    assert task.text == "Get report 1 of 6 that would change the plan most."
    with writing():
        body = kept.one(asked.first, asked.case, "case", looked=False).body
    assert "ALDER" not in repr(body)  # a case worker reads it, who may hold nothing of the network
    shown = asked.section()
    assert "given as a task" in shown and shown.count('name="report" value=') == 1
    case = asked.client.get(reverse("case", kwargs={"case": asked.case.hex()})).content.decode()
    assert f"/plans/{asked.plan.hex()}/#wanted" in case and "the plan says on what" in case


def test_one_that_is_open_is_not_given_twice_one_that_is_done_may_be(asked):
    from waystation_web.cases import actions_work

    actions_wanted.give(asked.first, asked.plan, 2)
    with pytest.raises(NotPermitted) as why:
        actions_wanted.give(asked.second, asked.plan, 2)
    assert why.value.rule == "given" and len(asked.tasks) == 1
    actions_work.finish(asked.first, asked.case, asked.tasks[0].id)
    actions_wanted.give(asked.second, asked.plan, 2)
    assert [one.open for one in asked.tasks] == [False, True]


def test_what_changes_nothing_is_no_task_and_neither_is_a_fourth(asked):
    for number in (3, 4, 0):
        with pytest.raises(NoSuchVault):
            actions_wanted.give(asked.first, asked.plan, number)
    assert asked.give(9).status_code == 400 and asked.give("").status_code == 400 and not asked.tasks


def test_who_writes_in_no_case_gives_none(asked):
    with pytest.raises(NoSuchVault):
        actions_wanted.give(asked.worker, asked.plan, 1)  # holds the case and not the plan
    with pytest.raises((NoSuchVault, NotPermitted)):
        actions_wanted.give(asked.guard, asked.plan, 1)
    assert not asked.tasks


def test_a_plan_that_names_none_says_so(asked):
    assert "This plan names none" in asked.names([]).section()
