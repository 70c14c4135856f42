"""Moving what was done for a project that was withdrawn to another one."""

from django.contrib import messages
from django.db.models import Case, Q, QuerySet, When
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from applications import actions
from applications.forms import MoveForm
from applications.models import Application, Contribution
from opw.accounts.models import User
from opw.accounts.requests import AuthedRequest
from opw.errors import Refused
from opw.rounds.models import Deadline, deadline_for
from projects.models import Listing


@require_http_methods(["GET", "HEAD", "POST"])
def move_to_another(request: AuthedRequest, pk: int) -> HttpResponse:
    application = _closed_application(request, pk)
    form = _form(request, application)
    if request.method == "POST" and form.is_valid():
        try:
            moved = actions.move_to_another(
                application=application, by=request.user, received_at=request.received_at, **form.cleaned_data
            )
            messages.success(request, "Moved. It is a draft here: read it again, and submit it.")
            return redirect("applications:write", moved.listing_id)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    until = _until(request, application.listing, Deadline.APPLICATIONS)
    return render(request, "applications/move_to_another.html", until | {"application": application, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def move_contribution(request: AuthedRequest, pk: int) -> HttpResponse:
    contribution = _left_behind(request, pk)
    listing = contribution.listing
    form = MoveForm(request.POST or None, choices=_takes_work_of(request.user, listing), has_contributed=False)
    if request.method == "POST" and form.is_valid():
        try:
            actions.move_contribution(
                contribution=contribution, by=request.user, received_at=request.received_at, **form.cleaned_data
            )
            messages.success(request, f"Moved. The mentors of “{form.cleaned_data['to'].project}” can see it now.")
            return redirect("applications:home")
        except Refused as refusal:
            form.add_error(None, str(refusal))
    until = _until(request, listing, Deadline.CONTRIBUTIONS)
    return render(request, "applications/move_contribution.html", until | {"contribution": contribution, "form": form})


def _until(request: AuthedRequest, listing: Listing, kind: Deadline) -> dict[str, object]:
    """Until when she can move it, and whether that is still to come."""
    closes_at = deadline_for(kind, listing.round, listing.community, request.user)
    return {"closes_at": closes_at, "is_open": request.received_at < closes_at}


def _left_behind(request: AuthedRequest, pk: int) -> Contribution:
    hers = Contribution.objects.of(request.user).select_related(
        "listing__project", "listing__participation__round", "listing__participation__community"
    )
    return get_object_or_404(hers, pk=pk, listing__withdrawn_at__isnull=False)


def _closed_application(request: AuthedRequest, pk: int) -> Application:
    application = get_object_or_404(Application.objects.of(request.user).with_listing(), pk=pk)
    if not application.is_closed:
        raise Http404
    return application


def _form(request: AuthedRequest, application: Application) -> MoveForm:
    contributed = Contribution.objects.of(request.user).filter(listing=application.listing).exists()
    return MoveForm(request.POST or None, choices=_where_she_may_begin(application), has_contributed=contributed)


def _where_she_may_begin(application: Application) -> QuerySet[Listing]:
    """The round's listings that take newcomers and that she neither applies to nor mentors."""
    hers = Application.objects.of(application.applicant).of_round(application.round)
    others = _others_than(application.listing, application.applicant)
    return others.filter(closed_to_newcomers_at__isnull=True).exclude(pk__in=hers.values("listing"))


def _takes_work_of(applicant: User, listing: Listing) -> QuerySet[Listing]:
    """The round's listings that take newcomers, or where she applies already."""
    hers = Application.objects.of(applicant).of_round(listing.round)
    may_begin = Q(closed_to_newcomers_at__isnull=True) | Q(pk__in=hers.values("listing"))
    return _others_than(listing, applicant).filter(may_begin)


def _others_than(listing: Listing, applicant: User) -> QuerySet[Listing]:
    """The listings of the same round that she does not mentor; those of the same community first."""
    return (
        Listing.objects.of_round(listing.round)
        .with_round()
        .exclude(project__mentorships__user=applicant)
        .order_by(
            Case(When(participation=listing.participation_id, then=0), default=1),
            "participation__community__name",
            "project__title",
        )
    )
