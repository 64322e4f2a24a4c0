"""`waystation recover`: the recovery key, made and checked on a machine that never has a network.

    recover new [--out FOLDER]      make a key, print three sheets, write the public file that the server is given
    recover check                   type two sheets; says whether they open, and which key
    recover open REQUEST            with two sheets, answer what an office asks: give a person back what is lost

Sheets are typed when asked for, never given as arguments: those stand in the list of processes and the shell's memory.

Sheets and key are printed and forgotten. Nothing secret is ever written to a disk, and nothing is sent anywhere.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from waystation.cli.ceremony import CLEAR, NotAnswered, open_request
from waystation.vault.recovery import SHEETS, WORDS, Recovery, combine, public_text, read_sheet
from waystation.vault.refused import Refused

BAD_INPUT = 2
FILE = "recovery-public.txt"
A_LINE = 6  # words
Ask = Callable[[str], str]


class NotMade(Exception):
    """The key was not kept; the message says what to do."""


def main(arguments: Sequence[str], *, ask: Ask = input, program: str = "waystation-office recover") -> int:
    """Run one verb and give its exit code; `ask` reads a line from whoever sits there."""
    given = _parser(program).parse_args(arguments)
    try:
        if given.verb == "open":
            return open_request(given.request, given.out, ask=ask, sheet=_asked)
        return _new(given.out, confirm=not given.yes, ask=ask) if given.verb == "new" else _check(ask)
    except (Refused, NotMade, NotAnswered) as why:
        print(why, file=sys.stderr)
    except (KeyboardInterrupt, EOFError):
        print("\nStopped. Nothing was kept.", file=sys.stderr)
    return BAD_INPUT


def _parser(program: str) -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog=program, description=__doc__,
                                  formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")
    new = verbs.add_parser("new", help="make a key, print three sheets, write the public file")
    new.add_argument("--out", type=Path, default=Path(), metavar="FOLDER", help=f"for {FILE} (default: here)")
    new.add_argument("--yes", action="store_true", help="do not ask for two sheets back: for demonstrations alone")
    verbs.add_parser("check", help="type two sheets; says whether they open, and which key")
    reopen = verbs.add_parser("open", help="with two sheets, answer what an office asks")
    reopen.add_argument("request", type=Path, metavar="REQUEST", help="the file that recovery-request wrote")
    reopen.add_argument("--out", type=Path, default=Path(), metavar="FOLDER", help="for the answer (default: here)")
    return top


def _new(folder: Path, *, confirm: bool, ask: Ask) -> int:
    target = folder / FILE
    if target.exists():
        raise NotMade(f"{target} is there already: it belongs to another key. Choose another folder with --out")
    if not folder.is_dir():
        raise NotMade(f"{folder} is no folder. Make it, or choose another with --out")
    key = Recovery.new()
    sheets = key.sheets()
    for number, sheet in enumerate(sheets, 1):
        print(sheet_text(number, sheet, key.public.words))
    if confirm:
        _read_back(key, ask)
    _write(target, public_text(key))
    print(f"The public file: {target}\n"
          "Bring it to the server. It holds no secret; its words show that nobody exchanged it:\n\n"
          f"    {key.public.words}\n\n"
          "Give each sheet to another custodian, if possible in another country. Two are enough.")
    return 0


def _read_back(key: Recovery, ask: Ask) -> None:
    """Until two sheets, as they stand on paper, open the key. Only then is anything kept."""
    if sys.stdout.isatty():
        ask("When all three are on paper, press Enter: the screen is cleared. ")
        print(CLEAR, end="")
    print("Read two sheets back from the paper, so that no slip of the pen is found only when everything is lost.")
    while True:
        try:
            if combine([_asked("first sheet", ask), _asked("second sheet", ask)]) == key:
                return
            print("These are sheets of another key. Take two of today's.", file=sys.stderr)
        except Refused as why:
            print(f"{why}.", file=sys.stderr)


def _write(target: Path, text: str) -> None:
    try:
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "w", encoding="ascii") as stream:
                stream.write(text)
        except OSError:
            target.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise NotMade(f"{target} cannot be written ({error.strerror}). Nothing was kept: burn all three sheets and "
                      "begin again with another --out") from error


def sheet_text(number: int, sheet: str, fingerprint: str) -> str:
    """One sheet as it is copied onto paper: numbered words, the key's eight words, who keeps it and where.

    >>> "1 academic" in sheet_text(1, "academic " * 33, "eight words")
    True
    """
    words = sheet.split()
    lines = []
    for start in range(0, WORDS, A_LINE):
        line = (f"{place:>2} {word:<9}" for place, word in enumerate(words[start:start + A_LINE], start + 1))
        lines.append("   " + " ".join(line).rstrip())
    head = f"--- Sheet {number} of {SHEETS}: two are enough. Copy it onto paper, never into a file or a photograph."
    return "\n".join([head, *lines, f"   Key: {fingerprint}",
                      "   Custodian: ______________   Country: ______________", ""])


def _asked(name: str, ask: Ask) -> str:
    """A sheet as it is typed, asked for again after a mistake: its place is said, and nothing typed before is lost."""
    while True:
        try:
            return read_sheet(ask(f"{name}, its {WORDS} words: "), name=name)
        except Refused as why:
            print(f"{why}.", file=sys.stderr)


def _check(ask: Ask) -> int:
    key = combine([_asked("first sheet", ask), _asked("second sheet", ask)])
    print(f"Both sheets are good. They open the key with these words:\n\n    {key.public.words}\n\n"
          "Compare them with those on the sheets and in trust.toml of the office.")
    return 0
