"""The applicant's own page, and one application as she submitted it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from applications import actions
from applications.models import Application, Contribution, Question
from applications.outcomes import result_of
from applications.standing import standing_of
from applications.works import works_in
from opw.accounts.requests import AuthedRequest
from opw.errors import Refused
from opw.rounds.models import Deadline
from opw.rounds.requests import current_deadlines, current_round, deadlines_of


@require_safe
def home(request: AuthedRequest) -> HttpResponse:
    round, deadlines = current_round(request), current_deadlines(request)
    applications = Application.objects.of(request.user).with_listing()
    of_round = list(applications.of_round(round))
    context = {
        "round": round,
        "standing": standing_of(request.user, deadlines, now=request.received_at) if deadlines else None,
        "applications": of_round,
        "ordered": [one for one in of_round if one.is_live],
        "earlier": applications.exclude(listing__participation__round=round).order_by("-created_at"),
        "works": works_in(Contribution.objects.of(request.user).filter(round=round).with_markings()),
    }
    return render(request, "applications/home.html", context)


@require_safe
def application(request: AuthedRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Application.objects.of(request.user).with_listing(), pk=pk)
    questions = found.round.questions.filter(form=Question.Form.APPLICATION)
    deadlines = deadlines_of(request, found.round)
    contributions = list(Contribution.objects.of(request.user).filter(listing=found.listing).with_markings())
    context = {
        "application": found,
        "answers": [(question.label, found.answers.get(question.key, "")) for question in questions],
        "works": works_in(contributions),
        "result": result_of([found], contributions, request.received_at),
        "can_submit": request.received_at < deadlines.of(Deadline.APPLICATIONS, found.community, request.user),
        "can_contribute": request.received_at < deadlines.of(Deadline.CONTRIBUTIONS, found.community, request.user),
        "may_withdraw": found.status == Application.Status.SUBMITTED and not found.round.is_released,
    }
    return render(request, "applications/application.html", context)


@require_POST
def move(request: AuthedRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Application.objects.of(request.user).with_listing(), pk=pk)
    try:
        actions.move_application(application=found, by=request.user, up=request.POST.get("direction") == "up")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{reverse('applications:home')}#order")


@require_POST
def withdraw(request: AuthedRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Application.objects.of(request.user), pk=pk)
    try:
        actions.withdraw_application(application=found, by=request.user, received_at=request.received_at)
        messages.success(request, "Your application is withdrawn.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("applications:home")
