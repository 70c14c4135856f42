"""Importing in two steps, as a browser does: bring a page and see what would be done, then choose of it."""

from collections import Counter
from typing import Any

from django.db import transaction
from django.utils import timezone

from opw.accounts.models import User
from opw.audit.models import record
from opw.communities.models import Community
from opw.errors import Refused
from projects.actions.importing.ideas import ImportedIdea
from projects.actions.importing.pages import import_ideas
from projects.actions.importing.report import as_findings
from projects.models import BroughtPage
from projects.wiki import NotAnIdeasPage, WikiPage, read_page
from projects.wiki.clean import text_of

MOST_IDEAS = 200  # some seconds of work, while she waits; the command takes any number


def bring_page(*, community: Community, by: User, content: str | bytes, reviewed: bool) -> BroughtPage:
    """Keep a page beside what its import would do; one that she brought before gives way.

    Raises Refused when it holds no project idea, or more than somebody can wait for.
    """
    try:
        text = text_of(content)
        page = read_page(text)
    except NotAnIdeasPage as error:
        raise Refused(str(error)) from error
    if len(page.ideas) > MOST_IDEAS:
        raise Refused(
            f"The page holds {len(page.ideas):,} ideas; {MOST_IDEAS} can be imported at once. Bring it in parts."
        )
    findings = _tried(page, community=community, by=by, reviewed=reviewed)
    return _keep(community=community, by=by, text=text, is_reviewed=reviewed, findings=findings)


@transaction.atomic
def import_chosen(*, page: BroughtPage, by: User, places: set[int]) -> list[ImportedIdea]:
    """Import the ideas at these places on the page, and let go of it.

    Raises Refused when none is chosen, or when the page was imported or given up meanwhile.
    """
    kept = BroughtPage.objects.select_for_update(of=["self"]).filter(pk=page.pk, brought_at=page.brought_at).first()
    if not kept:
        raise Refused("This page was imported or given up in another window.")
    if not places:
        raise Refused("Choose at least one idea to import.")
    imported = import_ideas(
        read_page(kept.text), community=kept.community, by=by, reviewed=kept.is_reviewed, places=places
    )
    record("page_imported", kept.community, by=by, after=dict(Counter(idea.status for idea in imported)))
    kept.delete()
    return imported


@transaction.atomic
def give_up_page(*, page: BroughtPage, by: User) -> None:
    """Forget a page without importing anything of it."""
    record("page_given_up", page.community, by=by)
    page.delete()


def _tried(page: WikiPage, *, community: Community, by: User, reviewed: bool) -> dict[str, Any]:
    """What the import would do; everything that it writes is undone."""
    with transaction.atomic():
        imported = import_ideas(page, community=community, by=by, reviewed=reviewed)
        transaction.set_rollback(True)
    return as_findings(page, imported)


@transaction.atomic
def _keep(*, community: Community, by: User, **facts: Any) -> BroughtPage:
    now = timezone.now()
    BroughtPage.objects.expired(now).delete()
    facts |= {"brought_at": now}
    page, _created = BroughtPage.objects.update_or_create(community=community, by=by, defaults=facts)
    record("page_brought", community, by=by, after={"ideas": len(page.findings["ideas"])})
    return page
