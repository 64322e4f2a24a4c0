"""Commitments that wait, and the lists of weeks."""

from django.db import migrations, models

from waystation_web.vault.fields import Bytes


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Spool",
            fields=[("commit", Bytes(max_length=32, primary_key=True, serialize=False))],
            options={"db_table": "spool"},
        ),
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("week", models.IntegerField(primary_key=True, serialize=False)),
                ("text", Bytes()),
                ("request_a", Bytes()),
                ("request_b", Bytes()),
                ("token_a", Bytes(null=True)),
                ("token_b", Bytes(null=True)),
            ],
            options={"db_table": "batch"},
        ),
    ]
