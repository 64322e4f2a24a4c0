"""What the invented office is filled with: by the acts, as many as it says, with a decision that can be signed."""

import pyrage
import pytest
from acts import member
from django.db.models import Count

from waystation.access import Kind as Kind_
from waystation.journeys.silence import Level
from waystation.ledger.entries import Kind
from waystation.planning.decision import Chosen
from waystation.units import Money
from waystation_web.audit.models import Entry
from waystation_web.cases import queries as cases
from waystation_web.contacts import queries as contacts
from waystation_web.gateways.database import writing
from waystation_web.journeys.board import board
from waystation_web.journeys.journey import journey_of
from waystation_web.ledger.entry import State
from waystation_web.ledger.reading import ledger
from waystation_web.office import invented
from waystation_web.plans import actions_decide
from waystation_web.plans.decided import ASKED, DECIDED, decision_of
from waystation_web.records import queries as kept
from waystation_web.vault.models import Account, Vault

pytestmark = pytest.mark.once

ROLES = {"sena": ("coordinator",), "haru": ("coordinator",), "jun": ("security_officer",), "dol": ("case_worker",),
         "bora": ("field_liaison", "security_officer"), "mun": ("field_liaison",), "nari": ("finance",)}


@pytest.fixture
def who(office):
    office.pass_time(days=240)  # after the day at which the invented world stands still, and after its last loss
    return {handle: member(office, handle, roles) for handle, roles in ROLES.items()}


@pytest.mark.refuses("H-47")
def test_the_invented_office_holds_what_it_says_and_a_go_that_can_be_signed(office, who, tmp_path):
    told = []
    invented.fill(who, told.append)
    assert {"60 invented cases", "25 invented contacts", "40 lines of an invented ledger"} <= set(told)
    with writing():
        listed, own = cases.cases(who["sena"]), cases.cases(who["dol"])
        birds, mine = contacts.contacts(who["sena"]), contacts.contacts(who["mun"])
        book = ledger(who["nari"])
        [waits] = [one for one in kept.every(who["haru"], "decision", looked=False) if decision_of(one).status == ASKED]
    today = office.now.date()
    assert (len(listed), len({one.ref for one in listed}), len(birds), len(book.lines)) == (65, 65, 25, 41)
    assert len(own) == 35 and sum(one.withdrawn for one in listed) == 2
    assert sum(1 for one in listed if any(x.ages_on(today) for x in one.people)) >= 20
    assert 3 <= sum(one.urgent for one in listed) <= 8 and any(one.open_tasks for one in listed)
    assert sorted(one.standing(today) for one in birds if one.decided != "new") == ["burnt", "cleared", "cleared"]
    by_name = {one.code_name: one.id for one in birds}
    suggested = {name: {one.rule for one in contacts.page(who["bora"], by_name[name]).weighed.suggested} for name in ("Linnet", "Rail", "Finch")}
    assert suggested == {"Linnet": {"cheap"}, "Rail": {"before_proof", "grows"}, "Finch": set()}
    assert {one.code_name for one in mine} < {one.code_name for one in birds}
    assert [one.state for one in book.lines].count(State.WAITING) == 1 and len(book.debts) == 2
    assert {one.entry.amount.currency for one in book.lines} == {"USD", "CNY"}
    actions_decide.sign(who["haru"], waits.id)
    with writing():
        assert decision_of(kept.one(who["sena"], waits.id, "decision")).status == DECIDED
    _a_night(office, who)
    _other_areas(who)
    _leaves(office, who, tmp_path)


def _a_night(office, who):
    """One taken and a demand held, one overdue, one on its way, one that has arrived, one refused: as the board says it."""
    with writing():
        journeys = [journey_of(one) for one in kept.every(who["sena"], "journey", looked=False)]
        decided = [decision_of(one) for one in kept.every(who["sena"], "decision", looked=False)]
        held = [one for one in ledger(who["nari"]).lines if one.entry.kind is Kind.RANSOM]
    assert sorted(one.status for one in journeys) == ["complete", "moving", "moving", "suspended"]
    assert sorted(one.level(office.now) for one in journeys if one.status == "moving") == [Level.ON_TIME, Level.OVERDUE]
    [arrived] = [one for one in journeys if one.status == "complete"]
    assert arrived.at in arrived.goals and all(one.code == "passed" and one.ended < office.now for one in arrived.legs)
    assert [(one.state, one.entry.amount) for one in held] == [(State.UNSIGNED, Money.parse("5000 USD"))]
    assert [one.chosen for one in decided].count(Chosen.NO) == 1
    assert [(row.state, bool(row.what)) for row in board(who["sena"]).clocks] == [("taken", True), ("overdue", True)]


def _other_areas(who):
    """Each has an entry that somebody of that work reads; a story waits, and whom a complaint is not for sees none."""
    with writing():
        held = {type_: kept.every(who[handle], type_, looked=False) for handle, type_ in (
            ("dol", "application"), ("dol", "followup"), ("dol", "story"), ("bora", "complaint"), ("mun", "directory"), ("mun", "publication"))}
        unseen = kept.every(who["haru"], "complaint", looked=False)
    assert {type_: len(found) for type_, found in held.items()} == {
        "application": 1, "followup": 1, "story": 1, "complaint": 1, "directory": 3, "publication": 2} and unseen == []
    [application], [followed], [story] = held["application"], held["followup"], held["story"]
    assert application.body["case"] == followed.body["case"] == story.body["people"][0]["case"] and story.body["stage"] == "proposed"


def test_names_of_the_invented_people_are_sealed_from_whoever_is_not_their_worker(who):
    held = invented.cases.fill(who)
    with writing():
        family = cases.case(who["sena"], held[0])
        assert family.household_records and kept.maybe(who["sena"], family.household_records[0], "person") is None
        names = kept.one(who["dol"], family.household_records[0], "person").body["names"]
    assert len(names) == 5 and all("가" <= one["text"][0] <= "힣" for one in names)


def _leaves(office, who, folder):
    """Everything leaves, and a shell that knows nothing of Waystation counts as much as the database and those who hold it."""
    from takeouts import House, by_hand

    one = House(office, who["jun"], member(office, "head", ("organisation_head",)), who["dol"], [pyrage.x25519.Identity.generate()])
    one.released()
    [archive] = one.archives(folder)
    said = by_hand(archive.path, one.keys[0], folder)
    types = {name: int(here) for sort, name, _, here, _ in said if sort == "type"}
    kinds = {name: tuple(map(int, numbers)) for sort, name, *numbers in said if sort == "kind"}
    tables = {name: set(map(int, numbers)) for sort, name, *numbers in said if sort == "table"}
    with writing():
        assert types["case"] == len(cases.cases(who["sena"])) == 65 and types["contact"] == len(contacts.contacts(who["sena"])) == 25
    assert sum(types.values()) == Vault.objects.filter(payload__isnull=False).count() > 1000 and ["left", "", "", "", "0"] in said
    assert {name: (of, 0) for name, (of, here, left) in kinds.items() if of} == \
        {Kind_(row["kind"]).name.lower(): (row["n"], 0) for row in Vault.objects.values("kind").annotate(n=Count("pk"))}
    assert all(of == here for of, here, _ in kinds.values())
    assert (tables["acts"], tables["accounts"]) == ({Entry.objects.count()}, {Account.objects.count()})
    assert ["about", "demonstration", "invented", "", ""] in said
