"""`waystation recover open`: two custodians and one sheet each give a person back what nobody else can open.

It runs on a machine without any network, with the file that `waystation-office recovery-request` wrote. What is typed
is kept nowhere; the answer that is written opens nothing for whoever finds it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from waystation.vault.ceremony import Answer, Request, country_fits, read_request, respond
from waystation.vault.recovery import Recovery, combine
from waystation.vault.refused import Refused

FILE = "recovery-answer-{}.bin"
CLEAR = "\x1b[3J\x1b[2J\x1b[H"  # what has scrolled away too
Ask = Callable[[str], str]


class NotAnswered(Exception):
    """No answer was written; the message says what to do."""


def open_request(path: Path, folder: Path, *, ask: Ask, sheet: Callable[[str, Ask], str]) -> int:
    """Show whom it is for, read two sheets, write the answer. Raises `Refused`, `NotAnswered`."""
    request = _read(path)
    target = folder / FILE.format(request.digest.hex()[:8])
    if target.exists() or not folder.is_dir():
        raise NotAnswered(f"{target} cannot be written: it is there already, or its folder is not. "
                          "Choose another folder with --out")
    _compare(request, ask)
    recovery = _two_sheets(ask, sheet)
    answer = respond(request, recovery, _countries(ask))
    _write(target, answer.raw)
    _say(target, request, answer)
    return 0


def _read(path: Path) -> Request:
    try:
        return read_request(path.read_bytes())
    except OSError as error:
        raise NotAnswered(f"{path} cannot be read ({error.strerror}). Is the stick in?") from error


def _compare(request: Request, ask: Ask) -> None:
    """Both rows of words, before any sheet is on the table."""
    print(f"One person asks for {len(request.vaults):,} records.\n\n"
          f"1. The office's console printed these words when it wrote this file:\n\n    {request.words}\n\n"
          "2. Call the person who is to read, or sit beside them. From their own page of the\n   office "
          f"they read the eight words of their keys aloud. They must be:\n\n    {request.holder.bundle.words}\n")
    if ask("Are all sixteen words the same? Type yes: ").strip().lower() != "yes":
        raise NotAnswered("Nothing was opened. If a word differs, somebody may have exchanged the file or the keys: do "
                          "not go on, and tell the security officer by voice")


def _two_sheets(ask: Ask, sheet: Callable[[str, Ask], str]) -> Recovery:
    while True:
        try:
            found = combine([sheet("first sheet", ask), sheet("second sheet", ask)])
        except Refused as why:
            print(f"{why}. Take both sheets again.", file=sys.stderr)
            continue
        if sys.stdout.isatty():
            print(CLEAR, end="")
        return found


def _countries(ask: Ask) -> tuple[str, str]:
    """Where the two sheets are kept: it goes into the office's record."""
    first, second = (_country(name, ask) for name in ("first", "second"))
    if first.casefold() == second.casefold():
        print("Both sheets are kept in one country: whoever governs it can take both. Give one to a custodian in "
              "another.", file=sys.stderr)
    return first, second


def _country(name: str, ask: Ask) -> str:
    while True:
        said = " ".join(ask(f"In which country is the {name} sheet kept? ").split())
        if country_fits(said):
            return said
        print("A word or two, please: the office's record names it.", file=sys.stderr)


def _write(target: Path, content: bytes) -> None:
    try:
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
        except OSError:
            target.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise NotAnswered(f"{target} cannot be written ({error.strerror}). No answer was kept: begin again with "
                          "another --out") from error


def _say(target: Path, request: Request, answer: Answer) -> None:
    print(f"{len(answer.vaults):,} of {len(request.vaults):,} records can be read again by that person.\n"
          f"The answer: {target}\n"
          "It opens nothing for whoever finds it. Bring it to the office:\n\n"
          f"    waystation-office recovery-import HOME {target.name}\n\n"
          "Put the sheets back to two different people. Switch this machine off.")
    if answer.unopened:
        print(f"{len(answer.unopened)} did not open: damaged, or given by somebody whom no officer confirmed. Their "
              "ids:", *(vault.hex() for vault in answer.unopened), sep="\n    ")
