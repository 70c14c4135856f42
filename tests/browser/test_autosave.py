"""Writing with a script that saves: without a connection, after the session has expired, and in two tabs."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Dialog, Page, expect

from applications.models import Application
from opw.text import count_words
from projects.models import Listing
from tests.browser.conftest import Open

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}}
SAVED = re.compile(r"Saved at \d\d:\d\d\.")


def address() -> str:
    """Where applicant1, who has written nothing yet, applies."""
    listing = Listing.objects.get(project__title="Testing NetBSD", withdrawn_at=None)
    return reverse("applications:write", args=[listing.pk])


def draft() -> dict[str, str]:
    drafts = Application.objects.filter(applicant__email="applicant1@example.org").values_list("draft", flat=True)
    return drafts.first() or {}


def expect_to_say(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.locator("[data-autosave-status]")).to_contain_text(words)


def kept_texts(page: Page) -> int:
    return int(page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('kept text')).length"))


def test_what_is_typed_is_saved_without_a_button(open_as: Open):
    page = open_as("applicant1", **PHONE)
    page.goto(address())

    page.fill("[name=why]", "Typed, and nothing pressed.")
    expect_to_say(page, SAVED)
    page.fill("[name=background]", "A little more.")
    expect(page.locator("[name=version]")).to_have_value("2")
    page.reload()

    expect(page.locator("[name=why]")).to_have_value("Typed, and nothing pressed.")
    expect(page.locator("[name=background]")).to_have_value("A little more.")
    assert kept_texts(page) == 0


def test_without_a_connection_the_text_is_kept_and_saved_when_it_is_back(open_as: Open):
    page = open_as("applicant1", **PHONE)
    page.goto(address())

    page.context.set_offline(True)
    page.fill("[name=why]", "Typed in a tunnel.")
    expect_to_say(page, "Not saved: no connection. Your text is kept in this browser.")
    kept = kept_texts(page)
    page.context.set_offline(False)
    expect_to_say(page, SAVED)

    assert draft()["why"] == "Typed in a tunnel."
    assert (kept, kept_texts(page)) == (1, 0)


def test_text_that_was_kept_is_offered_when_the_page_is_opened_again(open_as: Open):
    page = open_as("applicant1", **PHONE)
    page.goto(address())
    page.context.set_offline(True)
    page.fill("[name=why]", "Typed before the battery was empty.")
    expect_to_say(page, "Not saved: no connection.")
    page.on("dialog", lambda dialog: dialog.accept())
    page.route("**/autosave/", lambda route: route.abort())
    page.context.set_offline(False)

    page.reload()
    page.unroute("**/autosave/")
    expect(page.locator("[name=why]")).to_have_value("")
    page.get_by_role("button", name="Put it back").click()
    expect_to_say(page, SAVED)

    assert draft()["why"] == "Typed before the battery was empty."
    assert kept_texts(page) == 0


def test_kept_text_is_offered_to_its_writer_alone(open_as: Open):
    page = open_as("applicant1", **PHONE)
    page.goto(address())
    page.context.set_offline(True)
    page.fill("[name=why]", "Hers alone.")
    expect_to_say(page, "Not saved: no connection.")
    page.on("dialog", lambda dialog: dialog.accept())
    page.context.set_offline(False)
    page.context.clear_cookies()
    sign_in(page, "applicant2")

    page.goto(address())

    expect(page.get_by_role("button", name="Put it back")).to_have_count(0)
    expect(page.locator("[name=why]")).to_have_value("")


def test_after_the_session_expired_one_signs_in_in_another_tab_and_the_text_is_saved(open_as: Open):
    page = open_as("applicant1", **PHONE)
    page.goto(address())

    Session.objects.all().delete()
    page.fill("[name=why]", "Typed for two weeks.")
    expect_to_say(page, "Not saved: you are signed out. Your text is kept in this browser.")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in again in another tab").click()
    fill_in_sign_in(opened.value, "applicant1")
    opened.value.close()
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect_to_say(page, SAVED)
    page.get_by_role("button", name="Save as a draft").click()

    expect(page.get_by_text("Saved as a draft.")).to_be_visible()
    assert draft()["why"] == "Typed for two weeks."


def test_the_text_of_two_tabs_is_compared_and_not_written_over(open_as: Open):
    first = open_as("applicant1", **PHONE)
    first.goto(address())
    second = first.context.new_page()
    second.goto(address())

    first.fill("[name=why]", "In the first tab.")
    expect_to_say(first, SAVED)
    second.fill("[name=why]", "In the second tab.")
    expect_to_say(second, "changed in another window")
    second.get_by_role("button", name="Compare the two texts").click()

    expect(second.get_by_text("In the first tab.")).to_be_visible()
    expect(second.locator("[name=why]")).to_have_value("In the second tab.")
    assert draft()["why"] == "In the first tab."


def test_words_are_counted_as_the_portal_counts_them(open_as: Open):
    page = open_as("applicant1", **PHONE)
    page.goto(address())
    text = " one\u00a0two\nthree—four  five\ufeffsix\u0085seven\t🦊 "

    page.fill("[name=why]", text)

    expect(page.locator("#id_why_words")).to_have_text(f"{count_words(text)} of 300 words")
    page.fill("[name=why]", "word " * 301)
    expect(page.locator("#id_why_words")).to_have_text("1 too many: 301 words of 300")


def test_leaving_with_text_that_is_not_saved_is_asked_about(open_as: Open):
    page = open_as("applicant1", **PHONE)
    page.goto(address())
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)

    page.context.set_offline(True)
    page.locator("[name=why]").press_sequentially("Do not go.")
    page.get_by_role("link", name="Projects", exact=True).click(no_wait_after=True)
    expect(page.locator("[name=why]")).to_have_value("Do not go.")

    assert asked == ["beforeunload"]


def sign_in(page: Page, who: str) -> None:
    page.goto("/accounts/login/")
    fill_in_sign_in(page, who)


def fill_in_sign_in(page: Page, who: str) -> None:
    page.fill("[name=login]", f"{who}@example.org")
    page.fill("[name=password]", "demo")
    page.click("main button")
    page.wait_for_url("**/dashboard/")
