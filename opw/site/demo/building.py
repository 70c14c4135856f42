"""Builds the demo: empties the database, plays the story up to a phase, and puts its letters into the past."""

from datetime import datetime

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import F

from opw.accounts.models import User
from opw.errors import Refused
from opw.mail.models import Letter
from opw.rounds.models import Phase, Round
from opw.site.demo.applying import candidacies
from opw.site.demo.arriving import bring_in_communities, bring_in_people, rounds
from opw.site.demo.beginning import beginnings
from opw.site.demo.calendar import Calendar
from opw.site.demo.deciding import decisions
from opw.site.demo.people import DOMAIN
from opw.site.demo.playing import play
from opw.site.demo.proposing import ideas
from opw.site.demo.stage import Stage

# Filled by migrations; another process may know their rows by number.
_KEPT = {"django_content_type", "auth_permission"}


@transaction.atomic
def build(phase: Phase, *, now: datetime, discard_everything: bool = False) -> Round:
    """Replace all that the database holds by the demo, in this phase; all of it or nothing.

    Raises Refused when somebody who is not of the demo has an account, unless told to discard everything.
    """
    if not discard_everything:
        _refuse_where_strangers_are()
    _empty_the_database()
    stage = Stage(Calendar(phase, now))
    bring_in_people(stage)
    bring_in_communities(stage)
    story = [*rounds(stage), *ideas(stage), *beginnings(stage), *candidacies(stage), *decisions(stage)]
    play(story, stage.calendar)
    _count_letters_as_sent()
    return stage.round("round-7")


def _refuse_where_strangers_are() -> None:
    strangers = User.objects.exclude(email__iendswith=f"@{DOMAIN}").count()
    if strangers:
        accounts = "an account whose address is" if strangers == 1 else f"{strangers} accounts whose addresses are"
        raise Refused(
            f"The demo replaces all that is here, and there is {accounts} not of {DOMAIN}. "
            "Give --discard-everything if all of it may go."
        )


def _empty_the_database() -> None:
    """Truncate, as Django's flush does: audit events cannot be deleted one by one, and hold on to their people."""
    connection.check_constraints()  # checks of this transaction that wait for its end would stand in the way
    tables = set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - _KEPT
    with connection.cursor() as cursor:
        for statement in connection.ops.sql_flush(no_style(), sorted(tables), reset_sequences=True):
            cursor.execute(statement)


def _count_letters_as_sent() -> None:
    """All of them are of the past by now, and a try-out must not mail a flood to example.org."""
    Letter.objects.update(status=Letter.Status.SENT, sent_at=F("written_at"), tries=1)
