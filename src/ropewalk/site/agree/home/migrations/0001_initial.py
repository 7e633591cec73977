"""The tables of reminders."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

ACCOUNT: dict[str, Any] = {
    "on_delete": django.db.models.deletion.PROTECT,
    "related_name": "+",
    "to": settings.AUTH_USER_MODEL,
}


class Migration(migrations.Migration):
    initial = True

    dependencies = (migrations.swappable_dependency(settings.AUTH_USER_MODEL),)

    operations = (
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("at", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=1)),
                ("became", models.CharField(default="under_way", max_length=10)),
                ("account", models.ForeignKey(**ACCOUNT)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("account", "day"), name="one_letter_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(("tries__gte", 1), ("tries__lte", 2)),
                        name="a_letter_is_tried_twice_at_most",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Wish",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("often", models.CharField(max_length=10)),
                ("at", models.DateTimeField()),
                ("account", models.OneToOneField(**ACCOUNT)),
            ],
            options={
                "verbose_name_plural": "wishes",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("often__in", ["daily", "weekly", "never"])), name="a_wish_is_known"
                    )
                ],
            },
        ),
    )
