"""The board of that night on a wall, a tablet and a phone, in Korean; and that a board which is told nothing is found out."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from test_night_in_browser import desks, night, row  # noqa: F401 - `night` is a fixture

NEVER_ASKS = "const every = window.setInterval; window.setInterval = (act, ms) => ms >= 20000 ? 0 : every(act, ms);"
TOLD_MS, DEAF_MS = 30_000, 8_000  # a slow machine is waited for; how soon a board shows it is measured by `bench --board`
CODES = {"HEARTH", "ALDER", "UTC"}  # of places, and the name of a clock


def korean(night):  # noqa: F811 - the fixture's own value
    """Both have chosen Korean; when the next leg of one may start, nobody wrote."""
    from waystation_web.accounts.actions import change_settings

    for person in (night.desk.heron, night.wren):
        change_settings(night.office.actor(person), language="ko", theme="", keys=True)


def test_the_night_is_read_in_korean_on_a_wall_a_tablet_and_a_phone(night):  # noqa: F811
    korean(night)
    with desks(night) as (heron, wren):
        for screen, width in ((heron, 1440), (heron, 768), (wren, 360)):
            screen.tab.set_viewport_size({"width": width, "height": 900})
            for name, path in (("quiet", "/board/?quiet"), ("today", "/"), ("board", "/board/")):
                tab = screen.go(path)
                tab.locator("#live:not([hidden])").wait_for()
                said = tab.inner_text("#now-list")
                assert tab.evaluate("document.documentElement.lang") == "ko" and "K7Q2" in said
                assert set(re.findall(r"[A-Za-z]{2,}", re.sub(r"\b(?:K7Q2|B9TT|M3XD)\b", "", said))) <= CODES, said
                screen.look(f"{name}-ko-{width}")
            film = tab.evaluate("getComputedStyle(document.querySelector('.map-twin .map')).fontFamily")
            assert '"Noto Sans KR"' in film  # else the words of the map are boxes
            tab.locator("[data-keys-open]").click()
            listed = tab.inner_text("dialog#keys")
            assert "단축키" in listed and set(re.findall(r"[A-Za-z]{2,}", listed)) <= {"Enter", "Esc"}
            screen.look(f"keys-ko-{width}")


def seen(heron, wren, *, within):
    """Whether the second desk, while it does not ask by itself, comes to show who has a party that the first desk took."""
    wren.context.add_init_script(NEVER_ASKS)
    here, there = heron.go("/board/"), wren.tab
    with there.expect_response("**/now/**"):  # a stream that begins lets a board ask once: that must not be what shows it
        wren.go("/board/")
    for tab in (here, there):
        tab.locator("#live", has_text="Live").wait_for()
    row(there, "K7Q2", "overdue").wait_for()
    with here.expect_response(lambda answer: answer.request.method == "POST"):
        here.locator("#now-list li", has_text="K7Q2").get_by_role("button", name="I have this one").click()
    from playwright.sync_api import TimeoutError as NeverCame

    held = there.locator("#now-list li", has_text="K7Q2").locator("b", has_text="heron")
    try:
        held.wait_for(timeout=within)
    except NeverCame:
        return False
    return held.count() == 1


@pytest.mark.parametrize("told", [True, False])
def test_a_second_desk_sees_it_when_it_is_told_and_a_stream_that_says_nothing_is_noticed(night, monkeypatch, told):  # noqa: F811
    from waystation_web.desk import stream_road

    if not told:
        monkeypatch.setattr(stream_road.live, "since", lambda _account, known: (known, []))  # nothing reaches an open board
    with desks(night) as (heron, wren):
        assert seen(heron, wren, within=TOLD_MS if told else DEAF_MS) == told
        wren.go("/board/")  # it was done, and a page that is opened anew says so
        assert wren.tab.locator("#now-list li", has_text="K7Q2").locator("b", has_text="heron").count() == 1


def test_a_row_goes_where_it_belongs_and_rises_by_the_clock_without_the_list(night):  # noqa: F811
    """Rows alone are asked for: the list that stands around them is not drawn anew."""
    acts = ThreadPoolExecutor(1)  # as in `test_night_in_browser`
    with desks(night) as (heron, _wren):
        tab = heron.go("/board/")
        tab.locator("#live", has_text="Live").wait_for()
        tab.wait_for_load_state("networkidle")
        row(tab, "B9TT", "late").wait_for()
        asked = []
        tab.on("request", lambda one: asked.append(one.url.partition("/now/")[2]) if "/now/" in one.url else None)
        tab.evaluate("document.querySelector('#now-list h3').dataset.mine = 'yes'")

        acts.submit(night.parties["B9TT"].word).result()
        row(tab, "B9TT", "on time").wait_for(timeout=TOLD_MS)
        at = {ref: acts.submit(lambda one=ref: night.parties[one].now.due[0]).result() for ref in ("B9TT", "M3XD")}
        assert tab.locator("#now-list [data-part=moving] li > a").all_inner_texts() == sorted(at, key=at.get)
        assert tab.locator("#now-list [data-part=clocks] li", has_text="B9TT").count() == 0
        heron.look("row-moved-1440")

        at = night.office.now + timedelta(seconds=4)
        acts.submit(due_at, night.parties["M3XD"], at).result()
        tab.wait_for_timeout(1500)
        night.office.now = at + timedelta(seconds=1)  # nobody does anything
        row(tab, "M3XD", "late").wait_for(timeout=TOLD_MS)
        assert tab.locator("#now-list h3[data-mine=yes]").count() == 1, asked
        assert len(asked) >= 3 and all(one.startswith("rows/?of=") for one in asked), asked
        assert tab.locator("#now-list [data-part=clocks] li > a").all_inner_texts() == ["K7Q2", "M3XD"]


def due_at(party, at):
    """Word of this party is late from then on, and whoever holds it is told."""
    from waystation_web.gateways.database import writing
    from waystation_web.journeys import live
    from waystation_web.records import actions as records
    from waystation_web.records import queries as kept
    from waystation_web.records.record import said

    with writing():
        held = kept.one(party.first, party.journey, "journey", looked=False)
        legs = list(held.body["legs"])
        due = [said(at + timedelta(hours=hours)) for hours in range(4)]
        records.change(party.first, held, {"legs": [*legs[:-1], {**legs[-1], "due": due}]}, what="due")
        live.row(party.journey)
