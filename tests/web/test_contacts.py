"""Contacts by code name: graded with an end, vetted by another, reached by few, and nothing kept that names them."""

import dataclasses
from datetime import timedelta

import pytest
from acts import member
from django.urls import reverse

from waystation_web.audit import pace
from waystation_web.audit import queries as audit
from waystation_web.audit.events import Event
from waystation_web.contacts import actions, actions_reach, queries
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
    assert page.contact.code_name == "Wren" and page.line.grade == "F" and page.line.standing == "new"
    actions.keep(people["liaison"], {"aliases": ["Old Tree", "Ferry"]}, contact=contact, revision=1)
    assert queries.page(people["chief"], contact).contact.aliases == ("Old Tree", "Ferry")


def naming(names):
    return [name for name in names if any(word in name for word in FORBIDDEN)]


@pytest.mark.proves("S001-20")
@pytest.mark.refuses("H-17")
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
    with pytest.raises(NoSuchVault):
        actions.vet(people["other"], contact, typed)  # does not work with this contact yet
    actions.give(people["liaison"], contact, account=people["other"].id, reason="to vet", until=None)
    actions.vet(people["other"], contact, typed)
    assert queries.page(people["chief"], contact).line.standing == "cleared"
    one = queries.page(people["chief"], contact).contact
    assert (one.vettings[0].speaks_for, one.vettings[0].against) == (
        "Three came through.", "Asked for papers once.") and one.vettings[0].reviewer == "other"
    with pytest.raises(actions.Unfit):
        actions.vet(people["other"], contact, typed | {"ends": office.now.date()})


@pytest.mark.proves("S001-32")
def test_a_clearance_ends_by_itself_and_a_stop_holds_until_another_person_decides(office, people):
    contact = wren(people["liaison"])
    actions.give(people["liaison"], contact, account=people["other"].id, reason="to vet", until=None)
    typed = {"speaks_for": "x", "against": "y", "result": "cleared", "cleared_for": "", "ends": office.now.date() + timedelta(days=9)}
    actions.vet(people["other"], contact, typed)
    actions.grade(people["liaison"], contact, grade="A", reason="x", ends=office.now.date() + timedelta(days=99))
    assert queries.page(people["chief"], contact).line.warnings == ()
    office.pass_time(days=10)
    line = queries.page(people["chief"], contact).line
    assert line.standing == "expired" and line.grade == "A" and line.warnings != ()
    actions.stop(people["liaison"], contact, result="burnt", against="Two were taken on the way.")
    office.pass_time(days=400)
    line = queries.page(people["chief"], contact).line
    assert (line.standing, line.stopped, line.warnings[0]) == ("burnt", True, "This contact must not be used.")
    with pytest.raises(NotPermitted):
        actions.vet(people["liaison"], contact, typed | {"ends": office.now.date() + timedelta(days=9)})
    with pytest.raises(actions.Unfit):
        actions.stop(people["liaison"], contact, result="cleared", against="")


def test_who_is_burnt_stands_under_a_black_bar_with_whom_they_can_give_away(office):
    liaison = office.person(roles={"field_liaison"}, handle="heron")
    client, actor = office.sign_in(liaison), office.actor(liaison)
    egret = actions.keep(actor, {"code_name": "Egret"})
    contact = wren(actor, knows=["Lark"], introduced_by=egret.hex())
    actions.keep(actor, {"code_name": "Plover", "introduced_by": "Wren"})
    where = reverse("contact", kwargs={"contact": contact.hex()})
    assert "Who is exposed" not in client.get(where).content.decode()
    assert client.post(where + "stop/", {"result": "burnt", "against": "Taken."}).status_code == 302
    page = client.get(where).content.decode()
    assert "Egret, Lark, Plover" in page and 'class="stopped"' in page and "R01; ALDER" in page


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


@pytest.mark.refuses("W-04")
def test_who_holds_papers_money_or_children_is_warned_of_wherever_a_contact_is_chosen(office, people):
    contact = wren(people["liaison"], holds="two passports of a family (invented)")
    said = "This contact holds papers, money or children of people who travel."
    assert said in queries.page(people["chief"], contact).line.warnings
    assert [said in line.warnings for line in queries.listing(people["chief"], [])[0]] == [True]
    actions.keep(people["liaison"], {"holds": ""}, contact=contact, revision=1)
    assert said not in queries.page(people["chief"], contact).line.warnings


@pytest.mark.proves("S001-24")
def test_whom_others_brought_starts_lower(people):
    assert queries.page(people["chief"], wren(people["liaison"], brought_by_others=True)).line.grade == "D"


def phone(actor, contact, value="000 (invented)", **more):
    return actions_reach.keep_handle(actor, contact, {"channel": "phone", "value": value, "safe_hours": "night"}, **more)


@pytest.mark.refuses("H-32")
def test_a_number_is_held_by_two_who_sign_together_for_a_third_until_a_day(office, people):
    liaison, other, chief = people["liaison"], people["other"], people["chief"]
    contact = actions.keep(liaison, {"code_name": "Wren"}, deputy=other.id)
    handle = phone(liaison, contact, deputy=other.id)
    assert queries.page(liaison, contact).handles[0].holders == ("liaison", "other")
    assert queries.page(chief, contact).handles == ()
    with writing(), pytest.raises(NoSuchVault):
        kept.one(people["guard"], handle, "handle")
    until = office.now.date() + timedelta(days=7)
    actions_reach.ask_to_share(liaison, contact, handle, account=chief.id, reason="a night", until=until)
    with pytest.raises(NotPermitted) as why:
        actions_reach.share_handle(liaison, contact, handle)
    assert why.value.rule == "same_person"
    with pytest.raises(NoSuchVault):
        actions_reach.open_handle(chief, contact, handle, reason="a call")  # one signature opens nothing
    actions_reach.share_handle(other, contact, handle)
    assert actions_reach.open_handle(chief, contact, handle, reason="a call").value == "000 (invented)"
    with pytest.raises(NotPermitted):
        actions_reach.share_handle(other, contact, handle)  # once
    office.pass_time(days=8)
    with pytest.raises(NoSuchVault):
        actions_reach.open_handle(chief, contact, handle, reason="a call")


def test_a_deputy_is_another_liaison_and_nobody_else(people):
    contact = wren(people["liaison"])
    for name in ("chief", "guard"):
        with pytest.raises(NotPermitted):
            phone(people["liaison"], contact, deputy=people[name].id)


def test_a_number_is_opened_for_a_reason_that_stands_in_the_record_and_no_page_shows_it_else(office):
    liaison = office.person(roles={"field_liaison"}, handle="heron")
    client, actor = office.sign_in(liaison), office.actor(liaison)
    contact = wren(actor)
    where = reverse("contact", kwargs={"contact": contact.hex()})
    sent = {"channel": "phone", "value": "000 111", "safe_hours": "night", "deputy": ""}
    assert client.post(where + "reach/", sent).status_code == 302
    page = client.get(where).content.decode()
    assert "night" in page and "000 111" not in page and "000 111" not in client.get(reverse("contacts")).content.decode()
    handle = queries.page(actor, contact).handles[0].id
    number = f"{where}reach/{handle.hex()}/"
    assert client.get(number).status_code == 405 and client.post(number).status_code == 400
    before = reads(office, handle)
    assert "000 111" in client.post(number, {"reason": "she calls at nine"}).content.decode()
    assert [line.why for line in reads(office, handle)[len(before):]] == ["she calls at nine"]
    other = actions.keep(actor, {"code_name": "Heron"})  # a number stands at its own contact alone
    with pytest.raises(NoSuchVault):
        actions_reach.open_handle(actor, other, handle, reason="x")


def reads(office, vault):
    anna = office.actor(office.people["anna"])
    return [line for number in range(1, audit.pages() + 1) for line in audit.read(anna, page=number)
            if line.event is Event.VAULT_READ and line.vault == vault]


@pytest.mark.refuses("H-37")
def test_a_number_is_wiped_ninety_days_after_its_last_use(office, people):
    liaison = people["liaison"]
    contact = wren(liaison)
    handle = phone(liaison, contact)
    office.pass_time(days=89)
    assert actions_reach.forget(liaison) == 0
    actions_reach.used(liaison, contact, handle)
    office.pass_time(days=89)
    assert actions_reach.forget(liaison) == 0 and not queries.page(liaison, contact).handles[0].forgotten
    office.pass_time(days=1)
    with pytest.raises(NoSuchVault):
        actions_reach.open_handle(liaison, contact, handle, reason="x")
    assert actions_reach.forget(liaison) == 1 and queries.page(liaison, contact).handles[0].forgotten
    with writing():
        held = kept.one(liaison, handle, "handle", looked=False)
    assert "value" not in held.body and "000" not in str(held.history)
    assert actions_reach.forget(liaison) == 0


def test_the_same_number_at_two_contacts_is_shown(people):
    one, two = wren(people["liaison"]), wren(people["liaison"], code_name="Heron")
    for contact, value in ((one, "0 00-1"), (two, "0001")):
        phone(people["liaison"], contact, value)
    assert queries.page(people["liaison"], one).handles[0].also == ("Heron",)
    three, four = wren(people["liaison"]), wren(people["liaison"])
    for contact in (three, four):
        phone(people["liaison"], contact, " - ")  # nothing to compare is the same as nothing
    assert queries.page(people["liaison"], three).handles[0].also == ()


@pytest.mark.proves("S004-15")
def test_whether_somebody_is_armed_is_yes_no_or_not_known_and_stands_on_their_page(office):
    liaison = office.person(roles={"field_liaison"}, handle="heron")
    client = office.sign_in(liaison)
    for said, shown in (("yes", '<span class="state bad">Yes</span>'), ("no", "No</dd>"), ("", "not known")):
        made = client.post(reverse("contact-new"), {"code_name": "Wren", "armed": said})
        page = client.get(made["Location"]).content.decode()
        assert shown in page.partition("Armed?</dt>")[2].partition("<dt>")[0], said


@pytest.mark.proves("S004-06", "S001-41", "S001-21")
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


@pytest.mark.refuses("H-10")
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
