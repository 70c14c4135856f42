"""Writing an idea part by part: drafts that save themselves, and the save that ends them."""

from datetime import datetime
from typing import Any

from django.db import transaction

from opw.accounts.models import User
from opw.errors import Refused
from projects.actions.ideas import edit_idea
from projects.models import IdeaDraft, Opened, Project

# A draft holds what cannot be saved yet, for example because it is too long; this is longer than any idea.
CHARACTERS_AT_MOST = 200_000


class OtherWindow(Refused):
    """Newer text was saved from another window; neither of the two texts is lost."""

    def __init__(self) -> None:
        super().__init__("You typed something else here in another window.")


@transaction.atomic
def keep_draft(
    *, project: Project, by: User, part: str, typed: dict[str, str], opened: Opened, at: datetime
) -> IdeaDraft:
    """Keep what is typed, for its writer alone. What is too long for an idea is kept all the same.

    Raises OtherWindow instead of writing over newer text, and Refused for more than anybody types.
    """
    if sum(map(len, typed.values())) > CHARACTERS_AT_MOST:
        raise Refused(f"This is longer than the {CHARACTERS_AT_MOST:,} characters that a draft can have.")
    IdeaDraft.objects.get_or_create(project=project, writer=by, part=part)
    of_this_part = IdeaDraft.objects.of(by, project).filter(part=part)
    draft = of_this_part.select_for_update().get()
    if draft.typed == typed:
        return draft
    if not of_this_part.known_to(opened).exists():
        raise OtherWindow
    draft.typed, draft.seen, draft.version, draft.page = typed, opened.seen, draft.version + 1, opened.page
    draft.saved_at = at
    draft.save()
    return draft


@transaction.atomic
def discard_draft(*, project: Project, by: User, part: str, opened: Opened) -> None:
    """End a draft as this page knows it; newer text from another window stays."""
    IdeaDraft.objects.of(by, project).filter(part=part).known_to(opened).delete()


@transaction.atomic
def save_part(*, project: Project, by: User, part: str, edits: dict[str, Any], opened: Opened) -> None:
    """Change one part of an idea to what was typed, which ends its draft.

    Raises Stale when somebody else changed that part since the page was opened.
    """
    edit_idea(project=project, by=by, seen=opened.seen, **edits)
    discard_draft(project=project, by=by, part=part, opened=opened)
