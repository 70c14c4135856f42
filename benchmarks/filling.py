"""A round at the size of the design: 50 communities, 200 listed projects, 2,000 ideas. The same every time."""

from datetime import timedelta
from itertools import cycle, islice

from django.utils import timezone

from opw.accounts.models import User
from opw.communities.models import Community
from opw.rounds.models import Participation, Round
from projects.models import Difficulty, Listing, Mentorship, Project, ProjectSkill, Skill

COMMUNITIES = 50
LISTED = 200
IDEAS = 2_000
SKILLS = 60
MENTORS = 250
# Words enough for a search to tell texts apart; a section has as many as a mentor writes.
WORDS = [
    "accessibility", "backup", "battery", "benchmark", "cache", "camera", "canvas", "client", "colour", "compiler",
    "coverage", "database", "driver", "font", "fuzzing", "gallery", "guest", "host", "installer", "interface",
    "interrupt", "kernel", "keyboard", "layout", "library", "manual", "memory", "migration", "music", "network",
    "package", "parser", "player", "protocol", "reader", "release", "scheduler", "screen", "sensor", "server",
    "snapshot", "sound", "test", "toolkit", "translation", "tutorial", "virtualization", "widget",
]  # fmt: skip
WORDS_A_SECTION = 120
BANDS = ["0", "1 to 3", "4 to 9", "10 or more"]
MOMENTS = {
    "published_at": -20, "applications_open_at": -10, "applications_close_at": 20, "contributions_close_at": 30,
    "selection_closes_at": 45, "announcement_at": 50, "offers_answered_by_at": 57,
}  # fmt: skip


def fill() -> None:
    """Write the whole round down; the database is empty."""
    communities = Community.objects.bulk_create(
        Community(slug=f"community-{number}", name=f"Community {number}", summary="Free software for everybody.")
        for number in range(COMMUNITIES)
    )
    projects = Project.objects.bulk_create(
        _project(number, communities[number % COMMUNITIES]) for number in range(LISTED + IDEAS)
    )
    _with_people(projects)
    _listed(projects[:LISTED], communities)


def _project(number: int, community: Community) -> Project:
    """The first are reviewed, the others are ideas."""
    is_reviewed = number < LISTED
    lowest = Difficulty(number % 3 + 1)
    return Project(
        community=community,
        slug=f"project-{number}",
        title=_words(number, 4).capitalize(),
        summary=f"{_words(number + 7, 18).capitalize()}.",
        difficulty_from=lowest,
        difficulty_to=max(lowest, Difficulty(number % 2 + 2)),
        also_gsoc=number % 5 == 0,
        state=Project.State.REVIEWED if is_reviewed else Project.State.IDEA,
        reviewed_at=timezone.now() if is_reviewed else None,
        **{section: _words(number * 3 + place, WORDS_A_SECTION) for place, section in enumerate(_SECTIONS)},
    )


_SECTIONS = ["description", "outcomes", "steps", "skills", "references"]


def _words(start: int, count: int) -> str:
    """Words in an order that depends on where one starts."""
    stride = start % (len(WORDS) - 1) + 1
    return " ".join(islice(cycle(WORDS[start % len(WORDS) :: stride] or WORDS), count))


def _with_people(projects: list[Project]) -> None:
    """Two mentors and three skills each, one of them preferred."""
    mentors = User.objects.bulk_create(
        User(email=f"mentor{number}@example.org", name=f"Mentor {number}") for number in range(MENTORS)
    )
    skills = Skill.objects.bulk_create(Skill(name=f"Skill {number}") for number in range(SKILLS))
    Mentorship.objects.bulk_create(
        Mentorship(project=project, user=mentors[(number * 2 + place) % MENTORS], confirmed_at=timezone.now())
        for number, project in enumerate(projects)
        for place in range(2)
    )
    ProjectSkill.objects.bulk_create(
        ProjectSkill(project=project, skill=skills[(number * place + place) % SKILLS], is_required=place != 3)
        for number, project in enumerate(projects)
        for place in _places(number)
    )


def _places(number: int) -> list[int]:
    """Three places in the list of skills, without two that meet in one skill."""
    seen: dict[int, int] = {}
    for place in (1, 2, 3):
        seen.setdefault((number * place + place) % SKILLS, place)
    return list(seen.values())


def _listed(projects: list[Project], communities: list[Community]) -> None:
    """A round that is open for applications, in which every community lists its reviewed projects."""
    now = timezone.now()
    round = Round.objects.create(
        name="Round 7",
        slug="round-7",
        internship_starts_on=(now + timedelta(days=70)).date(),
        internship_ends_on=(now + timedelta(days=160)).date(),
        answers_purged_on=(now + timedelta(days=250)).date(),
        **{moment: now + timedelta(days=days) for moment, days in MOMENTS.items()},
    )
    participations = Participation.objects.bulk_create(
        Participation(round=round, community=community) for community in communities
    )
    Listing.objects.bulk_create(
        Listing(
            project=project, participation=participations[number % COMMUNITIES], interest=BANDS[number % len(BANDS)]
        )
        for number, project in enumerate(projects)
    )
