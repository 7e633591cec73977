"""From here on the program reads these columns as sealed texts."""

from django.db import migrations

from ropewalk.site.foundation.sealed.field import SealedText


class Migration(migrations.Migration):
    dependencies = (("permissions", "0002_texts_are_sealed"),)

    operations = (
        migrations.AlterField("Grant", "reason", SealedText(max_length=300)),
        migrations.AlterField("Grant", "ended_reason", SealedText(blank=True, max_length=300)),
    )
