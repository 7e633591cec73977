"""The tables of schools’ plans."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ropewalk.site.foundation.sealed.field


class Migration(migrations.Migration):
    initial = True

    dependencies = (
        ("organisations", "0003_sealed_texts"),
        ("plan", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    )

    operations = (
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("urn", models.PositiveIntegerField(db_index=True)),
                ("at", models.DateTimeField()),
                ("area", models.CharField(max_length=20)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("comes", models.CharField(blank=True, max_length=20)),
                ("measure", models.CharField(blank=True, max_length=60)),
                ("phase", models.CharField(blank=True, max_length=30)),
                ("group", models.CharField(blank=True, max_length=60)),
                ("period", models.CharField(blank=True, max_length=40)),
                ("address", models.URLField(blank=True, max_length=500)),
                ("words", ropewalk.site.foundation.sealed.field.SealedText(blank=True, max_length=500)),
                ("at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="evidence", to="school_plans.claim"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "evidence",
            },
        ),
        migrations.CreateModel(
            name="JointObjective",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("topic", models.CharField(max_length=20)),
                ("schools", models.PositiveSmallIntegerField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plan.item"),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.place"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Need",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("urn", models.PositiveIntegerField(db_index=True)),
                ("at", models.DateTimeField()),
                ("topic", models.CharField(max_length=20)),
                ("words", ropewalk.site.foundation.sealed.field.SealedText(max_length=500)),
                ("shared_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "shared_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SchoolPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("urn", models.PositiveIntegerField(db_index=True)),
                ("at", models.DateTimeField()),
                ("title", models.CharField(max_length=200)),
                ("state", models.CharField(default="draft", max_length=20)),
                ("review_due", models.DateField(blank=True, null=True)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("chair", ropewalk.site.foundation.sealed.field.SealedText(blank=True, max_length=200)),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Priority",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("words", ropewalk.site.foundation.sealed.field.SealedText(max_length=500)),
                ("expected", ropewalk.site.foundation.sealed.field.SealedText(blank=True, max_length=500)),
                ("measure", models.CharField(blank=True, max_length=60)),
                ("phase", models.CharField(blank=True, max_length=30)),
                ("group", models.CharField(blank=True, max_length=60)),
                ("period", models.CharField(blank=True, max_length=40)),
                ("target", models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True)),
                ("by_period", models.CharField(blank=True, max_length=40)),
                ("baseline", models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True)),
                ("baseline_source", models.CharField(blank=True, max_length=500)),
                ("frozen_at", models.DateTimeField(blank=True, null=True)),
                ("struck_out", models.BooleanField(default=False)),
                (
                    "objective",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plan.item",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="priorities",
                        to="school_plans.schoolplan",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "priorities",
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("words", ropewalk.site.foundation.sealed.field.SealedText(max_length=2000)),
                ("after_approval", models.BooleanField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="school_plans.schoolplan",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Spending",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("urn", models.PositiveIntegerField(db_index=True)),
                ("at", models.DateTimeField()),
                ("year", models.CharField(max_length=10)),
                ("pence", models.PositiveBigIntegerField()),
                ("pupils", models.PositiveIntegerField()),
                ("source", models.CharField(max_length=500)),
                ("state", models.CharField(default="draft", max_length=20)),
                ("review_due", models.DateField(blank=True, null=True)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("review", ropewalk.site.foundation.sealed.field.SealedText(blank=True, max_length=2000)),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "spending",
            },
        ),
        migrations.CreateModel(
            name="Challenge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("words", ropewalk.site.foundation.sealed.field.SealedText(max_length=500)),
                (
                    "spending",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="challenges",
                        to="school_plans.spending",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Support",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("who", ropewalk.site.foundation.sealed.field.SealedText(blank=True, max_length=200)),
                ("words", ropewalk.site.foundation.sealed.field.SealedText(max_length=500)),
                ("hours", models.PositiveIntegerField(blank=True, null=True)),
                ("begins", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="school_support",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "priority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="support", to="school_plans.priority"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "support",
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("number", models.PositiveSmallIntegerField()),
                ("words", ropewalk.site.foundation.sealed.field.SealedText(max_length=2000)),
                ("judgement", models.CharField(max_length=20)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="school_plans.claim"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Validation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("due", models.DateField(blank=True, null=True)),
                ("agreed", models.CharField(blank=True, max_length=20)),
                ("words", ropewalk.site.foundation.sealed.field.SealedText(blank=True, max_length=2000)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "asked",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="validations",
                        to="school_plans.version",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Choice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("approach", models.CharField(max_length=20)),
                ("words", ropewalk.site.foundation.sealed.field.SealedText(max_length=500)),
                ("pence", models.PositiveBigIntegerField()),
                ("evidence", ropewalk.site.foundation.sealed.field.SealedText(blank=True, max_length=500)),
                ("evidence_source", models.CharField(blank=True, max_length=200)),
                ("address", models.URLField(blank=True, max_length=500)),
                ("outcome", ropewalk.site.foundation.sealed.field.SealedText(max_length=500)),
                ("measure", models.CharField(blank=True, max_length=60)),
                ("struck_out", models.BooleanField(default=False)),
                (
                    "challenge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="choices", to="school_plans.challenge"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("approach", ""), _negated=True), name="a_choice_names_an_approach"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Action",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", ropewalk.site.foundation.sealed.field.SealedText(max_length=500)),
                ("begins", models.DateField(blank=True, null=True)),
                ("due", models.DateField(blank=True, null=True)),
                ("pence", models.PositiveBigIntegerField(blank=True, null=True)),
                ("status", models.CharField(default="not_begun", max_length=20)),
                ("note", ropewalk.site.foundation.sealed.field.SealedText(blank=True, max_length=500)),
                ("struck_out", models.BooleanField(default=False)),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="school_actions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "priority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="actions", to="school_plans.priority"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("begins__isnull", True),
                            ("due__isnull", True),
                            ("due__gte", models.F("begins")),
                            _connector="OR",
                        ),
                        name="a_school_action_ends_after_it_begins",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PriorityClaim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="priorities", to="school_plans.claim"
                    ),
                ),
                (
                    "priority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="links", to="school_plans.priority"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("priority", "claim"), name="a_claim_stands_once_there")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="schoolplan",
            constraint=models.UniqueConstraint(fields=("urn", "title"), name="one_school_plan_of_a_title"),
        ),
        migrations.AddConstraint(
            model_name="priority",
            constraint=models.UniqueConstraint(fields=("plan", "number"), name="one_priority_of_a_number"),
        ),
        migrations.AddConstraint(
            model_name="spending",
            constraint=models.UniqueConstraint(fields=("urn", "year"), name="one_disadvantage_plan_of_a_year"),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(fields=("claim", "number"), name="one_version_of_a_claim_of_a_number"),
        ),
        migrations.AddConstraint(
            model_name="validation",
            constraint=models.UniqueConstraint(fields=("version", "asked"), name="somebody_looks_at_a_version_once"),
        ),
    )
