"""Before the announcement nobody can tell; and the check that says so is one that can fail."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from applications.models import Application, Contribution
from opw.rounds.models import Phase
from opw.site.embargo import differences
from tests import make, scenarios

pytestmark = pytest.mark.django_db


def test_no_address_tells_how_a_round_was_decided():
    decided = scenarios.selected_not_selected_and_waiting()

    compared, found = differences(decided.round)

    assert found == []
    assert compared > 1000


def test_the_check_changes_nothing():
    decided = scenarios.selected_not_selected_and_waiting()
    before = list(Application.objects.values()), list(Contribution.objects.values())

    differences(decided.round, only=[reverse("applications:home")])

    assert (list(Application.objects.values()), list(Contribution.objects.values())) == before


@pytest.mark.parametrize("leak", ["InABadge", "InAHeader", "InTheStatus", "InTheLength", "InACookie", "InAQuery"])
def test_a_planted_leak_is_found(leak, settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"tests.site.leaks.{leak}"]
    decided = scenarios.selected_not_selected_and_waiting()

    _, found = differences(decided.round, only=[reverse("applications:home")])

    assert {difference.reader for difference in found} == {"the applicant herself"}
    assert {difference.world for difference in found} == {"proposed", "selected"}


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
