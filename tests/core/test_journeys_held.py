"""Custody of a transit State: each step but the last names the next look, a place is a province, and it never ends by itself."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from waystation.journeys.held import ENDS, KINDS, Fault, Step, fits, follow

DAY = date(2030, 5, 1)
TAKEN = Step("taken", DAY, "TH", "Chiang Rai", next_on=DAY + timedelta(7))
VISIT = Step("visit", DAY + timedelta(5), who="a consul", next_on=DAY + timedelta(20))
FREE = Step("released", DAY + timedelta(9))


@pytest.mark.parametrize(("step", "before", "fault"), [
    (TAKEN, [], None), (VISIT, [TAKEN], None), (FREE, [TAKEN, VISIT], None), (replace(TAKEN, day=DAY + timedelta(9)), [TAKEN, FREE], None),
    (VISIT, [], Fault.FIRST), (VISIT, [TAKEN, FREE], Fault.FIRST), (FREE, [], Fault.FIRST),
    (replace(TAKEN, day=DAY + timedelta(11)), [], Fault.DAY), (replace(TAKEN, kind="perhaps"), [], Fault.DAY),
    (TAKEN, [TAKEN], Fault.HELD), (replace(VISIT, day=DAY - timedelta(1)), [TAKEN], Fault.HELD),
    (replace(TAKEN, state=""), [], Fault.STATE), (replace(TAKEN, kind="moved", state=""), [TAKEN], Fault.STATE),
    (replace(TAKEN, place="19.9 N, 99.8 E"), [], Fault.PLACE), (replace(TAKEN, place="12 Prison Road"), [], Fault.PLACE),
    (replace(VISIT, next_on=None), [TAKEN], Fault.LOOK), (replace(VISIT, next_on=DAY + timedelta(10)), [TAKEN], Fault.LOOK),
    (replace(VISIT, next_on=DAY + timedelta(42)), [TAKEN], Fault.LOOK)])
def test_a_step_that_does_not_fit_says_why(step, before, fault):
    today = DAY + timedelta(10)
    step = replace(step, next_on=today + timedelta(7)) if step.next_on == TAKEN.next_on else step
    assert fits(step, before, today) == fault


@pytest.mark.proves("S004-16")
def test_it_is_late_after_the_day_and_ends_only_with_an_end():
    moved = Step("moved", DAY + timedelta(6), "TH", "Bangkok", next_on=DAY + timedelta(12))
    lost = Step("unknown", DAY + timedelta(7), next_on=DAY + timedelta(12))
    found = follow([TAKEN, VISIT, moved], DAY + timedelta(12))
    assert (found.place, found.since, found.visited, found.lawyer, found.late, found.known) == ("Bangkok", DAY, VISIT.day, None, False, True)
    assert follow([TAKEN, VISIT, moved], DAY + timedelta(13)).late
    assert not follow([TAKEN, lost], DAY).known and follow([TAKEN, lost, moved], DAY).known
    assert follow([], DAY) is None
    for kind in KINDS:
        assert follow([TAKEN, replace(VISIT, kind=kind, state="TH")], DAY + timedelta(999)).held is (kind not in ENDS)
    again = follow([TAKEN, FREE, replace(TAKEN, day=DAY + timedelta(30), place="Nan")], DAY + timedelta(30))
    assert again.held and (again.place, again.since) == ("Nan", DAY + timedelta(30))
