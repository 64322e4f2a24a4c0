"""A slip as it is typed: every digit that is wrong is said with its group, so that no slip of the pen looks like a forgery."""

import pytest

from waystation.evidence.slip import Unreadable, groups, read, slip_of

SLIP = slip_of(bytes(16), 1234, bytes(32))
RIGHT = groups(SLIP)


def refused(typed):
    with pytest.raises(Unreadable) as why:
        read(typed)
    return why.value.what, why.value.group


def test_it_is_read_however_it_is_typed():
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in " ".join(RIGHT[:5]) if digit != " ")
    lines = "\n".join([f"entry 1234 of 2026-03-02 09:00, {SLIP.seq}", "", *(" - ".join(RIGHT[at:at + 5]) for at in range(0, 20, 5))])
    assert read("".join(RIGHT)) == read("-".join(RIGHT)) == read(lines) == SLIP
    assert read(" ".join([wide[at:at + 5] for at in range(0, 25, 5)] + list(RIGHT[5:]))) == SLIP


@pytest.mark.refuses("H-46")
def test_every_wrong_digit_is_said_with_its_group():
    for place in range(20):
        for at in range(5):
            typed = [*RIGHT]
            typed[place] = typed[place][:at] + str((int(typed[place][at]) + 3) % 10) + typed[place][at + 1:]
            assert refused(" ".join(typed)) == ("digit", place + 1)
    for place, group in enumerate(RIGHT):
        if group[0] != group[1]:
            swapped = [*RIGHT[:place], group[1] + group[0] + group[2:], *RIGHT[place + 1:]]
            assert refused(" ".join(swapped)) == ("digit", place + 1)


@pytest.mark.parametrize(("typed", "what"), [
    ("", ("count", 0)), (" ".join(RIGHT[1:]), ("count", 19)), (" ".join(RIGHT)[:-1], ("width", 20)), ("7" * 5000, ("long", 0)),
    ("00000 " * 20, ("number", 0)), ("no digits at all", ("count", 0))])
def test_what_is_none_is_said(typed, what):
    assert refused(typed) == what
