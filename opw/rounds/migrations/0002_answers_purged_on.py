from datetime import timedelta

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F


def a_month_after_the_internship(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("rounds", "Round").objects.update(answers_purged_on=F("internship_ends_on") + timedelta(days=30))


class Migration(migrations.Migration):
    dependencies = [("rounds", "0001_initial")]

    operations = [
        migrations.AddField(
            "round", "answers_purged_on", models.DateField("initial applications' answers deleted", null=True)
        ),
        migrations.RunPython(a_month_after_the_internship, migrations.RunPython.noop),
        migrations.AlterField("round", "answers_purged_on", models.DateField("initial applications' answers deleted")),
        migrations.AddConstraint(
            "round",
            models.CheckConstraint(
                name="round_answers_purged_after_internship",
                condition=models.Q(answers_purged_on__gt=F("internship_ends_on")),
                violation_error_message="The answers are deleted after the internship has ended.",
            ),
        ),
    ]
