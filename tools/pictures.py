"""The pictures of the manual: the invented office, made anew and looked at with the Chromium of this machine.

    python tools/pictures.py           docs/pictures/*.webp; with names after it, only those
    python tools/pictures.py --look    the pages shown there, whole, at three widths, by day and in Korean by night

Needs a Chromium that is already here: named by WAYSTATION_CHROMIUM, or on the path. Nothing is fetched, and nothing on
a picture is real. Codes and hours differ each time, so pictures are made when pages change, not in every check.
"""

from __future__ import annotations

import base64
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
KEPT, LOOKED = ROOT / "docs" / "pictures", ROOT / "build" / "screens"
PORT = 8709
MOST = 150_000  # bytes of a picture
WIDTHS, PHONE = (1440, 768, 360), 360
NOISE = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")
PERSON = re.compile(r"handle +(\w+) .*\n +passphrase +(.+)\n")
CODE = re.compile(r"(\w+) (\d{6})")
MADE = 600  # seconds in which the office must be there


@dataclass(frozen=True)
class Look:
    """One picture: a page and how it is looked at."""

    page: str
    height: int = 900
    width: int = 1440
    dark: bool = False
    language: str = "en"


class Astray(Exception):
    """The office or the browser did not do what the pictures need; the message says what."""


def go(tab: Page, path: str) -> None:
    """Open a page, and wait until its map is drawn, where it has one."""
    answer = tab.goto(path)
    if answer is None or answer.status >= 400:
        raise Astray(f"{path} answered {answer and answer.status}")
    _settled(tab)


def _settled(tab: Page) -> None:
    tab.wait_for_load_state("networkidle")
    if tab.locator("figure[data-map][data-source]").count():
        tab.wait_for_selector("body[data-ready]", timeout=60_000)
        tab.wait_for_timeout(1500)  # labels fade in
    tab.evaluate("document.activeElement.blur()")


def _link(tab: Page, on: str, like: str) -> str:
    go(tab, on)
    found = tab.eval_on_selector_all("main a", "all => all.map(one => one.getAttribute('href'))")
    for one in found:
        if one and re.fullmatch(like, one):
            return str(one)
    raise Astray(f"no link like {like} on {on}")


def _plan(tab: Page) -> str:
    return _link(tab, "/plans/", r"/plans/\w{32}/")


def _case(tab: Page) -> str:
    return _link(tab, _plan(tab), r"/cases/\w{32}/plans/").removesuffix("plans/")


def _beside(tab: Page) -> None:
    go(tab, "/plans/")
    family = tab.locator("main tbody tr", has_text=tab.locator("main tbody tr th").first.inner_text())
    for box in family.locator("input[name=plans]").all():
        box.check()
    tab.locator("main form button[type=submit]").last.click()
    tab.locator(".beside").wait_for()
    _settled(tab)


def _search(tab: Page, words: str) -> None:
    go(tab, "/search/")
    tab.fill("#id_words", words)
    tab.locator("main form button[type=submit]").click()
    tab.locator(".found").first.wait_for()
    _settled(tab)


# Where each page is, by what other pages link to; the family's case is the one that has plans.
PAGES: dict[str, Callable[[Page], None]] = {
    "today": lambda tab: go(tab, "/"),
    "case": lambda tab: go(tab, _case(tab)),
    "people": lambda tab: go(tab, _case(tab) + "people/"),
    "call": lambda tab: go(tab, "/cases/new/"),
    "book": lambda tab: go(tab, "/book/"),
    "plan": lambda tab: go(tab, _plan(tab)),
    "beside": _beside,
    "aloud": lambda tab: go(tab, _plan(tab) + "sheet/"),
    "decide": lambda tab: go(tab, _plan(tab) + "decide/"),
    "money": lambda tab: go(tab, "/money/"),
    "search": lambda tab: _search(tab, "grandmother"),
}
PICTURES: dict[str, tuple[Look, ...]] = {  # several looks lie beside each other in one picture
    "today": (Look("today", 1080),),
    "case": (Look("case", 1180),),
    "phone": (Look("call", 800, PHONE), Look("people", 800, PHONE, dark=True, language="ko"),
              Look("search", 800, PHONE, dark=True)),
    "book": (Look("book", 1500, dark=True),),
    "plan": (Look("plan", 1500),),
    "beside": (Look("beside", 1110),),
    "aloud": (Look("aloud", 1150, dark=True),),
    "decide": (Look("decide", 1290),),
    "money": (Look("money", 1010),),
}


# -------------------------------------------------------------------------------------------------------- the office
@contextmanager
def demonstration(home: Path) -> Iterator[tuple[str, str, str]]:
    """The invented office, open while the block runs: handle, passphrase and digits of its first coordinator."""
    command = [sys.executable, "-u", "-m", "waystation_web.office", "demo", "--home", str(home), "--port", str(PORT)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    said: list[str] = []
    there = threading.Event()

    def listen() -> None:
        for line in process.stdout or ():
            said.append(line)
            if CODE.search(line):
                there.set()
        there.set()

    threading.Thread(target=listen, daemon=True).start()
    try:
        there.wait(MADE)
        people = PERSON.findall("".join(said))
        codes = CODE.findall(said[-1]) if said else []
        if not (people and codes):
            raise Astray(f"no invented office:\n{''.join(said)[-2000:]}")
        yield (*people[0], dict(codes)[people[0][0]])
    finally:
        process.terminate()
        process.wait(60)


def came_in(browser: Browser, handle: str, words: str, digits: str) -> Page:
    """A tab of somebody who has signed in."""
    tab = browser.new_context(base_url=f"http://localhost:{PORT}", locale="en-GB").new_page()
    go(tab, "/sign-in/")
    for field, value in (("#id_handle", handle), ("#id_code", digits), ("#id_words", words)):
        tab.fill(field, value)
    tab.locator("main form button[type=submit]").last.click()
    tab.wait_for_url(f"http://localhost:{PORT}/")
    return tab


def speak(tab: Page, language: str) -> None:
    """Choose the language of the pages, as its person would."""
    go(tab, "/me/")
    form = tab.locator("form:has([name=language])")
    form.locator("[name=language]").select_option(language)
    form.locator("button[type=submit]").click()
    _settled(tab)


# ------------------------------------------------------------------------------------------------------ the pictures
def show(tab: Page, look: Look) -> None:
    """Bring a page up as a look wants it."""
    tab.set_viewport_size({"width": look.width, "height": look.height})
    tab.emulate_media(color_scheme="dark" if look.dark else "light", reduced_motion="reduce")
    if tab.get_attribute("html", "lang") != look.language:
        speak(tab, look.language)
    PAGES[look.page](tab)


def beside(browser: Browser, shots: list[bytes]) -> Page:
    """A page on which pictures lie beside each other."""
    tab = browser.new_context(viewport={"width": 1200, "height": 900}).new_page()
    images = "".join(f'<img src="data:image/png;base64,{base64.b64encode(shot).decode()}">' for shot in shots)
    tab.set_content(f'<body style="margin:0;display:inline-flex;gap:24px;padding:24px;background:#b9b4aa">{images}')
    box = tab.locator("body").bounding_box() or {"width": 1200.0, "height": 900.0}
    tab.set_viewport_size({"width": int(box["width"]), "height": int(box["height"])})
    return tab


def webp(tab: Page) -> bytes:
    """What stands in the window, as fine as fits."""
    session = tab.context.new_cdp_session(tab)
    for quality in range(90, 10, -10):
        made = session.send("Page.captureScreenshot", {"format": "webp", "quality": quality})
        if len(found := base64.b64decode(made["data"])) <= MOST:
            return found
    raise Astray("no picture is small enough")


def report(browser: Browser, folder: Path) -> bytes:
    """The page of the invented journey, as `waystation plan` writes it."""
    page = folder / "long-way.html"
    verb = ("plan", "long-way", "--party", "family", "--report", str(page), "--yes")
    subprocess.run([sys.executable, "-m", "waystation", *verb], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    tab = browser.new_context(viewport={"width": 1280, "height": 1330}, color_scheme="light").new_page()
    tab.goto(page.as_uri())
    return webp(tab)


def keep(browser: Browser, tab: Page, folder: Path, wanted: list[str]) -> None:
    """Write the pictures of the manual: those that are named, or all."""
    if "report" in wanted or not wanted:
        (KEPT / "report.webp").write_bytes(report(browser, folder))
    for name, looks in PICTURES.items():
        if wanted and name not in wanted:
            continue
        shots = []
        for look in looks:
            show(tab, look)
            shots.append(tab.screenshot() if len(looks) > 1 else webp(tab))
        if len(looks) > 1:
            shots = [webp(beside(browser, shots))]
        (KEPT / f"{name}.webp").write_bytes(shots[0])
        print(f"docs/pictures/{name}.webp  {len(shots[0]) // 1000} kB", flush=True)


def look_at(tab: Page) -> None:
    """Every page whole, to be looked at by somebody; a page that is wider than its window is named."""
    LOOKED.mkdir(parents=True, exist_ok=True)
    for language, dark in (("en", False), ("ko", True)):
        for page in PAGES:
            for width in WIDTHS:
                show(tab, Look(page, 900, width, dark, language))
                over = tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                path = LOOKED / f"manual-{page}-{language}-{width}.png"
                tab.screenshot(path=path, full_page=True)
                print(f"{path.relative_to(ROOT)}{f'  TOO WIDE by {over}' if over else ''}", flush=True)


def main(arguments: list[str]) -> int:
    """Make the office, look, and end it."""
    where = os.environ.get("WAYSTATION_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not where:
        print("No Chromium was found: name one with WAYSTATION_CHROMIUM.")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        try:
            with demonstration(Path(folder) / "office") as person, sync_playwright() as started:
                browser = started.chromium.launch(executable_path=where, args=list(NOISE))
                tab = came_in(browser, *person)
                if "--look" in arguments:
                    look_at(tab)
                else:
                    keep(browser, tab, Path(folder), arguments)
                browser.close()
        except Astray as reason:
            print(reason)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
