"""Data sessions of local administrators."""

from datetime import timedelta

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("accounts", "0003_invitations"),)

    operations = (
        migrations.CreateModel(
            name="DataSession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=500)),
                ("opened_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="data_sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["account", "until"], name="data_sessions_of_account")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="a_data_session_has_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__gt", models.F("opened_at")),
                            ("until__lte", models.F("opened_at") + timedelta(minutes=60)),
                        ),
                        name="a_data_session_is_short",
                    ),
                ],
            },
        ),
    )
