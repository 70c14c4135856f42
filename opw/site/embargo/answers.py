"""What a reader can tell from one answer of the portal."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from http.cookies import Morsel
from typing import Self

from django.conf import settings
from django.db import connection, reset_queries, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from opw.accounts.models import User
from opw.web import RECEIVED_AT

# What differs between any two answers, whoever asks: random tokens, and the time that has passed.
_PASSING = [
    (re.compile(rb'name="(?:csrfmiddlewaretoken|page)" value="[^"]*"'), b"(token)"),
    (re.compile(rb'<span class="left">[^<]*</span>'), b"(time left)"),
]
_SIGNATURE = re.compile(r":\w+:[\w-]+$")
_COMPARED_APART = {"Content-Length", "Set-Cookie"}
_CACHE_TABLE = '"cache"'


@dataclass(frozen=True)
class Answer:
    """Status, headers, cookies, whether the length that it says is true, the body and how many queries it took."""

    status: int
    headers: tuple[tuple[str, str], ...]
    cookies: tuple[tuple[str, ...], ...]
    honest_length: bool
    body: bytes
    queries: int

    @classmethod
    def of_text(cls, text: str) -> Self:
        """What is read without asking an address."""
        return cls(200, (), (), True, text.encode(), 0)

    def differs_in(self, other: "Answer") -> list[str]:
        """The parts in which two answers differ."""
        return [part for part in self.__dataclass_fields__ if getattr(self, part) != getattr(other, part)]


class Asker:
    """One reader's browser, signed in once; whatever a request changes is undone after its answer is noted.

    All that it asks arrives at the same moment, so that no page is another one for having been asked a minute later.
    """

    def __init__(self, reader: User | None, at: datetime) -> None:
        self.client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0].lstrip("."), raise_request_exception=False)
        self.client.defaults[RECEIVED_AT] = at  # type: ignore[assignment]  # the stubs know of headers alone
        self.reader = reader
        if reader:
            self.client.force_login(reader)
        self._signed_in = {name: morsel.value for name, morsel in self.client.cookies.items()}
        self._lengths: dict[str, int] = {}  # of what was answered to GET: HEAD says the same

    def ask(self, method: str, address: str) -> Answer:
        """The answer to one request, as seen from outside."""
        savepoint = transaction.savepoint()
        reset_queries()  # the log of queries is bounded, and silently forgets the oldest
        with CaptureQueriesContext(connection) as queries:
            response = self.client.generic(method, address, secure=settings.HTTPS)
        content = response.getvalue()
        if method == "GET":
            self._lengths[address] = len(content)
        length = self._lengths[address] if method == "HEAD" else len(content)
        # Sign-in counts its tries in the cache, by the clock and not by what is decided.
        answer = _noted(response, content, length, sum(_CACHE_TABLE not in query["sql"] for query in queries))
        transaction.savepoint_rollback(savepoint)
        self._forget()
        return answer

    def _forget(self) -> None:
        """Be signed in as before, whatever the last answer said: one of the addresses signs its reader out."""
        self.client.cookies.clear()
        for name, value in self._signed_in.items():
            self.client.cookies[name] = value


def _noted(response: HttpResponseBase, content: bytes, length: int, queries: int) -> Answer:
    body = content
    for pattern, word in _PASSING:
        body = pattern.sub(word, body)
    said = response.headers.get("Content-Length")
    headers = ((name, _without_now(name, value)) for name, value in response.items() if name not in _COMPARED_APART)
    return Answer(
        status=response.status_code,
        headers=tuple(sorted(headers)),
        cookies=tuple(sorted(_told_by(cookie) for cookie in response.cookies.values())),
        honest_length=said is None or int(said) == length,
        body=body,
        queries=queries,
    )


def _told_by(cookie: "Morsel[str]") -> tuple[str, ...]:
    """A cookie's name, value and attributes; a token's value is chance, and its end and signature go by the clock."""
    is_token = cookie.key in (settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_NAME)
    value = "(token)" if is_token else _SIGNATURE.sub("", cookie.value)
    return (cookie.key, value, *(f"{name}={value}" for name, value in cookie.items() if name != "expires"))


def _without_now(name: str, value: str) -> str:
    """A header's value; pages that nobody keeps end at the moment of their answer."""
    if name != "Expires" or abs(timezone.now() - parsedate_to_datetime(value)) > timedelta(minutes=1):
        return value
    return "(now)"
