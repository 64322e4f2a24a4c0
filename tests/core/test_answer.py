"""From a little route book to an answer: what is refused, what adds up, what is said and what is not."""

from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.network.build import network_of
from waystation.network.rows import Area, Leg, Place, Report
from waystation.planning.answer import Asked, answer, answer_parts
from waystation.planning.explain import dangers
from waystation.planning.mdp import FIRST_LEG
from waystation.planning.plan import Plan, plan
from waystation.planning.results import Answer, Knowledge, Refused
from waystation.planning.setting import InvalidTerms, Setting, setting
from waystation.planning.simulate import simulate
from waystation.planning.uncertainty import drawn_safety, plan_deviation, worlds
from worlds.little import NOW, PARTY, little_book, outcomes, terms, usd

QUICK = Asked(draws=100)


def made(book=None, party=PARTY, asked=None) -> Plan:
    net = network_of(book or little_book())
    found = plan(net, *answer_parts(net, now=NOW), party, asked or terms(), now=NOW)
    assert isinstance(found, Plan)
    return found


def told(book=None, party=PARTY, asked=None, **how) -> Answer:
    found = answer(network_of(book or little_book()), party, asked or terms(), now=how.pop("now", NOW), asked=QUICK, **how)
    assert isinstance(found, Answer)
    return found


# --- refusals and errors -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("change", [{"all_agree": False}, {"guardian_ok": False}])
def test_a_party_that_must_not_be_moved_gets_no_plan(change):
    found = answer(network_of(little_book()), replace(PARTY, **change), terms(), now=NOW)
    assert isinstance(found, Refused)


@pytest.mark.parametrize(("change", "words"), [
    ({"start": "NOWHERE"}, "no place NOWHERE"), ({"goals": ("NOWHERE",)}, "no place NOWHERE"),
    ({"depart_from": date(2030, 4, 30)}, "lies in the past"), ({"deadline": date(2030, 5, 1)}, "not after the departure"),
    ({"deadline": date(2040, 5, 1)}, "more than 2,000 steps"), ({"budget": usd(-1)}, "negative"),
    ({"budget": replace(usd(1), currency="XAU")}, "No rate for XAU"), ({"start": "SAFE"}, "goal already"),
])
def test_a_question_that_does_not_fit_the_book_is_an_input_error(change, words):
    with pytest.raises(InvalidTerms, match=words):
        answer(network_of(little_book()), PARTY, terms(**change), now=NOW)


def test_a_goal_that_no_chain_of_legs_reaches_is_an_input_error():
    book = little_book()
    net = network_of(replace(book, legs=book.legs[:2], outcomes=()))
    with pytest.raises(InvalidTerms, match="No chain of legs"):
        answer(net, PARTY, terms(), now=NOW)


@pytest.mark.parametrize("change", [{"budget": usd(10)}, {"deadline": date(2030, 5, 2), "budget": usd(40)}])
def test_a_goal_out_of_reach_in_time_or_money_is_refused_with_the_reason(change):
    found = answer(network_of(little_book()), PARTY, terms(**change), now=NOW)
    assert isinstance(found, Refused)
    assert "within the time and the money" in found.reasons[0]


def test_a_leg_too_hard_is_named_when_nothing_is_left():
    book = little_book()
    legs = tuple(replace(leg, exertion=5) if leg.code == "ROW" else leg for leg in book.legs)
    found = answer(network_of(replace(book, legs=legs)), replace(PARTY, exertion_max=2), terms(), now=NOW)
    assert isinstance(found, Refused)
    assert "ROW: too hard" in " ".join(found.reasons)


# --- forbidden is forbidden ----------------------------------------------------------------------------------------


@pytest.mark.proves("S001-26")
@pytest.mark.refuses("H-04")
@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.booleans(), st.integers(0, 3)), min_size=6, max_size=14))
def test_no_plan_on_any_network_offers_a_forbidden_leg(drawn):
    base = little_book()
    places = tuple(Place(f"P{n}", "NEAR" if n < 3 else "FAR", "town", goal=n == 4) for n in range(5))
    legs = [Leg("SURE", "P0", "P4", "foot", "DAYS", usd(50))]
    legs += [Leg(f"L{n}", f"P{a}", f"P{b}", ("foot", "car", "boat", "foot")[kind], "DAY", usd(0),
                 status="forbidden" if bad else "open", reason="mined in this story" if bad else "")
             for n, (a, b, bad, kind) in enumerate(drawn) if a != b]
    book = replace(base, places=places, legs=tuple(legs), outcomes=())
    forbidden = {leg.code for leg in legs if leg.status == "forbidden"}
    found = made(book, asked=terms(start="P0"))
    policy, model, asked = found.surface.policy, found.model, found.setting
    for place in range(len(model.area)):
        used = np.unique(policy[:, place])
        for action in used[used >= FIRST_LEG]:
            leg = asked.net.legs[asked.leg_of[model.ptr[place] + action - FIRST_LEG]]
            assert leg not in forbidden
    assert forbidden <= {veto.leg for veto in asked.vetoes if veto.forbidden}


@pytest.mark.proves("S001-26")
@pytest.mark.refuses("H-04")
def test_a_forbidden_leg_is_listed_with_its_reason_and_never_drawn():
    found = told()
    assert [(v.leg, v.reason) for v in found.vetoes if v.forbidden] == [("MINED", "forbidden for everybody: mined in this story")]
    assert "MINED" not in {line.leg for line in found.lines}
    assert "MINED" not in {step.leg for step in found.tree.main}


# --- what adds up --------------------------------------------------------------------------------------------------


@pytest.mark.proves("S004-09")
def test_losses_by_leg_and_place_stops_and_delays_make_up_all_that_is_not_safe():
    found = made()
    lost = sum(row.loss for row in dangers(found))
    ends = found.ends
    assert lost == pytest.approx(ends.intercepted + ends.harmed + ends.missing, abs=1e-12)
    assert 1 - ends.safe == pytest.approx(lost + ends.stopped + ends.late, abs=1e-9)


def test_the_same_question_gets_the_same_answer():
    assert told() == told()


def test_the_advice_at_the_start_and_its_best_choice_agree():
    found = told()
    chosen = [choice for choice in found.choices if choice.chosen]
    assert len(chosen) == 1
    assert chosen[0].value == max(choice.value for choice in found.choices)


@pytest.mark.parametrize("money", [40, 77, 133, 172, 210])
def test_exact_money_lies_between_the_two_roundings(money):
    # In units of 1 USD every cost here is whole, so that the answer is exact; in units of 10 it is bounded.
    book = little_book()
    exact_unit = replace(book.book, unit=replace(book.book.unit, value=usd(1).amount))
    exact = made(replace(book, book=exact_unit), asked=terms(budget=usd(money), penalty=0.0)).chain.safe
    low, high = (bound.model for bound in (_bound(book, money, hopeful=False), _bound(book, money, hopeful=True)))
    assert _value(low, book, money, hopeful=False) <= exact + 1e-9
    assert exact <= _value(high, book, money, hopeful=True) + 1e-9


def _bound(book, money, *, hopeful) -> Setting:
    net = network_of(book)
    found = setting(net, *answer_parts(net, now=NOW), PARTY, terms(budget=usd(money), penalty=0.0), now=NOW, hopeful=hopeful)
    assert isinstance(found, Setting)
    return found


def _value(model, book, money, *, hopeful) -> float:
    from waystation.planning.engine.kernels import solve

    asked = _bound(book, money, hopeful=hopeful)
    return float(asked.belief @ solve(model, start=asked.start).start[0, :, model.budget])


# --- uncertainty ---------------------------------------------------------------------------------------------------


def test_sd_by_the_adjoint_is_that_of_the_draws():
    book = little_book()  # chains known well enough for a straight line: 200 changes seen
    found = made(replace(book, chains=tuple(replace(row, strength=200.0) for row in book.chains)))
    drawn = worlds(found.setting, found.posterior, draws=2000, seed=3)
    assert plan_deviation(found, drawn) == pytest.approx(drawn_safety(found, drawn).std(), rel=0.1)


def test_draws_of_certainty_are_the_plan_itself():
    found = made()
    drawn = worlds(found.setting, found.posterior, draws=3, seed=3)
    mean = found.posterior
    believed = np.array([belief.p for belief in found.beliefs])
    sure = replace(drawn, hazards=replace(drawn.hazards, lost=np.tile(mean.lost, (3, 1)), back=np.tile(mean.back, (3, 1))),
                   futures=replace(drawn.futures, chains=np.repeat(found.model.chain[None], 3, 0),
                                   believed=np.repeat(believed[None], 3, 0)))
    assert drawn_safety(found, sure) == pytest.approx([found.chain.safe] * 3, abs=1e-12)


def test_the_independent_simulator_agrees():
    done = simulate(made(), runs=40_000, seed=11)
    assert not done.disagrees, done.deviations
    assert sum(done.counts) == 40_000


def test_the_simulator_notices_a_plan_that_lies():
    # A planted fault: the plan claims ends that are five points too good.
    found = made()
    lying = replace(found, chain=replace(found.chain, safe=found.chain.safe + 0.05, lost=found.chain.lost - 0.05 / 3))
    assert simulate(lying, runs=20_000, seed=11).disagrees


# --- time ----------------------------------------------------------------------------------------------------------


def test_ten_years_later_the_same_book_knows_nothing():
    later = datetime(2040, 5, 1, 6, tzinfo=UTC)
    assert told().assessment.state is Knowledge.THIN
    aged = told(asked=terms(depart_from=date(2040, 5, 1), deadline=date(2040, 5, 13)), now=later)
    assert aged.assessment.state is Knowledge.UNKNOWN
    assert aged.assessment.mean is None
    assert aged.curves == ()


def test_a_stale_report_from_the_start_area_means_we_do_not_know():
    book = little_book()
    old = tuple(replace(r, observed_at=datetime(2030, 3, 1, tzinfo=UTC), received_at=datetime(2030, 3, 1, tzinfo=UTC))
                for r in book.reports)
    assert told(replace(book, reports=old)).assessment.state is Knowledge.UNKNOWN


def test_a_party_may_stay_only_as_long_as_a_place_allows():
    # FORD allows 6 steps; the copies are 7, the last of which has no wait.
    asked = made().setting
    ford = asked.net.places.index("FORD")
    copies = np.flatnonzero(asked.place_of == ford)
    assert len(copies) == 7
    at, seen = int(copies[0]), 0
    while asked.model.wait_to[at] >= 0:
        at, seen = int(asked.model.wait_to[at]), seen + 1
    assert seen == 6


# --- the circle ----------------------------------------------------------------------------------------------------


def test_new_losses_on_the_chosen_leg_are_told_and_turn_the_advice():
    before = little_book()
    after = replace(before, outcomes=before.outcomes + outcomes("WALK", intercepted=12, day=date(2030, 4, 20)))
    found = answer(network_of(after), PARTY, terms(), now=NOW, asked=QUICK, against=network_of(before))
    assert isinstance(found, Answer)
    assert "New outcomes on WALK: 12 intercepted." in found.learnt
    assert any(s.startswith("The danger of foot") and "rose from about" in s for s in found.learnt) or any(
        s.startswith("What to do first changed") for s in found.learnt)
    assert any(s.startswith("What to do first changed: before, go on foot") for s in found.learnt)


def test_nothing_new_is_said_in_one_line():
    book = little_book()
    found = answer(network_of(book), PARTY, terms(), now=NOW, asked=QUICK, against=network_of(book))
    assert isinstance(found, Answer)
    assert found.learnt == ("What to do first stays: go on foot from HERE to FORD (WALK).",)


def test_an_area_nobody_judged_is_unknown_whatever_the_rest():
    # A new country without priors, records or waiting losses carries the boat: that share of the danger is dark.
    book = little_book()
    areas = (*book.areas[:1], Area("FAR", "VN"), *book.areas[2:])
    dark = replace(book, areas=areas, priors=tuple(p for p in book.priors if p.mode != "boat"),
                   outcomes=tuple(o for o in book.outcomes if o.leg != "ROW"))
    assert told(dark).assessment.state is Knowledge.UNKNOWN


def test_a_report_dated_after_the_decision_is_not_used():
    book = little_book()
    future = Report("NEAR", frozenset({"alert"}), datetime(2030, 6, 1, tzinfo=UTC), datetime(2030, 6, 1, tzinfo=UTC),
                    "S2", "O2", "A", 1)
    now_only, with_future = made(), made(replace(book, reports=(*book.reports, future)))
    assert now_only.setting.belief == pytest.approx(with_future.setting.belief)


def test_the_money_curve_of_the_partys_own_deadline_goes_through_the_printed_answer():
    found = told()
    curve = next(curve for curve in found.curves if curve.deadline == found.terms.deadline)
    own = next(point for point in curve.points if point.money == found.terms.budget)
    assert own.mean == pytest.approx(found.assessment.mean, abs=0.002)
    assert own.low == pytest.approx(found.assessment.low, abs=0.01)
    assert own.high == pytest.approx(found.assessment.high, abs=0.01)


def test_rounding_of_money_is_told_beside_the_printed_answer():
    found = told()
    assert found.low_money == found.assessment.mean
    assert found.high_money >= found.low_money


def test_what_would_let_us_speak_comes_first_when_we_do_not_know():
    book = little_book()
    old = tuple(replace(r, observed_at=datetime(2030, 3, 1, tzinfo=UTC), received_at=datetime(2030, 3, 1, tzinfo=UTC))
                for r in book.reports)
    stale = told(replace(book, reports=old))
    assert stale.worth[0].sentence == "A new first-hand report from NEAR: the newest one no longer holds."
    dark = told(replace(book, priors=tuple(p for p in book.priors if p.mode != "boat"),
                        outcomes=tuple(o for o in book.outcomes if o.leg != "ROW")))
    assert dark.worth[0].kind == "lets_us_speak"
    assert "boat" in dark.worth[0].sentence
    assert all(row.kind != "lets_us_speak" for row in told().worth)


@pytest.mark.parametrize(("floor", "says"), [(None, False), (0.5, False), (0.9, True)])
def test_the_floor_is_held_against_the_low_end_and_hides_nothing(floor, says):
    found = told(asked=terms(floor=floor))
    assert found.assessment.low > 0.5
    assert found.assessment.low < 0.9
    assert any("second person must approve" in warning for warning in found.warnings) == says
    assert found.tree == told().tree


def test_a_floor_is_not_reached_by_what_is_not_known():
    later = datetime(2040, 5, 1, 6, tzinfo=UTC)
    asked = terms(depart_from=date(2040, 5, 1), deadline=date(2040, 5, 13), floor=0.01)
    assert any("not known to be reached" in warning for warning in told(asked=asked, now=later).warnings)


def test_nothing_is_called_a_judgement_where_nobody_judged():
    book = replace(little_book(), priors=(), waiting_loss=(), outcomes=())
    found = told(book)
    assert found.assessment.state is Knowledge.UNKNOWN
    assert any("there is neither" in row.sentence for row in found.worth)
    assert not any("rests mostly on judgement" in row.sentence for row in found.worth)


def test_a_leg_that_costs_more_than_can_be_counted_is_only_not_affordable():
    book = little_book()
    dear = replace(book, legs=(replace(book.legs[0], cost=usd(300_000)), *book.legs[1:]))
    assert told(dear).assessment.state is not None
    assert isinstance(answer(network_of(dear), replace(PARTY, size=200), terms(), now=NOW, asked=QUICK), Answer | Refused)


def test_what_would_change_is_compared_within_one_condition():
    """Two less likely conditions that agree must not make the likeliest one look like a change."""
    from waystation.planning.explain import _turning_factor, _usual, first_action

    plan_ = made()
    policy = plan_.surface.policy.copy()
    here = plan_.setting.start
    likeliest = int(np.argmax(plan_.setting.belief))
    assert _usual(plan_) == policy[0, here, likeliest, plan_.model.budget]
    nothing = np.zeros(0, np.int32)  # no danger is touched, so none can turn the advice
    assert _turning_factor(plan_, nothing, 8.0) is None
    turned = replace(plan_, chain=replace(plan_.chain, action=np.zeros_like(plan_.chain.action)))
    assert first_action(turned) != _usual(turned)
    assert _turning_factor(turned, nothing, 8.0) is None


def test_nothing_is_said_of_more_money_that_was_not_looked_at():
    from waystation.planning.explain import _by_money
    from waystation.planning.front import deadlines

    plan_ = made()
    own = tuple(d for d in deadlines(plan_) if d.day == plan_.setting.terms.deadline)
    same = tuple(replace(d, setting=plan_.setting) for d in own)
    assert any("Up to" in c.sentence or "more:" in c.sentence for c in _by_money(plan_, own))
    assert not any("Up to" in c.sentence for c in _by_money(plan_, same))


def test_no_number_is_told_of_a_day_on_which_nothing_was_known():
    after = little_book()
    before = replace(after, priors=(), waiting_loss=(), outcomes=())
    assert told(before).assessment.state is Knowledge.UNKNOWN
    found = answer(network_of(after), PARTY, terms(), now=NOW, asked=QUICK, against=network_of(before))
    assert isinstance(found, Answer)
    assert found.assessment.state is Knowledge.THIN
    assert any(sentence.startswith("The danger of") for sentence in found.learnt)
    assert not any("of 100" in sentence for sentence in found.learnt)


def test_a_plan_that_stays_speaks_of_what_lies_next_to_the_start():
    # Losses weigh a hundred times an arrival: nobody leaves, nothing is met, and the state is that of the legs here.
    from waystation.planning.knowledge import ground

    found = made(asked=terms(penalty=100.0))
    base = ground(found)
    met = {found.posterior.leaves[leaf].mode for leaf in np.flatnonzero(base.weight)}
    assert found.ends.stopped == pytest.approx(1.0)
    assert base.loss == 0
    assert met == {"foot", "car"}
    assert base.weight.sum() == pytest.approx(1.0)


def test_seasons_before_departure_are_those_of_their_own_months():
    from waystation.network.rows import ChainRow, Season

    book = little_book()
    seasons = (Season("cool", 11, 5), Season("hot", 6, 10))
    chains = tuple(replace(row, season=season.name, share=row.share if season.name == "hot" else
                           {("calm", "calm"): 0.5, ("calm", "alert"): 0.5, ("alert", "calm"): 0.5,
                            ("alert", "alert"): 0.5}[row.from_condition, row.to_condition])
                   for row in book.chains for season in seasons)
    assert all(isinstance(row, ChainRow) for row in chains)
    split = replace(book, book=replace(book.book, seasons=seasons), chains=chains)
    net = network_of(split)
    asked = setting(net, *answer_parts(net, now=NOW), PARTY, terms(depart_from=date(2030, 6, 1), deadline=date(2030, 6, 13)),
                    now=NOW)
    assert asked.lead == 62
    assert set(asked.seasons[:asked.lead]) == {0}
    assert set(asked.model.season_of) == {1}
    drawn = worlds(asked, answer_parts(net, now=NOW)[0], draws=50, seed=1)
    assert drawn.futures.season_of[0] == 0
