"""Somebody's own file: everything about them is in the pack, nobody else's name is, it is answered in time and never sent."""

from datetime import date, timedelta

import pytest
from acts import member
from django.urls import reverse

from waystation_web.cases import actions_asked, actions_consent, actions_people, actions_screens, actions_work, queries
from waystation_web.claims import actions_request as acts
from waystation_web.claims import due
from waystation_web.claims.deadlines import in_months
from waystation_web.claims.pack import digest_of
from waystation_web.claims.pack_case import KNOWN
from waystation_web.claims.queries_request import listing, page
from waystation_web.claims.queries_request import pack as pack_page
from waystation_web.contacts import actions as contacts
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.vault.errors import NoSuchVault, NotPermitted

pytestmark = pytest.mark.once

A, B = "0d" * 16, "0e" * 16
# One invented word for each thing that is held about A, and one for each that is somebody else's.
OWN = {name: f"{name}word" for name in (
    "wish", "alias", "story", "goal", "promised", "flags", "capacity", "contactnote", "note", "task", "promise", "medicine", "papers",
    "situation", "languages", "number", "safe", "question", "health", "found", "tellto", "said", "organisation", "unmapped", "later",
    "purpose", "reasonneed", "howknown", "logged",
    "fear", "interview", "life")}
OTHERS = ("\ubcc4\ub2f4 \ud558\ub298", "Byeoldam", "Heronfeather", "ALDERTOWN", "taker")
TEXT = f"With {OTHERS[0]}, whom we call Byeoldam, and Heronfeather to ALDERTOWN; taker wrote it down, call +82 10 5550 0199."


class File:
    """A case of two people in which each field about A says a word of its own, and a coordinator who holds book and contacts."""

    def __init__(self, office):
        self.office = office
        self.chief, self.worker = member(office, "chief", ("coordinator",)), member(office, "taker")
        self.rights, liaison = member(office, "rights", ("rights_officer",)), member(office, "liaison", ("field_liaison",))
        contacts.keep(liaison, {"code_name": "Heronfeather", "roles": ["guide"], "helper": "helper", "motive": "", "countries": [], "legs": [],
                                "places": [], "introduced_by": "", "brought_by_others": False, "languages": "", "armed": None, "holds": ""})
        with writing():
            records.make(self.chief, "place", {"sheet": "places", "key": "[]", "row": {"code": "ALDERTOWN", "near": ""}, "removed": False})
            self.case = records.make(self.worker, "case", {
                "ref": "K7Q2", "worker": self.worker.id.hex(), "alias": OWN["alias"], "wish": OWN["wish"], "debt_capacity": OWN["capacity"],
                "request": {"story": f"{OWN['story']} {TEXT}", "goal_reasons": OWN["goal"], "promised": OWN["promised"], "country": "CN",
                            "red_flags": OWN["flags"], "received_at": "2026-03-01T09:00:00+00:00", "head_count": 2, "needs": ["SM-DP"]},
                "contact": {"note": OWN["contactnote"]}, "unmapped": {"column": OWN["unmapped"]}, "imported": {"row": OWN["later"]},
                "people": [{"id": A, "code": "A", "birth": "1985", "situation": OWN["situation"], "languages": OWN["languages"],
                            "documents_with": OWN["papers"], "fitness": {"medicine": OWN["medicine"], "walk_km_day": 7}},
                           {"id": B, "code": "B", "birth": "1988", "situation": "otherssituation", "languages": "otherslanguages"}],
                "need_scale": {"value": 4, "reason": OWN["reasonneed"]}}, retain_until=None).id
        self.names = actions_people.seal_names(self.worker, self.case, "", {
            "names": [{"person": A, "text": "\uae38\ub3d9 \uc0c8\uc2fc", "script": "Hang", "kind": "used"}, {"person": B, "text": OTHERS[0]},
                      {"person": B, "text": "Byeoldam"}],
            "call_back": {"number": OWN["number"], "safe_times": OWN["safe"]}, "challenge": {"question": OWN["question"]},
            "health": OWN["health"]})
        self.said()

    def said(self):
        actions_work.add_note(self.worker, self.case, f"{OWN['note']}. {TEXT}")
        actions_work.add_task(self.worker, self.case, text=OWN["task"], due=date(2026, 4, 1))
        actions_work.promise(self.worker, self.case, text=OWN["promise"], due=None)
        actions_consent.say(self.worker, self.case, {
            "person": A, "purpose": "referral", "recipient": "health", "data": ["needs"], "said": "yes", "until": "", "country": "",
            "language": "kor", "interpreter": "", "interpreter_is_broker": False, "explained_by": "taker", "mode": "spoken",
            "guardian_agrees": False})
        actions_consent.refer(self.worker, self.case, {
            "person": A, "recipient": "health", "organisation": OWN["organisation"], "data": ["needs"], "country": "", "note": "",
            "agreement_until": date(2026, 9, 1), "vital": ""})
        actions_asked.instruct(self.worker, self.case, {
            "person": A, "tell": f"{OWN['tellto']} {OTHERS[0]}", "tell_not": "", "name": "no", "public": "no", "proxy": "", "guardian": "",
            "signed_on": "2026-03-01", "explained_by": "taker", "language": "kor"})
        actions_asked.answer(self.worker, self.case, {"person": A, "plan": "", "answer": "yes", "said": OWN["said"], "language": "kor",
                                                      "interpreter": "", "interpreter_is_broker": False, "present": ""})
        actions_screens.screen(self.worker, self.case, {"person": A, "what": "violence", "refused": "no", "found": OWN["found"], "plan": ""})
        actions_consent.say(self.worker, self.case, {
            "person": B, "purpose": "media", "recipient": "media", "data": ["picture"], "said": "yes", "until": "", "country": "",
            "language": "kor", "interpreter": "", "interpreter_is_broker": False, "explained_by": "taker", "mode": "spoken",
            "guardian_agrees": False})
        actions_asked.answer(self.worker, self.case, {"person": B, "plan": "", "answer": "yes", "said": "othersanswer", "language": "kor",
                                                      "interpreter": "", "interpreter_is_broker": False, "present": ""})
        with writing():
            for kind, silent in (("capture", False), ("duress", True)):
                records.make(self.chief, "incident", {
                    "kind": kind, "silent": silent, "case": self.case.hex(), "status": "suspected", "began": "2026-02-20T09:00:00+00:00",
                    "province": "othersprovince", "how_known": "silentword" if silent else OWN["howknown"],
                    "log": [{"id": "1a" * 8, "kind": "x", "text": OWN["logged"], "at": "2026-02-21T09:00:00+00:00"}]})
            for people, status in (([], "complete"), ([B], "suspended")):
                records.make(self.chief, "journey", {"case": self.case.hex(), "people": people, "status": status,
                                                     "at": "2026-02-19T09:00:00+00:00", "legs": [{"leg": "othersleg"}]})
            records.make(self.worker, "money", {"sort": "entry", "kind": "grant", "amount": "500.00", "currency": "USD", "day": "2026-03-01",
                                                "case_id": self.case.hex(), "case": "K7Q2", "contact": "Heronfeather",
                                                "purpose": OWN["purpose"]}, holders=[self.chief.id])
            made = [records.make(self.worker, "application", {
                "case": self.case.hex(), "case_ref": "K7Q2", "persons": [A, B], "codes": ["A", "B"], "pathway": "P1", "state": "TH",
                "status": "filed", "interviews": [{"id": "1b" * 8, "day": "2026-03-01", "summary": OWN["interview"], "interpreter": ""}],
                "grounds": [{"id": "1c" * 8, "person": A, "fear": OWN["fear"]}, {"id": "1d" * 8, "person": B, "fear": "othersfear"}]})]
            made += [records.make(self.worker, "followup", {
                "case": self.case.hex(), "case_ref": "K7Q2", "person": person, "code": "A", "arrived": "2026-03-01",
                "talks": [{"id": "1e" * 8, "day": "2026-03-01", "text": said}]}) for person, said in ((A, OWN["life"]), (B, "otherslife"))]
            for one in made:
                records.share(self.worker, one.id, one.type, self.chief.id, reason="to answer", until=self.office.now.date() + timedelta(90))
            records.share(self.worker, self.names, "person", self.chief.id, reason="to answer", until=self.office.now.date() + timedelta(90))

    def asked(self, *kinds, language="en", received=None):
        return acts.receive(self.chief, {"case": self.case, "person": A, "kinds": list(kinds or ["access"]), "language": language, "words": "",
                                         "received": received or self.office.now.date()})

    def read(self, request, change=lambda one: one.proposed):
        """Every text as it is when somebody has read it through and gives it as `change` says; the first by the act itself."""
        first, *others = page(self.chief, request).pack.words
        acts.read_through(self.chief, request, first.key, source=digest_of(first.source), text=change(first))
        with writing():
            held = kept.one(self.chief, request, "request", looked=False)
            texts = held.body["texts"] | {one.key: {"of": digest_of(one.source), "text": change(one)} for one in others}
            records.change(self.chief, held, {"texts": texts}, what="read through", kept=False)


@pytest.fixture
def file(office):
    return File(office)


def rule(act, *given, **more):
    with pytest.raises(NotPermitted) as why:
        act(*given, **more)
    return why.value.rule


# ---------------------------------------------------------------------------------------------------------- the pack
@pytest.mark.refuses("H-42")
def test_the_pack_has_every_own_field_and_nobody_elses_name(file):
    request = file.asked()
    text = "\n".join(one.source for one in page(file.chief, request).pack.words)
    assert [word for word in OTHERS if word not in text] == []  # the control: unread, the words hold every one of them
    file.read(request)
    said = page(file.chief, request).pack.text
    assert [name for name, word in OWN.items() if word not in said] == []
    assert [word for word in (*OTHERS, "5550", "otherssituation", "otherslanguages", "othersanswer", "othersprovince", "othersleg", "othersfear", "otherslife",
                                  "silentword") if word in said] == []
    for fact in ("K7Q2", "1985", "\uae38\ub3d9 \uc0c8\uc2fc", "500.00 USD", "2026-04-01", "referral", "2026-02-20", "2026-02-19 · arrived"):
        assert fact in said, fact
    assert "1988" not in said and "picture" not in said and said.count("2026-02-19") == 1


@pytest.mark.refuses("H-42")
def test_what_nobody_read_is_not_in_it_and_what_was_changed_since_is_read_again(file):
    request = file.asked()
    before = page(file.chief, request).pack
    assert before.waiting and not any(word in before.text for word in OWN.values())
    file.read(request)
    assert page(file.chief, request).pack.waiting == ()
    with writing():
        held = queries.held_case(file.chief, file.case)
        records.change(file.chief, held, {"wish": "anotherwish Byeoldam"}, what="wish")
    waiting = page(file.chief, request).pack.waiting
    assert len(waiting) == 1
    again = waiting[0]
    assert again.source == "anotherwish Byeoldam" and "anotherwish" not in page(file.chief, request).pack.text
    assert rule(acts.read_through, file.chief, request, again.key, source=digest_of(OWN["wish"]), text="x") == "changed"


@pytest.mark.refuses("H-42")
def test_a_known_name_goes_out_not_even_where_whoever_read_it_left_it_in(file):
    request = file.asked()
    file.read(request, change=lambda one: one.source)
    said = page(file.chief, request).pack.text
    assert [word for word in OTHERS if word in said] == [] and OWN["story"] in said


def test_what_is_left_out_says_why(file):
    request = file.asked()
    one = page(file.chief, request).pack.waiting[0]
    acts.read_through(file.chief, request, one.key, source=digest_of(one.source), left="it is about a child of others")
    assert "it is about a child of others" in page(file.chief, request).pack.text
    assert one.source not in page(file.chief, request).pack.text


@pytest.mark.refuses("H-42")
def test_whoever_may_not_open_the_names_says_so_in_the_pack(file, office):
    office.pass_time(days=120)  # the names were shared until a day
    request = file.asked()
    pack = page(file.chief, request).pack
    assert OWN["health"] not in "".join(one.source for one in pack.words) and any("may not open: 1" in one for one in pack.left_out)
    assert page(file.rights, request).pack is None  # holds the request, and not the case
    with pytest.raises(NoSuchVault):
        pack_page(file.rights, request)


def test_every_field_of_a_case_is_known_by_name_or_read_first(file):
    with writing():
        body = queries.held_case(file.worker, file.case).body
    assert set(body) - KNOWN == {"imported"}


@pytest.mark.refuses("H-42")
def test_it_speaks_their_language(file, office):
    request = file.asked(language="ko")
    said = page(file.chief, request).pack.text
    assert "\ub2f9\uc2e0\uc758 \uae30\ub85d" in said and "Your file" not in said


# ------------------------------------------------------------------------------------------------- who asks, and when
@pytest.mark.refuses("H-42")
def test_nothing_is_given_before_it_is_known_who_asks_and_no_paper_is_asked_for(file):
    from waystation_web.claims.forms_request import KnowForm, RequestForm

    request = file.asked()
    file.read(request)
    assert rule(acts.give, file.chief, request, how="voice") == rule(acts.answer, file.chief, request, text="x") == "not_known"
    assert rule(acts.enter, file.chief, request, {"kind": "correction", "what": "x", "was": "", "now": "", "answer": "x"}) == "not_known"
    acts.know(file.chief, request, how="question", text="")
    assert rule(acts.answer, file.chief, request, text="x") == "not_given"
    acts.give(file.chief, request, how="voice")
    acts.answer(file.chief, request, text="Read to them. (Invented.)")
    asked = {*RequestForm(people=[]).fields, *KnowForm().fields}
    assert page(file.chief, request).request.over and asked == {"whose", "kinds", "received", "language", "words", "how", "text"}


@pytest.mark.refuses("H-42")
def test_a_pack_that_was_not_read_through_is_given_to_nobody(file):
    request = file.asked()
    acts.know(file.chief, request, how="voice", text="")
    assert rule(acts.give, file.chief, request, how="voice") == "unread"


@pytest.mark.refuses("H-12")
def test_no_paper_goes_out_under_an_embargo_and_a_voice_may_still_read(file):
    from waystation_web.duty import embargoed

    request = file.asked()
    file.read(request)
    acts.know(file.chief, request, how="voice", text="")
    with writing():
        embargoed.hold_back(file.chief, ["K7Q2"], of=bytes(16))
    assert rule(acts.give, file.chief, request, how="paper") == "embargo"
    acts.give(file.chief, request, how="voice")
    assert page(file.chief, request).request.given["how"] == "voice"


@pytest.mark.refuses("H-42")
def test_a_correction_keeps_what_stood_there_and_a_yes_that_is_taken_back_counts_at_once(file):
    from waystation_web.cases.consents import stand_today

    request = file.asked("correction", "withdrawal")
    acts.know(file.chief, request, how="voice", text="")
    acts.enter(file.chief, request, {"kind": "correction", "what": "born", "was": "1985", "now": "1986", "answer": "mended"})
    (entry,) = page(file.chief, request).request.entries
    assert (entry["was"], entry["now"], entry["by"]) == ("1985", "1986", file.chief.id.hex())
    with writing():
        assert {one.code for one in stand_today(queries.case(file.chief, file.case), file.office.now.date())} == {"A", "B"}
    acts.enter(file.chief, request, {"kind": "withdrawal", "what": "all of it", "was": "", "now": "", "answer": "done"})
    with writing():
        assert {one.code for one in stand_today(queries.case(file.chief, file.case), file.office.now.date())} == {"B"}


@pytest.mark.refuses("H-42")
def test_the_answer_is_due_in_a_month_and_late_the_day_after(file, office):
    request = file.asked(received=date(2026, 1, 31))
    assert page(file.chief, request).request.due == date(2026, 2, 28)
    other = file.asked(received=date(2026, 3, 2))
    office.pass_time(days=31)
    assert office.now.date() == date(2026, 4, 2)
    assert [(one.key, one.late) for one in due.due(file.chief)] == [(request.hex(), True), (other.hex(), False)]
    office.pass_time(days=1)
    assert [one.late for one in due.due(file.chief)] == [True, True]
    assert [one.key for one in listing(file.chief, refused=[])] == [request.hex(), other.hex()]


@pytest.mark.refuses("H-42")
def test_it_is_put_off_once_by_two_months_and_only_within_the_first(file, office):
    request = file.asked()
    office.pass_time(days=31)
    assert acts.extend(file.chief, request, why="Told why. (Invented.)") == in_months(date(2026, 3, 2), 3) == date(2026, 6, 2)
    assert rule(acts.extend, file.chief, request, why="x") == "too_late"
    late = file.asked(received=date(2026, 3, 1))
    assert rule(acts.extend, file.chief, late, why="x") == "too_late"
    with writing():
        assert kept.maybe(file.rights, request, "request") is not None


@pytest.mark.refuses("H-42")
def test_the_page_and_the_text_are_the_same_pack_and_nothing_of_it_stands_in_an_address(file, office):
    person = office.person(roles={"coordinator"}, handle="keeper")
    with writing():
        records.share(file.chief, file.case, "case", person.id, reason="works on it")
    request = file.asked()
    file.read(request)
    client = office.sign_in(person)
    with writing():
        records.share(file.chief, request, "request", person.id, reason="works on it")
    paper = client.get(reverse("own-file-pack", kwargs={"own": request.hex()}))
    text = client.get(reverse("own-file-text", kwargs={"own": request.hex()}))
    assert OWN["wish"] in paper.content.decode() and OWN["wish"] in text.content.decode()
    assert text["Content-Disposition"].startswith("attachment") and "K7Q2" not in text["Content-Disposition"]
    assert all(word not in paper.content.decode() + text.content.decode() for word in OTHERS)
