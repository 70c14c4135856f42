"""Before the announcement nobody can tell; and the check that says so is one that can fail."""

import re
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Subquery
from django.db.models.signals import post_save
from django.test import Client
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.text import format_lazy

from applications.deadlines import token_of
from applications.models import Application, Contribution
from mentors.models import Preference, Rating, RestNotAccepted, Seal, Selection, WaitingPlace
from opw.rounds.models import Phase
from opw.site.embargo import differences
from opw.site.embargo.addresses import addresses_of
from opw.site.embargo.check import FARTHEST
from opw.site.embargo.people import her_other_application
from opw.site.embargo.worlds import DECISION, deciding_about, undecide
from projects.models import Listing, Project
from tests import make, scenarios
from tests.scenarios import Decided
from tests.site import leaks

pytestmark = pytest.mark.django_db


def decided_among_others() -> Decided:
    """The three, and two more projects of other communities, each with a mentor and an applicant of its own."""
    decided = scenarios.selected_not_selected_and_waiting()
    for _ in range(2):
        make.application(make.listing(make.participation(decided.round)))
    make.task(decided.listing.project)
    return decided


def test_no_address_tells_how_a_round_was_decided():
    decided = decided_among_others()

    # She, the public and the mentor of another project look at all; whoever takes turns here asks all in the command.
    compared, found = differences(decided.round, turns=10)

    assert [str(difference) for difference in found] == []
    assert compared > 3_000


def test_nobody_can_tell_between_the_hour_and_a_release_that_is_late():
    decided = decided_among_others()
    scenarios.reach(decided.round, "announcement_at", now=timezone.now() - timedelta(hours=1))
    addresses = [reverse(name) for name in ("site:home", "site:dashboard", "applications:home", "mentors:home")]
    addresses += [reverse(name, args=[decided.round.slug]) for name in ("rounds:detail", "projects:interns")]

    _, found = differences(decided.round, only=[*addresses, page_of(decided, "application")], turns=2)

    assert [str(difference) for difference in found] == []


def test_the_check_changes_nothing():
    decided = scenarios.selected_not_selected_and_waiting()
    before = list(Application.objects.values()), list(Contribution.objects.values())

    differences(decided.round, only=[reverse("applications:home")])

    assert (list(Application.objects.values()), list(Contribution.objects.values())) == before


EVERYBODY = {
    "the public",
    "the applicant herself",
    "a maintainer of her community",
    "a mentor of hers who stepped back",
    "a mentor of hers who applies herself",
    "another applicant",
    "the mentor of another project",
}
HOME = reverse_lazy("applications:home")
HOME_OF_ALL = reverse_lazy("site:home")
SEARCH = format_lazy("{}?q=Person", reverse_lazy("projects:list"))
FEED = reverse_lazy("projects:feed")


def page_of(decided: Decided, name: str) -> str:
    """A page about the application of the one who is followed: the first of them."""
    return reverse(f"applications:{name}", args=[decided.applications[0].pk])


def plant(settings, leak: str) -> None:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"tests.site.leaks.{leak}"]


@pytest.mark.parametrize(
    ("leak", "address", "parts"),
    [
        ("InABadge", HOME, {"body"}),
        ("InTheSize", HOME, {"body"}),
        ("InTheLength", HOME, {"honest_length"}),
        ("InARedirect", HOME, {"status", "headers", "body"}),
        ("InACacheHeader", HOME, {"headers"}),
        ("InItsEnd", HOME, {"headers"}),
        ("InAnETag", HOME, {"headers"}),
        ("InWhenItChanged", HOME, {"headers"}),
        ("InACookie", HOME, {"cookies"}),
        ("InACookiesValue", HOME, {"cookies"}),
        ("InAQuery", HOME, {"queries"}),
        ("InWhatHeadSays", HOME, {"honest_length"}),
        ("InWhatCanBeDone", HOME, {"headers"}),
        ("InTheStatus", reverse_lazy("mail:outbox"), {"status", "headers", "cookies"}),
        ("InWhatIsNotFound", reverse_lazy("mentors:confirm", args=[DECISION]), {"status", "headers", "cookies"}),
        ("InWhereItLeads", reverse_lazy("account_signup"), {"headers"}),
    ],
)
def test_a_leak_to_the_one_who_is_selected_is_found(leak, address, parts, settings):
    plant(settings, leak)
    decided = scenarios.selected_not_selected_and_waiting()

    _, found = differences(decided.round, only=[str(address)], among=FARTHEST)

    assert {(difference.reader, difference.world) for difference in found} == {("the applicant herself", "selected")}
    assert {part for difference in found for part in difference.parts} == parts


def test_a_button_that_is_not_there_any_more_is_found(settings):
    plant(settings, "InAButton")
    decided = scenarios.selected_not_selected_and_waiting()

    _, found = differences(decided.round, only=[page_of(decided, "application")], among=FARTHEST)

    assert {(difference.reader, *difference.parts) for difference in found} == {("the applicant herself", "body")}


@pytest.mark.parametrize(("leak", "address"), [("InACount", FEED), ("InACount", "/sitemap.xml"), ("InASearch", SEARCH)])
def test_a_leak_to_everybody_is_found(leak, address, settings):
    plant(settings, leak)
    decided = decided_among_others()

    _, found = differences(decided.round, only=[str(address)])

    assert {difference.reader for difference in found} == EVERYBODY
    assert {difference.world for difference in found} == {
        "proposed", "wanted by two projects", "selected", "selected, and she withdrew"
    }  # fmt: skip


LOOKING = {"the public", "the applicant herself", "another applicant"}
THOUGHT_OF = {"thought the best of", "thought the least of"}
THOUGHT_THE_BEST_OF = {"thought the best of", "selected", "taken back since the seal", "selected, and she withdrew"}


@pytest.mark.parametrize(
    ("leak", "worlds"),
    [
        ("InAnOpinion", THOUGHT_OF | THOUGHT_THE_BEST_OF),
        ("InAnOrder", THOUGHT_THE_BEST_OF),
        ("InABrokenSeal", {"taken back since the seal"}),
        ("InASlotThatIsFree", {"selected, and she withdrew"}),
    ],
)
def test_a_leak_is_found_in_the_worlds_that_differ_in_what_it_tells(leak, worlds, settings):
    plant(settings, leak)
    decided = decided_among_others()

    _, found = differences(decided.round, only=[str(HOME_OF_ALL)])

    assert {difference.world for difference in found} == worlds
    assert {difference.reader for difference in found} == (EVERYBODY if "selected" in worlds else LOOKING)
    assert {part for difference in found for part in difference.parts} == {"body"}


def test_a_leak_in_her_calendars_file_is_found(settings):
    plant(settings, "InAFile")
    decided = decided_among_others()
    address = reverse("applications:calendar_feed", args=[token_of(decided.selected.applicant)])

    _, found = differences(decided.round, only=[address], among=FARTHEST)

    assert {difference.reader for difference in found} == EVERYBODY


def test_in_turns_the_readers_who_matter_most_look_at_every_address_and_all_at_some(settings):
    plant(settings, "InACount")
    decided = decided_among_others()
    names = ["site:home", "projects:list", "projects:ideas", "communities:list", "rounds:list", "projects:feed"]
    addresses = [reverse(name) for name in names]

    _, found = differences(decided.round, only=addresses, turns=len(addresses), among=FARTHEST)

    always = ["the public", "the applicant herself", "the mentor of another project"]
    assert {(one.reader, one.request) for one in found} >= {
        (reader, f"GET {address}") for reader in always for address in addresses
    }
    assert {one.reader for one in found} == EVERYBODY


@pytest.mark.parametrize("who", ["another applicant", "a mentor who stepped back", "the mentor of another project"])
def test_a_letter_to_whoever_must_not_know_is_found(who):
    decided = decided_among_others()
    recused = make.user()
    make.mentorship(decided.listing.project, recused)
    make.recusal(recused, decided.applications[0].applicant)
    elsewhere = Listing.objects.latest("pk")
    people = {
        "another applicant": decided.not_selected.applicant,
        "a mentor who stepped back": recused,
        "the mentor of another project": make.mentor_of(elsewhere),
    }
    write = leaks.in_a_letter_to(people[who])
    post_save.connect(write, sender=Selection)

    _, found = differences(decided.round, only=[], among=FARTHEST)

    post_save.disconnect(write, sender=Selection)
    assert {(difference.reader, difference.request) for difference in found} == {(people[who].email, "reads letters")}


def test_letters_to_those_who_decide_are_theirs_to_read():
    decided = decided_among_others()
    write = leaks.in_a_letter_to(make.mentor_of(decided.listing))
    post_save.connect(write, sender=Selection)

    _, found = differences(decided.round, only=[], among=FARTHEST)

    post_save.disconnect(write, sender=Selection)
    assert found == []


def test_what_is_exported_is_compared():
    decided = decided_among_others()

    def add_to_summary(instance: Selection, **_: object) -> None:
        Project.objects.filter(pk=instance.application.listing.project_id).update(description="Taken.")

    post_save.connect(add_to_summary, sender=Selection)

    _, found = differences(decided.round, only=[], among=FARTHEST)

    post_save.disconnect(add_to_summary, sender=Selection)
    assert {difference.request for difference in found} == {
        f"reads the projects as {format}" for format in ("wikitext", "json", "markdown")
    }


def test_each_world_is_what_its_name_says():
    decided = decided_among_others()
    followed = decided.selected
    undecide(decided.round, followed)
    worlds = deciding_about(decided.round, followed, her_other_application(followed)).worlds()

    found = {}
    for name, world in worlds.items():
        savepoint = transaction.savepoint()
        world.decide()
        found[name] = facts_of(followed)
        transaction.savepoint_rollback(savepoint)

    assert found == {
        "undecided": "sealed",
        "thought the best of": "rated 5, placed 1, sealed",
        "thought the least of": "rated 1, placed 3, sealed",
        "proposed": "proposed, sealed",
        "selected": "rated 5, placed 1, proposed, with a slot, sealed",
        "waiting": "waiting, sealed",
        "not accepted": "not accepted, sealed",
        "taken back since the seal": "rated 5, placed 1",
        "undecided, and she withdrew": "sealed, withdrawn",
        "selected, and she withdrew": "rated 5, placed 1, proposed, with a slot, sealed, withdrawn",
        "waiting, and she withdrew": "waiting, sealed, withdrawn",
        "wanted by two projects": "proposed, proposed, sealed",
    }


def facts_of(followed: Application) -> str:
    """What is thought of and decided about her."""
    before = Preference.objects.filter(application=followed).values("position")
    place = Preference.objects.filter(position__lte=Subquery(before)).count()
    wanted = Selection.objects.filter(application__applicant=followed.applicant)
    followed.refresh_from_db()
    facts = [
        *(f"rated {rating.score}" for rating in Rating.objects.filter(application=followed)),
        *([f"placed {place}"] if place else []),
        *("proposed" for _ in wanted),
        *("with a slot" for _ in wanted.confirmed()),
        *("waiting" for _ in WaitingPlace.objects.filter(application=followed)),
        *("not accepted" for _ in RestNotAccepted.objects.filter(listing=followed.listing)),
        *("sealed" for _ in Seal.objects.standing()),
        *(["withdrawn"] if followed.withdrawn_at else []),
    ]
    return ", ".join(facts)


def test_the_check_asks_for_what_is_decided_by_its_number_and_for_every_named_address():
    decided = decided_among_others()

    asked = set(addresses_of(decided.round, decided.selected))

    assert {
        reverse("mentors:confirm", args=[DECISION]),
        reverse("mentors:application", args=[decided.selected.pk]),
        reverse("mentors:listing", args=[decided.listing.pk]),
        reverse("mentors:results", args=[decided.round.slug]),
        reverse("admin:index"),
        reverse("projects:feed"),
        reverse("rounds:calendar", args=[decided.round.slug]),
        reverse("mentors:applicants_csv", args=[decided.listing.pk]),
        decided.listing.project.get_absolute_url(),
    } <= asked


def test_three_people_with_the_same_facts_read_the_same():
    decided = scenarios.selected_not_selected_and_waiting()

    told = [everything_told_to(application) for application in decided.applications]

    assert told[0] == told[1] == told[2]


def test_the_command_has_nothing_to_check_after_the_release():
    decided = scenarios.released()

    with pytest.raises(CommandError, match="are released"):
        call_command("embargo_check", decided.round.slug)


def test_the_command_needs_somebody_to_follow():
    round = make.round(Phase.SELECTION)

    with pytest.raises(CommandError, match="nobody to follow"):
        call_command("embargo_check", round.slug)


def everything_told_to(application: Application) -> dict[str, tuple[int, str]]:
    """Status and body of each page of hers; her own name, numbers and links apart."""
    client = Client()
    client.force_login(application.applicant)
    addresses = [
        reverse("site:home"),
        reverse("site:dashboard"),
        reverse("applications:home"),
        reverse("applications:application", args=[application.pk]),
        reverse("applications:write", args=[application.listing_id]),
        reverse("applications:contribute", args=[application.listing_id]),
        reverse("applications:initial", args=[application.round.slug]),
        reverse("mentors:home"),
        reverse("mentors:listing", args=[application.listing_id]),
        reverse("mentors:order", args=[application.listing_id]),
        reverse("mentors:application", args=[application.pk]),
        reverse("mentors:selections", args=[application.listing.participation_id]),
        reverse("mentors:results", args=[application.round.slug]),
        reverse("rounds:detail", args=[application.round.slug]),
        reverse("projects:interns", args=[application.round.slug]),
        application.listing.project.get_absolute_url(),
    ]
    return {impersonal(address, application): impersonal_answer(client, address, application) for address in addresses}


def impersonal_answer(client: Client, address: str, application: Application) -> tuple[int, str]:
    response = client.get(address)
    return response.status_code, impersonal(response.content.decode(), application)


def impersonal(text: str, application: Application) -> str:
    own = [application.applicant.name, application.applicant.email]
    for contribution in Contribution.objects.of(application.applicant):
        own += [
            contribution.title,
            contribution.url,
            f"contribution-{contribution.pk}",
            f"/contributions/{contribution.pk}/",
        ]
    for words in own:
        text = text.replace(words, "(hers)")
    text = text.replace(f"/applications/{application.pk}/", "/applications/(hers)/")
    text = re.sub(r'name="(csrfmiddlewaretoken|page|writer)" value="[^"]*"', "(token)", text)
    return re.sub(r'<time datetime="[^"]*">[^<]*</time>|<span class="left">[^<]*</span>', "(time)", text)
