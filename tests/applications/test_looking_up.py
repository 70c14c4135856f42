"""What forges say of contributions: asked by a sweep, seldom, and only where the portal is set to ask."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from applications import actions, tasks
from applications.links import read
from applications.links.states import Found, found_in
from applications.models import Contribution
from opw.fetch import Fetched
from opw.rounds.models import Phase
from tests import make
from tests.forge import INSIDE, Forge, forge

DAY = timedelta(days=1)


@pytest.fixture
def here(db) -> Iterator[Forge]:
    cache.clear()
    with forge() as server:
        yield server
    cache.clear()


def sweep(here: Forge, *, after: timedelta = timedelta(0)) -> None:
    actions.look_up_due_links(fetcher=here.fetcher(), now=timezone.now() + after)


def told(contribution: Contribution) -> tuple[str, str]:
    contribution.refresh_from_db()
    return contribution.link_state, contribution.link_title


def json_of(**facts: object) -> Fetched:
    return Fetched("", 200, "application/json; charset=utf-8", json.dumps(facts).encode())


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"state": "open", "title": "Mend it", "pull_request": {"merged_at": None}}, Found("open", "Mend it")),
        ({"state": "closed", "title": "Mend it", "pull_request": {"merged_at": "2013"}}, Found("merged", "Mend it")),
        ({"state": "closed", "title": "Mend it", "pull_request": {"merged": True}}, Found("merged", "Mend it")),
        ({"state": "closed", "title": "Mend it", "pull_request": None}, Found("closed", "Mend it")),
        ({"state": "opened", "title": "Mend it"}, Found("open", "Mend it")),
        ({"state": "merged", "title": "Mend it"}, Found("merged", "Mend it")),
        ({"state": ["open"], "title": {"a": 1}}, Found()),
        ({"state": "open", "title": "a\u202eb\nc" + "d" * 300}, Found("open", "a b c" + "d" * 194 + "…")),
        ({}, Found()),
    ],
)  # fmt: skip
def test_an_answer_to_machines_is_read(facts, found):
    assert found_in(json_of(**facts)) == found


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("<html><head><title> Mend &amp; \n test </title></head>", "Mend & test"),
        ("<title>One</title><svg><title>Two</title></svg>", "One"),
        ("<title lang='en'>&lt;script&gt;alert(1)&lt;/script&gt;</title>", "<script>alert(1)</script>"),
        ("<title>never closed", "never closed"),
        ("no title", ""),
    ],
)
def test_the_title_of_a_page_is_read(page, title):
    assert found_in(Fetched("", 200, "text/html", page.encode())) == Found(title=title)


@pytest.mark.parametrize(
    "answer",
    [
        Fetched("", 404, "text/html", b"<title>Not found</title>"),
        Fetched("", 200, "image/png", b"<title>No</title>"),
        Fetched("", 200, "application/json", b"[1]"),
        Fetched("", 200, "application/json", b'{"state": "op'),
        Fetched("", 200, "application/json", b"[" * 100_000),
        Fetched("", 200, "", b""),
    ],
)
def test_an_answer_that_says_nothing(answer):
    assert found_in(answer) == Found()


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(), st.sampled_from(["text/html", "application/json"]))
def test_any_answer_is_read(body, content_type):
    found = found_in(Fetched("", 200, content_type, body))

    assert len(found.title) <= 200


@pytest.mark.parametrize(
    ("url", "api"),
    [
        ("https://github.com/a/b/pull/1", "https://api.github.com/repos/a/b/issues/1"),
        ("https://gitlab.com/g/s/t/-/merge_requests/2", "https://gitlab.com/api/v4/projects/g%2Fs%2Ft/merge_requests/2"),
        ("https://git.example.org/g/t/-/issues/3", "https://git.example.org/api/v4/projects/g%2Ft/issues/3"),
        ("https://codeberg.org/a/b/pulls/4", "https://codeberg.org/api/v1/repos/a/b/issues/4"),
        ("https://example.org/a", ""),
    ],
)  # fmt: skip
def test_where_a_forge_tells_machines(url, api):
    assert read(url).api == api


def test_a_sweep_writes_down_what_the_host_says(here):
    url = here.says("/1", '{"state": "closed", "merged_at": "2013", "title": "Mend it"}', "application/json")
    contribution = make.contribution(url=url)

    sweep(here)

    assert told(contribution) == ("merged", "Mend it")


def test_a_host_is_asked_once_a_minute_and_the_rest_stays_due(here):
    listing = make.listing()
    urls = [here.says(f"/{number}", f"<title>{number}</title>") for number in range(3)]
    contributions = [make.contribution(listing, url=url) for url in urls]

    sweep(here)
    sweep(here)
    first_minute = list(here.asked)
    cache.clear()
    sweep(here)

    assert first_minute == ["forge.example/0"]
    assert [told(one)[1] for one in contributions] == ["0", "1", ""]


def test_a_busy_host_keeps_no_other_waiting(here):
    listing = make.listing()
    for number in range(3):
        make.contribution(listing, url=here.says(f"/{number}", "<title>One</title>"))
    other = make.contribution(listing, url=here.url("/0", "other.example"))

    sweep(here)

    assert told(other) == ("", "One")


def test_what_is_known_is_asked_again_after_a_day_until_it_is_merged(here):
    url = here.says("/1", '{"state": "open", "title": "Mend it"}', "application/json")
    contribution = make.contribution(url=url)
    sweep(here)
    here.says("/1", '{"state": "merged", "title": "Mend it"}', "application/json")

    for days in (0.5, 1.1, 2.2, 3.3):
        cache.clear()
        sweep(here, after=days * DAY)

    assert told(contribution) == ("merged", "Mend it")
    assert len(here.asked) == 2


def test_a_host_that_fails_is_left_alone_for_a_day_and_what_it_said_stays(here):
    contribution = make.contribution(url=here.says("/1", "<title>Mend it</title>"))
    sweep(here)
    here.says("/1", "", status=500)

    for days in (1.1, 1.2):
        cache.clear()
        sweep(here, after=days * DAY)

    assert told(contribution) == ("", "Mend it")
    assert len(here.asked) == 2


def test_a_link_that_leads_inside_is_not_followed(here):
    here.says("/secret", "<title>A secret</title>")
    contribution = make.contribution(url=here.leads("/1", here.url("/secret", INSIDE)))

    sweep(here)

    assert told(contribution) == ("", "")
    assert here.asked == ["forge.example/1"]


def test_contributions_of_announced_rounds_are_left_alone(here):
    make.contribution(make.listing(make.participation(phase=Phase.ANNOUNCED)), url=here.says("/1", ""))

    sweep(here)

    assert here.asked == []


def test_nothing_is_asked_unless_the_portal_is_set_to(here, settings):
    contribution = make.contribution(url=here.says("/", "a").replace("forge.example", "127.0.0.1"))
    off = settings.LOOK_UP_LINKS

    tasks.look_up_due_links()
    contribution.refresh_from_db()
    untouched = contribution.looked_up_at
    settings.LOOK_UP_LINKS = True
    tasks.look_up_due_links()
    contribution.refresh_from_db()

    assert (off, untouched) == (False, None)
    assert contribution.looked_up_at is not None
    assert here.asked == []  # this machine is not the public network


def test_pages_show_what_was_found_as_text(client, here):
    found = '{"state": "merged", "title": "<script>alert(1)</script>"}'
    contribution = make.contribution(url=here.says("/1", found, "application/json"))
    sweep(here)

    pages = []
    for person, address in (
        (contribution.applicant, reverse("applications:home")),
        (make.mentor_of(contribution.listing), reverse("mentors:listing", args=[contribution.listing.pk])),
    ):
        client.force_login(person)
        pages.append(client.get(address).text)

    assert ["merged there" in page for page in pages] == [True, True]
    assert ["<script>alert" in page for page in pages] == [False, False]
