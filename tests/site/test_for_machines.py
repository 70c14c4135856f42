"""What machines read: the feed of reviewed projects, the sitemap, robots.txt."""

import re

import pytest
from django.urls import reverse

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
