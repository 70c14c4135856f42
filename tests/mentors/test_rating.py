"""Ratings and comments: private, one rating a mentor, and others' only after one's own."""

import pytest
from django.urls import reverse

from mentors import actions, permissions
from mentors.models import Comment, Rating
from opw.audit.models import Event
from opw.errors import Refused
from opw.rounds.models import Phase
from tests import make

pytestmark = pytest.mark.django_db


def test_a_mentor_rates_once_and_may_change_her_mind():
    application = make.application()
    mentor, at = make.mentor_of(application.listing), application.round.applications_close_at

    for score in (2, 5):
        actions.rate(application=application, by=mentor, score=score, reasons=f"Because of {score}.", at=at)

    rating = Rating.objects.get()
    events = Event.objects.about(rating)
    assert (rating.mentor, rating.score, rating.reasons) == (mentor, 5, "Because of 5.")
    assert [(event.deed, event.round_id) for event in events] == [("application_rated", application.round.pk)] * 2


def test_ratings_stay_as_they_are_after_the_release():
    application = make.application(make.listing(make.participation(phase=Phase.ANNOUNCED)))

    with pytest.raises(Refused, match="ratings stay"):
        actions.rate(
            application=application,
            by=make.mentor_of(application.listing),
            score=1,
            reasons="Late.",
            at=application.round.announcement_at,
        )

    assert not Rating.objects.exists()


def ratings_seen(client, application, reader) -> list[int] | None:
    """The scores on the application's page as this reader gets it; None where they are hidden."""
    client.force_login(reader)
    shown = client.get(reverse("mentors:application", args=[application.pk])).context["ratings"]
    return None if shown is None else sorted(rating.score for rating in shown)


def test_others_ratings_show_once_ones_own_is_given(client):
    application = make.application()
    first, second = make.mentor_of(application.listing), make.user()
    make.mentorship(application.listing.project, second)
    make.rating(application, first, score=2)

    before = ratings_seen(client, application, second)
    make.rating(application, second, score=5)
    after = ratings_seen(client, application, second)

    assert (before, after) == (None, [2, 5])


def test_coordinators_see_ratings_and_give_none(client):
    application = make.application()
    make.rating(application, score=2)
    coordinator, program = make.coordinator_of(application.listing), make.program_coordinator()

    seen = [ratings_seen(client, application, reader) for reader in (coordinator, program)]

    assert seen == [[2], [2]]
    assert not permissions.may_rate(coordinator, application)
    assert not permissions.may_rate(program, application)


def test_a_coordinator_who_mentors_the_project_gives_her_own_rating_first(client):
    application = make.application()
    make.rating(application, score=2)
    coordinator = make.coordinator_of(application.listing)
    make.mentorship(application.listing.project, coordinator)

    before = ratings_seen(client, application, coordinator)
    make.rating(application, coordinator, score=3)
    after = ratings_seen(client, application, coordinator)

    assert (before, after) == (None, [2, 3])


@pytest.mark.parametrize("score", ["0", "6", "", "x", "4.5"])
def test_a_rating_is_1_to_5(client, score):
    application = make.application()
    client.force_login(make.mentor_of(application.listing))

    page = client.post(reverse("mentors:rate", args=[application.pk]), {"score": score, "reasons": "Her tests."})

    assert page.status_code == 200
    assert ["Choose one of the five." in page.text, "Her tests." in page.text] == [True, True]
    assert not Rating.objects.exists()


def test_every_number_stands_there_with_its_words(client):
    application = make.application()
    client.force_login(make.mentor_of(application.listing))

    page = client.get(reverse("mentors:application", args=[application.pk])).text

    assert page.count('type="radio"') == 5
    assert [str(label) in page for label in Rating.Score.labels] == [True] * 5


def test_a_rating_without_reasons_keeps_its_score(client):
    application = make.application()
    client.force_login(make.mentor_of(application.listing))

    page = client.post(reverse("mentors:rate", args=[application.pk]), {"score": "2", "reasons": " "})

    assert page.context["rating_form"].errors.keys() == {"reasons"}
    assert page.context["rating_form"]["score"].value() == "2"
    assert not Rating.objects.exists()


def test_a_comment_is_read_by_the_listings_mentors_and_coordinators(client):
    application = make.application()
    mentor = make.mentor_of(application.listing)

    actions.comment(application=application, by=mentor, body="Knows her C.", at=application.round.applications_close_at)

    pages = []
    for reader in (mentor, make.coordinator_of(application.listing), make.program_coordinator()):
        client.force_login(reader)
        pages.append(client.get(reverse("mentors:application", args=[application.pk])))
    assert ["Knows her C." in page.text for page in pages] == [True, True, True]
    assert Event.objects.about(Comment.objects.get()).get().round_id == application.round.pk


def test_the_applicant_reads_neither_comments_nor_ratings(client):
    application = make.application()
    make.rating(application)
    Comment.objects.create(application=application, author=make.mentor_of(application.listing), body="Knows her C.")
    client.force_login(application.applicant)

    own = client.get(reverse("applications:application", args=[application.pk]))
    theirs = client.get(reverse("mentors:application", args=[application.pk]))

    assert (own.status_code, theirs.status_code) == (200, 404)
    assert "Knows her C." not in own.text
    assert "Worth 4" not in own.text
