"""What tests of orders of preference begin with."""

from django.utils import timezone

from applications.models import Application
from mentors.models import OrderOfPreference
from opw.accounts.models import User


def make_order(mentor: User, *placed: Application, given: bool = True) -> OrderOfPreference:
    """A mentor's order of applications to one listing, given unless said otherwise."""
    given_at = timezone.now() if given else None
    made = OrderOfPreference.objects.create(listing=placed[0].listing, mentor=mentor, given_at=given_at)
    for position, one in enumerate(placed, start=1):
        made.preferences.create(application=one, position=position)
    return made
