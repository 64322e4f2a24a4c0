"""Pages of cases as people use them: a call at night, the list, one page for a tired eye."""

import re

import pytest
from django.urls import reverse

from waystation_web.cases import queries
from waystation_web.gateways.database import writing


@pytest.fixture
def heron(office):
    return office.sign_in(office.person(roles={"coordinator"}, handle="heron"))


@pytest.fixture
def finch(office):
    return office.sign_in(office.person(roles={"case_worker"}, handle="finch"))


def take(client, **fields):
    done = client.post(reverse("case-new"), fields)
    assert done.status_code == 302, done.content.decode()
    return done["Location"].split("?")[0]


def page(client, where, status=200):
    answer = client.get(where)
    assert answer.status_code == status
    return answer.content.decode()


def ref_of(shown):
    return re.search(r"<h1>([A-Z0-9]{4})</h1>", shown).group(1)


def held(office, handle, where):
    """The case as its payload says it."""
    with writing():
        return queries.case(office.actor(office.people[handle]), bytes.fromhex(where.split("/")[2]))


def test_a_call_with_nothing_known_is_a_case(office, heron):
    where = take(heron)
    shown = page(heron, where)
    assert ref_of(shown) and "Nobody has written it down yet" not in shown and "nobody has written it down yet" in shown
    assert "What to ask first" in shown and ref_of(shown) in page(heron, reverse("cases"))


def test_five_fields_make_a_usable_case(office, heron):
    where = take(heron, requester_kind="parent", danger_now="now", head_count="３", country="CN", wish="To see my daughter (invented).")
    shown = page(heron, where)
    assert "3 people" in shown and "To see my daughter (invented)." in shown
    assert "Nobody has taken this over yet" in shown and "What to ask first" not in shown
    listed = page(heron, reverse("cases"))
    assert "danger now" in listed and "To see my daughter" not in listed  # the list is useful with everything hidden
    case = held(office, "heron", where)
    assert (case.request.requester_kind, case.request.danger_now, case.request.country) == ("parent", "now", "CN")
