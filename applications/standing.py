"""Where an applicant stands in a round: the steps of the way, and one honest sentence.

Made of her own facts and the schedule alone, so that two people with the same facts read the same words until the
announcement.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse

from applications.models import Application, Contribution, InitialApplication, Message
from opw.accounts.models import User
from opw.rounds.models import Deadline, Deadlines, Round
from opw.times import day_in_words
from projects.models import StarterTask

_NEXT = {
    "initial": "Next: your initial application. It takes ten minutes.",
    "project": "Next: choose a project, and say hello to its mentor.",
    "contact": "Next: say hello to your project's mentors.",
    "withdrawn": "Next: move your application, because its project was withdrawn.",
    "contribution": "Next: a small contribution to your project.",
    "application": "Next: submit your application.",
}


@dataclass(frozen=True)
class Step:
    """One step of the way: what it is, whether it is done, and in words how it stands."""

    name: str
    title: str
    done: bool
    words: str
    deed: str = ""
    link: str = ""
    until: datetime | None = None  # by when
    can_be_done: bool = True  # still: that has not passed


@dataclass(frozen=True)
class Standing:
    """The steps in their order, the sentence that sums them up, and the deadline that comes next for her."""

    steps: list[Step]
    sentence: str
    deadline: datetime
    is_open: bool

    @property
    def next(self) -> Step | None:
        """The first step that is not done and still can be."""
        return next((step for step in self.steps if not step.done and step.can_be_done), None)


def standing_of(applicant: User, deadlines: Deadlines, *, now: datetime) -> Standing:
    """Where this person stands at this moment in the round whose deadlines these are."""
    round = deadlines.round
    initial = InitialApplication.objects.filter(applicant=applicant, round=round).first()
    written = list(Application.objects.of(applicant).of_round(round).with_listing())
    applications = [application for application in written if application.is_live]
    closed = [application for application in written if application.is_closed and not application.moved_to_id]
    contributions = list(Contribution.objects.of(applicant).filter(round=round, listing__withdrawn_at__isnull=True))
    held = None if contributions else _held_by(applicant, round, now)
    has_written = Message.objects.filter(author=applicant, applicant=applicant).of_round(round).exists()
    community = applications[0].community if len({one.community for one in applications}) == 1 else None
    deadline = deadlines.of(Deadline.APPLICATIONS, community, applicant)
    to_contribute = deadlines.of(Deadline.CONTRIBUTIONS, community, applicant)
    ways = [
        (_initial_step(initial, round), deadline),
        (_project_step(applications, contributions, held, closed), deadline),
        (_contact_step(applications, has_written, bool(contributions or held)), deadline),
        (_contribution_step(applications, contributions, held), to_contribute),
        (_application_step(applications), deadline),
    ]
    steps = [replace(step, until=until, can_be_done=now < until) for step, until in ways]
    is_open = now < deadline
    return Standing(steps, _sentence(steps, applications, initial, round, is_open, now), deadline, is_open)


def _held_by(applicant: User, round: Round, now: datetime) -> StarterTask | None:
    """The starter task with which she begins."""
    held = StarterTask.objects.held_by(applicant, now).of_round(round)
    return held.select_related("project__community").first()


def _initial_step(initial: InitialApplication | None, round: Round) -> Step:
    words = {
        None: "A few questions about you; they take ten minutes.",
        InitialApplication.Status.DRAFT: "Your answers are a draft.",
        InitialApplication.Status.SUBMITTED: "Received.",
        InitialApplication.Status.ELIGIBLE: "Received. You are eligible.",
        InitialApplication.Status.INELIGIBLE: "By your answers you cannot take part in this round.",
    }
    done = initial is not None and initial.status in (
        InitialApplication.Status.SUBMITTED, InitialApplication.Status.ELIGIBLE,
    )  # fmt: skip
    status = InitialApplication.Status(initial.status) if initial else None
    deed, link = "See or change it" if done else "Fill it in", reverse("applications:initial", args=[round.slug])
    return Step("initial", "Initial application", done, words[status], deed, link)


def _project_step(
    applications: list[Application],
    contributions: list[Contribution],
    held: StarterTask | None,
    closed: list[Application],
) -> Step:
    if closed and not applications:
        words = f"“{closed[0].listing.project}” was withdrawn. What you wrote can go on at another project."
        link = reverse("applications:move_to_another", args=[closed[0].pk])
        return Step("withdrawn", "A project", False, words, "Move it", link)
    titles = ", ".join(application.listing.project.title for application in applications)
    if held and not titles:
        titles = held.project.title
    done = bool(applications or contributions or held)
    words = titles or ("Chosen." if done else "Choose one, and say hello to its mentor.")
    return Step("project", "A project", done, words, "Find a project", reverse("projects:list"))


def _contact_step(applications: list[Application], has_written: bool, has_worked: bool) -> Step:
    """A message here, her word that she made contact elsewhere, or work that speaks for her."""
    done = has_written or has_worked or any(one.status == Application.Status.SUBMITTED for one in applications)
    words = "You wrote to the mentors." if has_written else "You have begun, so the mentors know of you."
    words = words if done else "A short message to the mentors is enough; or say where else you met them."
    link = reverse("applications:messages", args=[applications[0].listing_id]) if applications else ""
    return Step("contact", "First contact", done, words, "Messages" if done else "Say hello", link)


def _contribution_step(
    applications: list[Application], contributions: list[Contribution], held: StarterTask | None
) -> Step:
    """Every application needs a contribution of its own; one for another project does not help it."""
    if held and held.held_until and not contributions:
        words = f"The starter task “{held}” is yours until {day_in_words(held.held_until.date())}."
        link = f"{held.project.get_absolute_url()}#begin"
        return Step("contribution", "A contribution", False, words, "Go to your task", link)
    judged_well = [one for one in contributions if one.mark != Contribution.Mark.NEEDS_WORK]
    listings = {contribution.listing_id for contribution in judged_well}
    without = [application for application in applications if application.listing_id not in listings]
    if not contributions:
        done, words = False, "A small patch, a review, a bug report: one is enough."
    elif not judged_well:
        done, words = False, "A mentor says that it needs work."
    elif without:
        done, words = False, f"None yet for {', '.join(one.listing.project.title for one in without)}."
    elif all(contribution.mark == Contribution.Mark.COUNTS for contribution in judged_well):
        done, words = True, "A mentor says that it counts."
    else:
        done, words = True, "Recorded. A mentor has not said yet whether it counts."
    link = reverse("applications:contribute", args=[without[0].listing_id]) if without else ""
    return Step("contribution", "A contribution", done, words, "Record a contribution", link)


def _application_step(applications: list[Application]) -> Step:
    drafts = [one for one in applications if one.status == Application.Status.DRAFT]
    link = reverse("applications:write", args=[drafts[0].listing_id]) if drafts else ""
    if len(drafts) < len(applications):
        words = "One is submitted, another is a draft." if drafts else "Submitted."
        return Step("application", "Your application", True, words, "Continue writing", link)
    words = "Your answers are a draft." if drafts else "A few questions about you and the project."
    return Step("application", "Your application", False, words, "Continue writing", link)


def _sentence(
    steps: list[Step],
    applications: list[Application],
    initial: InitialApplication | None,
    round: Round,
    to_apply: bool,
    now: datetime,
) -> str:
    if round.is_released:
        return f"The results of {round} are out."
    if initial and initial.status == InitialApplication.Status.INELIGIBLE:
        return (
            "By your initial application you cannot take part in this round. If an answer there is wrong, correct it."
        )
    if now < round.applications_open_at:
        return "Applications are not open yet. You can look at projects and talk to mentors."
    missing = [step for step in steps if not step.done]
    if not missing:
        return "Submitted. Nothing more is needed from you."
    if to_apply:
        return _NEXT[missing[0].name]
    if any(application.status == Application.Status.SUBMITTED for application in applications):
        return "Your application has no contribution that counts. Without one by the deadline it is not considered."
    return "The deadline has passed, and no application of yours was submitted."
