"""Filling in an idea's form through a browser."""

from typing import Any

from django.test import Client
from django.urls import reverse

from projects.models import Project
from tests import make


def address(project: Project, part: str, name: str = "edit") -> str:
    return reverse(f"projects:{name}", args=[project.community.slug, project.slug, part])


def writing(client: Client, project: Project) -> Project:
    """Sign its proposer in."""
    client.force_login(make.proposer_of(project))
    return project


def opened(client: Client, project: Project, part: str) -> dict[str, Any]:
    """What the form of a part sends when nothing was typed."""
    form = client.get(address(project, part)).context["form"]
    values = {field.name: field.value() for field in form}
    return {name: value for name, value in values.items() if value is not None and value is not False}


def sent_again(page: Any) -> dict[str, Any]:
    """What the form on a page sends when its button is pressed once more."""
    values = {field.name: field.value() for field in page.context["form"]}
    return {name: value for name, value in values.items() if value is not None and value is not False}
