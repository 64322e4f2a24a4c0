"""What a browser keeps after somebody was here: nothing that they read or wrote. And what other sites can do: nothing.

Each search has its control: a site that does not take care, in the same browser, whose words are found.
"""

import itertools
import re
import sys
import threading
import time
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from chromium_here import ARGUMENTS, where_chromium_is

sys.path.insert(0, str(Path(__file__).parents[1] / "security"))
from plaintexts import WORDS, scan

PLANTED = " ".join(WORDS.values())
STORED = """async () => ({
    local: Object.entries(localStorage), session: Object.entries(sessionStorage), cookie: document.cookie,
    bases: (await indexedDB.databases()).map(one => one.name), caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length})"""
NOTHING = {"local": [], "session": [], "cookie": "", "bases": [], "caches": [], "workers": 0}
# Playwright's own wish not to keep pages would hide that ours are not to be kept.
KEEPING = {"ignore_default_args": ["--disable-back-forward-cache"]}


class Site(BaseHTTPRequestHandler):
    """Somebody else's site, which takes no care."""

    def __init__(self, pages, *arguments):
        self.pages = pages
        super().__init__(*arguments)

    def do_GET(self):
        page = self.pages.get(self.path, "").encode()
        self.send_response(200 if page else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.send_header("Cache-Control", "max-age=3600")
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_):
        """Not to the console."""


@contextmanager
def site(pages):
    """Another site on this machine: `127.0.0.1` is not the same site as `localhost`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Site, pages))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def profile(playwright, folder):
    """A browser that keeps what it is allowed to keep, in a folder that can be searched."""
    context = playwright.chromium.launch_persistent_context(
        str(folder), executable_path=where_chromium_is(), args=ARGUMENTS, **KEEPING)
    try:
        yield context
    finally:
        context.close()


def come_in(tab, office, person):
    tab.goto(f"{office.origin}/sign-in/")
    tab.fill("#id_handle", person.handle)
    tab.fill("#id_code", person.code())
    tab.fill("#id_words", person.words)
    tab.locator("main form button[type=submit]").last.click()
    tab.wait_for_url(f"{office.origin}/")


def write_note(tab, office, tmp_path):
    """A note with the words in its title, its text and a file; then a search for them."""
    tab.goto(f"{office.origin}/notes/new/")
    tab.fill("#id_title", f"Title {PLANTED}")
    tab.fill("#id_text", f"Text {PLANTED}")
    tab.locator("main form button[type=submit]").last.click()
    tab.wait_for_url(re.compile(r"/notes/[0-9a-f]{32}/"))
    attached = tmp_path / "attached" / f"{WORDS['latin']}.txt"
    attached.parent.mkdir()
    attached.write_text(PLANTED * 100, "utf-8")
    tab.set_input_files("#id_file", attached)
    tab.locator("form[action$='/files/'] button[type=submit]").click()
    assert WORDS["latin"] in tab.locator("main").inner_text()
    tab.goto(f"{office.origin}/notes/")
    tab.fill("#id_words", WORDS["latin"])
    tab.keyboard.press("Enter")
    tab.wait_for_load_state("load")
    tab.locator("main table a", has_text=WORDS["latin"]).first.click()
    tab.wait_for_load_state("load")


def leave(tab):
    """Sign out; what the browser was told to forget."""
    with tab.expect_response(lambda answer: answer.url.endswith("/sign-out/")) as said:
        tab.locator("form[action$='/sign-out/'] button").first.click()
    tab.wait_for_load_state("load")
    return said.value.all_headers().get("clear-site-data")


def back(tab):
    """As the button does it; Playwright's own way waits for an event that a kept page never sends."""
    tab.evaluate("setTimeout(() => history.back())")
    tab.wait_for_timeout(400)


def pairs(passphrase):
    """Two words of a passphrase side by side, as typed and as sent: one alone may stand in any file of a browser."""
    words = passphrase.split()
    return [f"{one}{between}{other}" for one, other in itertools.pairwise(words) for between in " +"]


@pytest.mark.promise("P01")
def test_a_browser_keeps_nothing_of_a_tour(playwright, office, tmp_path):
    folder = tmp_path / "profile"
    with profile(playwright, folder) as context:
        tab = context.new_page()
        come_in(tab, office, office.people["sena"])
        write_note(tab, office, tmp_path)
        assert tab.evaluate(STORED) == NOTHING
        for path in ("/plan/", "/people/", "/me/", "/audit/check/", "/"):
            tab.goto(office.origin + path)
            assert tab.evaluate(STORED) == NOTHING
        assert leave(tab) == '"*"'
        for _ in range(8):
            back(tab)
            assert [word for word in WORDS.values() if word in tab.content()] == []
        tab.goto(f"{office.origin}/sign-in/")
        assert tab.evaluate(STORED) == NOTHING
        assert [cookie["name"] for cookie in context.cookies() if cookie["name"] in {"s", "__Host-s"}] == []
    found = scan({"the profile": folder}, [*WORDS.values(), *pairs(office.people["sena"].words)])
    assert {place: what for place, what in found.items() if what} == {}


@pytest.mark.promise("P01")
def test_a_site_that_takes_no_care_is_found_in_the_same_profile(playwright, tmp_path):
    folder = tmp_path / "profile"
    kept = f"<!doctype html><title>{WORDS['hangul']}</title><p>{WORDS['latin']}<script>localStorage.k = '{WORDS['han']}'</script>"
    with site({"/": kept}) as origin, profile(playwright, folder) as context:
        tab = context.new_page()
        tab.goto(origin + "/")
        assert tab.evaluate(STORED)["local"] == [["k", WORDS["han"]]]
        tab.goto("about:blank")
        back(tab)
        assert WORDS["latin"] in tab.content()
    found = scan({"the profile": folder}, WORDS.values())
    assert [what for what in found.values() if what] != []


WRONG = "academic academic acquire activity adapt address admit adult"  # words of the list, nobody's passphrase


@pytest.mark.promise("P01")
def test_what_was_typed_and_not_accepted_is_not_kept_either(playwright, office, tmp_path):
    folder = tmp_path / "profile"
    with profile(playwright, folder) as context:
        tab = context.new_page()
        tab.goto(f"{office.origin}/sign-in/")
        tab.fill("#id_handle", "somebody")
        tab.fill("#id_code", "123456")
        tab.fill("#id_words", WRONG)
        for shows in tab.locator("main [x-data=reveal] button").all():
            shows.click()
        tab.keyboard.press("Enter")
        tab.locator("main form button[type=submit]").last.click()
        tab.locator(".fault").first.wait_for()
        come_in(tab, office, office.newcomer())
        tab.goto(f"{office.origin}/notes/new/")
        tab.fill("#id_title", "Two write at once")
        tab.locator("main form button[type=submit]").last.click()
        tab.wait_for_url(re.compile(r"/notes/[0-9a-f]{32}/"))
        for text in ("first", PLANTED):  # both from the page as it was: the second is told of the first
            other = tab if text == PLANTED else context.new_page()
            if other is not tab:
                other.goto(tab.url)
            other.evaluate("document.getElementById('id_title').closest('details').open = true")
            other.fill("#id_text", text)
            other.locator("form:has(#id_text) button[type=submit]").click()
            other.wait_for_load_state("load")
        tab.locator("text=at the same time").or_(tab.locator("main form")).first.wait_for()
        assert WORDS["latin"] in tab.content()  # the page gives back what was typed, so that it is not lost
        leave(tab)
    found = scan({"the profile": folder}, [*WORDS.values(), *pairs(WRONG)])
    assert {place: what for place, what in found.items() if what} == {}


@pytest.mark.promise("P01")
def test_without_the_script_that_lets_go_of_forms_the_search_finds_what_was_typed(playwright, office, tmp_path):
    folder = tmp_path / "profile"
    with profile(playwright, folder) as context:
        tab = context.new_page()
        line = context.new_cdp_session(tab)
        line.send("Network.enable")
        line.send("Network.setBlockedURLs", {"urls": ["*let-go*", "*office.js*", "*htmx*"]})
        come_in(tab, office, office.newcomer())
        tab.goto(f"{office.origin}/notes/")
        tab.fill("#id_words", WORDS["latin"])
        tab.keyboard.press("Enter")
        tab.wait_for_timeout(4000)  # the browser writes its list of pages every few seconds
        leave(tab)
    found = scan({"the profile": folder}, WORDS.values())
    assert [place for place in found if "Session" in place] != []


@pytest.mark.promise("P01")
def test_a_slow_network_leaves_the_browser_no_time_to_keep_what_was_typed(playwright, office, tmp_path):
    folder = tmp_path / "profile"
    with profile(playwright, folder) as context:
        tab = context.new_page()
        come_in(tab, office, office.newcomer())
        line = context.new_cdp_session(tab)
        line.send("Network.enable")
        line.send("Network.setBlockedURLs", {"urls": ["*htmx*"]})  # so that the search is a visit of its own
        context.route("**/office.js", lambda route: (time.sleep(5), route.continue_()))
        tab.goto(f"{office.origin}/notes/", wait_until="commit")
        tab.fill("#id_words", WORDS["latin"])
        tab.keyboard.press("Enter")
        tab.wait_for_timeout(9000)
        leave(tab)
    found = scan({"the profile": folder}, WORDS.values())
    assert {place: what for place, what in found.items() if what} == {}


def test_a_page_that_was_left_is_not_shown_again_by_going_back(playwright, office, tmp_path):
    with profile(playwright, tmp_path / "profile") as context:
        tab = context.new_page()
        come_in(tab, office, office.newcomer())
        tab.goto(f"{office.origin}/notes/new/")
        tab.fill("#id_text", PLANTED)
        tab.goto(f"{office.origin}/me/")
        back(tab)
        assert PLANTED not in tab.input_value("#id_text")
        leave(tab)


# ------------------------------------------------------------------------------------------------------ somebody's site
@pytest.fixture(scope="module")
def signed_in(chromium, office):
    """A profile in which somebody is signed in, for all tests that do not sign out."""
    context = chromium.new_context()
    tab = context.new_page()
    come_in(tab, office, office.people["jun"])
    yield context, tab
    context.close()


def hostile(office):
    """Everything that a page elsewhere may try, with the one who reads it signed in at the office."""
    return f"""<!doctype html><meta charset=utf-8><title>x</title>
<img id=there src="{office.origin}/static/office/icon.svg"><iframe id=frame src="{office.origin}/"></iframe>
<form id=note method=post action="{office.origin}/notes/new/"><input name=title value="Planted from elsewhere"><input name=text value=x></form>
<form id=out method=post action="{office.origin}/sign-out/"></form><form id=lock method=post action="{office.origin}/lock/"></form>
"""


@pytest.mark.promise("P17")
@pytest.mark.parametrize("form", ["note", "out", "lock"])
def test_another_site_cannot_act_for_somebody_who_is_signed_in(signed_in, office, form):
    context, tab = signed_in
    with site({"/": hostile(office)}) as origin:
        other = context.new_page()
        other.goto(origin + "/")
        with other.expect_navigation() as said:
            other.evaluate("id => document.getElementById(id).submit()", form)
        assert said.value.status in {401, 403}
        tab.goto(f"{office.origin}/notes/")
        assert "Hand-over" in tab.locator("main").inner_text()  # still signed in
        assert "Planted from elsewhere" not in tab.locator("main").inner_text()
        other.close()


@pytest.mark.promise("P17")
def test_another_site_can_neither_frame_nor_read_nor_probe_the_office(signed_in, office):
    context, _ = signed_in
    with site({"/": hostile(office), "/own.html": "<p>own"}) as origin:
        other = context.new_page()
        other.goto(origin + "/")
        assert other.evaluate("document.getElementById('there').naturalWidth") == 0
        framed = next(frame for frame in other.frames if frame is not other.main_frame)
        assert "Today" not in framed.content()
        read = """async where => { try { const said = await fetch(where, {credentials: 'include', mode: 'cors'});
                                         return said.status; } catch { return 'refused'; } }"""
        assert other.evaluate(read, f"{office.origin}/notes/") == "refused"
        assert other.evaluate(read, f"{origin}/own.html") == 200
        probe = """where => new Promise(done => { const script = document.createElement('script'); script.src = where;
                     script.onload = () => done('loaded'); script.onerror = () => done('refused'); document.head.append(script); })"""
        assert other.evaluate(probe, f"{office.origin}/static/office/office.js") == "refused"
        assert other.evaluate("where => { window.opened = window.open(where); return true; }", f"{office.origin}/")
        other.wait_for_timeout(500)
        assert other.evaluate("window.opened === null || window.opened.closed")  # cut off from its opener
        other.close()


@pytest.mark.promise("P17")
def test_what_looks_like_markup_stays_words(signed_in, office):
    _, tab = signed_in
    said = []
    tab.on("dialog", lambda dialog: said.append(f"dialog: {dialog.message}"))
    tab.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    typed = "<img src=x onerror=alert(1)><script>alert(2)</script>{{ 7*7 }}<b hx-get='/me/' hx-trigger='load'>"
    tab.goto(f"{office.origin}/notes/new/")
    tab.fill("#id_title", typed)
    tab.fill("#id_text", typed)
    tab.locator("main form button[type=submit]").last.click()
    tab.wait_for_url(re.compile(r"/notes/[0-9a-f]{32}/"))
    assert tab.locator("h1").inner_text() == typed
    assert typed in tab.locator("main").inner_text()
    assert tab.locator("main img, main script, main [hx-get]").count() == 0
    assert said == []


@pytest.mark.promise("P17")
def test_a_planted_script_does_not_run_and_is_noticed(browse, office):
    watched = browse()
    tab = watched.go("/sign-in/")
    tab.evaluate("""() => { const planted = document.createElement('script'); planted.textContent = 'window.ran = 1';
                            document.body.append(planted); }""")
    assert tab.evaluate("window.ran") is None
    assert any("Content Security Policy" in complaint for complaint in watched.complaints)
    watched.complaints.clear()
