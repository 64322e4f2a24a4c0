"""A plan asked for in the office: loaded from what is sealed, computed by a child, kept, shown, compared.

It equals what the command line says of the exported book.
"""

import json
import re
import subprocess
import sys
from dataclasses import asdict
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise

import pytest
from acts import member
from django.urls import reverse
from world import Kept

from waystation import worlds
from waystation.network.files import read_book, write_json
from waystation.units import Money
from waystation_web.cases import actions as cases
from waystation_web.cases.case import case_of
from waystation_web.cases.travellers import NotKnown
from waystation_web.gateways.database import writing
from waystation_web.network import actions_import, changes
from waystation_web.network import queries as network
from waystation_web.network.faults import cleaned
from waystation_web.plans import actions_ask, asking, child
from waystation_web.plans import queries_list as queries
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.vault.errors import NoSuchVault, NotPermitted

pytestmark = pytest.mark.once

FAMILY = json.loads(worlds.party("long-way", "family"))
TERMS = asking.Terms("HEARTH", ("HARBOR",), date(2026, 10, 22), date(2026, 12, 31), Money(Decimal(9000), "USD"))
BIRTHS = ("1946-01-01", "1985-01-01", "1988-01-01", "2016-01-01", "2020-01-01")  # on the day: 80, 41, 38, 10, 6
STOOD = []  # an office that has taken the invented book in, which takes longer than most tests here: each gets a copy
MADE = {}  # answers of the child by what it was asked: each question is computed once for this file


def people():
    """Five people, entered so that they make the party of the invented world."""
    said = FAMILY["party"]
    able = {"exertion": said["exertion_max"], "walk_km_day": said["walk_km_day"], "swim": said["swim"],
            "cold": said["cold"], "slower_percent": round(said["pace"] * 100)}
    return [{"id": f"{k:032x}", "code": "ABCDE"[k], "birth": birth, "fitness": able} for k, birth in enumerate(BIRTHS)]


def family_case(actor, **more):
    """A case of that family: the two youngest are children of one of the adults."""
    ties = [{"id": "1", "from": f"{1:032x}", "to": f"{k:032x}", "type": "parent"} for k in (3, 4)]
    with writing():
        return records.make(actor, "case", {"ref": "K7Q2", "people": people(), "relations": ties, "status": "planning",
                                            "request_status": "accepted"} | more)


@pytest.fixture
def chief(office, request):
    """A coordinator; where the test asks for the `world` too, of an office that has taken it in."""
    if "world" not in request.fixturenames:
        return member(office, "chief", ("coordinator",))
    if not STOOD:
        first = member(office, "chief", ("coordinator",))
        office.person(roles={"coordinator"}, handle="heron")
        actions_import.take_in(first, read_book(worlds.world("long-way")))
        STOOD.append((Kept.of(office), first))
    [(stood, first)] = STOOD
    stood.put_back(office)
    return first


@pytest.fixture
def heron(office, chief):
    """A coordinator who was there before the book, with a browser."""
    return office.people.get("heron") or office.person(roles={"coordinator"}, handle="heron")


@pytest.fixture
def world(heron):
    """The invented route book, in the office."""
    assert heron.handle == "heron"


@pytest.fixture
def computed(monkeypatch):
    """Children answer a question that was asked before in this file from memory."""
    real = child.answered

    def answered(question):
        key = json.dumps(question, sort_keys=True, default=str)
        if key not in MADE:
            MADE[key] = list(real(question))
        yield from MADE[key]

    monkeypatch.setattr(child, "answered", answered)


def ask(actor, case, terms=TERMS):
    *told, ended = actions_ask.ask(actor, actions_ask.load(actor, case.id, terms))
    return told, ended


@pytest.mark.usefixtures("world", "computed")
@pytest.mark.proves("S001-14")
def test_the_office_says_what_the_command_line_says_of_the_exported_book(chief, tmp_path):
    case = family_case(chief)
    told, ended = ask(chief, case)
    assert len(told) == 5 and ended.plan
    with writing():
        plan = kept.one(chief, ended.plan, "plan").body
        book = network.book(chief)
    (tmp_path / "book.json").write_bytes(write_json(book))
    party = FAMILY["party"] | {"label": "K7Q2"}
    (tmp_path / "party.json").write_text(json.dumps({"party": party, "terms": FAMILY["terms"]}), "utf-8")
    done = subprocess.run([sys.executable, "-m", "waystation.cli", "plan", tmp_path / "book.json", "--party",
                           tmp_path / "party.json", "--json"], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == plan["facts"]  # every number, every sentence, the digest of the inputs
    assert plan["facts"]["made"]["inputs_digest"] == plan["digest"]
    other = json.loads(done.stdout) | {"title": "another"}
    assert other != plan["facts"]


@pytest.mark.usefixtures("world", "computed")
@pytest.mark.proves("S001-14", "S001-15")
def test_a_plan_keeps_what_it_was_made_of_and_stands_on_its_page(office, chief, heron):
    case = family_case(chief)
    _, ended = ask(chief, case)
    with writing():
        plan = kept.one(chief, ended.plan, "plan").body
    assert (plan["case"], plan["case_ref"], plan["state"]) == (case.key, "K7Q2", "THIN")
    assert plan["facts"]["terms"]["deadline"] == "2026-12-31" and plan["facts"]["party"]["size"] == 5
    assert [sheet["language"] for sheet in plan["aloud"]] == ["en", "ko"]
    client = office.sign_in(heron)
    page = client.get(reverse("plan-show", kwargs={"plan": ended.plan.hex()})).content.decode()
    assert "Protection may begin earliest at" in page.partition('id="earliest"')[2].partition("</section>")[0]
    assert "K7Q2" in page and plan["digest"] in page and "plan-sheets" in page
    assert "about 81 arrive" in " ".join(page.lower().split())
    with writing():
        book, held = network.book(chief), kept.one(chief, ended.plan, "plan")
    terms = plan["facts"]["terms"]
    assert (held.made.by, terms["goals"], Money.parse(terms["budget"])) == (chief.id, ["HARBOR"], TERMS.money)  # author, goal, money
    course, other = page.partition('<table id="steps"')[2].partition("</table>")[0].split('class="fork"', 1)
    walked = re.findall(r'data-leg="([^"]+)"', course)
    ends = {leg.code: (leg.start, leg.end) for leg in book.legs}
    assert ends[walked[0]][0] == "HEARTH" and ends[walked[-1]][1] == "HARBOR"
    assert all(ends[one][1] == ends[then][0] for one, then in pairwise(walked))  # in the order in which it is gone
    assert set(re.findall(r'data-leg="([^"]+)"', other)) - set(walked)           # other ways, if things change
    drawn = client.post(reverse("plan-map", kwargs={"plan": ended.plan.hex()})).json()
    assert {one["properties"].get("line") for one in drawn["features"]} >= {"planned", "branch"}
    listed = client.get(reverse("case-plans", kwargs={"case": case.key})).content.decode()
    assert ended.plan.hex() in listed


@pytest.mark.usefixtures("world")
def test_an_invented_book_stands_still_and_what_happened_since_counts_as_of_that_moment(office, chief):
    """A journey that is closed in a demonstration, whose clock is the real one, teaches its next plan."""
    office.pass_time(days=300)
    today = office.now.date().isoformat()
    with writing():
        changes.write(chief, [changes.Change("outcomes", cleaned("outcomes", {
            "leg": "R01", "started": today, "condition": "", "ended": "missing", "ended_at": today, "last_heard": today,
            "party_size": "1"}))], what="row")
    book = actions_ask.load(chief, family_case(chief).id, TERMS).question["book"]
    assert book["book"]["as_of"][:10] == "2026-10-20" < today
    assert len([one for one in book["outcomes"] if one["leg"] == "R01" and one.get("ended_at") == "2026-10-20"]) == 1
    assert max(one["started"] for one in book["outcomes"]) == "2026-10-20"


@pytest.mark.usefixtures("world", "computed")
def test_the_case_says_that_a_plan_was_made_and_never_how_likely(chief):
    case = family_case(chief)
    _, ended = ask(chief, case)
    with writing():
        line = kept.one(chief, case.id, "case").body["timeline"][-1]
    assert (line["kind"], line["text"], line["plan"]) == ("plan", "made:THIN", ended.plan.hex())


@pytest.mark.usefixtures("world")
def test_what_nobody_asked_of_the_people_stands_before_the_plan(office, chief, heron):
    some = people()
    del some[0]["birth"]
    some[1]["fitness"] = {}
    case = family_case(chief, people=some)
    with pytest.raises(NotKnown) as why:
        actions_ask.load(chief, case.id, TERMS)
    assert set(why.value.gaps) == {("A", "age"), ("B", "exertion"), ("B", "walk")}
    client = office.sign_in(heron)
    page = client.get(reverse("case-plans", kwargs={"case": case.key})).content.decode()
    assert "how old they are" in page and "how far they can walk" in page and 'name="start"' not in page


@pytest.mark.refuses("H-04")
@pytest.mark.usefixtures("world", "computed")
@pytest.mark.proves("S000-31")
def test_one_who_said_no_is_a_refusal_and_no_plan(chief):
    said_no = [{"person": f"{2:032x}", "plan": "", "answer": "no"}]
    _, ended = ask(chief, family_case(chief, choices=said_no))
    assert not ended.plan and any("has not said yes" in reason for reason in ended.refused)
    with writing():
        assert kept.every(chief, "plan") == []


@pytest.mark.refuses("H-04")
@pytest.mark.usefixtures("world", "computed")
@pytest.mark.proves("S001-07")
def test_a_child_alone_without_a_guardian_is_a_refusal(chief):
    _, ended = ask(chief, family_case(chief, relations=[]))
    assert not ended.plan and any("guardian" in reason for reason in ended.refused)


@pytest.mark.usefixtures("world", "computed")
def test_who_serves_a_leg_is_exposed_and_a_limit_forbids(office, chief):
    liaison, guard = member(office, "liaison", ("field_liaison",)), member(office, "guard", ("security_officer",))
    with writing():
        heron = records.make(liaison, "contact", {"code_name": "Heron"})
        records.make(liaison, "contact", {"code_name": "Wren", "legs": ["R01"], "places": ["ALDER"],
                                          "introduced_by": heron.key, "knows": ["Lark"]})
        limits = records.make(guard, "setting", {"sort": "limits", "exposure_limit": 6})
    case = family_case(chief)
    _, ended = ask(chief, case)
    with writing():
        plan = kept.one(chief, ended.plan, "plan").body
    row = next(one for one in plan["exposed"] if one["leg"] == "R01")
    assert row["helpers"] == ["G-OAR", "Wren"] and row["beyond"] == ["ALDER", "Heron", "Lark"]
    assert plan["limit"] == 6 and plan["exposed_beyond_limit"]
    assert max(one["most"] for one in plan["exposed"]) > 6 and all(one["most"] >= one["count"] for one in plan["exposed"])
    with writing():
        records.change(guard, limits, {"exposure_limit": 2}, what="limits")
    _, ended = ask(chief, case)  # R01 alone gives three away: nothing is planned over it, and nothing else leads out
    assert not ended.plan and "R01: closed: whoever is taken here gives away more" in " ".join(ended.refused)


@pytest.mark.usefixtures("world", "computed")
@pytest.mark.proves("S001-51")
def test_need_and_safety_stay_two_scales_and_the_floor_is_a_rule_of_its_own(office, chief, heron):
    """The family's range begins at about 69 of 100: a floor of 60 is reached, one of 90 is not, and both are said."""
    from waystation_web.duty import actions as duty
    from waystation_web.plans.facts import before as known

    guard = member(office, "guard", ("security_officer",))
    scales = {"need_scale": {"value": 5, "reason": "winter comes", "by": chief.id.hex(), "at": "2026-03-01T00:00:00+00:00"},
              "safety_scale": {"value": 2, "reason": "one source", "by": chief.id.hex(), "at": "2026-03-01T00:00:00+00:00"}}
    case = family_case(chief, **scales)
    said = {"second_signature_above": "1000 USD", "cool_off_hours": 72, "ransom_hold_hours": 24, "review_days": 7}
    client = office.sign_in(heron)
    for floor, below in ((60, False), (90, True), (None, False)):
        duty.set_limits(guard, said | {"safety_floor": floor})
        plan = ask(chief, case)[1].plan
        page = " ".join(client.get(reverse("plan-show", kwargs={"plan": plan.hex()})).content.decode().split())
        assert "<b>5</b> of 5 · winter comes" in page and "<b>2</b> of 5 · one source" in page
        assert (f"{floor} of 100 must arrive" in page) is (floor is not None)
        assert ("not reached, or nobody knows" in page) is below and ("no floor is set" in page) is (floor is None)
        with writing():
            seen = known(chief, plan)
        assert (seen.seen.below_floor, "W-floor" in [rule for rule, _ in seen.knew()["warnings"]]) == (below, below)


@pytest.mark.usefixtures("world", "computed")
def test_how_old_the_reports_were_stands_beside_the_plan(chief):
    """Of the areas on the way of the invented world, by hand: the start's newest report, and the count of each."""
    book = json.loads(worlds.world("long-way"))
    plan = ask(chief, family_case(chief))[1].plan
    with writing():
        rows = kept.one(chief, plan, "plan").body["before"]["reports"]
    by_area = {row["area"]: row for row in rows}
    start = [row["observed_at"] for row in book["reports"] if row["area"] == "KP-T"]
    hours = (datetime(2026, 10, 20, 18, tzinfo=UTC) - max(map(datetime.fromisoformat, start))).total_seconds() // 3600
    assert (by_area["KP-T"]["newest_h"], by_area["KP-T"]["count"]) == (hours, len(start))
    ages = [-1 if row["newest_h"] is None else row["newest_h"] for row in rows]
    assert sorted(ages, key=lambda one: (one >= 0, -one)) == ages  # what nobody reported on, then the oldest


@pytest.mark.usefixtures("world", "computed")
def test_plans_lie_beside_each_other_and_what_differs_is_marked(office, chief, heron):
    from dataclasses import replace

    case = family_case(chief)
    one = ask(chief, case)[1].plan
    two = ask(chief, case, replace(TERMS, money=Money(Decimal(6000), "USD")))[1].plan
    shown = queries.compared(chief, [one, two])
    rows = {name: (cells, same) for name, cells, same in shown.rows}
    assert rows["Money"] == (("9,000 USD", "6,000 USD"), False) and rows["Latest day"][1] is True
    client = office.sign_in(heron)
    page = client.post(reverse("plan-compare"), {"plans": [one.hex(), two.hex()]}).content.decode()
    assert "differs" in page and "9,000 USD" in page
    assert client.post(reverse("plan-compare"), {"plans": [one.hex()]}).status_code == 400


@pytest.mark.usefixtures("world", "computed")
def test_one_plan_that_does_not_open_closes_no_page(office, chief, heron):
    from waystation_web.vault.models import Vault

    case = family_case(chief)
    good, bad = (ask(chief, case)[1].plan for _ in range(2))
    with writing():
        odd = records.make(chief, "plan", {"case": case.key})  # nobody wrote this here
        cases.tell(chief, case.id, "plan", "made:THIN", plan=odd.key)
    stored = Vault.objects.get(pk=bad)
    Vault.objects.filter(pk=bad).update(payload=bytes(stored.payload)[:-1] + bytes([stored.payload[-1] ^ 1]))
    client = office.sign_in(heron)
    for page in (reverse("case-plans", kwargs={"case": case.key}), reverse("plan-compare")):
        said = client.get(page).content.decode()
        assert good.hex() in said, page
        assert bad.hex() not in said and "Plans that do not open: 2" in said, page
    asking_page = client.get(reverse("case-plans", kwargs={"case": case.key})).content.decode()
    assert "may be a row of the route book" in asking_page and 'name="start"' not in asking_page
    said = client.get(reverse("plan")).content.decode()
    assert "plan-sheets" in said and "Plans that do not open: 1" in said
    assert client.get(reverse("plan-show", kwargs={"plan": bad.hex()})).status_code == 409
    assert client.get(reverse("plan-show", kwargs={"plan": good.hex()})).status_code == 200


@pytest.mark.usefixtures("world", "computed")
def test_the_invented_plan_is_no_broken_plan(office, chief, heron):
    from pathlib import Path

    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "core"))
    from answers import BASE

    from waystation_web.plans import actions

    actions.store(chief, BASE)
    client = office.sign_in(heron)
    assert "not whole" not in client.get(reverse("plan-compare")).content.decode()


@pytest.mark.usefixtures("world", "computed")
def test_asked_on_the_page_of_a_case_line_by_line(office, chief, heron):
    case = family_case(chief)
    client = office.sign_in(heron)
    where = reverse("case-plans", kwargs={"case": case.key})
    assert 'name="start"' in client.get(where).content.decode()
    answer = client.post(where, {"start": "HEARTH", "goals": ["HARBOR"], "depart_from": "2026-10-22",
                                 "deadline": "2026-12-31", "money": "9000 USD", "part": "0"})
    assert answer.streaming
    said = b"".join(answer.streaming_content).decode()
    assert said.count("<li>") >= 5 and "The plan is ready" in said and "/plans/" in said
    for wrong in ({"money": "9000"}, {"deadline": "2026-10-01"}, {"start": "NOWHERE"}, {"depart_from": "2020-01-01"}):
        sent = {"start": "HEARTH", "depart_from": "2026-10-22", "deadline": "2026-12-31", "money": "9000 USD", "part": "0"}
        assert client.post(where, sent | wrong).status_code == 400, wrong


@pytest.mark.usefixtures("world")
def test_only_coordinators_ask_and_only_for_cases_they_hold(office, chief):
    worker = member(office, "worker", ("case_worker",))
    with pytest.raises(NotPermitted):
        actions_ask.load(worker, family_case(chief).id, TERMS)
    with pytest.raises(NoSuchVault):
        actions_ask.load(chief, bytes(16), TERMS)


def test_a_child_that_breaks_or_says_nothing_is_no_answer(monkeypatch):
    for program in ("raise SystemExit(3)", "print('not JSON')", "print('{\"tell\": \"x\"}')", "import os; os.abort()"):
        monkeypatch.setattr(child, "COMMAND", (sys.executable, "-c", program))
        with pytest.raises(child.NoAnswer):
            list(child.answered({}))


def test_whoever_stops_listening_stops_the_child(monkeypatch):
    import time

    monkeypatch.setattr(child, "COMMAND", (sys.executable, "-c", "import time; print('{\"tell\": \"x\"}', flush=True); time.sleep(60)"))
    listening = child.answered({})
    assert next(listening) == {"tell": "x"}
    began = time.monotonic()
    listening.close()
    assert time.monotonic() - began < 10


def test_a_child_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(child, "MOST_SECONDS", 1)
    monkeypatch.setattr(child, "COMMAND", (sys.executable, "-c", "import time; time.sleep(60)"))
    with pytest.raises(child.NoAnswer):
        list(child.answered({}))


@pytest.mark.promise("P04")
def test_nothing_of_a_question_stands_in_arguments_environment_or_errors(monkeypatch, capfd):
    told = ("import json, os, sys; said = sys.stdin.read(); "
            "print(json.dumps({'tell': '', 'arguments': sys.argv, 'names': sorted(os.environ)})); "
            "sys.stderr.write(said); print(json.dumps({'refused': [str(len(said))]}))")
    monkeypatch.setattr(child, "COMMAND", (sys.executable, "-c", told))
    first, last = child.answered({"secret": "Quillowbraith"})
    assert "Quillowbraith" not in str(first["arguments"]) and int(last["refused"][0]) > 20
    assert not [name for name in first["names"] if "WAYSTATION_HOME" in name or "DJANGO" in name or "DATABASE" in name]
    assert "Quillowbraith" not in "".join(capfd.readouterr())  # the control: it was written to standard error


def test_the_party_of_the_case_is_the_party_of_the_world(chief):
    from waystation_web.cases import travellers

    party = travellers.party(case_of(family_case(chief)), date(2026, 10, 22))
    assert asdict(party) | {"label": ""} == FAMILY["party"] | {"label": "", "subgroups": (), "carry_kg": None, "uncooled_h": None}
