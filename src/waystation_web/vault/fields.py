"""Bytes in the database that come back as `bytes`, whichever database it is."""

from __future__ import annotations

from typing import Any

from django.db import models


class Bytes(models.BinaryField):
    """A sealed or opaque value. PostgreSQL's driver gives memory views, which neither compare nor hash like bytes."""

    def from_db_value(self, value: Any, *_from: object) -> bytes | None:
        """The stored value as bytes."""
        return None if value is None else bytes(value)

    def to_python(self, value: Any) -> bytes | None:
        """The given value as bytes."""
        return None if value is None else bytes(value)
