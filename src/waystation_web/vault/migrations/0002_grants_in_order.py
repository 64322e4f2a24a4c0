"""What somebody may open is found in the order of vaults: a list of ten thousand is read without being sorted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """An index of grants by whose they are, and then by vault."""

    dependencies = [("vault", "0001_initial")]

    operations = [
        migrations.RemoveIndex(model_name="grant", name="grant_principal"),
        migrations.AddIndex(model_name="grant", index=models.Index(fields=["principal", "vault"],
                                                                   name="grant_principal_vault")),
    ]
