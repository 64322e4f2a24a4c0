"""Appeals from an incident: whole drafts that name whom they may, two signatures, out by a person, corrections to everybody."""

from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.template import loader
from django.urls import reverse
from pypdf import PdfReader
from roads import SAID
from test_decide import A, B, C
from test_incidents import Caught, rule

from waystation.evidence.redaction import Part, Sure, check
from waystation.evidence.roster import Roster
from waystation_web.appeals import actions, actions_out, due, listed, queries
from waystation_web.appeals.letter import letter_of
from waystation_web.cases import actions_asked, actions_consent, actions_people
from waystation_web.directory import actions as directory
from waystation_web.gateways.database import writing
from waystation_web.journeys import actions_embargo
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.vault.errors import NotPermitted

NAMED, UNNAMED = "김별담", "박솔내"  # nobody: nouns, of stars and pines
TYPED = {"to": ["UNHCR"], "which": "", "state": "TH", "language": "en", "demands": ["no_return"], "profiles": [], "own": "", "denial": {}}
SIGN = {"publicity": "quiet", "harm": "Whoever waits on the next leg.", "reason": "A return may be hours away."}
GIVEN = {"on": date(2026, 3, 2), "through": "by hand", "receipt": "none"}


class Written(Caught):
    """A party that was taken; A said yes to the UN and to Thailand, B said nothing, C is a child."""

    def taken(self, **more):
        super().taken(force="border police", **more)
        names = [{"person": person, "text": text, "kind": "legal", "script": "Hang", "order": "family_first"}
                 for person, text in ((A, NAMED), (B, UNNAMED))]
        record = actions_people.seal_names(self.worker, self.case, "", {"names": names})
        with writing():
            records.share(self.worker, self.case, "case", self.rights.id, reason="appeal", until=self.today + timedelta(30))
            records.share(self.worker, record, "person", self.rights.id, reason="appeal", until=self.today + timedelta(30))
        return self

    @property
    def today(self):
        return self.office.now.date()

    def instructs(self, person=A, name="yes", signed="2026-03-01"):
        actions_asked.instruct(self.worker, self.case, {
            "person": person, "tell": "UNHCR", "tell_not": "", "name": name, "public": "no", "proxy": "", "guardian": "",
            "signed_on": signed, "explained_by": "worker", "language": "kor"})
        return self

    def yes(self, purpose="un", recipient="un_body", person=A, **more):
        actions_consent.say(self.worker, self.case, SAID | {
            "person": person, "purpose": purpose, "recipient": recipient, "data": ["name"], "guardian_agrees": True} | more)
        return self

    def draft(self, actor=None, **more):
        self.letter = actions.draft(actor or self.rights, self.incident, TYPED | more)[0]
        return self

    def signed(self):
        actions_out.sign(self.rights, self.letter, SIGN | {"other": self.first.id})
        assert actions_out.sign(self.first, self.letter) == "signed"
        return self

    def given(self, **more):
        self.signed()
        self.file = actions_out.take_out(self.rights, self.letter, "txt")[0].decode()
        actions_out.sent(self.rights, self.letter, GIVEN | more)
        return self

    @property
    def now(self):
        with writing():
            return letter_of(kept.one(self.rights, self.letter, "communication"))

    @property
    def sheet(self):
        return queries.page(self.rights, self.letter)


@pytest.fixture
def road(office):
    found = Written(office)
    found.office = office
    return found.taken()


def said(letter):
    from waystation.papers.text import as_text
    return as_text(letter.now.paper)


OFFICE = {"name": "Invented Ministry of Borders", "others": [], "country": "TH", "authority": "state", "office": "desk of returns", "body": "",
          "languages": ["eng"], "address": "1 Invented Street", "source": "their own page (invented)", "as_of": "2025-03-01", "note": ""}


def embargoed(road):
    actions_embargo.embargo(road.first, road.incident, review=road.today + timedelta(3), reason="Others are still on the way.")


@pytest.mark.refuses("H-06")
def test_an_office_of_the_directory_is_written_to_only_where_a_yes_covers_who_learns_a_name_there_and_says_its_age(road):
    person = road.office.person(roles=("rights_officer",), handle="typist")
    office = directory.write(road.rights, "official", OFFICE).hex()
    others = {power: directory.write(road.rights, "organisation", OFFICE | {"authority": power}).hex() for power in ("none", "armed", "not_known")}
    for to, entry, more in ((["UNHCR"], office, {}), (["STATE"], office, {"state": "CN"}), (["ROK"], office, {}), (["STATE", "ROK"], office, {}),
                             (["STATE"], office, {"which": "another one"}), (["STATE"], others["armed"], {}), (["ICRC"], others["not_known"], {})):
        assert rule(road.draft, to=to, listed=entry, **more) == "listed", (to, more)
    assert rule(road.draft, to=["ICRC"], listed=others["none"]) == "terms"             # a partner that signed nothing
    road.draft(to=["STATE"], listed=office)
    days = (road.today - date(2025, 3, 1)).days
    assert "desk of returns, Invented Ministry of Borders" in said(road.now) and road.now.sent == ()
    assert (road.sheet.listed.days, road.sheet.listed.old, road.sheet.listed.address) == (days, True, "1 Invented Street")
    assert f"old: looked up {days} days ago" in dict(queries.of_incident(road.rights, road.incident).listed)[office]
    page = loader.render_to_string("appeals/letter.html", {"page": road.sheet, "form": {}, "row": {"to": "x"}})
    assert f"old: looked up {days} days ago" in page and "Look it up again" in page
    with writing():
        records.share(road.first, road.incident, "incident", road.office.actor(person).id, reason="appeal", until=road.today + timedelta(30))
    site = road.office.sign_in(person)
    where = reverse("incident-appeals", kwargs={"incident": road.incident})
    assert f"old: looked up {days} days ago" in site.get(where).content.decode()
    sent = {"act": "draft", "state": "TH", "language": "en", "to": ["STATE"], "listed": office, "which": "", "own": ""}
    typed = site.post(where, sent, follow=True).content.decode()
    assert reverse("directory-entry", kwargs={"listed": office}) in typed and "Look it up again" in typed
    late = road.office.actor(road.office.person(roles=("rights_officer",), handle="late"))  # came when the entry was there already
    with writing():
        records.share(road.first, road.letter, "communication", late.id, reason="appeal", until=road.today + timedelta(30))
    assert queries.page(late, road.letter).listed is None and rule(actions_out.sign, late, road.letter, SIGN) == "embargo"
    with writing(), pytest.raises(NotPermitted, match="not open to you"):
        listed.chosen(late, office, "STATE", "TH")
    directory.change(road.rights, bytes.fromhex(office), {"authority": "armed"}, revision=1)
    assert rule(road.signed) == "listed"                                               # it is another office now: two sign nothing
    actions.redraft(road.rights, road.letter, TYPED | {"which": "another one"})
    assert road.sheet.listed is None and road.now.listed == ""


@pytest.mark.refuses("H-06")
def test_nobody_is_named_without_their_own_yes_for_this_addressee_and_a_no_outweighs_every_yes(road):
    assert not road.draft().now.now.named and NAMED not in said(road.now)              # before they left they said no
    assert not road.yes().draft().now.now.named                                       # a yes in a row does not outweigh that
    road.instructs()
    assert road.draft().now.now.named == (A,) and NAMED in said(road.now)
    assert road.draft(to=["WGEID"]).now.now.named == ()                               # it tells the State: that needs its own yes
    road.yes("state", "host_state", country="LA")
    assert road.draft(to=["WGEID"]).now.now.named == ()                               # of another State
    road.yes("state", "host_state", country="TH")
    assert road.draft(to=["WGEID"]).now.now.named == (A,) and road.draft(to=["STATE"]).now.now.named == (A,)
    assert road.draft(to=["ICRC"]).now.now.named == () and road.draft(to=["STATE"], state="CN").now.now.named == ()
    road.yes(said="withdrawn")
    assert road.draft().now.now.named == ()


@pytest.mark.refuses("H-05", "H-06", "H-23")
def test_what_they_signed_covers_the_united_nations_alone_and_a_child_is_named_when_two_signed_what_is_best(road):
    road.instructs()
    assert road.draft().now.now.named == (A,) and road.draft(to=["STATE"]).now.now.named == ()
    assert road.instructs(signed="").draft().now.now.named == ()                      # written, and not signed
    with writing():
        held = kept.one(road.first, road.case, "case", looked=False)
        key = held.body["household_records"][0]
        names = kept.one(road.worker, bytes.fromhex(key), "person", looked=False)
        records.change(road.worker, names, {"names": [*names.body["names"], {"person": C, "text": "김별솔", "kind": "legal", "script": "Hang"}]}, what="names")
    road.yes(person=C)
    assert road.draft().now.now.named == (C,)
    with writing():
        records.change(road.first, kept.one(road.first, road.case, "case", looked=False), {"best_interest": []}, what="x")
    assert road.draft().now.now.named == ()


@pytest.mark.refuses("H-06")
def test_whoever_is_not_named_is_in_no_file_and_no_field_however_spelled_and_the_search_finds_whoever_is(road):
    road.instructs().draft(own="They were seen in a bus.").signed()
    road.now_files = {form: actions_out.take_out(road.rights, road.letter, form)[0] for form in ("pdf", "docx", "txt")}
    pdf = " ".join(page.extract_text() for page in PdfReader(BytesIO(road.now_files["pdf"])).pages)
    with ZipFile(BytesIO(road.now_files["docx"])) as word:
        inside = [Part(name, word.read(name)) for name in word.namelist()]
    out = [Part("pdf", pdf), Part("pdf, bytes", road.now_files["pdf"]), Part("txt", road.now_files["txt"]), *inside,
           Part("record", str(road.now.record.body["versions"]))]

    def seen(name):
        return {hit.where for hit in check(out, Roster.of(names=[(name, "x")])) if hit.sure is Sure.SEEN}

    assert seen(UNNAMED) == set()
    assert {"pdf", "txt", "record", "word/document.xml"} <= seen(NAMED)               # the control: the search sees what is there
    assert "in their" in pdf


@pytest.mark.refuses("H-06")
@pytest.mark.parametrize("typed", [f"{UNNAMED} was seen.", "Pak Sol-nae was seen.", "Solnae Park was seen."])
def test_a_name_that_is_typed_where_it_may_not_stand_is_refused(road, typed):
    assert rule(actions.draft, road.rights, road.incident, TYPED | {"own": typed}) == "H-06"
    with writing():
        assert list(kept.every(road.rights, "communication")) == []


@pytest.mark.proves("S003-20", "S003-21", "S003-22", "S003-23")
def test_a_draft_is_whole_each_statement_says_how_sure_it_is_and_the_state_s_word_stands_beside_it(road):
    denial = {"says": "No such people are here.", "on": "3 March 2026", "source": "a spokesperson (invented)"}
    text = said(road.draft(to=["SP_URGENT"], demands=["recognise", "no_return", "influence"], denial=denial).now)
    for words in ("Jilin", "border police", "3 people (at most 1 of them under eighteen)", "Alleged, single source",
                  "“No such people are here.” (3 March 2026; a spokesperson (invented))", "respect the rights of those who escaped",
                  "not to send any of them back", "influence on the authorities", "Convention against Torture, 3",
                  "Universal Declaration, 9", "person in their"):
        assert words in text, words
    assert any("Memo on the prohibition of return" in one.heading for one in road.now.now.paper.annexes)
    text = text.partition("Memo on the prohibition")[0]
    assert "Refugee Convention" not in text                                          # Thailand is no party: nothing is cited that does not bind
    assert "The host saw the car" not in text                                        # who told us is in no letter
    rights = {(one.article, one.bound) for one in road.sheet.rights}
    assert ("Refugee Convention, 1951, 33", "does not bind it") in rights and ("Convention against Torture, 3", "binds it") in rights
    korean = said(road.draft(to=["WGAD"], language="ko", demands=["no_return"]).now)
    annexed = road.now.now.paper
    assert annexed.annex_language == "en" and annexed.annexes[0].heading.startswith("Memo on the prohibition of return: ")
    assert "what this memo rests on" in str(annexed.annexes) and "누구도 송환하지 말 것" in korean
    assert "누구도 송환하지 말 것" in korean and "출처는 하나임" in korean and "고문방지협약 3" in korean
    road.act("suspect", graded=True)
    road.act("confirm", another_source=True)
    assert "confirmed by a second source" in said(road.draft().now) and "Alleged" not in said(road.now)


def test_two_offices_sign_the_very_text_and_a_change_voids_both(road):
    road.draft()
    assert rule(actions_out.sign, road.first, road.letter, SIGN | {"other": road.rights.id}) == "office"   # a rights officer first
    assert rule(actions_out.sign, road.rights, road.letter, SIGN | {"other": road.rights2.id}) == "office"
    assert rule(actions_out.take_out, road.rights, road.letter, "txt") == "second_signature"
    assert actions_out.sign(road.rights, road.letter, SIGN | {"other": road.guard.id}) == "asked"
    assert rule(actions_out.sign, road.rights, road.letter) in {"office", "same_person"}
    assert rule(actions_out.sign, road.rights2, road.letter) == "office"
    assert actions_out.sign(road.guard, road.letter) == "signed" and road.now.signed
    assert actions.redraft(road.rights, road.letter, {"own": "They were seen in a bus."}) and not road.now.signed
    assert rule(actions_out.take_out, road.rights, road.letter, "txt") == "second_signature"
    assert road.sheet.changes.came == ("They were seen in a bus.", *road.sheet.changes.came[1:])
    assert not actions.redraft(road.rights, road.letter, {"own": "They were seen in a bus."})
    road.signed()
    with writing():
        held = kept.one(road.rights, road.letter, "communication", looked=False)
        records.change(road.rights, held, {"signed": {**held.body["signed"], "harm": "Nobody."}}, what="x")
    assert rule(actions_out.take_out, road.rights, road.letter, "txt") == "changed"


@pytest.mark.refuses("H-06")
def test_an_embargo_and_a_word_taken_back_stop_what_two_have_signed(road):
    road.instructs().draft().signed()
    embargoed(road)
    assert rule(actions_out.take_out, road.rights, road.letter, "txt") == "embargo" and road.sheet.held_back
    assert rule(actions_out.sign, road.rights, road.draft().letter, SIGN | {"other": road.first.id}) == "embargo"
    actions_embargo.lift(road.first, road.incident, reason="They are safe.", out_of_danger=True, other=road.guard.id)
    actions_embargo.lift(road.guard, road.incident)
    road.signed().instructs(name="no")
    assert rule(actions_out.take_out, road.rights, road.letter, "txt") == "H-06"
    assert rule(actions_out.take_out, road.rights2, road.letter, "txt") == "H-06"     # whoever cannot read what they agreed to
    assert actions.redraft(road.rights, road.letter, {}) and road.now.now.named == ()


def test_it_is_written_down_only_of_what_was_taken_out_and_the_incident_remembers_who_was_told(road, office):
    road.draft().signed()
    assert rule(actions_out.sent, road.rights, road.letter, GIVEN) == "taken"
    assert rule(actions_out.looked, road.rights, road.letter, says="x") == "sent"
    actions_out.take_out(road.rights, road.letter, "txt")
    actions_out.sent(road.rights, road.letter, GIVEN)
    assert road.now.stage == "given" and road.page.told == 1 and {one.name: bool(one.done_at) for one in road.page.tasks}["notice"]
    assert road.page.incident.log[-1].kind == "told"


@pytest.mark.proves("S002-14")
def test_the_clock_runs_from_the_first_report_and_looks_again_after_a_day_two_three_and_every_week(road, office):
    def late():
        office.later = None
        with writing():
            return [(one.ref, one.late) for one in due.due([kept.one(road.rights, road.letter, "communication", looked=False)] if hasattr(road, "letter") else [],
                                                           [kept.one(road.rights, road.incident, "incident", looked=False)])]

    assert [one.name for one in queries.of_incident(road.rights, road.incident).clock] == ["notice", "consent", "publicity", "draft", "send"]
    assert late() == []
    office.now += timedelta(hours=4, minutes=1)
    assert late() == [("K7Q2", True)]                                                # the notice is late
    road.draft().given()
    assert all(one.name != "notice" or one.done for one in queries.of_incident(road.rights, road.incident).clock)
    first = road.now.due - office.now
    assert first == timedelta(hours=24) and not road.now.late
    seen = []
    for _ in range(5):
        office.now = road.now.due
        seen.append(road.now.late)
        actions_out.looked(road.rights, road.letter, says="No answer.")
        seen.append(round((road.now.due - office.now) / timedelta(hours=24)))
    assert seen == [True, 1, True, 1, True, 7, True, 7, True, 7]
    actions_out.looked(road.rights, road.letter, says="They answered.", ended=True)
    assert road.now.due is None and road.now.stage == "ended"


@pytest.mark.refuses("H-48")
def test_a_correction_is_drafted_for_everybody_who_was_ever_told_and_is_owed_until_each_has_theirs(road, office):
    assert rule(actions.correct, road.rights, road.incident, "It was Tuesday.") == "nobody"
    road.draft().given()
    road.draft(to=["ROK"], language="ko").given()
    road.answered()
    office.now += timedelta(minutes=1)
    made = actions.correct(road.rights, road.incident, "It was two people, not three.")
    assert len(made) == 2 and road.page.owed == 2
    news = {"everybody_told": True, "reason": "They rang."}
    assert rule(road.act, "free", road.rights, **news) == "H-48"                      # a tick alone does not do
    for number, key in enumerate(made):
        road.letter = key
        assert "It was two people, not three." in said(road.now) and road.now.corrects
        road.given()
        assert road.page.owed == 1 - number
    assert road.act("free", road.rights, **news) == "moved"
    office.now += timedelta(minutes=1)
    assert road.page.owed == 2                                                       # that they are free is told to both as well
    assert {one.what for one in queries.of_incident(road.rights, road.incident).owed} == {"they are free"}


def test_whoever_cannot_read_the_case_drafts_what_names_nobody(road):
    road.instructs()
    text = said(road.draft(actor=road.rights2).now)
    assert "people whose number is not stated here" in text and NAMED not in text
    assert not queries.page(road.rights2, road.letter).read


@pytest.mark.refuses("H-05")
def test_a_notice_without_identity_says_nothing_of_anybody_but_how_many_they_are(road):
    text = said(road.draft(to=["ROK"]).now)
    assert "1985" not in text and UNNAMED not in text and NAMED not in text and "whose name is withheld" in text
    assert [one.code for one in queries.of_incident(road.rights, road.incident).doors if one.open][:3] == ["UNHCR", "ICRC", "ROK"]


