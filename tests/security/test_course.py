"""The course of the host key: since when something is gone for good. Never earlier than it is true."""

from datetime import UTC, date, datetime

import pytest

from waystation.vault.epochs import Course, Epoch, Escrowed
from waystation.vault.host import HostKeys

pytestmark = [pytest.mark.promise("P07"), pytest.mark.once]
DAY = [datetime(2026, 1, day, tzinfo=UTC) for day in range(1, 9)]


def test_the_course_says_since_when_something_is_gone():
    course = Course({1: Epoch(DAY[0], ended=DAY[4]), 2: Epoch(DAY[3]), 3: Epoch(DAY[5])}, Escrowed("aa", "bb"))
    assert Course.read(course.text()) == course
    assert [course.gone(DAY[day]) for day in (0, 2)] == [DAY[4], DAY[4]]
    assert [course.gone(DAY[day]) for day in (3, 4, 5, 7)] == [None] * 4
    later = course.end((3,), DAY[6])
    assert [later.gone(DAY[day]) for day in (2, 3, 4)] == [DAY[4], DAY[6], DAY[6]] and later.gone(DAY[5]) is None
    assert course.gone(datetime(2025, 1, 1, tzinfo=UTC)) == DAY[4]


def test_what_nobody_noted_is_taken_for_later_never_for_earlier():
    keys = HostKeys.new(date(2026, 1, 1)).next(date(2026, 1, 4))
    known = Course().beside(keys, DAY[7])
    assert {number: one.begun for number, one in known.epochs.items()} == {1: DAY[0], 2: DAY[3]}
    alone = known.beside(keys.alone(), DAY[7])
    assert (alone.gone(DAY[2]), alone.gone(DAY[3])) == (DAY[7], None)


@pytest.mark.parametrize("text", ["", "[]", '{"epochs": {"1": {}}}', '{"epochs": {"1": {"begun": "yesterday"}}}', '{"epochs": 1}'])
def test_damaged_notes_are_said_to_be_so(text):
    with pytest.raises(ValueError):
        Course.read(text)
