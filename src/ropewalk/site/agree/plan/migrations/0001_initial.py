"""The tables of plans."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ropewalk.site.foundation.sealed.field


class Migration(migrations.Migration):
    initial = True

    dependencies = (
        ("organisations", "0003_sealed_texts"),
        ("partnership", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    )

    operations = (
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("number", models.PositiveSmallIntegerField()),
                ("words", models.CharField(max_length=500)),
                ("begins", models.DateField(blank=True, null=True)),
                ("due", models.DateField(blank=True, null=True)),
                ("status", models.CharField(default="not_begun", max_length=20)),
                ("note", ropewalk.site.foundation.sealed.field.SealedText(blank=True, max_length=500)),
                ("pence", models.PositiveBigIntegerField(blank=True, null=True)),
                ("struck_out", models.BooleanField(default=False)),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan_items",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan_items",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="plan.item",
                    ),
                ),
                (
                    "waits_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="awaited_by",
                        to="plan.item",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("kind", models.CharField(max_length=20)),
                ("words", ropewalk.site.foundation.sealed.field.SealedText(max_length=500)),
                ("day", models.DateField(blank=True, null=True)),
                ("address", models.URLField(blank=True, max_length=500)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnership.meeting",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="evidence", to="plan.item"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "evidence",
            },
        ),
        migrations.CreateModel(
            name="Kpi",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("comes", models.CharField(max_length=20)),
                ("area", models.CharField(blank=True, max_length=40)),
                ("measure", models.CharField(blank=True, max_length=60)),
                ("phase", models.CharField(blank=True, max_length=30)),
                ("group", models.CharField(blank=True, max_length=60)),
                ("period", models.CharField(blank=True, max_length=40)),
                ("unit", models.CharField(blank=True, max_length=30)),
                ("target", models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True)),
                ("by_period", models.CharField(blank=True, max_length=40)),
                ("baseline", models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True)),
                ("baseline_source", models.CharField(blank=True, max_length=500)),
                ("frozen_at", models.DateTimeField(blank=True, null=True)),
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="kpi", to="plan.item"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200)),
                ("aim", models.CharField(blank=True, max_length=500)),
                ("way", models.CharField(blank=True, max_length=30)),
                ("state", models.CharField(default="draft", max_length=20)),
                ("round", models.PositiveSmallIntegerField(default=0)),
                ("at", models.DateTimeField()),
                ("agreed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plans", to="organisations.place"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="item",
            name="plan",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="items", to="plan.plan"),
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("what", models.CharField(max_length=20)),
                ("before", ropewalk.site.foundation.sealed.field.SealedText(blank=True, max_length=500)),
                ("after", ropewalk.site.foundation.sealed.field.SealedText(blank=True, max_length=500)),
                ("because", ropewalk.site.foundation.sealed.field.SealedText(blank=True, max_length=500)),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnership.body",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="plan.item",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="plan.plan"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Assent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("round", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField()),
                ("agreed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="assents", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="assents", to="plan.plan"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("number", models.PositiveSmallIntegerField()),
                ("target", models.DecimalField(decimal_places=4, max_digits=14)),
                ("words", ropewalk.site.foundation.sealed.field.SealedText(max_length=500)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="proposals", to="plan.item"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("agrees", models.BooleanField()),
                ("words", ropewalk.site.foundation.sealed.field.SealedText(blank=True, max_length=500)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="plan.proposal"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Typed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("day", models.DateField()),
                ("value", models.DecimalField(decimal_places=4, max_digits=14)),
                ("numerator", models.PositiveIntegerField(blank=True, null=True)),
                ("denominator", models.PositiveIntegerField(blank=True, null=True)),
                ("source", ropewalk.site.foundation.sealed.field.SealedText(max_length=500)),
                ("address", models.URLField(blank=True, max_length=500)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "kpi",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="typed", to="plan.kpi"),
                ),
            ],
            options={
                "verbose_name_plural": "typed values",
            },
        ),
        migrations.AddConstraint(
            model_name="kpi",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("comes", "typed"), ("measure", "")),
                    models.Q(models.Q(("comes", "typed"), _negated=True), models.Q(("measure", ""), _negated=True)),
                    _connector="OR",
                ),
                name="a_kpi_is_measured_or_typed",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.UniqueConstraint(fields=("place", "title"), name="one_plan_of_a_title"),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(fields=["plan", "parent", "number"], name="items_of_a_plan"),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("begins__isnull", True), ("due__isnull", True), ("due__gte", models.F("begins")), _connector="OR"
                ),
                name="due_after_it_begins",
            ),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(fields=["plan", "id"], name="changes_of_a_plan"),
        ),
        migrations.AddConstraint(
            model_name="assent",
            constraint=models.UniqueConstraint(fields=("plan", "round", "account"), name="somebody_agrees_a_plan_once"),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(fields=("item", "number"), name="one_proposal_of_a_number"),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("agrees", True)), fields=("proposal", "by"), name="somebody_agrees_a_target_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(("agrees", True), models.Q(("words", ""), _negated=True), _connector="OR"),
                name="a_comment_has_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="typed",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("denominator__isnull", True), ("numerator__isnull", True)),
                    models.Q(("denominator__gt", 0), ("numerator__lte", models.F("denominator"))),
                    _connector="OR",
                ),
                name="a_typed_share_is_a_share",
            ),
        ),
    )
