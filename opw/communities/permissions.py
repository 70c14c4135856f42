"""Who may do what in a community."""

from opw.accounts.models import User
from opw.communities.models import Community


def may_run(user: User, community: Community) -> bool:
    """Its coordinators, and the program's."""
    return user.is_staff or community.is_coordinated_by(user)


def may_review_for(user: User, community: Community) -> bool:
    """Its maintainers and coordinators: they peer review its ideas."""
    return community.is_maintained_by(user) or community.is_coordinated_by(user)
