"""Rating applications, and talking about them among mentors and coordinators."""

from datetime import datetime

from django.db import transaction

from applications.models import Application
from mentors.models import Comment, Rating, Reading
from opw.accounts.models import User
from opw.audit.models import record
from opw.errors import Refused


@transaction.atomic
def rate(*, application: Application, by: User, score: int, reasons: str, at: datetime) -> Rating:
    """Give one's rating of an application, or change it; there is one for each mentor.

    Raises Refused once the results are released.
    """
    _check_not_released(application)
    rating, _ = Rating.objects.update_or_create(
        application=application, mentor=by, defaults={"score": score, "reasons": reasons, "rated_at": at}
    )
    record("application_rated", rating, by=by, round=application.round)
    return rating


@transaction.atomic
def note_reading(*, application: Application, by: User, revision: int) -> None:
    """Remember that somebody has read this revision of an application, so that she is shown what changes later.

    Raises Refused for a revision of something else.
    """
    read = application.history.filter(pk=revision, status=Application.Status.SUBMITTED).first()
    if read is None:
        raise Refused("That is no revision of this application.")
    reading, _ = Reading.objects.update_or_create(
        application=application, reader=by, defaults={"up_to": read.history_date}
    )
    record("application_read", reading, by=by, round=application.round)


@transaction.atomic
def comment(*, application: Application, by: User, body: str, at: datetime) -> Comment:
    """Say something about an application to its mentors and coordinators; the applicant never reads it."""
    written = Comment.objects.create(application=application, author=by, body=body, at=at)
    record("application_commented", written, by=by, round=application.round)
    return written


def _check_not_released(application: Application) -> None:
    if application.round.is_released:
        raise Refused("The results of this round are out; ratings stay as they are.")
