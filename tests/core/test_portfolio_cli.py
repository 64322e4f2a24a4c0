"""`waystation portfolio`: it proposes and decides nothing, says what is wrong and what is missing, and writes sealed."""

import json
import subprocess
import sys

import pytest

from waystation import worlds
from waystation.cli import main

RIVER = ("portfolio", "river-month", "--caps", "river-month")


def run(capsys, *argv):
    code = main([str(word) for word in argv])
    out, err = capsys.readouterr()
    return code, out, err


@pytest.fixture
def written(tmp_path):
    """Writes the river month with some keys of the missions or caps changed; gives the words of the command."""
    def write(missions=None, caps=None):
        words = []
        for which, change in (("missions", missions), ("caps", caps)):
            path = tmp_path / f"{which}.json"
            path.write_text(json.dumps(json.loads(worlds.month("river", which)) | (change or {})), "utf-8")
            words.append(str(path))
        return "portfolio", words[0], "--caps", words[1]

    return write


@pytest.mark.proves("S001-50")
def test_the_shipped_month_is_proposed_with_its_bound_and_runner_up_and_nobody_is_accepted(capsys):
    code, out, _ = run(capsys, *RIVER)
    words = " ".join(out.split())
    assert code == 0
    assert out.startswith("FICTIONAL")
    assert "This is a proposal by numbers. It accepts and declines nobody: two named people read it" in words
    assert "Expected to reach safety: 10.7 people. Bound: no set brings more than 10.7 people (gap 0.0 %)." in words
    assert "M1 by ferry M4 by plain M6 by hills people 12 moved" in words
    assert "OTHER SETS, THE RUNNER-UP FIRST 1. with M3 by plain, without M4" in words
    assert "by hills: we do not know how safe it is" in words
    assert "guide HERON in week 1, 1 party more: +0.9 people reach safety" in words
    assert max(map(len, out.splitlines())) <= 80


def test_json_holds_the_question_and_the_answer(capsys):
    code, out, _ = run(capsys, *RIVER, "--json")
    facts = json.loads(out)
    assert code == 0
    assert facts["chosen"]["missions"] == [["M1", "ferry"], ["M4", "plain"], ["M6", "hills"]]
    assert (facts["ended"], facts["gap"], facts["fictional"]) == ("proven", 0.0, True)
    assert len(facts["digest"]) == 32
    assert "accepts and declines nobody" in facts["decides"]
    assert run(capsys, *RIVER, "--json")[1] == out


def test_the_solver_prints_nothing_of_its_own():
    done = subprocess.run([sys.executable, "-m", "waystation", *RIVER, "--json"], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["waystation_proposal"] == 1
    assert done.stderr == ""


def test_without_the_solver_it_is_said_what_to_install(capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "highspy", None)
    code, out, err = run(capsys, *RIVER)
    assert (code, out) == (2, "")
    assert "the solver HiGHS, which is not installed: install waystation[portfolio]" in err


@pytest.mark.proves("S001-50")
def test_what_must_be_taken_and_does_not_fit_is_explained_and_exit_1(capsys, written):
    code, out, _ = run(capsys, *written(caps={"take": ["M1", "M3", "M4"]}))
    assert code == 1
    assert "Nothing can be proposed: what must be taken does not fit." in out
    assert "would fit with:\n  house BARN in week 2: 3 beds more\n" in out
    assert "PROPOSED" not in out
    code, out, _ = run(capsys, *written(caps={"take": ["M5"]}))
    assert code == 1
    assert "M5 must be taken and has no way that may be chosen; no limit is the reason:" in out
    assert "12 of 100 too low; a second" in out


def test_several_limits_that_give_together_stand_on_one_line(capsys, written):
    _, out, _ = run(capsys, *written(caps={"take": ["M1", "M2", "M3", "M4", "M6"]}))
    assert "  budget: 600 USD more; guide HERON in week 1: 1 party more; house BARN" in out


def test_a_floor_that_is_not_kept_is_said_in_people_with_what_would_keep_it(capsys, written):
    code, out, _ = run(capsys, *written(caps={"floors": {"children": 100, "older": 100}}))
    words = " ".join(out.split())
    assert code == 0
    assert "children: the floor asks for 3, 2 fit in together with the other floors. 1 short." in words
    assert "Every floor could be kept with: house BARN in week 2: 3 beds more" in words


def test_where_everybody_fits_nobody_waits_and_only_parts_are_left(capsys, written):
    code, out, _ = run(capsys, *written(missions={"missions": [json.loads(worlds.month("river", "missions"))["missions"][1]]}))
    assert code == 0
    assert "None was found that is more than a part of the proposal." in out
    assert "WHO WAITS" not in out


def test_wrong_files_are_exit_2_with_file_row_and_field(capsys, written):
    words = written(caps={"safety_floor": 5000})
    code, out, err = run(capsys, *words)
    assert (code, out) == (2, "")
    assert err.startswith(f"{words[3]}: /safety_floor PF201 ")
    code, out, _ = run(capsys, *words, "--json")
    assert code == 2
    assert json.loads(out)["problems"][0]["column"] == "safety_floor"
    code, _, err = run(capsys, "portfolio", "nowhere.json", "--caps", "river-month")
    assert code == 2
    assert "nowhere.json: cannot be read" in err


@pytest.mark.parametrize(("flag", "value"), [("--gap", "x"), ("--gap", "60"), ("--alternatives", "11"), ("--seconds", "0")])
def test_a_wrong_flag_says_what_is_wanted(capsys, flag, value):
    with pytest.raises(SystemExit) as stopped:
        main([*RIVER, flag, value])
    assert stopped.value.code == 2
    assert "is wanted" in capsys.readouterr().err


def test_a_real_month_is_written_sealed_or_not_at_all(capsys, written, tmp_path):
    import pyrage

    identity = pyrage.x25519.Identity.generate()
    words, out = written(missions={"fictional": False}), tmp_path / "proposal.age"
    code, _, err = run(capsys, *words, "--out", out)
    assert code == 2
    assert "--recipient" in err
    assert not out.exists()
    code, printed, err = run(capsys, *words, "--out", out, "--recipient", identity.to_public(), "--yes")
    assert code == 0
    assert "not fictional" in err
    assert "FICTIONAL" not in printed
    assert json.loads(pyrage.decrypt(out.read_bytes(), [identity]))["waystation_proposal"] == 1


def test_a_gap_is_said_beside_the_bound(capsys):
    code, out, _ = run(capsys, *RIVER, "--gap", "50", "--alternatives", "0")
    assert code == 0
    assert "(gap " in out
    assert "1. with" not in out.partition("OTHER SETS")[2].partition("WHERE")[0]
