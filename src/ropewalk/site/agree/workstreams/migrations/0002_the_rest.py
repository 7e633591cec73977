"""The other tables of workstreams, and what holds in all of them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ropewalk.site.foundation.sealed.field


class Migration(migrations.Migration):
    dependencies = (("workstreams", "0001_initial"),)

    operations = (
        migrations.CreateModel(
            name="Closing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("words", ropewalk.site.foundation.sealed.field.SealedText(max_length=20000)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "workstream",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="closing", to="workstreams.workstream"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Charter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("text", ropewalk.site.foundation.sealed.field.SealedText(max_length=20000)),
                ("members", ropewalk.site.foundation.sealed.field.SealedText(max_length=20000)),
                ("begins", models.DateField()),
                ("ends", models.DateField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "workstream",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="charter", to="workstreams.workstream"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PictureSignature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("name", ropewalk.site.foundation.sealed.field.SealedText(max_length=200)),
                ("digest", models.CharField(max_length=64)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "contributor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="workstreams.contributor",
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="signatures", to="workstreams.picture"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("picture", "contributor"), name="a_contributor_signs_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Shortlisted",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "idea",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="chosen", to="workstreams.idea"
                    ),
                ),
                (
                    "shortlist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="chosen", to="workstreams.shortlist"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("shortlist", "idea"), name="an_idea_once_on_a_shortlist")
                ],
            },
        ),
        migrations.CreateModel(
            name="SubmittedFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("number", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("value", models.CharField(max_length=200)),
                ("period", models.CharField(max_length=60)),
                ("definition", models.TextField(max_length=20000)),
                ("source", models.CharField(max_length=500)),
                ("evidence", models.CharField(blank=True, max_length=500)),
                ("measure", models.CharField(blank=True, max_length=100)),
                ("phase", models.CharField(blank=True, max_length=30)),
                ("group", models.CharField(blank=True, max_length=60)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "contributor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="figures",
                        to="workstreams.contributor",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("contributor", "number"), name="one_figure_of_a_number"),
                    models.CheckConstraint(
                        condition=models.Q(("evidence", ""), ("measure", ""), _negated=True),
                        name="a_typed_figure_has_evidence",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Vote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "contributor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="votes", to="workstreams.contributor"
                    ),
                ),
                (
                    "idea",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="votes", to="workstreams.idea"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["contributor", "-id"], name="votes_of_a_contributor")],
            },
        ),
        migrations.AddConstraint(
            model_name="workstream",
            constraint=models.UniqueConstraint(fields=("place", "title"), name="one_workstream_of_a_title"),
        ),
        migrations.AddConstraint(
            model_name="shortlist",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="a_shortlist_has_words"
            ),
        ),
        migrations.AddConstraint(
            model_name="reconciliation",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="a_reconciliation_has_words"
            ),
        ),
        migrations.AddConstraint(
            model_name="picture",
            constraint=models.UniqueConstraint(fields=("workstream", "number"), name="one_picture_of_a_number"),
        ),
        migrations.AddConstraint(
            model_name="measureset",
            constraint=models.CheckConstraint(
                condition=models.Q(("measure", ""), _negated=True), name="a_measure_is_named"
            ),
        ),
        migrations.AddConstraint(
            model_name="idea",
            constraint=models.UniqueConstraint(fields=("workstream", "number"), name="one_idea_of_a_number"),
        ),
        migrations.AddConstraint(
            model_name="idea",
            constraint=models.CheckConstraint(
                condition=models.Q(("pence__gte", 0)), name="an_idea_costs_nothing_or_more"
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.CheckConstraint(
                condition=models.Q(("because", ""), _negated=True), name="an_extension_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="decided",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="what_is_decided_has_reasons"
            ),
        ),
        migrations.AddConstraint(
            model_name="contributor",
            constraint=models.UniqueConstraint(fields=("workstream", "name"), name="a_contributor_once"),
        ),
        migrations.AddConstraint(
            model_name="charter",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends__gt", models.F("begins"))), name="a_charter_ends_after_it_begins"
            ),
        ),
    )
