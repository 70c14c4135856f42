"""A round's calendar, as calendar programs read it."""

from datetime import timedelta

import icalendar
import pytest
from django.urls import reverse

from opw.rounds.models import Phase
from tests import make

pytestmark = pytest.mark.django_db


def test_the_calendar_holds_the_deadlines_and_the_internship(client):
    round = make.round()

    page = client.get(reverse("rounds:calendar", args=[round.slug]))

    calendar = icalendar.Calendar.from_ical(page.content)
    starts = {str(event["summary"]): event.decoded("dtstart") for event in calendar.walk("vevent")}
    assert page["Content-Type"] == "text/calendar; charset=utf-8"
    assert starts == {
        f"OPW {round.name}: Applications open": round.applications_open_at.replace(microsecond=0),
        f"OPW {round.name}: Applications close": round.applications_close_at.replace(microsecond=0),
        f"OPW {round.name}: Contributions close": round.contributions_close_at.replace(microsecond=0),
        f"OPW {round.name}: Interns are announced": round.announcement_at.replace(microsecond=0),
        f"OPW {round.name}: Internships": round.internship_starts_on,
    }
    (ends,) = [event.decoded("dtend") for event in calendar.walk("vevent") if "dtend" in event]
    assert ends == round.internship_ends_on + timedelta(days=1)


@pytest.mark.parametrize("name", ["rounds:detail", "rounds:calendar", "projects:interns"])
def test_a_round_that_is_not_published_is_not_there(client, name):
    round = make.round(Phase.PLANNED)
    round.published_at = round.applications_open_at
    round.save()

    page = client.get(reverse(name, args=[round.slug]))

    assert page.status_code == 404
