"""A file that the office makes itself (a copy, a package): sealed as it is written, never on a disk in clear."""

from __future__ import annotations

import os
from hashlib import sha256, sha512
from typing import BinaryIO

from waystation.vault.envelope import new_id, new_key
from waystation.vault.stream import Opener, Sealer

from .files import Arrived, path_of
from .uploads import sync_folder


class Laid:
    """A file while it is written, and then as `attach` takes it: whatever no vault takes is taken away by `close`."""

    def __init__(self, vault: bytes) -> None:
        self.vault, self.file_id, self.key = vault, new_id(), new_key()
        self.size, self.kept = 0, False
        self._sealer = Sealer(self.key, vault=vault, file=self.file_id)
        self._sha256, self._sha512 = sha256(), sha512()
        path = path_of(self.file_id)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._body: BinaryIO = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        self._body.write(self._sealer.header)

    def write(self, data: bytes, /) -> int:
        """Seal these too."""
        self._body.write(self._sealer.update(data))
        self._sha256.update(data)
        self._sha512.update(data)
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        """For whoever takes this for a file: the last chunk waits for `finish`."""

    def finish(self) -> None:
        """It is whole, and on the disk for certain before any row names it."""
        self._body.write(self._sealer.finish())
        self._body.flush()
        os.fsync(self._body.fileno())
        self._body.close()
        sync_folder(path_of(self.file_id).parent)

    @property
    def sha256(self) -> str:
        """Of the content so far."""
        return self._sha256.hexdigest()

    @property
    def sha512(self) -> str:
        """Of the content so far."""
        return self._sha512.hexdigest()

    def keep(self) -> None:
        """Leave the body where it lies."""
        self.kept = True

    def close(self) -> None:
        """Over: what no vault took is taken away."""
        self._body.close()
        if not self.kept:
            path_of(self.file_id).unlink(missing_ok=True)


def lay(vault: bytes, data: bytes) -> Laid:
    """A file whose bytes are at hand."""
    made = Laid(vault)
    made.write(data)
    made.finish()
    return made


def content_of(upload: Arrived, *, most: int) -> bytes | None:
    """What arrived sealed and is not kept, read back at once; None if it is longer than that."""
    if upload.size > most:
        return None
    with path_of(upload.file_id).open("rb") as source:
        return b"".join(Opener(upload.key, source, vault=upload.vault, file=upload.file_id).read())
