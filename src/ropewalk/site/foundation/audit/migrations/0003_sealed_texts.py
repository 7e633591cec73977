"""From here on the program reads these columns as sealed texts."""

from django.db import migrations

from ropewalk.site.foundation.sealed.field import SealedText


class Migration(migrations.Migration):
    dependencies = (("audit", "0002_texts_are_sealed"),)

    operations = (
        migrations.AlterField("Entry", "who", SealedText(blank=True, max_length=80)),
        migrations.AlterField("Entry", "about", SealedText(blank=True, max_length=200)),
    )
