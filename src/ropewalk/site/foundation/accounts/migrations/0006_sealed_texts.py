"""From here on the program reads these columns as sealed texts."""

from django.db import migrations, models

from ropewalk.site.foundation.sealed.field import SealedText, mark_in


class Migration(migrations.Migration):
    dependencies = (("accounts", "0005_texts_are_sealed"),)

    operations = (
        migrations.AlterField("Account", "name", SealedText(max_length=80, verbose_name="name", found_again=True)),
        migrations.AlterField(
            "Account",
            "email",
            SealedText(blank=True, default="", max_length=254, verbose_name="e-mail address", found_again=True),
        ),
        migrations.AlterField("Invitation", "name", SealedText(max_length=80)),
        migrations.AlterField("Invitation", "email", SealedText(max_length=254, found_again=True)),
        migrations.AlterField("DataSession", "reason", SealedText(max_length=500)),
        migrations.AddConstraint("Account", models.UniqueConstraint(mark_in("name"), name="one_account_of_a_name")),
        migrations.AddConstraint(
            "Account",
            models.UniqueConstraint(
                mark_in("email"), condition=models.Q(("email", ""), _negated=True), name="one_account_of_an_email"
            ),
        ),
        migrations.AddIndex("Invitation", models.Index(mark_in("email"), name="invitations_by_email")),
    )
