"""A reply to one applicant, drafted from the facts; it is edited and sent as a message like any other."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from applications.forms import MessageForm
from mentors.replies import Reply
from mentors.views.messaging import seen
from opw.accounts.requests import AuthedRequest
from opw.rounds.requests import deadlines_of


@require_safe
def reply(request: AuthedRequest, listing: int, applicant: int) -> HttpResponse:
    found, person = seen(request, listing, applicant)
    deadlines = deadlines_of(request, found.round)
    drafted = Reply(person, found, deadlines, by=request.user, at=request.received_at)
    say = request.GET.getlist("say")
    draft = drafted.draft(found.round.letter_texts.wordings(), say)
    context = {
        "listing": found,
        "applicant": person,
        "facts": [fact for fact in drafted.facts if not fact.is_private],
        "choices": [(fact, fact.kind in say) for fact in drafted.facts if fact.is_private],
        "form": _form(draft),
    }
    return render(request, "mentors/reply.html", context)


def _form(draft: str) -> MessageForm:
    """The form of messages, with room to read the draft."""
    form = MessageForm(initial={"body": draft})
    form.fields["body"].widget.attrs["rows"] = 14
    return form
