"""An applicant's own order of preference among her applications."""

from django.db import transaction
from django.db.models import Max

from applications.models import Application
from opw.accounts.models import User
from opw.audit.models import record
from opw.errors import Refused


def last_rank_of(applicant: User) -> int:
    """The rank of her last application, 0 for none; nobody else gives her ranks until the transaction ends."""
    User.objects.select_for_update(no_key=True).get(pk=applicant.pk)
    return Application.objects.of(applicant).aggregate(last=Max("rank"))["last"] or 0


@transaction.atomic
def move_application(*, application: Application, by: User, up: bool) -> None:
    """Let an application change places with its neighbour among those of the round that are not withdrawn.

    At the end of the order nothing happens. Raises Refused for a withdrawn one, and once the results are released.
    """
    last_rank_of(by)
    ordered = list(Application.objects.of(by).of_round(application.round).live().order_by("rank"))
    if application not in ordered or application.round.is_released:
        raise Refused("This application is withdrawn, or the results of its round are out; its place stays as it is.")
    place = ordered.index(application)
    neighbour = place - 1 if up else place + 1
    if not 0 <= neighbour < len(ordered):
        return
    moved, other = ordered[place], ordered[neighbour]
    moved.rank, other.rank = other.rank, moved.rank
    # Not save(): an order is no revision, and history keeps one for every save.
    for one in (moved, other):
        Application.objects.filter(pk=one.pk).update(rank=one.rank)
    record("application_moved", moved, by=by, before={"rank": other.rank}, after={"rank": moved.rank})
