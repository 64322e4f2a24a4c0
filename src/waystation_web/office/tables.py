"""Rows of a database in sums: how many in each table, and one digest over all of them in the order of their keys.

Read through the driver and not through the models, so that a table which no model knows any more counts too.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from waystation.contexts import ctx

from .manifest import Tables

BATCH = 500


@dataclass(frozen=True, slots=True)
class Seen:
    """A database at one moment."""

    tables: Tables
    head: tuple[int, str]
    files: tuple[str, ...]
    vaults: tuple[bytes, ...]
    accounts: dict[bytes, int]      # state of each


@contextmanager
def sqlite(path: Path) -> Iterator[sqlite3.Connection]:
    """A SQLite database, to be read alone."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=5,
                                 isolation_level=None)) as base:
        base.execute("PRAGMA trusted_schema=OFF")
        base.execute("BEGIN")
        yield base


@contextmanager
def postgresql(address: str) -> Iterator[psycopg.Connection[Any]]:
    """A PostgreSQL database as it stands now, however long it is looked at."""
    with psycopg.connect(address, connect_timeout=10) as base:
        base.read_only, base.isolation_level = True, psycopg.IsolationLevel.REPEATABLE_READ
        yield base


def seen(base: sqlite3.Connection | psycopg.Connection[Any]) -> Seen:
    """Everything that a backup says of a database."""
    names = _names(base)
    return Seen({name: _sum(base, name) for name in names}, _head(base),
                tuple(one.hex() for one in _column(base, "SELECT id FROM file ORDER BY id")),
                tuple(_column(base, "SELECT id FROM vault ORDER BY id")), accounts(base))


def living(base: sqlite3.Connection | psycopg.Connection[Any]) -> Seen:
    """What lives now, without looking at any row as a whole."""
    return Seen({}, _head(base), (), tuple(_column(base, "SELECT id FROM vault ORDER BY id")), accounts(base))


def accounts(base: sqlite3.Connection | psycopg.Connection[Any]) -> dict[bytes, int]:
    """Who may sign in: the state of each account."""
    return {bytes(one): int(state) for one, state in base.execute("SELECT id, state FROM account ORDER BY id")}


def _column(base: sqlite3.Connection | psycopg.Connection[Any], query: str) -> list[bytes]:
    return [bytes(row[0]) for row in base.execute(query)]


def _head(base: sqlite3.Connection | psycopg.Connection[Any]) -> tuple[int, str]:
    last = base.execute("SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1").fetchone()
    return (int(last[0]), bytes(last[1]).hex()) if last else (0, "")


def _names(base: sqlite3.Connection | psycopg.Connection[Any]) -> list[str]:
    if isinstance(base, sqlite3.Connection):
        query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    else:
        query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
    return [str(row[0]) for row in base.execute(query)]


def _sum(base: sqlite3.Connection | psycopg.Connection[Any], table: str) -> tuple[int, str]:
    digest, count = sha256(), 0
    for row in _rows(base, table):
        digest.update(ctx(*(_cell(cell) for cell in row)))
        count += 1
    return count, digest.hexdigest()


def _rows(base: sqlite3.Connection | psycopg.Connection[Any], table: str) -> Iterator[Sequence[Any]]:
    """In the order of the key, columns by their names; a batch at a time."""
    if isinstance(base, sqlite3.Connection):
        about = base.execute("SELECT name, pk FROM pragma_table_info(?) ORDER BY name", [table]).fetchall()
        keys = [name for name, place in sorted(about, key=lambda one: one[1]) if place] or ["rowid"]
        quoted = [", ".join(f'"{name}"' for name in names) for names in ([name for name, _ in about], keys)]
        yield from base.execute(f'SELECT {quoted[0]} FROM "{table}" ORDER BY {quoted[1]}')  # noqa: S608
        return
    names = [row[0] for row in base.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = %s "
        "ORDER BY column_name", [table])]
    first = [row[0] for row in base.execute(
        "SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey) "
        "WHERE i.indrelid = %s::regclass AND i.indisprimary ORDER BY array_position(i.indkey::int[], a.attnum::int)",
        [f'public."{table}"'])] or names
    query = sql.SQL("SELECT {} FROM public.{} ORDER BY {}").format(
        sql.SQL(", ").join(map(sql.Identifier, names)), sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, first)))
    with base.cursor(f"sum_{table}") as cursor:
        cursor.itersize = BATCH
        yield from cursor.execute(query)


def _cell(cell: object) -> bytes:
    """A cell as bytes that no other value has."""
    if isinstance(cell, bytes | memoryview):
        return b"b" + bytes(cell)
    return b"0" if cell is None else f"{type(cell).__name__} {cell}".encode()
