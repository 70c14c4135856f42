"""Messages between an applicant and a listing's mentors."""

from datetime import datetime, timedelta

from django.db import transaction

from applications import emails
from applications.actions.beginning import check_may_begin
from applications.models import Message
from opw.accounts.models import User
from opw.audit.models import record
from opw.errors import Refused
from projects.models import Listing

AT_MOST = 20
WITHIN = timedelta(hours=1)


@transaction.atomic
def write_message(
    *, listing: Listing, applicant: User, by: User, body: str, at: datetime, is_elsewhere: bool = False
) -> Message:
    """Say something to the other side, which is told by letter; or only that she made contact elsewhere, and where.

    Raises Refused where an applicant cannot begin, unless the two have written before, and after many messages in an
    hour.
    """
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # so that two at once are counted
    if Message.objects.filter(author=by, at__gt=at - WITHIN).count() >= AT_MOST:
        raise Refused(f"You wrote {AT_MOST} messages within an hour. Give the others time to read, and write later.")
    if by == applicant and not Message.objects.between(applicant, listing).exists():
        check_may_begin(listing, by, at)
    message = Message.objects.create(
        listing=listing, applicant=applicant, author=by, body=body, at=at, is_elsewhere=is_elsewhere
    )
    record("message_written", message, by=by)
    if not is_elsewhere:
        emails.tell_message(message, _readers_of(message))
    return message


def _readers_of(message: Message) -> list[User]:
    """The other side: the applicant; or the mentors and who wrote to her before, as far as they may read it."""
    if not message.is_hers:
        return [message.applicant]
    mentors = message.listing.project.mentorships.confirmed().filter(user__isnull=False).values("user")
    wrote = Message.objects.between(message.applicant, message.listing).order_by().values("author")
    others = User.objects.filter(pk__in=mentors.union(wrote)).exclude(pk=message.applicant_id)
    return [one for one in others if Message.objects.visible_to(one).filter(pk=message.pk).exists()]
