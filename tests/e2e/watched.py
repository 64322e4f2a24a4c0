"""A browser profile under watch: errors, policy violations and requests to anywhere else are complaints."""

from pathlib import Path

import axe_playwright_python

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
# Every rule is asked of every element; where each of the thousands stands that pass is not written down for nobody.
RUN = """async tags => {
  const found = await axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']});
  return {violations: found.violations, passed: found.passes.length};
}"""
EXPECTED = ("Failed to load resource",         # the status of a page that says no, which Chromium calls an error
            "GL Driver Message",              # what a renderer in software says of its own speed, under a map
            "Clear-Site-Data header on")      # Chromium says that it has cleared everything, as it was told
SCREENS = Path(__file__).parents[2] / "build" / "screens"


class Watched:
    """One profile, one tab."""

    def __init__(self, chromium, origin, *, language="en", width=1280, dark=False):
        self.origin, self.complaints, self.faults = origin, [], {}
        self.context = chromium.new_context(locale=language, viewport={"width": width, "height": 900 if width > 700 else 740},
                                            color_scheme="dark" if dark else "light", base_url=origin)
        self.tab = self.context.new_page()
        self.tab.on("console", self._console)
        self.tab.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        self.context.on("request", self._asked)

    def _console(self, message):
        if not any(words in message.text for words in EXPECTED):
            self.complaints.append(f"{message.type}: {message.text}")

    def _asked(self, request):
        """Seen, not stopped: Chromium itself reaches no other machine (`chromium_here`), and keeps what it may keep, as in life."""
        if not request.url.startswith((self.origin + "/", "data:", "about:", f"blob:{self.origin}/")):
            self.complaints.append(f"asked {request.url}")

    def never_asks_by_itself(self):
        """From now on no page asks for anything at intervals of five seconds or more: what it shows anew it was told."""
        self.context.add_init_script("""{
          const every = window.setInterval;
          window.setInterval = (act, after, ...rest) => after < 5000 ? every(act, after, ...rest) : 0;
        }""")

    def go(self, path):
        """Open a page of the office."""
        self.tab.goto(self.origin + path)
        return self.tab

    def sign_in(self, person):
        """By handle, digits and words."""
        tab = self.go("/sign-in/")
        tab.fill("#id_handle", person.handle)
        tab.fill("#id_code", person.code())
        tab.fill("#id_words", person.words)
        tab.locator("main form button[type=submit]").last.click()
        tab.wait_for_url(self.origin + "/")
        return tab

    def in_korean(self):
        """Whoever is signed in chooses Korean on the page of their own settings."""
        tab = self.go("/me/")
        tab.select_option("#id_language", "ko")
        tab.locator("form[action$='/me/settings/'] button[type=submit]").click()

    def violations(self):
        """What axe finds on the page as it stands."""
        self.tab.wait_for_load_state("load")  # without its style a page shows what is meant for paper
        self.tab.evaluate(AXE)
        found = self.tab.evaluate(RUN, TAGS)
        assert found["passed"] > 8
        return [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in found["violations"]]

    def look(self, name):
        """Keep a picture of the page as it stands, and in `faults` what is wrong with it."""
        wide = self.too_wide()
        if found := self.violations() + ([f"{wide} px too wide"] if wide > 0 else []):
            self.faults[name] = found
        self.picture(name)

    def picture(self, name):
        """Keep a picture of the whole page, to look at."""
        SCREENS.mkdir(parents=True, exist_ok=True)
        self.tab.screenshot(path=SCREENS / f"{name}.png", full_page=True)

    def too_wide(self):
        """By how many pixels the page is wider than its window."""
        return self.tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    def close(self):
        """Leave every page before the profile goes: a stream that asks again while it is closed holds Playwright for ever."""
        for page in self.context.pages:
            page.goto("about:blank")
        self.context.unroute_all(behavior="ignoreErrors")
        self.context.close()
