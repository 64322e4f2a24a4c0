"""Uploads, sealed piece by piece while they arrive. Nothing of them is ever on the disk in clear.

It is the only upload handler: Django's own would write to a temporary folder. A file is sealed for the vault that the
address names, so an address that names none takes no files, and neither does a request from nobody. The body goes
straight to its place; unless a vault takes it before the request ends, it is taken away.
"""

from __future__ import annotations

import os
from hashlib import sha256, sha512
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload

from waystation.vault.envelope import new_id, new_key
from waystation.vault.stream import Sealer

from .files import path_of

LARGEST = 2 << 30   # bytes of one file


class SealedUpload(UploadedFile):
    """What a form is given: a file that lies sealed in its place. Its content cannot be read from here."""

    def __init__(self, *, vault: bytes, file_id: bytes, key: bytes) -> None:
        super().__init__(file=BytesIO(), name=None)
        self.vault, self.file_id, self.key = vault, file_id, key
        self.sha256 = self.sha512 = ""
        self.too_large = False
        self.kept = False

    def __repr__(self) -> str:
        return f"SealedUpload({self.file_id.hex()[:8]})"

    def keep(self) -> None:
        """Leave the body where it lies when the request ends."""
        self.kept = True

    def close(self) -> None:
        """The request ends: what no vault took is taken away."""
        super().close()
        if not self.kept:
            path_of(self.file_id).unlink(missing_ok=True)


class SealingUploadHandler(FileUploadHandler):
    """Seals what arrives, chunk by chunk, under a fresh key for each file."""

    chunk_size = 1 << 16

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.arriving: list[SealedUpload] = []
        self.stream: Any = None
        if request is not None:   # Django tells nobody when it gives up a body half-way; the request ends in any case
            ends = request.close
            request.close = lambda: (self.close(), ends())

    def new_file(self, *args: Any, **more: Any) -> None:
        """Begin a file: its header is written at once."""
        super().new_file(*args, **more)
        vault = vault_of(self.request)
        if vault is None:
            raise SkipFile
        upload = SealedUpload(vault=vault, file_id=new_id(), key=new_key())
        self.arriving.append(upload)
        self.sealer = Sealer(upload.key, vault=vault, file=upload.file_id)
        self.digest, self.longer, self.size = sha256(), sha512(), 0
        path = path_of(upload.file_id)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.stream = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        self.stream.write(self.sealer.header)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002  (Django's signature)
        """Seal a piece; what is too large stops the upload."""
        self.size += len(raw_data)
        if self.size > LARGEST:
            self.close()
            raise StopUpload(connection_reset=True)
        self.digest.update(raw_data)
        self.longer.update(raw_data)
        self.stream.write(self.sealer.update(raw_data))

    def file_complete(self, file_size: int) -> SealedUpload:  # noqa: ARG002
        """The last piece; the body is on the disk for certain before any row names it."""
        self.stream.write(self.sealer.finish())
        self.stream.flush()
        os.fsync(self.stream.fileno())
        self.stream.close()
        upload = self.arriving[-1]
        sync_folder(path_of(upload.file_id).parent)
        upload.name, upload.size, upload.content_type = self.file_name, self.size, self.content_type
        upload.sha256, upload.sha512 = self.digest.hexdigest(), self.longer.hexdigest()
        return upload

    def upload_interrupted(self) -> None:
        """The sender is gone."""
        self.close()

    def close(self) -> None:
        """Take away everything that this request brought."""
        if self.stream is not None:
            self.stream.close()
        for upload in self.arriving:
            upload.close()


def vault_of(request: Any) -> bytes | None:
    """The vault that an address names, if somebody signed in asks; None takes no files."""
    found = getattr(request, "resolver_match", None)
    if found is None or getattr(request, "actor", None) is None:
        return None
    ids = [value for value in found.kwargs.values() if isinstance(value, bytes) and len(value) == 16]
    return ids[0] if len(ids) == 1 else None


def sync_folder(folder: Any) -> None:
    """Make a new name in a folder survive a power cut, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
