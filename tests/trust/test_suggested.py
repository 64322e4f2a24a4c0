"""What the record itself suggests: broker, go-between of a regime, official, bait; who is only unlucky is suggested for nothing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from waystation.trust.flags import RULES, Fact
from waystation.trust.ploys import Demand
from waystation.trust.suggested import Ask, Begun, Calm, Known, Taken, led, suggested
from waystation.units import Money

DAY = date(2030, 3, 1)
USD = Money.parse
NOBODY = Known(name="Reed", names=("Reed", "Old Tree"), roles=frozenset(), since=DAY)


def on(n):
    return DAY + timedelta(days=n)


def ask(n, amount, *, release=False, of="", case="", **more):
    return Ask(Demand(on(n), USD(amount), **more), release, of, case)


def leg(n, guide="reed", chance=0.03, betrayed=False, start="HEARTH", end="ALDER", party=""):
    return Begun(party or f"P{n}", on(n), start, end, guide, chance, betrayed)


def rules(**more):
    return [one.rule for one in suggested(replace(NOBODY, **more))]


def test_a_broker_who_sells_is_seen_by_price_by_number_and_by_what_became_of_parties():
    """Invented: a price far under the others', a number that another has too, three of six parties lost on a safe leg."""
    usual = tuple(USD(f"{n} USD") for n in (1000, 1200, 900))
    number = Fact.told("The same number or account stands at {name}.", on(2), name="Rook")
    found = suggested(replace(NOBODY, roles=frozenset({"broker"}), asked=(ask(3, "400 USD", of="L 1"),), others={"l1": usual},
                              shared=(number,), begun=(*(leg(n, betrayed=n < 3) for n in range(6)), leg(9, guide="Wren"))))
    assert [one.rule for one in found] == ["cheap", "shared", "beyond_chance"] and {one.about for one in found} == {"Reed"}
    assert found[1].facts == (number,) and [fact.on for fact in found[2].facts[1:] if fact.on] == [on(0), on(1), on(2)]


def test_a_go_between_of_a_regime_is_seen_by_when_he_came_and_what_he_asks():
    asked = (ask(6, "500 USD", release=True, case="K7-Q2", paid=on(7), proof=False),
             ask(9, "900 USD", release=True, case="K7Q2", proof=False, within_h=12))
    found = suggested(replace(NOBODY, roles=frozenset({"intermediary"}), since=on(5), asked=asked, taken=(Taken("K7Q2", on(4)),)))
    assert [one.rule for one in found] == ["new_intermediary", "before_proof", "haste", "grows"]
    assert found[0].facts == (Fact("K7Q2 was taken.", on(4)), Fact("They were first written down after that.", on(5)))
    assert rules(roles=frozenset({"intermediary"}), since=on(3), asked=asked[:1], taken=(Taken("K7Q2", on(4)),)) == ["before_proof"]
    assert "new_intermediary" not in rules(roles=frozenset({"guide"}), since=on(5), asked=asked, taken=(Taken("K7Q2", on(4)),))
    assert "new_intermediary" not in rules(roles=frozenset({"intermediary"}), since=on(5), asked=asked, taken=(Taken("M3P9", on(4)),))


def test_a_demand_grows_for_one_leg_or_one_case_and_a_larger_fee_for_another_way_is_none():
    def grows(one, other):
        return "grows" in rules(asked=(ask(0, "500 USD", paid=on(1), **one), ask(3, "900 USD", **other)))

    assert not grows({"of": "L1"}, {"of": "L2"}) and grows({"of": "L1"}, {"of": "l-1"})
    of_one, of_another, of_whom = ({"release": True, "case": case} for case in ("K7Q2", "M3P9", ""))
    assert not grows(of_one, of_another) and grows(of_one, of_one) and grows(of_whom, of_one) and not grows(of_one, {"of": ""})


def test_an_official_who_asks_money_for_a_release_is_seen_and_a_fee_is_no_release():
    official = frozenset({"official"})
    assert rules(roles=official, asked=(ask(0, "500 USD", release=True),)) == ["official_release"]
    assert rules(roles=official, asked=(ask(0, "500 USD"),)) == [] == rules(roles=frozenset({"lawyer"}), asked=(ask(0, "500 USD", release=True),))


def calm(n, source="REED", days=7, area="A1"):
    return Calm(source, area, on(n), on(n + days))


def test_bait_is_seen_where_parties_were_lost_under_their_word_of_calm_against_the_danger_that_was_known():
    begun = tuple(leg(n, guide="Wren", chance=0.05, betrayed=n in {1, 2, 4}) for n in range(6))
    told = {"calm": (calm(0), calm(0, source="S9")), "area_of": {"HEARTH": "A1"}}
    (flag,) = suggested(replace(NOBODY, begun=begun, **told))
    assert flag.rule == "bait" and "3 of 6 parties were lost" in flag.facts[0].said
    assert rules(begun=tuple(replace(one, chance=0.4) for one in begun), **told) == []  # a leg that is known to be that bad
    assert rules(begun=begun, calm=(calm(0, days=1),), area_of={"HEARTH": "A1"}) == []  # their word did not stand any more
    assert rules(begun=begun, calm=(calm(0),), area_of={"HEARTH": "A2"}) == []  # they spoke of another area
    assert rules(begun=begun, calm=(calm(0, source="S9"),), area_of={"HEARTH": "A1"}) == []  # another one said it
    many = tuple(calm(0, source=f"S{n}") for n in range(60))
    assert rules(begun=begun, calm=(*told["calm"], *many), area_of={"HEARTH": "A1"}) == []  # of so many, chance finds one


def test_a_host_is_seen_by_what_follows_a_night_in_the_house():
    nights = [one for n in range(6) for one in (
        leg(n, guide="Finch", party=f"P{n}"),
        leg(n, guide="Kite", start="ALDER", end="MINT", party=f"P{n}", betrayed=n in {0, 2, 5}))]
    host = {"roles": frozenset({"host"}), "places": ("ALDER",)}
    assert rules(begun=tuple(nights), **host) == ["sold_out"]
    assert rules(begun=tuple(nights), roles=frozenset({"guide"}), places=("ALDER",)) == []
    assert rules(begun=tuple(one for one in nights if one.start == "ALDER"), **host) == []  # nobody came to the house


@pytest.mark.parametrize(("chance", "found"), [(0.35, []), (0.03, ["beyond_chance"]), (None, [])])
def test_who_walks_the_worst_leg_is_not_suggested_and_an_unknown_danger_neither_raises_nor_clears(chance, found):
    begun = tuple(leg(n, chance=chance, betrayed=n in {1, 3, 6}) for n in range(8))
    assert rules(begun=begun) == found
    told = led(replace(NOBODY, begun=begun))
    assert (len(told.all.losses), told.all.known) == (3, 8) and (told.known, told.lost) == ((8, 3) if chance is None else (0, 0))


def test_what_a_line_of_the_ledger_was_marked_with_stands_beside_and_facts_of_one_rule_join_once_in_order():
    mark = Fact.told("A payment to them was marked so.", on(1))
    (flag,) = suggested(replace(NOBODY, asked=(ask(4, "5 USD", within_h=3),), marked=(("haste", mark), ("haste", mark))))
    assert flag.rule == "haste" and [fact.on for fact in flag.facts] == [on(1), on(4)]


def test_a_name_is_one_name_however_it_is_typed_and_nothing_is_nobody():
    assert all(NOBODY.is_called(code) for code in ("reed", "OLD-TREE", " Reed ")) and not NOBODY.is_called("") and not NOBODY.is_called("Ree")
    assert suggested(NOBODY) == () and led(NOBODY).all.sentence == "No passage with a known end."
    assert all(one.rule in RULES for one in suggested(replace(NOBODY, asked=(ask(0, "5 USD", within_h=3),))))
