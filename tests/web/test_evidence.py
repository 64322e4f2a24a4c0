"""Evidence in the office: taken in, asked about, sealed; copies that two clear; packages that stand without us."""

import io
import json
import os
import subprocess
import tarfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import acts
import pyrage
import pytest
from acts import member
from django.template import loader
from django.urls import reverse
from PIL import Image

from authority import Authority, certified, checked, root
from waystation.evidence import batch, custody
from waystation.evidence.pictures import faults
from waystation.evidence.verify_text import commands
from waystation_web.cases import actions_consent
from waystation_web.evidence import (
    actions,
    actions_copy,
    actions_package,
    child,
    lists,
    pages_package,
    queries,
    showing,
    signing,
)
from waystation_web.evidence.agreeing import For
from waystation_web.evidence.forms_package import PackageForm
from waystation_web.evidence.models import Batch, Spool
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.record import said
from waystation_web.takeout.order import fingerprint
from waystation_web.testimony import actions as interviews
from waystation_web.testimony import actions_claims, actions_use, actions_words
from waystation_web.testimony import queries as testimony
from waystation_web.testimony.statement import statement_of
from waystation_web.vault.errors import NotPermitted
from waystation_web.vault.files import path_of

ANSWERS = {"authenticity": "original", "label": "footage", "exposure": "none", "thirds": "nobody", "covert": "no",
           "inducement": "no", "marks": ["arm_left"], "mark_words": "a scar on the wrist. (Invented.)",
           "rights_holder": "An invented filmmaker", "technical": "a telephone, shaky"}


def picture():
    made = Image.new("RGB", (160, 120), (180, 40, 40))
    made.paste((0, 255, 0), (64, 48, 96, 72))
    exif = made.getexif()
    exif[0x010F] = "SECRETCAM"
    out = io.BytesIO()
    made.save(out, "JPEG", exif=exif)
    return out.getvalue()


DATA = picture()
HOW_TO = (Path(__file__).parents[2] / "docs/how-to/evidence-packages.md").read_text("utf-8")
SPOKEN = "They were handed over at the bridge. (Invented.)"
VERSION = {"kind": "transcript", "language": "ko", "of": 0, "method": "", "machine": False, "tool": "", "text": SPOKEN}
TAKEN = {"language": "ko", "method": "open", "place_kind": "office", "interpreter": "none", "broker": "", "kin_of_accused": "",
         "support": "", "inducement": "no", "inducement_text": "", "explained": "in Korean", "consented": True, "recording": False,
         "breaks": "", "distress": "", "aftercare": "", "orientation": "", "followup": False}
TOLD = {"alone": "", "wanted": For("court", "legal", "", ("testimony",)), "shown": "the court asked for it"}


class Desk:
    """Two rights officers, and an item as far as a test needs it."""

    def __init__(self, office):
        self.office = office
        self.one, self.two = member(office, "rights", ("rights_officer",)), member(office, "second", ("rights_officer",))
        self.key = pyrage.x25519.Identity.generate()

    def announced(self, **more):
        said = {"title": "A film of a wall", "origin": "filmmaker", "creator": "", "acquired_from": "An invented guide",
                "acquired_on": self.office.now.date(), "how": "by hand"} | more
        return actions.announce(self.one, **said)

    def received(self, data=DATA, **more):
        item = self.announced(**more)
        upload = acts.upload(self.one, item, data, "IMG_20300501_Onsong.jpg")
        try:
            actions.receive(self.one, item, upload)
        finally:
            upload.close()
        return item

    def sealed(self, answers=None, **more):
        item = self.received(**more)
        actions.answer(self.one, item, ANSWERS | (answers or {}), revision=self.held(item).record.revision)
        return item

    def held(self, item, actor=None):
        with writing():
            return queries.held(actor or self.one, item)

    def statement(self, key):
        with writing():
            return statement_of(kept.one(self.one, key, "testimony", looked=False))

    def cleared(self, item, boxes=((30, 30, 70, 70),)):
        key = actions_copy.make(self.one, item, why="redact-faces", boxes=boxes)
        actions_copy.ask(self.one, item, key, appears="nobody", found_by="nothing")
        actions_copy.clear(self.two, item, key)
        return key

    def order(self, *parts, **more):
        to = str(self.key.to_public())
        said = {"recipient": "An invented court", "jurisdiction": "CH", "key": to, "heard": fingerprint(to), "purpose": "court",
                "alone": "it shows a wall",
                "shown": "", "parts": parts, "wanted": For("court", "legal", "", ("picture",)), "people": []} | more
        return actions_package.ask(self.one, **said)


@pytest.fixture
def desk(office):
    return Desk(office)


class Witness:
    """Somebody with a case that both rights officers hold, and a statement of theirs that is cleared for a court."""

    def __init__(self, desk):
        self.desk, self.who, self.worker = desk, "0e" * 16, member(desk.office, "asker")
        with writing():
            self.case = records.make(self.worker, "case", {
                "ref": "K7Q2", "worker": self.worker.id.hex(), "status": "arrived", "request_status": "accepted",
                "people": [{"id": self.who, "code": "A", "birth": "1990"}]}).id
            for one in (desk.one, desk.two):
                records.share(self.worker, self.case, "case", one.id, reason="a package", until=desk.office.now.date() + timedelta(30))

    def told(self, *, asked=True):
        one, day = self.desk.one, clock.today()
        who = {"witness": "Haneulbit", "fresh": True, "case": self.case, "person": self.who}
        seen = testimony.looked(one, who).digest
        key = interviews.plan(one, who | {"kind": "eyewitness", "adult": "yes", "topics": [], "elsewhere": "no", "elsewhere_text": "",
                                          "reason": "", "for_": ""}, seen=seen)
        interviews.take(one, key, TAKEN | {"taken_on": day, "until": day + timedelta(400)})
        actions_words.add_version(one, key, VERSION)
        actions_words.add_version(one, key, VERSION | {"kind": "read_back", "of": 1, "text": "as it stands"})
        actions_claims.claim(one, key, {"n": 1, "words": SPOKEN, "says": "A bridge", "how_known": "saw", "certainty": "stated",
                                        "facility": "", "told_by": "", "published": "", "item": "", "restricted": False, "own_part": False})
        interviews.say(one, key, use="court", said="yes", until=None, guardian=False, words="")
        actions_use.clear(one, key, use="court", reason="a court asks")
        if asked:
            self.say()
        return key

    def say(self, **more):
        actions_consent.say(self.worker, self.case, {
            "person": self.who, "purpose": "court", "recipient": "legal", "country": "", "data": ["testimony"], "said": "yes", "until": "",
            "language": "kor", "interpreter": "", "interpreter_is_broker": False, "explained_by": "asker", "mode": "spoken",
            "guardian_agrees": False} | more)

    def take_back(self):
        actions_consent.take_back(self.worker, self.case, person=self.who, purpose="court", recipient="legal")


def acts_of(item):
    return [json.loads(line)["act"] for line in item.custody]


@pytest.mark.refuses("H-38")
@pytest.mark.proves("S001-57")
def test_what_comes_is_hashed_as_it_comes_and_never_changes(desk):
    item = desk.held(desk.received())
    assert item.state == "quarantined" and acts_of(item) == ["received", "hashed", "quarantined"]
    assert item.original["format"] == "jpeg" and item.original["size"] == len(DATA)
    with writing():
        assert queries.picture(desk.one, item, bytes.fromhex(item.original["file"])) == DATA
    said = json.loads(item.custody[0])
    salt = bytes.fromhex(item.record.body["salt"])
    assert said["commit"] == batch.commitment(salt, [DATA]).hex() and custody.first_break(item.custody) is None
    assert not any(word in "".join(item.custody) for word in ("Onsong", desk.one.handle, desk.one.id.hex()))
    again = acts.upload(desk.one, item.id, b"another", "x.jpg")
    with pytest.raises(NotPermitted, match="never replaced"):
        actions.receive(desk.one, item.id, again)
    again.close()
    actions.answer(desk.one, item.id, ANSWERS, revision=item.record.revision)
    assert desk.held(item.id).answers["technical"] == "a telephone, shaky"


@pytest.mark.refuses("H-09")
@pytest.mark.proves("S001-58")
@pytest.mark.proves("S003-10")
@pytest.mark.parametrize("answers", [{"label": "fiction"}, {"label": "re-enactment"}, {"authenticity": "re-enactment"},
                                     {"authenticity": "synthetic"}])
def test_what_was_played_or_invented_is_never_sealed_and_nothing_is_made_of_it(desk, answers):
    item = desk.received()
    with pytest.raises(NotPermitted, match="no evidence"):
        actions.answer(desk.one, item, ANSWERS | answers, revision=desk.held(item).record.revision)
    assert desk.held(item).state == "quarantined" and desk.held(item).origin == "filmmaker"
    actions.refuse(desk.one, item, why="fiction", said="It is a scene of a play. (Invented.)")
    for act in (lambda: actions_copy.make(desk.one, item, why="clean", boxes=()),
                lambda: actions.open_original(desk.one, item, why="court", said="x"),
                lambda: desk.order((item, True, ())),
                lambda: actions.answer(desk.one, item, ANSWERS, revision=desk.held(item).record.revision)):
        with pytest.raises(NotPermitted):
            act()


@pytest.mark.refuses("H-38")
def test_an_original_goes_out_for_a_reason_after_confirming_and_its_custody_says_so(desk):
    item = desk.sealed()
    late = replace(desk.one, stepped_up_until=desk.office.now - timedelta(hours=1))
    with pytest.raises(NotPermitted) as why:
        actions.open_original(late, item, why="court", said="x")
    assert why.value.step_up and acts_of(desk.held(item))[-1] == "sealed"
    found = actions.open_original(desk.one, item, why="court", said="A court asks. (Invented.)")
    assert b"".join(found.read(0, found.size)) == DATA
    found.close()
    held = desk.held(item)
    assert acts_of(held)[-1] == "original-downloaded" and held.record.body["said"]["5"] == "A court asks. (Invented.)"


@pytest.mark.refuses("H-39")
@pytest.mark.refuses("W-17")
@pytest.mark.proves("S002-18")
@pytest.mark.proves("S003-06")
def test_a_copy_holds_the_picture_alone_and_goes_out_after_two_looked_at_it(desk):
    item = desk.sealed({"thirds": "known"})
    bare = actions_copy.make(desk.one, item, why="clean", boxes=())
    with pytest.raises(NotPermitted, match="Others could be known"):
        actions_copy.ask(desk.one, item, bare, appears="a passer-by", found_by="face")
    key = actions_copy.make(desk.one, item, why="redact-marks", boxes=[(30, 30, 70, 70)])
    with pytest.raises(NotPermitted):
        actions_copy.clear(desk.two, item, key)
    actions_copy.ask(desk.one, item, key, appears="nobody", found_by="nothing")
    with pytest.raises(NotPermitted, match="yourself"):
        actions_copy.clear(desk.one, item, key)
    with pytest.raises(NotPermitted):
        desk.order((item, False, ["D-02"]))
    actions_copy.clear(desk.two, item, key)
    held = desk.held(item)
    copy = queries.copy_of(held, key)
    with writing():
        data = queries.picture(desk.two, held, copy.file)
    assert copy.cleared and not queries.copy_of(held, bare).cleared and acts_of(held)[-3:] == ["derived", "derived", "checked"]
    assert faults(data) == [] and b"SECRETCAM" not in data and b"SECRETCAM" in DATA
    assert not any(pixel[1] > 100 for _, pixel in Image.open(io.BytesIO(data)).getcolors(1 << 20))
    assert held.answers["marks"] == ["arm_left"]      # what proves something is also what is covered
    with pytest.raises(NotPermitted, match="only as a copy"):
        desk.order((item, True, ()))
    assert desk.order((item, True, ()), shown="the court asked for it")


@pytest.mark.proves("S001-45")
@pytest.mark.parametrize("said", [{"origin": "hidden"}, {"answers": {"covert": "unknown"}}])
def test_what_was_taken_in_secret_never_leaves_as_it_came(desk, said):
    item = desk.sealed(**said)
    for act in (lambda: actions.open_original(desk.one, item, why="court", said="x"),
                lambda: desk.order((item, True, ()), shown="x")):
        with pytest.raises(NotPermitted, match="Whoever filmed it comes before"):
            act()
    desk.cleared(item)
    desk.order((item, False, ["D-01"]))


def test_a_file_that_is_no_picture_gives_no_copy_and_nothing_is_kept(desk):
    item = desk.sealed(data=b"\xff\xd8\xff\xe0 no picture")
    with pytest.raises(NotPermitted, match="no picture"):
        actions_copy.make(desk.one, item, why="clean", boxes=())
    assert desk.held(item).copies == ()


@pytest.mark.refuses("H-39")
def test_what_the_second_reader_does_not_know_is_not_kept(desk, monkeypatch):
    item = desk.sealed()
    answered = child._asked
    monkeypatch.setattr(child, "_asked", lambda question, data: ({**answered(question, data)[0], "boxes": []}, DATA))
    with pytest.raises(NotPermitted, match="second reader"):
        actions_copy.make(desk.one, item, why="clean", boxes=())
    assert desk.held(item).copies == ()


@pytest.mark.refuses("H-38")
def test_the_list_of_a_week_is_made_also_when_nothing_came_and_is_padded(desk):
    today = desk.office.now.date()
    with writing():
        assert (lists.make_due(today), lists.make_due(today)) == (1, 0)
    desk.sealed()
    assert Spool.objects.count() == 3          # the original, and the custody twice
    with writing():
        assert lists.make_due(today + timedelta(days=7)) == 1 and Spool.objects.count() == 0
    first, second = (batch.read(bytes(row.text)) for row in Batch.objects.order_by("week"))
    assert len(first.lines) == len(second.lines) == 64
    assert second.prev == batch.digest_of(bytes(Batch.objects.order_by("week")[0].text))


class Proved:
    """A key certified by a root of our own, and one authority of time."""

    def __init__(self, desk, folder):
        self.root = root(folder, "signer-root")
        key = signing.make_key(desk.one, "Desk of evidence")
        with writing():
            request = signing.key_in_force(desk.one).request
        signing.certify(desk.one, key, certificate=certified(folder, "signer-root", request), root=self.root)
        self.authority = Authority(folder / "a", "tsa-a")
        self.pinned = signing.pin(desk.one, slot="a", name="An invented authority", root=self.authority.root)

    def stamp(self, desk, week, of=None):
        token = self.authority.stamp(bytes(Batch.objects.get(week=lists.number_of(of or week)).request_a))
        upload = acts.upload(desk.one, self.pinned, token, "a.tsr")
        try:
            signing.bring(desk.one, self.pinned, week, upload)
        finally:
            upload.close()


@pytest.mark.once
@pytest.mark.refuses("H-38")
@pytest.mark.proves("S002-22")
def test_a_package_of_two_signatures_passes_in_a_bare_shell(desk, tmp_path, monkeypatch):
    desk.office.now = datetime.now(UTC) + timedelta(minutes=5)
    proved = Proved(desk, tmp_path / "authorities")
    item = desk.sealed()
    desk.cleared(item)
    week = desk.office.now.date()
    with writing():
        lists.make_due(week)
        lists.make_due(week + timedelta(days=7))
    weeks = [row.name for row in Batch.objects.order_by("week")]
    proved.stamp(desk, weeks[0])
    with pytest.raises(NotPermitted, match="another list"):
        proved.stamp(desk, weeks[1], of=weeks[0])
    statement = Witness(desk).told()
    package = desk.order((item, True, ["D-01"]), **TOLD | {"alone": "it shows a wall"}, statements=[(statement, [1])])
    with pytest.raises(NotPermitted):
        actions_package.build(desk.one, package)
    with pytest.raises(NotPermitted, match="yourself"):
        actions_package.sign(desk.one, package)
    actions_package.sign(desk.two, package)
    actions_package.build(desk.one, package)
    with pytest.raises(NotPermitted):
        actions_package.build(desk.one, package)
    found, file = actions_package.fetch(desk.two, package)
    sealed = b"".join(file.read(0, file.size))
    file.close()
    assert DATA[:40] not in path_of(bytes.fromhex(found.built["file"])).read_bytes()
    here = tmp_path / "there"
    with tarfile.open(fileobj=io.BytesIO(pyrage.decrypt(sealed, [desk.key]))) as tar:
        tar.extractall(here, filter="data")
    (here / "signer-root-from-our-website.pem").write_text(proved.root)
    (here / "tsa-a-root-from-the-authority.pem").write_text(proved.authority.root)
    assert checked(here, commands((here / found.name / "VERIFY.txt").read_text("utf-8"))) == []
    bag = here / found.name / "data"
    assert (bag / "originals/E-0001/original.jpg").read_bytes() == DATA
    assert "An invented filmmaker" in (bag / "exhibits.csv").read_text("utf-8")
    lines = (bag / "custody/E-0001.jsonl").read_text().splitlines()
    assert json.loads(lines[-1])["object"] == found.name and acts_of(desk.held(item))[-2:] == ["fixity-ok", "packaged"]
    said = json.loads((bag / "statements/S-0001/statement.json").read_text("utf-8"))
    assert (bag / "statements/S-0001/v1.txt").read_text("utf-8") == SPOKEN and not (bag / "statements/S-0001/v2.txt").exists()
    assert [one["file"] for one in said["versions"]] == ["v1.txt", "withheld"]
    line = next(one.strip("`") for one in HOW_TO.splitlines() if "basenc" in one)     # as the manual says it, with stock tools
    shown = subprocess.run(["bash", "-c", line], cwd=bag.parent, env={**os.environ, "salt": said["versions"][0]["salt"]},
                           check=True, capture_output=True, text=True).stdout
    assert shown.split()[0] == said["versions"][0]["commit"]
    [claim] = json.loads((bag / "claims.json").read_text("utf-8"))["claims"]
    assert claim["claim"] == "S-0001.1" and claim["single_source"]
    assert "person-1,court" in (bag / "consents.csv").read_text("utf-8")
    assert [one["to"] for one in desk.statement(statement).body["handed"]] == ["An invented court"]
    for secret in ("Onsong", "An invented guide", desk.one.handle, "Haneulbit", "K7Q2", statement.hex()):
        assert subprocess.run(["grep", "-rq", secret, here], check=False).returncode == 1
    assert [(one.state, one.stopped) for one in pages_package.listing(desk.two).packages] == [("built", "")]


@pytest.mark.refuses("H-21")
def test_what_was_built_is_not_handed_over_after_somebody_took_back_what_it_rests_on(desk, monkeypatch):
    monkeypatch.setattr(queries, "download", lambda *_given: "the file")
    witness = Witness(desk)
    witness.say(data=["picture"])
    package = desk.order((desk.sealed(), True, ()), alone="", people=[(witness.case, witness.who)])
    with writing():
        held = actions_package.held_package(desk.one, package).record
        records.change(desk.one, held, {"built": {"file": "00" * 16, "size": 1, "sha256": "", "at": said(clock.now())}}, what="built")
    assert pages_package.one(desk.one, package).stopped == "" and actions_package.fetch(desk.one, package)[1] == "the file"
    actions_consent.take_back(witness.worker, witness.case, person=witness.who, purpose="court", recipient="legal")
    with pytest.raises(NotPermitted, match="took it back"):
        actions_package.fetch(desk.one, package)
    shown = pages_package.one(desk.one, package)
    assert "took it back" in shown.stopped and shown.state == "built"
    page = " ".join(loader.render_to_string("evidence/package.html", {"page": shown}).split())
    assert "Do not hand it over" in page and "Fetch the sealed file" not in page
    assert "took it back" in pages_package.listing(desk.two).packages[0].stopped


@pytest.mark.refuses("H-21")
def test_a_statement_that_goes_along_answers_for_nobody_in_an_original(desk):
    item, statement = desk.sealed(), Witness(desk).told()
    with pytest.raises(NotPermitted, match="Name whose consent"):
        desk.order((item, True, ()), **TOLD | {"statements": [(statement, [1])]})
    given = {"parts": [f"{item.hex()}/original"], "statements": [f"{statement.hex()}/1"], "use": "court", "to": "legal"}
    page = pages_package.listing(desk.one)
    asked = PackageForm(given, parts=page.parts, people=page.people, told=page.told)
    assert "people" in asked.errors


def test_the_only_rights_officer_is_told_who_may_sign_second_and_what_to_do(office):
    one = member(office, "rights", ("rights_officer",))
    member(office, "chief", ("coordinator",))
    assert pages_package.listing(one).no_second
    two = member(office, "second", ("rights_officer",))
    assert not pages_package.listing(one).no_second and not pages_package.listing(two).no_second
    told = loader.render_to_string("evidence/no_second.html")
    assert "invite another one" in told and "seven days" in told


@pytest.mark.refuses("H-21")
def test_a_package_rests_on_what_the_case_says_today_for_this_recipient_and_every_no_stops_it(desk, monkeypatch):
    def packed(*given):
        raise AssertionError("it was packed")

    monkeypatch.setattr(actions_package, "signing", lambda actor: None)
    monkeypatch.setattr(actions_package, "_planned", packed)
    who, item, worker, day = "0d" * 16, desk.sealed(), member(desk.office, "taker"), desk.office.now.date()
    with writing():
        case = records.make(worker, "case", {"ref": "K7Q2", "worker": worker.id.hex(), "status": "arrived", "request_status": "accepted",
                                             "people": [{"id": who, "code": "A", "birth": "1990"}]}).id

    def say(**more):
        said = {"person": who, "purpose": "court", "recipient": "legal", "country": "", "data": ["picture"], "said": "yes", "until": "",
                "language": "kor", "interpreter": "", "interpreter_is_broker": False, "explained_by": "taker", "mode": "spoken",
                "guardian_agrees": False}
        actions_consent.say(worker, case, said | more)

    def no(act, *given, match, **more):
        with pytest.raises(NotPermitted, match=match):
            act(*given, **more)

    mine = {"alone": "", "people": [(case, who)]}
    no(desk.order, (item, True, ()), match="not shared with you", **mine)
    with writing():
        records.share(worker, case, "case", desk.one.id, reason="a package", until=day + timedelta(30))
    assert pages_package.listing(desk.one).people == [(f"{case.hex()}:{who}", "K7Q2 · A")]
    no(desk.order, (item, True, ()), match="absent means no", **mine)
    say(recipient="other")
    no(desk.order, (item, True, ()), match="absent means no", **mine)      # a yes to another one is none to this one
    say(until=(day + timedelta(9)).isoformat())
    no(desk.order, (item, True, ()), match="absent means no", wanted=For("court", "legal", "", ("picture", "name")), **mine)
    no(desk.order, (item, True, ()), match="what it shows", wanted=For("court", "legal", "", ()), **mine)
    package = desk.order((item, True, ()), **mine)
    with writing():
        held = actions_package.held_package(desk.one, package)
    assert [(one.person, one.scope, one.expiry) for one in held.consents] == [("person-1", "picture or voice", day + timedelta(9))]
    no(actions_package.sign, desk.two, package, match="not shared with you")  # who signs sees for themselves
    with writing():
        records.share(worker, case, "case", desk.two.id, reason="a package", until=day + timedelta(30))
    actions_package.sign(desk.two, package)
    actions_consent.take_back(worker, case, person=who, purpose="court", recipient="legal")
    no(actions_package.build, desk.one, package, match="took it back")
    desk.office.pass_time(minutes=1)
    say()
    no(actions_package.build, desk.one, package, match="not what it was")   # a new yes is another one: two look again


@pytest.mark.refuses("H-21")
def test_a_statement_goes_along_only_where_its_witness_says_yes_to_it_in_their_case_too(desk):
    person = desk.office.person(roles=("rights_officer",), handle="looker")
    desk.one, site = desk.office.actor(person), desk.office.sign_in(person)
    witness = Witness(desk)
    statement = witness.told(asked=False)

    def no(match, n=1, **more):
        with pytest.raises(NotPermitted, match=match):
            desk.order(**TOLD | {"statements": [(statement, [n])]} | more)

    no("absent means no")           # nobody is named: whoever told it is asked all the same, in their case
    no("absent means no", people=[])
    witness.say(recipient="other")
    no("absent means no")
    witness.say()
    no("no other use outside", wanted=For("media", "media", "", ("testimony",)))
    no("not cleared for this use", wanted=For("un", "un_body", "", ("testimony",)))
    no("what it shows", wanted=For("court", "legal", "", ("name",)))
    no("tell of others", shown="")
    no("no words of the witness", n=9)
    package = desk.order(**TOLD, statements=[(statement, [1])])
    with writing():
        held = actions_package.held_package(desk.one, package)
    assert [(one.person, one.scope, one.case) for one in held.consents] == [("person-1", "testimony", witness.case)]
    asked = site.get(reverse("packages")).content.decode()
    assert f'value="{statement.hex()}/1"' in asked and "First clear it for this use" in asked
    page = site.get(reverse("package", kwargs={"package": package})).content.decode()
    assert reverse("statement", kwargs={"statement": statement}) in page and "in the words of version 1" in " ".join(page.replace("</a> ·", "").split())
    actions_words.add_version(desk.one, statement, VERSION | {"kind": "correction", "of": 1, "text": "It was at night. (Invented.)"})
    with pytest.raises(NotPermitted):
        actions_package.sign(desk.two, package)         # it says something else now than what was signed
    witness.take_back()
    no("took it back")


@pytest.mark.refuses("H-38")
def test_an_original_that_changed_stops_every_package_and_its_custody_says_so(desk, monkeypatch):
    item = desk.sealed()
    assert actions.look_after(desk.one, item)
    monkeypatch.setattr(actions, "_committed", lambda *_: (bytes(32), b""))
    assert not actions.look_after(desk.one, item)
    assert acts_of(desk.held(item))[-2:] == ["fixity-ok", "fixity-failed"]
    def packed(*given):
        raise AssertionError("it was packed")

    monkeypatch.setattr(actions_package, "signing", lambda actor: None)
    monkeypatch.setattr(actions_package, "_planned", packed)
    package = desk.order((item, True, ()))
    actions_package.sign(desk.two, package)
    with pytest.raises(NotPermitted, match="not the file that was taken in"):
        actions_package.build(desk.one, package)


@pytest.mark.refuses("H-40")
def test_a_graphic_item_has_no_thumbnail_opens_by_a_press_and_is_counted(desk):
    person = desk.office.person(roles=("rights_officer",), handle="looker")
    desk.one, site = desk.office.actor(person), desk.office.sign_in(person)
    item = desk.sealed({"exposure": "graphic"})
    key = actions_copy.make(desk.one, item, why="clean", boxes=())
    page = site.get(reverse("item", kwargs={"exhibit": item})).content.decode()
    assert "<img" not in page and "grey and blurred" in page
    look = site.post(reverse("item-look", kwargs={"exhibit": item}), {"copy": key}).content.decode()
    assert "<img" in look and 'id="blurred" checked' in look and 'id="grey" checked' in look
    for _ in range(9):
        with writing():
            showing.count_one(desk.one, "graphic")
    [shown] = showing.seen_by(desk.two)
    assert (shown.handle, shown.count, shown.many) == ("looker", 10, True)
    mild = desk.sealed()
    actions_copy.make(desk.one, mild, why="clean", boxes=())
    assert "<img" in site.get(reverse("item", kwargs={"exhibit": mild})).content.decode()
    with writing():
        showing.count_one(desk.one, "none")
    assert showing.seen_by(desk.two)[0].count == 10
