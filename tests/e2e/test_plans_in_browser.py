"""A plan in a real browser: asked for, watched while it is computed, read on its map, laid beside another, decided by two."""

import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from waystation import worlds

LOOKS = [("en", 1440), ("ko", 360)]
ONE = {"age": "27", "exertion": "5", "walk_km_day": "30"}


def korean(tab, office):
    tab.goto(office.origin + "/me/")
    tab.select_option("#id_language", "ko")
    tab.locator("form[action$='/me/settings/'] button[type=submit]").click()


def take_the_book_in(tab, office):
    """The invented world, by the page that takes books in."""
    tab.goto(office.origin + "/book/imports/")
    tab.locator("main button").first.click()
    file = {"name": "long-way.json", "mimeType": "application/json", "buffer": worlds.world("long-way")}
    tab.set_input_files("#id_file", file)
    tab.locator("form[action$='/file/'] button").click()
    tab.locator("form[action$='/apply/'] button").click(timeout=60_000)
    tab.wait_for_url(re.compile("done=imported"), timeout=60_000)


def begin_a_case(tab, office):
    """One young man who waits at HEARTH; the address of his case."""
    tab.goto(office.origin + "/cases/new/")
    tab.fill("#id_wish", "To live where nobody comes at night (invented).")
    tab.locator("form.call button").first.click()
    tab.wait_for_url(re.compile("done=begun"))
    where = tab.url.split("?")[0]
    tab.goto(where + "people/")
    tab.locator("main summary").first.click()
    for name, value in ONE.items():
        tab.fill(f"details[open] #id_{name}", value)
    for name in ("swim", "cold"):
        tab.select_option(f"details[open] #id_{name}", "yes")
    tab.locator("details[open] button[type=submit]").first.click()
    tab.wait_for_url(re.compile("done=added"))
    return where


def ask(tab, where, money):
    """Ask for a plan and go to it; what was said while it was computed."""
    tab.goto(where + "plans/")
    tab.select_option("#id_start", "HEARTH")
    tab.locator("input[name=goals][value=HARBOR]").check()
    tab.fill("#id_money", money)
    tab.locator("section[aria-labelledby=ask] button[type=submit]").click()
    tab.wait_for_url(re.compile(r"/plans/[0-9a-f]{32}/$"), timeout=60_000)  # the link is followed by itself
    return tab.url


def confirmed(tab, office, who):
    """Passphrase once more, on the page that asks for it."""
    tab.fill("#id_words", who.words)
    tab.locator(".sheet form button[type=submit]").last.click()
    tab.wait_for_url(re.compile("done=confirmed"))


def decide_to_wait(tab, office, who):
    """The first signature under a wait, in the page's language; the path of the decision."""
    tab.locator("input[name=chosen][value=wait]").check()
    for name in ("reasons", "change_of_mind"):
        tab.fill(f"#id_{name}", "The river rises (invented).")
    tab.fill("#id_look_again", (datetime.now(UTC) + timedelta(days=3)).date().isoformat())
    for box in tab.locator("input[name^=bias_][value=no]").all():
        box.check()
    second = tab.locator("#id_second option", has_text="sena").get_attribute("value")
    tab.select_option("#id_second", second)
    tab.locator("main form button[type=submit]").first.click()
    with tab.expect_popup() as opened:  # who has not confirmed who they are does so in a tab of its own
        tab.locator("[role=alert] a[href='/step-up/']").click()
    confirmed(opened.value, office, who)
    opened.value.close()
    assert tab.input_value("#id_reasons") == "The river rises (invented)."  # nothing that was typed is lost
    tab.locator("main form button[type=submit]").first.click()
    tab.wait_for_url(re.compile(r"/decisions/[0-9a-f]{32}/\?done=asked"))
    return tab.url.removeprefix(office.origin).split("?")[0]


@pytest.fixture(scope="module")
def chief(office):
    return office.newcomer("coordinator")


def test_a_plan_is_asked_for_watched_read_compared_and_decided_by_two(browse, office, chief):
    watched = browse(width=1440)
    watched.sign_in(chief)
    tab, faults = watched.tab, {}

    def look(name):
        if found := watched.violations() + ([f"{watched.too_wide()} px too wide"] if watched.too_wide() > 0 else []):
            faults[name] = found
        watched.picture(f"plans-{name}")

    take_the_book_in(tab, office)
    where = begin_a_case(tab, office)
    first = ask(tab, where, "9000 USD")
    said = tab.locator("main").inner_text()
    assert "HEARTH" in said and "If they are taken here, who would be known" in said and "Need and safety" in said
    second = ask(tab, where, "4000 USD")
    assert first != second
    for language, width in LOOKS:
        tab.set_viewport_size({"width": width, "height": 900})
        if language == "ko" and width == LOOKS[1][1]:
            korean(tab, office)
        tab.goto(where + "plans/")
        look(f"case-{language}-{width}")
        for box in tab.locator("input[name=plans]").all():
            box.check()
        tab.locator("form[action$='/plans/'] button[type=submit]").click()
        tab.locator(".beside").wait_for()
        rows = tab.locator(".beside tr.differs").all_inner_texts()
        assert any("9,000 USD" in row and "4,000 USD" in row for row in rows)
        look(f"beside-{language}-{width}")
        tab.goto(first)
        tab.locator("body[data-ready]").wait_for(timeout=60_000)
        look(f"show-{language}-{width}")
        tab.goto(first + "sheet/")
        look(f"sheet-{language}-{width}")
        tab.goto(first + "decide/")
        look(f"decide-{language}-{width}")
    decision = decide_to_wait(tab, office, chief)
    look("decision-asked")
    other = browse()
    other.sign_in(office.people["sena"])
    tab = other.go(decision)
    tab.locator("form[action$='/sign/'] button").click()
    confirmed(tab, office, office.people["sena"])
    assert tab.url.endswith(decision + "?done=confirmed")  # the page of the decision, not the address of its form
    tab.locator("form[action$='/sign/'] button").click()
    tab.wait_for_url(re.compile("done=signed"))
    assert "Two people have signed" in tab.locator("main").inner_text()
    if found := other.violations():
        faults["decision-signed"] = found
    other.picture("plans-decision-signed")
    assert tab.locator("form[action$='/sign/']").count() == 0
    assert faults == {}


def computing(office):
    """Processes of this office's workers that compute a plan, from /proc."""
    found = []
    for worker in office.workers():
        for task in Path(f"/proc/{worker}/task").iterdir():
            try:
                said = {child: Path(f"/proc/{child}/cmdline").read_bytes()
                        for child in (task / "children").read_text("ascii").split()}
            except OSError:  # gone meanwhile
                continue
            found += [child for child, words in said.items() if b"waystation.cli.answering" in words]
    return found


def test_leaving_the_page_stops_the_computing_and_nothing_is_kept(browse, office, chief):
    watched = browse()
    watched.sign_in(chief)
    tab = watched.tab
    tab.goto(office.origin + "/book/")
    if tab.locator("#legs-table tbody tr").count() == 0:
        take_the_book_in(tab, office)
    where = begin_a_case(tab, office)
    tab.goto(where + "plans/")
    tab.select_option("#id_start", "HEARTH")
    tab.fill("#id_money", "9000 USD")
    tab.locator("section[aria-labelledby=ask] button[type=submit]").click(no_wait_after=True)
    tab.locator("ol.doing li").first.wait_for()
    assert computing(office)  # the control: while it is being said, somebody computes
    tab.goto(where)
    until = time.monotonic() + 5
    while computing(office) and time.monotonic() < until:
        time.sleep(0.1)
    assert computing(office) == []
    tab.goto(where + "plans/")
    assert tab.locator("input[name=plans]").count() == 0
