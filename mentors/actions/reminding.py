"""A coordinator reminds who has not done what is due."""

from datetime import datetime

from django.db import transaction

from mentors.candidates import participations_run_by
from mentors.due import Duty, Sight, letters_due
from opw.accounts.models import User
from opw.audit.models import record
from opw.errors import Refused
from opw.mail.actions import write_letters
from opw.rounds.models import Deadlines, Round


@transaction.atomic
def remind(*, round: Round, duty: Duty, by: User, at: datetime) -> int:
    """Write to each person who has still not done it; how many letters that are.

    Once a day: two coordinators who press at once stand in line, and the second is Refused.
    """
    locked = Round.objects.select_for_update(no_key=True).get(pk=round.pk)
    drafts = letters_due(duty, Sight(by, Deadlines(locked), list(participations_run_by(by, locked)), at))
    if not drafts:
        raise Refused("Nobody is left to remind of this today.")
    write_letters(drafts)
    record("people_reminded", locked, by=by, round=locked, after={"of": duty.name, "letters": len(drafts)})
    return len(drafts)
