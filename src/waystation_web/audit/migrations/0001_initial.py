"""The record of acts."""

from django.db import migrations, models

from waystation_web.vault.fields import Bytes


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("seq", models.IntegerField(primary_key=True, serialize=False)),
                ("hour", models.IntegerField()),
                ("key", Bytes(max_length=16)),
                ("body", Bytes()),
                ("hash", Bytes(max_length=32)),
            ],
            options={"db_table": "entry"},
        ),
    ]
