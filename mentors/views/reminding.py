"""Who has not done what is due, and the letter that reminds them: previewed, and sent with one button."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import pluralize
from django.views.decorators.http import require_http_methods, require_safe

from mentors import actions
from mentors.due import Duty, Sight, duties_of, letters_due
from mentors.views.glancing import seen_round
from opw.accounts.requests import AuthedRequest
from opw.errors import Refused
from opw.mail.compose import Draft, compose
from opw.rounds.models import Deadlines


@require_safe
def reminders(request: AuthedRequest, slug: str) -> HttpResponse:
    sight = _sight(request, slug)
    rows = [(duty, duty.closes_at(sight), duty.count(sight)) for duty in duties_of(request.user)]
    return render(request, "mentors/reminders.html", {"round": sight.round, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def remind(request: AuthedRequest, slug: str, duty: str) -> HttpResponse:
    sight, asked = _sight(request, slug), _duty(request, duty)
    if request.method == "POST":
        try:
            written = actions.remind(round=sight.round, duty=asked, by=request.user, at=request.received_at)
            messages.success(request, f"{written} letter{pluralize(written)} written; the outbox sends them now.")
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("mentors:remind", sight.round.slug, asked.name)
    letters = letters_due(asked, sight)
    context = {"round": sight.round, "duty": asked, "people": asked.count(sight), "letters": letters}
    return render(request, "mentors/remind.html", context | _preview(asked, letters, request))


def _sight(request: AuthedRequest, slug: str) -> Sight:
    round, participations = seen_round(request, slug)
    return Sight(request.user, Deadlines(round), participations, request.received_at)


def _duty(request: AuthedRequest, name: str) -> Duty:
    found = next((duty for duty in duties_of(request.user) if duty.name == name), None)
    if found is None:
        raise Http404
    return found


def _preview(duty: Duty, letters: list[Draft], request: AuthedRequest) -> dict[str, object]:
    """The first letter as its reader will see it, with the coordinator in her place: its links are the reader's own.

    Who has a draft stays unknown, and where.
    """
    if not letters:
        return {}
    facts = letters[0].facts if duty.names_people else letters[0].facts | {"about": "“the project's title”"}
    preview = compose(replace(letters[0], to=request.user, facts=facts))
    return {"preview": preview, "names": [letter.to for letter in letters] if duty.names_people else []}
