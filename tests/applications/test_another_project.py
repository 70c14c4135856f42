"""What was written for a project that was withdrawn goes on at another one."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from applications import actions
from applications.models import Application, Contribution
from opw.audit.models import Event
from projects.models import Listing
from tests import make, scenarios

pytestmark = pytest.mark.django_db

Status = Application.Status


def closed(**fields) -> Application:
    """An application whose project was withdrawn."""
    application = make.application(**fields)
    actions.withdraw_listing(
        listing=application.listing,
        by=make.coordinator_of(application.listing),
        because="Its mentor is ill.",
        at=timezone.now(),
    )
    return Application.objects.with_listing().get(pk=application.pk)


def address(application: Application) -> str:
    return reverse("applications:move_to_another", args=[application.pk])


def other_listing(application: Application, **fields) -> Listing:
    return make.listing(make.participation(application.round), **fields)


def move(client, application: Application, to: Listing, **form):
    client.force_login(application.applicant)
    return client.post(address(application), {"to": to.pk} | form, follow=True)


def at(listing: Listing) -> list[Application]:
    return list(Application.objects.filter(listing=listing))


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.DRAFT])
def test_it_becomes_a_draft_there_with_what_she_wrote(client, status):
    application = closed(status=status, rank=2)
    to = other_listing(application)

    page = move(client, application, to)

    (moved,) = at(to)
    event = Event.objects.about(moved).get()
    to.refresh_from_db()
    assert (moved.status, moved.draft, moved.answers, moved.rank) == (Status.DRAFT, make.ANSWERS, {}, 2)
    assert (event.deed, event.before) == ("application_moved_to_another", {"application": application.pk})
    assert make.ANSWERS["why"] in page.text
    assert page.redirect_chain[-1][0] == reverse("applications:write", args=[to.pk])
    assert to.interest == "1 to 3"


def test_what_she_typed_last_goes_along(client):
    newer = make.ANSWERS | {"why": "Typed after submitting."}
    application = closed(draft=newer)
    to = other_listing(application)

    move(client, application, to)

    assert at(to)[0].draft == newer


def test_read_again_and_submitted_it_counts(client):
    application = closed()
    to = other_listing(application)
    move(client, application, to, with_contributions="on")

    page = client.get(reverse("applications:write", args=[to.pk]))
    form = make.ANSWERS | {"version": page.context["form"]["version"].value(), "submit": "yes"}
    client.post(reverse("applications:write", args=[to.pk]), form)

    assert at(to)[0].status == Status.SUBMITTED
    assert at(to)[0].answers == make.ANSWERS


def test_her_contributions_go_along_when_she_wants_and_are_judged_anew(client):
    application = closed(contributed=False)
    mine = make.contribution(application.listing, application.applicant, mark="counts")
    theirs = make.contribution(application.listing)
    to = other_listing(application)

    move(client, application, to, with_contributions="on")

    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.listing, mine.mark) == (to, "")
    assert [marking.mark for marking in mine.markings.all()] == ["counts"]
    assert theirs.listing == application.listing
    assert Contribution.objects.visible_to(make.mentor_of(to)).contains(mine)
    assert not Contribution.objects.visible_to(make.mentor_of(application.listing)).contains(mine)


def test_her_contributions_stay_when_she_does_not_want(client):
    application = closed()
    to = other_listing(application)

    move(client, application, to)

    assert Contribution.objects.get().listing == application.listing


def test_it_is_moved_once(client):
    application = closed()
    first, second = other_listing(application), other_listing(application)
    move(client, application, first)

    page = move(client, application, second)

    assert "You have moved this application already." in page.text
    assert at(second) == []


def test_it_is_not_moved_to_where_she_cannot_begin(client):
    application = closed()
    refused = {
        "closed to newcomers": other_listing(application, closed_to_newcomers_at=timezone.now()),
        "withdrawn": other_listing(application, withdrawn_at=timezone.now()),
        "she mentors it": other_listing(application, mentor=application.applicant),
        "she applies to it": make.application(other_listing(application), application.applicant).listing,
        "another round": make.listing(make.earlier(application.listing.participation)),
    }
    before = Application.objects.count()

    answers = {name: move(client, application, to) for name, to in refused.items()}

    told = {name: "You cannot begin at this project any more." in page.text for name, page in answers.items()}
    assert told == dict.fromkeys(refused, True)
    assert Application.objects.count() == before


def test_the_choice_is_of_where_she_may_begin_her_community_first(client):
    application = closed()
    same = make.listing(application.listing.participation)
    elsewhere = other_listing(application)
    other_listing(application, closed_to_newcomers_at=timezone.now())
    client.force_login(application.applicant)

    page = client.get(address(application))

    assert list(page.context["form"].fields["to"].queryset) == [same, elsewhere]
    assert f"{elsewhere.project} ({elsewhere.community})" in page.text


def test_after_her_week_it_cannot_be_moved(client):
    application = closed()
    to = other_listing(application)
    scenarios.reach(application.round, "selection_closes_at")

    page = move(client, application, to)

    assert "The time to move it ended" in page.text
    assert at(to) == []


def test_in_her_week_it_can_be_moved_and_submitted_though_applications_have_closed(client):
    application = closed()
    to = other_listing(application)
    scenarios.reach(application.round, "applications_close_at", now=timezone.now() - timedelta(days=1))

    move(client, application, to, with_contributions="on")
    form = make.ANSWERS | {"version": "1", "submit": "yes"}
    client.post(reverse("applications:write", args=[to.pk]), form)

    assert at(to)[0].status == Status.SUBMITTED


@pytest.mark.parametrize("which", ["live", "taken back by herself", "somebody else's"])
def test_only_ones_own_closed_application_can_be_moved(client, which):
    application = closed() if which == "somebody else's" else make.application()
    if which == "taken back by herself":
        actions.withdraw_application(
            application=application, by=application.applicant, received_at=application.round.applications_open_at
        )
    to = other_listing(application)
    client.force_login(make.user() if which == "somebody else's" else application.applicant)

    pages = [client.get(address(application)), client.post(address(application), {"to": to.pk})]

    assert [page.status_code for page in pages] == [404, 404]
    assert at(to) == []


def test_what_was_said_of_it_at_the_old_project_stays_there(client):
    application = closed()
    make.rating(application)
    to = other_listing(application)

    move(client, application, to)

    client.force_login(make.mentor_of(to))
    page = client.get(reverse("mentors:listing", args=[to.pk]))
    assert page.status_code == 200
    assert "Worth 4" not in page.text
    assert client.get(reverse("mentors:application", args=[application.pk])).status_code == 404


def left_behind() -> Contribution:
    """A contribution without an application, whose project was withdrawn."""
    contribution = make.contribution(mark=Contribution.Mark.COUNTS)
    by = make.coordinator_of(contribution.listing)
    actions.withdraw_listing(listing=contribution.listing, by=by, because="Its mentor is ill.", at=timezone.now())
    return contribution


def move_contribution(client, contribution: Contribution, to: Listing):
    client.force_login(contribution.applicant)
    address = reverse("applications:move_contribution", args=[contribution.pk])
    return client.post(address, {"to": to.pk}, follow=True)


def test_a_contribution_without_an_application_can_be_moved(client):
    contribution = left_behind()
    to = make.listing(make.participation(contribution.round))

    page = move_contribution(client, contribution, to)

    contribution.refresh_from_db()
    event = Event.objects.about(contribution).get(deed="contribution_moved")
    assert (contribution.listing, contribution.mark) == (to, "")
    assert (event.before["mark"], event.after) == ("counts", {"listing": to.pk})
    assert "can see it now" in page.text


def test_her_page_leads_to_where_a_contribution_left_behind_is_moved(client):
    contribution = left_behind()
    client.force_login(contribution.applicant)

    page = client.get(reverse("applications:home"))

    assert reverse("applications:move_contribution", args=[contribution.pk]) in page.text


def test_a_contribution_can_go_where_she_applies_though_newcomers_cannot(client):
    contribution = left_behind()
    participation = make.participation(contribution.round)
    closed_to_her = make.listing(participation, closed_to_newcomers_at=timezone.now())
    hers = make.listing(participation, closed_to_newcomers_at=timezone.now())
    make.application(hers, contribution.applicant)

    page = move_contribution(client, contribution, closed_to_her)
    move_contribution(client, contribution, hers)

    contribution.refresh_from_db()
    assert "You cannot begin at this project any more." in page.text
    assert contribution.listing == hers


def test_after_her_week_a_contribution_stays(client):
    contribution = left_behind()
    to = make.listing(make.participation(contribution.round))
    scenarios.reach(contribution.round, "selection_closes_at")

    page = move_contribution(client, contribution, to)

    contribution.refresh_from_db()
    assert "The time to move it ended" in page.text
    assert contribution.listing != to


def test_a_contribution_to_a_project_that_is_offered_stays(client):
    contribution = make.contribution()
    to = make.listing(make.participation(contribution.round))

    page = move_contribution(client, contribution, to)

    assert page.status_code == 404
