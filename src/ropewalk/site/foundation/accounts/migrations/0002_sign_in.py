"""E-mail addresses and signing out everywhere; failed attempts are counted by django-axes now."""

import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("accounts", "0001_initial"),)
    # A migration of django-allauth looks at the e-mail addresses of accounts.
    run_before = (("account", "0001_initial"),)

    operations = (
        migrations.DeleteModel(name="FailedSignIn"),
        migrations.AddField(
            model_name="account",
            name="email",
            field=models.EmailField(blank=True, default="", max_length=254, verbose_name="e-mail address"),
        ),
        migrations.AddField(
            model_name="account",
            name="signed_out_everywhere_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("email"),
                condition=models.Q(("email", ""), _negated=True),
                name="one_account_of_an_email",
            ),
        ),
    )
