"""Every mark of a contribution is kept, each with who gave it and what she wrote, instead of the last one alone."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

MARKS = [("seen", "seen"), ("counts", "counts"), ("needs_work", "needs work")]
KEEP_THE_LAST = """
    SET CONSTRAINTS ALL IMMEDIATE;
    INSERT INTO applications_marking (contribution_id, mark, comment, by_id, at)
    SELECT id, mark, mark_comment, marked_by_id, marked_at FROM applications_contribution WHERE mark <> '';
"""


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0009_an_order_of_preference"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Marking",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mark", models.CharField(choices=MARKS, max_length=10)),
                ("comment", models.TextField(blank=True, max_length=2000)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="markings",
                        to="applications.contribution",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("mark", ""), _negated=True), name="a_marking_has_a_mark")
                ],
            },
        ),
        migrations.RunSQL(KEEP_THE_LAST, migrations.RunSQL.noop),
        migrations.RemoveConstraint(model_name="contribution", name="marks_know_by_whom"),
        migrations.RemoveField(model_name="contribution", name="mark_comment"),
        migrations.RemoveField(model_name="contribution", name="marked_at"),
        migrations.RemoveField(model_name="contribution", name="marked_by"),
        migrations.AlterField(
            model_name="contribution",
            name="mark",
            field=models.CharField(
                blank=True,
                choices=[("", "not seen yet"), *MARKS],
                default="",
                help_text="The newest marking's.",
                max_length=10,
            ),
        ),
    ]
