"""The alarm: nobody is told early, nobody later than a minute, and none is lost, whatever happens to the alarm itself."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.journeys import overdue
from waystation.journeys.overdue import AGAIN, ROUND, Alarm, Look, Memory, Watch, Why, alarms

NINE = datetime(2030, 1, 1, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
SLACK = timedelta(seconds=60)
DUE = Alarm(Why.DUE, b"k", 1)


def watch(*minutes, key=b"k"):
    return Watch(key, tuple(NINE + timedelta(minutes=one) for one in minutes))


def night(looks, memory=None):
    """What each look says."""
    memory, said = memory or Memory(), []
    for one in looks:
        memory, now = alarms(memory, one)
        said.append([alarm for alarm in now if alarm.why is not Why.RESTARTED])
    return said


def at(seconds, *watches, wall=None, **more):
    return Look(NINE + timedelta(seconds=seconds if wall is None else wall), float(seconds), watches, **more)


# ------------------------------------------------------------------------------------------------------------ by hand
def test_a_party_is_told_when_it_is_due_and_not_a_second_before():
    assert night([at(0, watch(10)), at(599, watch(10)), at(600, watch(10)), at(620, watch(10))]) == [[], [], [DUE], []]


def test_it_is_told_again_after_10_20_and_40_minutes_and_then_every_40_until_somebody_has_it():
    looks = [at(second, watch(0)) for second in range(0, 4 * 3600, 20)]
    told = [look.ticks / 60 for look, said in zip(looks, night(looks), strict=True) if said]
    assert told == [0, 10, 30, 70, 110, 150, 190, 230] and AGAIN == (10, 20, 40)
    assert night([at(0, watch(0)), at(3600)]) == [[DUE], []]  # word came, or somebody has it


def test_a_worse_level_is_told_at_once():
    said = night([at(0, watch(0, 5)), at(300, watch(0, 5)), at(320, watch(0, 5))])
    assert said == [[DUE], [Alarm(Why.DUE, b"k", 2)], []]


def test_a_clock_put_back_delays_nothing_and_is_said():
    said = night([at(0, watch(10)), at(20, watch(10), wall=-3580), at(600, watch(10), wall=-3000)])
    assert said == [[], [Alarm(Why.CLOCK)], [DUE]]


def test_a_clock_put_back_step_by_step_is_said_as_well():
    """Each step is below what is looked for; together they are not."""
    looks = [at(20 * step, wall=20 * step - 240 * step) for step in range(4)]
    assert night(looks) == [[], [], [Alarm(Why.CLOCK)], []]


def test_a_clock_put_forward_and_a_computer_that_slept_alarm_early_rather_than_late():
    assert night([at(0, watch(60)), at(20, watch(60), wall=3700)]) == [[], [Alarm(Why.CLOCK), DUE]]


def test_a_restart_tells_everything_anew_and_itself():
    memory, first = alarms(Memory(), at(0, watch(0)))
    assert first == (Alarm(Why.RESTARTED), DUE)
    assert alarms(memory, at(20, watch(0)))[1] == ()
    assert alarms(Memory(), at(40, watch(0)))[1] == (Alarm(Why.RESTARTED), DUE)
    assert alarms(Memory(), at(0))[1] == ()  # nobody is on the way: nothing to be in doubt about


def test_a_database_that_is_away_is_said_after_a_minute_and_its_last_rows_are_watched_on():
    gone = [replace(at(second), watches=None) for second in (20, 60, 80, 100)]
    said = night([at(0, watch(1)), *gone, at(120, watch(1))])
    assert said == [[], [], [Alarm(Why.DATABASE), DUE], [], [], []]
    assert alarms(Memory(), replace(at(0), watches=None))[1] == (Alarm(Why.RESTARTED),)  # in doubt from the first look on


def test_an_office_that_is_away_is_said_after_a_minute_and_again_when_it_goes_again():
    said = night([at(0), *(at(second, office=False) for second in (20, 40, 60, 80)), at(100), at(120, office=False),
                  at(160, office=False), at(180, office=False)])
    assert [len(one) for one in said] == [0, 0, 0, 1, 0, 0, 0, 1, 0]
    assert said[3] == said[7] == [Alarm(Why.OFFICE)]


def test_a_row_that_makes_no_sense_is_alarmed_for():
    assert night([at(0, unreadable=(b"x",))]) == [[Alarm(Why.UNREADABLE, b"x")]]


def test_500_due_in_one_minute_are_each_told_once_and_within_the_minute():
    rng = np.random.default_rng(5)
    due = {bytes([1, *divmod(n, 256)]): float(rng.uniform(600, 660)) for n in range(500)}
    watches = tuple(Watch(key, (NINE + timedelta(seconds=second),)) for key, second in due.items())
    told = {}
    looks = [at(second, *watches) for second in range(0, 900, 20)]
    for look, said in zip(looks, night(looks), strict=True):
        for alarm in said:
            assert alarm.key not in told
            told[alarm.key] = look.ticks
    assert set(told) == set(due)
    assert all(0 <= told[key] - second <= ROUND.total_seconds() for key, second in due.items())


# ------------------------------------------------------------------------------------------- nights of faults, invented
@dataclass(frozen=True)
class Fault:
    """Something that happens to the alarm at a second of the true time, for some seconds."""

    at: int
    what: str            # killed, clock, database, asleep
    lasts: int = 0       # of killed and database: seconds; of clock: by how many it is wrong


def run(watches, faults, hours):
    """The first true second at which each watch is told, and every time anything is. The alarm is started again at once."""
    first, memory, wall_off, seconds = {}, Memory(), 0, 3600 * hours
    database = {second for one in faults if one.what == "database" for second in range(one.at, one.at + one.lasts)}
    dead = {second for one in faults if one.what == "killed" for second in range(one.at, one.at + one.lasts)}
    starts = {one.at for one in faults if one.what == "killed"}
    clocks = {one.at: one.lasts for one in faults if one.what == "clock"}
    for second in range(seconds):
        wall_off += clocks.get(second, 0)
        if second in starts:
            memory = Memory()
        if second in dead or second % int(ROUND.total_seconds()):
            continue
        wall = NINE + timedelta(seconds=second + wall_off)
        memory, said = alarms(memory, Look(wall, float(second), None if second in database else watches))
        for one in said:
            if one.why is Why.DUE:
                first.setdefault(one.key, second)
    return first


def judge(due, told, faults):
    """How many were told. Nobody early unless a clock ran ahead; nobody later than a round, a restart's darkness and a lost clock explain."""
    ahead = sum(max(one.lasts, 0) for one in faults if one.what == "clock")
    for key, second in due.items():
        assert key in told, f"{key!r} was never told"
        assert told[key] >= second - ahead - ROUND.total_seconds() * bool(ahead), f"{key!r} was told early"
        dark = sum(one.lasts for one in faults if one.what in {"killed", "database"} and one.at <= told[key])
        assert told[key] <= second + dark + SLACK.total_seconds(), f"{key!r} was told {told[key] - second} s late"
    return len(told)


TIMES = st.integers(0, 2 * 3600)
KILLED = st.builds(Fault, TIMES, st.just("killed"), st.integers(1, 120))
DATABASE = st.builds(Fault, TIMES, st.just("database"), st.integers(1, 600))
FORWARD = st.builds(Fault, TIMES, st.just("clock"), st.integers(1, 3600))
BACK = st.builds(Fault, TIMES, st.just("clock"), st.integers(-3600, -1))


@settings(max_examples=40, deadline=None)
@given(st.lists(TIMES, min_size=1, max_size=8),
       st.lists(KILLED | DATABASE | FORWARD, max_size=5) | st.lists(DATABASE | BACK | FORWARD, max_size=5))
def test_no_watch_is_lost_or_late_whatever_happens(seconds, faults):
    """A clock put back *and* a restart behind it is the one thing that nobody can see: the two are not mixed here."""
    due = {bytes([number]): second for number, second in enumerate(seconds)}
    watches = tuple(Watch(key, (NINE + timedelta(seconds=second),)) for key, second in due.items())
    assert judge(due, run(watches, faults, hours=3), faults) == len(due)


def test_the_judge_sees_an_alarm_that_trusts_the_clock(monkeypatch):
    """Planted: an alarm that believes a clock that was put back by an hour."""
    due = {b"k": 3600}
    watches = (Watch(b"k", (NINE + HOUR,)),)
    faults = [Fault(1800, "clock", -3600)]
    judge(due, run(watches, faults, 3), faults)
    monkeypatch.setattr(overdue, "max", lambda wall, counted: wall, raising=False)
    with pytest.raises(AssertionError, match=r"late|never"):
        judge(due, run(watches, faults, 3), faults)


def test_the_judge_sees_an_alarm_that_forgets_its_rows_with_the_database(monkeypatch):
    faults = [Fault(1100, "database", 600), Fault(1650, "killed", 10)]
    watches = (Watch(b"k", (NINE + timedelta(seconds=1200),)),)
    assert run(watches, faults[:1], 1)[b"k"] == 1200
    monkeypatch.setattr(Memory, "watches", property(lambda self: (), lambda self, value: None))
    assert run(watches, faults[:1], 1)[b"k"] == 1700


@pytest.mark.soak
def test_10_000_watches_under_1_000_faults_none_lost():
    rng, nights = np.random.default_rng(20260301), 100
    for _ in range(nights):
        due = {bytes([1, *divmod(n, 256)]): int(rng.integers(0, 6 * 3600)) for n in range(100)}
        watches = tuple(Watch(key, (NINE + timedelta(seconds=second),)) for key, second in due.items())
        whats = rng.choice(["killed", "database", "clock"], 10)
        faults = [Fault(int(rng.integers(0, 6 * 3600)), str(what), int(rng.integers(1, 600))) for what in whats]
        assert judge(due, run(watches, faults, hours=10), faults) == len(due)
