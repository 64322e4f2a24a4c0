"""What a thief of the database reads is exactly the table in docs/threat-model.md: one row for each column, no more."""

import re
from pathlib import Path

import acts
import pytest
from django.db import connection

from waystation_web.vault.models import Grant, Vault

pytestmark = pytest.mark.promise("P02")
ROOT = Path(__file__).resolve().parents[2]
OTHERS = {"django_migrations", "sqlite_sequence"}
TEXT = re.compile(r"char|text|clob|json|xml|inet|uuid", re.IGNORECASE)
TIMES = re.compile(r"time", re.IGNORECASE)
LENGTH = {"label", "slot", "factors", "pins", "invite"}   # "sealed; one size"


def documented(text):
    """The first column of the table under the heading; a row twice is two rows."""
    part = text.split("## What a thief of the database reads", 1)[1].split("\n## ", 1)[0]
    rows = re.findall(r"^\| `([a-z_]+\.[a-z_]+)` \|(.*)\|$", part, re.MULTILINE)
    return [name for name, _ in rows], {name: rest.split("|")[0].strip() for name, rest in rows}


def stored():
    """Every column of every table as the database itself says, with its type."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor)) - OTHERS
        if connection.vendor == "sqlite":
            return {f"{table}.{row[1]}": row[2] for table in tables
                    for row in cursor.execute(f'PRAGMA table_info("{table}")').fetchall()}
        cursor.execute("SELECT table_name, column_name, data_type FROM information_schema.columns "
                       "WHERE table_schema = 'public'")
        return {f"{table}.{column}": kind for table, column, kind in cursor.fetchall() if table in tables}


def disagreements(columns, text):
    rows, says = documented(text)
    return sorted({f"not in the table: {name}" for name in columns.keys() - set(rows)}
                  | {f"not in the database: {name}" for name in set(rows) - columns.keys()}
                  | {f"twice in the table: {name}" for name in rows if rows.count(name) > 1}
                  | {f"says nothing: {name}" for name in rows if not says[name]})


def table():
    return (ROOT / "docs" / "threat-model.md").read_text("utf-8")


def test_each_column_has_its_row_and_each_row_its_column(office):
    assert office and disagreements(stored(), table()) == []


def test_a_column_more_or_a_row_less_is_found(office):
    """The control, both ways."""
    with connection.schema_editor() as editor:
        editor.execute('CREATE TABLE "case" (country varchar(2))')
    assert disagreements(stored(), table()) == ["not in the table: case.country"]
    with connection.schema_editor() as editor:
        editor.execute('DROP TABLE "case"')
    less = "\n".join(line for line in table().splitlines() if "`vault.kind`" not in line)
    assert office and disagreements(stored(), less) == ["not in the table: vault.kind"]
    more = table().replace("| `vault.kind`", "| `vault.country` | where |  | |\n| `vault.kind`")
    assert disagreements(stored(), more) == ["not in the database: vault.country"]


def test_no_column_holds_text_or_a_time_of_making(office):
    kinds = stored()
    assert office and {name: kind for name, kind in kinds.items() if TEXT.search(kind)} == {}
    assert {name: kind for name, kind in kinds.items() if TIMES.search(kind)} == {}


def test_small_payloads_have_one_size_and_all_have_steps(office):
    vera = acts.member(office, "vera")
    small = [acts.create(vera, text) for text in ("", "a", "긴 이야기" * 20, "x" * 700)]
    large = acts.create(vera, "x" * 5_000)
    sizes = [len(Vault.objects.get(pk=vault).payload) for vault in small]
    assert len(set(sizes)) == 1 and sizes[0] == 73 + 1024
    assert (len(Vault.objects.get(pk=large).payload) - 73) % 1024 == 0


def test_accounts_differ_in_no_size_whoever_they_are(office):
    from waystation_web.vault.models import Account

    office.person(handle="xi", roles=("coordinator",))
    office.person(handle="a-much-longer-handle", roles=("case_worker", "finance"))
    for column in sorted(LENGTH - {"pins", "invite"}):
        lengths = {len(getattr(account, column)) for account in Account.objects.all()}
        assert len(lengths) == 1, column


def test_a_grant_shows_by_its_length_only_whether_its_holder_has_signed_in_since(office):
    vera, nils = acts.member(office, "vera"), acts.member(office, "nils")
    vault = acts.create(vera)
    acts.share(vera, vault, nils)

    def lengths():
        return {grant.principal: len(grant.wrap) for grant in Grant.objects.filter(vault_id=vault)}

    assert lengths() == {vera.id: 185, nils.id: 1328, bytes(16): 1328}
    acts.settle(nils)
    assert lengths() == {vera.id: 185, nils.id: 185, bytes(16): 1328}
