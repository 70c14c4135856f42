"""A round's own words for its letters, for program coordinators; a preview is never kept."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentors.models import Seal
from opw.access import require
from opw.accounts.requests import AuthedRequest
from opw.errors import Refused
from opw.overtaking import Overtaken
from opw.rounds import actions
from opw.rounds.forms import LetterTextForm
from opw.rounds.kinds import VOCABULARY, Kind
from opw.rounds.models import Round
from opw.rounds.permissions import may_run_rounds
from opw.rounds.requests import round_of
from opw.site.previews import applicants_to_try, previews_of


@require_safe
def letter_texts(request: AuthedRequest, round: str) -> HttpResponse:
    require(may_run_rounds(request.user))
    found = round_of(request, round)
    own = {text.kind: text for text in found.letter_texts.all()}
    kinds = [(kind, own.get(kind)) for kind in Kind]
    return render(request, "site/letter_texts.html", {"round": found, "kinds": kinds})


@require_http_methods(["GET", "HEAD", "POST"])
def letter_text(request: AuthedRequest, round: str, kind: str) -> HttpResponse:
    found, letter = _letter(request, round, kind)
    form = LetterTextForm(request.POST or None, round=found, kind=letter)
    if request.method == "POST" and form.is_valid() and "preview" not in request.POST:
        try:
            actions.word_letter(round=found, kind=letter, by=request.user, **form.cleaned_data)
            messages.success(request, "Saved. From now on this is what is said.")
            return redirect("site:letter_text", found.slug, letter)
        except Refused as refusal:
            form.refuse(refusal)
    return _editor(request, found, letter, form)


@require_POST
def unword_letter(request: AuthedRequest, round: str, kind: str) -> HttpResponse:
    found, letter = _letter(request, round, kind)
    try:
        actions.unword_letter(round=found, kind=letter, by=request.user, seen=request.POST.get("seen", ""))
        messages.success(request, "The portal's own words are said again.")
    except Overtaken:
        messages.error(request, "This was changed while you looked at it, so nothing is thrown away. Read it again.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("site:letter_text", found.slug, letter)


def _letter(request: AuthedRequest, slug: str, kind: str) -> tuple[Round, Kind]:
    require(may_run_rounds(request.user))
    if kind not in Kind.values:
        raise Http404
    return get_object_or_404(Round, slug=slug), Kind(kind)


def _editor(request: AuthedRequest, round: Round, kind: Kind, form: LetterTextForm) -> HttpResponse:
    applications = applicants_to_try(round, request.user)
    asked = request.POST.get("about", "")
    about = next((one for one in applications if str(one.pk) == asked), applications[0] if applications else None)
    previews = previews_of(kind, form.wording, about, by=request.user, at=request.received_at)
    context = {
        "round": round,
        "kind": kind,
        "form": form,
        "vocabulary": VOCABULARY[kind],
        "applications": applications,
        "about": about,
        "previews": [] if form.errors else previews,
        "is_sealed": kind.is_result and Seal.objects.standing().filter(round=round).exists(),
    }
    return render(request, "site/letter_text.html", context)
