"""A letter's HTML part as mail programs show it: a page of its own, which runs nothing, for a frame on another page."""

from django.http import HttpResponse

from opw.mail.models import Letter

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox",
    "X-Frame-Options": "SAMEORIGIN",
}


def framed(letter: Letter) -> HttpResponse:
    """The HTML part alone; templates/mail/_letter.html has the frame."""
    return HttpResponse(letter.html, headers=_HEADERS)
