"""What people are told about their roles."""

import uuid

from opw.accounts.models import User
from opw.communities.models import Community, Role
from opw.mail.actions import write_letter
from opw.mail.compose import Draft, absolute
from opw.mail.models import Topic


def tell_role_ended(person: User, role: Role, community: Community | None) -> None:
    """That somebody else ended it; a role can be given and ended again, and each time is told."""
    draft = Draft(
        key=f"role-ended:{uuid.uuid4()}",
        topic=Topic.ROUND,
        to=person,
        subject="A role of yours has ended",
        template="role_ended.txt",
        facts={
            "role": role.label,
            "community": str(community) if community else "",
            "link": absolute(community.get_absolute_url() if community else "/"),
        },
    )
    write_letter(draft)
