"""Writing in the browser: drafts, the round's rules, and a text that survives every way out."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from applications.models import Application
from opw.accounts.models import User
from projects.models import Listing
from tests import make, scenarios
from tests.look.page import element

pytestmark = pytest.mark.django_db


def write(listing: Listing) -> str:
    return reverse("applications:write", args=[listing.pk])


def typed(*, seen: int = 0, **answers: str) -> dict[str, str]:
    return make.ANSWERS | answers | {"version": str(seen)}


def eligible(listing: Listing) -> User:
    return make.initial_application(round=listing.round).applicant


def test_a_draft_may_lack_anything_and_be_too_long(client):
    listing = make.listing()
    client.force_login(make.user())
    long = "word " * 1000

    page = client.post(write(listing), {"why": long, "version": "0", "save": "yes"})

    assert page["Location"] == reverse("applications:home")
    assert Application.objects.get().draft == {"why": long.strip(), "background": "", "plan": ""}


def test_a_draft_is_there_again_when_the_page_is_opened(client):
    listing = make.listing()
    client.force_login(make.user())
    client.post(write(listing), typed(why="My own words.") | {"save": "yes"})

    page = client.get(write(listing))

    assert element(page.text, "textarea", name="why").text == "My own words."
    assert element(page.text, "input", name="version").attrs["value"] == "1"


@pytest.mark.parametrize(
    ("answers", "field", "refusal"),
    [
        ({"plan": ""}, "plan", "This field is required."),
        ({"why": "word " * 301}, "why", "301 words are too many; 300 are asked for at most."),
    ],
    ids=["missing", "too long"],
)
def test_submitting_holds_to_the_rounds_rules_and_keeps_the_text_on_the_page(client, answers, field, refusal):
    listing = make.listing()
    client.force_login(eligible(listing))

    page = client.post(write(listing), typed(background="An hour of typing.", **answers) | {"submit": "yes"})

    assert page.status_code == 200
    assert page.context["form"].errors[field] == [refusal]
    assert "An hour of typing." in page.text
    assert not Application.objects.submitted().exists()


def test_as_many_words_as_are_asked_for_are_submitted(client):
    listing = make.listing()
    client.force_login(eligible(listing))

    client.post(write(listing), typed(why=("word " * 300).strip()) | {"submit": "yes"})

    assert Application.objects.submitted().count() == 1


def test_a_submission_that_comes_too_late_says_so_and_is_kept(client):
    listing = make.listing()
    client.force_login(eligible(listing))
    scenarios.reach(listing.round, "applications_close_at")

    page = client.post(write(listing), typed(why="An hour of typing.") | {"submit": "yes"})

    application = Application.objects.get()
    assert page.status_code == 200
    assert "The deadline for applications has passed" in page.text
    assert element(page.text, "textarea", name="why").text == "An hour of typing."
    assert (application.status, application.draft["why"]) == (Application.Status.DRAFT, "An hour of typing.")


def test_after_a_refusal_one_goes_on_from_the_same_page(client):
    listing, applicant = make.listing(), make.user()
    client.force_login(applicant)
    refused = client.post(write(listing), typed() | {"submit": "yes"})
    make.initial_application(applicant, listing.round)

    seen = element(refused.text, "input", name="version").attrs["value"] or ""
    page = client.post(write(listing), typed(seen=int(seen), why="Changed since.") | {"submit": "yes"})

    assert "Submit your initial application first" in refused.text
    assert page.status_code == 302
    assert Application.objects.get().answers["why"] == "Changed since."


def test_a_stale_page_shows_both_texts_and_saves_what_is_put_together(client):
    listing = make.listing()
    client.force_login(make.user())
    client.post(write(listing), typed(why="In the first window.") | {"save": "yes"})

    stale = client.post(write(listing), typed(why="In the second window.") | {"save": "yes"})
    seen = element(stale.text, "input", name="version").attrs["value"] or ""
    page = client.post(write(listing), typed(seen=int(seen), why="Of both windows.") | {"save": "yes"})

    assert "In the first window." in stale.text
    assert element(stale.text, "textarea", name="why").text == "In the second window."
    assert page.status_code == 302
    assert Application.objects.get().draft["why"] == "Of both windows."


class AnHourInTheQueue:
    """A middleware in place of a server so busy that a request waits after it arrived."""

    clock: ClassVar[Any] = None

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if AnHourInTheQueue.clock and request.method == "POST":
            AnHourInTheQueue.clock.shift(3600)
        return self.get_response(request)


@pytest.mark.parametrize(
    ("arrives", "status"),
    [(timedelta(seconds=-1), Application.Status.SUBMITTED), (timedelta(0), Application.Status.DRAFT)],
    ids=["a second before", "at the deadline"],
)
def test_the_moment_a_request_arrives_decides_not_when_it_is_done(
    client, settings, time_machine, monkeypatch, arrives, status
):
    listing = make.listing()
    applicant = eligible(listing)
    received_at, *others = settings.MIDDLEWARE
    settings.MIDDLEWARE = [received_at, f"{__name__}.AnHourInTheQueue", *others]
    time_machine.move_to(listing.round.applications_close_at + arrives, tick=False)
    client.force_login(applicant)
    monkeypatch.setattr(AnHourInTheQueue, "clock", time_machine)

    client.post(write(listing), typed() | {"submit": "yes"})

    assert Application.objects.get().status == status


def test_what_is_too_long_to_submit_is_saved_as_a_draft(client):
    listing = make.listing()
    client.force_login(eligible(listing))

    page = client.post(write(listing), typed(why="word " * 301) | {"submit": "yes"})
    seen = element(page.text, "input", name="version").attrs["value"] or ""
    mended = client.post(write(listing), typed(seen=int(seen), why="word") | {"submit": "yes"})

    assert "Your text is saved as a draft" in page.text
    assert page.context["form"].errors == {"why": ["301 words are too many; 300 are asked for at most."]}
    assert mended.status_code == 302
    assert Application.objects.get().answers["why"] == "word"


def test_of_two_texts_only_what_differs_stands_side_by_side(client):
    listing = make.listing()
    client.force_login(make.user())
    client.post(write(listing), typed(why="In the first window.") | {"save": "yes"})

    stale = client.post(write(listing), typed(why="In the second window.") | {"submit": "yes"})

    others = [other for _, other in stale.context["versions"]]
    assert others == ["In the first window.", None, None]


@pytest.mark.parametrize("version", ["", "x", "-1"])
def test_a_version_that_is_none_changes_nothing(client, version):
    listing = make.listing()
    client.force_login(eligible(listing))

    page = client.post(write(listing), typed() | {"version": version, "submit": "yes"})

    assert page.status_code == 200
    assert not Application.objects.exists()


def test_a_form_takes_no_answer_to_a_question_it_does_not_ask(client):
    listing = make.listing()
    client.force_login(eligible(listing))

    client.post(write(listing), typed(status="accepted", outcome="accepted", rank="7") | {"submit": "yes"})

    application = Application.objects.get()
    assert application.answers == make.ANSWERS
    assert (application.outcome, application.rank) == ("", 1)
