"""The board: clocks first, the same after an ok and after the other word, told at once that something changed."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from acts import another_office
from django.urls import reverse
from roads import WORD, Road

from waystation_web.accounts import sessions
from waystation_web.desk import stream_road
from waystation_web.desk.today import today
from waystation_web.gateways.database import writing
from waystation_web.journeys import actions_desk, live
from waystation_web.journeys.board import board
from waystation_web.journeys.models import Watch
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.vault.errors import NotPermitted
from waystation_web.vault.models import Grant, Vault

pytestmark = pytest.mark.both

VARIES = re.compile(r"[0-9a-f]{32}|(?<=csrfmiddlewaretoken\" value=\")\w+|(?<=data-token=\")\w+")


class Desk(Road):
    """The same, and a coordinator who was there before with a browser."""

    def __init__(self, office):
        self.heron = office.person(roles={"coordinator"}, handle="heron")
        super().__init__(office)
        self.again()

    def again(self):
        """Sign in, also when the hours have ended the session."""
        self.client = self.office.sign_in(self.heron)
        return self.client

    def get(self, name, **ids):
        answer = self.client.get(reverse(name, kwargs=ids))
        return answer.status_code, VARIES.sub("*", answer.content.decode())


    def rows_asked(self, *journeys):
        answer = self.client.get(reverse("now-rows"), {"of": [one.hex() for one in journeys]})
        return answer.status_code, VARIES.sub("*", answer.content.decode())

    def rows_shown(self, name, **asked):
        """Part and row of every journey that a page says anything of by itself, in their order."""
        page = self.client.get(reverse(name), asked).content.decode()
        parts = re.findall(r'<section data-part="(\w+)".*?</section>', page, re.DOTALL)
        texts = re.findall(r'<section data-part="\w+".*?</section>', page, re.DOTALL)
        rows = re.compile(r'<li [^>]*data-of="([0-9a-f]{32})".*?</li>', re.DOTALL)
        return [(part, row[1], re.sub(r'value="\w{64}"', "", row[0]))
                for part, text in zip(parts, texts, strict=True) for row in rows.finditer(text)]


@pytest.fixture
def desk(office):
    return Desk(office)


def rows(part):
    return [(row.ref, row.state, row.look) for row in part]


def test_clocks_come_first_and_rise_by_themselves(desk, office):
    desk.moving()
    found = board(desk.first)
    assert not found.clocks and rows(found.moving) == [("K7Q2", "on time", "")] and found.next_due == desk.now.due[0]
    office.now += timedelta(hours=11)
    assert rows(board(desk.first).clocks) == [("K7Q2", "overdue", "bad")]
    desk.again()
    page = desk.get("home")[1]
    assert "overdue" in page and page.index("overdue") < page.index("On duty")
    assert "I have this one" in page
    answer = desk.client.post(reverse("journey-hold", kwargs={"journey": desk.journey}), {"from": "board"})
    assert answer["Location"] == reverse("home")
    row = board(desk.second).clocks[0]
    assert (row.held, row.hold) == ("heron", "")  # it stays in its place, with whoever has it
    assert not today(desk.second).nothing


def test_custody_windows_and_my_second_signature_each_have_their_place(desk, office):
    desk.ready().release(hours=12)
    assert rows(board(desk.first).closing) == [("K7Q2", "closes", "late")]
    desk.step("depart", paid=True, rested=True)
    assert not board(desk.first).closing
    desk.step("suspend", code="captured")
    desk.step("free", asked_again=True)
    assert rows(board(desk.second).sign) == [("K7Q2", "sign", "late")] and not board(desk.first).sign  # I signed it myself


def test_somebody_in_custody_stays_on_the_board_until_protection_begins(desk):
    desk.moving().step("hand_over", proof="custody", proof_text="The office, 14:00.", code="passed")
    assert rows(board(desk.first).custody) == [("K7Q2", "in custody", "late")]
    desk.step("complete", status_case="Filed.")
    assert not board(desk.first).custody


@pytest.mark.refuses("H-35")
def test_after_the_other_word_every_shared_page_is_the_same_as_after_the_right_one(office, monkeypatch):
    pages = {}
    for word in ("blue heron", "grey goose", "red kite"):
        with another_office(office, monkeypatch) as here:
            here.now = office.now
            desk = Desk(here)
            desk.moving()
            here.now += timedelta(hours=7)
            answer = desk.again().post(reverse("journey-heard", kwargs={"journey": desk.journey}), {
                name: WORD[name] for name in ("condition", "present", "source")} | {"word": word})
            shown = [desk.get(name) for name in ("home", "board", "now", "journeys")] + [desk.get("journey", journey=desk.journey)]
            shown.append(desk.rows_asked(desk.journey))
            pages[word] = (VARIES.sub("*", answer["Location"]), shown)
            assert Watch.objects.count() == {"blue heron": 1, "grey goose": 2, "red kite": 1}[word]
            assert "grey goose" not in str(pages[word])
    assert pages["blue heron"] == pages["grey goose"]
    assert pages["blue heron"] != pages["red kite"]  # the control: another answer does look different


@pytest.mark.refuses("H-35")
def test_only_whoever_is_on_duty_sees_it_and_only_after_confirming(desk, office):
    from waystation_web.duty import actions as duty
    from waystation_web.journeys.queries import incidents
    from waystation_web.journeys.queries_incident import attending, page

    desk.moving()
    assert desk.word(word="Grey goose") == "right"
    found = attending(desk.first)
    assert [one.kind for one in found] == ["duress"]
    with writing():
        assert incidents(desk.first) == []
    assert not any(row.ref for row in board(desk.first).clocks)
    assert desk.get("attend")[0] == 403 and desk.get("incident", incident=found[0].id)[0] == 403  # not confirmed
    assert page(desk.first, found[0].id).incident.silent
    duty.go_on(desk.first, who=desk.second.id, start=office.now, end=office.now + timedelta(hours=4))
    with pytest.raises(NotPermitted) as why:
        attending(desk.first)
    assert why.value.rule == "duty" and len(attending(desk.second)) == 1
    with pytest.raises(NotPermitted):
        page(desk.first, found[0].id)


def test_search_finds_nothing_of_a_silent_incident(desk):
    from waystation_web.desk.search import search

    desk.moving().word(word="grey goose")
    assert not [group for _how, groups in search(desk.first, "duress").sections for group in groups if group.type == "incident"]


def test_a_journey_that_does_not_open_is_counted_and_said(desk):
    desk.moving()
    with writing():
        held = kept.one(desk.first, desk.journey, "journey", looked=False)
        records.change(desk.first, held, {"size": "many"}, what="broken")
    assert board(desk.first).broken == 1 and "not whole" in desk.get("now")[1]


def test_whoever_holds_no_journeys_is_told_too_that_something_does_not_open(desk, office):
    worker = office.actor(office.person(roles={"case_worker"}, handle="teal"))
    with writing():
        held = records.make(worker, "case", {"ref": "T3AL"})
    assert today(worker).road.broken == 0
    _damage(held.id)
    assert today(worker).road.broken == 1 and not today(worker).nothing


def test_open_boards_are_told_once_the_act_is_saved_and_not_when_it_is_refused(desk):
    desk.moving()
    before = live.number(desk.heron.id)
    desk.word()
    assert live.number(desk.heron.id) > before
    now = live.number(desk.heron.id)
    with pytest.raises(NotPermitted):
        actions_desk.hold(desk.first, desk.journey)
    with pytest.raises(ZeroDivisionError):
        _taken_back(desk.journey)
    assert live.number(desk.heron.id) == now
    desk.get("now"), desk.get("home")
    assert live.number(desk.heron.id) == now  # reading tells nobody: boards would ask each other for ever


def test_told_is_whoever_holds_what_changed_and_nobody_else(desk, office):
    stranger = office.person(roles={"coordinator"}, handle="shrike")
    desk.moving()
    Grant.objects.filter(vault_id=desk.journey, principal=stranger.id).delete()
    before = live.number(desk.heron.id), live.number(stranger.id)
    desk.word()
    assert live.number(desk.heron.id) == before[0] + 1 and live.number(stranger.id) == before[1]


def test_the_same_people_are_told_of_either_word(desk, monkeypatch):
    told = []
    monkeypatch.setattr(live, "_tell", lambda accounts, what: told.append((accounts, what)))
    desk.moving()
    told.clear()
    desk.word(), desk.word(word="grey goose")
    assert len(told) == 2 and told[0] == told[1] and desk.heron.id in told[0][0] and told[0][1] == desk.journey


def _damage(vault):
    row = Vault.objects.get(pk=vault)
    Vault.objects.filter(pk=vault).update(payload=bytes(row.payload)[:-1] + bytes([bytes(row.payload)[-1] ^ 1]))


def _silent(desk, office):
    desk.moving()
    office.now += timedelta(hours=11)


def _to_sign(desk, _office):
    desk.moving().step("suspend", actor=desk.second, code="captured")
    desk.step("free", actor=desk.second, asked_again=True)


@pytest.mark.parametrize(("part", "brought"), [
    ("closing", lambda desk, _office: desk.ready().release(hours=12)),
    ("moving", lambda desk, _office: desk.moving()),
    ("clocks", _silent),
    ("clocks", lambda desk, office: (_silent(desk, office), actions_desk.hold(desk.first, desk.journey))),
    ("custody", lambda desk, _office: desk.moving().step("hand_over", proof="custody", proof_text="The office.", code="passed")),
    ("sign", _to_sign),
], ids=["ready", "on time", "silent", "taken", "custody", "to sign"])
def test_rows_that_are_asked_for_are_those_of_the_list(desk, office, part, brought):
    brought(desk, office)
    desk.again()
    listed, asked = desk.rows_shown("now"), desk.rows_shown("now-rows", of=desk.journey.hex())
    assert asked == listed and [row[0] for row in asked] == [part]


def test_rows_say_when_time_alone_changes_them(desk, office):
    desk.moving()
    due = desk.now.due
    assert board(desk.first).moving[0].until == due[0]
    office.now = due[0]
    assert board(desk.first).clocks[0].until == due[1]
    office.now = due[3]
    assert board(desk.first).clocks[0].until is None


def test_rows_of_what_one_does_not_hold_are_none_and_what_does_not_open_is_no_row(desk, office):
    stranger = office.sign_in(office.person(roles={"coordinator"}, handle="shrike"))
    desk.moving()
    ask = {"of": [desk.journey.hex()]}
    Grant.objects.filter(vault_id=desk.journey).exclude(principal__in=[desk.heron.id, desk.first.id]).delete()
    other = stranger.get(reverse("now-rows"), ask)
    assert other.status_code == 200 and b"<li" not in other.content
    assert desk.rows_asked(desk.journey)[0] == 200
    _damage(desk.journey)
    status, page = desk.rows_asked(desk.journey)
    assert status == 409 and "<li" not in page  # only the whole list can say that it is not whole


@pytest.mark.parametrize("of", [[], ["zz"], ["00"], ["00" * 16] * 21])
def test_rows_are_asked_for_by_ids_and_not_too_many(desk, of):
    assert desk.client.get(reverse("now-rows"), {"of": of}).status_code == 400


def _taken_back(vault):
    """An act that says that something changed, and is not saved."""
    with writing():
        live.changed(vault)
        raise ZeroDivisionError


def test_the_stream_says_a_number_and_nothing_else(desk):
    answer = desk.client.get(reverse("stream-road"))
    assert answer["Content-Type"].startswith("text/event-stream") and answer["Cache-Control"] == "no-store"
    assert re.fullmatch(rb"retry: 2000\nevent: road\ndata: \d+\n\n", b"".join(answer.streaming_content))


def test_whoever_listens_or_waits_holds_no_connection_to_the_database(desk, monkeypatch):
    """A hundred boards would hold a hundred, and a server of databases has about as many."""
    from django.db import connection

    from waystation_web.desk import views

    held = []
    desk.client.get(reverse("stream-road"))
    held.append(connection.connection)

    class Turn:
        def __enter__(self):
            held.append(connection.connection)

        def __exit__(self, *_):
            pass

    monkeypatch.setattr(views, "_turn", Turn())
    assert desk.get("now")[0] == 200 and held == [None, None]


def test_the_stream_ends_with_the_session(desk, monkeypatch):
    import asyncio

    monkeypatch.setattr(stream_road, "LOOKS_S", 0.01)
    monkeypatch.setattr(sessions, "goes_on", lambda scope: scope["alive"].pop())

    request = SimpleNamespace(scope={"alive": [False, True, True]})

    async def all_of_it():
        return [piece async for piece in stream_road._endless(request, desk.heron.id)]

    told = asyncio.run(asyncio.wait_for(all_of_it(), 10))
    assert len(told) == 1 and request.scope["alive"] == []


def test_a_stream_names_the_journey_whose_row_changed_and_says_that_nothing_did(desk, monkeypatch):
    import asyncio

    account, journey = b"k" * 16, b"j" * 16
    monkeypatch.setattr(stream_road, "LOOKS_S", 0.001), monkeypatch.setattr(stream_road, "BEAT_EVERY", 1)
    monkeypatch.setattr(sessions, "goes_on", lambda _scope: True)
    known = live.number(account)

    async def lines(*changes):
        stream, found = stream_road._endless(SimpleNamespace(scope={}), account), []
        await anext(stream)
        for change in changes:
            live._tell({account}, change)
        while not found or not found[-1].startswith("event: beat"):
            found.append(await anext(stream))
        return found

    told = asyncio.run(asyncio.wait_for(lines(journey, journey), 10))
    assert told == [f"event: row\ndata: {known + 2} {journey.hex()}\n\n", f"event: beat\ndata: {known + 2}\n\n"]
    told = asyncio.run(asyncio.wait_for(lines(live.ALL, journey), 10))
    assert [line.partition("\n")[0] for line in told] == ["event: row", "event: road", "event: beat"]
    told = asyncio.run(asyncio.wait_for(lines(*[journey] * (live.KEPT + 1)), 10))
    assert [line.partition("\n")[0] for line in told] == ["event: road", "event: beat"]  # more than is kept: the whole list


def test_a_session_goes_on_until_its_file_is_gone_or_its_person_was_away_too_long(desk, office):
    from waystation_web.gateways import clock

    cookie = "; ".join(f"{name}={one.value}" for name, one in desk.client.cookies.items()).encode()
    scope = {"headers": [(b"cookie", cookie)]}
    assert sessions.goes_on(scope)
    office.now = clock.now() + timedelta(seconds=sessions.IDLE_SECONDS + 1)
    assert not sessions.goes_on(scope)
    sessions.end(desk.heron.id)
    assert not sessions.goes_on(scope) and not sessions.goes_on({"headers": []})


@pytest.mark.proves("S001-42")
def test_the_map_draws_what_lies_behind_them_and_breaks_where_silence_begins(desk, office):
    desk.moving().reach()
    desk.release(leg="C02", to="Wren").step("go_on", rested=True)
    _, page = desk.get("board")
    assert 'class="leg first"' in page and 'class="leg unknown"' in page
    assert "OTTER" not in page and "SLATE" not in page  # nothing of what lies beside, and nothing ahead but where they end
