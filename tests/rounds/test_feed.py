"""What happens in the rounds, for whoever follows it with a reader of feeds."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from opw.rounds.models import Phase
from tests import make, scenarios

pytestmark = pytest.mark.django_db


def entries(client) -> list[tuple[str, str]]:
    """Each entry's title and id."""
    page = client.get(reverse("rounds:feed"))
    assert page["Content-Type"] == "application/atom+xml; charset=utf-8"
    return re.findall(r"<entry><title>(.*?)</title>.*?<id>(.*?)</id>", page.content.decode())


def test_a_round_is_news_when_it_is_published_and_when_its_interns_are_announced(client):
    round = make.round(Phase.ANNOUNCED)

    found = entries(client)

    assert found == [
        (f"The interns of {round} are announced", f"tag:localhost,2013:rounds/{round.slug}/announced"),
        (f"{round} is published", f"tag:localhost,2013:rounds/{round.slug}/published"),
    ]


def test_results_are_no_news_before_they_are_released_however_late(client):
    round = make.round(Phase.SELECTION)
    scenarios.reach(round, "announcement_at", now=timezone.now() - timedelta(hours=1))

    found = entries(client)

    assert [title for title, _ in found] == [f"{round} is published"]


def test_a_round_that_is_not_published_is_no_news(client):
    make.round(**make.schedule(Phase.OPEN, now=timezone.now() + timedelta(days=100)))

    assert entries(client) == []


@pytest.mark.parametrize("name", ["rounds:detail", "projects:interns"])
def test_a_rounds_pages_name_the_feed(client, name):
    round = make.round(Phase.ANNOUNCED)

    page = client.get(reverse(name, args=[round.slug]))

    assert (
        f'type="application/atom+xml" title="Rounds and their announcements" href="{reverse("rounds:feed")}"'
        in page.text
    )
