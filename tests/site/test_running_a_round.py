"""The guide to a round in docs/running.md names pages that there are."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import resolve

GUIDE = (Path(settings.BASE_DIR) / "docs/running.md").read_text().split("## A round from beginning to end")[1]
ADDRESSES = sorted(set(re.findall(r"`(/[^`…]*)`", GUIDE.split("\n## ")[0])))


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_that_the_guide_names_is_there(address):
    path = address.replace("ROUND", "round-8").replace("COMMUNITY", "xen").replace("NUMBER", "7")

    assert resolve(path).url_name


def test_the_guide_names_each_tool_of_a_round():
    tools = (Path(settings.BASE_DIR) / "templates/site/_tools.html").read_text()

    named = {
        resolve(one.replace("ROUND", "round-8").replace("NUMBER", "7").replace("COMMUNITY", "x")).view_name
        for one in ADDRESSES
    }

    assert set(re.findall(r"{% url '([\w:]+)'", tools)) - named == set()
