"""Saving what is being typed, without ever writing over what was typed elsewhere."""

from datetime import datetime

from applications.models import Written
from opw.errors import Refused


class Stale(Refused):
    """Newer text was saved elsewhere since the writer opened the page; neither of the two texts is lost."""

    def __init__(self, written: Written) -> None:
        super().__init__("This text was changed in another window since you opened it here. Neither is lost.")
        self.stored = written.draft
        self.version = written.draft_version


def keep_draft(
    written: Written, answers: dict[str, str], *, seen_version: int, received_at: datetime, page: str = ""
) -> None:
    """Keep the answers as the draft, when nothing newer is there; the same answers twice are one save.

    A page that saved last goes on from there, even if the answer to that save never reached it; what it sent before
    that save, and what arrives only now, is older text and changes nothing.

    The row is locked by the caller. Raises Stale.
    """
    if written.is_same_draft(answers):
        return
    is_same_page = bool(page) and page == written.draft_page
    if is_same_page and written.draft_saved_at and received_at < written.draft_saved_at:
        return
    if written.draft_version != seen_version and not is_same_page:
        raise Stale(written)
    written.draft, written.draft_version, written.draft_saved_at = answers, written.draft_version + 1, received_at
    written.draft_page = page
    # Not save(): a draft is no revision, and history keeps one for every save.
    kept = {name: getattr(written, name) for name in ("draft", "draft_version", "draft_saved_at", "draft_page")}
    type(written)._default_manager.filter(pk=written.pk).update(**kept)
