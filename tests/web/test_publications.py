"""The library: several reviews of one work, public persons, notes, a page cleaned before it is kept, packs with sources, no reader and no case."""

import json

import pytest
from acts import member
from django.urls import get_resolver, reverse

from waystation.access.fields import registry
from waystation_web.gateways.database import writing
from waystation_web.library import actions, packing, pages, queries, words
from waystation_web.library.forms import PasteForm
from waystation_web.library.publication import ROLES, entry_of
from waystation_web.records import queries as kept
from waystation_web.vault.errors import Changed, NoSuchVault, NotPermitted, Refused

pytestmark = pytest.mark.once

ITEM = {"title": "A film on a river", "titles": ["강의 영화"], "kind": "film", "genres": ["documentary", "people"],
        "authors": [{"name": "Invented, Director", "is": "name"}], "container": "", "publisher": "An invented studio", "reviews": "", "people": [],
        "issued": "2023", "issued_words": "", "looked_up": "2026-02-01", "language": "eng", "address": ""}
PERSON = {"name": "Director Invented", "others": [], "role": "film_maker", "does": "Made a film on a river. (Invented.)",
          "source": "An invented paper, 2023-01-02", "looked_up": "2026-02-01"}
NOTE = {"title": "Why a river", "text": "It is a border. (Invented.)", "author": "A. Scholar", "source": "An invented history, page 3",
        "looked_up": "2026-02-01"}
PAGE = """Home | News | Films | Opinion
Advertisement
Songs that cross a river
By A. Critic, critic@paper.example
Posted 2 years ago
Last year the film was shown in three towns.
Write to its makers: makers@film.example
Sign up for our newsletter
"""


class House:
    """A researcher who writes in the library, and a field liaison who reads alone."""

    def __init__(self, office):
        self.office = office
        self.writer, self.reader = member(office, "scribe", ("researcher",)), member(office, "reader", ("field_liaison",))

    def whole(self):
        with writing():
            return queries.library(self.reader)

    def found(self, key):
        with writing():
            return queries.held(self.reader, key)


@pytest.fixture
def house(office):
    return House(office)


@pytest.mark.proves("S001-01", "S000-01", "S001-02")
def test_several_reviews_speak_of_one_work_and_its_maker_is_a_public_person(house):
    person = actions.write(house.writer, "person", PERSON)
    film = actions.write(house.writer, "publication", ITEM | {"people": [person.hex()]})
    reviews = [actions.write(house.writer, "publication", ITEM | {
        "title": title, "titles": [], "kind": kind, "genres": genres, "reviews": film.hex(), "container": "An invented paper", "authors": authors})
        for title, kind, genres, authors in (("One view", "review", ["opinion"], []), ("Another", "opinion", ["people", "storytelling"],
                                                                                      [{"name": "@river_reader", "is": "handle"}]))]
    shown = pages.one(house.reader, film)
    assert [row.of.name for row in shown.reviewed] == ["Another", "One view"] and [one.name for one in shown.people] == ["Director Invented"]
    assert "a handle; the name is not known" in shown.reviewed[0].words and shown.reviewed[1].words.startswith("Author not known")
    assert [row.of.name for row in pages.one(house.reader, person).appears] == ["A film on a river"]
    one = pages.page(house.reader, kind="opinion", genre="people").rows
    assert [(row.of.name, row.kind, row.genres, row.work.name) for row in one] == [("Another", "opinion article", ("people", "storytelling"), "A film on a river")]
    assert len(pages.page(house.reader, genre="people").rows) == 2 and pages.page(house.reader, kind="news").rows == ()
    with pytest.raises(NotPermitted) as why:
        actions.change(house.writer, film, {"reviews": film.hex()}, revision=1)
    assert why.value.rule == "itself"
    actions.change(house.writer, film, {"title": "A film"}, revision=1)
    with pytest.raises(Changed):
        actions.change(house.writer, film, {"title": "x"}, revision=1)
    with pytest.raises(NotPermitted):
        actions.write(house.reader, "publication", ITEM)
    text, media, _name = packing.exchanged(house.whole(), "csl")
    assert {one.get("reviewed-title") for one in json.loads(text)} == {None, "A film"} and media.endswith("csl+json")
    assert house.found(film).record.history[-1]["was"] == {"title": "A film on a river"} and len(reviews) == 2


@pytest.mark.proves("S001-02", "S002-21")
def test_nobody_can_be_reached_by_the_library(house):
    for sort, body, where in (
            ("person", PERSON, {"does": "Write to director@film.example"}), ("person", PERSON, {"source": "t.me/river_film"}),
            ("person", PERSON, {"others": ["@river_film"]}), ("note", NOTE, {"text": "Call 02-555-0100"}), ("publication", ITEM, {"title": "a@b.example"}),
            ("publication", ITEM, {"address": "a@b.example"}), ("publication", ITEM, {"authors": [{"name": "A, a@b.example", "is": "name"}]}),
            ("publication", ITEM, {"facts": [{"id": "0" * 16, "text": "Call +82 2 555 0100", "where": "", "when": ""}]})):
        with pytest.raises(NotPermitted) as why:
            actions.write(house.writer, sort, body | where)
        assert why.value.rule == "reach"


@pytest.mark.proves("S002-23", "S002-21", "S000-02")
def test_a_pasted_page_is_shown_with_what_is_left_out_and_only_what_somebody_marks_is_kept(house):
    client = house.office.sign_in(house.office.person(roles={"researcher"}, handle="paster"))
    today = house.office.now.date()
    send = {"text": PAGE, "looked_up": today.isoformat()}
    answer = client.post(reverse("library-paste"), send)
    page = answer.content.decode()
    assert answer.status_code == 200 and house.whole().publications == ()  # nothing is saved before somebody looked
    kept_side, left_side = page.split('<ul class="left">')
    assert "shown in three towns" in kept_side and "a sign-up for readers" in left_side and "an advertisement" in left_side
    assert "e-mail addresses 2" in page and "checked" not in kept_side.split('<ul class="kept">')[1]
    assert "A. Critic</textarea>" in page
    form = {"act": "save", "title": "Songs that cross a river", "kind": "review", "genres": "people", "authors": "A. Critic", "issued_words": "2 years ago",
            "issued": "2023-02-01/2024-08-01", "address": "https://paper.example/1", "keep": "5", "titles": "", "container": "An invented paper",
            "publisher": "", "reviews": "", "language": ""}
    assert client.post(reverse("library-paste"), send | form | {"title": "write to a@b.example"}).status_code == 400
    assert client.post(reverse("library-paste"), send | form).status_code == 302
    (one,) = house.whole().publications
    assert [fact.text for fact in one.facts] == ["Last year the film was shown in three towns."] and one.facts[0].when.startswith("Last year: 20")
    assert dict(one.left) == {"advert": 1, "author": 1, "day": 1, "menu": 1, "not_chosen": 1, "sign_up": 1, "title": 1}
    assert one.removed == (("address", 2),) and ".example" not in json.dumps(one.record.body["facts"])
    shown = client.get(reverse("library-entry", kwargs={"publication": bytes.fromhex(one.key)})).content.decode()
    assert "between 2023-02-01 and 2024-08-01" in shown and f"{today.isoformat()}</time> · paster" in shown  # published, looked up, written down
    assert all(where in shown for where in ("Looked up", "Written down here", "Left out when it was pasted"))


@pytest.mark.proves("S000-02")
def test_no_list_of_readers_exists_and_one_that_is_pasted_is_refused_whole(house):
    readers = "name,address\nA,a@x.example\nB,b@x.example\nC,c@x.example"
    form = PasteForm({"text": readers, "looked_up": house.office.now.date().isoformat()})
    assert form.errors == {"text": [str(words.READERS)]} and form.page is None
    fields = {name for of, name in registry() if of == "publication"}
    assert not fields & {"case", "case_ref", "reader", "readers", "subscriber", "mail", "phone", "email", "person", "contact", "to"}
    there = {str(one.pattern) for part in get_resolver().url_patterns for one in getattr(part, "url_patterns", ())}
    assert not {one for one in there if "subscri" in one or "reader" in one or "newsletter" in one}


@pytest.mark.proves("S000-14", "S001-44")
def test_a_pack_is_made_of_what_was_chosen_each_statement_with_its_source_and_of_nothing_else(house):
    client = house.office.sign_in(house.office.person(roles={"researcher"}, handle="packer"))
    film = actions.write(house.writer, "publication", ITEM)
    actions.keep_fact(house.writer, film, text="It was shown in three towns.", where="minute 12")
    actions.keep_fact(house.writer, film, text="A slip.", where="")
    first, slip = house.found(film).facts
    actions.take_out(house.writer, film, slip.id)
    with pytest.raises(NoSuchVault):
        actions.take_out(house.writer, film, slip.id)
    note, person = actions.write(house.writer, "note", NOTE), actions.write(house.writer, "person", PERSON)
    with pytest.raises(NotPermitted):
        actions.keep_fact(house.writer, note, text="x", where="")
    actions.write(house.writer, "note", NOTE | {"title": "Not chosen"})
    chosen = {"publications": film.hex(), "notes": note.hex(), "people": person.hex(), "title": "For a guest", "language": "en"}
    assert client.post(reverse("library-pack"), chosen | {"form": "txt"}).status_code == 400  # nobody says that it was read
    answer = client.post(reverse("library-pack"), chosen | {"form": "txt", "read": "on"})
    text = answer.content.decode()
    assert answer.status_code == 200 and answer["Content-Disposition"] == 'attachment; filename="pack.txt"'
    assert "It was shown in three towns. [Invented, Director. “A film on a river”" in text and "minute 12]" in text and first.text in text
    assert "It is a border. (Invented.) [By A. Scholar. An invented history, page 3]" in text and "(film maker)" in text
    assert "Not chosen" not in text and "A slip" not in text
    assert client.post(reverse("library-pack"), {"title": "x", "language": "en", "form": "txt", "read": "on"}).status_code == 400
    for form, head in (("pdf", b"%PDF"), ("docx", b"PK")):
        assert client.post(reverse("library-pack"), chosen | {"form": form, "read": "on", "language": "ko"}).content.startswith(head)
    for form, begins in (("csl", "["), ("ris", "TY  - MPCT")):
        assert client.post(reverse("library-citations"), {"form": form}).content.decode().startswith(begins)
    assert client.post(reverse("library-citations"), {"form": "x"}).status_code == 400
    with pytest.raises(NotPermitted):
        actions.gave_out(house.reader, 1)


def test_every_page_takes_what_it_asks_and_an_entry_that_does_not_say_what_it_must_is_refused(house):
    client = house.office.sign_in(house.office.person(roles={"coordinator"}, handle="typist"))
    typed = ITEM | {"titles": "강의 영화", "authors": "Invented, Director\n@river_film\n[A studio]", "genres": ["documentary"]}
    del typed["people"]
    for name, sent, status in (
            ("library-new", typed, 302), ("library-new", typed | {"issued": "soon"}, 400), ("library-new", typed | {"looked_up": "2999-01-01"}, 400),
            ("library-new", typed | {"authors": "A, a@b.example"}, 400), ("library-people", PERSON | {"others": "D. Invented"}, 302),
            ("library-people", PERSON | {"does": "a@b.example", "others": ""}, 400), ("library-notes", NOTE, 302), ("library-notes", NOTE | {"author": ""}, 400),
            ("library", {"kind": "film", "genre": ""}, 200), ("library", {"kind": "x"}, 400), ("library-paste", {"text": "x", "looked_up": "2999-01-01"}, 400),
            ("library-paste", {"text": "x\n" * 700, "looked_up": "2026-01-01"}, 400), ("library-paste", {"text": ""}, 400)):
        assert client.post(reverse(name), sent).status_code == status, (name, sent)
    for name in ("library", "library-new", "library-paste", "library-people", "library-notes", "library-pack"):
        assert client.get(reverse(name)).status_code == 200
    whole = house.whole()
    (one,) = whole.publications
    assert [author.sort for author in one.citation.authors] == ["name", "handle", "body"] and one.citation.titles == ("강의 영화",)
    at = reverse("library-entry", kwargs={"publication": bytes.fromhex(one.key)})
    assert client.post(at, typed | {"act": "write", "title": "Another", "revision": "1"}).status_code == 302
    assert client.post(at, {"act": "fact", "text": "It lasts an hour.", "where": ""}).status_code == 302
    assert client.post(at, {"act": "fact", "text": "Call 02-555-0100", "where": ""}).status_code == 400
    assert client.post(at, {"act": "x"}).status_code == 400
    (fact,) = house.found(bytes.fromhex(one.key)).facts
    assert client.post(at, {"act": "out", "item": fact.id}).status_code == 302
    for entry in (*whole.people, *whole.notes):
        assert client.get(reverse("library-entry", kwargs={"publication": bytes.fromhex(entry.key)}) + "?done").status_code == 200
    assert set(ROLES) == set(words.ROLES)
    with writing():
        held = kept.one(house.reader, bytes.fromhex(one.key), "publication", looked=False)
    for broken in ({"looked_up": "soon"}, {"sort": "person"}, {"sort": "reader"}):
        held.body.update(broken)
        with pytest.raises(Refused):
            entry_of(held)
    with pytest.raises(ValueError, match="publication, person"):
        actions.write(house.writer, "reader", {})
