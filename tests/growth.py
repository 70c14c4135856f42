"""How a cast grows by a row of each thing that some page lists; what tests of pages with many rows share."""

from typing import Any

from django.urls import reverse

from applications.actions import withdraw_listing
from applications.models import Application, Contribution, InitialApplication, Offer, Question
from mentors.models import Comment, OrderOfPreference, Seal, WaitingPlace
from mentors.results import as_rows, hash_of, results_of
from opw.rounds.kinds import Kind
from opw.rounds.models import Phase
from projects import actions
from projects.actions.importing import bring_page
from projects.models import BroughtPage, IdeaDraft, Intern, PointReply, Project
from tests import make, scenarios
from tests.cast import Cast


def tagged(cast: Cast, **fields: Any) -> Project:
    """One more project of the community, with two mentors and two skills."""
    project = make.project(cast.participation.community, **fields)
    make.mentorship(project, make.user())
    make.tags(project, required=["C", "Perl"])
    return project


def listed(cast: Cast) -> object:
    return make.listing(cast.participation, project=tagged(cast))


def closed(cast: Cast) -> Application:
    """The application, after its project was withdrawn."""
    if cast.listing.is_live:
        coordinator = cast.person("coordinator")
        withdraw_listing(listing=cast.listing, by=coordinator, because="Ill.", at=cast.round.published_at)
        cast.listing.refresh_from_db()
    return cast.application


def left_behind(cast: Cast) -> Contribution:
    """The applicant's contribution, after its project was withdrawn."""
    return Contribution.objects.get(applicant=closed(cast).applicant, listing=cast.listing)


def announced(cast: Cast) -> Application:
    """The application, after the announcement: not accepted."""
    scenarios.put_into(cast.round, Phase.ANNOUNCED)
    Application.objects.filter(pk=cast.application.pk).update(outcome=Application.Outcome.NOT_ACCEPTED)
    return cast.application


def with_her_result(cast: Cast) -> str:
    """The applicant's own page, after the announcement."""
    announced(cast)
    return reverse("applications:home")


def offered(cast: Cast) -> Application:
    """The application, after the announcement: its applicant is offered a place."""
    scenarios.put_into(cast.round, Phase.ANNOUNCED)
    if not Offer.objects.filter(application=cast.application).exists():
        make.offer(cast.application)
    return cast.application


def mentored(cast: Cast) -> object:
    """One more listing that every mentor of the cast mentors, with an application."""
    listing = make.listing(cast.participation)
    for role in ("mentor", "recused", "applying"):
        make.mentorship(listing.project, cast.person(role))
    return make.application(listing)


def discussed(cast: Cast) -> None:
    for section in ("", "steps"):
        point = make.point(cast.idea, section=section)
        PointReply.objects.create(point=point, author=make.user(), body="That one.")
    make.mentorship(cast.idea, make.user())


def applied(cast: Cast) -> None:
    """One more application and one more contribution of the applicant, in this round and in an earlier one."""
    make.application(make.listing(cast.participation), cast.person("applicant"))
    make.application(make.listing(make.earlier(cast.participation)), cast.person("applicant"))


def written(cast: Cast) -> None:
    """One more message of the applicant, and one of a mentor who is new."""
    mentor = make.user()
    make.mentorship(cast.listing.project, mentor)
    make.message(cast.listing, cast.person("applicant"))
    make.message(cast.listing, cast.person("applicant"), author=mentor)


def contributed(cast: Cast) -> None:
    """One more contribution of the applicant here, one elsewhere, and one more letter in the round's own words."""
    applicant = cast.person("applicant")
    make.contribution(cast.listing, applicant)
    make.contribution(make.listing(cast.participation), applicant)
    cast.round.letter_texts.create(kind=Kind.values[-1 - cast.round.letter_texts.count()], body="$round")


def handed_in(cast: Cast) -> None:
    """One more applicant at the listing, with two contributions and a rating, placed by one more mentor and others."""
    application = make.application(cast.listing)
    make.contribution(cast.listing, application.applicant, mark="counts")
    make.rating(application, cast.person("mentor"))
    make.message(cast.listing, application.applicant)
    mentors = [cast.person("mentor"), cast.person("recused"), make.user()]
    make.mentorship(cast.listing.project, mentors[-1])
    for mentor in mentors:
        order, _ = OrderOfPreference.objects.get_or_create(
            listing=cast.listing, mentor=mentor, defaults={"given_at": cast.round.published_at}
        )
        order.preferences.create(application=application, position=order.preferences.count() + 1)


def discussed_among_mentors(cast: Cast) -> None:
    rater = make.user()
    make.mentorship(cast.listing.project, rater)
    make.rating(cast.application, rater)
    Comment.objects.create(application=cast.application, author=rater, body="Nice tests.")
    make.contribution(cast.listing, cast.person("applicant"), mark="counts")


def decided(cast: Cast) -> None:
    """One more intern, one more proposal, and one more who waits."""
    cast.participation.slots.create()
    make.selection(cast.participation, confirmed=True)
    waits = make.selection(cast.participation).application.listing
    make.waiting_place(make.application(waits), position=cast.participation.listings.count())
    make.taken_back(waits, make.application(waits))
    make.taken_back(waits, None, decision="rest")
    make.rest_not_accepted(waits)


def funded(cast: Cast) -> None:
    """One more community with slots, and one more intern."""
    make.participation(cast.round, slots=2)
    decided(cast)


def wanted_twice(cast: Cast) -> None:
    """One more person whom two projects want, one more project that wants the applicant, and others to take there."""
    for applicant in (make.user(), cast.person("applicant")):
        listing = make.listing(make.participation(cast.round))
        make.selection(application=make.application(listing, applicant))
        make.waiting_place(make.application(listing))
        make.rating(make.application(listing))
    make.selection(application=make.application(cast.listing, make.user()))
    for selection in (make.selection(cast.participation), make.selection(cast.participation)):
        elsewhere = make.listing(make.participation(cast.round))
        make.selection(application=make.application(elsewhere, selection.application.applicant))


def sealed(cast: Cast) -> object:
    """One more decided about, and a seal that holds all of it."""
    decided(cast)
    Seal.objects.all().delete()
    rows = as_rows(results_of(Application.objects.submitted().of_round(cast.round)))
    return Seal.objects.create(round=cast.round, results=rows, sha256=hash_of(rows), sealed_by=make.user())


def letter_in_rehearsal(cast: Cast) -> str:
    """A letter to the applicant, who waits."""
    if not WaitingPlace.objects.filter(application=cast.application).exists():
        make.waiting_place(cast.application, position=9)
    return reverse("mentors:letter", args=[cast.round.slug, cast.person("applicant").pk])


def glanced_at(cast: Cast) -> None:
    """One more community, project, draft, rated application, intern, proposal, and one more whom two want."""
    make.participation(cast.round, of=make.community(coordinator=cast.person("coordinator")))
    handed_in(cast)
    decided(cast)
    make.application(make.listing(cast.participation), status=Application.Status.DRAFT)
    wanted = make.selection(cast.participation).application.applicant
    make.selection(application=make.application(make.listing(cast.participation), wanted))


def waiting_for_decisions(cast: Cast) -> None:
    """All of that, one more reviewed project that is not offered, and one more offer to mentor."""
    glanced_at(cast)
    tagged(cast)
    make.mentorship(cast.idea, make.user(), confirmed=False)


def asked_to_mentor(cast: Cast) -> None:
    """One more offer to mentor the idea, one more name, and one more invitation."""
    make.mentorship(cast.idea, make.user(), confirmed=False)
    cast.idea.mentorships.create(name="Ada of the wiki", email="ada@example.org")
    make.mentor_invitation(cast.idea)


def with_more_people(cast: Cast) -> None:
    """One more person in each role, and one more invitation."""
    community = cast.participation.community
    community.coordinators.add(make.user())
    community.maintainers.add(make.user())
    community.channels.create(name="#chat")
    make.program_coordinator()
    make.role_invitation(community)
    make.role_invitation(None)


def with_tasks(cast: Cast) -> None:
    """One more starter task of each state; those that are held, by somebody else each."""
    make.task(cast.project)
    make.task(cast.project, held_by=make.user())
    make.task(cast.project, done_by=make.user(), done_at=cast.round.published_at)
    make.task(cast.project, retired_at=cast.round.published_at)


def offerable(cast: Cast) -> None:
    """One more project of each kind that a coordinator chooses from, and one more that is offered."""
    make.listing(make.earlier(cast.participation), project=tagged(cast))
    tagged(cast)
    tagged(cast, state="archived")
    listed(cast)


def half_written(cast: Cast) -> None:
    """One more skill, one more revision, and one more person with an unsaved draft."""
    make.tags(cast.idea, required=[f"Skill {cast.idea.skill_tags.count()}"])
    actions.edit_idea(project=cast.idea, by=make.user(), steps=f"1. Step {cast.idea.history.count()}")
    cast.idea.refresh_from_db()
    draft = {"typed": {"skills": "C."}, "seen": {}}
    IdeaDraft.objects.create(project=cast.idea, writer=make.user(), part="skills", **draft)


def interned(cast: Cast) -> None:
    Intern.objects.create(round=cast.round, project=tagged(cast), person=make.user(), name="Ada")


def questioned(cast: Cast) -> None:
    """One more question of the initial application, in the step that asks for commitments."""
    number = cast.round.questions.count()
    Question.objects.create(
        round=cast.round, form="initial", section="Your time", key=f"q{number}", label="?", position=4, in_doubt_if="No"
    )


def doubted(cast: Cast) -> str:
    """One more in doubt; where she is decided about."""
    initial = make.initial_application(round=cast.round, status=InitialApplication.Status.SUBMITTED, is_in_doubt=True)
    return reverse("coordinate:decide_eligibility", args=[initial.pk])


def extended(cast: Cast) -> None:
    for person in (None, make.user()):
        make.extension(
            cast.round,
            until_at=cast.round.contributions_close_at,
            community=cast.participation.community,
            person=person,
        )


def in_own_words(cast: Cast) -> None:
    """One more letter in the round's own words, and one more applicant to preview it about."""
    kind = Kind.values[-1 - cast.round.letter_texts.count()]
    cast.round.letter_texts.create(kind=kind, body="A heading\n\n$project")
    handed_in(cast)


def imported(cast: Cast) -> None:
    """One more idea on the pages that the coordinators brought."""
    for role in ("coordinator", "program"):
        number = BroughtPage.objects.filter(by=cast.person(role)).values_list("findings", flat=True).first()
        ideas = "{{project|Desc=Tea|Review=* Why?}}\n" * (1 + len(number["ideas"] if number else []))
        bring_page(community=cast.participation.community, by=cast.person(role), content=ideas, reviewed=False)


def in_selection(cast: Cast) -> str:
    """The mentor's own page after contributions have closed, when most waits there."""
    scenarios.put_into(cast.round, Phase.SELECTION)
    return reverse("mentors:home")
