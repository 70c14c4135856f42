"""Deciding about initial applications in doubt, and deleting the answers after a round."""

from datetime import UTC, datetime

from django.db import transaction

from applications import emails
from applications.models import InitialApplication, Offer
from opw.accounts.models import User
from opw.audit.models import record
from opw.errors import Refused
from opw.rounds.models import Round

_Status = InitialApplication.Status


@transaction.atomic
def decide_eligibility(*, initial: InitialApplication, is_eligible: bool, reason: str, by: User, at: datetime) -> None:
    """Say whether somebody in doubt can take part, and tell her why; a decision can be changed until the release.

    Raises Refused where there is no doubt, and once the results are out.
    """
    initial = InitialApplication.objects.select_for_update(of=["self"]).select_related("applicant", "round").get(
        pk=initial.pk
    )  # fmt: skip
    if not (initial.is_in_doubt or initial.decided_at):
        raise Refused("Her answers speak for themselves; she changed them, or they were never in doubt.")
    if initial.round.is_released:
        raise Refused("The results of this round are out; nothing is decided about it any more.")
    before = initial.status
    initial.status = _Status.ELIGIBLE if is_eligible else _Status.INELIGIBLE
    initial.is_in_doubt, initial.reason, initial.decided_by, initial.decided_at = False, reason, by, at
    initial.save(update_fields=["status", "is_in_doubt", "reason", "decided_by", "decided_at"])
    record("eligibility_decided", initial, by=by, before={"status": before}, after={"status": initial.status})
    emails.tell_eligibility(initial)


@transaction.atomic
def purge_answers(now: datetime) -> None:
    """Delete what applicants said of themselves in rounds whose day for it has come; what was decided stays.

    The letters that said why go with it, and so do the reasons of answers to offers, and of time given for them.
    """
    for round in Round.objects.filter(answers_purged_on__lte=now.astimezone(UTC).date()):
        kept = InitialApplication.objects.filter(round=round, purged_at__isnull=True)
        emails.empty_decisions(set(kept.values_list("pk", flat=True)))
        purged = kept.update(answers={}, draft={}, free_hours=None, reason="", purged_at=now)
        offers = Offer.objects.of_round(round).exclude(reason="", extended_because="")
        emails.empty_endings(set(offers.values_list("pk", flat=True)))
        emptied = offers.update(reason="", extended_because="")
        if purged or emptied:
            after = {"initial_applications": purged, "offers": emptied}
            record("eligibility_answers_purged", round, by=None, after=after)
