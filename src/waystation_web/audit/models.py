"""The record of acts. In clear: a number, an hour, which day's key. Everything else is in the sealed body."""

from __future__ import annotations

from django.db import models

from waystation_web.vault.fields import Bytes


class Entry(models.Model):
    """One act, read or refusal. Never changed, never deleted."""

    seq = models.IntegerField(primary_key=True)
    hour = models.IntegerField()           # hours since 1970
    key = Bytes(max_length=16)             # the audit vault whose key seals the body
    body = Bytes()
    hash = Bytes(max_length=32)

    class Meta:
        db_table = "entry"
