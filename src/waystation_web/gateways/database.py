"""One writer at a time, whichever database it is.

SQLite: each transaction begins IMMEDIATE (settings), so the first statement takes the write lock. PostgreSQL: an
advisory lock, released with the transaction. Numbers in the record of acts therefore have no gaps, and no act is half
done.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from psycopg.conninfo import conninfo_to_dict

WRITERS = 0x57535457  # any constant that nobody else on this database uses


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
