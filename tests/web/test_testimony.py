"""Statements of witnesses: an interview is asked for, taken, read back, coded, cleared and taken back; who sees what of it."""

import re
from datetime import date, timedelta

import pytest
from acts import member

from waystation.access import Facts, Permission, may
from waystation_web.desk.search import SEARCHED, search
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.testimony import (
    actions,
    actions_claims,
    actions_coded,
    actions_use,
    actions_words,
    queries,
    queries_claims,
    queries_coded,
)
from waystation_web.testimony.statement import statement_of
from waystation_web.vault.errors import NoSuchVault, NotPermitted, Refused

pytestmark = pytest.mark.once

WHO = {"witness": "Byeoldam", "fresh": True, "case": b"", "person": ""}
PLAN = {"kind": "eyewitness", "adult": "yes", "topics": ["refoulement"], "elsewhere": "no", "elsewhere_text": "", "reason": "", "for_": ""}
TAKE = {"language": "ko", "method": "open", "place_kind": "office", "interpreter": "none", "broker": "", "kin_of_accused": "", "support": "",
        "inducement": "no", "inducement_text": "", "explained": "in Korean, with its limits", "consented": True, "recording": False, "breaks": "",
        "distress": "", "aftercare": "", "orientation": "", "followup": False}
WORDS = "They were handed over at the bridge. She was probably shot. (Invented.)"
CLAIM = {"n": 1, "words": "They were handed over at the bridge.", "says": "Handed over at the bridge", "how_known": "saw", "certainty": "stated",
         "facility": "", "told_by": "", "published": "", "item": "", "restricted": False, "own_part": False}
CODE = {"type": "refoulement", "certainty": "stated", "country": "CN", "when": "2013-05~", "facility": "", "place": "border", "perpetrator": "police",
        "perpetrator_of": "", "involvement": "handed", "motive": "", "methods": [], "victim": ["pregnant"], "conditions": [], "death": "",
        "after": ["kwanliso"], "standard": "", "found_by": ""}


class Desk:
    """Two rights officers, a researcher and a case worker, and what they do with statements."""

    def __init__(self, office):
        self.office = office
        self.rights, self.other, self.study, self.worker = (member(office, name, (role,)) for name, role in (
            ("rights", "rights_officer"), ("otherrights", "rights_officer"), ("study", "researcher"), ("worker", "case_worker")))

    def plan(self, who=None, **more):
        who = WHO | (who or {})
        return actions.plan(self.rights, who | PLAN | more, seen=queries.looked(self.rights, who).digest)

    def take(self, key=None, **more):
        key = key or self.plan()
        actions.take(self.rights, key, TAKE | {"taken_on": clock.today(), "until": clock.today() + timedelta(days=400)} | more)
        return key

    def version(self, key, kind="transcript", of=0, text=WORDS, **more):
        return actions_words.add_version(self.rights, key, {"kind": kind, "language": "ko", "of": of, "method": "", "machine": False, "tool": "",
                                                            "text": text} | more)

    def told(self, who=None, **more):
        """A statement that was taken, written down and read back."""
        key = self.take(self.plan(who, **more))
        self.version(key)
        self.version(key, "read_back", 1, "as it stands")
        return key

    def claim(self, key, **more):
        actions_claims.claim(self.rights, key, CLAIM | more)
        return self.of(key).claims[-1].id

    def of(self, key, actor=None):
        with writing():
            return statement_of(kept.one(actor or self.rights, key, "testimony", looked=False))

    def yes(self, key, use, said="yes", **more):
        actions.say(self.rights, key, **{"use": use, "said": said, "until": None, "guardian": False, "words": ""} | more)


@pytest.fixture
def desk(office):
    return Desk(office)


def refused(act, *given, **more):
    with pytest.raises(NotPermitted) as why:
        act(*given, **more)
    return why.value.rule


# ------------------------------------------------------------------------------------------------------------ before
@pytest.mark.refuses("H-22")
@pytest.mark.refuses("W-18")
@pytest.mark.proves("S001-54")
def test_another_interview_shows_the_earlier_ones_and_needs_a_reason(desk):
    first = desk.take(orientation="how to open an account")
    again = WHO | {"fresh": False}
    seen = queries.looked(desk.rights, again)
    assert [one.key for one in seen.earlier] == [first.hex()]
    assert refused(actions.plan, desk.rights, again | PLAN | {"reason": "x"}, seen="none") == "H-22"  # they were not on the page
    assert refused(actions.plan, desk.rights, again | PLAN, seen=seen.digest) == "H-22"  # no reason
    assert refused(desk.plan, {"witness": "Haneulbi"}, elsewhere="unknown") == "H-22"  # nobody knows whether there was one
    second = desk.plan({"fresh": False}, reason="the court asks what the first did not")
    desk.take(second, taken_on=clock.today())
    page = queries.page(desk.rights, second)
    assert [one.key for one in page.earlier] == [first.hex()] and page.statement.planned["earlier"] == 1
    assert [one.key for one in queries.page(desk.rights, first).earlier] == [second.hex()]  # each dated, side by side
    assert desk.of(first).taken["orientation"] == "how to open an account"


@pytest.mark.proves("S004-10")
def test_a_pseudonym_is_one_witness_in_every_spelling(desk):
    desk.plan({"witness": "김별담"})
    for name in ("Kim Byeol-dam", "kim byeoldam", "김 별담"):
        assert refused(desk.plan, {"witness": name}) == "pseudonym", name
    desk.plan({"witness": "Park Haneulbi"})
    assert [one.name for one in queries.listing(desk.rights, refused=[]).witnesses] == ["Park Haneulbi", "김별담"]


@pytest.mark.refuses("H-22")
def test_nothing_is_kept_without_a_yes_an_answer_about_benefits_and_a_fit_interpreter(desk):
    for wrong, rule in (({"consented": False}, "consent"), ({"inducement": ""}, "inducement"), ({"inducement": "yes"}, "inducement"),
                        ({"interpreter": "i1", "broker": "unknown", "kin_of_accused": "no"}, "H-30"),
                        ({"interpreter": "i1", "broker": "no", "kin_of_accused": "yes"}, "H-30")):
        key = desk.plan({"witness": f"Haneul{rule}{len(wrong)}{wrong.get('broker', '')}{wrong.get('inducement', '-')}"})
        assert refused(desk.take, key, **wrong) == rule, wrong
    until = clock.today() + timedelta(days=100)
    key = desk.take(until=until, distress="shaking")
    of = desk.of(key)
    assert until - timedelta(days=6) <= of.record.opened.retain_until <= until  # the Monday before the day they said
    assert len(of.body["tasks"]) == 2 and of.body["tasks"][0]["due"] == (clock.today() + timedelta(days=14)).isoformat()
    actions.done(desk.rights, key, of.body["tasks"][0]["id"])
    assert desk.of(key).body["tasks"][0]["done_by"] == desk.rights.id.hex()
    assert refused(desk.take, key) == "no_such_move"


# ----------------------------------------------------------------------------------------------------------- versions
@pytest.mark.refuses("H-39")
def test_versions_are_added_and_one_that_was_overwritten_opens_no_page(desk):
    key = desk.take()
    desk.version(key, text="machine", machine=True)
    assert refused(desk.claim, key, words="machine") == "H-39"
    desk.version(key, of=1)
    assert [one.text for one in desk.of(key).versions] == ["machine", WORDS]
    assert refused(desk.version, key, "translation", 9) == "H-39" and refused(desk.version, key, "recantation", 2) == "H-39"
    with writing():
        held = kept.one(desk.rights, key, "testimony", looked=False)
        changed = [one | ({"text": "other"} if one["n"] == 1 else {}) for one in held.body["versions"]]
        records.change(desk.rights, held, {"versions": changed}, what="by hand", kept=False)
    with pytest.raises(Refused):
        queries.page(desk.rights, key)


@pytest.mark.refuses("H-39")
def test_what_is_taken_back_stays_marks_its_claims_and_events_and_names_whom_to_tell(desk):
    key = desk.told()
    claim = desk.claim(key)
    event = actions_claims.code(desk.rights, key, claim, CODE)
    desk.yes(key, "court")
    actions_use.clear(desk.rights, key, use="court", reason="they asked")
    actions_use.hand_over(desk.rights, key, use="court", to="a court")
    actions_words.take_back(desk.rights, key, {"language": "ko", "method": "a film", "text": "None of it happened.", "custody": "yes",
                                               "relatives": "unknown", "paid": "no", "filmed": "yes"})
    of = desk.of(key)
    assert [one.text for one in of.versions][:1] == [WORDS] and of.versions[-1].circumstances["filmed"] == "yes"
    assert of.claims[0].status == "recanted" and queries_claims.claims(desk.rights, key).rows[0].sources == "no source that stands"
    assert queries_coded.event(desk.study, event).event.verification == "recanted"
    assert [(one["to"], one["why"]) for one in of.body["notices"]] == [("a court", "recanted")] and of.body["cleared"] == {}
    actions.done(desk.rights, key, of.body["notices"][0]["id"])
    assert desk.of(key).body["notices"][0]["done_at"]


# -------------------------------------------------------------------------------------------------------------- coding
@pytest.mark.refuses("H-14")
@pytest.mark.proves("S004-41")
def test_nothing_an_insider_says_is_coded_before_a_lawyer_was_spoken_of(desk):
    key = desk.told(kind="insider")
    claim = desk.claim(key, own_part=True)
    assert refused(actions_claims.code, desk.rights, key, claim, CODE) == "H-14"
    actions.note_counsel(desk.rights, key, flag="not_needed", note="they say so")
    assert refused(actions_claims.code, desk.rights, key, claim, CODE) == "H-14"  # it is about what they did
    actions.note_counsel(desk.rights, key, flag="advised", note="by counsel, before")
    assert actions_claims.code(desk.rights, key, claim, CODE)
    actions.keep_safe(desk.rights, key, {"identity": "Invented Name", "danger": "found by former colleagues", "plan": "a new place",
                                         "contact": "", "review": clock.today() + timedelta(days=30)})
    assert queries.page(desk.rights, key).safety["plan"] == "a new place"


@pytest.mark.refuses("H-39")
@pytest.mark.proves("S003-11")
@pytest.mark.proves("S004-35")
@pytest.mark.proves("S002-02")
@pytest.mark.proves("S003-14")
def test_acts_of_any_country_and_force_are_coded_and_chosen_by_code(desk):
    key = desk.told()
    claim = desk.claim(key)
    unread = desk.take(desk.plan({"witness": "Haneulbi"}))
    desk.version(unread)
    assert refused(actions_claims.code, desk.rights, unread, desk.claim(unread), CODE) == "H-39"  # not read back
    actions_claims.code(desk.rights, key, claim, CODE)
    for country, kind in (("CN", "prison_guard"), ("TH", "immigration"), ("KP", "prison_guard"), ("GB", "trafficker")):
        actions_claims.code(desk.rights, key, claim, CODE | {"type": "sexual_exploitation", "country": country, "perpetrator": kind, "after": []})
    assert refused(actions_claims.code, desk.rights, key, claim, CODE | {"type": "hymn"}) == "code"
    chosen = queries_coded.events(desk.study, type="refoulement", country="", refused=[])
    assert [(one.act.type, one.act.country, one.act.after) for one in chosen.rows] == [("refoulement", "CN", ("kwanliso",))]
    assert set(chosen.countries) == {"CN", "TH", "KP", "GB"}
    there = queries_coded.events(desk.study, type="sexual_exploitation", country="CN", refused=[]).rows
    assert [one.act.perpetrator for one in there] == ["prison_guard"]  # in the State between, by agents of it
    assert [one.topics for one in queries.listing(desk.rights, refused=[]).rows][-1] == ("refoulement",)


@pytest.mark.proves("S004-43")
def test_probably_stays_probably_on_the_claim_the_event_and_the_page(desk):
    key = desk.told()
    assert refused(desk.claim, key, words="She was probably shot.", certainty="stated") == "hedge"
    claim = desk.claim(key, words="She was probably shot.", certainty="probable")
    assert refused(actions_claims.code, desk.rights, key, claim, CODE | {"type": "disappearance"}) == "hedge"
    event = actions_claims.code(desk.rights, key, claim, CODE | {"type": "disappearance", "certainty": "probable"})
    page = screen(desk, desk.study, f"/testimony/events/{event.hex()}/")
    assert "said to be probable" in page and "alleged, single source" in page


@pytest.mark.proves("S001-36")
@pytest.mark.proves("S003-18")
@pytest.mark.proves("S001-55")
@pytest.mark.refuses("W-03")
def test_the_label_of_a_single_source_stands_on_every_page_until_another_source_says_the_same(desk):
    key, other = desk.told(), desk.told({"witness": "Haneulbi"})
    claim = desk.claim(key)
    event = actions_claims.code(desk.rights, key, claim, CODE)
    for path in (f"/testimony/{key.hex()}/claims/", f"/testimony/events/{event.hex()}/", "/testimony/events/"):
        assert "alleged, single source" in screen(desk, desk.rights, path), path
    assert "without being false" in screen(desk, desk.rights, f"/testimony/{key.hex()}/claims/")
    again = desk.claim(other, how_known="told")
    actions_claims.relate(desk.rights, key, one=claim, other=again, kind="corroborates", why="unknown", note="the same bridge")
    found = queries_claims.claims(desk.rights, key).rows[0]
    assert (found.sources, found.verification, found.single) == ("two sources, one of them hearsay", "corroborated", False)
    page = screen(desk, desk.study, f"/testimony/events/{event.hex()}/")
    assert "alleged, single source" not in page
    with pytest.raises(NoSuchVault):
        actions_claims.relate(desk.rights, key, one=claim, other="0c" * 16 + ":x", kind="contradicts", why="unknown", note="x")


def test_two_that_contradict_stand_side_by_side_and_neither_is_deleted(desk):
    key, other = desk.told(), desk.take(desk.plan({"witness": "Haneulbi"}))
    desk.version(other, text="Nobody was at the bridge.")
    claim, no = desk.claim(key), desk.claim(other, words="Nobody was at the bridge.", says="Nobody was there")
    actions_claims.relate(desk.rights, key, one=claim, other=no, kind="contradicts", why="vantage", note="")
    page = screen(desk, desk.rights, f"/testimony/{key.hex()}/claims/")
    beside = page[page.index("data-otherwise"):]
    assert "They were handed over at the bridge." in beside and "Nobody was at the bridge." in beside and "seen from elsewhere" in beside
    assert [one.status for one in desk.of(key).claims + desk.of(other).claims] == ["stands", "stands"]


# ----------------------------------------------------------------------------------------------------------- registers
@pytest.mark.proves("S001-63")
@pytest.mark.proves("S003-19")
@pytest.mark.proves("S000-26")
@pytest.mark.refuses("H-13")
def test_a_perpetrator_is_a_unit_a_rank_a_facility_and_who_held_somebody_is_seen_by_nobody_else(desk):
    unit = actions_coded.write_down(desk.rights, "perpetrator", {"kind": "prison_guard", "unit": "Guards", "rank": "sergeant",
                                                                 "facility": "hwasong", "country": "KP", "found_by": ""})
    line = queries_coded.register(desk.study, "perpetrator", refused=[]).rows[0]
    assert line.body["facility"] == "KWL16" and "name" not in line.body
    assert "alleged" in screen(desk, desk.study, "/testimony/registers/perpetrator/")
    key = desk.told()
    event = actions_claims.code(desk.rights, key, desk.claim(key), CODE | {"perpetrator_of": unit.hex()})
    assert "sergeant" in screen(desk, desk.study, f"/testimony/events/{event.hex()}/")
    actions_claims.hold_captor(desk.rights, key, perpetrator=unit.hex(), note="two winters")
    assert "two winters" in screen(desk, desk.rights, f"/testimony/{key.hex()}/")
    with writing():
        records.share(desk.rights, key, "testimony", desk.study.id, reason="a study", until=clock.today() + timedelta(days=5))
    assert "two winters" not in screen(desk, desk.study, f"/testimony/{key.hex()}/") and queries.page(desk.study, key).captor == ()
    with writing():
        assert not any("captor" in one.body for one in kept.every(desk.study, "coded", looked=False))


@pytest.mark.proves("S004-45")
@pytest.mark.proves("S004-36")
@pytest.mark.proves("S004-38")
def test_what_a_state_says_stands_beside_the_finding_at_the_same_size_and_pictures_in_three(desk):
    key = desk.told()
    event = actions_claims.code(desk.rights, key, desk.claim(key, facility="Hwasŏng"), CODE | {"facility": "16호 관리소"})
    actions_coded.write_down(desk.rights, "denial", {
        "country": "KP", "who": "a ministry", "said_on": date(2014, 2, 20), "words": "There are no such places. Write to desk@ministry.example",
        "citation": "a statement", "facility": "Camp 16 (Hwasong)", "event": ""})
    seen = {"facility": "kwanliso 16", "image_date": "2013-05", "baseline": "2011-05", "sensor": "", "feature": "housing", "observed": "14 more roofs",
            "change": "", "interpreted": "they appear to be housing", "partner": "",
            "inferred": {"quantity": "prisoners", "lo": 300, "hi": 900, "model": "20 to 60 a roof"},
            "confidence": {"observed": "high", "interpreted": "moderate", "inferred": "low"}}
    with pytest.raises(NotPermitted):
        actions_coded.write_down(desk.rights, "observation", seen | {"inferred": seen["inferred"] | {"hi": 300}})
    picture = actions_coded.write_down(desk.rights, "observation", seen)
    assert refused(actions_coded.review, desk.rights, picture) == "same_person"
    actions_coded.review(desk.other, picture)
    for path in (f"/testimony/events/{event.hex()}/", f"/testimony/{key.hex()}/claims/", "/testimony/facilities/"):
        page = screen(desk, desk.rights, path)
        assert "There are no such places." in page and "desk@ministry.example" not in page, path
    beside = screen(desk, desk.rights, f"/testimony/{key.hex()}/claims/")
    two = beside[beside.index("data-denial"):]
    assert two.count('<blockquote class="written">') == 2  # both in the same dress
    facilities = screen(desk, desk.study, "/testimony/facilities/")
    assert "300 – 900" in facilities and "counts as no source" in facilities and "Kwan-li-so No. 16" in facilities and "539 to 560" in facilities


@pytest.mark.proves("S004-27")
def test_a_partner_who_watches_stands_in_the_register_without_a_person(desk):
    actions_coded.write_down(desk.rights, "partner", {"country": "US", "name": "A committee (invented)", "work": "pictures; call +1 202 555 0100",
                                                      "agreement": "they are asked before we cite", "citation": "its reports"})
    page = screen(desk, desk.study, "/testimony/registers/partner/")
    assert "A committee (invented)" in page and "555" not in page


# ------------------------------------------------------------------------------------------------------- who sees what
@pytest.mark.refuses("H-13")
def test_a_researcher_chooses_codes_and_searches_no_word_of_a_witness(desk):
    key = desk.told()
    event = actions_claims.code(desk.rights, key, desk.claim(key), CODE)
    with pytest.raises(NoSuchVault):
        queries.page(desk.study, key)
    with writing():
        records.share(desk.rights, key, "testimony", desk.study.id, reason="a study", until=clock.today() + timedelta(days=5))
    assert may(desk.study.member(clock.now()), Permission.SEARCH, Facts(type="testimony")).rule == "search"
    assert "testimony" not in SEARCHED and search(desk.study, "handed over").count == 0 and search(desk.rights, "handed over").count == 0
    for path in ("/testimony/events/", f"/testimony/events/{event.hex()}/"):
        page = screen(desk, desk.study, path)
        assert "at the bridge" not in page and "Byeoldam" not in page and "Handed over" not in page, path
    form = screen(desk, desk.study, "/testimony/events/")
    inside = form[form.index('<form method="get"'):form.index("</form>", form.index('<form method="get"'))]
    assert not re.search(r"<input(?![^>]*hidden)|<textarea", inside)  # codes to choose from, and nothing to type


@pytest.mark.proves("S003-17")
def test_how_violence_was_done_is_behind_a_click_and_in_no_public_words(desk):
    key = desk.told()
    claim = desk.claim(key, restricted=True)
    event = actions_claims.code(desk.rights, key, claim, CODE | {"type": "infanticide", "methods": ["needle", "poison"]})
    page = screen(desk, desk.rights, f"/testimony/{key.hex()}/claims/")
    hidden = page[page.index("<details><summary>How violence was done"):]
    assert "at the bridge" in hidden[:hidden.index("</details>")] and page.count("They were handed over") == 1
    page = screen(desk, desk.study, f"/testimony/events/{event.hex()}/")
    assert "needle" in page[page.index("<details><summary>open only if you must"):].partition("</details>")[0]


@pytest.mark.proves("S002-07")
def test_who_a_contributor_is_and_their_safety_plan_stand_sealed_with_rights_officers(desk):
    key = desk.take(desk.plan({"witness": "Lens"}, kind="contributor"))
    actions.keep_safe(desk.rights, key, {"identity": "Invented Filmmaker", "danger": "a State looks for the camera", "plan": "leaves in May",
                                         "contact": "by radio", "review": clock.today() + timedelta(days=30)})
    assert "Invented Filmmaker" in screen(desk, desk.rights, f"/testimony/{key.hex()}/")
    for reader, sees in ((desk.worker, True), (desk.study, False)):
        with writing():
            records.share(desk.rights, key, "testimony", reader.id, reason="works with them", until=clock.today() + timedelta(days=5))
        page = screen(desk, reader, f"/testimony/{key.hex()}/")
        assert "Invented Filmmaker" not in page and ("leaves in May" in page) is sees, reader.handle


# ---------------------------------------------------------------------------------------------------------------- uses
@pytest.mark.proves("S001-56")
@pytest.mark.proves("S003-17")
def test_a_piece_is_quoted_for_what_they_said_yes_to_and_not_where_relatives_pay_for_it(desk):
    key = desk.told()
    piece = {"n": 1, "words": "She was probably shot.", "speaker": "the witness", "uses": ["court", "public"], "risk": "high", "sensitive": "none"}
    actions_words.mark_piece(desk.rights, key, piece)
    assert queries.page(desk.rights, key).pieces[0].may == ()  # nobody asked
    desk.yes(key, "court")
    desk.yes(key, "public")
    found = queries.page(desk.rights, key).pieces[0]
    assert (found.words, found.language, found.may) == ("She was probably shot.", "ko", ("court",)) and "Relatives" in found.why_not
    actions_words.mark_piece(desk.rights, key, piece | {"risk": "none"})
    assert queries.page(desk.rights, key).pieces[1].may == ("court", "public")
    desk.claim(key, words="probably shot.", certainty="probable", restricted=True)
    found = queries.page(desk.rights, key).pieces[1]
    assert found.may == ("court",) and "not told in public" in found.why_not  # the claim covers part of the piece
    assert refused(actions_words.mark_piece, desk.rights, key, piece | {"words": "She was shot."}) == "span"


def test_it_is_cleared_use_by_use_public_by_two_and_a_withdrawal_counts_at_once(desk):
    key = desk.told()
    assert actions_use.clear(desk.rights, key, use="internal", reason="x") == "cleared"
    assert refused(actions_use.clear, desk.rights, key, use="un", reason="x") == "H-21"
    desk.yes(key, "un")
    desk.yes(key, "public")
    actions.hold_back(desk.rights, key, until=clock.today() + timedelta(days=2), reason="a relative leaves")
    assert refused(actions_use.clear, desk.rights, key, use="un", reason="x") == "embargo"
    actions.hold_back(desk.rights, key, until=None, reason="they left")
    actions_use.clear(desk.rights, key, use="un", reason="x")
    assert actions_use.clear(desk.rights, key, use="public", reason="they want it told") == "asked"
    assert refused(actions_use.sign, desk.rights, key) == "same_person"
    assert refused(actions_use.hand_over, desk.rights, key, use="public", to="a paper") == "cleared"
    assert actions_use.sign(desk.other, key) == "public"
    actions_use.hand_over(desk.rights, key, use="public", to="a paper")
    desk.yes(key, "public", said="withdrawn")
    assert refused(actions_use.hand_over, desk.rights, key, use="public", to="a paper") == "cleared"
    assert [one["to"] for one in desk.of(key).body["notices"]] == ["a paper"] and set(desk.of(key).body["cleared"]) == {"internal", "un"}
    desk.yes(key, "", said="withdrawn")
    assert desk.of(key).status == "restricted" and refused(actions_use.clear, desk.rights, key, use="un", reason="x") == "H-21"


def test_a_child_needs_its_guardian_and_a_case_that_is_not_open_here_clears_nothing(desk):
    key = desk.told(adult="unknown")
    desk.yes(key, "un")
    assert refused(actions_use.clear, desk.rights, key, use="un", reason="x") == "H-21"
    desk.yes(key, "un", guardian=True)
    assert actions_use.clear(desk.rights, key, use="un", reason="x") == "cleared"
    person = "0d" * 16
    with writing():
        case = records.make(desk.worker, "case", {"ref": "M4D7", "people": [{"id": person, "code": "A", "birth": "1985"}],
                                                  "worker": desk.worker.id.hex()})
        records.share(desk.worker, case.id, "case", desk.rights.id, reason="a statement", until=clock.today() + timedelta(days=9))
    key = desk.told({"witness": "Haneulbi", "case": case.id, "person": person})
    assert desk.worker.id in {one.id for one in queries.page(desk.rights, key).readers}
    desk.yes(key, "un")
    assert actions_use.clear(desk.rights, key, use="un", reason="x") == "cleared"
    from waystation_web.cases import actions_consent

    actions_consent.say(desk.worker, case.id, {
        "person": person, "purpose": "un", "recipient": "", "data": ["testimony"], "said": "withdrawn", "until": "", "country": "", "language": "ko",
        "interpreter": "", "interpreter_is_broker": False, "explained_by": "", "mode": "", "guardian_agrees": False})
    assert refused(actions_use.hand_over, desk.rights, key, use="un", to="a body") == "H-21"
    with writing():
        records.end_share(desk.worker, case.id, desk.rights.id)
    assert refused(actions_use.clear, desk.rights, key, use="un", reason="x") == "H-21"  # nobody knows what they took back there


def screen(desk, actor, path):
    """A page as somebody sees it, with the keys of a member who has no words to sign in with."""
    from django.test import RequestFactory
    from django.urls import resolve

    request = RequestFactory().get(path)
    request.actor = actor
    match = resolve(path)
    answer = match.func(request, *match.args, **match.kwargs)
    assert answer.status_code == 200, path
    return answer.content.decode()
