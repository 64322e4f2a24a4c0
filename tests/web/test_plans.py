"""The plan's page: sealed, for those whose role holds plans, said as the report says it."""

import pytest
from django.test import override_settings
from django.urls import reverse
from markup import Page

from waystation_web.audit.models import Entry
from waystation_web.plans import actions, queries
from waystation_web.plans.invented import invented_plan
from waystation_web.plans.sheets import unpacked
from waystation_web.vault.errors import NotPermitted
from waystation_web.vault.models import Vault

ANSWER = []


@pytest.fixture
def answer():
    """The invented answer, worked out once for all tests of this file."""
    if not ANSWER:
        ANSWER.append(invented_plan())
    return ANSWER[0]


@pytest.fixture
def chief(office):
    return office.person(roles={"coordinator"}, handle="chief")


def test_coordinators_see_the_plan_and_others_nothing(office, chief, answer):
    other = office.person(roles={"coordinator"}, handle="other")
    actions.store(office.actor(chief), answer)
    for person in (chief, other):
        shown = office.sign_in(person).get(reverse("plan"))
        assert shown.status_code == 200 and answer.first in " ".join(Page(shown.content.decode()).words)
    for role in ("case_worker", "field_liaison", "security_officer", "auditor", "finance"):
        person = office.person(roles={role}, handle=role.replace("_", ""))
        assert office.sign_in(person).get(reverse("plan")).status_code == 404


def test_who_holds_no_plan_yet_is_offered_the_invented_one(office, chief, answer, monkeypatch):
    monkeypatch.setattr(actions, "invented_plan", lambda: answer)
    client = office.sign_in(chief)
    assert "No plan yet" in client.get(reverse("plan")).content.decode()
    assert client.post(reverse("plan")).status_code == 302
    shown = client.get(reverse("plan")).content.decode()
    assert "No plan yet" not in shown and "fictional" in shown


def test_the_newest_plan_is_shown(office, chief, answer):
    from dataclasses import replace

    actions.store(office.actor(chief), answer)
    office.pass_time(minutes=1)
    actions.store(office.actor(chief), replace(answer, title="The newer book"))
    with_clock = queries.newest(office.actor(chief))
    assert with_clock.title == "The newer book"


def test_an_office_for_real_work_is_not_given_an_invented_plan(office, chief):
    from dataclasses import replace

    from django.conf import settings

    with override_settings(INSTALLATION=replace(settings.INSTALLATION, demonstration=False)), \
            pytest.raises(NotPermitted, match="holds real plans"):
        actions.store_invented(office.actor(chief))
    assert not Vault.objects.filter(kind=2).exists()


def test_the_page_says_what_the_report_says(office, chief, answer):
    from waystation.report.inset import inset

    actions.store(office.actor(chief), answer)
    shown = queries.newest(office.actor(chief))
    assert shown.sheets == inset(answer).html and shown.fictional
    page = office.sign_in(chief).get(reverse("plan")).content.decode()
    assert inset(answer).html in page


def test_nothing_is_worked_out_when_the_page_is_read(office, chief, answer, monkeypatch):
    from waystation.report import page

    actions.store(office.actor(chief), answer)
    client = office.sign_in(chief)
    for module, name in ((page, "sheets"), (actions, "invented_plan")):
        monkeypatch.setattr(module, name, lambda *given: pytest.fail("the page was worked out anew"))
    assert client.get(reverse("plan")).status_code == 200


@pytest.mark.promise("P12")
def test_reading_a_plan_is_recorded(office, chief, answer):
    actions.store(office.actor(chief), answer)
    before = Entry.objects.count()
    queries.newest(office.actor(chief))
    assert Entry.objects.count() == before + 1


def test_the_sheets_lie_sealed_and_packed(office, chief, answer):
    vault = Vault.objects.get(pk=actions.store(office.actor(chief), answer))
    assert 300_000 < len(vault.payload) < 1_000_000
    assert b"plan-sheets" not in vault.payload


def test_the_style_is_a_file_of_its_own(office):
    shown = office.client().get(reverse("plan-style"))
    assert shown.status_code == 200 and shown["Content-Type"].startswith("text/css")
    assert shown.content.startswith(b".plan-sheets {")


def test_every_kind_of_answer_can_be_kept(office, chief):
    import sys
    from pathlib import Path

    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "core"))
    from answers import ANSWERS

    from waystation.report.inset import inset
    from waystation_web.plans.sheets import packed

    for name, one in ANSWERS.items():
        html = inset(one).html
        assert unpacked(packed(html)) == html, name
    assert len(ANSWERS) >= 5
