"""Who may run rounds."""

from opw.accounts.models import User


def may_run_rounds(user: User) -> bool:
    """Program coordinators: the schedule, who takes part, and more time for all."""
    return user.is_staff
