"""What the list of a week is made from, and the lists. None of it says anything of what it stands for.

A commitment is SHA-256 over a salt that lies sealed elsewhere: to whoever has no salt it looks like chance. A list is
made every Monday without anybody's keys, also in a week in which nothing came.
"""

from __future__ import annotations

from django.db import models

from waystation_web.vault.fields import Bytes


class Spool(models.Model):
    """A commitment that waits for the list of its week."""

    commit = Bytes(primary_key=True, max_length=32)

    class Meta:
        db_table = "spool"


class Batch(models.Model):
    """The list of a week, the requests for two authorities of time, and what was brought back."""

    week = models.IntegerField(primary_key=True)   # 202647: the year, and the week in it
    text = Bytes()
    request_a = Bytes()
    request_b = Bytes()
    token_a = Bytes(null=True)
    token_b = Bytes(null=True)

    class Meta:
        db_table = "batch"

    @property
    def name(self) -> str:
        """The week as the list itself names it."""
        return f"{self.week // 100}-W{self.week % 100:02d}"
