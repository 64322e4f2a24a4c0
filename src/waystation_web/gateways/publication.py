"""What is published, as plain files in a folder outside of the office, which a process of its own shows (`public`).

    stories/SLUG/         the pages of one story        stories/SLUG/card     its piece of the first page
    parts/head, tail      around those pieces           gone/SLUG             it was taken back: 410, for good

One way: nothing is ever read back from here but those pieces. Whoever takes something back needs no key and no record,
so that a "no" counts at once, whoever hears it.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from django.conf import settings

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{2,59}")
FILE = re.compile(r"[a-z0-9][a-z0-9-]{0,59}(?:\.(?:html|css|woff2|jpg|png|webp|svg))?")
CARD = "card"


class NowhereError(Exception):
    """There is no folder to publish into, or it cannot be written; the message says what to do."""


def folder() -> Path:
    """The folder into which stories go. Raises `NowhereError`."""
    place: Path | None = settings.INSTALLATION.public
    if place is None:
        raise NowhereError('Nobody has said where stories are published. Write into office.toml: public = "/a/folder"')
    if place.resolve() == settings.INSTALLATION.home or settings.INSTALLATION.home in place.resolve().parents:
        raise NowhereError("The folder for stories lies inside the office. Name one outside of it in office.toml.")
    try:
        for part in (place, place / "stories", place / "gone", place / "parts"):
            part.mkdir(mode=0o755, exist_ok=True)
            part.chmod(0o755)
    except OSError as reason:
        raise NowhereError(f"The folder for stories cannot be written ({reason.strerror}).") from reason
    return place


def publish(slug: str, files: Mapping[str, bytes], *, around: Mapping[str, bytes]) -> None:
    """Put a story there, whole, in place of what it said before. `around`: head, tail and files beside all stories.

    Raises `NowhereError`, `ValueError` for a name that is none, or one that was taken back: that is for good.
    """
    if not SLUG.fullmatch(slug) or not all(FILE.fullmatch(name) for name in (*files, *around)):
        raise ValueError("this is no name of a page")
    place = folder()
    if is_gone(slug):
        raise ValueError("this was taken back: what is published anew has a name of its own")
    fresh, old = (place / "stories" / f".{slug}.{secrets.token_hex(6)}" for _ in range(2))
    fresh.mkdir(mode=0o755)
    fresh.chmod(0o755)
    for name, content in files.items():
        _write(fresh / name, content)
    for name, content in around.items():
        _write(place / "parts" / name if name in {"head", "tail"} else place / name, content)
    there = place / "stories" / slug
    with suppress(FileNotFoundError):
        there.rename(old)
    fresh.rename(there)
    shutil.rmtree(old, ignore_errors=True)
    _first_page(place)


def take_back(slug: str) -> bool:
    """A story is gone from now on. Whether it stood there. Raises `NowhereError`, also if something of it stays."""
    if not SLUG.fullmatch(slug):
        return False
    place = folder()
    there = place / "stories" / slug
    stood = there.exists()
    _write(place / "gone" / slug, b"")  # first: from here on nobody is shown it, whatever happens to the files
    shutil.rmtree(there, ignore_errors=True)
    if there.exists():
        raise NowhereError("It is not shown any more, but its files could not be removed. Remove them by hand.")
    _first_page(place)
    return stood


def is_gone(slug: str) -> bool:
    """Whether a story was taken back. No folder: nothing is published at all."""
    place: Path | None = settings.INSTALLATION.public
    return place is not None and (place / "gone" / slug).exists()


def stands(slug: str) -> bool:
    """Whether a story can be read now."""
    place: Path | None = settings.INSTALLATION.public
    return place is not None and not is_gone(slug) and (place / "stories" / slug / "index.html").exists()


def _first_page(place: Path) -> None:
    """All cards between head and tail, the newest first."""
    cards = [path for path in (place / "stories").glob(f"*/{CARD}") if not path.parent.name.startswith(".")]
    cards.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    parts = [place / "parts" / "head", *cards, place / "parts" / "tail"]
    _write(place / "index.html", b"".join(path.read_bytes() for path in parts if path.exists()))


def _write(path: Path, content: bytes) -> None:
    """A file that everybody may read and the office alone may write, whole or not at all."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644), "wb") as stream:
        os.fchmod(stream.fileno(), 0o644) if hasattr(os, "fchmod") else None
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(path)
