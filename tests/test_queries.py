"""Every list page asks the database as often for many rows as for one, and seldom."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mentors.models import WaitingPlace
from opw.rounds.kinds import Kind
from tests import make
from tests.cast import Cast, assemble
from tests.growth import (
    announced,
    applied,
    asked_to_mentor,
    closed,
    contributed,
    decided,
    discussed,
    discussed_among_mentors,
    doubted,
    extended,
    funded,
    glanced_at,
    half_written,
    handed_in,
    imported,
    in_own_words,
    in_selection,
    interned,
    left_behind,
    letter_in_rehearsal,
    listed,
    mentored,
    offerable,
    offered,
    questioned,
    sealed,
    tagged,
    waiting_for_decisions,
    wanted_twice,
    with_her_result,
    with_more_people,
    with_tasks,
    written,
)

pytestmark = pytest.mark.django_db

AT_MOST = 12
# Pages that still ask more often, and how often; these numbers only ever go down.
MORE: dict[str, int] = {}
EVERYBODY = ["public", "applicant", "mentor", "maintainer", "coordinator", "program", "applying"]


@dataclass(frozen=True)
class Page:
    """A page, who sees it, and how it grows by a row of each thing that it lists."""

    address: Callable[[Cast], str]
    roles: list[str]
    grow: Callable[[Cast], object]


def import_of(name: str) -> Callable[[Cast], str]:
    return lambda cast: reverse(f"projects:{name}", args=[cast.participation.community.slug])


PAGES = {
    "home": Page(lambda cast: reverse("site:home"), EVERYBODY, listed),
    "list of projects": Page(lambda cast: reverse("projects:list"), EVERYBODY, listed),
    "search": Page(lambda cast: reverse("projects:list") + "?q=boot&skill=C&difficulty=1", ["public"], listed),
    "ideas": Page(lambda cast: reverse("projects:ideas"), EVERYBODY, lambda cast: tagged(cast, state="idea")),
    "idea": Page(lambda cast: cast.idea.get_absolute_url(), EVERYBODY, discussed),
    "project": Page(lambda cast: cast.project.get_absolute_url(), EVERYBODY, with_tasks),
    "copying an idea": Page(
        lambda cast: reverse("projects:copy", args=[cast.idea.community.slug, cast.idea.slug]),
        ["applicant", "coordinator"],
        lambda cast: make.community(),
    ),
    "projects to offer": Page(
        lambda cast: reverse("projects:offer", args=[cast.participation.pk]), ["coordinator", "program"], offerable
    ),
    "mentors of an idea": Page(
        lambda cast: reverse("projects:mentors", args=[cast.idea.community.slug, cast.idea.slug]),
        ["mentor", "coordinator", "program"],
        asked_to_mentor,
    ),
    "part of an idea": Page(
        lambda cast: reverse("projects:edit", args=[cast.idea.community.slug, cast.idea.slug, "skills"]),
        ["applicant", "mentor", "coordinator", "program"],
        half_written,
    ),
    "import": Page(import_of("import"), ["coordinator", "program"], imported),
    "choice of what to import": Page(import_of("import_choose"), ["coordinator", "program"], imported),
    "interns": Page(lambda cast: reverse("projects:interns", args=[cast.round.slug]), EVERYBODY, interned),
    "rounds": Page(lambda cast: reverse("rounds:list"), EVERYBODY, lambda cast: make.earlier(cast.participation)),
    "round": Page(lambda cast: cast.round.get_absolute_url(), EVERYBODY, lambda cast: make.participation(cast.round)),
    "communities": Page(lambda cast: reverse("communities:list"), EVERYBODY, lambda cast: make.community()),
    "community": Page(
        lambda cast: cast.participation.community.get_absolute_url(),
        EVERYBODY,
        lambda cast: [tagged(cast), tagged(cast, state="idea")],
    ),
    "a community's people": Page(
        lambda cast: reverse("communities:people", args=[cast.participation.community.slug]),
        ["coordinator", "program"],
        with_more_people,
    ),
    "editing a community": Page(
        lambda cast: reverse("communities:edit", args=[cast.participation.community.slug]),
        ["coordinator", "program"],
        with_more_people,
    ),
    "the program's people": Page(lambda cast: reverse("communities:program"), ["program"], with_more_people),
    "dashboard of an applicant": Page(lambda cast: reverse("site:dashboard"), ["applicant"], applied),
    "dashboard of a mentor": Page(lambda cast: reverse("site:dashboard"), ["mentor", "recused", "applying"], mentored),
    "dashboard of a coordinator": Page(lambda cast: reverse("site:dashboard"), ["coordinator", "program"], decided),
    "kept form": Page(lambda cast: reverse("accounts:kept"), ["applicant"], applied),
    "applicant's page": Page(lambda cast: reverse("applications:home"), ["applicant"], applied),
    "applicant's application": Page(
        lambda cast: reverse("applications:application", args=[cast.application.pk]),
        ["applicant"],
        lambda cast: make.contribution(cast.listing, cast.person("applicant")),
    ),
    "applicant's result": Page(
        lambda cast: reverse("applications:application", args=[announced(cast).pk]),
        ["applicant"],
        lambda cast: make.contribution(cast.listing, cast.person("applicant")),
    ),
    "applicant's page with her result": Page(
        with_her_result,
        ["applicant"],
        lambda cast: make.application(make.listing(cast.participation), cast.person("applicant")),
    ),
    "declining a place": Page(
        lambda cast: reverse("applications:decline", args=[offered(cast).pk]),
        ["applicant"],
        lambda cast: make.application(make.listing(cast.participation), cast.person("applicant")),
    ),
    "messages": Page(
        lambda cast: reverse("applications:messages", args=[cast.listing.pk]), ["applicant", "other applicant"], written
    ),
    "messages with an applicant": Page(
        lambda cast: reverse("mentors:messages", args=[cast.listing.pk, cast.person("applicant").pk]),
        ["mentor", "coordinator", "program"],
        written,
    ),
    "stepping back from an applicant": Page(
        lambda cast: reverse("mentors:step_back", args=[cast.person("applicant").pk]),
        ["mentor", "coordinator", "program"],
        contributed,
    ),
    "reply to an applicant": Page(
        lambda cast: reverse("mentors:reply", args=[cast.listing.pk, cast.person("applicant").pk]),
        ["mentor", "coordinator", "program"],
        contributed,
    ),
    "moving an application": Page(
        lambda cast: reverse("applications:move_to_another", args=[closed(cast).pk]), ["applicant"], listed
    ),
    "moving a contribution": Page(
        lambda cast: reverse("applications:move_contribution", args=[left_behind(cast).pk]), ["applicant"], listed
    ),
    "mentor's page": Page(lambda cast: reverse("mentors:home"), ["mentor", "recused", "applying"], mentored),
    "mentor's page in selection": Page(
        in_selection, ["mentor", "recused", "applying", "coordinator", "program"], mentored
    ),
    "listing's applicants": Page(
        lambda cast: reverse("mentors:listing", args=[cast.listing.pk]),
        ["mentor", "recused", "coordinator", "program"],
        handed_in,
    ),
    "listing's applicants as CSV": Page(
        lambda cast: reverse("mentors:applicants_csv", args=[cast.listing.pk]),
        ["mentor", "recused", "coordinator", "program"],
        handed_in,
    ),
    "order of preference": Page(
        lambda cast: reverse("mentors:order", args=[cast.listing.pk]),
        ["mentor", "recused", "coordinator", "program"],
        handed_in,
    ),
    "application": Page(
        lambda cast: reverse("mentors:application", args=[cast.application.pk]),
        ["mentor", "coordinator", "program"],
        discussed_among_mentors,
    ),
    "selections": Page(
        lambda cast: reverse("mentors:selections", args=[cast.participation.pk]), ["coordinator", "program"], decided
    ),
    "slots": Page(lambda cast: reverse("mentors:slots", args=[cast.round.slug]), ["program"], funded),
    "offers": Page(
        lambda cast: reverse("mentors:offers", args=[cast.round.slug]),
        ["program"],
        lambda cast: make.offer(make.application(make.listing(cast.participation))),
    ),
    "time to answer an offer": Page(
        lambda cast: reverse("mentors:time_to_answer", args=[offered(cast).offer.pk]),
        ["program"],
        lambda cast: make.application(cast.listing),
    ),
    "ending a place": Page(
        lambda cast: reverse("mentors:end_place", args=[offered(cast).offer.pk]),
        ["program"],
        lambda cast: make.waiting_place(make.application(cast.listing), position=WaitingPlace.objects.count() + 1),
    ),
    "conflicts": Page(lambda cast: reverse("mentors:conflicts", args=[cast.round.slug]), ["program"], wanted_twice),
    "conflict": Page(
        lambda cast: reverse("mentors:conflict", args=[cast.selection.initial_application_id]),
        ["program"],
        wanted_twice,
    ),
    "withdrawing a listing": Page(
        lambda cast: reverse("mentors:withdraw_listing", args=[cast.listing.pk]), ["coordinator", "program"], handed_in
    ),
    "round at a glance": Page(
        lambda cast: reverse("mentors:glance", args=[cast.round.slug]), ["coordinator", "program"], glanced_at
    ),
    "one community at a glance": Page(
        lambda cast: (
            f"{reverse('mentors:glance', args=[cast.round.slug])}?community={cast.participation.community.slug}"
        ),
        ["coordinator", "program"],
        glanced_at,
    ),
    "funnel as CSV": Page(
        lambda cast: reverse("mentors:funnel_csv", args=[cast.round.slug]), ["coordinator", "program"], glanced_at
    ),
    "who has not done what is due": Page(
        lambda cast: reverse("mentors:reminders", args=[cast.round.slug]), ["coordinator", "program"], glanced_at
    ),
    "reminder of drafts": Page(
        lambda cast: reverse("mentors:remind", args=[cast.round.slug, "drafts"]), ["coordinator", "program"], glanced_at
    ),
    "reminder of ratings": Page(
        lambda cast: reverse("mentors:remind", args=[cast.round.slug, "ratings"]),
        ["coordinator", "program"],
        glanced_at,
    ),
    "rehearsal": Page(lambda cast: reverse("mentors:results", args=[cast.round.slug]), ["program"], sealed),
    "rehearsed letter": Page(
        lambda cast: letter_in_rehearsal(cast),
        ["program"],
        lambda cast: make.contribution(cast.listing, cast.person("applicant")),
    ),
    "coordinators' page": Page(
        lambda cast: reverse("site:coordinate"),
        ["coordinator", "other coordinator", "program"],
        waiting_for_decisions,
    ),
    "a round's tools": Page(
        lambda cast: reverse("site:round", args=[cast.round.slug]),
        ["program"],
        lambda cast: make.listing(cast.participation),
    ),
    "who takes part": Page(
        lambda cast: reverse("site:participations", args=[cast.round.slug]),
        ["program"],
        lambda cast: make.listing(make.participation(cast.round, slots=3)),
    ),
    "initial application": Page(
        lambda cast: reverse("applications:initial", args=[cast.round.slug]), ["applicant", "mentor"], questioned
    ),
    "step of the initial application": Page(
        lambda cast: reverse("applications:initial_step", args=[cast.round.slug, 2]), ["applicant"], questioned
    ),
    "applicant's deadlines": Page(lambda cast: reverse("applications:deadlines"), ["applicant"], applied),
    "applicant's calendar": Page(lambda cast: reverse("applications:calendar"), ["applicant"], applied),
    "those in doubt": Page(lambda cast: reverse("coordinate:in_doubt", args=[cast.round.slug]), ["program"], doubted),
    "one in doubt": Page(lambda cast: doubted(cast), ["program"], questioned),
    "questions": Page(
        lambda cast: reverse("coordinate:questions", args=[cast.round.slug, "initial"]), ["program"], questioned
    ),
    "extensions": Page(
        lambda cast: reverse("coordinate:extensions", args=[cast.round.slug]), ["coordinator", "program"], extended
    ),
    "letters' texts": Page(
        lambda cast: reverse("site:letter_texts", args=[cast.round.slug]), ["program"], in_own_words
    ),
    "a letter's text": Page(
        lambda cast: reverse("site:letter_text", args=[cast.round.slug, Kind.RESULT_WAITING]), ["program"], in_own_words
    ),
    "outbox": Page(lambda cast: reverse("mail:outbox"), ["program"], lambda cast: make.letter()),
}


def queries(client: Client, address: str) -> int:
    """How often the database is asked for this page."""
    with CaptureQueriesContext(connection) as asked:
        page = client.get(address)
    assert page.status_code == 200
    return len(asked)


def queries_by_role(page: Page, cast: Cast) -> dict[str, int]:
    client, asked = Client(), {}
    for role in page.roles:
        client.cookies.clear()
        if person := cast.people[role]:
            client.force_login(person)
        asked[role] = queries(client, page.address(cast))
    return asked


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_seldom_and_no_more_often_for_many_rows(name):
    page, cast = PAGES[name], assemble()
    page.grow(cast)
    queries(Client(), reverse("site:home"))  # the first request fills what lives as long as the process

    few = queries_by_role(page, cast)
    for _ in range(4):
        page.grow(cast)
    many = queries_by_role(page, cast)

    assert many == few
    assert {role: number for role, number in few.items() if number > MORE.get(name, AT_MOST)} == {}
