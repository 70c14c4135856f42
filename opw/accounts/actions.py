"""What a person does with her own account beside signing in; and how an invitation goes out and ends."""

from typing import TypeVar

from django.db import transaction
from django.utils.timezone import now

from opw.accounts import emails
from opw.accounts.models import Invitation, User
from opw.accounts.permissions import may_accept
from opw.audit.models import record
from opw.errors import Refused
from opw.mail.actions import opt_in, opt_out
from opw.mail.models import Topic

AnInvitation = TypeVar("AnInvitation", bound=Invitation)


@transaction.atomic
def edit_profile(*, user: User, name: str, timezone: str, shows_address: bool, review_letters: bool) -> None:
    """Change how one is called, the timezone of deadlines, who sees a mentor's address, and which letters one gets."""
    user.name, user.timezone, user.shows_address = name, timezone, shows_address
    user.full_clean(exclude=["password"])
    user.save(update_fields=["name", "timezone", "shows_address"])
    choose = opt_in if review_letters else opt_out
    choose(person_id=user.pk, topic=Topic.REVIEW)
    record("profile_edited", user, by=user, after={"timezone": timezone, "shows_address": shows_address})


@transaction.atomic
def send_invitation(*, invitation: Invitation, by: User) -> None:
    """Send an invitation, or send it again: with a new secret, so that an older letter's link no longer works.

    Raises Refused when it was answered or taken back.
    """
    if invitation.pk:
        invitation = _locked(invitation)
    if invitation.state != Invitation.State.OPEN:
        raise Refused(f"This invitation is {invitation.get_state_display()}.")
    token = invitation.renew()
    invitation.save()
    emails.tell_invited(invitation, token)
    record("invitation_sent", invitation, by=by)


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, by: User) -> None:
    """Take an invitation back: the link of its letter no longer works.

    Raises Refused when it was answered.
    """
    invitation = _locked(invitation)
    if invitation.state == Invitation.State.REVOKED:
        return
    if invitation.state != Invitation.State.OPEN:
        raise Refused(f"This invitation is {invitation.get_state_display()} already.")
    invitation.end(Invitation.State.REVOKED)
    record("invitation_revoked", invitation, by=by)


@transaction.atomic
def decline_invitation(*, invitation: Invitation, by: User | None) -> None:
    """Say no; whoever holds the letter can, with or without an account.

    Raises Refused when it has ended in another way.
    """
    invitation = _locked(invitation)
    if invitation.state == Invitation.State.DECLINED:
        return
    _refuse_ended(invitation)
    invitation.end(Invitation.State.DECLINED)
    record("invitation_declined", invitation, by=by)


def take_invitation(invitation: AnInvitation, by: User) -> AnInvitation | None:
    """End an invitation as accepted, in the caller's transaction, and lock it: of many at once, one gets it.

    None when this person has accepted it before: she is answered as she was the first time. The account that accepts
    is bound to what was offered, so it must be the one of the invited address, and that address a confirmed one.

    Raises Refused in every other case.
    """
    invitation = _locked(invitation)
    if invitation.accepted_by == by:
        return None
    _refuse_ended(invitation)
    if not may_accept(by, invitation):
        raise Refused(
            f"This invitation was sent to {invitation.email}, and you are signed in as {by.email}. Sign in with the "
            f"account of that address, or ask {invitation.invited_by} to invite {by.email}."
        )
    invitation.end(Invitation.State.ACCEPTED, by)
    record("invitation_accepted", invitation, by=by)
    return invitation


def _refuse_ended(invitation: Invitation) -> None:
    if invitation.state != Invitation.State.OPEN:
        raise Refused(f"This invitation is {invitation.get_state_display()}; its link no longer works.")
    if invitation.expires_at <= now():
        raise Refused(f"This invitation has expired. Ask {invitation.invited_by} to send it again.")


def _locked(invitation: AnInvitation) -> AnInvitation:
    found: AnInvitation = type(invitation)._default_manager.select_for_update(of=["self"]).get(pk=invitation.pk)
    return found
