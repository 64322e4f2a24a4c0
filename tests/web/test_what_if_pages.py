"""What if, in the office: a change is typed, a child compares, the answer is kept and read; and it never becomes a plan."""

import json
import re
import subprocess
import sys
from datetime import date
from decimal import Decimal

import pytest
from acts import member
from django.urls import reverse
from test_plans_ask import FAMILY, family_case

from waystation import worlds
from waystation.network.files import read_book, write_json
from waystation.planning.decision import Bias, Chosen
from waystation.units import Money
from waystation_web.cases.case import case_of
from waystation_web.gateways.database import writing
from waystation_web.network import actions_import
from waystation_web.network import queries as network
from waystation_web.plans import (
    actions_change,
    actions_decide,
    actions_sheet,
    actions_wanted,
    asking,
    change,
    queries_list,
    queries_plan,
)
from waystation_web.plans.actions_ask import Ended
from waystation_web.plans.forms_change import ChangeForm
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.vault.errors import NoSuchVault, NotPermitted, Refused

pytestmark = pytest.mark.once

TERMS = asking.Terms("HEARTH", ("HARBOR",), date(2026, 10, 22), date(2026, 12, 31), Money(Decimal(9000), "USD"))
NEARER = {"waystation_change": 1, "title": "people may apply at IVY",
          "apply": [{"place": "IVY", "open": True}, {"place": "HARBOR", "open": False}]}
TYPED = {"title": "people may apply at IVY", "apply_1_place": "IVY", "apply_1_open": "open", "apply_2_place": "HARBOR",
         "apply_2_open": "shut", "start": "HEARTH", "goals": ["HARBOR"], "depart_from": "2026-10-22", "deadline": "2026-12-31",
         "money": "9000 USD", "part": "0"}


class Asking:
    """Two coordinators with the invented route book, and the family's case."""

    def __init__(self, office):
        self.office = office
        self.chief, self.other = member(office, "chief", ("coordinator",)), member(office, "other", ("coordinator",))
        self.heron = office.person(roles={"coordinator"}, handle="heron")
        actions_import.take_in(self.chief, read_book(worlds.world("long-way")))
        self.case = family_case(self.chief)
        self.client = office.sign_in(self.heron)

    def post(self, **more):
        return self.client.post(reverse("case-what-if", kwargs={"case": self.case.key}), TYPED | more)

    def shown(self, id_):
        return self.client.get(reverse("what-if", kwargs={"plan": id_.hex()}))

    def body(self, id_):
        with writing():
            return kept.one(self.chief, id_, "plan", looked=False).body


@pytest.fixture
def asking_(office):
    return Asking(office)


def test_what_a_nearer_place_to_apply_would_change_is_asked_computed_kept_and_read(asking_, tmp_path, monkeypatch):
    monkeypatch.setattr(actions_change, "DRAWS", 100)  # how well many tell is measured elsewhere
    answer = asking_.post()
    said = b"".join(answer.streaming_content).decode()
    assert "living through each of them twice" in said and "hundreds of times" in said
    id_ = bytes.fromhex(re.search(r'href="/what-if/([0-9a-f]{32})/"', said)[1])
    told = asking_.body(id_)
    with writing():
        book, case = network.book(asking_.chief), case_of(kept.one(asking_.chief, asking_.case.id, "case", looked=False))
    for name, written in (("book", write_json(book)), ("change", json.dumps(NEARER).encode()), ("party", json.dumps(
            {"party": FAMILY["party"] | {"label": "K7Q2"}, "terms": FAMILY["terms"]}).encode())):
        (tmp_path / f"{name}.json").write_bytes(written)
    done = subprocess.run([sys.executable, "-m", "waystation.cli", "what-if", tmp_path / "book.json", "--party", tmp_path / "party.json",
                           "--change", tmp_path / "change.json", "--draws", "100", "--json"], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == told["what_if"]["facts"]                     # every number of the command line
    assert told["what_if"]["change"] == NEARER and told["what_if"]["verdict"] == "more"
    assert told["what_if"]["goals_after"] == ["IVY"] and told["case"] == asking_.case.key
    assert [(line.kind, line.refs["plan"]) for line in case.timeline] == [("what_if", id_.hex())]  # and no place in the case
    page = " ".join(asking_.shown(id_).content.decode().split())
    rows = {row["measure"]: row for row in told["what_if"]["facts"]["rows"]}
    after = rows["arrive"]["after"]
    assert f"{after['mean']:.0f} ({after['low']:.0f} to {after['high']:.0f})" in page
    assert f"More arrive after the change in {told['what_if']['more_in']} of 100" in page and "Nobody can decide, sign or leave on it" in page
    assert page.count('class="chart what-if') == 2 and "People may no longer apply at HARBOR." in page
    assert "people may apply at IVY" in asking_.client.get(
        reverse("case-what-if", kwargs={"case": asking_.case.key})).content.decode()


@pytest.fixture
def changed(asking_, monkeypatch):
    """A what-if that a child made up: what is done with it is asked here, not what it says."""
    side = {"mean": 80.0, "low": 70.0, "high": 90.0}
    row = {"before": side, "after": side, "difference": {"mean": 0.4, "low": -3.0, "high": 3.0}, "better": 0.6}
    facts = {"title": NEARER["title"], "known": "THIN", "reasons": [], "before": [], "after": [], "draws": 9, "seed": 7, "money": "1 USD",
             "rows": [row | {"measure": name} for name in ("arrive", "lost", "days", "spent")]}
    answer = {"facts": facts, "verdict": "not_told", "more_in": 60, "size": 5, "goals": ["HARBOR"], "goals_after": ["IVY"],
              "book": "x", "fictional": True}
    monkeypatch.setattr("waystation_web.plans.child.answered", lambda _asked: iter([{"answer": answer}]))
    *_, ended = actions_change.ask(asking_.chief, actions_change.load(asking_.chief, asking_.case.id, TERMS, NEARER))
    assert isinstance(ended, Ended) and not ended.plan
    return ended.what_if


def why_not(act):
    """The rule by which an act is refused, in words that say so; what cannot be read is refused too, but by no rule."""
    try:
        act()
    except NotPermitted as why:
        return why.rule if "changed world" in str(why) else f"{why.rule}, but it does not say so: {why}"
    except Refused as why:
        return repr(why)
    return "done"


def test_a_changed_world_is_never_decided_on_signed_read_aloud_or_taken_for_a_plan(asking_, changed, monkeypatch):
    chief = asking_.chief
    typed = actions_decide.Typed(Chosen.NO, "x", "y", dict.fromkeys(Bias, False), look_again=date(2026, 10, 30))
    for act in (lambda: actions_decide.ask(chief, changed, typed, second=asking_.other.id), lambda: actions_sheet.give(chief, changed),
                lambda: actions_wanted.give(chief, changed, 1), lambda: queries_plan.plan(chief, changed),
                lambda: queries_plan.map_of(chief, changed), lambda: queries_list.compared(chief, [changed, changed])):
        assert why_not(act) == "changed_world"
    broken = []  # a row that cannot be written would be counted here, and missing from the list all the same
    assert (queries_list.mine(chief, broken), broken) == ((), []) and queries_list.of_case(chief, asking_.case.id).plans == ()
    for name in ("plan-show", "plan-decide", "plan-sheet"):
        assert asking_.client.get(reverse(name, kwargs={"plan": changed.hex()})).status_code == 403
    page = asking_.shown(changed).content.decode()
    assert "cannot tell the two apart: more arrive in 60 of 100" in page
    with writing():
        plan = records.make(chief, "plan", {"case": asking_.case.key, "state": "UNKNOWN"}).id
    assert asking_.shown(plan).status_code == 404  # nor is a plan a what-if
    monkeypatch.setattr("waystation_web.plans.child.answered", lambda _asked: pytest.fail("nothing may be computed"))
    assert asking_.post(dangers_1_where="leg:K01").status_code == 400
    twice = asking_.post(apply_2_place="IVY")
    assert twice.status_code == 400 and "This stands twice" in twice.content.decode().split('name="apply_2_place"')[1].split("</p>")[0]
    worker = member(asking_.office, "worker", ("case_worker",))
    with pytest.raises((NotPermitted, NoSuchVault)):
        actions_change.load(worker, asking_.case.id, TERMS, NEARER)
    for name in ("plan-decide", "plan-sheet"):  # nothing on its page leads to an act
        assert reverse(name, kwargs={"plan": changed.hex()}) not in page


OFFERS = {"places": [(code, code) for code in ("IVY", "HARBOR")], "legs": [("K01", "K01")], "areas": ["CN-SW"]}


@pytest.mark.parametrize(("typed", "field", "words"), [
    ({"apply_1_open": ""}, "apply_1_open", "This row is begun"),
    ({"apply_2_place": "IVY"}, "apply_2_place", "This stands twice"),
    ({"dangers_1_where": "area:NOWHERE", "dangers_1_times": "2"}, "dangers_1_where", "is not one of the available choices"),
    ({"dangers_2_where": "leg:K01", "dangers_2_times": "-1"}, "dangers_2_times", "greater than or equal to 0"),
    ({"prices_1_leg": "K01", "prices_1_cost": "9", "prices_1_currency": "usd"}, "prices_1_currency", "three capital letters"),
    ({"hours_2_leg": "K01", "hours_2_min": "9", "hours_2_mode": "3", "hours_2_max": "5"}, None, "/profiles/"),
    (dict.fromkeys(("apply_1_place", "apply_1_open", "apply_2_place", "apply_2_open"), ""), None, "fill in at least one row"),
])
def test_a_fault_stands_where_it_was_typed(typed, field, words):
    form = ChangeForm(TYPED | typed, **OFFERS)
    if form.is_valid():
        form.refuse(change.faults(form.change(), read_book(worlds.world("long-way"))))
    assert words in " ".join(form.errors[field or "__all__"])


def test_what_is_typed_is_the_change_that_a_file_would_say():
    form = ChangeForm(TYPED | {"dangers_3_where": "area:CN-SW", "dangers_3_times": "2", "hours_2_leg": "K01", "hours_2_min": "24",
                               "hours_2_mode": "48", "hours_2_max": "72"}, **OFFERS)
    assert form.is_valid() and form.change() == NEARER | {
        "dangers": [{"area": "CN-SW", "times": 2}], "hours": [{"leg": "K01", "min": 24, "mode": 48, "max": 72}]}
    assert not change.faults(form.change(), read_book(worlds.world("long-way")))
