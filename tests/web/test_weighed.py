"""The case for and against a contact stands on one page, in sentences; where nothing is known it says so, and nothing is green for want of words."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.utils import translation
from roads import Road
from test_ploys import Night, journey, reported, text

from waystation.trust.chance import Passage, record
from waystation.trust.flags import Fact
from waystation.trust.incentive import Figure, incentive
from waystation.trust.sources import Source
from waystation_web.contacts import saying
from waystation_web.gateways.database import writing
from waystation_web.journeys import danger
from waystation_web.network.row import body_of
from waystation_web.records import actions as records
from waystation_web.records import queries as kept

DAY = date(2030, 3, 1)


@pytest.fixture
def night(office):
    return Night(office)


def said(weighed):
    return {line.about: line for line in weighed.lines}


def test_where_nobody_wrote_anything_down_every_line_says_so_and_none_looks_good(night):
    wren = night.contact("Wren")
    for who in ("plover", "heron"):
        weighed = night.page(wren, who)
        assert [line.about for line in weighed.lines] == ["Vetting", "Journeys with them", "Their reports", "Flags", "Links",
                                                          "What a betrayal would pay"]
        assert not any(line.known for line in weighed.lines) and weighed.suggested == ()
        assert all("not know" in line.sentence or "does not say that" in line.sentence for line in weighed.lines)
    page = night.web["heron"].get(f"/contacts/{wren}/").content.decode().split('<dl class="case">')[1].split("</dl>")[0]
    assert page.count('class="state unknown"') == 6 and "state is" not in page and "state good" not in page


def test_who_is_not_given_journeys_or_payments_is_told_that_they_are_not_in_the_answer(night):
    wren = night.contact("Wren", "guide")
    journey(night, "Wren", days=(3, 4), lost=(3,))
    mine, chief = night.page(wren), night.page(wren, "heron")
    assert [str(one) for one in mine.unread] == ["incidents", "journeys", "payments", "reports"] and chief.unread == ()
    assert said(mine)["Journeys with them"].sentence == "We do not know: no journey with them is on record."
    assert said(chief)["Journeys with them"].sentence.startswith("1 of 2 parties were lost; the danger known of these passages would bring 0.1.")
    shown = text(night.web["plover"].get(f"/contacts/{wren}/"))
    assert "You are not given what stands in these, so it is not in the answer: incidents, journeys, payments, reports" in shown
    assert "P3" not in shown


@pytest.mark.proves("S001-37")
def test_what_a_betrayal_would_pay_stands_in_one_sentence_reward_and_party_beside_fee_exposure_and_record(night):
    wage = {"wage-place": "CN", "wage-amount": "2500", "wage-currency": "CNY", "wage-day": "2026-01-01", "wage-source": "a survey"}
    reward = {"what": "reward", "amount": "15000", "currency": "CNY", "unit": "person", "place": "CN-22", "day": "2026-02-20",
              "reliability": "C", "credibility": "3", "source": "an invented notice"}
    for where, sent in (("/money/figures/wage/", wage), ("/money/figures/wage/", wage | {"wage-place": "LA"}), ("/money/told/", reward),
                        ("/money/told/", reward | {"place": "LA", "amount": "90000"}),  # not where they serve
                        ("/money/new/", {"kind": "fee", "amount": "7500", "currency": "CNY", "direction": "out", "payer": "organisation",
                                         "day": "2026-03-01", "contact": "wren", "case": "", "method": "cash", "due": "", "purpose": "x",
                                         "repay": "no", "legal": "none", "legal_note": "", "second": night.people["heron"].id.hex()})):
        assert night.web["wren"].post(where, sent).status_code == 302, where
    wren = night.contact("Wren", "guide", countries=["CN"], knows=["Lark", "Egret", "Finch"])
    journey(night, "wren", days=(3, 4, 5), lost=(4,))
    with writing():
        for held in kept.every(night.actors["wren"], "money", looked=False):
            if held.body["sort"] != "entry" and night.people["heron"].id not in kept.holders(night.actors["wren"], held.id):
                records.share(night.actors["wren"], held.id, "money", night.people["heron"].id, reason="x")
    weighed = night.page(wren, "heron")
    assert said(weighed)["What a betrayal would pay"].sentence == (
        "For a party of 4, a report would pay 24 months of wages; 3 months of fee are still owed to them; they could give away 3 of ours; "
        "2 of 3 parties with a known end came through with them.")
    assert weighed.sources == ("an invented notice (C3), 2026-02-20", "our ledger, 2026-03-01")
    shown = text(night.web["heron"].get(f"/contacts/{wren}/"))
    assert "For a party of 4" in shown and "The months of wages rest on: an invented notice (C3), 2026-02-20; our ledger" in shown
    assert "24 months" not in text(night.web["plover"].get(f"/contacts/{wren}/"))  # a liaison is given no money


@pytest.mark.proves("S001-32")
def test_vetting_flags_and_links_stand_there_with_who_and_until_when_and_an_end_is_said(night):
    wren, lark = night.contact("Wren", aliases=["Old Tree"]), night.contact("Lark", aliases=["old tree"])
    ends = night.office.now.date() + timedelta(days=20)
    night.post(wren, "vet", {"speaks_for": "Came back.", "against": "Drinks.", "result": "cleared", "ends": ends.isoformat()}, "dunlin")
    night.post(wren, "flag", {"rule": "other_voice", "on": night.day(), "told": "A younger voice. (Invented.)"})
    found = said(night.page(wren))
    assert found["Vetting"].known and "Decided by dunlin on 2026-03-02, holds until 2026-03-22." in found["Vetting"].sentence
    assert found["Flags"].sentence == "The voice or the place of an old contact has changed."
    assert found["Links"].sentence == "They share a number or a name with: Lark." and said(night.page(lark))["Links"].known
    night.office.pass_time(days=21)
    night.web = {name: night.office.sign_in(person, stepped_up=True) for name, person in night.people.items()}
    late = said(night.page(wren))["Vetting"]
    assert late.sentence == "We do not know: what dunlin decided on 2026-03-02 ended on 2026-03-22." and not late.known


def test_what_was_learnt_of_their_reports_stands_there_and_too_few_say_nothing(night):
    from test_network import keep

    from waystation.network.example import example_book

    wren = night.contact("Wren", "informant")
    with writing():
        records.make(night.actors["heron"], "place", body_of("places", {"code": "FORD", "area": "A1"}))
    reported(night, "wren", ago=2)
    assert said(night.page(wren, "heron"))["Their reports"].sentence == "We do not know: of 1 reports too few could be checked."
    keep(night.actors["heron"], example_book())
    told = example_book().reports[0].source
    other = night.contact(told, "informant")
    assert "reports too few could be checked" in said(night.page(other, "heron"))["Their reports"].sentence
    assert saying.learnt(Source("S1", 12.0, 3.0, 0.6, 0.2)) == ("They named the condition rightly in about 2 of 10 reports that could be "
                                                                "checked (12): they are believed less than their grade says.")


def test_what_does_not_open_is_said_and_the_rest_stands(night):
    wren = night.contact("Wren", "guide")
    journey(night, "Wren", days=(3,), lost=())
    journey(night, "Wren", days=(4,), lost=(4,), chance=None)
    with writing():
        records.make(night.actors["heron"], "journey", {"case": "no hex"})
    shown = text(night.web["heron"].get(f"/contacts/{wren}/"))
    assert "1 record does not open. What stands in it is not in the answer." in shown and "0 of 1 parties were lost" in shown
    assert "Parties of which nobody wrote down the danger: 1; of them lost: 1." in shown


def test_the_office_says_in_english_what_the_core_says_and_in_korean_no_english():
    passages = [Passage(f"P{n}", DAY, chance, n < 2) for n, chance in enumerate((0.1, 0.2, 0.05, 0.0001))]
    unknown = Passage("P9", DAY, 0.1, None)
    seen = [record(passages), record([*passages, unknown]), record([unknown]), record([]), record(passages[2:]),
            *(record([Passage("P0", DAY, chance, True)]) for chance in (0.3, 0.0102, 0.00117, 0.0004, 0.01))]
    figures = {"rewards": [Figure(Fraction(6), "", "s", DAY), Figure(Fraction(1, 2), "case", "s", DAY)], "owed": [Figure(Fraction(3), "", "s", DAY)]}
    pays = [incentive(4), incentive(3, **figures, exposed=2, record=seen[0]), incentive(1, owed=figures["owed"], record=seen[3])]
    facts = [Fact.told("{case} was taken.", DAY, case="K7Q2"), Fact("as it is")]
    with translation.override("en"):
        assert [saying.record(one) for one in seen] == [one.sentence for one in seen]
        assert [saying.incentive(one) for one in pays] == [one.sentence for one in pays]
        assert [saying.fact(one) for one in facts] == [one.said for one in facts]
    with translation.override("ko"):
        assert not any("part" in saying.record(one) for one in seen) and not any("month" in saying.incentive(one) for one in pays)
        assert saying.fact(facts[0]) == "K7Q2 일행이 붙잡혔습니다."


def test_the_danger_of_a_leg_is_of_those_who_begin_it_and_not_of_all_who_leave():
    steps = [{"leg": "R01", "share": 0.8, "loss": 0.08}, {"leg": "C02", "share": 0.5, "loss": 0.01}, {"leg": "", "share": 1.0, "loss": 0.5}]
    plan = {"facts": {"steps": steps, "contingencies": [{"steps": [{"leg": "R01", "share": 0.2, "loss": 0.12}]}]}}
    assert danger.of_leg(plan, "R01") == pytest.approx(0.2) and danger.of_leg(plan, "C02") == pytest.approx(0.02)
    assert danger.of_leg(plan, "K01") is None and danger.of_leg({}, "R01") is None
    quiet = {"facts": {"steps": [{"leg": "R01", "share": None, "loss": None}, {"leg": "C02", "share": 0.0, "loss": 0.0}]}}
    assert danger.of_leg(quiet, "R01") is None and danger.of_leg(quiet, "C02") is None


def test_a_party_that_sets_out_takes_the_danger_of_that_day_with_it_and_later_plans_change_nothing(office):
    road = Road(office)
    with writing():
        held = kept.one(road.first, road.plan, "plan", looked=False)
        facts = held.body["facts"] | {"steps": [{"leg": "R01", "share": 1.0, "loss": 0.07}]}
        records.change(road.first, held, {"facts": facts}, what="plan")
    road.moving()
    with writing():
        held = kept.one(road.first, road.plan, "plan", looked=False)
        records.change(road.first, held, {"facts": facts | {"steps": [{"leg": "R01", "share": 1.0, "loss": 0.9}]}}, what="plan")
    assert road.now.legs[0].chance == pytest.approx(0.07)
    assert replace(road.now.legs[0], chance=None).chance is None
