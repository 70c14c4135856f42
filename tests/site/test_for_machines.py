"""What machines read: the feed of reviewed projects, the sitemap, robots.txt."""

import json
import re
from datetime import datetime
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from projects.models import Project
from tests import make

pytestmark = pytest.mark.django_db


def test_the_feed_has_reviewed_projects_newest_first(client):
    older, newer = make.project(title="Older"), make.project(title="Newer")
    make.idea(title="Not reviewed")

    page = client.get(reverse("projects:feed"))

    assert page["Content-Type"] == "application/atom+xml; charset=utf-8"
    titles = re.findall(r"<entry><title>(.*?)</title>", page.content.decode())
    assert titles == [f"Newer ({newer.community})", f"Older ({older.community})"]


def test_the_sitemap_names_no_page_that_a_visitor_cannot_open(client):
    make.project()
    make.idea(state=Project.State.DRAFT)
    make.idea(state=Project.State.WITHDRAWN)
    make.round()

    page = client.get(reverse("site:sitemap"))

    addresses = re.findall(r"<loc>http://testserver(.*?)</loc>", page.content.decode())
    assert len(addresses) > 8
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)


def test_robots_are_kept_out_of_private_pages_and_shown_the_sitemap(client):
    page = client.get(reverse("site:robots"))

    lines = page.content.decode().splitlines()
    assert "Disallow: /apply/" in lines
    assert "Sitemap: http://testserver/sitemap.xml" in lines


def facts_on(page) -> list[dict[str, Any]]:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.text)
    return [json.loads(facts) for facts in found]


def meta_of(page) -> dict[str, str]:
    return dict(re.findall(r'<meta property="og:(\w+)" content="([^"]*)">', page.text))


def test_a_page_says_what_it_is_to_those_who_link_to_it(client):
    project = make.project(title="Boot <b>faster</b>", summary='Boot in "a" second.')

    page = client.get(project.get_absolute_url(), {"points": "open"})

    address = f"{settings.SITE_URL}{project.get_absolute_url()}"
    assert meta_of(page) == {
        "site_name": "OPW",
        "type": "article",
        "title": "Boot &lt;b&gt;faster&lt;/b&gt;",
        "description": "Boot in &quot;a&quot; second.",
        "url": address,
        "image": f"{settings.SITE_URL}/static/card.png",
    }
    assert f'<link rel="canonical" href="{address}">' in page.text


def test_a_project_that_takes_applicants_is_a_job_posting(client):
    listing = make.listing()
    listing.project.title = "</script><script>alert(1)</script>"
    listing.project.save()
    make.extension(listing.round, until_at=listing.round.contributions_close_at)

    facts = facts_on(client.get(listing.project.get_absolute_url()))

    assert [(fact["@type"], fact["title"], fact["hiringOrganization"]["name"]) for fact in facts] == [
        ("JobPosting", "</script><script>alert(1)</script>", listing.community.name)
    ]
    closes_at = datetime.fromisoformat(facts[0]["validThrough"])
    assert closes_at == listing.round.contributions_close_at.replace(microsecond=closes_at.microsecond)


def test_a_project_that_takes_nobody_is_none(client):
    closed = make.listing(closed_to_newcomers_at=timezone.now())
    over = make.listing(make.earlier(closed.participation))

    pages = [client.get(listing.project.get_absolute_url()) for listing in (closed, over)]

    assert [facts_on(page) for page in pages] == [[], []]


def test_a_community_is_an_organization(client):
    community = make.community(website="https://example.org/")

    facts = facts_on(client.get(community.get_absolute_url()))

    assert [(fact["@type"], fact["name"], fact["sameAs"]) for fact in facts] == [
        ("Organization", community.name, "https://example.org/")
    ]
