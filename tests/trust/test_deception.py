"""A ransom ploy, a sold-out house, a copied report, an honest but unlucky guide: what should be flagged is, and nobody else."""

from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest

from waystation.trust.chance import Passage, beyond_chance, record
from waystation.trust.flags import RULES, SEEN, Fact, Flag, Lift, holding, lift_fits, resting
from waystation.trust.heard import Heard
from waystation.trust.incentive import Figure, incentive
from waystation.trust.ploys import Demand, of_demands, of_price
from waystation.trust.retold import of_reports
from waystation.units import Money

DAY = date(2030, 3, 1)
USD = Money.parse


def on(n):
    return DAY + timedelta(days=n)


def world():
    """Invented: Rook sells whoever sleeps in ALDER. Wren is honest and walks the worst leg. Twelve parties."""
    house, guides, beside = {"ALDER": [], "CEDAR": []}, {"Wren": [], "Finch": []}, {}
    for n in range(6):
        house["ALDER"].append(Passage(f"A{n}", on(n), 0.04, n in {0, 2, 5}))
        guides["Finch"].append(Passage(f"A{n}", on(n), 0.02, False))  # brings them to the house, and they arrive there
        beside[f"A{n}"] = ["ALDER", "Finch" if n < 3 else "Kite"]
    for n in range(8):
        house["CEDAR"].append(Passage(f"W{n}", on(n), 0.04, n == 3))
        guides["Wren"].append(Passage(f"W{n}", on(n), 0.35, n in {1, 3, 6}))
        beside[f"W{n}"] = ["CEDAR", "Wren"]
    return house, guides, beside


def test_the_flags_that_should_rise_do_and_the_honest_guide_is_not_condemned():
    house, guides, beside = world()
    (sold,) = beyond_chance(house, "sold_out", beside)
    assert (sold.rule, sold.about) == ("sold_out", "ALDER")
    assert [fact.on for fact in sold.facts[1:]] == [on(0), on(2), on(5)]  # no guide was with all three: none is named
    assert sold.facts[0].said == ("3 of 6 parties were lost; the danger known of these passages would bring 0.2. "
                                  "As many or more come by chance about 2 times in 1,000.")
    assert beyond_chance(guides, "beyond_chance") == ()
    unlucky = record(guides["Wren"], looked_at=2)
    assert len(unlucky.losses) == 3 and not unlucky.beyond  # as many as were lost after ALDER, and more than after CEDAR
    assert unlucky.sentence == ("3 of 8 parties were lost; the danger known of these passages would bring 2.8. "
                                "As many or more come by chance about 58 times in 100.")

    ploy = of_demands("Heron", [Demand(on(0), USD("500 USD"), paid=on(1), proof=False), Demand(on(4), USD("900 USD"), proof=False,
                                                                                              within_h=12)])
    assert [flag.rule for flag in ploy] == ["before_proof", "haste", "grows"]
    assert ploy[2].facts == (Fact("900 USD was asked for after 500 USD had been paid.", on(4)),)
    assert holding(ploy) == ("before_proof", "haste", "grows")

    told = "soldiers at the bridge since dawn , nobody crosses"
    heard = Heard(np.array([0, 0, 1]), np.array([on(n).toordinal() for n in (0, 1, 1)]), np.array([0, 1, 2]),
                  np.eye(2, dtype=bool)[[1, 1, 1]], (told, told + " today", "two trucks and dogs were seen near the ford"), np.arange(3))
    (copy,) = of_reports(heard, ["R1", "R2", "R3"])
    assert (copy.rule, copy.about, copy.facts[0]) == ("copied", "R2", Fact("It repeats R1.", on(0))) and not copy.holds


def test_the_same_losses_on_a_safe_leg_do_raise_the_flag_and_the_leg_is_what_made_the_difference():
    _, guides, _ = world()
    safe = {name: [Passage(one.party, one.on, 0.03, one.betrayed) for one in seen] for name, seen in guides.items()}
    assert [(flag.rule, flag.about) for flag in beyond_chance(safe, "beyond_chance")] == [("beyond_chance", "Wren")]


@pytest.mark.parametrize("lost", [0, 1])
def test_one_betrayal_condemns_nobody_however_safe_the_leg_was(lost):
    seen = [Passage(f"P{n}", on(n), 0.0001, n < lost) for n in range(9)]
    assert beyond_chance({"Wren": seen}, "beyond_chance") == ()


def test_what_the_lost_parties_shared_besides_is_said_and_whose_end_nobody_knows_counts_neither_way():
    seen = [Passage(f"P{n}", on(n), 0.02, {0: True, 1: True, 2: None}.get(n, False)) for n in range(6)]
    beside = {f"P{n}": ["ALDER", "Rook"] for n in range(6)}
    (flag,) = beyond_chance({"ALDER": seen}, "sold_out", beside)
    assert flag.facts[-1].said == "What all of them shared besides: Rook. It may be that instead."
    assert "2 of 5 parties were lost" in flag.facts[0].said and flag.facts[0].said.endswith("Of 1 more nobody knows the end.")


def test_the_more_are_looked_at_the_rarer_it_must_be():
    seen = [Passage(f"P{n}", on(n), 0.08, n < 2) for n in range(4)]
    assert record(seen).tail == pytest.approx(6 * 0.08**2 * 0.92**2 + 4 * 0.08**3 * 0.92 + 0.08**4)
    assert record(seen).beyond and not record(seen, looked_at=2).beyond


def test_a_danger_that_is_uncertain_speaks_for_the_guide():
    sure = [Passage(f"P{n}", on(n), 0.1, n < 3) for n in range(6)]
    unsure = [Passage(one.party, one.on, (0.01, 0.19), one.betrayed) for one in sure]
    assert record(unsure).expected == pytest.approx(record(sure).expected) and record(unsure).tail > record(sure).tail


@pytest.mark.parametrize(("more", "rises"), [("500.01", True), ("500", False), ("400", False)])
def test_a_demand_grows_only_after_a_payment_and_only_in_its_own_money(more, rises):
    first, paid = Demand(on(0), USD("500 USD"), proof=True), Demand(on(0), USD("500 USD"), paid=on(0), proof=True)
    assert bool(of_demands("Heron", [paid, Demand(on(3), USD(f"{more} USD"), proof=True)])) is rises
    assert of_demands("Heron", [first, Demand(on(3), USD(f"{more} USD"), proof=True)]) == ()
    assert of_demands("Heron", [paid, Demand(on(3), USD("90000 CNY"), proof=True)]) == ()


def test_a_fee_needs_no_proof_of_life_and_a_day_is_no_haste():
    assert of_demands("Finch", [Demand(on(0), USD("500 USD"), within_h=24)]) == ()
    assert [one.rule for one in of_demands("Finch", [Demand(on(0), USD("500 USD"), within_h=23.9)])] == ["haste"]


def test_a_price_is_held_against_three_others_at_least_and_in_one_money():
    usual = [USD("1000 USD"), USD("1200 USD"), USD("900 USD")]
    assert of_price("Rook", USD("1 USD"), DAY, usual[:2]) == () == of_price("Rook", USD("1 CNY"), DAY, usual)
    (flag,) = of_price("Rook", USD("499 USD"), DAY, usual)
    assert flag.facts == (Fact("499 USD was asked; the middle of 3 other prices is 1,000 USD.", DAY),)


def test_several_of_one_root_are_one_voice():
    heard = Heard(np.array([0, 0, 0]), np.full(3, DAY.toordinal()), np.array([0, 1, 2]), np.eye(2, dtype=bool)[[1, 1, 1]],
                  ("", "", ""), np.array([7, 7, 2]))
    (flag,) = of_reports(heard, ["R1", "R2", "R3"])
    assert (flag.rule, flag.about, len(flag.facts)) == ("one_root", "R1, R2", 2)


def test_every_rule_says_a_sentence_and_none_says_what_somebody_is():
    said = [rule.sentence for rule in RULES.values()]
    assert len(set(said)) == len(said) and all(one.endswith(".") for one in said)
    assert not any(word in one.lower() for one in said for word in ("liar", "traitor", "guilty", "criminal", "score"))
    assert {code for code, rule in RULES.items() if not rule.holds} == {"copied", "one_root"}
    assert set(SEEN).isdisjoint({"cheap", "shared", "beyond_chance", "sold_out", "copied", "one_root"})
    assert all(not hasattr(Flag("grows", "Heron", ()), name) for name in ("score", "weight", "total"))


def test_flags_of_several_rules_are_a_list_and_no_sum():
    flags = [Flag(code, "Heron", ()) for code in ("grows", "haste", "grows", "copied")]
    assert holding(flags) == ("haste", "grows")


def test_a_lifted_flag_rises_again_on_the_day_after_its_end():
    lift = Lift("He called from the old number too.", "anna", DAY, on(30))
    assert [resting([lift], day) is lift for day in (on(-1), on(0), on(30), on(31))] == [False, True, True, False]
    assert lift_fits("x", DAY, DAY) and lift_fits(" ", DAY, on(9)) and lift_fits("x", DAY, on(93)) and not lift_fits("x", DAY, on(92))


@pytest.mark.parametrize(("of", "size", "pays"), [("family", 4, "6"), ("party", 4, "6"), ("case", 4, "6"), ("person", 4, "24"),
                                                  ("", 4, "6 to 24"), ("", 1, "6")])
def test_a_reward_is_for_each_or_for_all_and_where_nobody_said_it_is_a_range(of, size, pays):
    told = Figure(Fraction(6), of, "source 001", DAY)
    assert str(incentive(size, rewards=[told]).pays) == pays


def test_reward_and_party_are_weighed_beside_fee_exposure_and_record_in_one_sentence_and_nothing_is_made_up():
    nothing = incentive(4)
    assert nothing.missing == ("reward", "fee", "fine", "exposed", "record")
    assert nothing.sentence == ("What a report of a party of 4 would pay is not known; what is still owed to them is not known; "
                                "whom they could give away is not known; no journey with them is on record.")
    seen = incentive(4, rewards=[Figure(Fraction(6), "", "source 001", DAY), Figure(Fraction(1, 2), "case", "source 13", on(1))],
                     owed=[Figure(Fraction(3), "", "our ledger", DAY)], fines=[Figure(Fraction(3), "person", "source 14", DAY)],
                     exposed=3, record=record([Passage("P1", DAY, 0.1, False), Passage("P2", DAY, 0.1, True), Passage("P3", DAY, 0.1, None)]))
    assert seen.sentence == ("For a party of 4, a report would pay under 1 to 24 months of wages; 3 months of fee are still owed to them; "
                             "they could give away 3 of ours; 1 of 2 parties with a known end came through with them.")
    assert seen.sources == (("source 001", DAY), ("source 13", on(1)), ("our ledger", DAY), ("source 14", DAY)) and str(seen.fine) == "3"
    with pytest.raises(ValueError, match="somebody in it"):
        incentive(0)
