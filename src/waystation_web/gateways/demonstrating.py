"""Whether this office is a demonstration, as `office.toml` says now: a running worker hears of it without a restart.

Out of demonstration there is one way, and none back: a line of the file is written anew while an act of two people is
saved. What counts for taking people in are their signatures (`duty.in_use`); the line alone opens nothing but the band.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from .installation import Installation, NoInstallation
from .runtime import write_whole

LINE = re.compile(r"^demonstration[ \t]*=.*$", re.MULTILINE)
_seen: dict[Path, tuple[tuple[int, int, int], bool]] = {}


class NotWritten(Exception):
    """`office.toml` could not be written; it is as it was."""


def is_demonstration() -> bool:
    """Whether everything here is invented. What cannot be read stays what it was when the office started."""
    office: Installation = settings.INSTALLATION
    if office.invented or not office.demonstration:
        return office.invented or office.demonstration
    try:
        at = (office.home / "office.toml").stat()
        mark = at.st_mtime_ns, at.st_ino, at.st_size
        if _seen.get(office.home, (None, True))[0] != mark:
            _seen[office.home] = mark, Installation.load(office.home).demonstration
    except (NoInstallation, OSError):
        return True
    return _seen[office.home][1]


def real(text: str) -> str:
    r"""The text of `office.toml` with one thing changed. Raises `NotWritten` if anything else would change with it.

    >>> print(real('origin = "x"\ndemonstration = true  # until two have signed\n'), end="")
    origin = "x"
    demonstration = false
    """
    try:
        before = tomllib.loads(text)
        after = LINE.sub("demonstration = false", text, count=1) if LINE.search(text) \
            else f"demonstration = false\n{text}"
        if tomllib.loads(after) != before | {"demonstration": False}:
            raise NotWritten
    except tomllib.TOMLDecodeError as reason:
        raise NotWritten from reason
    return after


def leave() -> None:
    """Write that this office is no demonstration. Raises `NotWritten`; an invented office never leaves."""
    office: Installation = settings.INSTALLATION
    path = office.home / "office.toml"
    if office.invented:
        raise NotWritten
    try:
        write_whole(path, real(path.read_text("utf-8")).encode())
    except (OSError, UnicodeDecodeError) as reason:
        raise NotWritten from reason


@contextmanager
def unless_it_fails() -> Iterator[None]:
    """Put the file back as it was if what follows fails: signatures and file say the same, or neither was written."""
    path: Path = settings.INSTALLATION.home / "office.toml"
    before = path.read_bytes() if path.is_file() else None
    try:
        yield
    except BaseException:
        if before is not None and path.read_bytes() != before:
            write_whole(path, before)
        raise
