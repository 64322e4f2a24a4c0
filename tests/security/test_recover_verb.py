"""The ceremony at the terminal: three sheets are printed, two are read back, and nothing but the public half is kept."""

import builtins
import os
import re
import socket
import stat
import sys

import pytest

from waystation.cli import main as waystation
from waystation.cli import recovery
from waystation.vault.recovery import combine, read_public

pytestmark = pytest.mark.promise("P08")
SHEET = re.compile(r"--- Sheet \d of 3.*?Country: _+", re.DOTALL)


def sheets_in(printed: str) -> list[str]:
    """The words on each sheet, as a custodian copies them."""
    return [" ".join(re.findall(r"\b\d+ ([a-z]+)", sheet.partition("\n")[2])) for sheet in SHEET.findall(printed)]


class Custodians:
    """Who sits at the machine: reads what was printed so far, and types the answers in order."""

    def __init__(self, capsys, *answers):
        self.capsys, self.answers, self.printed, self.errors = capsys, list(answers), "", ""

    def __call__(self, _question: str) -> str:
        self.look()
        if not self.answers:
            raise EOFError
        answer = self.answers.pop(0)
        return answer(sheets_in(self.printed)) if callable(answer) else answer

    def look(self) -> None:
        out, err = self.capsys.readouterr()
        self.printed += out
        self.errors += err


def ceremony(capsys, folder, *answers):
    custodians = Custodians(capsys, *answers)
    code = recovery.main(["new", "--out", str(folder)], ask=custodians)
    custodians.look()
    return code, custodians


def sheet(number: int, *, wrong: int = 0, word: str = "academic"):
    def typed(sheets: list[str]) -> str:
        words = sheets[number - 1].split()
        if wrong:
            words[wrong - 1] = word
        return " ".join(words)
    return typed


@pytest.mark.parametrize(("first", "second"), [(1, 2), (1, 3), (3, 2)])
def test_two_sheets_read_back_make_the_key(tmp_path, capsys, first, second):
    code, custodians = ceremony(capsys, tmp_path, sheet(first), sheet(second))
    assert (code, custodians.errors) == (0, "")
    public = read_public((tmp_path / recovery.FILE).read_text("ascii"))
    assert combine(sheets_in(custodians.printed)[:2]).public == public
    assert custodians.printed.count(public.words) == 4  # on each sheet, and where the file is named


def test_only_the_public_half_is_written(tmp_path, capsys, monkeypatch):
    opened = []
    real = os.open
    monkeypatch.setattr(os, "open", lambda path, *how, **more: opened.append(str(path)) or real(path, *how, **more))
    monkeypatch.setattr(builtins, "open", lambda *what, **how: pytest.fail(f"opened {what}"))
    monkeypatch.setattr(socket, "socket", lambda *what, **how: pytest.fail("a network was asked for"))
    code, custodians = ceremony(capsys, tmp_path, sheet(1), sheet(2))
    monkeypatch.undo()
    assert code == 0
    path = tmp_path / recovery.FILE
    assert ([str(path)], list(tmp_path.iterdir())) == (opened, [path])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    written, sheets = path.read_text("ascii"), sheets_in(custodians.printed)
    key = combine(sheets[1:])
    assert key.secret.hex() not in written
    assert not [three for text in sheets for three in zip(*(text.split()[at:] for at in range(3)), strict=False)
                if " ".join(three) in written]


@pytest.mark.parametrize(("wrong", "words"), [
    (sheet(1, wrong=7, word="rivver"), "first sheet: word 7 is not in the list"),
    (sheet(1, wrong=5), "first sheet: word 5 is another word of the list"),
    (lambda sheets: " ".join(sheets[0].split()[:-1]), "first sheet has 32 words; a sheet has 33"),
    (lambda sheets: "", "first sheet"),
])
def test_a_slip_is_named_and_asked_for_again(tmp_path, capsys, wrong, words):
    code, custodians = ceremony(capsys, tmp_path, wrong, sheet(1), sheet(2))
    assert code == 0
    assert words in custodians.errors


def test_one_sheet_twice_is_not_two(tmp_path, capsys):
    code, custodians = ceremony(capsys, tmp_path, sheet(1), sheet(1), sheet(1), sheet(3))
    assert code == 0
    assert "two different sheets are needed" in custodians.errors


def test_sheets_of_another_day_are_told_from_those_of_today(tmp_path, capsys):
    (tmp_path / "before").mkdir()
    _, before = ceremony(capsys, tmp_path / "before", sheet(1), sheet(2))
    old = sheets_in(before.printed)
    code, custodians = ceremony(capsys, tmp_path, old[0], old[1], old[0], sheet(2), sheet(1), sheet(2))
    assert code == 0
    assert "sheets of another key" in custodians.errors
    assert "not of one set" in custodians.errors


def test_who_stops_has_kept_nothing(tmp_path, capsys):
    code, custodians = ceremony(capsys, tmp_path, sheet(1))
    assert code == recovery.BAD_INPUT
    assert "Nothing was kept" in custodians.errors
    assert list(tmp_path.iterdir()) == []


def test_the_screen_is_cleared_before_the_paper_is_read(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    code, custodians = ceremony(capsys, tmp_path, "", sheet(1), sheet(2))
    assert code == 0
    cleared = custodians.printed.index(recovery.CLEAR)
    assert custodians.printed.rindex("--- Sheet 3") < cleared < custodians.printed.index("Read two sheets back")


def test_another_key_is_never_written_over(tmp_path, capsys):
    (tmp_path / recovery.FILE).write_text("an older key", "ascii")
    code, custodians = ceremony(capsys, tmp_path)
    assert code == recovery.BAD_INPUT
    assert "is there already" in custodians.errors
    assert sheets_in(custodians.printed) == []
    assert (tmp_path / recovery.FILE).read_text("ascii") == "an older key"


def test_a_folder_that_is_none_is_said_before_any_sheet(tmp_path, capsys):
    code, custodians = ceremony(capsys, tmp_path / "none")
    assert (code, sheets_in(custodians.printed)) == (recovery.BAD_INPUT, [])
    assert "is no folder" in custodians.errors


@pytest.mark.parametrize("stage", ["open", "fdopen"])
def test_a_disk_that_fails_leaves_no_half_file(tmp_path, capsys, monkeypatch, stage):
    def full(*what, **how):
        if stage == "fdopen":
            os.close(what[0])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(recovery.os, stage, full)
    code, custodians = ceremony(capsys, tmp_path, sheet(1), sheet(2))
    monkeypatch.undo()
    assert code == recovery.BAD_INPUT
    assert "No space left" in custodians.errors and "burn all three" in custodians.errors
    assert list(tmp_path.iterdir()) == []


def test_sheets_are_checked_years_later(tmp_path, capsys):
    _, custodians = ceremony(capsys, tmp_path, sheet(1), sheet(2))
    sheets = sheets_in(custodians.printed)
    later = Custodians(capsys, sheets[2].upper(), sheets[0])
    assert recovery.main(["check"], ask=later) == 0
    later.look()
    assert read_public((tmp_path / recovery.FILE).read_text("ascii")).words in later.printed
    stranger = Custodians(capsys, sheets[0], sheets[0])
    assert recovery.main(["check"], ask=stranger) == recovery.BAD_INPUT


def test_the_verb_of_the_command_line(tmp_path, capsys, monkeypatch):
    assert waystation(["recover", "new", "--yes", "--out", str(tmp_path)]) == 0
    sheets = sheets_in(capsys.readouterr().out)
    assert combine(sheets[:2]).public == read_public((tmp_path / recovery.FILE).read_text("ascii"))
    answers = iter(sheets[1:])
    monkeypatch.setattr(recovery.main, "__kwdefaults__", recovery.main.__kwdefaults__ | {"ask": lambda _question: next(answers)})
    assert waystation(["recover", "check"]) == 0
    assert "Both sheets are good" in capsys.readouterr().out


def test_without_the_packages_of_the_office_it_says_what_to_install(capsys, monkeypatch):
    monkeypatch.delitem(sys.modules, "waystation.cli.recovery")
    monkeypatch.delattr("waystation.cli.recovery")
    monkeypatch.setitem(sys.modules, "waystation.vault.recovery", None)
    assert waystation(["recover", "check"]) == recovery.BAD_INPUT
    assert "install waystation[office]" in capsys.readouterr().err
