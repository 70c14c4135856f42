"""What a person does with her own account beside signing in."""

from django.db import transaction

from opw.accounts.models import User
from opw.audit.models import record


@transaction.atomic
def edit_profile(*, user: User, name: str, timezone: str) -> None:
    """Change how one is called, and the timezone in which deadlines are shown."""
    user.name, user.timezone = name, timezone
    user.full_clean(exclude=["password"])
    user.save(update_fields=["name", "timezone"])
    record("profile_edited", user, by=user, after={"timezone": timezone})
