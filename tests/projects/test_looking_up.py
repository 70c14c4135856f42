"""Whether the links in references lead somewhere: asked by a sweep, seldom, and only where the portal is set to ask."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache

from opw.fetch import may_be_asked_now
from projects import actions, tasks
from projects.models import Project, Reference, links_in
from projects.readiness import advice
from tests import make
from tests.forge import INSIDE, Forge, forge

START = datetime(2013, 11, 2, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def here(db) -> Iterator[Forge]:
    cache.clear()
    with forge() as server:
        yield server
    cache.clear()


def sweep(here: Forge, *, after: timedelta = timedelta(0)) -> None:
    """A sweep so much later, when no host was asked a moment ago."""
    cache.clear()
    actions.look_up_due_references(fetcher=here.fetcher(), now=START + after)


def said(project: Project) -> list[str]:
    """What the advice says of links that lead nowhere."""
    words = [check.missing for check in advice(Project.objects.get(pk=project.pk), START.date())]
    return [line for line in words if line.startswith("A link")]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("See https://a.example/x, and <HTTP://b.example/y>.", ["https://a.example/x", "HTTP://b.example/y"]),
        ("[Boot](https://a.example/x). [it](https://a.example/y),[z](https://a.example/z)",
         ["https://a.example/x", "https://a.example/y", "https://a.example/z"]),
        ("[One](https://a.example/x_(y)) (https://a.example/z)", ["https://a.example/x_(y)", "https://a.example/z"]),
        ('[A](https://a.example/x "title") **https://a.example/y**', ["https://a.example/x", "https://a.example/y"]),
        ("https://a.example/x https://a.example/x", ["https://a.example/x"]),
        ("ftp://a.example/ mailto:a@example.org https:// https://a.example/ü", []),
        (f"https://a.example/{2000 * 'x'} https://a.example/\x01", ["https://a.example/"]),
    ],
)  # fmt: skip
def test_links_are_read_as_people_write_them(text, links):
    assert links_in(text) == links


def test_only_the_first_links_of_an_idea_are_looked_at():
    assert len(links_in(" ".join(f"https://a.example/{number}" for number in range(1000)))) == 20


@pytest.mark.parametrize("status", [404, 410])
def test_what_its_host_says_is_not_there_is_named_at_once_with_the_day(here, status):
    url = here.says("/1", "", status=status)
    project = make.idea(references=f"[Read this]({url}).")

    sweep(here)

    assert said(project) == [f"A link led nowhere on November 2, 2013: {url}"]


def test_what_fails_is_named_when_it_fails_a_day_later_too(here):
    project = make.idea(references=here.says("/1", "", status=503))

    named = []
    for after in (0 * HOUR, 23 * HOUR, 24 * HOUR):
        sweep(here, after=after)
        named.append(len(said(project)))

    assert named == [0, 0, 1]
    assert len(here.asked) == 2


def test_a_host_without_an_address_is_named_on_the_second_day(here):
    here.names["gone.example"] = ["127.0.0.1"]
    url = "http://gone.example:1/"  # nothing listens there
    project = make.idea(references=url)

    sweep(here)
    first = said(project)
    sweep(here, after=DAY)

    assert (first, said(project)) == ([], [f"A link led nowhere on November 3, 2013: {url}"])


@pytest.mark.parametrize("status", [200, 401, 403, 429])
def test_a_host_that_answers_proves_no_link_dead(here, status):
    project = make.idea(references=here.says("/1", "", status=status))

    sweep(here)
    sweep(here, after=8 * DAY)

    assert said(project) == []
    assert len(here.asked) == 2


def test_what_leads_inside_is_neither_followed_nor_named(here):
    here.says("/secret", "", status=404)
    project = make.idea(references=here.leads("/1", here.url("/secret", INSIDE)))

    for after in (0 * DAY, 8 * DAY):
        sweep(here, after=after)

    assert said(project) == []
    assert here.asked == ["forge.example/1", "forge.example/1"]


def test_a_link_is_looked_at_once_a_week_and_one_that_is_back_is_no_longer_named(here):
    project = make.idea(references=here.says("/1", "", status=404))
    sweep(here)
    here.says("/1", "Back")

    sweep(here, after=7 * DAY - HOUR)
    before = len(said(project))
    sweep(here, after=7 * DAY)

    assert (before, said(project)) == (1, [])
    assert len(here.asked) == 2


def test_one_failure_between_good_days_is_forgotten(here):
    project = make.idea(references=here.says("/1", "", status=500))
    sweep(here)
    here.says("/1", "Back")
    sweep(here, after=DAY)
    here.says("/1", "", status=500)

    sweep(here, after=8 * DAY)

    assert said(project) == []


def test_a_host_is_asked_once_a_minute_whoever_asks_and_keeps_no_other_waiting(here):
    urls = [here.says("/1", ""), here.says("/2", ""), here.url("/1", "other.example")]
    make.idea(references=" ".join(urls))
    sweep(here)
    actions.look_up_due_references(fetcher=here.fetcher(), now=START)
    first_minute = list(here.asked)

    sweep(here)

    assert first_minute == ["forge.example/1", "other.example/1"]
    assert here.asked == [*first_minute, "forge.example/2"]
    assert not may_be_asked_now("forge.example")


@pytest.mark.parametrize("state", ["draft", "archived", "withdrawn"])
def test_ideas_that_are_put_away_are_left_alone(here, state):
    make.idea(references=here.says("/1", ""), state=state)

    sweep(here)

    assert here.asked == []


def test_what_the_references_no_longer_say_is_not_named_and_then_forgotten(here):
    project = make.idea(references=here.says("/1", "", status=404))
    sweep(here)
    actions.edit_idea(project=project, by=make.user(), references="The manual.")

    at_once = said(project)
    kept = Reference.objects.count()
    sweep(here, after=HOUR)

    assert (at_once, kept, Reference.objects.count()) == ([], 1, 0)


def test_a_dead_link_is_advice_beside_the_idea_and_no_condition(client, here):
    url = here.says("/1?a&b", "", status=404)
    project = make.idea(references=url)
    sweep(here)

    page = client.get(project.get_absolute_url()).text

    before, _, after = page.partition("Good advice")
    words = f"A link led nowhere on November 2, 2013: {url.replace('&', '&amp;')}"
    assert (words in before, words in after) == (False, True)


def test_nothing_is_asked_unless_the_portal_is_set_to(here, settings):
    make.idea(references=here.says("/", "").replace("forge.example", "127.0.0.1"))
    off = settings.LOOK_UP_LINKS

    tasks.look_up_due_references()
    untouched = Reference.objects.count()
    settings.LOOK_UP_LINKS = True
    tasks.look_up_due_references()

    assert (off, untouched, Reference.objects.count()) == (False, 0, 1)
    assert here.asked == []  # this machine is not the public network
