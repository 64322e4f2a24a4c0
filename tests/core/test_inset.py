"""A plan set into another page says exactly what its own page says, and asks that page for no exception."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from answers import ANSWERS

from waystation.report.inset import FRAME, inset, inset_style
from waystation.report.page import page
from waystation.report.phrases import FICTIONAL_LINE


class Read(HTMLParser):
    """Words in order, tags, and every attribute that a strict policy would stop."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.words, self.tags, self.stopped, self.skip = [], [], [], 0
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.skip += tag in {"style", "title"}
        self.stopped += [name for name, _ in attributes if name == "style" or name.startswith("on")]

    def handle_endtag(self, tag):
        self.skip -= tag in {"style", "title"}

    def handle_data(self, data):
        if data.strip() and not self.skip:
            self.words.append(data.strip())


@pytest.mark.parametrize("name", ANSWERS)
def test_the_piece_says_what_the_page_says(name):
    whole, piece = Read(page(ANSWERS[name])), Read(inset(ANSWERS[name]).html)
    frame = {"To the answer", FICTIONAL_LINE}
    assert [word for word in piece.words if word not in frame] == [word for word in whole.words if word not in frame]
    assert len(piece.words) > 50


@pytest.mark.parametrize("name", ANSWERS)
def test_without_the_film_everything_below_the_map_stands_and_nothing_else(name):
    whole, less = Read(inset(ANSWERS[name]).html), Read(inset(ANSWERS[name], film=False).html)
    at = whole.words.index(next(word for word in whole.words if word == "How many arrive"))
    assert less.words[-len(whole.words[at:]):] == whole.words[at:]
    assert "The most likely way" in whole.words and "The most likely way" not in less.words
    assert len(inset(ANSWERS[name], film=False).html) < len(inset(ANSWERS[name]).html) / 4


@pytest.mark.parametrize("name", ANSWERS)
def test_the_piece_needs_no_exception_and_brings_no_frame(name):
    piece = Read(inset(ANSWERS[name]).html)
    assert piece.stopped == []
    assert not {"html", "head", "body", "main", "style", "script", "title", "meta", "link"} & set(piece.tags)


def test_what_a_policy_would_stop_is_found_when_it_stands():
    assert Read('<p style="color:red" onclick="x()">a</p>').stopped == ["style", "onclick"]


@pytest.mark.refuses("H-01")
@pytest.mark.parametrize("fictional", [True, False])
def test_a_fictional_plan_says_so_in_the_piece(fictional):
    piece = inset(replace(next(iter(ANSWERS.values())), fictional=fictional))
    assert piece.fictional is fictional
    assert (FICTIONAL_LINE in Read(piece.html).words) is fictional
    assert (f'class="band">{FICTIONAL_LINE}' in piece.html) is fictional  # above all
    assert ('class="gutter"' in piece.html) is fictional  # and on each sheet of paper


def test_the_style_of_the_piece_reaches_nothing_outside_it():
    sheet = inset_style()
    assert sheet.startswith(f".{FRAME} {{") and sheet.count("{") == sheet.count("}")
    depth, outside = 0, []
    for part in re.findall(r"[^{}]+|[{}]", sheet):
        if part == "{":
            depth += 1
        elif part == "}":
            depth -= 1
        elif depth == 0 and part.strip():
            outside.append(part.strip())
    assert outside == [f".{FRAME}"]
    assert not re.search(r"(?m)^(html|body|:root|main)\b|@page|@import|url\((?!#)", sheet)
