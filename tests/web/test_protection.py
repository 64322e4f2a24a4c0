"""An office takes nobody in before two signed what could go wrong and drills went well; afterwards both must stay true."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from acts import member
from django.conf import settings
from django.urls import reverse

from waystation_web.cases import actions as cases
from waystation_web.duty import in_use
from waystation_web.duty.in_use import GRACE, YEAR, Standing, why_not
from waystation_web.gateways import backups, demonstrating
from waystation_web.gateways.database import writing
from waystation_web.protection import actions, configuration, queries
from waystation_web.protection.readiness import Facts, missing, nags
from waystation_web.vault.errors import NotPermitted, Refused

pytestmark = pytest.mark.once

DAY = date(2026, 3, 2)
WHOLE = Facts(assessed=True, fits=True, review=DAY + timedelta(days=300), restore=DAY, recovery=DAY, officers=2, recovery_key=True,
              backups_apart=1, backup_hours=3, escrow=True, invented=False)
ANSWERS = dict.fromkeys(("purposes", "necessity", "harms", "measures", "remains", "heard", "advice"), "Written. (Invented.)")


def days(n):
    return timedelta(days=n)


# ------------------------------------------------------------------------------------------------------------- the rules
@pytest.mark.refuses("H-44")
@pytest.mark.parametrize(("lacks", "name"), [
    ({"invented": True}, "invented"), ({"officers": 1}, "officers"), ({"recovery_key": False}, "recovery_key"),
    ({"backups_apart": 0}, "backups_apart"), ({"backup_hours": None}, "backup_new"), ({"backup_hours": 49}, "backup_new"),
    ({"escrow": False}, "escrow"), ({"restore": None}, "restore"), ({"restore": DAY - days(93)}, "restore"),
    ({"recovery": None}, "recovery"), ({"recovery": DAY - days(93)}, "recovery"), ({"fits": False}, "fits"),
    ({"review": DAY - days(1)}, "review"), ({"review": None}, "review")])
def test_each_missing_thing_alone_keeps_the_door_shut(lacks, name):
    assert missing(replace(WHOLE, **lacks), DAY) == (name,)


def test_with_everything_there_two_may_sign_and_without_an_assessment_nobody():
    edge = replace(WHOLE, restore=DAY - days(92), recovery=DAY - days(92), review=DAY, backup_hours=48)
    assert missing(WHOLE, DAY) == missing(edge, DAY) == ()
    assert missing(replace(WHOLE, assessed=False), DAY) == ("assessed", "fits")
    assert len(missing(Facts(), DAY)) == 11


@pytest.mark.refuses("H-44")
def test_an_assessment_that_does_not_fit_shuts_the_door_after_thirty_days_and_a_year_without_a_drill_does():
    fine = Standing(DAY, None, DAY, DAY)
    assert why_not(None, DAY) == "unsigned"
    assert why_not(fine, DAY + GRACE) == "" and why_not(fine, DAY + GRACE + days(1)) == "stale"
    drift = replace(fine, review=DAY + days(200), drift=DAY + days(10))
    assert why_not(drift, DAY + days(40)) == "" and why_not(drift, DAY + days(41)) == "stale"
    late = replace(fine, review=DAY + days(800))
    assert why_not(late, DAY + YEAR) == "" and why_not(late, DAY + YEAR + days(1)) == "restore"
    assert why_not(replace(late, restore=DAY + days(9)), DAY + YEAR + days(1)) == "recovery"


@pytest.mark.refuses("H-45")
def test_who_answers_is_told_thirty_days_before_and_of_each_drill_after_a_quarter():
    review = replace(WHOLE, review=DAY + days(31))
    assert nags(review, DAY, in_use=True) == ()
    assert nags(review, DAY + days(1), in_use=True) == ("review_soon",)
    assert nags(replace(review, review=DAY), DAY, in_use=True) == ("review_soon",)
    assert nags(replace(review, review=DAY - days(1)), DAY, in_use=True) == ("review_late",)
    assert nags(replace(WHOLE, fits=False), DAY, in_use=False) == ("drift",)
    assert nags(replace(WHOLE, restore=DAY - days(92)), DAY, in_use=True) == ()
    assert nags(replace(WHOLE, restore=DAY - days(93)), DAY, in_use=False) == ("restore_late",)
    assert nags(replace(WHOLE, recovery=None), DAY, in_use=True) == ("recovery_late",)
    assert nags(Facts(), DAY, in_use=False) == ()  # a demonstration that never began is late with nothing


@pytest.mark.parametrize("text", ['demonstration = true\norigin = "x"\n', 'origin = "x"\n', 'origin = "x"\ndemonstration=true # ours\n[a]\nb = 1\n'])
def test_only_one_line_of_the_file_becomes_another_one(text):
    import tomllib

    assert tomllib.loads(demonstrating.real(text)) == tomllib.loads(text) | {"demonstration": False}


@pytest.mark.parametrize("text", ['no toml', '[a]\ndemonstration = true\n', 'a = """\ndemonstration = true\n"""\n'])
def test_a_file_in_which_anything_else_would_change_stays_as_it_is(text):
    with pytest.raises(demonstrating.NotWritten):
        demonstrating.real(text)


# ------------------------------------------------------------------------------------------------------------ the office
class House:
    """An office with two who answer for it, a coordinator, and backups on what counts as another disk."""

    def __init__(self, office, monkeypatch, tmp_path):
        self.office, self.patch = office, monkeypatch
        self.guard, self.head = member(office, "guard", ("security_officer",)), member(office, "head", ("organisation_head",))
        self.chief = member(office, "chief", ("coordinator",))
        monkeypatch.setattr(backups, "on_our_disk", lambda office, folder: False)
        self.set(backups=(tmp_path,), backup_keys=("age1invented",))
        backups.note_backup(settings.INSTALLATION, office.now)
        self.escrow = backups.escrow_of(settings.INSTALLATION, tmp_path)
        self.escrow.write_bytes(b"sealed")

    def set(self, **more):
        self.patch.setattr(settings, "INSTALLATION", replace(settings.INSTALLATION, **more))

    @property
    def today(self):
        return self.office.now.date()

    def drills(self, *sorts, passed=True):
        for sort in sorts or ("restore", "recovery"):
            actions.drilled(self.guard, sort=sort, on=self.today, passed=passed, minutes=40, wrong="" if passed else "No disk.",
                            who="guard, head")

    def assessed(self, *, review=300):
        made = actions.begin(self.guard, ANSWERS, self.today + days(review))
        assert actions.sign(self.guard, made) == "asked" and actions.sign(self.head, made) == "signed"
        return made

    def in_use(self):
        self.drills()
        self.assessed()
        assert actions.leave(self.guard) == "asked" and actions.leave(self.head) == "left"
        return self

    def now(self, actor=None):
        with writing():
            return queries.standing(actor or self.guard)

    def later(self, n):
        self.office.now += days(n)

    def begin(self, actor=None):
        return cases.begin(actor or self.chief, {"request": {}})


@pytest.fixture
def house(office, monkeypatch, tmp_path):
    return House(office, monkeypatch, tmp_path)


@pytest.mark.refuses("H-44")
def test_an_assessment_counts_when_two_have_signed_it(house):
    made = actions.begin(house.guard, ANSWERS, house.today + days(100))
    with pytest.raises(NotPermitted) as why:  # a coordinator reads it and signs nothing
        actions.sign(house.chief, made)
    assert why.value.rule == "role"
    assert actions.sign(house.guard, made) == "asked"
    assert house.now().counts is None and "assessed" in house.now().missing
    with pytest.raises(NotPermitted) as why:
        actions.sign(house.guard, made)
    assert why.value.rule == "same_person"
    assert actions.sign(house.head, made) == "signed"
    assert house.now().counts.id == made and house.now().counts.signers == (house.guard.id, house.head.id)
    for act in (lambda: actions.sign(house.guard, made), lambda: actions.write(house.guard, made, ANSWERS, house.today + days(9), revision=3)):
        with pytest.raises(NotPermitted):
            act()


def test_a_day_to_look_again_is_within_a_year_and_other_answers_take_the_first_signature_away(house):
    for more in (0, 366):
        with pytest.raises(NotPermitted):
            actions.begin(house.guard, ANSWERS, house.today + days(more))
    made = actions.begin(house.guard, ANSWERS, house.today + days(365))
    actions.sign(house.guard, made)
    with writing():
        held = queries.held(house.head, made)
    actions.write(house.head, made, ANSWERS | {"harms": "More. (Invented.)"}, house.today + days(365), revision=held.revision)
    assert actions.sign(house.head, made) == "asked"


@pytest.mark.refuses("H-44")
def test_a_changed_setting_makes_it_stale_and_says_which(house):
    house.assessed()
    assert house.now().changes == () and house.now().facts.fits
    house.set(backups=())
    member(house.office, "newcomer", ("case_worker",))
    changed = {one.name: (one.was, one.now) for one in house.now().changes}
    assert changed.get("backups") == ("1", "0") and changed.get("role:case_worker") == ("0", "1")
    assert set(changed) == {"accounts", "backups", "backups_apart", "role:case_worker"}
    assert "fits" in house.now().missing and house.now().nags[0] == "drift"


def test_nobody_signs_for_an_office_that_was_another_one_when_they_read_it(house):
    made = actions.begin(house.guard, ANSWERS, house.today + days(100))
    actions.sign(house.guard, made)
    house.set(backup_keys=())
    with pytest.raises(NotPermitted) as why:
        actions.sign(house.head, made)
    assert why.value.rule == "drift"


def test_what_an_assessment_rests_on_names_nobody_and_no_place(house):
    said = configuration.present()
    assert said["accounts"] == "5" and said["role:security_officer"] == "3" and said["officers"] == "2"
    assert (said["database"], said["languages"], said["transport"]) == (
        "PostgreSQL" if settings.INSTALLATION.database else "SQLite", "en ko", "local")
    assert {"referrals", "book", "ledger", "sheets"} <= set(said["out"].split())
    whole = json.dumps(said)
    assert "guard" not in whole and str(settings.INSTALLATION.home) not in whole


@pytest.mark.refuses("H-44")
def test_the_demonstration_ends_when_nothing_is_missing_and_two_sign(house):
    with pytest.raises(NotPermitted) as why:
        actions.leave(house.guard)
    assert why.value.rule == "H-44"
    house.drills()
    house.assessed()
    assert house.now().missing == ()
    house.escrow.unlink()  # each thing that is missing alone: the rules above; one of them for real here
    with pytest.raises(NotPermitted):
        actions.leave(house.guard)
    house.escrow.write_bytes(b"sealed")
    with pytest.raises(NotPermitted):
        actions.leave(house.chief)
    assert actions.leave(house.guard) == "asked"
    with pytest.raises(NotPermitted) as why:
        actions.leave(house.guard)
    assert why.value.rule == "same_person" and demonstrating.is_demonstration()
    before = (settings.INSTALLATION.home / "office.toml").read_text("utf-8")
    assert actions.leave(house.head) == "left"
    after = (settings.INSTALLATION.home / "office.toml").read_text("utf-8")
    assert after == before.replace("demonstration = true", "demonstration = false") and not demonstrating.is_demonstration()
    assert house.begin() and house.now().in_use is not None
    with pytest.raises(NotPermitted) as why:
        actions.leave(house.guard)
    assert why.value.rule == "left"


def test_what_went_missing_between_two_signatures_is_not_signed_over(house):
    house.drills()
    house.assessed()
    actions.leave(house.guard)
    house.set(backups=())
    with pytest.raises(NotPermitted) as why:
        actions.leave(house.head)
    assert why.value.rule == "H-44" and demonstrating.is_demonstration()


def test_if_the_file_cannot_be_written_nothing_was_signed_and_if_what_is_saved_fails_the_file_is_as_it_was(house, monkeypatch):
    house.drills()
    house.assessed()
    actions.leave(house.guard)
    path = settings.INSTALLATION.home / "office.toml"
    before = path.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(demonstrating, "write_whole", lambda *_: (_ for _ in ()).throw(OSError))
        with pytest.raises(NotPermitted) as why:
            actions.leave(house.head)
    assert why.value.rule == "office_file" and house.now().in_use is None
    with monkeypatch.context() as patch:  # the last thing that is saved fails, when the file is written already
        patch.setattr(demonstrating, "leave", lambda leave=demonstrating.leave: leave() or 1 / 0)
        with pytest.raises(ZeroDivisionError):
            actions.leave(house.head)
    assert path.read_bytes() == before and house.now().in_use is None
    house.set(invented=True)
    with pytest.raises(demonstrating.NotWritten):
        demonstrating.leave()
    assert demonstrating.is_demonstration()


@pytest.mark.refuses("H-44")
def test_whoever_writes_the_line_into_the_file_alone_has_an_office_that_takes_nobody_in(house):
    house.set(demonstration=False)
    with pytest.raises(NotPermitted) as why:
        house.begin()
    assert why.value.rule == "H-44" and why.value.sentence == in_use.WHY["unsigned"]


@pytest.mark.refuses("H-44")
def test_later_nobody_new_is_taken_in_while_it_is_stale_and_work_goes_on(house):
    house.in_use()
    case = house.begin()
    house.set(backup_keys=())
    assert actions.note_drift(house.chief) == ()  # a coordinator is not asked to do anything about it
    assert actions.note_drift(house.guard) == ("drift",)
    house.later(30)
    assert actions.note_drift(house.head)[0] == "drift" and house.begin()  # the day it was first seen counts
    house.later(1)
    with pytest.raises(NotPermitted) as why:
        house.begin()
    assert why.value.sentence == in_use.WHY["stale"]
    cases.write(house.chief, case, {"wish": "South. (Invented.)"}, what="wish", revision=1)
    house.assessed()
    assert house.begin() and actions.note_drift(house.guard) == ()
    house.set(backup_keys=("age1other",))
    actions.note_drift(house.guard)
    house.set(backup_keys=())
    assert actions.note_drift(house.guard) == ()  # it is again as it was assessed
    house.later(31)
    assert house.begin()


@pytest.mark.refuses("H-45")
def test_drills_are_overdue_after_a_quarter_and_a_year_without_one_shuts_the_door(house):
    house.in_use()
    house.later(93)
    assert actions.note_drift(house.guard) == ("restore_late", "recovery_late")
    house.drills("restore", passed=False)  # one that did not go well proves nothing
    assert actions.note_drift(house.guard) == ("restore_late", "recovery_late")
    house.drills("restore")
    assert actions.note_drift(house.guard) == ("recovery_late",)
    house.assessed(review=365)
    house.later(366 - 93)
    with pytest.raises(NotPermitted) as why:
        house.begin()
    assert why.value.sentence == in_use.WHY["recovery"]
    house.drills("recovery")
    assert house.begin()


def test_who_cannot_read_what_the_house_has_set_begins_nothing_and_a_forged_signature_is_refused(house):
    house.in_use()
    late = member(house.office, "late", ("coordinator",))
    with pytest.raises(NotPermitted) as why:
        house.begin(late)
    assert why.value.rule == "house"
    from waystation_web.records import actions as records

    with writing():
        held = in_use.held(house.guard)
        records.change(house.guard, held, {"manifest": held.body["manifest"] | {"assessment": "0" * 32}}, what="x")
    with pytest.raises((NotPermitted, Refused)):
        house.begin()


def test_what_the_program_wrote_of_its_drills_is_taken_in_once_and_what_is_no_drill_counts_for_nothing(house):
    good = {"at": "2026-03-01T08:00:00Z", "backup": "x.age", "minutes": 3.2, "findings": [], "result": "passed"}
    lines = [good, good | {"result": "failed", "findings": ["office.sqlite3 is another one"]}, good | {"result": "luck"}, good | {"at": "2026-03-09T08:00:00Z"}, {"at": "2026-03-01T08:00:00Z"}]
    path = settings.INSTALLATION.data / "drills.jsonl"
    path.write_text("\n".join([*map(json.dumps, lines), "no line", json.dumps(good)]), "utf-8")
    with pytest.raises(NotPermitted):
        actions.take_in(house.chief)
    assert actions.take_in(house.guard) == 2 and actions.take_in(house.head) == 0
    held = house.now().drills
    assert {(one.sort, one.passed, one.minutes, one.source, one.wrong) for one in held} == {
        ("restore", True, 4, "program", ""), ("restore", False, 4, "program", "office.sqlite3 is another one")}
    with writing():
        assert queries.left_by_program(house.guard) == ([], 4)


# -------------------------------------------------------------------------------------------------------------- the pages
def test_the_pages_say_what_is_missing_take_answers_and_drills_and_tell_a_coordinator_less(house):
    anna = house.office.sign_in(house.office.people["anna"], stepped_up=True)
    page = anna.get(reverse("protection")).content.decode()
    assert "nothing real may be entered" in page and "a restore drill that went well within 92 days" in page and page.count("not there yet</span>") == 5
    typed = ANSWERS | {"review": "2026-09-01"}
    assert anna.post(reverse("assessment-new"), typed | {"review": "2027-09-01"}).status_code == 400
    assert anna.post(reverse("assessment-new"), typed | {"harms": ""}).status_code == 400
    where = anna.post(reverse("assessment-new"), typed)["Location"].partition("?")[0]
    shown = anna.get(where).content.decode()
    assert "Written. (Invented.)" in shown and "on this computer" in shown and "Sign, and ask a second person" in shown
    assert anna.post(where, typed | {"heard": "They say yes. (Invented.)", "revision": 1}).status_code == 302
    assert anna.post(f"{where}sign/").status_code == 302
    assert "You have signed." in anna.get(where).content.decode()
    drill = {"sort": "restore", "on": "2026-03-01", "who": "anna", "passed": "no", "minutes": 20}
    assert anna.post(reverse("drill-new"), drill).status_code == 400  # what went wrong is missing
    assert anna.post(reverse("drill-new"), drill | {"wrong": "No disk."}).status_code == 302
    assert anna.post(reverse("leave-demonstration"), {}).status_code == 400
    refused = anna.post(reverse("leave-demonstration"), {"cleared": "on"})
    assert refused.status_code == 403 and "Something is still missing" in refused.content.decode()
    page = anna.get(reverse("protection")).content.decode()
    assert "No disk." in page and "one signature" in page
    heron = house.office.sign_in(house.office.person(roles={"coordinator"}, handle="heron"))
    page = heron.get(reverse("protection")).content.decode()
    assert "No disk." not in page and "Before real people" not in page and "Begin an assessment" not in page
    assert heron.get(where).status_code == 404  # it was made before they came
    assert "Protection" not in heron.get("/").content.decode().partition("<main")[0]


def test_a_demonstration_says_so_on_every_page_and_a_real_office_does_not(house):
    client, band = house.office.client(), "Everybody and everything here is invented"
    assert band in client.get("/sign-in/").content.decode()
    house.in_use()
    assert band not in client.get("/sign-in/").content.decode()  # the same process: nobody started it anew
