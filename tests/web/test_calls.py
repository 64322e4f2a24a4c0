"""Calls: booked with whoever arranges them, paid in the ledger alone, the word asked; listed with who took them down, and never a sound."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from roads import Road
from test_journeys import later, rule

from waystation.ledger.entries import Direction, Entry, Kind, Payer
from waystation.units import Money
from waystation_web.contacts import actions as contacts
from waystation_web.contacts import queries as people
from waystation_web.gateways.database import writing
from waystation_web.journeys import actions_call, forms_call
from waystation_web.journeys.calls import calls
from waystation_web.journeys.models import Watch
from waystation_web.journeys.queries_call import page
from waystation_web.ledger import actions as ledger
from waystation_web.records import queries as kept
from waystation_web.vault.errors import NoSuchVault
from waystation_web.vault.files import path_of

SPOKE = {"result": "spoke", "word": "Blue heron", "condition": "well", "text": "They ate."}


@pytest.fixture
def road(office):
    return Calling(office)


class Calling(Road):
    """A mother hears her son by a call that somebody arranges."""

    def __init__(self, office):
        self.heron = office.person(roles={"coordinator"}, handle="heron")
        super().__init__(office)

    def fee(self):
        entry = Entry(ref="", kind=Kind.FEE, amount=Money.parse("50 USD"), day=self.office.now.date(), direction=Direction.OUT,
                      payer=Payer.RELATIVE, contact="Heron")
        return ledger.new(self.first, ledger.Typed(entry, self.case, "the call", "unknown", None, False, ())).hex()

    def booked(self, **more):
        actions_call.book(self.first, self.journey, **{"when": self.office.now + timedelta(hours=2), "broker": "Heron",
                                                       "who": "A mother and her son", "fee": "", "text": "Ten minutes."} | more)
        return calls(self.now)[0].id

    def went(self, item, **typed):
        return actions_call.outcome(self.first, self.journey, item, SPOKE | typed)


def silent(road):
    with writing():
        return [one.body["kind"] for one in kept.every(road.first, "incident", looked=False) if one.body.get("silent")]


@pytest.mark.proves("S002-10")
def test_a_call_is_booked_its_fee_is_a_line_of_the_ledger_and_whoever_speaks_is_asked_for_the_word(road, office):
    road.moving()
    fee = road.fee()
    item = road.booked(fee=fee)
    (line,) = page(road.first, road.journey).lines
    assert line.one.open and line.one.broker == "Heron" and (line.fee.id, line.fee.state) == (fee, "to be paid") and "50" in line.fee.words
    with writing():
        body = kept.one(road.first, road.journey, "journey", looked=False).body
    told = [str(one.get(name, "")) for one in body["calls"] for name in ("broker", "kind", "result", "text", "told")]
    assert told and not any("50" in said for said in told)  # the sum stands in the ledger alone; ids are chance
    later(office, hours=2)
    assert rule(road.went, item, word="", text=" ") == "challenge"
    assert road.went(item) == "right"
    assert [(one.word, one.source, one.condition) for one in road.now.checkins] == [("right", "relative", "well")]  # and it is word of them
    assert road.now.under_way.heard == office.now
    (line,) = page(road.first, road.journey).lines
    assert (line.result, line.word, line.one.told, line.by) == ("they spoke", "the word was right", "They ate.", "first")
    assert rule(road.went, item) == "call"


@pytest.mark.proves("S002-10")
@pytest.mark.refuses("H-35")
def test_the_other_word_is_answered_as_the_right_one_and_somebody_is_told_in_silence(road, office):
    road.moving()
    item = road.booked()
    later(office, hours=2)
    assert road.went(item, word="grey goose") == "right" and silent(road) == ["duress"]
    assert page(road.first, road.journey).lines[0].word == "the word was right" and Watch.objects.count() == 2
    with writing():
        assert "grey goose" not in str(kept.one(road.first, road.journey, "journey", looked=False).body["calls"])


def test_the_other_word_counts_before_they_leave_too(road):
    road.ready()
    item = road.booked()
    assert road.went(item, word="grey goose") == "right" and silent(road) == ["duress"] and road.now.checkins == ()


def test_a_wrong_word_leaves_the_silence_running_and_who_did_not_come_says_nothing(road, office):
    road.moving()
    due, items = road.now.due, [road.booked(), road.booked(when=office.now + timedelta(hours=3))]
    later(office, hours=7)
    assert road.went(items[0], word="red kite") == "wrong" and road.now.due == due
    assert road.went(items[1], result="nobody", word="") == "" and len(road.now.checkins) == 1 and road.now.due == due


def test_before_words_are_agreed_it_is_written_down_how_it_was_known_who_spoke(road):
    road.opened()
    item = road.booked()
    assert rule(road.went, item, text="") == "challenge"
    assert road.went(item, text="She knew the name of the dog. (Invented.)") == "none"


def test_what_is_booked_is_bound(road, office):
    road.moving()
    other = road.fee()[::-1]
    for more, why in (({"when": office.now}, "past"), ({"broker": "Crow"}, "contact"), ({"broker": "Nobody"}, "contact"), ({"fee": other}, "fee")):
        assert rule(road.booked, **more) == why
    item = road.booked()
    for wrong in (("00" * 8, {}), (item, {"result": "perhaps"})):
        with pytest.raises(NoSuchVault):
            road.went(wrong[0], **wrong[1])
    with writing():
        heron = next(one.id for one in people.contacts(road.first) if one.code_name == "Heron")
    contacts.stop(road.liaison, heron, result="blocked", against="x")
    assert rule(road.booked) == "contact"


@pytest.mark.proves("S001-34")
def test_every_call_is_listed_with_its_time_its_direction_and_who_took_it_down(road, office):
    road.moving()
    later(office, minutes=10)
    road.word(channel="call", text="From the bus.")
    road.word(channel="message", text="No call.")
    later(office, minutes=10)
    actions_call.came(road.first, road.journey, direction="out", source="host", when=office.now - timedelta(minutes=5), text="The host is ready.")
    item = road.booked()
    lines = page(road.first, road.journey).lines
    assert [(one.direction, one.one.text, one.by) for one in lines] == [
        ("arranged by", "Ten minutes.", "first"), ("we rang", "The host is ready.", "first"), ("they rang", "From the bus.", "first")]
    assert lines[2].word == "the word was right" and lines[1].source == "a host"
    later(office, hours=2)
    road.went(item)
    assert len(page(road.first, road.journey).lines) == 3                      # what it was word of stands once
    ask = {"direction": "in", "source": "host", "when": office.now, "text": "x"}
    assert rule(actions_call.came, road.first, road.journey, **ask | {"when": office.now + timedelta(hours=1)}) == "future"
    assert rule(actions_call.came, road.first, road.journey, **ask | {"text": " "}) == "text"


@pytest.mark.proves("S001-34")
@pytest.mark.parametrize("name", ["journey-call-book", "journey-call-outcome", "journey-call-came"])
def test_no_sound_is_kept_whatever_a_request_brings(road, office, name):
    road.moving()
    client, count = road.office.sign_in(road.heron), len(list(path_of(bytes(16)).parent.parent.rglob("*")))
    sound = SimpleUploadedFile("call.ogg", b"OggS" + bytes(2000), content_type="audio/ogg")
    typed = {"direction": "in", "source": "host", "when": "2026-03-02T08:00", "text": "x", "sound": sound}
    assert client.post(reverse(name, kwargs={"journey": road.journey}), typed).status_code == 403
    with writing():
        assert "calls" not in kept.one(road.first, road.journey, "journey", looked=False).body
    assert len([one for one in path_of(bytes(16)).parent.parent.rglob("*") if one.is_file()]) <= count
    fields = [field for form in vars(forms_call).values() if isinstance(form, type) and hasattr(form, "base_fields")
              for field in form.base_fields.values()]
    assert len(fields) > 10 and not [one for one in fields if "File" in type(one).__name__]
    page_ = client.get(reverse("journey-calls", kwargs={"journey": road.journey})).content.decode()
    assert 'type="file"' not in page_ and "No sound is kept" in page_


def test_the_page_books_a_call_and_takes_down_how_it_went(road, office):
    road.moving()
    client = road.office.sign_in(road.heron)
    at = {name: reverse(f"journey-call{name}", kwargs={"journey": road.journey}) for name in ("s", "-book", "-outcome", "-came")}
    booked = {"when": "2026-03-02T18:00", "broker": "Heron", "who": "A mother and her son", "fee": "", "text": ""}
    assert client.post(at["-book"], booked | {"broker": "Crow"}).status_code == 400
    assert client.post(at["-book"], booked)["Location"].endswith("?done=booked")
    item = calls(road.now)[0].id
    shown = client.get(at["s"]).content.decode()
    assert "A mother and her son" in shown and "2026-03-02 18:00 UTC" in shown
    assert client.post(at["-outcome"], {"item": item, "result": ""}).status_code == 400
    assert client.post(at["-outcome"], SPOKE | {"item": item, "word": "red kite"})["Location"].endswith("?done=wrong")
    assert client.post(at["-came"], {"direction": "in", "source": "", "when": "", "text": ""}).status_code == 400
    assert client.post(at["-came"], {"direction": "in", "source": "host", "when": "2026-03-02T08:00", "text": "x"}).status_code == 302
