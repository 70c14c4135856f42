"""Revisions and series: contributions that belong together stand together, the newest first."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from applications.models import Contribution
from applications.works import works_in
from tests import make

pytestmark = pytest.mark.django_db


def works_of(*titles: str) -> list[list[str]]:
    """The works that these make up, recorded in this order an hour apart by one person."""
    listing, applicant = make.listing(), make.user()
    opened_at = listing.round.applications_open_at
    for hour, title in enumerate(titles):
        make.contribution(listing, applicant, title=title, recorded_at=opened_at + timedelta(hours=hour))
    return [[one.title for one in work.contributions] for work in works_in(Contribution.objects.all())]


@pytest.mark.parametrize(
    ("recorded", "works"),
    [
        (["[PATCH] a", "[PATCH v2] a", "[PATCH v3] A "], [["[PATCH v3] A ", "[PATCH v2] a", "[PATCH] a"]]),
        (["[PATCH v2] a", "[PATCH] a"], [["[PATCH v2] a", "[PATCH] a"]]),
        (["a", "[v2] a"], [["[v2] a", "a"]]),
        (["[PATCH 2/2] b", "[PATCH 1/2] a"], [["[PATCH 1/2] a", "[PATCH 2/2] b"]]),
        (
            ["[PATCH 1/2] a", "[PATCH 2/2] b", "[PATCH v2 3/3] c", "[PATCH v2 1/3] a"],
            [["[PATCH v2 1/3] a", "[PATCH v2 3/3] c", "[PATCH 1/2] a", "[PATCH 2/2] b"]],
        ),
        (
            ["[PATCH 1/2] a", "[PATCH 2/2] b", "[PATCH 1/2] c", "[PATCH 2/2] d"],
            [["[PATCH 1/2] c", "[PATCH 2/2] d"], ["[PATCH 1/2] a", "[PATCH 2/2] b"]],
        ),
        (["[PATCH 1/2] a", "[PATCH 1/3] b"], [["[PATCH 1/3] b"], ["[PATCH 1/2] a"]]),
        (["[PATCH] a", "[PATCH] b"], [["[PATCH] b"], ["[PATCH] a"]]),
        (["Fix a typo", "Fix a typo"], [["Fix a typo"], ["Fix a typo"]]),
        (["a", "b"], [["b"], ["a"]]),
        ([], []),
    ],
)
def test_what_belongs_together_is_one_work(recorded, works):
    assert works_of(*recorded) == works


def test_works_of_two_people_and_of_two_projects_stand_apart():
    listing, applicant = make.listing(), make.user()
    make.contribution(listing, applicant, title="[PATCH] a")
    make.contribution(listing, make.user(), title="[PATCH v2] a")
    make.contribution(make.listing(listing.participation), applicant, title="[PATCH v3] a")

    works = works_in(Contribution.objects.all())

    assert len(works) == 3


def test_a_series_is_called_as_its_cover_letter():
    listing, applicant = make.listing(), make.user()
    for title in ("[PATCH 1/2] a", "[PATCH 0/2] Mend the driver"):
        make.contribution(listing, applicant, title=title)

    (work,) = works_in(Contribution.objects.all())

    assert work.title == "Mend the driver"


def titles_on(page) -> list[str]:
    """The titles of contributions on a page, in their order."""
    return re.findall(r'rel="nofollow noopener ugc">([^<]+)</a>', page.text)


@pytest.fixture
def series():
    """Two versions of a patch and a later report, by one person."""
    listing, applicant = make.listing(), make.user()
    application = make.application(listing, applicant, contributed=False)
    for title in ("[PATCH] a", "A report", "[PATCH v2] a"):
        make.contribution(listing, applicant, title=title)
    return application


IN_ORDER = ["[PATCH v2] a", "[PATCH] a", "A report"]


def test_her_page_shows_versions_of_a_work_together(client, series):
    client.force_login(series.applicant)

    home = client.get(reverse("applications:home"))
    page = client.get(reverse("applications:application", args=[series.pk]))

    assert (titles_on(home), titles_on(page)) == (IN_ORDER, IN_ORDER)
    assert "2 versions" in home.text


def test_mentors_see_versions_of_a_work_together(client, series):
    client.force_login(make.mentor_of(series.listing))

    listing = client.get(reverse("mentors:listing", args=[series.listing.pk]))
    page = client.get(reverse("mentors:application", args=[series.pk]))

    assert (titles_on(listing), titles_on(page)) == (IN_ORDER, IN_ORDER)
    assert "2 versions" in listing.text
