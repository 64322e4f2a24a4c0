"""Nothing sealed lies anywhere in clear: not in the database, its journal, the files, the runtime folder or the logs.

The first half proves the search: each of more than forty encodings of each word, and each way of packing, is planted and
must be found. The second half plants the words through every page and must find none.
"""

import os

import pytest
from plaintexts import ENCODINGS, LEAST, PACKED, WORDS, finder, scan


@pytest.mark.parametrize("kind", WORDS)
def test_each_planted_encoding_is_found(kind):
    word, find, missed, told = WORDS[kind], finder(WORDS.values()), [], 0
    for name, encode in ENCODINGS.items():
        planted = encode(word)
        if len(planted) < LEAST:
            continue  # this alphabet cannot write the word at all
        told += 1
        if not any(hit.startswith(f"{word} as ") for hit in find(os.urandom(997) + planted + os.urandom(499))):
            missed.append(name)
    assert not missed
    assert told >= 40, f"only {told} encodings can write {word}"


def test_base64_is_found_wherever_the_word_stands():
    import base64

    find = finder(WORDS.values())
    for word in WORDS.values():
        for before in range(12):
            for encode in (base64.b64encode, base64.urlsafe_b64encode, base64.b32encode):
                written = encode(b"~" * before + word.encode() + b" and more")
                assert find(written), (word, before, encode)


@pytest.mark.parametrize("packing", PACKED)
@pytest.mark.parametrize("kind", WORDS)
def test_each_way_of_packing_is_opened(kind, packing):
    packed = PACKED[packing](f"before {WORDS[kind]} after".encode())
    around = os.urandom(257)
    assert finder(WORDS.values())(around + packed + around), packing


def test_a_file_and_its_name_are_searched_and_a_missing_place_is_no_success(tmp_path):
    word = WORDS["hangul"]
    (tmp_path / "a").write_bytes(b"x" * 70_000 + word.encode("utf-16-le"))
    (tmp_path / f"{word}.txt").write_bytes(b"nothing")
    found = scan({"here": tmp_path}, WORDS.values())
    assert set(found) == {"here: a", f"here: {word}.txt"}
    with pytest.raises(AssertionError, match="is not at"):
        scan({"gone": tmp_path / "no"}, WORDS.values())


def test_random_bytes_hold_no_word():
    find = finder(WORDS.values())
    assert find(os.urandom(2_000_000)) == set()
