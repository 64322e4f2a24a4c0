"""Every value that lies under the host key, row by row: which epoch it is of, and how it gets under the present one.

The inside of a value is never opened: its reader's own key, words or session are not needed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import F, Func, QuerySet, Value
from django.db.models.functions import Length

from waystation.contexts import u32
from waystation.vault.grants import SERVER, SIZES
from waystation.vault.refused import Refused
from waystation_web.gateways.database import writing

from .fields import Bytes
from .host import HostKeys, epoch_of
from .models import Account, Grant
from .queries import row_of

BATCH = 500
Row = tuple[Any, ...]        # the primary key, then the value


@dataclass(frozen=True, slots=True)
class Layer:
    """One column under the host key."""

    purpose: str
    rows: Callable[[], QuerySet[Any]]
    column: str
    key: tuple[str, ...]                         # the primary key
    bound: Callable[..., tuple[bytes, ...]]      # what the layer is bound to, from the primary key
    where: str                                   # how a row is called, for people

    @property
    def columns(self) -> list[str]:
        """The primary key, as the table calls it."""
        return [name.removesuffix("_id") for name in self.key]

    def name(self, key: Sequence[Any]) -> str:
        """A row, for people."""
        return self.where.format(*(part.hex() if isinstance(part, bytes) else part for part in key))


def _layered() -> QuerySet[Grant]:
    """Every grant but those that have no layer yet: of a day of the record that was begun without the host key."""
    return Grant.objects.alias(size=Length("wrap")).exclude(size=SIZES[SERVER])


LAYERS = (
    *(Layer(purpose, Account.objects.all, purpose, ("id",), lambda account: (account,), purpose + " of account {0}")
      for purpose in ("slot", "factors", "label", "invite")),
    Layer("grant", _layered, "wrap", ("vault_id", "version", "principal"), row_of,
          "grant of vault {0} to {2}"),
)


@dataclass(slots=True)
class Seen:
    """What was found: rows that can get under the present epoch, and those that open under no host key, by name."""

    count: int = 0
    broken: dict[str, str] = field(default_factory=dict)   # a row -> its epoch and what was refused
    newest: int = 0                                        # the latest epoch that stands in any row


def others(layer: Layer, epoch: int) -> QuerySet[Any]:
    """Rows of a column that are not of an epoch, as primary key and value, in the order of their keys."""
    of = Func(F(layer.column), Value(2), Value(4), function="SUBSTR", output_field=Bytes())
    there = layer.rows().exclude(**{layer.column: None}).alias(of=of).exclude(of=u32(epoch))
    return there.order_by(*layer.key).values_list(*layer.key, layer.column)


def look(keys: HostKeys) -> Seen:
    """What is not of the present epoch; nothing is changed."""
    seen = Seen(newest=keys.current)
    for layer in LAYERS:
        for row in others(layer, keys.current).iterator(BATCH):
            _inside(keys, layer, row, seen)
    return seen


def opens_any(keys: HostKeys) -> bool:
    """Whether this host key is of this database at all: some label opens, or there is nobody yet."""
    labels = list(Account.objects.values_list("id", "label"))
    seen = Seen()
    return not labels or any(_inside(keys, LAYERS[2], row, seen) is not None for row in labels)


def opens(keys: HostKeys, layer: Layer, key: Sequence[Any], sealed: bytes) -> bool:
    """Whether the host key's layer comes off a value."""
    return _inside(keys, layer, (*key, sealed), Seen()) is not None


def renew(keys: HostKeys, *, batch: int = BATCH) -> Seen:
    """Put every row under the present epoch, each batch in a transaction of its own.

    What is done is done: whoever is interrupted calls it again.
    """
    seen = Seen(newest=keys.current)
    for layer in LAYERS:
        last, stuck = b"", 0       # rows before `last` are done; `stuck`: of its own, that open under no key
        while True:
            with writing():
                near = others(layer, keys.current).filter(**{f"{layer.key[0]}__gte": last})
                rows = list(near[stuck:stuck + batch])
                left = _renewed(keys, layer, rows, seen) if rows else []
            if not rows:
                break
            stuck = sum(row[0] == rows[-1][0] for row in left) + (stuck if rows[-1][0] == last else 0)
            last = rows[-1][0]
    return seen


def _renewed(keys: HostKeys, layer: Layer, rows: list[Row], seen: Seen) -> list[Row]:
    """Put rows under the present epoch; those that do not open come back. One statement, or the writers wait for it."""
    fresh, left = [], []
    for row in rows:
        inner = _inside(keys, layer, row, seen)
        if inner is None:
            left.append(row)
        else:
            fresh.append((keys.seal(inner, layer.purpose, *layer.bound(*row[:-1])), *row[:-1]))
    table, quote = layer.rows().model._meta.db_table, connection.ops.quote_name  # noqa: SLF001  (its public name)
    where = " AND ".join(f"{quote(name)} = %s" for name in layer.columns)
    with connection.cursor() as cursor:
        if fresh:
            cursor.executemany(f"UPDATE {quote(table)} SET {quote(layer.column)} = %s WHERE {where}", fresh)  # noqa: S608
    return left


def _inside(keys: HostKeys, layer: Layer, row: Row, seen: Seen) -> bytes | None:
    """What lies under the host key's layer; None, and the row is named, if it does not come off."""
    *key, sealed = row
    number = epoch_of(sealed) if len(sealed) >= 5 else 0
    seen.newest = max(seen.newest, number)
    try:
        inner = keys.unseal(sealed, layer.purpose, *layer.bound(*key))
    except Refused as why:
        seen.broken[layer.name(key)] = f"is of host key {number} and does not open ({why.kind})"
        return None
    seen.count += 1
    return inner
