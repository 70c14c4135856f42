"""Visitors share pages for some seconds; nobody else does, and nothing is shown longer than it is true."""

import gzip
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from opw.rounds.models import Phase, Round
from opw.site.visitors import VisitorsPages
from tests import make

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
HOME = "/"


@pytest.fixture(autouse=True)
def _pages_are_kept(settings: Settings) -> None:
    settings.VISITORS_PAGES_KEPT_FOR = 10
    caches["pages"].clear()


def kept() -> dict[str, object]:
    return dict(vars(caches["pages"])["_cache"])


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


def test_the_second_visitor_reads_what_the_first_one_read():
    make.listing()
    address = reverse("projects:list")

    first, second = Client().get(address), Client().get(address)

    assert (second.content, second.headers) == (first.content, first.headers)
    assert queries(Client(), address) == 0


def test_a_page_is_kept_for_seconds():
    round = make.round(Phase.OPEN)
    now = round.applications_open_at + timedelta(days=1)
    with time_machine.travel(now, tick=False) as clock:
        Client().get(HOME)
        Round.objects.update(name="Round 99")
        clock.shift(9 * SECOND)
        before = Client().get(HOME).text
        clock.shift(SECOND)
        after = Client().get(HOME).text

    assert ("Round 99" in before, "Round 99" in after) == (False, True)


def test_a_page_is_not_kept_past_a_deadline():
    round = make.round(Phase.OPEN)
    with time_machine.travel(round.applications_close_at - SECOND, tick=False) as clock:
        Client().get(HOME)
        clock.shift(SECOND)

        assert queries(Client(), HOME) > 0


def test_the_release_is_seen_at_once():
    round = make.round(Phase.SELECTION)
    address = reverse("projects:interns", args=[round.slug])
    with time_machine.travel(round.announcement_at - SECOND, tick=False) as clock:
        Client().get(address)
        clock.shift(SECOND)
        due = Client().get(address).text
        Round.objects.update(released_at=round.announcement_at)
        released = Client().get(address).text

    assert ("Results on" in due, "Nobody was accepted in this round" in released) == (True, True)


def test_who_is_signed_in_shares_no_page_with_visitors():
    person, address = make.user(name="Ada Lovelace"), reverse("communities:list")
    signed_in = Client()
    signed_in.force_login(person)

    visitor = Client().get(address).text
    hers = signed_in.get(address).text
    other = Client().get(address).text

    assert ["Ada Lovelace" in page for page in (visitor, hers, other)] == [False, True, False]
    assert queries(signed_in, address) > 0


@pytest.mark.parametrize("name", ["account_login", "account_signup", "site:healthz"])
def test_a_page_with_a_form_or_of_the_moment_is_not_kept(name):
    first, second = Client().get(reverse(name)), Client().get(reverse(name))

    assert first.has_header("Content-Encoding") is second.has_header("Content-Encoding") is False
    assert kept() == {}


def test_a_page_that_sets_a_cookie_is_one_visitors_own():
    def form(request: HttpRequest) -> HttpResponse:
        page = HttpResponse("a form with its token " * 20)
        page.set_cookie("csrf", "a token")
        return page

    request = RequestFactory().get("/", headers={"Accept-Encoding": "gzip"})
    request.received_at = timezone.now()  # type: ignore[attr-defined]  # as ReceivedAt notes it

    page = VisitorsPages(form)(request)

    assert (page.has_header("Content-Encoding"), kept()) == (False, {})


def test_a_search_is_not_kept():
    make.listing()

    Client().get(reverse("projects:list"), {"q": "boot"})

    assert kept() == {}


def test_pages_without_secrets_are_compressed():
    make.listing()
    address, reads = reverse("projects:list"), {"Accept-Encoding": "gzip"}
    signed_in = Client()
    signed_in.force_login(make.user())

    plain = Client().get(address)
    compressed = [Client().get(address, headers=reads) for _ in range(2)]
    private = signed_in.get(address, headers=reads)

    assert [gzip.decompress(page.content) for page in compressed] == [plain.content] * 2
    assert [page["Content-Encoding"] for page in compressed] == ["gzip"] * 2
    assert not private.has_header("Content-Encoding")


def test_a_kept_page_is_guarded_like_any_other():
    first, second = Client().get(HOME), Client().get(HOME)

    assert second["Content-Security-Policy"] == first["Content-Security-Policy"]
    assert second["X-Frame-Options"] == "DENY"
