"""Who may do what in a community."""

from opw.accounts.models import User
from opw.communities.models import Community, Role


def may_run(user: User, community: Community) -> bool:
    """Its coordinators, and the program's."""
    return user.is_staff or community.is_coordinated_by(user)


def may_review_for(user: User, community: Community) -> bool:
    """Its maintainers and coordinators: they peer review its ideas."""
    return community.is_maintained_by(user) or community.is_coordinated_by(user)


def may_found(user: User) -> bool:
    """Program coordinators."""
    return user.is_staff


def may_give(user: User, role: Role, community: Community | None) -> bool:
    """Nobody gives a right that she does not have: a community's coordinators its roles, the program's its own.

    A community's first coordinator comes from the program's, who run its part for as long as it has none.
    """
    if community is None:
        return user.is_staff
    return community.is_coordinated_by(user) or (user.is_staff and role == Role.COORDINATOR)


def may_take(user: User, role: Role, community: Community | None, person: User) -> bool:
    """Everybody her own; a community's coordinators and the program's those of others."""
    if person == user:
        return True
    return may_run(user, community) if community else user.is_staff
