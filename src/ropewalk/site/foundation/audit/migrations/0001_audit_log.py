"""The tables of the audit log."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = ()

    operations = (
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("who", models.CharField(blank=True, max_length=80)),
                ("account", models.BigIntegerField(blank=True, null=True)),
                ("deed", models.CharField(blank=True, max_length=20)),
                ("thing", models.CharField(blank=True, max_length=80)),
                ("school", models.IntegerField(blank=True, null=True)),
                ("place", models.CharField(blank=True, max_length=20)),
                ("about", models.CharField(blank=True, max_length=200)),
                ("salt", models.CharField(blank=True, max_length=32)),
                ("digest", models.CharField(max_length=64)),
                ("seal", models.CharField(max_length=64)),
                ("forgotten_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("number",),
                "indexes": [
                    models.Index(fields=["school", "-number"], name="audit_of_a_school"),
                    models.Index(fields=["place", "-number"], name="audit_of_a_place"),
                    models.Index(fields=["account", "-number"], name="audit_of_an_account"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Turn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="there_is_one_turn")],
            },
        ),
    )
