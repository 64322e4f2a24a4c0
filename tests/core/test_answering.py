"""The child's program: one question in, words of work and one answer out, nothing on standard error, whatever happens."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from answers import ANSWERS

from waystation import worlds
from waystation.cli import answering
from waystation.network.files import read_book, write_json

FAMILY = json.loads(worlds.party("long-way", "family"))
TERMS = {"start": "HEARTH", "goals": ["HARBOR"], "depart_from": "2026-10-22", "deadline": "2026-12-31",
         "budget": "9000 USD"}


def question(**more):
    return {"book": json.loads(write_json(read_book(worlds.world("long-way")))), "party": FAMILY["party"], "terms": TERMS,
            "now": "2026-10-20T18:00:00+00:00", "asked": {"draws": 60}} | more


def said(given, monkeypatch, capsys):
    """What the program writes to standard output, line by line."""
    monkeypatch.setattr("sys.stdin", io.StringIO(given if isinstance(given, str) else json.dumps(given)))
    assert answering.main() == 0
    told = capsys.readouterr()
    assert told.err == ""
    return [json.loads(line) for line in told.out.splitlines()]


@pytest.fixture(scope="module")
def answered():
    """The family's question, answered once, with a floor that the low end misses and one that it reaches."""
    one = answering.question_of(question())
    return {floor: answering.answered(replace(one, terms=replace(one.terms, floor=floor)))["answer"]
            for floor in (None, 0.6, 0.9)}


def test_words_of_work_come_first_and_the_answer_last(monkeypatch, capsys):
    *work, last = said(question(), monkeypatch, capsys)
    assert len(work) == 5 and all(set(line) == {"tell"} for line in work)
    assert set(last) == {"answer"} and last["answer"]["facts"]["state"] == "THIN"
    assert [sheet["language"] for sheet in last["answer"]["aloud"]] == ["en", "ko"]


def test_what_must_be_shown_before_anybody_signs(answered):
    """By hand from the book: who was lost on these legs in 90 days; R01 is a boat that may leave on 10 November."""
    before = answered[None]["before"]
    facts = answered[None]["facts"]
    legs = {step["leg"] for step in facts["steps"] if step["leg"]}
    legs |= {step["leg"] for one in facts["contingencies"] for step in one["steps"] if step["leg"]}
    lost = [row for row in question()["book"]["outcomes"] if row["leg"] in legs
            and row["ended"] in ("intercepted", "harmed", "missing")
            and "2026-07-22" <= row.get("ended_at", row["started"]) <= "2026-10-20"]
    assert before["losses_90_days"] == len(lost)
    assert before["last_loss"] == (max(row.get("ended_at", row["started"]) for row in lost) + "T23:59:59+00:00" if lost else None)
    assert (before["oldest_y"], before["infants"], before["pregnancy_weeks"], before["forbidden_leg"]) == (80, 0, None, False)
    assert before["n"] == facts["rests_on"]["n"] and before["winter_river"] is True


@pytest.mark.refuses("H-27")
@pytest.mark.parametrize(("floor", "below"), [(None, False), (0.6, False), (0.9, True)])
def test_a_floor_is_held_against_the_low_end(answered, floor, below):
    assert answered[floor]["before"]["below_floor"] is below
    low = answered[floor]["facts"]["p_safe"]["low"]
    assert 0.6 < low < 0.9  # the control: the two floors lie on either side of it


def test_what_may_not_be_said_reaches_no_floor():
    for name, one in ANSWERS.items():
        known = one.assessment.state in ("THIN", "MEASURED")
        asked = replace(one, terms=replace(one.terms, floor=0.01))
        assert answering._below_floor(asked) is not known, name


def test_a_refusal_is_an_answer(monkeypatch, capsys):
    party = FAMILY["party"] | {"all_agree": False}
    last = said(question(party=party), monkeypatch, capsys)[-1]
    assert set(last) == {"refused"} and "has not said yes" in last["refused"][0]


@pytest.mark.parametrize("wrong", [
    {"party": {"size": 0}}, {"terms": TERMS | {"start": "NOWHERE"}}, {"book": {"waystation_route_book": 1}}],
    ids=["party", "terms", "book"])
def test_a_question_that_does_not_fit_is_a_fault_in_sentences(wrong, monkeypatch, capsys):
    last = said(question(**wrong), monkeypatch, capsys)[-1]
    assert set(last) == {"fault"} and last["fault"] and all(isinstance(one, str) for one in last["fault"])


def test_an_error_says_nothing(monkeypatch, capsys):
    """A broken question ends without an answer; what Python would print of it is not printed."""
    monkeypatch.setattr("sys.stdin", io.StringIO('{"party": "Quillowbraith"}'))
    monkeypatch.setattr("sys.excepthook", sys.excepthook)
    with pytest.raises(KeyError):
        answering.main()
    sys.excepthook(KeyError, KeyError("Quillowbraith"), None)
    assert "".join(capsys.readouterr()) == ""


# --------------------------------------------------------------------------------------------------- the process itself
# The program of the child, at work on a question for a minute; it tells its number and what may be read of its memory.
AT_WORK = """
import ctypes, json, os, runpy, time
import waystation.network.files
def working(*_, **__):
    print(json.dumps({"tell": [os.getpid(), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)]}), flush=True)
    time.sleep(60)
waystation.network.files.read_book = working
runpy.run_module("waystation.cli.answering", run_name="__main__")
"""
PARENT = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", sys.argv[1]], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
child.stdin.write(b'{"terms": {}, "book": {}}')
child.stdin.close()
print(child.stdout.readline().decode(), flush=True)
child.wait()
"""


def alive(number):
    try:
        return "Z" not in Path(f"/proc/{number}/stat").read_text("ascii").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False


@pytest.fixture
def at_work():
    """A parent that waits for its child, which is at work: the parent, the child's number, whether it can be dumped."""
    if not sys.platform.startswith("linux"):
        pytest.skip("other systems keep no processes in /proc")
    parent = subprocess.Popen([sys.executable, "-c", PARENT, AT_WORK], stdout=subprocess.PIPE)
    number, dumped = json.loads(parent.stdout.readline())["tell"]
    yield parent, number, dumped
    parent.kill()
    parent.wait()
    parent.stdout.close()
    if alive(number):
        os.kill(number, signal.SIGKILL)


def test_a_child_ends_with_its_parent_however_that_one_ends(at_work):
    """A worker that is killed stops nothing itself: the opened book would stay in memory for two minutes."""
    parent, number, _ = at_work
    assert alive(number)
    parent.kill()
    parent.wait()
    until = time.monotonic() + 5
    while alive(number) and time.monotonic() < until:
        time.sleep(0.05)
    assert not alive(number)


def test_no_other_process_reads_the_memory_of_a_child(at_work):
    """A core file goes wherever a system pipes it to, whatever the limit on its size says."""
    assert at_work[2] == 0
