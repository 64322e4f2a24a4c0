"""A legal demand: what can be produced is counted exactly, two decide, a State that sends people back gets nothing, a freeze holds."""

from collections import Counter
from datetime import timedelta

import pytest
from acts import member

from waystation_web.cases import actions_consent
from waystation_web.claims import actions_demand as acts
from waystation_web.claims import due
from waystation_web.claims.demand import demand_of
from waystation_web.claims.queries_demand import listing, page, production_of
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.vault import actions as vaults
from waystation_web.vault import retention
from waystation_web.vault.errors import NoSuchVault, NotPermitted, Refused
from waystation_web.vault.models import Grant, Vault
from waystation_web.vault.principals import signers
from waystation_web.vault.queries import dek_of, opened

pytestmark = pytest.mark.once

A = "0d" * 16
DIGEST = "ab" * 32
GIVEN = {"what": "A letter that says nothing of anybody. (Invented.)", "to": "The court (invented)", "digest": DIGEST, "case": "", "data": [],
         "nobody": True}


class House:
    """A rights officer, a head, a security officer, a coordinator and a case worker; a case with names, a note, a line of money."""

    def __init__(self, office):
        self.office = office
        self.rights, self.head, self.guard = (member(office, name, (role,)) for name, role in (
            ("rights", "rights_officer"), ("head", "organisation_head"), ("guard", "security_officer")))
        self.chief, self.worker = member(office, "chief", ("coordinator",)), member(office, "worker")
        with writing():
            self.case = records.make(self.chief, "case", {"ref": "K7Q2", "people": [{"id": A, "code": "A", "birth": "1985"}]},
                                     holders=[self.worker.id]).id
            records.make(self.worker, "person", {"names": [], "case": self.case.hex()})
            for _ in range(2):
                records.make(self.chief, "note", {"title": "x", "text": "x"})
            records.make(self.rights, "testimony", {"text": "x"})
        self.demand = self.arrived()

    def arrived(self, country="KR", deadline=5, team=None):
        today = self.office.now.date()
        return acts.write_down(self.rights, {
            "who": "A court (invented)", "sort": "order", "country": country, "received": today, "how": "letter", "counsel": "",
            "deadline": deadline and today + timedelta(days=deadline), "asks": "Everything about somebody. (Invented.)",
            "rights": self.rights.id, "head": self.head.id, "team": [one.id for one in team or (self.chief, self.rights)]})

    def give(self, actor):
        """Lets a colleague read a record of the case for a week."""
        with writing():
            records.share(self.chief, self.case, "case", actor.id, reason="to see it", until=clock.today() + timedelta(days=7))

    @property
    def now(self):
        with writing():
            return demand_of(kept.one(self.rights, self.demand, "demand", looked=False))

    def decided(self, what):
        acts.decide(self.rights, self.demand, what=what, reason="Counsel says so. (Invented.)")
        acts.decide(self.head, self.demand)

    def frozen(self, days=30):
        self.give(self.rights)
        typed = {"case": self.case.hex(), "until": self.office.now.date() + timedelta(days=days), "reason": "counsel"}
        assert acts.freeze(self.rights, self.demand, typed) == "asked"
        assert acts.freeze(self.head, self.demand) == "frozen"


@pytest.fixture
def house(office):
    return House(office)


def rule(act, *given, **more):
    with pytest.raises(NotPermitted) as why:
        act(*given, **more)
    return why.value.rule


def slow_twin(people):
    """What some people's keys open, tried grant by grant, whatever any rule says of it."""
    found = {}
    for actor in people:
        for grant in Grant.objects.filter(principal=actor.id).select_related("vault"):
            try:
                if grant.vault.payload is None:
                    dek_of(actor, grant, signers())
                    found[grant.vault_id] = "audit"
                else:
                    found[grant.vault_id] = opened(actor, grant, signers()).type
            except Refused:
                continue
    return found


def produced(house):
    return production_of(house.now, kept.colleagues())


# --------------------------------------------------------------------------------------------- what can be produced
@pytest.mark.refuses("H-26")
def test_the_report_is_what_the_slow_twin_opens_of_everybody_named(house, office):
    team = (house.chief, house.rights, house.guard)
    house.give(house.rights)  # held by two of them, and counted once
    acts.name_team(house.rights, house.demand, [one.id for one in team])
    for one in team:
        acts.count(one, house.demand)
    twin, said = slow_twin(team), produced(house)
    assert dict(said.types) == Counter(twin.values()) and said.keys == len(twin) and said.whole
    assert sum(count for _, count in said.kinds) == len(twin)
    assert said.types and {"case", "note", "testimony", "demand", "audit"} <= dict(said.types).keys()
    assert dict(slow_twin([house.worker]).items()) and "person" not in dict(said.types)  # the worker is not of the team


@pytest.mark.refuses("H-26")
def test_a_key_past_its_end_counts_until_its_row_is_gone(house, office):
    house.give(house.rights)
    acts.name_team(house.rights, house.demand, [house.rights.id])
    acts.count(house.rights, house.demand)
    before = dict(produced(house).types).get("case")
    office.pass_time(days=9)
    acts.count(house.rights, house.demand)
    with writing():
        assert kept.maybe(house.rights, house.case, "case") is None  # a rule of the office no longer lets them
    assert dict(produced(house).types).get("case") == before == 1  # and whoever makes them help goes round a rule
    with writing():
        vaults.end_expired(clock.today())
    acts.count(house.rights, house.demand)
    assert "case" not in dict(produced(house).types)


@pytest.mark.refuses("H-26")
def test_a_count_that_is_true_no_more_is_said_and_whoever_did_not_count_is_too(house):
    acts.name_team(house.rights, house.demand, [house.rights.id, house.head.id])
    assert [one.counted for one in produced(house).members] == [None, None]
    acts.count(house.rights, house.demand)
    acts.count(house.head, house.demand)
    assert produced(house).whole
    with writing():
        records.make(house.rights, "note", {"title": "x", "text": "x"})
    assert [one.stale for one in produced(house).members] == [True, False] and not produced(house).whole
    assert rule(acts.count, house.guard, house.demand) == "team"


def test_nothing_that_was_counted_stands_in_the_record_by_name_or_id(house):
    acts.count(house.rights, house.demand)
    body = str(house.now.record.body["counts"])
    assert all(one.hex() not in body for one in Vault.objects.values_list("id", flat=True))


# -------------------------------------------------------------------------------------------------------- decisions
@pytest.mark.refuses("H-26")
def test_the_two_who_are_named_decide_and_nobody_else_or_alone(house):
    assert rule(acts.decide, house.guard, house.demand, what="refuse", reason="x") == "deciders"
    assert acts.decide(house.head, house.demand, what="refuse", reason="Counsel says so.") == "asked"
    assert rule(acts.decide, house.head, house.demand) == "same_person" and house.now.decided == ""
    assert acts.decide(house.rights, house.demand, what="part", reason="Another one.") == "decided"
    assert (house.now.decided, house.now.decision["reason"]) == ("refuse", "Counsel says so.")  # as the first wrote it
    assert rule(acts.decide, house.rights, house.demand, what="part", reason="x") == "decided"


def test_a_first_signature_of_yesterday_is_none(house, office):
    acts.decide(house.head, house.demand, what="refuse", reason="x")
    office.pass_time(hours=25)
    assert page(house.rights, house.demand).deciding is None
    assert acts.decide(house.rights, house.demand, what="contest", reason="y") == "asked"


@pytest.mark.refuses("H-05", "H-26")
@pytest.mark.parametrize("country", ["KP", "CN", "RU"])
def test_a_state_that_sends_people_back_gets_nothing(house, country):
    house.demand = house.arrived(country)
    assert rule(acts.decide, house.rights, house.demand, what="part", reason="x") == "H-05"
    house.decided("refuse")
    assert rule(acts.hand_over, house.rights, house.demand, GIVEN) == "decision"


@pytest.mark.refuses("H-26")
def test_nothing_is_given_before_two_decided_it_and_by_two_with_its_digest(house):
    assert rule(acts.hand_over, house.rights, house.demand, GIVEN) == "decision"
    house.decided("part")
    assert acts.hand_over(house.rights, house.demand, GIVEN) == "asked" and house.now.handed == ()
    assert rule(acts.hand_over, house.rights, house.demand) == "same_person"
    assert acts.hand_over(house.head, house.demand) == "handed"
    (line,) = house.now.handed
    assert (line["digest"], line["by"]) == (DIGEST, [house.rights.id.hex(), house.head.id.hex()])


@pytest.mark.refuses("H-05")
def test_nothing_of_somebody_who_did_not_say_yes_to_telling_this_state(house):
    house.decided("part")
    about = GIVEN | {"nobody": False, "case": house.case.hex(), "data": ["name"]}
    with pytest.raises(NoSuchVault):
        acts.hand_over(house.rights, house.demand, about)  # whoever does not hold the case names nobody of it
    house.give(house.rights)
    assert rule(acts.hand_over, house.rights, house.demand, about) == "H-05"
    assert rule(acts.hand_over, house.rights, house.demand, about | {"data": []}) == "H-05"
    said = {"person": A, "purpose": "state", "recipient": "rok", "data": ["name"], "said": "yes", "until": "", "country": "KR", "language": "kor",
            "interpreter": "", "interpreter_is_broker": False, "explained_by": "worker", "mode": "spoken", "guardian_agrees": False}
    actions_consent.say(house.worker, house.case, said)
    assert acts.hand_over(house.rights, house.demand, about) == "asked"
    actions_consent.take_back(house.worker, house.case, person=A, purpose="state", recipient="rok")
    with writing():
        records.share(house.chief, house.case, "case", house.head.id, reason="to sign", until=clock.today(), second=house.worker.id)
    assert rule(acts.hand_over, house.head, house.demand) == "H-05"  # taken back between two signatures


# --------------------------------------------------------------------------------------------------- freeze, notice
@pytest.mark.refuses("H-26")
def test_what_is_frozen_goes_by_nobody_and_by_no_time_and_only_two_freeze_it(house, office):
    with writing():
        due_now = records.make(house.chief, "case", {"ref": "M4D7", "people": []}, retain_until=clock.today() + timedelta(days=8)).id
    kept_case, house.case = house.case, due_now
    assert retention.held() == {}  # nothing is frozen because a demand arrived
    house.frozen()
    office.pass_time(days=20)
    assert due_now not in retention.due(clock.today()) and retention.held()
    with pytest.raises(NotPermitted) as why, writing():
        vaults.shred(house.chief, due_now, second=True)
    assert why.value.rule == "H-26" and Vault.objects.filter(pk=due_now).exists()
    office.pass_time(days=40)
    assert due_now in retention.due(clock.today())  # its day is over, and it was due before
    assert kept_case not in retention.held()


@pytest.mark.refuses("H-26")
def test_a_freeze_is_signed_by_both_who_decide(house):
    house.give(house.rights)
    house.give(house.guard)
    typed = {"case": house.case.hex(), "until": house.office.now.date() + timedelta(days=30), "reason": "counsel"}
    assert rule(acts.freeze, house.guard, house.demand, typed) == "deciders"
    acts.freeze(house.rights, house.demand, typed)
    assert retention.held() == {} and rule(acts.freeze, house.rights, house.demand) == "same_person"
    acts.freeze(house.head, house.demand)
    assert house.case in retention.held()
    assert rule(acts.freeze, house.rights, house.demand) == "nothing"


def test_whoever_was_asked_about_is_told_when_an_order_not_to_tell_has_ended(house, office):
    last = office.now.date() + timedelta(days=2)
    acts.must_tell(house.rights, house.demand, whom="K7Q2", due=office.now.date())
    (notice,) = house.now.notices
    acts.gag(house.rights, house.demand, until=last, text="The court says so. (Invented.)")
    assert rule(acts.told, house.rights, house.demand, notice.id, how="by voice") == "gag"
    office.pass_time(days=2)
    assert rule(acts.told, house.rights, house.demand, notice.id, how="by voice") == "gag"  # its last day is one of it
    office.pass_time(days=1)
    acts.told(house.rights, house.demand, notice.id, how="by voice")
    assert house.now.notices[0].told_at is not None


def test_what_is_due_stands_first_when_it_is_late_and_not_before_its_time(house, office):
    far = house.arrived(deadline=4)
    assert [one.key for one in due.due(house.rights)] == []
    office.pass_time(days=1)
    assert [(one.key, one.late) for one in due.due(house.rights)] == [(far.hex(), False)]  # three days ahead
    office.pass_time(days=3)
    assert [one.late for one in due.due(house.rights)] == [False, False]  # on its day there is still time
    office.pass_time(days=1)
    assert [(one.key, one.late) for one in due.due(house.rights)] == [(far.hex(), True), (house.demand.hex(), False)]
    house.decided("refuse")
    assert [one.key for one in due.due(house.rights)] == [far.hex()]
    assert [one.key for one in listing(house.rights, refused=[])] == [far.hex(), house.demand.hex()]
    assert due.due(house.worker) == ()


def test_the_page_leads_to_the_hold_and_shows_what_was_given_and_by_whom(house, office):
    house.frozen()
    house.decided("part")
    acts.hand_over(house.rights, house.demand, GIVEN)
    acts.hand_over(house.head, house.demand)
    reader = office.person(roles={"rights_officer"}, handle="reader")
    with writing():
        (hold,) = kept.every(house.rights, "hold", looked=False)
        for record, type_ in ((house.demand, "demand"), (hold.id, "hold")):
            records.share(house.rights, record, type_, reader.id, reason="to see it")
    client = office.sign_in(reader)
    shown = client.get(f"/demands/{house.demand.hex()}/").content.decode()
    assert f'href="/holds/{hold.key}/"' in shown and DIGEST in shown and "rights · head" in shown
    assert client.get(f"/holds/{hold.key}/").status_code == 200
    assert client.post(f"/demands/{house.demand.hex()}/", {"act": "decide", "what": "refuse", "reason": "x"}).status_code == 403
    assert client.post(f"/demands/{house.demand.hex()}/", {"act": "none"}).status_code == 400
