"""The page in a real browser: no request, no error, no sideways scrolling, no accessibility fault, and it prints."""

import re
from dataclasses import dataclass, field
from pathlib import Path

import axe_playwright_python
import pytest
from answers import ANSWERS, BASE, REFUSED

from waystation.report.page import page, refusal_page

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = {1280: 900, 360: 740}


@dataclass
class Seen:
    """A page opened in a tab, and what went wrong while it was."""

    tab: object
    errors: list = field(default_factory=list)
    requests: list = field(default_factory=list)


@pytest.fixture
def opened(chromium, tmp_path):
    """Opens a page from a file, refusing and recording every request to anywhere else."""
    tabs = []

    def show(markup, width):
        path = tmp_path / "plan.html"
        path.write_text(markup, "utf-8")
        tab = chromium.new_page(viewport={"width": width, "height": WIDTHS[width]})
        tabs.append(tab)
        seen = Seen(tab)
        tab.on("console", lambda message: seen.errors.append(message.text))
        tab.on("pageerror", lambda error: seen.errors.append(str(error)))
        tab.on("request", lambda asked: None if asked.url.startswith(("file:", "data:")) else seen.requests.append(asked.url))
        tab.goto(path.as_uri())
        return seen

    yield show
    for tab in tabs:
        tab.close()


def markup(name):
    if name == "refused":
        return refusal_page(REFUSED, title=BASE.title, fictional=True, now=BASE.now)
    return page(ANSWERS[name])


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["thin", "unknown", "refused"])
def test_page_is_whole_quiet_and_accessible(opened, name, width):
    seen = opened(markup(name), width)
    assert seen.errors == []
    assert seen.requests == []
    wide, content = seen.tab.evaluate("[document.documentElement.clientWidth, document.documentElement.scrollWidth]")
    assert content <= wide
    seen.tab.evaluate(AXE.read_text("utf-8"))
    found = seen.tab.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS)
    assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found["violations"]] == []
    assert len(found["passes"]) > 15


def test_the_accessibility_check_finds_a_planted_fault(opened):
    seen = opened(markup("refused").replace("<h1>", '<img src="data:,"><h1>').replace('lang="en"', ""), 1280)
    seen.tab.evaluate(AXE.read_text("utf-8"))
    found = seen.tab.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS)
    assert {"image-alt", "html-has-lang"} <= {v["id"] for v in found["violations"]}


def test_a_planted_request_is_refused_by_the_page_itself(opened):
    seen = opened(markup("refused").replace("<h1>", '<img alt="x" src="http://localhost:9/x.png"><h1>'), 1280)
    assert any("Content Security Policy" in error for error in seen.errors)


@pytest.mark.parametrize(("width", "shown"), [(1280, "wide"), (360, "narrow")])
def test_each_width_has_its_own_map_and_readable_words(opened, width, shown):
    seen = opened(markup("thin"), width)
    kinds = ["wide", "narrow", "paper"]
    assert [seen.tab.locator(f"svg.map.{kind}").is_visible() for kind in kinds] == [kind == shown for kind in kinds]
    smallest = seen.tab.evaluate(
        """() => Math.min(...[...document.querySelectorAll('svg.chart text, svg.map .stop-name')]
             .filter(t => t.getBoundingClientRect().width > 0).map(t => t.getBoundingClientRect().height))""")
    assert smallest >= 11


def test_stop_names_do_not_cover_each_other_as_drawn(opened):
    for width in WIDTHS:
        seen = opened(markup("thin"), width)
        boxes = seen.tab.evaluate(
            """() => [...document.querySelectorAll('svg.map .stop-name')].map(t => [t.textContent, t.getBoundingClientRect()])
                 .filter(([, b]) => b.width > 0).map(([w, b]) => [w, b.left, b.top + 2, b.right, b.bottom - 2])""")
        assert len(boxes) == 11
        for i, (a, left, top, right, bottom) in enumerate(boxes):
            for b, left2, top2, right2, bottom2 in boxes[i + 1:]:
                assert not (left < right2 and left2 < right and top < bottom2 and top2 < bottom), (a, b)


def test_the_page_prints(opened):
    seen = opened(markup("thin"), 1280)
    printed = seen.tab.pdf(prefer_css_page_size=True, print_background=True)
    assert printed.startswith(b"%PDF-")
    sheets = len(re.findall(rb"/Type\s*/Page\b", printed))
    assert 3 <= sheets <= 10
    seen.tab.emulate_media(media="print")
    assert seen.tab.locator("svg.map.paper").is_visible()
    assert not seen.tab.locator("svg.map.wide").is_visible()
    gutter = seen.tab.locator(".gutter")
    assert gutter.is_visible()
    assert gutter.evaluate("e => getComputedStyle(e).position") == "fixed"
    assert gutter.inner_text().startswith("FICTIONAL WORLD")
