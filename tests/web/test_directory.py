"""Whom one can write to outside: terms before anything goes, words that are no evidence, nothing asked without a day to ask again."""

from datetime import date, timedelta

import pytest
from acts import member
from django.urls import reverse

from waystation_web.desk.today import today
from waystation_web.directory import actions, due, pages, queries
from waystation_web.directory.entry import entry_of
from waystation_web.directory.forms import StatementForm
from waystation_web.duty.actions import admit
from waystation_web.duty.pages import roster
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.vault.errors import Changed, NotPermitted, Refused

pytestmark = pytest.mark.once

DAY = timedelta(days=1)
BODY = {"name": "Office for Invented Affairs", "others": ["OIA"], "country": "KR", "authority": "state", "office": "special envoy",
        "body": "Invented Ministry", "languages": ["kor", "eng"], "address": "1 Invented Street", "source": "their own page (invented)",
        "as_of": "2026-03-01", "note": ""}
SAID = {"who": "", "name": "An invented commentator", "office": "", "standing": "commentator", "said_on": "2012", "language": "eng",
        "text": "It will end within a year.", "translation": "", "denies": False, "about": "the camps", "source": "An invented paper",
        "author": "", "address": "", "as_of": "2026-03-01"}
TERMS = {"what": "the paper a person agreed to", "why": "to look for a place", "keeps": "a month", "onward": "nobody"}


class House:
    """A rights officer who writes, and a field liaison who reads alone."""

    def __init__(self, office):
        self.office = office
        self.rights, self.reader = member(office, "rights", ("rights_officer",)), member(office, "reader", ("field_liaison",))

    @property
    def today(self):
        return self.office.now.date()

    def found(self, key, actor=None):
        with writing():
            return queries.held(actor or self.reader, key)

    def whole(self):
        with writing():
            return queries.directory(self.reader)


@pytest.fixture
def house(office):
    return House(office)


@pytest.mark.proves("S003-25", "S004-22", "S004-54")
def test_officials_bodies_and_organisations_stand_in_one_list_that_everybody_reads_and_changes_keep_what_was(house):
    office = actions.write(house.rights, "official", BODY)
    partner = actions.write(house.rights, "organisation", BODY | {"name": "An invented coalition", "authority": "none", "office": ""})
    assert [one.name for one in house.whole().addressees] == ["An invented coalition", "Office for Invented Affairs"]
    found = house.found(office)
    assert (found.country, found.office, found.languages, found.address) == ("KR", "special envoy", ("kor", "eng"), "1 Invented Street")
    actions.change(house.rights, office, {"office": "former special envoy"}, revision=1)
    assert house.found(office).record.history[-1]["was"] == {"office": "special envoy"}
    with pytest.raises(Changed):
        actions.change(house.rights, office, {"office": "x"}, revision=1)
    with pytest.raises(NotPermitted):
        actions.change(house.reader, partner, {"name": "x"}, revision=1)
    with pytest.raises(NotPermitted):
        pages.page(house.office.actor(house.office.person(roles={"auditor"}, handle="outside")))
    with pytest.raises(ValueError, match="organisation, official"):
        actions.write(house.rights, "family", BODY)


@pytest.mark.proves("S000-10")
def test_nothing_goes_to_a_partner_without_terms_in_force(house):
    partner, today = actions.write(house.rights, "organisation", BODY), house.today

    def goes():
        with writing():
            return actions.terms_for(house.rights, partner).onward

    for signed, until in ((today + DAY, today + 90 * DAY), (today - 90 * DAY, today - DAY)):
        with pytest.raises(NotPermitted) as why:
            goes()
        assert why.value.rule == "terms"  # none yet, one that begins tomorrow, one that ended yesterday
        actions.sign_terms(house.rights, partner, TERMS | {"signed_on": signed, "until": until})
    with pytest.raises(NotPermitted):
        goes()
    with pytest.raises(NotPermitted) as order:
        actions.sign_terms(house.rights, partner, TERMS | {"signed_on": today, "until": today})
    assert order.value.rule == "order"
    actions.sign_terms(house.rights, partner, TERMS | {"signed_on": today, "until": today + 20 * DAY})
    assert goes() == "nobody"
    (row,) = due.rows(house.whole(), today)
    assert row.day == today + 20 * DAY and "terms end" in row.what  # it is said before their day
    item = next(one.id for one in house.found(partner).terms if one.bind(today))
    actions.end_terms(house.rights, partner, item, why="They passed it on. (Invented.)")
    with pytest.raises(NotPermitted):
        goes()
    with pytest.raises(NotPermitted):
        actions.end_terms(house.rights, partner, item, why="x")
    assert {standing for _terms, standing, _look, _ends in pages.one(house.reader, partner).terms} == {"ended", "not yet in force"}


@pytest.mark.proves("S004-44", "S004-48")
def test_what_was_said_stands_with_day_and_source_and_is_never_evidence(house):
    official = actions.write(house.rights, "official", BODY)
    actions.write(house.rights, "statement", SAID)
    actions.write(house.rights, "statement", SAID | {"who": official.hex(), "name": BODY["name"], "standing": "official", "denies": True,
                                                     "said_on": "2014-05-07", "text": "There are no camps.", "source": "A session"})
    denial, comment = house.whole().statements  # the latest first
    assert not denial.evidence and not comment.evidence
    assert house.whole().denials == (denial,) == house.whole().said_by(official.hex())
    late = house.office.person(roles={"coordinator"}, handle="outer")
    client = house.office.sign_in(late)
    assert "cannot read all of this yet" in client.get(reverse("directory-said")).content.decode()
    assert [one.handle for one in roster(house.rights).strangers] == ["outer"]  # came after it was written: the page Duty says so
    assert admit(house.rights, late.id) == 3 and roster(house.rights).strangers == ()
    page = client.get(reverse("directory-said")).content.decode()
    assert "a commentator: commentary, not evidence" in page and "an official: shows what they say, not what happened" in page
    assert "There are no camps." in page and "2014-05-07" in page and "A session" in page and "author not known" in page
    assert "There are no camps." in client.get(reverse("directory-entry", kwargs={"listed": official})).content.decode()
    typed = SAID | {"denies": "", "standing": "", "said_on": "last year"}
    assert set(StatementForm(typed, people=[]).errors) == {"denies", "standing", "said_on"}  # neither is chosen beforehand


@pytest.mark.proves("S004-49")
def test_whatever_is_asked_has_a_day_on_which_it_is_asked_again_until_somebody_closes_it(house):
    body, today = actions.write(house.rights, "official", BODY), house.today
    with pytest.raises(NotPermitted) as why:
        actions.asked(house.rights, body, on=today, how="letter", about="x", again=today)
    assert why.value.rule == "again"
    actions.asked(house.rights, body, on=today, how="letter", about="that nobody is sent back", again=today + 7 * DAY)
    assert due.rows(house.whole(), today + 6 * DAY) == ()
    (row,) = due.rows(house.whole(), today + 8 * DAY)
    assert (row.what, row.late) == ("ask again", True)
    (one,) = house.found(body).asked
    with pytest.raises(NotPermitted):
        actions.answered(house.rights, body, one.id, answer="silence", again=today)
    actions.answered(house.rights, body, one.id, answer="They were silent.", again=today + 30 * DAY)
    assert due.rows(house.whole(), today + 8 * DAY) == () and house.found(body).open[0].again == today + 30 * DAY
    actions.answered(house.rights, body, one.id, answer="They promised it. (Invented.)", again=None)
    assert house.found(body).open == () and due.rows(house.whole(), today + 99 * DAY) == ()
    last = [line for line in house.found(body).record.history if line["what"] == "answered"][-1]
    assert last["was"]["asked"][0]["answer"] == "They were silent."  # what was said before is kept
    with pytest.raises(NotPermitted):
        actions.answered(house.rights, body, one.id, answer="x", again=None)


def test_an_occasion_stays_due_until_somebody_answered_for_it_and_comes_back_every_year(house):
    day = house.today + 10 * DAY
    made = actions.write(house.rights, "occasion", {"name": "An invented day", "kind": "anniversary", "day": day.isoformat(), "yearly": True,
                                                    "ahead": 5, "who": "", "raise": "The families. (Invented.)"})
    assert due.rows(house.whole(), day - 6 * DAY) == ()
    assert [one.late for one in due.rows(house.whole(), day - 5 * DAY)] == [False]
    assert [one.late for one in due.rows(house.whole(), day + 700 * DAY)] == [True]  # its year does not go by in silence
    actions.raised(house.rights, made, what="A letter was read out. (Invented.)")
    found = house.found(made)
    assert found.next == date(day.year + 1, day.month, day.day) and [one["for"] for one in found.raised] == [day.isoformat()]
    once = actions.write(house.rights, "occasion", {"name": "x", "kind": "session", "day": day.isoformat(), "yearly": False, "ahead": 30,
                                                    "who": "", "raise": "x"})
    assert [row.key for row in due.due(house.rights).rows] == [once.hex()] and due.due(house.reader).rows == ()
    assert [row.key for row in today(house.rights).outside.rows] == [once.hex()]
    actions.raised(house.rights, once, what="x")
    with pytest.raises(NotPermitted):
        actions.raised(house.rights, once, what="x")
    with pytest.raises(NotPermitted):
        actions.asked(house.rights, once, on=house.today, how="letter", about="x", again=day)


def test_each_form_writes_what_it_asks_and_says_where_something_is_wrong(house):
    client = house.office.sign_in(house.office.person(roles={"coordinator"}, handle="outer"))

    def send(page, status=302, *, entry=None, **sent):
        answer = client.post(reverse(page, kwargs={"listed": entry} if entry else None), sent)
        assert answer.status_code == status, answer.content.decode()
        return answer

    addressee = BODY | {"others": "OIA; x", "languages": "kor", "country": "kr", "as_of": house.today.isoformat()}
    send("directory", 400, **addressee)                                     # it does not say what it is
    send("directory", 400, sort="official", **addressee | {"country": "Korea"})
    send("directory", sort="official", **addressee)
    (found,) = house.whole().addressees
    assert (found.country, found.others) == ("KR", ("OIA", "x"))
    key, soon = bytes.fromhex(found.key), (house.today + 9 * DAY).isoformat()
    send("directory-entry", entry=key, act="write", revision="1", **addressee | {"name": "Another"})
    send("directory-entry", entry=key, act="terms", **TERMS, signed_on=house.today.isoformat(), until=soon)
    send("directory-entry", entry=key, act="ask", on=house.today.isoformat(), how="letter", about="x", again=soon)
    found = house.found(key)
    send("directory-entry", 400, entry=key, act="answer", item=found.asked[0].id)
    send("directory-entry", entry=key, act="answer", item=found.asked[0].id, answer="No. (Invented.)")
    send("directory-entry", entry=key, act="end", item=found.terms[0].id, why="x")
    send("directory-entry", 400, entry=key, act="raised", what="x")         # no form of this kind of entry
    send("directory-said", **SAID | {"who": key.hex(), "denies": "no", "as_of": house.today.isoformat()})
    send("directory-calendar", name="A day", kind="session", day=soon, yearly="no", ahead="3", who=key.hex(), bring="x")
    (day,), (said,) = house.whole().occasions, house.whole().statements
    send("directory-entry", entry=bytes.fromhex(day.key), act="raised", what="Read out. (Invented.)")
    send("directory-entry", entry=bytes.fromhex(said.key), act="write", revision="1",
         **SAID | {"denies": "yes", "as_of": house.today.isoformat()})
    found = house.found(key)
    assert found.name == "Another" and found.asked[0].closed and found.terms[0].ended_on
    assert house.whole().denials and house.whole().occasions[0].next is None
    for name in ("directory", "directory-calendar"):
        assert "Another" in client.get(reverse(name)).content.decode()
    for one in (key, bytes.fromhex(day.key), bytes.fromhex(said.key)):
        assert client.get(reverse("directory-entry", kwargs={"listed": one}) + "?done").status_code == 200


def test_an_entry_that_does_not_say_what_it_must_is_refused(house):
    made = actions.write(house.rights, "organisation", BODY)
    with writing():
        held = kept.one(house.rights, made, "directory", looked=False)
    for broken in ({"sort": "family"}, {"as_of": "soon"}, {"sort": "occasion"}):
        held.body.update(broken)
        with pytest.raises(Refused):
            entry_of(held)
