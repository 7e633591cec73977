"""The tables of terms and answers."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from ropewalk.site.foundation.sealed.field import SealedText


class Migration(migrations.Migration):
    initial = True

    dependencies = (
        ("organisations", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    )

    operations = (
        migrations.CreateModel(
            name="Terms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("summary", models.TextField()),
                ("threshold", models.PositiveSmallIntegerField()),
                ("challenge_days", models.PositiveSmallIntegerField()),
                ("articles", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("drafted_at", models.DateTimeField()),
                ("begins_at", models.DateTimeField(blank=True, null=True)),
                (
                    "begun_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terms_begun",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terms_drafted",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="terms", to="organisations.place"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "terms",
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("urn", models.IntegerField()),
                ("number", models.PositiveIntegerField()),
                ("purposes", models.JSONField()),
                ("note", SealedText(blank=True, max_length=500)),
                ("school", models.CharField(max_length=200)),
                ("who", SealedText(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers_to_terms",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="organisations.place"
                    ),
                ),
                (
                    "terms",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="terms.terms"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="terms",
            constraint=models.UniqueConstraint(fields=("place", "number"), name="one_version_of_a_number"),
        ),
        migrations.AddConstraint(
            model_name="terms",
            constraint=models.UniqueConstraint(
                condition=models.Q(("begins_at__isnull", True)), fields=("place",), name="one_draft_of_a_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="terms",
            constraint=models.CheckConstraint(
                condition=models.Q(("threshold__gte", 3), ("threshold__lte", 20)), name="threshold_is_safe"
            ),
        ),
        migrations.AddConstraint(
            model_name="terms",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("begins_at__isnull", True), ("begun_by__isnull", True)),
                    models.Q(("begins_at__isnull", False), ("begun_by__isnull", False)),
                    _connector="OR",
                ),
                name="terms_begun_by_somebody",
            ),
        ),
        migrations.AddIndex(
            model_name="answer",
            index=models.Index(fields=["urn", "place", "-number"], name="answers_of_a_school"),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.UniqueConstraint(fields=("place", "number"), name="one_answer_of_a_number"),
        ),
    )
