"""Writing: to the terminal by default; a file is asked for once, sealed where it must be, whole or not at all.

A book that is not fictional leaves nothing in clear on disk: what is written is sealed with age to named recipients.
"""

import json
import os
import sys
import tempfile
from pathlib import Path


class NotWritten(Exception):
    """Nothing was written, and why."""


def sealed(data: bytes, recipients: list[str]) -> bytes:
    """`data` sealed to age recipients. Raises `NotWritten` for a recipient that is none."""
    import pyrage

    try:
        keys = [pyrage.x25519.Recipient.from_str(text) for text in recipients]
    except pyrage.RecipientError as error:
        raise NotWritten("This --recipient is no age recipient; it starts with age1.") from error
    return bytes(pyrage.encrypt(data, keys))


def may_write(path: Path, *, fictional: bool, recipients: list[str]) -> None:
    """Refuse early, before anything is computed. Raises `NotWritten`."""
    if not fictional and not recipients:
        raise NotWritten(f"{path}: this book is not fictional, so nothing is written in clear. "
                         "Give --recipient with an age recipient (age1...).")
    if not path.parent.is_dir():
        raise NotWritten(f"{path}: there is no folder {path.parent}.")
    if path.is_dir():
        raise NotWritten(f"{path}: this is a folder; name a file in it.")


def write(path: Path, data: bytes, *, fictional: bool, recipients: list[str], yes: bool) -> None:
    """Write `data` to `path`: asked once on a terminal, mode 600, in one piece. Raises `NotWritten`."""
    may_write(path, fictional=fictional, recipients=recipients)
    if not yes and sys.stdin.isatty() and sys.stderr.isatty():
        print(f"Write {path}{' (sealed)' if recipients else ''}? [y/N] ", end="", file=sys.stderr, flush=True)
        if sys.stdin.readline().strip().lower() not in {"y", "yes"}:
            raise NotWritten(f"{path}: not written.")
    body = sealed(data, recipients) if recipients else data
    try:
        _replace(path, body)
    except OSError as error:
        raise NotWritten(f"{path}: cannot be written ({error.strerror}).") from error


def _replace(path: Path, body: bytes) -> None:
    """Write beside the file and rename: whole or not at all, readable by its owner alone (mkstemp's mode)."""
    handle, part = tempfile.mkstemp(prefix=".waystation-", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        Path(part).replace(path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise


def say(text: str) -> None:
    """Print an answer."""
    print(text.rstrip("\n"))


def say_json(value: object) -> None:
    """Print an answer for programs."""
    print(as_json(value))


def as_json(value: object) -> str:
    """JSON with two spaces, no NaN, keys as given."""
    return json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False)


def note(text: str) -> None:
    """Print a note or a warning: never mixed with an answer."""
    print(text, file=sys.stderr)


def progress(text: str) -> None:
    """Say what is being done, on a terminal only, over the line before."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="\n" if not text else "", file=sys.stderr, flush=True)
