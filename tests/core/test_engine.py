"""Which solver answers, what it refuses, and the measured instances."""

import subprocess
import sys
from dataclasses import fields, replace
from types import SimpleNamespace

import numpy as np
import pytest

from oracles.solvers import NATIVE_BUILT, needs_native
from parts import needs
from waystation.planning.engine import kernels, reference
from waystation.planning.engine.compiled import NUMPY
from waystation.planning.engine.instances import SIZES, instance, model_of_instance
from waystation.planning.engine.selfcheck import small_model

DIGESTS = {"S": "6163e1fd5d845ad1", "M": "a26e19ea40b49428", "L": "6dce02f7a209bb21"}
SUMS = {"S": (31.9787842294, 43.761021144), "M": (283.044709026, 402.58410165), "L": (2763.4435056, 3958.65320592)}
SHAPES = {"S": (271, 1, 2, 7, 10), "M": (2860, 10, 25, 7, 11), "L": (28224, 100, 250, 8, 12)}
SAFE = {("S", 0): 0.925123381322, ("S", 1): 0.941132744027, ("S", 2): 0.947953120615, ("M", 0): 0.895237084967,
        ("M", 1): 0.962722957858, ("M", 2): 0.931406541067}


@pytest.fixture(autouse=True)
def fresh_choice(monkeypatch):
    """Each test chooses its solver anew, whatever the environment says."""
    monkeypatch.delenv("WAYSTATION_BACKEND", raising=False)
    kernels._native.cache_clear()
    yield
    kernels._native.cache_clear()


@pytest.mark.parametrize("size", SIZES)
def test_instances_are_the_published_ones(size):
    net = instance(SIZES[size][0])
    assert net.digest() == DIGESTS[size]
    assert (net.lost.sum(), net.back.sum()) == pytest.approx(SUMS[size], rel=1e-11)
    found = len(net.dst), net.goal.sum(), net.area.max() + 1, net.dur.max(), np.diff(net.ptr).max()
    assert found == SHAPES[size]


@pytest.mark.parametrize(("size", "seed"), SAFE)
def test_chance_of_safety_on_the_instances(size, seed):
    if size == "M" and seed:
        needs(NATIVE_BUILT, "no native solver was built; NumPy was tried on one M only")
    found = kernels.solve(model_of_instance(size, seed), start=0, keep_policy=False)
    assert found.start[0, 0, -1] == pytest.approx(SAFE[size, seed], abs=1e-11)
    assert found.policy is None and found.value is None


@needs_native
@pytest.mark.soak
def test_chance_of_safety_on_the_large_instance():
    for steps, expected in ((60, 0.478656171312), (240, 0.827831814138)):
        found = kernels.solve(model_of_instance("L", steps=steps), start=0, backend="native")
        assert found.start[0, 0, -1] == pytest.approx(expected, abs=1e-11)


@needs_native
def test_numpy_and_native_agree_on_s():
    ours, theirs = (kernels.solve(model_of_instance("S"), start=0, backend=name) for name in ("numpy", "native"))
    assert np.abs(ours.start - theirs.start).max() <= 1e-12
    assert np.array_equal(ours.policy, theirs.policy)


def test_results_cannot_be_written_to():
    surface = kernels.solve(small_model(), start=0, keep_value=True)
    for array in (surface.start, surface.policy, surface.value):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


def test_too_large_is_refused_before_anything_is_allocated(monkeypatch):
    def never(*_args, **_kwargs):
        raise AssertionError("a solver was called")

    monkeypatch.setattr(reference, "solve", never)
    monkeypatch.setattr(kernels, "_native_surface", never)
    monkeypatch.setattr(kernels, "backend_name", lambda _asked: "numpy")
    huge = replace(model_of_instance("S"), budget=30000)
    with pytest.raises(kernels.TooLarge) as refusal:
        kernels.solve(huge, start=0)
    assert refusal.value.limit == 10**9 < refusal.value.estimate_bytes
    assert "MB" in str(refusal.value)


@pytest.mark.parametrize("backend", ["numpy", "native"])
@pytest.mark.parametrize("keep", [{}, {"keep_policy": False}, {"keep_value": True}])
def test_estimate_covers_the_results(backend, keep):
    model = model_of_instance("S")
    surface = kernels.solve(model, start=0, **keep)
    held = sum(array.nbytes for array in (surface.start, surface.policy, surface.value) if array is not None)
    estimate = kernels.memory_estimate(model, backend=backend, **keep)
    assert held < estimate < held + 20_000_000


def test_memory_of_the_large_instance_fits():
    assert kernels.memory_estimate(model_of_instance("L"), backend="native") < 420_000_000


def test_backend_by_word_and_by_environment(monkeypatch):
    assert kernels.backend_name("numpy") == "numpy"
    monkeypatch.setenv("WAYSTATION_BACKEND", "numpy")
    assert kernels.backend_name() == "numpy"
    monkeypatch.setenv("WAYSTATION_BACKEND", "abacus")
    with pytest.raises(ValueError, match="auto, native, numpy"):
        kernels.backend_name()


@needs_native
def test_native_answers_where_it_agrees(monkeypatch):
    found = kernels.self_check()
    assert (found.backend, found.difference <= 1e-12) == ("native", True)
    assert "agrees with NumPy" in str(found) and kernels.backend_name() == "native"
    monkeypatch.setenv("WAYSTATION_BACKEND", "native")
    assert kernels.backend_name() == "native"


def stand_in(shift=0.0, abi=kernels.ABI, policy=True, chain_shift=0.0):
    """A native module that is wrong by `shift`."""
    def solve(model, *, start, keep_policy, keep_value):
        surface = reference.solve(model, start=start, keep_policy=keep_policy and policy, keep_value=keep_value)
        return surface.start + shift, surface.policy, surface.value

    def follow(model, policy, **asked):
        chain = NUMPY.follow(model, policy, **asked)
        return {field.name: getattr(chain, field.name) for field in fields(chain) if field.name != "table"}

    def evaluate(*given, first_only):
        return NUMPY.evaluate(*given, first_only=first_only) + chain_shift

    def gradient(*given):
        found = NUMPY.gradient(*given)
        return tuple(getattr(found, field.name) for field in fields(found))

    return SimpleNamespace(ABI=abi, ISA="stand-in", solve=solve, follow=follow, evaluate=evaluate, gradient=gradient,
                           drawn_numbers=NUMPY.drawn_numbers, drawn_sums=NUMPY.drawn_sums)


@pytest.mark.parametrize(("module", "backend", "word"), [
    (stand_in(), "native", "agrees"), (stand_in(shift=1e-11), "numpy", "other values"),
    (stand_in(shift=np.nan), "numpy", "other values"), (stand_in(policy=False), "numpy", "other values"),
    (stand_in(chain_shift=1e-11), "numpy", "other values"), (stand_in(chain_shift=np.nan), "numpy", "other values"),
    (stand_in(abi=0), "numpy", "another version")])
def test_a_native_solver_is_believed_only_after_a_test(monkeypatch, module, backend, word):
    monkeypatch.setattr(kernels, "import_module", lambda _name: module)
    assert kernels.self_check().backend == backend == kernels.backend_name()
    assert word in kernels.self_check().sentence


def test_without_a_native_solver_numpy_answers_and_says_so(monkeypatch):
    def missing(_name):
        raise ImportError

    monkeypatch.setattr(kernels, "import_module", missing)
    assert kernels.backend_name() == "numpy"
    assert kernels.self_check().isa is None and "no native solver was built" in str(kernels.self_check())
    assert kernels.solve(small_model(), start=0).policy is not None
    with pytest.raises(kernels.BackendMismatch, match="no native solver"):
        kernels.solve(small_model(), start=0, backend="native")


@pytest.mark.parametrize("backend", ["numpy", pytest.param("native", marks=needs_native)])
@pytest.mark.parametrize("field", ["arrive", "back", "lost", "wait_loss", "chain", "forecast", "stay_value", "penalty"])
def test_what_is_not_a_number_is_refused(backend, field):
    model = small_model()
    broken = getattr(model, field).copy()
    broken.flat[-1] = np.nan
    with pytest.raises(ValueError, match="not a finite number"):
        kernels.solve(replace(model, **{field: broken}), start=0, backend=backend)


@needs_native
@pytest.mark.parametrize(("field", "index", "value"), [
    ("dst", 3, 8), ("dst", 3, -1), ("area", 0, 2), ("area", 0, -1), ("ptr", 1, 99), ("ptr", 0, 1), ("profile", 0, 3),
    ("wait_to", 0, 8), ("wait_to", 0, 6), ("cost", 0, -1), ("wait_cost", 1, -1), ("season_of", 0, 2),
    ("prof_dur", 0, 0), ("prof_dur", 0, 32)])
def test_native_never_reads_outside_its_arrays(field, index, value):
    model = small_model()
    broken = getattr(model, field).copy()
    broken.flat[index] = value
    with pytest.raises(ValueError, match=field):
        kernels.solve(replace(model, **{field: broken}), start=0, backend="native")


@needs_native
@pytest.mark.parametrize("field", ["area", "goal", "dst", "arrive", "lost", "leg_open", "forecast", "chain", "penalty"])
def test_native_refuses_arrays_of_another_shape(field):
    model = small_model()
    with pytest.raises(ValueError, match="wrong shape"):
        kernels.solve(replace(model, **{field: getattr(model, field)[..., :-1]}), start=0, backend="native")
    with pytest.raises(ValueError, match="start"):
        kernels.solve(model, start=8, backend="native")


@needs_native
def test_two_solves_at_once_are_the_same_as_one():
    code = (
        "from concurrent.futures import ThreadPoolExecutor as Pool\n"
        "import numpy as np\n"
        "from waystation.planning.engine.instances import model_of_instance\n"
        "from waystation.planning.engine.kernels import solve\n"
        "model = model_of_instance('S')\n"
        "alone = solve(model, start=0)\n"
        "with Pool(2) as pool:\n"
        "    for found in pool.map(lambda _: solve(model, start=0), range(6)):\n"
        "        assert np.array_equal(found.start, alone.start) and np.array_equal(found.policy, alone.policy)\n")
    subprocess.run([sys.executable, "-c", code], check=True)
