"""The four states of knowledge: a table of cases at and around every threshold, and what each state withholds."""

from dataclasses import fields, replace
from datetime import date

import numpy as np
import pytest

from waystation.planning.knowledge import Ground, _weighted_median, state_of, withheld
from waystation.planning.results import Assessment, Ends, Knowledge, PriorNamed, Sensitivity

MEASURED = {"own": 0.5, "pooled": 0.3, "n": 200, "n_eff": 150.0}
U, P, T, M = Knowledge.UNKNOWN, Knowledge.PRIOR_ONLY, Knowledge.THIN, Knowledge.MEASURED

CASES = [
    # unnamed share of the loss
    ({"unnamed": 0.0}, M), ({"unnamed": 0.099}, M), ({"unnamed": 0.10}, U), ({"unnamed": 1.0}, U),
    # start area's report
    ({"stale": False}, M), ({"stale": True}, U),
    # width of the interval
    ({"width": 0.0}, M), ({"width": 0.49}, M), ({"width": 0.50}, M), ({"width": 0.501}, U), ({"width": 1.0}, U),
    # prior share with answers that turn
    ({"own": 0.04, "pooled": 0.02, "moves": 0.5}, P), ({"own": 0.03, "pooled": 0.02, "moves": 0.151}, U),
    ({"own": 0.03, "pooled": 0.02, "moves": 0.15}, P), ({"own": 0.0, "pooled": 0.0, "moves": 0.16}, U),
    ({"own": 0.0, "pooled": 0.0, "moves": 0.0}, P), ({"moves": 0.9}, M),
    # regime breaks
    ({"broken": 0.0}, M), ({"broken": 0.099}, M), ({"broken": 0.1}, U), ({"broken": 0.9}, U),
    # comparable traversals
    ({"n": 0}, P), ({"n": 19}, P), ({"n": 20}, M), ({"n": 20, "n_eff": 20.0}, T),
    # prior share alone
    ({"own": 0.15, "pooled": 0.05}, T), ({"own": 0.19, "pooled": 0.0}, P), ({"own": 0.2, "pooled": 0.0}, T),
    ({"own": 0.1, "pooled": 0.09}, P), ({"own": 0.49, "pooled": 0.0}, T), ({"own": 0.5, "pooled": 0.0}, M),
    ({"own": 0.25, "pooled": 0.25}, M),
    # effective record
    ({"n_eff": 0.0}, T), ({"n_eff": 99.9}, T), ({"n_eff": 100.0}, M), ({"n_eff": 1e6}, M),
    # the worst of several holds
    ({"stale": True, "n": 0}, U), ({"unnamed": 0.5, "n_eff": 1e6}, U), ({"n": 0, "n_eff": 1e6}, P),
    ({"n": 5, "own": 0.9, "pooled": 0.1}, P), ({"width": 0.6, "own": 0.9, "pooled": 0.1}, U),
]


def ground(**case):
    given = MEASURED | case
    own, pooled = given["own"], given["pooled"]
    return Ground(np.array([1.0]), 0.2, np.array([own, pooled, 1 - own - pooled]), given["n"], given["n_eff"], 30.0,
                  given.get("unnamed", 0.0), given.get("broken", 0.0))


@pytest.mark.refuses("H-27")
@pytest.mark.parametrize(("case", "state"), CASES)
def test_state(case, state):
    found, reasons = state_of(ground(**case), stale=case.get("stale", False), width=case.get("width", 0.1),
                              moves=case.get("moves", 0.0))
    assert found is state
    assert reasons, "every state says why"


def test_all_forty_cases_are_there():
    assert len(CASES) >= 40
    assert {state for _, state in CASES} == set(Knowledge)


FULL = Assessment(U, ("because",), 0.8, 0.7, 0.9, 0.75, 0.5, 0.3, 0.2, 31, 40, Ends(0.8, 0.1, 0.05, 0.05, 0, 0), 0.05,
                  (Sensitivity("twice", 0.7),), (PriorNamed("a", date(2030, 1, 1), "b", "foot", 0.4),))


def numbers(assessment):
    """Every number an assessment carries, wherever it stands."""
    found = [value for field in fields(assessment) if isinstance(value := getattr(assessment, field.name), float | int)]
    found += [row.mean for row in assessment.sensitivity if row.mean is not None]
    found += [prior.share for prior in assessment.priors if prior.share is not None]
    return found + ([assessment.ends] if assessment.ends else [])


@pytest.mark.refuses("H-27")
@pytest.mark.parametrize("show", [False, True])
def test_unknown_carries_no_number_even_on_request(show):
    assert numbers(withheld(FULL, show_expert=show)) == []


def test_expert_judgement_alone_shows_its_interval_on_request_only():
    only = replace(FULL, state=P)
    assert numbers(withheld(only, show_expert=False)) == []
    assert numbers(withheld(only, show_expert=True)) == [0.7, 0.9]


@pytest.mark.parametrize("state", [T, M])
def test_what_is_known_is_said_in_full(state):
    assert withheld(replace(FULL, state=state), show_expert=False) == replace(FULL, state=state)


def test_the_plans_record_is_that_of_its_darker_half():
    # Half of the danger is on strata with 3 records or fewer: one well-known stratum must not hide that.
    assert _weighted_median(np.array([1000.0, 3.0, 2.0]), np.array([0.5, 0.3, 0.2])) == 3.0
    assert _weighted_median(np.array([5.0]), np.array([1.0])) == 5.0
