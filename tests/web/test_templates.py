"""What no template may hold: scripts, styles and handlers inside a page, code in attributes, text trusted as markup."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from waystation_web import __file__ as package

pytestmark = pytest.mark.once

TEMPLATES = Path(package).parent / "templates"
ALL = sorted(TEMPLATES.rglob("*.html"))
PAGES = [path for path in ALL if "{% extends" in path.read_text("utf-8")]
TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
HANDLER = re.compile(r"on[a-z]+|hx-on.*|data-hx-on.*|@.*|x-on.*|x-html|hx-ext|hx-inherit|hx-disable", re.IGNORECASE)
ALLOWED_ALPINE = re.compile(r"[a-zA-Z][\w.]*|")  # one word; anything longer belongs into a module
CODE = re.compile(r"\bjs:|\bjavascript:", re.IGNORECASE)
TRUSTED = re.compile(r"\|\s*safe\b|\|\s*safeseq\b|{%\s*autoescape\s+off|{%\s*debug\s*%}|mark_safe")
ELSEWHERE = re.compile(r"""["'(]\s*(?:https?:)?//""", re.IGNORECASE)


class Reader(HTMLParser):
    """Collects what a page may not hold."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag, attributes):
        said = {name: value or "" for name, value in attributes}
        if tag == "script" and "src" not in said and said.get("type") != "application/json":
            self.faults.append("script inside the page")
        if tag in {"style", "iframe", "object", "embed", "base"}:
            self.faults.append(f"<{tag}>")
        for name, value in said.items():
            self.faults += attribute_faults(name, value)
        if tag == "form" and said.get("method", "").lower() not in {"post", "get"}:
            self.faults.append("a form without a method")
        if tag == "input" and said.get("type") not in {"hidden", "checkbox", "radio", "submit", "file", "date"} \
                and "autocomplete" not in said:
            self.faults.append(f"a field whose content the browser would keep: {said.get('name', '')}")
        if tag == "img" and "alt" not in said:
            self.faults.append("a picture without words")


def attribute_faults(name: str, value: str) -> list[str]:
    """What is wrong with one attribute."""
    faults = []
    calls_a_method = name.startswith(("x-on", "@")) and ALLOWED_ALPINE.fullmatch(value)
    if (name == "style" or HANDLER.fullmatch(name)) and not calls_a_method:
        faults.append(f"{name}=")
    if name.startswith(("x-", ":")) and name != "x-ref" and not ALLOWED_ALPINE.fullmatch(value):
        faults.append(f"{name}: more than one word")
    if CODE.search(value) and name != "content":
        faults.append(f"{name}: code")
    if name in {"hx-trigger", "data-hx-trigger"} and "[" in value:
        faults.append(f"{name}: a filter")
    if name == "tabindex" and value not in {"-1", "0"}:
        faults.append("an order of its own")
    return faults


def faults_in(text: str) -> list[str]:
    """Everything in a template that no template may hold."""
    faults = [f"trusted text: {found[0]}" for found in TRUSTED.finditer(text)]
    faults += [f"an address elsewhere: {found[0]}" for found in ELSEWHERE.finditer(text)]
    if CODE.search(text):
        faults.append("code in a value")
    reader = Reader()
    reader.feed(TAG.sub("", text))
    reader.close()
    return faults + reader.faults


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_a_template_holds_nothing_of_the_kind(path):
    assert faults_in(path.read_text("utf-8")) == []


@pytest.mark.parametrize("text", [
    "<script>a()</script>", "<style>a{}</style>", '<p style="color:red">', '<p onclick="a()">', "<p ONLOAD=a>",
    '<p hx-on:click="a()">', '<p data-hx-on--load="a()">', "<p x-html='a'>", '<p @click="a = b">', '<p x-data="{a: 1}">',
    '<p hx-trigger="keyup[ctrlKey]">', "<p hx-vals='js:{a: b()}'>", "<p hx-headers=\"js:{}\">", '<a href="javascript:a()">',
    "{{ a|safe }}", "{{ a | safe }}", "{% autoescape off %}", '<img src="https://x.example/a" alt="">', '<script src="//x.example/a"></script>',
    "<iframe></iframe>", "<base href='/'>", "<form></form>", "<input name=a>", '<p tabindex="3">', '<img src="a">',
])
def test_a_planted_fault_is_found(text):
    assert faults_in("<p>sound</p>") == []
    assert faults_in(text)


def test_what_is_allowed_is_not_found():
    assert faults_in('<div x-data="reveal"><button type="button" x-on:click="flip" x-bind:hidden="hidden"></button></div>') == []
    assert faults_in('<script src="/static/a.js" type="module"></script><script type="application/json">{}</script>') == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_a_page_has_a_title_that_tells_nothing_and_one_heading(path):
    text = path.read_text("utf-8")
    title = re.search(r"{% block title %}(.*?){% endblock %}", text, re.DOTALL)
    assert title, "no title"
    assert re.fullmatch(r"{% (?:translate|trans) (?:\"[^\"]+\"|'[^']+') %}|W", title[1]), "a title is one fixed text: it stands in the window list"
    main = text.partition("{% block main %}")[2]
    assert "<h1" in main or "{% include" in main or path.name == "blank.html"  # that page is about nothing


def test_the_base_page_says_its_language_and_carries_no_page_of_its_own():
    base = (TEMPLATES / "base.html").read_text("utf-8")
    for part in ('<html lang="', "data-theme", 'class="skip"', 'href="#main"', 'id="main"', 'rel="icon"', 'name="viewport"', "<title>"):
        assert part in base
    said = json.loads(re.search(r"name=\"htmx-config\" content='([^']+)'", base)[1])
    assert said["history"] is False and said["includeIndicatorCSS"] is False and said["mode"] == "same-origin"


def words_outside(text: str) -> list[str]:
    """Text of a template that no translation reaches."""
    text = re.sub(r"{% blocktranslate.*?{% endblocktranslate %}", "", text, flags=re.DOTALL)
    text = re.sub(r"<(code|kbd|title)\b.*?</\1>", "", text, flags=re.DOTALL)
    text = re.sub(r"<[^<>]*>", " ", TAG.sub(" ", text))
    return [word for word in re.findall(r"[A-Za-z]{2,}", text) if word not in {
        "UTC", "Waystation", "CSL", "JSON", "RIS", "doctype", "html", "middot", "nbsp"}]


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_every_word_can_be_translated(path):
    assert words_outside(path.read_text("utf-8")) == []


def test_a_planted_word_is_found():
    assert words_outside("<p>{% translate 'Fine' %} {{ a }}</p>") == []
    assert words_outside("<p>Not fine {{ a }}</p>") == ["Not", "fine"]


def forms_without_token(text: str) -> int:
    return sum("csrf_token" not in form for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", text, re.DOTALL))


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_every_form_that_changes_something_carries_its_token(path):
    assert forms_without_token(path.read_text("utf-8")) == 0
    assert forms_without_token('<form method="post"></form>') == 1
