"""Where an applicant stands in a round: the steps of the way, and one honest sentence.

Made of her own facts and the schedule alone, so that two people with the same facts read the same words until the
announcement.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from applications.models import Application, Contribution, InitialApplication
from opw.accounts.models import User
from opw.rounds.models import Deadline, Deadlines, Round


@dataclass(frozen=True)
class Step:
    """One step of the way: what it is, whether it is done, and in words how it stands."""

    name: str
    title: str
    done: bool
    words: str
    can_be_done: bool = True  # still: its deadline has not passed


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


def standing_of(applicant: User, round: Round, *, now: datetime) -> Standing:
    """Where this person stands in this round at this moment."""
    initial = InitialApplication.objects.filter(applicant=applicant, round=round).first()
    applications = list(Application.objects.of(applicant).of_round(round).live().with_listing())
    contributions = list(Contribution.objects.of(applicant).filter(round=round))
    community = applications[0].community if len({one.community for one in applications}) == 1 else None
    deadlines = Deadlines(round)
    deadline = deadlines.of(Deadline.APPLICATIONS, community, applicant)
    to_apply, to_contribute = now < deadline, now < deadlines.of(Deadline.CONTRIBUTIONS, community, applicant)
    steps = [
        replace(_initial_step(initial), can_be_done=to_apply),
        replace(_project_step(applications, contributions), can_be_done=to_apply),
        replace(_contribution_step(applications, contributions), can_be_done=to_contribute),
        replace(_application_step(applications), can_be_done=to_apply),
    ]
    return Standing(steps, _sentence(steps, applications, initial, round, to_apply, now), deadline, to_apply)


def _initial_step(initial: InitialApplication | None) -> Step:
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
    return Step(
        "initial", "Initial application", done, words[InitialApplication.Status(initial.status) if initial else None]
    )


def _project_step(applications: list[Application], contributions: list[Contribution]) -> Step:
    titles = ", ".join(application.listing.project.title for application in applications)
    done = bool(applications or contributions)
    return Step(
        "project", "A project", done, titles or ("Chosen." if done else "Choose one, and say hello to its mentor.")
    )


def _contribution_step(applications: list[Application], contributions: list[Contribution]) -> Step:
    """Every application needs a contribution of its own; one for another project does not help it."""
    judged_well = [one for one in contributions if one.mark != Contribution.Mark.NEEDS_WORK]
    listings = {contribution.listing_id for contribution in judged_well}
    without = [one.listing.project.title for one in applications if one.listing_id not in listings]
    if not contributions:
        return Step("contribution", "A contribution", False, "A small patch, a review, a bug report: one is enough.")
    if not judged_well:
        return Step("contribution", "A contribution", False, "A mentor says that it needs work.")
    if without:
        return Step("contribution", "A contribution", False, f"None yet for {', '.join(without)}.")
    if all(contribution.mark == Contribution.Mark.COUNTS for contribution in judged_well):
        return Step("contribution", "A contribution", True, "A mentor says that it counts.")
    return Step("contribution", "A contribution", True, "Recorded. A mentor has not said yet whether it counts.")


def _application_step(applications: list[Application]) -> Step:
    submitted = [one for one in applications if one.status == Application.Status.SUBMITTED]
    if submitted:
        words = "Submitted." if len(submitted) == len(applications) else "One is submitted, another is a draft."
        return Step("application", "Your application", True, words)
    words = "Your answers are a draft." if applications else "A few questions about you and the project."
    return Step("application", "Your application", False, words)


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
        return f"Next: {missing[0].title.lower()}."
    if any(application.status == Application.Status.SUBMITTED for application in applications):
        return "Your application has no contribution that counts. Without one by the deadline it is not considered."
    return "The deadline has passed, and no application of yours was submitted."
