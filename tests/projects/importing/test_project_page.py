"""An imported project's page: all can read it, and its editors see what the import was not sure of."""

import pytest

from tests import make
from tests.projects.importing.wiki import REVIEW, imported_one

pytestmark = pytest.mark.django_db

DOUBTS = "What the import was not sure of"
LEFT_OPEN = "What its review left open"


def page_for(client, project, user=None):
    if user:
        client.force_login(user)
    page = client.get(project.get_absolute_url())
    assert page.status_code == 200
    return page.text


@pytest.mark.parametrize("reviewed", [False, True])
def test_names_are_shown_and_addresses_are_not(client, reviewed):
    project = imported_one(make.community(), Review=REVIEW, Date="05/03/2012", reviewed=reviewed).project

    for user in [None, make.user(), make.coordinator_of(project)]:
        text = page_for(client, project, user)
        assert "Ada Brew" in text
        assert "Which kettle?" in text
        assert "ada@example.org" not in text


def test_those_who_may_edit_see_what_was_doubtful_and_did_not_fit(client):
    project = imported_one(make.community(), Date="05/03/2012", Desc="<b>slow</b> water " * 2_000).project

    assert DOUBTS not in page_for(client, project)
    assert DOUBTS not in page_for(client, project, make.user())
    text = page_for(client, project, make.coordinator_of(project))
    assert DOUBTS in text
    assert "can be read as 5 March 2012 or as 3 May 2012" in text
    assert "What did not fit into a field" in text


def test_those_who_may_edit_see_what_the_review_by_import_left_open(client):
    project = imported_one(make.community(), reviewed=True, Outcomes="").project

    assert LEFT_OPEN not in page_for(client, project)
    text = page_for(client, project, make.coordinator_of(project))
    assert LEFT_OPEN in text
    assert "Outcomes is not written." in text


def test_a_page_without_doubts_says_nothing_of_the_import(client):
    project = imported_one(make.community()).project

    assert "From the wiki page" not in page_for(client, project, make.coordinator_of(project))
