from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0002_task_of_a_contribution"),
    ]

    operations = [
        migrations.RenameField(
            model_name="question",
            old_name="ineligible_answer",
            new_name="ineligible_if",
        ),
        migrations.AddField(
            model_name="initialapplication",
            name="free_hours",
            field=models.PositiveSmallIntegerField(
                help_text="A week, in the internship. With the status all that mentors see of it.", null=True
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="in_doubt_if",
            field=models.TextField(
                blank=True,
                help_text="Answers that a program coordinator should read herself.",
                max_length=500,
                verbose_name="in doubt if",
            ),
        ),
        migrations.AlterField(
            model_name="question",
            name="ineligible_if",
            field=models.TextField(
                blank=True,
                help_text="Answers, one a line: no · below 20 · after 2013-12-10",
                max_length=500,
                verbose_name="not eligible if",
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="options",
            field=models.TextField(
                blank=True, help_text="For one of several: the answers, one a line.", max_length=2000
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="section",
            field=models.CharField(blank=True, help_text="Questions of one section stand on one page.", max_length=60),
        ),
        migrations.AddField(
            model_name="question",
            name="whom_to_ask",
            field=models.CharField(blank=True, help_text="Who helps with this: a name and an address.", max_length=200),
        ),
        migrations.AlterField(
            model_name="question",
            name="ineligible_because",
            field=models.CharField(
                blank=True, help_text="Told at once as it stands.", max_length=300, verbose_name="because"
            ),
        ),
        migrations.AlterField(
            model_name="question",
            name="is_required",
            field=models.BooleanField(default=True, verbose_name="required"),
        ),
        migrations.AlterField(
            model_name="question",
            name="kind",
            field=models.CharField(
                choices=[
                    ("yes_no", "yes or no"),
                    ("choice", "one of several"),
                    ("number", "number"),
                    ("date", "date"),
                    ("short", "a line of text"),
                    ("text", "text"),
                ],
                default="text",
                max_length=12,
            ),
        ),
    ]
