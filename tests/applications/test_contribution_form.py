"""Recording a contribution in the browser: the link is enough to begin, and nothing is cut or lost on the way."""

from typing import Any

import pytest
from django.urls import reverse

from applications.models import Contribution
from opw.rounds.models import Phase
from tests import make

pytestmark = pytest.mark.django_db

PULL = "https://github.com/Xen/mini-os/pull/12/files"
MAIL = "https://lore.kernel.org/xen-devel/2013091012-1-ada@example.org/"
PATCH = {"kind": "patch", "title": "Mend the driver", "url": "https://git.example.org/pull/1"}


@pytest.fixture
def listing():
    return make.listing()


@pytest.fixture
def applicant(client):
    applicant = make.user()
    client.force_login(applicant)
    return applicant


@pytest.fixture
def post(client, listing, applicant):
    """Send the form as it is filled in, by the person who is signed in."""

    def send(**typed: Any):
        return client.post(reverse("applications:contribute", args=[listing.pk]), typed)

    return send


def shown(page) -> dict[str, str]:
    """What the form's fields hold on the page."""
    return {name: page.context["form"][name].value() for name in ("url", "kind", "title")}


def recorded() -> list[tuple[str, str, str]]:
    return list(Contribution.objects.values_list("url", "kind", "title"))


def test_a_contribution_that_is_filled_in_is_recorded(post, applicant):
    page = post(**PATCH)

    assert page["Location"] == reverse("applications:home")
    assert recorded() == [(PATCH["url"], "patch", "Mend the driver")]
    assert Contribution.objects.get().applicant == applicant


def test_the_link_alone_fills_in_the_rest_and_records_nothing_yet(post):
    page = post(url=PULL, kind="", title="")

    assert shown(page) == {"url": PULL, "kind": "patch", "title": "Pull request 12, Xen/mini-os"}
    assert "From the link we read: pull request 12 of Xen/mini-os, GitHub." in page.text
    assert recorded() == []


def test_what_was_filled_in_is_recorded_when_it_is_sent_again(post):
    first = post(url=PULL)

    post(**shown(first) | {"title": "Mend the driver"})

    assert recorded() == [(PULL, "patch", "Mend the driver")]


def test_what_she_said_is_not_replaced_by_what_the_link_says(post):
    page = post(url=PULL, kind="documentation", title="")

    assert shown(page) == {"url": PULL, "kind": "documentation", "title": "Pull request 12, Xen/mini-os"}


@pytest.mark.parametrize(
    ("title", "kind"),
    [("[PATCH v2 1/3] x86: free the page", "patch"), ("Re: [PATCH] x86: free the page", "code_review")],
)
def test_an_answer_to_a_patch_is_a_review(post, title, kind):
    page = post(url=MAIL, title=title)

    assert shown(page) == {"url": MAIL, "kind": kind, "title": title}


def test_what_the_link_does_not_say_is_asked_for(post):
    page = post(url="https://example.org/blog/1")

    assert set(page.context["form"].errors) == {"kind", "title"}
    assert shown(page) == {"url": "https://example.org/blog/1", "kind": "", "title": ""}


def test_an_address_typed_without_its_scheme_is_https(post):
    post(**PATCH | {"url": "git.example.org/pull/1"})

    assert recorded() == [("https://git.example.org/pull/1", "patch", "Mend the driver")]


def test_the_same_work_again_is_refused_with_a_link_to_the_first(post):
    post(**PATCH | {"url": PULL})
    first = Contribution.objects.get()

    page = post(**PATCH | {"url": "https://www.github.com/xen/Mini-OS/issues/12#top", "title": "Again"})

    assert f'href="{reverse("applications:home")}#contribution-{first.pk}"' in page.text
    assert shown(page)["title"] == "Again"
    assert recorded() == [(PULL, "patch", "Mend the driver")]


def test_the_form_sent_many_times_records_once(post):
    answers = [post(**PATCH).status_code for _ in range(4)]

    assert answers == [302, 200, 200, 200]
    assert len(recorded()) == 1


def test_the_first_is_found_on_her_page_by_the_link(post, client):
    post(**PATCH)

    page = client.get(reverse("applications:home"))

    assert f'id="contribution-{Contribution.objects.get().pk}"' in page.text


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)//https://git.example.org",
        "data:text/html,<script>alert(1)</script>",
        "ftp://git.example.org/a",
        "file:///etc/passwd",
        "https://",
        "https://user:secret@git.example.org/a",
        "https://user@git.example.org/a",
        "https://git.example.org:99999/a",
        "https://git.example.org\n.evil.example/a",
        "https://git.example.org/a b",
        "https://git.example.org/a\x00b",
        "https://git.example.org/\u202egpj.exe",
        "https://git.example.org\\@evil.example/a",
        "https://[::1/a",
        "https://git.example.org/" + "a" * 10_000,
        "https://git.example.org/" + "ü" * 1_000,
        "no link at all",
        "",
    ],
)
def test_a_link_that_is_not_plain_is_refused_beside_its_field(post, url):
    page = post(**PATCH | {"url": url})

    assert page.status_code == 200
    assert list(page.context["form"].errors) == ["url"]
    assert shown(page)["title"] == "Mend the driver"
    assert recorded() == []


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("title", "a" * 201),
        ("title", "a" * 10_000),
        ("title", "Mend\x00it"),
        ("kind", "no such kind"),
        ("kind", "patch\x00"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_cut(post, field, typed):
    page = post(**PATCH | {field: typed})

    assert list(page.context["form"].errors) == [field]
    assert shown(page)[field] == typed
    assert recorded() == []


@pytest.mark.parametrize("title", ["a" * 200, "😀 ערבית \u202bعربي", "<script>alert(1)</script>", "{{ 7 }}{% now %}"])
def test_any_title_that_fits_is_kept_as_it_is(post, client, title):
    post(**PATCH | {"title": title})

    page = client.get(reverse("applications:home"))

    assert recorded() == [(PATCH["url"], "patch", title)]
    assert "<script>alert(1)" not in page.text


def test_the_longest_link_is_recorded(post):
    url = "http://git.example.org/" + "a" * 1_977

    post(**PATCH | {"url": url})

    assert recorded() == [(url, "patch", "Mend the driver")]


def test_a_host_that_looks_like_another_shows_what_it_is(post, client):
    post(**PATCH | {"url": "https://gıthub.com/xen/mini-os/pull/12"})

    page = client.get(reverse("applications:home"))

    assert recorded()[0][0] == "https://xn--gthub-n4a.com/xen/mini-os/pull/12"
    assert "xn--gthub-n4a.com" in page.text
    assert "GitHub" not in page.text


def test_ids_of_others_that_are_sent_along_change_nothing(post, applicant):
    other = make.user()

    post(**PATCH | {"applicant": other.pk, "mark": "counts", "round": 1, "listing": 1, "canonical": "x", "id": 1})

    contribution = Contribution.objects.get()
    assert (contribution.applicant, contribution.mark) == (applicant, "")
    assert contribution.canonical == PATCH["url"]


def test_a_task_that_somebody_else_holds_is_refused(post, listing):
    task = make.task(listing.project, held_by=make.user())
    make.task(listing.project)

    page = post(**PATCH | {"task": task.pk})

    assert list(page.context["form"].errors) == ["task"]
    assert recorded() == []


@pytest.mark.parametrize("listing_number", [0, 999_999_999])
def test_there_is_no_form_for_a_project_that_is_not_offered(client, applicant, listing_number):
    page = client.get(reverse("applications:contribute", args=[listing_number]))

    assert page.status_code == 404


def test_a_starter_task_is_claimed_worked_on_and_done(post, client, listing, applicant):
    task = make.task(listing.project)
    client.post(reverse("applications:claim_task", args=[task.pk]))

    begun = client.get(reverse("applications:contribute", args=[listing.pk])).context["form"]
    read = post(url=PULL, task=begun["task"].value()).context["form"]
    post(url=PULL, kind=read["kind"].value(), title=read["title"].value(), task=read["task"].value())
    client.force_login(make.mentor_of(listing))
    client.post(reverse("mentors:mark", args=[Contribution.objects.get().pk]), {"mark": "counts"})

    task.refresh_from_db()
    assert Contribution.objects.get().task == task
    assert task.done_by == applicant


@pytest.mark.parametrize("phase", [Phase.OPEN, Phase.SELECTION])
def test_her_pages_ask_for_contributions_only_while_they_are_taken(client, phase):
    application = make.application(make.listing(make.participation(phase=phase)), contributed=False)
    client.force_login(application.applicant)
    addresses = [reverse("applications:home"), reverse("applications:application", args=[application.pk])]

    pages = [client.get(address).text for address in addresses]

    form = reverse("applications:contribute", args=[application.listing_id])
    assert [form in page for page in pages] == [phase == Phase.OPEN] * 2
    assert ["record its link here" in page for page in pages] == [phase == Phase.OPEN] * 2
