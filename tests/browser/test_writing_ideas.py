"""Writing an idea: with scripts it is previewed and kept while one types, and without them it works as well."""

import re

import pytest
from playwright.sync_api import expect

from projects.models import IdeaDraft, Project
from tests.browser.conftest import Open

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}}
KEPT = re.compile(r"Kept as your draft at \d\d:\d\d\.")


def outcomes() -> str:
    """Where mentor1 writes the outcomes of a reviewed project."""
    project = Project.objects.select_related("community").get(title="Testing NetBSD")
    return f"{project.get_absolute_url()}edit/outcomes/"


def test_what_is_typed_is_previewed_and_kept_while_the_project_stays_as_it_is(open_as: Open):
    page = open_as("mentor1", **PHONE)
    page.goto(outcomes())

    page.fill("[name=outcomes]", "- It boots in **one** second.")
    expect(page.locator("[data-preview-of] strong")).to_have_text("one")
    expect(page.locator("[data-preview-status]")).to_have_text("The preview is up to date.")
    expect(page.locator("[data-autosave-status]")).to_contain_text(KEPT)
    page.goto("/")
    page.goto(outcomes())

    expect(page.get_by_text("You are back where you stopped.")).to_be_visible()
    expect(page.locator("[name=outcomes]")).to_have_value("- It boots in **one** second.")
    assert Project.objects.get(title="Testing NetBSD").is_reviewed


def test_saving_ends_the_draft_and_nothing_is_offered_again(open_as: Open):
    page = open_as("mentor1", **PHONE)
    page.goto(outcomes())

    page.fill("[name=outcomes]", "- It boots in **one** second.\n")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    page.goto(outcomes())

    expect(page.locator("[name=outcomes]")).to_have_value("- It boots in **one** second.")
    expect(page.get_by_role("button", name="Put it back")).to_have_count(0)
    assert not IdeaDraft.objects.exists()


def test_two_tabs_are_compared_and_not_written_over(open_as: Open):
    first = open_as("mentor1", **PHONE)
    first.goto(outcomes())
    second = first.context.new_page()
    second.goto(outcomes())

    first.fill("[name=outcomes]", "- In the first tab.")
    expect(first.locator("[data-autosave-status]")).to_contain_text(KEPT)
    second.fill("[name=outcomes]", "- In the second tab.")
    expect(second.locator("[data-autosave-status]")).to_contain_text("in another window")
    second.get_by_role("button", name="Compare the two texts").click()

    expect(second.get_by_text("- In the first tab.")).to_be_visible()
    expect(second.locator("[name=outcomes]")).to_have_value("- In the second tab.")
    assert IdeaDraft.objects.get().typed == {"outcomes": "- In the first tab."}


def test_without_scripts_a_button_previews_and_another_saves(open_as: Open):
    page = open_as("mentor1", java_script_enabled=False, **PHONE)
    page.goto(outcomes())

    page.fill("[name=outcomes]", "- It boots in **one** second.")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("[data-preview-of] strong")).to_have_text("one")
    page.get_by_role("button", name="Save and go on: Steps").click()

    expect(page.get_by_role("heading", name="Steps", level=1)).to_be_visible()
    assert Project.objects.get(title="Testing NetBSD").outcomes == "- It boots in **one** second."
