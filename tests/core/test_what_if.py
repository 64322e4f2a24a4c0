"""What a change would do: by hand on small networks, exactly zero where nothing changes, nothing said where nothing is known."""

import json
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from waystation import worlds as shipped
from waystation.cli import main
from waystation.network.changing import Change, InvalidChange, both_of, read_change, times_of
from waystation.network.files import read_book
from waystation.party import Party, Terms
from waystation.planning.plan import solved
from waystation.planning.results import Knowledge, Refused
from waystation.planning.uncertainty import worlds
from waystation.planning.what_if import MEASURES, both_settings, live, what_if
from waystation.planning.what_if_judged import Judged, bench, coverage, goals, judged
from waystation.report.what_if import what_if_text
from waystation.units import Money

RIVER = json.loads(shipped.party("river", "two"))
TWO = Party(**{name: value for name, value in RIVER["party"].items() if name != "title"})
NOW = read_book(shipped.world("river")).book.as_of


@pytest.fixture(scope="module")
def river():
    return read_book(shipped.world("river"))


@pytest.fixture(scope="module")
def calm(river):
    """MILL to REED to HALL, a day each, one condition, nothing else; one day more than that: no second try."""
    legs = tuple(replace(leg, profile="ONE") for leg in river.legs if leg.code in ("FORD", "CART-R"))
    one = replace(river.profiles[0], code="ONE", hours=(20.0, 20.0, 20.0))
    kept = {"MILL", "REED", "HALL"}
    return replace(
        river, book=replace(river.book, conditions=river.book.conditions[:1], step_hours=24),
        places=tuple(place for place in river.places if place.code in kept), legs=legs, profiles=(one,),
        windows=(), guides=(), reports=(), chains=tuple(
            replace(row, share=1.0) for row in river.chains
            if row.from_condition == row.to_condition == river.book.conditions[0]), outcomes=tuple(
            replace(row, condition=river.book.conditions[0]) for row in river.outcomes if row.leg in ("FORD", "CART-R")),
        priors=tuple(row for row in river.priors if row.condition in ("", river.book.conditions[0])),
        waiting_loss=tuple(row for row in river.waiting_loss if row.condition in ("", river.book.conditions[0])))


def terms(days=2, goals=()):
    begin = date.fromisoformat(RIVER["terms"]["depart_from"])
    return Terms(start="MILL", goals=goals, depart_from=begin, deadline=begin + timedelta(days=days),
                 budget=Money.parse("150 USD"), penalty=0.0)


def change(book, **sheets):
    return read_change(json.dumps({"waystation_change": 1, **sheets}).encode(), book)


def lived(book, told, asked, draws=40):
    sides = both_settings(book, told, TWO, asked, now=NOW)
    made = [solved(*one) for one in sides]
    drawn = worlds(made[0].setting, made[0].posterior, draws=draws, seed=3)
    times = times_of(both_of(book, told)[1], told)
    return made, drawn, [live(made[0], drawn, None), live(made[1], drawn, times)]


def through(made, drawn, *codes, times=1.0):
    """By hand: the product of arriving on each of these legs, in every world."""
    whole = np.ones(drawn.count)
    for code in codes:
        leaf = made.posterior.leg_leaf[0, made.setting.net.legs.index(code), 0]
        lost, back = np.minimum(times * drawn.hazards.lost[:, leaf], 1), drawn.hazards.back[:, leaf]
        whole = whole * (1 - lost) * (1 - back)
    return 100 * whole


@pytest.mark.proves("S004-51")
def test_a_nearer_place_to_apply_gives_what_one_leg_alone_gives_world_by_world(calm):
    made, drawn, (was, now) = lived(calm, change(calm, apply=[{"place": "REED", "open": True}]), terms())
    np.testing.assert_allclose(was.arrive, through(made[0], drawn, "FORD", "CART-R"), rtol=0, atol=1e-6)
    leaf = made[1].posterior.leg_leaf[0, made[1].setting.net.legs.index("FORD"), 0]
    lost, back = drawn.hazards.lost[:, leaf], drawn.hazards.back[:, leaf]
    once = (1 - lost) * (1 - back)
    twice = once + (1 - lost) * back * once  # who is turned back tries again: a day is left
    np.testing.assert_allclose(now.arrive, 100 * twice, rtol=0, atol=1e-6)
    assert (now.arrive > was.arrive).all() and (now.spent < was.spent).all()


def test_twice_the_danger_is_twice_the_danger_in_every_world(calm):
    made, drawn, (was, now) = lived(calm, change(calm, dangers=[{"leg": "FORD", "times": 2}]), terms())
    by_hand = through(made[1], drawn, "FORD", times=2) * through(made[1], drawn, "CART-R") / 100
    np.testing.assert_allclose(now.arrive, by_hand, rtol=0, atol=1e-6)
    assert (was.arrive > now.arrive).all()


@pytest.mark.parametrize("nothing", [
    {"apply": [{"place": "HALL", "open": True}]}, {"dangers": [{"area": "NEAR", "times": 1}]},
    {"prices": [{"leg": "FERRY", "cost": 30, "currency": "USD"}]}, {"hours": [{"leg": "FERRY", "min": 20, "mode": 24, "max": 24}]},
    {"legs": [{"code": "RAFT", "from": "MILL", "to": "HALL", "mode": "boat", "profile": "DAY", "cost": 10, "currency": "USD",
               "exertion": 1, "walk_km": 0, "swim": False, "status": "closed", "reason": "a thought"}]},
], ids=["a place that is one already", "as dangerous as it is", "the price it has", "as long as it takes", "a way that is closed"])
def test_a_change_that_changes_nothing_makes_a_difference_of_exactly_nothing(river, nothing):
    told = what_if(river, change(river, **nothing), TWO, terms(21), now=NOW, draws=30)
    assert [row.measure for row in told.rows] == list(MEASURES)
    for row in told.rows:
        assert (row.difference.mean, row.difference.low, row.difference.high, row.better) == (0.0, 0.0, 0.0, 0.5), row


def test_closing_the_only_place_to_apply_leaves_nobody_who_arrives_and_says_so(river):
    told = what_if(river, change(river, apply=[{"place": "HALL", "open": False}]), TWO, terms(21), now=NOW, draws=30)
    assert told.after == ("There is no place where people can apply.",) and not told.before
    assert told.rows[0].after.mean == 0 and told.rows[0].difference.high < 0
    assert told.rows[2].after is None  # nobody arrives: there are no days
    assert "As it would be, nobody goes" in what_if_text(told, river, terms(21))


def test_what_is_added_is_closed_before_and_open_after(river):
    added = {"legs": [{"code": "RAFT", "from": "MILL", "to": "HALL", "mode": "boat", "profile": "DAY", "cost": 10, "currency": "USD",
                       "exertion": 1, "walk_km": 0, "swim": False, "status": "open"}]}
    before, after = both_of(river, change(river, **added))
    assert [next(leg.status for leg in book.legs if leg.code == "RAFT") for book in (before, after)] == ["closed", "open"]
    told = what_if(river, change(river, **added), TWO, terms(21), now=NOW, draws=30)
    assert told.rows[0].difference is not None or told.known in (Knowledge.UNKNOWN, Knowledge.PRIOR_ONLY)


def test_where_one_of_the_two_is_not_known_no_number_leaves_and_experts_give_ranges_alone():
    book = read_book(shipped.world("long-way"))
    raw = json.loads(shipped.party("long-way", "family"))["terms"]
    asked = Terms(start=raw["from"], goals=tuple(raw["goals"]), depart_from=date.fromisoformat(raw["depart_from"]),
                  deadline=date.fromisoformat(raw["by"]), budget=Money.parse(raw["money"]), penalty=0.25)
    nearer = change(book, apply=[{"place": "TEAL", "open": True}])
    quiet = what_if(book, nearer, TWO, asked, now=book.book.as_of, draws=20)
    assert quiet.known is Knowledge.PRIOR_ONLY
    assert all((row.before, row.after, row.difference, row.better) == (None,) * 4 for row in quiet.rows)
    said = what_if_text(quiet, book, asked)
    assert "We do not know." in said and "of 100" not in said
    experts = what_if(book, nearer, TWO, asked, now=book.book.as_of, draws=20, show_expert=True)
    assert experts.rows[0].after.mean is None and experts.rows[0].after.low < experts.rows[0].after.high
    assert experts.rows[0].better is None


def test_who_may_not_be_planned_for_is_refused_before_and_after(river):
    nobody = replace(TWO, all_agree=False)
    assert isinstance(what_if(river, Change(), nobody, terms(21), now=NOW, draws=20), Refused)


@pytest.mark.parametrize(("said", "code", "where"), [
    (b"[]", "WI101", ""), (b"{", "WI101", ""), ({"weather": []}, "WI102", "/weather"), ({"apply": {}}, "WI103", "/apply"),
    ({"apply": [{"place": "HALL"}]}, "WI104", "/apply/0"), ({}, "WI105", ""),
    ({"apply": [{"place": "MOON", "open": True}]}, "WI201", "/apply/0/place"),
    ({"prices": [{"leg": "MOON", "cost": 1, "currency": "USD"}]}, "WI202", "/prices/0/leg"),
    ({"dangers": [{"area": "MOON", "times": 1}]}, "WI203", "/dangers/0/area"),
    ({"dangers": [{"area": "NEAR", "leg": "FORD", "times": 1}]}, "WI204", "/dangers/0"),
    ({"dangers": [{"area": "NEAR", "times": -1}]}, "WI205", "/dangers/0/times"),
    ({"apply": [{"place": "HALL", "open": "yes"}]}, "WI206", "/apply/0/open"),
    ({"places": [{"code": "HALL", "area": "FAR", "kind": "town"}]}, "WI207", "/places/0/code"),
    ({"apply": [{"place": "HALL", "open": True}, {"place": "HALL", "open": False}]}, "WI208", "/apply/1/place"),
    ({"prices": [{"leg": "FORD", "cost": -3, "currency": "USD"}]}, "RB206", "cost"),
    ({"hours": [{"leg": "FORD", "min": "a while", "mode": 3, "max": 1}]}, "WI209", "/hours/0/min"),
    ({"hours": [{"leg": "FORD", "min": 9, "mode": 3, "max": 1}]}, "RB", "profiles"),
])
def test_a_change_that_cannot_be_asked_about_says_where_and_what_to_do(river, said, code, where):
    data = said if isinstance(said, bytes) else json.dumps({"waystation_change": 1, **said}).encode()
    with pytest.raises(InvalidChange) as caught:
        read_change(data, river)
    assert any(one.code.startswith(code) and where in f"{one.cell} {one.column} {one.sheet}" for one in caught.value.problems), caught.value.problems


def test_the_verb_says_it_as_text_and_as_json_and_bad_files_are_told(tmp_path, capsys):
    file = tmp_path / "change.json"
    file.write_text('{"waystation_change": 1, "title": "people may apply at QUAY", "apply": [{"place": "QUAY", "open": true}]}')
    asked = ["what-if", "river", "--party", "two", "--change", str(file), "--draws", "50"]
    assert main(asked) == 0
    said = capsys.readouterr().out
    assert said.startswith("FICTIONAL WORLD.") and "What if: people may apply at QUAY" in said and "of 100 possible worlds" in said
    assert main([*asked, "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["waystation_what_if"] == 1 and [row["measure"] for row in facts["rows"]] == list(MEASURES)
    file.write_text('{"waystation_change": 1, "apply": [{"place": "MOON", "open": true}]}')
    assert main(asked) == 2
    assert "/apply/0/place WI201" in capsys.readouterr().err


def test_what_is_judged_is_the_difference_between_two_plans_under_the_true_dangers():
    found = [judged(seed, 20) for seed in (10_000, 10_001)]
    assert [one.change for one in found] == ["a patrol", "a queue"]
    assert all(one.low <= one.high and one.holds == (one.low - 1e-9 <= one.truth <= one.high + 1e-9) for one in found)
    beside = Judged("a patrol", 20, 3.0, -1.0, 1.0)
    assert not beside.holds and coverage([beside, replace(beside, truth=0.5)]) == 0.5
    assert [met for _, _, met in goals([replace(beside, known=known, truth=0.0) for known in (20, 100)])] == [False, False]


@pytest.mark.soak
def test_ranges_of_differences_hold_the_truth_as_often_as_they_say():
    assert all(met for _, _, met in goals(bench()))
