"""The recovery ceremony without an office: two sheets answer a request, one does not, and whatever was changed is refused."""

import json
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from itertools import combinations

import golden_vault
import pytest
from sealed_things import ACCOUNT, DEK, GRANTER, GRANTERS, READER, READERS, RECOVERY, STRANGERS, fixed, refusal, signer

from waystation.cli import ceremony as offline
from waystation.cli import recovery
from waystation.contexts import ctx
from waystation.vault import grants
from waystation.vault.ceremony import (
    ANSWER,
    Answer,
    Person,
    Request,
    Wrapped,
    country_fits,
    key_of,
    read_answer,
    read_request,
    respond,
)
from waystation.vault.keys import Secrets, certify
from waystation.vault.recovery import Recovery
from waystation.vault.refused import Refused

pytestmark = [pytest.mark.promise("P08"), pytest.mark.once]
OFFICER, COUNTRIES = STRANGERS, ("Nowhere", "Elsewhere")
KINDS = (0x01, 0x02, 0x11)
VAULTS = [fixed(f"vault {number}", 16) for number in range(len(KINDS))]
SHEETS = RECOVERY.sheets()


def person(account, keys):
    return Person(account, keys.bundle, certify(OFFICER, account, keys.bundle))


def granted(vault, kind, **more):
    """What the recovery key was granted: by a person, or of the record of acts by the server."""
    row = {"principal": bytes(16), "vault": vault, "kind": kind, "version": 1, "dek": DEK} | more
    if kind == 0x11:
        return Wrapped(vault, kind, 1, grants.grant_server(RECOVERY.bundle, **row))
    return Wrapped(vault, kind, 1, grants.grant_person(GRANTERS, GRANTER, RECOVERY.bundle, **row))


def asked(**other):
    whole = Request(bytes(range(16)), fixed("nonce", 16), key_of(RECOVERY.public), (OFFICER.bundle.signing_key,),
                    person(READER, READERS), (person(GRANTER, GRANTERS),), tuple(map(granted, VAULTS, KINDS)))
    return replace(whole, **other)


REQUEST = asked()
GIVEN = respond(REQUEST, RECOVERY, COUNTRIES)


def opened(one):
    return grants.open_grant(one.wrap, READERS, principal=READER, vault=one.vault, kind=one.kind, version=one.version, signer=signer)


# ------------------------------------------------------------------------------------------------- there and back again
def test_the_new_holder_opens_what_the_recovery_key_gave():
    assert read_request(REQUEST.raw) == REQUEST
    back = read_answer(GIVEN.raw, RECOVERY.public.signing_key)
    assert (back, back.unopened, back.countries) == (GIVEN, (), COUNTRIES)
    assert [one.vault for one in back.vaults] == VAULTS
    assert {(opened(one).dek, opened(one).granter) for one in back.vaults} == {(DEK, bytes(16))}


def test_nobody_else_opens_it_and_the_key_of_a_vault_stands_nowhere_in_clear():
    for one in GIVEN.vaults:
        assert refusal(lambda one=one: grants.open_grant(one.wrap, STRANGERS, principal=READER, vault=one.vault, kind=one.kind,
                                                         version=1, signer=signer)) == "grant"
    assert DEK not in REQUEST.raw + GIVEN.raw
    assert not [part for part in (*RECOVERY.decryption, RECOVERY.secret) if part in REQUEST.raw + GIVEN.raw]


def test_eight_words_tell_one_request_from_another():
    others = [asked(nonce=fixed("other", 16)), asked(vaults=REQUEST.vaults[:1]), asked(holder=person(ACCOUNT, READERS)),
              asked(officers=(*REQUEST.officers, bytes(32)))]
    assert len({one.words for one in (REQUEST, *others)}) == 5
    assert len(REQUEST.words.split()) == 8


def test_what_nobody_entitled_granted_is_left_out_and_named():
    """Whoever can write rows could otherwise have records of their own come back as somebody's."""
    forged = replace(granted(VAULTS[0], 1), wrap=grants.grant_person(
        READERS, GRANTER, RECOVERY.bundle, principal=bytes(16), vault=VAULTS[0], kind=1, version=1, dek=DEK))
    for bad in (forged, replace(REQUEST.vaults[0], version=2), replace(REQUEST.vaults[0], kind=2)):
        answer = respond(asked(vaults=(bad, *REQUEST.vaults[1:])), RECOVERY, COUNTRIES)
        assert (answer.unopened, [one.vault for one in answer.vaults]) == ((VAULTS[0],), VAULTS[1:])
    uncertified = replace(REQUEST.people[0], certificate=bytes(64))
    for people in ((), (uncertified,), (person(ACCOUNT, GRANTERS),)):
        assert respond(asked(people=people), RECOVERY, COUNTRIES).unopened == tuple(VAULTS[:2])
    assert refusal(lambda: respond(asked(vaults=(forged,)), RECOVERY, COUNTRIES)) == "nothing"


def test_the_sheets_of_another_key_are_told_by_its_words():
    other = Recovery(fixed("another recovery"))
    with pytest.raises(Refused, match=other.public.words) as why:
        respond(REQUEST, other, COUNTRIES)
    assert why.value.kind == "key"


@pytest.mark.parametrize(("said", "fits"), [("대한민국", True), ("Nowhere and Elsewhere", True), ("", False), ("a" * 61, False),
                                            ("two\nlines", False), ('a"b', False), ("a\\b", False)])
def test_a_country_is_a_word_that_the_record_has_room_for(said, fits):
    assert country_fits(said) == fits
    if not fits:
        assert refusal(lambda: respond(REQUEST, RECOVERY, ("Nowhere", said))) == "country"


# ------------------------------------------------------------------------------------------------------ what is changed
def changed(raw):
    """One bit in many places."""
    for at in sorted({*range(40), *range(len(raw) - 100, len(raw)), *range(40, len(raw), 211)}):
        yield raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1:]


@pytest.mark.promise("P04")
def test_each_changed_bit_of_a_request_and_of_an_answer_is_refused():
    assert {refusal(lambda raw=raw: read_request(raw)) for raw in changed(REQUEST.raw)} == {"version", "digest"}
    key = RECOVERY.public.signing_key
    assert {refusal(lambda raw=raw: read_answer(raw, key)) for raw in changed(GIVEN.raw)} == {"version", "signature"}


def test_an_answer_that_another_key_signed_is_refused():
    other = Recovery(fixed("another recovery"))
    forged = GIVEN.signed(other.sign)
    assert refusal(lambda: read_answer(forged.raw, RECOVERY.public.signing_key)) == "signature"
    assert read_answer(forged.raw, other.public.signing_key).vaults == GIVEN.vaults


def resigned(body):
    return body + RECOVERY.sign(ctx("ceremony", body))


def redigested(body):
    return body + sha256(body).digest()


BODY, SAID = REQUEST.raw[:-32], GIVEN.raw[:-64]
FORMS = {
    "empty": (b"", "version"), "an answer": (GIVEN.raw, "version"), "a newer one": (redigested(b"\2" + BODY[1:]), "version"),
    "cut": (REQUEST.raw[:-1], "digest"), "ends early": (redigested(BODY[:-1]), "short"), "longer": (redigested(BODY + b"\0"), "length"),
    "twice": (asked(vaults=(REQUEST.vaults[0],) * 2).raw, "length"), "head alone": (redigested(BODY[:2]), "short"),
    "own form": (redigested(BODY[:-1170] + b"\1S" + BODY[-1168:]), "form"),
    "not certified": (asked(officers=(READERS.bundle.signing_key,)).raw, "certificate"),
    "certified for another": (asked(holder=replace(REQUEST.holder, id=ACCOUNT)).raw, "certificate"),
}


@pytest.mark.promise("P04")
@pytest.mark.parametrize("name", FORMS)
def test_a_request_that_is_none_is_named(name):
    raw, kind = FORMS[name]
    assert refusal(lambda: read_request(raw)) == kind


@pytest.mark.promise("P04")
@pytest.mark.parametrize(("raw", "kind"), [
    (REQUEST.raw, "version"), (b"", "version"), (resigned(SAID[:-1]), "short"), (resigned(SAID + b"\0"), "length"),
    (resigned(SAID[:-1250] + b"\1D" + SAID[-1248:]), "form"), (resigned(ANSWER), "short"),
    (replace(GIVEN, vaults=GIVEN.vaults[:1] * 2).signed(RECOVERY.sign).raw, "length"),
], ids=["a request", "empty", "ends early", "longer", "server form", "head alone", "twice"])
def test_an_answer_that_is_none_is_named_even_if_it_is_signed(raw, kind):
    assert refusal(lambda: read_answer(raw, RECOVERY.public.signing_key)) == kind


# ----------------------------------------------------------------------------------------------------- at the terminal
class Typed:
    """Who sits there: each question gets the next answer."""

    def __init__(self, *answers):
        self.answers, self.questions = list(answers), []

    def __call__(self, question):
        self.questions.append(question)
        if not self.answers:
            raise EOFError
        return self.answers.pop(0)


@pytest.fixture
def stick(tmp_path):
    (tmp_path / "request.bin").write_bytes(REQUEST.raw)
    return tmp_path


def ceremony(stick, *answers):
    typed = Typed(*answers)
    return recovery.main(["open", str(stick / "request.bin"), "--out", str(stick)], ask=typed), typed


def answers(stick):
    return [read_answer(path.read_bytes(), RECOVERY.public.signing_key) for path in stick.glob("recovery-answer-*.bin")]


@pytest.mark.refuses("H-45")
@pytest.mark.parametrize("pair", list(combinations(range(3), 2)), ids=["1 and 2", "1 and 3", "2 and 3"])
def test_each_pair_of_sheets_gives_everything_back(stick, capsys, pair):
    code, _ = ceremony(stick, "yes", SHEETS[pair[0]], SHEETS[pair[1]], *COUNTRIES)
    (answer,) = answers(stick)
    assert code == 0
    assert {opened(one).dek for one in answer.vaults} == {DEK} and len(answer.vaults) == 3
    printed = capsys.readouterr()
    assert REQUEST.words in printed.out and READERS.bundle.words in printed.out and "3 of 3" in printed.out
    assert not [sheet for sheet in SHEETS if " ".join(sheet.split()[:3]) in printed.out + printed.err]


@pytest.mark.refuses("H-45")
@pytest.mark.parametrize("at", range(3))
def test_one_sheet_is_not_enough_however_often_it_is_typed(stick, capsys, at):
    code, _ = ceremony(stick, "yes", *[SHEETS[at]] * 4)
    assert (code, answers(stick)) == (recovery.BAD_INPUT, [])
    assert "two different sheets are needed" in capsys.readouterr().err


def test_sheets_of_two_sets_are_told_and_asked_for_again(stick, capsys):
    code, _ = ceremony(stick, "yes", SHEETS[0], RECOVERY.sheets()[1], SHEETS[0], SHEETS[1], *COUNTRIES)
    assert (code, len(answers(stick))) == (0, 1)
    assert "not of one set" in capsys.readouterr().err


def test_a_wrong_word_is_named_by_its_place(stick, capsys):
    words = SHEETS[0].split()
    slip = " ".join([*words[:6], "academic" if words[6] != "academic" else "acid", *words[7:]])
    code, _ = ceremony(stick, "yes", slip, SHEETS[0], SHEETS[2], *COUNTRIES)
    assert (code, len(answers(stick))) == (0, 1)
    assert "first sheet: word 7 is another word" in capsys.readouterr().err


@pytest.mark.parametrize("said", ["no", "", "y", "yes please"])
def test_words_that_differ_stop_it_before_any_sheet(stick, capsys, said):
    code, typed = ceremony(stick, said, *SHEETS)
    assert (code, answers(stick), len(typed.questions)) == (recovery.BAD_INPUT, [], 1)
    assert "tell the security officer by voice" in capsys.readouterr().err


def test_sheets_that_lie_in_one_country_are_warned_of(stick, capsys):
    code, _ = ceremony(stick, "yes", *SHEETS[:2], "", "Nowhere", " nowhere ")
    assert (code, answers(stick)[0].countries) == (0, ("Nowhere", "nowhere"))
    said = capsys.readouterr().err
    assert "in one country" in said and "A word or two" in said


def test_what_did_not_open_is_named_and_the_rest_is_given(stick, capsys):
    (stick / "request.bin").write_bytes(asked(people=()).raw)
    code, _ = ceremony(stick, "yes", *SHEETS[:2], *COUNTRIES)
    said = capsys.readouterr().out
    assert code == 0 and "1 of 3" in said and VAULTS[0].hex() in said and "2 did not open" in said


@pytest.mark.parametrize(("content", "words"), [(None, "cannot be read"), (REQUEST.raw[:-1], "copy it again"), (b"", "is no request")])
def test_a_file_that_is_no_request_is_a_sentence(stick, capsys, content, words):
    path = stick / "request.bin"
    path.unlink() if content is None else path.write_bytes(content)
    assert ceremony(stick)[0] == recovery.BAD_INPUT
    assert words in capsys.readouterr().err


def test_an_answer_that_is_there_already_is_left_and_a_full_disk_leaves_no_half(stick, capsys, monkeypatch):
    assert ceremony(stick, "yes", *SHEETS[:2], *COUNTRIES)[0] == 0
    code, typed = ceremony(stick, "yes", *SHEETS[:2], *COUNTRIES)
    assert (code, typed.questions) == (recovery.BAD_INPUT, [])
    assert "there already" in capsys.readouterr().err
    (there,) = stick.glob("recovery-answer-*.bin")
    there.unlink()
    monkeypatch.setattr(offline.os, "fdopen", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    code, _ = ceremony(stick, "yes", *SHEETS[:2], *COUNTRIES)
    monkeypatch.undo()
    assert (code, list(stick.glob("recovery-answer-*"))) == (recovery.BAD_INPUT, [])
    assert "No space left" in capsys.readouterr().err


# ---------------------------------------------------------------------------------------------- in a process of its own
CHILD = """
import json, sys
heard = []

def hear(event, given):
    writes = event == "open" and isinstance(given[0], (str, bytes)) and given[2] & 3
    if writes or event.startswith("socket.") or event in ("os.rename", "os.mkdir", "sqlite3.connect", "subprocess.Popen"):
        heard.append([event, repr(given)])

sys.addaudithook(hear)
from waystation.cli import main
code = main(["recover", "open", sys.argv[1], "--out", sys.argv[2]])
print(json.dumps({"code": code, "heard": heard, "django": "django" in sys.modules}), file=sys.stderr)
"""


def test_it_runs_where_nothing_of_the_office_is_and_writes_one_file(stick):
    elsewhere = stick / "elsewhere"
    elsewhere.mkdir()
    typed = "\n".join(["yes", SHEETS[2], SHEETS[0], *COUNTRIES, ""])
    done = subprocess.run([sys.executable, "-B", "-c", CHILD, str(stick / "request.bin"), str(elsewhere)], input=typed, text=True,
                          capture_output=True, check=True, cwd=elsewhere)
    told = json.loads(done.stderr.splitlines()[-1])
    assert (told["code"], told["django"], [event for event, _ in told["heard"]]) == (0, False, ["open"])
    assert "recovery-answer" in told["heard"][0][1]
    assert [path.name for path in elsewhere.iterdir()] == [offline.FILE.format(REQUEST.digest.hex()[:8])]
    assert {opened(one).dek for one in answers(elsewhere)[0].vaults} == {DEK}


# --------------------------------------------------------------------------------------------------------- for ever
@pytest.mark.promise("P20")
def test_what_the_first_release_asked_and_answered_is_read():
    golden = json.loads((golden_vault.FOLDER / "ceremony.json").read_text("utf-8"))
    kept = {name: bytes.fromhex(value) for name, value in golden.items() if name != "words"}
    request, key = read_request(kept["request"]), Recovery(kept["recovery secret"])
    assert (request.words, request.raw) == (golden["words"], kept["request"])
    answer = read_answer(kept["answer"], key.public.signing_key)
    assert isinstance(answer, Answer) and (answer.raw, answer.request) == (kept["answer"], request.digest)
    holder = Secrets.from_raw(kept["holder"])
    found = {grants.open_grant(one.wrap, holder, principal=answer.holder, vault=one.vault, kind=one.kind, version=one.version,
                               signer={bytes(16): key.public.signing_key}.__getitem__).dek for one in answer.vaults}
    assert found == {kept["dek"]}
    again = respond(request, key, answer.countries)
    assert [one.vault for one in again.vaults] == [one.vault for one in answer.vaults] and not again.unopened
