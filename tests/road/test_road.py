"""The whole road, once: from a project idea to the announcement, through HTTP, with real processes and real letters."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from opw.rounds.models import DAYS, MOMENTS
from tests.road.browser import Browser, Page, path_of
from tests.road.portal import Portal
from tests.road.postbox import Postbox

pytestmark = pytest.mark.services

PASSWORD = "a password for the road"
IDEA = {"title": "Tide tables without a network", "summary": "Keep the tables of a harbour on the phone."}
PARTS: dict[str, dict[str, object]] = {
    "basics": {"difficulty_from": "basic", "difficulty_to": "medium"},
    "description": {"description": "Boats lose their network where they need the tables most."},
    "outcomes": {"outcomes": "- Tables of one harbour can be read offline\n- A test proves it"},
    "steps": {"steps": "1. Read the cache\n2. Fill it\n3. [Optional] Two harbours"},
    "skills": {"skills": "C, and patience", "required_skills": "C"},
}
ANSWERS = {"why": "I sail.", "background": "C at school.", "plan": "First the cache, then the tests."}
ABOUT_ME = [
    {"of_age": "yes", "took_part": "no", "may_work": "Yes"},
    {"gsoc": "no"},
    {"experience": "A little.", "publish_name": "yes"},
]

APPLICANTS_PAGES = ["/", "/apply/", "/dashboard/", "/rounds/round-7/", "/rounds/round-7/interns/", "/projects/"]


class Road:
    """Everybody on the road, each with a browser; the deeds that the test tells about."""

    def __init__(self, portal: Portal, postbox: Postbox) -> None:
        self.portal = portal
        self.postbox = postbox
        self.people: dict[str, Browser] = {}

    def __getitem__(self, name: str) -> Browser:
        return self.people[name]

    def visitor(self) -> Browser:
        """Somebody who is not signed in."""
        return Browser(self.portal.site)

    def sign_up(self, name: str) -> None:
        """Make an account, confirm its address by the letter, and sign in."""
        browser, address = Browser(self.portal.site), address_of(name)
        browser.fill(
            "/accounts/signup/",
            email=address,
            name=name.title(),
            timezone="Europe/Berlin",
            password1=PASSWORD,
            password2=PASSWORD,
        )
        self._confirm_and_sign_in(name, browser)

    def coordinator_signs_in(self, name: str) -> None:
        """The account that createsuperuser made: its address is confirmed at the first sign-in."""
        self.portal.manage("createsuperuser", "--noinput", "--email", address_of(name), "--name", name.title())
        browser = Browser(self.portal.site)
        browser.fill("/accounts/login/", login=address_of(name), password=PASSWORD)
        self._confirm_and_sign_in(name, browser)

    def _confirm_and_sign_in(self, name: str, browser: Browser) -> None:
        letter = self.postbox.wait_for(address_of(name), "address")
        [link] = re.findall(rf"{self.portal.site}/accounts/confirm-email/\S+", letter)
        browser.press(link, action="")
        page = browser.fill("/accounts/login/", login=address_of(name), password=PASSWORD)
        assert path_of(page) == "/dashboard/", page.text
        self.people[name] = browser

    def reschedule(self, **moments: datetime) -> None:
        """The program coordinator moves the round's schedule."""
        typed = {name: f"{at:%Y-%m-%d %H:%M:%S}" for name, at in moments.items()}
        preview = self["boss"].fill("/coordinate/rounds/round-7/schedule/", **typed)
        page = self["boss"].submit(preview, preview.form(with_field="name"), "confirm")
        assert "The schedule is saved" in page.text, page.text


def address_of(name: str) -> str:
    return f"{name}@example.org"


def first_link(page: Page, pattern: str) -> str:
    """The first link of a page whose address fits."""
    found = re.search(rf'href="({pattern})"', page.html)
    assert found, f"{page.address} has no link to {pattern}"
    return found.group(1)


def applications_on(page: Page) -> dict[str, str]:
    """The addresses of the applications on a mentor's page, by the applicants' names."""
    links = re.findall(r'href="(/mentors/applications/\d+/)"><bdi>([^<]+)<', page.html)
    return {name: address for address, name in links}


@pytest.fixture
def road(tmp_path_factory: pytest.TempPathFactory, broker: str) -> Iterator[Road]:
    with Postbox() as postbox:
        folder = tmp_path_factory.mktemp("road")
        with Portal(folder, broker=broker, mail=postbox.url) as portal:
            yield Road(portal, postbox)


def test_the_whole_road(road):
    everybody_signs_up(road)
    a_round_is_planned_for_a_community(road)
    project = an_idea_becomes_a_listed_project(road)
    listing = applicants_apply_and_contribute(road, project)
    the_mentor_looks(road, listing)
    who_has_only_a_draft_is_reminded(road, listing)
    after_the_deadline_nothing_counts_and_nothing_is_lost(road, listing)
    before = what_applicants_and_public_see(road)
    the_intern_is_selected_and_nobody_can_tell(road, listing, before)
    the_results_are_released_by_themselves(road)


def everybody_signs_up(road: Road) -> None:
    road.coordinator_signs_in("boss")
    for name in ("coco", "maya", "rev", "olga", "anna", "bea", "cleo", "dora"):
        road.sign_up(name)


def a_round_is_planned_for_a_community(road: Road) -> None:
    boss = road["boss"]
    page = boss.get("/admin/communities/community/add/")
    form = page.form(with_field="slug")
    numbers = form.options["coordinators"]
    boss.submit(
        page,
        form,
        name="Tide",
        slug="tide",
        summary="Tides for sailors.",
        coordinators=[numbers["Coco"]],
        maintainers=[numbers["Coco"], numbers["Rev"]],
    )
    now = datetime.now(UTC)
    schedule = dict(zip(MOMENTS, (now + timedelta(days=days) for days in (-2, -1, 9, 10, 12, 14, 21)), strict=True))
    days = dict(zip(DAYS, (now + timedelta(days=days) for days in (30, 120, 150)), strict=True))
    typed = {name: f"{at:%Y-%m-%d %H:%M}" for name, at in schedule.items()}
    typed |= {name: f"{at:%Y-%m-%d}" for name, at in days.items()}
    preview = boss.fill("/coordinate/rounds/new/", slug="round-7", name="Round 7", **typed)
    page = boss.submit(preview, preview.form(with_field="slug"), "confirm")
    assert "is planned" in page.text, page.text
    page = boss.fill("/coordinate/rounds/round-7/communities/", community="Tide", slots="1")
    assert "Tide takes part in Round 7" in page.text, page.text


def an_idea_becomes_a_listed_project(road: Road) -> str:
    """Proposed, remarked on, answered, resolved, approved, listed; the project's address."""
    page = road["maya"].fill("/communities/tide/propose/", will_mentor="on", **IDEA)
    address = path_of(page).removesuffix("edit/description/")
    for part, fields in PARTS.items():
        page = road["maya"].fill(f"{address}edit/{part}/", "save", **fields)
        assert "Saved." in page.text, page.text
    assert road["rev"].get(address).status == 404
    road["maya"].press(address, action="/publish/")
    assert "not reviewed" in road.visitor().get("/projects/ideas/").text
    assert IDEA["title"] in road.visitor().get("/projects/ideas/").text

    road["rev"].fill(f"{address}point/", section="outcomes", body="How is success measured?")
    answer = first_link(road["maya"].get(address), r"/projects/points/\d+/answer/")
    road["maya"].fill(answer, body="By the test.")
    page = road["rev"].press(address, action="/approve/")
    assert "1 review point is not resolved" in page.text
    page = road["rev"].fill(answer.replace("answer", "resolve"), because="")
    assert "reviewed" in page.text
    assert "What is missing" not in page.text

    assert IDEA["title"] not in road.visitor().get("/projects/").text
    page = road["coco"].press(address, action="/list/")
    assert "Listed in Round 7" in page.text
    assert IDEA["title"] in road.visitor().get("/projects/?q=harbours").text
    assert IDEA["title"] not in road.visitor().get("/projects/?q=kernel").text
    return address


def applicants_apply_and_contribute(road: Road, project: str) -> str:
    """Anna and Bea do all of it, Cleo without a contribution, Dora leaves a draft; the listing's number."""
    write = first_link(road["anna"].get(project), r"/apply/listings/\d+/")
    listing = write.split("/")[3]
    for name in ("anna", "bea", "cleo"):
        for number, about_me in enumerate(ABOUT_ME, 1):
            road[name].fill(f"/apply/rounds/round-7/{number}/", **about_me)
        page = road[name].press("/apply/rounds/round-7/", action="")
        assert "Submitted." in page.text, page.text
    for name in ("anna", "bea"):
        link = f"https://git.example.org/tide/merge_requests/{name}"
        page = road[name].fill(f"{write}contribute/", url=link, title=f"A fix by {name}", kind="patch")
        assert "Recorded" in page.text, page.text
    for name in ("anna", "bea", "cleo"):
        page = road[name].fill(write, "submit", **ANSWERS)
        assert "Submitted." in page.text, page.text
        road.postbox.wait_for(address_of(name), "We have your application")
    road["dora"].fill(write, "save", why="Half a sentence")
    return listing


def the_mentor_looks(road: Road, listing: str) -> None:
    """Maya sees, marks, rates and comments; Olga, who mentors nothing here, sees nothing."""
    table = f"/mentors/listings/{listing}/"
    assert road["olga"].get(table).status == 404
    assert path_of(road.visitor().get(table)) == "/accounts/login/"
    page = road["maya"].get(table)
    assert [name for name in ("Anna", "Bea", "Cleo", "Dora") if name in page.text] == ["Anna", "Bea", "Cleo"]

    anna = applications_on(page)["Anna"]
    for action, marked in zip(
        re.findall(r'action="(/mentors/contributions/\d+/mark/)"', page.html), (1, 2), strict=True
    ):
        page = road["maya"].submit(page, page.form(action=action), mark="counts", comment=f"Thank you, {marked}")
        page = road["maya"].get(table)
    for name in ("anna", "bea"):
        assert "Thank you" in road.postbox.wait_for(address_of(name), "A mentor looked at your contribution")

    road["maya"].fill(anna, score="5", reasons="Careful and kind.")
    page = road["maya"].fill(anna, body="She found a second bug.")
    assert "Careful and kind." in page.text
    assert "She found a second bug." in page.text
    assert road["olga"].get(anna).status == 404
    assert road["anna"].get(anna).status == 404


def who_has_only_a_draft_is_reminded(road: Road, listing: str) -> None:
    road.reschedule(applications_close_at=datetime.now(UTC) + timedelta(days=1))

    letter = road.postbox.wait_for(address_of("dora"), "not submitted yet")

    assert f"/apply/listings/{listing}/" in letter
    assert "in Berlin" in letter


def after_the_deadline_nothing_counts_and_nothing_is_lost(road: Road, listing: str) -> None:
    now = datetime.now(UTC)
    road.reschedule(
        applications_close_at=now - timedelta(seconds=1),
        contributions_close_at=now - timedelta(seconds=1),  # at once: the schedule's form says minutes, as pages do
        selection_closes_at=now + timedelta(days=1),
    )
    road["dora"].fill("/apply/rounds/round-7/1/", **ABOUT_ME[0])

    page = road["dora"].fill(f"/apply/listings/{listing}/", "submit", **(ANSWERS | {"why": "I was too late."}))

    assert "deadline for applications has passed" in page.text
    assert "I was too late." in road["dora"].get(f"/apply/listings/{listing}/").text
    assert "Dora" not in road["maya"].get(f"/mentors/listings/{listing}/").text
    assert "We have your application, Round 7" not in road.postbox.letters_to(address_of("dora"))


def what_applicants_and_public_see(road: Road) -> dict[tuple[str, str], str]:
    """The words of the pages that must not change while the round is decided."""
    seen = {}
    for address in APPLICANTS_PAGES:
        for name in ("anna", "bea", "cleo"):
            seen[name, address] = without_time_left(road[name].get(address).text)
        seen["public", address] = without_time_left(road.visitor().get(address).text)
    return seen


def without_time_left(text: str) -> str:
    return re.sub(r"(\d+ \w+|less than a minute|1 minute) left|closed .* ago", "(time)", text)


def the_intern_is_selected_and_nobody_can_tell(road: Road, listing: str, before: dict[tuple[str, str], str]) -> None:
    page = road["maya"].get(f"/mentors/listings/{listing}/")
    anna = applications_on(page)["Anna"]
    page = road["maya"].get(anna)
    page = road["maya"].submit(page, page.form(action="/propose/"), reasons="The best of all.")
    assert "Proposed" in page.text
    coordinate = first_link(road["coco"].get("/coordinate/"), r"/coordinate/participations/\d+/")
    assert road["maya"].get(coordinate).status == 404
    page = road["coco"].press(coordinate, action="/confirm/")
    assert "has a slot" in page.text
    page = road["coco"].press(coordinate, action="/rest/")
    assert "are not accepted" in page.text

    road.reschedule(selection_closes_at=datetime.now(UTC) - timedelta(milliseconds=500))
    assert road["coco"].get("/coordinate/rounds/round-7/results/").status == 403
    page = road["boss"].press("/coordinate/rounds/round-7/results/", action="/seal/")
    assert "Sealed by Boss" in page.text
    road.portal.manage("embargo_check", "round-7", *APPLICANTS_PAGES)
    assert what_applicants_and_public_see(road) == before
    assert road.postbox.letters_to(address_of("anna")).count("Your result, Round 7") == 0


def the_results_are_released_by_themselves(road: Road) -> None:
    road.reschedule(announcement_at=datetime.now(UTC) + timedelta(seconds=1))

    accepted = road.postbox.wait_for(address_of("anna"), "Your result")
    declined = road.postbox.wait_for(address_of("bea"), "Your result")
    not_considered = road.postbox.wait_for(address_of("cleo"), "Your result")

    assert "you are accepted as an intern of Tide" in accepted
    assert "you are not accepted" in declined
    assert "A fix by bea" in declined
    assert "no contribution that counts" in not_considered
    assert "Anna" in road.visitor().get("/rounds/round-7/interns/").text
    assert "Bea" not in road.visitor().get("/rounds/round-7/interns/").text
    assert "accepted" in road["anna"].get("/apply/").text
    for name in ("anna", "bea", "cleo"):
        assert road.postbox.letters_to(address_of(name)).count("Your result, Round 7") == 1
    assert "Your result, Round 7" not in road.postbox.letters_to(address_of("dora"))
