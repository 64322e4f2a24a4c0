"""One writer at a time, whichever database it is.

SQLite: each transaction begins IMMEDIATE (settings), so the first statement takes the write lock. PostgreSQL: an
advisory lock, released with the transaction. Numbers in the record of acts therefore have no gaps, and no act is half
done.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from itertools import count
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from psycopg import ServerCursor
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import Format

WRITERS = 0x57535457  # any constant that nobody else on this database uses
_cursors = count(1)


@contextmanager
def writing() -> Iterator[None]:
    """All or nothing: every act, and every page view that must be recorded, runs inside one of these.

    Not to be nested: an act inside an act would be two acts in one record.
    """
    with transaction.atomic(durable=True):
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITERS])
        yield


@contextmanager
def rows(found: QuerySet[Any], columns: Sequence[str], *, batch: int) -> Iterator[Iterator[tuple[Any, ...]]]:
    """What a query finds, as it stands in the tables, fetched a batch at a time while it is looked through.

    Django asks PostgreSQL for text, in which a payload is twice as long and must be read back: half the time of a list
    of ten thousand. Here it comes as bytes.
    """
    listed = found.values_list(*columns)
    if connection.vendor != "postgresql":
        yield listed.iterator(batch)
        return
    connection.ensure_connection()
    together = nullcontext() if connection.in_atomic_block else transaction.atomic()
    cursor = ServerCursor(connection.connection, f"rows{next(_cursors)}")
    with together, connection.wrap_database_errors, cursor:
        cursor.format, cursor.itersize = Format.BINARY, batch
        cursor.execute(*listed.query.sql_with_params())
        yield cursor


def postgresql_of(connection_string: str) -> dict[str, Any]:
    """Django's settings for a PostgreSQL connection string, as `psql` would take it.

    For example `host=/run/postgresql dbname=office`. Raises `psycopg.ProgrammingError` if the string cannot be read.
    """
    said = dict(conninfo_to_dict(connection_string))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": said.pop("dbname", "office"),
        "HOST": said.pop("host", ""),
        "PORT": said.pop("port", ""),
        "USER": said.pop("user", ""),
        "PASSWORD": said.pop("password", ""),
        "OPTIONS": {"options": "-c lock_timeout=5s", **said},  # busy for longer is an error, as with SQLite
    }
