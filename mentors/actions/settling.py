"""A conflict: more than one project wants the same person, and a program coordinator settles who keeps her."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from mentors import emails
from mentors.actions.deciding import confirm_selection, withdraw_selection
from mentors.actions.in_line import in_line
from mentors.models import Selection
from opw.accounts.models import User
from opw.audit.models import record
from opw.errors import Refused


@transaction.atomic
def settle_conflict(*, keep: Selection, among: Collection[Selection], by: User, reason: str, at: datetime) -> str:
    """Let one of the projects that want an applicant keep her: the others' proposals are taken back, with the reason,
    and hers is confirmed where it can be. The mentors of the others are told; she is not.

    What stood in the way of her slot, or nothing. Raises Refused when the proposals are not those that were looked at.
    """
    wanted = Selection.objects.live().filter(initial_application=keep.initial_application_id)
    in_line(*wanted.values_list("application__listing__participation", flat=True))
    standing = list(wanted.select_related("application__listing__project", "initial_application__round"))
    if {one.pk for one in standing} != {one.pk for one in among} or keep not in standing:
        raise Refused("The proposals for this applicant have changed meanwhile. Look at them again.")
    if len(standing) == 1:
        raise Refused("No other project wants this applicant.")
    given_up = [one for one in standing if one != keep]
    for selection in given_up:
        emails.tell_proposal_given_up(selection)
        withdraw_selection(selection=selection, by=by, reason=reason)
    round, before = keep.initial_application.round, {"proposals": sorted(one.pk for one in standing)}
    record("conflict_settled", keep, by=by, round=round, before=before, after={"proposals": [keep.pk]})
    try:
        confirm_selection(selection=keep, by=by, at=at)
    except Refused as refusal:
        return str(refusal)
    return ""
