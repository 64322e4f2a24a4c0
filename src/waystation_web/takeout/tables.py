"""What is no record, as tables of an archive: the record of acts, accounts, who holds what, and every other table.

Whatever table the database has beyond those whose rows are opened is taken as it stands, also one that this release has
never heard of.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection

from waystation.takeout.archive import Archive
from waystation.takeout.columns import ACCOUNTS, ACTS, HOLDERS
from waystation_web.audit.models import Entry
from waystation_web.audit.recovered import Act
from waystation_web.vault.errors import Refused
from waystation_web.vault.labels import read_label
from waystation_web.vault.models import Account, File, Grant, Vault
from waystation_web.vault.queries import KINDS
from waystation_web.vault.recovered import kind_name

OPENED = frozenset({"account", "vault", "grant", "file", "entry"})
NO_DATA = frozenset({"django_migrations"})
FIELDS = ("by", "do", "vault", "version", "account", "why", "second", "result", "count")


def write(archive: Archive, acts: Iterable[Act]) -> None:
    """All of them into the archive."""
    acts = list(acts)
    archive.rows("acts", ACTS, (_act(one) for one in acts if one.body is not None))
    for one in acts:
        if one.body is None:
            archive.not_opened("table", str(one.seq), f"entry of the record of acts: {one.why}", name="acts")
    archive.rows("accounts", ACCOUNTS, _accounts(archive))
    grants = Grant.objects.order_by("vault_id", "principal").values_list("vault_id", "principal", "until")
    archive.rows("holders", HOLDERS, ((vault.hex(), who.hex(), until and until.isoformat())
                                      for vault, who, until in grants.iterator(256)))
    for name in _further():
        columns, rows = _as_it_stands(name)
        archive.rows(f"table-{name}", (*columns, "demonstration"), rows)


def counts() -> dict[tuple[str, str], int]:
    """What the database holds, counted by the database."""
    kinds = sorted({*map(int, KINDS), *Vault.objects.values_list("kind", flat=True).distinct()})
    return {
        **{("kind", kind_name(kind)): Vault.objects.filter(kind=kind).count() for kind in kinds},
        ("files", ""): File.objects.count(), ("table", "acts"): Entry.objects.count(),
        ("table", "accounts"): Account.objects.count(), ("table", "holders"): Grant.objects.count(),
        **{("table", f"table-{name}"): _count(name) for name in _further()}}


def _act(one: Act) -> list[Any]:
    body = dict(one.body or {})
    at = datetime.fromtimestamp(body.pop("at") / 1000, UTC).isoformat(timespec="milliseconds")
    said = [body.pop(name, None) for name in FIELDS]
    return [one.seq, datetime.fromtimestamp(one.hour * 3600, UTC).isoformat(), at, *said, body or None]


def _accounts(archive: Archive) -> Iterable[list[Any]]:
    for account in Account.objects.order_by("id"):
        try:
            label = read_label(account)
        except Refused as why:
            archive.not_opened("table", account.id.hex(), f"account: {why}", name="accounts")
            continue
        yield [account.id.hex(), Account.State(account.state).name.lower(), label.handle, label.name,
               sorted(label.roles), label.language, label.deputy and label.deputy.hex(),
               label.invited_by and label.invited_by.hex(), label.invited_on and label.invited_on.isoformat()]


def _further() -> list[str]:
    """Tables beyond those whose rows are opened."""
    return sorted(set(connection.introspection.table_names()) - OPENED - NO_DATA)


def _count(name: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")  # noqa: S608  (a table's own name)
        return int(cursor.fetchone()[0])


def _as_it_stands(name: str) -> tuple[list[str], list[list[Any]]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)} ORDER BY 1")  # noqa: S608
        columns = [column[0] for column in cursor.description]
        return columns, [[_plain(value) for value in row] for row in cursor.fetchall()]


def _plain(value: Any) -> Any:
    if isinstance(value, (bytes, memoryview)):
        return bytes(value).hex()
    return value.isoformat() if isinstance(value, (date, datetime)) else value
