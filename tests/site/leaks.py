"""Leaks to be planted: each tells the selected applicant something before the announcement."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound

from mentors.models import Selection
from opw.accounts.models import User

GetResponse = Callable[[HttpRequest], HttpResponse]


class Leak:
    """A middleware that knows whether the reader is selected, and lets it show."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(request.user, User) and Selection.objects.filter(application__applicant=request.user).exists():
            return self.tell(response)
        return response

    def tell(self, response: HttpResponse) -> HttpResponse:
        raise NotImplementedError


class InABadge(Leak):
    def tell(self, response: HttpResponse) -> HttpResponse:
        response.content += b'<span class="badge">1</span>'
        return response


class InAHeader(Leak):
    def tell(self, response: HttpResponse) -> HttpResponse:
        response["Cache-Control"] = "private"
        return response


class InTheStatus(Leak):
    def tell(self, response: HttpResponse) -> HttpResponse:
        return HttpResponseNotFound(response.content)


class InTheLength(Leak):
    def tell(self, response: HttpResponse) -> HttpResponse:
        response["Content-Length"] = str(len(response.content) + 1)
        return response


class InACookie(Leak):
    def tell(self, response: HttpResponse) -> HttpResponse:
        response.set_cookie("selected", "yes")
        return response


class InAQuery(Leak):
    """Shows nothing, but takes longer."""

    def tell(self, response: HttpResponse) -> HttpResponse:
        Selection.objects.count()
        return response
