"""What the manual shows is what happens: its code runs, its commands run, and they print what the page says."""

import doctest
from pathlib import Path

import pytest
from blocks import NOT_RUN, Command, blocks, commands

from waystation.cli import main
from waystation_web.office import reader

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(path for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
SAME = doctest.OutputChecker().check_output
LOOSELY = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def with_blocks(kind: str) -> list[object]:
    return [pytest.param(page, id=page.relative_to(ROOT).as_posix()) for page in PAGES
            if any(blocks(page.read_text("utf-8"), kind))]


@pytest.mark.parametrize("page", with_blocks("python"))
def test_python_blocks_run(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"__name__": "page"}
    for line, source in blocks(page.read_text("utf-8"), "python"):
        if source.lstrip().startswith(">>> "):
            test = doctest.DocTestParser().get_doctest(source, names, page.name, str(page), line - 1)
            result = doctest.DocTestRunner(optionflags=LOOSELY).run(test, clear_globs=False)
            names = test.globs
            assert result.failed == 0, f"{page.name}:{line}"
        else:
            exec(compile("\n" * (line - 1) + source, page.name, "exec"), names)


def run(words: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Exit code and all output of one `waystation` command."""
    capsys.readouterr()
    try:
        code = main(words)
    except SystemExit as stop:  # argparse ends --help and wrong words this way
        code = int(stop.code or 0)
    done = capsys.readouterr()
    return code, done.out + done.err


def follow(page: list[Command], capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Run the commands of a page; sentences about those that did not do what the page says."""
    faults, code = [], 0
    for number, command in enumerate(page):
        if command.words == ["echo", "$?"]:
            if command.shown[:1] != [str(code)]:
                faults.append(f"line {command.line}: the exit code is {code}")
        elif command.words[0] == "waystation":
            code, printed = run(command.words[1:], capsys)
            asked = number + 1 < len(page) and page[number + 1].words == ["echo", "$?"]
            if code and not asked:
                faults.append(f"line {command.line}: ended with {code}\n{printed}")
            wanted = "\n".join(command.shown).strip()
            if wanted and not SAME(wanted + "\n", printed.strip() + "\n", LOOSELY):
                faults.append(f"line {command.line}: it printed\n{printed}")
        elif command.words[0] == "waystation-office":
            faults += [f"line {command.line}: {why}" for why in not_understood(command.words[1:])]
        elif command.words[0] not in NOT_RUN:
            faults.append(f"line {command.line}: {command.words[0]} is not run by this test")
    return faults


def not_understood(words: list[str]) -> list[str]:
    """Why `waystation-office` would not take these words. It is not run here: it makes and serves offices."""
    if words[:1] == ["recover"]:
        return [] if words[1:2] in (["new"], ["check"]) else [f"recover {words[1:]} is no step of the ceremony"]
    try:
        reader().parse_args(words)
    except SystemExit as stop:
        return [] if not stop.code else [f"waystation-office {' '.join(words)} is not understood"]
    return []


@pytest.mark.parametrize("page", with_blocks("console"))
def test_console_blocks_run_and_print_what_is_shown(page, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    text = page.read_text("utf-8")
    every = [command for first, block in blocks(text, "console") for command in commands(block, first)]
    assert follow(every, capsys) == []


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ("$ waystation --version\nwaystation 9.9.9\n", "it printed"),
        ("$ waystation no-such-verb\n", "ended with 2"),
        ("$ waystation no-such-verb\n$ echo $?\n1\n", "the exit code is 2"),
        ("$ rm -r book\n", "is not run"),
        ("$ waystation-office sweep somewhere\n", "is not understood"),
        ("$ waystation-office recover old\n", "no step"),
    ],
)
def test_a_page_that_is_not_true_is_noticed(block, words, capsys):
    (fault,) = follow(commands(block, 1), capsys)
    assert words in fault


def test_a_true_page_is_silent(capsys):
    block = "$ waystation \\\n  --version\nwaystation ...\n$ waystation no-such-verb\n$ echo $?\n2\n$ make demo\n"
    assert follow(commands(block, 1), capsys) == []
