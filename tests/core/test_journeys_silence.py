"""Silence into alarm: against a slow twin, hand-worked cases, and on simulated journeys beside a fixed grace."""

import math
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.journeys.arrivals import ENOUGH, Seen, learnt
from waystation.journeys.silence import STILL_LATE, Level, Patience, deadlines, due, lost
from waystation.network.rows import Profile

DAY = Profile("DAY", (8.0, 12.0, 24.0), (0.2, 0.6, 0.2))
SHORT = settings(max_examples=25, deadline=None)


def slow(profile, seen, hours):
    """The same belief with nothing but loops and math."""
    logs = [math.log(h + 2.0) for h in profile.hours]
    mean = sum(w * x for w, x in zip(profile.shares, logs, strict=True))
    sd = max(0.15, math.sqrt(sum(w * (x - mean) ** 2 for w, x in zip(profile.shares, logs, strict=True))))

    def above(at, m, s):
        return 0.5 * math.erfc((at - m) / (s * math.sqrt(2)))

    total = still = 0.0
    for i in range(61):
        for j in range(25):
            z, w = -3.5 + 7 * i / 60, -3.5 + 7 * j / 24
            m, s = mean + 0.35 * z, max(0.15, sd * math.exp(0.4 * w))
            weight = math.exp(-0.5 * z * z - 0.5 * w * w)
            for one in seen:
                at = math.log(one.hours)
                weight *= (math.exp(-0.5 * ((at - m) / s) ** 2) / s if one.arrived
                           else one.danger + (1 - one.danger) * above(at, m, s))
            total += weight
            still += weight * above(math.log(hours), m, s)
    return still / total


parties = st.lists(st.builds(Seen, st.floats(1, 200), st.booleans(), st.floats(0, 1)), max_size=5)


@SHORT
@given(parties, st.floats(0.5, 300))
def test_the_belief_is_that_of_the_slow_twin(seen, hours):
    assert learnt(DAY, seen).silence(hours) == pytest.approx(slow(DAY, seen, hours), rel=1e-9, abs=1e-12)


@SHORT
@given(parties, st.floats(0.01, 0.99))
def test_hours_until_is_the_inverse_and_silence_never_rises(seen, chance):
    found = learnt(DAY, seen)
    assert found.silence(found.hours_until(chance)) == pytest.approx(chance, abs=1e-9)
    said = [found.silence(h) for h in (0.0, 0.1, 1, 5, 20, 80, 1000)]
    assert said == sorted(said, reverse=True) and said[0] == 1.0


def test_a_party_that_is_lost_with_certainty_says_nothing_and_one_that_is_only_slow_says_it_is_slow():
    plain = learnt(DAY)
    assert learnt(DAY, [Seen(60.0, arrived=False, danger=1.0)]).silence(24) == pytest.approx(plain.silence(24), rel=1e-12)
    assert learnt(DAY, [Seen(60.0, arrived=False, danger=0.0)]).silence(24) > plain.silence(24)


def test_until_twenty_arrivals_it_comes_from_the_profile_and_says_so():
    few, many = learnt(DAY, [Seen(30.0)] * (ENOUGH - 1)), learnt(DAY, [Seen(30.0)] * ENOUGH)
    assert "profile" in deadlines(few, 0.05).sentence and "19" in deadlines(few, 0.05).sentence
    assert deadlines(many, 0.05).sentence == "From 20 arrivals on this leg." and many.speaks_for_itself
    assert learnt(DAY).hours_until(0.5) < few.hours_until(0.5) == pytest.approx(30.0, rel=0.05)


def test_the_chance_of_a_loss_by_hand():
    found = learnt(DAY)
    hours = found.hours_until(0.25)
    assert lost(found, 0.2, hours) == pytest.approx(0.2 / (0.2 + 0.8 * 0.25))  # = 1/2
    assert lost(found, 0.0, hours) == 0.0 and lost(found, 1.0, hours) == 1.0


def test_an_alarm_is_due_when_an_hour_of_the_lost_outweighs_the_false_alarm_it_would_spare():
    found = learnt(DAY)
    at = deadlines(found, 0.02, Patience(50.0, 100.0, 400.0)).overdue_h
    assert pytest.approx(50 * 0.98 * found.word_per_hour(at), rel=1e-6) == 0.02  # by hand: q = w (1 - q) f(t)
    assert all(50 * 0.98 * found.word_per_hour(at * less) > 0.02 for less in (0.7, 0.9, 0.99))
    slope = (found.silence(at - 0.01) - found.silence(at + 0.01)) / 0.02
    assert found.word_per_hour(at) == pytest.approx(slope, rel=1e-4)  # the density of the same belief


def test_no_other_alarm_times_with_as_many_false_alarms_find_the_lost_sooner():
    """Two legs: every other pair of alarm times with the same false alarms has a longer mean delay."""
    legs = [(learnt(DAY), 0.03), (learnt(Profile("LONG", (40.0, 60.0, 120.0), (0.3, 0.4, 0.3))), 0.1)]
    ours = [deadlines(found, q, Patience(60.0, 100.0, 400.0)).overdue_h for found, q in legs]

    def cost(times):
        wrong = sum((1 - q) * found.silence(at) for (found, q), at in zip(legs, times, strict=True))
        return wrong, sum(q * at for (_, q), at in zip(legs, times, strict=True))

    wrong, delay = cost(ours)
    for shift in (-20.0, -5.0, -1.0, 1.0, 5.0, 20.0):
        low, high = ours[1] / 8, ours[1] * 8
        for _ in range(60):  # the second leg's time that keeps the sum of false alarms
            middle = (low + high) / 2
            low, high = (middle, high) if cost([ours[0] + shift, middle])[0] > wrong else (low, middle)
        assert cost([ours[0] + shift, high])[1] > delay


@SHORT
@given(st.floats(0, 1), st.floats(0, 1), parties)
def test_levels_follow_each_other_and_danger_never_delays_an_alarm(one, other, seen):
    safe, dangerous = (deadlines(learnt(DAY, seen), danger) for danger in sorted((one, other)))
    for found in (safe, dangerous):
        assert 0 < found.late_h <= found.overdue_h <= found.silent_h <= found.presumed_h
        assert found.level(0) is Level.ON_TIME and found.level(1e9) is Level.PRESUMED
    assert dangerous.overdue_h <= safe.overdue_h and dangerous.presumed_h <= safe.presumed_h
    assert safe.late_h <= learnt(DAY, seen).hours_until(STILL_LATE) * (1 + 1e-9)


def test_a_danger_that_nobody_knows_still_alarms():
    assert math.isfinite(deadlines(learnt(DAY), 0.0).presumed_h)


@pytest.mark.parametrize("wrong", [lambda: learnt(DAY, [Seen(0.0)]), lambda: learnt(DAY, [Seen(1.0, False, 1.5)]),
                                   lambda: learnt(DAY, word_h=0.0), lambda: deadlines(learnt(DAY), -0.1),
                                   lambda: learnt(DAY).hours_until(1.0), lambda: Patience(overdue=500.0)])
def test_what_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValueError, match=r"hours|danger|chance|patience"):
        wrong()


@given(st.datetimes(datetime(2001, 1, 1), datetime(2100, 1, 1)), st.floats(0, 1000))
def test_due_times_are_whole_five_minutes_and_never_early(departed, hours):
    departed = departed.replace(tzinfo=UTC)
    moment = due(departed, hours)
    assert timedelta(0) <= moment - (departed + timedelta(hours=hours)) < timedelta(minutes=5)
    assert (moment.minute % 5, moment.second, moment.microsecond) == (0, 0, 0)


def journeys(rng, legs=80, parties=60):
    """Invented legs, each with a true median, spread and danger, a profile that is wrong by up to a factor, and a past."""
    for _ in range(legs):
        centre, spread = rng.uniform(math.log(4), math.log(72)), rng.uniform(0.2, 0.6)
        danger = rng.beta(1.2, 14)
        guess = math.exp(centre + rng.normal(0, 0.25))
        profile = Profile("P", (guess * 0.7, guess, guess * 1.7), (0.25, 0.5, 0.25))
        past = [Seen(math.exp(rng.normal(centre, spread))) for _ in range(rng.integers(0, 60))]
        took = np.exp(rng.normal(centre, spread, parties))
        gone = rng.random(parties) < danger
        yield profile, past, danger, took, gone, took * rng.random(parties)


def measured(seed):
    """False alarms per arrival, and hours from a loss to its alarm: ours, and a fixed grace with as many false alarms."""
    ours, planned, took, gone, when = [], [], [], [], []
    for profile, past, danger, hours, losses, moments in journeys(np.random.default_rng(seed)):
        alarm = deadlines(learnt(profile, past), danger).overdue_h
        ours.append(np.full(len(hours), alarm))
        planned.append(np.full(len(hours), profile.hours[1]))
        took.append(hours)
        gone.append(losses)
        when.append(moments)
    ours, planned, took, gone, when = map(np.concatenate, (ours, planned, took, gone, when))
    wrong = float((took > ours)[~gone].mean())
    grace = float(np.quantile((took - planned)[~gone], 1 - wrong))  # of all fixed graces the one that errs as often
    fixed = np.maximum(planned + grace, 0.0)
    assert float((took > fixed)[~gone].mean()) == pytest.approx(wrong, abs=2e-3)
    return wrong, float((ours - when)[gone].mean()), float((fixed - when)[gone].mean())


def test_silence_is_found_a_quarter_sooner_than_by_a_fixed_grace_at_the_same_rate_of_false_alarms():
    found = [measured(seed) for seed in range(3)]
    for wrong, ours, fixed in found:
        print(f"false alarms {wrong:.3f} of arrivals; hours from loss to alarm: {ours:.1f}, fixed grace {fixed:.1f}")
    assert all(ours <= 0.75 * fixed for _, ours, fixed in found)
