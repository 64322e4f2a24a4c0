"""What an answer about one leg is worth, against brute force: each group solved anew by loops; and what should be asked is."""

from dataclasses import replace

import numpy as np
import pytest
from naive import choices, solve_by_loops
from test_information import asked_of

from waystation.planning.asking import ANSWER, DRAWS, GROUPS, SEED, worths_of_legs
from waystation.planning.engine.kernels import solve
from waystation.planning.information import worth_knowing
from waystation.planning.setting import Hazards, with_hazards


def first_step_by_loops(asked, hazards) -> float:
    """The best first action at these dangers, by loops."""
    model = with_hazards(asked, hazards)
    value, _ = solve_by_loops(model)
    actions: dict[int, float] = {-1: float(model.stay_value[asked.start])}
    for c, chance in enumerate(asked.belief):
        for action, (penalty, after) in choices(model, (0, asked.start, c, model.budget)).items():
            worth = sum(p * value[state] for p, state in after) - penalty
            actions[action] = actions.get(action, 0.0) + chance * worth
    return max(actions.values())


def brute_force(made, leg: str) -> float:
    """Five groups of sixty draws, shrunk by what two events leave unknown, ordered by the mean danger of the leg."""
    found, asked = made.posterior, made.setting
    drawn = found.draws(DRAWS, np.random.default_rng(SEED))
    leaves = sorted({i for i, leaf in enumerate(found.leaves) if leaf.leg == leg and leaf.kind == "leg"})
    believed = {}
    for name, mean, draws, size in (("lost", found.lost, drawn.lost, found.ess[:, 0]), ("back", found.back, drawn.back, found.ess[:, 1])):
        believed[name] = [[min(0.95, max(0.0, float(
            mean[i] + (ANSWER / (ANSWER + mean[i] * size[i])) ** 0.5 * (draws[d, i] - draws[:, i].mean())))) for i in leaves]
            for d in range(DRAWS)]
    order = sorted(range(DRAWS), key=lambda d: np.mean(believed["lost"][d]) + np.mean(believed["back"][d]))
    worth, each = 0.0, DRAWS // GROUPS
    for group in (order[k * each:(k + 1) * each] for k in range(GROUPS)):
        lost, back = found.lost.copy(), found.back.copy()
        for at, i in enumerate(leaves):
            lost[i], back[i] = (np.mean([believed[name][d][at] for d in group]) for name in ("lost", "back"))
        worth += first_step_by_loops(asked, Hazards(lost, back, found.kind)) / GROUPS
    return worth - first_step_by_loops(asked, Hazards(found.lost, found.back, found.kind))


def surface(made):
    return solve(made.model, start=made.setting.start, keep_value=True).value


@pytest.mark.parametrize("given", [{}, {"claim": "alert", "hours": 24, "penalty": 1.0}, {"ride": 120, "stay": 2}])
def test_the_worth_of_an_answer_is_that_of_brute_force(given):
    made = asked_of(**given)
    found = worths_of_legs(made, surface(made))
    assert found and [one.value for one in found] == sorted((one.value for one in found), reverse=True)
    for one in found:
        assert one.value == pytest.approx(max(0.0, brute_force(made, one.leg)), abs=1e-9)


def test_a_leg_that_the_plan_hardly_takes_is_asked_about_first_where_it_may_be_the_better_way():
    """In the little book the way on foot is believed bad: two of a hundred take it. If it were mild it would be the best."""
    made = asked_of(car=4.0)
    setting, flow = made.setting, made.chain.leg_flow.sum((0, 2))
    share = {setting.net.legs[setting.leg_of[leg]]: flow[leg] for leg in range(len(flow))}
    best = worths_of_legs(made, surface(made))[0]
    assert best.leg == "MINED" and share["MINED"] < 0.02 and best.turns and best.value > 0.02


def test_the_answer_does_not_depend_on_how_many_solve_at_once():
    made = asked_of()
    assert worths_of_legs(made, surface(made), workers=1) == worths_of_legs(made, surface(made), workers=3)


def test_what_is_worth_asking_stands_among_the_reports_in_one_order():
    made = asked_of(claim="alert", hours=24)
    rows = [row for row in worth_knowing(made, surface(made), 0.0) if row.kind != "shrinks_interval"]
    assert any(row.kind == "leg_changes_decision" and row.sentence.startswith(f"What somebody who knows {row.area} says") for row in rows)
    assert [row.changes_decision for row in rows] == sorted((row.changes_decision for row in rows), reverse=True)


def test_nothing_is_asked_where_nothing_could_change():
    made = asked_of()
    sure = replace(made, posterior=replace(made.posterior, ess=np.full_like(made.posterior.ess, 1e12)))
    assert max(one.value for one in worths_of_legs(sure, surface(sure))) < 1e-6
