"""Texts about people are sealed; the columns make room for it first."""

from django.db import migrations, models

from ropewalk.site.foundation.sealed.moving import seal_columns

SEALED = {
    "Grant": {"reason": False, "ended_reason": False},
}


class Migration(migrations.Migration):
    dependencies = (("permissions", "0001_initial"),)

    operations = (
        migrations.AlterField("Grant", "reason", models.TextField(max_length=300)),
        migrations.AlterField("Grant", "ended_reason", models.TextField(blank=True, max_length=300)),
        seal_columns("permissions", SEALED),
    )
