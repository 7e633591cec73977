"""Places have codes of up to 200 characters: a named set of schools is known by its name."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The column of places in the log made as wide as their codes."""

    dependencies = (("audit", "0003_sealed_texts"),)

    operations = (
        migrations.AlterField(model_name="entry", name="place", field=models.CharField(blank=True, max_length=200)),
    )
