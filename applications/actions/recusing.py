"""Stepping back from an applicant one knows."""

from django.db import transaction

from applications.models import Recusal
from opw.accounts.models import User
from opw.audit.models import record
from opw.mail.actions import withhold_letters


@transaction.atomic
def step_back(*, applicant: User, by: User, reason: str) -> None:
    """From now on this mentor or coordinator sees nothing of this applicant. Stepping back twice is once."""
    recusal, created = Recusal.objects.get_or_create(person=by, applicant=applicant, defaults={"reason": reason})
    if created:
        withhold_letters(reader=by, about=applicant)
        record("stepped_back", recusal, by=by)
