"""What a report is worth, against brute force: the planner's model is made anew under each report that could come, and solved by loops."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from naive import choices, solve_by_loops

from waystation.hazards.posterior import fit
from waystation.network.build import network_of
from waystation.network.defaults import DEFAULTS
from waystation.planning.engine.kernels import solve
from waystation.planning.information import worth_knowing
from waystation.planning.plan import Plan, plan
from waystation.planning.results import Refused
from waystation.planning.setting import setting
from waystation.trust.truth import beliefs
from waystation.units import MoneyUnit
from worlds.little import NOW, PARTY, little_book, terms, usd


def first_action(made: Plan, believed: tuple) -> float:
    """The best first action if the areas are believed so: the question asked again from the beginning, solved by loops."""
    own = made.setting
    asked = setting(own.net, made.posterior, believed, own.party, own.terms, now=own.now)
    assert not isinstance(asked, Refused)
    model, b = asked.model, asked.model.budget
    value, _ = solve_by_loops(model)
    actions: dict[int, float] = {-1: float(model.stay_value[asked.start])}
    for c, chance in enumerate(asked.belief):
        for action, (penalty, after) in choices(model, (0, asked.start, c, b)).items():
            worth = sum(p * value[state] for p, state in after) - penalty
            actions[action] = actions.get(action, 0.0) + chance * worth
    return max(actions.values())


def brute_force(made: Plan, area: int, grade: str) -> float:
    """Arrivals of 100 that one more report on an area is worth: over what it may say, what would be done then, less what is done now."""
    weight = DEFAULTS.w_source[grade[0]] * DEFAULTS.w_credibility[int(grade[1])]
    here, count = made.beliefs[area].p, len(made.beliefs[area].p)
    worth = 0.0
    for said in range(count):
        joint = [here[true] * ((weight if said == true else 0.0) + (1 - weight) / count) for true in range(count)]
        chance = sum(joint)
        after = replace(made.beliefs[area], p=np.array(joint) / chance)
        worth += chance * first_action(made, tuple(after if a == area else b for a, b in enumerate(made.beliefs)))
    return 100 * (worth - first_action(made, made.beliefs))


def asked_of(*, claim="calm", told="NEAR", hours=10, ride=60, car=30.0, days=4, lead=0, penalty=0.0, stay=0) -> Plan:
    """A plan on the little book, where the car is safe in calm and not on alert, the boat as well, and the whole way on foot is neither."""
    book = little_book()
    seen = NOW - timedelta(hours=hours)
    likely = {("foot", "calm"): 12.0, ("foot", "alert"): 13.0, ("car", "calm"): 2.0, ("car", "alert"): car,
              ("boat", "calm"): 2.0, ("boat", "alert"): 30.0}
    priors = tuple(replace(prior, most_likely=likely[prior.mode, prior.condition], surely_below=2 * likely[prior.mode, prior.condition])
                   if prior.split == "lost" else prior for prior in book.priors)
    net = network_of(replace(
        book, book=replace(book.book, unit=MoneyUnit(Decimal(50), "USD")), priors=priors, outcomes=(),
        reports=(replace(book.reports[0], area=told, conditions=frozenset({claim}), observed_at=seen, received_at=seen),),
        legs=tuple(replace(leg, profile="DAY", cost=usd(ride if leg.code == "RIDE" else 0), status="open", reason="",
                           mode="foot" if leg.code == "MINED" else leg.mode) for leg in book.legs if leg.code != "WALK"),
        places=tuple(replace(place, max_wait={"FORD": stay, "HERE": stay}.get(place.code, place.max_wait)) for place in book.places)))
    leaves = date(2030, 5, 1) + timedelta(days=lead)
    terms_ = terms(depart_from=leaves, deadline=leaves + timedelta(days=days), budget=usd(250), penalty=penalty)
    made = plan(net, fit(net, now=NOW), beliefs(net, now=NOW), PARTY, terms_, now=NOW)
    assert isinstance(made, Plan)
    return made


@settings(max_examples=8, deadline=None, derandomize=True)
@given(claim=st.sampled_from(("calm", "alert")), told=st.sampled_from(("NEAR", "FAR")), hours=st.integers(0, 60),
       ride=st.sampled_from((20, 60, 120)), car=st.sampled_from((4.0, 15.0, 30.0)), days=st.integers(4, 5),
       lead=st.integers(0, 1),
       penalty=st.sampled_from((0.0, 1.0)), stay=st.sampled_from((0, 0, 2)),
       grade=st.sampled_from(("A1", "B2", "C3")))
def test_the_worth_of_a_report_is_that_of_brute_force(grade, **given):
    made = asked_of(**given)
    value = solve(made.model, start=made.setting.start, keep_value=True).value
    rows = [row for row in worth_knowing(made, value, 0.0, grade=grade) if row.kind == "changes_decision"]
    assert rows and [row.changes_decision for row in rows] == sorted((row.changes_decision for row in rows), reverse=True)
    for row in rows:
        twin = brute_force(made, made.setting.net.areas.index(row.area), grade)
        assert abs(row.changes_decision - max(0.0, twin)) < 1e-7  # of 100: 1e-9 of one


@pytest.mark.parametrize(("area", "given"), [("NEAR", {"claim": "alert", "hours": 24}), ("FAR", {"claim": "alert", "told": "FAR"})])
def test_a_report_that_turns_the_first_step_is_worth_something_and_its_row_says_so(area, given):
    made = asked_of(days=5, penalty=1.0, **given)
    value = solve(made.model, start=made.setting.start, keep_value=True).value
    rows = {row.area: row for row in worth_knowing(made, value, 0.0, grade="A1") if row.kind == "changes_decision"}
    twin = brute_force(made, made.setting.net.areas.index(area), "A1")
    assert twin > 0.2 and abs(rows[area].changes_decision - twin) < 1e-7
    assert rows[area].sentence.endswith("could change what is done first.")
