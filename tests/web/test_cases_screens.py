"""Screenings: the case keeps that they were offered and what follows; what people said lies sealed apart; nothing is a number."""

import pytest
from acts import member
from django.urls import reverse
from test_cases_protect import A, C, Stage, rule

from waystation_web.cases import actions_people, actions_screens, queries_screens
from waystation_web.cases.words_screens import SCREENS
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept

WORDS = "He sold me (invented)"
TOLD = {"person": A, "what": "trafficking", "refused": "no", "act": ["moved"], "means": ["debt"], "purpose": ["marriage"], "found": WORDS}


@pytest.fixture
def stage(office):
    return Stage(office)


def screened(stage, actor=None, **typed):
    actions_screens.screen(actor or stage.worker, stage.case, {"person": A, "refused": "no"} | typed)


def sealed(stage):
    keys = stage.body()["household_records"]
    with writing():
        return [kept.one(stage.worker, bytes.fromhex(key), "person") for key in keys]


@pytest.mark.proves("S000-20")
@pytest.mark.refuses("H-31")
def test_what_was_said_lies_apart_and_agreeing_undoes_nothing(stage):
    screened(stage, **TOLD, agreed="yes")  # there is no such field: what is not asked is not kept
    line = stage.body()["screens"][0]
    assert (line["told"], line["refused"]) == ("all", "no") and not {"act", "means", "purpose", "found", "agreed"} & set(line)
    assert WORDS not in str(stage.body())
    (record,) = sealed(stage)
    words = record.body["screens"][0]
    assert (words["screen"], words["person"], words["found"]) == (line["id"], A, WORDS)
    assert (words["act"], words["means"], words["purpose"]) == (["moved"], ["debt"], ["marriage"])


def test_whoever_holds_only_the_case_reads_that_it_was_offered_and_no_words(stage):
    screened(stage, **TOLD)
    theirs, others = queries_screens.page(stage.worker, stage.case), queries_screens.page(stage.chief, stage.case)
    assert theirs.offered[0].words["found"] == WORDS and not others.offered[0].words
    assert others.offered[0].follows == theirs.offered[0].follows
    assert "does not undo it" in others.offered[0].follows[0][1]


def test_words_go_into_the_record_of_their_household_and_none_is_made_twice(stage):
    with writing():
        held = stage.record()
        records.change(stage.chief, held, {"households": [{"id": "0e" * 16, "name": "x", "members": [A]}]}, what="test")
    actions_people.seal_names(stage.worker, stage.case, "", {"health": "y"})
    home = actions_people.seal_names(stage.worker, stage.case, "0e" * 16, {"health": "x"})
    screened(stage, what="violence", found="x", plan="y")
    screened(stage, what="suicide", found="z")
    screened(stage, person=C, what="violence", found="of the child")
    found = {one.body["household"]: [words["found"] for words in one.body["screens"]] for one in sealed(stage)}
    assert found == {"0e" * 16: ["x", "z"], "": ["of the child"]} and len(sealed(stage)) == 2
    assert home in {one.id for one in sealed(stage)}
    assert {one.body["health"] for one in sealed(stage)} == {"x", "y"}  # what was there stays


def test_whoever_keeps_no_names_writes_that_it_was_offered_and_no_words(stage):
    assert rule(screened, stage, stage.chief, what="suicide", found="x") == "sealed_apart"
    assert "screens" not in stage.body()
    screened(stage, stage.chief, what="suicide", refused="yes")
    assert stage.body()["screens"][0]["refused"] == "yes" and not stage.body().get("household_records")


@pytest.mark.proves("S003-07", "S004-33")
def test_a_plan_to_keep_safe_is_asked_for_until_it_is_there(stage):
    screened(stage, what="suicide", found="x", at_hand="A blade in the sleeve (invented)")
    screened(stage, what="violence", found="x")
    violence, dying = queries_screens.page(stage.worker, stage.case).offered
    assert "tonight" in dying.follows[0][1] and "children" in violence.follows[0][1]
    assert dying.words["at_hand"] == "A blade in the sleeve (invented)"
    screened(stage, what="suicide", plan="B sleeps beside her (invented)")
    newest = queries_screens.page(stage.worker, stage.case).offered[0]
    assert newest.follows == () and newest.words["plan"] == "B sleeps beside her (invented)"


@pytest.mark.proves("S004-56")
def test_who_holds_papers_phone_money_and_children(stage):
    screened(stage, what="power", papers="broker", phone="self", money="", children="family")
    (line,) = queries_screens.page(stage.chief, stage.case).offered
    assert line.holders == (("papers", "broker"), ("phone", "self"), ("children", "family"))
    assert dict(line.follows) == {"papers": "Settle how they get their papers back before they follow anybody.",
                                  "money": "Nobody knows who holds it. Ask."}


def test_a_no_is_written_and_offered_again(stage):
    screened(stage, what="trafficking", refused="yes")
    (line,) = queries_screens.page(stage.chief, stage.case).offered
    assert line.refused and "Offer it again" in line.follows[0][1] and "told" not in stage.body()["screens"][0]


def test_the_page_asks_without_ticks_and_shows_words_to_the_worker_alone(office):
    lark, chief = office.person(roles={"case_worker"}, handle="lark"), office.person(roles={"coordinator"}, handle="crane")
    stage = Stage(office)
    with writing():
        for account in (lark, chief):
            records.share(stage.chief, stage.case, "case", account.id, reason="works on it")
    where, client = reverse("case-screen", kwargs={"case": stage.case.hex()}), office.sign_in(lark)
    page = client.get(where).content.decode()
    assert " checked" not in page and " selected" not in page.replace('value="" selected', "")
    missing = page.partition("not offered yet")[2].partition("</p>")[0]  # one line for one person, with every screening
    assert page.count("not offered yet") == 1 and all(str(words) in missing for words in SCREENS.values())
    assert client.post(where, {"person": A, "what": "violence"}).status_code == 400
    assert client.post(where, {"person": A, "what": "made up", "refused": "no"}).status_code == 400
    assert client.post(where, TOLD).status_code == 302
    assert WORDS in client.get(where).content.decode()
    other = office.sign_in(chief)
    page = other.get(where).content.decode()
    assert WORDS not in page and "does not undo it" in page
    assert "What they said is for their own worker" in page and other.post(where, TOLD).status_code == 403
    assert WORDS not in other.get(reverse("case-consents", kwargs={"case": stage.case.hex()})).content.decode()


def test_words_of_another_case_are_not_shown(office, stage):
    worker = member(office, "other worker", ("case_worker",))
    with writing():
        mine = records.make(worker, "case", {"ref": "B3C4", "people": [{"id": A, "code": "A", "birth": "1990"}]}).id
    actions_screens.screen(worker, mine, {"person": A, "what": "violence", "refused": "no", "found": WORDS})
    with writing():
        body = kept.one(worker, mine, "case").body
        false = records.make(worker, "case", {"ref": "D5E6", "people": [{"id": A, "code": "A"}], "screens": body["screens"],
                                              "household_records": body["household_records"]}).id
    assert queries_screens.page(worker, mine).offered[0].words["found"] == WORDS
    assert not queries_screens.page(worker, false).offered[0].words
