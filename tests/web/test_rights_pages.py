"""Law and practice on pages: four things kept apart, nothing unchecked drawn as known, a warning before any country is chosen."""

import re

import pytest
from acts import member
from django.urls import reverse

from waystation.rights.library import library
from waystation_web.audit.models import Entry
from waystation_web.rights import pages
from waystation_web.vault.models import Vault

pytestmark = pytest.mark.once


@pytest.fixture
def worker(office):
    return office.sign_in(office.person(roles={"case_worker"}, handle="worker"))


def shown(client, name, **sent):
    answer = client.post(reverse(name), sent) if sent else client.get(reverse(name))
    return answer.status_code, re.sub(r"\s+", " ", answer.content.decode())


@pytest.mark.proves("S002-03", "S000-17")
def test_what_a_state_signed_says_does_and_agreed_on_stand_apart_each_with_source_and_day(worker):
    status, page = shown(worker, "rights")
    assert status == 200
    thailand = page[page.index('id="TH"'):page.index('id="GB"')]
    parts = {name: thailand[thailand.index(f'id="TH-{name}"'):] for name in ("practice", "positions", "instruments", "cooperation")}
    order = sorted(parts, key=lambda name: -len(parts[name]))
    assert order == ["practice", "positions", "instruments", "cooperation"]  # what it does stands first
    assert "2023-02" in parts["practice"] and "not a party to it" in parts["instruments"] and "nothing is written down" in parts["cooperation"]
    china = page[page.index('id="CN"'):page.index('id="KR"')]
    assert "1964-06-09" in china and "except people driven across by disaster" in china  # how it works with who persecutes, and on what
    for country in pages.countries():
        for line in (*country.instruments, *country.positions, *country.practice, *country.cooperation):
            assert line.sources and line.as_of and line.age
    assert "nobody checked it in the original" in page and 'class="state is"' not in page and 'class="state done"' not in page


@pytest.mark.refuses("W-15")
def test_what_was_written_down_long_ago_says_so(worker, office):
    def ages():
        return {line.look for country in pages.countries() for line in country.positions}

    assert ages() <= {"", "unknown"}
    office.now = office.now.replace(year=2027, month=5, day=26)  # 180 days after the tables were written
    assert ages() == {"late"}
    office.now = office.now.replace(month=11, day=27)
    assert ages() == {"bad"}
    assert "too old to rely on" in shown(office.sign_in(office.people["worker"]), "rights-ways")[1]


@pytest.mark.proves("S003-03")
@pytest.mark.refuses("W-13")
def test_ways_stand_beside_each_other_with_where_protection_begins_after_what_a_nationality_changes(worker):
    status, page = shown(worker, "rights-ways")
    warned = page[page.index("what a South Korean nationality changes"):page.index('id="P1"')]
    assert status == 200 and "firmly resettled" in warned and "so returnable to ROK" in warned
    for code, steps in library().pathways().items():
        assert f'id="{code}"' in page and steps[0].title in page
    first = page[page.index('id="P1"'):page.index('id="P2"')]
    assert "Protection is possible from step 4 on." in first and "14 – 60 (2007-2017)" in first and "not known" in first
    assert "No step of this way protects." in page[page.index('id="P10"'):]


@pytest.mark.refuses("W-13")
def test_what_a_nationality_changes_is_said_before_any_goal_can_be_chosen(office):
    from test_plans_ask import family_case

    from waystation import worlds
    from waystation.network.files import read_book
    from waystation_web.network import actions_import

    heron, chief = office.person(roles={"coordinator"}, handle="heron"), member(office, "chief", ("coordinator",))
    actions_import.take_in(chief, read_book(worlds.world("long-way")))
    client = office.sign_in(heron)
    page = client.get(reverse("case-plans", kwargs={"case": family_case(chief).id.hex()})).content.decode()
    assert 0 < page.index("Before they choose a country") < page.index('name="goals"')
    assert f'href="{reverse("rights-ways")}"' in page and "parted from her child" not in page


@pytest.mark.refuses("W-14")
def test_a_plan_for_a_mother_of_a_child_of_a_chinese_father_says_so_before_any_goal(office):
    from test_plans_ask import family_case

    from waystation import worlds
    from waystation.network.files import read_book
    from waystation_web.gateways.database import writing
    from waystation_web.network import actions_import
    from waystation_web.records import actions as records

    heron, chief = office.person(roles={"coordinator"}, handle="heron"), member(office, "chief", ("coordinator",))
    actions_import.take_in(chief, read_book(worlds.world("long-way")))
    client, case = office.sign_in(heron), family_case(chief)
    with writing():
        people = [{**one, "needs": ["NK-CH"]} if not number else one for number, one in enumerate(case.body["people"])]
        records.change(chief, case, {"people": people}, what="needs")
    page = client.get(reverse("case-plans", kwargs={"case": case.id.hex()})).content.decode()
    assert 0 < page.index("A mother may be parted from her child") < page.index('name="goals"')


def test_which_body_is_open_is_said_with_reasons_and_nothing_typed_is_kept(worker):
    before = Vault.objects.count(), Entry.objects.count()
    typed = {"kind": "disappearance", "state": "CN", "nationality": "KP", "began": "2026-02-20", "ongoing": "yes", "family": "",
             "person": "yes", "languages": ["eng"]}
    status, page = shown(worker, "rights-doors", **typed)
    assert status == 200 and page.count("not known yet") == 2 and "Ask the family: they must agree." in page
    assert page.count('class="state is">open') == 2 and "Neither this State nor" in page
    assert (Vault.objects.count(), Entry.objects.count()) == before
    status, page = shown(worker, "rights-doors", **typed | {"began": "2026-12-31"})
    assert status == 400 and "This day is still to come." in page and 'id="found"' not in page
