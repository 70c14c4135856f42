"""What a reader can tell from one answer of the portal."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, reset_queries, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext

from opw.accounts.models import User

# What differs between any two answers, whoever asks: random tokens, and the time that has passed.
_PASSING = [
    (re.compile(rb'name="(?:csrfmiddlewaretoken|page)" value="[^"]*"'), b"(token)"),
    (re.compile(rb'<span class="left">[^<]*</span>'), b"(time left)"),
]
_PASSING_HEADERS = {"Date", "Expires", "Last-Modified", "Content-Length", "Set-Cookie"}
_CACHE_TABLE = '"cache"'


@dataclass(frozen=True)
class Answer:
    """Status, headers, the names of cookies, the body and how many queries it took."""

    status: int
    headers: tuple[tuple[str, str], ...]
    cookies: tuple[str, ...]
    honest_length: bool
    body: bytes
    queries: int

    def differs_in(self, other: "Answer") -> list[str]:
        """The parts in which two answers differ."""
        return [part for part in self.__dataclass_fields__ if getattr(self, part) != getattr(other, part)]


class Asker:
    """One reader's browser, signed in once; whatever a request changes is undone after its answer is noted."""

    def __init__(self, reader: User | None) -> None:
        self.client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0].lstrip("."), raise_request_exception=False)
        if reader:
            self.client.force_login(reader)
        self._signed_in = {name: morsel.value for name, morsel in self.client.cookies.items()}

    def ask(self, method: str, address: str) -> Answer:
        """The answer to one request, as seen from outside."""
        savepoint = transaction.savepoint()
        reset_queries()  # the log of queries is bounded, and silently forgets the oldest
        with CaptureQueriesContext(connection) as queries:
            response = self.client.generic(method, address, secure=settings.HTTPS)
        # Sign-in counts its tries in the cache, by the clock and not by what is decided.
        answer = _noted(response, sum(_CACHE_TABLE not in query["sql"] for query in queries.captured_queries))
        transaction.savepoint_rollback(savepoint)
        self._forget()
        return answer

    def _forget(self) -> None:
        """Be signed in as before, whatever the last answer said: one of the addresses signs its reader out."""
        self.client.cookies.clear()
        for name, value in self._signed_in.items():
            self.client.cookies[name] = value


def _noted(response: HttpResponseBase, queries: int) -> Answer:
    content = response.getvalue()
    body = content
    for pattern, word in _PASSING:
        body = pattern.sub(word, body)
    length = response.headers.get("Content-Length")
    return Answer(
        status=response.status_code,
        headers=tuple(sorted(item for item in response.items() if item[0] not in _PASSING_HEADERS)),
        cookies=tuple(sorted(response.cookies)),
        honest_length=length is None or int(length) == len(content),
        body=body,
        queries=queries,
    )
