"""The one who is followed through the worlds, and everybody who must not be able to tell them apart."""

from django.db.models import Max
from django.utils import timezone

from applications.models import Application, Contribution, Recusal
from mentors.results import handed_in, is_considered
from opw.accounts.models import User
from opw.rounds.models import Round
from projects.models import Listing, Mentorship

HERSELF = "the applicant herself"
PUBLIC = "the public"
ANOTHER_APPLICANT = "another applicant"
MENTOR_ELSEWHERE = "the mentor of another project"


class NobodyToFollow(ValueError):
    """The round has no submitted application with a contribution, so there is nobody to compare anything about."""


def somebody(round: Round) -> Application:
    """The application that is followed: the first that could be selected."""
    for application in handed_in(round).with_listing().order_by("pk"):
        if is_considered(application):
            return application
    raise NobodyToFollow(f"{round} has no submitted application with a contribution; there is nobody to follow.")


def her_other_application(followed: Application) -> Application | None:
    """Her application to another project of the round, made where she has none; nothing where there is no other."""
    listing = Listing.objects.of_round(followed.round).exclude(pk=followed.listing_id).order_by("pk").first()
    if listing is None:
        return None
    known = Application.objects.of(followed.applicant).filter(listing=listing).first()
    if known:
        return known
    link = "https://example.invalid/embargo"
    Contribution.objects.create(
        applicant=followed.applicant, listing=listing, round=followed.round, title="A patch", url=link, canonical=link
    )  # fmt: skip
    last = Application.objects.of(followed.applicant).aggregate(last=Max("rank"))["last"]
    return Application.objects.create(
        applicant=followed.applicant,
        listing=listing,
        status=Application.Status.SUBMITTED,
        submitted_at=timezone.now(),
        rank=last + 1,
    )


def readers(followed: Application) -> dict[str, User | None]:
    """One of each kind of reader who must not be able to tell."""
    found: dict[str, User | None] = {
        PUBLIC: None,
        HERSELF: followed.applicant,
        "a maintainer of her community": _maintainer(followed),
        "a mentor of hers who stepped back": _mentor_who_stepped_back(followed),
        "a mentor of hers who applies herself": _mentor_who_applies(followed),
    }
    others = Application.objects.of_round(followed.round).exclude(applicant=followed.applicant).order_by("pk")
    if other := others.filter(applicant__is_staff=False).select_related("applicant").first():
        found[ANOTHER_APPLICANT] = other.applicant
    if mentor := _mentor_of_another_project(followed):
        found[MENTOR_ELSEWHERE] = mentor
    return found


def may_know(followed: Application) -> list[str]:
    """The addresses of those who decide: letters to them are theirs to read."""
    listing = followed.listing
    mentors = listing.project.mentorships.confirmed().filter(user__isnull=False)
    stepped_back = Recusal.objects.filter(applicant=followed.applicant).values("person")
    applies = Application.objects.live().of_round(followed.round).values("applicant")
    decide = User.objects.filter(is_staff=True) | User.objects.filter(
        pk__in=listing.community.coordinators.values("pk")
    )
    decide = decide | User.objects.filter(pk__in=mentors.values("user"))
    return list(decide.exclude(pk__in=stepped_back).exclude(pk__in=applies).values_list("email", flat=True))


def _maintainer(followed: Application) -> User:
    person = User.objects.create_user("maintainer@example.invalid", name="A maintainer")
    followed.community.maintainers.add(person)
    return person


def _mentor(followed: Application, name: str) -> User:
    person = User.objects.create_user(f"{name}@example.invalid", name="A mentor")
    Mentorship.objects.create(project=followed.listing.project, user=person, confirmed_at=timezone.now())
    return person


def _mentor_who_stepped_back(followed: Application) -> User:
    person = _mentor(followed, "recused")
    Recusal.objects.create(person=person, applicant=followed.applicant, reason="A friend.")
    return person


def _mentor_who_applies(followed: Application) -> User:
    person = _mentor(followed, "applying")
    Application.objects.create(applicant=person, listing=followed.listing)
    return person


def _mentor_of_another_project(followed: Application) -> User | None:
    project, community = followed.listing.project, followed.community
    hers = project.mentorships.filter(user__isnull=False).values("user")
    mentorships = Mentorship.objects.confirmed().exclude(project=project).exclude(user__in=hers)
    mentorships = mentorships.exclude(user__is_staff=True).exclude(user__in=community.coordinators.all())
    wanted = Application.objects.of(followed.applicant).values("listing__project")
    found = mentorships.exclude(project__in=wanted).exclude(user=followed.applicant).select_related("user").first()
    return found.user if found else None
