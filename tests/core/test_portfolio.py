"""A proposal is the best of all sets, by trying them all; its bound holds, and what does not fit is explained."""

import dataclasses

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from waystation import worlds
from waystation.portfolio import question
from waystation.portfolio import select as selecting
from waystation.portfolio.limits import Kind, Out
from waystation.portfolio.missions import Caps, Mission, Variant
from waystation.portfolio.missions_file import read_missions
from waystation.portfolio.question import LimitPassed
from waystation.portfolio.select import select
from waystation.portfolio.solver import Ended, Found, How, best, program
from worlds.months import SCENARIOS, SEED, every_set, months

SLOWLY = settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
NEAR = 1e-6


def proposed(month, caps, **how):
    return select(month, caps, scenarios=SCENARIOS, seed=SEED, **how)


def fits(tried, but=()):
    return all(over <= NEAR for kind, over in tried.over.items() if kind not in but)


def of(month, caps, chosen):
    return next(one for one in every_set(month, caps) if one.codes == frozenset(chosen.missions))


def short(choice):
    return sum(people for _, _, people in choice.unmet)


@pytest.fixture(scope="module")
def river():
    return read_missions(worlds.month("river", "missions"), worlds.month("river", "caps"))


# --- the best of all sets ------------------------------------------------------------------------------------------


@pytest.mark.proves("S001-50")
@SLOWLY
@given(months())
def test_a_proposal_is_the_best_of_all_sets(asked):
    month, caps = asked
    made = proposed(month, caps)
    able = [one for one in every_set(month, caps) if fits(one)]
    fewest = min(one.short for one in able)
    most = max(one.arriving for one in able if one.short == fewest)
    assert made.ended is Ended.PROVEN
    assert (short(made.chosen), round(1000 * made.chosen.arriving)) == (fewest, most)
    assert (made.bound, made.gap) == (made.chosen.arriving, 0)
    same = of(month, caps, made.chosen)
    assert fits(same)
    assert made.chosen.bad_case * 1000 == pytest.approx(same.bad, abs=NEAR)


@SLOWLY
@given(months())
def test_the_runner_up_is_the_best_of_the_rest(asked):
    month, caps = asked
    made = proposed(month, caps, alternatives=2)
    chosen = frozenset(made.chosen.missions)
    cut, ranked = [chosen], []
    rest = [one for one in every_set(month, caps) if fits(one) and one.short <= short(made.chosen)]
    for other in made.alternatives:
        rest = [one for one in rest if not one.codes <= cut[-1]]
        assert round(1000 * other.arriving) == max(one.arriving for one in rest)
        ranked.append(other.arriving)
        cut.append(frozenset(other.missions))
    assert ranked == sorted(ranked, reverse=True)
    if len(made.alternatives) < 2:
        assert [one for one in rest if not one.codes <= cut[-1]] == []


@SLOWLY
@given(months())
def test_the_front_goes_from_the_proposal_to_the_most_people_of_great_need(asked):
    month, caps = asked
    made = proposed(month, caps, alternatives=0)
    able = [one for one in every_set(month, caps) if fits(one) and one.short <= short(made.chosen)]
    points = [of(month, caps, point) for point in made.front]
    for point in points:
        assert point.arriving == max(one.arriving for one in able if one.in_need >= point.in_need)
    most = max(one.in_need for one in able)
    assert max(point.in_need for point in [of(month, caps, made.chosen), *points]) == most
    assert len(points) < 5


@SLOWLY
@given(months())
def test_what_it_costs_to_take_somebody_in_is_asked_of_all_sets(asked):
    month, caps = asked
    made = proposed(month, caps, alternatives=0)
    able = [one for one in every_set(month, caps) if fits(one) and one.short <= short(made.chosen)]
    for one in made.waiting:
        with_them = [tried.arriving for tried in able if any(mission == one.mission for mission, _ in tried.codes)]
        assert one.cannot_be_taken == (not with_them)
        if with_them:
            assert round(1000 * one.if_taken.arriving) == max(with_them)
    assert {one.mission for one in made.waiting} | {mission for mission, _ in made.chosen.missions} == {one.code for one in month.missions}


@SLOWLY
@given(months(), st.sampled_from((0.05, 0.3)))
def test_with_a_gap_the_bound_is_still_above_every_set(asked, gap):
    month, caps = asked
    made = proposed(month, caps, gap=gap, explain=False)
    best_of_all = max(one.arriving for one in every_set(month, caps) if fits(one) and one.short <= short(made.chosen)) / 1000
    assert made.chosen.arriving <= best_of_all + NEAR
    assert best_of_all <= made.bound + NEAR
    assert made.gap <= gap + NEAR


# --- what does not fit ---------------------------------------------------------------------------------------------


def least_by_kind(tried, kinds):
    """By kind: the least that it alone would have to give, of all sets; kinds that are not enough alone are left out."""
    found = {}
    for kind in kinds:
        enough = [one.over[kind] for one in tried if fits(one, but=(kind,))]
        if enough:
            found[kind] = min(enough)
    return found


def checked_reliefs(made, tried):
    """Every relief is the least of its kind; where none is enough alone, the one that is told lets a set through."""
    alone = least_by_kind(tried, next(iter(tried)).over)
    told = {str(one.wider[0].kind): sum(limit.over for limit in one.wider) * (1000 if one.wider[0].kind is Kind.BAD_CASE else 1)
            for one in made.reliefs}
    if alone:
        assert told == pytest.approx(alone, abs=NEAR * 10)
        assert all(len({limit.kind for limit in one.wider}) == 1 for one in made.reliefs)
    else:
        (only,) = made.reliefs
        assert len({limit.kind for limit in only.wider}) > 1
        given_ = {}
        for limit in only.wider:
            given_[str(limit.kind)] = given_.get(str(limit.kind), 0) + limit.over * (1000 if limit.kind is Kind.BAD_CASE else 1)
        assert any(all(over <= given_.get(kind, 0) + NEAR * 10 for kind, over in one.over.items()) for one in tried)
    assert all(one.least for one in made.reliefs)


@pytest.mark.proves("S001-50")
@SLOWLY
@given(months(must=True))
def test_those_who_must_be_taken_and_do_not_fit_are_told_what_would_have_to_give(asked):
    month, caps = asked
    tried = list(every_set(month, caps))
    assume(not any(map(fits, tried)))
    made = proposed(month, caps)
    assert made.ended is Ended.IMPOSSIBLE
    assert made.chosen is None
    if tried:
        assert made.shut == ()
        checked_reliefs(made, tried)
    else:
        assert made.reliefs == ()
        assert {one.mission for one in made.shut} == {
            one.code for one in month.missions if one.code in caps.take
            and all(way.arrives is None or way.low < caps.safety_floor for way in one.variants)}


@pytest.mark.proves("S001-50")
@SLOWLY
@given(months())
def test_a_floor_that_cannot_be_kept_is_told_what_would_have_to_give(asked):
    month, caps = asked
    made = proposed(month, caps, alternatives=0)
    assume(made.chosen.unmet)
    checked_reliefs(made, [one for one in every_set(month, caps) if one.short == 0])


def test_the_river_month_says_what_would_have_to_give_and_giving_it_is_enough(river):
    month, caps = river

    def told(**change):
        made = select(month, dataclasses.replace(caps, **change), seed=7)
        return made, [[(one.kind, one.name, one.week, one.over) for one in relief.wider] for relief in made.reliefs]

    three, all_but_one = frozenset({"M1", "M3", "M4"}), frozenset({"M1", "M2", "M3", "M4", "M6"})
    assert told(take=three)[1] == [[(Kind.HOUSE, "BARN", 2, 3)]]
    assert told(take=three, houses={**caps.houses, "BARN": (6, 8, 6, 0)})[0].ended is Ended.IMPOSSIBLE
    assert told(take=three, houses={**caps.houses, "BARN": (6, 9, 6, 0)})[0].ended is Ended.PROVEN
    assert told(take=all_but_one)[1] == [[(Kind.BUDGET, "", 0, 600), (Kind.GUIDE, "HERON", 1, 1), (Kind.HOUSE, "BARN", 2, 3)]]
    given_ = {"budget": 9600, "guides": {**caps.guides, "HERON": (2, 1, 1, 1)}, "houses": {**caps.houses, "BARN": (6, 9, 6, 0)}}
    assert told(take=all_but_one, **given_)[0].ended is Ended.PROVEN
    assert told(take=all_but_one, **given_ | {"budget": 9599})[1] == [[(Kind.BUDGET, "", 0, 1)]]


def test_a_mission_without_any_way_is_the_reason_itself(river):
    month, caps = river
    made = select(month, dataclasses.replace(caps, take=frozenset({"M5"})), seed=7)
    assert made.reliefs == ()
    (shut,) = made.shut
    assert [(one.variant, one.why, one.short) for one in shut.out] == [("ferry", Out.BELOW_FLOOR, 120), ("hills", Out.UNKNOWN, 0)]
    let_in = select(month, dataclasses.replace(caps, take=frozenset({"M5"}), let_in=frozenset({("M5", "ferry")})), seed=7)
    assert ("M5", "ferry") in let_in.chosen.missions


# --- limits one by one ---------------------------------------------------------------------------------------------


@pytest.mark.proves("S001-50")
def test_a_cap_on_exposure_spreads_people_over_weeks_and_areas(river):
    month, caps = river
    free = select(month, dataclasses.replace(caps, exposure={}), seed=7)
    capped = select(month, dataclasses.replace(caps, exposure={"BANK": 3}), seed=7)
    tight = select(month, dataclasses.replace(caps, exposure={"BANK": 0}), seed=7)

    def passing(made):
        return [mission for mission, way in made.chosen.missions if way == "ferry"]

    assert passing(free)
    assert passing(tight) == []
    assert sum(one.size for one in month.missions if one.code in passing(capped)) <= 3
    assert free.chosen.arriving >= capped.chosen.arriving >= tight.chosen.arriving


@pytest.mark.proves("S001-50")
def test_a_floor_goes_before_the_number_of_people(river):
    month, caps = river
    free = select(month, dataclasses.replace(caps, floors={}), seed=7)
    held = select(month, dataclasses.replace(caps, floors={"children": 100}), seed=7)
    assert held.chosen.arriving < free.chosen.arriving
    assert held.chosen.unmet == ()
    assert {"M1", "M3"} <= {mission for mission, _ in held.chosen.missions}  # both with children


def test_a_cap_on_the_bad_case_holds_and_costs_people(river):
    month, caps = river
    free = select(month, dataclasses.replace(caps, bad_case=None), seed=7)
    capped = select(month, dataclasses.replace(caps, bad_case=round(800 * free.chosen.bad_case)), seed=7)
    assert capped.chosen.bad_case <= 0.8 * free.chosen.bad_case + 1e-3
    assert capped.chosen.arriving < free.chosen.arriving


def test_one_step_more_is_what_asking_again_gives(river):
    month, caps = river
    made = select(month, caps, seed=7)
    again = select(month, dataclasses.replace(caps, guides={**caps.guides, "HERON": (2, 1, 1, 1)}), seed=7)
    (more,) = [one for one in made.more if one.kind is Kind.GUIDE]
    assert (more.name, more.week, more.by) == ("HERON", 1, 1)
    assert more.arriving == pytest.approx(again.chosen.arriving - made.chosen.arriving)
    assert more.arriving > 0.5


def test_the_front_has_a_point_between_and_ends_where_most_people_of_great_need_are_moved(river):
    month, _ = river

    def party(code, size, need, cost, arrives):
        way = Variant("way", 1, 1, cost, arrives, 400, 10, {}, {}, {}, {})
        return Mission(code, size, need, (way,), {})

    four = (party("A", 6, 1, 6, 900), party("B", 1, 5, 2, 900), party("C", 3, 5, 6, 500), party("D", 4, 1, 4, 900))
    little = Caps(budget=6, guides={}, houses={}, purses={}, exposure={}, floors={})
    made = select(dataclasses.replace(month, missions=four), little)
    assert [[mission for mission, _ in one.missions] for one in (made.chosen, *made.front)] == [["A"], ["B", "D"], ["C"]]


# --- the answer itself ---------------------------------------------------------------------------------------------


@SLOWLY
@given(months())
def test_both_ways_to_write_the_bad_case_agree(asked):
    month, caps = asked
    asked_ = question.question(month, dataclasses.replace(caps, bad_case=caps.bad_case or 500), scenarios=SCENARIOS, how=How(seed=SEED))
    plain = program(asked_.options, asked_.limits, asked_.floors, lost=asked_.lost, most_lost=asked_.caps.bad_case, factored=False)
    one, other = (best(rows, asked_.gains(), How()) for rows in (asked_.program, plain))
    assert one.value == pytest.approx(other.value, abs=0.5)


def test_the_same_question_has_the_same_answer_in_any_order(river):
    month, caps = river
    turned = dataclasses.replace(caps, guides=dict(reversed(caps.guides.items())), floors=dict(reversed(caps.floors.items())))
    assert select(month, caps, seed=7) == select(month, turned, seed=7)


def test_a_month_of_which_nothing_is_known_proposes_nobody(river):
    month, caps = river
    dark = [dataclasses.replace(one, variants=tuple(dataclasses.replace(way, arrives=None, low=None) for way in one.variants))
            for one in month.missions]
    made = select(dataclasses.replace(month, missions=tuple(dark)), dataclasses.replace(caps, floors={}, bad_case=None), seed=7)
    assert (made.ended, made.chosen.missions, made.bound) == (Ended.PROVEN, (), 0.0)
    assert {one.mission for one in made.waiting} == {one.code for one in month.missions}
    assert all(one.cannot_be_taken for one in made.waiting)


def test_a_set_that_passes_a_limit_is_never_shown(river, monkeypatch):
    month, caps = river
    everything = frozenset((one.code, one.variants[0].code) for one in month.missions if one.code != "M5")
    monkeypatch.setattr(question, "best", lambda *_, **__: Found(Ended.PROVEN, everything, 1e6, 1e6))
    with pytest.raises(LimitPassed, match="budget"):
        select(month, caps, seed=7)


def test_what_time_ended_says_how_much_better_a_set_could_be(river, monkeypatch):
    month, caps = river
    honest = question.best

    def out_of_time(program_, objective, how, **rest):
        found = honest(program_, objective, how, **rest)
        return found if rest.get("least") else dataclasses.replace(found, ended=Ended.STOPPED, bound=found.value + 1000)

    monkeypatch.setattr(question, "best", out_of_time)
    made = select(month, caps, seed=7, explain=False)
    assert made.ended is Ended.STOPPED
    assert made.bound == pytest.approx(made.chosen.arriving + 1)
    assert made.gap == pytest.approx(1 / made.bound)
    monkeypatch.setattr(question, "best", lambda *_, **__: Found(Ended.STOPPED, None, 0.0, float("inf")))
    nothing = select(month, caps, seed=7)
    assert (nothing.chosen, nothing.ended) == (None, Ended.STOPPED)
    assert nothing.bound == selecting._most(question.question(month, caps, scenarios=9, how=How()))
