"""Holds: what is not deleted by time, without keys."""

import django.db.models.deletion
from django.db import migrations, models

from waystation_web.vault.fields import Bytes


class Migration(migrations.Migration):
    dependencies = [("vault", "0002_grants_in_order")]

    operations = [
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", Bytes(max_length=16, primary_key=True, serialize=False)),
                ("until", models.DateField()),
                ("vault", models.ForeignKey(db_column="vault", on_delete=django.db.models.deletion.CASCADE,
                                            related_name="holds", to="vault.vault")),
            ],
            options={"db_table": "hold"},
        ),
    ]
