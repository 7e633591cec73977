"""Texts about people are sealed; the columns make room for it first."""

from django.db import migrations, models

from ropewalk.site.foundation.sealed.moving import seal_columns

SEALED = {
    "Entry": {"who": False, "about": False},
}


class Migration(migrations.Migration):
    dependencies = (("audit", "0001_audit_log"),)

    operations = (
        migrations.AlterField("Entry", "who", models.TextField(blank=True, max_length=80)),
        migrations.AlterField("Entry", "about", models.TextField(blank=True, max_length=200)),
        seal_columns("audit", SEALED),
    )
