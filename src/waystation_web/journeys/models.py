"""What the alarm may know of a party on its way: when silence reaches which level, and nothing else.

No word, no name, no time of making. The row is written when a leg is begun and goes when word comes.
"""

from __future__ import annotations

from django.db import models

from waystation_web.vault.fields import Bytes
from waystation_web.vault.models import Vault


class Watch(models.Model):
    """One party of which nothing was heard yet, and what begins next that nobody has said they have.

    Times are counted in steps of five minutes since 1970.
    """

    class State(models.IntegerChoices):
        """Whether somebody said that they have it."""

        LIVE = 1
        HELD = 2

    id = Bytes(primary_key=True, max_length=16)
    state = models.SmallIntegerField(choices=State.choices)
    level = models.SmallIntegerField()     # what begins at `due_at`: 1 late, 2 overdue, 3 silent, 4 presumed lost
    due_at = models.IntegerField()
    schedule = Bytes()                     # when the later levels begin: four bytes each
    vault = models.ForeignKey(Vault, on_delete=models.CASCADE, db_column="vault", related_name="watches")

    class Meta:
        db_table = "watch"
