"""People, communities and rounds come to be."""

from datetime import datetime
from functools import partial

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from applications.questions import ask_default_questions
from opw.accounts.models import User
from opw.communities.models import Channel, Community, Resource
from opw.rounds.actions import create_round, take_part, word_letter
from opw.rounds.kinds import Kind
from opw.rounds.models import Round
from opw.site.demo.communities import COMMUNITIES
from opw.site.demo.people import DOMAIN, PASSWORD, PEOPLE
from opw.site.demo.shapes import CommunityText
from opw.site.demo.stage import Deed, Stage

ROUNDS = [
    {
        "name": "Round 6",
        "slug": "round-6",
        "published_at": "2013-03-19 19:00",
        "applications_open_at": "2013-04-02 19:00",
        "applications_close_at": "2013-05-13 19:00",
        "contributions_close_at": "2013-05-13 19:00",
        "selection_closes_at": "2013-05-23 19:00",
        "announcement_at": "2013-05-27 19:00",
        "offers_answered_by_at": "2013-06-03 19:00",
        "internship_starts_on": "2013-06-11",
        "internship_ends_on": "2013-09-09",
        "answers_purged_on": "2013-10-09",
    },
    {
        "name": "Round 7",
        "slug": "round-7",
        "published_at": "2013-09-17 19:00",
        "applications_open_at": "2013-10-01 19:00",
        "applications_close_at": "2013-11-11 19:00",
        "contributions_close_at": "2013-11-11 19:00",
        "selection_closes_at": "2013-11-21 19:00",
        "announcement_at": "2013-11-25 19:00",
        "offers_answered_by_at": "2013-12-02 19:00",
        "internship_starts_on": "2013-12-10",
        "internship_ends_on": "2014-03-10",
        "answers_purged_on": "2014-04-10",
    },
]

WAITING_IN_ROUND_7 = """You are next in line

Dear $name, the mentors of $project would gladly work with you, and every place that $community has is taken for now.
You are on its waiting list.

Interns have a few days to say yes. If one of them cannot come, we write to you at once; there is nothing you have to
do, and nothing you lose by making other plans meanwhile.

What you did stays, and is in use: $contributed. Thank you.

$link"""


def bring_in_people(stage: Stage) -> None:
    """Everybody's account, with a confirmed address. The password is hashed once: hashing is slow on purpose."""
    password = make_password(PASSWORD)
    users = User.objects.bulk_create(
        User(
            email=f"{person.key}@{DOMAIN}",
            name=person.name,
            timezone=person.timezone,
            joined_at=stage.calendar.moment(person.joined_at),
            password=password,
            is_staff=person.is_program_coordinator,
            is_superuser=person.is_program_coordinator,
        )
        for person in PEOPLE
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
    stage.people = {person.key: user for person, user in zip(PEOPLE, users, strict=True)}


def bring_in_communities(stage: Stage) -> None:
    """The communities, with their people and where to meet them."""
    stage.communities = {text.slug: _community(stage, text) for text in COMMUNITIES}


def rounds(stage: Stage) -> list[Deed]:
    """Each round is published, and the communities join it."""
    return [Deed(schedule["published_at"], partial(_begin_round, stage, schedule)) for schedule in ROUNDS]


def _community(stage: Stage, text: CommunityText) -> Community:
    community = Community.objects.create(
        slug=text.slug, name=text.name, summary=text.summary, description=text.description, website=text.website
    )
    community.coordinators.set(stage.people[key] for key in text.coordinators)
    community.maintainers.set(stage.people[key] for key in text.maintainers)
    Channel.objects.bulk_create(
        Channel(community=community, name=name, url=url, purpose=purpose, position=position)
        for position, (name, url, purpose) in enumerate(text.channels)
    )
    Resource.objects.bulk_create(
        Resource(community=community, title=title, url=url, position=position)
        for position, (title, url) in enumerate(text.resources)
    )
    return community


def _begin_round(stage: Stage, schedule: dict[str, str], _at: datetime) -> None:
    coordinator = stage.people["coordinator"]
    round = Round(name=schedule["name"], slug=schedule["slug"])
    for name, written in schedule.items():
        if name.endswith("_at"):
            setattr(round, name, stage.calendar.moment(written))
        elif name.endswith("_on"):
            setattr(round, name, stage.calendar.day(written))
    create_round(round=round, by=coordinator)
    ask_default_questions(round)
    if round.slug == "round-7":
        word_letter(round=round, kind=Kind.RESULT_WAITING, body=WAITING_IN_ROUND_7, by=coordinator)
    for text in COMMUNITIES:
        if slots := text.slots.get(round.slug):
            take_part(round=round, community=stage.communities[text.slug], slots=slots, by=coordinator)
