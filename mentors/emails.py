"""What people are told about results, coordinators about a seal, and everybody about what is due."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from django.db.models import QuerySet
from django.urls import reverse

from applications.emails import letter_at
from applications.models import Application, Contribution, Offer, Recusal, answer_by
from mentors.models import Seal, Selection
from mentors.results import Result
from opw.accounts.models import User
from opw.mail.actions import write_letters
from opw.mail.compose import Draft, absolute
from opw.mail.models import Topic
from opw.rounds.emails import letter_of
from opw.rounds.kinds import Kind
from opw.rounds.models import Participation, Round
from opw.times import day_in_words
from projects.models import Mentorship


def result_letters(round: Round, told: Iterable[Result], applications: Mapping[int, Application]) -> list[Draft]:
    """A letter about each of these results, of which no person has two; the applications by their numbers."""
    results = list(told)
    contributed = _titles_of_contributions(round, {applications[result.application].applicant_id for result in results})
    upcoming = Round.objects.after(round)
    told_about = [(applications[result.application], Kind(f"result_{result.outcome}")) for result in results]
    return round.letter_texts.worded(
        _result_letter(round, application, kind, contributed[application.applicant_id], upcoming)
        for application, kind in told_about
    )


def reminder(
    kind: Kind, round: Round, to: User, about: list[str], deadline: datetime, at: datetime, page: str
) -> Draft:
    """That something is due, by a coordinator's wish; one letter a day for each duty of a round."""
    return letter_of(
        round,
        kind,
        to=to,
        key=f"{kind.replace('_', ':', 1)}:{round.pk}:{to.pk}:{at.astimezone(UTC):%Y-%m-%d}",
        about=", ".join(f"“{words}”" for words in about),
        deadline=deadline,
        link=absolute(reverse(page)),
        useful_until=deadline,
    )


def tell_not_sealed(round: Round) -> None:
    """The announcement hour came, and nothing was sealed."""
    key = f"not-sealed:{round.pk}:{round.announcement_at.isoformat()}"
    _tell_coordinators(round, key, "not_sealed.txt", "Nothing was announced")


def ask_for_approval(seal: Seal) -> None:
    """The results are sealed; somebody else looks at them before the announcement hour."""
    facts = {"sealed_by": str(seal.sealed_by), "hour": seal.round.announcement_at}
    others = _coordinators(seal.round).exclude(pk=seal.sealed_by_id)
    _tell(
        others, seal.round, f"seal-waits:{seal.pk}", "seal_waits.txt", "Sealed results wait for your approval", **facts
    )


def tell_not_approved(seal: Seal) -> None:
    """The announcement hour came, and nobody had approved the seal."""
    key = f"not-approved:{seal.pk}:{seal.round.announcement_at.isoformat()}"
    _tell_coordinators(seal.round, key, "not_approved.txt", "Nothing was announced", sealed_by=str(seal.sealed_by))


def tell_seal_broken(seal: Seal) -> None:
    """A decision changed after the sealing: before the announcement hour, or so that nothing was released."""
    hour = seal.round.announcement_at
    facts = {"hour": hour if seal.broken_at and seal.broken_at < hour else None}
    _tell_coordinators(seal.round, f"seal-broken:{seal.pk}", "seal_broken.txt", "The seal is broken", **facts)


def tell_proposal_given_up(selection: Selection) -> None:
    """The mentors of a project, that its proposal was taken back for another's.

    Of whom, only the page says, which the portal shows to who may know; nobody gets it who stepped back or applies.
    """
    application = selection.application
    project = application.listing.project
    mentors = Mentorship.objects.confirmed().filter(project=project, user__isnull=False).values("user")
    stepped_back = Recusal.objects.filter(applicant=application.applicant_id).values("person")
    applying = Application.objects.live().of_round(application.round).values("applicant")
    told = User.objects.filter(pk__in=mentors, is_active=True)
    write_letters(
        Draft(
            key=f"proposal-given-up:{selection.pk}:{mentor.pk}",
            about_id=application.applicant_id,
            topic=Topic.ROUND,
            to=mentor,
            subject=f"A proposal for “{project}” was taken back",
            template="proposal_given_up.txt",
            facts={
                "project": project.title,
                "round": str(application.round),
                "link": absolute(reverse("mentors:application", args=[application.pk])),
            },
        )
        for mentor in told.exclude(pk__in=stepped_back).exclude(pk__in=applying)
    )


def tell_place_stays_free(participation: Participation, offer: Offer) -> None:
    """To the community's coordinators: a place came free, and nobody waits for it. It names nobody."""
    write_letters(
        Draft(
            key=f"place-stays-free:{offer.pk}:{offer.answer_by_at.isoformat()}:{coordinator.pk}",
            topic=Topic.ROUND,
            to=coordinator,
            subject=f"A place of {participation.community} is free, {participation.round}",
            template="place_stays_free.txt",
            facts={
                "round": participation.round.name,
                "community": participation.community.name,
                "link": absolute(reverse("mentors:selections", args=[participation.pk])),
            },
        )
        for coordinator in participation.community.coordinators.filter(is_active=True)
    )


def _result_letter(
    round: Round, application: Application, kind: Kind, contributed: list[str], upcoming: Round | None
) -> Draft:
    return letter_at(
        application.listing,
        kind,
        to=application.applicant,
        key=f"result:{round.pk}:{application.applicant_id}",
        link=reverse("applications:application", args=[application.pk]),
        starts_on=day_in_words(round.internship_starts_on),
        answer_by_at=answer_by(round, round.released_at or round.announcement_at),
        contributed=", ".join(f"“{title}”" for title in contributed),
        upcoming=upcoming.name if upcoming else "",
        upcoming_opens_at=upcoming.applications_open_at if upcoming else None,
    )


def _titles_of_contributions(round: Round, applicants: set[int]) -> dict[int, list[str]]:
    titles: dict[int, list[str]] = defaultdict(list)
    theirs = Contribution.objects.filter(round=round, applicant__in=applicants)
    for applicant, title in theirs.values_list("applicant", "title"):
        titles[applicant].append(title)
    return titles


def _coordinators(round: Round) -> QuerySet[User]:
    """The program coordinators, without those who apply in the round themselves."""
    applicants = Application.objects.live().of_round(round).values("applicant")
    return User.objects.filter(is_staff=True, is_active=True).exclude(pk__in=applicants)


def _tell_coordinators(round: Round, key: str, template: str, what: str, **facts: object) -> None:
    _tell(_coordinators(round), round, key, template, what, **facts)


def _tell(coordinators: QuerySet[User], round: Round, key: str, template: str, what: str, **facts: object) -> None:
    write_letters(
        Draft(
            key=f"{key}:{coordinator.pk}",
            topic=Topic.ROUND,
            to=coordinator,
            subject=f"{what}: {round}",
            template=template,
            facts={"round": round.name, "link": absolute(reverse("mentors:results", args=[round.slug])), **facts},
        )
        for coordinator in coordinators
    )
