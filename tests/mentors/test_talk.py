"""An application's page: what the applicant reads stands apart from what she never reads; what happened, in order."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mentors.models import Comment
from tests import make

pytestmark = pytest.mark.django_db


def sections(page: str) -> dict[str, str]:
    """The two talks of a page by their class."""
    found = re.findall(r'<section class="(talk[^"]*)".*?</section>', page, re.DOTALL)
    bodies = re.findall(r'<section class="talk[^"]*".*?</section>', page, re.DOTALL)
    return dict(zip(found, bodies, strict=True))


def test_messages_and_the_private_thread_are_two_rooms_that_say_who_reads(client):
    application = make.application()
    mentor = make.mentor_of(application.listing)
    make.message(application.listing, application.applicant, body="Which driver?")
    Comment.objects.create(application=application, author=mentor, body="Slow, but good.")
    client.force_login(mentor)

    rooms = sections(client.get(reverse("mentors:application", args=[application.pk])).text)

    assert list(rooms) == ["talk", "talk private"]
    assert ["Which driver?" in room for room in rooms.values()] == [True, False]
    assert ["Slow, but good." in room for room in rooms.values()] == [False, True]
    assert ["The applicant reads this" in room for room in rooms.values()] == [True, False]
    assert ["The applicant never reads this" in room for room in rooms.values()] == [False, True]
    assert ["<textarea" in room for room in rooms.values()] == [False, True]  # one writes to her on a page of its own


def test_one_writes_to_the_applicant_on_a_page_where_nothing_is_private(client):
    application = make.application()
    client.force_login(make.mentor_of(application.listing))

    page = client.get(reverse("mentors:messages", args=[application.listing_id, application.applicant_id])).text

    assert list(sections(page)) == ["talk"]
    assert "Message that the applicant reads" in page
    assert f'href="{reverse("mentors:application", args=[application.pk])}#private"' in page


def test_what_happened_is_a_dated_list_the_oldest_first(client):
    application = make.application(contributed=False)
    mentor, now = make.mentor_of(application.listing), timezone.now()
    patch = make.contribution(application.listing, application.applicant, recorded_at=now - timedelta(days=9))
    patch.markings.create(mark="needs_work", by=mentor, at=now - timedelta(days=8))
    patch.markings.create(mark="counts", by=mentor, at=now - timedelta(days=7))
    application.answers = make.ANSWERS | {"why": "Another word."}
    application.save()
    application.save()

    client.force_login(mentor)
    page = client.get(reverse("mentors:application", args=[application.pk]))

    assert [one.words for one in page.context["course"]] == [
        "patch recorded", f"{mentor}: needs work", f"{mentor}: counts", "submitted the application",
        "changed the application",
    ]  # fmt: skip
