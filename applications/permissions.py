"""Who may do what with applications and contributions: section 4 of the design.

What a person may see at all is decided by the querysets' ``visible_to``; these say what she may do with it.
"""

from applications.models import Application, Contribution, InitialApplication, by_mentors_and_coordinators
from opw.accounts.models import User


def may_edit_application(user: User, application: Application) -> bool:
    """Its applicant alone."""
    return application.applicant_id == user.pk


def may_mark(user: User, contribution: Contribution) -> bool:
    """A mentor of its project or a coordinator of its community; never one's own, and not while one applies."""
    if contribution.applicant_id == user.pk:
        return False
    hers = by_mentors_and_coordinators(user)
    return Contribution.objects.visible_to(user).filter(hers, pk=contribution.pk).exists()


def may_see_eligibility(user: User, initial: InitialApplication) -> bool:
    """The applicant and the program coordinators."""
    return initial.applicant_id == user.pk or user.is_staff
