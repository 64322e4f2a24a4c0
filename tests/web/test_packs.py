"""A reading pack from its asking to its end: one reader, two who heard the key, two signatures, one copy, a log, an end."""

from datetime import timedelta
from io import BytesIO

import pyrage
import pytest
from pypdf import PdfReader
from test_story_signed import NAMES, House

from waystation.stories.copies import NARROWEST, lines_of
from waystation_web.cases import actions_consent
from waystation_web.directory import actions as outside
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.packs import actions, actions_copy, queries
from waystation_web.packs.due import due
from waystation_web.packs.pack import pack_of
from waystation_web.packs.paper import texts, told_of
from waystation_web.papers import printing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.stories import actions as telling
from waystation_web.stories.actions_publish import InTheWay
from waystation_web.takeout.order import fingerprint
from waystation_web.vault.errors import NoSuchVault, NotPermitted

pytestmark = pytest.mark.once

DAY = timedelta(days=1)
LONG = " ".join(f"We left before the rice was cut, and {one} told the children where the road would end." for one in (
    "nobody had", "our mother never", "an aunt had long since", "the old song had", "no letter ever", "her brother almost", "my own voice", "none of them"))
PARTNER = {"name": "Two brothers' films (invented)", "others": [], "country": "GB", "authority": "none", "office": "", "body": "", "languages": ["eng"],
           "address": "", "source": "invented", "as_of": "2026-03-01", "note": ""}
TERMS = {"what": "one text", "why": "to think about a film", "keeps": "two months", "onward": "nobody"}


class Desk:
    """The house of stories, a partner with terms, a reader with a key, and a pack that was asked for."""

    def __init__(self, office):
        self.house = House(office)
        self.worker, self.guard, self.writer = self.house.worker, self.house.guard, self.house.writer
        self.identity = pyrage.x25519.Identity.generate()
        self.partner = outside.write(self.worker, "organisation", PARTNER)
        outside.sign_terms(self.worker, self.partner, TERMS | {"signed_on": clock.today(), "until": clock.today() + 60 * DAY})
        self.says()
        self.house.written(LONG).asked()
        self.pack = self.asks()

    def says(self, said="yes", purpose="research", recipient="other", until="", case=None, person=None):
        actions_consent.say(self.worker, case or self.house.case, {
            "person": person or self.house.now.people[0]["person"], "purpose": purpose, "recipient": recipient, "data": ["testimony", "journey"], "said": said,
            "until": until, "country": "", "language": "ko", "interpreter": "B", "interpreter_is_broker": False, "explained_by": "worker",
            "mode": "verbal", "guardian_agrees": False})

    def asks(self, **more):
        return actions.ask(self.worker, {
            "story": self.house.story, "partner": self.partner, "reader": "An invented director", "key": str(self.identity.to_public()),
            "purpose": "research", "recipient": "other", "why": "to decide about a film", "until": clock.today() + 30 * DAY} | more)

    def hears(self, pack=None):
        digits = fingerprint(str(self.identity.to_public()))
        for one in (self.worker, self.writer):
            actions.hear(one, pack or self.pack, digits=digits, how="rang them on a number from the terms")
        return self

    def signs(self, pack=None):
        actions.ask_to_sign(self.worker, pack or self.pack, [self.guard.id])
        assert actions.sign(self.worker, pack or self.pack) == "asked"
        assert actions.sign(self.guard, pack or self.pack) == "cleared"
        return self

    def now(self, pack=None):
        with writing():
            return pack_of(kept.one(self.worker, pack or self.pack, "digest", looked=False))

    def rules(self):
        return [one.rule for one in queries.page(self.worker, self.pack).found]

    def tasks(self):
        with writing():
            return [one["text"] for one in kept.one(self.house.chief, self.house.case, "case", looked=False).body.get("tasks", [])]


@pytest.fixture
def desk(office):
    return Desk(office)


@pytest.fixture
def quick(monkeypatch):
    """The words of a paper instead of its pages: printing has tests of its own."""
    monkeypatch.setattr(printing, "pdf", lambda paper: repr(paper).encode())


@pytest.mark.proves("S000-09")
@pytest.mark.proves("S000-23")
def test_a_named_reader_gets_the_words_that_two_signed_with_their_name_on_each_page_and_nothing_of_a_case(desk):
    mark, file = actions_copy.make(desk.worker, desk.hears().signs().pack)
    assert b"rice" not in file
    pages = [page.extract_text() for page in PdfReader(BytesIO(pyrage.decrypt(file, [desk.identity]))).pages]
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(file, [pyrage.x25519.Identity.generate()])
    last = (clock.today() + 30 * DAY).isoformat()
    assert all("An invented director, Two brothers' films (invented)" in page and last in page and mark in page for page in pages)
    whole = " ".join(" ".join(pages).split())
    assert "before the rice was cut" in whole and "Testimony" in whole and "to decide about a film" in whole
    for never in (desk.house.case.hex(), desk.house.story.hex(), desk.pack.hex(), "K7Q2", "Reedford", "Heron", *(one["text"] for one in NAMES)):
        assert never not in whole
    own = lines_of(texts(desk.house.now.told, mark))
    assert len(own) > 8 and own <= lines_of(pages)  # its lines end on paper where the core says that they do


@pytest.mark.proves("S000-23")
def test_the_log_says_what_became_of_it_and_its_last_day_is_due_until_somebody_says_that_it_is_destroyed(desk, quick, office):
    with pytest.raises(NotPermitted):
        actions_copy.tell(desk.worker, desk.pack, word="handed", day=clock.today(), text="x")  # there is nothing yet
    actions_copy.make(desk.worker, desk.hears().signs().pack)
    with pytest.raises(NotPermitted):
        actions_copy.make(desk.worker, desk.pack)
    with pytest.raises(NotPermitted):
        actions_copy.tell(desk.worker, desk.pack, word="made", day=clock.today(), text="x")
    for word in ("handed", "came", "read"):
        actions_copy.tell(desk.worker, desk.pack, word=word, day=clock.today(), text=f"By hand: {word}.")
    assert [one["word"] for one in desk.now().body["log"]] == ["made", "handed", "came", "read"] and due(desk.worker) == ((), ())
    office.now += 31 * DAY
    [line] = due(desk.worker)[0]
    assert line.name == desk.now().reader and line.key == desk.now().key and due(desk.house.chief) == ((), ())
    assert queries.page(desk.worker, desk.pack).state == "late"
    actions_copy.tell(desk.worker, desk.pack, word="destroyed", day=clock.today(), text="They wrote that they did.")
    assert due(desk.worker) == ((), ()) and queries.page(desk.worker, desk.pack).state == "ended"


def test_two_people_each_hear_the_digits_of_the_key_from_its_reader(desk):
    right = fingerprint(str(desk.identity.to_public()))
    assert "key" in desk.rules()
    for digits in ("", right[:-1], fingerprint(str(pyrage.x25519.Identity.generate().to_public()))):
        with pytest.raises(NotPermitted) as misheard:
            actions.hear(desk.worker, desk.pack, digits=digits, how="x")
        assert misheard.value.rule == "misheard"
    actions.hear(desk.worker, desk.pack, digits=right.upper(), how="x")
    with pytest.raises(NotPermitted) as twice:
        actions.hear(desk.worker, desk.pack, digits=right, how="x")
    assert twice.value.rule == "same_person" and "key" in desk.rules()
    actions.hear(desk.writer, desk.pack, digits=right, how="x")
    assert desk.rules() == []


def test_what_happens_after_two_signed_stops_the_copy(desk, quick, office):
    desk.hears().signs()

    def stopped():
        with pytest.raises(InTheWay) as why:
            actions_copy.make(desk.worker, desk.pack)
        return {one.rule for one in why.value.found}

    desk.says("withdrawn")
    assert stopped() == {"H-21"}
    desk.says()
    telling.say_helpers(desk.guard, desk.house.story, safe=False, reason="One was asked about.")
    assert stopped() == {"H-12"}
    telling.say_helpers(desk.guard, desk.house.story, safe=True, reason="It was another one.")
    outside.end_terms(desk.worker, desk.partner, _partner(desk).terms[0].id, why="They asked for names.")
    assert stopped() == {"terms"}
    outside.sign_terms(desk.worker, desk.partner, TERMS | {"signed_on": clock.today(), "until": clock.today() + 60 * DAY})
    office.now += 2 * DAY
    with pytest.raises(NotPermitted) as late:
        actions_copy.make(desk.worker, desk.pack)
    assert late.value.rule == "too_late"
    assert not desk.now().copy and "packs" not in _case(desk)


def test_other_words_than_two_signed_and_a_pack_that_was_ended_make_no_copy(desk, quick):
    desk.hears().signs()
    other = desk.asks(reader="Another one")
    desk.hears(other).signs(other)
    actions_copy.stop(desk.worker, other, reason="They are not with them any more.")
    with pytest.raises(NotPermitted) as ended:
        actions_copy.make(desk.worker, other)
    desk.house.written("Another piece.")
    with pytest.raises(NotPermitted) as words:
        actions_copy.make(desk.worker, desk.pack)
    assert (ended.value.rule, words.value.rule) == ("made", "changed") and "packs" not in _case(desk)


def test_a_yes_to_the_public_is_none_to_this_reader_and_no_state_no_end_and_no_other_key_passes(desk):
    other = desk.asks(purpose="media", recipient="media")
    desk.pack = other
    assert "H-21" in desk.rules()
    for wrong, rule in (({"until": clock.today() + 61 * DAY}, "until"), ({"key": "age1nothing"}, "recipient_key")):
        with pytest.raises(NotPermitted) as why:
            desk.asks(**wrong)
        assert why.value.rule == rule
    for authority, rule in (("none", "terms"), ("state", "H-05"), ("armed", "H-05"), ("not_known", "H-05")):
        entry = outside.write(desk.worker, "organisation", PARTNER | {"name": authority, "authority": authority})
        if rule != "terms":
            outside.sign_terms(desk.worker, entry, TERMS | {"signed_on": clock.today(), "until": clock.today() + 60 * DAY})
        with pytest.raises(NotPermitted) as why:
            desk.asks(partner=entry)
        assert why.value.rule == rule
    with pytest.raises(NoSuchVault):
        actions.ask(desk.house.chief, {"story": desk.house.story, "partner": desk.partner, "until": clock.today() + DAY})


def test_a_case_worker_signs_first_the_security_officer_second_and_nobody_both(desk):
    desk.hears()
    actions.ask_to_sign(desk.worker, desk.pack, [desk.guard.id])
    with pytest.raises(NotPermitted):
        actions.sign(desk.guard, desk.pack)
    with pytest.raises(NotPermitted):
        actions_copy.make(desk.worker, desk.pack)
    actions.sign(desk.worker, desk.pack)
    with pytest.raises(NotPermitted):
        actions.sign(desk.worker, desk.pack)
    with pytest.raises(NotPermitted):
        actions.sign(desk.writer, desk.pack)
    with pytest.raises(NotPermitted):
        actions_copy.make(desk.worker, desk.pack)
    actions.sign(desk.guard, desk.pack)
    with pytest.raises(NotPermitted):
        actions_copy.make(desk.guard, desk.pack)  # who cannot see what people said as it is now


@pytest.mark.refuses("H-21")
@pytest.mark.parametrize(("said", "purpose", "told"), [("withdrawn", "research", True), ("no", "research", True), ("withdrawn", "un", False)])
def test_whoever_hears_that_somebody_takes_it_back_tells_the_reader_today(desk, quick, said, purpose, told):
    actions_copy.make(desk.worker, desk.hears().signs().pack)
    desk.says(said, purpose)
    desk.says(said, purpose)
    assert desk.tasks() == ([f"Tell them today to destroy what they were given to read: {desk.now().reader}"] if told else [])


@pytest.mark.refuses("H-21")
def test_whoever_is_named_after_the_pack_was_asked_for_takes_it_back_too(desk, quick):
    other = "1e" * 16
    with writing():
        case = records.make(desk.house.chief, "case", {"ref": "M4T9", "status": "settling", "people": [{"id": other, "code": "A", "birth": "1985"}]},
                            holders=[desk.worker.id]).id
    telling.tell_of(desk.worker, desk.house.story, {"case": case.hex(), "people": ["A"], "data": ["testimony"], "byline": ""})
    desk.says(case=case, person=other)
    desk.house.asked()
    actions_copy.make(desk.worker, desk.hears().signs().pack)
    desk.says("withdrawn", case=case, person=other)
    with writing():
        body = kept.one(desk.worker, case, "case", looked=False).body
    assert [(one["pack"], one["people"]) for one in body.get("packs", ())] == [(desk.now().key, [other])]
    assert [one["text"] for one in body["tasks"]] == [f"Tell them today to destroy what they were given to read: {desk.now().reader}"]


def test_a_yes_that_ends_before_the_last_day_of_reading_is_none(desk):
    for days, rules in ((29, ["H-21"]), (30, [])):
        desk.says(until=(clock.today() + days * DAY).isoformat())
        assert [rule for rule in desk.rules() if rule != "key"] == rules


def test_of_a_story_that_was_taken_back_the_reader_is_told_and_then_asked_until_it_is_destroyed(desk, quick):
    actions_copy.make(desk.worker, desk.hears().signs().pack)
    assert due(desk.worker)[0] == ()
    actions_copy.stop(desk.worker, desk.pack, reason="Somebody knew the pot.")
    assert [one.what for one in due(desk.worker)[0]] == ["tell the reader today to destroy the pack"]
    actions_copy.tell(desk.worker, desk.pack, word="told", day=clock.today(), text="By telephone.")
    assert [one.what for one in due(desk.worker)[0]] == ["ask whether the pack is destroyed"]
    actions_copy.tell(desk.worker, desk.pack, word="returned", day=clock.today(), text="On a stick.")
    assert due(desk.worker)[0] == ()


def test_lines_of_a_copy_that_was_found_point_to_its_reader_and_to_nobody_if_they_are_few(desk, quick):
    given = {}
    for name in ("A first reader", "A second reader"):
        pack = desk.asks(reader=name)
        desk.hears(pack).signs(pack)
        mark, _file = actions_copy.make(desk.worker, pack)
        given[name] = texts(told_of(desk.now(pack).body["told"]), mark)
    found = "\n".join(given["A second reader"][-1].splitlines()[2:9])
    likeness, readers = queries.whose_copy(desk.worker, found)
    assert readers[likeness.points_to].startswith("A second reader") and likeness.lines == 7
    assert queries.whose_copy(desk.worker, " ".join(found.split()))[0].points_to == ""      # typed anew, its lines are gone
    assert queries.whose_copy(desk.worker, "\n".join(found.splitlines()[:2]))[0].points_to == ""
    assert all(len(line) >= NARROWEST - 20 for line in given["A first reader"][-1].splitlines()[:-1])


def _partner(desk):
    from waystation_web.directory.queries import held

    with writing():
        return held(desk.worker, desk.partner)


def _case(desk):
    with writing():
        return kept.one(desk.house.chief, desk.house.case, "case", looked=False).body
