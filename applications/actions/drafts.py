"""Saving what is being typed, without ever writing over what was typed elsewhere."""

from datetime import datetime

from applications.models import Written
from opw.errors import Refused


class Stale(Refused):
    """Newer text was saved elsewhere since the writer opened the page; neither of the two texts is lost."""

    def __init__(self, written: Written) -> None:
        super().__init__(
            "This text was changed in another window since you opened it here. Both are below: put together what you "
            "want to keep, and save again."
        )
        self.stored = written.draft
        self.version = written.draft_version


def keep_draft(written: Written, answers: dict[str, str], *, seen_version: int, received_at: datetime) -> None:
    """Keep the answers as the draft, when nothing newer is there; the same answers twice are one save.

    The row is locked by the caller. Raises Stale.
    """
    if written.is_same_draft(answers):
        return
    if written.draft_version != seen_version:
        raise Stale(written)
    written.draft, written.draft_version, written.draft_saved_at = answers, written.draft_version + 1, received_at
    # Not save(): a draft is no revision, and history keeps one for every save.
    kept = {name: getattr(written, name) for name in ("draft", "draft_version", "draft_saved_at")}
    type(written)._default_manager.filter(pk=written.pk).update(**kept)
