"""Who mentors a project: offers, and their confirmation."""

from django.db import transaction
from django.utils import timezone

from opw.accounts.models import User
from opw.audit.models import record
from opw.errors import Refused
from projects.actions.promotion import promote_when_ready
from projects.models import Mentorship, Project


@transaction.atomic
def offer_to_mentor(*, project: Project, by: User) -> None:
    """Offer oneself as a mentor; a coordinator of the community confirms it."""
    mentorship, created = Mentorship.objects.get_or_create(project=project, user=by)
    if created:
        record("mentor_offered", mentorship, by=by)


@transaction.atomic
def confirm_mentor(*, mentorship: Mentorship, by: User) -> None:
    """Make an offer a mentorship. From then on the mentor sees what applicants send to this project.

    Raises Refused for a mentor who is known by name only: nobody could see or answer anything for her.
    """
    if mentorship.user is None:
        raise Refused(f"{mentorship} has no account here yet.")
    if mentorship.confirmed_at is None:
        mentorship.confirmed_at = timezone.now()
        mentorship.save(update_fields=["confirmed_at"])
        record("mentor_confirmed", mentorship, by=by)
        promote_when_ready(Project.objects.select_for_update().get(pk=mentorship.project_id), by=by)
