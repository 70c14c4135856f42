"""The demo round, for tests that begin with it: built once a phase, since that takes seconds, and then loaded."""

from functools import cache
from io import StringIO

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction

from opw.rounds.models import Phase


def load_demo(phase: Phase) -> str:
    """Replace all that the database holds by the demo in this phase; what the command said when it built it."""
    said, rows = _built(phase)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(rows)} RESTART IDENTITY")
        for table, told in rows.items():
            cursor.copy_expert(f"COPY {table} FROM STDIN", StringIO(told))
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models(include_auto_created=True)):
            cursor.execute(statement)
    ContentType.objects.clear_cache()  # they have the numbers again that they had then
    return said


@cache
def _built(phase: Phase) -> tuple[str, dict[str, str]]:
    """What the command says, and the rows of each table as COPY tells them; the database stays as it is."""
    said, rows = StringIO(), {}
    with transaction.atomic(), connection.cursor() as cursor:
        call_command("demo", phase=phase, even_without_debug=True, discard_everything=True, stdout=said)
        for table in connection.introspection.django_table_names(only_existing=True, include_views=False):
            told = StringIO()
            cursor.copy_expert(f"COPY {table} TO STDOUT", told)
            rows[table] = told.getvalue()
        transaction.set_rollback(True)
    return said.getvalue(), rows
