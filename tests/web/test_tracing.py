"""To find somebody after an incident: whom people asked, what must not be asked, what comes next, what became of them."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.urls import reverse
from roads import SAID
from test_decide import A, B, C
from test_incidents import Caught

from waystation_web.cases import actions_consent
from waystation_web.gateways.database import writing
from waystation_web.journeys import actions_embargo, actions_known, actions_tracing, before
from waystation_web.journeys.board import board
from waystation_web.journeys.incidents import incident_of
from waystation_web.journeys.queries_tracing import tracing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.vault.errors import NoSuchVault, NotPermitted

DAY = date(2026, 3, 2)


class Sought(Caught):
    """A party that was taken, and whoever looks for them."""

    def said_of(self, **more):
        return {"who": "", "body": "unhcr", "which": "The office in the capital (invented)", "state": "TH", "asked_by": self.first.id.hex(),
                "asked_on": DAY, "asks": "Whether three who came on Monday are with them.", "next": "Ring again", "due": DAY + timedelta(2)} | more

    def looks(self, actor=None, **more):
        return actions_tracing.asked(actor or self.first, self.incident, self.said_of(**more))

    def hears(self, **more):
        return actions_tracing.answered(self.first, self.incident, self.list.lines[0].trace.id, {
            "asked_on": None, "answer": "Nobody by that number.", "answered_on": DAY, "next": "", "due": None} | more)

    def found(self, fate="free", who="", actor=None):
        actions_tracing.found(actor or self.first, self.incident, {"who": who, "fate": fate, "how_known": "They rang. (Invented.)"})

    @property
    def list(self):
        return tracing(self.first, self.incident)

    def yes(self, country, recipient="host_state", people=(A, B, C), **more):
        for person in people:
            actions_consent.say(self.worker, self.case, SAID | {
                "person": person, "purpose": "tracing", "recipient": recipient, "data": ["name"], "country": country, "guardian_agrees": True} | more)


@pytest.fixture
def road(office):
    return Sought(office).taken()


def test_whom_people_asked_what_they_heard_and_what_comes_next_stand_in_a_list(road, office):
    assert road.list.lines == () and road.list.stalled
    assert road.looks() is None and road.looks(body="lawyer", which="L-4", state="", asked_on=None, due=DAY + timedelta(1), next="") is None
    lawyer, un = road.list.lines
    assert (un.body, un.asked_by, un.who, un.trace.asked_on, un.trace.due) == ("UNHCR", "first", "", DAY, date(2026, 3, 4))
    assert (lawyer.trace.asked_on, [one.trace.which for one in road.list.to_do]) == (None, ["L-4", un.trace.which])
    assert not road.list.stalled
    assert road.hears(asked_on=DAY) is None                              # of the lawyer, who was to be asked
    assert road.list.lines[0].trace.asked_on == DAY and road.list.lines[0].trace.answer == "Nobody by that number."
    assert [one.trace.which for one in road.list.to_do] == [un.trace.which]
    assert [one.kind for one in road.page.incident.log][-3:] == ["trace", "trace", "traced"]
    with writing():
        written = kept.one(road.first, road.incident, "incident", looked=False)
    assert [one["answer"] for one in written.history[-2]["was"]["traces"]] == ["", ""]  # what it said before stays


def test_a_step_that_is_due_stands_in_the_first_hours_and_on_the_board(road, office):
    road.looks()
    assert [one.next for one in road.page.to_find] == ["Ring again"] and "find" not in board(road.first).clocks[0].what
    office.now += timedelta(days=2)
    assert board(road.first).clocks[0].what.endswith("a step to find them is due")
    office.now += timedelta(days=1)
    assert road.list.to_do[0].trace.late and road.page.to_find[0].late
    road.hears()
    assert road.page.to_find == () and "find" not in board(road.first).clocks[0].what
    assert road.list.stalled                                                # nobody found them, and nobody does anything next


@pytest.mark.refuses("H-05")
@pytest.mark.parametrize(("more", "because"), [
    ({"body": "consulate", "state": "KP"}, "country they fled"), ({"body": "family", "state": "KP"}, "country they fled"),
    ({"body": "police", "state": "CN"}, "hands people over"), ({"body": "hospital", "state": "CN"}, "hands people over"),
    ({"body": "red_cross", "state": "RU"}, "hands people over"),
    ({"body": "detention", "state": ""}, "Say of which State"), ({"body": "detention"}, "without their own yes"),
    ({"body": "consulate", "state": "KR"}, "without their own yes"),
], ids=str)
def test_what_tells_the_state_they_fled_is_refused_with_its_reason_and_recorded(road, more, because, monkeypatch):
    told, real = [], actions_tracing.record_refusal
    monkeypatch.setattr(actions_tracing, "record_refusal", lambda *given, **of: told.append((given[1], of)) or real(*given, **of))
    why = road.looks(**more)
    assert why is not None and why.rule == "H-05" and because in why.sentence
    assert told == [("H-05", {"vault": road.incident})]
    assert road.list.lines == () and road.page.incident.log[-1].kind != "trace"


@pytest.mark.refuses("H-05", "H-23")
def test_another_state_is_asked_when_everybody_said_yes_to_it_and_no_longer_when_one_takes_it_back(road):
    road.yes("TH", people=(A, B))
    assert road.looks(body="detention") is not None                           # of C nobody said so
    road.yes("TH", people=(C,))
    assert road.looks(body="detention") is None and road.looks(body="detention", state="LA") is not None
    assert road.looks(body="consulate", state="KR") is not None
    road.yes("KR", recipient="rok")
    assert road.looks(body="consulate", state="KR") is None
    road.yes("TH", people=(B,), said="withdrawn")
    assert road.looks(body="detention") is not None and road.looks(body="detention", who=A) is None
    with writing():
        held = kept.one(road.first, road.case, "case", looked=False)
        records.change(road.first, held, {"best_interest": []}, what="x")
    assert road.looks(body="detention", who=C) is not None                    # a child: two signed what is best for it, or nothing is told


@pytest.mark.refuses("H-05")
def test_a_state_that_handed_somebody_on_is_not_asked_whatever_they_said_yes_to(road):
    road.yes("TH")
    assert road.looks(body="police") is None and road.list.hand_over == ("CN", "RU")
    for from_, to in (("TH", "LA"), ("LA", "CN")):
        actions_known.handed(road.first, road.incident, {"from_": from_, "to": to, "day": DAY, "how_known": "x"})
    assert road.list.hand_over == ("CN", "LA", "RU", "TH")
    assert "hands people over" in road.looks(body="police").sentence and road.looks(body="lawyer") is None


@pytest.mark.refuses("H-05")
def test_who_may_not_read_the_case_asks_no_state_and_sees_no_codes(road):
    road.yes("TH")
    with writing():
        records.share(road.first, road.incident, "incident", road.rights.id, reason="Appeals.")
        assert kept.maybe(road.rights, road.case, "case") is None
    page = tracing(road.rights, road.incident)
    assert (page.people, [one.who for one in page.found]) == ([], [""])
    assert road.looks(road.rights, body="detention") is not None
    with pytest.raises(NoSuchVault):
        road.looks(road.rights, who=A)


def test_what_was_to_be_asked_and_must_not_be_by_now_is_not_written_as_asked(road):
    road.yes("TH")
    assert road.looks(body="police", asked_on=None) is None
    road.yes("TH", people=(A,), said="withdrawn")
    assert road.hears(asked_on=DAY, answer="") is not None and road.list.lines[0].trace.asked_on is None
    assert road.hears(answer="", next="Not at all", due=DAY) is None     # a day to think again may be written


def test_while_an_embargo_stands_nobody_is_asked(road):
    actions_embargo.embargo(road.first, road.incident, reason="Others are on the way.", review=DAY + timedelta(9))
    assert road.looks().rule == "embargo" and road.list.embargo


def test_what_became_of_each_is_known_by_the_newest_word_and_counts_for_those_who_come_after(road, office):
    road.looks(next="", due=None)
    assert [(one.who, one.told) for one in road.list.found] == [("A", None), ("B", None), ("C", None)] and road.list.stalled
    road.found("held", who=A)
    assert [one.fate for one in road.list.found] == ["found, and held", "", ""] and road.list.stalled
    office.now += timedelta(hours=30)
    road.found("returned")
    assert {one.fate for one in road.list.found} == {"sent back"} and not road.list.stalled
    road.found("free", who=B)
    assert [one.fate for one in road.list.found] == ["sent back", "found, and free", "sent back"]
    with writing():
        fate = before.fate_of(incident_of(kept.one(road.first, road.incident, "incident", looked=False)))
    assert (fate.end, fate.hours) == ("returned", 30.0)


def test_nobody_who_is_nobody_asks_is_looked_for_or_answers(road):
    for more in ({"who": "ff" * 16}, {"asked_by": "ff" * 16}, {"asked_by": "x"}):
        with pytest.raises(NoSuchVault):
            road.looks(**more)
    road.looks()
    with pytest.raises(NoSuchVault):
        actions_tracing.answered(road.first, road.incident, "00" * 8, {})
    with pytest.raises(NoSuchVault):
        road.found("lost")
    with pytest.raises((NoSuchVault, NotPermitted)):
        road.looks(road.money)
    with writing():
        records.let_sign(road.first, road.incident, "incident", road.guard.id)
    for more in ({}, {"body": "police", "state": "CN"}):                    # who only reads it is not told why something is not asked
        with pytest.raises(NotPermitted):
            road.looks(road.guard, **more)


def test_the_page_says_what_is_never_asked_keeps_what_was_typed_and_sends_nothing(road, office):
    client, at = office.sign_in(road.heron), {"incident": road.incident}
    where = reverse("incident-tracing", kwargs=at)
    assert f'href="{where}"' in client.get(reverse("incident", kwargs=at)).content.decode()
    text = unescape(client.get(where).content.decode())
    assert "anybody in KP, and its consulates anywhere" in text and "hands people over: CN, RU" in text
    assert not re.search('<option value="[^"]+"[^>]* selected', text)
    sent = {"who": "", "body": "police", "which": "The station by the river (invented)", "state": "cn", "asked_by": road.first.id.hex(),
            "asked_on": "2026-03-02", "asks": "Whether they hold three. (Invented.)", "next": "", "due": ""}
    refused = client.post(where, sent)
    assert refused.status_code == 400 and "This State hands people over." in unescape(refused.content.decode())
    assert "Whether they hold three. (Invented.)" in refused.content.decode() and road.list.lines == ()
    for wrong, said in (({"state": "QQ"}, "No State has this code"), ({"asked_on": "2026-03-03"}, "has not come yet"),
                        ({"asked_on": ""}, "Say by when"), ({"next": "x"}, "Say by when"), ({"body": "mayor"}, "")):
        answer = client.post(where, sent | {"body": "unhcr"} | wrong)
        assert answer.status_code == 400 and said in answer.content.decode(), wrong
    assert client.post(where, sent | {"body": "unhcr", "state": "th"})["Location"] == f"{where}?done=asked"
    line = road.list.lines[0].trace
    assert (line.state, line.by) == ("TH", road.heron.id)
    traced, found = (reverse(name, kwargs=at) for name in ("incident-traced", "incident-found"))
    assert client.post(traced, {"item": line.id, "next": "x"}).status_code == 400
    assert client.post(traced, {"item": line.id, "answer": "Nobody.", "answered_on": "2026-03-02"}).status_code == 302
    assert client.post(found, {"fate": "", "how_known": "x"}).status_code == 400
    assert client.post(found, {"fate": "died", "how_known": "A lawyer saw it. (Invented.)"}).status_code == 302
    assert "A lawyer saw it. (Invented.)" in client.get(where).content.decode()
