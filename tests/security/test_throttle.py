"""Wrong tries are slowed; the right person never waits for them; two derivations at a time, twenty waiting."""

import threading

import pytest

from waystation_web.accounts import derivation, throttle
from waystation_web.accounts.answers import Busy, Wait, Wrong
from waystation_web.accounts.signin import Try, sign_in
from waystation_web.gateways.runtime import folder

BAD_WORDS = "acid acid acid acid acid acid acid acid"


def wrong(handle="anna"):
    with pytest.raises((Wrong, Wait)) as why:
        sign_in(Try(handle=handle, code="000000", words=BAD_WORDS))
    return why.value


def enters(office, person, code=None):
    try:
        sign_in(Try(handle=person.handle, code=code or office.code(person), words=person.words))
    except (Wrong, Wait):
        return False
    return True


@pytest.mark.promise("P10")
def test_ten_thousand_wrong_tries_and_the_right_person_enters_at_once(office):
    anna = office.people["anna"]
    code = office.code(anna)  # of this moment: nobody waits in this test
    for number in range(10_000):
        throttle.wrong(throttle.FACTOR, b"anna")
        if number % 1_000 == 0:
            wrong()
    assert isinstance(wrong(), Wait)
    assert enters(office, anna, code)


@pytest.mark.soak
@pytest.mark.promise("P10")
def test_ten_thousand_whole_wrong_tries(office):
    anna = office.people["anna"]
    code = office.code(anna)
    for _ in range(10_000):
        wrong()
    assert enters(office, anna, code)


@pytest.mark.promise("P10")
def test_the_wait_grows_and_never_passes_a_minute():
    waits = [throttle.delay(count) for count in range(200)]
    assert waits[:8] == [0, 0, 0, 2, 4, 8, 16, 32]
    assert max(waits) == 60
    assert waits == sorted(waits)


@pytest.mark.promise("P10")
def test_known_and_unknown_handles_wait_alike(office):
    for handle in ("anna", "nobody"):
        seen = [type(wrong(handle)) for _ in range(6)]
        assert seen == [Wrong, Wrong, Wrong, Wait, Wait, Wait], handle


@pytest.mark.promise("P10")
def test_a_wait_is_said_with_its_seconds(office):
    for _ in range(4):
        wrong()
    answer = office.client().post("/sign-in/", {"handle": "anna", "code": "000000", "words": BAD_WORDS})
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 60
    assert "Wait before you try again" in answer.content.decode()
    office.pass_time(seconds=61)
    assert office.client().post("/sign-in/", {"handle": "anna", "code": "000000"}).status_code == 403


@pytest.mark.promise("P10")
def test_wrong_words_after_a_right_factor_hold_back_for_a_minute_at_most(office):
    anna = office.people["anna"]
    for _ in range(12):  # each try takes new digits, half a minute: the longest wait is reached all the same
        with pytest.raises((Wrong, Wait)):
            sign_in(Try(handle="anna", code=office.code(anna), words=BAD_WORDS))
    for _ in range(12):
        throttle.wrong(throttle.WORDS, anna.id)
    with pytest.raises(Wait) as why:
        sign_in(Try(handle="anna", code=office.code(anna), words=anna.words))
    assert why.value.seconds <= 60
    office.pass_time(seconds=60)
    assert enters(office, anna)


@pytest.mark.promise("P10")
def test_made_up_handles_take_a_fixed_room(office):
    for number in range(9_000):
        throttle.wrong(throttle.FACTOR, f"nobody{number}".encode())
    assert len(list(folder(office.installation, "tries").iterdir())) <= throttle.BUCKETS + 1


def test_counters_name_nobody(office):
    wrong("anna")
    names = "".join(path.name for path in folder(office.installation, "tries").iterdir())
    assert "anna" not in names


@pytest.mark.promise("P10")
def test_two_derive_twenty_wait_and_the_next_is_told_to_come_back(office):
    go_on, seen, most, lock = threading.Event(), [], [0], threading.Lock()
    inside, refused = [0], []

    def derive():
        try:
            with derivation.derivation():
                with lock:
                    inside[0] += 1
                    most[0] = max(most[0], inside[0])
                    seen.append(1)
                go_on.wait(20)
                with lock:
                    inside[0] -= 1
        except Busy:
            refused.append(1)

    threads = [threading.Thread(target=derive) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:  # whoever was refused ends by themselves; 22 stay until they may go on
        if len(refused) == 28:
            break
        thread.join(0.1)
    go_on.set()
    for thread in threads:
        thread.join(20)
    assert most[0] == derivation.AT_ONCE
    assert len(seen) == derivation.AT_ONCE + derivation.QUEUE
    assert len(refused) == 28


@pytest.mark.promise("P10")
def test_a_full_queue_is_a_page_that_says_when_to_come_back(office, monkeypatch):
    anna = office.people["anna"]
    code = office.code(anna)
    monkeypatch.setattr(derivation, "AT_ONCE", 0)
    monkeypatch.setattr(derivation, "QUEUE", 0)
    answer = office.client().post("/sign-in/", {"handle": "anna", "code": code, "words": anna.words})
    assert answer.status_code == 503
    assert answer["Retry-After"] == "60"
