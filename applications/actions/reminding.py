"""Reminders before her deadlines, found by looking, never queued ahead; and how she wants to be told of them."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from applications import emails
from applications.models import Application, DeadlineSettings, Offer
from applications.unfinished import unsubmitted, without_contribution
from opw.accounts.models import User
from opw.audit.models import record
from opw.mail.actions import opt_in, still_to_write
from opw.mail.compose import Draft
from opw.mail.models import Topic
from opw.rounds.emails import write_letters_of
from opw.rounds.models import Deadline, Deadlines, Round


@transaction.atomic
def set_reminders(*, by: User, hours_before: list[int]) -> None:
    """Remind her this long before her deadlines, or never. Who asks for reminders again gets their letters again."""
    chosen, _ = DeadlineSettings.objects.update_or_create(person=by, defaults={"hours_before": hours_before})
    if hours_before:
        opt_in(person_id=by.pk, topic=Topic.REMINDER)
    record("reminders_set", chosen, by=by, after={"hours_before": hours_before})


@transaction.atomic
def renew_calendar(*, by: User) -> None:
    """Give her calendar another secret address; the one it had leads nowhere from now on."""
    DeadlineSettings.objects.get_or_create(person=by)
    DeadlineSettings.objects.filter(person=by).update(calendar_number=F("calendar_number") + 1)
    record("calendar_renewed", DeadlineSettings.objects.get(person=by), by=by)


def write_due_reminders(now: datetime) -> None:
    """Remind whoever has something unfinished and a moment she chose behind her; once for each moment and deadline.

    Somebody whose deadline was moved is reminded of the new one. Nobody is reminded of a date that has passed.
    """
    for round in Round.objects.filter(applications_open_at__lte=now, selection_closes_at__gt=now):
        deadlines = Deadlines(round)
        drafts = [*_of_drafts(round, deadlines, now), *_of_contributions(round, deadlines, now)]
        write_letters_of(round, still_to_write(drafts))
    offered = Offer.objects.open(now).values("application__listing__participation__round")
    for round in Round.objects.filter(pk__in=offered):
        write_letters_of(round, still_to_write(list(_of_offers(round, now))))


def _of_drafts(round: Round, deadlines: Deadlines, now: datetime) -> Iterator[Draft]:
    drafts = unsubmitted(round).with_listing()
    for application, deadline, hours in _due(drafts, Deadline.APPLICATIONS, deadlines, now):
        yield emails.reminder(application, deadline, hours)


def _of_contributions(round: Round, deadlines: Deadlines, now: datetime) -> Iterator[Draft]:
    without = without_contribution(round).with_listing()
    for application, deadline, hours in _due(without, Deadline.CONTRIBUTIONS, deadlines, now):
        yield emails.contribution_reminder(application, deadline, hours)


def _of_offers(round: Round, now: datetime) -> Iterator[Draft]:
    offers = list(Offer.objects.of_round(round).open(now).with_application())
    chosen = _moments_of({one.application.applicant_id for one in offers})
    for offer in offers:
        if hours := _last_passed(chosen, offer.application.applicant_id, offer.answer_by_at, now):
            yield emails.offer_reminder(offer, hours)


def _due(
    applications: Iterable[Application], kind: Deadline, deadlines: Deadlines, now: datetime
) -> Iterator[tuple[Application, datetime, int]]:
    """Those that have a moment behind them and the deadline before them, with the last such moment."""
    found = list(applications)
    chosen = _moments_of({one.applicant_id for one in found})
    for application in found:
        deadline = deadlines.of(kind, application.community, application.applicant)
        if hours := _last_passed(chosen, application.applicant_id, deadline, now):
            yield application, deadline, hours


def _moments_of(people: set[int]) -> dict[int, list[int]]:
    """What these people chose, as far as they did."""
    return dict(DeadlineSettings.objects.filter(person__in=people).values_list("person", "hours_before"))


def _last_passed(chosen: dict[int, list[int]], person: int, deadline: datetime, now: datetime) -> int | None:
    """The last of her moments that has come, while the deadline has not."""
    moments = chosen.get(person, DeadlineSettings().hours_before)
    passed = [hours for hours in moments if deadline - timedelta(hours=hours) <= now]
    return min(passed) if passed and now < deadline else None
