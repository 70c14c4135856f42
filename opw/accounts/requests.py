"""The request as a private view receives it."""

from datetime import datetime

from django.http import HttpRequest

from opw.accounts.models import User


class AuthedRequest(HttpRequest):
    """A request of a signed-in person; LoginRequiredMiddleware has seen to that."""

    user: User
    received_at: datetime  # when it arrived: deadlines are decided by it
