"""What somebody's keys open, whatever their role lets them read: a legal demand asks what can be opened, not what may.

A rule of the office is obeyed by the office; whoever is made to help may be made to go round it. So nothing here asks
`access`, and a grant past its end counts for as long as its row is there. Nothing of a payload is given back but its
type.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, QuerySet

from waystation.access import Kind
from waystation_web.gateways import database

from .actor import Actor
from .host import host_keys
from .models import File, Grant
from .principals import signers
from .queries import BATCH, COLUMNS, Row, _dek, _opened, _told

DAY = "audit"  # a day of the record of acts has a key and no payload


def keys_of(principals: Iterable[bytes]) -> dict[bytes, Kind]:
    """Vaults to which somebody of these holds a key now, with their kinds. Read from the rows: nothing is opened."""
    rows = _grants(principals).values_list("vault_id", "vault__kind")
    return {vault: Kind(kind) for vault, kind in rows}


def types_opened(actor: Actor, *, refused: list[bytes]) -> dict[bytes, str]:
    """Every vault that this person's own keys open, with its type; `refused` gets those whose key does not open."""
    key_of, host, found = signers(), host_keys(), dict[bytes, str]()
    with database.rows(_grants([actor.id]).order_by("vault_id"), COLUMNS, batch=BATCH) as rows:
        for row in map(Row._make, rows):
            with _told(row.vault, refused):
                if row.payload is None and row.kind == Kind.AUDIT:
                    _dek(actor, row, key_of, host)
                    found[row.vault] = DAY
                else:
                    found[row.vault] = _opened(actor, row, key_of, host).type
    return found


def files_of(vaults: Iterable[bytes]) -> int:
    """How many sealed files belong to some vaults."""
    wanted = set(vaults)
    return sum(1 for vault in File.objects.values_list("vault_id", flat=True) if vault in wanted)


def _grants(principals: Iterable[bytes]) -> QuerySet[Grant]:
    return Grant.objects.filter(principal__in=list(principals), version=F("vault__version"))
