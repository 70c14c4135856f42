"""Saving without the button: the same draft, kept by the same rules, told to a script."""

from datetime import datetime, timedelta
from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone

from applications import actions
from applications.models import Application, InitialApplication
from tests import make

pytestmark = pytest.mark.django_db


def autosave(listing) -> str:
    return reverse("applications:autosave", args=[listing.pk])


def typed(why: str, *, version: int = 0, page: str = "one") -> dict[str, str]:
    return {"why": why, "version": str(version), "page": page}


def test_what_is_typed_is_the_draft_and_the_script_learns_its_version(client):
    listing = make.listing()
    client.force_login(make.user())

    said = client.post(autosave(listing), typed("I boot it.")).json()

    application = Application.objects.get()
    assert (application.draft["why"], application.status) == ("I boot it.", Application.Status.DRAFT)
    assert said["version"] == application.draft_version == 1
    assert abs(datetime.fromisoformat(said["saved_at"]) - timezone.now()) < timedelta(minutes=1)


def test_a_step_of_the_initial_application_is_saved_and_the_others_stay(client):
    round = make.round()
    client.force_login(make.user())
    steps = [reverse("applications:autosave_step", args=[round.slug, step]) for step in (1, 3)]

    first = client.post(steps[0], {"of_age": "yes", "version": 0, "page": "one"})
    third = client.post(steps[1], {"experience": "C.", "version": 1, "page": "two"})

    draft = InitialApplication.objects.get().draft
    assert (first.json()["version"], third.json()["version"]) == (1, 2)
    assert (draft["of_age"], draft["experience"]) == ("yes", "C.")


def test_there_is_no_step_beyond_the_last(client):
    round = make.round()
    client.force_login(make.user())

    said = client.post(reverse("applications:autosave_step", args=[round.slug, 99]), {"version": 0})

    assert said.status_code == 404


def test_saving_never_submits(client):
    listing = make.listing()
    client.force_login(make.initial_application(round=listing.round).applicant)

    client.post(autosave(listing), make.ANSWERS | {"version": "0"})

    assert Application.objects.get().status == Application.Status.DRAFT


def test_newer_text_of_another_page_is_not_written_over(client):
    listing = make.listing()
    client.force_login(make.user())
    client.post(autosave(listing), typed("In the first window.", page="one"))

    said = client.post(autosave(listing), typed("In the second window.", page="two"))

    assert (said.status_code, list(said.json())) == (409, ["message"])
    assert Application.objects.get().draft["why"] == "In the first window."


def test_a_page_goes_on_although_it_never_heard_that_its_last_save_arrived(client):
    listing = make.listing()
    client.force_login(make.user())
    client.post(autosave(listing), typed("One word", version=0))

    said = client.post(autosave(listing), typed("One word more", version=0))

    assert (said.status_code, said.json()["version"]) == (200, 2)
    assert Application.objects.get().draft["why"] == "One word more"


def test_a_page_does_not_go_on_over_what_another_one_saved_since(client):
    listing = make.listing()
    client.force_login(make.user())
    client.post(autosave(listing), typed("Mine.", version=0, page="one"))
    client.post(autosave(listing), typed("Hers.", version=1, page="two"))

    said = client.post(autosave(listing), typed("Mine, and more.", version=1, page="one"))

    assert said.status_code == 409
    assert Application.objects.get().draft["why"] == "Hers."


def test_a_save_that_waited_longer_than_the_next_one_changes_nothing():
    listing, by = make.listing(), make.user()
    now = listing.round.applications_open_at + timedelta(days=1)
    save = partial(actions.save_application, listing=listing, by=by, seen_version=0, page="one")
    save(answers={"why": "Newer."}, received_at=now)

    save(answers={"why": "Older."}, received_at=now - timedelta(seconds=1))

    assert Application.objects.get().draft == {"why": "Newer."}


@pytest.mark.parametrize("version", ["", "x", "-1"])
def test_a_version_that_is_none_is_refused_in_words(client, version):
    listing = make.listing()
    client.force_login(make.user())

    said = client.post(autosave(listing), {"why": "I boot it.", "version": version})

    assert (said.status_code, list(said.json())) == (400, ["message"])
    assert not Application.objects.exists()


def test_who_cannot_begin_is_told(client):
    listing = make.listing()
    client.force_login(make.mentor_of(listing))

    said = client.post(autosave(listing), typed("Mine."))

    assert (said.status_code, said.json()) == (400, {"message": "You mentor this project, so you cannot apply to it."})
