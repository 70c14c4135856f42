"""Initial applications in doubt, for program coordinators alone."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from applications import actions
from applications.forms import EligibilityForm
from applications.models import InitialApplication, Question
from applications.steps import availability_in, commitments_of, doubts_about, in_words
from opw.access import require
from opw.accounts.requests import AuthedRequest
from opw.errors import Refused
from opw.rounds.permissions import may_run_rounds
from opw.rounds.requests import round_of

DOUBTED_A_PAGE = 50


@require_safe
def in_doubt(request: AuthedRequest, round: str) -> HttpResponse:
    require(may_run_rounds(request.user))
    found = round_of(request, round)
    questions = list(found.questions.filter(form=Question.Form.INITIAL))
    doubted = InitialApplication.objects.read_by(request.user).doubted().filter(round=found)
    in_order = doubted.select_related("applicant").order_by("-is_in_doubt", "submitted_at", "pk")
    page = Paginator(in_order, DOUBTED_A_PAGE).get_page(request.GET.get("page"))
    rows = [(initial, doubts_about(questions, initial.answers)) for initial in page]
    return render(request, "applications/in_doubt.html", {"round": found, "rows": rows, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: AuthedRequest, pk: int) -> HttpResponse:
    doubted = InitialApplication.objects.read_by(request.user).doubted().select_related("applicant", "round")
    initial = get_object_or_404(doubted, pk=pk)
    form = EligibilityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.decide_eligibility(
                initial=initial, is_eligible=form.cleaned_data["decision"], reason=form.cleaned_data["reason"],
                by=request.user, at=request.received_at,
            )  # fmt: skip
            messages.success(request, f"Decided, and {initial.applicant} is told by letter.")
            return redirect("coordinate:in_doubt", initial.round.slug)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "applications/decide_eligibility.html", _context(initial, form))


def _context(initial: InitialApplication, form: EligibilityForm) -> dict[str, object]:
    questions = list(initial.round.questions.filter(form=Question.Form.INITIAL))
    doubts = {question.pk for question in doubts_about(questions, initial.answers)}
    return {
        "initial": initial,
        "form": form,
        "answers": [
            (question, in_words(question, initial.answers.get(question.key)), question.pk in doubts)
            for question in questions
        ],
        "time": availability_in(initial.round, commitments_of(questions, initial.answers)),
    }
