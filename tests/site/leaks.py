"""Leaks to be planted: each tells somebody something before the announcement."""

from collections.abc import Callable
from datetime import timedelta

from django.db.models import Max
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseNotFound, HttpResponseRedirect
from django.utils import timezone
from django.utils.http import http_date

from applications.models import Application
from mentors.models import Preference, Rating, Seal, Selection
from opw.accounts.models import User
from opw.mail.models import Letter, Topic

GetResponse = Callable[[HttpRequest], HttpResponse]


class Leak:
    """A middleware that knows whether the reader is selected, and lets it show."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        return self.tell(response) if self.knows(request) else response

    def knows(self, request: HttpRequest) -> bool:
        hers = Selection.objects.filter(application__applicant=request.user) if request.user.is_authenticated else None
        return hers is not None and hers.exists()

    def tell(self, response: HttpResponse) -> HttpResponse:
        raise NotImplementedError


class InABadge(Leak):
    def tell(self, response: HttpResponse) -> HttpResponse:
        response.content += b'<span class="badge">1</span>'
        return response


class InAButton(Leak):
    """What is selected can no longer be withdrawn."""

    def tell(self, response: HttpResponse) -> HttpResponse:
        response.content = response.content.replace(b">Withdraw</button>", b" disabled>Withdraw</button>")
        return response


class InTheSize(Leak):
    """The words are the same, and the page is longer."""

    def tell(self, response: HttpResponse) -> HttpResponse:
        response.content += b" "
        return response


class InTheLength(Leak):
    def tell(self, response: HttpResponse) -> HttpResponse:
        response["Content-Length"] = str(len(response.content) + 1)
        return response


class InTheStatus(Leak):
    """What is forbidden is not found."""

    def tell(self, response: HttpResponse) -> HttpResponse:
        return HttpResponseNotFound(response.content)


class InWhatIsNotFound(Leak):
    """What is not found is forbidden: there is a decision."""

    def tell(self, response: HttpResponse) -> HttpResponse:
        return HttpResponseForbidden(response.content)


class InARedirect(Leak):
    def tell(self, response: HttpResponse) -> HttpResponse:
        return HttpResponseRedirect("/dashboard/")


class InWhereItLeads(Leak):
    """The status is the same, and the address another one."""

    def tell(self, response: HttpResponse) -> HttpResponse:
        response["Location"] = f"{response['Location']}#selected"
        return response


class InACacheHeader(Leak):
    def tell(self, response: HttpResponse) -> HttpResponse:
        response["Cache-Control"] = "private"
        return response


class InItsEnd(Leak):
    def tell(self, response: HttpResponse) -> HttpResponse:
        response["Expires"] = http_date((timezone.now() + timedelta(hours=1)).timestamp())
        return response


class InAnETag(Leak):
    def tell(self, response: HttpResponse) -> HttpResponse:
        response["ETag"] = '"selected"'
        return response


class InWhenItChanged(Leak):
    def tell(self, response: HttpResponse) -> HttpResponse:
        response["Last-Modified"] = http_date(timezone.now().timestamp())
        return response


class InACookie(Leak):
    def tell(self, response: HttpResponse) -> HttpResponse:
        response.set_cookie("selected", "yes")
        return response


class InACookiesValue(Leak):
    """Everybody has the cookie."""

    def knows(self, request: HttpRequest) -> bool:
        self.is_selected = super().knows(request)
        return True

    def tell(self, response: HttpResponse) -> HttpResponse:
        response.set_cookie("seen", "twice" if self.is_selected else "once")
        return response


class InAQuery(Leak):
    """Shows nothing, but takes longer."""

    def tell(self, response: HttpResponse) -> HttpResponse:
        Selection.objects.count()
        return response


class InACount(InABadge):
    """Everybody can see how many are selected."""

    def knows(self, request: HttpRequest) -> bool:
        return Selection.objects.exists()


class InAnOpinion(InABadge):
    """Everybody can see which rating somebody has."""

    def knows(self, request: HttpRequest) -> bool:
        self.score = Rating.objects.aggregate(score=Max("score"))["score"]
        return self.score is not None

    def tell(self, response: HttpResponse) -> HttpResponse:
        response.content += str(self.score).encode()
        return response


class InAnOrder(InABadge):
    """Everybody can see whether the one who applied first is the first in a mentor's order."""

    def knows(self, request: HttpRequest) -> bool:
        followed = Application.objects.order_by("pk").values("pk")[:1]
        return Preference.objects.filter(position=1, application=followed).exists()


class InABrokenSeal(InABadge):
    """Everybody can see that something has changed since the results were sealed."""

    def knows(self, request: HttpRequest) -> bool:
        return Seal.objects.filter(broken_at__isnull=False).exists()


class InASlotThatIsFree(InABadge):
    """Everybody can see that somebody who was selected withdrew."""

    def knows(self, request: HttpRequest) -> bool:
        return Selection.objects.filter(application__status=Application.Status.WITHDRAWN).exists()


class InAFile(InTheSize):
    """Her own calendar has a line more, whoever asks for it."""

    def knows(self, request: HttpRequest) -> bool:
        return Selection.objects.exists()


class InASearch(InACount):
    """Who is selected is found by her name no more."""

    def knows(self, request: HttpRequest) -> bool:
        return super().knows(request) and "q=Person" in request.META["QUERY_STRING"]


class InWhatHeadSays(InTheLength):
    """The page is the same; only who asks for its head is told."""

    def knows(self, request: HttpRequest) -> bool:
        return super().knows(request) and request.method == "HEAD"


class InWhatCanBeDone(Leak):
    """Only who asks what can be done with an address is told."""

    def knows(self, request: HttpRequest) -> bool:
        return super().knows(request) and request.method == "OPTIONS"

    def tell(self, response: HttpResponse) -> HttpResponse:
        response["Allow"] = "GET"
        return response


def in_a_letter_to(person: User) -> Callable[..., None]:
    """What writes somebody a letter when anybody is proposed."""

    def write(instance: Selection, **_: object) -> None:
        Letter.objects.get_or_create(
            key="a leak", topic=Topic.MESSAGE, recipient=person, to=person.email, subject="News", text="!", html="!"
        )

    return write
