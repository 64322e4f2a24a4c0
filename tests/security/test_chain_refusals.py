"""The chain of the record: what is changed, cut out, put in or swapped is found at the first place where it shows."""

from dataclasses import replace

import pytest
from sealed_things import fixed

from waystation.contexts import ctx, u32, u64
from waystation.evidence.chain import GENESIS, Break, Link, entry_hash, first_break

pytestmark = pytest.mark.promise("P12")


def chain(count: int = 8, previous: bytes = GENESIS, seq: int = 1) -> list[Link]:
    links = []
    for number in range(seq, seq + count):
        key, body = fixed(f"day {number // 3}", 16), fixed(f"body {number}", 40)
        made = entry_hash(previous, seq=number, hour=500_000 + number // 2, key=key, body=body)
        links.append(Link(number, 500_000 + number // 2, key, body, made))
        previous = made
    return links


WHOLE = chain()


def rehashed(links: list[Link]) -> list[Link]:
    """What somebody writes who can compute hashes: from the first change on, everything anew."""
    previous, out = GENESIS, []
    for link in links:
        previous = entry_hash(previous, seq=link.seq, hour=link.hour, key=link.key, body=link.body)
        out.append(replace(link, hash=previous))
    return out


def test_a_whole_chain_holds():
    assert first_break(WHOLE) is None
    assert first_break([]) is None
    assert first_break(WHOLE[3:], previous=WHOLE[2].hash, seq=4) is None


def test_the_first_hash_by_hand():
    from hashlib import sha256

    by_hand = b"".join(len(part).to_bytes(4, "big") + part for part in (b"entry", bytes(32), bytes(7) + b"\x01", bytes(3) + b"\x02", b"k" * 16, b"b"))
    assert entry_hash(GENESIS, seq=1, hour=2, key=b"k" * 16, body=b"b") == sha256(by_hand).digest()
    assert by_hand == ctx("entry", GENESIS, u64(1), u32(2), b"k" * 16, b"b")


@pytest.mark.parametrize("place", range(8))
@pytest.mark.parametrize("changed", [{"hour": 500_009}, {"key": bytes(16)}, {"body": b"other"}, {"hash": bytes(32)}, {"body": b""}], ids=str)
def test_each_column_of_each_row(place, changed):
    links = [*WHOLE[:place], replace(WHOLE[place], **changed), *WHOLE[place + 1:]]
    found = first_break(links)
    assert found is not None
    assert found.seq == place + 1


@pytest.mark.parametrize("place", range(7))
def test_cut_out_put_in_and_swapped(place):
    without = WHOLE[:place] + WHOLE[place + 1:]
    assert first_break(without) == Break(place + 1, f"entry {place + 1} is missing; after {place} comes {place + 2}")
    twice = WHOLE[:place + 1] + WHOLE[place:]
    assert first_break(twice).seq == place + 2
    swapped = [*WHOLE[:place], replace(WHOLE[place + 1], seq=place + 1), replace(WHOLE[place], seq=place + 2), *WHOLE[place + 2:]]
    assert first_break(swapped).seq == place + 1


def test_an_hour_goes_forward_and_is_one():
    back = rehashed([*WHOLE[:4], replace(WHOLE[4], hour=WHOLE[3].hour - 1), *WHOLE[5:]])
    assert first_break(back) == Break(5, "entry 5 says an earlier hour than the one before it")
    for odd in (-1, 1 << 32):
        found = first_break([replace(WHOLE[0], hour=odd), *WHOLE[1:]])
        assert found is not None and found.seq == 1 and "hour" in found.why


def test_another_beginning():
    assert first_break(WHOLE, previous=fixed("elsewhere")).seq == 1
    assert first_break(WHOLE[3:], previous=WHOLE[1].hash, seq=4).seq == 4
    assert first_break(WHOLE[3:], previous=WHOLE[2].hash, seq=3).seq == 3


def test_what_a_chain_alone_does_not_find():
    """Why people sign its head and remember it: a cut end and a chain made anew are chains, too."""
    assert first_break(WHOLE[:-3]) is None
    anew = rehashed([*WHOLE[:4], replace(WHOLE[4], body=b"other"), *WHOLE[5:]])
    assert first_break(anew) is None
    assert anew[-1].hash != WHOLE[-1].hash
