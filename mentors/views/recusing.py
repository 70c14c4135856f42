"""Stepping back from an applicant: at any time, from everywhere she is seen."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from applications import actions
from applications.permissions import may_step_back_from
from mentors.forms import ReasonForm
from opw.accounts.models import User
from opw.accounts.requests import AuthedRequest


@require_http_methods(["GET", "HEAD", "POST"])
def step_back(request: AuthedRequest, applicant: int) -> HttpResponse:
    person = get_object_or_404(User, pk=applicant)
    if not may_step_back_from(request.user, person):
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.step_back(applicant=person, by=request.user, **form.answers)
        messages.success(request, "You stepped back; you see nothing of this applicant from now on.")
        return redirect("mentors:home")
    return render(request, "mentors/step_back.html", {"applicant": person, "form": form})
