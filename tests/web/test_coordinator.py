"""What a coordinator is here: who plans and hands over, and who neither rules over accounts nor holds what names helpers."""

import pytest

from waystation.access import TYPES, Holding, Role, check_roles, holding


@pytest.mark.proves("S001-12")
def test_a_coordinator_plans_and_hands_over_but_rules_over_nobody(office):
    chief, other = office.person(roles=("coordinator",), handle="chief"), office.person(roles=("case_worker",), handle="case")
    client = office.sign_in(chief, stepped_up=True)
    made = client.post("/plan/", follow=True)
    assert made.status_code == 200 and "FICTIONAL WORLD" in made.content.decode()
    assert client.post("/notes/new/", {"title": "Invented", "text": "x", "revision": "0"}).status_code == 302
    assert office.sign_in(other).get("/plan/").status_code == 404
    refused = [client.post("/people/invite/", {"handle": "new", "name": "New", "language": "en", "roles": ["coordinator"]}),
               client.post(f"/people/{other.id.hex()}/remove/", {"reason": "invented"}), client.get("/audit/")]
    assert [answer.status_code for answer in refused] == [403, 403, 403]


@pytest.mark.proves("S001-12")
def test_by_role_a_coordinator_holds_cases_and_the_network_and_never_what_names_helpers_or_evidence():
    held = {kind: holding(kind, {Role.COORDINATOR}) for kind in TYPES}
    by_role = {kind for kind, how in held.items() if how is Holding.BY_ROLE}
    house = {"duty", "card", "setting", "directory", "publication", "assessment", "request"}  # what the house sets, and what people ask of it
    assert {"case", "incident", "place", "leg", "report", "hazard", "plan", "decision", "journey", "contact",
            "communication", "season"} == by_role - house
    assert held["handle"] is Holding.TWO and held["spot"] is Holding.TWO
    assert check_roles({Role.COORDINATOR, Role.RIGHTS_OFFICER}) is not None
