"""Texts about people are sealed; the columns make room for it first."""

from django.db import migrations, models

from ropewalk.site.foundation.sealed.moving import seal_columns

SEALED = {
    "TrustMembership": {"by": False, "ended_by": False},
    "PlaceMembership": {"by": False, "ended_by": False},
    "PlaceNesting": {"by": False, "ended_by": False},
}


class Migration(migrations.Migration):
    dependencies = (("organisations", "0001_initial"),)

    operations = (
        migrations.AlterField("TrustMembership", "by", models.TextField(max_length=80)),
        migrations.AlterField("TrustMembership", "ended_by", models.TextField(blank=True, max_length=80)),
        migrations.AlterField("PlaceMembership", "by", models.TextField(max_length=80)),
        migrations.AlterField("PlaceMembership", "ended_by", models.TextField(blank=True, max_length=80)),
        migrations.AlterField("PlaceNesting", "by", models.TextField(max_length=80)),
        migrations.AlterField("PlaceNesting", "ended_by", models.TextField(blank=True, max_length=80)),
        seal_columns("organisations", SEALED),
    )
