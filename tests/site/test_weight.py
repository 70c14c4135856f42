"""What a first visit takes over the wire."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from tests import make

pytestmark = pytest.mark.django_db
AT_MOST = 60_000


def test_a_first_visit_to_the_list_is_light_and_asks_no_other_host(client):
    participation = make.participation()
    for _ in range(30):
        project = make.project(participation.community, summary="Boot in a second. " * 10)
        make.tags(project, required=[f"Skill {project.pk}", "C"])
        make.listing(participation, project=project)

    page = client.get(reverse("projects:list"), headers={"Accept-Encoding": "gzip"})

    html = gzip.decompress(page.content).decode()
    fetched = re.findall(r'(?:<link rel="(?:stylesheet|icon)" href|src)="([^"]+)"', html)
    files = [finders.find(address.removeprefix("/static/")) for address in fetched]
    assert len(files) >= 4
    assert len(page.content) + sum(len(gzip.compress(Path(str(file)).read_bytes())) for file in files) <= AT_MOST
