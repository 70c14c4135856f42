"""Whether the parts of the portal are alive and in step."""

from datetime import datetime, timedelta

from celery import current_app
from django.core.cache import caches
from django.db import DatabaseError, connection
from django.utils import timezone
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from opw.mail.models import Letter

HEARTBEAT = "opw:heartbeat"
HEARTBEAT_AT_MOST = timedelta(seconds=45)
OLDEST_LETTER_AT_MOST = timedelta(minutes=15)


def note_heartbeat() -> None:
    """Called by the worker when beat asks."""
    caches["redis"].set(HEARTBEAT, timezone.now().isoformat(), timeout=3600)


def signs_of_life(now: datetime) -> dict[str, bool]:
    """Each part by its name, and whether it is well; letters are well when none has been due for long."""
    return {
        "database": _database_answers(),
        "broker": _broker_answers(),
        "worker and beat": _heart_beats(now),
        "letters": _letters_are_on_time(now),
    }


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _broker_answers() -> bool:
    try:
        with current_app.connection_for_write() as broker:
            broker.ensure_connection(max_retries=1, timeout=2)
    except (OperationalError, OSError):
        return False
    return True


def _heart_beats(now: datetime) -> bool:
    try:
        noted = caches["redis"].get(HEARTBEAT)
    except (RedisError, OSError):
        return False
    return noted is not None and now - datetime.fromisoformat(noted) < HEARTBEAT_AT_MOST


def _letters_are_on_time(now: datetime) -> bool:
    try:
        oldest = Letter.objects.due(now).first()
    except DatabaseError:
        return False
    return oldest is None or now - oldest.next_try_at < OLDEST_LETTER_AT_MOST
