"""Everybody of section 4 around one application, and a table of who may do what, checked through HTTP."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.messages import constants, get_messages
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from applications.models import Application, Contribution
from mentors.models import Selection
from opw.accounts.models import User
from opw.rounds.models import Participation, Phase, Round
from projects.models import Listing, Project
from tests import make

ROLES = [
    "public", "applicant", "other applicant", "mentor", "other mentor", "maintainer", "coordinator",
    "other coordinator", "program", "recused", "applying",
]  # fmt: skip


@dataclass(frozen=True)
class Cast:
    """One application in an open round, by role everybody who may come near it, and what they act on.

    Mentor, recused and applying mentor all mentor the listing's project; the one stepped back from the applicant, the
    other applies to another community. The applicant proposed the draft, the idea and the listed project.
    """

    people: dict[str, User | None]
    round: Round
    participation: Participation
    listing: Listing
    application: Application
    contribution: Contribution
    selection: Selection
    project: Project
    idea: Project
    draft: Project

    def person(self, role: str) -> User:
        person = self.people[role]
        assert person
        return person


def assemble() -> Cast:
    """Everybody and everything; the mentor has proposed the applicant, and one slot is free."""
    round = make.round(Phase.OPEN)
    participation, elsewhere = make.participation(round), make.participation(round)
    people = {role: make.user(role) for role in ROLES[1:]}
    people["program"].is_staff = True
    people["program"].save()
    participation.community.coordinators.set([people["coordinator"]])
    participation.community.maintainers.set([people["maintainer"]])
    elsewhere.community.coordinators.set([people["other coordinator"]])
    project, idea, draft = (
        _with_mentors(make.project(participation.community, state=state, proposed_by=people["applicant"]), people)
        for state in (Project.State.REVIEWED, Project.State.IDEA, Project.State.DRAFT)
    )
    listing = make.listing(participation, project=project)
    make.listing(participation, mentor=people["other mentor"])
    application = make.application(listing, people["applicant"])
    make.application(listing, people["other applicant"])
    make.application(make.listing(elsewhere), people["applying"])
    make.recusal(people["recused"], people["applicant"])
    selection = make.selection(application=application)
    contribution = Contribution.objects.get(applicant=people["applicant"])
    return Cast(
        {"public": None, **people}, round, participation, listing, application, contribution, selection, project, idea,
        draft,
    )  # fmt: skip


def _with_mentors(project: Project, people: dict[str, User]) -> Project:
    project.mentorships.all().delete()
    for role in ("mentor", "recused", "applying"):
        make.mentorship(project, people[role])
    return project


@dataclass(frozen=True)
class Deed:
    """One thing somebody tries: to see a page, or with ``data`` to do something."""

    address: Callable[[Cast], str]
    data: Callable[[Cast], dict[str, Any]] | None = None

    def tried_by(self, person: User | None, cast: Cast, client: Client) -> str:
        """How the portal answers, in one word; what was done is undone again."""
        with transaction.atomic():
            client.cookies.clear()
            if person:
                client.force_login(person)
            address = self.address(cast)
            page = client.get(address) if self.data is None else client.post(address, self.data(cast))
            assert isinstance(page, HttpResponse)
            answer = _in_a_word(page, posted=self.data is not None)
            transaction.set_rollback(True)
        return answer


def _in_a_word(page: HttpResponse, *, posted: bool) -> str:
    """ "ok", "no" for a refusal in words, "in" for the sign-in page, or the status."""
    if page.status_code == 302 and page["Location"].startswith(reverse(settings.LOGIN_URL)):
        return "in"
    told = [message.level for message in get_messages(page.wsgi_request)]  # type: ignore[attr-defined]  # the test client's
    came_back = page.status_code == 200 and b"<!doctype html>" in page.content
    if posted and (came_back or constants.ERROR in told):
        return "no"
    return "ok" if page.status_code in (200, 302) else str(page.status_code)


def table(text: str) -> dict[str, list[str]]:
    """The rows of a table of who may do what: a deed, a bar, and an answer for each role."""
    rows = [line.partition("|") for line in text.splitlines()]
    return {deed.strip(): answers.split() for deed, _, answers in rows if deed.strip() and answers}


def answers_to(deed: Deed) -> list[str]:
    """How the portal answers each role in turn."""
    cast, client = assemble(), Client()
    return [deed.tried_by(cast.people[role], cast, client) for role in ROLES]
