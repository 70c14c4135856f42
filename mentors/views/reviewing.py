"""The mentor's own page, a listing's applicants, and one application with everything on it."""

from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from applications.actions import mark_contribution
from applications.models import Application, Contribution, Message
from applications.permissions import may_mark
from applications.works import works_in
from mentors import actions, permissions, tables
from mentors.applicants import applicants_table, as_csv
from mentors.changes import as_read_by
from mentors.course import course_of
from mentors.forms import (
    CarefulMarkForm,
    CommentForm,
    MarkForm,
    OptionalReasonForm,
    RatingForm,
    ReadingForm,
    ReasonsForm,
)
from mentors.models import Comment, Rating, Seal, Selection, TakenBack, WaitingPlace
from mentors.slips import talk_with
from mentors.strictness import own_strictness, strictness_at
from mentors.what_waits import what_waits_for
from opw.access import require
from opw.accounts.requests import AuthedRequest
from opw.communities.permissions import may_run
from opw.errors import Refused
from opw.rounds.requests import current_round
from projects.models import Listing


@require_safe
def home(request: AuthedRequest) -> HttpResponse:
    round = current_round(request)
    context = {
        "round": round,
        "listings": tables.mentored_listings(request.user, round),
        "strictness": own_strictness(request.user, round),
        "what_waits": what_waits_for(request.user, round, request.received_at),
    }
    return render(request, "mentors/home.html", context)


@require_safe
def listing(request: AuthedRequest, pk: int) -> HttpResponse:
    found = visible_listing(request, pk)
    context = {
        "listing": found,
        "table": applicants_table(found, request.user, request.GET),
        "strictness": strictness_at(found, request.user),
        "next_to_rate": tables.next_to_rate(request.user, found.round),
        "works": works_in(tables.contributions_to(found, request.user)),
        "threads": tables.threads_of(found, request.user),
        "mark_form": MarkForm() if permissions.may_deal_with(request.user, found) else None,
    }
    return render(request, "mentors/listing.html", context)


@require_safe
def applicants_csv(request: AuthedRequest, pk: int) -> HttpResponse:
    found = visible_listing(request, pk)
    content = as_csv(applicants_table(found, request.user, request.GET))
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="applicants-{found.project.slug}.csv"'
    return response


@require_safe
def application(request: AuthedRequest, pk: int) -> HttpResponse:
    found = visible_application(request, pk)
    return render(request, "mentors/application.html", _application_context(request, found))


@require_POST
def read(request: AuthedRequest, pk: int) -> HttpResponse:
    found = visible_application(request, pk)
    form = ReadingForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused("That is no revision of this application.")
        actions.note_reading(application=found, by=request.user, **form.cleaned_data)
        messages.success(request, "Noted. What changes from now on will be marked for you.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("mentors:application", found.pk)


@require_POST
def rate(request: AuthedRequest, pk: int) -> HttpResponse:
    found = visible_application(request, pk)
    require(permissions.may_rate(request.user, found))
    form = RatingForm(request.POST)
    if not form.is_valid():
        return render(request, "mentors/application.html", _application_context(request, found) | {"rating_form": form})
    try:
        actions.rate(application=found, by=request.user, at=request.received_at, **form.cleaned_data)
        messages.success(request, "Your rating is saved.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("mentors:application", found.pk)


@require_POST
def comment(request: AuthedRequest, pk: int) -> HttpResponse:
    found = visible_application(request, pk)
    require(permissions.may_comment(request.user, found))
    form = CommentForm(request.POST)
    if not form.is_valid():
        return render(
            request, "mentors/application.html", _application_context(request, found) | {"comment_form": form}
        )
    actions.comment(application=found, by=request.user, at=request.received_at, **form.cleaned_data)
    messages.success(request, "Your comment is saved; only mentors and coordinators read it.")
    return redirect("mentors:application", found.pk)


@require_POST
def propose(request: AuthedRequest, pk: int) -> HttpResponse:
    found = visible_application(request, pk)
    require(permissions.may_propose(request.user, found))
    form = ReasonsForm(request.POST, sealed=Seal.objects.stands_on(found.round))
    if not form.is_valid():
        return render(
            request, "mentors/application.html", _application_context(request, found) | {"propose_form": form}
        )
    try:
        actions.propose_selection(application=found, by=request.user, at=request.received_at, **form.answers)
        messages.success(request, "Proposed. Only mentors and coordinators know.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("mentors:application", found.pk)


@require_POST
def mark(request: AuthedRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Contribution.objects.visible_to(request.user), pk=pk)
    require(may_mark(request.user, found))
    form = CarefulMarkForm(request.POST, **talk_with(found.applicant, found.listing, request.user))
    if not form.is_valid():
        return render(request, "mentors/mark.html", {"contribution": found, "form": form})
    try:
        mark_contribution(contribution=found, by=request.user, at=request.received_at, **form.cleaned_data)
        messages.success(request, "Marked. The applicant is told by letter.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{reverse('mentors:listing', args=[found.listing_id])}#contribution-{found.pk}")


def visible_application(request: AuthedRequest, pk: int) -> Application:
    """A submitted application on this reader's table; 404 otherwise, her own included."""
    waits = Exists(WaitingPlace.objects.filter(application=OuterRef("pk")))
    sealed = Exists(Seal.objects.standing().filter(round=OuterRef("listing__participation__round")))
    seen = Application.objects.seen_by_reviewers(request.user).with_listing()
    taken_back = Exists(TakenBack.objects.filter(application=OuterRef("pk")))
    seen = seen.annotate(is_waiting=waits, is_sealed=sealed, was_taken_back=taken_back)
    return get_object_or_404(seen, pk=pk)


def visible_listing(request: AuthedRequest, pk: int) -> Listing:
    """A listing whose applicants this reader may see; 404 otherwise."""
    found = get_object_or_404(Listing.objects.with_round(), pk=pk)
    if not permissions.may_see_listing(request.user, found):
        raise Http404
    return found


def _application_context(request: AuthedRequest, application: Any) -> dict[str, object]:
    """What an application's page shows; Any: the application knows what ``visible_application`` asked for it."""
    user = request.user
    ratings = list(Rating.objects.filter(application=application).select_related("mentor"))
    selection = Selection.objects.filter(application=application).select_related("proposed_by").first()
    if selection:
        selection.application = application  # read already
    own = next((rating for rating in ratings if rating.mentor_id == user.pk), None)
    deals = permissions.may_deal_with(user, application.listing)  # and may see it, or there would be no page
    taken_back = TakenBack.objects.filter(application=application)
    read = as_read_by(user, application, own)
    works = works_in(tables.contributions_to(application.listing, user).filter(applicant=application.applicant))
    thread = Message.objects.between(application.applicant, application.listing).select_related("author")
    return {
        "application": application,
        "read": read,
        "works": works,
        "course": course_of(works, read.submitted),
        "thread": list(thread),  # whoever sees the application sees it
        "comments": Comment.objects.filter(application=application).select_related("author"),
        "ratings": ratings if permissions.may_see_ratings(user, application, ratings) else None,
        "selection": selection,
        "may_take_back": selection and permissions.is_hers_to_take_back(user, selection),
        "may_rate": application.listing.project.is_mentored_by(user),
        "may_decide": may_run(user, application.community),
        "rating_form": RatingForm(instance=own),
        "next_to_rate": tables.next_to_rate(user, application.round) if own else None,
        "comment_form": CommentForm() if deals else None,
        "taken_back": taken_back.select_related("by") if application.was_taken_back else [],
        "propose_form": ReasonsForm(sealed=application.is_sealed) if deals else None,
        "waiting_form": OptionalReasonForm(sealed=application.is_sealed),
        "mark_form": MarkForm() if deals else None,
    }
