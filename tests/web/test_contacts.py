"""Contacts by code name: graded with an end, vetted by another, reached by few, and nothing kept that names them."""

import dataclasses
from datetime import timedelta

import pytest
from acts import member
from django.urls import reverse

from waystation_web.audit import pace
from waystation_web.audit import queries as audit
from waystation_web.audit.events import Event
from waystation_web.contacts import actions, queries
from waystation_web.contacts.contact import Contact
from waystation_web.contacts.forms import ContactForm
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.vault.errors import NoSuchVault, NotPermitted

FORBIDDEN = ("legal", "real_name", "home", "address", "passport", "identity", "face", "photo", "birth")


@pytest.fixture
def people(office):
    names = {"liaison": "field_liaison", "other": "field_liaison", "chief": "coordinator", "guard": "security_officer"}
    return {name: member(office, name, (role,)) for name, role in names.items()}


def wren(actor, **more):
    return actions.keep(actor, {"code_name": "Wren", "roles": ["guide"], "legs": ["R01"], "places": ["ALDER"]} | more)


@pytest.mark.proves("S001-20", "S004-12")
def test_a_code_name_is_enough_and_one_person_may_hold_many_aliases(people):
    contact = actions.keep(people["liaison"], {"code_name": "Wren"})
    page = queries.page(people["chief"], contact)
    assert page.contact.code_name == "Wren" and page.line.grade == "F" and page.contact.standing == "new"
    actions.keep(people["liaison"], {"aliases": ["Old Tree", "Ferry"]}, contact=contact, revision=1)
    assert queries.page(people["chief"], contact).contact.aliases == ("Old Tree", "Ferry")


def naming(names):
    return [name for name in names if any(word in name for word in FORBIDDEN)]


@pytest.mark.proves("S001-20")
def test_no_field_names_who_somebody_is_in_law():
    fields = [field.name for field in dataclasses.fields(Contact)] + list(ContactForm.base_fields) + list(actions.FIELDS)
    assert len(fields) > 30 and naming(fields) == []
    assert naming([*fields, "legal_name"]) == ["legal_name"]


@pytest.mark.proves("S002-20")
def test_who_sells_people_is_not_kept_as_a_contact(people):
    with pytest.raises(NotPermitted) as why:
        wren(people["liaison"], helper="trafficker")
    assert why.value.rule == "perpetrator"
    with writing():
        assert queries.contacts(people["chief"]) == []
    assert wren(people["liaison"], helper="exploitative_broker")


@pytest.mark.proves("S001-32")
def test_vetting_weighs_for_and_against_has_a_reviewer_and_ends_and_is_never_one_s_own(office, people):
    contact = wren(people["liaison"])
    typed = {"speaks_for": "Three came through.", "against": "Asked for papers once.", "result": "cleared", "cleared_for": "R01",
             "ends": office.now.date() + timedelta(days=90)}
    with pytest.raises(NotPermitted) as why:
        actions.vet(people["liaison"], contact, typed)
    assert why.value.rule == "own"
    actions.vet(people["other"], contact, typed) if _gives(people, contact) else None
    one = queries.page(people["chief"], contact).contact
    assert one.standing == "cleared" and (one.vettings[0].speaks_for, one.vettings[0].against) == (
        "Three came through.", "Asked for papers once.") and one.vettings[0].reviewer == "other"
    with pytest.raises(actions.Unfit):
        actions.vet(people["other"], contact, typed | {"ends": office.now.date()})


def _gives(people, contact):
    from waystation_web.records import actions as records

    with writing():
        records.share(people["liaison"], contact, "contact", people["other"].id, reason="to vet")
    return True


@pytest.mark.proves("S001-32", "S001-40")
def test_a_grade_ends_and_then_nobody_can_say(office, people):
    contact = wren(people["liaison"])
    ends = office.now.date() + timedelta(days=30)
    with pytest.raises(actions.Unfit, match="needs a reason"):
        actions.grade(people["liaison"], contact, grade="B", reason=" ", ends=ends)
    actions.grade(people["liaison"], contact, grade="B", reason="Came back twice.", ends=ends)
    assert queries.page(people["chief"], contact).line.grade == "B"
    office.pass_time(days=31)
    line = queries.page(people["chief"], contact).line
    assert line.grade == "F" and "Nobody can say today whether this contact is reliable." in line.warnings


@pytest.mark.proves("S001-24")
def test_whom_others_brought_starts_lower(people):
    assert queries.page(people["chief"], wren(people["liaison"], brought_by_others=True)).line.grade == "D"


def test_a_number_is_its_liaison_s_until_two_sign_and_a_day_is_named(office, people):
    contact = wren(people["liaison"])
    handle = actions.keep_handle(people["liaison"], contact, {"channel": "phone", "value": "000 (invented)", "safe_hours": "night"})
    assert queries.page(people["chief"], contact).handles == ()
    with writing(), pytest.raises(NoSuchVault):
        kept.one(people["guard"], handle, "handle")
    until = office.now.date() + timedelta(days=7)
    actions.ask_to_share(people["liaison"], handle, account=people["chief"].id, reason="a night", until=until)
    with pytest.raises(NotPermitted) as why:
        actions.share_handle(people["liaison"], handle)
    assert why.value.rule == "same_person"
    with pytest.raises(NoSuchVault):
        actions.share_handle(people["other"], handle)  # holds it not: cannot judge it


def test_the_same_number_at_two_contacts_is_shown(people):
    one, two = wren(people["liaison"]), wren(people["liaison"], code_name="Heron")
    for contact, value in ((one, "0 00-1"), (two, "0001")):
        actions.keep_handle(people["liaison"], contact, {"channel": "phone", "value": value, "safe_hours": ""})
    assert queries.page(people["liaison"], one).handles[0].also == ("Heron",)


@pytest.mark.proves("S004-06", "S001-41")
def test_pages_keep_roles_and_motives_and_say_what_must_be_known_first(office, people):
    liaison, chief = office.person(roles={"field_liaison"}, handle="heron"), office.person(roles={"coordinator"}, handle="lark")
    client = office.sign_in(liaison)
    sent = {"code_name": "Wren", "roles": ["guide", "official"], "motive": "faith", "legs": "R01, R02", "armed": "no"}
    made = client.post(reverse("contact-new"), sent)
    assert made.status_code == 302
    where = made["Location"].split("?")[0]
    page = office.sign_in(chief).get(where).content.decode()
    assert "guide" in page and "official" in page and "R01, R02" in page and "Nobody has judged this contact yet." in page
    assert client.post(where + "grade/", {"grade": "B", "reason": "x", "ends": "2026-03-01"}).status_code == 400
    assert client.post(where + "grade/", {"grade": "B", "reason": "x", "ends": "2026-06-01"}).status_code == 302
    assert "usually reliable" in office.sign_in(chief).get(reverse("contacts")).content.decode()
    assert client.post(reverse("contact-new"), sent | {"helper": "trafficker"}).status_code == 403
    assert office.sign_in(chief).post(where, sent | {"revision": 2}).status_code == 403  # reads, and does not write
    assert office.sign_in(office.person(roles={"case_worker"}, handle="wr")).get(where).status_code == 404


def test_who_reads_twenty_contacts_in_an_hour_is_noticed_once(office, people, monkeypatch):
    """H-10: nineteen pass, the twentieth is a notice; reading one again counts for nothing."""
    kept_ = [actions.keep(people["liaison"], {"code_name": f"Bird {number}"}) for number in range(20)]

    def notices():
        anna = office.actor(office.people["anna"])
        return [line for number in range(1, audit.pages() + 1) for line in audit.read(anna, page=number)
                if line.event is Event.MANY_READ]

    for contact in [*kept_[:19], *kept_[:19]]:
        queries.page(people["chief"], contact)
    assert notices() == []
    with monkeypatch.context() as fault:
        fault.delitem(pace.WATCHED, "contact")
        queries.page(people["chief"], kept_[19])
        assert notices() == []  # planted: unwatched, nobody would be told
    queries.page(people["chief"], kept_[19])
    assert len(notices()) == 1
