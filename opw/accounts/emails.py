"""The letter of an invitation."""

from dataclasses import dataclass
from typing import Any

from opw.accounts.models import Invitation, User
from opw.mail.actions import write_letter
from opw.mail.compose import Draft, absolute
from opw.mail.models import Topic


@dataclass
class Guest:
    """Somebody of whom the portal knows nothing but an address."""

    email: str
    name: str
    pk: Any = None
    timezone: str = "UTC"


def tell_invited(invitation: Invitation, token: str) -> None:
    """What is offered, by whom, and the link that answers; every sending is a letter of its own."""
    known = User.objects.filter(email__iexact=invitation.email, is_active=True).first()
    draft = Draft(
        key=f"invitation:{invitation.token_hash}",
        topic=Topic.ACCOUNT,
        to=known or Guest(invitation.email, invitation.name),
        subject="You are invited to OPW",
        template="invitation.txt",
        facts={
            "inviter": str(invitation.invited_by),
            "part": invitation.part,
            "until": invitation.expires_at,
            "link": absolute(invitation.get_secret_url(token)),
        },
        is_secret=True,
    )
    write_letter(draft)
