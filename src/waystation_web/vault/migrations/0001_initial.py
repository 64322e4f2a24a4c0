"""Accounts, vaults, grants, files. A migration never touches what is sealed: it has no keys."""

import django.db.models.deletion
from django.db import migrations, models

from waystation_web.vault.fields import Bytes


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", Bytes(max_length=16, primary_key=True, serialize=False)),
                ("state", models.SmallIntegerField(
                    choices=[(0, "Invited"), (1, "Active"), (2, "Locked"), (3, "Removed")])),
                ("label", Bytes()),
                ("slot", Bytes(null=True)),
                ("factors", Bytes()),
                ("pins", Bytes(null=True)),
                ("bundle", Bytes(null=True)),
                ("cert_by", Bytes(max_length=16, null=True)),
                ("cert_sig", Bytes(max_length=64, null=True)),
                ("invite", Bytes(null=True)),
            ],
            options={"db_table": "account"},
        ),
        migrations.CreateModel(
            name="Vault",
            fields=[
                ("id", Bytes(max_length=16, primary_key=True, serialize=False)),
                ("kind", models.SmallIntegerField()),
                ("version", models.IntegerField()),
                ("rotate_due", models.BooleanField(default=False)),
                ("retain_until", models.DateField(null=True)),
                ("payload", Bytes(null=True)),
            ],
            options={"db_table": "vault"},
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                ("pk", models.CompositePrimaryKey("vault", "version", "principal", blank=True, editable=False,
                                                  primary_key=True, serialize=False)),
                ("version", models.IntegerField()),
                ("principal", Bytes(max_length=16)),
                ("until", models.DateField(null=True)),
                ("wrap", Bytes()),
                ("vault", models.ForeignKey(db_column="vault", on_delete=django.db.models.deletion.CASCADE,
                                            related_name="grants", to="vault.vault")),
            ],
            options={"db_table": "grant",
                     "indexes": [models.Index(fields=["principal"], name="grant_principal")]},
        ),
        migrations.CreateModel(
            name="File",
            fields=[
                ("id", Bytes(max_length=16, primary_key=True, serialize=False)),
                ("wrap", Bytes()),
                ("vault", models.ForeignKey(db_column="vault", on_delete=django.db.models.deletion.CASCADE,
                                            related_name="files", to="vault.vault")),
            ],
            options={"db_table": "file"},
        ),
    ]
