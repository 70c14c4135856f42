"""What an address is good for once its owner has confirmed it."""

from allauth.account.models import EmailAddress

from opw.accounts.models import Invitation, User


def has_confirmed(user: User, address: str) -> bool:
    """Whether this person has shown, by the link of a letter, that the address is hers."""
    confirmed: bool = EmailAddress.objects.filter(user=user, email__iexact=address, verified=True).exists()
    return confirmed


def may_accept(user: User, invitation: Invitation) -> bool:
    """Only the account of the invited address."""
    return has_confirmed(user, invitation.email)
