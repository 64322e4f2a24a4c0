"""A story from its proposal to the public page and back: whoever signs, what stops it, and that a "no" takes it down at once."""

import shutil
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from acts import member
from django.conf import settings

from waystation_web.cases import actions_consent
from waystation_web.duty import embargoed
from waystation_web.gateways import clock, publication
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.stories import actions, actions_publish, knowing, queries
from waystation_web.stories.actions_publish import InTheWay, clear, publish
from waystation_web.stories.story import story_of
from waystation_web.vault.errors import NoSuchVault, NotPermitted

pytestmark = pytest.mark.once

A = "0d" * 16
NAMES = [{"person": A, "text": "김별담"}, {"person": A, "text": "Kim Byeoldam"}]
WORDS = {"title": "A pot is a house", "dek": "Two people.", "language": "en", "year": 2019, "season": "autumn", "warning": "",
         "course": ["KP", "CN-YN", "LA"]}


class House:
    """A coordinator, a case worker who holds the names, a security officer, a researcher who writes; a case that has arrived."""

    def __init__(self, office):
        self.chief, self.worker = member(office, "chief", ("coordinator",)), member(office, "worker")
        self.guard, self.writer = member(office, "guard", ("security_officer",)), member(office, "writer", ("researcher",))
        field = member(office, "field", ("field_liaison",))
        with writing():
            held = records.make(self.chief, "case", {"ref": "K7Q2", "status": "settling", "people": [{"id": A, "code": "A", "birth": "1985"}]},
                                holders=[self.worker.id])
            self.case = held.id
            names = records.make(self.worker, "person", {"names": NAMES, "case": held.key, "call_back": {"number": "555 0100 199"}})
            records.change(self.chief, held, {"household_records": [names.key]}, what="names")
            records.make(field, "contact", {"code_name": "Heron", "aliases": []})
            place = records.make(self.chief, "place", {"sheet": "places", "row": {"code": "P1", "near": "Reedford"}})
        self.story = actions.propose(self.worker, {"title": "A working title", "why": "They want it told.", "case": self.case.hex(),
                                                   "people": ["A"], "data": ["testimony", "journey"], "byline": ""})
        with writing():  # places are given to the guard for a while: two kinds of records, never three
            records.share(self.chief, place.id, "place", self.guard.id, reason="a story", until=clock.today() + timedelta(days=7))
        actions.ask_to_clear(self.worker, self.story, [self.guard.id])

    def said(self, said="yes", purpose="story"):
        actions_consent.say(self.worker, self.case, {
            "person": A, "purpose": purpose, "recipient": "media", "data": ["testimony", "journey"], "said": said, "until": "", "country": "",
            "language": "ko", "interpreter": "B", "interpreter_is_broker": False, "explained_by": "worker", "mode": "verbal",
            "guardian_agrees": False})

    def written(self, text="We left before the rice was cut."):
        actions.write(self.writer, self.story, WORDS)
        actions.add(self.writer, self.story, "segments", {"label": "testimony", "heading": "", "text": text, "source": "", "proof": ""})
        actions.choose(self.writer, self.story, {"why": "They want it told.", "withheld": "The river, the month.", "until": None, "sex": "2"})
        return self

    def asked(self, matches=(11,)):
        """Everything that is asked of people, for the words as they are."""
        for one, number in zip((self.writer, self.guard), matches, strict=False):
            actions.count(one, self.story, matches=number, over="people on that way in those years, by the public numbers")
        actions.judge_inside(self.worker, self.story, identifiable=False, reason="Nothing of the village is told.")
        actions.say_helpers(self.guard, self.story, safe=True, reason="None of them is there any more.")
        actions.search(self.worker, self.story)
        actions.search(self.guard, self.story)
        return self

    @property
    def now(self):
        with writing():
            return story_of(kept.one(self.worker, self.story, "story", looked=False))

    def rules(self, actor=None):
        now = self.now
        with writing():
            return [(one.rule, one.where) for one in knowing.in_the_way(actor or self.worker, now)]

    def cleared(self):
        assert clear(self.worker, self.story) == "asked"
        assert clear(self.guard, self.story) == "cleared"
        return self


@pytest.fixture
def house(office, monkeypatch):
    place = Path(tempfile.mkdtemp(prefix="published-"))
    monkeypatch.setattr(settings, "INSTALLATION", replace(settings.INSTALLATION, public=place))
    house = House(office)
    house.place = place
    yield house
    shutil.rmtree(place)


@pytest.fixture
def ready(house):
    house.said()
    return house.written().asked()


@pytest.mark.refuses("H-12")
@pytest.mark.proves("S000-12")
@pytest.mark.proves("S000-13")
@pytest.mark.proves("S000-24")
@pytest.mark.proves("S000-34")
@pytest.mark.proves("S002-06")
@pytest.mark.proves("S004-03")
def test_two_sign_exactly_these_words_and_the_page_says_them_and_nothing_of_who_it_is(ready):
    assert ready.rules() == []
    with pytest.raises(NotPermitted):
        clear(ready.guard, ready.story)  # who cannot see the cases does not sign first
    with pytest.raises(NotPermitted):
        publish(ready.worker, ready.story)
    ready.cleared()
    actions.add(ready.writer, ready.story, "register", {"kind": "commission", "who": "A film school (invented)", "what": "ordered it", "until": ""})
    slug = publish(ready.worker, ready.story)
    page = (ready.place / "stories" / slug / "index.html").read_text("utf-8")
    assert "before the rice was cut" in page and "K7Q2" not in page and ready.case.hex() not in page and ready.story.hex() not in page
    assert ready.now.stage == "published" and ready.now.body["selection"]["withheld"] == "The river, the month."
    for kind, who in (("variant", "A short film (invented)"), ("maker", "An editor (invented)")):  # also once it is public
        actions.add(ready.writer, ready.story, "register", {"kind": kind, "who": who, "what": "", "until": ""})
    actions.add(ready.writer, ready.story, "reach", {"kind": "showings", "number": 3, "day": "2026-03-02", "source": "The cinema (invented)"})
    assert [(one["kind"], one["who"]) for one in ready.now.body["register"]] == [
        ("commission", "A film school (invented)"), ("variant", "A short film (invented)"), ("maker", "An editor (invented)")]
    assert [(one["kind"], one["number"], one["source"]) for one in ready.now.body["reach"]] == [("showings", 3, "The cinema (invented)")]
    assert [one["person"] for one in ready.now.people] == [A] and len(ready.now.body["cleared"]["by"]) == 2
    assert "example" not in page and "showings" not in page  # and nothing of it stands on the page
    with pytest.raises(NotPermitted):
        actions.write(ready.writer, ready.story, WORDS)


@pytest.mark.refuses("H-12")
def test_a_word_changed_after_it_was_signed_is_signed_anew(ready):
    ready.cleared()
    ready.written("Another piece.")
    assert ready.now.stage == "drafted"
    with pytest.raises(NotPermitted):
        publish(ready.worker, ready.story)
    assert {rule for rule, _ in ready.rules()} == {"H-12", "H-02"}  # counted, asked and searched for other words


@pytest.mark.refuses("H-12")
@pytest.mark.refuses("H-21")
@pytest.mark.parametrize(("happens", "rule"), [
    ("consent", "H-21"), ("embargo", "H-12"), ("helpers", "H-12"), ("road", "H-12"), ("withdraws", "H-21"), ("day", "H-12")])
def test_what_happens_between_the_signatures_and_the_page_stops_it(ready, happens, rule, office):
    if happens == "day":
        actions.choose(ready.writer, ready.story, {"why": "x", "withheld": "x", "until": clock.today() + timedelta(days=1), "sex": "2"})
    else:
        ready.cleared()
    if happens == "consent":
        ready.said("withdrawn")
    elif happens == "embargo":
        with writing():
            embargoed.hold_back(ready.chief, ["K7Q2"], of=bytes(16))
    elif happens == "helpers":
        actions.say_helpers(ready.guard, ready.story, safe=False, reason="One was asked about.")
    else:
        with writing():
            held = kept.one(ready.chief, ready.case, "case", looked=False)
            records.change(ready.chief, held, {"status": {"road": "in transit", "withdraws": "withdrawn"}.get(happens, "settling")}, what="status")
    with pytest.raises(InTheWay) as stopped:
        clear(ready.worker, ready.story) if happens == "day" else publish(ready.worker, ready.story)
    assert rule in {one.rule for one in stopped.value.found}
    assert not list(ready.place.glob("stories/*"))


@pytest.mark.refuses("H-12")
def test_four_who_fit_are_too_few_and_seven_are_counted_by_two(house):
    house.said()
    house.written().asked((4,))
    assert house.rules() == [("H-12", "")]
    other = House.asked
    actions.count(house.worker, house.story, matches=40, over="x")
    assert house.rules() == [("H-12", "")]  # the smaller number counts
    house.written("We left by night.")
    other(house, (7,))
    assert house.rules() == [("H-12", "")]
    actions.count(house.guard, house.story, matches=8, over="x")
    assert house.rules() == []


def test_whoever_signs_first_looks_into_the_cases_for_whoever_signs_second_and_new_words_are_looked_at_anew(ready):
    assert ("H-12", "") in ready.rules(ready.guard)  # the officer reads no case: as far as they can know, nobody has looked
    assert clear(ready.worker, ready.story) == "asked"
    assert ready.rules(ready.guard) == []
    ready.written("And by day.")
    assert ("H-12", "") in ready.rules(ready.guard)


@pytest.mark.refuses("H-12")
def test_nothing_that_nobody_asked_is_in_order(house):
    house.written()
    found = house.rules()
    assert {"H-21", "H-12", "H-02"} <= {rule for rule, _ in found}
    now = house.now
    with writing():  # who cannot read the case is told that nobody has looked
        assert knowing.in_the_way(house.writer, now)[0].sentence.startswith("Nobody has looked")


@pytest.mark.proves("S000-29")
@pytest.mark.parametrize("word", ["Kim Byŏl-dam", "별담", "Heron", "Reedford", "555-0100-199", "K7Q2"])
def test_a_name_a_number_a_helper_and_a_place_are_found_by_whoever_can_open_them(house, word):
    house.said()
    house.written(f"Then {word} came.").asked()
    assert ("H-02", "piece 1") in house.rules()
    actions.judge_hit(house.writer, house.story, where="piece 1", reason="It is nobody.")
    assert ("H-02", "piece 1") in house.rules()  # what surely is a name cannot be judged away
    actions.add(house.writer, house.story, "motifs", {"name": "a hat", "decided": ""})
    assert ("H-12", "a hat") in house.rules()


@pytest.mark.proves("S004-02")
@pytest.mark.refuses("H-12")
def test_the_register_of_relatives_inside_is_open_beside_the_question_and_a_no_without_it_is_none(house):
    names = bytes.fromhex(_case_of(house)["household_records"][0])
    with writing():
        held = kept.one(house.worker, names, "person", looked=False)
        records.change(house.worker, held, {"relatives_inside": {"parents": 2, "siblings": 1}}, what="relatives")
    house.said()
    house.written()
    for one in (house.writer, house.guard):
        assert queries.page(one, house.story).register is None
        actions.judge_inside(one, house.story, identifiable=False, reason="I think not.")
    assert house.now.inside is None
    [kin] = queries.page(house.worker, house.story).register
    assert (kin.ref, [number for _, number in kin.numbers]) == ("K7Q2", [2, 1])
    actions.judge_inside(house.worker, house.story, identifiable=False, reason="Nothing of the village is told.")
    assert house.now.inside is False
    actions.judge_inside(house.guard, house.story, identifiable=True, reason="The pot is known.")
    assert house.now.inside is True  # whoever doubts counts more


def _case_of(house):
    with writing():
        return kept.one(house.worker, house.case, "case", looked=False).body


@pytest.mark.refuses("H-21")
def test_whoever_begins_to_pass_it_on_when_it_is_public_is_asked_too_and_a_writer_without_the_case_cannot_add_them(ready):
    slug = publish(ready.worker, ready.cleared().story)
    line = {"kind": "distributor", "who": "A festival (invented)", "what": "", "until": ""}
    with pytest.raises(NotPermitted) as blind:
        actions.add(ready.writer, ready.story, "register", line)
    assert blind.value.rule == "H-21"
    actions.add(ready.worker, ready.story, "register", line)
    ready.said("withdrawn")
    asked = "Ask them to take the story down: A festival (invented)"
    assert publication.is_gone(slug) and [one["text"] for one in _case_of(ready)["tasks"]] == [asked]
    actions.add(ready.worker, ready.story, "register", line | {"who": "A late one (invented)"})  # heard of when it was gone
    ready.said("no")
    assert [one["text"] for one in _case_of(ready)["tasks"]] == [asked, asked.replace("festival", "late one")]


def test_what_is_public_has_a_record_that_says_so_or_is_taken_back(ready, monkeypatch):
    shown = []

    def full(slug, files, *, around):
        real(slug, files, around=around)
        shown.append(slug)
        raise OSError("the disk is full")  # as when what was written cannot be kept

    ready.cleared()
    real = publication.publish
    monkeypatch.setattr(publication, "publish", full)
    with pytest.raises(OSError, match="full"):
        publish(ready.worker, ready.story)
    assert shown and not publication.stands(shown[0]) and ready.now.stage == "cleared" and "published" not in _case_of(ready)


def test_what_a_later_search_finds_was_judged_by_nobody(ready):
    with writing():
        held = kept.one(ready.worker, ready.story, "story", looked=False)
        checks = [{**one, "perhaps": ["piece 1"]} for one in held.body["checks"]]
        records.change(ready.worker, held, {"checks": checks[:1]}, what="checks")
    actions.judge_hit(ready.writer, ready.story, where="piece 1", reason="It is a word.")
    with writing():
        held = kept.one(ready.worker, ready.story, "story", looked=False)
        records.change(ready.worker, held, {"checks": checks}, what="checks")
    assert ready.rules() == [("H-02", "piece 1")]
    actions.judge_hit(ready.writer, ready.story, where="piece 1", reason="And this one too.")
    assert ready.rules() == []


def test_what_does_not_open_was_not_looked_for(ready, monkeypatch):
    from waystation_web.stories import roster

    def torn(actor, type_, **more):
        found = every(actor, type_, **more)
        more["refused"].extend([held.id for held in found if type_ == "contact"])
        return [held for held in found if type_ != "contact"]

    every = kept.every
    monkeypatch.setattr(roster.kept, "every", torn)
    now = ready.now
    with writing():
        assert not roster.known(ready.guard, now).network


def test_names_alone_or_places_alone_are_half_a_search(house):
    house.said()
    house.written().asked()
    with writing():
        held = kept.one(house.worker, house.story, "story", looked=False)
        records.change(house.worker, held, {"checks": [one for one in held.body["checks"] if one["names"]]}, what="checks")
    assert [rule for rule, _ in house.rules()] == ["H-02"]


@pytest.mark.refuses("H-21")
@pytest.mark.proves("S003-27")
@pytest.mark.parametrize("how", ["withdrawn", "no", "withdraw", "other"])
def test_whoever_hears_that_somebody_takes_it_back_takes_the_page_down_at_once(ready, how):
    actions.add(ready.writer, ready.story, "register", {"kind": "distributor", "who": "A cinema (invented)", "what": "", "until": ""})
    slug = publish(ready.worker, ready.cleared().story)
    with writing():  # whoever hears it need not read the story
        records.end_share(ready.writer, ready.story, ready.worker.id)
    if how == "withdraw":
        with writing():
            held = kept.one(ready.chief, ready.case, "case", looked=False)
            from waystation_web.cases import published
            published.take_back(ready.chief, held)
    else:
        ready.said("withdrawn" if how == "other" else how, "referral" if how == "other" else "story")
    gone = how != "other"
    assert publication.is_gone(slug) is gone
    with writing():
        held = kept.one(ready.chief, ready.case, "case", looked=False)
        assert [one["text"].partition(": ")[2] for one in held.body.get("tasks", [])] == (["A cinema (invented)"] if gone else [])
        assert story_of(kept.one(ready.writer, ready.story, "story", looked=False)).stage == ("recalled" if gone else "published")


def test_a_withdrawal_stands_also_if_the_folder_cannot_be_written(ready, monkeypatch):
    slug = publish(ready.worker, ready.cleared().story)
    monkeypatch.setattr(settings, "INSTALLATION", replace(settings.INSTALLATION, public=None))
    ready.said("withdrawn")
    with writing():
        held = kept.one(ready.chief, ready.case, "case", looked=False)
    assert held.body["consents"][-1]["said"] == "withdrawn" and slug in held.body["tasks"][-1]["text"]


def test_whoever_reads_it_takes_it_back_and_it_never_comes_again(ready):
    slug = publish(ready.worker, ready.cleared().story)
    actions_publish.recall(ready.writer, ready.story, reason="Somebody knew the pot.")
    assert publication.is_gone(slug) and ready.now.stage == "recalled"
    with pytest.raises(NotPermitted):
        publish(ready.worker, ready.story)
    with pytest.raises(NoSuchVault):
        actions_publish.recall(member_without(ready), ready.story, reason="x")


def member_without(ready):
    return replace(ready.worker, id=b"nobody-is-this-x")
