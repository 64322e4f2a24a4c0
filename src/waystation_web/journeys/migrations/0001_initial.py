"""Watches: silence without keys."""

import django.db.models.deletion
from django.db import migrations, models

from waystation_web.vault.fields import Bytes


class Migration(migrations.Migration):
    initial = True
    dependencies = [("vault", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Watch",
            fields=[
                ("id", Bytes(max_length=16, primary_key=True, serialize=False)),
                ("state", models.SmallIntegerField(choices=[(1, "Live"), (2, "Held")])),
                ("level", models.SmallIntegerField()),
                ("due_at", models.IntegerField()),
                ("schedule", Bytes()),
                ("vault", models.ForeignKey(db_column="vault", on_delete=django.db.models.deletion.CASCADE,
                                            related_name="watches", to="vault.vault")),
            ],
            options={"db_table": "watch"},
        ),
    ]
