"""A whole page of ideas, brought into a community in one deed."""

from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from opw.accounts.models import User
from opw.communities.models import Community
from projects.actions.importing.ideas import Import, ImportedIdea
from projects.actions.importing.said import KEY
from projects.models import Project
from projects.wiki import WikiIdea, WikiPage


@transaction.atomic
def import_ideas(
    page: WikiPage,
    *,
    community: Community,
    by: User | None = None,
    reviewed: bool = False,
    places: Container[int] | None = None,
) -> list[ImportedIdea]:
    """Write the page's ideas, or those at these places, counted from 0; importing the same page again changes nothing.

    An idea that is here already takes over what changed on the page since the last import, but for what was edited
    here since. ``reviewed`` says that the page holds reviewed ideas: each gets an approval by import, unless it was
    materially edited here.
    """
    community = Community.objects.select_for_update().get(pk=community.pk)
    run = Import(community=community, by=by, now=timezone.now(), reviewed=reviewed)
    here = list(Project.objects.filter(community=community).order_by("pk").select_for_update())
    keyed = _keyed(page.ideas)
    known = _recognised(keyed, here)
    taken = {project.import_key for project in here}
    return [
        run.update(known[key], idea) if key in known else run.add(idea, key=_free(key, taken))
        for place, (key, idea) in enumerate(keyed.items())
        if places is None or place in places
    ]


def _keyed(ideas: Sequence[WikiIdea]) -> dict[str, WikiIdea]:
    """The ideas by what they are recognised by: their anchor, or else their title; a second one of it is numbered."""
    keyed: dict[str, WikiIdea] = {}
    times: Counter[str] = Counter()
    for idea in ideas:
        name = (idea.anchor or idea.title)[: KEY - 10]
        key = name
        while key in keyed:
            times[name] += 1
            key = f"{name} ({times[name] + 1})"
        if key != name:
            doubt = f"An idea before it on the page has the same name; the next import knows this one as “{key}”."
            idea = replace(idea, doubtful=(*idea.doubtful, doubt))
        keyed[key] = idea
    return keyed


def _recognised(keyed: dict[str, WikiIdea], here: list[Project]) -> dict[str, Project]:
    """The ideas that are here already, by the page's key; an export says each idea's address."""
    published = {project.slug: project for project in here if project.state != Project.State.DRAFT}
    known = {key: published.pop(idea.slug) for key, idea in keyed.items() if idea.slug in published}
    keys = {project.import_key: project for project in here if project.import_key and project not in known.values()}
    known |= {key: keys.pop(key) for key in keyed if key in keys and key not in known}
    others = list(keys.values())
    for key, idea in keyed.items():
        project = None if key in known else next((one for one in others if _is_same(idea, one)), None)
        if project:
            known[key] = project
            others.remove(project)
    return known


def _is_same(idea: WikiIdea, project: Project) -> bool:
    """By the anchor; by the title where one has none: a page's source has the anchors, its rendered text has not."""
    anchor = project.imported.get("anchor")
    if anchor and idea.anchor:
        return bool(anchor == idea.anchor)
    return bool(idea.title == project.imported.get("facts", {}).get("title"))


def _free(key: str, taken: set[str]) -> str:
    """The key, numbered where an idea that is recognised otherwise has it."""
    numbered = (f"{key} ({number})" for number in range(2, len(taken) + 3))
    free = next(one for one in (key, *numbered) if one not in taken)
    taken.add(free)
    return free
