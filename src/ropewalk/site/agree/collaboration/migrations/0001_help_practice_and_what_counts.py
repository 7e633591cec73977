"""Help between members, practice shared, and what counts."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ropewalk.site.foundation.sealed.field


class Migration(migrations.Migration):
    initial = True

    dependencies = (
        ("organisations", "0003_sealed_texts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    )

    operations = (
        migrations.CreateModel(
            name="Help",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("what", ropewalk.site.foundation.sealed.field.SealedText(max_length=500)),
                ("minutes", models.PositiveIntegerField()),
                ("begins", models.DateField()),
                ("until", models.DateField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "giver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="help_given",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="help", to="organisations.place"
                    ),
                ),
                (
                    "taker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="help_taken",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "help",
            },
        ),
        migrations.CreateModel(
            name="CameOfIt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("words", ropewalk.site.foundation.sealed.field.SealedText(max_length=500)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "help",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="came_of_it", to="collaboration.help"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HelpAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("kind", models.CharField(max_length=20)),
                ("words", ropewalk.site.foundation.sealed.field.SealedText(blank=True, max_length=500)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "help",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answer", to="collaboration.help"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Practice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("title", models.CharField(max_length=200)),
                ("words", ropewalk.site.foundation.sealed.field.SealedText(max_length=500)),
                ("evidence", ropewalk.site.foundation.sealed.field.SealedText(max_length=500)),
                ("link", models.URLField(blank=True, max_length=500)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="practice",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="practice", to="organisations.place"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "practice",
            },
        ),
        migrations.CreateModel(
            name="TakenUp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("words", ropewalk.site.foundation.sealed.field.SealedText(max_length=500)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="practice_taken_up",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken_up",
                        to="collaboration.practice",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "taken up",
            },
        ),
        migrations.CreateModel(
            name="WhatCounts",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("number", models.PositiveSmallIntegerField()),
                ("counted", models.CharField(max_length=200)),
                ("day", models.DateField()),
                ("words", ropewalk.site.foundation.sealed.field.SealedText(max_length=500)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="what_counts",
                        to="organisations.place",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "what counts",
            },
        ),
        migrations.AddIndex(
            model_name="help",
            index=models.Index(fields=["place", "until"], name="help_of_a_place"),
        ),
        migrations.AddConstraint(
            model_name="help",
            constraint=models.CheckConstraint(
                condition=models.Q(("giver", models.F("taker")), _negated=True), name="nobody_helps_themselves"
            ),
        ),
        migrations.AddConstraint(
            model_name="help",
            constraint=models.CheckConstraint(
                condition=models.Q(("told_by", models.F("giver")), ("told_by", models.F("taker")), _connector="OR"),
                name="help_is_told_by_one_of_its_sides",
            ),
        ),
        migrations.AddConstraint(
            model_name="help",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gte", models.F("begins"))), name="help_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="help",
            constraint=models.CheckConstraint(condition=models.Q(("minutes__gt", 0)), name="help_takes_time"),
        ),
        migrations.AddConstraint(
            model_name="cameofit",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="what_came_of_help_has_words"
            ),
        ),
        migrations.AddIndex(
            model_name="practice",
            index=models.Index(fields=["place", "at"], name="practice_of_a_place"),
        ),
        migrations.AddConstraint(
            model_name="practice",
            constraint=models.UniqueConstraint(
                fields=("place", "organisation", "title"), name="one_practice_of_a_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="takenup",
            constraint=models.UniqueConstraint(
                fields=("practice", "organisation"), name="a_member_takes_up_a_practice_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="whatcounts",
            constraint=models.UniqueConstraint(
                fields=("place", "number"), name="one_version_of_what_counts_of_a_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="whatcounts",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="what_counts_has_reasons"
            ),
        ),
    )
