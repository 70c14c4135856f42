"""Plays the deeds of the story in their order, and dates what they did."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.apps import apps
from django.db import connection, models
from django.utils import timezone

from opw.audit.models import Event
from opw.site.demo.calendar import Calendar
from opw.site.demo.stage import Deed


class Played(NamedTuple):
    """A deed's own moment, and the span of the real clock in which it was done."""

    moment: datetime
    began: datetime
    ended: datetime


def play(deeds: Iterable[Deed], calendar: Calendar) -> None:
    """Do all that has happened by now, in order; then date it by the story.

    Actions that are not told a moment write down the real one, when the demo is built. Audit events keep that one:
    they are never changed, and it is the truth about them.
    """
    played = []
    for deed in sorted(deeds, key=lambda deed: deed.at):
        moment = calendar.moment(deed.at)
        if moment > calendar.now:
            break
        began = timezone.now()
        deed.do(moment)
        played.append(Played(moment, began, timezone.now()))
    if played:
        _date_by_the_story(played)


def _date_by_the_story(played: list[Played]) -> None:
    """Move every moment that fell into a deed's span of the real clock to the deed's own moment."""
    moments, began, ended = zip(*played, strict=True)
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for model, field in _moments():
            table, column = quote(model._meta.db_table), quote(str(field.column))
            cursor.execute(
                f"UPDATE {table} SET {column} = moment"  # noqa: S608  # names of our own tables, quoted
                " FROM unnest(%s::timestamptz[], %s::timestamptz[], %s::timestamptz[]) AS played (moment, began, ended)"
                f" WHERE {table}.{column} BETWEEN began AND ended",
                [list(moments), list(began), list(ended)],
            )


def _moments() -> Iterator[tuple[type[models.Model], models.DateTimeField[Any, Any]]]:
    for model in apps.get_models():
        if model is not Event:
            yield from (
                (model, field) for field in model._meta.concrete_fields if isinstance(field, models.DateTimeField)
            )
