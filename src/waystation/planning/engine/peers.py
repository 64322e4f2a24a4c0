"""The same decision process for general solvers: Storm and QuantEcon, as rivals in the benchmark and judges in tests.

A general solver knows no legs that last several steps. So the party on its way is a state too: (to, steps left) between
areas, (to, steps left, condition) inside one; each step of time is one transition. Time and money are then two costs of
a small process (Storm), or money is part of the state and time the horizon (QuantEcon). This holds for models whose
numbers do not change with time. Neither peer is needed to plan; each is imported here, when asked for, if installed.
(Hartmanns, Junges, Katoen, Quatmann, Multi-cost bounded reachability in MDP, TACAS 2018.)
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from warnings import catch_warnings, simplefilter

import numpy as np

from waystation.planning.mdp import Model

State = tuple[Any, ...]
SAFE, DEAD = ("safe",), ("dead",)
Row = dict[State, float]
Choice = tuple[float, float, Row]  # time, money, successors


def installed(peer: str) -> bool:
    """Whether the peer can be imported: `stormpy` or `quantecon`.

    >>> installed("no_such_solver")
    False
    """
    return find_spec(peer) is not None


@dataclass(slots=True)
class Process:
    """An explicit process: for each state its choices, each with two costs (time, money) and a row of successors."""

    states: dict[State, int] = field(default_factory=dict)
    choices: list[list[Choice]] = field(default_factory=list)

    def transitions(self) -> int:
        """Number of entries of the transition matrix."""
        return sum(len(row) for choices in self.choices for _, _, row in choices)


def _spread(model: Model, row: Row, origin: tuple[int, int], leg: int, chance: float, *, back: bool) -> None:
    """Adds to `row` one step of a leg from (place, condition), arriving or turned back, with total `chance`."""
    i, c = origin
    j = i if back else int(model.dst[leg])
    same = model.area[i] == model.area[j]
    for q, d in zip(model.prof_q[model.profile[leg]], model.prof_dur[model.profile[leg]].tolist(), strict=True):
        if chance * q > 0:
            _step(model, row, ("way", j, d, c if same else -1), chance * float(q))


def _step(model: Model, row: Row, way: State, chance: float) -> None:
    """Adds to `row` the states one step of time after `way` = ("way", to, steps left, condition or -1)."""
    _, j, left, c = way
    area = int(model.area[j])
    if c < 0 and left > 1:
        _add(row, ("way", j, left - 1, -1), chance)
        return
    for after, p in enumerate((model.forecast[0, area] if c < 0 else model.chain[0, area, c]).tolist()):
        if p > 0:
            arrived: State = SAFE if model.goal[j] else ("at", j, after)
            _add(row, arrived if left == 1 else ("way", j, left - 1, after), chance * p)


def _add(row: Row, state: State, chance: float) -> None:
    row[state] = row.get(state, 0.0) + chance


def _choices(model: Model, state: State) -> list[Choice]:
    """What can be done in a state: (time, money, row)."""
    if state in (SAFE, DEAD):
        return [(0, 0, {state: 1.0})]
    row: Row = {}
    if state[0] == "way":
        _step(model, row, state, 1.0)
        return [(1, 0, row)]
    _, i, c = state
    stay = float(model.stay_value[i])
    found: list[Choice] = [(0, 0, {SAFE: stay, DEAD: 1 - stay})] if stay else []
    if model.wait_to[i] >= 0:
        lost = float(model.wait_loss[0, i, c].sum())
        _step(model, row, ("way", int(model.wait_to[i]), 1, c), 1 - lost)
        _add(row, DEAD, lost)
        found.append((1, int(model.wait_cost[i]), row))
    for leg in range(int(model.ptr[i]), int(model.ptr[i + 1])):
        row = {}
        _spread(model, row, (i, c), leg, float(model.arrive[0, leg, c]), back=False)
        _spread(model, row, (i, c), leg, float(model.back[0, leg, c]), back=True)
        _add(row, DEAD, max(0.0, 1 - sum(row.values())))
        found.append((1, int(model.cost[leg]), row))
    return found or [(0, 0, {DEAD: 1.0})]


def process_of(model: Model, *, start: int, condition: int = 0) -> Process:
    """The explicit process of a time-homogeneous model without penalties, from one place and condition.

    >>> from waystation.planning.engine.instances import model_of_instance
    >>> process = process_of(model_of_instance("S"), start=0)
    >>> len(process.states), process.transitions()
    (934, 18186)
    """
    return explore(("at", start, condition), lambda state: _choices(model, state))


def explore(first: State, choices: Callable[[State], list[Choice]]) -> Process:
    """All states that can be reached from `first`, which becomes state 0, with SAFE and DEAD always among them."""
    process, todo = Process({first: 0}), [first]
    for state in (SAFE, DEAD):
        process.states.setdefault(state, len(process.states))
        todo.append(state)
    for state in todo:
        found = choices(state)
        process.choices.append(found)
        for _, _, row in found:
            for after in row:
                if after not in process.states:
                    process.states[after] = len(process.states)
                    todo.append(after)
    return process


def storm_query(process: Process, *, steps: int, budget: int) -> Callable[[], float]:
    """A call that lets Storm answer one question: the best chance of safety within `steps` and `budget`.

    Building the model is done here and is not part of the call.
    """
    mdp = storm_model(process, {"time": 0, "money": 1})
    question = f'Pmax=? [F{{"time"}}<={steps},{{"money"}}<={budget} "safe"]'
    return storm_call(mdp, question)


def storm_call(mdp: Any, question: str) -> Callable[[], float]:
    """A call that checks one property of a Storm model and returns its value at the first state."""
    stormpy, developer = import_module("stormpy"), import_module("stormpy.developer")
    asked = developer.parse_properties(question)[0]
    return lambda: float(stormpy.model_checking(mdp, asked, only_initial_states=True).get_value(0))


def storm_model(process: Process, costs: dict[str, int]) -> Any:
    """The process as a Storm MDP; `costs` names reward models and which number of a choice (0 or 1) each takes."""
    storage = import_module("stormpy.developer.storage")
    entries = process.transitions()
    rows = sum(len(choices) for choices in process.choices)
    builder = storage.SparseMatrixBuilder[float](
        rows=rows, columns=len(process.states), entries=entries, force_dimensions=True,
        has_custom_row_grouping=True, row_groups=len(process.states))
    at, paid = 0, np.zeros((2, rows))
    for choices in process.choices:
        builder.new_row_group(at)
        for time, money, row in choices:
            for column, p in sorted((process.states[after], p) for after, p in row.items()):
                builder.add_next_value(at, column, p)
            paid[:, at] = time, money
            at += 1
    labels = storage.StateLabeling(len(process.states))
    for name, state in (("init", 0), ("safe", process.states[SAFE])):
        labels.add_label(name)
        labels.add_label_to_state(name, state)
    rewards = {name: storage.SparseRewardModel[float](optional_state_action_reward_vector=paid[which].tolist())
               for name, which in costs.items()}
    return storage.SparseMdp[float](storage.SparseModelComponents[float](
        transition_matrix=builder.build(), state_labeling=labels, reward_models=rewards))


def with_money(process: Process, *, budget: int) -> Process:
    """The process with the money left as part of the state; unaffordable choices are gone.

    >>> from waystation.planning.engine.instances import model_of_peer
    >>> len(with_money(process_of(model_of_peer(), start=0), budget=10).states)
    10218
    """
    names = list(process.states)

    def choices(state: State) -> list[Choice]:
        if state in (SAFE, DEAD):
            return [(0, 0, {state: 1.0})]
        inner, money = state
        found: list[Choice] = []
        for time, cost, row in process.choices[process.states[inner]]:
            if cost <= money:
                left: Row = {}
                for after, p in row.items():
                    _add(left, after if after in (SAFE, DEAD) else (after, money - cost), p)
                found.append((time, 0, left))
        if not found:
            found.append((0, 0, {DEAD: 1.0}))
        return found

    return explore((names[0], budget), choices)


def quantecon_query(process: Process, *, steps: int) -> Callable[[], float]:
    """A call that lets QuantEcon do backward induction over `steps` on a process that has money in its states.

    Every choice takes one step, so places where staying has a value of its own are not allowed.
    """
    sparse, markov = import_module("scipy.sparse"), import_module("quantecon.markov")
    at, owner, columns, chances, ends = 0, [], [], [], [0]
    for state, choices in enumerate(process.choices):
        for _, _, row in choices:
            owner.append(state)
            columns += [process.states[after] for after in row]
            chances += list(row.values())
            ends.append(len(columns))
            at += 1
    matrix = sparse.csr_matrix((chances, columns, ends), shape=(at, len(process.states)))
    owners = np.array(owner)
    local = np.arange(at) - np.searchsorted(owners, owners)
    with catch_warnings():
        simplefilter("ignore", UserWarning)  # it warns that without discount only finite horizons work; ours is finite
        ddp = markov.DiscreteDP(np.zeros(at), matrix, 1.0, owners, local)
    final = np.zeros(len(process.states))
    final[process.states[SAFE]] = 1.0
    return lambda: float(markov.backward_induction(ddp, steps, final)[0][0, 0])
