"""Four ploys walk through the pages of the office: what people wrote down suggests a flag, one of them raises it, and money waits for two."""

from datetime import timedelta

import pytest
from markup import Page

from waystation_web.contacts import actions, actions_reach
from waystation_web.gateways.database import writing
from waystation_web.network.row import body_of
from waystation_web.records import actions as records
from waystation_web.records.record import said

LINE = {"kind": "fee", "currency": "USD", "direction": "out", "payer": "organisation", "method": "cash", "due": "", "repay": "no",
        "purpose": "invented", "legal": "none", "legal_note": "", "second": ""}
READ = {"reason": "I have read it. (Invented.)", "read": "on"}


def text(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[-2000:]
    return " ".join(Page(answer.content.decode()).words)


class Night:
    """Two liaisons, two coordinators, two of finance; a contact under some name. Everybody and everything is invented."""

    def __init__(self, office):
        self.office = office
        self.people = {name: office.person(roles={role}, handle=name) for name, role in (
            ("plover", "field_liaison"), ("dunlin", "field_liaison"), ("heron", "coordinator"), ("egret", "coordinator"),
            ("wren", "finance"), ("finch", "finance"))}
        self.web = {name: office.sign_in(person, stepped_up=True) for name, person in self.people.items()}
        self.actors = {name: office.actor(person) for name, person in self.people.items()}
        with writing():
            self.case = records.make(self.actors["heron"], "case", {"ref": "K7Q2"}).key

    def day(self, ago=0):
        return (self.office.now - timedelta(days=ago)).date().isoformat()

    def contact(self, name, *roles, **more):
        return actions.keep(self.actors["plover"], {"code_name": name, "roles": list(roles), **more},
                            deputy=self.people["dunlin"].id).hex()

    def page(self, contact, who="plover"):
        answer = self.web[who].get(f"/contacts/{contact}/")
        text(answer)
        return answer.context["page"].weighed

    def suggested(self, contact, who="plover"):
        return {one.rule: one for one in self.page(contact, who).suggested if not one.let_be}

    def post(self, contact, what, sent, who="plover", status=302):
        answer = self.web[who].post(f"/contacts/{contact}/{what}/", sent)
        assert answer.status_code == status, answer.content.decode()[-2000:]
        return answer

    def asked(self, contact, amount, *, ago=0, for_="release", **more):
        self.post(contact, "asked", {"on": self.day(ago), "amount": amount, "currency": "USD", "for_": for_} | more)

    def raise_as_suggested(self, contact, rule, suggestion, who="plover"):
        """The form of the page, sent as it stands there."""
        before = self.suggested(contact, who)
        assert rule in before
        self.post(contact, "flag", {"rule": rule, "facts": suggestion.facts, "on": suggestion.on.isoformat(), "told": suggestion.told},
                  who)
        assert rule not in self.suggested(contact, who)

    def line(self, name, amount="20"):
        """A line of the ledger, of an amount that one person pays: its address."""
        answer = self.web["wren"].post("/money/new/", LINE | {"amount": amount, "contact": name, "day": self.day(), "case": ""})
        assert answer.status_code == 302, answer.content.decode()[-2000:]
        return answer["Location"].split("?")[0]

    def pay(self, where):
        return self.web["wren"].post(f"{where}pay/", {"day": self.day(), "sure": "on", "no_receipt": "cash. (Invented.)"})

    def waits_for_two_then_rests_by_another(self, contact, name, rule, words):
        """The payment is held and says why; two sign and it is paid; another liaison lets the flag rest, and one pays again."""
        where = self.line(name)
        shown = text(self.web["wren"].get(where))
        assert words in shown and "Two people look" in shown
        assert "Two signatures are missing" in text(self.pay(where), 409)
        self.office.pass_time(minutes=1)
        assert self.web["wren"].post(f"{where}ask/", READ).status_code == 302
        assert "Two signatures are missing" in text(self.pay(where), 409)  # one is not two
        assert self.web["finch"].post(f"{where}sign/", READ).status_code == 302
        assert self.pay(where).status_code == 302 and "paid " in text(self.web["wren"].get(where))
        flags = self.web["dunlin"].get(f"/contacts/{contact}/").context["page"].flags
        for flag in (one.flag.id for one in flags if one.flag.rule == rule):
            sent = {"flag": flag, "reason": "The son was heard. (Invented.)",
                    "ends": (self.office.now.date() + timedelta(days=9)).isoformat()}
            assert self.web["plover"].post(f"/contacts/{contact}/lift/", sent).status_code == 403  # not by who raised it
            self.post(contact, "lift", sent, "dunlin")
        assert self.pay(self.line(name)).status_code == 302


@pytest.fixture
def night(office):
    return Night(office)


def test_a_broker_who_sells_is_suggested_by_his_price_and_his_number_and_what_is_raised_holds_the_money(night):
    for name, price in (("Finch", "1000"), ("Kite", "1200"), ("Lark", "900")):
        night.asked(night.contact(name, "broker"), price, for_="passage", of="L1")
    rook = night.contact("Rook", "broker")
    assert night.suggested(rook) == {}
    for contact, value in ((rook, "+86 555 0199-1"), (night.contact("Crow", "broker"), "8655501991")):
        actions_reach.keep_handle(night.actors["plover"], bytes.fromhex(contact), {"channel": "phone", "value": value, "safe_hours": ""})
    night.asked(rook, "400", for_="passage", of="l-1")
    found = night.suggested(rook)
    assert list(found) == ["cheap", "shared"]
    assert [line for _, line in found["cheap"].lines] == ["400 USD was asked; the middle of 3 other prices is 1,000 USD."]
    assert [line for _, line in found["shared"].lines] == ["The same number or account stands at Crow."]
    assert "0199" not in text(night.web["plover"].get(f"/contacts/{rook}/")).split("Keep a number")[0]
    assert night.pay(night.line("Rook")).status_code == 302  # a suggestion holds nothing: nobody has raised it
    night.raise_as_suggested(rook, "cheap", found["cheap"])
    night.waits_for_two_then_rests_by_another(rook, "rook", "cheap", "The price is less than half of what others asked for the same.")


@pytest.mark.proves("S002-16")
def test_a_go_between_of_a_regime_is_suggested_by_when_he_came_and_by_what_he_asks_for(night):
    journey(night, "Wren", days=(9,), lost=(9,))
    incident(night, "K7Q2")
    reed = night.contact("Reed", "intermediary")
    night.asked(reed, "500", ago=3, case="K7Q2", proof="no")
    assert set(night.suggested(reed)) == {"before_proof"} and set(night.suggested(reed, "heron")) == {"new_intermediary", "before_proof"}
    item = night.web["plover"].get(f"/contacts/{reed}/").context["page"].contact.asked[0].id
    night.post(reed, "asked/paid", {"item": item, "on": night.day(9)}, status=400)  # before it was asked for
    night.post(reed, "asked/paid", {"item": item, "on": night.day(2)})
    night.post(reed, "asked/paid", {"item": item, "on": night.day(2)}, status=403)  # once
    night.asked(reed, "900", case="K7Q2", proof="no", within_h="12")
    found = night.suggested(reed, "heron")
    assert list(found) == ["new_intermediary", "before_proof", "haste", "grows"]
    assert found["new_intermediary"].lines[0][1] == "K7Q2 was taken."
    assert found["grows"].lines[0][1] == "900 USD was asked for after 500 USD had been paid."
    shown = text(night.web["heron"].get(f"/contacts/{reed}/"))
    assert "Raise this flag" not in shown and "Tell one of them what stands here." in shown  # a coordinator writes no contact
    night.post(reed, "flag", {"rule": "grows", "on": night.day(), "told": "x"}, "heron", status=403)
    night.raise_as_suggested(reed, "grows", night.suggested(reed)["grows"])
    night.waits_for_two_then_rests_by_another(reed, "REED", "grows", "The amount rose after a payment.")


@pytest.mark.parametrize("more", [{"silent": True}, {"status": "false alarm"}, {"kind": "injury"}])
def test_what_no_shared_screen_shows_and_what_was_no_capture_suggests_nothing(night, more):
    incident(night, "K7Q2", **more)
    reed = night.contact("Reed", "intermediary")
    night.asked(reed, "500", case="K7Q2", proof="yes")
    assert night.suggested(reed, "heron") == {}


def test_an_official_who_sells_a_release_is_suggested_and_who_lets_it_be_says_why_until_there_is_a_new_fact(night):
    kite = night.contact("Kite", "official")
    night.asked(kite, "300", ago=1, case="K7Q2")
    found = night.suggested(kite)
    assert list(found) == ["official_release"] and found["official_release"].lines[0][1] == "300 USD was asked for a release."
    night.post(kite, "let-be", {"rule": "official_release", "facts": found["official_release"].facts, "reason": ""}, status=400)
    night.post(kite, "let-be", {"rule": "official_release", "facts": found["official_release"].facts,
                                "reason": "A fine with a receipt. (Invented.)"})
    assert night.suggested(kite) == {} and "A fine with a receipt. (Invented.)" in text(night.web["dunlin"].get(f"/contacts/{kite}/"))
    assert night.pay(night.line("Kite")).status_code == 302
    night.asked(kite, "700")
    assert list(night.suggested(kite)) == ["official_release"]  # for these facts nobody let it be
    night.raise_as_suggested(kite, "official_release", night.suggested(kite)["official_release"])
    night.waits_for_two_then_rests_by_another(kite, "kite", "official_release", "An official promises a release for money.")


def incident(night, ref, **more):
    """A party of a case was taken eight days ago."""
    with writing():
        records.make(night.actors["heron"], "incident", {
            "kind": "capture", "silent": False, "journey": "00" * 16, "case": night.case, "case_ref": ref, "part": "",
            "status": "reported", "began": said(night.office.now - timedelta(days=8)), "log": []} | more,
            holders=[night.people["egret"].id])


def journey(night, guide, *, days, lost, chance=0.05, start="FORD", end="MILL", who="heron"):
    """Parties that set out on some days, each on one leg: written as a journey writes it."""
    with writing():
        for ago in days:
            began = said(night.office.now - timedelta(days=ago))
            records.make(night.actors[who], "journey", {
                "case": night.case, "case_ref": f"P{ago}", "plan": "00" * 16, "decision": "00" * 16, "size": 4, "goals": [end],
                "status": "learnt", "at": end, "legs": [{
                    "leg": "L1", "start": start, "end": end, "guide": guide, "started": began, "due": [began] * 4, "arrived": 0,
                    "itself": False, "condition": "", "code": "captured" if ago in lost else "passed", "ended": began, "heard": began,
                    "size": 4, "chance": chance}]}, holders=[night.people["egret"].id])


def reported(night, source, *, ago, condition="calm"):
    with writing():
        records.make(night.actors["heron"], "report", body_of("reports", {
            "area": "A1", "condition": condition, "observed_at": said(night.office.now - timedelta(days=ago)),
            "received_at": said(night.office.now - timedelta(days=ago)), "source": source, "origin": source, "reliability": "B",
            "credibility": 2, "valid_for": 480}))


@pytest.mark.parametrize(("chance", "found"), [(0.05, {"bait"}), (0.4, set()), (None, set())])
def test_bait_is_suggested_where_parties_were_lost_under_a_word_of_calm_and_only_beyond_the_danger_that_was_known(night, chance, found):
    with writing():
        for sheet, cells in (("book", {"title": "Invented", "conditions": ["calm", "alert"]}), ("places", {"code": "FORD", "area": "A1"})):
            records.make(night.actors["heron"], "place", body_of(sheet, cells))
    reported(night, "SWIFT", ago=19)
    journey(night, "Wren", days=range(10, 16), lost={10, 12, 14}, chance=chance)
    swift = night.contact("Swift", "informant")
    assert night.suggested(swift) == {}  # a liaison holds no journeys and no reports
    assert set(night.suggested(swift, "heron")) == found
    if found:
        bait = night.suggested(swift, "heron")["bait"]
        assert "3 of 6 parties were lost" in bait.lines[0][1]
        by_hand = {"rule": "bait", "told": bait.told}  # a coordinator told them: no fact of the record is named
        night.post(swift, "flag", by_hand | {"on": (bait.on - timedelta(days=1)).isoformat()})
        assert set(night.suggested(swift, "heron")) == {"bait"}  # what happened afterwards was not known then
        night.post(swift, "flag", by_hand | {"on": bait.on.isoformat()})
        assert night.suggested(swift, "heron") == {}
        night.waits_for_two_then_rests_by_another(swift, "swift", "bait",
                                                  "More parties were lost where they had reported calm than chance explains.")
