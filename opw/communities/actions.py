"""Communities come to be and change; and people are invited to a role in them, accept it, and lose it."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from opw.accounts.actions import send_invitation, take_invitation
from opw.accounts.models import User
from opw.audit.models import record
from opw.communities import emails
from opw.communities.models import Channel, Community, Resource, Role, RoleInvitation
from opw.communities.permissions import may_give
from opw.errors import Refused
from opw.overtaking import check_seen

# Addresses below /communities/ that are no community's.
TAKEN = {"new", "program", "invitations"}


@transaction.atomic
def found_community(*, by: User, **fields: Any) -> Community:
    """Let a community in, at an address that stays its own; its coordinators are invited next.

    Raises Refused when there is one of this name.
    """
    slug = slugify(fields["name"])[:50].strip("-") or "community"
    alike = {*TAKEN, *Community.objects.filter(slug__startswith=slug).values_list("slug", flat=True)}
    numbered = (f"{slug}-{number}" for number in range(2, len(alike) + 3))
    community = Community(slug=next(one for one in (slug, *numbered) if one not in alike), **fields)
    _save(community)
    record("community_founded", community, by=by)
    return community


@transaction.atomic
def edit_community(
    *,
    community: Community,
    by: User,
    channels: list[dict[str, str]],
    resources: list[dict[str, str]],
    seen: str = "",
    **fields: Any,
) -> None:
    """Change what a community says of itself, where it meets and what newcomers read, in the order given.

    Raises Refused when another community has this name, Overtaken when it does not say what was seen.
    """
    community = Community.objects.select_for_update().get(pk=community.pk)
    check_seen(seen, community)
    for name, value in fields.items():
        setattr(community, name, value)
    _save(community)
    community.channels.all().delete()
    Channel.objects.bulk_create(Channel(community=community, position=n, **row) for n, row in enumerate(channels))
    community.resources.all().delete()
    Resource.objects.bulk_create(Resource(community=community, position=n, **row) for n, row in enumerate(resources))
    record("community_edited", community, by=by)


@transaction.atomic
def invite_to_role(*, role: Role, community: Community | None, by: User, email: str, name: str = "") -> None:
    """Offer somebody a role by letter; whoever was asked before and has not answered gets a new letter.

    Nothing here tells whether the address has an account, or a role already.
    """
    _lock(community)
    asked = RoleInvitation.objects.open().filter(role=role, community=community, email__iexact=email).first()
    new = RoleInvitation(role=role, community=community, email=email, name=name, invited_by=by)
    send_invitation(invitation=asked or new, by=by)


@transaction.atomic
def accept_role(*, invitation: RoleInvitation, by: User) -> None:
    """Take the role that one was invited to.

    Raises Refused when the invitation has ended or is another's, and when who sent it could not give the role today.
    """
    _lock(invitation.community)
    taken = take_invitation(invitation, by)
    if taken is None:
        return
    role = Role(taken.role)
    if not (taken.invited_by.is_active and may_give(taken.invited_by, role, taken.community)):
        raise Refused(f"{taken.invited_by} can no longer invite you as {taken.part}. Ask another coordinator.")
    if taken.community:
        taken.community.people(role).add(by)
    else:
        User.objects.filter(pk=by.pk).update(is_staff=True)
    record("role_given", taken.community or by, by=by, after={"role": role, "person": by.pk})


@transaction.atomic
def end_role(*, role: Role, community: Community | None, person: User, by: User) -> None:
    """Take a role from somebody, or give up one's own. It ends with her next request; somebody else is told by letter.

    The row that is locked makes two who leave at once wait for each other.

    Raises Refused for the last coordinator of a community, and of the program: nobody could let in another.
    """
    _lock(community)
    people: Any = community.people(role) if community else User.objects.filter(is_staff=True)
    if not people.filter(pk=person.pk).exists():
        return
    if role != Role.MAINTAINER and not people.filter(is_active=True).exclude(pk=person.pk).exists():
        raise Refused(f"{person} is the last coordinator of {community or 'the program'}. Invite another one first.")
    if community:
        people.remove(person)
    else:
        people.filter(pk=person.pk).update(is_staff=False, is_superuser=False)
    record("role_ended", community or person, by=by, before={"role": role, "person": person.pk})
    if person != by:
        emails.tell_role_ended(person, role, community)


def _lock(community: Community | None) -> None:
    """Stand in the line of the community's deeds about roles; the program's is that of its coordinators."""
    if community:
        Community.objects.select_for_update().get(pk=community.pk)
    else:
        list(User.objects.select_for_update().filter(is_staff=True).order_by("pk"))


def _save(community: Community) -> None:
    try:
        with transaction.atomic():
            community.save()
    except IntegrityError:
        raise Refused("There is a community of this name already.") from None
