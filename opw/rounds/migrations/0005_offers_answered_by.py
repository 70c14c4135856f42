from datetime import UTC, datetime, time, timedelta

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F, Func, Q


def a_week_after_the_announcement(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Or until the end of the internship's first day, where that comes before."""
    for round in apps.get_model("rounds", "Round").objects.all():
        first_day = datetime.combine(round.internship_starts_on, time(23, 59, 59, 999_999), UTC)
        round.offers_answered_by_at = min(round.announcement_at + timedelta(days=7), first_day)
        round.save()


_LAST_DAY = Func(
    F("offers_answered_by_at"), output_field=models.DateField(), template="(%(expressions)s AT TIME ZONE 'UTC')::date"
)


class Migration(migrations.Migration):
    dependencies = [("rounds", "0004_letter_texts")]

    operations = [
        migrations.AddField("round", "offers_answered_by_at", models.DateTimeField("offers answered by", null=True)),
        migrations.RunPython(a_week_after_the_announcement, migrations.RunPython.noop),
        migrations.AlterField("round", "offers_answered_by_at", models.DateTimeField("offers answered by")),
        migrations.RemoveConstraint("round", "round_moments_in_order"),
        migrations.RemoveConstraint("round", "round_internship_after_announcement"),
        migrations.AddConstraint(
            "round",
            models.CheckConstraint(
                name="round_moments_in_order",
                condition=Q(published_at__lte=F("applications_open_at"))
                & Q(applications_open_at__lt=F("applications_close_at"))
                & Q(applications_close_at__lte=F("contributions_close_at"))
                & Q(contributions_close_at__lte=F("selection_closes_at"))
                & Q(selection_closes_at__lt=F("announcement_at"))
                & Q(announcement_at__lt=F("offers_answered_by_at")),
                violation_error_message="The schedule must be in order: published, applications open, applications "
                "close, contributions close, selection closes, announcement, offers answered.",
            ),
        ),
        migrations.AddConstraint(
            "round",
            models.CheckConstraint(
                name="round_internship_after_offers",
                condition=Q(internship_starts_on__gte=_LAST_DAY) & Q(internship_ends_on__gt=F("internship_starts_on")),
                violation_error_message="The internship starts after the day for offers, and ends after it starts.",
            ),
        ),
    ]
