"""Every sentence of the office stands in every language: in its letters, with the same gaps to fill in, none doubtful."""

import re
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.template import Context, Engine
from django.utils import translation

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "src" / "waystation_web"
LETTERS = {"ko": re.compile("[\uac00-\ud7a3]")}
GAPS = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
# Sentences that are the same in both languages, and why.
SAME: dict[str, str] = {}
VISIBLE = re.compile(r">([^<{}]*[A-Za-z]{2}[^<{}]*)<")
UNTRANSLATED = {"Waystation": "the name", "Ctrl L": "names of keys", "Esc Esc": "names of keys",
                "Esc": "names of keys", "Enter": "names of keys", "UTC": "the name of a clock"}


@pytest.fixture(scope="module")
def words():
    """tools/words.py as a module, which gathers what is said once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "tools"))
        sys.modules.pop("words", None)
        import words

        yield words
        sys.modules.pop("words", None)


HOMES = sorted({"", *(path.parent.name for path in WEB.glob("*/locale"))})


def catalogue_of(code, home=""):
    """A language's catalogue: of an app, or with an empty name the office's own."""
    path = WEB / home / "locale" / code / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        return read_po(file, locale=code, abort_invalid=True)


def strings(message):
    """What a message says in the other language, as a tuple."""
    return message.string if isinstance(message.string, tuple) else (message.string,)


def sources(message):
    """What it says in English, as a tuple."""
    return tuple(message.id) if isinstance(message.id, tuple | list) else (message.id,)


def faults(catalogue, letters):
    """What is wrong with the entries of one catalogue, each as (why, sentence)."""
    wrong = []
    for message in catalogue:
        if not message.id:
            continue
        first = sources(message)[0]
        if message.fuzzy:
            wrong.append(("doubtful", first))
        for said in strings(message):
            if not said.strip():
                wrong.append(("missing", first))
            elif first not in SAME and (said in sources(message) or not letters.search(said)):
                wrong.append(("not in this language", first))
            if said and sorted(GAPS.findall(said)) != sorted(GAPS.findall(sources(message)[-1])):
                wrong.append(("other gaps", first))
            if said and (said[0].isspace() or said[-1].isspace()) != (first[0].isspace() or first[-1].isspace()):
                wrong.append(("space at an end", first))
    return wrong


def absent(catalogue, wanted):
    """Sentences that the office says and the catalogue lacks."""
    known = {sources(message) for message in catalogue if message.id}
    return [said for said in wanted if (said if isinstance(said, tuple) else (said,)) not in known]


def test_there_is_a_catalogue_for_each_language_but_english():
    from django.conf import settings

    for home in HOMES:
        assert {path.name for path in (WEB / home / "locale").iterdir()} == set(LETTERS), home
    assert set(LETTERS) == {code for code, _ in settings.LANGUAGES} - {"en"}


@pytest.mark.parametrize("home", HOMES)
@pytest.mark.parametrize("code", LETTERS)
def test_every_entry_is_whole(code, home):
    assert faults(catalogue_of(code, home), LETTERS[code]) == []


def disagreeing(catalogues):
    """Sentences for which two catalogues hold different words: only one of them would ever be shown."""
    said = {}
    for catalogue in catalogues:
        for message in catalogue:
            if message.id:
                said.setdefault((message.context, message.id), set()).add(message.string)
    return {english for (_, english), words in said.items() if len(words) > 1}


@pytest.mark.parametrize("code", LETTERS)
def test_no_two_catalogues_disagree(code):
    assert disagreeing(catalogue_of(code, home) for home in HOMES) == set()


def test_two_catalogues_that_disagree_are_found():
    one, other, third = Catalog(locale="ko"), Catalog(locale="ko"), Catalog(locale="ko")
    one.add("For", "찬성"), other.add("For", "대상"), third.add("For", "대상", context="price")
    one.add("By", "한 사람"), other.add("By", "한 사람")
    assert disagreeing([one, other]) == {"For"} and disagreeing([one, third]) == set()


@pytest.mark.parametrize(("english", "korean", "flags", "why"), [
    ("Notes", "", (), "missing"),
    ("Notes", "Notes", (), "not in this language"),
    ("Notes", "Notizen", (), "not in this language"),
    ("Notes", "메모", ("fuzzy",), "doubtful"),
    ("Page %(number)s", "쪽", (), "other gaps"),
    ("Page %(number)s", "%(nummer)s쪽", (), "other gaps"),
    ("Notes", " 메모", (), "space at an end"),
])
def test_a_planted_fault_is_found(english, korean, flags, why):
    planted = Catalog(locale="ko")
    planted.add(english, korean, flags=flags)
    planted.add("People", "사람들")
    assert faults(planted, LETTERS["ko"]) == [(why, english)]


@pytest.mark.parametrize("home", HOMES)
@pytest.mark.parametrize("code", LETTERS)
def test_everything_that_is_said_is_in_its_catalogue_and_nothing_else(code, home, words):
    wanted = words.of_home(home)
    catalogue = catalogue_of(code, home)
    assert absent(catalogue, wanted) == []
    assert {sources(message) for message in catalogue if message.id} == {
        said if isinstance(said, tuple) else (said,) for said in wanted}


def test_every_sentence_has_a_home(words):
    everything = words.said()
    assert len(everything) > 300 and {"Notes", "security officer", "Sign in first", "Busy"} <= set(everything)
    assert set(everything) == {said for home in HOMES for said in words.of_home(home)}
    assert words.apps() == [home for home in HOMES if home]


def test_sentences_are_gathered_wherever_they_may_stand(words):
    template = ("{% load i18n %}<p>{% translate 'one' %}</p>\n  {% blocktranslate with a=b trimmed %}two\n {{ a }}{% endblocktranslate %}"
                "{% blocktranslate count n=x %}three{% plural %}threes{% endblocktranslate %}{{ _('four') }}")
    assert [said for said, _ in words._of_template(template, "t.html")] == [
        "one", "two %(a)s", ("three", "threes"), "four"]
    code = "x = _('five')\nraise NotPermitted('rule', 'six')\ny = ngettext('a', 'as', 3)\nz = NotPermitted('r', WHY['r'])\n"
    assert [said for said, _ in words._of_python(code, "t.py")] == ["five", ("a", "as")]
    assert [said for said, _ in words._of_refusals(code, "t.py")] == ["six"]
    assert absent(Catalog(locale="ko"), {"five": set()}) == ["five"]


def bare(text):
    """Words of a template that stand outside every translation."""
    text = re.sub(r"\{% blocktranslate.*?endblocktranslate %\}", "", text, flags=re.DOTALL)
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->", "", text, flags=re.DOTALL)
    found = [one.strip(" ·\n") for one in VISIBLE.findall(text)]  # a dot joins words and is none
    found += re.findall(r'(?:title|aria-label|placeholder|alt)="([^"]*[A-Za-z]{2}[^"]*)"', text)
    return [one for one in found if one not in UNTRANSLATED]


def test_no_template_says_something_outside_a_translation():
    found = {path.name: bare(path.read_text("utf-8")) for path in (WEB / "templates").rglob("*.html")}
    assert len(found) > 30 and {name: said for name, said in found.items() if said} == {}
    assert bare('<p title="Go">{% translate "x" %} Hello <b>{{ y }}</b></p>') == ["Hello", "Go"]


def test_a_compiled_catalogue_is_what_django_shows():
    with translation.override("ko"):
        shown = Engine.get_default().from_string("{% load i18n %}{% translate 'Notes' %}").render(Context())
        assert LETTERS["ko"].search(shown) and translation.gettext("Notes") == shown
    with translation.override("en"):
        assert translation.gettext("Notes") == "Notes"


def test_pages_come_in_the_language_that_was_chosen(office):
    client = office.client()
    assert b'lang="en"' in client.get("/sign-in/").content
    assert client.post("/language/", {"language": "ko"}, headers={"Referer": "http://localhost:8700/sign-in/"}).status_code == 302
    page = client.get("/sign-in/")
    assert page["Content-Language"] == "ko" and b'lang="ko"' in page.content
    assert len(LETTERS["ko"].findall(page.content.decode())) > 50


def test_what_the_rules_say_is_shown_in_the_reader_s_language(office):
    """The core knows no languages: its sentences are looked up where they are shown."""
    officer = office.sign_in(office.people["anna"], stepped_up=True)
    officer.post("/me/settings/", {"language": "ko", "theme": ""})
    clash = officer.post("/people/invite/", {"handle": "tern", "name": "Tern", "language": "ko",
                                             "roles": ["coordinator", "researcher"]}).content.decode()
    assert "코디네이터, 조사원 역할을 한 사람이" in clash and "together open" not in clash
    assert "보안 담당자" in officer.get("/people/").content.decode()
    worker = office.sign_in(office.person(roles={"case_worker"}, handle="heron"))
    worker.post("/me/settings/", {"language": "ko", "theme": ""})
    refused = worker.get("/audit/")
    assert refused.status_code == 403
    assert "본인의 역할로는" in refused.content.decode() and "Your role" not in refused.content.decode()
