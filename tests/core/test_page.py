"""The page: self-contained, accessible in structure, honest in each state, and the same as its golden file."""

import json
import os
import re
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import pytest
from answers import ANSWERS, BASE, PLACES, PRIOR_ONLY, REFUSED, THIN, UNKNOWN

from parts import needs
from waystation.planning.results import Change, PriorNamed, Veto
from waystation.report import svgmap
from waystation.report.basemap import installed
from waystation.report.page import page, refusal_page
from waystation.report.silence import SaidTooMuch, speaks_of_chance
from waystation.report.words import facts, refusal_facts, refusal_text, text

GOLDEN = Path(__file__).parents[1] / "golden"
RENEW = "WAYSTATION_RENEW_GOLDEN"
LARGEST = 1_500_000
VOID = {"meta", "link", "br", "img", "path", "rect", "circle", "use", "image", "stop", "feGaussianBlur"}


class Tree(HTMLParser):
    """Tags, attributes and text of a page; checks that every tag is closed in order."""

    def __init__(self, markup):
        super().__init__()
        self.open, self.tags, self.words = [], [], []
        self.feed(markup)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if not {"style", "script"} & set(self.open):
            self.words.append(data)


def spoken(markup):
    """What a reader sees or hears: text, and names of images."""
    tree = Tree(markup)
    return " ".join([*tree.words, *(a["aria-label"] for _, a in tree.tags if a.get("aria-label"))])


@pytest.fixture
def no_base(monkeypatch):
    monkeypatch.setattr(svgmap, "installed", lambda: None)


pytestmark = pytest.mark.usefixtures("no_base")


# --- golden -----------------------------------------------------------------------------------------------------------


def normal(markup):
    """A page without its style sheet and without what is drawn inside pictures; one tag a line."""
    markup = re.sub(r"<style>.*?</style>", "<style/>", markup, flags=re.DOTALL)
    markup = re.sub(r"(<svg[^>]*>).*?</svg>", r"\1</svg>", markup, flags=re.DOTALL)
    markup = re.sub(r'viewBox="[^"]*"', "", markup)
    return re.sub(r"(<(?:section|li|tr|p|h\d|div|main|footer|header|svg|table|thead|tbody|ol|ul|figure)[ >])", r"\n\1", markup)


def golden(name, said):
    """What the golden file holds; a difference that is meant is renewed as tests/golden/README.md says."""
    path = GOLDEN / name
    if os.environ.get(RENEW):
        path.write_text(said, "utf-8")
    return path.read_text("utf-8")


@pytest.mark.parametrize("name", ANSWERS)
def test_golden_answer(name):
    answer = ANSWERS[name]
    said = {"html": normal(page(answer)), "txt": text(answer), "json": json.dumps(facts(answer), indent=1) + "\n"}
    assert said == {form: golden(f"{name}.{form}", words) for form, words in said.items()}


def test_golden_refusal():
    said = {"html": normal(refusal_page(REFUSED, title=BASE.title, fictional=True, now=BASE.now)),
            "txt": refusal_text(REFUSED), "json": json.dumps(refusal_facts(REFUSED), indent=1) + "\n"}
    assert said == {form: golden(f"refused.{form}", words) for form, words in said.items()}


def test_golden_files_are_all_made_by_these_tests():
    kinds = [f"{name}.{kind}" for name in [*ANSWERS, "refused"] for kind in ("html", "txt", "json")]
    assert sorted(p.name for p in GOLDEN.iterdir() if p.is_file()) == sorted([*kinds, "README.md"])


# --- the four states --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", [UNKNOWN, PRIOR_ONLY], ids=["unknown", "prior_only"])
def test_no_chance_and_no_chart_where_nothing_is_known(answer):
    made = page(answer)
    said = spoken(made)
    assert "We do not know." in said
    assert "%" not in said
    assert not speaks_of_chance(said)
    assert 'class="chart' not in made
    assert 'class="span"' not in made
    assert "The report that would help most" in said
    assert all(reason in said for reason in answer.assessment.reasons)


def test_the_same_search_finds_chances_and_charts_when_they_stand():
    made = page(BASE)
    assert speaks_of_chance(spoken(made))
    assert 'class="chart' in made
    assert 'class="span"' in made


@pytest.mark.parametrize("answer", [UNKNOWN, PRIOR_ONLY], ids=["unknown", "prior_only"])
def test_a_planted_number_stops_the_page(answer):
    leaky = replace(answer, dangers=BASE.dangers)
    with pytest.raises(SaidTooMuch):
        page(leaky)


def test_an_interval_wider_than_20_points_hides_every_middle_of_arriving():
    told = replace(THIN, low=0.6, high=0.88)
    said = spoken(page(replace(BASE, assessment=told)))
    assert "Of 100 parties like this, between 60 and 88 arrive." in said
    assert "about 86 arrive" not in said
    assert "arrive, of 100 " not in said.replace("arrive, of 100 parties", "")
    assert "Of 100 journeys: 86 arrive" not in said
    assert "Of 100 journeys: 86 arrive" in spoken(page(BASE))


def test_the_advice_is_advice_and_names_who_decides():
    for answer in ANSWERS.values():
        said = spoken(page(answer))
        assert said.count("Advice. A named person decides.") == 2
        assert not re.search(r"\bthis decision\b|\bdecides? for you\b", said, re.IGNORECASE)
    assert "Advice. A named person decides." in spoken(refusal_page(REFUSED, title="T", fictional=False, now=BASE.now))


def test_words_that_must_never_be_said_on_a_screen():
    said = " ".join(spoken(page(answer)) for answer in ANSWERS.values()).lower()
    for never in ("guaranteed", "secure", "certain", "illegal", "low risk", "terminated", "lost"):
        assert not re.search(rf"\b{never}\b", said), never


# --- self-contained ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ANSWERS)
def test_nothing_comes_from_outside_and_nothing_runs(name):
    made = page(ANSWERS[name])
    tree = Tree(made)
    tags = {tag for tag, _ in tree.tags}
    assert not tags & {"script", "iframe", "object", "embed", "form", "input", "base", "audio", "video", "foreignobject"}
    for _, attrs in tree.tags:
        assert not any(key.startswith("on") for key in attrs)
        for key in ("href", "src", "xlink:href", "action", "srcset"):
            assert attrs.get(key, "#").startswith(("#", "data:"))
    assert not re.search(r"@import|url\((?!#)", made)
    assert re.findall(r"https?://[^\s\"<]+", made) == ["http://www.w3.org/2000/svg"] * made.count('xmlns="')
    policy = next(a["content"] for tag, a in tree.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'")
    assert "script" not in policy


@pytest.mark.parametrize("name", ANSWERS)
def test_size_with_and_without_the_base_map(name):
    assert len(page(ANSWERS[name]).encode()) < 200_000
    needs(installed(), "the base map is not built on this machine: run tools/basemap.py")
    assert 300_000 < len(page(ANSWERS[name], installed()).encode()) < LARGEST


def test_the_page_says_that_the_base_map_is_missing():
    assert "The base map was not built on this machine" in spoken(page(BASE))


def test_the_page_stands_without_any_position():
    nowhere = replace(BASE, places=tuple(replace(p, lat=None) for p in PLACES))
    said = spoken(page(nowhere))
    assert "No place of this route book has a position: the picture shows the order of the way" in said
    assert "HEARTH" in said


# --- structure --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ANSWERS)
def test_headings_and_tables_are_in_order(name):
    tree = Tree(page(ANSWERS[name]))
    levels = [int(tag[1]) for tag, _ in tree.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in zip(levels[levels.index(1):], levels[levels.index(1) + 1:], strict=False))
    tables = [k for k, (tag, _) in enumerate(tree.tags) if tag == "table"]
    assert all(tree.tags[k + 1][0] == "caption" for k in tables)
    heads = [attrs for tag, attrs in tree.tags if tag == "th"]
    assert heads
    assert all(attrs["scope"] in ("col", "row") for attrs in heads)
    assert next(attrs for tag, attrs in tree.tags if tag == "html")["lang"] == "en"


def test_the_way_in_words_stands_before_the_map():
    made = page(BASE)
    words = made.index("<ol><li><b>HEARTH</b> <span>North Hamgyong</span></li>")
    assert words < made.index('<svg class="map wide"')


def test_every_picture_has_a_name_or_is_hidden():
    for tag, attrs in Tree(page(BASE)).tags:
        if tag == "svg":
            assert attrs.get("aria-hidden") == "true" or (attrs.get("role") == "img" and len(attrs["aria-label"]) > 20)


def test_ids_are_unique_and_every_reference_is_met():
    made = page(BASE)
    ids = re.findall(r' id="([^"]+)"', made)
    assert len(ids) == len(set(ids))
    used = set(re.findall(r'(?:href="#|url\(#)([^")]+)', made))
    assert used - set(ids) == set()


def test_fictional_stands_on_every_sheet_of_a_fictional_world_only():
    made = page(BASE)
    assert '<body class="fictional">' in made
    assert 'class="gutter"' in made
    real = page(replace(BASE, fictional=False))
    assert "FICTIONAL" not in re.sub(r"<style>.*?</style>", "", real, flags=re.DOTALL)
    sheet = (files("waystation.report") / "page.css").read_text("utf-8")
    printed = sheet[sheet.index("@media print"):]
    assert re.search(r"\.gutter \{ display: block; position: fixed", printed)  # fixed boxes repeat on every sheet


def test_what_the_reader_must_find_is_there():
    said = spoken(page(ANSWERS["measured"]))
    for words in ("What to do now", "until calm, or at most until 4 May", "2 to 5 May", "with guide G1", "If things change",
                  "In any other case: stop where you are and contact the desk.", "by 30 June 2030 with 3,000 USD",
                  "lie beyond the first border", "M. Ashgrove (invented)", "3 November 2029",
                  "Interviews with people who came through", "What would change this advice", "What to find out first",
                  "The oldest member is 80", "Never: mined border", "All reports on KP-N come from one origin.",
                  "Two parties came through L03 since", "read the low end", "9f2c41d7a0be55311c6e0a4d8b17f3c2", "native",
                  "1 May 2030, 06:00 UTC", "describe about 94 of 100 journeys"):
        assert words in said, words


def test_rounding_is_told_only_where_it_matters():
    assert "of 100 parties between 86 and 87 arrive" in spoken(page(BASE))
    assert "counted in whole units" not in spoken(page(replace(BASE, high_money=0.865)))


def test_what_says_the_same_is_said_once():
    answer = replace(
        BASE, warnings=("CN-A: one origin.", "CN-B: one origin.", "Areas are assumed independent."),
        vetoes=(*BASE.vetoes, Veto("L30", "MILL", "KILN", "foot", BASE.vetoes[0].reason)),
    )
    said = spoken(page(answer))
    assert "CN-A, CN-B: one origin." in said
    assert "ORCHARD to WELL (L20), MILL to KILN (L30)" in said
    assert said.count("interviews with people who came through".capitalize()) == 1
    assert "CN-A, CN-B: one origin." in text(answer)


def test_the_first_step_says_until_when():
    plain = replace(BASE, first="wait at HEARTH")
    assert "Wait at HEARTH, until calm, or at most until 4 May." in spoken(page(plain))
    leg = replace(BASE, first="foot from HEARTH to ORCHARD (L01)", tree=replace(BASE.tree, main=BASE.tree.main[1:]))
    assert "Go on foot from HEARTH to ORCHARD, at night, with guide G1." in spoken(page(leg))


def test_a_branch_that_ends_at_the_goal_says_so():
    ends = replace(BASE.tree.contingencies[0], rejoins="HARBOR")
    answer = replace(BASE, tree=replace(BASE.tree, contingencies=(ends,), coverage=1.0))
    said = spoken(page(answer))
    assert "There the journey ends." in said
    assert "describe every journey." in said


def test_a_public_name_that_is_the_code_is_said_once():
    same = replace(BASE, places=tuple(replace(p, near="Mill") if p.code == "MILL" else p for p in PLACES))
    made = page(same)
    assert "<li><b>MILL</b></li>" in made
    assert ">Mill<" not in made


def test_no_step_is_said_when_there_is_none():
    stay = replace(BASE, tree=replace(BASE.tree, main=(), contingencies=()), lines=())
    assert "There is no step: the advice is to stay." in spoken(page(stay))


# --- hostile text -----------------------------------------------------------------------------------------------------


def test_hostile_text_is_shown_as_text():
    bad = '</style></svg><script>alert("1")</script><img src=x onerror=alert(1)> & \' "'
    answer = replace(
        BASE, title=bad, first=bad, warnings=(bad,), learnt=(bad,), changes=(Change("money", bad),),
        vetoes=(Veto("L1", "A", "B", "foot", bad),), party=replace(BASE.party, label=bad),
        assessment=replace(THIN, reasons=(bad,), priors=(PriorNamed(bad, THIN.priors[0].stated, bad, bad, 0.5),)),
        places=tuple(replace(p, near=bad) for p in PLACES),
        tree=replace(BASE.tree, otherwise=bad, main=tuple(replace(s, why=bad, guide=bad) for s in BASE.tree.main)),
    )
    made = page(answer)
    assert "<script" not in made
    assert "<img" not in made
    tree = Tree(made)
    assert not any(key.startswith("on") for _, attrs in tree.tags for key in attrs)
    assert " ".join(tree.words).count(bad) >= 30
    refused = refusal_page(replace(REFUSED, reasons=(bad,)), title=bad, fictional=True, now=BASE.now)
    assert "<script" not in refused
    Tree(refused)


# --- colours ----------------------------------------------------------------------------------------------------------


def test_no_colour_of_the_style_sheets_is_green():
    for name in ("page.css", "map.css"):
        sheet = (files("waystation.report") / name).read_text("utf-8")
        assert not re.search(r":\s*(?:[a-z]*green|lime|olive|teal)\b", sheet)
        for r, g, b in re.findall(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})\b", sheet):
            red, green, blue = int(r, 16), int(g, 16), int(b, 16)
            assert green <= max(red, blue) + 4, (name, r + g + b)
