"""The command line: exit codes, what is asked for, what is written and how, and what never is."""

import io
import json
import stat
from dataclasses import replace
from types import SimpleNamespace

import pytest

from waystation.cli import main
from waystation.network.files import write_json
from worlds.little import little_book, outcomes

PARTY = {"size": 1, "youngest_y": 30, "oldest_y": 30, "all_agree": True, "guardian_ok": True}
ASK = ["--from", "HERE", "--by", "2030-05-13", "--money", "400 USD", "--draws", "60"]


@pytest.fixture
def files(tmp_path):
    """A fictional book, the same book as if it were not, a party, and what was known before two more outcomes."""
    book = little_book()
    real = replace(book, book=replace(book.book, fictional=False, as_of=None))
    later = replace(book, outcomes=book.outcomes + outcomes("ROW", arrived=2))
    for name, one in (("book", book), ("real", real), ("later", later)):
        (tmp_path / f"{name}.json").write_bytes(write_json(one))
    (tmp_path / "party.json").write_text(json.dumps(PARTY))
    return SimpleNamespace(**{name: str(tmp_path / f"{name}.json") for name in ("book", "real", "later", "party")}, at=tmp_path)


def key(tmp_path):
    """A fresh age identity: (file, recipient)."""
    import pyrage

    identity = pyrage.x25519.Identity.generate()
    path = tmp_path / "key.txt"
    path.write_text(f"# a key for a test\n{identity}\n")
    return path, str(identity.to_public())


def run(capsys, *argv):
    code = main([str(word) for word in argv])
    out, err = capsys.readouterr()
    return code, out, err


# --- plan ----------------------------------------------------------------------------------------------------------


def test_a_plan_answers_in_words_and_calls_itself_advice(files, capsys):
    code, out, _ = run(capsys, "plan", files.book, "--party", files.party, *ASK)
    assert code == 0
    assert "Of 100 parties like this" in out
    assert "A named person decides" in out
    assert "FICTIONAL" in out


def test_json_is_whole_and_the_same_each_time(files, capsys):
    first = run(capsys, "plan", files.book, "--party", files.party, *ASK, "--json")
    again = run(capsys, "plan", files.book, "--party", files.party, *ASK, "--json")
    assert first == again
    assert json.loads(first[1])["waystation_answer"] == 1


def test_a_book_from_standard_input(files, capsys, monkeypatch):
    with open(files.book, "rb") as book:
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(book.read()), isatty=lambda: False))
    code, out, _ = run(capsys, "plan", "-", "--party", files.party, *ASK)
    assert code == 0
    assert "HERE" in out


@pytest.mark.parametrize("change", [{"all_agree": False}, {"guardian_ok": False}])
def test_refused_is_exit_1_with_reasons(files, capsys, change):
    with open(files.party, "w") as party:
        json.dump(PARTY | change, party)
    code, out, _ = run(capsys, "plan", files.book, "--party", files.party, *ASK)
    assert code == 1
    assert "guardian" in out or "has not said yes" in out


def test_unknown_is_exit_1_and_shows_no_number(files, capsys):
    code, out, _ = run(capsys, "plan", files.book, "--party", files.party, "--now", "2031-05-01", "--from", "HERE", "--by",
                       "2031-05-13", "--money", "400 USD", "--draws", "60")
    assert code == 1
    assert "We do not know" in out
    assert "of 100" not in out.lower().replace("of 100 parties, how many", "")


@pytest.mark.parametrize("missing", ["all_agree", "guardian_ok", "size"])
def test_nobody_is_assumed_to_have_agreed(files, capsys, missing):
    with open(files.party, "w") as party:
        json.dump({name: value for name, value in PARTY.items() if name != missing}, party)
    code, _, err = run(capsys, "plan", files.book, "--party", files.party, *ASK)
    assert code == 2
    assert missing in err


@pytest.mark.parametrize(("argv", "words"), [
    (["plan", "BOOK"], "--party"),
    (["plan", "BOOK", "--party", "PARTY"], "Still needed: --from, --by, --money"),
    (["plan", "nowhere.json", "--party", "PARTY"], "cannot be read"),
    (["plan", "BOOK", "--party", "nowhere.json", *ASK], "cannot be read"),
    (["plan", "BOOK", "--party", "BOOK", *ASK], "RB"),
    (["plan", "REAL", "--party", "PARTY", *ASK], "--now"),
    (["plan", "BOOK", "--party", "PARTY", *ASK, "--penalty", "-1"], "--penalty"),
    (["plan", "BOOK", "--party", "PARTY", *ASK, "--floor", "2"], "--floor"),
    (["plan", "BOOK", "--party", "PARTY", *ASK, "--out", "/nowhere/at/all.json"], "no folder"),
    (["assess", "BOOK", "--plan", "PARTY"], "no answer of"),
])
def test_bad_input_is_exit_2_and_says_what_to_do(files, capsys, argv, words):
    names = {"BOOK": files.book, "REAL": files.real, "PARTY": files.party}
    code, out, err = run(capsys, *(names.get(word, word) for word in argv))
    assert code == 2
    assert out == ""
    if words != "RB":
        assert words in err
    assert "Traceback" not in err


@pytest.mark.parametrize("argv", [["plan", "river", "--by", "tomorrow"], ["plan", "river", "--money", "much"],
                                  ["plan", "river", "--now", "soon"], ["plan", "river", "--draws", "0"],
                                  ["plan", "river", "--draws", "1"], ["plan", "river", "--seed", "-1"], ["bench", "XL"], ["dance"], []])
def test_arguments_that_cannot_be_read_are_exit_2_with_an_example(capsys, argv):
    with pytest.raises(SystemExit) as stopped:
        main(argv)
    assert stopped.value.code == 2
    assert "usage" in capsys.readouterr().err


@pytest.mark.parametrize(("terms", "words"), [
    ({"penalty": "much"}, "--penalty lies between"), ({"floor": "high"}, "--floor lies between"),
    ({"floor": True}, "--floor lies between"), ({"goals": 5}, "list of codes"), ({"goals": [["SAFE"]]}, "list of codes"),
    ({"goals": "SAFE"}, "list of codes"), ({"money": "999999999 USD"}, "units of"),
])
def test_terms_of_the_wrong_kind_are_exit_2(files, capsys, terms, words):
    asked = {"from": "HERE", "by": "2030-05-13", "money": "400 USD"} | terms
    (files.at / "whole.json").write_text(json.dumps({"party": PARTY, "terms": asked}))
    code, out, err = run(capsys, "plan", files.book, "--party", files.at / "whole.json")
    assert (code, out) == (2, "")
    assert words in err


def test_two_answers_to_one_question_are_none(files, capsys):
    """An adult who said no is not overruled by a second `all_agree` further down."""
    twice = json.dumps(PARTY).replace('"all_agree": true', '"all_agree": false, "all_agree": true')
    (files.at / "twice.json").write_text(f'{{"party": {twice}}}')
    code, out, err = run(capsys, "plan", files.book, "--party", files.at / "twice.json", *ASK)
    assert (code, out) == (2, "")
    assert "a key stands twice" in err


def test_a_question_of_a_saved_plan_is_checked_again(files, capsys):
    saved = files.at / "saved.json"
    run(capsys, "plan", files.book, "--party", files.party, *ASK, "--out", saved)
    told = json.loads(saved.read_text())
    for change in ({"penalty": -1}, {"floor": "low"}, {"goals": 5}):
        saved.write_text(json.dumps(told | {"terms": told["terms"] | change}))
        code, out, _ = run(capsys, "assess", files.book, "--plan", saved)
        assert (code, out) == (2, ""), change


def test_check_wants_something_to_check(capsys):
    code, out, err = run(capsys, "check")
    assert (code, out) == (2, "")
    assert "--self" in err


# --- writing -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("flag", ["--out", "--report"])
def test_nothing_of_a_real_book_is_written_in_clear(files, capsys, flag):
    target = files.at / "answer.file"
    code, _, err = run(capsys, "plan", files.real, "--party", files.party, "--now", "2030-05-01", *ASK, flag, target)
    assert code == 2
    assert "--recipient" in err
    assert not target.exists()


@pytest.mark.parametrize("flag", ["--out", "--report"])
def test_what_is_sealed_opens_with_its_identity_only(files, capsys, flag):
    import pyrage

    identity, recipient = key(files.at)
    target = files.at / "answer.age"
    code, _, _ = run(capsys, "plan", files.real, "--party", files.party, "--now", "2030-05-01", *ASK, flag, target,
                     "--recipient", recipient)
    assert code == 0
    sealed = target.read_bytes()
    assert b"HERE" not in sealed
    mine = [pyrage.x25519.Identity.from_str(line) for line in identity.read_text().splitlines() if line.startswith("AGE")]
    assert b"HERE" in pyrage.decrypt(sealed, mine)
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(sealed, [pyrage.x25519.Identity.generate()])


def test_a_sealed_book_is_opened_in_memory(files, capsys):
    import pyrage

    identity, recipient = key(files.at)
    sealed = files.at / "book.age"
    with open(files.book, "rb") as book:
        sealed.write_bytes(pyrage.encrypt(book.read(), [pyrage.x25519.Recipient.from_str(recipient)]))
    assert run(capsys, "check", sealed, "--identity", identity)[0] == 0
    code, _, err = run(capsys, "check", sealed)
    assert code == 2
    assert "--identity" in err


def test_a_wrong_recipient_writes_nothing(files, capsys):
    target = files.at / "answer.age"
    code, _, err = run(capsys, "plan", files.book, "--party", files.party, *ASK, "--out", target, "--recipient", "age1nonsense")
    assert code == 2
    assert "age recipient" in err
    assert list(files.at.glob("*answer*")) == []


def test_what_is_written_is_for_its_owner_alone_and_whole(files, capsys):
    target, page = files.at / "answer.json", files.at / "answer.html"
    code, _, err = run(capsys, "plan", files.book, "--party", files.party, *ASK, "--out", target, "--report", page)
    assert code == 0
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    assert json.loads(target.read_text())["waystation_answer"] == 1
    assert page.read_text().startswith("<!doctype html>")
    assert str(page) in err
    assert not list(files.at.glob(".*.part"))


def test_an_answer_no_is_respected(files, capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True, readline=lambda: "n\n"))
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    target = files.at / "answer.json"
    code, _, err = run(capsys, "plan", files.book, "--party", files.party, *ASK, "--out", target)
    assert code == 2
    assert "not written" in err
    assert not target.exists()


# --- the other verbs -----------------------------------------------------------------------------------------------


def test_check_counts_and_lists(files, capsys):
    code, out, _ = run(capsys, "check", files.book)
    assert code == 0
    assert "no mistakes found" in out
    found = json.loads(run(capsys, "check", files.book, "--json")[1])
    assert found["book"]["legs"] == 4


def test_check_self_tests_the_solver(capsys):
    assert run(capsys, "check", "--self")[0] == 0


def test_check_names_the_cell(files, capsys):
    with open(files.book) as book:
        broken = json.load(book)
    broken["legs"][0]["to"] = "NOWHERE"
    with open(files.book, "w") as book:
        json.dump(broken, book)
    code, _, err = run(capsys, "check", files.book)
    assert code == 2
    assert "/legs/" in err
    assert "RB3" in err
    problem = json.loads(run(capsys, "check", files.book, "--json")[1])["problems"][0]
    assert (problem["sheet"], problem["row"], problem["column"]) == ("legs", 2, "to")


def test_template_reads_back(files, capsys):
    for name in ("template.xlsx", "template.json"):
        assert run(capsys, "template", "--out", files.at / name)[0] == 0
        assert run(capsys, "check", files.at / name)[0] == 0
    code, out, _ = run(capsys, "template")
    assert code == 0
    assert "waystation_route_book" in out


def test_a_shipped_world_as_a_workbook_answers_as_its_json(files, capsys):
    assert run(capsys, "template", "--world", "river", "--out", files.at / "river.xlsx")[0] == 0
    by_json = run(capsys, "plan", "river", "--party", "two", "--draws", "60")
    by_name = (files.at / "party.json").write_bytes(__import__("waystation.worlds", fromlist=["party"]).party("river", "two"))
    assert by_name
    by_workbook = run(capsys, "plan", files.at / "river.xlsx", "--party", files.party, "--draws", "60")
    assert by_json[1] == by_workbook[1]


def test_a_saved_plan_is_judged_again_and_simulated(files, capsys):
    saved = files.at / "plan.json"
    assert run(capsys, "plan", files.book, "--party", files.party, *ASK, "--out", saved)[0] == 0
    code, out, _ = run(capsys, "assess", files.book, "--plan", saved, "--draws", "60")
    assert code == 0
    assert "has changed since" not in out
    code, out, _ = run(capsys, "assess", files.later, "--plan", saved, "--draws", "60")
    assert "has changed since" in out
    code, out, _ = run(capsys, "simulate", files.book, "--plan", saved, "--runs", "20000")
    assert code == 0
    assert "agrees with the plan" in out
    found = json.loads(run(capsys, "simulate", files.book, "--plan", saved, "--runs", "20000", "--json")[1])
    assert found["agrees"] is True


def test_two_saved_plans_are_compared_on_the_same_draws(files, capsys):
    one, other = files.at / "one.json", files.at / "other.json"
    run(capsys, "plan", files.book, "--party", files.party, *ASK, "--out", one)
    run(capsys, "plan", files.book, "--party", files.party, *ASK, "--out", other, "--by", "2030-05-06")
    code, out, _ = run(capsys, "assess", files.book, "--plan", one, "--against", other, "--draws", "60")
    assert code == 0
    assert "The first plan is safer" in out or "cannot tell these two plans apart" in out


def test_a_plan_that_is_known_is_not_compared_in_numbers_with_one_that_is_not(files, capsys):
    """Of the two states, the lower one decides: a share of possible worlds is a number about both plans."""
    known, dark = files.at / "known.json", files.at / "dark.json"
    run(capsys, "plan", "long-way", "--party", "family", "--draws", "60", "--brief", "--out", known)
    run(capsys, "plan", "long-way", "--party", "young-man", "--draws", "60", "--brief", "--out", dark)
    assert json.loads(known.read_text())["state"] == "THIN"
    assert json.loads(dark.read_text())["state"] == "PRIOR_ONLY"
    _, out, _ = run(capsys, "assess", "long-way", "--plan", known, "--against", dark, "--draws", "60")
    assert out.rstrip().endswith("The data cannot tell these two plans apart.")


def test_what_was_learnt_since_an_earlier_book(files, capsys):
    _, out, _ = run(capsys, "plan", files.later, "--party", files.party, *ASK, "--against", files.book)
    assert "New outcomes on ROW: 2 arrived." in " ".join(out.split())


def test_a_prior_file_makes_numbers_appear(files, capsys):
    with open(files.book) as file:
        book = json.load(file)
    priors = {"priors": book.pop("priors"), "waiting_loss": book.pop("waiting_loss")}
    book["outcomes"] = []
    bare, stated = files.at / "bare.json", files.at / "priors.json"
    bare.write_text(json.dumps(book))
    stated.write_text(json.dumps(priors))
    code, out, _ = run(capsys, "plan", bare, "--party", files.party, *ASK)
    assert (code, "We do not know." in out) == (1, True)
    code, out, _ = run(capsys, "plan", bare, "--party", files.party, *ASK, "--priors", stated, "--show-expert")
    assert code == 0
    assert "We do not know. Expert judgement, no record of our own" in " ".join(out.split())
    assert "of 100" in out


def test_subgroups_are_answered_side_by_side(files, capsys):
    with open(files.party, "w") as party:
        json.dump(PARTY | {"size": 2, "stay_together": False, "subgroups": [PARTY, PARTY | {"oldest_y": 60}]}, party)
    code, out, _ = run(capsys, "plan", files.book, "--party", files.party, *ASK, "--json")
    assert code == 0
    assert len(json.loads(out)["waystation_answers"]) == 2


def test_a_full_disk_leaves_the_old_file_and_no_part(files, capsys, monkeypatch):
    target = files.at / "answer.json"
    target.write_text("what was there before")

    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    code, _, err = run(capsys, "plan", files.book, "--party", files.party, *ASK, "--brief", "--out", target)
    assert code == 2
    assert "No space left" in err
    assert target.read_text() == "what was there before"
    assert not list(files.at.glob(".waystation-*"))


def test_a_refusal_has_a_page_too(files, capsys):
    with open(files.party, "w") as party:
        json.dump(PARTY | {"all_agree": False}, party)
    page = files.at / "answer.html"
    assert run(capsys, "plan", files.book, "--party", files.party, *ASK, "--report", page)[0] == 1
    assert "has not said yes" in page.read_text()


def test_a_plan_made_with_a_prior_file_is_judged_with_it(files, capsys):
    with open(files.book) as file:
        book = json.load(file)
    stated, bare, saved = files.at / "priors.json", files.at / "bare.json", files.at / "plan.json"
    stated.write_text(json.dumps({"priors": book.pop("priors")}))
    bare.write_text(json.dumps(book))
    assert run(capsys, "plan", bare, "--party", files.party, *ASK, "--priors", stated, "--out", saved)[0] == 0
    code, out, _ = run(capsys, "assess", bare, "--plan", saved, "--priors", stated, "--draws", "60")
    assert code == 0
    assert "has changed since" not in out
    assert run(capsys, "simulate", bare, "--plan", saved, "--priors", stated, "--runs", "5000")[0] == 0


def test_a_mistake_in_a_prior_file_is_told_by_its_own_row(files, capsys):
    with open(files.book) as file:
        priors = json.load(file)["priors"][:2]
    priors[1]["most_likely"] = 300
    wrong = files.at / "wrong.json"
    wrong.write_text(json.dumps({"priors": priors}))
    code, _, err = run(capsys, "plan", files.book, "--party", files.party, *ASK, "--priors", wrong)
    assert code == 2
    assert "wrong.json" in err
    assert "/priors/1/most_likely" in err


def test_parts_of_a_party_are_told_that_the_money_is_there_once(files, capsys):
    with open(files.party, "w") as party:
        json.dump(PARTY | {"size": 2, "stay_together": False, "subgroups": [PARTY, PARTY]}, party)
    saved = files.at / "parts.json"
    code, out, _ = run(capsys, "plan", files.book, "--party", files.party, *ASK, "--brief", "--out", saved)
    assert code == 0
    assert "It can be spent once" in " ".join(out.split())
    code, _, err = run(capsys, "assess", files.book, "--plan", saved)
    assert code == 2
    assert "several parts" in err


def test_plans_for_different_days_are_not_compared(files, capsys):
    one, other = files.at / "one.json", files.at / "other.json"
    run(capsys, "plan", files.book, "--party", files.party, *ASK, "--out", one)
    run(capsys, "plan", files.book, "--party", files.party, *ASK, "--depart", "2030-05-02", "--out", other)
    _, out, _ = run(capsys, "assess", files.book, "--plan", one, "--against", other, "--draws", "60")
    assert "different days are not compared" in out


@pytest.mark.parametrize(("argv", "words"), [
    (["template", "--out", "book.ods"], ".xlsx or .json"),
    (["plan", "BOOK", "--party", "PARTY", *ASK, "--now", "2030-05-01T18:00Z", "--depart", "2030-05-01"], "is past"),
])
def test_more_bad_input(files, capsys, argv, words):
    names = {"BOOK": files.book, "PARTY": files.party}
    code, _, err = run(capsys, *(names.get(word, word) for word in argv))
    assert code == 2
    assert words in err


def test_an_engine_that_is_not_there_is_exit_2(files, capsys, monkeypatch):
    monkeypatch.setenv("WAYSTATION_BACKEND", "abacus")
    code, _, err = run(capsys, "plan", files.book, "--party", files.party, *ASK, "--brief")
    assert code == 2
    assert "WAYSTATION_BACKEND may be" in err
