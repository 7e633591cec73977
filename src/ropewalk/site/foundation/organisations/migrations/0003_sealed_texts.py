"""From here on the program reads these columns as sealed texts."""

from django.db import migrations

from ropewalk.site.foundation.sealed.field import SealedText


class Migration(migrations.Migration):
    dependencies = (("organisations", "0002_texts_are_sealed"),)

    operations = (
        migrations.AlterField("TrustMembership", "by", SealedText(max_length=80)),
        migrations.AlterField("TrustMembership", "ended_by", SealedText(blank=True, max_length=80)),
        migrations.AlterField("PlaceMembership", "by", SealedText(max_length=80)),
        migrations.AlterField("PlaceMembership", "ended_by", SealedText(blank=True, max_length=80)),
        migrations.AlterField("PlaceNesting", "by", SealedText(max_length=80)),
        migrations.AlterField("PlaceNesting", "ended_by", SealedText(blank=True, max_length=80)),
    )
