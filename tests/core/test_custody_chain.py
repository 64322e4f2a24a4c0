"""Custody: whatever is done to a chain is found where it was done; lists of weeks; containers of pictures."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.evidence import batch, custody

AT = datetime(2030, 5, 1, tzinfo=UTC)
EVENTS = st.lists(st.tuples(st.sampled_from(custody.ACTS), st.sampled_from(custody.WHYS),
                            st.sampled_from(("original", "D-01", "P-7K2M9Q")), st.binary(min_size=32, max_size=32)),
                  min_size=3, max_size=8)


def chain(events):
    lines = []
    for number, (act, why, of, commit) in enumerate(events):
        lines.append(custody.next_line(lines, at=AT + timedelta(seconds=number), act=act, object=of, commit=commit,
                                       actor="a-4f7q", why=why))
    return lines


@pytest.mark.refuses("H-38")
@settings(max_examples=40)
@given(EVENTS, st.data())
def test_a_swap_a_drop_an_edit_and_an_insert_are_each_found_where_they_are(events, data):
    lines = chain(events)
    end = custody.head(lines)
    assert custody.first_break(lines, end=end) is None
    at = data.draw(st.integers(0, len(lines) - 2))
    swapped = [*lines[:at], lines[at + 1], lines[at], *lines[at + 2:]]
    dropped = lines[:at] + lines[at + 1:]
    inserted = [*lines[:at], lines[at], *lines[at:]]
    edited = [*lines[:at], lines[at].replace('"actor":"a-4f7q"', '"actor":"a-zzzz"'), *lines[at + 1:]]
    for changed, seq in ((swapped, at + 1), (dropped, at + 1), (inserted, at + 2), (edited, at + 2)):
        found = custody.first_break(changed)
        assert found is not None and found.seq == seq
    cut = lines[:-1]
    assert custody.first_break(cut) is None and custody.first_break(cut, end=end).seq == len(cut)


def test_a_line_is_written_one_way_and_says_only_words_of_the_lists():
    [line] = chain([("received", "intake", "original", bytes(32))])
    for changed in (line.replace(",", ", ", 1), line.replace("received", "published"), line.replace("a-4f7q", "Ri So"),
                    line.replace("original", "picture.jpg"), line.replace('"seq":1', '"seq":true'), "no json", "[1]"):
        assert custody.first_break([changed]).seq == 1
    for wrong in ({"act": "published"}, {"why": "because"}, {"object": "a name"}, {"actor": "Ri So Yon"}):
        with pytest.raises(ValueError):
            custody.next_line([], **({"at": AT, "act": "received", "object": "original", "commit": bytes(32),
                                      "actor": "a-4f7q", "why": "intake"} | wrong))


def test_a_chain_goes_forward_in_time():
    lines = chain([("received", "intake", "original", bytes(32))])
    lines.append(custody.next_line(lines, at=AT - timedelta(days=1), act="sealed", object="original", commit=bytes(32),
                                   actor="a-4f7q", why="intake"))
    assert custody.first_break(lines).seq == 2


def test_a_list_has_the_same_size_whatever_came_in_and_is_read_back():
    count = iter(range(1, 10**6))
    made = [batch.list_of("2026-W47", batch.FIRST, [bytes([n] * 32) for n in range(real)],
                          lambda n: next(count).to_bytes(n, "big")) for real in (0, 1, 64)]
    assert len({len(one) for one in made}) == 1
    read = batch.read(made[2])
    assert (read.week, read.prev) == ("2026-W47", batch.FIRST) and len(read.lines) == 64
    head, prev, first, *rest = made[1].decode().split("\n")
    for broken in ([head, prev, *rest], [head, prev, rest[0], first, *rest[1:]], [head, first, prev, *rest],
                   ["batch 1", prev, first, *rest], [head, prev, first[:-1], *rest]):
        with pytest.raises(batch.NotAList):
            batch.read("\n".join(broken).encode())
    with pytest.raises(ValueError):
        batch.list_of("2026-W47", batch.FIRST, [b"short"], lambda n: bytes(n))
    with pytest.raises(ValueError):
        batch.commitment(b"", [])
