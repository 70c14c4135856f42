"""Where an applicant stands in a round: the steps of the way, and one honest sentence.

Made of her own facts and the schedule alone, so that two people with the same facts read the same words until the
announcement.
"""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from applications.models import Application, Contribution, InitialApplication, Message
from applications.outcomes import HerResult, result_of
from opw.accounts.models import User
from opw.rounds.models import Deadline, Deadlines, Round
from opw.times import day_in_words
from projects.models import StarterTask

_NEXT = {
    "initial": "Next: your initial application. It takes ten minutes.",
    "project": "Next: choose a project, and say hello to its mentor.",
    "contact": "Next: say hello to your project's mentors.",
    "withdrawn": "Next: move your application, because its project was withdrawn.",
    "recorded": "Next: a small contribution to your project.",
    "counts": "Next: work on your contribution. A mentor says what it needs.",
    "written": "Next: write your application.",
    "submitted": "Next: submit your application.",
}


@dataclass(frozen=True)
class Step:
    """One step of the way: what it is, whether it is done, in words how it stands, and until when it can be done."""

    name: str
    title: str
    done: bool
    words: str
    deed: str = ""
    link: str = ""
    until: datetime | None = None  # by when
    is_hers: bool = True  # else others do it, and she need not do anything


@dataclass(frozen=True)
class Standing:
    """The steps in their order, the sentence that sums them up, and the deadline that comes next for her."""

    steps: list[Step]
    sentence: str
    deadline: datetime
    now: datetime
    can_contribute: bool  # in any community
    result: HerResult | None  # once it is announced

    @property
    def has_begun(self) -> bool:
        """Whether she did anything besides signing up, so that she is somebody who applies."""
        return any(step.done for step in self.steps if step.name != "account")

    @property
    def is_open(self) -> bool:
        """Whether she can still submit."""
        return self.now < self.deadline

    @property
    def next(self) -> Step | None:
        """The first step that is not done, is hers to do, and still can be done."""
        return next((step for step in _missing(self.steps) if step.until is None or self.now < step.until), None)


@dataclass(frozen=True)
class _Facts:
    """What she has done in the round."""

    round: Round
    initial: InitialApplication | None
    applications: list[Application]
    closed: list[Application]  # with a project that was withdrawn, and not moved to another one
    contributions: list[Contribution]
    held: StarterTask | None  # the task with which she begins
    has_written: bool  # to mentors

    def without(self, contributions: list[Contribution]) -> list[Application]:
        """Her applications that none of these contributions is for; one for another project does not help."""
        listings = {contribution.listing_id for contribution in contributions}
        return [application for application in self.applications if application.listing_id not in listings]

    @property
    def is_submitted(self) -> bool:
        return any(one.status == Application.Status.SUBMITTED for one in self.applications)


def standing_of(applicant: User, deadlines: Deadlines, *, now: datetime) -> Standing:
    """Where this person stands at this moment in the round whose deadlines these are."""
    facts = _facts_of(applicant, deadlines.round, now)
    communities = {application.community for application in facts.applications}
    community = communities.pop() if len(communities) == 1 else None
    apply_by = deadlines.of(Deadline.APPLICATIONS, community, applicant)
    contribute_by = deadlines.of(Deadline.CONTRIBUTIONS, community, applicant)
    steps = [
        Step("account", "Your account", True, "You have one, and your address is confirmed."),
        _initial_step(facts, apply_by),
        _project_step(facts, apply_by),
        _contact_step(facts, apply_by),
        _recorded_step(facts, contribute_by),
        _seen_step(facts),
        _counts_step(facts, contribute_by),
        _written_step(facts, apply_by),
        _submitted_step(facts, apply_by),
    ]
    result = result_of([*facts.applications, *facts.closed], facts.contributions, now)
    sentence = result.sentence if result else _sentence(steps, facts, apply_by, now)
    can_contribute = now < deadlines.anywhere(Deadline.CONTRIBUTIONS, applicant)
    return Standing(steps, sentence, apply_by, now, can_contribute, result)


def _facts_of(applicant: User, round: Round, now: datetime) -> _Facts:
    written = list(Application.objects.of(applicant).of_round(round).with_listing())
    contributions = list(Contribution.objects.of(applicant).filter(round=round, listing__withdrawn_at__isnull=True))
    held = StarterTask.objects.held_by(applicant, now).of_round(round).select_related("project__community")
    return _Facts(
        round=round,
        initial=InitialApplication.objects.filter(applicant=applicant, round=round).first(),
        applications=[application for application in written if application.is_live],
        closed=[application for application in written if application.is_closed and not application.moved_to_id],
        contributions=contributions,
        held=None if contributions else held.first(),
        has_written=Message.objects.filter(author=applicant, applicant=applicant).of_round(round).exists(),
    )


def _missing(steps: list[Step]) -> list[Step]:
    return [step for step in steps if step.is_hers and not step.done]


def _initial_step(facts: _Facts, until: datetime) -> Step:
    words = {
        None: "A few questions about you; they take ten minutes.",
        InitialApplication.Status.DRAFT: "Your answers are a draft.",
        InitialApplication.Status.SUBMITTED: "Received.",
        InitialApplication.Status.ELIGIBLE: "Received. You are eligible.",
        InitialApplication.Status.INELIGIBLE: "By your answers you cannot take part in this round.",
    }
    status = InitialApplication.Status(facts.initial.status) if facts.initial else None
    said = words[status]
    if facts.initial and facts.initial.is_in_doubt and status == InitialApplication.Status.SUBMITTED:
        said = "Received. A coordinator looks at one of your answers; you need not do anything."
    done = status in (InitialApplication.Status.SUBMITTED, InitialApplication.Status.ELIGIBLE)
    deed, link = "See or change it" if done else "Fill it in", reverse("applications:initial", args=[facts.round.slug])
    return Step("initial", "Initial application", done, said, deed, link, until)


def _project_step(facts: _Facts, until: datetime) -> Step:
    if facts.closed and not facts.applications:
        words = f"“{facts.closed[0].listing.project}” was withdrawn. What you wrote can go on at another project."
        link = reverse("applications:move_to_another", args=[facts.closed[0].pk])
        return Step("withdrawn", "A project", False, words, "Move it", link, until)
    titles = ", ".join(application.listing.project.title for application in facts.applications)
    if facts.held and not titles:
        titles = facts.held.project.title
    done = bool(facts.applications or facts.contributions or facts.held)
    words = titles or ("Chosen." if done else "Choose one, and say hello to its mentor.")
    return Step("project", "A project", done, words, "Find a project", reverse("projects:list"), until)


def _contact_step(facts: _Facts, until: datetime) -> Step:
    """A message here, her word that she made contact elsewhere, or work that speaks for her."""
    done = bool(facts.has_written or facts.contributions or facts.held or facts.is_submitted)
    words = "You wrote to the mentors." if facts.has_written else "Your work has introduced you."
    words = words if done else "A short message to the mentors is enough; or say where else you met them."
    listing = facts.applications[0].listing_id if facts.applications else None
    link = reverse("applications:messages", args=[listing]) if listing else ""
    return Step("contact", "First contact", done, words, "Messages" if done else "Say hello", link, until)


def _recorded_step(facts: _Facts, until: datetime) -> Step:
    """Every application needs a contribution of its own."""
    without = facts.without(facts.contributions)
    if facts.held and facts.held.held_until:
        words = f"The starter task “{facts.held}” is yours until {day_in_words(facts.held.held_until.date())}."
        link = f"{facts.held.project.get_absolute_url()}#begin"
        return Step("recorded", "A contribution", False, words, "Go to your task", link, until)
    link = reverse("applications:contribute", args=[without[0].listing_id]) if without else ""
    if not facts.contributions:
        words = "A small patch, a review, a bug report: one is enough."
    elif without:
        words = f"None yet for {_titles(without)}."
    else:
        words = "Recorded."
    done = bool(facts.contributions) and not without
    return Step("recorded", "A contribution", done, words, "Record a contribution", link, until)


def _seen_step(facts: _Facts) -> Step:
    done = any(contribution.mark for contribution in facts.contributions)
    words = (
        "A mentor has looked at your work." if done else "Mentors look at what you record. You need not do anything."
    )
    return Step("seen", "Seen by a mentor", done, words, is_hers=False)


def _counts_step(facts: _Facts, until: datetime) -> Step:
    """Hers only where mentors said of all that she did for a project that it needs work."""
    judged_well = [one for one in facts.contributions if one.mark != Contribution.Mark.NEEDS_WORK]
    counting = [one for one in judged_well if one.mark == Contribution.Mark.COUNTS]
    unfinished = [one for one in facts.without(judged_well) if one not in facts.without(facts.contributions)]
    if unfinished or (facts.contributions and not judged_well):
        where = f" for {_titles(unfinished)}" if len(facts.applications) > 1 else ""
        words = f"A mentor says that your contribution{where} needs work."
        link = reverse("applications:contribute", args=[unfinished[0].listing_id]) if unfinished else ""
        return Step("counts", "A contribution that counts", False, words, "Record the next version", link, until)
    done = bool(counting) and not facts.without(counting)
    words = "A mentor says that it counts." if done else "Until a mentor says so, one that is recorded is enough."
    return Step("counts", "A contribution that counts", done, words, is_hers=False)


def _written_step(facts: _Facts, until: datetime) -> Step:
    written = [one for one in facts.applications if any(one.draft.values()) or any(one.answers.values())]
    words = "Your answers are kept." if written else "A few questions about you and the project."
    first = facts.applications[0] if facts.applications else None
    link = reverse("applications:write", args=[first.listing_id]) if first and not written else ""
    return Step(
        "written", "Your application, written", bool(written or facts.is_submitted), words, "Write it", link, until
    )


def _submitted_step(facts: _Facts, until: datetime) -> Step:
    drafts = [one for one in facts.applications if one.status == Application.Status.DRAFT]
    if not facts.is_submitted:
        words = "Mentors read it once you submit it; you can change it until the deadline."
    else:
        words = f"Submitted; still a draft: {_titles(drafts)}." if drafts else "Submitted."
    link = reverse("applications:write", args=[drafts[0].listing_id]) if drafts else ""
    return Step(
        "submitted", "Your application, submitted", facts.is_submitted, words, "Go on and submit it", link, until
    )


def _titles(applications: list[Application]) -> str:
    return ", ".join(application.listing.project.title for application in applications)


def _sentence(steps: list[Step], facts: _Facts, apply_by: datetime, now: datetime) -> str:
    if facts.round.is_released:
        return f"The results of {facts.round} are out. You had no application among them."
    if facts.initial and facts.initial.status == InitialApplication.Status.INELIGIBLE:
        return (
            "By your initial application you cannot take part in this round. If an answer there is wrong, correct it."
        )
    if now < facts.round.applications_open_at:
        return "Applications are not open yet. You can look at projects and talk to mentors."
    missing = _missing(steps)
    if not missing:
        return "Submitted. Nothing more is needed from you."
    if now < apply_by:
        return _NEXT[missing[0].name]
    if facts.is_submitted:
        return "Your application has no contribution that counts. Without one by the deadline it is not considered."
    return "The deadline has passed, and no application of yours was submitted."
