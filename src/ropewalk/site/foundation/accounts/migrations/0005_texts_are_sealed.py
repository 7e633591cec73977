"""Texts about people are sealed; the columns make room for it first."""

from django.db import migrations, models

from ropewalk.site.foundation.sealed.moving import seal_columns

SEALED = {
    "Account": {"name": True, "email": True},
    "Invitation": {"name": False, "email": True},
    "DataSession": {"reason": False},
}


class Migration(migrations.Migration):
    dependencies = (("accounts", "0004_data_sessions"),)

    operations = (
        migrations.RemoveConstraint("Account", "one_account_of_a_name"),
        migrations.RemoveConstraint("Account", "one_account_of_an_email"),
        migrations.RemoveIndex("Invitation", "invitations_by_email"),
        migrations.AlterField("Account", "name", models.TextField(max_length=80, verbose_name="name")),
        migrations.AlterField(
            "Account", "email", models.TextField(blank=True, default="", max_length=254, verbose_name="e-mail address")
        ),
        migrations.AlterField("Invitation", "name", models.TextField(max_length=80)),
        migrations.AlterField("Invitation", "email", models.TextField(max_length=254)),
        migrations.AlterField("DataSession", "reason", models.TextField(max_length=500)),
        seal_columns("accounts", SEALED),
    )
