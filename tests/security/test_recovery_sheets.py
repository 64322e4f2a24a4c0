"""Two sheets of three bring the recovery key back; one brings nothing; a mistake is named where it stands."""

from collections.abc import Iterable
from itertools import combinations, permutations

import pytest
from sealed_things import RECOVERY, fixed
from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics

from waystation.vault.recovery import Recovery, combine, public_text, read_public, read_sheet
from waystation.vault.refused import Refused
from waystation.vault.words import PLACE, WORDLIST

pytestmark = pytest.mark.promise("P08")
SHEETS = RECOVERY.sheets()


def said(sheets: list[str]) -> str:
    with pytest.raises(Refused) as caught:
        combine(sheets)
    assert caught.value.kind == "sheets"
    return str(caught.value)


def opened(sheets: Iterable[str]) -> Recovery | None:
    try:
        return combine(sheets)
    except Refused:
        return None


def with_word(sheet: str, at: int, word: str) -> str:
    words = sheet.split()
    words[at - 1] = word
    return " ".join(words)


def another_word(sheet: str, at: int) -> str:
    return WORDLIST[(PLACE[sheet.split()[at - 1]] + 1) % 1024]


@pytest.mark.refuses("H-45")
def test_any_two_of_three_in_any_order():
    assert len(SHEETS) == 3
    assert all(len(sheet.split()) == 33 for sheet in SHEETS)
    assert all(opened(pair) == RECOVERY for pair in permutations(SHEETS, 2))
    assert combine(SHEETS) == RECOVERY
    assert combine([SHEETS[0], SHEETS[0], SHEETS[2]]) == RECOVERY


@pytest.mark.refuses("H-45")
@pytest.mark.parametrize("sheet", SHEETS, ids=["one", "two", "three"])
def test_one_sheet_alone(sheet):
    assert said([sheet]) == said([sheet, sheet.upper()]) == "two different sheets are needed; 1 was given"
    with pytest.raises(MnemonicError):  # not only by our count: the sheet itself does not suffice
        combine_mnemonics([sheet])


def test_a_set_of_which_one_would_be_enough_is_seen():
    """What the test above looks for is there in sheets that were split wrongly."""
    (single,) = generate_mnemonics(1, [(1, 1)], RECOVERY.secret)[0]
    assert combine_mnemonics([single]) == RECOVERY.secret


def test_no_sheet_twice():
    again = RECOVERY.sheets()
    assert len({*SHEETS, *again}) == 6
    assert "not of one set" in said([SHEETS[0], again[1]])
    assert "not of one set" in said([SHEETS[0], SHEETS[1], again[2]])
    assert "not of one set" in said([SHEETS[0], Recovery.new().sheets()[1]])


def test_as_somebody_types_it():
    assert combine([f"  {SHEETS[0].upper()}\n", SHEETS[1].replace(" ", "\n", 11).replace(" ", " - ", 5)]) == RECOVERY


@pytest.mark.parametrize("at", [1, 17, 33])
def test_a_word_that_is_none_is_named(at):
    assert f"sheet 2: word {at} is not" in said([SHEETS[0], with_word(SHEETS[1], at, "waystation")])


@pytest.mark.parametrize("at", [1, 18])
def test_another_word_of_the_list_is_named(at):
    assert f"sheet 1: word {at} is another word" in said([with_word(SHEETS[0], at, another_word(SHEETS[0], at)), SHEETS[1]])


def test_more_than_one_wrong_word():
    wrong = with_word(with_word(SHEETS[0], 5, another_word(SHEETS[0], 5)), 9, another_word(SHEETS[0], 9))
    assert "sheet 1: more than one word is wrong" in said([wrong, SHEETS[1]])


@pytest.mark.parametrize("count", [0, 1, 32])
def test_a_sheet_that_is_cut(count):
    cut = " ".join(SHEETS[0].split()[:count])
    assert ("has" in said([cut, SHEETS[1]])) == (count > 0)
    assert "sheet 1" in said([cut, SHEETS[1]])
    with pytest.raises(Refused, match="the blue sheet has 34 words"):
        read_sheet(SHEETS[0] + " acid", name="the blue sheet")


def test_the_key_is_the_same_after_the_sheets():
    back = combine(SHEETS[1:])
    assert (back.public, back.decryption) == (RECOVERY.public, RECOVERY.decryption)
    assert back.sign(b"a ceremony") == RECOVERY.sign(b"a ceremony")


def test_other_keys_have_other_words():
    words = {Recovery(fixed(f"recovery {number}")).public.words for number in range(50)}
    assert len(words) == 50
    assert RECOVERY.public.words not in words


# ------------------------------------------------------------------------------------------------------ the public file
TEXT = public_text(RECOVERY)


def test_the_public_file_holds_no_secret():
    assert read_public(TEXT) == RECOVERY.public
    assert TEXT.splitlines()[0] == "WAYSTATION-RECOVERY-1" and RECOVERY.public.words in TEXT
    secret = [RECOVERY.secret, *RECOVERY.decryption, RECOVERY._keys[2]]
    assert not [one for one in secret if one.hex()[:16] in TEXT]
    assert not [pair for sheet in SHEETS for pair in combinations(sheet.split(), 2) if " ".join(pair) in TEXT]


def altered(line: str, new: str) -> str:
    return "\n".join(new if one.startswith(line) else one for one in TEXT.splitlines())


OTHER = dict(line.split(" ", 1) for line in public_text(Recovery(fixed("other"))).splitlines()[1:])


@pytest.mark.parametrize(("text", "words"), [
    ("", "begins with"), ("not it", "begins with"), (TEXT.replace("RECOVERY-1", "RECOVERY-2"), "begins with"),
    (altered("words", ""), "begins with"), (altered("bundle", "bundle xyz"), "is damaged"),
    (altered("bundle", "bundle 00"), "cut short"), (altered("ed25519", "ed25519 00"), "cut short"),
    (altered("bundle", f"bundle {OTHER['bundle']}"), "exchanged"), (altered("ed25519", f"ed25519 {OTHER['ed25519']}"), "exchanged"),
    (altered("words", f"words {OTHER['words']}"), "exchanged"), (TEXT + "\nbundle 00\n", "cut short"),
])
def test_a_public_file_that_is_not_whole(text, words):
    with pytest.raises(Refused, match=words) as caught:
        read_public(text)
    assert caught.value.kind == "recovery"
