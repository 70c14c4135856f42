"""What a person is asked, and answers on her dashboard: invitations, and names that a wiki gave with her address."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery

from opw.accounts.models import Invitation, User
from opw.communities.models import RoleInvitation
from projects.models import MentorInvitation, Mentorship


@dataclass(frozen=True)
class Asked:
    invitations: list[Invitation]
    names: list[Mentorship]


def asked_of(user: User, now: datetime) -> Asked:
    """All that waits for her answer; most are asked nothing, and that is found out in one query."""
    kinds = [
        MentorInvitation.objects.waiting_for(user, now).select_related("project", "invited_by"),
        RoleInvitation.objects.waiting_for(user, now).select_related("community", "invited_by"),
        Mentorship.objects.claimable_by(user).select_related("project__community"),
    ]
    numbers = User.objects.filter(pk=user.pk).values_list(*(ArraySubquery(kind.values("pk")) for kind in kinds)).get()
    mentoring, roles, names = (list(kind) if some else [] for kind, some in zip(kinds, numbers, strict=True))
    return Asked([*mentoring, *roles], names)
