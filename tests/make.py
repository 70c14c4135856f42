"""Plain factories: each makes one thing, and whatever that needs. A test names only what it is about."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from allauth.account.models import EmailAddress
from django.utils import timezone

from applications.links import canonical
from applications.models import Application, Contribution, InitialApplication, Message, Offer, Recusal
from applications.questions import ask_default_questions
from mentors.models import Rating, RestNotAccepted, Selection, TakenBack, WaitingPlace
from opw.accounts.models import User
from opw.communities.models import Community, Role, RoleInvitation
from opw.mail.models import Letter, Topic
from opw.rounds.models import Deadline, Extension, Participation, Phase, Round, Slot
from projects.forms import PartForm
from projects.models import Approval, Listing, MentorInvitation, Mentorship, Project, ReviewPoint, Skill, StarterTask
from projects.parts import part_of
from tests import make  # itself: a parameter may have the name of the factory that fills it in

_numbers = count(1)

# A schedule in days from the opening of applications; an internship's days are counted the same way.
MOMENTS = {
    "published_at": -7,
    "applications_open_at": 0,
    "applications_close_at": 30,
    "contributions_close_at": 40,
    "selection_closes_at": 55,
    "announcement_at": 60,
    "offers_answered_by_at": 67,
}
DAYS = {"internship_starts_on": 75, "internship_ends_on": 165, "answers_purged_on": 195}
# How many days after that opening "now" is, in the middle of each phase.
NOW_IN = {
    Phase.PLANNED: -2,
    Phase.OPEN: 10,
    Phase.SELECTION: 50,
    Phase.ANNOUNCED: 65,
    Phase.INTERNSHIP: 100,
    Phase.FINISHED: 200,
}
RELEASED = {Phase.ANNOUNCED, Phase.INTERNSHIP, Phase.FINISHED}

INITIAL_ANSWERS: dict[str, Any] = {
    "of_age": "yes",
    "took_part": "no",
    "may_work": "Yes",
    "commitments": [],
    "gsoc": "no",
    "experience": "Two courses of C.",
    "publish_name": "yes",
}
ANSWERS = {"why": "I boot it every day.", "background": "Some C.", "plan": "First the tests, then the driver."}
SECTIONS = {
    "description": "Boot faster.",
    "outcomes": "It boots in a second.",
    "steps": "1. Measure\n2. Mend",
    "skills": "C.",
}


def user(name: str = "", **fields: Any) -> User:
    """A person who is signed up and has no role; nobody knows the password."""
    number = next(_numbers)
    fields.setdefault("email", f"person{number}@example.org")
    return User.objects.create_user(name=name or f"Person {number}", **fields)


def confirmed(person: User) -> User:
    """The person, with her address confirmed as signing up asks for it."""
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def program_coordinator(name: str = "") -> User:
    return user(name, is_staff=True)


def community(
    name: str = "", *, coordinator: User | None = None, maintainer: User | None = None, **fields: Any
) -> Community:
    """A community with one coordinator and one maintainer."""
    number = next(_numbers)
    made = Community.objects.create(name=name or f"Community {number}", slug=f"community-{number}", **fields)
    made.coordinators.add(coordinator or user())
    made.maintainers.add(maintainer or user())
    return made


def schedule(phase: Phase, *, now: datetime | None = None) -> dict[str, Any]:
    """A schedule in whose phase ``now`` is, to be given to a round."""
    opens_at = (now or timezone.now()) - timedelta(days=NOW_IN[phase])
    moments: dict[str, Any] = {name: opens_at + timedelta(days=days) for name, days in MOMENTS.items()}
    days = {name: (opens_at + timedelta(days=days)).date() for name, days in DAYS.items()}
    return moments | days | {"released_at": moments["announcement_at"] if phase in RELEASED else None}


def round(phase: Phase = Phase.OPEN, **fields: Any) -> Round:
    """A round in this phase, with the portal's own questions."""
    number = next(_numbers)
    names = {"name": f"Round {number}", "slug": f"round-{number}"}
    made = Round.objects.create(**names | schedule(phase) | fields)
    ask_default_questions(made)
    return made


def participation(
    round: Round | None = None, *, phase: Phase = Phase.OPEN, slots: int = 1, of: Community | None = None
) -> Participation:
    """A community in a round, with this many slots."""
    round = round or make.round(phase)
    made = Participation.objects.create(round=round, community=of or community())
    Slot.objects.bulk_create(Slot(participation=made) for _ in range(slots))
    return made


def earlier(than: Participation) -> Participation:
    """The community's part in a round before all others."""
    first = Round.objects.earliest("published_at")
    return participation(
        make.round(**schedule(Phase.OPEN, now=first.published_at - timedelta(days=90))), of=than.community
    )


def extension(round: Round, *, until_at: datetime, deadline: Deadline = Deadline.APPLICATIONS, **to: Any) -> Extension:
    """More time for the round, or ``community=`` or ``person=`` alone."""
    return Extension.objects.create(
        round=round, deadline=deadline, until_at=until_at, reason="A power cut.", granted_by=program_coordinator(), **to
    )


def project(
    of: Community | None = None,
    *,
    mentor: User | None = None,
    state: Project.State = Project.State.REVIEWED,
    **fields: Any,
) -> Project:
    """A project with every required section and one confirmed mentor; reviewed unless said otherwise."""
    number = next(_numbers)
    made = Project.objects.create(
        community=of or community(),
        **{"title": f"Project {number}", "slug": f"project-{number}", "proposed_by": user(), "state": state}
        | {"reviewed_at": timezone.now() if state == Project.State.REVIEWED else None}
        | SECTIONS
        | fields,
    )
    mentorship(made, mentor or user())
    return made


def idea(of: Community | None = None, **fields: Any) -> Project:
    """A published idea that nobody has reviewed."""
    return project(of, **{"state": Project.State.IDEA} | fields)


def form_of(project: Project, part: str, **typed: Any) -> dict[str, Any]:
    """What a page of the idea's form sends to be saved, when this was typed there."""
    asked = part_of(part)
    assert asked
    shown = {field.name: field.value() for field in PartForm(None, project=project, part=asked, draft=None)}
    return {name: value for name, value in shown.items() if value is not None} | {"save": "yes"} | typed


def mentorship(project: Project, user: User, *, confirmed: bool = True) -> Mentorship:
    return Mentorship.objects.create(project=project, user=user, confirmed_at=timezone.now() if confirmed else None)


def mentor_invitation(project: Project, *, by: User | None = None) -> MentorInvitation:
    """An open invitation by the project's first mentor; its link was in a letter that nobody kept."""
    inviter = by or project.mentorships.confirmed().earliest("pk").user
    made = MentorInvitation(project=project, email=f"invited{next(_numbers)}@example.org", invited_by=inviter)
    made.renew()
    made.save()
    return made


def role_invitation(of: Community | None) -> RoleInvitation:
    """An open invitation to be a maintainer of the community, or a program coordinator."""
    made = RoleInvitation(
        community=of,
        role=Role.MAINTAINER if of else Role.PROGRAM,
        email=f"invited{next(_numbers)}@example.org",
        invited_by=of.coordinators.earliest("pk") if of else program_coordinator(),
    )
    made.renew()
    made.save()
    return made


def point(project: Project, *, author: User | None = None, **fields: Any) -> ReviewPoint:
    """An open review point on the whole idea."""
    return ReviewPoint.objects.create(project=project, author=author or user(), **{"body": "Which driver?"} | fields)


def tags(project: Project, *, required: list[str]) -> None:
    """Skill tags, made where they do not exist."""
    for name in required:
        project.skill_tags.create(skill=Skill.objects.get_or_create(name=name)[0])


def task(
    project: Project | None = None, *, held_by: User | None = None, at: datetime | None = None, **f: Any
) -> StarterTask:
    """A starter task, free unless somebody holds it, since now or since ``at``."""
    number = next(_numbers)
    facts: dict[str, Any] = {"title": f"Task {number}", "link": f"https://bugs.example.org/{number}"} | f
    if held_by:
        since = at or timezone.now()
        facts |= {"claimed_by": held_by, "claimed_at": since, "renewed_at": since}
    return StarterTask.objects.create(project=project or make.project(), **facts)


def approval(project: Project, *, by: User | None = None) -> Approval:
    """A maintainer's approval of the newest revision."""
    return Approval.objects.create(
        project=project, revision=project.revision, by=by or project.community.maintainers.get()
    )


def listing(
    participation: Participation | None = None, *, project: Project | None = None, mentor: User | None = None, **f: Any
) -> Listing:
    """A reviewed project in a round that is open."""
    participation = participation or make.participation()
    project = project or make.project(participation.community, mentor=mentor)
    return Listing.objects.create(participation=participation, project=project, **f)


def mentor_of(listing: Listing) -> User:
    """The listing's first confirmed mentor."""
    mentor = listing.project.mentorships.confirmed().filter(user__isnull=False)[0].user
    assert mentor
    return mentor


def proposer_of(project: Project) -> User:
    assert project.proposed_by
    return project.proposed_by


def author_of(point: ReviewPoint) -> User:
    assert point.author
    return point.author


def coordinator_of(thing: Listing | Participation | Project) -> User:
    """The one coordinator of its community."""
    return thing.community.coordinators.get()


def initial_application(
    applicant: User | None = None,
    round: Round | None = None,
    *,
    status: InitialApplication.Status = InitialApplication.Status.ELIGIBLE,
    **fields: Any,
) -> InitialApplication:
    """An initial application, eligible unless said otherwise."""
    submitted = status != InitialApplication.Status.DRAFT
    return InitialApplication.objects.create(
        applicant=applicant or user(),
        round=round or make.round(),
        status=status,
        **{
            "answers": INITIAL_ANSWERS if submitted else {},
            "submitted_at": timezone.now() if submitted else None,
            "free_hours": 40 if submitted else None,
        }
        | fields,
    )


def application(
    listing: Listing | None = None,
    applicant: User | None = None,
    *,
    status: Application.Status = Application.Status.SUBMITTED,
    contributed: bool = True,
    **fields: Any,
) -> Application:
    """An application with what it needs to be considered: an eligible initial application and a contribution."""
    listing = listing or make.listing()
    applicant = applicant or user()
    if not InitialApplication.objects.filter(applicant=applicant, round=listing.round).exists():
        initial_application(applicant, listing.round)
    if contributed:
        contribution(listing, applicant)
    times = {
        Application.Status.DRAFT: {"draft": ANSWERS, "draft_version": 1},
        Application.Status.SUBMITTED: {"answers": ANSWERS, "submitted_at": timezone.now()},
        Application.Status.WITHDRAWN: {
            "answers": ANSWERS,
            "submitted_at": timezone.now(),
            "withdrawn_at": timezone.now(),
        },
    }
    facts: dict[str, Any] = {"rank": Application.objects.of(applicant).count() + 1} | times[status] | fields
    return Application.objects.create(listing=listing, applicant=applicant, status=status, **facts)


def contribution(
    listing: Listing | None = None, applicant: User | None = None, *, mark: str = "", **fields: Any
) -> Contribution:
    """A patch that was recorded, and by default not judged."""
    listing = listing or make.listing()
    number = next(_numbers)
    facts: dict[str, Any] = {"title": f"Patch {number}", "url": f"https://git.example.org/pull/{number}"} | fields
    made = Contribution.objects.create(
        listing=listing,
        round=listing.round,
        applicant=applicant or user(),
        canonical=canonical(facts["url"]),
        mark=mark,
        **facts,
    )
    if mark:
        made.markings.create(mark=mark, by=mentor_of(listing), at=timezone.now())
    return made


def message(listing: Listing, applicant: User, *, author: User | None = None, **fields: Any) -> Message:
    """A message of the applicant, or to her."""
    return Message.objects.create(
        listing=listing, applicant=applicant, author=author or applicant, **{"body": "Hello!"} | fields
    )


def recusal(person: User, applicant: User) -> Recusal:
    return Recusal.objects.create(person=person, applicant=applicant, reason="A friend.")


def rating(application: Application, mentor: User | None = None, *, score: int = 4) -> Rating:
    """The rating of the listing's mentor, or of another one."""
    return Rating.objects.create(
        application=application,
        mentor=mentor or mentor_of(application.listing),
        score=score,
        reasons=f"Worth {score}, I think.",
    )


def selection(
    participation: Participation | None = None, *, application: Application | None = None, confirmed: bool = False
) -> Selection:
    """A proposal of a listing's mentor; each has a listing and an applicant of its own."""
    application = application or make.application(listing(participation))
    initial = InitialApplication.objects.get(applicant=application.applicant, round=application.round)
    selected = Selection(
        application=application,
        initial_application=initial,
        proposed_by=mentor_of(application.listing),
        reasons="The best of them.",
    )
    if confirmed:
        taken = Selection.objects.confirmed().values("slot")
        selected.slot = application.listing.participation.slots.exclude(pk__in=taken)[0]
        selected.confirmed_by, selected.confirmed_at = coordinator_of(application.listing), timezone.now()
    selected.save()
    return selected


def offer(application: Application, **fields: Any) -> Offer:
    """The offer of a place, as the release made it, open for a week."""
    Application.objects.filter(pk=application.pk).update(outcome=Application.Outcome.ACCEPTED)
    times = {"made_at": timezone.now(), "answer_by_at": timezone.now() + timedelta(days=7)}
    return Offer.objects.create(application=application, **times | fields)


def waiting_place(application: Application, *, position: int = 1) -> WaitingPlace:
    return WaitingPlace.objects.create(
        participation=application.listing.participation, application=application, position=position
    )


def rest_not_accepted(listing: Listing) -> RestNotAccepted:
    return RestNotAccepted.objects.create(listing=listing, decided_by=coordinator_of(listing))


def taken_back(listing: Listing, application: Application | None, *, decision: str = "proposal") -> TakenBack:
    """A decision about an application, or about the rest of a listing's, that its coordinator took back."""
    return TakenBack.objects.create(
        listing=listing,
        application=application,
        decision=decision,
        reason="A mistake.",
        by=coordinator_of(listing),
    )


def letter(to: User | None = None, **fields: Any) -> Letter:
    """A queued letter, due now."""
    recipient = to or user()
    facts = {"key": f"letter {next(_numbers)}", "topic": Topic.APPLICATION, "subject": "A letter"}
    words = {"text": "Dear reader", "html": "<p>Dear reader</p>"}
    return Letter.objects.create(recipient=recipient, to=recipient.email, **facts | words | fields)
