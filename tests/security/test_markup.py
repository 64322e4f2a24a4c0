"""What people type is text: through every field and onto every page it brings no element and no attribute with it."""

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Engine
from django.urls import reverse
from markup import Page, skeleton

from waystation_web.plans.sheets import Drawn, foreign, packed, unpacked
from waystation_web.vault.errors import Refused

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[2]
CORPUS = (
    "<script>alert(1)</script>", "</textarea><script>alert(1)</script>", "\"><svg onload=alert(1)>", "'><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)", "\" autofocus onfocus=\"alert(1)", "</title><script>alert(1)</script>", "<!--<script>", "--><p id=x>",
    "<iframe srcdoc='<script>alert(1)</script>'>", "<math><mi xlink:href='javascript:alert(1)'>", "javascript:alert(1)",
    "{{ 7*7 }}{% debug %}", "${7*7}", "&lt;script&gt;alert(1)&lt;/script&gt;", "\u2028<script>\u2029", "<a href=//x.example>x</a>",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-", "\uff1cscript\uff1e", "<x hx-on:click=alert(1)>", "<div x-data x-init=alert(1)>",
    "]]><script>alert(1)</script>", "<style>*{color:red}</style>", "<base href=//x.example>", "<form action=//x.example><input name=p>",
    "%3Cscript%3E", "\\u003cscript\\u003e", "</option></select><script>", "`${alert(1)}`",
)
PLAIN = "words"


@pytest.fixture
def writer(office):
    person = office.person(roles={"case_worker"}, handle="heron")
    office.person(roles={"coordinator"}, handle="wren")
    return office.sign_in(person)


def new_note(client, title=PLAIN, text=PLAIN):
    done = client.post(reverse("note-new"), {"title": title, "text": text})
    assert done.status_code == 302, done.content
    return done["Location"].split("?")[0]


def pages_with(client, word):
    """Every page of notes on which a typed word can stand, by name."""
    note = new_note(client, title=word[:120], text=word)
    client.post(f"{note}files/", {"file": SimpleUploadedFile(f"a{word.replace('/', '')}.txt"[:100], b"x")})
    other = next(field for form in Page(client.get(note).content.decode()).forms for field in form.fields
                 if field.name == "colleague" and field.kind == "select").choices[1]
    return {
        "note": client.get(note).content.decode(),
        "list": client.get(reverse("notes")).content.decode(),
        "search": client.post(reverse("notes"), {"words": word}).content.decode(),
        "new, again": client.post(reverse("note-new"), {"title": "x" * 121, "text": word}).content.decode(),
        "note, again": client.post(note, {"title": "x" * 121, "text": word, "revision": 2}).content.decode(),
        "conflict": client.post(note, {"title": word, "text": word, "revision": 77}).content.decode(),
        "share": client.post(f"{note}share/", {"colleague": other, "reason": word}).content.decode(),
        "share, again": client.post(f"{note}share/", {"colleague": other, "reason": word, "until": "1990-01-01"})
                              .content.decode(),
    }


@pytest.mark.promise("P17")
def test_no_typed_text_becomes_markup(writer):
    grown, plain = [], pages_with(writer, PLAIN)
    for probe in CORPUS:
        hostile = pages_with(writer, probe)
        # lists and searches are as long as there are notes: they are looked at below
        grown += [(name, probe) for name in plain if name not in {"list", "search"}
                  and skeleton(plain[name]) != skeleton(hostile[name])]
    assert grown == []
    assert len(plain) == 8 and all(len(skeleton(page)) > 20 for page in plain.values())


def test_lists_and_searches_show_typed_text_as_text(writer):
    before = skeleton(pages_with(writer, PLAIN)["list"])
    kinds = {element for element, _ in before} | {"td", "tr", "a", "time", "th"}
    for probe in CORPUS:
        shown = pages_with(writer, probe)
        for name in ("list", "search"):
            assert {element for element, _ in skeleton(shown[name])} <= kinds, (name, probe)
            assert not [names for _, names in skeleton(shown[name]) if any(one.startswith("on") for one in names)], probe


def test_a_template_that_trusts_its_text_is_found():
    engine = Engine()
    for template, found in (("<p>{{ a }}</p>", False), ("<p>{{ a|safe }}</p>", True)):
        shown = [engine.from_string(template).render(Context({"a": probe})) for probe in CORPUS]
        assert any(skeleton(one) != skeleton("<p>x</p>") for one in shown) == found


def test_only_drawings_of_a_report_are_shown_as_markup():
    for probe in CORPUS:
        if "<" in probe and "<p" not in probe:  # a paragraph is a drawing's own
            assert foreign(f"<p>{probe}</p>"), probe
            with pytest.raises(ValueError, match="no sheets of a report"):
                packed(f"<p>{probe}</p>")
    sound = '<div class="plan-sheets"><p>1 &lt; 2</p></div>'
    assert isinstance(unpacked(packed(sound)), Drawn) and unpacked(packed(sound)) == sound


@pytest.mark.parametrize("html", [
    "<p style=x>", "<use href='#a'>", '<use href="https://x.example/a.svg#b"/>', '<image href="data:image/svg+xml;base64,AA=="/>',
    '<rect fill="url(https://x.example/a)"/>', "<svg><script/></svg>", "<a>", "<p", "<p class=\"<b>\">", "<!-- x -->", "<p\nonclick=x>",
    "<form>", "<input>", "<P>", "<foreignObject>", "<style>", "<animate attributeName=href>", '<p class="a"onclick="x">',
])
def test_what_is_no_drawing_is_refused_when_a_plan_is_opened(html):
    import base64
    import zlib

    with pytest.raises(Refused) as why:
        unpacked(base64.b64encode(zlib.compress(html.encode())).decode())
    assert why.value.kind == "payload"


@pytest.mark.parametrize("text", ["", "%%%", "AAAA", "eJwDAAAAAAE"])
def test_what_is_not_packed_is_refused(text):
    with pytest.raises(Refused):
        unpacked(text)


def test_a_plan_that_unpacks_to_more_than_its_limit_is_refused():
    import base64
    import zlib

    with pytest.raises(Refused):
        unpacked(base64.b64encode(zlib.compress(b"a" * 9_000_000)).decode())


@pytest.mark.promise("P17")
def test_nothing_in_the_office_trusts_text_as_markup():
    found, pattern = [], re.compile(r"mark_safe|\|\s*safe\b|autoescape off|format_html|SafeString|__html__")
    for path in sorted((ROOT / "src" / "waystation_web").rglob("*")):
        if path.suffix in {".py", ".html"} and pattern.search(path.read_text("utf-8")):
            found.append(path.relative_to(ROOT).as_posix())
    # Looked through before it is shown: see above. Drawn by the core, which escapes every word: see below.
    assert found == ["src/waystation_web/network/drawing.py", "src/waystation_web/plans/sheets.py",
                     "src/waystation_web/stories/rendering.py"]  # drawn by the core of numbers and of places' names, escaped
    assert pattern.search("{{ a | safe }}") and pattern.search("mark_safe(a)")


def test_no_code_of_a_book_becomes_markup_in_its_picture(monkeypatch):
    from waystation.report import netmap
    from waystation.report.netmap import Caption, Stop, Track, network_svg

    monkeypatch.setattr(netmap, "installed", lambda: None)  # what lies under the stops holds no words of a book

    def drawn(word):
        stops = [Stop(word, 42.9, 129.5), Stop("B", 41.8, 123.4)]
        return network_svg(stops, [Track(word, word, "B", word, "branch", word)], caption=Caption(word, word, word))

    kinds = {element for element, _ in skeleton(drawn("A"))}
    for probe in CORPUS:
        if probe:
            assert {element for element, _ in skeleton(drawn(probe))} <= kinds, probe
            assert foreign(drawn(probe)) == "", probe
