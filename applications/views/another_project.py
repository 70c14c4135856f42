"""Moving an application from a project that was withdrawn to another one."""

from django.contrib import messages
from django.db.models import Case, QuerySet, When
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from applications import actions
from applications.forms import MoveForm
from applications.models import Application, Contribution
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
    closes_at = deadline_for(Deadline.APPLICATIONS, application.round, application.community, request.user)
    context = {"application": application, "form": form, "closes_at": closes_at}
    return render(request, "applications/move_to_another.html", context | {"is_open": request.received_at < closes_at})


def _closed_application(request: AuthedRequest, pk: int) -> Application:
    application = get_object_or_404(Application.objects.of(request.user).with_listing(), pk=pk)
    if not application.is_closed:
        raise Http404
    return application


def _form(request: AuthedRequest, application: Application) -> MoveForm:
    contributed = Contribution.objects.of(request.user).filter(listing=application.listing).exists()
    return MoveForm(request.POST or None, choices=_where_she_may_begin(application), has_contributed=contributed)


def _where_she_may_begin(application: Application) -> QuerySet[Listing]:
    """The round's listings that take newcomers and that she neither applies to nor mentors; her community's first."""
    hers = Application.objects.of(application.applicant).of_round(application.round)
    return (
        Listing.objects.of_round(application.round)
        .with_round()
        .filter(closed_to_newcomers_at__isnull=True)
        .exclude(pk__in=hers.values("listing"))
        .exclude(project__mentorships__user=application.applicant)
        .order_by(
            Case(When(participation=application.listing.participation_id, then=0), default=1),
            "participation__community__name",
            "project__title",
        )
    )
