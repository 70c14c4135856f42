"""The pages as people meet them: on a phone, in the dark, by keyboard, without scripts."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

from applications.models import Application
from projects.models import Listing
from tests.browser.conftest import Open

pytestmark = pytest.mark.browser

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "color_scheme": "light"}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_A_ROUND = [
    "conflicts",
    "slots",
    "glance",
    "reminders",
    "reminders/ratings",
    "eligibility",
    "extensions",
    "questions/initial",
    "letters",
    "letters/result_waiting",
    "letters/reply_contributed",
    "communities",
]


def addresses() -> dict[str, list[str]]:
    """The pages that each kind of reader uses most."""
    current = Application.objects.submitted().filter(listing__participation__round__slug="round-7")
    application = current.with_listing().get(applicant__email="applicant4@example.org")
    listing = application.listing
    project = listing.project.get_absolute_url()
    public = ["site:home", "projects:list", "projects:ideas", "communities:list", "rounds:list", "site:how_it_works"]
    return {
        "": [
            *map(reverse, [*public, "account_login", "account_signup"]),
            listing.community.get_absolute_url(),
            listing.round.get_absolute_url(),
            reverse("projects:interns", args=["round-6"]),
            project,
        ],
        "applicant4": [
            *map(reverse, ["site:dashboard", "applications:home", "applications:deadlines", "accounts:profile"]),
            reverse("applications:initial", args=[listing.round.slug]),
            reverse("applications:initial_step", args=[listing.round.slug, 2]),
            reverse("applications:write", args=[listing.pk]),
            reverse("applications:contribute", args=[listing.pk]),
            reverse("applications:messages", args=[listing.pk]),
            reverse("applications:application", args=[application.pk]),
        ],
        "mentor1": [
            reverse("mentors:home"),
            *(reverse(f"mentors:{page}", args=[listing.pk]) for page in ("listing", "order")),
            reverse("mentors:application", args=[application.pk]),
            reverse("mentors:messages", args=[listing.pk, application.applicant_id]),
            reverse("mentors:step_back", args=[application.applicant_id]),
            f"{project}edit/practicalities/",
        ],
        "coordinator": [
            *map(reverse, ["site:coordinate", "site:new_round", "mail:outbox"]),
            reverse("site:round", args=["round-6"]),
            reverse("mentors:selections", args=[listing.participation_id]),
            reverse("mentors:results", args=[listing.round.slug]),
            reverse("coordinate:schedule", args=[listing.round.slug]),
            *(f"/coordinate/rounds/round-7/{page}/" for page in OF_A_ROUND),
        ],
        "xen": [f"{project}mentors/", "/projects/waiting/", "/communities/xen/people/", "/communities/xen/edit/"],
    }


def test_pages_have_no_barriers_on_a_phone_and_at_a_desk_in_the_dark(open_as: Open):
    barriers = {}

    for who, pages in addresses().items():
        page = open_as(who, bypass_csp=True, reduced_motion="reduce")  # no colour is measured halfway to another one
        for address in pages:
            page.goto(address)
            for screen in (PHONE, DESK):
                page.set_viewport_size(screen["viewport"])
                page.emulate_media(color_scheme=screen["color_scheme"])
                if found := barriers_on(page):
                    barriers[who, address, screen["color_scheme"]] = found

    assert barriers == {}


def barriers_on(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": WCAG, "resultTypes": ["violations"]})
    barriers = [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found.response["violations"]]
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > page.viewport_size["width"]:  # type: ignore[index]  # every window here has a size
        barriers.append(f"the page is {width} pixels wide")
    return barriers


def test_pages_break_no_rule_of_the_content_security_policy(open_as: Open):
    said: list[str] = []

    for who, pages in addresses().items():
        page = open_as(who, **DESK)
        page.on("console", lambda message: said.append(message.text))
        for address in pages:
            page.goto(address)

    assert said == []


def test_the_keyboard_skips_to_the_content_and_opens_the_menu(open_as: Open):
    page = open_as("applicant1", **DESK)
    page.goto("/")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.locator("summary").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("link", name="Profile", exact=True)).to_be_visible()


def test_an_order_of_preference_is_made_by_keyboard(open_as: Open):
    page = open_as("mentor1", **PHONE)
    listing = Application.objects.get(applicant__email="applicant8@example.org").listing

    page.goto(reverse("mentors:order", args=[listing.pk]))
    page.get_by_role("button", name="Put first").last.press("Enter")
    page.get_by_role("button", name="Put last").press("Enter")
    expect(page.get_by_role("button", name=re.compile("Move up .*, now 2 of 2"))).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_role("button", name=re.compile("Move down .*, now 1 of 2"))).to_be_focused()
    expect(page.locator("ol.order li")).to_have_count(2)


def test_a_visitor_reads_deadlines_in_her_own_time_too(open_as: Open):
    page = open_as(timezone_id="Asia/Tokyo", **PHONE)

    page.goto("/")

    expect(page.locator("aside.deadline time")).to_contain_text(re.compile(r"UTC.*04:00"))


def test_an_application_is_printed_without_what_one_can_do_and_with_where_its_links_lead(open_as: Open):
    page = open_as("applicant4", **DESK)
    application = Application.objects.submitted().filter(listing__participation__round__slug="round-7").get(
        applicant__email="applicant4@example.org"
    )  # fmt: skip

    page.goto(reverse("applications:application", args=[application.pk]))
    page.emulate_media(media="print")

    link = page.locator(".remark header a").first
    behind = link.evaluate("link => getComputedStyle(link, '::after').content")
    colours = page.evaluate("(({color, backgroundColor}) => [color, backgroundColor])(getComputedStyle(document.body))")
    deeds = [one for one in page.locator("nav, button, .actions a, .deadline").all() if one.is_visible()]
    assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    assert behind == f'" ({link.get_attribute("href")})"'
    assert deeds == []


def test_applying_works_without_scripts(open_as: Open):
    page = open_as("applicant1", java_script_enabled=False, **PHONE)
    listing = Listing.objects.with_round().get(project__title="Testing NetBSD", withdrawn_at=None)

    page.goto(listing.project.get_absolute_url())
    page.get_by_role("link", name="Apply", exact=True).click()
    page.fill("[name=why]", "Written on a phone.")
    page.get_by_role("button", name="Save as a draft").click()

    expect(page.get_by_text("Saved as a draft.")).to_be_visible()
    application = Application.objects.get(applicant__email="applicant1@example.org")
    assert application.draft["why"] == "Written on a phone."
    assert application.status == Application.Status.DRAFT


def test_a_wrong_form_says_where_and_keeps_what_was_typed(open_as: Open):
    page = open_as("applicant2", **PHONE)
    listing = Application.objects.get(applicant__email="applicant2@example.org").listing

    page.goto(reverse("applications:contribute", args=[listing.pk]))
    page.fill("[name=url]", "https://user:secret@example.org/patch")
    page.fill("[name=title]", "My first patch")
    page.get_by_role("button", name="Record it").click()

    expect(page.get_by_role("alert").first).to_be_focused()
    expect(page.locator("[name=url]")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[name=title]")).to_have_value("My first patch")
