"""Deeds done at the same moment, each over a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any, TypeVar

from django.db import connection
from django.http import HttpResponse
from django.test import Client

from opw.accounts.models import User

T = TypeVar("T")


def together(*deeds: Callable[[], T]) -> list[T]:
    """Do all of them at once, and wait; what each gave, or the first error."""
    barrier = Barrier(len(deeds))

    def do(deed: Callable[[], T]) -> T:
        barrier.wait()
        try:
            return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return [job.result() for job in [threads.submit(do, deed) for deed in deeds]]


def browser_of(person: User) -> Client:
    """A signed-in browser; an error in the portal is a 500, as people would see it."""
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


def posting(client: Client, address: str, data: dict[str, Any] | None = None) -> Callable[[], HttpResponse]:
    """A deed: to send this form and follow where it leads."""
    return lambda: client.post(address, data or {}, follow=True)  # type: ignore[return-value]  # the test client's own
