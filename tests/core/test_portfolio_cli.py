"""`waystation portfolio`: it proposes and decides nothing, says what is wrong and what is missing, and writes sealed."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest

from waystation import worlds
from waystation.cli import main
from waystation.portfolio.limits import Kind
from waystation.portfolio.missions_file import read_missions
from waystation.portfolio.proposal import Broken, More, Relief
from waystation.portfolio.select import select
from waystation.portfolio.solver import Ended
from waystation.report.portfolio import proposal_text

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


# --- answers that time ended ---------------------------------------------------------------------------------------


@pytest.fixture
def told():
    """The words of the river month's proposal after some of it was replaced."""
    month, caps = read_missions(worlds.month("river", "missions"), worlds.month("river", "caps"))
    made = select(month, caps, seed=7)

    def say(**change):
        return " ".join(proposal_text(month, replace(made, **change)).split())

    return say, made


def test_a_search_that_time_ended_says_how_much_better_a_set_could_be(told):
    say, made = told
    words = say(ended=Ended.STOPPED, bound=12.0, gap=(12 - made.chosen.arriving) / 12)
    assert "Not proven best: time ended. Another set may bring up to 1.3 people more to safety." in words
    assert "Bound: no set brings more than 12 people (gap 10.7 %)." in words
    assert "Proven" not in words
    words = say(ended=Ended.STOPPED, chosen=None, bound=15.5, alternatives=(), front=(), waiting=(), more=())
    assert "Time ended before any set was found. Nothing is proposed: allow more seconds." in words
    assert "Bound: no set brings more than 15.5 people to safety." in words
    assert "PROPOSED" not in words


def test_within_a_gap_is_not_called_the_best(told):
    say, made = told
    words = say(bound=10.8, gap=0.01)
    assert "Proven best within 1.0 %." in words
    free = tuple(replace(one, breaks=(("ferry", ()),)) for one in made.waiting)
    assert "by ferry: it fits; the search ended before it was tried" in say(bound=10.8, gap=0.01, waiting=free)
    assert "by ferry: it fits, and brings no more people to safety by the plan's numbers" in say(waiting=free)


def test_what_was_not_found_out_is_said_too(told):
    say, made = told
    assert "Time ended before it was found which limits would have to give" in say(ended=Ended.IMPOSSIBLE, chosen=None)
    unknown = replace(made.waiting[-1], if_taken=None)
    assert "time ended before it was known what taking them would cost" in say(waiting=(unknown,))
    assert "they cannot be taken without passing a limit or giving up a floor" in say(waiting=(replace(unknown, cannot_be_taken=True),))
    assert "what taking them would cost was not asked: name them in `take`" in say(waiting=(replace(unknown, asked=False),))
    more = More(Kind.HOUSE, "BARN", 2, 1, 0.0, -2)
    assert "house BARN in week 2, 1 bed more: 2 fewer short of the floors" in say(more=(more,))
    maybe = Relief((Broken(Kind.BUDGET, "", 0, 600),), least=False)
    assert "budget: 600 USD more (perhaps less: time ended)" in say(reliefs=(maybe,))


def test_the_bad_case_is_rounded_up_since_less_would_not_be_enough(told):
    say, _ = told
    assert "bad case: 0.2 people more" in say(reliefs=(Relief((Broken(Kind.BAD_CASE, "", 0, 0.113),), least=True),))
