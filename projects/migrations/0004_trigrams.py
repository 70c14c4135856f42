from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    """What forgives typing errors in a search; an owner of the database may install it, no superuser is needed."""

    dependencies = [("projects", "0003_starter_tasks")]

    operations = [TrigramExtension()]
